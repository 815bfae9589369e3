// Package aid is the operators' offers and the orders of telephones, SIMs and signatures, from a visit to the extract that confirms it (KH:III.1.b, KH:III.2.c).
package aid

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}
