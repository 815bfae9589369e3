package lead

import "bonphu/oversight/tally"

// group is the heading of the definitions.
const group = "Lãnh đạo, dự báo"

// Definitions lists the numbers of leadership's page that are not on the board, as the page of definitions prints them (law N1).
func Definitions() []tally.Definition {
	return []tally.Definition{
		{Key: "lead_forecast", Group: group, Name: "Dự báo cuối đợt", Unit: "người", Formula: "Số đã xác nhận ngày cuối đợt nếu giữ đà: số xác nhận mỗi ngày làm việc của các tuần có danh sách trích xuất, tuần mới nặng hơn, chiều tăng giảm được giảm dần, đi tiếp trên các ngày làm việc còn lại; không dưới số đã xác nhận, không quá số thuộc diện.", Clause: "IV.2.c"},
		{Key: "lead_interval", Group: group, Name: "Khoảng dự báo", Unit: "người", Formula: "Khoảng mà khoảng 8 trên 10 lần số cuối đợt rơi vào, theo độ chênh giữa các tuần, số tuần đã có và số ngày còn lại.", Clause: "IV.2.c"},
		{Key: "lead_gap", Group: group, Name: "Sẽ thiếu", Unit: "người", Formula: "Chỉ tiêu trừ dự báo cuối đợt.", Clause: "IV.2.c"},
		{Key: "lead_quota", Group: group, Name: "Muốn đạt thì mỗi ngày", Unit: "người/ngày", Formula: "Số còn lại của chỉ tiêu chia cho số ngày làm việc còn lại, làm tròn lên; “không thể đạt với sức hiện có” khi số còn lại quá tổng sức của các tổ đến hết đợt.", Clause: "IV.1.e"},
	}
}
