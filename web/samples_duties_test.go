package web

func sampleDuties() []Screen {
	units := []Choice{{"694", "Huyện Hớn Quản", true}}
	row := OwedDuty{"Tuyên truyền bằng nhiều hình thức, gắn với hướng dẫn và vận động trực tiếp tại từng ấp, sóc, khu phố", "/nhiem-vu/iii1a/1", "III.1.a", "Phòng Văn hóa và Thông tin", "tuần 20/5/2024 – 26/5/2024", "Quá hạn", "bad", "3 hoạt động tuyên truyền đã làm", "4/6 kỳ trước đúng hạn, 1 trễ, 1 bỏ qua", "bad", "Lê Thị Ngọc Trâm"}
	tabs := []Tab{{"Theo cơ quan", "/nhiem-vu?xem=co-quan", false}, {"Theo mục kế hoạch", "/nhiem-vu?xem=muc", false}, {"Từng việc", "/nhiem-vu?xem=viec", true}}
	stats := []Stat{{Label: "Quá hạn", Value: "4", Note: "nhiệm vụ", Kind: "bad", Href: "/nhiem-vu"}}
	board := &Duties{Page: samplePage("/nhiem-vu", "Nhiệm vụ của các cơ quan"), Views: tabs, View: "viec", Units: units, Offices: units, Clauses: []Choice{{"III.1.a", "III.1.a · Tuyên truyền", true}}, States: []Choice{{"", "Mọi tình trạng", true}}, Stats: stats, Rows: []OwedDuty{row, {Text: "Tham mưu kinh phí", Href: "/nhiem-vu/v5/2", Clause: "V.5", Office: "Phòng Tài chính – Kế hoạch", Turn: "hạn 20/4/2024", State: "Đã làm", Mood: "good"}}, MayTell: true}
	sums := &Duties{Page: samplePage("/nhiem-vu", "Nhiệm vụ của các cơ quan"), Views: tabs, View: "co-quan", Units: units, Stats: stats, Sums: []DutySum{{Title: "UBND xã An Khương", Note: "Xã An Khương", Href: "/nhiem-vu?xem=viec", N: 8, Done: 4, Open: 3, Late: 1, Past: "30/46 kỳ trước đúng hạn, 16 bỏ qua", Mood: "bad"}, {Title: "Phòng Nội vụ", Href: "/nhiem-vu", N: 3, Done: 3}}}
	here := "/nhiem-vu/iii1a/1"
	sheet := &DutySheet{Page: samplePage("/nhiem-vu", "Tuyên truyền bằng nhiều hình thức"), Text: row.Text, Who: "Các phòng, ban, ngành, đoàn thể; UBND xã, thị trấn", Evidence: "Nhật ký tuyên truyền trong tuần có ảnh", Clause: "III.1.a", Office: row.Office, Turn: row.Turn, State: "Chưa làm", Mood: "warn", Shown: "3 hoạt động tuyên truyền đã làm", ShownHref: "/tuyen-truyen", Due: "2024-05-26", Today: "2024-05-23",
		Acknowledge: here, Plan: here, Done: here, Return: here, Excuse: here, Undo: here + "/rut-lai", Moments: []Moment{{When: "07:41 ngày 22/5/2024", Title: "Đã nhận", By: "Lê Thị Ngọc Trâm"}, {When: "08:00 ngày 23/5/2024", Title: "Đã làm", Text: "Phát thanh 3 buổi", By: "Lê Thị Ngọc Trâm", Href: "/nhiem-vu/tep/1", More: "nhat-ky.pdf"}},
		Turns: []DutyTurn{{row.Turn, "Chưa làm", "warn", "", "", here, true}, {"tuần 13/5/2024 – 19/5/2024", "Đã làm", "good", "17/5/2024", "Phát thanh 3 buổi", here + "?ky=2024-05-19", false}}, Holders: []DutyHolder{{"Lê Thị Ngọc Trâm", "phụ trách loa", "Nguyễn Quốc Vượng, 07:41 ngày 22/5/2024", here + "/thoi-giao", "1"}}, Staff: []Choice{{"1", "Lê Thị Ngọc Trâm", false}}, Give: here + "/giao"}
	list := &Instructions{Page: samplePage("/chi-dao", "Công điện, nhắc nhở"), States: []Choice{{"", "Tất cả", true}}, Rows: []InstructionRow{{"Tập trung kích hoạt định danh mức 2 tại các xã còn chậm so với lộ trình", "Công điện", "05/CĐ-UBND", "Nguyễn Quốc Vượng, Huyện Hớn Quản", "/chi-dao/1", "22/5/2024", "25/5/2024", "Chờ nhận", "warn", 13, 9, 2}}, MayTell: true}
	form := &InstructionForm{Page: samplePage("/chi-dao", "Ra văn bản chỉ đạo"), Units: units, Kinds: []Choice{{"reminder", "Nhắc nhở", true}}, Groups: []OfficeGroup{{"UBND các xã, thị trấn", []Choice{{"1", "UBND xã An Khương", true}, {"2", "UBND thị trấn Tân Khai", false}}}}, Once: "1", Today: "2024-05-23"}
	told := &InstructionSheet{Page: samplePage("/chi-dao", "Tập trung kích hoạt định danh mức 2"), Kind: "Công điện", Number: "05/CĐ-UBND", Text: "Yêu cầu các xã rà soát.\nBáo cáo trước 17 giờ.", From: "Nguyễn Quốc Vượng, Huyện Hớn Quản", Signer: "CHỦ TỊCH", Day: "22/5/2024", Due: "25/5/2024", State: "Quá hạn", Mood: "bad", Withdrawn: "thay bằng văn bản khác", File: "/nhiem-vu/tep/2", FileName: "cong-dien.pdf",
		Rows: []ToldRow{{"UBND xã An Khương", "Bùi Xuân Hiền, 08:00 ngày 22/5/2024", "Bùi Xuân Hiền, 16:00 ngày 23/5/2024", "Đã kích hoạt 96 người", "Đã làm", "good", true}, {Office: "UBND xã Minh Đức", State: "Chưa nhận", Mood: "warn"}}, Told: 2, Read: 1, Done: 1, Acknowledge: "/chi-dao/1/da-nhan", Answer: "/chi-dao/1/ket-qua", Withdraw: "/chi-dao/1/thu-hoi"}
	return []Screen{board, sums, sheet, list, form, told}
}

func emptyDuties() []Screen {
	none := Empty{Icon: "check", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Duties{Page: samplePage("/nhiem-vu", "Nhiệm vụ"), View: "viec", None: none}, &DutySheet{Page: samplePage("/nhiem-vu", "Nhiệm vụ")}, &Instructions{Page: samplePage("/chi-dao", "Công điện, nhắc nhở"), None: none},
		&InstructionForm{Page: samplePage("/chi-dao", "Ra văn bản")}, &InstructionSheet{Page: samplePage("/chi-dao", "Văn bản")}}
}
