package web

import "bonphu/web/chart"

// Inspections lists the inspections by sample that the viewer may see (KH:IV.2.a).
type Inspections struct {
	Page
	Rows    []InspectionRow
	MayPlan bool
	None    Empty
}

// Template names the screen.
func (*Inspections) Template() string { return "inspection/list" }

// InspectionRow is one inspection of the list.
type InspectionRow struct {
	What, Href, Place, Day, State, Mood string
	Sample                              string // "120 trong 2.310 người"
	Done                                string // "80/120"
	Share, Bounds                       string
	Interval                            chart.Interval
}

// InspectionPlan is the form of a new inspection; the sample size stands beside it before anything is made (law J1).
type InspectionPlan struct {
	Page
	Units, Kinds, Targets  []Choice
	Conf, Margin, Expected string // percents as typed
	Unit, Kind, Target     string // the values chosen, to be posted
	Size                   string // "278"
	Told                   string // the size in a sentence
	MayMake                bool
}

// Template names the screen.
func (*InspectionPlan) Template() string { return "inspection/plan" }

// InspectionSheet is one inspection: progress, strata, estimate, seed and proof.
type InspectionSheet struct {
	Page
	Href, State, Mood  string
	Stages             []Stage
	Stats              []Stat
	Words              []string // the estimate, in sentences
	Interval           chart.Interval
	Facts              []CaseFact
	Proof, ProofMood   string // of drawing again; "" when not asked
	Drawn, Closed      bool
	MayDraw, MayClose  bool
	MayRecord, MayList bool
	Barred             string
	Strata             []StratumRow
}

// Template names the screen.
func (*InspectionSheet) Template() string { return "inspection/sheet" }

// StratumRow is the findings of one hamlet.
type StratumRow struct {
	Name, Href                         string
	Frame, Sample, True, False, Missed int64
	Left                               int64
	Share, Bounds                      string
}

// InspectionList is the list for the field: on the phone with large buttons, on paper with boxes.
type InspectionList struct {
	Page
	Href, Sheet string
	Places      []Choice
	MayRecord   bool
	Barred      string
	Away        bool // an inspection of exclusions: false means found at home
	Asks        string
	Rows        []FieldRow
	Answers     []Choice
	Wrong       string // id of the person whose form was refused
	None        Empty
	Code        string // of the stratum the address narrows to
	Hidden      string // "1" when only those without a result are shown
}

// Template names the screen.
func (*InspectionList) Template() string { return "inspection/field" }

// Problems are what is wrong with the form that was refused.
func (l *InspectionList) Problems() []string {
	var out []string
	for _, f := range l.Form.faults {
		out = append(out, f.Text)
	}
	return out
}

// FieldRow is one sampled person; numbers come masked (law R3). Press is the id that a recording will have.
type FieldRow struct {
	N                                          int64
	ID, Press, Name, Href, Birth, Number, Home string
	Place                                      string
	Result, Mood                               string
	Moments                                    []Moment
	Photos                                     []CaseLink
	Again                                      bool // somebody has recorded: another is a correction
	EndFact                                    string
}
