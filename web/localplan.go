package web

// LocalPlans is the district's table of the communes' own plans and their sum (KH:V.6).
type LocalPlans struct {
	Page
	Stats []Stat
	Sums  []LocalSum
	Rows  []LocalRow
	None  Empty
}

// Template names the screen.
func (*LocalPlans) Template() string { return "localplan/district" }

// LocalSum is one target over all communes.
type LocalSum struct {
	Title                         string
	District, Issued, Rest, Whole int64
	More                          string
	Mood                          string
}

// LocalRow is one commune.
type LocalRow struct {
	Title, Href, State, Mood, Issued, Days string
	Differs                                []string // where its numbers are not the district's: "VNeID +5"
}

// LocalPlan is one commune's plan: the draft where it is written, the one in force, the versions.
type LocalPlan struct {
	Page
	Unit, State, Mood string
	Make, Drop, Bring string // where the forms go; "" where they make no sense
	Save, Issue       string
	Withdraw, File    string
	Paper, District   string
	Wrong             []string // why the draft may not be issued
	Outgrown          []string // in what the plan in force is below the district's by now
	Draft             bool
	Revision          string
	Force             string // the revision that somebody else saved meanwhile; "" for none
	From, Until       string // bounds of the dates
	Own               LocalDates
	Texts             []LocalText // title, number, signer, position
	Knots             []LocalKnot
	Targets           []LocalTarget
	Weekdays          []Choice
	Rest              string
	Measures          []LocalMeasure
	Teams             []LocalTeam
	TeamHeads         []string
	Changes           []LocalChange
	Versions          []LocalVersion
	Correction        bool // the draft corrects an issued version
	None              Empty
}

// Template names the screen.
func (*LocalPlan) Template() string { return "localplan/commune" }

// LocalDates are the commune's own days.
type LocalDates struct{ From, Until, AsOf, FromVi, UntilVi string }

// LocalText is one short field of the plan.
type LocalText struct{ Name, Label, Value string }

// LocalKnot is one knot of the roadmap; Asked is what the district's roadmap wants on that day.
type LocalKnot struct{ Day, DayVi, Percent, Asked string }

// LocalTarget is one number.
type LocalTarget struct {
	ID, Title                             string
	Eligible, Confirmed, District, Number int64
	Problem                               string
}

// LocalMeasure is a heading with what will be done.
type LocalMeasure struct{ Title, Text, Problem string }

// LocalTeam is a team's row.
type LocalTeam struct {
	Name, Place       string
	Members, Capacity int64
	Daily             []int64
}

// LocalChange is one thing in which the draft differs from the plan in force.
type LocalChange struct{ What, Was, Now string }

// LocalVersion is one version.
type LocalVersion struct{ Title, State, Mood, By, Why, File string }
