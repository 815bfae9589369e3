package report_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/vn"
	"bonphu/ops/allotment"
	"bonphu/oversight/emulation"
	"bonphu/oversight/inspection"
	"bonphu/oversight/reconcile"
	"bonphu/oversight/report"
	"bonphu/oversight/tally"
)

var ctx = context.Background()

// town is a district of two communes with a hamlet each, on a day that tests set.
type town struct {
	t       testing.TB
	db      *db.DB
	plan    *plan.Plan
	desk    *report.Desk
	book    *tally.Book
	lists   coverage.Lists
	units   map[string]int64
	tree    *territory.Tree
	root    access.Viewer
	batches int64
}

func newTown(t testing.TB) *town {
	t.Helper()
	d := dbtest.Open(t)
	p := plantest.HonQuan(t)
	current := func() *plan.Plan { return p }
	w := &town{t: t, db: d, plan: p, book: tally.Open(d, current), lists: coverage.Lists{Plan: current}, units: map[string]int64{}}
	allot := &allotment.Book{DB: d, Plan: current, Teams: func(*db.Tx) ([]allotment.Team, error) { return nil, nil }}
	figures := tally.Desk{Book: w.book, Allot: allot}
	rec := &reconcile.Book{DB: d, Plan: current, Figures: figures}
	w.book.Also = []tally.Follower{rec}
	w.desk = &report.Desk{DB: d, Plan: current, Figures: figures, Allot: allot, Reconcile: rec, Inspect: &inspection.Book{DB: d, Plan: current, Figures: figures},
		Emulation: &emulation.Book{DB: d, Plan: current, Figures: figures, Reconcile: rec}}
	err := d.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) (err error) {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25354", "xã", "Thanh Bình", "694", 2}, {"25330.01", "ấp", "1", "25330", 3}, {"25354.01", "sóc", "Xoài", "25354", 3}} {
			unit := territory.Unit{Code: u.code, Kind: u.kind, Name: u.name, Parent: w.units[u.parent], Tier: u.tier}
			if err := territory.Insert(tx, &unit); err != nil {
				return err
			}
			w.units[u.code] = unit.ID
		}
		w.tree, err = territory.Load(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.root = access.System("kiểm thử").On(w.tree)
	return w
}

func (w *town) viewer(account int64, role, unit string) access.Viewer {
	return access.NewViewer(account, role, role+" "+unit, "test", []access.Grant{{Role: role, Unit: w.units[unit]}}, w.tree)
}

// on sets the clock to ten in the morning of a day.
func (w *town) on(day clock.Day) { w.db.Clock = clock.Fixed(day.Time().Add(10 * time.Hour)) }

// bring applies a list of people as the register's extract of a day.
func (w *town) bring(asOf clock.Day, rows ...*intake.Row) {
	w.t.Helper()
	w.batches++
	b := &intake.Batch{ID: w.batches, Kind: "register", AsOf: asOf, UnitID: w.units["694"], Who: 1, Viewer: w.root}
	act := w.root.Act("intake.apply", 0, "batch", "")
	if err := w.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		run, err := w.lists.Start(tx, b)
		if err != nil {
			return err
		}
		if _, err := run.Apply(rows, false); err != nil {
			return err
		}
		return run.Finish()
	}); err != nil {
		w.t.Fatal(err)
	}
}

// person is a row of an extract: made up, of a hamlet of the commune that brings the list.
func person(n int, commune, hamlet, cccd string) *intake.Row {
	r := &intake.Row{Kind: intake.KindRegister, Line: n + 10, Name: fmt.Sprintf("Điểu Thử %c%c", 'A'+n%26, 'A'+n/26%26), Number: fmt.Sprintf("0700%02d%06d", 60+n%35, n),
		Birth: vn.Birth{Y: 1960 + n%35, M: 1 + n%12, D: 1 + n%28}, Gender: []string{"male", "female"}[n%2], CommuneText: commune, HamletText: hamlet}
	r.Status[intake.StatusCCCD] = cccd
	return r
}
