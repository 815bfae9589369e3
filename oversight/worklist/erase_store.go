package worklist

import "bonphu/internal/db"

// Erase removes who stood on printed lists and who changed for phones, and gives how many rows there were (law R4).
func Erase(tx *db.Tx) (int64, error) {
	if _, err := tx.Exec("DELETE FROM field_log"); err != nil {
		return 0, err
	}
	return tx.Exec("DELETE FROM work_sheet_row")
}
