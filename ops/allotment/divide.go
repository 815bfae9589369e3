package allotment

import (
	"cmp"
	"math"
	"slices"

	"bonphu/internal/clock"
)

// Leaf is a unit without units under it, and how many of a target are still to be done there.
type Leaf struct {
	Unit int64
	Code string
	Left int64
}

// Division is all that is needed to divide what is left of one target in one commune among its teams and the days that are left.
type Division struct {
	Target string
	Curve  *Curve
	Group  int64       // the commune: teams of this unit work in all its leaves
	Days   []clock.Day // today and the days after it, up to the campaign's end
	Rests  func(clock.Day) bool
	Leaves []Leaf
	Teams  []Team
	Hand   []Cell // quotas that the chair set by hand for these days
}

// key is where a quota stands.
type key struct {
	unit, team int64
	day        clock.Day
}

// divider is a Division at work.
type divider struct {
	*Division
	cells map[key]*Cell
	used  map[key]int64         // unit 0: set by hand for a team on a day
	days  map[int64][]clock.Day // of a team
	over  []Overload
}

// Divide deals what is left of each leaf to its own teams and the commune's by the work they can do, and each team's part to its
// working days by the roadmap, no day above its capacity while there is room on others. The quotas add up to what is left (law A1)
// whatever the capacity; what goes beyond it is told. Quotas set by hand stay as long as they fit into what is left. The commune's
// team finishes one hamlet after the other (KH:III.1.c).
func Divide(in *Division) ([]Cell, []Overload) {
	own := *in
	d := &divider{Division: &own, cells: map[key]*Cell{}, used: map[key]int64{}, days: map[int64][]clock.Day{}}
	if len(d.Days) == 0 {
		return nil, nil
	}
	d.Teams = slices.DeleteFunc(slices.Clone(d.Teams), func(t Team) bool { return !slices.ContainsFunc(d.Days, t.open) })
	free := d.keepHand()
	for i := range d.Teams {
		d.days[d.Teams[i].ID] = d.daysOf(&d.Teams[i])
	}
	open := int64(0)
	for _, n := range free {
		if n > 0 {
			open++
		}
	}
	shared := make([][]int64, len(d.Teams)) // of teams of the commune: part of each leaf
	for i := range d.Teams {
		shared[i] = make([]int64, len(d.Leaves))
	}
	for li := range d.Leaves {
		if free[li] > 0 {
			d.leaf(li, free[li], open, shared)
		}
	}
	for i := range d.Teams {
		d.roll(&d.Teams[i], shared[i])
	}
	out := make([]Cell, 0, len(d.cells))
	for _, c := range d.cells {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Team, b.Team), cmp.Compare(a.Unit, b.Unit))
	})
	return out, d.over
}

// keepHand keeps the quotas set by hand that still fit, earliest first, and tells what they leave of each leaf.
func (d *divider) keepHand() (free []int64) {
	at := map[int64]int{}
	for i, l := range d.Leaves {
		at[l.Unit] = i
		free = append(free, max(0, l.Left))
	}
	hand := slices.Clone(d.Hand)
	slices.SortFunc(hand, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Team, b.Team), cmp.Compare(a.Unit, b.Unit))
	})
	for _, c := range hand {
		i, ok := at[c.Unit]
		team := slices.IndexFunc(d.Teams, func(t Team) bool { return t.ID == c.Team })
		if !ok || team < 0 || !slices.Contains(d.Days, c.Day) || !d.Teams[team].open(c.Day) || c.N > free[i] {
			continue
		}
		free[i] -= c.N
		c.ByHand = true
		d.cells[key{c.Unit, c.Team, c.Day}] = &c
		d.used[key{0, c.Team, c.Day}] += c.N
	}
	return free
}

// daysOf lists the days on which planning may give a team work: its working days without those set by hand, or with them when
// there are no others, or all its days when it has none.
func (d *divider) daysOf(t *Team) []clock.Day {
	var free, working, open []clock.Day
	for _, day := range d.Days {
		if t.open(day) {
			open = append(open, day)
		}
		if !t.Works(day, d.Rests) {
			continue
		}
		working = append(working, day)
		if !d.hand(t.ID, day) {
			free = append(free, day)
		}
	}
	switch {
	case len(free) > 0:
		return free
	case len(working) > 0:
		return working
	}
	return open
}

func (d *divider) hand(team int64, day clock.Day) bool {
	_, ok := d.used[key{0, team, day}]
	return ok
}

// room is how much a team can still take on a day.
func (d *divider) room(t *Team, day clock.Day) int64 {
	if !t.Works(day, d.Rests) {
		return 0
	}
	return max(0, t.Capacity-d.used[key{0, t.ID, day}])
}

// leaf deals what is left of a leaf to the teams that work there.
func (d *divider) leaf(li int, left, open int64, shared [][]int64) {
	l := &d.Leaves[li]
	var teams []int
	var weights, most []int64
	var codes []string
	for i := range d.Teams {
		t := &d.Teams[i]
		if t.Unit != l.Unit && t.Unit != d.Group {
			continue
		}
		var can int64
		for _, day := range d.days[t.ID] {
			can += d.room(t, day)
		}
		bound := can
		if t.Unit != l.Unit {
			can, bound = can/max(1, open), math.MaxInt64
		}
		teams, weights, most, codes = append(teams, i), append(weights, can), append(most, bound), append(codes, t.Code)
	}
	if len(teams) == 0 {
		nobody := Team{Unit: l.Unit}
		d.days[0] = d.daysOf(&nobody)
		d.put(l.Unit, 0, d.days[0], Share(left, d.Curve.weights(d.days[0]), texts(d.days[0])))
		d.over = append(d.over, Overload{Unit: l.Unit, Target: d.Target, Short: left, From: d.Days[0], Needed: needed(left, len(d.days[0]))})
		return
	}
	parts, over := shareUpTo(left, weights, most, codes)
	if over > 0 {
		for i, n := range Share(over, weights, codes) {
			parts[i] += n
		}
	}
	for k, i := range teams {
		if d.Teams[i].Unit == d.Group {
			shared[i][li] = parts[k]
		} else if parts[k] > 0 {
			t := &d.Teams[i]
			d.put(l.Unit, t.ID, d.days[t.ID], d.spread(t, parts[k]))
		}
	}
}

// spread deals a team's part to its days by the roadmap, within its capacity as far as that goes.
func (d *divider) spread(t *Team, total int64) []int64 {
	days := d.days[t.ID]
	most := make([]int64, len(days))
	for i, day := range days {
		most[i] = d.room(t, day)
	}
	weights, codes := d.Curve.weights(days), texts(days)
	parts, over := shareUpTo(total, weights, most, codes)
	if over == 0 {
		return parts
	}
	first := clock.Day("")
	for i, n := range Share(over, most, codes) {
		parts[i] += n
		if first == "" && parts[i] > most[i] {
			first = days[i]
		}
	}
	d.over = append(d.over, Overload{Team: t.ID, Unit: t.Unit, Target: d.Target, Short: over, From: first, Needed: needed(total, len(days))})
	return parts
}

func needed(total int64, days int) int64 {
	if days == 0 {
		return 0
	}
	return (total + int64(days) - 1) / int64(days)
}

// roll deals the days of a commune's team to the leaves, one leaf after the other.
func (d *divider) roll(t *Team, parts []int64) {
	var total int64
	for _, n := range parts {
		total += n
	}
	if total == 0 {
		return
	}
	days := d.days[t.ID]
	li := 0
	for i, n := range d.spread(t, total) {
		for n > 0 {
			for parts[li] == 0 {
				li++
			}
			take := min(n, parts[li])
			d.add(key{d.Leaves[li].Unit, t.ID, days[i]}, take)
			parts[li] -= take
			n -= take
		}
	}
}

func (d *divider) put(unit, team int64, days []clock.Day, parts []int64) {
	for i, n := range parts {
		if n > 0 {
			d.add(key{unit, team, days[i]}, n)
		}
	}
}

func (d *divider) add(k key, n int64) {
	if c := d.cells[k]; c != nil {
		c.N += n
		return
	}
	d.cells[k] = &Cell{Unit: k.unit, Team: k.team, Target: d.Target, Day: k.day, N: n}
}

func texts(days []clock.Day) []string {
	out := make([]string, len(days))
	for i, d := range days {
		out[i] = string(d)
	}
	return out
}
