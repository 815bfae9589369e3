package web

import "html/template"

// DossierBoard is how dossiers stand: by state and unit, day by day, by age, and where they lie longest (KH:III.3.d).
type DossierBoard struct {
	Page
	Units    []Choice
	Day      string
	Last     string // the newest day that may be asked for
	Past     bool
	Stats    []Stat
	Narrow   string // the bottleneck in a sentence; "" for none
	NarrowTo string
	Alarms   string // how many alarm, in a sentence
	AlarmTo  string
	Redo     string
	RedoTo   string
	Chart    template.HTML
	Table    template.HTML
	Ages     []DossierAge
	States   []string
	Rows     []DossierUnit
	MayWrite bool
	ListHref string
	Kinds    []Choice
	Code     string // unit code
	None     Empty
}

// Template names the screen.
func (*DossierBoard) Template() string { return "dossier/board" }

// DossierAge is one state's ages.
type DossierAge struct {
	State, Href, Norm string
	N, Over, Alarm    int64
	Median, Oldest    int64
	Mood, OverHref    string
}

// DossierUnit is one unit's counts by state, in the board's order.
type DossierUnit struct {
	Name, Href string
	N          []DossierCell
	Late       int64
	LateHref   string
}

// DossierCell is one count with the list behind it (law N2).
type DossierCell struct {
	Title, Href string
	N           int64
}

// DossierList is a list of dossiers with what is done to many at once.
type DossierList struct {
	Page
	Units, States, Kinds, Ages []Choice
	Find                       string
	Told                       string
	Rows                       []DossierRow
	Pager                      Pager
	MayWrite, MayExport        bool
	Sheet                      string
	Code                       string
	Moves, Reasons             []Choice
	Today                      string
	None                       Empty
}

// Template names the screen.
func (*DossierList) Template() string { return "dossier/list" }

// DossierRow is one dossier of a list; numbers come masked (law R3).
type DossierRow struct {
	ID, Href, Name, Birth, Number, Place string
	Kind, State, Mood, Since, Age, Code  string
	Late                                 string // "quá 3 ngày", "" in time
	LateMood                             string
	Reason, Batch, BatchHref             string
	Confirmed                            bool
}

// DossierBulk is what became of each row of a list (law F1).
type DossierBulk struct {
	Page
	Dry             bool
	Stats           []Stat
	Rows            []DossierVerdict
	Hidden          []Hidden // the same list again, for doing what was only tried
	Back, BatchHref string
}

// Template names the screen.
func (*DossierBulk) Template() string { return "dossier/bulk" }

// DossierVerdict is one row's.
type DossierVerdict struct {
	Line             int64
	Text, Name, Href string
	Verdict, Mood    string
	Why              string
}

// DossierSheet is one dossier: where it is, its history, and what the desk may do next.
type DossierSheet struct {
	Page
	Href, PersonHref, Person string
	Stats                    []Stat
	Code, Kind               string
	Stages                   []Stage
	State, Mood              string
	Reason, Late             string
	Moments                  []Moment
	Next, Reasons            []Choice
	MayWrite, MayUndo        bool
	MayRedo                  bool
	FollowsHref, RedoneHref  string
	Batch, BatchHref         string
	Today                    string
}

// Template names the screen.
func (*DossierSheet) Template() string { return "dossier/sheet" }

// Transmissions lists the batches sent.
type Transmissions struct {
	Page
	Units    []Choice
	Code     string
	Waiting  int64
	Stats    []Stat
	Rows     []TransmissionRow
	Pager    Pager
	MayWrite bool
	Today    string
	None     Empty
}

// Template names the screen.
func (*Transmissions) Template() string { return "dossier/sent" }

// TransmissionRow is one batch.
type TransmissionRow struct {
	ID, Day, Unit, Receipt, By, Note, Href string
	N, Out                                 int64
	Withdrawn                              string // why and by whom; "" while it stands
	May                                    bool
}

// PersonDossiers are a person's dossiers on the person's own page.
type PersonDossiers struct {
	Shown, May bool
	Person     string // id
	Rows       []DossierRow
	Kinds      []Choice
	Today      string
}

// WhereIs is the public look-up: where a dossier is by its code, without a name.
type WhereIs struct {
	Page
	Asked  bool
	Kind   string
	State  string
	Since  string
	Taken  string
	Next   string
	Stages []Stage
}

// Template names the screen.
func (*WhereIs) Template() string { return "public/dossier" }

// Frame names the layout: nothing of the desk around it.
func (*WhereIs) Frame() string { return "bare" }
