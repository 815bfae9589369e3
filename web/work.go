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

// Teams lists the teams of a unit and everything under it.
type Teams struct {
	Page
	Units []Choice
	Rows  []TeamRow
	None  Empty
}

// Template names the screen.
func (*Teams) Template() string { return "work/teams" }

// TeamRow is one team.
type TeamRow struct {
	Name, Href, Kind, Place string
	Members, Capacity       int64
}

// Team is one team with its members and the quotas of its coming days.
type Team struct {
	Page
	Members []MemberRow
	Days    []TeamDay
}

// Template names the screen.
func (*Team) Template() string { return "work/team" }

// MemberRow is one member; the telephone comes masked (law R3).
type MemberRow struct{ Name, Role, Phone string }

// TeamDay is one quota of a day to come.
type TeamDay struct {
	Day, Target string
	N           int64
}
