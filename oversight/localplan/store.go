// Package localplan is the commune's own plan under the district's: its dates within, its teams, its daily targets and its roadmap,
// in versions, and the sum over all communes beside the district's (KH:V.6).
package localplan

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Book keeps them.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
	Allot   *allotment.Book
	Canvass *canvass.Book
}
