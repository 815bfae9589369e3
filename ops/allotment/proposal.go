package allotment

import (
	"fmt"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/clock"
)

// Proposal is a division that is not saved yet, or just was.
type Proposal struct {
	Day       clock.Day                 // from which day on it divides
	Goals     map[string]map[int64]Goal // target → unit
	Cells     []Cell                    // every quota from Day on
	Overloads []Overload
	Changes   []Change // of Day, against what was saved before
}

// Change is a team's quota of one target on the proposal's day, before and after.
type Change struct {
	Team     int64
	Target   string
	Was, Now int64
}

// Sum adds up the quotas of a target over units, teams and days; "" and 0 stand for all.
func (p *Proposal) Sum(target string, unit, team int64, day clock.Day) int64 {
	var n int64
	for i := range p.Cells {
		c := &p.Cells[i]
		if (target == "" || c.Target == target) && (unit == 0 || c.Unit == unit) && (team == 0 || c.Team == team) && (day == "" || c.Day == day) {
			n += c.N
		}
	}
	return n
}

// Note says what the proposal comes to, in one Vietnamese sentence for the trail and the list of runs.
func (p *Proposal) Note() string {
	var b strings.Builder
	var today int64
	teams := map[int64]bool{}
	for i := range p.Cells {
		if c := &p.Cells[i]; c.Day == p.Day {
			today += c.N
			if c.N > 0 {
				teams[c.Team] = true
			}
		}
	}
	fmt.Fprintf(&b, "Ngày %s: giao %d lượt cho %d tổ", p.Day.Vi(), today, len(teams))
	if n := len(p.Overloads); n > 0 {
		var short int64
		for _, o := range p.Overloads {
			short += o.Short
		}
		fmt.Fprintf(&b, "; %d chỉ tiêu vượt sức của tổ, tổng cộng %d lượt", n, short)
	}
	return b.String() + "."
}

// Sentence tells an overload in Vietnamese; team and target are their names.
func (o Overload) Sentence(team, target string) string {
	if o.Team == 0 {
		return fmt.Sprintf("%s: địa bàn chưa có tổ nào, còn %d người chưa giao được; hãy lập tổ hoặc giao tổ khác.", target, o.Short)
	}
	s := fmt.Sprintf("%s: %s vượt sức %d người từ ngày %s", target, team, o.Short, o.From.Vi())
	if o.Needed > 0 {
		s += fmt.Sprintf("; muốn kịp phải làm %d người mỗi ngày", o.Needed)
	}
	return s + "."
}

// WhatIf is what a planner tries out before saving; its zero value changes nothing.
type WhatIf struct {
	Capacity map[int64]int64            // team → citizens a day
	RestDays []clock.Day                // further days on which nobody works
	Given    map[string]map[int64]int64 // target → unit → number, over the target table
	Until    clock.Day                  // to be done by this day instead of the campaign's last
}

func (w *WhatIf) rests(p *plan.Plan) func(clock.Day) bool {
	return func(day clock.Day) bool {
		for _, d := range w.RestDays {
			if d == day {
				return true
			}
		}
		return p.Rests(day)
	}
}

// counted lists the targets that have a goal among residents; officials have their own (KH:IV.1.c).
func counted(p *plan.Plan) []*plan.Target {
	var out []*plan.Target
	for i := range p.Targets {
		if t := &p.Targets[i]; t.Basis == "" || t.Basis == "register" {
			out = append(out, t)
		}
	}
	return out
}

// divided lists those of them that are dealt to teams: the ones that belong to a coverage. A target over several coverages is
// reached by reaching them, not by work of its own.
func divided(p *plan.Plan) []*plan.Target {
	var out []*plan.Target
	for _, t := range counted(p) {
		if t.Coverage != "" {
			out = append(out, t)
		}
	}
	return out
}

// CurveOf gives a target's roadmap day by day.
func CurveOf(p *plan.Plan, target string) Curve {
	return NewCurve(p.From, p.Until, func(day clock.Day) float64 { return p.RoadmapPercent(target, day) })
}
