// Package plan is the campaign plan as data: period, phases, the coverages with their ladders of states, who counts, what is
// confirmed by which extract, targets, roadmap, duties, reports and recipients, each with the clause it comes from. Another
// campaign, district or province is another plan file.
//
// A file that is wrong is refused with line, column and a Vietnamese sentence; nothing is guessed.
package plan

import (
	"strings"

	"bonphu/internal/clock"
)

// Plan is one campaign's plan, checked. It is never changed after Parse.
type Plan struct {
	Code          string      `yaml:"code"`
	Title         string      `yaml:"title"`
	ShortTitle    string      `yaml:"short_title"`
	Place         Place       `yaml:"place"`
	Issuer        Issuer      `yaml:"issuer"`
	LegalBasis    []Basis     `yaml:"legal_basis"`
	Parent        string      `yaml:"parent"`
	From          clock.Day   `yaml:"from"`
	Until         clock.Day   `yaml:"until"`
	Baseline      clock.Day   `yaml:"baseline"` // what is confirmed by the end of this day is where the roadmap starts; "" is From
	Retention     clock.Day   `yaml:"retention"`
	SwitchOff2G   clock.Day   `yaml:"switch_off_2g"`
	Phases        []Phase     `yaml:"phases"`
	Reports       []ReportDue `yaml:"reports"`
	Terms         []Term      `yaml:"terms"`
	Coverages     []Coverage  `yaml:"coverages"`
	Facts         []FactKind  `yaml:"facts"`
	Extracts      []Extract   `yaml:"extracts"`
	Targets       []Target    `yaml:"targets"`
	Segments      []Segment   `yaml:"segments"`
	Roadmap       []Knot      `yaml:"roadmap"`
	PersonalQuota Personal    `yaml:"personal_quota"`
	RestWeekdays  []int       `yaml:"rest_weekdays"`
	RestDays      []clock.Day `yaml:"rest_days"`
	Emulation     Emulation   `yaml:"emulation"`
	Canvass       Canvass     `yaml:"canvass"`
	Obstacles     Obstacles   `yaml:"obstacles"`
	Dossier       Dossier     `yaml:"dossier"`
	Aid           Aid         `yaml:"aid"`
	Outreach      Outreach    `yaml:"outreach"`
	Budget        Budget      `yaml:"budget"`
	Tiles         []Tile      `yaml:"tiles"`
	Offices       []Office    `yaml:"offices"`
	Duties        []Duty      `yaml:"duties"`
	Distribution  []string    `yaml:"distribution"`
	Clauses       []Clause    `yaml:"clauses"`

	SHA string `yaml:"-"` // SHA-256 of the file, hex

	changes []clock.Day // days on which an answer may change for everybody: from-days of rules, days that expressions name; rising
}

// Place is the unit the plan is for, by its official code.
type Place struct {
	Unit string `yaml:"unit"`
	Name string `yaml:"name"`
}

// Issuer is the body that signs.
type Issuer struct {
	Superior string `yaml:"superior"`
	Body     string `yaml:"body"`
	Symbol   string `yaml:"symbol"`
	Signer   string `yaml:"signer"` // title of who signs
	Town     string `yaml:"town"`   // before the date
}

// Short is the issuing body as it stands above one of its own: "UBND HUYỆN HỚN QUẢN".
func (i Issuer) Short() string { return strings.Replace(i.Body, "ỦY BAN NHÂN DÂN", "UBND", 1) }

// Basis is a text the plan rests on.
type Basis struct {
	Text   string `yaml:"text"`
	Clause string `yaml:"clause"`
}

// Phase is a stretch of the campaign (KH:V.1).
type Phase struct {
	ID     string    `yaml:"id"`
	Title  string    `yaml:"title"`
	From   clock.Day `yaml:"from"`
	Until  clock.Day `yaml:"until"`
	Clause string    `yaml:"clause"`
}

// ReportDue is an entry of the report calendar (KH:V.1). Every is "", "day" or "week"; Due is the day of a single report.
type ReportDue struct {
	ID     string    `yaml:"id"`
	Title  string    `yaml:"title"`
	Who    string    `yaml:"who"`
	From   clock.Day `yaml:"from"`
	Until  clock.Day `yaml:"until"`
	Due    clock.Day `yaml:"due"`
	Every  string    `yaml:"every"`
	Clause string    `yaml:"clause"`
}

// Term says what things are called from a day on: on 01/7/2024 the law renamed CCCD "thẻ căn cước".
type Term struct {
	From clock.Day `yaml:"from"`
	Card string    `yaml:"card"`
	EID  string    `yaml:"eid"`
	Law  string    `yaml:"law"`
}

// Coverage is one of the coverages with its ladder of states, lowest first (law C1, KH:0.b).
type Coverage struct {
	ID     string  `yaml:"id"`
	Title  string  `yaml:"title"`
	Short  string  `yaml:"short"`
	Goal   string  `yaml:"goal"`
	Clause string  `yaml:"clause"`
	States []State `yaml:"states"`
}

// State is a rung of a ladder.
type State struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

// FactKind is a dated status fact that persons may have (law P3). One that excludes needs approval (law W2).
type FactKind struct {
	ID       string `yaml:"id"`
	Title    string `yaml:"title"`
	Approval bool   `yaml:"approval"`
	Clause   string `yaml:"clause"`
}

// Extract is a kind of list and what it confirms (KH:IV.2.d). Source is national, police, operator or field.
type Extract struct {
	Kind    string            `yaml:"kind"`
	Title   string            `yaml:"title"`
	Source  string            `yaml:"source"`
	Clause  string            `yaml:"clause"`
	Sets    map[string]string `yaml:"sets"`    // coverage → state that every row confirms
	Columns []StatusColumn    `yaml:"columns"` // status columns whose texts confirm states
	Unnamed Unnamed           `yaml:"unnamed"` // what a full list says of those it does not name

	sets []Reached
}

// Unnamed says what a full extract confirms of people it does not name: whoever lives in its place, fits When and is not in a full
// list of those without a card has one. Without sets a full list says no more than a partial one.
type Unnamed struct {
	When  string            `yaml:"when"`
	Sets  map[string]string `yaml:"sets"`
	Below map[string]string `yaml:"below"` // has not reached this state: what was confirmed lower stays, as of the list

	when  *program
	sets  []Reached
	below []Reached
}

// StatusColumn says what the texts of a status column confirm. Field is cccd, eid, sim, sign, device, resident or a heading.
type StatusColumn struct {
	Field  string        `yaml:"field"`
	Values []StatusValue `yaml:"values"`
}

// StatusValue is a set of texts (folded; the first set that has the text wins) and what it confirms. With needs, the other
// columns must say so too.
type StatusValue struct {
	Texts []string          `yaml:"texts"`
	Needs map[string]string `yaml:"needs"`
	Sets  map[string]string `yaml:"sets"`

	sets []Reached
}

// Reached is a state of a coverage.
type Reached struct{ Coverage, State string }

// Target is a number to be reached (KH:IV.1), with who is in its denominator and who counts as done, as expressions.
type Target struct {
	ID       string  `yaml:"id"`
	Title    string  `yaml:"title"`
	Short    string  `yaml:"short"`
	Clause   string  `yaml:"clause"`
	Coverage string  `yaml:"coverage"` // the board's line it belongs to
	Main     bool    `yaml:"main"`     // the coverage's own target line
	Percent  float64 `yaml:"percent"`
	Basis    string  `yaml:"basis"`  // register or officials
	Column   string  `yaml:"column"` // of a target table
	Eligible string  `yaml:"eligible"`
	Counts   string  `yaml:"counts"`
	In       string  `yaml:"in"`  // sentence for those inside
	Out      string  `yaml:"out"` // sentence for those outside
	Rules    []Rule  `yaml:"rules"`
	Roadmap  []Knot  `yaml:"roadmap"`

	eligible, counts *program
	p                *Plan
}

// Rule replaces a target's expressions from a day on.
type Rule struct {
	From     clock.Day `yaml:"from"`
	Law      string    `yaml:"law"`
	Eligible string    `yaml:"eligible"`
	Counts   string    `yaml:"counts"`

	eligible, counts *program
}

// Segment is a group of persons who need the same thing (KH:II.2), in the order in which it must be done.
type Segment struct {
	ID     string  `yaml:"id"`
	Title  string  `yaml:"title"`
	When   string  `yaml:"when"`
	Work   string  `yaml:"work"`
	Clause string  `yaml:"clause"`
	After  []First `yaml:"after"` // what must be done before, for those who lack that too

	when *program
}

// First is a segment that must be done before another, and why: without a SIM of one's own no activation code arrives.
type First struct {
	Segment string `yaml:"segment"`
	Why     string `yaml:"why"`
}

// Knot is a point of the roadmap: by the end of Day, Percent of the target is done (law A3).
type Knot struct {
	Day     clock.Day `yaml:"day"`
	Percent float64   `yaml:"percent"`
}

// Personal is the quota of every official (KH:IV.1.d).
type Personal struct {
	N      int    `yaml:"n"`
	Clause string `yaml:"clause"`
}

// Emulation holds the thresholds for reward (KH:IV.2.b): percent of the target for each class, the share of refuted claims and of
// false findings of inspections beyond which a unit is not considered, and the share of due reports that it must have handed in.
type Emulation struct {
	Excellent    float64 `yaml:"excellent"`
	Good         float64 `yaml:"good"`
	Complete     float64 `yaml:"complete"` // below it the unit has not fulfilled its task; 0: 80
	OverClaim    float64 `yaml:"over_claim"`
	InspectFalse float64 `yaml:"inspect_false"` // 0: as over_claim
	MinReports   float64 `yaml:"min_reports"`   // 0: 100
	ContestDays  int     `yaml:"contest_days"`  // days in which a published verdict can be contested; 0: 5
	Clause       string  `yaml:"clause"`
}

// Duty is what the plan orders offices to do: a task, its owners, what shows that it was done, and its deadline (KH:I.3, KH:V, KH:VI).
// Every is "", "day", "week" or "month": one that recurs is owed anew each time, from From to Due.
type Duty struct {
	ID       string    `yaml:"id"`
	Who      string    `yaml:"who"` // in the plan's own words
	Offices  []string  `yaml:"offices"`
	Text     string    `yaml:"text"`
	Evidence string    `yaml:"evidence"` // what shows that it was done
	ShownBy  string    `yaml:"shown_by"` // which of the program's own records show it, one of Records; "" for none
	From     clock.Day `yaml:"from"`     // "" is the campaign's first day
	Due      clock.Day `yaml:"due"`      // "" is the campaign's last day
	Every    string    `yaml:"every"`
	Clause   string    `yaml:"clause"`
}

// Clause is a clause of the plan's text.
type Clause struct {
	ID      string `yaml:"id"`
	Text    string `yaml:"text"`
	Binding bool   `yaml:"binding"`
}

// Coverage finds a coverage; nil when there is none.
func (p *Plan) Coverage(id string) *Coverage {
	for i := range p.Coverages {
		if p.Coverages[i].ID == id {
			return &p.Coverages[i]
		}
	}
	return nil
}

// Target finds a target; nil when there is none.
func (p *Plan) Target(id string) *Target {
	for i := range p.Targets {
		if p.Targets[i].ID == id {
			return &p.Targets[i]
		}
	}
	return nil
}

// MainTarget is the target that a coverage's line on the board shows; nil when it has none.
func (p *Plan) MainTarget(coverage string) *Target {
	for i := range p.Targets {
		if p.Targets[i].Coverage == coverage && p.Targets[i].Main {
			return &p.Targets[i]
		}
	}
	return nil
}

// Segment finds a segment; nil when there is none.
func (p *Plan) Segment(id string) *Segment {
	for i := range p.Segments {
		if p.Segments[i].ID == id {
			return &p.Segments[i]
		}
	}
	return nil
}

// Fact finds a kind of fact; nil when there is none.
func (p *Plan) Fact(id string) *FactKind {
	for i := range p.Facts {
		if p.Facts[i].ID == id {
			return &p.Facts[i]
		}
	}
	return nil
}

// Rank gives a state's place on the ladder, -1 when it is not there.
func (c *Coverage) Rank(state string) int {
	for i := range c.States {
		if c.States[i].ID == state {
			return i
		}
	}
	return -1
}

// StateTitle names a state for people.
func (c *Coverage) StateTitle(state string) string {
	if r := c.Rank(state); r >= 0 {
		return c.States[r].Title
	}
	return state
}

// Start is the day by whose end the roadmap starts: what is confirmed then was there before the campaign's own work (law A3).
func (p *Plan) Start() clock.Day {
	if p.Baseline != "" {
		return p.Baseline
	}
	return p.From
}

// Days counts the campaign's days.
func (p *Plan) Days() int { return p.Until.Sub(p.From) + 1 }

// DayNumber is a day's place in the campaign, from 1; 0 before and Days()+1 after it.
func (p *Plan) DayNumber(day clock.Day) int { return min(max(day.Sub(p.From)+1, 0), p.Days()+1) }

// Phase is the phase a day lies in; nil outside all.
func (p *Plan) Phase(day clock.Day) *Phase {
	for i := range p.Phases {
		if p.Phases[i].From <= day && day <= p.Phases[i].Until {
			return &p.Phases[i]
		}
	}
	return nil
}

// Term gives the names in force on a day; the zero Term when the plan has none.
func (p *Plan) Term(day clock.Day) Term {
	var t Term
	for _, x := range p.Terms {
		if x.From <= day {
			t = x
		}
	}
	return t
}

// Rests tells whether nobody is expected to work on a day.
func (p *Plan) Rests(day clock.Day) bool {
	for _, d := range p.RestDays {
		if d == day {
			return true
		}
	}
	for _, w := range p.RestWeekdays {
		if int(day.Time().Weekday()) == w%7 {
			return true
		}
	}
	return false
}

// RoadmapPercent is the share of a target's goal that the roadmap wants done by the end of a day, 0 to 100: straight between knots
// (law A3). Before the campaign it is 0.
func (p *Plan) RoadmapPercent(target string, day clock.Day) float64 {
	knots := p.Roadmap
	if t := p.Target(target); t != nil && len(t.Roadmap) > 0 {
		knots = t.Roadmap
	}
	at, percent := p.From.Add(-1), 0.0
	for _, k := range knots {
		if day < k.Day {
			if day <= at {
				return percent
			}
			return percent + (k.Percent-percent)*float64(day.Sub(at))/float64(k.Day.Sub(at))
		}
		at, percent = k.Day, k.Percent
	}
	return percent
}
