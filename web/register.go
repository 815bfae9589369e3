package web

// Register is the list of residents with what narrows it kept in the address.
type Register struct {
	Page
	Units  []Choice
	Groups []ChoiceGroup
	Not    string
	Export string // where the list is taken as a file; "" for those who may not
	Chips  []Tab  // conditions, each with the address that leaves it out
	Rows   []Resident
	Pager  Pager
	None   Empty
}

// Template names the screen.
func (*Register) Template() string { return "people/register" }

// Choice is one option of a list.
type Choice struct {
	Value, Title string
	Chosen       bool
}

// ChoiceGroup is a titled part of a list of options.
type ChoiceGroup struct {
	Title string
	Items []Choice
}

// Resident is one person of a list; numbers come masked (law R3).
type Resident struct {
	Name, Href, Birth, Gender, Number, Phone, Place string
}
