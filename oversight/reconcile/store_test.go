package reconcile_test

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
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/ops/allotment"
	"bonphu/oversight/reconcile"
	"bonphu/oversight/tally"
)

// town is a district of two communes, one hamlet each, with its register, ledger, tally and reconciliation.
type town struct {
	t       testing.TB
	db      *db.DB
	plan    *plan.Plan
	book    *tally.Book
	rec     *reconcile.Book
	ledger  coverage.Ledger
	lists   coverage.Lists
	units   map[string]int64
	persons []int64
	batches int64
	tree    *territory.Tree
	root    access.Viewer
}

var ctx = context.Background()

func newTown(t testing.TB) *town {
	t.Helper()
	d := dbtest.Open(t)
	p := plantest.HonQuan(t)
	current := func() *plan.Plan { return p }
	w := &town{t: t, db: d, plan: p, book: tally.Open(d, current), ledger: coverage.Ledger{DB: d, Plan: current},
		lists: coverage.Lists{Plan: current}, units: map[string]int64{}}
	w.rec = &reconcile.Book{DB: d, Plan: current, Figures: tally.Desk{Book: w.book, Allot: &allotment.Book{DB: d, Plan: current}}}
	w.book.Also = []tally.Follower{w.rec}
	err := d.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) (err error) {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25354", "xã", "Thanh Bình", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25354.01", "ấp", "1", "25354", 3}} {
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
	return access.NewViewer(account, role, "Người "+role, "test", []access.Grant{{Role: role, Unit: w.units[unit]}}, w.tree)
}

// at sets the clock to noon of a day.
func (w *town) at(day clock.Day) { w.db.Clock = clock.Fixed(day.Time().Add(12 * time.Hour)) }

func (w *town) bring(kind string, asOf clock.Day, unit string, rows ...*intake.Row) int64 {
	w.t.Helper()
	w.batches++
	b := &intake.Batch{ID: w.batches, Kind: kind, AsOf: asOf, UnitID: w.units[unit], Who: 1, Viewer: w.root}
	act := w.root.Act("intake.apply", 0, "batch", "")
	if err := w.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		run, err := w.lists.Start(tx, b)
		if err != nil {
			return err
		}
		out, err := run.Apply(rows, false)
		for _, o := range out {
			if o.Verdict == intake.New {
				w.persons = append(w.persons, o.Person)
			}
		}
		if err != nil {
			return err
		}
		return run.Finish()
	}); err != nil {
		w.t.Fatal(err)
	}
	return w.batches
}

func (w *town) withdraw(batch int64, kind string) {
	w.t.Helper()
	act := w.root.Act("intake.withdraw", 0, "batch", "")
	if err := w.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		_, err := w.lists.Withdraw(tx, &intake.Batch{ID: batch, Kind: kind, Who: 1})
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
}

func row(n int, status ...string) *intake.Row {
	r := &intake.Row{Kind: intake.KindRegister, Line: n + 10, Name: fmt.Sprintf("Điểu Thử %c%c", 'A'+n%26, 'A'+n/26%26), Number: fmt.Sprintf("0700%02d%06d", 60+n%35, n),
		Birth: vn.Birth{Y: 1960 + n%35, M: 1 + n%12, D: 1 + n%28}, Gender: []string{"male", "female"}[n%2], HamletText: "Ấp 1"}
	copy(r.Status[:], status)
	return r
}

// claim has a team claim a card for the n-th person.
func (w *town) claim(n int, day clock.Day, team int64) int64 {
	w.t.Helper()
	e, err := w.ledger.Record(ctx, w.root, coverage.Claim{Person: w.persons[n], Coverage: "cccd", State: "issued", AsOf: string(day) + "T03:00:00.000Z", Team: team})
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

func (w *town) classes(unit string, f reconcile.Filter) reconcile.Classes {
	w.t.Helper()
	out, _, err := w.rec.Summary(ctx, w.root, []int64{w.units[unit]}, f)
	if err != nil {
		w.t.Fatal(err)
	}
	return out[w.units[unit]]
}

// want compares claimed, confirmed, denied, found and pending.
func (w *town) want(unit string, f reconcile.Filter, claimed, confirmed, denied, found, pending int64) {
	w.t.Helper()
	c := w.classes(unit, f)
	if got, want := [5]int64{c.Claimed, c.Confirmed, c.Denied, c.Found, c.Pending}, [5]int64{claimed, confirmed, denied, found, pending}; got != want {
		w.t.Errorf("%s %+v: claimed, confirmed, denied, found, pending %v, want %v", unit, f, got, want)
	}
}

func (w *town) sound() {
	w.t.Helper()
	findings, err := w.rec.Check(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(findings) > 0 {
		w.t.Fatalf("%d differences, the first: %+v", len(findings), findings[0])
	}
}

func TestClause_IV_2_a_ClassesByUnitTeamAndDay(t *testing.T) {
	w := newTown(t)
	w.bring("register", "2024-04-10", "25330", row(0, "none"), row(1, "none"), row(2, "none"), row(3, "none"), row(4, "none"))
	w.claim(0, "2024-04-20", 7)
	w.claim(1, "2024-04-21", 7)
	w.claim(1, "2024-04-22", 8) // again: counted once
	w.claim(2, "2024-05-10", 8)
	w.bring("register", "2024-05-01", "25330", row(0, "issued"), row(1, "none"), row(3, "issued"))
	for _, unit := range []string{"25330.01", "25330", "694"} {
		w.want(unit, reconcile.Filter{}, 3, 1, 1, 1, 1)
		w.want(unit, reconcile.Filter{Day: "2024-04-30"}, 2, 0, 0, 0, 2) // law C5
		w.want(unit, reconcile.Filter{Day: "2024-04-19"}, 0, 0, 0, 0, 0)
		w.want(unit, reconcile.Filter{Team: 7}, 2, 1, 1, 0, 0)
		w.want(unit, reconcile.Filter{Coverage: "sim"}, 0, 0, 0, 0, 0)
		w.want(unit, reconcile.Filter{From: "2024-04-21", Until: "2024-04-30"}, 1, 0, 1, 0, 0)
	}
	w.want("25354", reconcile.Filter{}, 0, 0, 0, 0, 0)
	c := w.classes("694", reconcile.Filter{})
	if c.Repeat != 1 || c.Age != [3]int64{0, 1, 0} || c.PendingDays("2024-05-20") != 10 || c.Open != 1 {
		t.Errorf("%+v", c)
	}
	if c.Over.Denied != 1 || c.Over.Confirmed != 1 || c.Over.Rate != 0.5 || c.Over.Low <= 0.05 || c.Over.High >= 0.95 {
		t.Errorf("over-claim %+v", c.Over)
	}
	w.sound()
}

func TestLaw_C5_N2_EveryNumberOpensIntoItsClaims(t *testing.T) {
	w := newTown(t)
	var rows, later []*intake.Row
	for n := range 40 {
		rows = append(rows, row(n, "none"))
		if n%4 != 3 {
			later = append(later, row(n, []string{"none", "issued"}[n%2]))
		}
	}
	w.bring("register", "2024-04-10", "25330", rows...)
	for n := range 30 {
		w.claim(n, clock.Day(fmt.Sprintf("2024-04-%02d", 12+n%15)), int64(n%3))
	}
	batch := w.bring("register", "2024-05-05", "25330", later...)
	for _, day := range []clock.Day{"", "2024-05-04", "2024-04-20"} {
		for _, team := range []int64{0, 1, 2} {
			f := reconcile.Filter{Day: day, Team: team}
			c := w.classes("694", f)
			for fate, n := range map[reconcile.Fate]int64{reconcile.Pending: c.Pending, reconcile.Confirmed: c.Confirmed, reconcile.Denied: c.Denied, reconcile.Found: c.Found} {
				seen, after := map[int64]bool{}, ""
				for {
					list, next, err := w.rec.Items(ctx, w.root, reconcile.Ask{Filter: f, Unit: w.units["694"], Fate: fate, N: 4, After: after})
					if err != nil {
						t.Fatal(err)
					}
					for _, i := range list {
						if seen[i.Claim] || i.Fate != fate || i.Person.Name == "" {
							t.Errorf("%+v", i)
						}
						seen[i.Claim] = true
						if fate == reconcile.Denied && (i.Batch != batch || i.BatchRow == 0 || i.Says != "none" || i.State != reconcile.Open) {
							t.Errorf("behind the denial: %+v", i)
						}
					}
					if after = next; next == "" {
						break
					}
				}
				if int64(len(seen)) != n {
					t.Errorf("%q team %d %s: the number says %d, %d claims behind it", day, team, fate, n, len(seen))
				}
			}
		}
	}
	for age := 1; age <= 3; age++ {
		list, _, err := w.rec.Items(ctx, w.root, reconcile.Ask{Unit: w.units["694"], Fate: reconcile.Pending, Age: age, N: 100})
		if c := w.classes("694", reconcile.Filter{}); err != nil || int64(len(list)) != c.Age[age-1] {
			t.Errorf("age %d: %d items (%v), want %d", age, len(list), err, c.Age[age-1])
		}
	}
	w.sound()
}

func TestLaw_C6_F3_LaterExtractsAndWithdrawalsCloseAndReopenByThemselves(t *testing.T) {
	w := newTown(t)
	w.bring("register", "2024-04-10", "25330", row(0, "none"))
	c := w.claim(0, "2024-04-20", 7)
	w.bring("register", "2024-05-01", "25330", row(0, "none"))
	state := func(want reconcile.State) {
		t.Helper()
		k, err := w.rec.Case(ctx, w.root, c)
		if err != nil || k.State != want {
			t.Fatalf("%v %v, want %s", k.State, err, want)
		}
	}
	state(reconcile.Open)
	yes := w.bring("register", "2024-05-10", "25330", row(0, "issued"))
	state(reconcile.Closed)
	w.want("694", reconcile.Filter{}, 1, 1, 0, 0, 0)
	w.want("694", reconcile.Filter{Day: "2024-05-05"}, 1, 0, 1, 0, 0)
	w.withdraw(yes, "register")
	state(reconcile.Open)
	w.want("694", reconcile.Filter{}, 1, 0, 1, 0, 0)
	w.sound()
	if err := w.book.Rebuild(ctx, w.root, nil); err != nil {
		t.Fatal(err)
	}
	state(reconcile.Open)
	w.want("694", reconcile.Filter{}, 1, 0, 1, 0, 0)
	w.sound()
}

func TestLaw_R1_J2_TheTeamAnswersAndSomebodyElseDecides(t *testing.T) {
	w := newTown(t)
	w.bring("register", "2024-04-10", "25330", row(0, "none"), row(1, "none"), row(2, "none"), row(3, "none"))
	var claims []int64
	for n := range 4 {
		claims = append(claims, w.claim(n, "2024-04-20", 7))
	}
	w.at("2024-05-02")
	w.bring("register", "2024-05-01", "25330", row(0, "none"), row(1, "none"), row(2, "none"), row(3, "none"))
	leader, stranger, police := w.viewer(11, "team_leader", "25330.01"), w.viewer(12, "team_leader", "25354.01"), w.viewer(13, "district_police", "694")
	answer := func(n int, code reconcile.Code) {
		t.Helper()
		if err := w.rec.Answer(ctx, leader, reconcile.Answer{Claim: claims[n], Code: code, Text: "Đã kiểm tra tại nhà."}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.rec.Answer(ctx, stranger, reconcile.Answer{Claim: claims[0], Code: reconcile.Twin, Text: "x"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a stranger answered: %v", err)
	}
	decide := func(who access.Viewer, n int, code reconcile.Code, wait clock.Day) error {
		return w.rec.Decide(ctx, who, reconcile.Verdict{Claim: claims[n], Code: code, Text: "Đối chiếu hồ sơ.", WaitUntil: wait})
	}
	if err := decide(police, 0, reconcile.NotDone, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("decided before the answer was due: %v", err)
	}
	both := access.NewViewer(11, "hai", "Hai vai", "test", []access.Grant{{Role: "team_leader", Unit: w.units["25330.01"]}, {Role: "district_police", Unit: w.units["694"]}}, w.tree)
	answer(0, reconcile.NotDone)
	answer(1, reconcile.WrongNumber)
	answer(2, reconcile.ExtractLate)
	if err := decide(leader, 0, reconcile.Twin, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the team decided: %v", err)
	}
	if err := decide(both, 0, reconcile.Twin, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("who answered decided: %v", err)
	}
	if err := decide(police, 0, reconcile.NotDone, ""); err != nil {
		t.Fatal(err)
	}
	if err := decide(police, 1, reconcile.WrongNumber, ""); err != nil {
		t.Fatal(err)
	}
	if err := decide(police, 2, reconcile.ExtractLate, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("waiting without end: %v", err)
	}
	if err := decide(police, 2, reconcile.ExtractLate, "2024-05-10"); err != nil {
		t.Fatal(err)
	}
	rate := func(denied, excused int64) {
		t.Helper()
		m, err := w.rec.OverClaims(ctx, police, []int64{w.units["694"]}, "")
		if r := m[w.units["694"]]; err != nil || r.Denied != denied || r.Excused != excused {
			t.Errorf("%+v %v, want %d denied, %d excused", r, err, denied, excused)
		}
	}
	rate(2, 2)
	w.at("2024-05-11") // the late extract never came
	rate(3, 1)
	if err := decide(police, 3, reconcile.NotDone, ""); err != nil { // never answered, past its due day
		t.Fatal(err)
	}
	events, err := w.ledger.History(ctx, w.root, w.persons[0])
	if err != nil || !events[1].Void() || events[1].VoidWhy == "" {
		t.Errorf("not done did not take the claim back: %+v %v", events, err)
	}
	rate(3, 1) // taking the claim back does not take the false report back
	if err := w.rec.Reopen(ctx, police, claims[1], "Số điện thoại đúng."); err != nil {
		t.Fatal(err)
	}
	rate(4, 0)
	k, err := w.rec.Case(ctx, leader, claims[1])
	if err != nil || len(k.Steps) != 3 || !k.MayAnswer || k.MayDecide {
		t.Errorf("%+v %v", k, err)
	}
	w.sound()
}
