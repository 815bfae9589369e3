package reconcile

import (
	"cmp"
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// place is where a number belongs: the unit where the claimed person lived, the team that claimed, the coverage.
type place struct {
	unit, team int64
	coverage   string
}

// asOf gives the day that a filter tells of.
func (b *Book) asOf(tx *db.Tx, f Filter) clock.Day {
	today := min(tx.Today(), b.Plan().Until)
	if f.Day == "" || f.Day > today {
		return today
	}
	return f.Day
}

// sums reads the counts of every place, narrowed by the filter.
//
// within narrows to these units; nil is all.
func (b *Book) sums(tx *db.Tx, f Filter, within []int64) (map[place]*Classes, error) {
	day := b.asOf(tx, f)
	out := map[place]*Classes{}
	from, until := f.span()
	// Only of those that wait does the claim's own day matter: their age.
	q := "SELECT unit_id, team_id, coverage, CASE WHEN fate='pending' THEN claimed ELSE '' END AS since, fate, CAST(sum(n) AS BIGINT) FROM claim_sum c WHERE day <= $1 AND claimed >= $2 AND claimed <= $3"
	args := []any{string(day), from, until}
	narrow := func(q string, args []any) (string, []any) {
		if f.Coverage != "" {
			args = append(args, f.Coverage)
			q += " AND c.coverage = " + tx.In(1, len(args))
		}
		if f.Team != 0 {
			args = append(args, f.Team)
			q += " AND c.team_id = " + tx.In(1, len(args))
		}
		return q, args
	}
	q, args = narrow(q, args)
	each := func(q, group string, args []any, fn func(scan func(...any) error) error) error {
		if within == nil {
			return tx.Each(q+group, args, fn)
		}
		return tx.EachIn(q+" AND c.unit_id IN (%s)"+group, args, within, fn)
	}
	err := each(q, " GROUP BY unit_id, team_id, coverage, since, fate", args, func(scan func(...any) error) error {
		var p place
		var claimed string
		var fate Fate
		var n int64
		err := scan(&p.unit, &p.team, &p.coverage, &claimed, &fate, &n)
		if n != 0 {
			at(out, p).add(fate, clock.Day(claimed), day, n)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	q, args = narrow(`SELECT c.unit_id, c.team_id, c.coverage, c.state, c.ruling, c.wait_until, c.denial_id, f.path FROM claim_case c JOIN claim_fate f ON f.person_id=c.person_id AND f.event_id=c.claim_id
		WHERE f.day >= $1 AND f.day <= $2`, []any{from, until})
	return out, each(q, "", args, func(scan func(...any) error) error {
		var p place
		var state State
		var ruling Code
		var wait, path string
		var denial int64
		if err := scan(&p.unit, &p.team, &p.coverage, &state, &ruling, &wait, &denial, &path); err != nil {
			return err
		}
		fate := fateOn(path, day)
		if fate != Denied && !(fate == Pending && denial == 0) {
			return nil
		}
		c := at(out, p)
		if fate == Denied && excuses(ruling, clock.Day(wait), day) {
			c.Over.Excused++
		}
		switch state {
		case Open:
			c.Open++
		case Answered:
			c.Answered++
		case Decided:
			c.Decided++
		}
		return nil
	})
}

func (f *Filter) span() (from, until string) {
	if until = string(f.Until); until == "" {
		until = "9999-12-31"
	}
	return string(f.From), until
}

// fateOn gives the fate that a path has on a day, "" before it begins.
func fateOn(path string, on clock.Day) Fate {
	var f Fate
	eachOf(path, func(day clock.Day, _, is Fate) {
		if day <= on {
			f = is
		}
	})
	return f
}

// rates are the over-claim rates of all units that have any, from the leaves up.
func (b *Book) rates(tx *db.Tx, tree *territory.Tree, f Filter) (map[int64]Rate, error) {
	all, err := b.upward(tx, tree, f, nil)
	out := make(map[int64]Rate, len(all))
	for u, c := range all {
		out[u] = c.Over
	}
	return out, err
}

// upward adds the classes of all places up the tree.
func (b *Book) upward(tx *db.Tx, tree *territory.Tree, f Filter, within []int64) (map[int64]*Classes, error) {
	out := map[int64]*Classes{}
	err := b.eachUp(tx, tree, f, within, func(unit int64, _ string) *Classes { return at(out, unit) })
	for _, c := range out {
		c.finish()
	}
	return out, err
}

// eachUp adds every place's classes to what into gives for the unit, and for each above it, and the coverage.
func (b *Book) eachUp(tx *db.Tx, tree *territory.Tree, f Filter, within []int64, into func(unit int64, coverage string) *Classes) error {
	sums, err := b.sums(tx, f, within)
	for p, c := range sums {
		for _, u := range tree.Ancestors(p.unit) {
			into(u.ID, p.coverage).plus(c)
		}
	}
	return err
}

// at gives the classes kept under a key, new ones where there are none.
func at[K comparable](m map[K]*Classes, key K) *Classes {
	if m[key] == nil {
		m[key] = &Classes{}
	}
	return m[key]
}

// below lists what lies in units, each once.
func below(tree *territory.Tree, units []int64) []int64 {
	var out []int64
	seen := map[int64]bool{}
	for _, u := range units {
		if seen[u] {
			continue
		}
		for _, x := range tree.Descendants(u) {
			if !seen[x] {
				seen[x] = true
				out = append(out, x)
			}
		}
	}
	return out
}

// Summary gives the classes of these units, everything below each added, and the day they tell of. A unit without any claim has
// zeroes (laws C5, N1).
func (b *Book) Summary(ctx context.Context, who access.Viewer, units []int64, f Filter) (map[int64]Classes, clock.Day, error) {
	for _, u := range units {
		if err := who.May("reconcile.see", u); err != nil {
			return nil, "", err
		}
	}
	var out map[int64]Classes
	var day clock.Day
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, day, err = b.SummaryIn(tx, who.Tree(), units, f)
		return err
	})
	return out, day, err
}

// SummaryIn is Summary inside a transaction whose caller has asked for the rights: several readings of one instant.
func (b *Book) SummaryIn(tx *db.Tx, tree *territory.Tree, units []int64, f Filter) (map[int64]Classes, clock.Day, error) {
	out := make(map[int64]Classes, len(units))
	all, err := b.upward(tx, tree, f, below(tree, units))
	for _, u := range units {
		if c := all[u]; c != nil {
			out[u] = *c
		} else {
			out[u] = Classes{}
		}
	}
	return out, b.asOf(tx, f), err
}

// Line is one coverage, or one team, of a unit with its classes.
type Line struct {
	Coverage string
	Team     int64
	Classes
}

// ByCoverage splits a unit's classes by coverage in the plan's order; coverages without claims have zeroes.
func (b *Book) ByCoverage(ctx context.Context, who access.Viewer, units []int64, f Filter) (map[int64][]Line, clock.Day, error) {
	for _, u := range units {
		if err := who.May("reconcile.see", u); err != nil {
			return nil, "", err
		}
	}
	type split struct {
		unit     int64
		coverage string
	}
	told := map[split]*Classes{}
	var day clock.Day
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		day = b.asOf(tx, f)
		return b.eachUp(tx, who.Tree(), f, below(who.Tree(), units), func(unit int64, coverage string) *Classes { return at(told, split{unit, coverage}) })
	})
	if err != nil {
		return nil, "", err
	}
	out := make(map[int64][]Line, len(units))
	for i := range b.Plan().Coverages {
		for _, u := range units {
			c := at(told, split{u, b.Plan().Coverages[i].ID})
			c.finish()
			out[u] = append(out[u], Line{Coverage: b.Plan().Coverages[i].ID, Classes: *c})
		}
	}
	return out, day, nil
}

// ByTeam splits a unit's classes, everything below it added, by the team that claimed; team 0 is who claimed for no team. The worst
// come first.
func (b *Book) ByTeam(ctx context.Context, who access.Viewer, unit int64, f Filter) ([]Line, error) {
	if err := who.May("reconcile.see", unit); err != nil {
		return nil, err
	}
	teams := map[int64]*Line{}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		sums, err := b.sums(tx, f, who.Tree().Descendants(unit))
		for p, c := range sums {
			if teams[p.team] == nil {
				teams[p.team] = &Line{Team: p.team}
			}
			teams[p.team].plus(c)
		}
		return err
	})
	var out []Line
	for _, l := range teams {
		l.finish()
		if l.Claimed > 0 {
			out = append(out, *l)
		}
	}
	slices.SortFunc(out, func(a, b Line) int { return cmp.Or(worse(&a.Classes, &b.Classes), cmp.Compare(a.Team, b.Team)) })
	return out, err
}

// worse orders by the lower bound of the over-claim, which does not condemn few claims, then by how many were denied.
func worse(a, b *Classes) int {
	return cmp.Or(cmp.Compare(b.Over.Low, a.Over.Low), cmp.Compare(b.Over.Denied, a.Over.Denied))
}

// Ranked is a unit of the board of the worst.
type Ranked struct {
	Unit int64
	Classes
}

// Worst ranks the units directly below one, or with tier all below it of that tier, by the lower bound of their over-claim, then by
// how many claims were denied; units without any denial do not appear.
func (b *Book) Worst(ctx context.Context, who access.Viewer, unit int64, tier, n int, f Filter) ([]Ranked, error) {
	var units []int64
	for _, u := range who.Tree().Descendants(unit) {
		if u != unit && who.Tree().ByID(u).Tier == tier {
			units = append(units, u)
		}
	}
	all, _, err := b.Summary(ctx, who, units, f)
	if err != nil {
		return nil, err
	}
	var out []Ranked
	for _, u := range units {
		if c := all[u]; c.Over.Denied > 0 {
			out = append(out, Ranked{u, c})
		}
	}
	slices.SortFunc(out, func(a, c Ranked) int { return cmp.Or(worse(&a.Classes, &c.Classes), cmp.Compare(a.Unit, c.Unit)) })
	return out[:min(n, len(out))], nil
}
