// Package canvass is the work from door to door (KH:III.2.e): teams, their members, and later whom each visits.
//
// A team belongs to a unit: every commune has its team and every hamlet has its own (KH:III.2.b: 13 and 102 of them); unions may
// form more (KH:III.2.d). Teams and members have a first and a last day and are never deleted.
package canvass

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Kinds of teams, as in the database.
const (
	KindCommune   = "commune"   // tổ công tác Đề án 06 cấp xã
	KindHamlet    = "hamlet"    // tổ công nghệ số cộng đồng, tổ Đề án 06 ấp, sóc, khu phố
	KindVolunteer = "volunteer" // tổ tình nguyện của đoàn thể (KH:III.2.d)
	KindCollect   = "collect"   // tổ thu nhận hồ sơ cố định, lưu động (KH:III.3.a)
)

// Team is one team. Capacity is how many citizens it can visit a day; Rest are the weekdays on which it does not work.
type Team struct {
	ID          int64
	Unit        int64
	Office      int64 // 0 for none
	Kind        string
	Name        string
	Capacity    int64
	Rest        []time.Weekday
	From, Until clock.Day // "" for no bound
	Batch       int64     // the list that brought it, 0 when typed in
	Members     int64     // in the team on the day asked
	Place       string    // where a volunteer team works, one of Places; "" for no particular place
}

// The places where volunteers help (KH:III.2.d), as in the database.
const (
	PlaceSchool  = "school"
	PlaceHomes   = "homes"
	PlaceMarket  = "market"
	PlaceCulture = "culture"
)

// Places are all places of volunteers.
var Places = []string{PlaceSchool, PlaceHomes, PlaceMarket, PlaceCulture}

// PlaceTitle names a place of volunteers for people, "" for none.
func PlaceTitle(place string) string {
	switch place {
	case PlaceSchool:
		return "Trường học"
	case PlaceHomes:
		return "Khu dân cư"
	case PlaceMarket:
		return "Chợ"
	case PlaceCulture:
		return "Nhà văn hóa"
	}
	return ""
}

// Kinds are all kinds of teams.
var Kinds = []string{KindCommune, KindHamlet, KindVolunteer, KindCollect}

// RoleOperator is the role of an operator's collaborator inside a team (KH:III.2.c).
const RoleOperator = "Cộng tác viên nhà mạng"

// Open tells whether the team exists on a day.
func (t *Team) Open(day clock.Day) bool {
	return (t.From == "" || t.From <= day) && (t.Until == "" || day <= t.Until)
}

// Own tells whether the team is its commune's or hamlet's own (KH:III.2.b): others help beside it.
func (t *Team) Own() bool { return t.Kind == KindCommune || t.Kind == KindHamlet }

// KindTitle names a kind of team for people.
func KindTitle(kind string) string {
	switch kind {
	case KindCommune:
		return "Tổ cấp xã"
	case KindVolunteer:
		return "Tổ tình nguyện"
	case KindCollect:
		return "Tổ thu nhận hồ sơ"
	}
	return "Tổ ấp, sóc, khu phố"
}

// defaultCapacity is what a team of a kind is taken to do a day until somebody says otherwise.
func defaultCapacity(kind string) int64 {
	if kind == KindCommune {
		return 60
	}
	return 25
}

// Member is somebody in a team. Phone is masked unless it was asked for whole (law R3).
type Member struct {
	ID          int64
	Team        int64
	Name        string
	Role        string
	Phone       string
	Account     int64 // 0 for those who do not sign in
	From, Until clock.Day
	Batch       int64
}

// roles that lead a team, folded.
var leading = []string{"to truong", "truong nhom", "doi truong"}

// Leads tells whether the member's role leads the team.
func (m *Member) Leads() bool { return slices.Contains(leading, vn.Fold(m.Role)) }

// maskPhone shows the first and last figures of a telephone number: 0912***678.
func maskPhone(s string) string {
	if len(s) < 8 {
		return strings.Repeat("*", len(s))
	}
	return s[:4] + strings.Repeat("*", len(s)-7) + s[len(s)-3:]
}

// check refuses a team that cannot be kept, and tidies its name.
func (t *Team) check() error {
	t.Name = strings.Join(strings.Fields(vn.NFC(t.Name)), " ")
	switch {
	case t.Name == "" || len(t.Name) > 200:
		return fault.New(fault.Invalid, "canvass.team_name", "Hãy ghi tên tổ (tối đa 200 ký tự).").On("name")
	case t.Kind != KindCommune && t.Kind != KindHamlet && t.Kind != KindVolunteer && t.Kind != KindCollect:
		return fault.New(fault.Invalid, "canvass.team_kind", "Hãy chọn loại tổ: cấp xã, ấp, tình nguyện hoặc thu nhận hồ sơ.").On("kind")
	case t.Place != "" && (t.Kind != KindVolunteer || PlaceTitle(t.Place) == ""):
		return fault.New(fault.Invalid, "canvass.team_place", "Chỉ tổ tình nguyện mới chọn nơi tình nguyện.").On("place")
	case t.Capacity < 0 || t.Capacity > 5000:
		return fault.New(fault.Invalid, "canvass.team_capacity", "Sức làm mỗi ngày phải từ 0 đến 5.000 người.").On("capacity")
	case len(t.Rest) >= 7:
		return fault.New(fault.Invalid, "canvass.team_rest", "Tổ phải làm ít nhất một ngày trong tuần. Hãy bỏ bớt ngày nghỉ.").On("rest")
	case t.From != "" && t.Until != "" && t.Until < t.From:
		return fault.New(fault.Invalid, "canvass.team_period", "Ngày giải thể phải sau ngày thành lập.").On("until")
	}
	return nil
}

// check refuses a member that cannot be kept, and tidies name and telephone.
func (m *Member) check() error {
	m.Name = strings.Join(strings.Fields(vn.NFC(m.Name)), " ")
	m.Role = strings.Join(strings.Fields(vn.NFC(m.Role)), " ")
	if m.Name == "" || len(m.Name) > 200 || len(m.Role) > 200 {
		return fault.New(fault.Invalid, "canvass.member_name", "Hãy ghi họ tên thành viên; họ tên và chức vụ tối đa 200 ký tự.").On("name")
	}
	if m.Phone != "" {
		p, ok := vn.Phone(m.Phone)
		if !ok {
			return fault.New(fault.Invalid, "canvass.member_phone", "Số điện thoại không đúng; ghi đủ 10 chữ số, bắt đầu bằng 0.").On("phone")
		}
		m.Phone = p
	}
	return nil
}

// restText spells weekdays as the database keeps them: "0,6" for Sunday and Saturday.
func restText(rest []time.Weekday) string {
	days := slices.Clone(rest)
	slices.Sort(days)
	days = slices.Compact(days)
	parts := make([]string, len(days))
	for i, d := range days {
		parts[i] = strconv.Itoa(int(d) % 7)
	}
	return strings.Join(parts, ",")
}

func parseRest(s string) []time.Weekday {
	var out []time.Weekday
	for _, p := range strings.Split(s, ",") {
		if n, err := strconv.Atoi(p); err == nil && n >= 0 && n < 7 {
			out = append(out, time.Weekday(n))
		}
	}
	return out
}

// kindOf tells a team's kind from its name and the tier of its unit.
func kindOf(name string, hamlet bool) string {
	f := vn.Fold(name)
	switch {
	case strings.Contains(f, "tinh nguyen"), strings.Contains(f, "doan thanh nien"), strings.Contains(f, "phu nu"):
		return KindVolunteer
	case hamlet:
		return KindHamlet
	}
	return KindCommune
}
