package emulation

import "bonphu/internal/db"

// Erase takes the names of persons out of the proposals, and the words in which offices may have named somebody; verdicts, classes and
// figures stay (law R4). It gives how many rows it changed.
func Erase(tx *db.Tx) (int64, error) {
	var all int64
	for _, q := range []string{
		"UPDATE emulation_proposal SET name='(đã xóa)', office='', achievement='' WHERE kind='person' AND name<>'(đã xóa)'",
		"UPDATE emulation_contest SET text='(đã xóa)' WHERE text<>'(đã xóa)'",
		"UPDATE emulation_note SET text='(đã xóa)' WHERE text<>'(đã xóa)'",
	} {
		n, err := tx.Exec(q)
		if err != nil {
			return all, err
		}
		all += n
	}
	return all, nil
}
