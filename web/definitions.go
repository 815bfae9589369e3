package web

// Definitions is the page of law N1: every number with its name, unit, formula in words and clause.
type Definitions struct {
	Page
	None   Empty
	Groups []DefinitionGroup
}

// Template names the screen.
func (*Definitions) Template() string { return "tally/definitions" }

// DefinitionGroup is the numbers of one subject.
type DefinitionGroup struct {
	Title string
	Items []Definition
}

// Definition is one number.
type Definition struct {
	Key, Name, Unit, Formula, Clause string
	Now, Href                        string
}
