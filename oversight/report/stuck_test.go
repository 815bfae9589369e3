package report_test

import (
	"context"
	"testing"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/oversight/report"
)

// What stood in the way is in the report by itself with its counts, for the period's days only, and who may not see obstacles is not told.
func TestClause_VI_WhatStoodInTheWayIsInTheReport(t *testing.T) {
	w := newTown(t)
	w.on("2024-05-20")
	w.desk.Obstacles = func(_ context.Context, _ access.Viewer, unit int64, from, until clock.Day) ([]report.Stuck, error) {
		if unit != w.units["25330"] || from != "2024-04-08" || until != "2024-05-08" {
			t.Errorf("asked for %d from %s to %s", unit, from, until)
		}
		return []report.Stuck{{Title: "Sóng 4G, đường truyền", N: 7, Open: 2, People: 310}, {Title: "Giấy tờ, dữ liệu sai", N: 1}}, nil
	}
	r, err := w.desk.Get(ctx, w.viewer(7, "commune_chair", "25330"), "soket1", w.units["25330"])
	if err != nil || len(r.Live.Stuck) != 2 {
		t.Fatalf("%+v %v", r, err)
	}
	for i, want := range []string{"Sóng 4G, đường truyền: 7 vướng mắc, khoảng 310 người bị ảnh hưởng, còn 2 chưa được trả lời", "Giấy tờ, dữ liệu sai: 1 vướng mắc, đã được trả lời"} {
		if got := r.Live.Stuck[i].Sentence(); got != want {
			t.Errorf("%q", got)
		}
	}
}
