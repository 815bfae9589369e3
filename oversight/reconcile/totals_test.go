package reconcile_test

import (
	"testing"

	"bonphu/core/intake"
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/oversight/reconcile"
)

func TestClause_IV_2_d_TotalsByUnitStandBesideAndConfirmNobody(t *testing.T) {
	w := newTown(t)
	list := reconcile.TotalsList{Plan: func() *plan.Plan { return w.plan }}
	b := &intake.Batch{ID: 77, Kind: intake.KindTotals, AsOf: "2024-05-01", FileName: "tong-hop.xlsx", Who: 1, WhoName: "Công an huyện", Viewer: w.root}
	rows := []*intake.Row{{Unit: intake.Unit{Name: "Xã An Khương"}, Targets: []intake.Target{{Key: "eid", Heading: "VNeID", N: 120}, {Heading: "Ghi chú", N: 5}}}, {Unit: intake.Unit{Name: "Xã Không Có"}, Targets: []intake.Target{{Key: "eid", N: 1}}}}
	apply := func() []intake.Outcome {
		var out []intake.Outcome
		act := w.root.Act("intake.apply", 0, "batch", "")
		if err := w.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
			run, err := list.Start(tx, b)
			if err == nil {
				out, err = run.Apply(rows, false)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	out := apply()
	if out[0].Verdict != intake.New || out[1].Verdict != intake.Held {
		t.Errorf("%+v", out)
	}
	if out = apply(); out[0].Verdict != intake.Same {
		t.Errorf("again: %+v", out[0])
	}
	told, err := w.rec.Declarations(ctx, w.root, w.units["25330"], "")
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || told[0].Done != 120 || told[0].Ledger != 0 || told[0].Source != reconcile.TotalsSource {
		t.Errorf("%+v", told)
	}
	act := w.root.Act("intake.withdraw", 0, "batch", "")
	if err := w.db.WriteLong(ctx, &act, func(tx *db.Tx) error { _, err := list.Withdraw(tx, b); return err }); err != nil {
		t.Fatal(err)
	}
	if told, _ = w.rec.Declarations(ctx, w.root, w.units["25330"], ""); len(told) != 0 {
		t.Error("withdrawn, it still stands")
	}
}
