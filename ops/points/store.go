package points

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}
