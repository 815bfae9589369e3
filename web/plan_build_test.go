package web

import (
	"bytes"
	"strings"
	"testing"

	"bonphu/core/plan/plantest"
)

func TestThePlanIsReadClauseByClauseWithItsFigures(t *testing.T) {
	p := plantest.HonQuan(t)
	live := liveFigures{today: "2024-05-23", targets: map[string]standing{"eid": {Target: 1000, Confirmed: 529, Pace: Pace{true, -3}}},
		segments: map[string]int64{"phone_2g": 640}, people: func(group, not string) string { return "/dan-cu?nhom=" + group + "&tru=" + not }}
	s := planScreen(p, live)
	at := map[string]Article{}
	n := 0
	for _, part := range s.Parts {
		for _, a := range part.Articles {
			if a.Clause != "" {
				n++
				at[a.Clause] = a
			}
		}
	}
	if n != len(p.Clauses) || len(at) != n {
		t.Errorf("%d articles for %d clauses", n, len(p.Clauses))
	}
	find := func(clause, value string) Stat {
		for _, l := range at[clause].Live {
			if l.Value == value {
				return l
			}
		}
		t.Errorf("clause %s does not show %q: %+v", clause, value, at[clause].Live)
		return Stat{}
	}
	if l := find("IV.1.b", "52,9 %"); !strings.Contains(l.Note, "529 / 1.000 người · Chậm 3 ngày") || l.Href != "/dan-cu?nhom=t:eid:in&tru=t:eid:confirmed" {
		t.Errorf("%+v", l)
	}
	find("III.2.c", "640 người")
	find("V.1", "Đợt 2")
	if l := find("V.1", "09/6/2024"); l.Note != "còn 17 ngày" {
		t.Errorf("%+v", l)
	}
	s.User = &User{Name: "Lê Thị Thử"}
	var b bytes.Buffer
	if err := testScreens(t).execute(&b, s); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.String())
	vietnamese(t, b.String())
}
