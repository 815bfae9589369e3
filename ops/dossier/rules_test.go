package dossier

import (
	"math/rand/v2"
	"strings"
	"testing"

	"bonphu/core/coverage"
	"bonphu/core/plan/plantest"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

func code(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// TestClause_III_3_d_EveryTransition is the whole table: for every kind, from every state, what the desk may do; all else is refused with a
// sentence, and backwards never.
func TestClause_III_3_d_EveryTransition(t *testing.T) {
	allowed := map[Kind]string{
		Card: "collected>transmitted collected>cancelled transmitted>approved transmitted>issued transmitted>rejected approved>issued approved>handed issued>handed",
		EID2: "collected>transmitted collected>cancelled transmitted>account transmitted>rejected account>activated",
		Both: "collected>transmitted collected>cancelled transmitted>approved transmitted>issued transmitted>rejected approved>issued approved>handed approved>account issued>handed issued>account handed>account handed>activated account>activated",
	}
	for _, k := range Kinds() {
		want := map[string]bool{}
		for _, w := range strings.Fields(allowed[k]) {
			want[w] = true
		}
		n := 0
		for _, from := range States() {
			for _, to := range append(States(), "lost") {
				err := mayMove(k, from, to)
				if w := want[string(from)+">"+string(to)]; w != (err == nil) {
					t.Errorf("%s %s→%s: %v", k, from, to, err)
				}
				if err == nil {
					if n++; rank(to) <= rank(from) {
						t.Errorf("%s %s→%s goes backwards", k, from, to)
					}
				} else if f, ok := fault.As(err); !ok || !strings.HasSuffix(f.Text, ".") {
					t.Errorf("%s %s→%s has no sentence: %v", k, from, to, err)
				}
			}
		}
		if n != len(want) {
			t.Errorf("%s: %d transitions, want %d", k, n, len(want))
		}
	}
	for _, c := range []struct {
		k        Kind
		from, to State
		want     string
	}{{Card, Issued, Collected, "dossier.backwards"}, {Card, Collected, Issued, "dossier.skips"}, {Card, Issued, Activated, "dossier.not_of_kind"}, {EID2, Transmitted, Issued, "dossier.not_of_kind"},
		{Both, Rejected, Approved, "dossier.rejected"}, {Both, Cancelled, Approved, "dossier.cancelled"}, {Card, Approved, Cancelled, "dossier.cancel_late"}, {Card, Approved, Approved, "dossier.same"}, {Card, Approved, "x", "dossier.state"}} {
		if got := code(mayMove(c.k, c.from, c.to)); got != c.want {
			t.Errorf("%s %s→%s: %s, want %s", c.k, c.from, c.to, got, c.want)
		}
	}
}

// TestLaw_C4_PathDoesNotDependOnOrder: steps told in any order tell one path, and it only rises.
func TestLaw_C4_PathDoesNotDependOnOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		steps := []Step{{State: Collected, Day: "2024-05-01", At: "1"}}
		for range r.IntN(6) {
			s := Step{State: States()[1+r.IntN(8)], Day: clock.Day("2024-05-01").Add(r.IntN(9)), At: string(rune('2' + r.IntN(8)))}
			if r.IntN(4) == 0 {
				s.VoidAt = "x"
			}
			steps = append(steps, s)
		}
		first := Path(steps)
		r.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
		again := Path(steps)
		if len(first) != len(again) {
			t.Fatalf("%v\n%v", first, again)
		}
		for i := range first {
			if first[i].Day != again[i].Day || first[i].State != again[i].State {
				t.Fatalf("%v\n%v", first, again)
			}
			if i > 0 && (rank(first[i].State) <= rank(first[i-1].State) || first[i].Day < first[i-1].Day) {
				t.Fatalf("falls: %v", first)
			}
		}
	}
}

func confirmed(cov, state, day string, id int64) coverage.Event {
	e := coverage.Event{ID: id, Coverage: cov, State: state, Level: coverage.Confirmed, Day: clock.Day(day), AsOf: day + "T10:00:00.000000000Z", Batch: 1}
	return e
}

// TestClause_IV_2_d_WhatExtractsShow: only what is new since the dossier was taken moves it on, and only while it is not contradicted.
func TestClause_IV_2_d_WhatExtractsShow(t *testing.T) {
	p := plantest.HonQuan(t)
	gone := confirmed("cccd", "issued", "2024-05-12", 9)
	gone.VoidAt = "2024-05-13"
	for _, c := range []struct {
		name   string
		kind   Kind
		events []coverage.Event
		want   string // state@day …
	}{
		{"nothing", Card, nil, ""},
		{"issued after", Card, []coverage.Event{confirmed("cccd", "issued", "2024-05-12", 1)}, "transmitted@2024-05-12 issued@2024-05-12"},
		{"issued on the day itself", Card, []coverage.Event{confirmed("cccd", "issued", "2024-05-10", 1)}, ""},
		{"had one before, a renewal", Card, []coverage.Event{confirmed("cccd", "issued", "2024-05-01", 1), confirmed("cccd", "issued", "2024-05-12", 2)}, ""},
		{"void", Card, []coverage.Event{gone}, ""},
		{"contradicted later", Card, []coverage.Event{confirmed("cccd", "issued", "2024-05-12", 1), confirmed("cccd", "none", "2024-05-14", 2)}, ""},
		{"first of many", Card, []coverage.Event{confirmed("cccd", "issued", "2024-05-16", 2), confirmed("cccd", "issued", "2024-05-12", 1)}, "transmitted@2024-05-12 issued@2024-05-12"},
		{"active shows both", EID2, []coverage.Event{confirmed("eid", "active", "2024-05-15", 1)}, "account@2024-05-15 activated@2024-05-15"},
		{"level 1 shows nothing", EID2, []coverage.Event{confirmed("eid", "level1", "2024-05-15", 1)}, ""},
		{"another coverage", EID2, []coverage.Event{confirmed("cccd", "issued", "2024-05-15", 1)}, ""},
		{"step by step", Both, []coverage.Event{confirmed("cccd", "issued", "2024-05-12", 1), confirmed("eid", "level2", "2024-05-14", 2), confirmed("eid", "active", "2024-05-18", 3)}, "transmitted@2024-05-12 issued@2024-05-12 account@2024-05-14 activated@2024-05-18"},
	} {
		got := Shown(p, c.kind, "2024-05-10", c.events)
		var out []string
		for _, s := range States() {
			if e, ok := got[s]; ok {
				out = append(out, string(s)+"@"+string(e.Day))
			}
		}
		if text := strings.Join(out, " "); text != c.want {
			t.Errorf("%s: %s, want %s", c.name, text, c.want)
		}
	}
}

// TestClause_III_3_d_AgesAndTheBottleneck: medians against the norm, the worst named with both counts; without norms nobody is late.
func TestClause_III_3_d_AgesAndTheBottleneck(t *testing.T) {
	p := plantest.HonQuan(t)
	today := clock.Day("2024-05-20")
	list := []Aging{{Collected, Card, "2024-05-19", 10}, {Collected, Card, "2024-05-18", 5}, {Transmitted, EID2, "2024-05-10", 6}, {Transmitted, Card, "2024-05-14", 5}, {Account, EID2, "2024-05-12", 4}, {Activated, EID2, "2024-04-12", 400}, {Cancelled, EID2, "2024-04-12", 4}}
	ages := Ages(p, list, today)
	if len(ages) != 3 || ages[0].N != 15 || ages[0].Over != 5 || ages[0].Median != 1 || ages[1].N != 11 || ages[1].Over != 6 || ages[1].Alarm != 6 || ages[1].Norm != 3 || ages[2].Over != 4 || ages[2].Alarm != 0 {
		t.Fatalf("%+v", ages)
	}
	worst := Bottleneck(ages)
	if worst == nil || worst.State != Transmitted {
		t.Fatalf("%+v", worst)
	}
	if text := NarrowText(worst); !strings.Contains(text, "6 trong 11 hồ sơ") || !strings.Contains(text, "Đã truyền về Bộ") {
		t.Error(text)
	}
	bare := *p
	bare.Dossier.Norms = nil
	for _, a := range Ages(&bare, list, today) {
		if a.Over != 0 || a.Alarm != 0 || a.Worst != 0 {
			t.Errorf("no norm, yet %+v", a)
		}
	}
	if Bottleneck(Ages(&bare, list, today)) != nil || NarrowText(nil) != "" {
		t.Error("a bottleneck without norms")
	}
	if d := before(p, today, 3); d != "2024-05-16" || WorkDays(p, d, today) != 4 {
		t.Error(d)
	}
}

// TestRowsOfAList: what a row may say, and what says nothing.
func TestRowsOfAList(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"070199000123", "070199000123|||"}, {"70199000123", "070199000123|||"}, {"BCDFG HKLMN", "|BCDFGHKLMN||"}, {"bcdfg-hklmn", "|BCDFGHKLMN||"},
		{"1\tNguyễn Văn Mẫu\t01/02/1990", "||Nguyễn Văn Mẫu|1990-02-01"}, {"Nguyễn Văn Mẫu 01/02/1990", "||Nguyễn Văn Mẫu|1990-02-01"},
		{"070199000123|285000000|Nguyễn Văn Mẫu|01021990|Nam|Ấp 1, Xã An Khương|01022022", "070199000123||Nguyễn Văn Mẫu|1990-02-01"},
		{"Nguyễn Văn Mẫu", ""}, {"123", ""}, {"Nguyễn Văn Mẫu\t1990", ""}, {"STT\tHọ và tên", ""}, {"Xã Trong, ngày 20/5/2024", ""}, {"Lập ngày 20/5/2024", ""},
	} {
		k, ok := ReadKey(1, strings.Split(c.in, "\t"))
		got := ""
		if ok {
			got = strings.Join([]string{k.Number, k.Code, k.Name, k.Birth}, "|")
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
		if strings.Contains(k.Text, "0701") {
			t.Errorf("%q shows a number", k.Text)
		}
	}
	seen := map[string]bool{}
	for range 2000 {
		c := newCode()
		if seen[c] || ReadCode(c) != c || ReadCode(CodeText(c)) != c {
			t.Fatal(c)
		}
		seen[c] = true
	}
}
