package tally

import (
	"slices"
	"strconv"
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Teller tells persons' paths under one plan. It keeps scratch space: one goroutine at a time.
type Teller struct {
	p      *plan.Plan
	s      *Series
	ranks  []map[string]int // by coverage: state → rank
	order  map[string]int   // coverage → place
	facts  []string
	subj   plan.Subject
	cut    [][]coverage.Event
	stands []coverage.Standing
	days   []clock.Day
	stays  map[stay][]int // memo: what a person of this kind, standing so, is counted in
}

// stay is all that decides which series a person is in on a day, so that persons alike are told once.
type stay struct {
	day           clock.Day
	birth, gender string
	facts         string
	stands        string
}

// NewTeller makes a teller for a plan.
func NewTeller(p *plan.Plan, s *Series) *Teller {
	t := &Teller{p: p, s: s, order: map[string]int{}, stays: map[stay][]int{}}
	for i := range p.Coverages {
		m := map[string]int{}
		for rank, st := range p.Coverages[i].States {
			m[st.ID] = rank
		}
		t.ranks = append(t.ranks, m)
		t.order[p.Coverages[i].ID] = i
	}
	t.cut = make([][]coverage.Event, len(p.Coverages))
	t.stands = make([]coverage.Standing, len(p.Coverages))
	return t
}

// Path tells a person's path up to and on horizon, and the next day after it on which something may change without anybody
// doing anything (a birthday, a rule's from-day, a fact's end), "" when none lies in the campaign. (laws W1, C3, C5)
func (t *Teller) Path(p *people.Person, moves []people.Move, facts []people.Fact, events []coverage.Event, horizon clock.Day) ([]Step, clock.Day) {
	if p.State != people.Live {
		return nil, ""
	}
	t.days = t.days[:0]
	for i := range t.cut {
		t.cut[i] = t.cut[i][:0]
	}
	for i := range events {
		e := &events[i]
		if e.Void() {
			continue
		}
		if c, ok := t.order[e.Coverage]; ok {
			t.cut[c] = append(t.cut[c], *e)
			t.days = append(t.days, e.Day)
		}
	}
	for i := range facts {
		if facts[i].State == people.Approved {
			t.days = append(t.days, facts[i].From)
			if facts[i].Until != "" {
				t.days = append(t.days, facts[i].Until.Add(1))
			}
		}
	}
	for i := range moves {
		t.days = append(t.days, moves[i].Day)
	}
	t.subj.Birth, t.subj.Gender = p.Birth, p.Gender
	t.days = append(t.days, t.p.ChangeDays(t.subj)...)
	slices.Sort(t.days)
	t.days = slices.Compact(t.days)

	var path []Step
	var next clock.Day
	before := t.p.From.Add(-1)
	path = append(path, Step{"", home(p, moves, before), t.on(p, facts, before)})
	for _, day := range t.days {
		if day < t.p.From {
			continue
		}
		if day > horizon {
			if day <= t.p.Until {
				next = day
			}
			break
		}
		unit, series := home(p, moves, day), t.on(p, facts, day)
		if last := path[len(path)-1]; unit == last.Unit && slices.Equal(series, last.Series) {
			continue
		}
		path = append(path, Step{day, unit, series})
	}
	return path, next
}

// home gives where a person lived on a day.
func home(p *people.Person, moves []people.Move, day clock.Day) int64 {
	unit := p.Unit
	for i, m := range moves {
		if i == 0 || m.Day <= day {
			unit = m.Unit
		}
	}
	return unit
}

// on gives the series a person is in on a day.
func (t *Teller) on(p *people.Person, facts []people.Fact, day clock.Day) []int {
	t.facts = t.facts[:0]
	for i := range facts {
		if facts[i].In(day) && !slices.Contains(t.facts, facts[i].Kind) {
			t.facts = append(t.facts, facts[i].Kind)
		}
	}
	slices.Sort(t.facts)
	var key [64]byte
	stands := key[:0]
	for i := range t.cut {
		if len(t.cut[i]) == 0 {
			t.stands[i] = coverage.Standing{}
		} else {
			ranks := t.ranks[i]
			t.stands[i] = coverage.Fold(t.cut[i], day, func(state string) int { return ranks[state] })
		}
		s := &t.stands[i]
		stands = append(stands, byte(s.Confirmed), byte(s.Verified), byte(s.Claimed), byte(s.Denied))
	}
	k := stay{day, p.Birth, p.Gender, strings.Join(t.facts, ","), string(stands)}
	if series, ok := t.stays[k]; ok {
		return series
	}
	if len(t.stays) > 200_000 {
		clear(t.stays)
	}
	series := t.count(p, day)
	t.stays[k] = series
	return series
}

func (t *Teller) count(p *people.Person, day clock.Day) []int {
	out := []int{t.s.all}
	switch p.Gender {
	case "female":
		out = append(out, t.s.female)
	case "male":
		out = append(out, t.s.male)
	}
	subj := plan.Subject{Birth: p.Birth, Gender: p.Gender, Facts: t.facts}
	reach := func(level coverage.Level) plan.Reach {
		return func(cov string) int {
			if i, ok := t.order[cov]; ok {
				return t.stands[i].At(level)
			}
			return 0
		}
	}
	confirmed := reach(coverage.Confirmed)
	for i := range t.p.Targets {
		target, ts := &t.p.Targets[i], &t.s.targets[i]
		if !target.EligibleOn(day, &subj) {
			continue
		}
		out = append(out, ts.in)
		switch {
		case target.Counted(day, &subj, confirmed):
			out = append(out, ts.confirmed)
		case target.Counted(day, &subj, reach(coverage.Verified)):
			out = append(out, ts.verified)
		case target.Counted(day, &subj, reach(coverage.Claimed)):
			out = append(out, ts.claimed)
		case target.Counted(day, &subj, reach(coverage.Denied)):
			out = append(out, ts.denied)
		}
	}
	for i := range t.stands {
		s, cs := &t.stands[i], &t.s.coverages[i]
		out = append(out, cs.confirmed[s.Confirmed])
		if s.Verified > s.Confirmed {
			out = append(out, cs.verified[s.Verified])
		}
		if s.Claimed > s.Verified {
			out = append(out, cs.claimed[s.Claimed])
		}
	}
	for i := range t.p.Segments {
		if t.p.Segments[i].Includes(day, &subj, confirmed) {
			out = append(out, t.s.segments[i])
		}
	}
	for _, f := range t.facts {
		if i, ok := t.s.facts[f]; ok {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// encode spells a path for keeping.
func encode(path []Step) string {
	var b []byte
	for i, st := range path {
		if i > 0 {
			b = append(b, sepStep)
		}
		b = append(b, st.Day...)
		b = append(b, sepPart)
		b = strconv.AppendInt(b, st.Unit, 36)
		b = append(b, sepPart)
		b = appendSeries(b, st.Series)
	}
	return string(b)
}

func appendSeries(b []byte, series []int) []byte {
	for j, s := range series {
		if j > 0 {
			b = append(b, sepItem)
		}
		b = strconv.AppendInt(b, int64(s), 10)
	}
	return b
}

// decode reads what encode wrote; a damaged path reads as none and `bonphu check` tells.
func decode(text string) []Step {
	if text == "" {
		return nil
	}
	var path []Step
	for part := range strings.SplitSeq(text, string(sepStep)) {
		f := strings.Split(part, string(sepPart))
		if len(f) != 3 {
			return nil
		}
		unit, err := strconv.ParseInt(f[1], 36, 64)
		if err != nil {
			return nil
		}
		st := Step{Day: clock.Day(f[0]), Unit: unit}
		for item := range strings.SplitSeq(f[2], string(sepItem)) {
			n, err := strconv.Atoi(item)
			if err != nil {
				return nil
			}
			st.Series = append(st.Series, n)
		}
		path = append(path, st)
	}
	return path
}

// Percent spells a share with both counts behind it; nothing of nothing is "–" (law N3).
func Percent(part, whole int64) string { return vn.Percent(part, whole) }
