package worklist_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

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
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
	"bonphu/oversight/worklist"
)

var ctx = context.Background()

// hamlets is a commune of two hamlets with its register, ledger, roll-ups and lists.
type hamlets struct {
	t       testing.TB
	db      *db.DB
	book    *worklist.Book
	visits  *canvass.Book
	units   map[string]int64
	persons []int64
	tree    *territory.Tree
	held    map[int64]bool
}

func newHamlets(t testing.TB) *hamlets {
	t.Helper()
	d := dbtest.Open(t)
	p := plantest.HonQuan(t)
	current := func() *plan.Plan { return p }
	roll := tally.Open(d, current)
	h := &hamlets{t: t, db: d, visits: &canvass.Book{DB: d, Plan: current}, units: map[string]int64{}, held: map[int64]bool{}}
	h.book = &worklist.Book{DB: d, Plan: current, Canvass: h.visits, Figures: tally.Desk{Book: roll, Allot: &allotment.Book{DB: d, Plan: current}},
		Held: func(*db.Tx) (map[int64]bool, error) { return h.held, nil }}
	roll.Also = []tally.Follower{worklist.Log{Book: h.book}}
	h.visits.Work, h.visits.Changed = h.book.Work, h.book.Changed
	h.write(func(tx *db.Tx) (err error) {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25330.01", "ấp", "1", "25330", 3}, {"25330.02", "ấp", "2", "25330", 3}} {
			unit := territory.Unit{Code: u.code, Kind: u.kind, Name: u.name, Parent: h.units[u.parent], Tier: u.tier}
			if err := territory.Insert(tx, &unit); err != nil {
				return err
			}
			h.units[u.code] = unit.ID
		}
		h.tree, err = territory.Load(tx)
		return err
	})
	d.Clock = clock.Fixed(clock.Day("2024-05-20").Time().Add(9 * time.Hour))
	return h
}

func (h *hamlets) write(fn func(*db.Tx) error) {
	h.t.Helper()
	if err := h.db.Write(ctx, db.Act{Verb: "test"}, fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hamlets) read(fn func(*db.Tx) error) {
	h.t.Helper()
	if err := h.db.Read(ctx, fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hamlets) viewer(unit string) access.Viewer {
	return access.NewViewer(7, "cax", "Công an xã", "test", []access.Grant{{Role: "commune_police", Unit: h.units[unit]}}, h.tree)
}

// settle brings n persons into a hamlet, three to a household, adults with card and nothing more.
func (h *hamlets) settle(unit string, n int) {
	h.t.Helper()
	lists := coverage.Lists{Plan: h.book.Plan}
	root := access.System("kiểm thử").On(h.tree)
	act := root.Act("intake.apply", 0, "batch", "")
	batch := &intake.Batch{ID: int64(len(h.persons) + 1), Kind: "register", AsOf: "2024-05-01", UnitID: h.units[unit[:5]], Who: 1, Viewer: root}
	if err := h.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		run, err := lists.Start(tx, batch)
		if err != nil {
			return err
		}
		var rows []*intake.Row
		for i := range n {
			k := len(h.persons) + i
			r := &intake.Row{Kind: intake.KindRegister, Line: i + 2, Name: fmt.Sprintf("Điểu Thử %c%c", 'A'+k%26, 'A'+k/26%26), Number: fmt.Sprintf("0700%02d%06d", 60+k%35, k),
				Birth: vn.Birth{Y: 1960 + k%35, M: 1 + k%12, D: 1 + k%28}, Gender: "male", HamletText: "Ấp " + unit[len(unit)-1:], Household: fmt.Sprintf("Nhà %d", k/3), Ethnic: "S'tiêng"}
			copy(r.Status[:], []string{"issued", "none"})
			rows = append(rows, r)
		}
		out, err := run.Apply(rows, false)
		for _, o := range out {
			if o.Verdict == intake.New {
				h.persons = append(h.persons, o.Person)
			}
		}
		if err != nil {
			return err
		}
		return run.Finish()
	}); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hamlets) visit(person int64, at string, v canvass.Visit) {
	h.t.Helper()
	v.Person, v.At = person, at
	if _, err := h.visits.Record(ctx, h.viewer("25330"), v); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hamlets) subjects(ids ...int64) []worklist.Subject {
	h.t.Helper()
	var out []worklist.Subject
	h.read(func(tx *db.Tx) (err error) {
		out, err = h.book.SubjectsByID(tx, ids)
		return err
	})
	return out
}

func (h *hamlets) list(q worklist.Query) *worklist.List {
	h.t.Helper()
	if q.Unit == 0 {
		q.Unit = h.units["25330"]
	}
	l, err := h.book.List(ctx, h.viewer("25330"), q)
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

func TestClause_III_2_b_WhatATeamClaimedIsNotDoneTwice(t *testing.T) {
	h := newHamlets(t)
	h.settle("25330.01", 3)
	s := h.subjects(h.persons[0])
	if len(s) != 1 || !slices.Equal(s[0].Needs, []string{"card_no_eid"}) || s[0].Lang != "stieng" || !s[0].Open {
		t.Fatalf("a card and no account: %+v", s)
	}
	h.visit(h.persons[0], "2024-05-20T01:00:00.000Z", canvass.Visit{Result: canvass.Done, Claims: []canvass.Claimed{{Coverage: "eid", State: "active"}}})
	s = h.subjects(h.persons[0])
	if len(s[0].Needs) != 0 || s[0].Ranks[1] != [2]int{1, 4} {
		t.Errorf("claimed active: needs %v, ranks %v", s[0].Needs, s[0].Ranks)
	}
	if l := h.list(worklist.Query{}); len(l.Subjects) != 2 {
		t.Errorf("%d on the list, want the other two", len(l.Subjects))
	}
	h.visit(h.persons[1], "2024-05-20T01:10:00.000Z", canvass.Visit{Result: canvass.Done, Claims: []canvass.Claimed{{Coverage: "eid", State: "level2"}}})
	if s := h.subjects(h.persons[1]); !slices.Equal(s[0].Needs, []string{"eid_level2"}) {
		t.Errorf("claimed level 2: %v", s[0].Needs)
	}
}

func TestClause_III_2_e_AHouseholdStandsWhereItsLikeliestPersonStands(t *testing.T) {
	h := newHamlets(t)
	h.settle("25330.01", 9)
	h.visit(h.persons[7], "2024-05-18T01:00:00.000Z", canvass.Visit{Result: canvass.Promised, Return: "2024-05-20", Reason: "busy"})
	h.visit(h.persons[0], "2024-05-19T01:00:00.000Z", canvass.Visit{Result: canvass.Promised, Return: "2024-05-25", Reason: "busy"})
	l := h.list(worklist.Query{})
	var got []int64
	for i := range l.Subjects {
		got = append(got, l.Subjects[i].Person.ID)
	}
	if len(got) != 8 || l.Waiting != 1 || got[0] != h.persons[7] {
		t.Fatalf("%d rows, %d waiting, first %d", len(got), l.Waiting, got[0])
	}
	if home := l.Subjects[0].Home(); l.Subjects[1].Home() != home || l.Subjects[2].Home() != home {
		t.Error("the household of the promise is torn apart")
	}
	seen, last := map[string]bool{}, ""
	for i := range l.Subjects {
		home := l.Subjects[i].Home()
		if home != last && seen[home] {
			t.Errorf("household %s stands in two places", home)
		}
		seen[home], last = true, home
	}
	if all := h.list(worklist.Query{All: true}); len(all.Subjects) != 9 {
		t.Errorf("all: %d", len(all.Subjects))
	}
	if l := h.list(worklist.Query{Segment: "no_card"}); len(l.Subjects) != 0 {
		t.Errorf("nobody lacks a card, %d listed", len(l.Subjects))
	}
	if _, err := h.book.List(ctx, access.NewViewer(9, "x", "Kế toán", "test", []access.Grant{{Role: "operator", Unit: h.units["25330"]}}, h.tree), worklist.Query{Unit: h.units["25330"]}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("without field.see: %v", err)
	}
}

func TestLaw_O2_APhoneIsToldWhatChangedAndNothingElse(t *testing.T) {
	h := newHamlets(t)
	h.settle("25330.01", 4)
	one := h.units["25330.01"]
	since := func(seq int64, limit int) (ids []int64, next int64, more, gap bool) {
		h.read(func(tx *db.Tx) (err error) {
			ids, next, more, gap, err = h.book.Since(tx, []int64{one}, seq, limit)
			return err
		})
		return
	}
	if ids, next, _, gap := since(0, 10); len(ids) != 0 || next != 0 || gap {
		t.Fatalf("no phone holds the hamlet, yet %v is logged up to %d, gap %v", ids, next, gap)
	}
	h.held[one] = true
	h.visit(h.persons[2], "2024-05-20T01:00:00.000Z", canvass.Visit{Result: canvass.Refused, Reason: "fear"})
	h.visit(h.persons[1], "2024-05-20T01:05:00.000Z", canvass.Visit{Result: canvass.Refused, Reason: "fear"})
	h.visit(h.persons[2], "2024-05-20T01:10:00.000Z", canvass.Visit{Result: canvass.Promised, Return: "2024-05-22"})
	ids, next, more, _ := since(0, 10)
	if slices.Sort(ids); len(ids) != 2 || next != 3 || more {
		t.Errorf("told %v up to %d, more %v", ids, next, more)
	}
	if ids, next, more, _ := since(0, 1); len(ids) != 1 || next != 1 || !more {
		t.Errorf("a page of one: %v up to %d, more %v", ids, next, more)
	}
	if ids, _, _, _ := since(3, 10); len(ids) != 0 {
		t.Errorf("after the head: %v", ids)
	}
	if _, _, _, gap := since(99, 10); !gap {
		t.Error("a cursor from elsewhere is no gap")
	}
	// Who moves is told in the hamlet left and in the one lived in now.
	h.held[h.units["25330.02"]] = true
	h.write(func(tx *db.Tx) error { return h.book.Changed(tx, []int64{h.persons[0]}) })
	if ids, next, _, _ := since(3, 10); !slices.Equal(ids, h.persons[:1]) || next != 4 {
		t.Errorf("a change of assignment: %v up to %d", ids, next)
	}
}

// BenchmarkSubjects reads a hamlet of a thousand for a phone's first copy, and one person for a delta.
func BenchmarkSubjects(b *testing.B) {
	h := newHamlets(b)
	h.settle("25330.01", 1000)
	b.Run("hamlet", func(b *testing.B) {
		for range b.N {
			h.read(func(tx *db.Tx) error {
				s, err := h.book.Subjects(tx, []int64{h.units["25330.01"]}, 0, 2000)
				if len(s) != 1000 {
					b.Fatalf("%d subjects", len(s))
				}
				return err
			})
		}
	})
	b.Run("one", func(b *testing.B) {
		for range b.N {
			h.subjects(h.persons[500])
		}
	})
}

func TestClause_III_2_e_APrintedListIsEnteredInOneGoAndOnce(t *testing.T) {
	h := newHamlets(t)
	h.settle("25330.01", 5)
	who := h.viewer("25330")
	s, people, err := h.book.Print(ctx, who, worklist.Query{Unit: h.units["25330.01"], Limit: 3}, "Ấp 1", "2024-05-20")
	if err != nil || len(s.Rows) != 3 || len(people) != 3 {
		t.Fatalf("%v, %d rows", err, len(s.Rows))
	}
	v := canvass.Visit{ID: s.Rows[1].Visit, Result: canvass.Refused, Reason: "fear"}
	h.visit(s.Rows[1].Person, "2024-05-20T01:00:00.000Z", v)
	h.visit(s.Rows[1].Person, "2024-05-20T01:00:00.000Z", v)
	again, rows, err := h.book.Sheet(ctx, who, " "+s.Code[:3]+"-"+s.Code[3:])
	if err != nil || again.ID != s.ID || len(rows) != 3 {
		t.Fatalf("%v, %d rows", err, len(rows))
	}
	for i, r := range rows {
		if r.Person != people[i].Person.ID || r.N != int64(i+1) || (r.Visit != nil) != (i == 1) {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	if rows[1].Subject.Contact.Tries != 1 {
		t.Errorf("entered twice: %d visits", rows[1].Subject.Contact.Tries)
	}
	list, err := h.book.Sheets(ctx, who, h.units["25330"])
	if err != nil || len(list) != 1 || list[0].People != 3 || list[0].Entered != 1 {
		t.Errorf("%v: %+v", err, list)
	}
	if _, _, err := h.book.Sheet(ctx, who, "NOSUCH"); !fault.Is(err, fault.Missing) {
		t.Errorf("an unknown code: %v", err)
	}
	if _, _, err := h.book.Print(ctx, who, worklist.Query{Unit: h.units["25330.02"]}, "Ấp 2", ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("nobody to print: %v", err)
	}
	// Who lives elsewhere now is not shown to those of the hamlet.
	if _, _, err := h.book.Sheet(ctx, access.NewViewer(9, "x", "Ấp 2", "test", []access.Grant{{Role: "member", Unit: h.units["25330.02"]}}, h.tree), s.Code); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another hamlet's sheet: %v", err)
	}
}

func TestClause_III_2_a_DoubtsBelieveTheVisitItself(t *testing.T) {
	h := newHamlets(t)
	h.settle("25330.01", 3)
	h.write(func(tx *db.Tx) error {
		return coverage.Append(tx, []coverage.Event{{Person: h.persons[0], Coverage: "sim", State: "none", Level: coverage.Confirmed, Day: "2024-05-02", AsOf: tx.Now(), Source: people.Operator, Batch: 1}})
	})
	doubts := func(claims ...canvass.Claimed) (out []string) {
		h.read(func(tx *db.Tx) (err error) {
			out, err = h.book.Doubts(tx, h.persons[0], claims)
			return err
		})
		return out
	}
	active, sim := canvass.Claimed{Coverage: "eid", State: "active"}, canvass.Claimed{Coverage: "sim", State: "owner"}
	if got := doubts(active); len(got) != 1 {
		t.Errorf("active without a SIM of one's own: %q", got)
	}
	if got := doubts(active, sim); len(got) != 0 {
		t.Errorf("the SIM came with it: %q", got)
	}
	places, err := h.book.Overview(ctx, h.viewer("25330"), h.units["25330"])
	if err != nil || len(places) != 2 || places[0].Needing+places[1].Needing != 3 || places[0].ByClass[canvass.ClassNew]+places[1].ByClass[canvass.ClassNew] != 3 {
		t.Errorf("%v: %+v", err, places)
	}
	whole, err := h.book.Standing(ctx, h.viewer("25330"), h.units["25330"])
	if err != nil || whole.Value("work_needing") != 3 || whole.Value("work_new") != 3 || whole.Value("work_waiting") != 0 {
		t.Errorf("%v: %+v", err, whole)
	}
	var listed int64
	if l := h.list(worklist.Query{All: true}); l != nil {
		listed = l.All.Needing
	}
	if listed != 3 {
		t.Errorf("the list counts %d, the overview 3", listed)
	}
}
