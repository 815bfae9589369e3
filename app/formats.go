package app

import (
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
	"bonphu/ops/officials"
	"bonphu/oversight/reconcile"
)

// formats lists what can be taken in, one owner a line.
func (a *App) formats() []intake.Applier {
	if a.Plan() == nil {
		return nil // nothing can be taken in before a campaign was begun
	}
	return []intake.Applier{
		coverage.Lists{Plan: a.Plan},
		allotment.Table{Plan: a.Plan},
		reconcile.TotalsList{Plan: a.Plan},
		canvass.TeamList{},
		officials.List{Plan: a.Plan},
		unitLists{a.Door},
	}
}
