package points

import (
	"context"
	"fmt"

	"bonphu/core/access"
	"bonphu/internal/db"
)

// Overdue ends sessions of past days that nobody ended, once a night, and gives how many: one that was opened is closed, and who did not come
// is a no-show; one that was never opened was not held, so nobody is blamed for not coming: it is cancelled, and who was invited is free again
// and stands on its call list. The viewer needs points.checkin where the session is; others are left.
func (b *Book) Overdue(ctx context.Context, who access.Viewer) (int, error) {
	n := 0
	if err := b.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM point_session WHERE day<$1 AND state IN ('planned','open')", string(tx.Today())).Scan(&n)
	}); err != nil || n == 0 {
		return 0, err
	}
	act := who.Act("points.checkin", 0, "session:", "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		n = 0
		list, err := sessions(tx, "WHERE s.day<$1 AND s.state IN ('planned','open')", string(tx.Today()))
		if err != nil {
			return err
		}
		for i := range list {
			s := &list[i]
			if who.May("points.checkin", s.Unit) != nil {
				continue
			}
			n++
			state, reason, ended := Closed, s.Reason, NoShow
			if s.State == Planned {
				state, reason, ended = Cancelled, "Quá ngày mà buổi không được mở", CalledOff
			}
			if _, err := tx.Exec("UPDATE point_session SET state=$1, reason=$2 WHERE id=$3", state, reason, s.ID); err != nil {
				return err
			}
			if _, err := tx.Exec("UPDATE invitation SET state=$1 WHERE session_id=$2 AND state IN ('invited','confirmed')", ended, s.ID); err != nil {
				return err
			}
		}
		act.Note = fmt.Sprintf("kết thúc %d buổi quá ngày", n)
		return nil
	})
	if n > 0 {
		b.changed()
	}
	return n, err
}
