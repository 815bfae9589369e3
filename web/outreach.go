package web

import "html/template"

// Outreach lists what was planned and done to tell people (KH:I.1, KH:III.1.a): one by one, or the week's days side by side.
type Outreach struct {
	Page
	Views                                                         []Tab
	View                                                          string // "danh-sach", "tuan"
	Units, Channels, Audiences, Languages, Offices, States, Weeks []Choice
	Stats                                                         []Stat
	Rows                                                          []OutreachRow
	Days                                                          []string
	Lines                                                         []OutreachLine
	Back, Next                                                    string
	Follow                                                        *FollowedCard
	Pager                                                         Pager
	None                                                          Empty
	MayWrite                                                      bool
	New                                                           string
}

// Template names the screen.
func (*Outreach) Template() string { return "outreach/list" }

// OutreachRow is one activity.
type OutreachRow struct {
	Title, Href, Audience, Place, Office, When, State, Mood, Reach, Cost, Photos string
}

// OutreachLine is one channel of a week; a cell a day.
type OutreachLine struct {
	Channel string
	Cells   []OutreachDay
}

// OutreachDay is what one channel has on one day.
type OutreachDay struct {
	Day   string
	Slots []OutreachRow
}

// FollowedCard is what followed activities, told with honesty about cause.
type FollowedCard struct {
	Rows     []FollowedRow
	Sentence string
	Caution  string
	Enough   bool
}

// FollowedRow is one side of the comparison.
type FollowedRow struct {
	Title, Before, After, Change string
	Hamlets                      int
}

// OutreachForm is where an activity is planned, or told once it was done.
type OutreachForm struct {
	Page
	Views                                   []Tab
	Done                                    bool
	Units                                   []Choice
	Unit                                    string
	Places                                  []Choice
	Channels, Audiences, Languages, Content []Choice
	Counts                                  []Term
	Day, Once                               string
}

// Template names the screen.
func (*OutreachForm) Template() string { return "outreach/new" }

// Term is a word and what it means.
type Term struct{ Word, Means string }

// OutreachSheet is one activity.
type OutreachSheet struct {
	Page
	Channel, Count, Audience, Language, Office, By, When, State, Mood, Reach, Cost, Note, Reason string
	Places                                                                                       []string
	Content, ContentHref                                                                         string
	Photos                                                                                       []OutreachPhoto
	Day                                                                                          string // in the form
	Counted                                                                                      bool
	Did, Cancel, Undo                                                                            string // where the forms go; "" where they make no sense
	MayPhoto, Series                                                                             bool
	Follow                                                                                       *FollowedCard
}

// Template names the screen.
func (*OutreachSheet) Template() string { return "outreach/sheet" }

// OutreachPhoto is one photo; Drop takes it away.
type OutreachPhoto struct{ Href, Drop string }

// OutreachGrid is hamlets × weeks: where nothing was done stands out (KH:III.1.a, KH:III.1.e).
type OutreachGrid struct {
	Page
	Units, Channels, Audiences, Languages []Choice
	Stats                                 []Stat
	Weeks                                 []GridWeek
	Rows                                  []GridRow
	Map                                   template.HTML
	Tiles                                 []TileGroup
	Sheet                                 string
	None                                  Empty
}

// Template names the screen.
func (*OutreachGrid) Template() string { return "outreach/grid" }

// GridWeek heads a column.
type GridWeek struct{ Title, Days string }

// GridRow is one hamlet.
type GridRow struct {
	Name, Commune, Href, Last, Mood string
	Cells                           []GridCell
}

// GridCell is one hamlet in one week. Class is "none", "running" (nothing yet in a week that is not over), "wide" or "own".
type GridCell struct{ Week, Text, Class, Tip, Href string }

// TileGroup is a commune's hamlets as tiles, where hamlets have no place on the map.
type TileGroup struct {
	Name  string
	Tiles []GridCell
}

// Library is the shared library of texts (KH:III.1.d).
type Library struct {
	Page
	Text                     string
	Kinds, Languages, States []Choice
	Stats                    []Stat
	Rows                     []ContentRow
	None                     Empty
	MayWrite                 bool
	Seeds                    int // texts of the program that may be brought in
}

// Template names the screen.
func (*Library) Template() string { return "outreach/library" }

// ContentRow is one text of the library.
type ContentRow struct {
	Title, Href, Kind, Language, Office, State, Mood, Note string
	Uses, Copies                                           int64
}

// ContentForm is where a text is written.
type ContentForm struct {
	Page
	Kinds, Languages []Choice
	Name, Text       string
	Action, Once     string
	File             string
	Fresh            bool
}

// Template names the screen.
func (*ContentForm) Template() string { return "outreach/write" }

// ContentSheet is one text with its versions.
type ContentSheet struct {
	Page
	Text, Kind, Language, Office, State, Mood, Shown, File, FileHref string
	Uses, Copies                                                     int64
	UsesHref                                                         string
	Versions                                                         []ContentVersion
	Edit, Submit, Decide, TakeOut                                    string // where the forms go; "" where they make no sense
	Use, Activity                                                    string
	Waits                                                            string
}

// Template names the screen.
func (*ContentSheet) Template() string { return "outreach/content" }

// ContentVersion is one line of the versions.
type ContentVersion struct {
	N                                   int
	State, Mood, By, Decided, Why, Href string
	Now                                 bool
}

// ContentPrint is an approved text as it is printed and read out.
type ContentPrint struct {
	Page
	Text, Kind, Stamp, Back string
}

// Template names the screen.
func (*ContentPrint) Template() string { return "outreach/print" }
