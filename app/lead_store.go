package app

import (
	"context"

	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// missed is a session of a collection point to which invited people did not come.
type missed struct{ session, unit, missed, invited int64 }

// missedSessions lists the sessions of some days to which somebody did not come, oldest first.
func (a *App) missedSessions(ctx context.Context, from, until clock.Day) ([]missed, error) {
	var out []missed
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(`SELECT s.id, s.unit_id, CAST(sum(CASE WHEN i.state='noshow' THEN 1 ELSE 0 END) AS BIGINT), CAST(count(*) AS BIGINT) FROM point_session s
			JOIN invitation i ON i.session_id=s.id WHERE s.day >= $1 AND s.day <= $2 AND s.state='closed' GROUP BY s.id, s.unit_id, s.day ORDER BY s.day, s.id`, []any{string(from), string(until)}, func(scan func(...any) error) error {
			var m missed
			err := scan(&m.session, &m.unit, &m.missed, &m.invited)
			if m.missed > 0 {
				out = append(out, m)
			}
			return err
		})
	})
	return out, err
}
