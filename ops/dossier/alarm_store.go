package dossier

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Alarms counts the dossiers under a unit that lie far beyond their norm today, as the board does, reading only those still on their
// way: cheap enough for every opening of a page. The viewer needs dossier.see on the unit.
func (b *Book) Alarms(ctx context.Context, who access.Viewer, unit int64) (n int64, err error) {
	if err := who.May("dossier.see", unit); err != nil {
		return 0, err
	}
	return n, b.DB.Read(ctx, func(tx *db.Tx) error {
		n = 0
		p, today, units := b.Plan(), tx.Today(), who.Tree().Descendants(unit)
		for _, s := range States() {
			on := false
			for _, k := range Kinds() {
				_, ok := p.Dossier.Norm(string(s), string(k))
				on = on || ok && !Done(k, s) && s != Cancelled
			}
			if !on {
				continue
			}
			if err := tx.EachIn("SELECT kind, since, CAST(count(*) AS BIGINT) FROM dossier WHERE state=$1 AND since<$2 AND followed=0 AND unit_id IN (%s) GROUP BY kind, since", []any{string(s), string(today)}, units, func(scan func(...any) error) error {
				var k Kind
				var since string
				var count int64
				if err := scan(&k, &since, &count); err != nil {
					return err
				}
				if _, _, late := Aged(p, k, s, clock.Day(since), today); late == Alarm {
					n += count
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}
