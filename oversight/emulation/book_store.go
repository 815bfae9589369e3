// Package emulation judges: ranks by rate against target, who is proposed for reward, who is not considered and why, who answers
// for missed targets (KH:IV.2.b, KH:V.4; laws J2, J3).
package emulation

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/oversight/inspection"
	"bonphu/oversight/reconcile"
	"bonphu/oversight/tally"
)

// Book keeps verdicts and reads the evidence for them.
type Book struct {
	DB        *db.DB
	Plan      func() *plan.Plan
	Figures   tally.Desk
	Reconcile *reconcile.Book
	Inspect   *inspection.Book
	Reporting func(ctx context.Context, who access.Viewer, day clock.Day) (map[int64]Reporting, error) // by commune; the report calendar's owner gives it
}

// Reporting is how a unit kept the report calendar up to a day (KH:V.1): reports due, handed in on time, late, and never.
type Reporting struct {
	Due, InTime, Late, Missing int
	Names                      []string // titles of the missing ones
}
