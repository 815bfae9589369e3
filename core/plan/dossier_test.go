package plan

import (
	"strings"
	"testing"

	"bonphu/internal/clock"
)

// TestClause_III_3_d_NormsOfDossiers reads the shipped norms, and a plan without them has none.
func TestClause_III_3_d_NormsOfDossiers(t *testing.T) {
	src, err := Shipped("hon-quan-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse("x.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		state, kind string
		days        int
	}{{"collected", "card", 1}, {"transmitted", "eid2", 3}, {"transmitted", "card", 7}, {"transmitted", "both", 7}, {"account", "eid2", 7}, {"issued", "card", 0}} {
		n, ok := p.Dossier.Norm(c.state, c.kind)
		if n.Days != c.days || ok != (c.days > 0) {
			t.Errorf("%s %s: %d days, want %d", c.state, c.kind, n.Days, c.days)
		}
	}
	if p.Dossier.AlarmFactor() != 2 || p.Dossier.ReasonTitle("anh") == "anh" || p.Dossier.ReasonTitle("x") != "x" {
		t.Error(p.Dossier)
	}
	var none Dossier
	if _, ok := none.Norm("collected", "card"); ok || none.AlarmFactor() != 2 {
		t.Error("a plan without norms has some")
	}
	if p.From != clock.Day("2024-04-08") {
		t.Error(p.From)
	}
}

// TestClause_III_3_d_WrongNormsAreRefused: each wrong entry is refused by a code of its own.
func TestClause_III_3_d_WrongNormsAreRefused(t *testing.T) {
	for _, c := range []struct{ from, to, code string }{
		{"{state: collected, days: 1,", "{state: lost, days: 1,", "plan.dossier_state"},
		{"{state: transmitted, kind: eid2,", "{state: transmitted, kind: passport,", "plan.dossier_kind"},
		{"{state: transmitted, kind: eid2,", "{state: transmitted,", "plan.dossier_twice"},
		{"{state: collected, days: 1,", "{state: collected, days: 0,", "plan.dossier_days"},
		{"  alarm: 2 #", "  alarm: 0.5 #", "plan.dossier_alarm"},
		{"{id: van_tay, title: 'Vân tay", "{id: anh, title: 'Vân tay", ""},
	} {
		_, list := refused(t, c.from, c.to)
		var codes []string
		for _, p := range list {
			codes = append(codes, p.Code)
		}
		if c.code != "" && !strings.Contains(strings.Join(codes, " "), c.code) {
			t.Errorf("%s: %v, want %s", c.to, codes, c.code)
		}
	}
}
