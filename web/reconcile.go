package web

import "bonphu/web/chart"

// Settling is the board of claims against extracts, by unit or by team, the worst first (KH:IV.2.a).
type Settling struct {
	Page
	Units, Coverages  []Choice
	Team              string // id of the team the address names, "" for all
	TeamName, AllHref string
	Day, From, Until  string
	AsOf              string
	Stats             []Stat
	Tabs              []Tab
	By                string // what a line is: "Đơn vị", "Tổ"
	Rows              []SettledRow
	Limit             string // the plan's threshold: "5 %"
	More              []Tab
	None              Empty
}

// Template names the screen.
func (*Settling) Template() string { return "reconcile/board" }

// SettledRow is one unit or team; each number opens the claims behind it (law N2).
type SettledRow struct {
	Name, Href string
	Cells      []SettledCell
	Over       string // "5/40 · 12,5 %"
	Bounds     string // "5,5–26,1 %"
	Interval   chart.Interval
	Cases      string
	CasesHref  string
	Sum        bool
}

// SettledCell is one number with where it opens and a short note.
type SettledCell struct {
	Label, Href, Note string
	N                 int64
}

// SettledItems lists the claims behind a number.
type SettledItems struct {
	Page
	Back  string
	Chips []Tab
	Rows  []SettledItem
	Pager Pager
	None  Empty
}

// Template names the screen.
func (*SettledItems) Template() string { return "reconcile/items" }

// SettledItem is one claim, or one person found without a claim.
type SettledItem struct {
	Name, PersonHref, Place, Claimed, Day, Team, Fate, Mood string
	Says, List, ListHref                                    string // what the extract says and where
	Case, CaseHref, CaseMood                                string
}

// Cases is the queue of denied claims: to answer, to decide, done.
type Cases struct {
	Page
	Units []Choice
	Tabs  []Tab
	Rows  []SettledItem
	Pager Pager
	None  Empty
}

// Template names the screen.
func (*Cases) Template() string { return "reconcile/cases" }

// Case is one denied claim with its hearing.
type Case struct {
	Page
	Href       string
	Person     CaseLink
	State      string
	Mood       string
	Facts      []CaseFact
	Moments    []Moment
	Photos     []CaseLink
	MayAnswer  bool
	MayDecide  bool
	MayOpen    bool
	Reasons    []CaseReason
	Wait, Last string     // first and last day a late extract may be waited for until
	Next       []CaseLink // what the verdict asks for: correct the number, merge the twin
	WhyNot     string     // why the viewer may not decide
}

// Template names the screen.
func (*Case) Template() string { return "reconcile/case" }

// CaseLink is a title with an address.
type CaseLink struct{ Title, Href string }

// CaseFact is one line of what is known.
type CaseFact struct{ Name, Value, Href string }

// CaseReason is a reason code with what deciding so does.
type CaseReason struct {
	Value, Title, Text string
	Chosen             bool
}

// SelfDeclared is what units declare by themselves beside the ledger (law D2).
type SelfDeclared struct {
	Page
	Units     []Choice
	Unit, Day string
	Rows      []DeclaredRow
	Totals    []TotalRow
	MayWrite  bool
	Targets   []Choice
	Writable  []Choice
	Read      []ReadRow
	Pasted    string
	None      Empty
}

// Template names the screen.
func (*SelfDeclared) Template() string { return "reconcile/declared" }

// DeclaredRow is one declared total; Wrong says what does not hold in its arithmetic.
type DeclaredRow struct {
	ID, Unit, Target, Day, Said, Wrong, Source, Who string
	Ledger, Beside                                  int64
	More                                            string
	Mood                                            string
	MayDrop                                         bool
}

// TotalRow compares a unit's total with the sum of those below it.
type TotalRow struct{ Unit, Target, Text, Mood string }

// ReadRow is one total read out of a pasted text, to be kept.
type ReadRow struct {
	N              int
	Label, Target  string
	Targets        []Choice
	Done, Whole    int64
	Percent, Wrong string
}
