package web

// Lists is the table of lists brought, with the place to bring more.
type Lists struct {
	Page
	MayBring bool
	Units    []Choice
	Rows     []ListRow
	Pager    Pager
	None     Empty
	Fresh    []FreshRow
}

// Template names the screen.
func (*Lists) Template() string { return "lists/lists" }

// ListRow is one list brought.
type ListRow struct {
	Name, Href, Kind, AsOf, State, Mood, Who, When string
	Sum, Waiting                                   int64
}

// Batch is one list on its way: recognised, tried, applied, withdrawn.
type Batch struct {
	Page
	Href        string
	Stages      []Stage
	Job         JobView
	Refused     string
	Stats       []Stat
	Steps       []StepButton
	StepsNote   string
	Issues      []IssueRow
	IssuesNote  string
	Pager       Pager
	MayCorrect  bool
	Why         string
	Kinds       []Choice
	Units       []Choice
	AsOf        string
	Columns     []ColumnRow
	Sheets      []SheetRow
	MayWithdraw bool
	Marked      bool
	Complete    []Choice // partial, full, sure; nothing where a full list says no more
	FullPlace   string   // the place of which a full list is one
}

// Template names the screen.
func (*Batch) Template() string { return "lists/batch" }

// FreshRow is how new the newest list of a kind is.
type FreshRow struct {
	Kind, AsOf, Age, Mood, Href string
	Whole                       bool
}

// StepButton is what may be done next.
type StepButton struct {
	Title, Href, Ask string
	First            bool
}

// IssueRow is one row that needs a look.
type IssueRow struct{ Place, Href, Text, Suggestion, State, Mood string }

// ColumnRow is one column with what it was taken for.
type ColumnRow struct {
	Letter, Heading, Key, Samples string
	Doubt                         bool
	Choices                       []Choice
}

// SheetRow says what became of one sheet.
type SheetRow struct{ Name, Text string }

// JobView is work that goes on behind.
type JobView struct {
	Running  bool
	Title    string
	Done, Of int64
}

// HeldRow is one held row beside the record that it may be (law P4).
type HeldRow struct {
	Page
	Href, Back, PersonHref, Person string
	Text, Suggestion               string
	Diff                           Diff
	Open                           bool
}

// Template names the screen.
func (*HeldRow) Template() string { return "lists/row" }
