package rhythm

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Book reads the day.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
	Allot   *allotment.Book
	Canvass *canvass.Book
}
