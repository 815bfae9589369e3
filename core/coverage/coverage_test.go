package coverage

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"bonphu/core/people"
	"bonphu/internal/clock"
)

var ladder = map[string]int{"none": 0, "collected": 1, "transmitted": 2, "issued": 3}

func rank(s string) int { return ladder[s] }

func ev(id int64, level Level, state, day string, void bool) Event {
	e := Event{ID: id, Coverage: "cccd", State: state, Level: level, Day: clock.Day(day), AsOf: day + "T01:00:00.000Z", Source: people.National}
	if level == Claimed {
		e.Source = people.Field
		e.AsOf = day + "T09:00:00.000Z"
	}
	if void {
		e.VoidAt = "x"
	}
	return e
}

func TestLaw_C2_C3_C6_Fold(t *testing.T) {
	const a, b, c = "2024-04-10", "2024-04-20", "2024-04-30"
	for _, tc := range []struct {
		name                   string
		events                 []Event
		conf, ver, claim, deny int
	}{
		{"nothing known", nil, 0, 0, 0, 0},
		{"an extract confirms", []Event{ev(1, Confirmed, "issued", a, false)}, 3, 3, 3, 3},
		{"a claim stands beside, not in", []Event{ev(1, Confirmed, "none", a, false), ev(2, Claimed, "issued", b, false)}, 0, 0, 3, 3},
		{"a later extract fulfils the claim", []Event{ev(1, Claimed, "issued", b, false), ev(2, Confirmed, "issued", c, false)}, 3, 3, 3, 3},
		{"a later extract denies the claim", []Event{ev(1, Claimed, "issued", b, false), ev(2, Confirmed, "none", c, false)}, 0, 0, 0, 3},
		{"an older extract that comes later denies nothing", []Event{ev(1, Claimed, "issued", b, false), ev(2, Confirmed, "none", a, false)}, 0, 0, 3, 3},
		{"an extract of the claim's own day denies nothing", []Event{ev(1, Claimed, "issued", b, false), ev(2, Confirmed, "none", b, false)}, 0, 0, 3, 3},
		{"a void claim is none", []Event{ev(1, Claimed, "issued", b, true)}, 0, 0, 0, 0},
		{"a verification lifts to verified only", []Event{ev(1, Confirmed, "none", a, false), ev(2, Verified, "issued", b, false)}, 0, 3, 3, 3},
		{"the newest extract wins, even lower", []Event{ev(1, Confirmed, "issued", a, false), ev(2, Confirmed, "none", b, false)}, 0, 0, 0, 0},
		{"a claim above a partial confirmation", []Event{ev(1, Confirmed, "collected", a, false), ev(2, Claimed, "issued", b, false)}, 1, 1, 3, 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := Fold(tc.events, "", rank)
			if s.Confirmed != tc.conf || s.Verified != tc.ver || s.Claimed != tc.claim || s.Denied != tc.deny {
				t.Errorf("got %d %d %d %d", s.Confirmed, s.Verified, s.Claimed, s.Denied)
			}
		})
	}
}

// randomEvents makes a person's history with ties in every part that orders events.
func randomEvents(r *rand.Rand, n int) []Event {
	out := make([]Event, n)
	for i := range out {
		out[i] = ev(int64(i+1), []Level{Claimed, Verified, Confirmed}[r.IntN(3)], []string{"none", "collected", "transmitted", "issued"}[r.IntN(4)],
			fmt.Sprintf("2024-04-%02d", 10+r.IntN(5)), r.IntN(6) == 0)
		out[i].Source = people.Source(1 + r.IntN(4))
		if r.IntN(2) == 0 {
			out[i].AsOf = string(out[i].Day) + "T05:00:00.000Z"
		}
	}
	return out
}

func ranks(s Standing) [4]int { return [4]int{s.Confirmed, s.Verified, s.Claimed, s.Denied} }

func TestLaw_C4_FoldDoesNotDependOnOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		events := randomEvents(r, r.IntN(8))
		want := ranks(Fold(events, "", rank))
		for range 4 {
			shuffled := append([]Event(nil), events...)
			r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			if got := ranks(Fold(shuffled, "", rank)); got != want {
				t.Fatalf("%v\n%v ≠ %v", events, got, want)
			}
		}
	}
}

func TestLaw_C3_LevelsNest_C5_AsOfDay(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		events := randomEvents(r, r.IntN(8))
		s := Fold(events, "", rank)
		if s.Confirmed > s.Verified || s.Verified > s.Claimed || s.Claimed > s.Denied {
			t.Fatalf("levels do not nest: %+v", s)
		}
		// A past day is told as if the later events had never come.
		day := clock.Day("2024-04-12")
		var past []Event
		for _, e := range events {
			if e.Day <= day {
				past = append(past, e)
			}
		}
		if ranks(Fold(events, day, rank)) != ranks(Fold(past, "", rank)) {
			t.Fatal("a later event changed a past day")
		}
		// Only confirmed events move what is confirmed.
		var extracts []Event
		for _, e := range events {
			if e.Level == Confirmed {
				extracts = append(extracts, e)
			}
		}
		if Fold(extracts, "", rank).Confirmed != s.Confirmed {
			t.Fatal("something else than an extract moved what is confirmed")
		}
	}
}
