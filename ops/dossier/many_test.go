package dossier

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// TestLaw_F1_EveryRowOfAListHasAVerdict: done, or left alone with the reason; a trial writes nothing.
func TestLaw_F1_EveryRowOfAListHasAVerdict(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("commune_police", "25330")
	n := func(i int) string { return fmt.Sprintf(number, i) }
	list := strings.Join([]string{"Số định danh", n(0), n(1), n(0), n(2), "070099999999", "không có gì", "Thử Người AAAA\t02/01/1990"}, "\r\n")
	keys := must(ReadText(list))
	o := Order{Unit: p.unit("25330"), Move: Move{To: Collected}, Take: Take{Kind: Card}, Dry: true}
	out := must(p.MoveMany(ctx, police, keys, o))
	if out.Done != 3 || len(out.Verdicts) != 7 {
		t.Fatalf("%+v", out)
	}
	if b := must(p.Board(ctx, police, o.Unit, "")); b.Sum.All() != 0 {
		t.Error("a trial wrote something")
	}
	o.Dry = false
	out = must(p.MoveMany(ctx, police, keys, o))
	for i, want := range []string{"", "", "Trùng", "quyền", "không có trong sổ", "không có mã", ""} {
		v := out.Verdicts[i]
		if v.Line != i+2 {
			t.Errorf("row %d is told as line %d", i, v.Line)
		}
		if v.Done != (want == "") || !strings.Contains(v.Why, want) {
			t.Errorf("row %d: %+v, want %q", i, v, want)
		}
	}
	out = must(p.MoveMany(ctx, police, keys, Order{Unit: o.Unit, Move: Move{To: Transmitted}, Receipt: "BN 7"}))
	if out.Done != 3 || out.Batch == 0 {
		t.Fatalf("%+v", out)
	}
	out = must(p.MoveMany(ctx, police, keys[:2], Order{Unit: o.Unit, Move: Move{To: Activated}}))
	if out.Done != 0 || !strings.Contains(out.Verdicts[0].Why, "không có chặng") {
		t.Errorf("%+v", out.Verdicts)
	}
	if _, err := p.TakeKey(ctx, police, o.Unit, n(3)+"||Thử|02011990|Nam|x", Take{Kind: EID2}); err != nil {
		t.Error(err)
	}
	if _, err := p.TakeKey(ctx, police, o.Unit, "070099999999", Take{Kind: EID2}); code(err) != "dossier.bulk_number" {
		t.Error(err)
	}
	p.checkSums()
}

// TestLaw_C5_AnyPastDayCanBeTold plays steps, extracts, withdrawals and undoing at random and recounts every day.
func TestLaw_C5_AnyPastDayCanBeTold(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	r := rand.New(rand.NewPCG(3, 4))
	for day := clock.Day("2024-05-01"); day < "2024-05-13"; day = day.Add(1) {
		p.on(day)
		for range 12 {
			person := p.people[r.IntN(len(p.people))]
			have := must(p.OfPerson(ctx, police, person))
			switch k := r.IntN(10); {
			case len(have) == 0 || Ends(have[0].Kind, have[0].State) && have[0].State != Rejected:
				_, _ = p.Take(ctx, police, person, Take{Kind: Kinds()[r.IntN(3)]})
			case have[0].State == Rejected:
				_, _ = p.Redo(ctx, police, have[0].ID, Take{})
			case k < 6:
				if next := Next(have[0].Kind, have[0].State); len(next) > 0 {
					_ = p.Advance(ctx, police, have[0].ID, Move{To: next[r.IntN(len(next))], Reason: "anh", Note: "x"})
				}
			case k == 6:
				_ = p.Undo(ctx, police, have[0].ID, "nhầm")
			case k == 7:
				_, _ = p.Transmit(ctx, police, p.unit("25330"), nil, "", "", "")
			default:
				cov := []string{"cccd", "eid"}[r.IntN(2)]
				states := p.Plan().Coverage(cov).States
				p.extract(int64(1+r.IntN(50)), day.Add(-r.IntN(6)), cov, states[1+r.IntN(len(states)-1)].ID, person)
			}
		}
	}
	p.checkSums()
}

// TestClause_III_3_d_APaperRegisterIsKept: whole pasts at once, a batch a commune and day, claims where the ledger has none.
func TestClause_III_3_d_APaperRegisterIsKept(t *testing.T) {
	p := newPlace(t)
	police := p.viewer("district_police", "694")
	p.on("2024-05-10")
	bn := func(unit int64, day clock.Day) string { return "BN " + day.Vi() }
	way := []Move{{To: Collected, Day: "2024-05-02"}, {To: Transmitted, Day: "2024-05-03"}, {To: Rejected, Day: "2024-05-07", Reason: "anh"}}
	var list []Kept
	for i, x := range p.people[:6] {
		list = append(list, Kept{Person: x, Kind: Card, Steps: way[:1+i%3], Told: i > 2})
	}
	p.do(func(tx *db.Tx) error { return p.Keep(tx, police, list, bn) })
	b := must(p.Board(context.Background(), police, p.unit("694"), ""))
	if b.Sum[Collected] != 2 || b.Sum[Transmitted] != 2 || b.Sum[Rejected] != 2 {
		t.Errorf("%v", b.Sum)
	}
	if sent := must(p.Transmissions(context.Background(), police, p.unit("694"))); len(sent) != 2 || sent[0].N+sent[1].N != 4 || sent[0].Receipt == "" {
		t.Errorf("%+v", sent)
	}
	p.checkSums()
	err := p.DB.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		return p.Keep(tx, police, []Kept{{Person: p.people[7], Kind: Card, Steps: []Move{{To: Collected, Day: "2024-05-02"}, {To: Issued, Day: "2024-05-03"}}}}, bn)
	})
	if code(err) != "dossier.skips" {
		t.Error(err)
	}
}
