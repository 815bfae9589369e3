package web

import "html/template"

// WorkList is whom a team visits, likeliest to succeed first, households together (KH:III.2.e).
type WorkList struct {
	Page
	Units, Teams, Members, Segments, Parts, Langs []Choice
	Hidden                                        []Hidden // what the address asks for, for the print form
	All                                           bool
	Stats                                         []Stat
	Places                                        []WorkPlace // communes to choose one of, where the unit is too large for one list
	Tabs                                          []Tab
	Told                                          string
	Homes                                         []WorkHome
	MoreHref                                      string
	Day                                           string
	Sheets                                        []WorkPrinted
	MayEnter                                      bool
	None                                          Empty
}

// Template names the screen.
func (*WorkList) Template() string { return "visits/list" }

// Hidden is one value that a form carries on.
type Hidden struct{ Name, Value string }

// WorkPlace is the work of one commune.
type WorkPlace struct {
	Name, Href                              string
	Needing, Open, New, Today, Overdue, Not int64
}

// WorkHome is one household of a list; Name is "" for somebody without one.
type WorkHome struct {
	Name, Place string
	Rows        []WorkRow
}

// WorkRow is one citizen of a list: what to do first, what waits, what the last contact left behind.
type WorkRow struct {
	N                 int64
	Name, Href, Birth string
	Number, Address   string
	Why, Mood         string
	Last              string
	Lang, Orders      string
	Steps             []WorkStep
}

// WorkStep is one thing to do; Waits says that something must be done before.
type WorkStep struct {
	Text  string
	Waits bool
}

// WorkPrinted is a printed list of the past.
type WorkPrinted struct{ Title, Href, Text, Mood string }

// WorkSheet is a printed list: tick boxes for results and coverages, lines for a note and a signature, and the code that opens quick entry.
type WorkSheet struct {
	Page
	Code, Shown, Team, Day, By string
	Entry, Sheet               string
	Picture                    template.URL
	Results                    []string
	Homes                      []WorkSheetHome
	People                     int64
}

// Template names the screen.
func (*WorkSheet) Template() string { return "visits/sheet" }

// WorkSheetHome is one household on paper.
type WorkSheetHome struct {
	Name string
	Rows []WorkSheetRow
}

// WorkSheetRow is one citizen on paper with the boxes to tick.
type WorkSheetRow struct {
	WorkRow
	Ticks, Orders []string
}

// WorkEntry is quick entry of a printed list: the same rows in the same order, all saved at once.
type WorkEntry struct {
	Page
	Href, Paper   string
	Shown         string
	Day, Last     string // on which the list was walked; the last day it can have been
	Results       []Choice
	Parts, Langs  []Choice
	Members       []Choice
	Reasons       []ChoiceGroup
	Rows          []EntryRow
	Done, Left    int64
	MayEnter      bool
	Team, Waiting string
}

// Template names the screen.
func (*WorkEntry) Template() string { return "visits/entry" }

// EntryRow is one row of quick entry. Saved says what was entered already, Doubts what does not fit it, Problem why it was refused.
type EntryRow struct {
	N                     int64
	Name, Href, Birth     string
	Home, Work            string
	Gone                  bool
	Saved, Mood, Problem  string
	Doubts                []string
	Ticks, Orders         []Choice
	Results, Parts        []Choice
	Reasons               []ChoiceGroup
	Return, Note, Changed string
}
