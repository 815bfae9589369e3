package web

import (
	"bonphu/internal/vn"
	"bonphu/web/chart"
)

// Territory is the matrix of units against targets, told in the units of the campaign or in today's (law T2).
type Territory struct {
	Page
	Tabs    []Tab
	Targets []string
	Rows    []TerritoryRow
	Sum     TerritoryRow
	Note    string
	None    Empty
}

// Template names the screen.
func (*Territory) Template() string { return "territory/territory" }

// TerritoryRow is one unit.
type TerritoryRow struct {
	Name, Href, Note string
	Hamlets, People  int64
	Cells            []TerritoryCell
}

// TerritoryCell is one unit's standing in one target.
type TerritoryCell struct {
	Name string
	Bar  chart.Progress
}

// Rate is the confirmed share.
func (c TerritoryCell) Rate() string { return vn.Percent(c.Bar.Confirmed, c.Bar.Target) }
