package web

import "html/template"

// Points lists where dossiers are taken and with what (KH:III.3.a).
type Points struct {
	Page
	Points  []PointRow
	Kits    []KitRow
	MayPlan bool
	None    Empty
}

// Template names the screen.
func (*Points) Template() string { return "points/list" }

// PointRow is one point of the list.
type PointRow struct {
	Name, Href, Kind, Host, Place, Address string
	Accessible                             bool
	Next                                   string // its next session
	NextHref                               string
}

// KitRow is one kit of the list.
type KitRow struct {
	Name, Href      string
	Capacity, Staff int64
	Booked          int64 // dossiers in sessions to come
	Sessions        int64
	Broken          bool
}

// PointSheet is one point: its form, its host's list and its sessions.
type PointSheet struct {
	Page
	Action       string
	New          bool
	Units        []Choice
	Kinds, Hosts []Choice
	Days         []Choice
	Accessible   bool
	MayPlan      bool
	MayRoster    bool
	RosterAction string
	RosterStats  []Stat
	Roster       []RosterRow
	More         string // how many rows are not shown
	Sessions     []PointSession
}

// Template names the screen.
func (*PointSheet) Template() string { return "points/point" }

// RosterRow is one pupil or worker that a host named (KH:III.3.e); numbers come masked (law R3).
type RosterRow struct {
	Line                       int64
	Name, Href, Birth, Number  string
	Group, Verdict, Mood, Text string
}

// PointSession is one session in a list.
type PointSession struct {
	When, Href, Kit, State, Mood string
	Quota, Invited, Came         int64
}

// KitSheet is the form of one kit.
type KitSheet struct {
	Page
	Action string
	New    bool
	Units  []Choice
}

// Template names the screen.
func (*KitSheet) Template() string { return "points/kit" }

// Week is the calendar of sessions: a row a kit, a column a day.
type Week struct {
	Page
	Tabs         []Tab // week before, this week, week after
	Days         []WeekDay
	Rows         []WeekRow
	Sum          []WeekSum
	Stats        []Stat
	Gone         []PointSession // moved and cancelled, with whom to tell
	MayPlan      bool
	Points, Kits []Choice
	Units        []Choice
	Week         string
	None         Empty
}

// Template names the screen.
func (*Week) Template() string { return "points/week" }

// WeekDay heads a column.
type WeekDay struct {
	Name, Day string
	Today     bool
}

// WeekRow is one kit's week.
type WeekRow struct {
	Kit, Note string
	Cells     []WeekCell
}

// WeekCell is one kit's day.
type WeekCell struct {
	Day      string
	Sessions []WeekSession
}

// WeekSession is one session in the calendar.
type WeekSession struct {
	Place, Where, Href, Hours, Mood, State string
	Counts                                 string
	Locked                                 bool
}

// WeekSum is what a day takes in all.
type WeekSum struct{ Sessions, Quota int64 }

// RouteScreen is the planner of the mobile kits: the question, the draft with its map and calendar, the price of a change by hand.
type RouteScreen struct {
	Page
	MayPlan        bool
	Units, Kits    []Choice
	Weekdays       []Choice
	From, Until    string
	Turnout, Stays string
	Unit           string
	Made           string // when and by whom the draft was made; "" where there is none
	Accepted       bool
	Stats          []Stat
	Words          []string
	Map            template.HTML
	Legend         []RouteKit
	Days           []WeekDay
	Rows           []RouteRow
	ChangeKits     []Choice
	ChangeDays     []Choice
	ChangeUnits    []Choice
	Price          string
	PriceMood      string
	MayPin         bool
	Change         [3]string
	None           Empty
}

// Template names the screen.
func (*RouteScreen) Template() string { return "points/route" }

// RouteKit names a kit with its colour on the map.
type RouteKit struct {
	Name, Class string
	Note        string
}

// RouteRow is one kit's days in the draft.
type RouteRow struct {
	Kit   string
	Class string
	Cells []RouteCell
}

// RouteCell is one kit-day of the draft.
type RouteCell struct {
	Day, Place, Where string
	Served            string
	Locked, Idle      bool
	First             bool // the first day at this place
}

// SessionSheet is one session: who is invited, who came, what is told to whom.
type SessionSheet struct {
	Page
	Href, State, Mood  string
	Stats              []Stat
	Live, Open, Today  bool
	Reason             string
	NextHref, LastHref string
	MayPlan, MayInvite bool
	MayCheckIn         bool
	Locked             bool
	Kits, Points       []Choice
	Units, Channels    []Choice
	Views              []Tab
	Find               string
	Rows               []InvitedRow
	CallList           []InvitedRow
	More               string
	Text, Loud         string
	Day, From, Until   string
	None               Empty
	collects           bool
}

// Template names the screen.
func (*SessionSheet) Template() string { return "points/session" }

// InvitedRow is one person of a session's list; telephones come masked (law R3).
type InvitedRow struct {
	ID, N, Name, Href, Birth, Phone string
	Place, House                    string
	Channel, State, Mood, Reason    string
	Code, Came, Next                string
	MayCheck, MayUndo, MayReply     bool
	MayCollect                      bool
	Told                            bool
}

// Letters are the invitations of a session, six to a page.
type Letters struct {
	Page
	Back   string
	Sheets [][]Letter
}

// Template names the screen.
func (*Letters) Template() string { return "points/letters" }

// Letter is one invitation. QR is its code as a picture.
type Letter struct {
	Name, Place, Code  string
	QR                 template.URL
	Superior, Body     string
	When, Hours, Where string
	Bring              string
}
