package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/oversight/reconcile"
)

// TestLaw_C4_C5_P4_WhatIsKeptIsWhatTheLedgerTells brings lists and claims in any order, withdraws lists, takes claims back, moves,
// merges and parts persons, and proves after every act that fates and sums are those of the ledger.
func TestLaw_C4_C5_P4_WhatIsKeptIsWhatTheLedgerTells(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 4 {
		w := newTown(t)
		reg := people.Register{DB: w.db}
		var rows []*intake.Row
		for n := range 8 {
			rows = append(rows, row(n, "none"))
		}
		w.bring("register", "2024-04-10", "25330", rows...)
		var lists, claims []int64
		for range 18 {
			day := clock.Day(fmt.Sprintf("2024-%02d-%02d", 4+r.IntN(2), 11+r.IntN(8)))
			switch r.IntN(7) {
			case 0, 1, 2:
				e, err := w.ledger.Record(ctx, w.root, coverage.Claim{Person: w.persons[r.IntN(8)], Coverage: "cccd", State: "issued", AsOf: string(day) + "T03:00:00.000Z", Team: int64(r.IntN(3))})
				if err == nil { // merged into another: refused
					claims = append(claims, e)
				}
			case 3, 4:
				unit := []string{"25330", "25354"}[r.IntN(2)]
				var some []*intake.Row
				for n := range 8 {
					if r.IntN(2) == 0 {
						some = append(some, row(n, []string{"none", "issued", "collected"}[r.IntN(3)]))
					}
				}
				if len(some) > 0 {
					lists = append(lists, w.bring("register", day, unit, some...))
				}
			case 5:
				if len(lists) > 0 {
					w.withdraw(lists[r.IntN(len(lists))], "register")
				} else if len(claims) > 0 {
					_ = w.ledger.Void(ctx, w.root, claims[r.IntN(len(claims))], "ghi nhầm")
				}
			case 6:
				a, b := w.persons[r.IntN(8)], w.persons[r.IntN(8)]
				if a == b {
					continue
				}
				if err := reg.Join(ctx, w.root, a, b, "cùng một người"); err == nil {
					w.sound()
					if card, err := reg.Get(ctx, w.root, a); err == nil && len(card.Merges) > 0 && r.IntN(2) == 0 {
						_ = reg.Part(ctx, w.root, card.Merges[0].ID)
					}
				}
			}
			w.sound()
		}
		if _, findings, err := w.book.Check(ctx); err != nil || len(findings) > 0 {
			t.Fatalf("the tally: %v %v", err, findings)
		}
		before := fmt.Sprint(w.classes("694", reconcile.Filter{}), w.classes("25330", reconcile.Filter{Day: "2024-05-12"}))
		if err := w.book.Rebuild(ctx, w.root, nil); err != nil {
			t.Fatal(err)
		}
		w.sound()
		if after := fmt.Sprint(w.classes("694", reconcile.Filter{}), w.classes("25330", reconcile.Filter{Day: "2024-05-12"})); after != before {
			t.Fatalf("a rebuild changed the figures:\n%s\n%s", before, after)
		}
	}
}
