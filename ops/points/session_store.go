package points

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Sessions lists a unit's sessions from one day to another, with how many are invited and came. The viewer needs points.see on the unit.
func (b *Book) Sessions(ctx context.Context, who access.Viewer, unit int64, from, until clock.Day) ([]Session, error) {
	var out []Session
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		_, in, err := seen(tx, who, unit)
		if err != nil {
			return err
		}
		all, err := sessions(tx, "WHERE s.day>=$1 AND s.day<=$2", string(from), string(until))
		if err != nil {
			return err
		}
		out = out[:0]
		for _, s := range all {
			if in[s.Unit] {
				out = append(out, s)
			}
		}
		return withCounts(tx, out)
	})
	return out, err
}

// Session reads one, with the id of the session that replaces it (0 for none). The viewer needs points.see on its unit.
func (b *Book) Session(ctx context.Context, who access.Viewer, session int64) (*Session, int64, error) {
	var out *Session
	var next int64
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		s, err := sessionAt(tx, session)
		if err != nil {
			return err
		}
		if err := who.May("points.see", s.Unit); err != nil {
			return err
		}
		list := []Session{*s}
		if err := withCounts(tx, list); err != nil {
			return err
		}
		out = &list[0]
		return tx.QueryRow("SELECT coalesce(max(id), 0) FROM point_session WHERE moved_from=$1", session).Scan(&next)
	})
	return out, next, err
}

func sessionAt(tx *db.Tx, session int64) (*Session, error) {
	list, err := sessions(tx, "WHERE s.id=$1", session)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Missing, "points.session_unknown", "Không tìm thấy buổi thu nhận này. Hãy mở lại lịch.")
	}
	return &list[0], nil
}

// Hold puts a kit at a point on a day (KH:III.3.a). Quota 0 asks for all that the kit still takes that day. What does not fit is refused
// with the reason. The viewer needs points.plan on the point's unit.
func (b *Book) Hold(ctx context.Context, who access.Viewer, s Session) (int64, error) {
	s.ID = id.New()
	act := who.Act("points.plan", 0, "session:"+id.String(s.ID), "xếp buổi thu nhận ngày "+s.Day.Vi())
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		p, err := pointAt(tx, s.Point)
		if err != nil {
			return err
		}
		act.Unit = p.Unit
		if err := who.May("points.plan", p.Unit); err != nil {
			return err
		}
		put := s
		return put.hold(tx, p)
	})
	b.changed()
	return s.ID, err
}

// hold checks a session and writes it.
func (s *Session) hold(tx *db.Tx, p *Point) error {
	k, err := kitAt(tx, s.Kit)
	if err != nil {
		return err
	}
	others, err := sessions(tx, "WHERE s.kit_id=$1 AND s.day=$2", s.Kit, string(s.Day))
	if err != nil {
		return err
	}
	if err := fits(s, k, p, others, tx.Today()); err != nil {
		return err
	}
	s.State, s.Unit, s.Note, s.Reason = Planned, p.Unit, oneLine(s.Note), oneLine(s.Reason)
	_, err = tx.Exec(`INSERT INTO point_session(id, point_id, kit_id, unit_id, day, from_hour, until_hour, quota, state, moved_from, reason, note, locked, planned, at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`, s.ID, s.Point, s.Kit, s.Unit, string(s.Day), s.From, s.Until, s.Quota, s.State, s.MovedFrom, s.Reason, s.Note,
		s.Locked, s.Planned, tx.Now())
	return err
}

// planned finds a session that the viewer may plan, and names its unit in the act.
func (b *Book) planned(tx *db.Tx, who access.Viewer, act *db.Act, session int64) (*Session, error) {
	s, err := sessionAt(tx, session)
	if err != nil {
		return nil, err
	}
	act.Unit = s.Unit
	return s, who.May("points.plan", s.Unit)
}

// alive refuses what can no longer be moved or cancelled.
func (s *Session) alive(today clock.Day, reason string) error {
	switch {
	case !s.Live():
		return fault.New(fault.Conflict, "points.session_over", "Buổi này %s nên không chuyển hoặc hủy được nữa.", map[string]string{Closed: "đã đóng", Cancelled: "đã hủy"}[s.State])
	case s.Day < today:
		return fault.New(fault.Conflict, "points.session_past", "Buổi ngày %s đã qua; hãy đóng buổi để ghi ai đã đến.", s.Day.Vi())
	case oneLine(reason) == "" || len(reason) > 500:
		return fault.New(fault.Invalid, "points.reason", "Hãy ghi lý do (tối đa 500 ký tự) để báo cho người đã được mời.").On("reason")
	}
	return nil
}

// Cancel calls a session off: everybody invited becomes somebody to be told, and free to be invited elsewhere. It gives how many there
// are to tell. The viewer needs points.plan on its unit.
func (b *Book) Cancel(ctx context.Context, who access.Viewer, session int64, reason string) (int64, error) {
	var told int64
	act := who.Act("points.plan", 0, "session:"+id.String(session), "hủy buổi thu nhận")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		s, err := b.planned(tx, who, &act, session)
		if err != nil {
			return err
		}
		if err := s.alive(tx.Today(), reason); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE point_session SET state='cancelled', reason=$1 WHERE id=$2", oneLine(reason), session); err != nil {
			return err
		}
		told, err = tx.Exec("UPDATE invitation SET state='cancelled', told=$1 WHERE session_id=$2 AND state IN ('invited','confirmed')", false, session)
		return err
	})
	b.changed()
	return told, err
}

// Move puts a session on another day, other hours, another point or kit: the old one is cancelled with the reason, a new one takes its
// place, and everybody invited is invited to that and stands on the call list of the old. It gives the new session and how many are to be
// told. Zero values of to keep what was. The viewer needs points.plan on both points' units.
func (b *Book) Move(ctx context.Context, who access.Viewer, session int64, to Session, reason string) (int64, int64, error) {
	fresh := id.New()
	var told int64
	act := who.Act("points.plan", 0, "session:"+id.String(session), "chuyển buổi thu nhận")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		s, err := b.planned(tx, who, &act, session)
		if err != nil {
			return err
		}
		if err := s.alive(tx.Today(), reason); err != nil {
			return err
		}
		n := Session{ID: fresh, Point: s.Point, Kit: s.Kit, Day: s.Day, From: s.From, Until: s.Until, Quota: s.Quota, MovedFrom: s.ID, Note: s.Note, Locked: true}
		n.take(to)
		if n.Point == s.Point && n.Kit == s.Kit && n.Day == s.Day && n.From == s.From && n.Until == s.Until {
			return fault.New(fault.Invalid, "points.move_same", "Buổi mới trùng hoàn toàn với buổi cũ. Hãy đổi ngày, giờ, điểm hoặc bộ thiết bị.").On("day")
		}
		p, err := pointAt(tx, n.Point)
		if err != nil {
			return err
		}
		if err := who.May("points.plan", p.Unit); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE point_session SET state='cancelled', reason=$1 WHERE id=$2", oneLine(reason), session); err != nil {
			return err
		}
		if err := n.hold(tx, p); err != nil {
			return err
		}
		if told, err = moveInvited(tx, session, fresh); err == nil && told > int64(room(n.Quota)) {
			return fault.New(fault.Conflict, "points.move_small", "Đã mời %d người, quá nhiều cho định mức %d của buổi mới. Hãy giữ định mức lớn hơn, hoặc hủy buổi rồi mời lại.", told, n.Quota).On("quota")
		}
		return err
	})
	b.changed()
	return fresh, told, err
}

// take lays what is given over what was.
func (s *Session) take(to Session) {
	if to.Point != 0 {
		s.Point = to.Point
	}
	if to.Kit != 0 {
		s.Kit = to.Kit
	}
	if to.Day != "" {
		s.Day = to.Day
	}
	if to.From != "" {
		s.From = to.From
	}
	if to.Until != "" {
		s.Until = to.Until
	}
	if to.Quota != 0 {
		s.Quota = to.Quota
	}
}

// Lock says that the planner leaves a session where it is, or not any more. The viewer needs points.plan on its unit.
func (b *Book) Lock(ctx context.Context, who access.Viewer, session int64, locked bool) error {
	act := who.Act("points.plan", 0, "session:"+id.String(session), map[bool]string{true: "khóa buổi thu nhận", false: "mở khóa buổi thu nhận"}[locked])
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		if _, err := b.planned(tx, who, &act, session); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE point_session SET locked=$1 WHERE id=$2", locked, session)
		return err
	})
}
