package worklist

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Book reads the lists.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
	Canvass *canvass.Book
}
