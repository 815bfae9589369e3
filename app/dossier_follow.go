package app

import (
	"bonphu/internal/db"
	"bonphu/ops/dossier"
	"bonphu/oversight/tally"
)

// dossierFollower lets extracts move dossiers on in the transaction that brings them (KH:III.3.d): ops knows nothing of the tally.
type dossierFollower struct{ *dossier.Book }

// Clear leaves the dossiers as they are: a rebuild of figures changes nobody.
func (dossierFollower) Clear(*db.Tx) error { return nil }

// Follow hands on what the tally read anyway.
func (f dossierFollower) Follow(tx *db.Tx, t *tally.Touched) error {
	return f.Book.Follow(tx, t.Persons, t.Events)
}
