package web

// Person is everything known of one resident: attributes with their sources, standing, why they count, the ledger as a time line.
type Person struct {
	Page
	Href       string
	Ladders    []PersonLadder
	Facts      []Attribute
	Whys       []Why
	Moments    []Moment
	Statuses   []Status
	Members    []Resident
	MayCorrect bool
	Attrs      []Choice
	MayClaim   bool
	Claims     []ChoiceGroup
	Voids      []Choice
	MayAsk     bool
	Kinds      []Choice
	Running    []Choice // facts that may be ended or taken back
	MaySettle  bool
	Visits     PersonVisits
	Dossiers   PersonDossiers
	Orders     PersonOrders
	Alike      []Choice // of the same name: to be merged into this one
	Merges     []PersonMerge
}

// Template names the screen.
func (*Person) Template() string { return "people/person" }

// PersonLadder is where the person stands in one coverage: confirmed, and beside it what is claimed (law C3).
type PersonLadder struct {
	Name, State, From, Beside string
	Done                      bool
}

// Attribute is one value with where it comes from (law P2). Reveal names the attribute of a number that the asker may see whole.
type Attribute struct {
	Name, Value, Note, Reveal string
	Sealed                    bool
}

// Why says in a sentence whether the person is in a target's denominator (law W1).
type Why struct {
	Target, Sentence string
	In               bool
}

// Status is one dated fact (law P3).
type Status struct{ Title, State, Kind, Text string }

// PersonMerge is a record that was found to be the same person; it can be parted again (law P4).
type PersonMerge struct {
	ID, Text string
	Undone   bool
}
