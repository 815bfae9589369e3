package coverage

import "bonphu/internal/db"

// Erase removes the ledger, which names persons, and gives how many events there were (law R4). The figures
// that were made from them stay with the tally.
func Erase(tx *db.Tx) (int64, error) {
	for _, q := range []string{"DELETE FROM full_named", "DELETE FROM full_list"} {
		if _, err := tx.Exec(q); err != nil {
			return 0, err
		}
	}
	return tx.Exec("DELETE FROM event")
}
