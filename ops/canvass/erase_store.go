package canvass

import "bonphu/internal/db"

// Erase removes the members of teams, whose work everybody was, who was left of each round, and every visit with its photos and what phones
// sent; it gives how many members there were (law R4). Teams and rounds stay: they do not name persons.
func Erase(tx *db.Tx) (int64, error) {
	for _, table := range []string{"assignment", "assignment_note", "round_residue", "visit", "contact_now", "visit_photo", "field_item"} {
		if _, err := tx.Exec("DELETE FROM " + table); err != nil {
			return 0, err
		}
	}
	return tx.Exec("DELETE FROM team_member")
}
