package report

import (
	"context"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/oversight/emulation"
	"bonphu/oversight/reconcile"
)

// Get reads a unit's report of a period with its words, versions and notes, and the numbers as the tally tells them now. The asker
// needs report.see on the unit. (laws D1, N1)
func (k *Desk) Get(ctx context.Context, who access.Viewer, period string, unit int64) (*Report, error) {
	if err := who.May(VerbSee, unit); err != nil {
		return nil, err
	}
	b, err := k.beside(ctx, who, unit, period)
	if err != nil {
		return nil, err
	}
	var r *Report
	err = k.DB.Read(ctx, func(tx *db.Tx) error {
		x, err := PeriodOf(k.Plan(), period, tx.Today())
		if err != nil {
			return err
		}
		if r, err = find(tx, x, unit); err != nil {
			return err
		}
		if r.Versions, err = versions(tx, r.ID); err != nil {
			return err
		}
		if r.Notes, err = notes(tx, r.ID); err != nil {
			return err
		}
		r.Live, err = k.draft(tx, who, r, b)
		return err
	})
	return r, err
}

func notes(tx *db.Tx, report int64) ([]Note, error) {
	var out []Note
	err := tx.Each("SELECT kind, section, version, text, who_name, at FROM report_note WHERE report_id=$1 ORDER BY at DESC, id DESC", []any{report}, func(scan func(...any) error) error {
		var n Note
		err := scan(&n.Kind, &n.Section, &n.Version, &n.Text, &n.WhoName, &n.At)
		out = append(out, n)
		return err
	})
	return out, err
}

// draft is what the report would freeze if it were handed in now; it reads the report's words.
func (k *Desk) draft(tx *db.Tx, who access.Viewer, r *Report, b beside) (*Reading, error) {
	tree, err := territory.Given(tx, who.Tree())
	if err != nil {
		return nil, err
	}
	out, err := k.read(tx, tree, r.Unit, r.Period.From, r.Period.Until)
	if err != nil {
		return nil, err
	}
	out.Form, out.Title = "bao-cao", r.Period.Title
	out.Judged, out.Inspected, out.Stuck = b.judged, b.inspected, b.stuck
	if r.Words, err = words(tx, r.ID); err != nil {
		return nil, err
	}
	out.Words = map[string]string{}
	for section, w := range r.Words {
		if w.Text != "" {
			out.Words[section] = w.Text
		}
	}
	top, below := reporting(tree, k.Plan().Place.Unit, min(tx.Today(), r.Period.Until))
	if top == nil || top.ID != r.Unit {
		return out, nil
	}
	if out.Gathered, err = gather(tx, r.Period, below); err != nil {
		return nil, err
	}
	return out, k.owed(tx, out, below, r.Period.Until)
}

// gather collects what the units below wrote in the reports that they handed in, for the consolidation of one of several.
func gather(tx *db.Tx, x Period, below []*territory.Unit) ([]Gathered, error) {
	var out []Gathered
	for _, u := range below {
		r, err := find(tx, x, u.ID)
		if err != nil {
			return nil, err
		}
		if !r.State.Handed() {
			continue
		}
		vs, err := versions(tx, r.ID)
		if err != nil || len(vs) == 0 {
			return nil, err
		}
		d, err := document(tx, vs[len(vs)-1].Code)
		if err != nil {
			return nil, err
		}
		for _, s := range Sections(x) {
			if t := d.Reading.Words[s.ID]; t != "" {
				out = append(out, Gathered{Unit: u.Title(), Code: d.Code, Section: s.ID, Text: t})
			}
		}
	}
	return out, nil
}

// claims tells what became of the claims of units up to a day (law C6).
func (k *Desk) claims(tx *db.Tx, tree *territory.Tree, units []int64, day clock.Day) (map[int64]Claims, error) {
	told, _, err := k.Reconcile.SummaryIn(tx, tree, units, reconcile.Filter{Until: day, Day: day})
	out := make(map[int64]Claims, len(told))
	for u, c := range told {
		out[u] = Claims{Confirmed: c.Confirmed, Denied: c.Denied, Excused: c.Over.Excused, Found: c.Found, Pending: c.Pending, PendingOld: c.Age[2], Low: c.Over.Low, High: c.Over.High}
	}
	return out, err
}

// Line is one unit's row of the calendar's board.
type Line struct {
	Unit    *territory.Unit
	Reports []*Report // by period of the board
}

// Board is who owes what: the newest periods against the units that report. (KH:V.1)
type Board struct {
	Periods []Period
	Top     *Line // the consolidating unit's own
	Lines   []Line
	Late    int // reports of Lines that are missing after their due day
	DueNow  int
}

// Calendar tells who handed in what of the newest n periods of a kind: an entry of the calendar, or "" for all that sum up a stretch
// and the newest daily and weekly ones. The asker sees the own units. (KH:V.1)
func (k *Desk) Calendar(ctx context.Context, who access.Viewer, report string, n int) (*Board, error) {
	if !who.MayAnywhere(VerbSee) {
		return nil, who.May(VerbSee, 0)
	}
	b := &Board{}
	err := k.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		today := tx.Today()
		seen := map[string]bool{}
		for _, x := range Periods(k.Plan(), today) {
			if report != "" && x.Report != report || report == "" && x.Every != "" && seen[x.Report] {
				continue
			}
			seen[x.Report] = true
			if b.Periods = append(b.Periods, x); len(b.Periods) == n {
				break
			}
		}
		top, below := reporting(tree, k.Plan().Place.Unit, min(today, k.Plan().Until))
		if top == nil {
			return nil
		}
		have, err := all(tx, append([]*territory.Unit{top}, below...))
		line := func(u *territory.Unit) Line {
			l := Line{Unit: u}
			for _, x := range b.Periods {
				r := have[at{u.ID, x.ID}]
				if r == nil {
					r = &Report{Unit: u.ID}
				}
				r.Period, r.When = x, x.stands(r.First, today)
				l.Reports = append(l.Reports, r)
			}
			return l
		}
		if who.May(VerbSee, top.ID) == nil {
			own := line(top)
			b.Top = &own
		}
		for _, u := range below {
			if who.May(VerbSee, u.ID) != nil {
				continue
			}
			l := line(u)
			for _, r := range l.Reports {
				switch r.When {
				case Missing:
					b.Late++
				case DueNow:
					b.DueNow++
				}
			}
			b.Lines = append(b.Lines, l)
		}
		return err
	})
	return b, err
}

// Reporting tells how units kept the calendar up to a day: what emulation rests on (KH:IV.2.b, law J2). Reports that are due on the
// day itself are not yet missing.
func (k *Desk) Reporting(ctx context.Context, who access.Viewer, day clock.Day) (map[int64]emulation.Reporting, error) {
	if !who.MayAnywhere(VerbSee) {
		return nil, who.May(VerbSee, 0)
	}
	var out map[int64]emulation.Reporting
	err := k.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		if day == "" || day > tx.Today() {
			day = tx.Today()
		}
		top, below := reporting(tree, k.Plan().Place.Unit, day)
		if top == nil {
			return nil
		}
		out, err = k.kept(tx, below, day)
		return err
	})
	return out, err
}

func (k *Desk) kept(tx *db.Tx, below []*territory.Unit, day clock.Day) (map[int64]emulation.Reporting, error) {
	have, err := all(tx, below)
	if err != nil {
		return nil, err
	}
	day = min(day, tx.Today())
	periods := Periods(k.Plan(), day)
	slices.Reverse(periods)
	out := make(map[int64]emulation.Reporting, len(below))
	for _, u := range below {
		var x emulation.Reporting
		for _, p := range periods {
			if p.Every == "day" || p.Due > day || !u.In(p.Due) {
				continue
			}
			on := clock.Day("")
			if r := have[at{u.ID, p.ID}]; r != nil && r.First <= day {
				on = r.First
			}
			switch p.stands(on, day) {
			case InTime:
				x.Due, x.InTime = x.Due+1, x.InTime+1
			case Late:
				x.Due, x.Late = x.Due+1, x.Late+1
			case Missing:
				x.Due, x.Missing = x.Due+1, x.Missing+1
				x.Names = append(x.Names, p.Title)
			}
		}
		out[u.ID] = x
	}
	return out, nil
}

// Document reads what a document was made from, by the code printed on it. Who may see reports of its unit may read it. (laws D1, N2)
func (k *Desk) Document(ctx context.Context, who access.Viewer, code string) (*Kept, error) {
	var d *Kept
	err := k.DB.Read(ctx, func(tx *db.Tx) (err error) {
		d, err = document(tx, NormalCode(code))
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := who.May(VerbSee, d.Unit); err != nil {
		return nil, err
	}
	return d, nil
}

// Documents lists what was made for the asker's units, newest first; before is the instant of the last one shown.
func (k *Desk) Documents(ctx context.Context, who access.Viewer, before string, n int) ([]Kept, error) {
	if !who.MayAnywhere(VerbSee) {
		return nil, who.May(VerbSee, 0)
	}
	var out []Kept
	err := k.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		var units []int64
		for _, u := range who.On(tree).Scope(VerbSee) {
			units = append(units, tree.Descendants(u)...)
		}
		out, err = documents(tx, units, before, n)
		return err
	})
	slices.SortStableFunc(out, func(a, b Kept) int { return strings.Compare(b.At, a.At) })
	return out[:min(len(out), n)], err
}

// Drifted compares a kept document with the same day as the tally tells it now. The asker needs report.see on its unit. (laws C5, D1)
func (k *Desk) Drifted(ctx context.Context, who access.Viewer, d *Kept) ([]Drift, error) {
	if err := who.May(VerbSee, d.Unit); err != nil {
		return nil, err
	}
	if d.Reading == nil || len(d.Reading.Rows) == 0 {
		return nil, nil
	}
	var out []Drift
	err := k.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		now, err := k.read(tx, tree, d.Unit, d.Reading.From, d.Reading.AsOf)
		if err != nil {
			return err
		}
		out = Drifts(d.Reading, now)
		return nil
	})
	return out, err
}
