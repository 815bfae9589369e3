package coverage

import "bonphu/internal/db"

// Erase removes the ledger and the discrepancies, which name persons, and gives how many events there were (law R4). The figures
// that were made from them stay with the tally.
func Erase(tx *db.Tx) (int64, error) {
	n, err := tx.Exec("DELETE FROM event")
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("DELETE FROM discrepancy")
	return n, err
}
