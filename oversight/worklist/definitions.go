package worklist

import (
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Definitions lists the numbers of the work from door to door, as the page of definitions prints them (law N1).
func Definitions() []tally.Definition {
	const group = "Đi từng nhà"
	return []tally.Definition{
		{Key: "work_needing", Group: group, Name: "Còn việc", Unit: "người", Formula: "Người trong sổ thuộc ít nhất một nhóm nhu cầu của kế hoạch, tính cả kết quả tổ đã báo mà chưa có bản trích xuất.", Clause: "III.2.b"},
		{Key: "work_promised", Group: group, Name: "Hẹn hôm nay", Unit: "người", Formula: "Trong số còn việc: lần đến gần nhất hẹn đúng hôm nay, không nói buổi hoặc đúng buổi này.", Clause: "III.2.e"},
		{Key: "work_overdue", Group: group, Name: "Quá hẹn", Unit: "người", Formula: "Trong số còn việc: lần đến gần nhất hẹn một ngày đã qua.", Clause: "III.2.e"},
		{Key: "work_new", Group: group, Name: "Chưa đến lần nào", Unit: "người", Formula: "Trong số còn việc: không có phiếu đến nhà nào còn hiệu lực.", Clause: "III.2.e"},
		{Key: "work_waiting", Group: group, Name: "Chưa nên đến", Unit: "người", Formula: "Trong số còn việc: hẹn ngày hoặc buổi khác, vắng chưa đến hạn, vừa đến hôm nay, từ chối từ ba lần, đã chuyển đi hoặc không tìm thấy.", Clause: "III.2.e"},
	}
}

// Value gives the number that a definition names.
func (p *Place) Value(key string) int64 {
	switch key {
	case "work_promised":
		return p.ByClass[canvass.ClassPromised]
	case "work_overdue":
		return p.ByClass[canvass.ClassOverdue]
	case "work_new":
		return p.ByClass[canvass.ClassNew]
	case "work_waiting":
		return p.Needing - p.Open
	}
	return p.Needing
}
