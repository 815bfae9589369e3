package points

import (
	"slices"
	"strconv"

	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/ops/points/route"
)

// States of a draft, as in the database.
const (
	Drafted  = "draft"
	Accepted = "accepted"
	Dropped  = "dropped"
)

// Ask is what an officer asks of the planner. Rest are the weekdays off (0 is Sunday); Turnout is the share of those waiting who come on
// a day, where nothing was learned yet; Keep leaves the days pinned on the last draft.
type Ask struct {
	Unit        int64
	From, Until clock.Day
	Kits        []int64
	Rest        []int
	Turnout     float64
	Factor      float64 // straight line to road
	Weights     route.Weights
	Keep        bool
}

// Pin is a kit's day set by hand on a draft; Unit 0 for a day of rest.
type Pin struct {
	Kit  int64
	Day  clock.Day
	Unit int64
}

// Laid is a problem with what its indexes stand for.
type Laid struct {
	Days     []clock.Day
	KitNames []string
	Problem  route.Problem
}

// Draft is a plan of the mobile kits with the question it answers, the plan made by hand it is compared with, and the bound.
type Draft struct {
	ID      int64
	At      string
	WhoName string
	State   string
	Ask     Ask
	Laid    *Laid
	Plan    route.Plan
	Hand    route.Plan
	Bound   float64
	Pins    []Pin
}

// answered is what the database keeps of a draft's answer.
type answered struct {
	Laid  *Laid
	Plan  route.Plan
	Hand  route.Plan
	Bound float64
	Pins  []Pin
}

func (a *Ask) check() error {
	switch {
	case a.From == "" || a.Until == "" || a.Until < a.From || a.Until.Sub(a.From) > 200:
		return fault.New(fault.Invalid, "points.route_days", "Hãy chọn ngày đầu và ngày cuối, không quá 200 ngày.").On("until")
	case a.Turnout <= 0 || a.Turnout > 1:
		return fault.New(fault.Invalid, "points.route_turnout", "Tỷ lệ đến dự kiến phải từ 1 đến 100 %.").On("turnout")
	case len(a.Rest) >= 7:
		return fault.New(fault.Invalid, "points.route_rest", "Phải làm ít nhất một ngày trong tuần. Hãy bỏ bớt ngày nghỉ.").On("rest")
	}
	if a.Factor == 0 {
		a.Factor = 1.3
	}
	if a.Weights == (route.Weights{}) {
		a.Weights = route.Usual
	}
	return nil
}

// kept tells whether the planner leaves a session where it is.
func (s *Session) kept() bool {
	return s.State != Planned || s.Locked || !s.Planned || s.Invited > 0
}

// fourteen gives the day on which somebody turns 14, "" when the birth date is not whole.
func fourteen(birth string) clock.Day {
	if len(birth) != 10 {
		return ""
	}
	year, err := strconv.Atoi(birth[:4])
	if err != nil {
		return ""
	}
	return clock.Day(strconv.Itoa(year+14) + birth[4:])
}

// Find gives the indexes of a kit's day and a hamlet in a draft; ok is false where one is not there. Unit 0 is a day of rest.
func (l *Laid) Find(kit int64, day clock.Day, unit int64) (s route.Stay, ok bool) {
	s.Kit = slices.IndexFunc(l.Problem.Kits, func(x route.Kit) bool { return x.ID == kit })
	s.Day, ok = slices.BinarySearch(l.Days, day)
	s.Hamlet = route.Idle
	if unit != 0 {
		if s.Hamlet = slices.IndexFunc(l.Problem.Hamlets, func(x route.Hamlet) bool { return x.ID == unit }); s.Hamlet < 0 {
			return s, false
		}
	}
	return s, ok && s.Kit >= 0
}

// household gives what keeps a family together in a list.
func household(p *people.Person) string {
	if p.House == "" {
		return ""
	}
	return strconv.FormatInt(p.Unit, 36) + "/" + p.House
}
