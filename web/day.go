package web

import (
	"net/url"

	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/rhythm"
)

// DayScreen is the campaign's day (KH:III.2.e, KH:V.6): what was given in the morning, what stands at five o'clock.
type DayScreen struct {
	Page
	Units               []Choice
	Unit, Day, Part     string
	Before, After       string
	Morning, Evening    string // addresses of the two halves
	IsMorning           bool
	Sheet               string
	Targets             []string
	Sums                []DayCell
	Rows                []DayRow
	Teams               []DayTeam
	Visits, Silent, Out string
	Text                string
	None                Empty
}

// Template names the screen.
func (*DayScreen) Template() string { return "work/day" }

// DayCell is one target of the day: "12/25", with how far it is in percent for the bar.
type DayCell struct {
	Name        string
	Quota, Done int64
	Left        int64
}

// DayRow is a part of the unit.
type DayRow struct {
	Title, Href string
	Cells       []DayCell
	Visits      int64
	Silent      string
	Behind      bool
}

// DayTeam is a team with its members.
type DayTeam struct {
	Name, Href, Place, List string
	Cells                   []DayCell
	Visits                  int64
	Silent                  bool
	Members                 []DayMember
}

// DayMember is a member's part of the day.
type DayMember struct {
	Name          string
	Quota, Visits int64
	Sent          string
}

// evening is the hour from which the day's end is shown first.
const evening = "14:00"

func (a *Ask) dayScreen() (*DayScreen, *rhythm.Day, error) {
	u, err := a.askedUnit("quota.see")
	if err != nil {
		return nil, nil, err
	}
	day, err := a.quotaDay()
	if err != nil {
		return nil, nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, err
	}
	if a.Query("ngay") == "" {
		day = min(max(day, p.From), p.Until)
	}
	d, err := a.Rhythm.Day(a.Ctx(), a.Who, u.ID, day)
	if err != nil {
		return nil, nil, err
	}
	part := a.Query("buoi")
	if part == "" {
		part = "sang"
		if day < a.today() || day == a.today() && a.Clock().In(clock.Zone).Format("15:04") >= evening {
			part = "chieu"
		}
	}
	to := func(path string, day clock.Day, part string) string {
		return path + "?" + url.Values{"don_vi": {u.Code}, "ngay": {string(day)}, "buoi": {part}}.Encode()
	}
	s := &DayScreen{Units: a.unitChoices("quota.see", u.ID), Unit: u.Code, Day: string(day), Part: part, IsMorning: part == "sang", Sheet: to("/nhip-ngay/xlsx", day, part), Morning: to("/nhip-ngay", day, "sang"), Evening: to("/nhip-ngay", day, "chieu"),
		Text: d.Text(part == "sang"), None: Empty{Icon: "clock", Title: "Chưa giao việc cho ngày này", Text: "Chỉ tiêu được chia mỗi đêm cho ngày mới, theo phần còn thiếu và sức của từng tổ."}}
	if day > p.From {
		s.Before = to("/nhip-ngay", day.Add(-1), part)
	}
	if day < p.Until {
		s.After = to("/nhip-ngay", day.Add(1), part)
	}
	s.Title, s.Area = "Nhịp ngày "+day.Vi(), "/nhip-ngay"
	s.Lead = u.Title() + ": sáng giao gì, 17 giờ được gì, còn ai chậm, ai chưa gửi."
	cells := func(list []rhythm.Cell) (out []DayCell) {
		for i, c := range list {
			out = append(out, DayCell{d.Targets[i].Title, c.Quota, c.Done, c.Left()})
		}
		return out
	}
	for _, t := range d.Targets {
		s.Targets = append(s.Targets, t.Title)
	}
	s.Sums = cells(d.Sum.Cells)
	s.Visits = vn.Int(d.Sum.Visits)
	if d.Sum.Teams > 0 {
		s.Silent = vn.Int(int64(d.Sum.Silent)) + "/" + vn.Int(int64(d.Sum.Teams))
	}
	for i := range d.Rows {
		r := &d.Rows[i]
		row := DayRow{Title: r.Title, Href: "/nhip-ngay?" + url.Values{"don_vi": {r.Code}, "ngay": {string(day)}, "buoi": {part}}.Encode(), Cells: cells(r.Cells), Visits: r.Visits, Behind: r.Behind()}
		if r.Teams > 0 {
			row.Silent = vn.Int(int64(r.Silent)) + "/" + vn.Int(int64(r.Teams))
		}
		s.Rows = append(s.Rows, row)
	}
	for i := range d.Teams {
		t := &d.Teams[i]
		row := DayTeam{Name: t.Name, Href: "/to-cong-tac/" + id.String(t.ID), List: "/viec/" + id.String(t.ID), Place: t.Place, Visits: t.Visits, Silent: t.Sent() == 0 && t.Visits == 0}
		for _, x := range t.Targets {
			row.Cells = append(row.Cells, DayCell{x.Title, x.Quota, x.Done, max(0, x.Quota-x.Done)})
		}
		for _, m := range t.Members {
			x := DayMember{Name: m.Name, Quota: m.Quota, Visits: m.Visits}
			if m.Sent != "" {
				x.Sent = clock.ParseStamp(m.Sent).In(clock.Zone).Format("15:04")
			}
			row.Members = append(row.Members, x)
		}
		s.Teams = append(s.Teams, row)
	}
	return s, d, nil
}

func showDay(a *Ask) error {
	s, _, err := a.dayScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// daySheet is the day as a workbook.
func daySheet(a *Ask) error {
	_, d, err := a.dayScreen()
	if err != nil {
		return err
	}
	a.attach("nhip-ngay-"+string(d.Day)+"-"+d.Title+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return d.Workbook(a.W)
}
