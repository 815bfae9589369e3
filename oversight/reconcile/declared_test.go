package reconcile_test

import (
	"fmt"
	"strings"
	"testing"

	"bonphu/core/plan/plantest"
	"bonphu/internal/fault"
	"bonphu/oversight/reconcile"
)

func TestLaw_D2_ReadingWhatUnitsDeclare(t *testing.T) {
	p := plantest.HonQuan(t)
	for text, want := range map[string]string{
		"869/1.942, đạt 55,7 %":                                  "[:869/1942 55,7]",
		"SIM: 6.389/35.001 (18,3 %)":                             "[sim:6389/35001 18,3]",
		"- CCCD: 120/150 (80%)":                                  "[cccd:120/150 80]",
		"Định danh điện tử: 35 tài khoản":                        "[eid:35/0 ]",
		"Ngày 20/5 cấp CCCD 12/40; điện thoại 4G 7/9, đạt 77.8%": "[cccd:12/40  phone:7/9 77,8]",
		"CCCD 1/2 (50 %), VNeID 3/4 (75 %)":                      "[cccd:1/2 50 eid:3/4 75]",
		"Đã kích hoạt VNeID 1 200 trường hợp/2 000, đạt 60%":     "[eid:1200/2000 60]",
		"Kính gửi Công an huyện. Ngày 20/5/2024 xã báo cáo:\nCăn cước công dân\n10/20 đạt 50 %": "[cccd:10/20 50]",
		"không có số nào": "[]",
		"":                "[]",
	} {
		var got []string
		for _, s := range reconcile.Read(text, p) {
			id := ""
			for i := range p.Targets {
				if p.Targets[i].ID == s.Target {
					id = p.Targets[i].Coverage
				}
			}
			got = append(got, fmt.Sprintf("%s:%d/%d %s", id, s.Done, s.Whole, s.Percent))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}

func TestLaw_N3_ArithmeticThatDoesNotHoldIsPointedOut(t *testing.T) {
	for _, c := range []struct {
		done, whole int64
		percent     string
		say         string
	}{{869, 1942, "55,7", "44,7"}, {869, 1942, "44,7", ""}, {869, 1942, "44,75", ""}, {869, 1942, "45", ""}, {869, 1942, "44", ""}, {6389, 35001, "18,3", ""}, {6389, 35001, "18,2", ""},
		{6389, 35001, "18,5", "18,3"}, {5, 0, "100", ""}, {7, 5, "", "lớn hơn"}, {1, 3, "33,33", ""}, {2, 3, "66,6", ""}, {2, 3, "66,7", ""}, {0, 9, "0", ""}} {
		s := reconcile.Said{Done: c.done, Whole: c.whole, Percent: c.percent}
		if got := s.Fault(); (got == "") != (c.say == "") || !strings.Contains(got, c.say) {
			t.Errorf("%d/%d %s: %q", c.done, c.whole, c.percent, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	p := plantest.HonQuan(f)
	for _, s := range []string{"869/1.942, đạt 55,7 %", "SIM: 6.389/35.001 (18,3 %)", "a/b", "1/2/3", "%", "999.999.999.999/1 5%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range reconcile.Read(text, p) {
			if s.Done < 0 || s.Whole < 0 {
				t.Errorf("%q: %+v", text, s)
			}
			_ = s.Fault()
		}
	})
}

func TestLaw_D2_DeclaredTotalsBesideTheLedger(t *testing.T) {
	w := newTown(t)
	w.bring("register", "2024-04-10", "25330", row(0, "none"), row(1, "none"))
	w.claim(0, "2024-05-10", 7)
	w.bring("register", "2024-05-15", "25330", row(1, "issued"))
	police, stranger := w.viewer(13, "commune_police", "25330"), w.viewer(14, "commune_police", "25354")
	d := reconcile.Declared{Unit: w.units["25330"], Target: "cccd", Day: "2024-05-16", Done: 2, Whole: 2, Percent: "100", Source: "tin nhắn"}
	if _, err := w.rec.Declare(ctx, stranger, d); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a stranger declared: %v", err)
	}
	for _, bad := range []reconcile.Declared{{}, {Unit: d.Unit, Target: "x", Day: d.Day}, {Unit: d.Unit, Target: "cccd", Day: "2024-06-30", Done: 1}, {Unit: d.Unit, Target: "cccd", Day: d.Day, Done: -1},
		{Unit: d.Unit, Target: "cccd", Day: d.Day, Done: 1, Percent: "nhiều"}} {
		if _, err := w.rec.Declare(ctx, w.root, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	n, err := w.rec.Declare(ctx, police, d)
	if err != nil {
		t.Fatal(err)
	}
	whole := d
	whole.Unit, whole.Done, whole.Whole, whole.Percent = w.units["694"], 5, 0, ""
	if _, err := w.rec.Declare(ctx, w.root, whole); err != nil {
		t.Fatal(err)
	}
	list, err := w.rec.Declarations(ctx, w.root, w.units["694"], "2024-05-16")
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	for _, x := range list {
		if x.ID == n && (x.Ledger != 1 || x.Beside != 1 || x.More() != 1) {
			t.Errorf("%+v", x)
		}
	}
	sums := reconcile.Totals(list, w.tree)
	if len(sums) != 1 || sums[0].Said != 5 || sums[0].Parts != 2 || sums[0].Units != 1 {
		t.Errorf("%+v", sums)
	}
	if err := w.rec.Undeclare(ctx, police, n, "gõ nhầm"); err != nil {
		t.Fatal(err)
	}
	if err := w.rec.Undeclare(ctx, police, n, "gõ nhầm"); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
}
