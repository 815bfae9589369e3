package coverage

import (
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Revoke takes back a claim inside a transaction whose caller has decided so, and closes the question that it opened (law C4). One
// that was taken back before stays as it is.
func Revoke(tx *db.Tx, event int64, why string, by int64) error {
	e, err := eventAt(tx, event)
	if err != nil {
		return err
	}
	if e.Level != Claimed {
		return fault.New(fault.Invalid, "coverage.not_claimed", "Chỉ báo cáo của tổ mới rút lại được từng lần.")
	}
	if err := Settled(tx, event); err != nil || e.Void() {
		return err
	}
	return void(tx, &e, why, by)
}

// Settled closes the question that a denied claim opened, once somebody has decided it.
func Settled(tx *db.Tx, claim int64) error {
	_, err := tx.Exec("UPDATE discrepancy SET state='closed', closed_at=$1 WHERE claim_id=$2 AND state='open'", tx.Now(), claim)
	return err
}
