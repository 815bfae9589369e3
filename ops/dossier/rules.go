package dossier

import (
	"sort"

	"bonphu/core/coverage"
	"bonphu/core/plan"
	"bonphu/internal/clock"
)

// rung is where the ledger stands when a dossier reaches a state: what a desk's step claims, and what confirms the state.
type rung struct{ coverage, state string }

// The coverages' ids that dossiers speak of; a plan without them has dossiers that neither claim nor are confirmed.
const (
	cccd = "cccd"
	eid  = "eid"
)

// claims gives what a step claims in the ledger; false for one that the ledger has no rung for.
func claims(p *plan.Plan, k Kind, s State) (rung, bool) {
	var r rung
	switch {
	case k != EID2 && s == Collected:
		r = rung{cccd, "collected"}
	case k != EID2 && s == Transmitted:
		r = rung{cccd, "transmitted"}
	case k != EID2 && (s == Issued || s == Handed):
		r = rung{cccd, "issued"}
	case k != Card && s == Account:
		r = rung{eid, "level2"}
	case k != Card && s == Activated:
		r = rung{eid, "active"}
	default:
		return r, false
	}
	return r, rankOf(p, r) >= 0
}

func rankOf(p *plan.Plan, r rung) int {
	if c := p.Coverage(r.coverage); c != nil {
		return c.Rank(r.state)
	}
	return -1
}

// shown are the states that an extract can show, by kind.
var shown = map[Kind][]State{Card: {Transmitted, Issued}, EID2: {Account, Activated}, Both: {Transmitted, Issued, Account, Activated}}

// Shown tells which states of a dossier taken on a day the extracts show, and since which event each. What an extract said before that day
// belongs to an earlier application: whoever had the state already is shown nothing by its being told again.
func Shown(p *plan.Plan, k Kind, taken clock.Day, events []coverage.Event) map[State]coverage.Event {
	out := map[State]coverage.Event{}
	for _, s := range shown[k] {
		r, ok := claims(p, k, s)
		if !ok {
			continue
		}
		c, want := p.Coverage(r.coverage), rankOf(p, r)
		var list []coverage.Event
		for _, e := range events {
			if e.Coverage == r.coverage && e.Level == coverage.Confirmed && !e.Void() {
				list = append(list, e)
			}
		}
		sort.Slice(list, func(i, j int) bool {
			a, b := &list[i], &list[j]
			switch {
			case a.AsOf != b.AsOf:
				return a.AsOf < b.AsOf
			case a.Source != b.Source:
				return a.Source < b.Source
			case c.Rank(a.State) != c.Rank(b.State):
				return c.Rank(a.State) < c.Rank(b.State)
			}
			return a.ID < b.ID
		})
		var since *coverage.Event
		before := false
		for i := range list {
			e := &list[i]
			if i+1 < len(list) && list[i+1].AsOf == e.AsOf {
				continue // the stronger of the same instant decides
			}
			switch reached := c.Rank(e.State) >= want; {
			case e.Day <= taken:
				before = reached
			case !reached:
				since, before = nil, false
			case since == nil && !before:
				since = e
			}
		}
		if since != nil {
			out[s] = *since
		}
	}
	return out
}

// WorkDays counts the days from one day to another on which somebody is expected to work.
func WorkDays(p *plan.Plan, from, to clock.Day) int {
	n := 0
	for d := from.Add(1); d <= to && n < 10_000; d = d.Add(1) {
		if !p.Rests(d) {
			n++
		}
	}
	return n
}

// before gives the latest day such that a dossier in a state since then has lain more than n working days.
func before(p *plan.Plan, today clock.Day, n int) clock.Day {
	d := today
	for i := 0; i < 10_000 && WorkDays(p, d, today) <= n; i++ {
		d = d.Add(-1)
	}
	return d
}

// Lateness says how a dossier stands against its norm.
type Lateness int

// The classes of age: in time or without a norm, over the norm, and so far over it that somebody must step in.
const (
	InTime Lateness = iota
	Late
	Alarm
)

// Aged tells how a dossier of a kind that is in a state since a day stands on a day; norm 0 where the plan sets none.
func Aged(p *plan.Plan, k Kind, s State, since, today clock.Day) (age, norm int, l Lateness) {
	age = WorkDays(p, since, today)
	n, ok := p.Dossier.Norm(string(s), string(k))
	if !ok || Done(k, s) || s == Cancelled {
		return age, 0, InTime
	}
	switch {
	case float64(age) > float64(n.Days)*p.Dossier.AlarmFactor():
		return age, n.Days, Alarm
	case age > n.Days:
		return age, n.Days, Late
	}
	return age, n.Days, InTime
}

// Aging is how many dossiers of a kind are in a state since a day.
type Aging struct {
	State State
	Kind  Kind
	Since clock.Day
	N     int64
}

// Age sums up the ages in one state. Median is in working days, Over counts those beyond their norm, Alarm those far beyond it; Norm is the
// norm of the one in the middle, Worst its age in norms; 0 where the plan sets none.
type Age struct {
	State                State
	N, Over, Alarm       int64
	Median, Oldest, Norm int
	Worst                float64
}

// Ages sums ages up by state, in the order of the way; ended ones are left out, rejected ones not: they wait to be done again.
func Ages(p *plan.Plan, list []Aging, today clock.Day) []Age {
	type one struct {
		age, norm int
		n         int64
	}
	by := map[State][]one{}
	sums := map[State]*Age{}
	for _, a := range list {
		if a.N == 0 || Done(a.Kind, a.State) || a.State == Cancelled {
			continue
		}
		age, norm, late := Aged(p, a.Kind, a.State, a.Since, today)
		s := sums[a.State]
		if s == nil {
			s = &Age{State: a.State}
			sums[a.State] = s
		}
		s.N += a.N
		if late != InTime {
			s.Over += a.N
		}
		if late == Alarm {
			s.Alarm += a.N
		}
		s.Oldest = max(s.Oldest, age)
		by[a.State] = append(by[a.State], one{age, norm, a.N})
	}
	var out []Age
	for _, s := range States() {
		sum := sums[s]
		if sum == nil {
			continue
		}
		all := by[s]
		worth := func(o one) float64 {
			if o.norm == 0 {
				return 0
			}
			return float64(o.age) / float64(o.norm)
		}
		middle := func() one {
			seen := int64(0)
			for _, o := range all {
				if seen += o.n; 2*seen >= sum.N {
					return o
				}
			}
			return one{}
		}
		sort.Slice(all, func(i, j int) bool { return all[i].age < all[j].age })
		sum.Median = middle().age
		sort.Slice(all, func(i, j int) bool { return worth(all[i]) < worth(all[j]) })
		m := middle()
		sum.Norm, sum.Worst = m.norm, worth(m)
		out = append(out, *sum)
	}
	return out
}

// Bottleneck is the state in which the dossier in the middle is furthest over its norm; nil when none is over.
func Bottleneck(ages []Age) *Age {
	var out *Age
	for i := range ages {
		if a := &ages[i]; a.Worst > 1 && (out == nil || a.Worst > out.Worst) {
			out = a
		}
	}
	return out
}
