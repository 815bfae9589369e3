package outreach

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
	// Activated tells of each unit how many adults live there and how many of them had a confirmed activated account at the end of each day
	// from from to until. Whoever may not see figures gets a fault. nil: nothing is told of what followed.
	Activated func(ctx context.Context, who access.Viewer, units []int64, from, until clock.Day) (map[int64]Line, error)
}
