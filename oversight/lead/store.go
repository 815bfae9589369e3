// Package lead is the leadership's day: are we on the roadmap, who is behind and why, what is stuck, what must be decided today, and where
// each coverage will end (KH:IV.2.c, KH:V.2).
package lead

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/oversight/tally"
)

// Book reads it.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk

	kept    kept
	Causes  []Causes // why units are behind, by part of the program; filled by app
	Stuck   []Snags  // what is stuck, by part of the program; filled by app
	Sources []Source // what each part of the program waits for from the asker; filled by app
}
