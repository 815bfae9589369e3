package web

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/points"
)

const (
	pointsHref = "/diem-thu-nhan"
	weekHref   = "/lich-diem"
	routeHref  = weekHref + "/ke-hoach"
	rosterMax  = 20 << 20
)

func sessionHref(n int64) string { return "/buoi/" + id.String(n) }

// today is the campaign's day.
func (a *Ask) today() clock.Day { return clock.DayOf(a.Clock()) }

func sessionMood(state string) string {
	switch state {
	case points.Open:
		return "good"
	case points.Planned:
		return "note"
	case points.Cancelled:
		return "bad"
	}
	return ""
}

var weekdays = []string{"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"}

func weekdayOf(d clock.Day) string { return weekdays[int(d.Time().In(clock.Zone).Weekday())] }

// pointsUnit is the unit whose points are shown: the one asked for, else the top of the asker's scope.
func (a *Ask) pointsUnit() (*territory.Unit, error) { return a.askedUnit("points.see") }

func showPoints(a *Ask) error {
	u, err := a.pointsUnit()
	if err != nil {
		return err
	}
	today := a.today()
	list, err := a.Points.Points(a.Ctx(), a.Who, u.ID, today)
	if err != nil {
		return err
	}
	kits, err := a.Points.Kits(a.Ctx(), a.Who, u.ID, today)
	if err != nil {
		return err
	}
	coming, err := a.Points.Sessions(a.Ctx(), a.Who, u.ID, today, today.Add(60))
	if err != nil {
		return err
	}
	s := &Points{MayPlan: a.Who.MayAnywhere("points.plan"), None: Empty{Icon: "pin", Title: "Chưa có điểm thu nhận nào", Text: "Thêm các điểm cố định (trụ sở Công an) và điểm lưu động (nhà văn hóa, trường học, doanh nghiệp, chợ), rồi xếp lịch cho từng bộ thiết bị."}}
	if s.MayPlan {
		s.None.Href, s.None.Do = pointsHref+"/diem/moi", "Thêm điểm thu nhận"
	}
	s.Title, s.Area, s.Lead = "Điểm thu nhận hồ sơ", pointsHref, a.Who.Tree().FullName(u.ID)+": nơi thu nhận hồ sơ CCCD và định danh mức 2, với bộ thiết bị và cán bộ. Mở một điểm để nhập danh sách học sinh, công nhân của nơi cho mượn chỗ."
	for _, p := range list {
		r := PointRow{Name: p.Name, Href: pointsHref + "/diem/" + id.String(p.ID), Kind: points.KindTitle(p.Kind), Place: a.Who.Tree().FullName(p.Unit), Address: p.Address, Accessible: p.Accessible}
		if p.HostKind != points.HostNone {
			r.Host = points.HostTitle(p.HostKind)
		}
		for i := range coming {
			if x := &coming[i]; x.Point == p.ID && x.Live() {
				r.Next, r.NextHref = weekdayOf(x.Day)+" "+x.Day.Vi()+", "+x.Hours(), sessionHref(x.ID)
				break
			}
		}
		s.Points = append(s.Points, r)
	}
	for _, k := range kits {
		r := KitRow{Name: k.Name, Capacity: k.Capacity, Staff: k.Staff, Broken: k.Capacity == 0}
		if a.Who.May("points.plan", k.Unit) == nil {
			r.Href = pointsHref + "/bo/" + id.String(k.ID)
		}
		for i := range coming {
			if x := &coming[i]; x.Kit == k.ID && x.Live() {
				r.Sessions, r.Booked = r.Sessions+1, r.Booked+x.Quota
			}
		}
		s.Kits = append(s.Kits, r)
	}
	return a.Show(s)
}

// pathID reads the id in the address; 0 for "moi", a new one.
func (a *Ask) pathID() (int64, error) {
	text := a.R.PathValue("id")
	if text == "moi" {
		return 0, nil
	}
	n, err := id.Parse(text)
	if err != nil {
		return 0, notHere
	}
	return n, nil
}

func coordinate(text, field string) (float64, error) {
	if text = strings.TrimSpace(strings.Replace(text, ",", ".", 1)); text == "" {
		return 0, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fault.New(fault.Invalid, "web.coordinate", "Tọa độ phải là số, ví dụ 11.624.").On(field)
	}
	return f, nil
}

func coordinateText(f float64) string {
	if f == 0 {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func whole(text, field string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(text, ".", ""), 10, 64)
	if err != nil {
		return 0, fault.New(fault.Invalid, "web.whole", "Hãy ghi một số nguyên, ví dụ 40.").On(field)
	}
	return n, nil
}

// pointScreen shows one point; p is nil for a new one.
func (a *Ask) pointScreen(n int64) (*PointSheet, error) {
	s := &PointSheet{Action: pointsHref + "/diem/moi", New: n == 0, Accessible: true}
	p := &points.Point{Kind: points.Mobile, HostKind: points.HostCulture}
	s.Title, s.Lead = "Thêm điểm thu nhận", "Điểm cố định mở theo lịch tuần; điểm lưu động chỉ mở khi có bộ thiết bị đến."
	if n != 0 {
		var err error
		if p, err = a.Points.Point(a.Ctx(), a.Who, n); err != nil {
			return nil, err
		}
		s.Title, s.Lead, s.Action, s.Accessible = p.Name, a.Who.Tree().FullName(p.Unit), pointsHref+"/diem/"+id.String(n), p.Accessible
		s.RosterAction = s.Action + "/danh-sach"
	}
	s.Area, s.Crumbs = pointsHref, []Crumb{{"Điểm thu nhận", pointsHref}, {Title: s.Title}}
	s.MayPlan = n == 0 || a.Who.May("points.plan", p.Unit) == nil
	s.Units = a.unitChoices("points.plan", p.Unit)
	for _, k := range []string{points.Fixed, points.Mobile} {
		s.Kinds = append(s.Kinds, Choice{k, points.KindTitle(k), k == p.Kind})
	}
	for _, k := range points.HostKinds() {
		s.Hosts = append(s.Hosts, Choice{k, points.HostTitle(k), k == p.HostKind})
	}
	for i := range 7 {
		d := time.Weekday((i + 1) % 7)
		s.Days = append(s.Days, Choice{strconv.Itoa(int(d)), weekdays[d], strings.Contains(pointDays(p), strconv.Itoa(int(d)))})
	}
	s.Form = NewForm(url.Values{"name": {p.Name}, "host": {p.Host}, "address": {p.Address}, "lat": {coordinateText(p.Lat)}, "lon": {coordinateText(p.Lon)}, "from": {string(p.From)}, "until": {string(p.Until)}})
	if n == 0 {
		return s, nil
	}
	return s, a.pointLists(s, p)
}

func pointDays(p *points.Point) string {
	out := ""
	for _, d := range p.HostDays {
		out += strconv.Itoa(int(d))
	}
	return out
}

// pointLists adds a point's sessions and its host's people.
func (a *Ask) pointLists(s *PointSheet, p *points.Point) error {
	list, err := a.Points.Sessions(a.Ctx(), a.Who, p.Unit, a.today().Add(-60), a.today().Add(120))
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].Point == p.ID {
			s.Sessions = append(s.Sessions, pointSession(&list[i]))
		}
	}
	if p.HostKind == points.HostNone || a.Who.May("people.see", p.Unit) != nil {
		return nil
	}
	s.MayRoster = a.Who.May("points.plan", p.Unit) == nil || a.Who.May("invite.write", p.Unit) == nil
	rows, err := a.Points.RosterOf(a.Ctx(), a.Who, p.ID)
	if err != nil {
		return err
	}
	n := map[string]int64{}
	for i, r := range rows {
		if n[r.Verdict]++; i >= 300 {
			continue
		}
		row := RosterRow{Line: r.Row, Name: r.Name, Birth: people.BirthTitle(r.Birth), Number: r.Number.Mask(), Group: r.Group, Verdict: points.VerdictTitle(r.Verdict), Mood: map[string]string{points.Found: "good", points.Doubt: "warn"}[r.Verdict], Text: r.Text}
		if r.Person != 0 {
			row.Href = "/dan-cu/" + id.String(r.Person)
		}
		s.Roster = append(s.Roster, row)
	}
	if len(rows) > 300 {
		s.More = "Chỉ hiện 300 dòng đầu trong " + vn.Int(int64(len(rows))) + " dòng; những dòng cần xem lại đứng trước."
	}
	if len(rows) > 0 {
		s.RosterStats = []Stat{{Label: "Trong danh sách", Value: vn.Int(int64(len(rows)))}, {Label: "Có trong sổ dân cư", Value: vn.Int(n[points.Found]), Kind: "good"}, {Label: "Không có trong sổ", Value: vn.Int(n[points.Unknown])},
			{Label: "Cần xem lại", Value: vn.Int(n[points.Doubt]), Kind: kindIf(n[points.Doubt] > 0, "warn")}}
	}
	return nil
}

func pointSession(x *points.Session) PointSession {
	return PointSession{When: weekdayOf(x.Day) + " " + x.Day.Vi() + ", " + x.Hours(), Href: sessionHref(x.ID), Kit: x.KitName, State: points.StateTitle(x.State), Mood: sessionMood(x.State), Quota: x.Quota, Invited: x.Invited, Came: x.Came}
}

func showPoint(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	if n == 0 && !a.Who.MayAnywhere("points.plan") {
		return a.Who.May("points.plan", 0)
	}
	s, err := a.pointScreen(n)
	if err != nil {
		return err
	}
	return a.Show(s)
}

func savePoint(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	p := points.Point{ID: n, Name: a.Post("name"), Kind: a.Post("kind"), HostKind: a.Post("host_kind"), Host: a.Post("host"), Address: a.Post("address"), Accessible: a.Post("accessible") != "", From: clock.Day(a.Post("from")), Until: clock.Day(a.Post("until"))}
	u := a.Who.Tree().ByCode(a.Post("don_vi"))
	if u == nil {
		return notHere
	}
	p.Unit = u.ID
	for _, d := range a.R.PostForm["days"] {
		if i, err := strconv.Atoi(d); err == nil && i >= 0 && i < 7 {
			p.HostDays = append(p.HostDays, time.Weekday(i))
		}
	}
	if p.Lat, err = coordinate(a.Post("lat"), "lat"); err == nil {
		p.Lon, err = coordinate(a.Post("lon"), "lon")
	}
	if err == nil {
		n, err = a.Points.SavePoint(a.Ctx(), a.Who, p)
	}
	if err != nil {
		s, bad := a.pointScreen(p.ID)
		if bad != nil {
			return bad
		}
		return Again(s, err)
	}
	return a.Go(pointsHref + "/diem/" + id.String(n))
}

// bringRoster takes a host's list.
func bringRoster(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	parts, err := a.R.MultipartReader()
	if err != nil {
		return badForm(err)
	}
	name, content := "", []byte(nil)
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return badForm(err)
		}
		if p.FormName() == "tep" && p.FileName() != "" {
			name = filepath.Base(strings.ReplaceAll(p.FileName(), `\`, "/"))
			if content, err = io.ReadAll(p); err != nil {
				return badForm(err)
			}
		} else if text, _ := io.ReadAll(io.LimitReader(p, 1<<20)); p.FormName() == "dan" && len(bytes.TrimSpace(text)) > 0 && content == nil {
			name, content = "dan.txt", text
		}
	}
	var bad error = fault.New(fault.Invalid, "web.no_roster", "Hãy chọn tệp, hoặc dán danh sách có dòng tiêu đề (Họ và tên, Ngày sinh, Số CCCD, Lớp).").On("tep")
	if content != nil {
		_, bad = a.Points.BringRoster(a.Ctx(), a.Who, n, name, bytes.NewReader(content), int64(len(content)))
	}
	if bad != nil {
		s, err := a.pointScreen(n)
		if err != nil {
			return err
		}
		return Again(s, bad)
	}
	return a.Go(pointsHref + "/diem/" + id.String(n) + "#danh-sach")
}
