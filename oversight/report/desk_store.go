// Package report makes what the campaign tells upwards: the calendar of who owes which report by when, the numbers frozen with their
// definitions and as-of, the words of the unit beside them, versions that are never overwritten, and the documents that can be
// signed (KH:V.1, KH:V.2, KH:VII; laws D1, D2, D3).
package report

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/allotment"
	"bonphu/oversight/emulation"
	"bonphu/oversight/inspection"
	"bonphu/oversight/reconcile"
	"bonphu/oversight/tally"
)

// Desk keeps the reports.
type Desk struct {
	DB        *db.DB
	Plan      func() *plan.Plan
	Figures   tally.Desk
	Allot     *allotment.Book
	Reconcile *reconcile.Book
	Inspect   *inspection.Book
	Emulation *emulation.Book

	// Obstacles counts what stood in the way of a unit and those under it between two days; nil counts nothing.
	Obstacles func(ctx context.Context, who access.Viewer, unit int64, from, until clock.Day) ([]Stuck, error)
}
