package emulation

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/stat"
)

// Class is what a unit is worth in a round (KH:IV.2.b).
type Class string

// Classes, the best first. Excluded is law J2's "not considered"; Unranked is a unit without any target.
const (
	Excellent Class = "excellent"
	Good      Class = "good"
	Complete  Class = "complete"
	Failed    Class = "failed"
	Excluded  Class = "excluded"
	Unranked  Class = "unranked"
)

// ClassTitle names a class for people.
func ClassTitle(c Class) string {
	switch c {
	case Excellent:
		return "Hoàn thành xuất sắc"
	case Good:
		return "Hoàn thành tốt"
	case Complete:
		return "Hoàn thành"
	case Failed:
		return "Không hoàn thành"
	case Excluded:
		return "Không xét"
	}
	return "–"
}

// Rewarded tells whether a class may be proposed for reward.
func (c Class) Rewarded() bool { return c == Excellent || c == Good }

// order of the classes in a table of ranks.
func (c Class) order() int {
	return slices.Index([]Class{Excellent, Good, Complete, Failed, Excluded, Unranked}, c)
}

// Thresholds of one round, in percent, as the plan had them when it was made (KH:IV.2.b).
type Thresholds struct {
	Excellent    float64 `json:"excellent"`
	Good         float64 `json:"good"`
	Complete     float64 `json:"complete"`
	OverClaim    float64 `json:"over_claim"`
	InspectFalse float64 `json:"inspect_false"`
	MinReports   float64 `json:"min_reports"`
	ContestDays  int     `json:"contest_days"`
	Clause       string  `json:"clause"`
}

// ThresholdsOf reads a plan's thresholds with their defaults.
func ThresholdsOf(p *plan.Plan) Thresholds {
	e := p.Emulation
	return Thresholds{e.Excellent, e.Good, cmp.Or(e.Complete, min(80, e.Good)), e.OverClaim, cmp.Or(e.InspectFalse, e.OverClaim),
		cmp.Or(e.MinReports, 100), cmp.Or(e.ContestDays, 5), cmp.Or(e.Clause, "IV.2.b")}
}

// Done is one target of a unit.
type Done struct {
	ID, Short, Clause string
	Goal, Confirmed   int64
	Due               int64   `json:",omitempty"` // by the roadmap
	Ahead             float64 `json:",omitempty"` // days
}

// Points is the target's rate in hundredths of a percent, cut and not rounded, never above 10.000: what is done beyond one target
// makes good for no other. -1 when there is no goal (law N3).
func (d Done) Points() int64 {
	if d.Goal <= 0 {
		return -1
	}
	return min(10_000, int64(math.Floor(float64(d.Confirmed)*10_000/float64(d.Goal)+1e-9)))
}

// reaches tells whether the confirmed are at least percent of the goal.
func (d Done) reaches(percent float64) bool {
	return float64(d.Confirmed)*100 >= percent*float64(d.Goal)-1e-6
}

// Share is n out of Of with its 95 % bounds (Wilson), each 0 to 1.
type Share struct {
	N, Of     int64
	Low, High float64
}

// ShareOf counts the bounds of n out of of.
func ShareOf(n, of int64) Share {
	s := Share{N: n, Of: of}
	s.Low, s.High = stat.Wilson(n, of, 0.95)
	return s
}

// Rate is the share itself; 0 of nothing.
func (s Share) Rate() float64 {
	if s.Of <= 0 {
		return 0
	}
	return float64(s.N) / float64(s.Of)
}

// Evidence is what one unit, team or person is judged on.
type Evidence struct {
	Unit      int64 // the unit; a team's or person's own commune or hamlet
	Key       string
	Code      string // the unit's, for order among equals
	Name      string
	People    int64 // in the register
	Targets   []Done
	Calendar  bool // the report calendar was known
	Reporting Reporting
	Claims    Share // claims that an extract denies, without the excused, of all that an extract has settled
	Excused   int64
	Found     Share // false findings of inspections, of all true and false ones
	Refused   int64 // inspected, and refused or not found: shown, not counted
}

// Reason is one finding that a class rests on (law J2): a code for programs, a sentence, its clause, and where its evidence lies:
// "targets", "reports", "claims" or "inspections".
type Reason struct {
	Code   string
	Text   string
	Clause string
	At     string
	Bars   bool // keeps the unit from being considered
}

// Verdict is what the rules say of one.
type Verdict struct {
	Evidence Evidence
	Class    Class
	Points   int64 // the mean of the targets' points; -1 without targets
	Rank     int   // 0 for those not ranked
	Tied     bool  // others have the same rank
	Reasons  []Reason
	Decided  string // why a person decided otherwise than the rules, "" when nobody did
}

// Judge says the class of one and why (KH:IV.2.b, laws J2, J3). The class follows the weakest target: all must reach the class's
// percentage. Who did not hand in the plan's share of reports is not considered, nor is one whose refuted claims or false
// findings are beyond the threshold with their lower 95 % bound: a doubt speaks for the unit, and is written down.
func Judge(e Evidence, th Thresholds) Verdict {
	v := Verdict{Evidence: e, Points: -1}
	var sum, n int64
	weakest := -1
	for i, d := range e.Targets {
		if d.Goal <= 0 {
			continue
		}
		sum, n = sum+d.Points(), n+1
		if weakest < 0 || d.Points() < e.Targets[weakest].Points() {
			weakest = i
		}
	}
	if n == 0 {
		v.Class = Unranked
		v.Reasons = []Reason{{"no_target", "Không có chỉ tiêu nào được giao nên không xếp hạng.", th.Clause, "targets", false}}
		return v
	}
	v.Points = sum / n
	v.Class = classOf(e.Targets, th)
	v.Reasons = append(v.Reasons, targetReason(e.Targets, weakest, v.Class, th))
	v.Reasons = append(v.Reasons, reportReasons(e, th)...)
	v.Reasons = append(v.Reasons, shareReasons(e, th)...)
	if slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Bars }) {
		v.Class = Excluded
	}
	return v
}

func classOf(targets []Done, th Thresholds) Class {
	all := func(percent float64) bool {
		for _, d := range targets {
			if d.Goal > 0 && !d.reaches(percent) {
				return false
			}
		}
		return true
	}
	switch {
	case all(th.Excellent):
		return Excellent
	case all(th.Good):
		return Good
	case all(th.Complete):
		return Complete
	}
	return Failed
}

// Rank orders verdicts and numbers them (law J3): by class, then by points; who has the same class and the same points has the
// same rank. Those not considered and those without targets stand behind without a rank. The order of the input does not matter.
func Rank(list []Verdict) []Verdict {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b Verdict) int {
		return cmp.Or(cmp.Compare(a.Class.order(), b.Class.order()), cmp.Compare(b.Points, a.Points),
			strings.Compare(a.Evidence.Code, b.Evidence.Code), strings.Compare(a.Evidence.Key, b.Evidence.Key))
	})
	for i := range out {
		v := &out[i]
		v.Rank, v.Tied = 0, false
		if v.Class == Excluded || v.Class == Unranked {
			continue
		}
		v.Rank = i + 1
		if i > 0 && out[i-1].Class == v.Class && out[i-1].Points == v.Points {
			v.Rank, v.Tied, out[i-1].Tied = out[i-1].Rank, true, true
		}
	}
	return out
}

// JudgeAll judges and ranks.
func JudgeAll(list []Evidence, th Thresholds) []Verdict {
	out := make([]Verdict, len(list))
	for i := range list {
		out[i] = Judge(list[i], th)
	}
	return Rank(out)
}
