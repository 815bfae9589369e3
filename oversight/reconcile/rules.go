package reconcile

import (
	"cmp"
	"slices"

	"bonphu/core/coverage"
	"bonphu/internal/clock"
)

// Fate is what became of a claim.
type Fate string

// The fates. Found is not a claim: an extract confirms the goal of somebody whom an earlier extract had below it and whom nobody
// claimed (found by others).
const (
	Pending   Fate = "pending"
	Confirmed Fate = "confirmed"
	Denied    Fate = "denied"
	Repeat    Fate = "repeat"
	Void      Fate = "void"
	Found     Fate = "found"
)

// FateTitle names a fate for people.
func FateTitle(f Fate) string {
	switch f {
	case Pending:
		return "chờ trích xuất"
	case Confirmed:
		return "báo cáo được xác nhận"
	case Denied:
		return "báo cáo bị bác"
	case Repeat:
		return "báo cáo lặp"
	case Void:
		return "đã rút lại"
	case Found:
		return "xác nhận không qua báo cáo"
	}
	return string(f)
}

// Told is the fate of one claim, or of somebody found without one.
type Told struct {
	Event int // index into the events: the claim, or for Found the extract's event that first reached the goal
	Fate  Fate
	Day   clock.Day // since when: the claim's day while it waits, else the day of the extract that decided
	By    int       // index of the extract's event that decided, -1 while it waits
}

// Fates tells what became of every claim of one person in one coverage, from the events up to and on a day ("" for all), whatever
// their order (laws C2–C6). rank gives a state's place on the ladder, goal the place that must be reached; since is the
// campaign's start, before which nobody is found. It agrees with coverage.Fold: a claim is denied exactly when the fold says that
// the newest extract denies it.
//
//	void       taken back before any extract denied it
//	denied     the newest extract is as new as the claim and does not reach its state; or it was taken back after an extract had
//	           denied it, which undoes the claim and not the false report
//	repeat     said before, by an earlier claim of the same or a higher state with no denial between, or by an extract: counted once
//	confirmed  the newest extract is as new as the claim and reaches its state
//	pending    no extract is as new as the claim
func Fates(events []coverage.Event, day clock.Day, rank func(state string) int, goal int, since clock.Day) []Told {
	newest := coverage.Fold(events, day, rank).ConfirmedBy
	order := make([]int, 0, len(events))
	for i := range events {
		if day == "" || events[i].Day <= day {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(events[a].AsOf, events[b].AsOf), cmp.Compare(events[a].ID, events[b].ID))
	})
	var out []Told
	for at, i := range order {
		e := &events[i]
		if e.Level != coverage.Claimed {
			continue
		}
		t := Told{Event: i, Fate: Pending, Day: e.Day, By: -1}
		switch {
		case e.Void():
			t.Fate = Void
			if by := deniedFirst(events, order, i, rank); by >= 0 {
				t = Told{i, Denied, events[by].Day, by}
			}
		case newest >= 0 && e.AsOf <= events[newest].AsOf && rank(events[newest].State) < rank(e.State):
			if t = (Told{i, Denied, events[newest].Day, newest}); saidBefore(events, order[:at], e, rank, false) {
				t = Told{i, Repeat, e.Day, -1}
			}
		case saidBefore(events, order[:at], e, rank, true):
			t.Fate = Repeat
		case newest >= 0 && e.AsOf <= events[newest].AsOf:
			t = Told{i, Confirmed, events[newest].Day, newest}
		}
		out = append(out, t)
	}
	if f := found(events, order, newest, rank, goal, since); f >= 0 {
		out = append(out, Told{f, Found, events[f].Day, f})
	}
	return out
}

// deniedFirst gives the first extract that denied a claim before it was taken back, -1 when none did.
func deniedFirst(events []coverage.Event, order []int, claim int, rank func(string) int) int {
	c := &events[claim]
	for _, i := range order {
		e := &events[i]
		if e.Level == coverage.Confirmed && !e.Void() && e.AsOf >= c.AsOf && e.At <= c.VoidAt && rank(e.State) < rank(c.State) {
			return i
		}
	}
	return -1
}

// saidBefore tells whether an earlier claim, or with extracts the newest earlier extract, already says what e says.
func saidBefore(events []coverage.Event, earlier []int, e *coverage.Event, rank func(string) int, extracts bool) bool {
	said, known := false, false
	for _, i := range earlier {
		b := &events[i]
		switch {
		case b.Void():
		case b.Level == coverage.Claimed:
			said = said || rank(b.State) >= rank(e.State)
		case b.Level == coverage.Confirmed && b.AsOf < e.AsOf:
			known = rank(b.State) >= rank(e.State)
			said = said && known
		}
	}
	return said || extracts && known
}

// found gives the extract's event that first reached the goal that nobody had claimed, -1 when there is none.
func found(events []coverage.Event, order []int, newest int, rank func(string) int, goal int, since clock.Day) int {
	if newest < 0 || rank(events[newest].State) < goal {
		return -1
	}
	first, below := -1, false
	for _, i := range order {
		e := &events[i]
		switch {
		case e.Void():
		case e.Level == coverage.Claimed && rank(e.State) >= goal && (first < 0 || e.AsOf <= events[first].AsOf):
			return -1
		case e.Level != coverage.Confirmed:
		case rank(e.State) < goal:
			first, below = -1, true
		case first < 0 && below:
			first = i
		}
	}
	if first < 0 || events[first].Day <= since {
		return -1
	}
	return first
}
