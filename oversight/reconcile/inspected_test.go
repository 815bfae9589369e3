package reconcile_test

import (
	"testing"

	"bonphu/internal/db"
	"bonphu/oversight/reconcile"
)

func TestClause_IV_2_a_AnInspectionAsksBeforeAnyExtract(t *testing.T) {
	w := newTown(t)
	w.bring("register", "2024-04-10", "25330", row(0, "none"), row(1, "none"))
	first, second := w.claim(0, "2024-04-20", 7), w.claim(1, "2024-04-20", 7)
	for range 2 { // a double press asks once
		for _, person := range w.persons[:2] {
			if err := w.db.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
				return reconcile.Inspected(tx, person, "cccd", "Kiểm tra xác suất thấy không đúng.", 5, "Tổ kiểm tra")
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	state := func(claim int64, want reconcile.State) {
		t.Helper()
		k, err := w.rec.Case(ctx, w.root, claim)
		if err != nil || k.State != want {
			t.Fatalf("%v %v, want %s", k, err, want)
		}
	}
	state(first, reconcile.Open)
	told, _, err := w.rec.Summary(ctx, w.root, []int64{w.units["694"]}, reconcile.Filter{})
	if err != nil || told[w.units["694"]].Open != 2 || told[w.units["694"]].Pending != 2 {
		t.Errorf("%+v %v", told, err)
	}
	if err := w.rec.Answer(ctx, w.viewer(11, "team_leader", "25330.01"), reconcile.Answer{Claim: first, Code: reconcile.ExtractLate, Text: "Đã làm tại nhà."}); err != nil {
		t.Fatal(err)
	}
	state(first, reconcile.Answered)
	w.bring("register", "2024-05-01", "25330", row(0, "issued"), row(1, "none"))
	state(first, reconcile.Closed)
	state(second, reconcile.Open)
	w.want("694", reconcile.Filter{}, 2, 1, 1, 0, 0)
	w.sound()
}
