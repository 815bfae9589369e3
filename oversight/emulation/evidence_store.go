package emulation

import (
	"cmp"
	"strconv"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/ops/canvass"
)

// place is the campaign's unit.
func (b *Book) place(tree *territory.Tree) *territory.Unit {
	return cmp.Or(tree.ByCode(b.Plan().Place.Unit), tree.Home(), tree.Root())
}

// units gives the targets of all units of a tier (KH:IV.2.d: only confirmed counts).
func (b *Book) units(tx *db.Tx, tree *territory.Tree, tier int, day clock.Day) ([]Evidence, error) {
	home := b.place(tree)
	if home == nil {
		return nil, nil
	}
	var ids []int64
	for _, u := range tree.Descendants(home.ID) {
		if x := tree.ByID(u); x.Tier == tier && x.In(day) {
			ids = append(ids, u)
		}
	}
	told, err := b.Figures.StandingsIn(tx, tree, ids, day)
	if err != nil {
		return nil, err
	}
	people, err := b.Figures.Book.On(tx, ids, day, "p:all")
	if err != nil {
		return nil, err
	}
	targets := judged(b.Plan())
	var out []Evidence
	for _, u := range ids {
		x := tree.ByID(u)
		e := Evidence{Unit: u, Key: x.Code, Code: x.Code, Name: x.Title(), People: people.Get(u, "p:all")}
		if up := tree.ByID(x.Parent); tier == territory.TierHamlet && up != nil {
			e.Name += ", " + up.Title()
		}
		for _, t := range targets {
			s := told[u][t.ID]
			e.Targets = append(e.Targets, Done{ID: t.ID, Short: t.Short, Clause: t.Clause, Goal: s.Goal, Confirmed: s.Confirmed, Due: s.Due, Ahead: s.Ahead})
		}
		out = append(out, e)
	}
	return out, nil
}

// teams gives each team's quotas up to a day and those of its claims that extracts confirm and deny (KH:V.6).
func (b *Book) teams(tx *db.Tx, tree *territory.Tree, day clock.Day) ([]Evidence, error) {
	all, err := canvass.All(tx)
	if err != nil {
		return nil, err
	}
	type at struct {
		team int64
		key  string
	}
	goals, done := map[at]int64{}, map[at]int64{}
	err = tx.Each("SELECT team_id, target, CAST(coalesce(sum(n),0) AS BIGINT) FROM quota WHERE team_id <> 0 AND day <= $1 GROUP BY team_id, target", []any{string(day)}, func(scan func(...any) error) error {
		var k at
		var n int64
		err := scan(&k.team, &k.key, &n)
		goals[k] = n
		return err
	})
	if err != nil {
		return nil, err
	}
	// What a team did before it was given quotas is not held against them: goal and result are of the same days.
	first := map[int64]string{}
	err = tx.Each("SELECT team_id, min(day) FROM quota WHERE team_id <> 0 GROUP BY team_id", nil, func(scan func(...any) error) error {
		var team int64
		var from string
		err := scan(&team, &from)
		first[team] = from
		return err
	})
	if err != nil {
		return nil, err
	}
	fates := map[at]int64{}
	err = tx.Each("SELECT team_id, coverage, claimed, fate, CAST(coalesce(sum(n),0) AS BIGINT) FROM claim_sum WHERE team_id <> 0 AND day <= $1 AND fate IN ('confirmed','denied') GROUP BY team_id, coverage, claimed, fate", []any{string(day)}, func(scan func(...any) error) error {
		var k at
		var claimed, fate string
		var n int64
		if err := scan(&k.team, &k.key, &claimed, &fate, &n); err != nil {
			return err
		}
		if from := first[k.team]; fate == "confirmed" && from != "" && claimed >= from {
			done[k] += n
		}
		fates[at{k.team, fate}] += n
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []Evidence
	for i := range all {
		t := &all[i]
		u := tree.ByID(t.Unit)
		if !t.Open(day) || u == nil {
			continue
		}
		e := Evidence{Unit: t.Unit, Key: id.String(t.ID), Code: u.Code, Name: t.Name + " (" + tree.FullName(t.Unit) + ")"}
		for _, x := range judged(b.Plan()) {
			if x.Main {
				e.Targets = append(e.Targets, Done{ID: x.ID, Short: x.Short, Clause: x.Clause, Goal: goals[at{t.ID, x.ID}], Confirmed: done[at{t.ID, x.Coverage}]})
			}
		}
		denied := fates[at{t.ID, "denied"}]
		e.Claims = ShareOf(denied, denied+fates[at{t.ID, "confirmed"}])
		out = append(out, e)
	}
	return out, nil
}

// persons gives the claims of each account and what extracts made of them. Nobody has a target, so nobody is ranked.
func (b *Book) persons(tx *db.Tx, day clock.Day) ([]Evidence, error) {
	type sum struct {
		confirmed, denied, all, unit int64
		name                         string
	}
	sums := map[int64]*sum{}
	err := tx.Each(`SELECT e.who, a.name, f.fate, f.unit_id, CAST(count(*) AS BIGINT) FROM claim_fate f JOIN event e ON e.id=f.event_id JOIN account a ON a.id=e.who
		WHERE f.day <= $1 AND f.fate IN ('confirmed','denied','pending') AND e.batch_id=0 GROUP BY e.who, a.name, f.fate, f.unit_id ORDER BY e.who, f.unit_id`, []any{string(day)}, func(scan func(...any) error) error {
		var who, unit, n int64
		var name, fate string
		if err := scan(&who, &name, &fate, &unit, &n); err != nil {
			return err
		}
		s := sums[who]
		if s == nil {
			s = &sum{name: name, unit: unit}
			sums[who] = s
		}
		s.all += n
		switch fate {
		case "confirmed":
			s.confirmed += n
		case "denied":
			s.denied += n
		}
		return nil
	})
	var out []Evidence
	for who, s := range sums {
		out = append(out, Evidence{Unit: s.unit, Key: strconv.FormatInt(who, 10), Code: s.name, Name: s.name, People: s.all,
			Targets: []Done{{ID: "claims", Short: "Lượt báo được xác nhận", Confirmed: s.confirmed}}, Claims: ShareOf(s.denied, s.denied+s.confirmed)})
	}
	return out, err
}
