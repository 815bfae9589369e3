package lead

import (
	"slices"
	"testing"
	"time"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/ops/allotment"
)

// TestLaw_C5_ExtractsAreSeenInTheLine: the weekly step is an extract, a person who turns of age is not; where every day moves alike, every day is one.
func TestLaw_C5_ExtractsAreSeenInTheLine(t *testing.T) {
	for _, c := range []struct {
		name string
		line []int64
		want []int
	}{
		{"nothing", nil, nil},
		{"a flat line", []int64{5, 5, 5}, nil},
		{"weekly steps and small drift", []int64{100, 100, 99, 99, 99, 99, 99, 149, 149, 148, 148, 148, 148, 148, 210}, []int{7, 14}},
		{"every day", []int64{0, 4, 9, 14, 18}, []int{1, 2, 3, 4}},
		{"a list that takes back", []int64{100, 100, 80, 80}, []int{2}},
	} {
		var got []int
		for _, d := range seenDays(day0, c.line) {
			got = append(got, d.Sub(day0))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}

// TestClause_III_2_c_WhatTheTeamsCanStillDo: citizens a day times the days on which each team works, added up the tree.
func TestClause_III_2_c_WhatTheTeamsCanStillDo(t *testing.T) {
	tree := territory.NewTree([]territory.Unit{{ID: 1, Code: "694", Tier: 1, Path: "/694/"}, {ID: 2, Code: "25330", Tier: 2, Parent: 1, Path: "/694/25330/"}, {ID: 3, Code: "25330.01", Tier: 3, Parent: 2, Path: "/694/25330/25330.01/"}}, nil)
	teams := []allotment.Team{{ID: 1, Unit: 3, Capacity: 10}, {ID: 2, Unit: 3, Capacity: 5, Rest: []time.Weekday{time.Sunday}}, {ID: 3, Unit: 2, Capacity: 2, Until: day0.Add(3)}}
	rests := func(d clock.Day) bool { return d == day0.Add(2) }
	got := capacities(tree, teams, day0, day0.Add(7), rests) // day0 is a Monday: seven days, one of rest for all, one Sunday
	if got[3] != 10*6+5*5 || got[2] != got[3]+2*2 || got[1] != got[2] {
		t.Errorf("%v", got)
	}
}
