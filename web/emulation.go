package web

// EmulationRanks is the live table of ranks of a tier (KH:IV.2.b; law J3).
type EmulationRanks struct {
	Page
	Tabs    []Tab
	Tier    string
	Day     string
	Rule    string
	Lacking string
	Stats   []Stat
	Rows    []RankRow
	Rounds  []RoundRow
	MayOpen bool
	Duty    string // address of the list of responsibility
	None    Empty
}

// Template names the screen.
func (*EmulationRanks) Template() string { return "emulation/ranks" }

// RankRow is one unit, team or person in a table of ranks.
type RankRow struct {
	Rank, Name, Href string
	Points           string
	Class, Kind      string
	Targets          []RankTarget
	Reports          string
	Claims, Found    string
	Reasons          []RankReason
	Decided          string
	Before           string // the class before a decision
}

// RankTarget is one target of a row: what is confirmed of the goal, and where the people are.
type RankTarget struct{ Name, Rate, Counts, Href string }

// RankReason is one finding with the place of its evidence.
type RankReason struct {
	Text, Clause, Href, More string
	Bars                     bool
}

// RoundRow is one frozen round in the list.
type RoundRow struct{ Title, Href, State, Kind, When, Note string }

// EmulationRound is one frozen round (laws J2, J3).
type EmulationRound struct {
	Page
	Href       string
	Stages     []Stage
	Facts      []string
	Rule       string
	Rows       []RankRow
	Contests   []ContestRow
	Proposals  []ProposalRow
	Papers     []Choice
	WhatIf     string
	MayPublish bool
	MayClose   bool
	MayPropose bool
	Units      []Choice
}

// Template names the screen.
func (*EmulationRound) Template() string { return "emulation/round" }

// ContestRow is one objection and what was decided on it.
type ContestRow struct {
	Ref, Name, Href, Text, By, When string
	Before, After, Outcome          string
	Why, DecidedBy                  string
	MayDecide                       bool
	Classes                         []Choice
}

// ProposalRow is one name on the list for a Giấy khen.
type ProposalRow struct{ Ref, Kind, Name, Office, Place, Achievement, By string }

// EmulationVerdict is one verdict of a round with all its evidence.
type EmulationVerdict struct {
	Page
	Href       string
	Row        RankRow
	Rank       string
	Stats      []Stat
	Contests   []ContestRow
	MayContest bool
	Until      string
	WhatIf     string
}

// Template names the screen.
func (*EmulationVerdict) Template() string { return "emulation/verdict" }

// EmulationWhatIf judges a round anew with one case decided otherwise; nothing is kept.
type EmulationWhatIf struct {
	Page
	Units   []Choice
	Targets []Choice
	Boxes   []Input
	Rows    []WhatIfRow
	Asked   bool
	Text    string
}

// Template names the screen.
func (*EmulationWhatIf) Template() string { return "emulation/whatif" }

// WhatIfRow is one who would stand otherwise.
type WhatIfRow struct {
	Name, RankBefore, RankAfter, ClassBefore, ClassAfter, Why string
	Own                                                       bool
}

// EmulationDuty lists who answers for missed targets (KH:V.4).
type EmulationDuty struct {
	Page
	Tabs  []Tab
	Tier  string
	Day   string
	Rows  []DutyRow
	Paper string
	None  Empty
}

// Template names the screen.
func (*EmulationDuty) Template() string { return "emulation/duty" }

// DutyRow is one unit that answers.
type DutyRow struct {
	Name, Code, Href, Points string
	Gaps                     []RankTarget
	Causes                   []string
	Own, Handled             []Moment
	Handling, Kind           string
	MayExplain, MayHandle    bool
	Handlings                []Choice
}
