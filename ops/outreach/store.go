// Package outreach is how people are told: activities by channel and place, content in versions, hamlets where nothing was done (KH:I.1, KH:III.1).
package outreach

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}
