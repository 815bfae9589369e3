package coverage

import (
	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Verify writes a verified event inside the transaction of an inspection's finding: somebody saw it at the door (law C2). The
// viewer must hold inspect.record where the person lives. It gives the event, so that a correction can take it back.
func Verify(tx *db.Tx, who access.Viewer, e Event) (int64, error) {
	unit, err := people.UnitOf(tx, e.Person)
	if err != nil {
		return 0, err
	}
	if err := who.May("inspect.record", unit); err != nil {
		return 0, err
	}
	e.Level, e.Source, e.Who, e.Batch, e.BatchRow = Verified, people.Field, who.Account, 0, 0
	if err := stamp(tx, &e); err != nil {
		return 0, err
	}
	one := []Event{e}
	err = Append(tx, one)
	return one[0].ID, err
}

// Unverify takes a verified event back inside the transaction of the correction of a finding (law C4).
func Unverify(tx *db.Tx, who access.Viewer, event int64, why string) error {
	e, err := eventAt(tx, event)
	if err != nil {
		return err
	}
	unit, err := people.UnitOf(tx, e.Person)
	if err != nil {
		return err
	}
	if err := who.May("inspect.record", unit); err != nil {
		return err
	}
	if e.Level != Verified {
		return fault.New(fault.Invalid, "coverage.not_verified", "Chỉ kết quả kiểm tra mới rút lại được ở đây.")
	}
	if e.Void() {
		return nil
	}
	return void(tx, &e, why, who.Account)
}
