// Package points is where dossiers are taken (KH:III.3.a): fixed and mobile points, kits, sessions, hosts, invitations and check-in.
//
// A kit is what takes dossiers, with a capacity a day; a point is where it stands; a session is one kit at one point on one day. A kit
// is never in two places, and a session is never edited away: it is moved or cancelled with a reason, and everybody invited is told.
package points

import (
	"slices"
	"strings"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Kinds of points and of their hosts, as in the database.
const (
	Fixed  = "fixed"
	Mobile = "mobile"

	HostNone    = "none"
	HostSchool  = "school"
	HostCompany = "company"
	HostMarket  = "market"
	HostCulture = "culture"
	HostOffice  = "office"
)

// States of a session, as in the database.
const (
	Planned   = "planned"
	Open      = "open"
	Closed    = "closed"
	Cancelled = "cancelled"
)

// Kit is a set of equipment with its staff. Capacity is how many dossiers it takes a day; Lat and Lon are its base, 0 when not known.
type Kit struct {
	ID, Unit    int64
	Name        string
	Capacity    int64
	Staff       int64
	Lat, Lon    float64
	From, Until clock.Day
}

// In tells whether the kit is there on a day.
func (k *Kit) In(day clock.Day) bool {
	return (k.From == "" || k.From <= day) && (k.Until == "" || day <= k.Until)
}

// Point is a place where dossiers are taken. HostDays are the weekdays on which its host can receive; none means all.
type Point struct {
	ID, Unit       int64
	Name           string
	Kind, HostKind string
	Host, Address  string
	Lat, Lon       float64
	Accessible     bool // a wheelchair gets in
	HostDays       []time.Weekday
	From, Until    clock.Day
}

// In tells whether the point exists on a day.
func (p *Point) In(day clock.Day) bool {
	return (p.From == "" || p.From <= day) && (p.Until == "" || day <= p.Until)
}

// Receives tells whether the point's host can receive on that day's weekday.
func (p *Point) Receives(day clock.Day) bool {
	return len(p.HostDays) == 0 || slices.Contains(p.HostDays, day.Time().In(clock.Zone).Weekday())
}

// KindTitle names a kind of point for people.
func KindTitle(kind string) string {
	if kind == Fixed {
		return "Cố định"
	}
	return "Lưu động"
}

// HostTitle names a kind of host for people.
func HostTitle(kind string) string {
	switch kind {
	case HostSchool:
		return "Trường học"
	case HostCompany:
		return "Doanh nghiệp"
	case HostMarket:
		return "Chợ"
	case HostCulture:
		return "Nhà văn hóa"
	case HostOffice:
		return "Trụ sở cơ quan"
	}
	return "Không có"
}

// HostKinds lists the kinds of hosts in the order screens show them.
func HostKinds() []string {
	return []string{HostOffice, HostCulture, HostSchool, HostCompany, HostMarket, HostNone}
}

// StateTitle names a session's state for people.
func StateTitle(state string) string {
	switch state {
	case Open:
		return "Đang thu nhận"
	case Closed:
		return "Đã đóng"
	case Cancelled:
		return "Đã hủy"
	}
	return "Theo lịch"
}

// Session is one kit at one point on one day. Hours are spelled 07:30.
type Session struct {
	ID, Point, Kit  int64
	Unit            int64 // the point's
	Day             clock.Day
	From, Until     string
	Quota           int64
	State           string
	MovedFrom       int64 // the session that this one replaces; 0 for none
	Reason          string
	Note            string
	Locked          bool // the planner leaves it alone
	Planned         bool // made by an accepted plan, not by hand
	PointName       string
	KitName         string
	Address         string
	HostKind, Host  string
	Accessible      bool
	Invited, Came   int64 // open and past invitations; arrivals, walk-ins too
	Walkins, Expect int64 // arrivals without invitation; Expect is filled in by Sessions' callers that ask for it
}

// Hours spells a session's hours for people.
func (s *Session) Hours() string { return s.From + "–" + s.Until }

// Live tells whether the session is still to come or going on.
func (s *Session) Live() bool { return s.State == Planned || s.State == Open }

// Overlaps tells whether two sessions share time on the same day.
func (s *Session) Overlaps(o *Session) bool {
	return s.Day == o.Day && s.From < o.Until && o.From < s.Until
}

func oneLine(s string) string { return strings.Join(strings.Fields(vn.NFC(s)), " ") }

func onMap(lat, lon float64) bool {
	return lat == 0 && lon == 0 || lat >= 7 && lat <= 24.5 && lon >= 101 && lon <= 118
}

// check refuses a kit that cannot be kept, and tidies its name.
func (k *Kit) check() error {
	k.Name = oneLine(k.Name)
	switch {
	case k.Name == "" || len(k.Name) > 200:
		return fault.New(fault.Invalid, "points.kit_name", "Hãy ghi tên bộ thiết bị (tối đa 200 ký tự).").On("name")
	case k.Capacity < 0 || k.Capacity > 5000:
		return fault.New(fault.Invalid, "points.kit_capacity", "Sức thu nhận mỗi ngày phải từ 0 đến 5.000 hồ sơ; ghi 0 khi bộ thiết bị đang hỏng.").On("capacity")
	case k.Staff < 0 || k.Staff > 500:
		return fault.New(fault.Invalid, "points.kit_staff", "Số cán bộ phải từ 0 đến 500.").On("staff")
	case !onMap(k.Lat, k.Lon):
		return fault.New(fault.Invalid, "points.place", "Tọa độ phải nằm trong lãnh thổ Việt Nam (vĩ độ 7–24,5; kinh độ 101–118); để trống khi chưa biết.").On("lat")
	case k.From != "" && k.Until != "" && k.Until < k.From:
		return fault.New(fault.Invalid, "points.period", "Ngày cuối phải không trước ngày đầu.").On("until")
	}
	return nil
}

// check refuses a point that cannot be kept, and tidies its words.
func (p *Point) check() error {
	p.Name, p.Host, p.Address = oneLine(p.Name), oneLine(p.Host), oneLine(p.Address)
	if p.HostKind == "" {
		p.HostKind = HostNone
	}
	switch {
	case p.Name == "" || len(p.Name) > 200:
		return fault.New(fault.Invalid, "points.point_name", "Hãy ghi tên điểm thu nhận (tối đa 200 ký tự).").On("name")
	case p.Kind != Fixed && p.Kind != Mobile:
		return fault.New(fault.Invalid, "points.point_kind", "Hãy chọn loại điểm: cố định hoặc lưu động.").On("kind")
	case !slices.Contains(HostKinds(), p.HostKind):
		return fault.New(fault.Invalid, "points.host_kind", "Hãy chọn nơi cho mượn chỗ trong danh sách.").On("host_kind")
	case len(p.Host) > 200 || len(p.Address) > 300:
		return fault.New(fault.Invalid, "points.point_words", "Tên nơi cho mượn chỗ tối đa 200 ký tự, địa chỉ tối đa 300 ký tự.").On("address")
	case !onMap(p.Lat, p.Lon):
		return fault.New(fault.Invalid, "points.place", "Tọa độ phải nằm trong lãnh thổ Việt Nam (vĩ độ 7–24,5; kinh độ 101–118); để trống khi chưa biết.").On("lat")
	case p.From != "" && p.Until != "" && p.Until < p.From:
		return fault.New(fault.Invalid, "points.period", "Ngày cuối phải không trước ngày đầu.").On("until")
	}
	return nil
}

// parseHour reads 7:30, 07:30 or 7 into 07:30.
func parseHour(s string) (string, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), "h", ":")
	if s = strings.TrimSuffix(s, ":"); !strings.Contains(s, ":") {
		s += ":00"
	}
	t, err := time.Parse("15:04", s)
	return t.Format("15:04"), err == nil
}
