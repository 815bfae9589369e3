package tally

import (
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Freeze keeps the figures when those they were made of are erased (law R4): the persons' own paths go, the roll-ups stay and are
// never told anew.
func (b *Book) Freeze(tx *db.Tx) error {
	if _, err := tx.Exec("DELETE FROM person_roll"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO roll_state(id, plan_sha, horizon) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET horizon=excluded.horizon", b.Plan().SHA, string(tx.Today()))
	return err
}

// Frozen tells since which day the figures are frozen; "" while they live.
func Frozen(tx *db.Tx) (clock.Day, error) {
	var day string
	err := tx.Each("SELECT horizon FROM roll_state WHERE id = 1", nil, func(scan func(...any) error) error { return scan(&day) })
	return clock.Day(day), err
}
