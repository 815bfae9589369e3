package web

// Quotas is one day's quotas of a unit, team by team (KH:V.6).
type Quotas struct {
	Page
	Units         []Choice
	Unit, Day     string
	Before, After string
	Sheet         string
	Targets       []string
	Rows          []QuotaRow
	Sums          []QuotaCell
	MayShift      bool
	MayPlan       bool
	TargetChoices []Choice
	Teams         []Choice
	None          Empty
}

// Template names the screen.
func (*Quotas) Template() string { return "work/quotas" }

// QuotaRow is one team's quotas.
type QuotaRow struct {
	Name, Where  string
	Cells        []QuotaCell
	Capacity     int64
	ByHand, Over bool
}

// QuotaCell is one target's number.
type QuotaCell struct {
	Name string
	N    int64
}
