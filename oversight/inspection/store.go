package inspection

import (
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/oversight/tally"
)

// Book keeps inspections, their samples and their findings.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
}

// Erase removes what may tell of persons: photos, notes and reasons (law R4). Samples, results and estimates stay; the ids in
// them name nobody any more.
func Erase(tx *db.Tx) (int64, error) {
	n, err := tx.Exec("DELETE FROM inspection_photo")
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("UPDATE inspection_result SET note='', why='', photo=''")
	return n, err
}
