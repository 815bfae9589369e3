package web

import "bonphu/web/chart"

func sampleLead() []Screen {
	end := chart.Ending{What: "Kích hoạt định danh điện tử", Confirmed: 2900, Mid: 3700, Low: 3550, High: 3860, Target: 4000, Eligible: 4450, Known: true}
	road := LeadRoad{Name: "Kích hoạt định danh điện tử", Clause: "IV.1.b", Href: "/lanh-dao?phu=eid", People: "/dan-cu?nhom=t:eid:in", Confirmed: 2900, Goal: 4000, Rate: "72,5 %", Pace: Pace{true, -9}, End: end, Forecast: "3.700 (3.550–3.860)", ForecastRate: "92,5 %",
		Quota: "Không thể đạt với sức hiện có: cần 28 người/ngày, các tổ còn làm được 900 trong 1.100 người", QuotaMood: "late", Seen: "20/5/2024"}
	none := LeadRoad{Name: "Cán bộ nêu gương", Clause: "IV.1.c", Href: "/lanh-dao?phu=x", Confirmed: 0, Goal: 0, Rate: "–", Why: "Chỉ tiêu này tính theo danh sách cán bộ, không có dự báo theo ngày.", Quota: "Đã đủ chỉ tiêu", QuotaMood: "faint"}
	squares := chart.Squares{What: "Bản đồ", Items: []chart.Square{{Row: 0, Col: 1, Name: "An Phú", Sign: "↓", Text: "9 ngày", Note: "61,0 %", Kind: "bad", Sentence: "Xã An Phú: chậm 9 ngày", Href: "/lanh-dao?don_vi=25339"}, {Row: 1, Col: 0, Name: "Minh Tâm", Sign: "=", Text: "đúng", Note: "80,0 %", Kind: "good", Sentence: "Xã Minh Tâm: đúng lộ trình"}}}
	late := []LeadLate{{Place: "1", Name: "Xã An Phú", Href: "/don-vi/25339", People: "/dan-cu?don_vi=25339", Confirmed: 150, Goal: 240, Rate: "62,5 %", Pace: Pace{true, -9}, Forecast: "190 (170–210)", Gap: "thiếu 50", Reasons: []LeadReason{{"3 trên 5 tổ chưa gửi phiếu ngày 23/5/2024", "/nhip-ngay?don_vi=25339"}, {"2 báo cáo quá hạn chưa nộp", ""}}}, {Place: "2", Name: "Xã Minh Tâm", Confirmed: 200, Goal: 240, Rate: "83,3 %", Pace: Pace{true, 0}}}
	tabs := []Tab{{"VNeID", "/lanh-dao?phu=eid", true}, {"SIM", "/lanh-dao?phu=sim", false}}
	page := &Leading{Page: samplePage("/lanh-dao", "Lãnh đạo: huyện Hớn Quản"), Units: []Choice{{"694", "Huyện Hớn Quản", true}}, Unit: "694", Day: "2024-05-23", Coverage: "eid", Wall: "/lanh-dao/man-hinh", Tabs: tabs, Answer: "2 trên 4 chỉ tiêu đúng hoặc nhanh hơn lộ trình, 2 chậm.",
		Roads: []LeadRoad{road, none}, Map: squares, Place: "13 xã, thị trấn", Focus: road.Name, Late: late, Stuck: []LeadTask{{"bad", "warn", "Vướng mắc quá hạn trả lời", "4 vướng mắc", "lâu nhất từ ngày 15/5/2024", "/vuong-mac"}}, Decide: []LeadTask{{"warn", "check", "Nhận báo cáo các xã đã nộp", "3 báo cáo", "", "/bao-cao"}}, More: 2, Past: true, Text: "Huyện Hớn Quản – tình hình đến ngày 23/5/2024"}
	wall := &WallBoard{Page: samplePage("/lanh-dao", "Màn hình điều hành"), Every: 20, Next: "/lanh-dao/man-hinh?phu=sim", Back: "/lanh-dao", Place: "Huyện Hớn Quản", Focus: road.Name, Dots: tabs, AsOf: "Số liệu đến hết ngày 23/5/2024.", Road: road, Map: squares, Late: late, Waiting: "vướng mắc quá hạn trả lời: 4"}
	return []Screen{page, wall}
}

func emptyLead() []Screen {
	none := Empty{Icon: "target", Title: "Chưa có chỉ tiêu nào", Text: "Khi có chỉ tiêu, tình hình và dự báo sẽ hiện ở đây."}
	return []Screen{&Leading{Page: samplePage("/lanh-dao", "Lãnh đạo"), None: none}, &WallBoard{Page: samplePage("/lanh-dao", "Màn hình điều hành"), None: none}}
}
