// Package tally is every number that a person sees: each has one definition and one place where it is kept (laws N1–N3).
//
// Nothing is counted by looking at people when a screen is opened. For every person the tally keeps the path through the
// campaign: from which day on the person belongs to which series ("in the denominator of target x", "confirmed", "lacks a
// card"). Before a transaction that touched a person is committed, the path is told anew from the ledger and the facts, and the
// difference between the old and the new path is booked on the unit's and its ancestors' roll-ups, by day. So a late extract,
// a withdrawn list or a move changes past days exactly as if it had been known in time (law C5), and the order of arrival
// does not matter (law C4).
package tally

import (
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/plan"
	"bonphu/internal/clock"
)

// Series are the ids of everything that persons are counted in under one plan:
//
//	p:all p:female p:male         residents
//	t:<target>:in                 in the target's denominator (law W1)
//	t:<target>:<level>            counted on evidence of that level and no stronger (law C3); denied: only if denied claims were true
//	c:<coverage>:<level>:<state>  highest state reached; confirmed for everybody, claimed and verified where they say more
//	s:<segment>                   in a need segment (KH:II.2)
//	f:<fact>                      with an approved fact in force (law P3)
type Series struct {
	ids   []string
	index map[string]int

	all, female, male int
	targets           []targetSeries
	coverages         []coverageSeries
	segments          []int
	facts             map[string]int
}

type targetSeries struct {
	in                                   int
	confirmed, verified, claimed, denied int
}

type coverageSeries struct {
	confirmed, verified, claimed []int // by rank
}

// SeriesOf lists a plan's series; the same plan gives the same list.
func SeriesOf(p *plan.Plan) *Series {
	s := &Series{index: map[string]int{}, facts: map[string]int{}}
	add := func(parts ...string) int {
		id := strings.Join(parts, ":")
		s.index[id] = len(s.ids)
		s.ids = append(s.ids, id)
		return len(s.ids) - 1
	}
	s.all, s.female, s.male = add("p", "all"), add("p", "female"), add("p", "male")
	for i := range p.Targets {
		t := p.Targets[i].ID
		s.targets = append(s.targets, targetSeries{add("t", t, "in"), add("t", t, string(coverage.Confirmed)), add("t", t, string(coverage.Verified)),
			add("t", t, string(coverage.Claimed)), add("t", t, string(coverage.Denied))})
	}
	for i := range p.Coverages {
		var c coverageSeries
		for _, to := range []struct {
			level coverage.Level
			list  *[]int
		}{{coverage.Confirmed, &c.confirmed}, {coverage.Verified, &c.verified}, {coverage.Claimed, &c.claimed}} {
			for _, st := range p.Coverages[i].States {
				*to.list = append(*to.list, add("c", p.Coverages[i].ID, string(to.level), st.ID))
			}
		}
		s.coverages = append(s.coverages, c)
	}
	for i := range p.Segments {
		s.segments = append(s.segments, add("s", p.Segments[i].ID))
	}
	for i := range p.Facts {
		s.facts[p.Facts[i].ID] = add("f", p.Facts[i].ID)
	}
	return s
}

// IDs lists the series in their order.
func (s *Series) IDs() []string { return s.ids }

// Known tells whether a series id belongs to the plan.
func (s *Series) Known(id string) bool {
	_, ok := s.index[id]
	return ok
}

// Step is a stretch of a person's path: from Day on, in Unit, counted in Series (ascending). The first step's day is "", the
// days before the campaign.
type Step struct {
	Day    clock.Day
	Unit   int64
	Series []int
}

// sep parts of a path as it is stored: "day unit 1,5,9;day unit 1,6".
const (
	sepStep = ';'
	sepPart = ' '
	sepItem = ','
)
