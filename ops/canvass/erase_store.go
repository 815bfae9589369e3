package canvass

import "bonphu/internal/db"

// Erase removes the members of teams, and gives how many there were (law R4). The teams stay: their results do not name persons.
func Erase(tx *db.Tx) (int64, error) { return tx.Exec("DELETE FROM team_member") }
