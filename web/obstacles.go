package web

// Obstacles lists what stands in the way (KH:VI), what waits longest first.
type Obstacles struct {
	Page
	Units      []Choice
	Categories []Choice
	States     []Choice
	Stats      []Stat
	Rows       []ObstacleRow
	Causes     []CauseRow
	None       Empty
	MaySend    bool
	New        string
}

// Template names the screen.
func (*Obstacles) Template() string { return "obstacles/list" }

// ObstacleRow is one line of the list.
type ObstacleRow struct {
	Text, Href, Kind, Place, By, When, Due, State, Mood string
	People                                              int64
}

// CauseRow is how often a kind of obstacle was met.
type CauseRow struct {
	Title           string
	N, Open, People int64
	Share           int // percent of the most frequent, for the bar
}

// ObstacleForm is where an obstacle is told, with answers that may serve already.
type ObstacleForm struct {
	Page
	Units      []Choice
	Unit       string
	Categories []Choice
	Text       string
	Found      []AnswerRow
	Looked     bool
	Once       string
}

// Template names the screen.
func (*ObstacleForm) Template() string { return "obstacles/new" }

// AnswerRow is one answer of the answer book.
type AnswerRow struct {
	Question, Answer, Kind, By, When, Helped string
	Uses                                     int64
}

// ObstacleSheet is one obstacle with everything said of it.
type ObstacleSheet struct {
	Page
	Text, Kind, Place, By, When, Due, Level, State, Mood string
	People                                               int64
	Photo                                                string
	Moments                                              []Moment
	Similar                                              []AnswerRow
	Office                                               string
	Offices                                              []Choice
	Answer, Close, Reopen, Pass                          string // where the forms go; "" where they make no sense
}

// Template names the screen.
func (*ObstacleSheet) Template() string { return "obstacles/sheet" }

// AnswerBook is the shared book of answers.
type AnswerBook struct {
	Page
	Text       string
	Categories []Choice
	Rows       []AnswerRow
	None       Empty
	New        string
}

// Template names the screen.
func (*AnswerBook) Template() string { return "obstacles/answers" }
