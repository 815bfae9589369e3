package localplan

import (
	"testing"

	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/internal/clock"
)

func sample(p *plan.Plan) *Spec {
	return &Spec{District: p.Code, Unit: "25330", Title: "Kế hoạch của xã An Khương", From: p.From, Until: p.Until, AsOf: "2024-04-20", Roadmap: append([]plan.Knot(nil), p.Roadmap...),
		Targets: []Target{{ID: "eid", Short: "VNeID", Eligible: 1000, Confirmed: 100, District: 900, Number: 900}}}
}

func TestClause_V_6_WhatContradictsTheDistrictsPlanIsTold(t *testing.T) {
	p := plantest.HonQuan(t)
	asked := map[string]int64{"eid": 900}
	for name, change := range map[string]func(*Spec){
		"":                       func(*Spec) {},
		"localplan.district":     func(s *Spec) { s.District = "khac" },
		"localplan.title":        func(s *Spec) { s.Title = "a" },
		"localplan.dates":        func(s *Spec) { s.From = "2024-04-01" },
		"localplan.roadmap":      func(s *Spec) { s.Roadmap = nil },
		"localplan.knot_day":     func(s *Spec) { s.Roadmap[0].Day = "2024-13-01" },
		"localplan.knot_order":   func(s *Spec) { s.Roadmap[1].Day = s.Roadmap[0].Day },
		"localplan.knot_percent": func(s *Spec) { s.Roadmap[1].Percent = 1 },
		"localplan.knot_end":     func(s *Spec) { s.Roadmap[2].Percent = 99.99 },
		"localplan.behind":       func(s *Spec) { s.Roadmap[0].Percent -= 5 },
		"localplan.rest":         func(s *Spec) { s.RestWeekdays = []int{9} },
		"localplan.rest_days":    func(s *Spec) { s.RestDays = []clock.Day{"2024-02-30"} },
		"localplan.rest_all":     func(s *Spec) { s.RestWeekdays = []int{1, 2, 3, 4, 5, 6, 7} },
		"localplan.below":        func(s *Spec) { s.Targets[0].Number = 899 },
		"localplan.above":        func(s *Spec) { s.Targets[0].Number = 1001 },
		"localplan.target":       func(s *Spec) { s.Targets = append(s.Targets, Target{ID: "bay"}) },
		"localplan.missing":      func(s *Spec) { s.Targets = nil },
		"localplan.private":      func(s *Spec) { s.Measures = []Measure{{"Phân công", "gọi 0912 345 678"}} },
	} {
		s := sample(p)
		change(s)
		wrong := s.Check(p, asked)
		switch {
		case name == "" && len(wrong) != 0, name != "" && (len(wrong) == 0 || wrong[0].Code != name):
			t.Errorf("%q: %v", name, wrong)
		}
	}
}

// A roadmap that passes the check is never below the district's, on any day.
func TestLaw_A3_ARoadmapThatPassesIsNeverBehind(t *testing.T) {
	p := plantest.HonQuan(t)
	for shift := -20; shift <= 20; shift++ {
		for lift := -10.0; lift <= 30; lift += 5 {
			s := sample(p)
			s.Roadmap[0].Day, s.Roadmap[0].Percent = s.Roadmap[0].Day.Add(shift), max(0, min(70, s.Roadmap[0].Percent+lift))
			passes := len(s.Check(p, map[string]int64{"eid": 900})) == 0
			behind := false
			for d := p.From; d <= p.Until; d = d.Add(1) {
				behind = behind || s.Percent(d) < p.RoadmapPercent("", d)-tolerance
			}
			if passes == behind {
				t.Fatalf("shift %d, lift %.0f: passes %v, behind %v", shift, lift, passes, behind)
			}
		}
	}
}

func FuzzParseSpec(f *testing.F) {
	p, _ := plan.Shipped("hon-quan-2024.yaml")
	f.Add(p)
	f.Add([]byte("district: x\nunit: \"1\"\nroadmap:\n  - {day: 2024-05-08, percent: .nan}\n"))
	f.Add([]byte("a: &a [*a]\n"))
	district, err := plan.Parse("x", p)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := ParseSpec(b); err == nil {
			_ = s.Check(district, map[string]int64{"eid": 1})
			if text, err := s.YAML(); err == nil {
				if _, err := ParseSpec(text); err != nil && len(text) <= maxSpec {
					t.Errorf("what was written is not read: %v", err)
				}
			}
		}
	})
}
