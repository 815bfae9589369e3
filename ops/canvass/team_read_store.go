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

// TeamSum is what a team did so far: its visits, and those that ended with what was to be done that day done.
type TeamSum struct{ Visits, Done int64 }

// Sums counts the visits of every team of a unit and everything under it, void ones left out; each team stands apart, so that volunteers'
// results are told beside the others' (KH:III.2.d). The viewer needs team.see on the unit.
func (b *Book) Sums(ctx context.Context, who access.Viewer, unit int64) (map[int64]TeamSum, error) {
	if err := who.May("team.see", unit); err != nil {
		return nil, err
	}
	out := map[int64]TeamSum{}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT v.team_id, t.unit_id, CAST(count(*) AS BIGINT), CAST(sum(CASE WHEN v.result=$1 THEN 1 ELSE 0 END) AS BIGINT)
			FROM visit v JOIN team t ON t.id = v.team_id WHERE v.void_at='' GROUP BY v.team_id, t.unit_id`, []any{string(Done)}, func(scan func(...any) error) error {
			var team, at int64
			var s TeamSum
			err := scan(&team, &at, &s.Visits, &s.Done)
			if who.Tree().Within(at, unit) {
				out[team] = s
			}
			return err
		})
	})
	return out, err
}
