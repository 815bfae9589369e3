package reconcile_test

import (
	"sync"
	"testing"

	"bonphu/core/intake"
	"bonphu/core/territory"
	"bonphu/internal/fault"
	"bonphu/oversight/reconcile"
)

func TestOfTwoWhoDecideAtOnceOneDoes(t *testing.T) {
	w := newTown(t)
	w.bring("register", "2024-04-10", "25330", row(0, "none"))
	c := w.claim(0, "2024-04-20", 7)
	w.bring("register", "2024-05-01", "25330", row(0, "none"))
	if err := w.rec.Answer(ctx, w.viewer(11, "team_leader", "25330.01"), reconcile.Answer{Claim: c, Code: reconcile.Twin, Text: "Trùng.", Photo: []byte("\xff\xd8\xff\xe0ảnh")}); err != nil {
		t.Fatal(err)
	}
	errs := make([]error, 6)
	var all sync.WaitGroup
	for i := range errs {
		all.Add(1)
		go func() {
			defer all.Done()
			errs[i] = w.rec.Decide(ctx, w.viewer(int64(20+i), "district_police", "694"), reconcile.Verdict{Claim: c, Code: reconcile.Twin, Text: "Đúng."})
		}()
	}
	all.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d verdicts", won)
	}
	k, err := w.rec.Case(ctx, w.root, c)
	if err != nil || len(k.Steps) != 2 {
		t.Fatalf("%+v %v", k, err)
	}
	photo, kind, err := w.rec.Photo(ctx, w.root, c, k.Steps[0].ID)
	if err != nil || kind != "image/jpeg" || string(photo) != "\xff\xd8\xff\xe0ảnh" {
		t.Errorf("%q %s %v", photo, kind, err)
	}
}

func TestLaw_J3_TheWorstStandFirstAndFewClaimsCondemnNobody(t *testing.T) {
	w := newTown(t)
	var here, there, nowHere, nowThere []*intake.Row
	for n := range 24 {
		here, nowHere = append(here, row(n, "none")), append(nowHere, row(n, []string{"none", "issued"}[min(n/6, 1)]))
	}
	there, nowThere = append(there, row(100, "none"), row(101, "none")), append(nowThere, row(100, "none"), row(101, "issued"))
	w.bring("register", "2024-04-10", "25330", here...)
	w.bring("register", "2024-04-10", "25354", there...)
	for n := range w.persons {
		w.claim(n, "2024-04-20", 7)
	}
	w.bring("register", "2024-05-01", "25330", nowHere...)
	w.bring("register", "2024-05-01", "25354", nowThere...)
	list, err := w.rec.Worst(ctx, w.root, w.units["694"], territory.TierCommune, 5, reconcile.Filter{})
	if err != nil || len(list) != 2 || list[0].Unit != w.units["25330"] { // 6 of 24 before 1 of 2
		t.Fatalf("%+v %v", list, err)
	}
	if list[0].Over.Denied != 6 || list[1].Over.Rate != 0.5 || list[1].Over.Low >= list[0].Over.Low {
		t.Errorf("%+v", list)
	}
	rest := reconcile.Rest(w.classes("694", reconcile.Filter{}), []reconcile.Classes{list[0].Classes, list[1].Classes})
	if rest.Claimed+rest.Denied+rest.Found+rest.Pending != 0 {
		t.Errorf("the parts do not add up: %+v", rest)
	}
}
