package lead_test

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
	"bonphu/oversight/lead"
	"bonphu/oversight/tally"
)

var ctx = context.Background()

// town is a district of two communes, whose registers come every week.
type town struct {
	t       testing.TB
	db      *db.DB
	plan    *plan.Plan
	book    *lead.Book
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
	w := &town{t: t, db: d, plan: p, lists: coverage.Lists{Plan: current}, units: map[string]int64{}}
	allot := &allotment.Book{DB: d, Plan: current, Teams: func(*db.Tx) ([]allotment.Team, error) {
		return []allotment.Team{{ID: 1, Unit: w.units["25330.01"], Code: "1", Name: "Tổ ấp 1", Capacity: 1}}, nil
	}}
	w.book = &lead.Book{DB: d, Plan: current, Figures: tally.Desk{Book: tally.Open(d, current), Allot: allot}}
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

func (w *town) viewer(role, unit string) access.Viewer {
	return access.NewViewer(7, role, role, "test", []access.Grant{{Role: role, Unit: w.units[unit]}}, w.tree)
}

func (w *town) on(day clock.Day) { w.db.Clock = clock.Fixed(day.Time().Add(10 * time.Hour)) }

// week brings both communes' registers as of a day: of 40 people each, the first have a card.
func (w *town) week(asOf clock.Day, first, second int) {
	w.t.Helper()
	w.on(asOf)
	var rows []*intake.Row
	for i := range 80 {
		commune, hamlet, have := "An Khương", "Ấp 1", first
		if i >= 40 {
			commune, hamlet, have = "Thanh Bình", "Sóc Xoài", second
		}
		r := &intake.Row{Kind: intake.KindRegister, Line: i + 10, Name: fmt.Sprintf("Điểu Thử %c%c", 'A'+i%26, 'A'+i/26%26), Number: fmt.Sprintf("0700%02d%06d", 60+i%35, i),
			Birth: vn.Birth{Y: 1960 + i%35, M: 1 + i%12, D: 1 + i%28}, Gender: []string{"male", "female"}[i%2], CommuneText: commune, HamletText: hamlet}
		r.Status[intake.StatusCCCD] = "none"
		if i%40 < have {
			r.Status[intake.StatusCCCD] = "issued"
		}
		rows = append(rows, r)
	}
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

// weeks plays six weeks: An Khương brings a card a week, Thanh Bình four.
func (w *town) weeks() clock.Day {
	day := w.plan.Start()
	for i := range 6 {
		w.week(day.Add(7*i), 10+i, 10+4*i)
	}
	w.on(day.Add(37))
	return day.Add(37)
}

func TestClause_IV_2_c_OutlookTellsWhereEachCommuneEnds(t *testing.T) {
	w := newTown(t)
	day := w.weeks()
	target := w.plan.MainTarget("cccd").ID
	o, err := w.book.Outlook(ctx, w.root, w.units["694"], "")
	if err != nil {
		t.Fatal(err)
	}
	slow, fast := o.Of(w.units["25330"], target), o.Of(w.units["25354"], target)
	if o.Day != day || len(o.Parts) != 2 || !slow.Forecast.Known || !fast.Forecast.Known {
		t.Fatalf("%+v", o)
	}
	if o.Seen[target] != w.plan.Start().Add(35) {
		t.Errorf("last extract seen on %s", o.Seen[target])
	}
	if slow.Confirmed != 15 || slow.Forecast.Mid < 20 || slow.Forecast.Mid > 27 || slow.Chance() != lead.Beyond {
		t.Errorf("slow: %+v", slow)
	}
	if fast.Confirmed != 30 || fast.Forecast.Mid != 40 || fast.Chance() == lead.Beyond {
		t.Errorf("fast: %+v", fast)
	}
	if slow.Quota.Left != 25 || slow.Quota.PerDay != 1 || slow.Quota.State != lead.Possible {
		t.Errorf("quota of a commune with a team of one citizen a day: %+v", slow.Quota)
	}
	if fast.Quota.State != lead.Beyond {
		t.Errorf("quota of a commune without a team: %+v", fast.Quota)
	}
	again, err := w.book.Outlook(ctx, w.root, w.units["694"], day)
	if err != nil || again != o {
		t.Errorf("nothing was written, and it was read anew: %v", err)
	}
}

// TestLaw_C5_OutlookAsOfAPastDay: what was foreseen three weeks ago is what three weeks of figures tell.
func TestLaw_C5_OutlookAsOfAPastDay(t *testing.T) {
	w := newTown(t)
	w.weeks()
	target := w.plan.MainTarget("cccd").ID
	past := w.plan.Start().Add(22)
	o, err := w.book.Outlook(ctx, w.root, w.units["694"], past)
	if err != nil {
		t.Fatal(err)
	}
	l := o.Of(w.units["25354"], target)
	if o.Day != past || l.Confirmed != 22 || l.Forecast.Seen != w.plan.Start().Add(21) {
		t.Errorf("as of %s: %+v", past, l)
	}
}

// TestLaw_C5_LateListChangesTheOutlook: what is written is seen at once, though outlooks are kept in memory.
func TestLaw_C5_LateListChangesTheOutlook(t *testing.T) {
	w := newTown(t)
	day := w.weeks()
	target := w.plan.MainTarget("cccd").ID
	before, err := w.book.Outlook(ctx, w.root, w.units["25330"], "")
	if err != nil {
		t.Fatal(err)
	}
	w.week(day, 25, 31)
	after, err := w.book.Outlook(ctx, w.root, w.units["25330"], "")
	if err != nil {
		t.Fatal(err)
	}
	if b, a := before.Of(w.units["25330"], target), after.Of(w.units["25330"], target); a.Confirmed != 25 || a.Forecast.Mid <= b.Forecast.Mid {
		t.Errorf("before %+v, after %+v", b, a)
	}
}

func TestLaw_R1_OutlookOfOnesOwnUnitOnly(t *testing.T) {
	w := newTown(t)
	w.on(w.plan.Start().Add(3))
	for _, c := range []struct {
		role, of, asked string
		may             bool
	}{{"district_leader", "694", "694", true}, {"commune_chair", "25330", "25330", true}, {"commune_chair", "25330", "25330.01", true},
		{"commune_chair", "25330", "25354", false}, {"commune_chair", "25330", "694", false}, {"team_leader", "25330.01", "25330.01", false}} {
		_, err := w.book.Outlook(ctx, w.viewer(c.role, c.of), w.units[c.asked], "")
		if (err == nil) != c.may {
			t.Errorf("%s of %s asks for %s: %v", c.role, c.of, c.asked, err)
		}
	}
}
