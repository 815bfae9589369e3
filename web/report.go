package web

// Calendar is who owes which report by when (KH:V.1).
type Calendar struct {
	Page
	Tabs    []Tab
	Stats   []Stat
	Columns []CalendarColumn
	Top     []CalendarRow // the consolidating unit's own
	Rows    []CalendarRow
	Earlier string
	None    Empty
}

// Template names the screen.
func (*Calendar) Template() string { return "report/calendar" }

// CalendarColumn heads one period.
type CalendarColumn struct{ Title, Due string }

// CalendarRow is one unit's reports by period.
type CalendarRow struct {
	Name  string
	Cells []CalendarCell
}

// CalendarCell is one report's state; Kind colours the pill.
type CalendarCell struct{ Period, Text, Kind, Href string }

// PeriodReport is one unit's report of one period: its figures, the words beside them, what was handed in.
type PeriodReport struct {
	Page
	State     string
	StateKind string
	When      string
	AsOf      string
	Figures   []FigureRow
	Parts     []FigurePart
	PartHeads []string
	Claims    []Stat
	Sections  []SectionBox
	Href      string
	MayWrite  bool
	MaySubmit bool
	MayDecide bool
	MayNote   bool
	Again     bool // handed in before: the next version says why
	Versions  []VersionRow
	Notes     []Moment
	Drifts    []DriftRow
	DraftHref string
}

// Template names the screen.
func (*PeriodReport) Template() string { return "report/report" }

// FigureRow is one target of a report, formatted, with the people behind it.
type FigureRow struct {
	Name, Clause                                              string
	Goal, Confirmed, Rate, In, Due, Verified, Claimed, Denied string
	People, DeniedPeople                                      string
	Pace                                                      Pace
}

// FigurePart is one unit below with its rates.
type FigurePart struct {
	Name, Href string
	Rates      []string
}

// SectionBox is one section to write in. Base names the wording that was shown.
type SectionBox struct {
	ID, Title, Hint, Text, Base, By, Problem string
	Below                                    []BelowWords // what the units below wrote
	Stuck                                    []string     // what stood in the way, as the document tells it by itself
}

// BelowWords is what one unit below wrote.
type BelowWords struct{ Unit, Text, Href string }

// VersionRow is a version that was handed in.
type VersionRow struct{ Title, By, Why, Code, Href, Docx, Pdf string }

// DriftRow is a frozen number that is told differently now.
type DriftRow struct{ Unit, Target, Was, Now string }

// Papers lists the documents that were made and those that can be.
type Papers struct {
	Page
	Forms []PaperForm
	Rows  []PaperRow
	Pager Pager
	None  Empty
}

// Template names the screen.
func (*Papers) Template() string { return "report/papers" }

// PaperForm is a document that can be made.
type PaperForm struct{ Title, About, Clause, Href string }

// PaperRow is a document that was made.
type PaperRow struct{ Title, Unit, Code, Href, By string }

// MakePaper is the form of a document to be made.
type MakePaper struct {
	Page
	Href  string
	About string
	Units []Choice
	Boxes []PaperBox
}

// Template names the screen.
func (*MakePaper) Template() string { return "report/make" }

// PaperBox is one thing to type in.
type PaperBox struct {
	Input
	Long bool
}

// Paper is a document as it was made, looked up by its code: every figure opens into what is behind it (laws D1, N2).
type Paper struct {
	Page
	Facts    []Fact
	Docx     string
	Pdf      string
	Xlsx     string
	Heads    []string
	Rows     []PaperFigures
	Chosen   *PaperFigure
	Drifts   []DriftRow
	Same     bool // told the same now
	Extracts []PaperExtract
	SHA      string
}

// Template names the screen.
func (*Paper) Template() string { return "report/paper" }

// Fact is one line of what is known of a document.
type Fact struct{ Name, Value, Href string }

// PaperFigures is a unit's frozen numbers by target.
type PaperFigures struct {
	Name  string
	Cells []PaperCell
	Inner bool
}

// PaperCell is one number with its goal.
type PaperCell struct{ Target, Text, Rate, Href string }

// PaperFigure is one figure opened: what it means, of which day, how it is told now, the people and the lists behind it.
type PaperFigure struct {
	Title, Formula, Clause, Frozen, Now, People string
	Rows                                        []FactNumber
}

// FactNumber is one frozen number with its name and the people behind it now.
type FactNumber struct{ Name, Value, People string }

// PaperExtract is a list that the numbers rest on.
type PaperExtract struct{ Title, File, AsOf, Rows, SHA, Href string }
