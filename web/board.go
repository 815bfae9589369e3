package web

import "bonphu/web/chart"

// Board is the first screen: where the campaign stands, which units lag, what today asks and what needs a hand.
type Board struct {
	Page
	Tools     bool // the asker may bring lists
	MayQuota  bool
	None      Empty
	Targets   []Target
	Tabs      []Tab // which coverage is ranked
	RankTitle string
	Rank      []Ranked
	Today     []Quota
	Tasks     []TaskRow // the first of what the asker must do today
	MoreTasks int64
	Care      []Care
	RoadTitle string
	Road      chart.Roadmap
}

// Template names the screen.
func (*Board) Template() string { return "board/board" }
