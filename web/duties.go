package web

// Duties is what the plan orders offices to do and how far they are (KH:I.3, KH:V): the duties one by one, or summed up by office or clause.
type Duties struct {
	Page
	Views   []Tab
	View    string // "viec", "co-quan", "muc"
	Units   []Choice
	Offices []Choice
	Clauses []Choice
	States  []Choice
	Stats   []Stat
	Rows    []OwedDuty
	Sums    []DutySum
	None    Empty
	MayTell bool // may write an instruction
}

// Template names the screen.
func (*Duties) Template() string { return "duties/board" }

// OwedDuty is one duty of one office with its present turn.
type OwedDuty struct {
	Text, Href, Clause, Office, Turn, State, Mood, Shown, Past, PastMood, Holders string
}

// DutySum is how the duties of one office, or of one clause, stand.
type DutySum struct {
	Title, Note, Href   string
	N, Done, Open, Late int
	Past, Mood          string
}

// DutySheet is one duty of one office.
type DutySheet struct {
	Page
	Text, Who, Evidence, Clause, Office, Turn, State, Mood, Shown, ShownHref string
	Due                                                                      string // the day in the forms
	Today                                                                    string
	Acknowledge, Plan, Done, Return, Excuse, Undo                            string // where the forms go; "" where they make no sense
	Moments                                                                  []Moment
	Turns                                                                    []DutyTurn
	Holders                                                                  []DutyHolder
	Staff                                                                    []Choice
	Give                                                                     string
}

// Template names the screen.
func (*DutySheet) Template() string { return "duties/sheet" }

// DutyTurn is one turn in the table of turns.
type DutyTurn struct {
	Turn, State, Mood, Done, Text, Href string
	Now                                 bool
}

// DutyHolder is a person to whom the office gave the duty.
type DutyHolder struct{ Name, Note, By, Take, ID string }

// Instructions lists what leaders told offices (KH:V.2).
type Instructions struct {
	Page
	States  []Choice
	Rows    []InstructionRow
	None    Empty
	MayTell bool
}

// Template names the screen.
func (*Instructions) Template() string { return "duties/instructions" }

// InstructionRow is one line of the list.
type InstructionRow struct {
	Title, Kind, Number, From, Href, Day, Due, State, Mood string
	Told, Read, Done                                       int
}

// InstructionForm is where an instruction is written.
type InstructionForm struct {
	Page
	Units  []Choice
	Kinds  []Choice
	Groups []OfficeGroup
	Once   string
	Today  string
}

// Template names the screen.
func (*InstructionForm) Template() string { return "duties/instruct" }

// OfficeGroup is a set of offices that may be chosen together.
type OfficeGroup struct {
	Title   string
	Offices []Choice
}

// InstructionSheet is one instruction with who took note of it and what came of it.
type InstructionSheet struct {
	Page
	Kind, Number, Text, From, Signer, Day, Due, State, Mood, Withdrawn string
	File, FileName                                                     string
	Rows                                                               []ToldRow
	Told, Read, Done                                                   int
	Acknowledge, Answer, Withdraw                                      string
}

// Template names the screen.
func (*InstructionSheet) Template() string { return "duties/instruction" }

// ToldRow is one office that was told.
type ToldRow struct {
	Office, Read, Done, Answer, State, Mood string
	Own                                     bool
}
