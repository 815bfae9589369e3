package duties

import "bonphu/internal/db"

// Erase removes the documents that offices attached, which may tell of persons; what was said of the duties stays without them (law R4).
// It gives how many were removed.
func Erase(tx *db.Tx) (int64, error) {
	n, err := tx.Exec("DELETE FROM duty_file")
	if err != nil {
		return 0, err
	}
	for _, q := range []string{"UPDATE duty_step SET file_id=0 WHERE file_id<>0", "UPDATE instruction SET file_id=0 WHERE file_id<>0"} {
		if _, err := tx.Exec(q); err != nil {
			return 0, err
		}
	}
	return n, nil
}
