// Package allotment divides the campaign's targets: district → commune → hamlet → team → day (KH:V.6, KH:IV.1.e).
//
// Parts add up to the whole, always (law A1): remainders are dealt by the largest-remainder rule, ties by code. Today's quota
// looks at what is left, the days left and the capacity there is, and never rewrites a day that is past (law A2). The roadmap is
// a cumulative curve; ahead and behind are measured against it in days (law A3).
//
// The rules in this file and beside it are pure. Who is eligible and who is confirmed is not known here: it is asked of the
// caller (Need), because numbers lie above the work. Teams are asked of the caller too, because packages of ops never import one
// another.
package allotment

import (
	"time"

	"bonphu/internal/clock"
)

// Team is a team as far as dividing needs it. Capacity is citizens a day: on one visit everything that a citizen lacks is done
// (KH:III.2.c), so it bounds each target by itself and not their sum.
type Team struct {
	ID          int64
	Unit        int64 // a hamlet, or a commune for a team that works in all its hamlets
	Code        string
	Name        string
	Capacity    int64
	Rest        []time.Weekday
	From, Until clock.Day // "" for no bound
}

// open tells whether the team exists on a day.
func (t *Team) open(day clock.Day) bool {
	return (t.From == "" || t.From <= day) && (t.Until == "" || day <= t.Until)
}

// Works tells whether the team works on a day; rests tells on which nobody does.
func (t *Team) Works(day clock.Day, rests func(clock.Day) bool) bool {
	if rests != nil && rests(day) || !t.open(day) {
		return false
	}
	w := day.Time().Weekday()
	for _, r := range t.Rest {
		if r == w {
			return false
		}
	}
	return true
}

// Cell is one quota: so many of a target's people of a unit for a team on a day.
type Cell struct {
	Unit, Team int64
	Target     string
	Day        clock.Day
	N          int64
	ByHand     bool // set by the commune's chair: planning keeps it
}

// Overload tells that a team cannot do what falls to it: by how many, from which day on, and what would be needed.
type Overload struct {
	Team   int64
	Unit   int64 // the team's
	Target string
	Short  int64     // how many more than its capacity can do by the campaign's end
	From   clock.Day // first day whose quota is above the capacity
	Needed int64     // citizens a day with which it could be done; 0 when no working day is left
}
