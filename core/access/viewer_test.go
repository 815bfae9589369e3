package access

import (
	"slices"
	"strings"
	"testing"

	"bonphu/internal/fault"
)

// Each role, granted on a commune, may do exactly its verbs, on that commune and what lies under it.
func TestLaw_R1_RoleVerbInsideOutside(t *testing.T) {
	w := build(t)
	for _, role := range Roles() {
		v := w.as(role.ID, "c11")
		for _, verb := range Verbs() {
			has := role.Has(verb)
			for unit, inside := range map[string]bool{"c11": true, "h111": true, "c12": false, "d1": false, "p": false, "c21": false} {
				err := v.May(verb, w.unit[unit])
				if (err == nil) != (has && inside) {
					t.Errorf("%s %s on %s: %v", role.ID, verb, unit, err)
				}
				if err != nil && (!fault.Is(err, fault.Forbidden) || !strings.Contains(err.Error(), TitleOf(verb))) {
					t.Errorf("%s %s on %s: the refusal %q does not name the right", role.ID, verb, unit, err)
				}
			}
			if v.May(verb, 0) == nil || v.May(verb, 424242) == nil {
				t.Errorf("%s %s: a commune's role reaches the whole campaign or a unit that is not there", role.ID, verb)
			}
			if v.MayAnywhere(verb) != has {
				t.Errorf("%s %s: MayAnywhere", role.ID, verb)
			}
			if scope := v.Scope(verb); has != slices.Equal(scope, []int64{w.unit["c11"]}) || !has && len(scope) > 0 {
				t.Errorf("%s %s: scope %v", role.ID, verb, scope)
			}
		}
	}
}

func TestLaw_R1_WhatIsNotGrantedIsRefused(t *testing.T) {
	w := build(t)
	var nobody Viewer
	none := NewViewer(7, "thu", "Thử", "", nil, w.tree)
	unknown := NewViewer(7, "thu", "Thử", "", []Grant{{"no_such_role", w.unit["p"]}}, w.tree)
	for _, verb := range append(Verbs(), "no.such") {
		if !fault.Is(nobody.May(verb, w.unit["c11"]), fault.Unknown) || nobody.MayAnywhere(verb) {
			t.Errorf("nobody may %s", verb)
		}
		for _, v := range []Viewer{none, unknown} {
			if !fault.Is(v.May(verb, w.unit["c11"]), fault.Forbidden) || v.MayAnywhere(verb) || len(v.Scope(verb)) > 0 {
				t.Errorf("without a grant: %s", verb)
			}
		}
	}
	if w.as("sysadmin", "p").May("no.such", w.unit["p"]) == nil {
		t.Error("a verb that no role holds")
	}
	if System("thử").May("people.reveal", 0) != nil || System("thử").Name != "hệ thống (thử)" {
		t.Error("the program itself")
	}
}

// Of a province-wide campaign a district is a part: its roles do not reach the whole.
func TestLaw_R1_TheWholeCampaignIsTheCampaignsUnit(t *testing.T) {
	w := build(t)
	if w.as("district_police", "d1").May("quota.plan", 0) == nil {
		t.Error("a district's police plan the province's quotas")
	}
	if err := w.as("district_police", "p").May("quota.plan", 0); err != nil {
		t.Error(err)
	}
	w.door.Place = func() string { return "d1" }
	w.reread()
	for unit, ok := range map[string]bool{"p": true, "d1": true, "d2": false, "c11": false} {
		if err := w.as("district_police", unit).May("quota.plan", 0); (err == nil) != ok {
			t.Errorf("%s: %v", unit, err)
		}
	}
}

func TestScopeLeavesOutWhatIsInside(t *testing.T) {
	w := build(t)
	v := NewViewer(7, "x", "X", "", []Grant{w.at("commune_police", "h111"), w.at("commune_police", "c11"), w.at("commune_police", "c21"), w.at("department", "d1")}, w.tree)
	if got, want := v.Scope("people.see"), []int64{w.unit["c11"], w.unit["c21"]}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := v.Scope("board.see"); !slices.Equal(got, []int64{w.unit["d1"], w.unit["c21"]}) {
		t.Errorf("%v", got)
	}
}

// Until a session is through the door no right holds, whichever face asks.
func TestLaw_R1_NoRightBeforeTheStepsAreDone(t *testing.T) {
	w := build(t)
	for _, step := range []Step{MustChange, NeedTOTP, EnrolTOTP} {
		v := w.as("district_police", "p")
		v.step = step
		if v.May("people.see", w.unit["c11"]) == nil || v.MayAnywhere("people.see") || len(v.Scope("people.see")) > 0 {
			t.Errorf("%s: a right holds", step)
		}
	}
}

func TestRolesAreWhole(t *testing.T) {
	if len(Roles()) != 14 {
		t.Errorf("%d roles", len(Roles()))
	}
	held := map[Verb]bool{}
	for _, r := range Roles() {
		if r.Title == "" || RoleTitle(r.ID) != r.Title {
			t.Errorf("%s has no title", r.ID)
		}
		for _, v := range r.Verbs {
			held[v] = true
			if TitleOf(v) == "" {
				t.Errorf("%s: %s has no title", r.ID, v)
			}
		}
		if strings.HasPrefix(r.ID, "district_") != (r.TOTP && strings.HasPrefix(r.ID, "district_")) {
			t.Errorf("%s signs in without a second factor", r.ID)
		}
	}
	for _, v := range Verbs() {
		if !held[v] {
			t.Errorf("nobody may %s", v)
		}
	}
	for _, c := range []struct {
		role string
		verb Verb
		has  bool
	}{
		{"sysadmin", "people.see", false}, {"sysadmin", "people.reveal", false}, {"operator", "people.see", false}, {"auditor", "people.reveal", false}, {"auditor", "intake.apply", false},
		{"member", "people.export", false}, {"member", "fact.approve", false}, {"commune_police", "fact.approve", false}, {"commune_chair", "quota.shift", true}, {"district_leader", "fact.approve", true},
	} {
		if r, _ := RoleOf(c.role); r.Has(c.verb) != c.has {
			t.Errorf("%s %s: %v", c.role, c.verb, !c.has)
		}
	}
	if TitleOfAct("people.see") != "xem danh sách dân cư" || TitleOfAct("session.open") != "đăng nhập" || TitleOfAct("x.y") != "x.y" {
		t.Error("titles of acts")
	}
}
