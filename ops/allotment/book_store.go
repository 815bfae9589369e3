package allotment

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Need tells how many are in a target's denominator in a unit and everything under it, and how many of them are confirmed.
type Need func(tx *db.Tx, unit int64, target string) (eligible, confirmed int64, err error)

// Book keeps the quotas. Plan gives the plan in force; Teams lists the teams there are; Own the communes' own plans that were issued, by
// unit (nil for none).
type Book struct {
	DB    *db.DB
	Plan  func() *plan.Plan
	Teams func(tx *db.Tx) ([]Team, error)
	Own   func(tx *db.Tx) (map[int64]Own, error)
}

// Own is a unit's own plan as far as dividing follows it (KH:V.6): its roadmap in percent, its days of rest beside the campaign's, the day by
// which it will be done, and its numbers by target. It may ask for more and earlier than the district, never for less or later: what would
// be less is not followed.
type Own struct {
	Percent func(clock.Day) float64
	Rests   func(clock.Day) bool
	Until   clock.Day
	Numbers map[string]int64
}

func (b *Book) own(tx *db.Tx) (map[int64]Own, error) {
	if b.Own == nil {
		return nil, nil
	}
	return b.Own(tx)
}

// follow lets a division keep a unit's own plan.
func (d *Division) follow(p *plan.Plan, o Own) {
	curve := NewCurve(p.From, p.Until, func(day clock.Day) float64 { return max(p.RoadmapPercent(d.Target, day), o.Percent(day)) })
	d.Curve = &curve
	rests := d.Rests
	d.Rests = func(day clock.Day) bool { return rests(day) || o.Rests(day) }
	var days []clock.Day
	works := false
	for _, day := range d.Days {
		if day <= o.Until {
			days = append(days, day)
			works = works || !d.Rests(day)
		}
	}
	if works {
		d.Days = days
	}
}

// Preview divides what is left from day on, as Replan would, and saves nothing. The viewer needs quota.see over the campaign.
func (b *Book) Preview(ctx context.Context, who access.Viewer, day clock.Day, need Need, what WhatIf) (*Proposal, error) {
	if err := who.May("quota.see", 0); err != nil {
		return nil, err
	}
	var out *Proposal
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = b.propose(tx, day, need, &what)
		return err
	})
	return out, err
}

// Replan divides what is left from day on and saves it; it is run every night for the day to come. Days before are not touched
// (law A2), quotas set by hand stay as long as they fit.
func (b *Book) Replan(ctx context.Context, who access.Viewer, day clock.Day, need Need) (*Proposal, error) {
	if err := who.May("quota.plan", 0); err != nil {
		return nil, err
	}
	act := who.Act("quota.plan", 0, "quota:"+string(day), "")
	var out *Proposal
	err := b.DB.WriteLong(ctx, &act, func(tx *db.Tx) (err error) {
		if day < tx.Today() {
			return fault.New(fault.Invalid, "allotment.past", "Ngày %s đã qua; chỉ tiêu của ngày đã qua được giữ nguyên. Hãy chọn hôm nay hoặc một ngày sau.", day.Vi()).On("day")
		}
		if out, err = b.propose(tx, day, need, &WhatIf{}); err != nil {
			return err
		}
		act.Note = out.Note()
		if _, err := tx.Exec("DELETE FROM quota WHERE day >= $1", string(out.Day)); err != nil {
			return err
		}
		i := -1
		if _, err := tx.Bulk("quota", []string{"unit_id", "team_id", "target", "day", "n", "by_hand"}, func() ([]any, bool) {
			if i++; i == len(out.Cells) {
				return nil, false
			}
			c := &out.Cells[i]
			return []any{c.Unit, c.Team, c.Target, string(c.Day), c.N, c.ByHand}, true
		}); err != nil {
			return err
		}
		_, err = tx.Exec("INSERT INTO quota_run(id, day, at, who, note) VALUES ($1,$2,$3,$4,$5)", id.New(), string(out.Day), tx.Now(), who.Account, act.Note)
		return err
	})
	return out, err
}

// propose computes a division.
func (b *Book) propose(tx *db.Tx, day clock.Day, need Need, what *WhatIf) (*Proposal, error) {
	p := b.Plan()
	day = max(day, p.From)
	until := p.Until
	if what.Until != "" && what.Until >= day && what.Until < until {
		until = what.Until
	}
	var days []clock.Day
	for d := day; d <= until; d = d.Add(1) {
		days = append(days, d)
	}
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	teams, err := b.teamsFor(tx, tree, what)
	if err != nil {
		return nil, err
	}
	before, err := cellsFrom(tx, day)
	if err != nil {
		return nil, err
	}
	hand := map[string][]Cell{}
	for _, c := range before {
		if c.ByHand {
			hand[c.Target] = append(hand[c.Target], c)
		}
	}
	out := &Proposal{Day: day, Goals: map[string]map[int64]Goal{}}
	own, err := b.own(tx)
	if err != nil {
		return nil, err
	}
	for _, t := range divided(p) {
		goals, groups, err := b.goals(tx, tree, t, day, need, what, own)
		if err != nil {
			return nil, err
		}
		out.Goals[t.ID] = goals
		curve := CurveOf(p, t.ID)
		for _, unit := range slices.Sorted(maps.Keys(groups)) {
			div := Division{Target: t.ID, Curve: &curve, Group: unit, Days: days, Rests: what.rests(p), Teams: teams, Hand: hand[t.ID]}
			if o, ok := own[unit]; ok {
				div.follow(p, o)
			}
			div.leaves(groups[unit], groups)
			cells, over := Divide(&div)
			out.Cells = append(out.Cells, cells...)
			out.Overloads = append(out.Overloads, over...)
		}
	}
	out.compare(before)
	return out, nil
}

// leaves lists the parts of a group that have no parts of their own, with what is left of them; the group's other parts keep what
// is theirs.
func (d *Division) leaves(group dealt, groups map[int64]dealt) {
	var parts []Part
	var goals []int64
	for i, u := range group.units {
		if _, further := groups[u.ID]; further && u.ID != d.Group {
			continue
		}
		parts = append(parts, group.parts[i])
		goals = append(goals, group.parts[i].Given)
	}
	for i, n := range Left(parts, goals) {
		d.Leaves = append(d.Leaves, Leaf{Unit: parts[i].Unit, Code: parts[i].Code, Left: n})
	}
}

func (b *Book) teamsFor(tx *db.Tx, tree *territory.Tree, what *WhatIf) ([]Team, error) {
	teams, err := b.Teams(tx)
	for i := range teams {
		if n, ok := what.Capacity[teams[i].ID]; ok {
			teams[i].Capacity = n
		}
		if u := tree.ByID(teams[i].Unit); u != nil && teams[i].Code == "" {
			teams[i].Code = u.Code + " " + teams[i].Name
		}
	}
	return teams, err
}

// goals deals one target down the tree. A unit whose own plan asks for more than its part gets that; the others keep their parts, so the whole
// is never less than the district's (law A1).
func (b *Book) goals(tx *db.Tx, tree *territory.Tree, t *plan.Target, day clock.Day, need Need, what *WhatIf, own map[int64]Own) (map[int64]Goal, map[int64]dealt, error) {
	given, err := givenOf(tx, t.ID)
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(given, what.Given[t.ID])
	root := tree.Place(b.Plan().Place.Unit)
	if root == nil {
		return map[int64]Goal{}, nil, nil
	}
	g := &goalTree{tree: tree, day: day, percent: t.Percent, given: given, need: func(unit int64) (int64, int64, error) { return need(tx, unit, t.ID) }}
	goals, groups, err := goalsUnder(root, g)
	more := false
	for unit, o := range own {
		more = more || o.Numbers[t.ID] > goals[unit].N
	}
	if err != nil || !more {
		return goals, groups, err
	}
	g.given = maps.Clone(given)
	for _, u := range groups[root.ID].units {
		if u != root {
			g.given[u.ID] = max(goals[u.ID].N, own[u.ID].Numbers[t.ID])
		}
	}
	delete(g.given, root.ID)
	if goals, groups, err = goalsUnder(root, g); err != nil {
		return nil, nil, err
	}
	for unit, x := range goals { // Given tells of the district's table alone
		_, x.Given = given[unit]
		goals[unit] = x
	}
	return goals, groups, nil
}

// GoalsOf gives every unit's number to reach, target by target, as of a day's tree of units: from the target table where there is one,
// else a percentage of the eligible (KH:IV.1.e). For the tally, which counts and draws the target line.
func (b *Book) GoalsOf(tx *db.Tx, tree *territory.Tree, day clock.Day, need Need) (map[string]map[int64]Goal, error) {
	own, err := b.own(tx)
	if err != nil {
		return nil, err
	}
	return b.goalsOf(tx, tree, day, need, own)
}

// AskedOf gives every unit's part of the district's division, target by target, whatever the units' own plans say (KH:V.6).
func (b *Book) AskedOf(tx *db.Tx, tree *territory.Tree, day clock.Day, need Need) (map[string]map[int64]Goal, error) {
	return b.goalsOf(tx, tree, day, need, nil)
}

func (b *Book) goalsOf(tx *db.Tx, tree *territory.Tree, day clock.Day, need Need, own map[int64]Own) (map[string]map[int64]Goal, error) {
	out := map[string]map[int64]Goal{}
	for _, t := range counted(b.Plan()) {
		goals, _, err := b.goals(tx, tree, t, day, need, &WhatIf{}, own)
		if err != nil {
			return nil, err
		}
		out[t.ID] = goals
	}
	return out, nil
}

// compare tells what changes on the proposal's day.
func (p *Proposal) compare(before []Cell) {
	type at struct {
		team   int64
		target string
	}
	was, now := map[at]int64{}, map[at]int64{}
	for _, c := range before {
		if c.Day == p.Day {
			was[at{c.Team, c.Target}] += c.N
		}
	}
	for _, c := range p.Cells {
		if c.Day == p.Day {
			now[at{c.Team, c.Target}] += c.N
		}
	}
	for k := range was {
		now[k] += 0
	}
	for k, n := range now {
		if was[k] != n {
			p.Changes = append(p.Changes, Change{k.team, k.target, was[k], n})
		}
	}
	slices.SortFunc(p.Changes, func(a, b Change) int {
		return strings.Compare(fmt.Sprint(a.Team, a.Target), fmt.Sprint(b.Team, b.Target))
	})
}

// cellsFrom reads the quotas from a day on.
func cellsFrom(tx *db.Tx, day clock.Day) ([]Cell, error) {
	return cells(tx, "SELECT unit_id, team_id, target, day, n, by_hand FROM quota WHERE day >= $1 ORDER BY day, target, team_id, unit_id", string(day))
}

func cells(tx *db.Tx, query string, args ...any) ([]Cell, error) {
	var out []Cell
	err := tx.Each(query, args, func(scan func(...any) error) error {
		var c Cell
		var day string
		err := scan(&c.Unit, &c.Team, &c.Target, &day, &c.N, &c.ByHand)
		c.Day = clock.Day(day)
		out = append(out, c)
		return err
	})
	return out, err
}

// CellsOn reads the quotas of one day, of all units and teams; for the tally, which adds them up by unit.
func CellsOn(tx *db.Tx, day clock.Day) ([]Cell, error) {
	return cells(tx, "SELECT unit_id, team_id, target, day, n, by_hand FROM quota WHERE day = $1 ORDER BY target, team_id, unit_id", string(day))
}

// TeamOn reads one team's quotas of a day. The caller has asked for the right.
func TeamOn(tx *db.Tx, team int64, day clock.Day) ([]Cell, error) {
	return cells(tx, "SELECT unit_id, team_id, target, day, n, by_hand FROM quota WHERE day = $1 AND team_id = $2 ORDER BY target, unit_id", string(day), team)
}

// Run is one planning that was saved.
type Run struct {
	ID   int64
	Day  clock.Day
	At   string
	Who  int64
	Note string
}

// Runs lists the latest plannings, newest first.
func (b *Book) Runs(ctx context.Context, who access.Viewer, limit int) ([]Run, error) {
	if err := who.May("quota.see", 0); err != nil {
		return nil, err
	}
	var out []Run
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each("SELECT id, day, at, who, note FROM quota_run ORDER BY id DESC LIMIT $1", []any{limit}, func(scan func(...any) error) error {
			var r Run
			var day string
			err := scan(&r.ID, &day, &r.At, &r.Who, &r.Note)
			r.Day = clock.Day(day)
			out = append(out, r)
			return err
		})
	})
	return out, err
}
