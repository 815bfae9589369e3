package people

import "bonphu/internal/db"

// Erase removes everybody from the register, with all that was said of them, and gives how many persons there were (law R4). The
// caller has made sure that the retention day is past.
func Erase(tx *db.Tx) (int64, error) {
	n, err := tx.Exec("DELETE FROM person")
	if err != nil {
		return 0, err
	}
	for _, table := range []string{"person_name", "person_attr", "person_fact", "person_merge"} {
		if _, err := tx.Exec("DELETE FROM " + table); err != nil {
			return 0, err
		}
	}
	return n, nil
}
