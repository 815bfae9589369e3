package web

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/photo"
	"bonphu/internal/vn"
	"bonphu/ops/outreach"
)

const outreachHref = "/tuyen-truyen"

// outreachPage is how many activities stand on a page.
const outreachPage = 50

// outreachBody bounds a form with photos.
const outreachBody = outreach.MaxPhotos*photo.Max + 256<<10

func outreachState(x *outreach.Activity, today clock.Day) (state, mood string) {
	switch {
	case x.State == outreach.Done:
		return "Đã làm", "good"
	case x.State == outreach.Cancelled:
		return "Đã hủy", ""
	case x.Late(today):
		return "Quá ngày, chưa ghi kết quả", "bad"
	}
	return "Dự kiến", "note"
}

func choicesOf[T any](list []T, chosen string, all string, of func(T) (value, title string)) []Choice {
	var out []Choice
	if all != "" {
		out = append(out, Choice{"", all, chosen == ""})
	}
	for _, x := range list {
		v, t := of(x)
		out = append(out, Choice{v, t, v == chosen})
	}
	return out
}

func (a *Ask) channelChoices(chosen, all string) []Choice {
	return choicesOf(a.plan().Outreach.ChannelList(), chosen, all, func(c plan.Channel) (string, string) { return c.ID, c.Title })
}

func (a *Ask) audienceChoices(chosen, all string) []Choice {
	return choicesOf(a.plan().Outreach.AudienceList(), chosen, all, func(c plan.Audience) (string, string) { return c.ID, c.Title })
}

// languageChoices lists Vietnamese, which is "vi" in a filter and "" in a form, and the plan's languages.
func (a *Ask) languageChoices(chosen, all string) []Choice {
	out := choicesOf(a.plan().Canvass.Languages, chosen, all, func(l plan.Language) (string, string) { return l.ID, "Tiếng " + l.Title })
	if all == "" {
		out = append([]Choice{{"", "Tiếng Việt", chosen == ""}}, out...)
	}
	return out
}

// officeNames names the offices by id.
func (a *Ask) officeNames() (map[int64]string, []territory.Office, error) {
	list, err := a.Outreach.Offices(a.Ctx(), a.Who)
	out := map[int64]string{}
	for _, o := range list {
		out[o.ID] = vn.UpperFirst(o.Name)
	}
	return out, list, err
}

func (a *Ask) placeNames(units []int64) []string {
	var out []string
	for _, u := range units {
		name := a.Who.Tree().FullName(u)
		if x := a.Who.Tree().ByID(u); x != nil && x.Tier < territory.TierHamlet {
			name = "Cả " + x.Kind + " " + x.Name
		}
		out = append(out, name)
	}
	return out
}

// placeText names a few places and counts the rest.
func (a *Ask) placeText(units []int64) string {
	list := a.placeNames(units)
	if len(list) > 2 {
		if c := a.Who.Tree().Commune(units[0]); c != nil && a.Who.Tree().Within(units[len(units)-1], c.ID) {
			return vn.Int(int64(len(list))) + " ấp của " + c.Title()
		}
		return list[0] + " và " + vn.Int(int64(len(list)-1)) + " nơi khác"
	}
	return strings.Join(list, "; ")
}

func reachText(x *outreach.Activity) string {
	switch {
	case x.State != outreach.Done:
		return ""
	case x.Reach == 0:
		return "chưa rõ"
	case x.Counted:
		return vn.Int(x.Reach) + " (đếm)"
	}
	return "khoảng " + vn.Int(x.Reach)
}

func outreachWhen(x *outreach.Activity) string {
	if x.Hour == "" {
		return x.Day.Vi()
	}
	return x.Hour + " " + x.Day.Vi()
}

func (a *Ask) outreachRow(x *outreach.Activity, offices map[int64]string) OutreachRow {
	p := a.plan()
	channel, _ := p.Outreach.Channel(x.Channel)
	audience, _ := p.Outreach.Audience(x.Audience)
	r := OutreachRow{Title: channel.Title, Href: outreachHref + "/" + id.String(x.ID), Audience: audience.Title, Place: a.placeText(x.Units), Office: cmp.Or(offices[x.Office], x.WhoName), When: outreachWhen(x), Reach: reachText(x)}
	if x.Language != "" {
		r.Audience += ", " + vn.LowerFirst(p.Canvass.LanguageTitle(x.Language))
	}
	r.State, r.Mood = outreachState(x, a.today())
	if x.Cost > 0 {
		r.Cost = vn.Money(x.Cost)
	}
	if x.Photos > 0 {
		r.Photos = vn.Int(int64(x.Photos)) + " ảnh"
	}
	return r
}

// outreachQuery reads the filters of the address; week is 0 for the whole campaign.
func (a *Ask) outreachQuery() (q outreach.Query, u *territory.Unit, week int, err error) {
	if u, err = a.askedUnit("outreach.see"); err != nil {
		return q, nil, 0, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return q, nil, 0, err
	}
	q = outreach.Query{Unit: u.ID, Channel: a.Query("kenh"), Audience: a.Query("doi_tuong"), Language: a.Query("tieng"), State: a.Query("tinh_trang")}
	if v := a.Query("co_quan"); v != "" {
		if q.Office, err = id.Parse(v); err != nil {
			return q, nil, 0, fault.New(fault.Missing, "web.no_office", "Không có cơ quan này.")
		}
	}
	if v := a.Query("noi_dung"); v != "" {
		if q.Content, err = id.Parse(v); err != nil {
			return q, nil, 0, notHere
		}
	}
	if v := a.Query("tuan"); v != "" {
		week, err = strconv.Atoi(v)
		weeks := outreach.Weeks(p.From, p.Until, p.Until)
		if err != nil || week < 1 || week > len(weeks) {
			return q, nil, 0, fault.New(fault.Missing, "web.no_week", "Đợt cao điểm không có tuần này.")
		}
		q.From, q.Until = weeks[week-1].From, weeks[week-1].Until
	}
	return q, u, week, nil
}

func showOutreach(a *Ask) error {
	q, u, week, err := a.outreachQuery()
	if err != nil {
		return err
	}
	p, today := a.plan(), a.today()
	weeks := outreach.Weeks(p.From, p.Until, p.Until)
	now := min(max(today.Sub(p.From)/7+1, 1), len(weeks))
	s := &Outreach{View: "danh-sach", MayWrite: a.Who.MayAnywhere("outreach.write"), New: outreachHref + "/moi"}
	if a.Query("xem") == "tuan" {
		s.View = "tuan"
		if week == 0 {
			week = now
			q.From, q.Until = weeks[week-1].From, weeks[week-1].Until
		}
	}
	list, err := a.Outreach.List(a.Ctx(), a.Who, q)
	if err != nil {
		return err
	}
	names, offices, err := a.officeNames()
	if err != nil {
		return err
	}
	at := func(change ...string) string {
		v := a.R.URL.Query()
		for i := 0; i+1 < len(change); i += 2 {
			v.Set(change[i], change[i+1])
			if change[i+1] == "" {
				v.Del(change[i])
			}
		}
		if len(v) == 0 {
			return outreachHref
		}
		return outreachHref + "?" + v.Encode()
	}
	s.Title, s.Area, s.Lead = "Tuyên truyền", outreachHref, u.Title()+": đã nói gì, với ai, ở đâu; việc gì sắp tới."
	s.Views = []Tab{{"Danh sách", at("xem", ""), s.View != "tuan"}, {"Lịch tuần", at("xem", "tuan"), s.View == "tuan"}, {"Ấp × tuần", outreachHref + "/ap?don_vi=" + url.QueryEscape(u.Code), false}}
	s.Units, s.Channels, s.Audiences = a.unitChoices("outreach.see", u.ID), a.channelChoices(q.Channel, "Mọi kênh"), a.audienceChoices(q.Audience, "Mọi đối tượng")
	s.Languages = a.languageChoices(q.Language, "Mọi ngôn ngữ")
	s.Offices = append(s.Offices, Choice{"", "Mọi cơ quan", q.Office == 0})
	for _, o := range offices {
		if a.Who.Tree().Within(o.Unit, u.ID) || a.Who.Tree().Within(u.ID, o.Unit) {
			s.Offices = append(s.Offices, Choice{id.String(o.ID), vn.UpperFirst(o.Name), o.ID == q.Office})
		}
	}
	for _, x := range []Choice{{"", "Mọi tình trạng", false}, {outreach.Planned, "Dự kiến", false}, {outreach.Late, "Quá ngày, chưa ghi kết quả", false}, {outreach.Done, "Đã làm", false}, {outreach.Cancelled, "Đã hủy", false}} {
		x.Chosen = x.Value == q.State
		s.States = append(s.States, x)
	}
	if s.View != "tuan" {
		s.Weeks = append(s.Weeks, Choice{"", "Cả đợt", week == 0})
	}
	for _, w := range weeks {
		s.Weeks = append(s.Weeks, Choice{strconv.Itoa(w.N), weekTitle(w), w.N == week})
	}
	s.None = Empty{Icon: "search", Title: "Không có hoạt động nào khớp", Text: "Bỏ bớt điều kiện lọc, hoặc ghi hoạt động đã làm, sắp làm."}
	var done, planned, late int
	var reach, cost int64
	for i := range list {
		switch x := &list[i]; {
		case x.State == outreach.Done:
			done++
			reach, cost = reach+x.Reach, cost+x.Cost
		case x.Late(today):
			late++
		case x.State == outreach.Planned:
			planned++
		}
	}
	s.Stats = []Stat{{Label: "Đã làm", Value: vn.Int(int64(done)), Note: "hoạt động"}, {Label: "Sắp tới", Value: vn.Int(int64(planned)), Note: "dự kiến"}, {Label: "Chưa ghi kết quả", Value: vn.Int(int64(late)), Note: "đã quá ngày", Kind: kindIf(late > 0, "bad"), Href: at("tinh_trang", outreach.Late, "xem", "", "tuan", "")},
		{Label: "Lượt tiếp cận", Value: vn.Int(reach), Note: "một người có thể tính nhiều lần"}, {Label: "Kinh phí", Value: vn.Money(cost), Note: "của việc đã làm"}}
	if s.View == "tuan" {
		s.week(a, list, names, weeks[week-1])
		if week > 1 {
			s.Back = at("tuan", strconv.Itoa(week-1))
		}
		if week < len(weeks) {
			s.Next = at("tuan", strconv.Itoa(week+1))
		}
		return a.Show(s)
	}
	start, _ := strconv.Atoi(a.Query("tu"))
	start = min(max(start-1, 0), len(list)) / outreachPage * outreachPage
	end := min(start+outreachPage, len(list))
	for i := start; i < end; i++ {
		s.Rows = append(s.Rows, a.outreachRow(&list[i], names))
	}
	if len(list) > outreachPage {
		s.Pager.Text = vn.Int(int64(start+1)) + "–" + vn.Int(int64(end)) + " trong " + vn.Int(int64(len(list)))
	}
	if start > 0 {
		s.Pager.Previous = at("tu", strconv.Itoa(start-outreachPage+1))
	}
	if end < len(list) {
		s.Pager.Next = at("tu", strconv.Itoa(end+1))
	}
	if (q.Channel != "" || week != 0) && done > 0 {
		f, err := a.Outreach.Followed(a.Ctx(), a.Who, q)
		if err != nil && !fault.Is(err, fault.Forbidden) {
			return err
		}
		s.Follow = followedCard(f)
	}
	return a.Show(s)
}

func weekTitle(w outreach.Week) string {
	return fmt.Sprintf("Tuần %d (%s – %s)", w.N, shortDay(w.From), shortDay(w.Until))
}

// week lays the activities of one week out by channel and day; channels without any are left out.
func (s *Outreach) week(a *Ask, list []outreach.Activity, names map[int64]string, w outreach.Week) {
	for i := range 7 {
		d := w.From.Add(i)
		s.Days = append(s.Days, weekdayOf(d)+" "+shortDay(d))
	}
	for _, c := range a.plan().Outreach.ChannelList() {
		l := OutreachLine{Channel: c.Title, Cells: make([]OutreachDay, 7)}
		for i := range l.Cells {
			l.Cells[i].Day = s.Days[i]
		}
		used := false
		for i := range list {
			if x := &list[i]; x.Channel == c.ID && x.State != outreach.Cancelled {
				cell := &l.Cells[x.Day.Sub(w.From)]
				r := a.outreachRow(x, names)
				r.When = x.Hour
				cell.Slots, used = append(cell.Slots, r), true
			}
		}
		if used {
			s.Lines = append(s.Lines, l)
		}
	}
}

// followedCard tells what followed, and that it shows no cause; nil for nothing.
func followedCard(f *outreach.Followed) *FollowedCard {
	if f == nil || f.Hamlets == 0 {
		return nil
	}
	c := &FollowedCard{Enough: f.Enough, Caution: "Đây là diễn biến sau hoạt động, không chứng minh hoạt động là nguyên nhân: nơi được chọn làm có thể vốn đã khác, các tổ đi từng nhà và lịch thu nhận cũng tác động."}
	if !f.Enough {
		c.Sentence = fmt.Sprintf("Chưa đủ để so sánh: có %d ấp có hoạt động và %d ấp không có hoạt động nào trong hai tuần đó. Số ít thì con số nói sai, nên không hiện.", f.Hamlets, f.Others)
		if !f.Complete {
			c.Sentence += " Có nơi chưa đủ số liệu 7 ngày trước hoặc 7 ngày sau."
		}
		return c
	}
	c.Rows = []FollowedRow{{"Ấp có hoạt động", vn.Int(f.Before), vn.Int(f.After), tenths(f.Change), f.Hamlets}, {"Ấp không có hoạt động nào trong hai tuần đó", vn.Int(f.OthersBefore), vn.Int(f.OthersAfter), tenths(f.OthersChange), f.Others}}
	than := "nhiều hơn"
	if f.Difference < 0 {
		than = "ít hơn"
	}
	c.Sentence = fmt.Sprintf("So với các ấp không có hoạt động, mức tăng ở ấp có hoạt động %s %s lượt kích hoạt trên 1.000 người trưởng thành (khoảng tin cậy 95 %%: từ %s đến %s).", than, tenths(max(f.Difference, -f.Difference)), tenths(f.Lo), tenths(f.Hi))
	if f.Covers() {
		c.Sentence += " Khoảng này chứa số 0: chưa thấy khác biệt rõ, có thể chỉ là ngẫu nhiên."
	}
	return c
}

// tenths spells a number to one decimal: "−3,5".
func tenths(f float64) string {
	return strings.ReplaceAll(strings.Replace(strconv.FormatFloat(f, 'f', 1, 64), ".", ",", 1), "-", "−")
}
