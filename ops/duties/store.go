// Package duties is what the plan and the leaders order offices to do, whether it was done, and what shows it (KH:I.3, KH:V).
package duties

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}
