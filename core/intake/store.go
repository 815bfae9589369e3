package intake

import (
	"bonphu/internal/db"
)

// Tx is the transaction a run works in.
type Tx = db.Tx

// DB is the database the Desk works on.
type DB = db.DB
