package web

import "bonphu/web/chart"

// Unit is the page of one unit of the tree, from the district down to a hamlet with its residue by name.
type Unit struct {
	Page
	PeopleHref   string // its residents; "" where the asker may not see them
	ResidueHref  string
	SettlingHref string // claims against extracts; "" where the asker may not see them
	Stats        []Stat
	Targets      []Target
	Tabs         []Tab
	RankTitle    string
	Rank         []Ranked
	Today        []Quota
	Needs        chart.Bars
	Teams        []Quota
	Ladders      []chart.Ladder
	RoadTitle    string
	Road         chart.Roadmap
	Heat         chart.Heat
	Hamlet       bool // a unit without units under it
	NeedTabs     []Tab
	ResidueCount int64
	Residue      []Lacking
	Pager        Pager
	None         Empty
}

// Template names the screen.
func (*Unit) Template() string { return "unit/unit" }

// Lacking is one person of a residue; numbers come masked (law R3).
type Lacking struct {
	Name    string
	Href    string
	Birth   string
	Number  string
	Phone   string
	Lacks   []string // short names of coverages: "CCCD", "Định danh"
	Address string
}
