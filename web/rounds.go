package web

// Rounds are the hamlets of a unit, each with how far it is: not opened, being worked, closed (KH:III.1.c).
type Rounds struct {
	Page
	Units []Choice
	Stats []Stat
	Rows  []HamletRow
	None  Empty
}

// Template names the screen.
func (*Rounds) Template() string { return "work/rounds" }

// HamletRow is one hamlet.
type HamletRow struct {
	Name, Href, State, Mood string
	Opened, Closed          string
	Visits                  int64
	Left                    string // at closing; "" before
	Now                     int64
	Note                    string
	Action                  string // its address for opening; "" where the viewer may not or it is open
	May                     bool
}

// HamletRound is one hamlet's round with who is left, by name and reason.
type HamletRound struct {
	Page
	Action, State, Mood string
	Facts               []CaseFact
	MayOpen, MayClose   bool
	Left                []LeftRow
	Groups              []Stat
	Frozen              bool // as it was at closing
	MayPerson           bool
	None                Empty
	Unvisited           bool
}

// Template names the screen.
func (*HamletRound) Template() string { return "work/round" }

// LeftRow is somebody who still needs something.
type LeftRow struct {
	N                                    int
	Name, Href, Birth, House, Work, Last string
}
