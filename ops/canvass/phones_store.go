package canvass

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/db"
)

// ManyOnPhone is how many citizens' lists an old phone still opens quickly.
const ManyOnPhone = 5000

// Carried counts who would be on a phone by unit. The viewer needs device.manage on every one.
func (b *Book) Carried(ctx context.Context, who access.Viewer, units []int64) (map[int64]int, error) {
	for _, u := range units {
		if err := who.May("device.manage", u); err != nil {
			return nil, err
		}
	}
	out := map[int64]int{}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		for _, u := range units {
			list, err := people.LivingIn(tx, []int64{u})
			if err != nil {
				return err
			}
			out[u] = len(list)
		}
		return nil
	})
	return out, err
}

// WaitingOn counts by phone what waits for a person. The viewer needs device.manage on the unit.
func (b *Book) WaitingOn(ctx context.Context, who access.Viewer, unit int64) (map[int64]int, error) {
	if err := who.May("device.manage", unit); err != nil {
		return nil, err
	}
	var out map[int64]int
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = WaitingByDevice(tx)
		return err
	})
	return out, err
}

// ShutLeavers shuts out the phones of those who have left their team by a day (law O3): the night's work.
func ShutLeavers(tx *db.Tx, by int64) error {
	var left []int64
	if err := tx.Each("SELECT m.id FROM team_member m JOIN device d ON d.member_id = m.id WHERE d.revoked_at='' AND m.until_day<>'' AND m.until_day<$1", []any{string(tx.Today())}, func(scan func(...any) error) error {
		var m int64
		err := scan(&m)
		left = append(left, m)
		return err
	}); err != nil {
		return err
	}
	for _, m := range left {
		if err := access.RevokeMember(tx, m, by); err != nil {
			return err
		}
	}
	return nil
}
