// Package coverage keeps the ledger of who reached which state of which coverage, on what evidence, and tells each person's
// standing from it.
//
// The ledger is append-only; a correction voids an event and says why (law C4). An event is claimed (a team says so), verified
// (an inspection shows so) or confirmed (an official extract says so); confirmed comes only from an extract batch (law C2).
// Standing is a pure fold of the events that are not void and does not depend on their order of arrival (law C4).
package coverage

import (
	"bonphu/core/people"
	"bonphu/internal/clock"
)

// Level is the strength of evidence (law C2).
type Level string

// The levels, weakest first. Denied is no evidence: a claim that a later extract contradicts (law C6).
const (
	Denied    Level = "denied"
	Claimed   Level = "claimed"
	Verified  Level = "verified"
	Confirmed Level = "confirmed"
)

// LevelTitle names a level for people.
func LevelTitle(l Level) string {
	switch l {
	case Confirmed:
		return "đã xác nhận"
	case Verified:
		return "đã kiểm tra"
	case Claimed:
		return "tổ báo cáo"
	case Denied:
		return "bị bác"
	}
	return "chưa có"
}

// Event says: this person reached this state of this coverage, as of this time, on this evidence, told by this source (law C1).
type Event struct {
	ID       int64
	Person   int64
	Coverage string
	State    string
	Level    Level
	Day      clock.Day // of AsOf
	AsOf     string    // instant at which it was true
	Source   people.Source
	Evidence string
	Team     int64
	Who      int64
	Batch    int64
	BatchRow int64
	At       string // instant at which it was recorded
	VoidWhy  string
	VoidBy   int64
	VoidAt   string
}

// Void tells whether the event was taken back.
func (e *Event) Void() bool { return e.VoidAt != "" }

// Standing is where a person stands in one coverage: the rank of the state reached on evidence of at least each level, and the
// rank that claims reach which an extract has denied. Rank 0 is the ladder's first state.
type Standing struct {
	Confirmed, Verified, Claimed, Denied int
	ConfirmedBy, VerifiedBy, ClaimedBy   int // index into the events folded, -1 when nothing
	DeniedBy                             int // the claim that was denied, -1 when none
}

// At gives the rank reached on evidence of at least this level; for Denied, the rank reached if denied claims were true.
func (s *Standing) At(l Level) int {
	switch l {
	case Confirmed:
		return s.Confirmed
	case Verified:
		return s.Verified
	case Claimed:
		return s.Claimed
	}
	return s.Denied
}

// Fold tells the standing in one coverage from its events up to and on a day ("" for all), whatever their order (laws C2–C6).
// rank gives a state's place on the ladder.
//
// The newest extract decides what is confirmed, at a tie the higher source, then the higher state. A verification or claim newer
// than that extract adds to it, kept apart. One that is not newer is either fulfilled by it or denied.
func Fold(events []Event, day clock.Day, rank func(state string) int) Standing {
	s := Standing{ConfirmedBy: -1, VerifiedBy: -1, ClaimedBy: -1, DeniedBy: -1}
	for i := range events {
		e := &events[i]
		if e.Level == Confirmed && counts(e, day) && later(e, s.ConfirmedBy, events, rank) {
			s.ConfirmedBy = i
		}
	}
	newest := ""
	if s.ConfirmedBy >= 0 {
		s.Confirmed = rank(events[s.ConfirmedBy].State)
		newest = events[s.ConfirmedBy].AsOf
	}
	for i := range events {
		e := &events[i]
		if e.Level == Confirmed || !counts(e, day) {
			continue
		}
		switch {
		case e.AsOf > newest && e.Level == Verified:
			if later(e, s.VerifiedBy, events, rank) {
				s.VerifiedBy = i
			}
		case e.AsOf > newest:
			if later(e, s.ClaimedBy, events, rank) {
				s.ClaimedBy = i
			}
		case rank(e.State) > s.Confirmed:
			if s.DeniedBy < 0 || rank(e.State) > rank(events[s.DeniedBy].State) ||
				rank(e.State) == rank(events[s.DeniedBy].State) && later(e, s.DeniedBy, events, rank) {
				s.DeniedBy = i
			}
		}
	}
	s.Verified, s.Claimed, s.Denied = s.Confirmed, s.Confirmed, 0
	if s.VerifiedBy >= 0 {
		s.Verified = max(s.Confirmed, rank(events[s.VerifiedBy].State))
	}
	s.Claimed = s.Verified
	if s.ClaimedBy >= 0 {
		s.Claimed = max(s.Verified, rank(events[s.ClaimedBy].State))
	}
	s.Denied = s.Claimed
	if s.DeniedBy >= 0 {
		s.Denied = max(s.Claimed, rank(events[s.DeniedBy].State))
	}
	return s
}

func counts(e *Event, day clock.Day) bool { return !e.Void() && (day == "" || e.Day <= day) }

// later tells whether e wins over the event at index best.
func later(e *Event, best int, events []Event, rank func(string) int) bool {
	if best < 0 {
		return true
	}
	b := &events[best]
	switch {
	case e.AsOf != b.AsOf:
		return e.AsOf > b.AsOf
	case e.Source != b.Source:
		return e.Source > b.Source
	case e.State != b.State:
		if r, s := rank(e.State), rank(b.State); r != s {
			return r > s
		}
		return e.State > b.State
	}
	return e.ID > b.ID
}
