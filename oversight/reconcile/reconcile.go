// Package reconcile holds what teams claim against what extracts confirm, claim by claim, and settles the differences with those
// who claimed (KH:IV.2.a, KH:IV.2.d; laws C2, C3, C6, D2).
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
