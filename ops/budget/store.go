// Package budget is the funds: proposals by office and line with their basis, approved and spent, whole đồng (KH:III.3.f, KH:V.5).
package budget

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}
