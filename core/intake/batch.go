package intake

import (
	"bonphu/internal/clock"
)

// Batch is one coming-in of a file.
type Batch struct {
	ID          int64
	FileID      int64
	FileName    string
	SHA         string // of the file, SHA-256, hex
	Size        int64
	Kind        string
	SourceKey   string
	UnitID      int64 // place for rows that name none; 0 when not given
	AsOf        clock.Day
	State       State
	Who         int64
	WhoName     string
	CreatedAt   string
	AppliedAt   string
	WithdrawnAt string
	Sums        Sums
	Refused     string           // why the file as a whole was refused, "" when it was not
	Mapping     map[string]Field // as settled on the mapping screen
	Reading     *ReadingSummary  // what was recognised
}

// State is where a batch stands.
type State string

// The states of a batch.
const (
	StateRead      State = "read"     // recognised, not tried
	StateTried     State = "tried"    // dry run done: the sums tell what would happen
	StateApplying  State = "applying" // being applied; found at a start, it was not applied
	StateApplied   State = "applied"
	StateWithdrawn State = "withdrawn"
	StateRefused   State = "refused" // the file as a whole
	StateBroken    State = "broken"  // was being applied when the power failed: nothing of it was kept
)

// Sums are the rows of a batch by verdict (law F1), and the persons of its rows by gender.
type Sums struct {
	Rows, New, Changed, Same, Held, Refused int64
	Female, Male, GenderUnknown             int64
}

// ReadingSummary is what the database keeps of a Reading.
type ReadingSummary struct {
	Format, Encoding string
	Kind             string
	Confidence       float64
	Why              []string
	AsOf             clock.Day
	AsOfWhy          string
	CommuneText      string
	HamletText       string
	Sheets           []SheetReading
	Unknown          []Column
}
