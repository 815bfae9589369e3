// Package worklist says whom a team visits today and in which order (KH:III.2.b, KH:III.2.e): who still needs what, what must come
// first, what was agreed at the door. The desk prints it, the phone carries it; both read it here.
//
// What somebody still needs is told by what their teams claim, not only by what an extract confirmed: a team does not go twice for what it
// did yesterday. It costs no reading of events: the roll-ups know where everybody stands.
package worklist

import (
	"slices"
	"strconv"

	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Subject is one citizen of a list. Ranks give per coverage, in the plan's order, the rank confirmed and the rank claimed.
type Subject struct {
	Person   people.Person
	Needs    []string // segments, by what is claimed
	Ranks    [][2]int
	Contact  canvass.Contact
	Assigned canvass.Assignment
	Lang     string // id of the language in which a helper may be needed, "" for none
	Steps    []canvass.Step
	Class    int
	Why      string
	Open     bool // a visit now is sensible
}

// needsOf tells the segments somebody is in when claims are believed. Where nothing is claimed beyond what is confirmed, the roll-up has it.
func needsOf(p *plan.Plan, who *people.Person, s *tally.Stand, day clock.Day) []string {
	var out []string
	if slices.Equal(s.Confirmed, s.Claimed) {
		for _, i := range s.Segments {
			out = append(out, p.Segments[i].ID)
		}
		return out
	}
	subject := plan.Subject{Birth: who.Birth, Gender: who.Gender, Facts: s.Facts}
	reach := func(coverage string) int {
		for i := range p.Coverages {
			if p.Coverages[i].ID == coverage && i < len(s.Claimed) {
				return s.Claimed[i]
			}
		}
		return 0
	}
	for i := range p.Segments {
		if p.Segments[i].Includes(day, &subject, reach) {
			out = append(out, p.Segments[i].ID)
		}
	}
	return out
}

// langOf tells the language in which somebody may need a helper: what a visit found, else what the register says of the group.
func langOf(p *plan.Plan, who *people.Person, c canvass.Contact) string {
	if c.Lang != "" {
		return c.Lang
	}
	if l := p.Canvass.LanguageOf(vn.Fold, who.Ethnic); l != nil {
		return l.ID
	}
	return ""
}

// Sort puts subjects into the order of a day's work: households stand together where their likeliest person stands, and within them the
// likeliest first.
func Sort(list []Subject) {
	key := func(s *Subject) string {
		if s.Person.House == "" {
			return vn.SortKey(s.Person.Name) + "|" + s.Person.Name
		}
		return vn.Fold(s.Person.House) + "|" + vn.SortKey(s.Person.Name)
	}
	keys := make(map[int64]string, len(list))
	for i := range list {
		keys[list[i].Person.ID] = key(&list[i])
	}
	before := func(a, b Subject) int {
		if n := canvass.Before(a.Class, b.Class, len(a.Needs), len(b.Needs), keys[a.Person.ID], keys[b.Person.ID]); n != 0 {
			return n
		}
		return int(min(1, max(-1, a.Person.ID-b.Person.ID)))
	}
	slices.SortFunc(list, before)
	place := map[string]int{}
	at := make(map[int64]int, len(list))
	for i := range list {
		home := homeOf(&list[i].Person)
		if _, ok := place[home]; !ok {
			place[home] = i
		}
		at[list[i].Person.ID] = place[home]
	}
	slices.SortStableFunc(list, func(a, b Subject) int { return at[a.Person.ID] - at[b.Person.ID] })
}

// homeOf names the household somebody belongs to; somebody without one is a household of their own.
func homeOf(p *people.Person) string {
	if p.House == "" {
		return "p" + strconv.FormatInt(p.ID, 36)
	}
	return "h" + strconv.FormatInt(p.Unit, 36) + "|" + vn.Fold(p.House)
}

// Home names the household of a subject for grouping, equal for members of one.
func (s *Subject) Home() string { return homeOf(&s.Person) }
