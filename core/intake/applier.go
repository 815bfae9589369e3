package intake

// Verdict is what became of a row (law F1): every row gets exactly one.
type Verdict string

// The verdicts, as written in the database and in `bonphu import --json`.
const (
	New     Verdict = "new"     // somebody or something not known before
	Changed Verdict = "changed" // known, and the list says something newer
	Same    Verdict = "same"    // known, and the list says nothing new
	Held    Verdict = "held"    // waits for a person, with the reason
	Refused Verdict = "refused" // cannot be taken, with the reason
)

// Outcome is the verdict on one row. Code and Text (Vietnamese, one sentence) are asked for with Held and Refused.
// Person is the person the row was booked on, or the likeliest one a held row may be; 0 when there is none.
type Outcome struct {
	Verdict Verdict
	Code    string
	Text    string
	Person  int64
	Others  []int64 // for a doubtful match: the persons it may be
}

// Applier turns rows of some kinds of lists into facts or events. The package that owns what the rows become makes
// one; the app registers them with the Desk.
type Applier interface {
	// Kinds lists the kinds it takes, as in the constants Kind….
	Kinds() []string
	// Title names a kind for people.
	Title(kind string) string
	// Start begins a batch inside a transaction. In a dry run the transaction is for reading only.
	Start(tx *Tx, b *Batch) (Run, error)
	// Withdraw voids what the batch did and leaves what others did since (law F3). It returns how many rows' effects
	// were voided.
	Withdraw(tx *Tx, b *Batch) (int64, error)
}

// Run is the application of one batch.
type Run interface {
	// Apply takes a chunk of about a thousand rows and gives one outcome a row, in their order. Rows already marked to
	// be held, and rows that repeat an earlier row of the file, are not among them. The rows and the slice are reused
	// after it returns. With dry nothing may be written.
	Apply(rows []*Row, dry bool) ([]Outcome, error)
	// Finish is called once after the last chunk, before the transaction ends; not in a dry run.
	Finish() error
}

// Completer is a Run that also knows what a full list says of those it does not name. Doubt is told of rows that wait or were
// refused before they reached Apply: whom they name is not known, so nothing is said of anybody they may be. Unnamed is called once
// after the last chunk, and gives how many people change; with dry nothing may be written.
type Completer interface {
	Doubt(rows []*Row)
	Unnamed(dry bool) (int64, error)
}

// Settler is an Applier whose held rows can be settled by a person: the row is applied as if it were the given person,
// or as somebody new when person is 0, whatever its doubts.
type Settler interface {
	Settle(tx *Tx, b *Batch, row *Row, person int64) (Outcome, error)
}
