package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"bonphu/core/coverage"
	"bonphu/internal/clock"
	"bonphu/oversight/reconcile"
)

var states = []string{"none", "filed", "issued", "collected"}

func rank(s string) int { return slices.Index(states, s) }

const goal = 2 // issued

// said builds events: "c" a claim, "x" an extract, "v" a verification, each with its day and state; "!" marks one taken back, at
// the hour of its recording.
func said(list ...string) []coverage.Event {
	var out []coverage.Event
	for i, s := range list {
		var kind, day, state string
		if _, err := fmt.Sscan(s, &kind, &day, &state); err != nil {
			panic(err)
		}
		e := coverage.Event{ID: int64(i + 1), Person: 1, Coverage: "cccd", State: state, Day: clock.Day("2024-" + day), Level: coverage.Claimed}
		e.AsOf = string(e.Day) + "T03:00:00.000Z"
		if kind[0] == 'x' {
			e.Level, e.AsOf, e.Source = coverage.Confirmed, string(e.Day)+"T01:00:00.000Z", 4
		}
		if kind[0] == 'v' {
			e.Level = coverage.Verified
		}
		e.At = e.AsOf
		if len(kind) > 1 {
			e.VoidAt, e.VoidWhy = "2024-"+kind[2:]+"T03:00:00.000Z", "nhầm"
		}
		out = append(out, e)
	}
	return out
}

func TestClause_IV_2_a_FatesOfClaims(t *testing.T) {
	for _, c := range []struct {
		name string
		list []string
		day  clock.Day
		want map[int64]reconcile.Fate
	}{
		{"no extract yet", []string{"x 04-01 none", "c 04-10 issued"}, "", map[int64]reconcile.Fate{2: reconcile.Pending}},
		{"confirmed", []string{"x 04-01 none", "c 04-10 issued", "x 05-01 issued"}, "", map[int64]reconcile.Fate{2: reconcile.Confirmed}},
		{"confirmed by more", []string{"c 04-10 issued", "x 05-01 collected"}, "", map[int64]reconcile.Fate{1: reconcile.Confirmed}},
		{"denied", []string{"c 04-10 issued", "x 05-01 filed"}, "", map[int64]reconcile.Fate{1: reconcile.Denied}},
		{"denied, then confirmed", []string{"c 04-10 issued", "x 05-01 none", "x 05-10 issued"}, "", map[int64]reconcile.Fate{1: reconcile.Confirmed}},
		{"as of the day between", []string{"c 04-10 issued", "x 05-01 none", "x 05-10 issued"}, "2024-05-05", map[int64]reconcile.Fate{1: reconcile.Denied}},
		{"as of the day before", []string{"c 04-10 issued", "x 05-01 none"}, "2024-04-30", map[int64]reconcile.Fate{1: reconcile.Pending}},
		{"an older extract that arrives later changes nothing", []string{"c 04-10 issued", "x 05-10 issued", "x 05-01 none"}, "", map[int64]reconcile.Fate{1: reconcile.Confirmed}},
		{"claimed twice", []string{"c 04-10 issued", "c 04-11 issued", "x 05-01 issued"}, "", map[int64]reconcile.Fate{1: reconcile.Confirmed, 2: reconcile.Repeat}},
		{"a higher claim is no repeat", []string{"c 04-10 issued", "c 04-11 collected"}, "", map[int64]reconcile.Fate{1: reconcile.Pending, 2: reconcile.Pending}},
		{"claimed again after a denial", []string{"c 04-10 issued", "x 05-01 none", "c 05-02 issued"}, "", map[int64]reconcile.Fate{1: reconcile.Denied, 3: reconcile.Pending}},
		{"claimed what was known", []string{"x 04-01 issued", "c 04-10 issued"}, "", map[int64]reconcile.Fate{2: reconcile.Repeat}},
		{"taken back in time", []string{"c!04-12 04-10 issued", "x 05-01 none"}, "", map[int64]reconcile.Fate{1: reconcile.Void}},
		{"taken back after the denial", []string{"c!05-02 04-10 issued", "x 05-01 none"}, "", map[int64]reconcile.Fate{1: reconcile.Denied}},
		{"found by others", []string{"x 04-10 none", "x 05-01 issued"}, "", map[int64]reconcile.Fate{2: reconcile.Found}},
		{"had it before the campaign", []string{"x 03-10 none", "x 04-08 issued"}, "", nil},
		{"first heard of as done", []string{"x 05-01 issued"}, "", nil},
		{"claimed too late to have earned it", []string{"x 04-10 none", "x 05-01 issued", "c 05-02 issued"}, "", map[int64]reconcile.Fate{2: reconcile.Found, 3: reconcile.Repeat}},
	} {
		got := map[int64]reconcile.Fate{}
		events := said(c.list...)
		for _, x := range reconcile.Fates(events, c.day, rank, goal, "2024-04-08") {
			got[events[x.Event].ID] = x.Fate
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) && !(len(got) == 0 && len(c.want) == 0) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// random makes a history with few days and states, so that ties and repeats are common.
func random(r *rand.Rand) []coverage.Event {
	var list []string
	for range 1 + r.IntN(8) {
		kind := []string{"c", "c", "c", "x", "x", "v"}[r.IntN(6)]
		if r.IntN(5) == 0 {
			kind += fmt.Sprintf("!05-%02d", 10+r.IntN(9))
		}
		list = append(list, fmt.Sprintf("%s 05-%02d %s", kind, 1+r.IntN(12), states[r.IntN(4)]))
	}
	return said(list...)
}

func TestLaw_C4_C6_FatesAgreeWithTheFoldInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		events := random(r)
		day := clock.Day("")
		if r.IntN(2) == 0 {
			day = clock.Day(fmt.Sprintf("2024-05-%02d", 1+r.IntN(12)))
		}
		fates := map[int64]reconcile.Fate{}
		denied, waits := -1, -1
		for _, x := range reconcile.Fates(events, day, rank, goal, "2024-04-08") {
			e := &events[x.Event]
			fates[e.ID] = x.Fate
			if x.Fate == reconcile.Denied && !e.Void() {
				denied = max(denied, rank(e.State))
			}
			if x.Fate == reconcile.Pending {
				waits = max(waits, rank(e.State))
			}
		}
		var claims []coverage.Event // without verifications, which the fold denies too
		for _, e := range events {
			if e.Level != coverage.Verified {
				claims = append(claims, e)
			}
		}
		s := coverage.Fold(claims, day, rank)
		if (s.DeniedBy >= 0) != (denied >= 0) || s.DeniedBy >= 0 && rank(claims[s.DeniedBy].State) != denied {
			t.Fatalf("the fold denies by %d, the fates %d: %+v", s.DeniedBy, denied, events)
		}
		if s.Claimed > s.Confirmed && waits < s.Claimed {
			t.Fatalf("the fold has a claim of rank %d waiting, the fates %d: %+v", s.Claimed, waits, events)
		}
		for _, e := range events {
			_, told := fates[e.ID]
			if want := e.Level == coverage.Claimed && (day == "" || e.Day <= day); want != told && fates[e.ID] != reconcile.Found {
				t.Fatalf("a claim without a fate, or a fate without a claim: %+v", e)
			}
		}
		r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		for _, x := range reconcile.Fates(events, day, rank, goal, "2024-04-08") {
			if fates[events[x.Event].ID] != x.Fate {
				t.Fatalf("the order of arrival changed a fate: %+v", events)
			}
		}
	}
}
