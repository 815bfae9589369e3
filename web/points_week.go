package web

import (
	"net/url"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/points"
)

// monday gives the Monday of a day's week.
func monday(d clock.Day) clock.Day {
	return d.Add(-(int(d.Time().In(clock.Zone).Weekday()) + 6) % 7)
}

// weekAsked reads which week is to be shown.
func (a *Ask) weekAsked(text string) clock.Day {
	if d, err := clock.ParseDay(text); err == nil && !d.Time().IsZero() {
		return monday(d)
	}
	return monday(a.today())
}

func (a *Ask) weekScreen(text string) (*Week, error) {
	u, err := a.pointsUnit()
	if err != nil {
		return nil, err
	}
	from := a.weekAsked(text)
	list, err := a.Points.Sessions(a.Ctx(), a.Who, u.ID, from, from.Add(6))
	if err != nil {
		return nil, err
	}
	kits, err := a.Points.Kits(a.Ctx(), a.Who, u.ID, from)
	if err != nil {
		return nil, err
	}
	s := &Week{MayPlan: a.Who.May("points.plan", u.ID) == nil, Week: string(from), None: Empty{Icon: "calendar", Title: "Chưa có bộ thiết bị nào", Text: "Thêm bộ thiết bị và điểm thu nhận trước, rồi xếp lịch ở đây.", Href: pointsHref, Do: "Mở điểm thu nhận"}}
	s.Title, s.Area = "Lịch thu nhận hồ sơ", weekHref
	s.Lead = a.Who.Tree().FullName(u.ID) + ", tuần " + from.Vi() + " – " + from.Add(6).Vi() + ". Mỗi hàng là một bộ thiết bị; mở một buổi để mời người, điểm danh, in giấy mời."
	at := func(d clock.Day) string {
		q := url.Values{"tuan": {string(d)}}
		if a.Query("don_vi") != "" {
			q.Set("don_vi", u.Code)
		}
		return weekHref + "?" + q.Encode()
	}
	this := monday(a.today())
	s.Tabs = []Tab{{"← Tuần trước", at(from.Add(-7)), false}, {"Tuần này", at(this), from == this}, {"Tuần sau →", at(from.Add(7)), from == this.Add(7)}}
	s.Units = a.unitChoices("points.see", u.ID)
	for i := range 7 {
		d := from.Add(i)
		s.Days = append(s.Days, WeekDay{weekdayOf(d), d.Vi(), d == a.today()})
	}
	s.Sum = make([]WeekSum, 7)
	var quota, invited, came, sessions int64
	for _, k := range kits {
		row := WeekRow{Kit: k.Name, Note: vn.Int(k.Capacity) + " hồ sơ/ngày", Cells: make([]WeekCell, 7)}
		for i := range row.Cells {
			row.Cells[i].Day = s.Days[i].Name + " " + s.Days[i].Day
		}
		for j := range list {
			x := &list[j]
			if x.Kit != k.ID {
				continue
			}
			if x.State == points.Cancelled {
				if x.Invited > 0 || !x.Planned {
					s.Gone = append(s.Gone, pointSession(x))
				}
				continue
			}
			i := x.Day.Sub(from)
			row.Cells[i].Sessions = append(row.Cells[i].Sessions, a.weekSession(x))
			s.Sum[i] = WeekSum{s.Sum[i].Sessions + 1, s.Sum[i].Quota + x.Quota}
			sessions, quota, invited, came = sessions+1, quota+x.Quota, invited+x.Invited, came+x.Came
		}
		s.Rows = append(s.Rows, row)
	}
	s.Stats = []Stat{{Label: "Buổi trong tuần", Value: vn.Int(sessions)}, {Label: "Định mức", Value: vn.Int(quota), Note: "hồ sơ"}, {Label: "Đã mời", Value: vn.Int(invited), Note: "người"}, {Label: "Đã đến", Value: vn.Int(came), Note: "người, cả người tự đến", Kind: kindIf(came > 0, "good")}}
	return s, a.weekChoices(s, u.ID, from, kits)
}

// weekSession puts one session into the calendar.
func (a *Ask) weekSession(x *points.Session) WeekSession {
	w := WeekSession{Place: x.PointName, Href: sessionHref(x.ID), Hours: x.Hours(), Mood: sessionMood(x.State), State: points.StateTitle(x.State), Locked: x.Locked}
	if c := a.Who.Tree().Commune(x.Unit); c != nil {
		w.Where = c.Title()
	}
	w.Counts = "định mức " + vn.Int(x.Quota)
	switch {
	case x.State == points.Open || x.State == points.Closed:
		w.Counts = "đến " + vn.Int(x.Came) + "/" + vn.Int(x.Quota)
	case x.Invited > 0:
		w.Counts = "mời " + vn.Int(x.Invited) + " / " + w.Counts
	}
	return w
}

// weekChoices fills in the form that puts a kit at a point.
func (a *Ask) weekChoices(s *Week, unit int64, from clock.Day, kits []points.Kit) error {
	if !s.MayPlan {
		return nil
	}
	list, err := a.Points.Points(a.Ctx(), a.Who, unit, from)
	for _, p := range list {
		s.Points = append(s.Points, Choice{id.String(p.ID), p.Name + ", " + a.Who.Tree().FullName(p.Unit), a.Post("point") == id.String(p.ID)})
	}
	for _, k := range kits {
		s.Kits = append(s.Kits, Choice{id.String(k.ID), k.Name, a.Post("kit") == id.String(k.ID)})
	}
	return err
}

func showWeek(a *Ask) error {
	s, err := a.weekScreen(a.Query("tuan"))
	if err != nil {
		return err
	}
	return a.Show(s)
}

// sessionPosted reads the fields of a session's form; empty ones stay zero.
func sessionPosted(a *Ask) (points.Session, error) {
	x := points.Session{Day: clock.Day(a.Post("day")), From: a.Post("from"), Until: a.Post("until"), Note: a.Post("note")}
	if x.Day != "" {
		if _, err := time.Parse("2006-01-02", string(x.Day)); err != nil {
			return x, fault.New(fault.Invalid, "web.day", "Hãy chọn ngày.").On("day")
		}
	}
	var err error
	if text := a.Post("point"); text != "" {
		if x.Point, err = id.Parse(text); err != nil {
			return x, fault.New(fault.Invalid, "web.point", "Hãy chọn điểm thu nhận.").On("point")
		}
	}
	if text := a.Post("kit"); text != "" {
		if x.Kit, err = id.Parse(text); err != nil {
			return x, fault.New(fault.Invalid, "web.kit", "Hãy chọn bộ thiết bị.").On("kit")
		}
	}
	x.Quota, err = whole(a.Post("quota"), "quota")
	return x, err
}

func holdSession(a *Ask) error {
	x, err := sessionPosted(a)
	if err == nil {
		_, err = a.Points.Hold(a.Ctx(), a.Who, x)
	}
	if err != nil {
		s, bad := a.weekScreen(a.Post("tuan"))
		if bad != nil {
			return bad
		}
		return Again(s, err)
	}
	return a.Go(weekHref + "?tuan=" + string(monday(x.Day)))
}
