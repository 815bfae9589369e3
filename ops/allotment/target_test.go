package allotment

import (
	"context"
	"slices"
	"strings"
	"testing"

	"bonphu/core/intake"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// TestClause_IV_1_e_TargetTable: the table's numbers win over the percentages; withdrawn, what stood before stands again.
func TestClause_IV_1_e_TargetTable(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	table := Table{Plan: p.Plan}
	admin := p.viewer("district_police", "694")
	apply := func(batch int64, dry bool, rows ...*intake.Row) (out []intake.Outcome) {
		t.Helper()
		if err := p.DB.WriteLong(ctx, &db.Act{Verb: "test"}, func(tx *db.Tx) error {
			run, err := table.Start(tx, &intake.Batch{ID: batch, Kind: intake.KindTargets, Viewer: admin})
			if err != nil {
				return err
			}
			out, err = run.Apply(rows, dry)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	row := func(unit string, eid int64) *intake.Row {
		r := &intake.Row{Kind: intake.KindTargets, Targets: []intake.Target{{Key: "eid", Heading: "Kích hoạt ĐDĐT", N: eid}, {Key: "", Heading: "Cột lạ", N: 5}}}
		r.Unit.Name = unit
		return r
	}
	verdicts := func(out []intake.Outcome) (s []intake.Verdict) {
		for _, o := range out {
			s = append(s, o.Verdict)
		}
		return s
	}
	if v := verdicts(apply(1, true, row("An Khương", 900))); !slices.Equal(v, []intake.Verdict{intake.New}) {
		t.Errorf("dry: %v", v)
	}
	if v := verdicts(apply(1, false, row("An Khương", 900), row("Thị trấn Tân Khai", 700), row("Xã Không Có", 3))); !slices.Equal(v, []intake.Verdict{intake.New, intake.New, intake.Held}) {
		t.Errorf("%v", v)
	}
	if v := verdicts(apply(2, false, row("Xã An Khương", 950), row("TT Tân Khai", 700))); !slices.Equal(v, []intake.Verdict{intake.Changed, intake.Same}) {
		t.Errorf("%v", v)
	}
	goals := func() map[int64]Goal {
		out, err := p.Preview(ctx, admin, clock.DayOf(p.now), p.need, WhatIf{})
		if err != nil {
			t.Fatal(err)
		}
		return out.Goals["eid"]
	}
	if g := goals(); g[p.unit("25330")].N != 950 || !g[p.unit("25330")].Given || g[p.unit("694")].N != 1650 {
		t.Errorf("%+v", g)
	}
	withdraw := func(batch int64) {
		t.Helper()
		if err := p.DB.WriteLong(ctx, &db.Act{Verb: "test"}, func(tx *db.Tx) error {
			_, err := table.Withdraw(tx, &intake.Batch{ID: batch})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	withdraw(2)
	if g := goals(); g[p.unit("25330")].N != 900 || g[p.unit("25357")].N != 700 {
		t.Errorf("%+v", g)
	}
	withdraw(1)
	if g := goals()[p.unit("694")]; g.Given || g.N != WholeOf(g.Eligible, 90) {
		t.Errorf("%+v", g)
	}
	if s := CheckTotal([]map[string]int64{{"eid": 3}, {"eid": 4}}, map[string]int64{"eid": 8}, func(string) string { return "Kích hoạt" }); len(s) != 1 || !strings.Contains(s[0], "ghi 8") {
		t.Error(s)
	}
}
