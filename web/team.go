package web

// Teams lists the teams of a unit and everything under it, with the form of a new one.
type Teams struct {
	Page
	Units     []Choice
	Unit      string
	Stats     []Stat // what each kind of team did so far
	Rows      []TeamRow
	None      Empty
	Lacking   string // how many communes and hamlets have no team of their own, in a sentence; "" for none
	MayManage bool
	Sheet     TeamForm
}

// Template names the screen.
func (*Teams) Template() string { return "work/teams" }

// TeamRow is one team.
type TeamRow struct {
	Name, Href, Kind, Place string
	Members, Capacity       int64
	Visits, Done            int64
}

// TeamForm is what is asked of a team, made or changed.
type TeamForm struct {
	Action, Do           string
	Units, Kinds, Places []Choice
	Rest                 []Choice // weekdays, chosen when the team rests
	Name, Capacity       string
	Unit                 string
	What                 string // which form of the page it is
}

// Team is one team with its members, what they have, and the quotas of its coming days.
type Team struct {
	Page
	Href      string
	Facts     []CaseFact
	Stats     []Stat
	Members   []MemberRow
	Targets   []string
	Days      []TeamDay
	MayManage bool
	Sheet     TeamForm
	Today     string
	Closed    bool
	Roles     []Choice
	List      string // address of the work list; "" when it may not be seen
	Sharing   string // address of the sharing out
	Wrong     string // id of the member whose form was refused
}

// Template names the screen.
func (*Team) Template() string { return "work/team" }

// MemberRow is one member; the telephone comes masked unless it was asked for (law R3). Others are the members who may take over.
type MemberRow struct {
	ID, Name, Role, Phone string
	People                int64
	Shown                 bool
	Others                []Choice
}

// TeamDay is the quotas of a day to come, in the order of the targets.
type TeamDay struct {
	Day   string
	Cells []QuotaCell
}
