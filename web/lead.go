package web

import "bonphu/web/chart"

// Leading is the leadership's page: four questions in order, each answer opening into what lies behind it (KH:IV.2.c, KH:V.2).
type Leading struct {
	Page
	Units    []Choice
	Unit     string
	Day      string
	Coverage string // as the address says it
	Wall     string // the wall-board's address
	Tabs     []Tab  // which target is mapped and ranked
	Answer   string // to the first question, in a sentence
	Roads    []LeadRoad
	Map      chart.Squares
	Place    string // what the squares are: "13 xã, thị trấn"
	Focus    string // the target mapped and ranked
	Late     []LeadLate
	Stuck    []LeadTask
	Decide   []LeadTask
	Past     bool  // the figures are of a day that is over; what is stuck and waits is of today
	More     int64 // things to decide beyond those shown
	Text     string
	None     Empty
}

// Template names the screen.
func (*Leading) Template() string { return "lead/day" }

// LeadRoad is one target of the unit: where it stands, where it ends, what would still reach it.
type LeadRoad struct {
	Name, Clause, Href string
	People             string // the people lacking (law N2)
	Confirmed, Goal    int64
	Rate               string
	Pace               Pace
	End                chart.Ending
	Forecast           string // "1.234 (1.180–1.290)"; "" without one
	ForecastRate       string // "86,1 %"
	Why                string // why there is no forecast
	Quota              string
	QuotaMood          string
	Seen               string // the last extract's day
}

// LeadLate is one unit under it with why it is behind.
type LeadLate struct {
	Place, Name, Href string
	People            string // the people lacking
	Confirmed, Goal   int64
	Rate              string
	Pace              Pace
	Forecast, Gap     string
	Reasons           []LeadReason
}

// LeadReason is one reason with the list behind it.
type LeadReason struct{ Text, Href string }

// LeadTask is one thing that is stuck or that waits for a decision.
type LeadTask struct{ Kind, Icon, Text, Count, Note, Href string }

// WallBoard is the leadership's page for a screen on a wall: large, without navigation, one target after another (KH:IV.2.c).
type WallBoard struct {
	Page
	Every   int    // seconds to the next target
	Next    string // its address
	Back    string
	Place   string
	Focus   string
	Dots    []Tab
	AsOf    string
	Road    LeadRoad
	Map     chart.Squares
	Late    []LeadLate
	Waiting string
	None    Empty
}

// Template names the screen.
func (*WallBoard) Template() string { return "lead/wall" }

// Frame is a page of its own, without navigation.
func (*WallBoard) Frame() string { return "wall" }
