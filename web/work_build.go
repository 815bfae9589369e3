package web

import (
	"net/url"
	"strconv"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/allotment"
)

// askedUnit is the unit of the address or form, else the topmost on which the asker may do something.
func (a *Ask) askedUnit(verb access.Verb) (*territory.Unit, error) {
	if code := a.R.FormValue("don_vi"); code != "" {
		u := a.Who.Tree().ByCode(code)
		if u == nil {
			return nil, fault.New(fault.Missing, "web.no_unit", "Không có đơn vị mang mã này.")
		}
		return u, a.Who.May(verb, u.ID)
	}
	if u := a.topUnit(verb); u != nil {
		return u, nil
	}
	return nil, a.Who.May(verb, 0)
}

// quotaDay is the day asked for, which may lie ahead.
func (a *Ask) quotaDay() (clock.Day, error) {
	want := a.R.FormValue("ngay")
	if want == "" {
		return clock.DayOf(a.Clock()), nil
	}
	d, err := clock.ParseDay(want)
	if err != nil {
		return "", fault.New(fault.Invalid, "web.day", "Ngày trong địa chỉ không đúng. Hãy chọn lại ngày.").On("ngay")
	}
	return d, nil
}

// quotaScreen is a day's quotas of a unit.
func (a *Ask) quotaScreen() (*Quotas, *allotment.DayBook, error) {
	u, err := a.askedUnit("quota.see")
	if err != nil {
		return nil, nil, err
	}
	day, err := a.quotaDay()
	if err != nil {
		return nil, nil, err
	}
	if _, err := a.campaignPlan(); err != nil {
		return nil, nil, err
	}
	book, err := a.Allot.OnDay(a.Ctx(), a.Who, u.ID, day)
	if err != nil {
		return nil, nil, err
	}
	to := func(path string, d clock.Day) string {
		return path + "?" + url.Values{"don_vi": {u.Code}, "ngay": {string(d)}}.Encode()
	}
	s := &Quotas{Units: a.unitChoices("quota.see", u.ID), Unit: u.Code, Day: string(day), Before: to("/giao-chi-tieu", day.Add(-1)), After: to("/giao-chi-tieu", day.Add(1)), Sheet: to("/giao-chi-tieu/xlsx", day),
		None: Empty{Icon: "target", Title: "Chưa giao chỉ tiêu cho ngày này", Text: "Chỉ tiêu được chia mỗi đêm cho các ngày còn lại của đợt, theo phần còn thiếu và sức của từng tổ."}}
	s.Title, s.Area, s.Lead = "Chỉ tiêu ngày "+day.Vi(), "/giao-chi-tieu", u.Title()+": mỗi tổ hôm ấy phải làm cho bao nhiêu người."
	for _, t := range book.Targets {
		s.Targets = append(s.Targets, t.Short)
		s.Sums = append(s.Sums, QuotaCell{t.Short, t.Sum})
		s.TargetChoices = append(s.TargetChoices, Choice{t.ID, t.Short, false})
	}
	for _, r := range book.Rows {
		row := QuotaRow{Name: r.Name, Where: r.Where, Capacity: r.Capacity, ByHand: r.ByHand, Over: r.Over}
		for i, n := range r.N {
			row.Cells = append(row.Cells, QuotaCell{s.Targets[i], n})
		}
		s.Rows = append(s.Rows, row)
		s.Teams = append(s.Teams, Choice{id.String(r.Team), r.Name, false})
	}
	s.MayPlan = a.Who.May("quota.plan", 0) == nil
	s.MayShift = len(s.Rows) > 1 && day >= clock.DayOf(a.Clock()) && a.Who.May("quota.shift", u.ID) == nil
	return s, book, nil
}

func showQuotas(a *Ask) error {
	s, _, err := a.quotaScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// quotaSheet is the day's quotas as a workbook to send to the teams.
func quotaSheet(a *Ask) error {
	_, book, err := a.quotaScreen()
	if err != nil {
		return err
	}
	a.attach("chi-tieu-"+string(book.Day)+"-"+book.Title+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return book.Workbook(a.W)
}

// shiftQuota moves part of a quota between a commune's own teams and days (KH:V.6).
func shiftQuota(a *Ask) error {
	s, _, err := a.quotaScreen()
	if err != nil {
		return err
	}
	n, _ := strconv.ParseInt(a.Post("n"), 10, 64)
	from, err1 := id.Parse(a.Post("from"))
	to, err2 := id.Parse(a.Post("to"))
	if err1 != nil || err2 != nil {
		return Again(s, fault.New(fault.Invalid, "web.team", "Hãy chọn tổ chuyển và tổ nhận.").On("to"))
	}
	day := clock.Day(a.Post("day"))
	if day == "" {
		day = clock.Day(s.Day)
	}
	if err := a.Allot.Shift(a.Ctx(), a.Who, allotment.Move{Target: a.Post("target"), N: n, From: from, FromDay: clock.Day(s.Day), To: to, ToDay: day}); err != nil {
		return Again(s, err)
	}
	return a.Go("/giao-chi-tieu?" + url.Values{"don_vi": {s.Unit}, "ngay": {s.Day}}.Encode())
}
