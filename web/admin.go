package web

// Accounts is the table of accounts with what may be done to each.
type Accounts struct {
	Page
	Secret    string // a one-time password, shown once
	MayManage bool
	Text      string
	Roles     []Choice
	Units     []Choice
	Offices   []Choice
	Rows      []AccountRow
	None      Empty
}

// Template names the screen.
func (*Accounts) Template() string { return "admin/accounts" }

// AccountRow is one account.
type AccountRow struct {
	Login, Name, Href string
	Office            string
	Roles             []string
	Marks             []Mark
	Manage, Disabled  bool
}

// Mark is a word in a pill.
type Mark struct{ Text, Kind string }

// Trail is the chained trail, newest first (law R2).
type Trail struct {
	Page
	Chain, ChainKind string
	Verbs            []Choice
	From, Till       string
	Rows             []TrailRow
	Pager            Pager
	None             Empty
}

// Template names the screen.
func (*Trail) Template() string { return "admin/trail" }

// TrailRow is one act.
type TrailRow struct{ When, Who, Verb, Place, Object, Href, Note, From string }
