package web

func sampleObstacles() []Screen {
	units := []Choice{{"25330", "Xã An Khương", true}}
	kinds := []Choice{{"mang", "Sóng 4G, đường truyền", true}, {"kit", "Thiết bị thu nhận", false}}
	reply := AnswerRow{"Không có sóng 4G ở sóc", "Dùng wifi của nhà văn hóa sóc.", "Sóng 4G, đường truyền", "Trần Hữu Nghĩa", "15:20 20/05/2024", "/giai-dap/1", 3}
	list := &Obstacles{Page: samplePage("/vuong-mac", "Khó khăn, vướng mắc"), Units: units, Categories: kinds, States: []Choice{{"", "Tất cả", true}}, Stats: []Stat{{Label: "Chờ trả lời", Value: "4", Note: "vướng mắc"}}, MaySend: true, New: "/vuong-mac/moi",
		Rows:   []ObstacleRow{{Text: "Ấp 1 không có sóng 4G nên không cài được VNeID, nhiều nhà phải ra trục đường lớn", Href: "/vuong-mac/1", Kind: "Sóng 4G, đường truyền", Place: "Ấp 1, Xã An Khương", By: "Điểu Minh", When: "07:41 22/05/2024", Due: "25/5/2024", State: "Chờ trả lời", Mood: "warn", People: 120}},
		Causes: []CauseRow{{"Sóng 4G, đường truyền", 7, 2, 310, 100}}}
	form := &ObstacleForm{Page: samplePage("/vuong-mac", "Báo vướng mắc"), Units: units, Unit: "25330", Categories: kinds, Text: "không có sóng", Found: []AnswerRow{reply}, Looked: true, Once: "1"}
	sheet := &ObstacleSheet{Page: samplePage("/vuong-mac", "Sóng 4G, đường truyền"), Text: "Ấp 1 không có sóng 4G.\nĐã thử đổi nhà mạng.", Kind: "Sóng 4G, đường truyền", Place: "Ấp 1, Xã An Khương", By: "Điểu Minh", When: "07:41 22/05/2024", Due: "25/5/2024", Level: "Công an huyện (Đội CSQLHC về TTXH)", State: "Chờ trả lời", Mood: "warn",
		People: 120, Photo: "/vuong-mac/1/anh", Moments: []Moment{{When: "07:41 22/05/2024", Title: "Đã báo", By: "Điểu Minh"}}, Similar: []AnswerRow{reply}, Answer: "/vuong-mac/1/tra-loi", Close: "/vuong-mac/1/khep", Reopen: "/vuong-mac/1/mo-lai", Pass: "/vuong-mac/1/chuyen", Office: "Phòng Văn hóa và Thông tin", Offices: []Choice{{"1", "Viettel Hớn Quản", false}}}
	book := &AnswerBook{Page: samplePage("/vuong-mac", "Sổ giải đáp"), Text: "sóng", Categories: kinds, Rows: []AnswerRow{reply}, New: "/vuong-mac/moi"}
	cells := []DayCell{{"VNeID", 25, 12, 13}, {"SIM chính chủ kèm chữ ký số", 20, 20, 0}}
	day := func(morning bool) *DayScreen {
		return &DayScreen{Page: samplePage("/nhip-ngay", "Nhịp ngày 23/5/2024"), Units: units, Unit: "25330", Day: "2024-05-23", Part: "chieu", Before: "/nhip-ngay?ngay=2024-05-22", After: "/nhip-ngay?ngay=2024-05-24", Morning: "/nhip-ngay?buoi=sang", Evening: "/nhip-ngay?buoi=chieu", IsMorning: morning,
			Sheet: "/nhip-ngay/xlsx", Targets: []string{"VNeID", "SIM chính chủ kèm chữ ký số"}, Sums: cells, Rows: []DayRow{{"Ấp 1", "/nhip-ngay?don_vi=25330.01", cells, 14, "1/2", true}}, Visits: "14", Silent: "1/2", Text: "Xã An Khương – kết quả ngày 23/5/2024",
			Teams: []DayTeam{{"Tổ công nghệ số cộng đồng ấp 1", "/to-cong-tac/1", "/viec/1", "Ấp 1, Xã An Khương", cells, 14, false, []DayMember{{"Điểu Minh", 13, 9, "15:20"}, {"Thị Lới", 12, 0, ""}}}, {"Tổ ấp 2", "/to-cong-tac/2", "/viec/2", "Ấp 2, Xã An Khương", nil, 0, true, nil}}}
	}
	return []Screen{list, form, sheet, book, day(true), day(false)}
}

func emptyObstacles() []Screen {
	none := Empty{Icon: "check", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Obstacles{Page: samplePage("/vuong-mac", "Khó khăn, vướng mắc"), None: none}, &ObstacleForm{Page: samplePage("/vuong-mac", "Báo vướng mắc"), Looked: true}, &ObstacleSheet{Page: samplePage("/vuong-mac", "Vướng mắc")}, &AnswerBook{Page: samplePage("/vuong-mac", "Sổ giải đáp"), None: none},
		&DayScreen{Page: samplePage("/nhip-ngay", "Nhịp ngày"), None: none}}
}
