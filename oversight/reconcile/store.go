package reconcile

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/oversight/tally"
)

// Book keeps the fate of every claim and the cases that differences open.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
}
