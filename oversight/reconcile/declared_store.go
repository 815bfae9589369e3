package reconcile

import (
	"cmp"
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

func (d *Declared) check(p *plan.Plan, today clock.Day) error {
	switch {
	case d.Unit == 0:
		return fault.New(fault.Invalid, "reconcile.unit", "Hãy chọn đơn vị tự báo.").On("unit")
	case !slices.ContainsFunc(p.Targets, func(t plan.Target) bool { return t.ID == d.Target }):
		return fault.New(fault.Invalid, "reconcile.target", "Hãy chọn chỉ tiêu.").On("target")
	case d.Day == "" || d.Day.Time().IsZero() || d.Day > today:
		return fault.New(fault.Invalid, "reconcile.day", "Hãy ghi ngày của số liệu, không sau hôm nay.").On("day")
	case d.Done < 0 || d.Whole < 0 || d.Done > 1_000_000_000 || d.Whole > 1_000_000_000:
		return fault.New(fault.Invalid, "reconcile.done", "Số tự báo không đúng.").On("done")
	case len(d.Source) > 300 || len(d.Note) > 4000:
		return fault.New(fault.Invalid, "reconcile.source", "Nguồn quá dài (tối đa 300 ký tự), hoặc tin nhắn quá dài (tối đa 4.000 ký tự).").On("source")
	}
	if d.Percent != "" {
		if v, _, ok := percent(d.Percent); !ok || v < 0 || v > 1000 {
			return fault.New(fault.Invalid, "reconcile.percent", "Tỷ lệ phải là số, ví dụ 44,7.").On("percent")
		}
	}
	return nil
}

// Declare keeps what a unit declared by itself, as it declared it, even where its arithmetic does not hold (law D2). A later
// declaration of the same unit, target and day stands beside the earlier; the later counts.
func (b *Book) Declare(ctx context.Context, who access.Viewer, d Declared) (int64, error) {
	if err := who.May("declare.write", d.Unit); err != nil {
		return 0, err
	}
	d.ID = id.New()
	act := who.Act("declare.write", d.Unit, "declared:"+id.String(d.ID), d.Target)
	return d.ID, b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		if err := d.check(b.Plan(), tx.Today()); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO declared(id, unit_id, target, day, done, whole, percent, source, note, who, who_name, at, void_why, void_by, void_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,'',0,'')`, d.ID, d.Unit, d.Target, string(d.Day), d.Done, d.Whole, d.Percent, d.Source, d.Note, who.Account, who.Name, tx.Now())
		return err
	})
}

// Undeclare takes a declaration back and says why.
func (b *Book) Undeclare(ctx context.Context, who access.Viewer, declared int64, why string) error {
	if why == "" || len(why) > 1000 {
		return fault.New(fault.Invalid, "reconcile.why", "Hãy ghi lý do bỏ số tự báo (tối đa 1.000 ký tự).").On("why")
	}
	act := who.Act("declare.write", 0, "declared:"+id.String(declared), "bỏ")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		var unit int64
		gone := ""
		if err := tx.Each("SELECT unit_id, void_at FROM declared WHERE id=$1", []any{declared}, func(scan func(...any) error) error { return scan(&unit, &gone) }); err != nil {
			return err
		}
		if unit == 0 {
			return fault.New(fault.Missing, "reconcile.declared_unknown", "Không tìm thấy số tự báo này.")
		}
		if err := who.May("declare.write", unit); err != nil {
			return err
		}
		if gone != "" {
			return fault.New(fault.Conflict, "reconcile.undeclared", "Số tự báo này đã được bỏ.")
		}
		act.Unit = unit
		_, err := tx.Exec("UPDATE declared SET void_why=$1, void_by=$2, void_at=$3 WHERE id=$4", why, who.Account, tx.Now(), declared)
		return err
	})
}

// Declarations lists what a unit and those below it declared and did not take back: the newest of each unit and target up to and on
// a day ("" for today), beside the ledger's figures of the day each was said for (laws C3, C5, D2).
func (b *Book) Declarations(ctx context.Context, who access.Viewer, unit int64, day clock.Day) ([]Declared, error) {
	if err := who.May("reconcile.see", unit); err != nil {
		return nil, err
	}
	var out []Declared
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		if day == "" {
			day = tx.Today()
		}
		type key struct {
			unit   int64
			target string
		}
		seen := map[key]bool{}
		if err := tx.EachIn(`SELECT id, unit_id, target, day, done, whole, percent, source, note, who_name, at FROM declared
			WHERE void_at='' AND day <= $1 AND unit_id IN (%s) ORDER BY day DESC, at DESC, id DESC`, []any{string(day)}, who.Tree().Descendants(unit), func(scan func(...any) error) error {
			var d Declared
			var on string
			if err := scan(&d.ID, &d.Unit, &d.Target, &on, &d.Done, &d.Whole, &d.Percent, &d.Source, &d.Note, &d.WhoName, &d.At); err != nil {
				return err
			}
			d.Day = clock.Day(on)
			if k := (key{d.Unit, d.Target}); !seen[k] {
				seen[k] = true
				out = append(out, d)
			}
			return nil
		}); err != nil {
			return err
		}
		return b.beside(tx, who.Tree(), out)
	})
	order := map[int64]int{}
	for i, u := range who.Tree().All() {
		order[u.ID] = i
	}
	slices.SortFunc(out, func(a, c Declared) int {
		return cmp.Or(cmp.Compare(order[a.Unit], order[c.Unit]), cmp.Compare(a.Target, c.Target))
	})
	return out, err
}

// beside fills in the ledger's figures, a reading for each day that was declared.
func (b *Book) beside(tx *db.Tx, tree *territory.Tree, list []Declared) error {
	days := map[clock.Day][]int64{}
	for i := range list {
		days[list[i].Day] = append(days[list[i].Day], list[i].Unit)
	}
	for day, units := range days {
		slices.Sort(units)
		told, err := b.Figures.StandingsIn(tx, tree, slices.Compact(units), day)
		if err != nil {
			return err
		}
		for i := range list {
			if d := &list[i]; d.Day == day {
				s := told[d.Unit][d.Target]
				d.Ledger, d.Beside, d.Goal = s.Confirmed, s.Claimed, s.Goal
			}
		}
	}
	return nil
}
