package web

import "html/template"

// Phones lists the phones of a unit's teams, with the form that lets one in (law O3).
type Phones struct {
	Page
	Units   []Choice
	Unit    string
	Rows    []PhoneRow
	None    Empty
	Stats   []Stat
	Teams   []Choice // whose member a phone may be given to
	Team    string
	Members []Choice
	Hamlets []Choice
	Most    int
}

// Template names the screen.
func (*Phones) Template() string { return "phones/list" }

// PhoneRow is one phone; Lock is where it is shut out, "" once it is.
type PhoneRow struct {
	Name, Team, Places, Agent string
	Seen, Until, State, Mood  string
	Lock                      string
	Waiting                   int64
	WaitingHref               string
}

// PhoneCode is the code by which one phone gets in, shown once on the answer to the form.
type PhoneCode struct {
	Page
	Picture                     template.URL
	Code, Until, Holder, Places string
	Many                        string // a warning where the list is long
	Back                        string
}

// Template names the screen.
func (*PhoneCode) Template() string { return "phones/code" }

// HeldSlips is the queue of what phones sent and a person must decide (laws O1, P4).
type HeldSlips struct {
	Page
	Units []Choice
	Rows  []HeldSlip
	None  Empty
}

// Template names the screen.
func (*HeldSlips) Template() string { return "phones/slips" }

// HeldSlip is one line of the queue.
type HeldSlip struct {
	Kind, Href, Person, By, When, Place, Why string
}

// SlipSheet is one slip with what it says and what may be made of it.
type SlipSheet struct {
	Page
	Action  string
	State   string
	Mood    string
	Why     string
	Facts   []CaseFact
	May     bool
	Apply   string // words of the button that writes it as it was sent; "" where a person must be chosen first
	MayNew  bool
	MayLook bool
	Look    string
	Found   []Choice
	None    bool // looked for and nobody found
	Drop    string
}

// Template names the screen.
func (*SlipSheet) Template() string { return "phones/slip" }
