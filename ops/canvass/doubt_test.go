package canvass

import (
	"slices"
	"testing"

	"bonphu/core/plan/plantest"
)

func TestClause_III_2_a_WhatDoesNotFitTheChainIsSaid(t *testing.T) {
	p := plantest.HonQuan(t)
	sim, phone := "chưa có SIM chính chủ, mã kích hoạt không về được máy", "chưa có điện thoại thông minh để cài VNeID"
	for _, c := range []struct {
		name     string
		needs    []string
		coverage string
		state    string
		want     []string
	}{
		{"nothing lacking", nil, "eid", "active", nil},
		{"active without a SIM of one's own", []string{"no_own_sim"}, "eid", "active", []string{sim}},
		{"active without SIM and phone", []string{"phone_2g", "no_own_sim"}, "eid", "active", []string{sim, phone}},
		{"an account without a card", []string{"no_card"}, "eid", "level2", []string{"chưa có CCCD nên chưa làm được mức 2"}},
		{"the card itself", []string{"no_own_sim"}, "cccd", "issued", nil},
		{"a signature with an old phone", []string{"phone_2g"}, "sim", "signed", []string{"cần điện thoại 4G để dùng chữ ký số"}},
		{"a SIM alone with an old phone", []string{"phone_2g"}, "sim", "owner", nil},
		{"a coverage the plan does not know", []string{"no_card"}, "x", "y", nil},
	} {
		if got := Doubts(p, c.needs, []Claimed{{Coverage: c.coverage, State: c.state}}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
