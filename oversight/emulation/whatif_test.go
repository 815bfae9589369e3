package emulation

import (
	"testing"

	"bonphu/internal/fault"
)

func TestLaw_J2_WhatIfOneCaseWereDecidedOtherwise(t *testing.T) {
	a, b, c := unit("a", [2]int64{100, 100}), unit("b", [2]int64{96, 100}), unit("c", [2]int64{97, 100})
	a.Claims = ShareOf(30, 200)
	b.Reporting = Reporting{Due: 10, InTime: 7, Late: 1, Missing: 2, Names: []string{"Báo cáo tuần"}}
	c.Found = ShareOf(14, 100)
	list := JudgeAll([]Evidence{a, b, c}, th)
	for _, x := range []struct {
		name   string
		change Change
		class  Class
		rank   int
		others int
	}{
		{"nothing", Change{Key: "a"}, Excluded, 0, 0},
		{"too few excused", Change{Key: "a", Excuse: 5}, Excluded, 0, 0},
		{"enough excused", Change{Key: "a", Excuse: 25}, Excellent, 1, 1},
		{"one report found", Change{Key: "b", Reports: 1}, Good, 1, 1},
		{"late as in time changes nothing", Change{Key: "b", InTime: 1}, Excluded, 0, 0},
		{"findings judged true", Change{Key: "c", Findings: 12}, Good, 1, 1},
		{"more confirmed", Change{Key: "b", Target: "t0", More: 4}, Excluded, 0, 1},
	} {
		after, diff, err := WhatIf(list, th, x.change)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range after {
			if v.Evidence.Key == x.change.Key && (v.Class != x.class || v.Rank != x.rank) {
				t.Errorf("%s: %s %d %+v", x.name, v.Class, v.Rank, v.Reasons)
			}
		}
		if len(diff) != x.others {
			t.Errorf("%s: %d stand otherwise: %+v", x.name, len(diff), diff)
		}
	}
	for _, x := range []Change{{Key: "a", Excuse: 31}, {Key: "b", Reports: 3}, {Key: "b", InTime: 2}, {Key: "c", Findings: -1}, {Key: "a", Target: "t0", More: -101}} {
		if _, _, err := WhatIf(list, th, x); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", x, err)
		}
	}
	if _, _, err := WhatIf(list, th, Change{Key: "z"}); !fault.Is(err, fault.Missing) {
		t.Errorf("%v", err)
	}
	if list[2].Evidence.Reporting.Missing != 2 && list[1].Evidence.Reporting.Missing != 2 {
		t.Error("the frozen evidence was changed")
	}
}

// A rank that another takes is told too.
func TestLaw_J3_WhatIfMovesTheOthers(t *testing.T) {
	list := JudgeAll([]Evidence{unit("a", [2]int64{96, 100}), unit("b", [2]int64{97, 100}), unit("c", [2]int64{98, 100})}, th)
	_, diff, err := WhatIf(list, th, Change{Key: "a", Target: "t0", More: 3})
	if err != nil || len(diff) != 3 {
		t.Fatalf("%+v %v", diff, err)
	}
}

func TestLaw_J2_ADecisionCannotLiftAMissedTarget(t *testing.T) {
	v := Judge(unit("a", [2]int64{85, 100}), th)
	for _, c := range Changeable(v, th) {
		if c.Rewarded() || c == v.Class {
			t.Errorf("may be decided %s", c)
		}
	}
	if Changeable(Judge(unit("b"), th), th) != nil {
		t.Error("a unit without targets has no class to decide")
	}
}
