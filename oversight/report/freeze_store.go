package report

import (
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// read takes all numbers of a unit and of everything under it at one instant: as of the period's end, or of today while it runs.
func (k *Desk) read(tx *db.Tx, tree *territory.Tree, unit int64, from, until clock.Day) (*Reading, error) {
	p := k.Plan()
	u := tree.ByID(unit)
	if u == nil {
		return nil, fault.New(fault.Missing, "report.unit_unknown", "Không có đơn vị này.")
	}
	r := &Reading{Plan: p.Code, PlanSHA: p.SHA, Unit: unit, Place: u.Code, From: from, Until: until}
	units := under(tree, unit, until)
	now, err := k.Figures.StandingsIn(tx, tree, units, until)
	if err != nil {
		return nil, err
	}
	people, err := k.Figures.Book.On(tx, units, until, "")
	if err != nil {
		return nil, err
	}
	r.AsOf = people.Day
	before, err := k.Figures.Book.On(tx, units, max(from.Add(-1), p.Start()), "t:") // what was there before the campaign's own work is no result of the period
	if err != nil {
		return nil, err
	}
	claims, err := k.claims(tx, tree, units, r.AsOf)
	if err != nil {
		return nil, err
	}
	var counted []*plan.Target
	for i := range p.Targets {
		t := &p.Targets[i]
		if t.Basis == plan.BasisOfficials {
			continue
		}
		counted = append(counted, t)
		r.Targets = append(r.Targets, Target{t.ID, t.Title, t.Short, t.Clause, t.Percent, t.Main})
	}
	for _, id := range units {
		x := tree.ByID(id)
		row := Row{Unit: id, Code: x.Code, Title: x.Title(), Tier: x.Tier, Parent: x.Parent, People: people.Get(id, "p:all"), Claims: claims[id]}
		for _, t := range counted {
			s := now[id][t.ID]
			row.Numbers = append(row.Numbers, Number{Goal: s.Goal, Eligible: s.Eligible, Confirmed: s.Confirmed, Before: before.Get(id, "t:"+t.ID+":confirmed"),
				Verified: s.Verified, Claimed: s.Claimed, Denied: s.Denied, Base: s.Base, Due: s.Due, Ahead: s.Ahead})
			row.Quota += s.Quota
			row.Done += s.Done
		}
		r.Rows = append(r.Rows, row)
	}
	r.Extracts, err = extracts(tx, p, r.AsOf)
	return r, err
}

// under lists a unit and, in the order of names, everything under it on a day.
func under(tree *territory.Tree, unit int64, day clock.Day) []int64 {
	out := []int64{unit}
	for _, x := range tree.Children(unit, day) {
		out = append(out, under(tree, x.ID, day)...)
	}
	return out
}

// extracts lists the official lists that tell of a day and before, the newest of each kind and place first; the numbers rest on them
// (KH:IV.2.d). A list that was withdrawn is not among them.
func extracts(tx *db.Tx, p *plan.Plan, day clock.Day) ([]Extract, error) {
	titles := map[string]string{}
	for i := range p.Extracts {
		titles[p.Extracts[i].Kind] = p.Extracts[i].Title
	}
	var out []Extract
	err := tx.Each(`SELECT b.id, b.kind, f.name, f.sha, b.as_of, b.sum_rows FROM batch b JOIN file f ON f.id=b.file_id
		WHERE b.state='applied' AND b.as_of <= $1 ORDER BY b.as_of DESC, b.id DESC`, []any{string(day)}, func(scan func(...any) error) error {
		var x Extract
		var kind, asOf string
		if err := scan(&x.Batch, &kind, &x.File, &x.SHA, &asOf, &x.Rows); err != nil {
			return err
		}
		x.AsOf = clock.Day(asOf)
		if x.Title = titles[kind]; x.Title != "" && len(out) < 200 {
			out = append(out, x)
		}
		return nil
	})
	return out, err
}

// save keeps a document's reading under its code; the same numbers and words made again are the same document.
func save(tx *db.Tx, r *Reading, who int64, name string) error {
	text, sha, err := r.freeze()
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO document(code, form, unit_id, title, day, frozen, sha, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (code) DO NOTHING`,
		r.Code, r.Form, r.Unit, r.Title, string(r.AsOf), text, sha, who, name, tx.Now())
	return err
}

// document reads a kept reading by its code.
func document(tx *db.Tx, code string) (*Kept, error) {
	d := &Kept{}
	var text string
	err := tx.Each("SELECT code, form, unit_id, title, frozen, sha, who_name, at FROM document WHERE code=$1", []any{code}, func(scan func(...any) error) error {
		return scan(&d.Code, &d.Form, &d.Unit, &d.Title, &text, &d.SHA, &d.WhoName, &d.At)
	})
	if err != nil {
		return nil, err
	}
	if d.Code == "" {
		return nil, fault.New(fault.Missing, "report.code_unknown", "Không có văn bản nào mang mã này. Hãy kiểm tra lại mã in dưới văn bản (10 ký tự, không có chữ I, L, O, U).")
	}
	d.Reading, err = thaw(text, d.Code)
	return d, err
}

// documents lists what was made for units, newest first.
func documents(tx *db.Tx, units []int64, before string, n int) ([]Kept, error) {
	var out []Kept
	tail := []any{before, int64(n)}
	err := tx.EachIn("SELECT code, form, unit_id, title, sha, who_name, at FROM document WHERE ($1='' OR at < $1) AND unit_id IN (%s) ORDER BY at DESC, code LIMIT $2", tail, units, func(scan func(...any) error) error {
		var d Kept
		err := scan(&d.Code, &d.Form, &d.Unit, &d.Title, &d.SHA, &d.WhoName, &d.At)
		out = append(out, d)
		return err
	})
	return out, err
}
