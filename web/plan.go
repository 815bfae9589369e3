package web

import "bonphu/web/chart"

// Plan is the plan as an official reads it, each clause with its live figure beside it.
type Plan struct {
	Page
	Issuer     string
	PlanTitle  string
	Period     string
	Basis      []string
	Parts      []PlanPart
	Road       chart.Roadmap
	Recipients []string
}

// Template names the screen.
func (*Plan) Template() string { return "plan/plan" }

// PlanPart is a titled part of the plan: phases, targets, duties.
type PlanPart struct {
	Title    string
	Articles []Article
}

// Article is one clause.
type Article struct {
	Clause string // "IV.1.a", also its anchor
	Title  string
	Text   string
	Lines  []string // what of the plan rests on it
	Who    string
	Live   []Stat
}
