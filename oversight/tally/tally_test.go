package tally_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/vn"
	"bonphu/oversight/tally"
)

// place is a district of two communes with two hamlets each, and the doors to its register, ledger and tally.
type place struct {
	t       *testing.T
	db      *db.DB
	plan    *plan.Plan
	book    *tally.Book
	ledger  coverage.Ledger
	lists   coverage.Lists
	people  people.Register
	units   map[string]int64
	persons []int64
	batches int64
	as      access.Viewer // who brings lists
}

var (
	ctx  = context.Background()
	root = access.System("kiểm thử")
)

func newPlace(t *testing.T) *place {
	t.Helper()
	d := dbtest.Open(t)
	p := plantest.HonQuan(t)
	current := func() *plan.Plan { return p }
	pl := &place{t: t, as: root, db: d, plan: p, book: tally.Open(d, current), ledger: coverage.Ledger{DB: d, Plan: current},
		lists: coverage.Lists{Plan: current}, people: people.Register{DB: d}, units: map[string]int64{}}
	err := d.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25354", "xã", "Thanh Bình", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25330.02", "ấp", "2", "25330", 3}, {"25354.01", "ấp", "1", "25354", 3}, {"25354.02", "sóc", "Xoài", "25354", 3}} {
			unit := territory.Unit{Code: u.code, Kind: u.kind, Name: u.name, Parent: pl.units[u.parent], Tier: u.tier}
			if err := territory.Insert(tx, &unit); err != nil {
				return err
			}
			pl.units[u.code] = unit.ID
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pl
}

// bring applies a list of one kind, as the flow of intake does.
func (p *place) bring(kind string, asOf clock.Day, unit string, rows ...*intake.Row) (int64, []intake.Outcome) {
	p.t.Helper()
	p.batches++
	b := &intake.Batch{ID: p.batches, Kind: kind, AsOf: asOf, UnitID: p.units[unit], Who: 1, Viewer: p.as}
	var out []intake.Outcome
	act := root.Act("intake.apply", 0, "batch", "")
	err := p.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		run, err := p.lists.Start(tx, b)
		if err != nil {
			return err
		}
		if out, err = run.Apply(rows, false); err != nil {
			return err
		}
		return run.Finish()
	})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, o := range out {
		if o.Verdict == intake.New {
			p.persons = append(p.persons, o.Person)
		}
	}
	return b.ID, out
}

func (p *place) withdraw(batch int64, kind string) {
	p.t.Helper()
	act := root.Act("intake.withdraw", 0, "batch", "")
	if err := p.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		_, err := p.lists.Withdraw(tx, &intake.Batch{ID: batch, Kind: kind, Who: 1})
		return err
	}); err != nil {
		p.t.Fatal(err)
	}
}

func row(n int, hamlet string, status ...string) *intake.Row {
	r := &intake.Row{Kind: intake.KindRegister, Line: n + 10, Name: fmt.Sprintf("Điểu Thử %c%c", 'A'+n%26, 'A'+n/26%26), Number: fmt.Sprintf("0700%02d%06d", 60+n%35, n),
		Birth: vn.Birth{Y: 1960 + n%35, M: 1 + n%12, D: 1 + n%28}, Gender: []string{"male", "female"}[n%2], HamletText: hamlet}
	copy(r.Status[:], status)
	return r
}

func (p *place) get(unit, series string, day clock.Day) int64 {
	p.t.Helper()
	var n int64
	if err := p.db.Read(ctx, func(tx *db.Tx) error {
		f, err := p.book.On(tx, []int64{p.units[unit]}, day, "")
		if err == nil {
			n = f.Get(p.units[unit], series)
		}
		return err
	}); err != nil {
		p.t.Fatal(err)
	}
	return n
}

// sound proves that what is kept is what the ledger tells.
func (p *place) sound() {
	p.t.Helper()
	_, findings, err := p.book.Check(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	if len(findings) > 0 {
		p.t.Fatalf("%d differences, the first: %+v", len(findings), findings[0])
	}
}

func (p *place) want(unit, series string, day clock.Day, n int64) {
	p.t.Helper()
	if got := p.get(unit, series, day); got != n {
		p.t.Errorf("%s %s %s: %d, want %d", unit, series, day, got, n)
	}
}

func TestLaw_C1_C3_N1_OneListOneClaimOneExtract(t *testing.T) {
	p := newPlace(t)
	_, out := p.bring("extract.cccd-missing", "2024-04-10", "25330", row(1, "Ấp 1"), row(2, "Ấp 1"), row(3, "ấp 02"))
	for _, o := range out {
		if o.Verdict != intake.New {
			t.Fatalf("%+v", o)
		}
	}
	for _, unit := range []string{"25330", "694"} {
		p.want(unit, "p:all", "", 3)
		p.want(unit, "t:cccd:in", "", 3)
		p.want(unit, "c:cccd:confirmed:none", "", 3)
		p.want(unit, "s:no_card", "", 3)
	}
	p.want("25330.01", "p:all", "", 2)
	if _, err := p.ledger.Record(ctx, root, coverage.Claim{Person: p.persons[0], Coverage: "cccd", State: "issued", AsOf: "2024-04-20T03:00:00.000Z"}); err != nil {
		t.Fatal(err)
	}
	p.want("694", "t:cccd:claimed", "", 1)
	p.want("694", "t:cccd:confirmed", "", 0)
	p.want("694", "t:cccd:claimed", "2024-04-19", 0) // law C5
	p.want("694", "t:cccd:claimed", "2024-04-20", 1)
	p.bring("register", "2024-05-02", "25330", row(1, "Ấp 1", "issued"), row(2, "Ấp 1", "none"))
	p.want("694", "t:cccd:confirmed", "", 1)
	p.want("694", "t:cccd:claimed", "", 0)
	p.want("694", "t:cccd:claimed", "2024-05-01", 1)
	p.want("694", "s:no_card", "", 2)
	p.sound()
}

func TestLaw_C6_ADeniedClaimIsCountedApart(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25330", row(1, "Ấp 1", "none"))
	if _, err := p.ledger.Record(ctx, root, coverage.Claim{Person: p.persons[0], Coverage: "cccd", State: "issued", AsOf: "2024-04-20T03:00:00.000Z", Team: 77}); err != nil {
		t.Fatal(err)
	}
	denial, _ := p.bring("extract.cccd-missing", "2024-05-01", "25330", row(1, "Ấp 1"))
	p.want("694", "t:cccd:denied", "", 1)
	p.want("694", "t:cccd:claimed", "", 0)
	p.want("694", "t:cccd:claimed", "2024-04-25", 1)
	p.bring("register", "2024-05-10", "25330", row(1, "Ấp 1", "issued"))
	p.want("694", "t:cccd:confirmed", "", 1)
	p.want("694", "t:cccd:denied", "", 0)
	p.withdraw(denial, "extract.cccd-missing")
	p.sound()
}

func TestLaw_C4_F3_AnyOrderAnyWithdrawalTheSameFigures(t *testing.T) {
	type step struct {
		kind string
		day  clock.Day
		rows []int
		say  string
	}
	r := rand.New(rand.NewPCG(7, 8))
	for round := range 6 {
		var steps []step
		for range 6 {
			s := step{kind: "register", day: clock.Day(fmt.Sprintf("2024-%02d-%02d", 4+r.IntN(2), 8+r.IntN(12))), say: []string{"none", "issued", "collected"}[r.IntN(3)]}
			for n := range 12 {
				if r.IntN(3) > 0 {
					s.rows = append(s.rows, n)
				}
			}
			steps = append(steps, s)
		}
		var figures []string
		for range 2 {
			p := newPlace(t)
			r.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
			var extra int64
			for i, s := range steps {
				var rows []*intake.Row
				for _, n := range s.rows {
					rows = append(rows, row(n, "Ấp 1", s.say))
				}
				p.bring(s.kind, s.day, "25330", rows...)
				if i == 2 { // a list that is withdrawn leaves nothing
					extra, _ = p.bring("extract.cccd-missing", "2024-05-19", "25354", row(1, "Ấp 1"), row(30, "Ấp 1"), row(31, "Sóc Xoài"))
				}
			}
			p.withdraw(extra, "extract.cccd-missing")
			p.sound()
			text := ""
			for _, day := range []clock.Day{"2024-04-07", "2024-04-15", "2024-05-01", "2024-05-15", ""} {
				for _, s := range p.book.SeriesNow().IDs() {
					if s[:2] == "t:" || s[:2] == "c:" || s == "p:all" {
						text += fmt.Sprint(day, s, p.get("694", s, day), p.get("25330.01", s, day), ";")
					}
				}
			}
			figures = append(figures, text)
			if err := p.db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if figures[0] != figures[1] {
			t.Fatalf("round %d: the order of arrival changed a figure", round)
		}
	}
}

func TestLaw_W1_W2_P3_ExclusionNeedsSomebodyElse(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25330", row(1, "Ấp 1", "none"), row(2, "Ấp 1", "none"))
	commune := p.units["25330"]
	var tree *territory.Tree
	if err := p.db.Read(ctx, func(tx *db.Tx) (err error) { tree, err = territory.Load(tx); return err }); err != nil {
		t.Fatal(err)
	}
	police := access.NewViewer(11, "cax", "Công an xã", "test", []access.Grant{{Role: "commune_police", Unit: commune}}, tree)
	chair := access.NewViewer(12, "ct", "Chủ tịch", "test", []access.Grant{{Role: "commune_chair", Unit: commune}}, tree)
	stranger := access.NewViewer(13, "ct2", "Chủ tịch xã khác", "test", []access.Grant{{Role: "commune_chair", Unit: p.units["25354"]}}, tree)
	fact, err := p.people.AskFact(ctx, police, people.Fact{Person: p.persons[0], Kind: "abroad", From: "2024-05-01", Evidence: "Xác nhận của gia đình"}, true)
	if err != nil {
		t.Fatal(err)
	}
	p.want("694", "t:cccd:in", "", 2)
	if err := p.people.DecideFact(ctx, police, fact, true); err == nil {
		t.Error("the asker approved")
	}
	if err := p.people.DecideFact(ctx, stranger, fact, true); err == nil {
		t.Error("somebody of another commune approved")
	}
	if err := p.people.DecideFact(ctx, chair, fact, true); err != nil {
		t.Fatal(err)
	}
	p.want("694", "t:cccd:in", "", 1)
	p.want("694", "t:cccd:in", "2024-04-30", 2)
	p.want("694", "f:abroad", "", 1)
	if err := p.people.EndFact(ctx, police, fact, "2024-05-10", false); err != nil {
		t.Fatal(err)
	}
	p.want("694", "t:cccd:in", "", 2)
	p.want("694", "t:cccd:in", "2024-05-05", 1)
	p.sound()
}

func TestLaw_F2_P4_SameListTwiceChangesNothingAndDoubtsWait(t *testing.T) {
	p := newPlace(t)
	rows := func() []*intake.Row { return []*intake.Row{row(1, "Ấp 1", "none"), row(2, "Ấp 2", "issued")} }
	p.bring("register", "2024-04-10", "25330", rows()...)
	_, out := p.bring("register", "2024-04-10", "25330", rows()...)
	for _, o := range out {
		if o.Verdict != intake.Same {
			t.Errorf("the same list again: %+v", o)
		}
	}
	other := row(1, "Ấp 1")
	other.Name, other.Birth = "Trần Thị Khác Hẳn", vn.Birth{Y: 1999, M: 9, D: 9}
	_, out = p.bring("register", "2024-04-12", "25330", other)
	if out[0].Verdict != intake.Held || out[0].Code != "match.number_other_person" {
		t.Errorf("%+v", out[0])
	}
	nowhere := row(9, "Ấp 1")
	nowhere.CommuneText = "Xã Không Có"
	_, out = p.bring("register", "2024-04-12", "", nowhere)
	if out[0].Verdict != intake.Held || out[0].Text == "" {
		t.Errorf("%+v", out[0])
	}
	p.want("694", "p:all", "", 2)
	p.sound()
}

func TestLaw_R1_AListChangesNobodyOutsideItsBringersUnits(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25354", row(1, "Ấp 1", "none"))
	var tree *territory.Tree
	if err := p.db.Read(ctx, func(tx *db.Tx) (err error) { tree, err = territory.Load(tx); return err }); err != nil {
		t.Fatal(err)
	}
	p.as = access.NewViewer(11, "cax", "Công an xã", "test", []access.Grant{{Role: "commune_police", Unit: p.units["25330"]}}, tree)
	outside := row(3, "Ấp 1")
	outside.CommuneText = "Xã Thanh Bình"
	_, out := p.bring("register", "2024-05-01", "25330", row(1, "Ấp 1", "issued"), outside, row(2, "Ấp 1"))
	if out[0].Code != "unit.elsewhere" || out[1].Code != "unit.outside" || out[2].Verdict != intake.New {
		t.Errorf("%+v", out)
	}
	p.want("25354", "p:all", "", 1)
	p.want("25354", "t:cccd:confirmed", "", 0)
	p.sound()
}

func TestLaw_T2_C5_AMoveChangesNoPastDay(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25330", row(1, "Ấp 1", "none"), row(2, "Ấp 1", "none"))
	there := row(1, "Ấp 1", "issued")
	there.CommuneText = "Xã Thanh Bình"
	moved, _ := p.bring("register", "2024-05-02", "", there)
	p.want("25330", "p:all", "", 1)
	p.want("25354.01", "t:cccd:confirmed", "", 1)
	p.want("25330", "p:all", "2024-05-01", 2)
	p.want("25354", "p:all", "2024-05-01", 0)
	p.want("694", "p:all", "2024-05-01", 2)
	p.sound()
	p.withdraw(moved, "register")
	p.want("25330", "p:all", "", 2)
	p.want("25354", "p:all", "", 0)
	p.sound()
}

func TestLaw_P4_MergeAndPart(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25330", row(1, "Ấp 1", "none"), row(2, "Ấp 1", "issued"))
	if err := p.people.Join(ctx, root, p.persons[0], p.persons[1], "Cùng một người, hai lần khai"); err != nil {
		t.Fatal(err)
	}
	p.want("694", "p:all", "", 1)
	p.want("694", "t:cccd:confirmed", "", 1)
	p.sound()
	card, err := p.people.Get(ctx, root, p.persons[0])
	if err != nil || len(card.Merges) != 1 {
		t.Fatal(err, card)
	}
	if err := p.people.Part(ctx, root, card.Merges[0].ID); err != nil {
		t.Fatal(err)
	}
	p.want("694", "p:all", "", 2)
	p.sound()
}

func TestLaw_N2_PeopleBehindANumber(t *testing.T) {
	p := newPlace(t)
	var rows []*intake.Row
	for n := range 60 {
		rows = append(rows, row(n, []string{"Ấp 1", "Ấp 2"}[n%2], []string{"none", "issued"}[n%3%2]))
	}
	p.bring("register", "2024-04-10", "25330", rows...)
	for _, series := range []string{"p:all", "s:no_card", "t:cccd:confirmed", "p:female"} {
		var got int64
		q := tally.Query{Units: []int64{p.units["25330.01"], p.units["25330.02"]}, Series: series, N: 7}
		seen := map[int64]bool{}
		for {
			page, err := p.book.Residents(ctx, root, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range page.People {
				if seen[x.ID] {
					t.Errorf("%s: somebody twice", series)
				}
				seen[x.ID] = true
				got++
			}
			if page.Next == "" {
				if page.Total != got {
					t.Errorf("%s: total %d, pages hold %d", series, page.Total, got)
				}
				break
			}
			q.After = page.Next
		}
		p.want("25330", series, "", got)
	}
	for text, want := range map[string]int{"thu": 60, "dieu thu a": 3, "Điểu Thử BA": 1, "khongco": 0, "070061000001": 1, "dieu ca": 1} {
		page, err := p.book.Residents(ctx, root, tally.Query{Units: []int64{p.units["25330.01"], p.units["25330.02"]}, Text: text, N: 100})
		if err != nil || len(page.People) != want {
			t.Errorf("%q: %d people (%v), want %d", text, len(page.People), err, want)
		}
	}
}

func TestAdvanceTellsBirthdays(t *testing.T) {
	p := newPlace(t)
	young := row(5, "Ấp 1")
	young.Birth = vn.Birth{Y: 2010, M: 5, D: 25}
	young.Status[intake.StatusCCCD], young.Status[intake.StatusEID] = "issued", "none"
	p.bring("register", "2024-05-01", "25330", young)
	p.want("694", "s:card_no_eid", "", 0)
	p.db.Clock = clock.Fixed(dbtest.Morning.AddDate(0, 0, 10))
	if err := p.book.Advance(ctx, root); err != nil {
		t.Fatal(err)
	}
	p.want("694", "s:card_no_eid", "", 1)
	p.want("694", "s:card_no_eid", "2024-05-24", 0)
	p.sound()
	if err := p.book.Rebuild(ctx, root, nil); err != nil {
		t.Fatal(err)
	}
	p.want("694", "s:card_no_eid", "", 1)
	p.sound()
}
