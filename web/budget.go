package web

// Budgets is the funds: the whole by office and group, and the proposals (KH:III.3.f, KH:V.5).
type Budgets struct {
	Page
	Stats   []Stat
	Words   string // the whole that is proposed, in words
	Units   []Choice
	Offices []Choice
	States  []Choice
	Heads   []string
	Sums    []BudgetSum
	Rows    []BudgetRow
	None    Empty
	New     string
	Work    string
	File    string
}

// Template names the screen.
func (*Budgets) Template() string { return "budget/list" }

// BudgetSum is one office over the groups, đồng.
type BudgetSum struct {
	Title, Href              string
	Groups                   []int64 // proposed
	Proposed, Granted, Spent int64
	Share                    string // spent of granted
	Total                    bool
}

// BudgetRow is one proposal.
type BudgetRow struct {
	Title, Href, Office, State, Mood, When string
	Proposed, Granted, Spent               int64
}

// BudgetSheet is one proposal: written, decided on, paid.
type BudgetSheet struct {
	Page
	Office, State, Mood, Reason, Words, GrantedWords string
	Proposed, Granted, Spent                         int64
	Groups                                           []BudgetGroup
	Lines                                            []BudgetLine
	Spends                                           []BudgetSpend
	Moments                                          []Moment
	Norms                                            []Choice
	Save, Send, Drop, Recall, Approve, Return, Pay   string
	Revision, Once, Today, PayOnce                   string
	File, Paper, WorkFrom, WorkUntil                 string
	Editing                                          bool
}

// Template names the screen.
func (*BudgetSheet) Template() string { return "budget/sheet" }

// BudgetGroup adds one group up.
type BudgetGroup struct {
	Title             string
	Proposed, Granted int64
}

// BudgetLine is one line; the texts are what stands in the form.
type BudgetLine struct {
	ID, Norm, Title, Per, Basis, Quantity, Price, Group string
	Asked                                               string // the quantity in figures, for the decision
	Amount, Granted, Spent                              int64
	GrantedQuantity, Why                                string
	Recorded                                            bool
	Norms                                               []Choice
}

// BudgetSpend is one payment.
type BudgetSpend struct {
	Day, Line, Document, By, Void, Undo, ID string
	Amount                                  int64
}

// WorkDays is the sheet of days of work of those who draw no state salary.
type WorkDays struct {
	Page
	Units       []Choice
	From, Until string
	Rows        []WorkDayRow
	Days        int64
	Money       string
	File        string
	None        Empty
}

// Template names the screen.
func (*WorkDays) Template() string { return "budget/work" }

// WorkDayRow is one member.
type WorkDayRow struct {
	Name, Role, Team, When, Mark, ID string
	Days, Visits                     int64
	Paid                             bool
}
