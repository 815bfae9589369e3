package officials

import (
	"testing"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan/plantest"
	"bonphu/internal/clock"
)

func event(cov, state string, level coverage.Level, day clock.Day) coverage.Event {
	return coverage.Event{Coverage: cov, State: state, Level: level, Day: day, AsOf: clock.Stamp(day.Time()), Source: people.National}
}

// TestClause_IV_1_c_ThreeConditions: the plan names two on the ledger, the portals are the third.
func TestClause_IV_1_c_ThreeConditions(t *testing.T) {
	list := Conditions(plantest.HonQuan(t))
	if len(list) != 3 || list[0].ID != "sim" || list[1].ID != "phone" || list[2].ID != Portal {
		t.Fatalf("%+v", list)
	}
}

// TestLaw_C2_ConditionsByEvidence: the strongest evidence decides, a denied claim is told as denied, and nothing is known of whoever is
// not linked.
func TestLaw_C2_ConditionsByEvidence(t *testing.T) {
	p := plantest.HonQuan(t)
	list := Conditions(p)
	both := func(l coverage.Level) []Statement {
		return []Statement{{Portal: National, Level: l}, {Portal: Provincial, Level: l}}
	}
	for _, x := range []struct {
		name    string
		linked  bool
		events  []coverage.Event
		portals []Statement
		want    [3]Met
	}{
		{"nothing", true, nil, nil, [3]Met{None, None, None}},
		{"not linked", false, []coverage.Event{event("sim", "signed", coverage.Confirmed, "2024-05-01")}, both(coverage.Claimed), [3]Met{Unknown, Unknown, Claimed}},
		{"confirmed and claimed", true, []coverage.Event{event("sim", "signed", coverage.Confirmed, "2024-05-01"), event("phone", "smart4g", coverage.Claimed, "2024-05-02")}, both(coverage.Verified), [3]Met{Confirmed, Claimed, Verified}},
		{"denied", true, []coverage.Event{event("sim", "signed", coverage.Claimed, "2024-05-01"), event("sim", "owner", coverage.Confirmed, "2024-05-03")}, both(coverage.Claimed)[:1], [3]Met{Denied, None, None}},
	} {
		got := MetOf(p, list, x.linked, x.events, x.portals)
		if [3]Met(got) != x.want {
			t.Errorf("%s: %v, want %v", x.name, got, x.want)
		}
	}
}

// TestClause_IV_1_d_CreditIsConfirmedByAnExtract: not by a claim, and not by what was there before.
func TestClause_IV_1_d_CreditIsConfirmedByAnExtract(t *testing.T) {
	p := plantest.HonQuan(t)
	const day = clock.Day("2024-05-10")
	for _, x := range []struct {
		name   string
		what   string
		events []coverage.Event
		want   State
	}{
		{"nothing", Install, nil, Waiting},
		{"a claim", Level2, []coverage.Event{event("eid", "active", coverage.Claimed, day)}, Waiting},
		{"the same day", Level1, []coverage.Event{event("eid", "active", coverage.Confirmed, day)}, Counted},
		{"later", Level2, []coverage.Event{event("eid", "active", coverage.Confirmed, "2024-05-15"), event("eid", "level2", coverage.Confirmed, "2024-05-08")}, Counted},
		{"before", Level2, []coverage.Event{event("eid", "active", coverage.Confirmed, "2024-05-15"), event("eid", "active", coverage.Confirmed, "2024-05-09")}, Before},
		{"another coverage", SIM, []coverage.Event{event("eid", "active", coverage.Confirmed, "2024-05-15")}, Waiting},
		{"sim", SIM, []coverage.Event{event("sim", "signed", coverage.Confirmed, "2024-05-15")}, Counted},
		{"withdrawn", SIM, []coverage.Event{func() coverage.Event {
			e := event("sim", "signed", coverage.Confirmed, "2024-05-15")
			e.VoidAt = "x"
			return e
		}()}, Waiting},
	} {
		if got := StateOf(p, x.what, day, x.events); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
}
