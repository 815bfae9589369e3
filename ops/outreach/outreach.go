// Package outreach is how people are told: activities by channel and place, content in versions, hamlets where nothing was done, and what
// followed (KH:I.1, KH:III.1.a, KH:III.1.d, KH:III.1.e, KH:V.7).
package outreach

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// States of an activity.
const (
	Planned   = "planned"
	Done      = "done"
	Cancelled = "cancelled"
)

// The bounds of an activity. before is how many days ahead of the campaign an activity may lie.
const (
	MaxPhotos = 4
	maxPlaces = 150
	maxText   = 1000
	maxReach  = 2_000_000
	maxCost   = 10_000_000_000
	maxTurns  = 30
	before    = 31
)

// Activity is one way in which people were told, or will be: a broadcast, a meeting, a poster (KH:III.1.a). Day is the day it is planned
// for while it is planned, the day it was done once it is. Reach is people; Counted tells a count from an estimate. Cost is đồng.
type Activity struct {
	ID       int64 // made where it was recorded: sending twice is sending once (law O2)
	Office   int64 // 0 for somebody who belongs to none
	Units    []int64
	Channel  string
	Audience string
	Language string // "" is Vietnamese
	Content  int64  // 0 for none of the library
	Version  int
	Day      clock.Day
	Hour     string // "17:30"; "" for the whole day
	State    string
	Reason   string // why it was cancelled
	Reach    int64
	Counted  bool
	Cost     int64
	Note     string
	Series   int64 // turns of one recurring plan share it; 0 for none
	Photos   int
	Who      int64
	WhoName  string
	At       string
}

// Late tells whether an activity's day is past and nobody has said whether it was done.
func (a *Activity) Late(today clock.Day) bool { return a.State == Planned && a.Day < today }

var hourForm = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

func bad(field, code, sentence string) *fault.Fault {
	return fault.New(fault.Invalid, "outreach."+code, "%s", sentence).On(field)
}

// words tidies what people wrote and refuses what is too long or holds a personal number.
func words(text, field string, most int) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(vn.NFC(text), "\r\n", "\n"))
	switch {
	case utf8.RuneCountInString(text) > most:
		return "", fault.New(fault.Invalid, "outreach.long", "Nội dung quá dài: tối đa %s chữ cái.", vn.Int(int64(most))).On(field)
	case vn.HoldsNumber(text):
		return "", bad(field, "number", "Nội dung không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.")
	}
	return text, nil
}

// check refuses what cannot be kept, and tidies it. today bounds what can have been done.
func (a *Activity) check(p *plan.Plan, today clock.Day) error {
	slices.Sort(a.Units)
	a.Units = slices.Compact(a.Units)
	c, known := p.Outreach.Channel(a.Channel)
	switch {
	case len(a.Units) == 0:
		return bad("units", "place", "Hãy chọn ít nhất một ấp hoặc một xã.")
	case len(a.Units) > maxPlaces:
		return bad("units", "places", "Chọn quá nhiều ấp. Hoạt động chung cả xã, cả huyện thì chọn xã, huyện đó.")
	case !known:
		return bad("channel", "channel", "Hãy chọn kênh tuyên truyền có trong kế hoạch.")
	case a.Hour != "" && !hourForm.MatchString(a.Hour):
		return bad("hour", "hour", "Giờ ghi dạng 17:30.")
	}
	if a.Audience == "" {
		a.Audience = p.Outreach.AudienceList()[0].ID
	}
	if _, known := p.Outreach.Audience(a.Audience); !known {
		return bad("audience", "audience", "Hãy chọn đối tượng có trong kế hoạch.")
	}
	if a.Language != "" && !slices.ContainsFunc(p.Canvass.Languages, func(l plan.Language) bool { return l.ID == a.Language }) {
		return bad("language", "language", "Hãy chọn ngôn ngữ có trong kế hoạch.")
	}
	if d, err := clock.ParseDay(string(a.Day)); err != nil || d < p.From.Add(-before) || d > p.Until {
		return fault.New(fault.Invalid, "outreach.day", "Ngày phải từ %s đến %s.", p.From.Add(-before).Vi(), p.Until.Vi()).On("day")
	}
	if a.State != Done {
		a.State = Planned
		a.Reach, a.Counted, a.Photos = 0, false, 0
	} else if c.Reach != plan.ReachCounted {
		a.Counted = false // what cannot be counted at the place is an estimate, whatever was ticked
	}
	if err := a.outcome(today); err != nil {
		return err
	}
	return nil
}

// outcome checks what is said of the result.
func (a *Activity) outcome(today clock.Day) (err error) {
	switch {
	case a.State == Done && a.Day > today:
		return bad("day", "future", "Hoạt động đã làm không thể ở ngày sau hôm nay. Nếu chưa làm, hãy ghi là dự kiến.")
	case a.Reach < 0 || a.Reach > maxReach:
		return bad("reach", "reach", "Số người tiếp cận phải từ 0 đến 2.000.000.")
	case a.Cost < 0 || a.Cost > maxCost:
		return bad("cost", "cost", "Kinh phí phải từ 0 đến 10 tỷ đồng.")
	}
	a.Note, err = words(a.Note, "note", maxText)
	return err
}
