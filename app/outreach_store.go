package app

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/outreach"
)

// activated gives outreach the figures of what followed: how many of each unit's adults had a confirmed activated account day by day, by the
// plan's target for accounts (KH:III.1.a, law N1). A plan without one tells nothing. The asker needs unit.see on each unit.
func (a *App) activated(ctx context.Context, who access.Viewer, units []int64, from, until clock.Day) (map[int64]outreach.Line, error) {
	for _, u := range units {
		if err := who.May("unit.see", u); err != nil {
			return nil, err
		}
	}
	t := a.Plan().MainTarget("eid")
	out := make(map[int64]outreach.Line, len(units))
	if t == nil {
		return out, nil
	}
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		for _, u := range units {
			lines, err := a.Book.Lines(tx, u, []string{"t:" + t.ID + ":in", "t:" + t.ID + ":confirmed"}, from, until)
			if err != nil {
				return err
			}
			l := outreach.Line{From: from, Active: lines[1].N}
			if n := len(lines[0].N); n > 0 {
				l.Adults = lines[0].N[n-1]
			}
			out[u] = l
		}
		return nil
	})
	return out, err
}
