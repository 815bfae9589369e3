package access

import (
	"context"
	"database/sql"
	"errors"

	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Reader gives an account as a viewer for what the program reads out to it by itself, as in a letter: with the account's own rights and
// nothing else. An account that is shut out has none. Only the program itself may ask.
func (d *Door) Reader(ctx context.Context, who Viewer, account int64) (Viewer, error) {
	if !who.IsSystem() {
		return Viewer{}, fault.New(fault.Forbidden, "access.reader", "Chỉ chương trình được làm việc này.")
	}
	var v Viewer
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		a, err := accountBy(tx, "id", account)
		if errors.Is(err, sql.ErrNoRows) || err == nil && a.disabled {
			return fault.New(fault.Missing, "access.no_reader", "Tài khoản này không còn dùng.")
		}
		if err != nil {
			return err
		}
		v = Viewer{Account: a.id, Login: a.login, Name: a.name, From: "thư", Office: a.office}
		if v.tree, err = d.snapshot(tx); err != nil {
			return err
		}
		if v.Grants, err = grantsOf(tx, a.id); err == nil && v.Office == 0 && d.OfficeFor != nil {
			v.Office, err = d.OfficeFor(tx, v.Grants)
		}
		return err
	})
	return v, err
}
