package canvass

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/db"
)

// Names names every team that ever was of a unit, everything under it and the units above, whose teams work there too. The viewer
// needs team.see on the unit.
func (b *Book) Names(ctx context.Context, who access.Viewer, unit int64) (map[int64]string, error) {
	if err := who.May("team.see", unit); err != nil {
		return nil, err
	}
	out := map[int64]string{}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each("SELECT id, unit_id, name FROM team", nil, func(scan func(...any) error) error {
			var team, at int64
			var name string
			err := scan(&team, &at, &name)
			if tree := who.Tree(); tree.Within(at, unit) || tree.Within(unit, at) {
				out[team] = name
			}
			return err
		})
	})
	return out, err
}
