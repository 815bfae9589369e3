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
