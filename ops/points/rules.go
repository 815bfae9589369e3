package points

import (
	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// fits refuses a session that cannot be held, and says why: a past day, hours that are none, a kit or point that is not there that day,
// a kit that takes nothing, a kit in two places, more than the kit can take. others are the kit's sessions of that day that stand.
func fits(s *Session, k *Kit, p *Point, others []Session, today clock.Day) error {
	var ok1, ok2 bool
	s.From, ok1 = parseHour(s.From)
	s.Until, ok2 = parseHour(s.Until)
	switch {
	case s.Day.Time().IsZero():
		return fault.New(fault.Invalid, "points.day", "Hãy chọn ngày của buổi thu nhận.").On("day")
	case s.Day < today:
		return fault.New(fault.Invalid, "points.day_past", "Ngày %s đã qua; buổi thu nhận phải từ hôm nay trở đi.", s.Day.Vi()).On("day")
	case !ok1 || !ok2 || s.From >= s.Until:
		return fault.New(fault.Invalid, "points.hours", "Giờ đóng phải sau giờ mở, ghi dạng 07:30.").On("until")
	case !p.In(s.Day):
		return fault.New(fault.Invalid, "points.point_shut", "Điểm “%s” không hoạt động ngày %s. Hãy chọn ngày khác hoặc sửa thời hạn của điểm.", p.Name, s.Day.Vi()).On("day")
	case !p.Receives(s.Day):
		return fault.New(fault.Invalid, "points.host_day", "“%s” không nhận đoàn vào ngày %s. Hãy chọn một ngày mà nơi cho mượn chỗ nhận được.", p.Name, s.Day.Vi()).On("day")
	case !k.In(s.Day):
		return fault.New(fault.Invalid, "points.kit_away", "%s không có ở huyện ngày %s.", k.Name, s.Day.Vi()).On("kit")
	case k.Capacity == 0:
		return fault.New(fault.Invalid, "points.capacity_zero", "%s đang có sức thu nhận bằng 0 nên không xếp lịch được. Hãy sửa sức thu nhận trước.", k.Name).On("kit")
	case s.Quota < 0:
		return fault.New(fault.Invalid, "points.quota", "Định mức của buổi phải lớn hơn 0.").On("quota")
	}
	left := k.Capacity
	for i := range others {
		o := &others[i]
		if o.ID == s.ID || o.Kit != s.Kit || o.Day != s.Day || o.State == Cancelled {
			continue
		}
		if s.Overlaps(o) {
			if o.Point == s.Point {
				return fault.New(fault.Conflict, "points.session_twice", "%s đã có buổi tại điểm này lúc %s ngày %s. Hãy chọn giờ không trùng.", k.Name, o.Hours(), s.Day.Vi()).On("from")
			}
			return fault.New(fault.Conflict, "points.kit_two_places", "%s đã ở “%s” lúc %s ngày %s; một bộ thiết bị không ở hai nơi cùng lúc.", k.Name, o.PointName, o.Hours(), s.Day.Vi()).On("kit")
		}
		left -= o.Quota
	}
	if s.Quota == 0 {
		s.Quota = max(left, 0)
	}
	if left <= 0 || s.Quota > left {
		return fault.New(fault.Conflict, "points.quota_over", "%s thu được %d hồ sơ một ngày; các buổi khác ngày %s chỉ còn để lại %d. Hãy giảm định mức.", k.Name, k.Capacity, s.Day.Vi(), max(left, 0)).On("quota")
	}
	return nil
}
