package plan

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// refused parses Hớn Quản's plan with one text replaced, and gives the problems.
func refused(t *testing.T, from, to string) (string, []Problem) {
	t.Helper()
	src, err := Shipped("hon-quan-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(src), from, to, 1)
	if text == string(src) {
		t.Fatalf("%q is not in the plan", from)
	}
	_, err = Parse("x.yaml", []byte(text))
	var p *Problems
	if !errors.As(err, &p) {
		t.Fatalf("%q: not refused (%v)", to, err)
	}
	return text, p.List
}

// placeOf gives line and column, from 1, of the n-th character after the first place where a text holds part.
func placeOf(text, part string) (line, col int) {
	before := text[:strings.Index(text, part)]
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
}

// Each refusal is told at the very character. The marker ^ stands before it and is taken out.
func TestRefusedAtTheVeryPlace(t *testing.T) {
	const expr = `not has("hard") and not (`
	for _, tc := range []struct{ from, to, code string }{
		{expr, `not has("ha" ^+ "rd") and not (`, "plan.argument"},
		{expr, `not has(^gender) and not (`, "plan.argument"},
		{expr, "not has(^`zzz`) and not (", "plan.fact_unknown"},
		{expr, `age in 1^..100000000 and not (`, "plan.operator"},
		{expr, `day ^matches "((a+)+)+$" and not (`, "plan.operator"},
		{expr, `age ^% 2 == 1 and not (`, "plan.operator"},
		{expr, `^agee > 3 and not (`, "plan.expression"},
		{expr, `^len([1]) > 0 and not (`, "plan.expression"},
		{expr, `gender == ^"nu" and not (`, "plan.gender"},
		{expr, `gender in ["male", ^"nu"] and not (`, "plan.gender"},
		{expr, `day >= ^"2024" and not (`, "plan.date"},
		{expr, `ageAt(^"2024-02-30") > 3 and not (`, "plan.date"},
		{expr, `reached(^"card", "issued") and not (`, "plan.coverage_unknown"},
		{expr, `reached("eid", ^"signed") and not (`, "plan.state_unknown"},
		{"place:\n  unit: \"694\"\n", "place:\n  unit: \"694\"\n  ^province: x\n", "plan.unknown_key"},
		{"percent: 80\n", "percent: ^\"80\"\n", "plan.type"},
		{"main: true\n", "main: ^sure\n", "plan.type"},
		{"rest_days: []", "rest_days: ^none at all", "plan.type"},
		{"due: \"2024-05-08\"", "due: ^\"2023-05-08\"", "plan.report_early"},
		{"from: \"2024-05-09\", until: \"2024-06-09\", due", "from: \"2024-05-09\", until: ^\"2024-05-01\", due", "plan.report_order"},
		{"personal_quota: {n: 10, clause: IV.1.d}", "personal_quota: {n: 10, clause: ^IV.9}", "plan.clause_unknown"},
		{"over_claim: 5, clause: IV.2.b", "over_claim: 5, clause: ^IV.9", "plan.clause_unknown"},
		{"percent: 80\n", "percent: ^.nan\n", "plan.percent"},
		{"short: CCCD\n", "short: ^\"\"\n", "plan.missing"},
		{"{day: \"2024-06-09\", percent: 75}", "{day: ^\"2024-04-09\", percent: 75}", "plan.roadmap_order"},
	} {
		text, list := refused(t, tc.from, strings.Replace(tc.to, "^", "", 1))
		// The mark tells the place in the text as changed.
		i := strings.Index(tc.to, "^")
		plain := tc.to[:i] + tc.to[i+1:]
		line, col := placeOf(text[:strings.Index(text, plain)+i]+"\x00", "\x00")
		if j := slices.IndexFunc(list, func(p Problem) bool { return p.Code == tc.code }); j < 0 {
			t.Errorf("%s: told as %+v", tc.to, list)
		} else if p := list[j]; p.Line != line || p.Col != col {
			t.Errorf("%s: told at %d:%d, is at %d:%d", tc.to, p.Line, p.Col, line, col)
		}
	}
}

func TestAllProblemsAreToldTogetherInOrder(t *testing.T) {
	_, list := refused(t, "code: hon-quan-2024", "code: hon-quan-2024\nfirst: 1\nsecond: 2\nretentions: 3\nbaselines: x\nsymbols:\n  - {a: 1}\nfifth: [")
	if len(list) != 1 || list[0].Code != "plan.yaml" {
		t.Error("a file that is no YAML has one problem, the place where it breaks:", list)
	}
	_, list = refused(t, "code: hon-quan-2024", "code: hon-quan-2024\nretention: \"2020-01-01\"")
	if list[0].Code != "plan.duplicate_key" || list[0].Line < 5 {
		t.Errorf("a key written twice: %+v", list)
	}
	text, list := refused(t, "switch_off_2g: \"2024-09-01\"", "switch_off_2g: \"2024-09-31\"\nfirst: 1\nsecond: 2")
	if len(list) != 3 || list[0].Code != "plan.date" || list[1].Code != "plan.unknown_key" || list[2].Code != "plan.unknown_key" {
		t.Errorf("%+v", list)
	}
	if line, _ := placeOf(text, "second: 2"); list[2].Line != line || list[2].Path != "second" {
		t.Errorf("%+v", list[2])
	}
}

// Law F4: no file can take the program down, whatever its content.
func TestLaw_F4_HostilePlansAreRefusedSoon(t *testing.T) {
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%d: 1\n", i)
		}
		return b.String()
	}
	stairs := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Repeat(" ", i) + "a:\n")
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"brackets": strings.Repeat("[", 40_000), "braces": strings.Repeat("{a: ", 10_000), "dashes": strings.Repeat("- ", 20_000), "asks": strings.Repeat("? ", 20_000),
		"closed": strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "keys": keys(60_000), "stairs": stairs(600), "tags": strings.Repeat("!a ", 20_000),
		"aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "merge": "a: &a {x: 1}\nb:\n  <<: *a\n", "big": strings.Repeat("x", maxBytes+1),
	} {
		start := time.Now()
		_, err := Parse("x.yaml", []byte(text))
		var p *Problems
		if !errors.As(err, &p) || len(p.List) == 0 || len(p.List) > maxProblems || p.List[0].Line < 1 {
			t.Errorf("%s: %v", name, err)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %v", name, d)
		}
	}
}

func TestDaysThatExpressionsNameAreChangeDays(t *testing.T) {
	src, err := Shipped("hon-quan-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(src), `not has("hard") and not (`, `(day < "2024-07-01" or day > "2024-07-05") and not has("hard") and not (`, 1)
	p, err := Parse("x.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s := Subject{Birth: "1980-05-20"}
	days := p.ChangeDays(s)
	for d := p.From; d < p.Until; d = d.Add(1) {
		for i := range p.Targets {
			a, b := p.Targets[i].EligibleOn(d, &s), p.Targets[i].EligibleOn(d.Add(1), &s)
			if a != b && !slices.Contains(days, d.Add(1)) {
				t.Errorf("%s changes on %s, which is not among %v", p.Targets[i].ID, d.Add(1), days)
			}
		}
	}
	if !slices.Contains(days, "2024-07-01") || !slices.Contains(days, "2024-07-06") || !slices.Contains(days, "2024-05-20") {
		t.Error(days)
	}
}

func TestEveryCitationIsShownUnderItsClause(t *testing.T) {
	for _, name := range ShippedNames() {
		p := load(t, name)
		kinds := map[string]int{}
		for _, c := range p.Clauses {
			for _, x := range p.Cites(c.ID) {
				kinds[x.Kind]++
				if x.Title == "" || strings.Contains(x.Title, "%!") {
					t.Errorf("%s %s: %+v", name, c.ID, x)
				}
			}
		}
		for kind, n := range map[string]int{"phase": len(p.Phases), "coverage": len(p.Coverages), "target": len(p.Targets), "segment": len(p.Segments), "extract": len(p.Extracts),
			"report": len(p.Reports), "duty": len(p.Duties), "fact": len(p.Facts), "basis": len(p.LegalBasis), "quota": 1, "emulation": 1} {
			if kinds[kind] != n {
				t.Errorf("%s: %d of %d things of kind %s are under a clause", name, kinds[kind], n, kind)
			}
		}
	}
}
