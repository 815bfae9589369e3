package field

import (
	"strings"

	"bonphu/core/people"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
	"bonphu/ops/obstacles"
	"bonphu/ops/points"
)

// taking is one push inside its transaction.
type taking struct {
	*Phone
	tx    *db.Tx
	h     *holder
	early map[int64][]canvass.Item // what was sent of a visit before the visit
}

// one works on one item and gives it as it is kept, with its verdict. What is wrong with it is found before anything is written, so that it
// takes nothing else back.
func (t *taking) one(s *slip) (canvass.Item, error) {
	x := canvass.Item{ID: s.n, Device: t.h.Device.ID, Kind: s.Kind, Person: s.person, Unit: t.h.Units[0], At: s.at, Recorded: t.tx.Now(), Verdict: canvass.ItemTaken, State: canvass.ItemDone}
	var err error
	switch {
	case s.malformed != nil:
		x.Kind = "?"
		err = s.malformed
	case s.Kind == canvass.SlipVisit:
		err = t.visit(s, &x)
	case s.Kind == canvass.SlipFound:
		err = t.found(s, &x)
	case s.Kind == canvass.SlipPhoto:
		err = t.photo(s, &x)
	case s.Kind == canvass.SlipCorrect:
		err = t.correct(s, &x)
	case s.Kind == canvass.SlipObstacle:
		err = t.obstacle(s, &x)
	case s.Kind == canvass.SlipUndo:
		err = t.undo(s, &x)
	case s.Kind == canvass.SlipCheckIn:
		err = t.checkIn(s, &x)
	default:
		x.Kind = "?"
		err = fault.New(fault.Invalid, "field.kind", "Máy chủ chưa biết loại phiếu này. Hãy báo quản trị hệ thống.")
	}
	if bad, ok := fault.As(err); ok {
		if bad.Kind == fault.Busy {
			return x, err
		}
		x.Verdict, x.Code, x.Text = verdictOf(bad), bad.Code, bad.Text
		if canvass.Same(bad) {
			x.Verdict, x.Text = canvass.ItemTaken, "Đã có từ trước."
		}
		err = nil
	}
	if x.Verdict == canvass.ItemHeld {
		x.State = canvass.ItemWaiting
	}
	if x.Verdict == canvass.ItemHeld || x.Verdict == canvass.ItemRefused {
		k := t.kept(s)
		if x.Payload = k.Text(); len(x.Payload) > mostKept {
			x.Verdict, x.State, x.Code, x.Text = canvass.ItemRefused, canvass.ItemDone, "field.long", "Phiếu quá dài. Hãy rút gọn phần ghi chú và ghi lại."
			x.Payload = ""
		}
	} else if s.skew != 0 && x.Text == "" {
		x.Text = "Đồng hồ của máy sai; máy chủ đã chỉnh lại thời điểm."
	}
	return x, err
}

const mostKept = 16_000 // bytes of a slip that waits

func (t *taking) kept(s *slip) canvass.Kept {
	d := t.h.Device
	return canvass.Kept{Team: d.Team, Member: d.Member, Name: d.Name, Skew: s.skew, Slip: s.item}
}

// verdictOf tells what a fault means for an item: held where a person can make something of it.
func verdictOf(f *fault.Fault) string {
	switch f.Kind {
	case fault.Missing, fault.Conflict, fault.Forbidden:
		return canvass.ItemHeld
	}
	if f.Code == "canvass.visit_old" {
		return canvass.ItemHeld
	}
	return canvass.ItemRefused
}

func hold(code, text string) error { return fault.New(fault.Conflict, code, text) }

// home follows a person to the record in force, also one that the police settled a meeting in the field with.
func (t *taking) home(person int64, x *canvass.Item) (int64, error) {
	if person == 0 {
		return 0, fault.New(fault.Invalid, "field.person", "Phiếu không nói về ai. Hãy ghi lại phiếu này.")
	}
	known, err := people.Slim(t.tx, []int64{person})
	if err != nil {
		return 0, err
	}
	p, ok := known[person]
	if !ok {
		met, err := canvass.ItemsByID(t.tx, []int64{person})
		if err != nil {
			return 0, err
		}
		switch m, isMet := met[person]; {
		case isMet && m.SettledPerson != 0:
			person = m.SettledPerson
		case isMet && m.State == canvass.ItemWaiting:
			x.Unit = m.Unit
			return 0, hold("field.waits_found", "Chờ Công an xã xác nhận người gặp ngoài danh sách, rồi phiếu này được ghi.")
		case isMet:
			x.Unit = m.Unit
			return 0, hold("field.found_dismissed", "Người gặp ngoài danh sách chưa được ghi nhận. Cần người xem phiếu này.")
		default:
			kept, err := people.Kept(t.tx, []int64{person})
			if err != nil {
				return 0, err
			}
			if n := kept[person]; n != 0 && n != person {
				person = n
			} else {
				return 0, hold("field.person_unknown", "Người này không có trong danh sách của máy chủ. Chờ Công an xã xem.")
			}
		}
		if known, err = people.Slim(t.tx, []int64{person}); err != nil {
			return 0, err
		}
		if p, ok = known[person]; !ok {
			return 0, hold("field.person_unknown", "Người này không có trong danh sách của máy chủ. Chờ Công an xã xem.")
		}
	}
	x.Person, x.Unit = person, t.h.where(p.Unit)
	if !t.h.holds(p.Unit) {
		return 0, hold("field.not_yours", "Người này hiện ở địa bàn khác. Chờ Công an nơi đó xem.")
	}
	return person, nil
}

func (t *taking) visit(s *slip, x *canvass.Item) error {
	person, err := t.home(s.person, x)
	if err != nil {
		return err
	}
	k := t.kept(s)
	v := k.AsVisit(s.n, t.h.Device.ID, person, s.at)
	if err := t.Canvass.RecordVisit(t.tx, t.h.Viewer, &v); err != nil {
		return err
	}
	doubts, err := t.Work.Doubts(t.tx, person, v.Claims)
	if err != nil {
		return err
	}
	if len(doubts) > 0 {
		x.Text = "Đã ghi. Nên xem lại: " + strings.Join(doubts, "; ") + "."
	}
	for _, early := range t.early[s.n] {
		if early.Kind != canvass.SlipUndo {
			continue
		}
		was, _ := early.Kept()
		if _, err := t.Canvass.VoidVisitIn(t.tx, t.h.Viewer, s.n, undoing(was.Slip.Why)); err != nil {
			return err
		}
		if err := canvass.Settle(t.tx, early.ID, canvass.SettledApplied, person, t.h.Viewer.Account); err != nil {
			return err
		}
		x.Text = "Đã ghi và đã hủy theo phiếu hủy gửi trước."
	}
	return nil
}

func (t *taking) found(s *slip, x *canvass.Item) error {
	x.Person = s.n
	for _, u := range t.h.Units {
		if s.Unit != "" && s.Unit == idText(u) {
			x.Unit = u
		}
	}
	if s.QR == nil || strings.TrimSpace(s.QR.Name) == "" {
		return fault.New(fault.Invalid, "field.found_name", "Phiếu gặp người ngoài danh sách phải có họ tên.")
	}
	return hold("field.found", "Đã chuyển Công an xã xác nhận. Các phiếu của người này được giữ cùng.")
}

func (t *taking) photo(s *slip, x *canvass.Item) error {
	x.Person = s.of
	switch {
	case s.of == 0:
		return fault.New(fault.Invalid, "field.photo_of", "Ảnh không nói của lần đến nào.")
	case s.badJPEG || len(s.jpeg) == 0:
		return fault.New(fault.Invalid, "field.photo", "Ảnh không đọc được. Hãy chụp lại nếu cần.")
	}
	v, err := canvass.VisitsByID(t.tx, []int64{s.of})
	if err != nil {
		return err
	}
	if w, ok := v[s.of]; ok {
		x.Unit = t.h.where(w.Unit)
	}
	return canvass.KeepPhoto(t.tx, s.n, s.of, s.jpeg) // the visit may come later: whatever the order, they meet (law O2)
}

func (t *taking) correct(s *slip, x *canvass.Item) error {
	if s.Attr != people.AttrPhone && s.Attr != people.AttrAddress {
		return fault.New(fault.Invalid, "field.attr", "Điện thoại chỉ sửa được số điện thoại và địa chỉ.")
	}
	person, err := t.home(s.person, x)
	if err != nil {
		return err
	}
	if err := people.TellIn(t.tx, person, s.Attr, s.Base, s.Value, s.at, t.h.Viewer.Account); err != nil {
		return err
	}
	t.tx.Touch(person)
	return nil
}

func (t *taking) obstacle(s *slip, x *canvass.Item) error {
	for _, u := range t.h.Units {
		if s.Unit == idText(u) {
			x.Unit = u
		}
	}
	o := obstacles.Obstacle{ID: s.n, Unit: x.Unit, Category: s.Category, Text: s.Text, People: s.People, Photo: s.jpeg, At: s.at, Team: t.h.Team, Device: t.h.Device.ID}
	if s.badJPEG {
		x.Text = "Đã gửi; ảnh không đọc được nên không kèm."
	}
	return t.Obstacles.SendIn(t.tx, t.h.Viewer, &o)
}

func (t *taking) undo(s *slip, x *canvass.Item) error {
	x.Person = s.of
	if s.of == 0 {
		return fault.New(fault.Invalid, "field.undo_of", "Phiếu hủy không nói hủy phiếu nào.")
	}
	sent, err := canvass.ItemsByID(t.tx, []int64{s.of})
	if err != nil {
		return err
	}
	it, ok := sent[s.of]
	if !ok {
		return hold("field.undo_early", "Phiếu cần hủy chưa đến máy chủ; khi đến sẽ được hủy ngay.")
	}
	x.Unit = it.Unit
	if it.State == canvass.ItemWaiting {
		k, _ := it.Kept()
		if k.Member != t.h.Member && !(t.h.Leads && k.Team == t.h.Team) {
			return hold("field.undo_other", "Chỉ người ghi hoặc tổ trưởng hủy được phiếu. Chờ người xem.")
		}
		x.Text = "Phiếu đang chờ xử lý đã được bỏ."
		return canvass.Settle(t.tx, it.ID, canvass.SettledUndone, 0, t.h.Viewer.Account)
	}
	list, err := canvass.VisitsByID(t.tx, []int64{s.of})
	if err != nil {
		return err
	}
	v, ok := list[s.of]
	if !ok {
		return fault.New(fault.Invalid, "field.undo_nothing", "Phiếu này không được ghi nên không có gì để hủy.")
	}
	if v.Member != t.h.Member && !(t.h.Leads && v.Team == t.h.Team) {
		return hold("field.undo_other", "Chỉ người ghi hoặc tổ trưởng hủy được phiếu. Chờ người xem.")
	}
	_, err = t.Canvass.VoidVisitIn(t.tx, t.h.Viewer, s.of, undoing(s.Why))
	return err
}

func undoing(why string) string {
	why = strings.TrimSpace(vn.NFC(why))
	if why == "" {
		why = "người ghi hủy trên điện thoại"
	}
	return string([]rune(why)[:min(300, len([]rune(why)))])
}

// checkIn notes an arrival at a collection point (KH:III.3.c). Somebody whom another phone or the desk checked in before is there already.
func (t *taking) checkIn(s *slip, x *canvass.Item) error {
	session, err := id.Parse(s.Session)
	if err != nil || t.Points == nil {
		return fault.New(fault.Invalid, "field.session", "Phiếu điểm danh không nói về buổi nào. Hãy đồng bộ rồi điểm danh lại.")
	}
	a, err := t.Points.CheckInAt(t.tx, t.h.Viewer, session, s.Key, s.at)
	if points.Twice(err) {
		f, _ := fault.As(err)
		x.Code, x.Text = f.Code, f.Text
		return nil
	}
	if err == nil && a.WalkIn {
		x.Text = "Khách ngoài danh sách mời."
	}
	return err
}
