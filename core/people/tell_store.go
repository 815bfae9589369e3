package people

import (
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// TellIn books what somebody at the door says of one attribute of a person, as of an instant, at the lowest source (law P2). base is what
// they saw when they said it, masked where the register masks: where the register has moved on since, it is a fault of kind Conflict and a
// person decides. The caller has asked for the right.
func TellIn(tx *db.Tx, person int64, attr, base, value, asOf string, who int64) error {
	value = vn.NFC(value)
	if len(value) > 300 {
		return fault.New(fault.Invalid, "people.long", "Nội dung quá dài (tối đa 300 ký tự).").On("value")
	}
	if err := checkValue(attr, &value); err != nil {
		return err
	}
	s, err := one(tx, person)
	if err != nil {
		return err
	}
	have := s.get(attr)
	if sealedAttr(attr) {
		have = Number(have).Mask()
	}
	if have != base {
		return fault.New(fault.Conflict, "people.moved_on", "Thông tin này đã được sửa ở nơi khác sau khi máy tải danh sách. Cần người xem cả hai và chọn.")
	}
	b := NewBooker(tx, false, func(int64) int64 { return -1 }, func(int64) bool { return true })
	said := Said{Force: person, Who: who}
	said.Source, said.AsOf = Field, asOf
	said.set(attr, value)
	_, err = b.say(s, &said)
	return err
}

// CorrectIn sets an attribute by hand inside a transaction whose caller has asked for the right; the value said before stays in the
// history (law P2).
func CorrectIn(tx *db.Tx, person int64, attr, value string, who int64) error {
	value = vn.NFC(value)
	if len(value) > 300 {
		return fault.New(fault.Invalid, "people.long", "Nội dung quá dài (tối đa 300 ký tự).").On("value")
	}
	if err := checkValue(attr, &value); err != nil {
		return err
	}
	s, err := one(tx, person)
	if err != nil {
		return err
	}
	return correctBy(tx, s, attr, value, who)
}

func correctBy(tx *db.Tx, s *stored, attr, value string, who int64) error {
	b := NewBooker(tx, false, func(int64) int64 { return -1 }, func(int64) bool { return true })
	said := Said{Force: s.ID, Who: who}
	said.Source, said.AsOf = Police, tx.Now()
	said.set(attr, value)
	_, err := b.say(s, &said)
	if db.IsDuplicate(err) {
		return fault.New(fault.Conflict, "people.number_taken", "Số định danh này đã có ở một hồ sơ khác. Hãy tìm hồ sơ đó và gộp nếu là cùng một người.").On("value")
	}
	return err
}
