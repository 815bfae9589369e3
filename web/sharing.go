package web

// Sharing is how a unit's work is shared out among teams and members (KH:III.2.b).
type Sharing struct {
	Page
	Units      []Choice
	Unit       string
	Stats      []Stat
	Places     []PlaceRow
	Teams      []ShareRow
	MayDeal    bool
	None       Empty
	Look       string // what was looked for
	Found      []FoundHome
	NotFound   bool
	Targets    []ChoiceGroup // teams with their members
	Changes    []ChangeRow
	MembersToo bool // the unit is small enough to name members
}

// Template names the screen.
func (*Sharing) Template() string { return "work/sharing" }

// PlaceRow is one hamlet of it.
type PlaceRow struct {
	Name, Href     string
	Listed, Nobody int64
}

// ShareRow is one team and what it has.
type ShareRow struct {
	Name, Href, Place, Work string
	People, Hand, Whole     int64
	Capacity                int64
	Days                    string // at its capacity
	Members                 []ShareMember
}

// ShareMember is what one member has.
type ShareMember struct {
	Name   string
	People int64
}

// FoundHome is one household found, given to other hands as a whole.
type FoundHome struct {
	ID, House, Place, Team string
	People                 []CaseLink
	ByHand                 bool
}

// ChangeRow is one change of hands.
type ChangeRow struct{ When, Who, From, To, Why, People string }
