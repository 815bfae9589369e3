package canvass

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/db"
)

func keepPlace(tx *db.Tx, t *Team) error {
	if _, err := tx.Exec("DELETE FROM team_place WHERE team_id=$1", t.ID); err != nil || t.Place == "" {
		return err
	}
	_, err := tx.Exec("INSERT INTO team_place(team_id, kind) VALUES ($1,$2)", t.ID, t.Place)
	return err
}

// Get reads one team as it is today. The viewer needs team.see on its unit.
func (b *Book) Get(ctx context.Context, who access.Viewer, team int64) (*Team, error) {
	var out *Team
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		t, err := teamAt(tx, team)
		if err != nil {
			return err
		}
		out = t
		return who.May("team.see", t.Unit)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
