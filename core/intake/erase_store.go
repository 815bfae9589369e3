package intake

// Erase removes the sealed files and what was kept of rows, and gives how many files there were (law R4). What remains of a batch is
// its name-free account: kind, day, sums, the file's SHA-256.
func Erase(tx *Tx) (int64, error) {
	n, err := tx.Exec("UPDATE file SET name=''")
	if err != nil {
		return 0, err
	}
	for _, text := range []string{"DELETE FROM file_chunk", "DELETE FROM batch_row", "UPDATE batch SET reading=''"} {
		if _, err := tx.Exec(text); err != nil {
			return 0, err
		}
	}
	return n, nil
}
