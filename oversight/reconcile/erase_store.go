package reconcile

import "bonphu/internal/db"

// Erase removes what hearings and declarations say in words and pictures, which may name persons, and gives how many steps it
// emptied (law R4). The fates and verdicts, which hold only numbers of records that are gone, stay, and with them the figures.
func Erase(tx *db.Tx) (int64, error) {
	if _, err := tx.Exec("DELETE FROM case_photo"); err != nil {
		return 0, err
	}
	n, err := tx.Exec("UPDATE case_step SET text='', photo='' WHERE text<>'' OR photo<>''")
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("UPDATE declared SET note='' WHERE note<>''")
	return n, err
}
