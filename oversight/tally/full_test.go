package tally_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// full applies a list that names everybody it is about; doubt holds rows that wait.
func (p *place) full(kind string, asOf clock.Day, unit string, how intake.Complete, doubt []*intake.Row, rows ...*intake.Row) (batch, unnamed int64, err error) {
	p.t.Helper()
	p.batches++
	b := &intake.Batch{ID: p.batches, Kind: kind, AsOf: asOf, UnitID: p.units[unit], Who: 1, Viewer: p.as, Complete: how}
	act := root.Act("intake.apply", 0, "batch", "")
	err = p.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		run, err := p.lists.Start(tx, b)
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			if _, err := run.Apply(rows, false); err != nil {
				return err
			}
		}
		whole := run.(intake.Completer)
		whole.Doubt(doubt)
		if unnamed, err = whole.Unnamed(false); err != nil {
			return err
		}
		return run.Finish()
	})
	return b.ID, unnamed, err
}

func TestClause_IV_2_d_AFullListSpeaksOfThoseItDoesNotName(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25330", row(1, "Ấp 1", "none"), row(2, "Ấp 1", "none"), row(3, "Ấp 2", "none"))
	p.bring("register", "2024-04-10", "25354", row(4, "Ấp 1", "none"))
	if _, n, err := p.full("extract.cccd-missing", "2024-05-01", "25330", intake.Partial, nil, row(1, "Ấp 1")); err != nil || n != 0 {
		t.Fatal("a partial list spoke of others:", n, err)
	}
	p.want("694", "t:cccd:confirmed", "", 0)
	waiting := row(2, "Ấp 1")
	batch, n, err := p.full("extract.cccd-missing", "2024-05-02", "25330", intake.Full, []*intake.Row{waiting}, row(1, "Ấp 1"))
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	p.want("25330", "t:cccd:confirmed", "", 1) // the third: not named, nor may a row that waits be about them
	p.want("25354", "t:cccd:confirmed", "", 0) // another commune's people are none of the list's
	p.want("694", "t:cccd:confirmed", "2024-05-01", 0)
	p.withdraw(batch, "extract.cccd-missing")
	p.want("694", "t:cccd:confirmed", "", 0)
	p.sound()
}

func TestLaw_C6_AFullListDeniesClaimsOfThoseItDoesNotName(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25330", row(1, "Ấp 1", "issued", "none"), row(2, "Ấp 1", "issued", "none"))
	for _, person := range p.persons {
		if _, err := p.ledger.Record(ctx, root, coverage.Claim{Person: person, Coverage: "eid", State: "active", AsOf: "2024-04-20T03:00:00.000Z", Team: 7}); err != nil {
			t.Fatal(err)
		}
	}
	p.want("694", "t:eid:claimed", "", 2)
	if _, _, err := p.full("extract.active", "2024-05-01", "25330", intake.Full, nil, row(1, "Ấp 1")); err != nil {
		t.Fatal(err)
	}
	p.want("694", "t:eid:confirmed", "", 1)
	p.want("694", "t:eid:denied", "", 1)
	p.want("694", "c:eid:confirmed:none", "", 1) // what was confirmed lower stays
	p.sound()
}

func TestAFullListThatTakesTooMuchAwayIsHeld(t *testing.T) {
	p := newPlace(t)
	var rows []*intake.Row
	for i := range 60 {
		rows = append(rows, row(i+1, "Ấp 1", "issued", "active"))
	}
	p.bring("register", "2024-04-10", "25330", rows...)
	p.want("694", "t:eid:confirmed", "", 60)
	if _, _, err := p.full("extract.active", "2024-05-01", "25330", intake.Full, nil, rows[:10]...); !fault.Is(err, fault.Refused) {
		t.Fatal("a list that was cut off was taken:", err)
	}
	p.want("694", "t:eid:confirmed", "", 60)
	if _, n, err := p.full("extract.active", "2024-05-01", "25330", intake.Sure, nil, rows[:10]...); err != nil || n != 50 {
		t.Fatal(n, err)
	}
	p.want("694", "t:eid:confirmed", "", 10)
	p.want("694", "t:eid:confirmed", "2024-04-30", 60)
	if _, _, err := p.full("extract.active", "2024-05-02", "", intake.Full, nil, rows[:10]...); !fault.Is(err, fault.Refused) {
		t.Error("a full list of no place was taken:", err)
	}
	p.sound()
}

func TestLaw_C4_P2_FullAndPartialListsInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	type list struct {
		day   clock.Day
		how   intake.Complete
		kind  string
		names []int
	}
	for range 4 {
		var lists []list
		for i := range 4 {
			x := list{day: clock.Day(fmt.Sprintf("2024-05-%02d", 2+i*3)), how: intake.Partial, kind: "register"}
			if i%2 == 1 {
				x.how, x.kind = intake.Sure, "extract.active"
			}
			for n := range 6 {
				if r.IntN(2) == 0 {
					x.names = append(x.names, n+1)
				}
			}
			lists = append(lists, x)
		}
		var want [4]int64
		for try := range 3 {
			p := newPlace(t)
			var base []*intake.Row
			for n := range 6 {
				base = append(base, row(n+1, "Ấp 1", "issued", "none"))
			}
			p.bring("register", "2024-04-10", "25330", base...)
			for _, i := range r.Perm(len(lists)) {
				x := lists[i]
				var rows []*intake.Row
				for _, n := range x.names {
					rows = append(rows, row(n, "Ấp 1", "issued", "active"))
				}
				if _, _, err := p.full(x.kind, x.day, "25330", x.how, nil, rows...); err != nil {
					t.Fatal(err)
				}
			}
			got := [4]int64{p.get("694", "t:eid:confirmed", ""), p.get("694", "t:eid:confirmed", "2024-05-03"), p.get("694", "t:eid:confirmed", "2024-05-06"), p.get("694", "t:eid:confirmed", "2024-05-09")}
			if try == 0 {
				want = got
			} else if got != want {
				t.Errorf("another order, other figures: %v, %v", got, want)
			}
			p.sound()
		}
	}
}

func TestClause_IV_2_d_AMaskedNumberIsMatchedWithBirthAndNameOrHeld(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25330", row(1, "Ấp 1"), row(2, "Ấp 1"))
	masked := func(n int, mask string) *intake.Row {
		r := row(n, "")
		r.Number, r.NumberMask = "", mask
		r.Status[intake.StatusSIM], r.Status[intake.StatusSign] = "yes", "yes"
		return r
	}
	right := "070•••••" + row(1, "").Number[8:]
	_, out := p.bring("extract.operator", "2024-05-01", "", masked(1, right), masked(1, "079•••••"+right[len(right)-4:]), masked(2, ""))
	if out[0].Verdict != intake.Changed || out[0].Person != p.persons[0] {
		t.Errorf("the right one: %+v", out[0])
	}
	if out[1].Verdict != intake.Held || out[1].Code != "match.masked" {
		t.Errorf("digits that do not agree: %+v", out[1])
	}
	if out[2].Verdict != intake.Held {
		t.Errorf("neither number nor place: %+v", out[2])
	}
	p.want("694", "c:sim:confirmed:signed", "", 1)
	p.sound()
}

// eidSeries are the figures that full lists of accounts change.
var eidSeries = []string{"t:eid:confirmed", "c:eid:confirmed:none", "c:eid:confirmed:level1", "c:eid:confirmed:level2", "c:eid:confirmed:active", "t:eid:denied"}

func TestLaw_C4_F3_WhatFullListsSayOfOthersDependsOnNeitherOrderNorWithdrawnLists(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 20))
	type list struct {
		kind, state string
		day         clock.Day
		how         intake.Complete
		names       []int
	}
	for round := range 3 {
		lists := []list{
			{"extract.status", "level2-inactive", "2024-05-01", intake.Partial, nil}, {"extract.eid-level2-inactive", "level2-inactive", "2024-05-05", intake.Sure, nil},
			{"extract.active", "active", "2024-05-09", intake.Sure, nil}, {"extract.status", "level1-inactive", "2024-05-07", intake.Partial, nil}, {"extract.eid-level2-inactive", "level2-inactive", "2024-05-11", intake.Sure, nil},
		}
		for i := range lists {
			for n := range 6 {
				if r.IntN(2) == 0 {
					lists[i].names = append(lists[i].names, n+1)
				}
			}
		}
		gone := r.IntN(len(lists)) // comes and is withdrawn
		var want string
		for try := range 3 {
			t.Run(fmt.Sprint(round, try), func(t *testing.T) {
				p := newPlace(t)
				var base []*intake.Row
				for n := range 6 {
					base = append(base, row(n+1, "Ấp 1", "issued", "none"))
				}
				p.bring("register", "2024-04-10", "25330", base...)
				var batch int64
				for _, i := range r.Perm(len(lists)) {
					if try == 0 && i == gone {
						continue // as if it had never come
					}
					x := lists[i]
					var rows []*intake.Row
					for _, n := range x.names {
						rows = append(rows, row(n, "Ấp 1", "issued", x.state))
					}
					id, _, err := p.full(x.kind, x.day, "25330", x.how, nil, rows...)
					if err != nil {
						t.Fatal(err)
					}
					if i == gone {
						batch = id
					}
				}
				if try > 0 {
					p.withdraw(batch, lists[gone].kind)
				}
				got := ""
				for _, s := range eidSeries {
					for _, day := range []clock.Day{"", "2024-05-03", "2024-05-06", "2024-05-08", "2024-05-10"} {
						got += fmt.Sprint(p.get("694", s, day), " ")
					}
				}
				if try == 0 {
					want = got
				} else if got != want {
					t.Errorf("round %d, list %d withdrawn:\n%s\nnot\n%s", round, gone, got, want)
				}
				p.sound()
			})
		}
	}
}

func TestLaw_F3_SomebodyOnlyAWithdrawnListBroughtIsNotKeptByAFullList(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-04-10", "25330", row(1, "Ấp 1", "none"))
	late, _ := p.bring("register", "2024-04-12", "25330", row(2, "Ấp 1", "none"))
	if _, n, err := p.full("extract.cccd-missing", "2024-05-02", "25330", intake.Full, nil, row(1, "Ấp 1")); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	p.want("694", "t:cccd:confirmed", "", 1)
	p.withdraw(late, "register")
	p.want("694", "t:cccd:confirmed", "", 0)
	p.bring("register", "2024-04-12", "25330", row(2, "Ấp 1", "none")) // an older list after the full one
	p.want("694", "t:cccd:confirmed", "", 1)
	p.sound()
}
