// Package inspection draws samples of what was claimed, confirmed or excluded, takes the findings at the door, and tells rates
// with their bounds (KH:IV.2.a; laws J1, W2).
package inspection

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/oversight/tally"
)

// Book keeps inspections, their samples and their findings.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
}
