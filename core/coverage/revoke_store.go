package coverage

import (
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Revoke takes back a claim inside a transaction whose caller has decided so (law C4). One
// that was taken back before stays as it is.
func Revoke(tx *db.Tx, event int64, why string, by int64) error {
	e, err := eventAt(tx, event)
	if err != nil {
		return err
	}
	if e.Level != Claimed {
		return fault.New(fault.Invalid, "coverage.not_claimed", "Chỉ báo cáo của tổ mới rút lại được từng lần.")
	}
	if e.Void() {
		return nil
	}
	return void(tx, &e, why, by)
}
