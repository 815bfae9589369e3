package web

// TaskList is what the signed-in person must do, in the order of a day's work.
type TaskList struct {
	Page
	Groups []TaskGroup
	None   Empty
}

// Template names the screen.
func (*TaskList) Template() string { return "today/list" }

// TaskGroup is what is late, for today, or due soon.
type TaskGroup struct {
	Title, Mood string
	Rows        []TaskRow
}

// TaskRow is one task. Count is "12 đề nghị", "" for a single thing; Due is "hạn 21/5/2024".
type TaskRow struct{ Title, Note, Href, Count, Due, Mood string }

// LetterForm is where an account says where its letters go.
type LetterForm struct {
	Page
	Address string
	Wants   bool
	Ready   bool // a server is set
	Saved   bool // there is an address to try
}

// Template names the screen.
func (*LetterForm) Template() string { return "today/letter" }

// SentLetters are the letters of the last days, for who keeps the program running.
type SentLetters struct {
	Page
	Ready bool
	Rows  []SentLetter
	None  Empty
}

// Template names the screen.
func (*SentLetters) Template() string { return "today/sent" }

// SentLetter is one of them. Again is where it is sent again, "" where it need not be.
type SentLetter struct {
	Who, Login, Day, State, Mood, Why, When string
	Tasks, Tries                            int64
	Again                                   string
}
