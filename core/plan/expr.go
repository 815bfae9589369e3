package plan

import (
	"strings"
	"sync"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Subject is what is known of a person on a day: birth date (2006-01-02, 2006-01, 2006 or ""), gender (male, female, "") and the
// kinds of facts in force.
type Subject struct {
	Birth  string
	Gender string
	Facts  []string
}

// Reach gives the rank of the state that a person has reached of a coverage, on the evidence that is asked about.
type Reach func(coverage string) (rank int)

// Env is what an expression of the plan may ask, and all of it: no loops over the register, no files, no clock of its own.
//
//	day, gender, known (the birth year is known), age (full years on day)
//	ageAt("2024-07-08")  bornBefore("2010-07-01")  has("abroad")  reached("cccd", "issued")
type Env struct {
	Day        string                            `expr:"day"`
	Gender     string                            `expr:"gender"`
	Known      bool                              `expr:"known"`
	Age        int                               `expr:"age"`
	AgeAt      func(day string) int              `expr:"ageAt"`
	BornBefore func(day string) bool             `expr:"bornBefore"`
	Has        func(fact string) bool            `expr:"has"`
	Reached    func(coverage, state string) bool `expr:"reached"`
}

// program is a checked expression that gives yes or no.
type program struct {
	code *vm.Program
	plan *Plan
}

// compile checks an expression against Env.
func compile(text string) (*vm.Program, error) {
	return expr.Compile(text, expr.Env(Env{}), expr.AsBool(), expr.MaxNodes(200), expr.DisableAllBuiltins())
}

// machine is a reusable evaluator: its functions look at the subject set before each run.
type machine struct {
	vm    vm.VM
	env   Env
	s     *Subject
	reach Reach
	plan  *Plan
}

var machines = sync.Pool{New: func() any {
	m := &machine{}
	m.env.AgeAt = func(day string) int { return AgeOn(m.s.Birth, clock.Day(day)) }
	m.env.BornBefore = func(day string) bool { return bornBefore(m.s.Birth, day) }
	m.env.Has = func(fact string) bool {
		for _, f := range m.s.Facts {
			if f == fact {
				return true
			}
		}
		return false
	}
	m.env.Reached = func(coverage, state string) bool {
		c := m.plan.Coverage(coverage)
		return c != nil && m.reach != nil && m.reach(coverage) >= c.Rank(state)
	}
	return m
}}

// run evaluates; an expression that fails at run time, which type checking leaves little room for, says no.
func (p *program) run(day clock.Day, s *Subject, reach Reach) bool {
	m := machines.Get().(*machine)
	defer machines.Put(m)
	m.s, m.reach, m.plan = s, reach, p.plan
	m.env.Day, m.env.Gender, m.env.Known = string(day), s.Gender, len(s.Birth) >= 4
	m.env.Age = AgeOn(s.Birth, day)
	out, err := m.vm.Run(p.code, &m.env)
	yes, _ := out.(bool)
	m.s, m.reach = nil, nil
	return err == nil && yes
}

// AgeOn is a person's age in full years on a day; -1 when the birth year is not known. A birth date known by year or month only
// counts from its last day, so that nobody is called of age too early.
func AgeOn(birth string, day clock.Day) int {
	y, md := birthParts(birth)
	if y < 0 || len(day) != 10 {
		return -1
	}
	age := atoi(string(day[:4])) - y
	if string(day[5:]) < md {
		age--
	}
	return max(age, -1)
}

func bornBefore(birth, day string) bool {
	y, md := birthParts(birth)
	if y < 0 || len(day) != 10 {
		return false
	}
	if by := atoi(day[:4]); y != by {
		return y < by
	}
	return md < day[5:]
}

// birthParts gives the year and "mm-dd", the last possible day where it is not known; -1 for an unknown year.
func birthParts(birth string) (int, string) {
	switch len(birth) {
	case 10:
		return atoi(birth[:4]), birth[5:]
	case 7:
		return atoi(birth[:4]), birth[5:] + "-31"
	case 4:
		return atoi(birth), "12-31"
	}
	return -1, ""
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// in gives the expressions in force on a day.
func (t *Target) in(day clock.Day) (eligible, counts *program) {
	eligible, counts = t.eligible, t.counts
	for i := range t.Rules {
		if t.Rules[i].From <= day {
			if t.Rules[i].eligible != nil {
				eligible = t.Rules[i].eligible
			}
			if t.Rules[i].counts != nil {
				counts = t.Rules[i].counts
			}
		}
	}
	return eligible, counts
}

// EligibleOn tells whether a person is in the target's denominator on a day (law W1).
func (t *Target) EligibleOn(day clock.Day, s *Subject) bool {
	if t.Basis == BasisOfficials {
		return false // its denominator is the roster of officials, not the register
	}
	e, _ := t.in(day)
	return e.run(day, s, nil)
}

// Counted tells whether a person counts as done on the evidence that reach looks at.
func (t *Target) Counted(day clock.Day, s *Subject, reach Reach) bool {
	_, c := t.in(day)
	return c.run(day, s, reach)
}

// Why tells in a sentence why a person is in or out of the target's denominator on a day (law W1).
func (t *Target) Why(day clock.Day, s *Subject) (in bool, sentence string) {
	in = t.EligibleOn(day, s)
	var because []string
	for _, f := range s.Facts {
		if k := t.p.Fact(f); k != nil {
			because = append(because, strings.ToLower(k.Title))
		}
	}
	known := "chưa rõ ngày sinh"
	if age := AgeOn(s.Birth, day); age >= 0 {
		known = "sinh năm " + s.Birth[:4] + ", " + vn.Int(int64(age)) + " tuổi tính đến " + day.Vi()
	}
	if t.Basis == BasisOfficials {
		return false, "Chỉ tiêu này tính theo danh sách cán bộ, công chức, không tính theo dân cư (mục " + t.Clause + ")."
	}
	text := t.Out
	if in {
		text = t.In
	}
	text = strings.TrimSuffix(text, ".") + " (" + known
	if len(because) > 0 {
		text += "; " + strings.Join(because, ", ")
	}
	return in, text + "; mục " + t.Clause + ")."
}

// Includes tells whether a person is in the segment on the evidence that reach looks at.
func (g *Segment) Includes(day clock.Day, s *Subject, reach Reach) bool {
	return g.when.run(day, s, reach)
}

// ChangeDays lists the days of the campaign on which something may change for a person without anybody doing anything:
// the from-days of rules, the days that expressions compare the day with, and birthdays.
func (p *Plan) ChangeDays(s Subject) []clock.Day {
	var out []clock.Day
	for _, d := range p.changes {
		if p.From <= d && d <= p.Until {
			out = append(out, d)
		}
	}
	y, md := birthParts(s.Birth)
	if y < 0 {
		return out
	}
	for year := atoi(string(p.From[:4])); year <= atoi(string(p.Until[:4])); year++ {
		day := clock.Day(time.Date(year, time.Month(atoi(md[:2])), atoi(md[3:]), 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
		if p.From <= day && day <= p.Until {
			out = append(out, day)
		}
	}
	return out
}

// Absent gives the states that a full list confirms of somebody it does not name (sets), and those that it says are not reached
// (below), on the evidence that reach looks at; nothing for those of whom its silence says nothing (law C2).
func (e *Extract) Absent(day clock.Day, s *Subject, reach Reach) (sets, below []Reached) {
	if e.Unnamed.when == nil || !e.Unnamed.when.run(day, s, reach) {
		return nil, nil
	}
	return e.Unnamed.sets, e.Unnamed.below
}

// Speaks tells whether a full list of this kind says anything of those it does not name.
func (e *Extract) Speaks() bool { return e.Unnamed.when != nil }

// SourceRank is the extract's source in the order of law P2: field 1, operator 2, police 3, national 4.
func (e *Extract) SourceRank() int {
	for i, s := range sources {
		if s == e.Source {
			return i + 1
		}
	}
	return 0
}

// Reached appends to dst the states that a row confirms: the extract's own, and what its status columns say. field gives the text
// of a column.
func (e *Extract) Reached(dst []Reached, field func(string) string) []Reached {
	for i := range e.Columns {
		c := &e.Columns[i]
		text := field(c.Field)
		if text == "" {
			continue
		}
		fold := vn.Fold(text)
		for j := range c.Values {
			if c.Values[j].fits(fold, field) {
				dst = merge(dst, c.Values[j].sets)
				break
			}
		}
	}
	return merge(dst, e.sets)
}

// merge appends the states of coverages that dst does not have yet: a column knows more than the list as a whole.
func merge(dst, more []Reached) []Reached {
next:
	for _, r := range more {
		for _, d := range dst {
			if d.Coverage == r.Coverage {
				continue next
			}
		}
		dst = append(dst, r)
	}
	return dst
}

func (v *StatusValue) fits(fold string, field func(string) string) bool {
	found := false
	for _, t := range v.Texts {
		if t == fold || t == "*" {
			found = true
			break
		}
	}
	if !found {
		return false
	}
	for f, want := range v.Needs {
		if vn.Fold(field(f)) != want {
			return false
		}
	}
	return true
}
