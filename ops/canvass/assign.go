package canvass

import (
	"cmp"
	"slices"
	"strconv"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Listed is a citizen who still needs something: whom the teams visit. House is the household as the list gives it, "" for none.
type Listed struct {
	Person, Unit int64
	House        string
	Needs        []string // segments of the plan
}

// Assignment says whose work a citizen is. Member is 0 for the whole team. How is Dealt or Hand.
type Assignment struct {
	Person, Team, Member, Unit int64
	How                        string
}

// How somebody came to a team.
const (
	Dealt = "dealt" // by the rule
	Hand  = "hand"  // by a person, with a reason
)

// crew is a team with those of its members who visit.
type crew struct {
	Team
	members []int64
}

// Deal gives every listed citizen to exactly one team (KH:III.2.b): one of the hamlet's own, else of the unit above it; households kept
// together, then balanced by capacity among the teams, then among a team's members. What a person decided stays while team and place
// still fit. above gives the unit that a unit lies in, 0 for none. The order of the lists does not matter.
func Deal(listed []Listed, have map[int64]Assignment, crews []crew, above func(unit int64) int64) []Assignment {
	byUnit := map[int64][]*crew{}
	byTeam := map[int64]*crew{}
	for i := range crews {
		c := &crews[i]
		byTeam[c.ID] = c
		if c.Own() {
			byUnit[c.Unit] = append(byUnit[c.Unit], c)
		}
	}
	for _, list := range byUnit {
		slices.SortFunc(list, func(a, b *crew) int { return cmp.Compare(a.ID, b.ID) })
	}
	d := &dealer{load: map[int64]int64{}, each: map[int64]int64{}}
	homes := map[string][]Listed{}
	for _, l := range listed {
		key := strconv.FormatInt(l.Unit, 36) + "|"
		if l.House != "" {
			key += "h" + vn.Fold(l.House)
		} else {
			key += "p" + strconv.FormatInt(l.Person, 36)
		}
		homes[key] = append(homes[key], l)
	}
	keys := make([]string, 0, len(homes))
	for k := range homes {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(len(homes[b]), len(homes[a])), cmp.Compare(a, b)) })
	var later []string
	for _, k := range keys { // what stands by hand first, so that the rest is balanced around it
		home := homes[k]
		a, ok := kept(home, have, byTeam, above)
		if !ok {
			later = append(later, k)
			continue
		}
		d.give(home, a.Team, a.Member, Hand)
	}
	for _, k := range later {
		home := homes[k]
		var from []*crew
		for u := home[0].Unit; u != 0 && len(from) == 0; u = above(u) {
			from = byUnit[u]
		}
		if len(from) == 0 {
			continue // nobody works there: the screen says so
		}
		best := slices.MinFunc(from, func(a, b *crew) int {
			return cmp.Or(cmp.Compare(d.load[a.ID]*max(1, b.Capacity), d.load[b.ID]*max(1, a.Capacity)), cmp.Compare(a.ID, b.ID))
		})
		member := int64(0)
		if len(best.members) > 0 {
			member = slices.MinFunc(best.members, func(a, b int64) int { return cmp.Or(cmp.Compare(d.each[a], d.each[b]), cmp.Compare(a, b)) })
		}
		d.give(home, best.ID, member, Dealt)
	}
	slices.SortFunc(d.out, func(a, b Assignment) int { return cmp.Compare(a.Person, b.Person) })
	return d.out
}

type dealer struct {
	load, each map[int64]int64 // by team, by member
	out        []Assignment
}

func (d *dealer) give(home []Listed, team, member int64, how string) {
	d.load[team] += int64(len(home))
	d.each[member] += int64(len(home))
	for _, l := range home {
		d.out = append(d.out, Assignment{l.Person, team, member, l.Unit, how})
	}
}

// kept gives what a person decided of a household, when all its decided members agree and the team still works where they live.
func kept(home []Listed, have map[int64]Assignment, teams map[int64]*crew, above func(int64) int64) (Assignment, bool) {
	var found Assignment
	for _, l := range home {
		a, ok := have[l.Person]
		if !ok || a.How != Hand {
			continue
		}
		if found.Team != 0 && (found.Team != a.Team || found.Member != a.Member) {
			return Assignment{}, false
		}
		found = a
	}
	c := teams[found.Team]
	if c == nil {
		return Assignment{}, false
	}
	for u := home[0].Unit; u != 0; u = above(u) {
		if u == c.Unit {
			if found.Member != 0 && !slices.Contains(c.members, found.Member) {
				found.Member = 0
			}
			return found, true
		}
	}
	return Assignment{}, false
}

// works tells whether a member is in a team on a day.
func (m *Member) works(day clock.Day) bool {
	return (m.From == "" || m.From <= day) && (m.Until == "" || day <= m.Until)
}
