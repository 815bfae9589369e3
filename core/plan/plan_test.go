package plan

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"bonphu/internal/clock"
)

func load(t testing.TB, name string) *Plan {
	t.Helper()
	src, err := Shipped(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse(name, src)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func honQuan(t testing.TB) *Plan { return load(t, "hon-quan-2024.yaml") }

func TestClause_0_a_CampaignIsData(t *testing.T) {
	p := honQuan(t)
	if p.From != "2024-04-08" || p.Until != "2024-07-08" || p.Days() != 92 || p.Place.Unit != "694" || !strings.Contains(p.Parent, "128/KH-UBND") || len(p.LegalBasis) != 2 {
		t.Errorf("%+v", p.Place)
	}
	if p.DayNumber("2024-04-08") != 1 || p.DayNumber("2024-07-08") != 92 || p.DayNumber("2024-04-01") != 0 || p.DayNumber("2025-01-01") != 93 {
		t.Error("days are numbered wrongly")
	}
}

func TestClause_0_b_FourCoveragesEachWithALine(t *testing.T) {
	p := honQuan(t)
	if len(p.Coverages) != 4 {
		t.Fatal(len(p.Coverages))
	}
	for i := range p.Coverages {
		c := &p.Coverages[i]
		if p.MainTarget(c.ID) == nil || c.Rank(c.Goal) != len(c.States)-1 {
			t.Errorf("%s has no line or its goal is not the top", c.ID)
		}
	}
	if p.SwitchOff2G != "2024-09-01" {
		t.Error(p.SwitchOff2G)
	}
}

// reached gives a Reach of the named states.
func reached(p *Plan, states map[string]string) Reach {
	return func(c string) int { return max(p.Coverage(c).Rank(states[c]), 0) }
}

func TestClause_IV_1_a_W1_WhoMustHaveACard(t *testing.T) {
	p := honQuan(t)
	cccd, hard := p.Target("cccd"), p.Target("cccd_hard")
	if cccd.Percent != 100 || hard.Percent != 80 {
		t.Error("percents")
	}
	for _, tc := range []struct {
		birth    string
		facts    []string
		in, hard bool
	}{
		{"2010-06-30", nil, true, false}, {"2010-07-01", nil, false, false}, {"2009", nil, true, false}, {"2010", nil, false, false}, {"2010-06", nil, true, false},
		{"", nil, false, false}, {"1950-01-01", []string{"abroad"}, false, false}, {"1950-01-01", []string{"custody"}, false, false}, {"1950-01-01", []string{"absent"}, false, false},
		{"1950-01-01", []string{"hard"}, false, true}, {"1950-01-01", []string{"absent", "hard"}, false, false}, {"1950-01-01", []string{"dead"}, false, false},
	} {
		s := Subject{Birth: tc.birth, Facts: tc.facts}
		if cccd.EligibleOn("2024-05-01", &s) != tc.in || hard.EligibleOn("2024-05-01", &s) != tc.hard {
			t.Errorf("%+v", tc)
		}
		in, why := cccd.Why("2024-05-01", &s)
		if in != tc.in || !strings.Contains(why, "IV.1.a") || strings.Contains(why, "%!") {
			t.Errorf("why: %s", why)
		}
	}
	if !cccd.Counted("2024-05-01", &Subject{}, reached(p, map[string]string{"cccd": "issued"})) || cccd.Counted("2024-05-01", &Subject{}, reached(p, map[string]string{"cccd": "transmitted"})) {
		t.Error("what counts")
	}
}

func TestClause_IV_1_b_AdultsWithThreeConditions(t *testing.T) {
	p := honQuan(t)
	d := p.Target("digital")
	if !d.EligibleOn("2024-04-08", &Subject{Birth: "2006-07-08"}) || d.EligibleOn("2024-04-08", &Subject{Birth: "2006-07-09"}) {
		t.Error("of age on the last day")
	}
	all := map[string]string{"phone": "smart4g", "sim": "signed", "eid": "active"}
	if !d.Counted("2024-05-01", &Subject{}, reached(p, all)) {
		t.Error("all three count")
	}
	for c := range all {
		less := map[string]string{}
		for k, v := range all {
			if k != c {
				less[k] = v
			}
		}
		if d.Counted("2024-05-01", &Subject{}, reached(p, less)) {
			t.Errorf("counted without %s", c)
		}
	}
}

func TestClause_IV_1_c_OfficialsAreNotCountedAmongResidents(t *testing.T) {
	o := honQuan(t).Target("officials")
	if o.EligibleOn("2024-05-01", &Subject{Birth: "1980-01-01"}) || o.Basis != BasisOfficials {
		t.Error("the roster is the denominator")
	}
	if _, why := o.Why("2024-05-01", &Subject{}); !strings.Contains(why, "danh sách cán bộ") {
		t.Error(why)
	}
}

func TestClause_IV_1_d_PersonalQuota(t *testing.T) {
	if q := honQuan(t).PersonalQuota; q.N != 10 || q.Clause != "IV.1.d" {
		t.Error(q)
	}
}

func TestClause_II_2_III_3_b_NeedSegments(t *testing.T) {
	p := honQuan(t)
	adult := Subject{Birth: "1980-01-01"}
	for _, tc := range []struct {
		states map[string]string
		want   string
	}{
		{map[string]string{}, ""}, // nothing known is no need
		{map[string]string{"cccd": "none"}, "no_card"},
		{map[string]string{"cccd": "issued", "eid": "none"}, "card_no_eid"},
		{map[string]string{"cccd": "issued", "eid": "level1"}, "eid_level1"},
		{map[string]string{"cccd": "issued", "eid": "level2"}, "eid_level2"},
		{map[string]string{"eid": "active", "sim": "none", "phone": "old"}, "no_own_sim phone_2g"},
		{map[string]string{"sim": "owner", "phone": "smart4g"}, "sim_unsigned"},
		{map[string]string{"cccd": "issued", "eid": "active", "sim": "signed", "phone": "smart4g"}, ""},
	} {
		var got []string
		for i := range p.Segments {
			if p.Segments[i].Includes("2024-05-01", &adult, reached(p, tc.states)) {
				got = append(got, p.Segments[i].ID)
			}
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%v: %v, want %s", tc.states, got, tc.want)
		}
	}
}

func TestClause_IV_2_d_ExtractsConfirm(t *testing.T) {
	p := honQuan(t)
	for _, tc := range []struct {
		kind string
		row  map[string]string
		want string
	}{
		{"extract.cccd-missing", nil, "[{cccd none}]"},
		{"extract.cccd-missing", map[string]string{"cccd": "issued"}, "[{cccd issued}]"}, // a row that says otherwise is believed
		{"extract.eid-missing", nil, "[{cccd issued} {eid none}]"},
		{"extract.eid-missing", map[string]string{"eid": "level2-inactive"}, "[{eid level2} {cccd issued}]"},
		{"extract.eid-level1-inactive", map[string]string{"eid": "inactive"}, "[{eid level1}]"},
		{"extract.eid-level2-inactive", map[string]string{"eid": "inactive"}, "[{eid level2} {cccd issued}]"}, // not activated: of the list's level
		{"extract.eid-level2-inactive", map[string]string{"eid": "level2-inactive"}, "[{eid level2} {cccd issued}]"},
		{"extract.eid-level2-inactive", map[string]string{"eid": "Đã kích hoạt"}, "[{eid active} {cccd issued}]"},
		{"extract.operator", map[string]string{"sim": "yes", "sign": "yes", "device": "4G"}, "[{sim signed} {phone smart4g}]"},
		{"extract.operator", map[string]string{"sim": "no", "sign": "yes", "device": "2G"}, "[{sim none} {phone old}]"},
		{"register", map[string]string{"cccd": "issued", "eid": "?"}, "[{cccd issued}]"},
	} {
		for i := range p.Extracts {
			if e := &p.Extracts[i]; e.Kind == tc.kind {
				got := e.Reached(nil, func(f string) string { return tc.row[f] })
				if s := fmt.Sprint(got); s != tc.want {
					t.Errorf("%s %v: %s, want %s", tc.kind, tc.row, s, tc.want)
				}
			}
		}
	}
}

func TestClause_I_3_V_1_DutiesAndReports(t *testing.T) {
	p := honQuan(t)
	clauses := map[string]bool{}
	for _, d := range p.Duties {
		clauses[d.Clause] = true
	}
	for _, c := range []string{"V.1", "V.2", "V.3", "V.4", "V.5", "V.6", "V.7", "V.8", "VI"} {
		if !clauses[c] {
			t.Errorf("no duty of %s", c)
		}
	}
	due := map[string]clock.Day{}
	for _, r := range p.Reports {
		due[r.ID] = r.Due
	}
	if due["soket1"] != "2024-05-08" || due["soket2"] != "2024-06-09" || due["tongket"] >= "2024-07-08" {
		t.Error(due)
	}
	if len(p.Distribution) != 10 || len(p.Cites("V.6")) == 0 {
		t.Error("recipients or citations")
	}
}

func TestLaw_A3_RoadmapRisesToTheEnd(t *testing.T) {
	for _, name := range ShippedNames() {
		p := load(t, name)
		last := 0.0
		for d := p.From.Add(-3); d <= p.Until.Add(3); d = d.Add(1) {
			x := p.RoadmapPercent("cccd", d)
			if x < last || x < 0 || x > 100 || d < p.From && x != 0 || d >= p.Until && x != 100 {
				t.Fatalf("%s %s: %v after %v", name, d, x, last)
			}
			last = x
		}
	}
	if x := honQuan(t).RoadmapPercent("cccd", "2024-05-08"); x != 35 {
		t.Error(x)
	}
}

func TestTermsAndRulesHaveAFromDay(t *testing.T) {
	p := honQuan(t)
	if p.Term("2024-06-30").Card != "thẻ căn cước công dân gắn chip" || p.Term("2024-07-01").Card != "thẻ căn cước" {
		t.Error("terms")
	}
	q := load(t, "tinh-dong-xuan-2025.yaml")
	eid := q.Target("eid")
	child := Subject{Birth: "2012-01-01"}
	if eid.EligibleOn("2025-09-30", &child) || !eid.EligibleOn("2025-10-01", &child) {
		t.Error("a rule with a from-day does not bind from that day")
	}
	if len(q.Coverages) != 5 || len(q.ChangeDays(Subject{Birth: "2007-10-10"})) != 2 {
		t.Error("five coverages, a birthday and a rule", q.ChangeDays(Subject{Birth: "2007-10-10"}))
	}
}

func TestRefusals(t *testing.T) {
	src, err := Shipped("hon-quan-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ from, to, code string }{
		{"code: hon-quan-2024", "code: hon-quan-2024\nnonsense: 1", "plan.unknown_key"},
		{"until: \"2024-07-08\"\nbaseline", "until: \"2024-02-30\"\nbaseline", "plan.date"},
		{"baseline: \"2024-04-10\"", "baseline: \"2024-08-10\"", "plan.baseline"},
		{"from: \"2024-04-08\"\nuntil", "from: \"2024-08-08\"\nuntil", "plan.period"},
		{"percent: 80\n", "percent: 180\n", "plan.percent"},
		{"{id: dot2, title: Đợt 2, from: \"2024-05-09\"", "{id: dot2, title: Đợt 2, from: \"2024-05-01\"", "plan.phase_overlap"},
		{"until: \"2024-07-08\", clause: V.1}\nreports", "until: \"2024-07-09\", clause: V.1}\nreports", "plan.phase_outside"},
		{"percent: 75}", "percent: 25}", "plan.roadmap_percent"},
		{"{day: \"2024-07-08\", percent: 100}", "{day: \"2024-07-08\", percent: 90}", "plan.roadmap_end"},
		{"reached(\"cccd\", \"issued\")'\n    in", "reached(\"cccd\", \"gone\")'\n    in", "plan.state_unknown"},
		{"bornBefore(\"2010-07-01\") and not has(\"hard\")", "bornBefore(2010) and not has(\"hard\")", "plan.expression"},
		{"not has(\"hard\")", "not has(\"unheard\")", "plan.fact_unknown"},
		{"sets: {cccd: none}", "sets: {card: none}", "plan.coverage_unknown"},
		{"id: cccd_hard", "id: cccd", "plan.id_twice"},
		{"clause: V.5}", "clause: X.5}", "plan.clause_unknown"},
		{"goal: issued", "goal: unknown", "plan.goal"},
		{"basis: officials", "basis: anybody", "plan.basis"},
		{"place:\n  unit: \"694\"", "place:\n  unit: \"\"", "plan.missing"},
		{"main: true\n    percent: 100", "main: false\n    percent: 100", "plan.main_none"},
		{"personal_quota: {n: 10", "personal_quota: {n: ten", "plan.type"},
		{"title: 'Kế", "title: 'Kế\n\t- x: [", "plan.yaml"},
		{"excellent: 100, good: 95", "excellent: 90, good: 95", "plan.emulation"},
	} {
		text := strings.Replace(string(src), tc.from, tc.to, 1)
		if text == string(src) {
			t.Errorf("%s: nothing was changed", tc.code)
			continue
		}
		_, err := Parse("x.yaml", []byte(text))
		var p *Problems
		if !errors.As(err, &p) || len(p.List) == 0 {
			t.Errorf("%s: not refused (%v)", tc.code, err)
			continue
		}
		found := false
		for _, x := range p.List {
			if x.Code == tc.code {
				found = true
				// The place must be where the fault was put.
				at := strings.Count(text[:strings.Index(text, tc.to)], "\n") + 1
				if until := at + strings.Count(tc.to, "\n") + 1; x.Line < at-1 || x.Line > until {
					if tc.code != "plan.main_none" && tc.code != "plan.period" && tc.code != "plan.id_twice" {
						t.Errorf("%s: told at line %d, is at %d", tc.code, x.Line, at)
					}
				}
				if x.Text == "" || x.Col < 1 || strings.Contains(x.Text, "%!") {
					t.Errorf("%+v", x)
				}
			}
		}
		if !found {
			t.Errorf("%s: told as %+v", tc.code, p.List)
		}
	}
	for _, text := range []string{"", "a: &x [1]\nb: *x\n", "- 1", strings.Repeat("#", maxBytes+1), "code: [", "\x00"} {
		if _, err := Parse("x.yaml", []byte(text)); err == nil {
			t.Errorf("%.20q was taken", text)
		}
	}
}

// small is a whole plan in a few lines, so that fuzzing changes what matters and not the same sentences again.
const small = `code: x
title: x
place: {unit: "1", name: x}
issuer: {body: x}
from: "2024-04-08"
until: "2024-07-08"
coverages:
  - {id: c, title: x, short: x, goal: b, clause: I, states: [{id: a, title: x}, {id: b, title: x}]}
facts: [{id: gone, title: x, clause: I}]
targets:
  - {id: t, title: x, short: x, clause: I, coverage: c, main: true, percent: 90, basis: register, in: x, out: x, eligible: 'age >= 18 and not has("gone")', counts: 'reached("c", "b")', rules: [{from: "2024-07-01", eligible: 'bornBefore("2010-07-01") or ageAt("2024-07-08") > 3'}]}
roadmap: [{day: "2024-07-08", percent: 100}]
clauses: [{id: I, text: x}]
`

func TestTheSmallestPlanIsTaken(t *testing.T) {
	if _, err := Parse("small", []byte(small)); err != nil {
		t.Error(err)
	}
}

// A plan that is taken answers every question about anybody on any day; one that is not has its problems at places of the file.
func FuzzParse(f *testing.F) {
	f.Add(small)
	for _, s := range []string{"code: x\nfrom: 2024", "targets: [{eligible: 'has(\"a\"'}]", "a: &x 1\nb: *x", "- [", "roadmap: [{day: x, percent: .nan}]", "extracts: [{columns: [{values: [{texts: [x], sets: {c: a}}]}]}]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Parse("fuzz", []byte(s))
		if err != nil {
			var list *Problems
			if !errors.As(err, &list) || len(list.List) == 0 {
				t.Fatal(err)
			}
			for _, x := range list.List {
				if x.Line < 1 || x.Line > strings.Count(s, "\n")+strings.Count(s, "\r")+2 || x.Col < 1 || x.Text == "" {
					t.Errorf("%+v", x)
				}
			}
			return
		}
		for _, birth := range []string{"", "1980", "2010-06", "2006-02-29"} {
			who := Subject{Birth: birth, Facts: []string{"gone"}}
			p.ChangeDays(who)
			for _, day := range []clock.Day{p.From, p.Until, "2030-01-01"} {
				for i := range p.Targets {
					p.Targets[i].Counted(day, &who, func(string) int { return 1 })
					p.Targets[i].Why(day, &who)
					if x := p.RoadmapPercent(p.Targets[i].ID, day); x < 0 || x > 100 {
						t.Errorf("the roadmap wants %v", x)
					}
				}
			}
		}
	})
}

func BenchmarkEligible(b *testing.B) {
	p := honQuan(b)
	s := Subject{Birth: "1980-01-01"}
	for b.Loop() {
		p.Targets[0].EligibleOn("2024-05-01", &s)
	}
}
