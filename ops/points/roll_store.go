package points

import (
	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Roll is a session of a day with whom it invited, for checking in without a network (KH:III.3.c).
type Roll struct {
	Session Session
	Invited []Rolled
}

// Rolled is somebody on a roll. Number is whole: whoever sends it on masks it (law R3).
type Rolled struct {
	Person              int64
	Name, Birth, Number string
	Code                string
	Came                bool
}

// Rolls gives the sessions of a day, not cancelled, at which the viewer may check people in, each with its open invitations and arrivals.
func (b *Book) Rolls(tx *db.Tx, who access.Viewer, day clock.Day) ([]Roll, error) {
	all, err := sessions(tx, "WHERE s.day=$1 AND s.state IN ('planned','open')", string(day))
	if err != nil {
		return nil, err
	}
	var mine []Session
	for _, s := range all {
		if who.May("points.checkin", s.Unit) == nil {
			mine = append(mine, s)
		}
	}
	if err := withCounts(tx, mine); err != nil {
		return nil, err
	}
	var out []Roll
	for _, s := range mine {
		list, err := invitations(tx, "WHERE session_id=$1 AND state IN ('invited','confirmed','came')", s.ID)
		if err != nil {
			return nil, err
		}
		ids := make([]int64, 0, len(list))
		for _, i := range list {
			if i.Person != 0 {
				ids = append(ids, i.Person)
			}
		}
		known, err := people.Load(tx, ids)
		if err != nil {
			return nil, err
		}
		r := Roll{Session: s}
		for _, i := range list {
			if p, ok := known[i.Person]; ok {
				r.Invited = append(r.Invited, Rolled{p.ID, p.Name, p.Birth, string(p.Number), i.Code, i.State == Came})
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// CheckInAt notes an arrival that was seen without a network, at its own instant, inside a transaction: also after the session was shut,
// for then it was noted before. An arrival that is there already says so (Twice). The viewer needs points.checkin on the session's unit.
func (b *Book) CheckInAt(tx *db.Tx, who access.Viewer, session int64, key, at string) (*Arrival, error) {
	s, err := sessionAt(tx, session)
	if err != nil {
		return nil, err
	}
	if err := who.May("points.checkin", s.Unit); err != nil {
		return nil, err
	}
	switch {
	case s.State == Cancelled:
		return nil, fault.New(fault.Conflict, "points.checkin_shut", "Buổi này đã hủy nên không điểm danh được. Cần người xem phiếu này.")
	case s.Day != clock.DayOf(clock.ParseStamp(at)):
		return nil, fault.New(fault.Conflict, "points.checkin_day", "Chỉ điểm danh trong ngày của buổi (%s).", s.Day.Vi())
	}
	if s.State == Planned {
		if _, err := tx.Exec("UPDATE point_session SET state='open' WHERE id=$1", session); err != nil {
			return nil, err
		}
	}
	return b.arrive(tx, who, s, key, at)
}

// Twice tells that somebody had been checked in before.
func Twice(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Code == "points.checkin_twice"
}
