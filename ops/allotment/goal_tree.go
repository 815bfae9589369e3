package allotment

import (
	"bonphu/core/territory"
	"bonphu/internal/clock"
)

// Goal is a unit's number for a target, where it stands, and whether the target table gave it (KH:IV.1.e).
type Goal struct {
	N         int64
	Eligible  int64
	Confirmed int64
	Given     bool
}

// Left is how many are still to be done.
func (g Goal) Left() int64 { return max(0, g.N-g.Confirmed) }

// goalTree deals one target's number down the tree of units.
type goalTree struct {
	tree    *territory.Tree
	day     clock.Day
	percent float64
	given   map[int64]int64
	need    func(unit int64) (eligible, confirmed int64, err error)
	goals   map[int64]Goal
	below   map[int64]bool // the table gives a number to a unit under this one
}

// dealt are a unit's children, and the unit itself for the people who are in none of them.
type dealt struct {
	units []*territory.Unit
	parts []Part
}

// goalsUnder gives every unit under and including root its goal; children add up to their parent (law A1).
func goalsUnder(root *territory.Unit, g *goalTree) (map[int64]Goal, map[int64]dealt, error) {
	g.goals, g.below = map[int64]Goal{}, map[int64]bool{}
	groups := map[int64]dealt{}
	if err := g.read(root, groups); err != nil {
		return nil, nil, err
	}
	g.down(root, g.number(root, groups), groups)
	return g.goals, groups, nil
}

// read asks who is eligible and confirmed, from the leaves up.
func (g *goalTree) read(u *territory.Unit, groups map[int64]dealt) error {
	eligible, confirmed, err := g.need(u.ID)
	if err != nil {
		return err
	}
	_, given := g.given[u.ID]
	g.goals[u.ID] = Goal{Eligible: eligible, Confirmed: confirmed, Given: given}
	kids := g.tree.Children(u.ID, g.day)
	if len(kids) == 0 {
		return nil
	}
	var d dealt
	for _, k := range kids {
		if err := g.read(k, groups); err != nil {
			return err
		}
		x := g.goals[k.ID]
		d.units = append(d.units, k)
		d.parts = append(d.parts, Part{Unit: k.ID, Code: k.Code, Eligible: x.Eligible, Confirmed: x.Confirmed})
		eligible -= x.Eligible
		confirmed -= x.Confirmed
		g.below[u.ID] = g.below[u.ID] || x.Given || g.below[k.ID]
	}
	if eligible > 0 || confirmed > 0 {
		d.units = append(d.units, u)
		d.parts = append(d.parts, Part{Unit: u.ID, Code: u.Code, Eligible: max(0, eligible), Confirmed: max(0, confirmed)})
	}
	groups[u.ID] = d
	return nil
}

// number is what a unit is to reach by itself: its row of the table, else what its parts make, else the percentage.
func (g *goalTree) number(u *territory.Unit, groups map[int64]dealt) int64 {
	if n, ok := g.given[u.ID]; ok {
		return n
	}
	if !g.below[u.ID] {
		return WholeOf(g.goals[u.ID].Eligible, g.percent)
	}
	var sum int64
	for _, n := range Goals(g.told(u, groups), g.percent) {
		sum += n
	}
	return sum
}

// told are a unit's parts with the numbers that the table, or tables under them, give.
func (g *goalTree) told(u *territory.Unit, groups map[int64]dealt) []Part {
	d := groups[u.ID]
	for i, k := range d.units {
		d.parts[i].Given = -1
		if _, given := g.given[k.ID]; k != u && (given || g.below[k.ID]) {
			d.parts[i].Given = g.number(k, groups)
		}
	}
	return d.parts
}

// down deals n to the parts of a unit: those told keep their number, the others share the rest by their eligible. Where the
// numbers told contradict the unit's own, they are taken as proportions.
func (g *goalTree) down(u *territory.Unit, n int64, groups map[int64]dealt) {
	own := g.goals[u.ID]
	own.N = n
	g.goals[u.ID] = own
	d, ok := groups[u.ID]
	if !ok {
		return
	}
	parts := g.told(u, groups)
	left, open := n, false
	weights, codes := make([]int64, len(parts)), make([]string, len(parts))
	for i, p := range parts {
		codes[i] = p.Code
		if p.Given >= 0 {
			left -= p.Given
		} else {
			open = true
			weights[i] = p.Eligible
		}
	}
	var goals []int64
	if left < 0 || left > 0 && !open {
		for i, p := range parts {
			weights[i] = max(0, p.Given)
		}
		goals = Share(n, weights, codes)
	} else {
		goals = make([]int64, len(parts))
		var at []int
		var ws []int64
		var cs []string
		for i, p := range parts {
			if p.Given >= 0 {
				goals[i] = p.Given
			} else {
				at, ws, cs = append(at, i), append(ws, weights[i]), append(cs, codes[i])
			}
		}
		for k, x := range Share(left, ws, cs) {
			goals[at[k]] = x
		}
	}
	for i, k := range d.units {
		parts[i].Given = goals[i] // from now on the part's goal
		if k != u {
			g.down(k, goals[i], groups)
		}
	}
}
