package canvass

import (
	"slices"
	"strings"
	"time"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// The bounds of a visit.
const (
	oldestVisit = 60 * 24 * time.Hour
	maxClaims   = 8
	maxHelpers  = 20
	maxNote     = 1000
)

// check refuses a visit that cannot be kept and tidies it; now is the server's instant.
func (v *Visit) check(p *plan.Plan, now time.Time) error {
	at := clock.ParseStamp(v.At)
	switch {
	case !slices.Contains(plan.Results, string(v.Result)):
		return fault.New(fault.Invalid, "canvass.result", "Hãy chọn kết quả của lần đến này.").On("result")
	case at.IsZero():
		return fault.New(fault.Invalid, "canvass.visit_at", "Thời điểm đến nhà không đúng.").On("at")
	case at.After(now):
		return fault.New(fault.Invalid, "canvass.visit_future", "Thời điểm đến nhà nằm ở tương lai. Hãy chỉnh lại đồng hồ của máy.").On("at")
	case now.Sub(at) > oldestVisit && !v.late:
		return fault.New(fault.Invalid, "canvass.visit_old", "Lần đến nhà đã quá 60 ngày. Hãy nhờ Công an xã xem và ghi lại nếu đúng.").On("at")
	case len(v.Claims) > maxClaims || len(v.Helpers) > maxHelpers:
		return fault.New(fault.Invalid, "canvass.visit_many", "Một lần đến ghi tối đa %d kết quả và %d người giúp.", maxClaims, maxHelpers).On("claims")
	}
	v.At, v.Day = clock.Stamp(at), clock.DayOf(at)
	if v.Reason != "" && !fits(p, v.Reason, v.Result) {
		return fault.New(fault.Invalid, "canvass.reason", "Lý do này không hợp với kết quả “%s”. Hãy chọn lại lý do.", ResultTitle(v.Result)).On("reason")
	}
	if v.Return != "" && v.Return.Time().IsZero() || v.Return != "" && v.Return < v.Day {
		return fault.New(fault.Invalid, "canvass.return", "Ngày hẹn phải từ ngày đến nhà trở đi.").On("return")
	}
	if v.Result == Promised && v.Return == "" {
		return fault.New(fault.Invalid, "canvass.promise", "Hãy chọn ngày hẹn quay lại.").On("return")
	}
	if v.Result != Promised && v.Result != Away {
		v.Return = ""
	}
	if v.Part != "" && v.Part != Morning && v.Part != Afternoon && v.Part != Evening {
		return fault.New(fault.Invalid, "canvass.part", "Buổi trong ngày chỉ có sáng, chiều hoặc tối.").On("part")
	}
	if v.Lang != "" && !slices.ContainsFunc(p.Canvass.Languages, func(l plan.Language) bool { return l.ID == v.Lang }) {
		return fault.New(fault.Invalid, "canvass.lang", "Ngôn ngữ này không có trong kế hoạch.").On("lang")
	}
	for _, o := range v.Orders {
		if o != OrderDevice && o != OrderSIM {
			return fault.New(fault.Invalid, "canvass.order", "Chỉ đăng ký được máy 4G giá ưu đãi hoặc SIM chính chủ kèm chữ ký số.").On("orders")
		}
	}
	slices.Sort(v.Orders)
	v.Orders = slices.Compact(v.Orders)
	v.Note = strings.TrimSpace(vn.NFC(v.Note))
	if len(v.Note) > maxNote {
		return fault.New(fault.Invalid, "canvass.note", "Ghi chú quá dài (tối đa %d ký tự).", maxNote).On("note")
	}
	return nil
}

func fits(p *plan.Plan, reason string, result Result) bool {
	for _, r := range p.Canvass.Reasons {
		if r.ID == reason {
			return r.Result == string(result)
		}
	}
	return false
}

// FoldContact tells where somebody stands at the door from all visits, whatever their order: the newest that is not void gives result,
// day and promise; the hour at which somebody is at home, the language and the orders stay from earlier ones. The zero Contact when
// nobody came yet.
func FoldContact(visits []Visit) Contact {
	var live []Visit
	for _, v := range visits {
		if v.VoidAt == "" {
			live = append(live, v)
		}
	}
	slices.SortFunc(live, func(a, b Visit) int {
		if a.At != b.At {
			return strings.Compare(a.At, b.At)
		}
		return int(min(1, max(-1, a.ID-b.ID)))
	})
	var c Contact
	orders := map[string]bool{}
	for _, v := range live {
		c.Visit, c.Person, c.Result, c.Reason, c.Day, c.Return, c.Team = v.ID, v.Person, v.Result, v.Reason, v.Day, v.Return, v.Team
		c.Tries++
		if v.Part != "" {
			c.Part = v.Part
		}
		if v.Lang != "" {
			c.Lang = v.Lang
		}
		for _, o := range v.Orders {
			orders[o] = true
		}
	}
	var list []string
	for _, o := range []string{OrderDevice, OrderSIM} {
		if orders[o] {
			list = append(list, o)
		}
	}
	c.Orders = strings.Join(list, ",")
	return c
}
