package reconcile

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// OverClaims gives the over-claim rate of each unit, everything below it added, as of a day ("" or today and later are the
// present); the evidence for judging units (law J2). A denial that a verdict excuses is left out of the rate: the verdicts are
// those of today, so that a team that is cleared is cleared for every day.
func (b *Book) OverClaims(ctx context.Context, who access.Viewer, units []int64, day clock.Day) (map[int64]Rate, error) {
	for _, u := range units {
		if err := who.May("reconcile.see", u); err != nil {
			return nil, err
		}
	}
	out := make(map[int64]Rate, len(units))
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		rates, err := b.rates(tx, who.Tree(), Filter{Day: day})
		if err != nil {
			return err
		}
		for _, u := range units {
			out[u] = rates[u]
		}
		return nil
	})
	return out, err
}
