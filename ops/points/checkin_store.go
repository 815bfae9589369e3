package points

import (
	"context"
	"fmt"
	"math"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Invitations lists whom a session invited and who came, with names; telephones masked (law R3). Those of units where the viewer may not
// see people stand without a name. The viewer needs points.see on the session's unit.
func (b *Book) Invitations(ctx context.Context, who access.Viewer, session int64) ([]Invitation, error) {
	var out []Invitation
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		s, err := sessionAt(tx, session)
		if err != nil {
			return err
		}
		if err := who.May("points.see", s.Unit); err != nil {
			return err
		}
		if out, err = invitations(tx, "WHERE session_id=$1", session); err != nil {
			return err
		}
		return named(tx, who, s.Day, out)
	})
	return out, err
}

// named fills in who they are, as far as the viewer may see people there.
func named(tx *db.Tx, who access.Viewer, day clock.Day, list []Invitation) error {
	ids := make([]int64, 0, len(list))
	for _, i := range list {
		if i.Person != 0 {
			ids = append(ids, i.Person)
		}
	}
	known, err := people.Load(tx, ids)
	may := map[int64]bool{}
	for n := range list {
		i := &list[n]
		i.Day = day
		if _, asked := may[i.Unit]; !asked {
			may[i.Unit] = who.May("people.see", i.Unit) == nil
		}
		if p, ok := known[i.Person]; ok && may[i.Unit] {
			i.Name, i.Birth, i.Phone = p.Name, p.Birth, p.Phone.Mask()
		}
	}
	return err
}

// At finds an invitation that the viewer may write to, by a verb on the person's own unit or on the session's.
func (b *Book) invited(tx *db.Tx, who access.Viewer, act *db.Act, invitation int64, verb access.Verb) (*Invitation, *Session, error) {
	list, err := invitations(tx, "WHERE id=$1", invitation)
	if err != nil {
		return nil, nil, err
	}
	if len(list) == 0 {
		return nil, nil, fault.New(fault.Missing, "points.invitation_unknown", "Không tìm thấy lời mời này. Hãy mở lại danh sách của buổi.")
	}
	s, err := sessionAt(tx, list[0].Session)
	if err != nil {
		return nil, nil, err
	}
	act.Unit = s.Unit
	if who.May(verb, list[0].Unit) != nil {
		err = who.May(verb, s.Unit)
	}
	return &list[0], s, err
}

// Reply keeps what somebody invited says: coming (Confirmed) or not (Declined, with the reason). The viewer needs invite.write on the
// person's unit or the session's.
func (b *Book) Reply(ctx context.Context, who access.Viewer, invitation int64, state, reason string) error {
	act := who.Act("invite.write", 0, "invitation:"+id.String(invitation), "ghi trả lời mời")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		i, _, err := b.invited(tx, who, &act, invitation, "invite.write")
		switch reason = oneLine(reason); {
		case err != nil:
			return err
		case state != Confirmed && state != Declined:
			return fault.New(fault.Invalid, "points.reply", "Hãy chọn trả lời: sẽ đến hoặc không đến.").On("state")
		case i.State != Invited && i.State != Confirmed && i.State != Declined:
			return fault.New(fault.Conflict, "points.reply_late", "Lời mời này đã kết thúc (%s) nên không ghi trả lời được nữa.", strings.ToLower(InvitedTitle(i.State)))
		case state == Declined && reason == "" || len(reason) > 300:
			return fault.New(fault.Invalid, "points.reply_reason", "Hãy ghi lý do không đến (tối đa 300 ký tự) để hẹn lại cho đúng.").On("reason")
		}
		_, err = tx.Exec("UPDATE invitation SET state=$1, reason=$2 WHERE id=$3", state, reason, invitation)
		if db.IsDuplicate(err) {
			return errTwice
		}
		return err
	})
}

var errTwice = fault.New(fault.Conflict, "points.invited_twice", "Người này đang có lời mời ở một buổi khác. Mỗi người chỉ được mời vào một buổi.")

// Told says that somebody on the call list of a moved or cancelled session was told. The viewer needs invite.write on the person's unit or
// the session's.
func (b *Book) Told(ctx context.Context, who access.Viewer, invitation int64) error {
	act := who.Act("invite.write", 0, "invitation:"+id.String(invitation), "đã báo đổi lịch")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		if _, _, err := b.invited(tx, who, &act, invitation, "invite.write"); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE invitation SET told=$1 WHERE id=$2", true, invitation)
		return err
	})
}

// Arrival is what a check-in found: who, and whether they were invited here.
type Arrival struct {
	Invitation int64
	Person     int64
	Name       string
	WalkIn     bool
}

// CheckIn notes that somebody came to a session (KH:III.3.c): by the code of the invitation, by the twelve digits of the citizen number
// (also as the chip card's QR gives them), by the id of a person, or, for somebody who is not in the register, by nothing (""). Whoever is
// not on the list is a walk-in. A second time says so and changes nothing. The viewer needs points.checkin on the session's unit.
func (b *Book) CheckIn(ctx context.Context, who access.Viewer, session int64, key string) (*Arrival, error) {
	var out *Arrival
	act := who.Act("points.checkin", 0, "session:"+id.String(session), "điểm danh")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		s, err := sessionAt(tx, session)
		if err != nil {
			return err
		}
		act.Unit = s.Unit
		if err := who.May("points.checkin", s.Unit); err != nil {
			return err
		}
		switch {
		case s.State == Closed || s.State == Cancelled:
			return fault.New(fault.Conflict, "points.checkin_shut", "Buổi này %s nên không điểm danh được nữa.", map[string]string{Closed: "đã đóng", Cancelled: "đã hủy"}[s.State])
		case s.Day != tx.Today():
			return fault.New(fault.Conflict, "points.checkin_day", "Chỉ điểm danh trong ngày của buổi (%s).", s.Day.Vi())
		}
		if s.State == Planned {
			if _, err := tx.Exec("UPDATE point_session SET state='open' WHERE id=$1", session); err != nil {
				return err
			}
		}
		out, err = b.arrive(tx, who, s, key, tx.Now())
		return err
	})
	return out, err
}

// arrive writes the arrival that a key names.
func (b *Book) arrive(tx *db.Tx, who access.Viewer, s *Session, key, at string) (*Arrival, error) {
	if card, ok := vn.ReadCard(key); ok {
		key = card.Number
	}
	key = strings.ToUpper(strings.Join(strings.Fields(key), ""))
	digits := len(key) == 12 && strings.Trim(key, "0123456789") == ""
	var person int64
	var list []Invitation
	var err error
	switch {
	case key == "":
		return b.walkIn(tx, s, 0, 0, at)
	case digits:
		if person, err = people.WithNumber(tx, key); err == nil && person == 0 {
			return nil, fault.New(fault.Missing, "points.checkin_number", "Số định danh này không có trong sổ dân cư. Hãy kiểm tra lại, hoặc ghi là khách vãng lai.").On("key")
		}
	case len(key) == 6:
		if list, err = invitations(tx, "WHERE session_id=$1 AND code=$2", s.ID, key); err == nil && len(list) == 0 {
			return nil, fault.New(fault.Missing, "points.checkin_code", "Mã mời %s không thuộc buổi này. Hãy xem lại ngày và địa điểm trên giấy mời.", key).On("key")
		}
	default:
		if person, err = id.Parse(strings.ToLower(key)); err != nil {
			return nil, fault.New(fault.Invalid, "points.checkin_key", "Hãy nhập mã mời 6 ký tự hoặc đủ 12 số định danh.").On("key")
		}
	}
	if err != nil {
		return nil, err
	}
	if person != 0 {
		if list, err = invitations(tx, "WHERE session_id=$1 AND person_id=$2 AND state NOT IN ('moved','cancelled')", s.ID, person); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		unit, err := people.UnitOf(tx, person)
		if err != nil {
			return nil, err
		}
		return b.walkIn(tx, s, person, unit, at)
	}
	i := list[len(list)-1]
	one := []Invitation{i}
	if err := named(tx, who, s.Day, one); err != nil {
		return nil, err
	}
	if i.State == Came {
		return nil, fault.New(fault.Conflict, "points.checkin_twice", "%s đã được điểm danh ở buổi này lúc %s.", orSomebody(one[0].Name), hourOf(i.CameAt)).On("key")
	}
	_, err = tx.Exec("UPDATE invitation SET state='came', came_at=$1 WHERE id=$2", at, i.ID)
	return &Arrival{i.ID, i.Person, one[0].Name, i.Channel == WalkIn}, err
}

func orSomebody(name string) string {
	if name == "" {
		return "Người này"
	}
	return name
}

func hourOf(stamp string) string { return clock.ParseStamp(stamp).In(clock.Zone).Format("15:04") }

// walkIn writes the arrival of somebody who is not on the list; an open invitation elsewhere ends by it.
func (b *Book) walkIn(tx *db.Tx, s *Session, person, unit int64, at string) (*Arrival, error) {
	if person != 0 {
		if _, err := tx.Exec("UPDATE invitation SET state='cancelled', told=$1, reason='Đã đến buổi khác' WHERE person_id=$2 AND state IN ('invited','confirmed')", true, person); err != nil {
			return nil, err
		}
	}
	var n int64
	if err := tx.QueryRow("SELECT coalesce(max(n), 0) FROM invitation WHERE session_id=$1", s.ID).Scan(&n); err != nil {
		return nil, err
	}
	i := Invitation{ID: id.New(), Session: s.ID, Person: person, Unit: unit, Channel: WalkIn, State: Came, Code: newCode(), N: n + 1, CameAt: at}
	if unit == 0 {
		i.Unit = s.Unit
	}
	return &Arrival{Invitation: i.ID, Person: person, WalkIn: true}, insertInvitation(tx, &i)
}

// UndoCheckIn takes a wrong check-in back; a walk-in goes. The viewer needs points.checkin on the session's unit or the person's.
func (b *Book) UndoCheckIn(ctx context.Context, who access.Viewer, invitation int64) error {
	act := who.Act("points.checkin", 0, "invitation:"+id.String(invitation), "bỏ điểm danh nhầm")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		i, s, err := b.invited(tx, who, &act, invitation, "points.checkin")
		if err != nil {
			return err
		}
		if s.State != Open || i.State != Came {
			return fault.New(fault.Conflict, "points.undo_late", "Chỉ bỏ được điểm danh khi buổi còn mở và người ấy đã được điểm danh.")
		}
		if i.Channel == WalkIn {
			_, err = tx.Exec("UPDATE invitation SET state='cancelled', told=$1, came_at='', reason='Điểm danh nhầm' WHERE id=$2", true, invitation)
			return err
		}
		_, err = tx.Exec("UPDATE invitation SET state='invited', came_at='' WHERE id=$1", invitation)
		if db.IsDuplicate(err) {
			return errTwice
		}
		return err
	})
}

// Collect opens the dossier of somebody who came (KH:III.3.c, KH:III.3.d) and gives the code by which they can ask where it is. The viewer
// needs points.checkin on the session's unit or the person's, and what the dossier asks for.
func (b *Book) Collect(ctx context.Context, who access.Viewer, invitation int64) (string, error) {
	var code string
	act := who.Act("points.checkin", 0, "invitation:"+id.String(invitation), "thu hồ sơ tại buổi")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		i, s, err := b.invited(tx, who, &act, invitation, "points.checkin")
		switch {
		case err != nil:
			return err
		case i.State != Came || i.Person == 0 || b.Taken == nil:
			return fault.New(fault.Conflict, "points.collect", "Chỉ thu hồ sơ của người có trong sổ dân cư và đã điểm danh ở buổi này.")
		}
		code, err = b.Taken(tx, who, i.Person, s.Point, s.ID)
		return err
	})
	return code, err
}

// Shut closes a session: who was invited and did not come is free to be invited again, with a next step (KH:III.3.c). It gives how many
// came and how many did not. The viewer needs points.checkin on the session's unit.
func (b *Book) Shut(ctx context.Context, who access.Viewer, session int64) (came, missed int64, err error) {
	act := who.Act("points.checkin", 0, "session:"+id.String(session), "")
	err = b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		s, err := sessionAt(tx, session)
		if err != nil {
			return err
		}
		act.Unit = s.Unit
		if err := who.May("points.checkin", s.Unit); err != nil {
			return err
		}
		switch {
		case s.State == Closed || s.State == Cancelled:
			return fault.New(fault.Conflict, "points.shut_twice", "Buổi này đã đóng hoặc đã hủy rồi.")
		case s.Day > tx.Today():
			return fault.New(fault.Conflict, "points.shut_early", "Buổi ngày %s chưa đến; chỉ đóng được từ ngày ấy.", s.Day.Vi())
		}
		if _, err := tx.Exec("UPDATE point_session SET state='closed' WHERE id=$1", session); err != nil {
			return err
		}
		if missed, err = tx.Exec("UPDATE invitation SET state='noshow' WHERE session_id=$1 AND state IN ('invited','confirmed')", session); err != nil {
			return err
		}
		act.Note = fmt.Sprintf("đóng buổi thu nhận, %d người không đến", missed)
		return tx.QueryRow("SELECT count(*) FROM invitation WHERE session_id=$1 AND state='came'", session).Scan(&came)
	})
	return came, missed, err
}

// Expected tells how many of those invited to a session, and of those who came already, will have come by its end, with the 80 % interval. The
// viewer needs points.see on the session's unit.
func (b *Book) Expected(ctx context.Context, who access.Viewer, session int64) (Chosen, error) {
	var out Chosen
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		s, err := sessionAt(tx, session)
		if err != nil {
			return err
		}
		if err := who.May("points.see", s.Unit); err != nil {
			return err
		}
		rates, err := learned(tx, UsualTurnout)
		if err != nil {
			return err
		}
		standing, _, err := standingAt(tx, rates, session)
		out = Choose(standing.People, math.Inf(1), math.MaxInt)
		return err
	})
	return out, err
}

// MissedBy tells for those who did not come to a session how often each did not come in all, for the next step.
func (b *Book) MissedBy(ctx context.Context, who access.Viewer, session int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		s, err := sessionAt(tx, session)
		if err != nil {
			return err
		}
		if err := who.May("points.see", s.Unit); err != nil {
			return err
		}
		return tx.Each(`SELECT person_id, count(*) FROM invitation WHERE state='noshow' AND person_id IN (SELECT person_id FROM invitation WHERE session_id=$1) GROUP BY person_id`,
			[]any{session}, func(scan func(...any) error) error {
				var person, n int64
				err := scan(&person, &n)
				out[person] = n
				return err
			})
	})
	return out, err
}
