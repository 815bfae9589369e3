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

// home is a household of one unit: what is dealt. A person without a household is one alone.
type home struct {
	key     string
	persons []Listed
	team    *crew
	member  int64
	hand    bool
}

// Deal gives every listed citizen to exactly one team (KH:III.2.b): one of the hamlet's own, else of the unit above it; households kept
// together, balanced by capacity among the teams, then among a team's members. What a person decided stays while team and place still fit.
// What was dealt before stays too, as far as the balance allows: nobody's visitor changes without need. above gives the unit that a unit
// lies in, 0 for none. The order of the lists does not matter.
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
	groups := map[int64][]*home{} // by the unit whose teams work there
	ofTeam := map[int64][]*home{}
	fixed := map[int64]int64{} // what teams have by hand
	for _, h := range homesOf(listed) {
		if a, ok := kept(h.persons, have, byTeam, above); ok {
			h.team, h.member, h.hand = byTeam[a.Team], a.Member, true
			ofTeam[a.Team] = append(ofTeam[a.Team], h)
			fixed[a.Team] += int64(len(h.persons))
			continue
		}
		for u := h.persons[0].Unit; u != 0; u = above(u) {
			if len(byUnit[u]) > 0 {
				groups[u] = append(groups[u], h)
				break
			}
		} // else nobody works there: the screen says so
	}
	for u, homes := range groups {
		dealHomes(homes, teamHands(byUnit[u], fixed), func(h *home) int64 { return was(h, have).Team })
		for _, h := range homes {
			h.team = byTeam[h.member] // a pile is a team's
			h.member = 0
			ofTeam[h.team.ID] = append(ofTeam[h.team.ID], h)
		}
	}
	var out []Assignment
	for team, homes := range ofTeam {
		dealMembers(byTeam[team], homes, have)
		for _, h := range homes {
			how := Dealt
			if h.hand {
				how = Hand
			}
			for _, l := range h.persons {
				out = append(out, Assignment{l.Person, team, h.member, l.Unit, how})
			}
		}
	}
	slices.SortFunc(out, func(a, b Assignment) int { return cmp.Compare(a.Person, b.Person) })
	return out
}

// homesOf puts the listed into households, the largest first.
func homesOf(listed []Listed) []*home {
	byKey := map[string]*home{}
	var out []*home
	for _, l := range listed {
		key := strconv.FormatInt(l.Unit, 36) + "|"
		if l.House != "" {
			key += "h" + vn.Fold(l.House)
		} else {
			key += "p" + strconv.FormatInt(l.Person, 36)
		}
		h := byKey[key]
		if h == nil {
			h = &home{key: key}
			byKey[key] = h
			out = append(out, h)
		}
		h.persons = append(h.persons, l)
	}
	slices.SortFunc(out, func(a, b *home) int {
		return cmp.Or(cmp.Compare(len(b.persons), len(a.persons)), cmp.Compare(a.key, b.key))
	})
	return out
}

// was gives what a household was dealt before: that of its first person who was.
func was(h *home, have map[int64]Assignment) Assignment {
	var out Assignment
	for _, l := range h.persons {
		if a, ok := have[l.Person]; ok && (out.Person == 0 || a.Person < out.Person) {
			out = a
		}
	}
	return out
}

func teamHands(crews []*crew, fixed map[int64]int64) []*pile {
	var out []*pile
	for _, c := range crews {
		out = append(out, &pile{id: c.ID, power: max(1, c.Capacity), load: fixed[c.ID]})
	}
	return out
}

// dealMembers shares a team's households among its members; those given to the whole team by hand stay the team's.
func dealMembers(c *crew, homes []*home, have map[int64]Assignment) {
	if len(c.members) == 0 {
		return
	}
	var piles []*pile
	by := map[int64]*pile{}
	for _, m := range c.members {
		p := &pile{id: m, power: 1}
		piles, by[m] = append(piles, p), p
	}
	var free []*home
	for _, h := range homes {
		switch p := by[h.member]; {
		case !h.hand:
			free = append(free, h)
		case p != nil:
			p.load += int64(len(h.persons))
		}
	}
	dealHomes(free, piles, func(h *home) int64 {
		if a := was(h, have); a.Team == c.ID {
			return a.Member
		}
		return 0
	})
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
