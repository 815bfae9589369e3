package rhythm

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Book reads the day.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
	Allot   *allotment.Book
	Canvass *canvass.Book
}

// Day reads a unit's day: its parts with the figures that the board shows, and from a commune down its teams with their members. Days to
// come have quotas only. The viewer needs quota.see and team.see on the unit.
func (b *Book) Day(ctx context.Context, who access.Viewer, unit int64, day clock.Day) (*Day, error) {
	for _, verb := range []access.Verb{"quota.see", "team.see"} {
		if err := who.May(verb, unit); err != nil {
			return nil, err
		}
	}
	if p := b.Plan(); p == nil || day < p.From || day > p.Until {
		return nil, fault.New(fault.Invalid, "rhythm.outside", "Ngày này nằm ngoài đợt cao điểm. Hãy chọn một ngày trong đợt.").On("ngay")
	}
	var out *Day
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = b.day(tx, who.Tree(), unit, day)
		return err
	})
	return out, err
}

func (b *Book) day(tx *db.Tx, tree *territory.Tree, unit int64, day clock.Day) (*Day, error) {
	u := tree.ByID(unit)
	if u == nil {
		return nil, fault.New(fault.Missing, "rhythm.unit", "Không tìm thấy đơn vị này.")
	}
	parts := tree.Children(unit, day)
	units := []int64{unit}
	for _, c := range parts {
		units = append(units, c.ID)
	}
	today := tx.Today()
	stand, err := b.Figures.StandingsIn(tx, tree, units, min(day, today))
	if err != nil {
		return nil, err
	}
	given, err := tally.Quotas(tx, tree, day)
	if err != nil {
		return nil, err
	}
	visits, err := visitsByUnit(tx, tree, day)
	if err != nil {
		return nil, err
	}
	out := &Day{Day: day, Unit: unit, Title: u.Title(), AsOf: tx.Now(), Ahead: day > today}
	p := b.Plan()
	for i := range p.Targets {
		t := &p.Targets[i]
		if t.Main || given[tally.At{Unit: unit, Target: t.ID}] > 0 {
			c := Column{t.ID, t.Short, t.Short}
			if cov := p.Coverage(t.Coverage); t.Main && cov != nil {
				c.Short = cov.Short
			}
			out.Targets = append(out.Targets, c)
		}
	}
	row := func(x int64) Row {
		r := Row{Unit: x, Code: tree.ByID(x).Code, Title: tree.ByID(x).Title(), Visits: visits[x]}
		for _, t := range out.Targets {
			c := Cell{Quota: given[tally.At{Unit: x, Target: t.ID}]}
			if !out.Ahead {
				c.Done = stand[x][t.ID].Done
			}
			r.Cells = append(r.Cells, c)
		}
		return r
	}
	out.Sum = row(unit)
	for _, c := range parts {
		out.Rows = append(out.Rows, row(c.ID))
	}
	return out, b.teams(tx, tree, out)
}

// teams fills in the teams of the unit and of all under it: whole with their members from a commune down, and above that counted by part.
func (b *Book) teams(tx *db.Tx, tree *territory.Tree, d *Day) error {
	all, err := canvass.All(tx)
	if err != nil {
		return err
	}
	var ids []int64
	var open []canvass.Team
	for _, t := range all {
		if t.Open(d.Day) && tree.Within(t.Unit, d.Unit) {
			ids = append(ids, t.ID)
			open = append(open, t)
		}
	}
	counts, err := canvass.VisitsOn(tx, ids, d.Day)
	if err != nil {
		return err
	}
	sent := map[int64]bool{}
	for _, c := range counts {
		sent[c.Team] = true
	}
	whole := tree.ByID(d.Unit).Tier >= territory.TierCommune
	for _, t := range open {
		for i := range d.Rows {
			if tree.Within(t.Unit, d.Rows[i].Unit) {
				d.Rows[i].Teams++
				if !sent[t.ID] {
					d.Rows[i].Silent++
				}
			}
		}
		d.Sum.Teams++
		if !sent[t.ID] {
			d.Sum.Silent++
		}
		if !whole {
			continue
		}
		day, err := b.TeamDay(tx, t.ID, d.Day)
		if err != nil {
			return err
		}
		d.Teams = append(d.Teams, Team{ID: t.ID, Name: t.Name, Place: tree.FullName(t.Unit), TeamDay: *day})
	}
	return nil
}

func visitsByUnit(tx *db.Tx, tree *territory.Tree, day clock.Day) (map[int64]int64, error) {
	out := map[int64]int64{}
	err := tx.Each("SELECT unit_id, CAST(count(*) AS BIGINT) FROM visit WHERE day=$1 AND void_at='' GROUP BY unit_id", []any{string(day)}, func(scan func(...any) error) error {
		var u, n int64
		err := scan(&u, &n)
		for _, a := range tree.Ancestors(u) {
			out[a.ID] += n
		}
		return err
	})
	return out, err
}
