package web

import "bonphu/web/chart"

func sampleReconcile() []Screen {
	cells := func(a, b, c, d, e int64) []SettledCell {
		return []SettledCell{{"Đã báo cáo", "/doi-soat/bao-cao", "", a}, {"Được xác nhận", "/doi-soat/bao-cao?loai=confirmed", "", b}, {"Bị bác", "/doi-soat/bao-cao?loai=denied", "", c}, {"Chờ trích xuất", "/doi-soat/bao-cao?loai=pending", "3 quá 14 ngày", d}, {"Ngoài báo cáo", "/doi-soat/bao-cao?loai=found", "", e}}
	}
	b := &Settling{Page: samplePage("/doi-soat", "Đối soát"), Units: []Choice{{"694", "Huyện Hớn Quản", true}}, Coverages: []Choice{{"cccd", "CCCD", false}, {"eid", "VNeID", false}}, Team: "1", TeamName: "Tổ ấp 1", AllHref: "/doi-soat",
		AsOf: "23/5/2024", By: "Đơn vị", Limit: "5 %", More: []Tab{{Title: "Việc cần giải trình", Href: "/doi-soat/viec"}}, Tabs: []Tab{{"Theo đơn vị", "/doi-soat", true}, {"Theo tổ", "/doi-soat?theo=to", false}},
		Stats: []Stat{{Label: "Đã báo cáo", Value: "1.204", Note: "không kể 31 báo cáo lặp, 2 đã rút lại", Href: "/doi-soat/bao-cao"}, {Label: "Bị bác", Value: "61", Note: "không tính là sai: 9", Kind: "bad", Href: "/doi-soat/bao-cao?loai=denied"}},
		Rows: []SettledRow{
			{Name: "Xã An Khương", Href: "/doi-soat?don_vi=25330", Cells: cells(320, 230, 40, 50, 7), Over: "14,8 %", Bounds: "11,1 % – 19,5 %", Interval: chart.Interval{What: "Báo cáo sai của Xã An Khương", Rate: .148, Low: .111, High: .195, Limit: .05, Top: .3}, Cases: "12", CasesHref: "/doi-soat/viec"},
			{Name: "Xã Thanh Bình", Cells: cells(20, 0, 0, 20, 0), Over: "–"},
			{Name: "Cộng", Cells: cells(340, 230, 40, 70, 7), Over: "14,8 %", Bounds: "11,1 % – 19,5 %", Sum: true}}}
	item := SettledItem{"Điểu Bé", "/dan-cu/1", "Sóc Ba Lung, Xã An Khương", "VNeID: đã kích hoạt", "12/5/2024", "Tổ ấp 1", "báo cáo bị bác", "bad", "Mức 2 đã phê duyệt, chưa kích hoạt", "bản trích xuất 20/5/2024, dòng 118", "/danh-sach/1", "chờ giải trình đến 24/5/2024", "/doi-soat/viec/1", "warn"}
	i := &SettledItems{Page: samplePage("/doi-soat", "Báo cáo bị bác"), Back: "/doi-soat", Rows: []SettledItem{item, {Name: "Thị Lới", PersonHref: "/dan-cu/2", Place: "Ấp 1", Claimed: "CCCD: đã được cấp", Day: "13/5/2024", Team: "Tổ ấp 1", Fate: "chờ trích xuất", Mood: "note"}}, Pager: Pager{Next: "?sau=1"}}
	q := &Cases{Page: samplePage("/doi-soat", "Giải trình sai lệch"), Units: []Choice{{"25330", "Xã An Khương", true}}, Tabs: []Tab{{"Chờ giải trình (12)", "?viec=tra-loi", true}, {"Chờ kết luận (3)", "?viec=ket-luan", false}}, Rows: []SettledItem{item}}
	c := &Case{Page: samplePage("/doi-soat", "Sai lệch: Điểu Bé"), Href: "/doi-soat/viec/1", Person: CaseLink{"Điểu Bé", "/dan-cu/1"}, State: "Chờ giải trình đến hết 24/5/2024", Mood: "warn",
		Facts:   []CaseFact{{"Công dân", "Điểu Bé", "/dan-cu/1"}, {"Tổ báo cáo", "VNeID: đã kích hoạt, ngày 12/5/2024", ""}, {"Theo", "bản trích xuất 20/5/2024, dòng 118", "/danh-sach/1"}},
		Moments: []Moment{{When: "20/5/2024 07:00", Title: "Bản trích xuất bác báo cáo", Text: "Tổ được hỏi, hạn giải trình đến hết 23/5/2024."}, {When: "21/5/2024 09:12", Title: "Giải trình: dữ liệu trích xuất chậm", Text: "Công dân mở tài khoản trên máy lúc 9 giờ.", By: "Lê Văn Thử", Level: "claimed"}},
		Photos:  []CaseLink{{"Ảnh 21/5/2024 09:12", "/doi-soat/viec/1/anh/1"}}, MayAnswer: true, MayDecide: true, MayOpen: true, Wait: "2024-05-23", Last: "2024-06-22", Next: []CaseLink{{"Sửa số trong hồ sơ", "/dan-cu/1"}}, WhyNot: "Bạn là người giải trình nên không tự kết luận; người khác sẽ kết luận.",
		Reasons: []CaseReason{{"extract_late", "Dữ liệu trích xuất chậm", "Không tính là báo cáo sai trong thời gian chờ.", true}, {"not_done", "Chưa làm", "Báo cáo bị rút lại và tính là báo cáo sai của tổ.", false}}}
	d := &SelfDeclared{Page: samplePage("/doi-soat", "Số đơn vị tự báo"), Units: []Choice{{"694", "Huyện Hớn Quản", true}}, Unit: "694", Day: "2024-05-23", MayWrite: true, Targets: []Choice{{"cccd", "CCCD", false}}, Writable: []Choice{{"25330", "Xã An Khương", true}},
		Rows:   []DeclaredRow{{"1", "Xã An Khương", "CCCD", "22/5/2024", "869/1.942 (55,7 %)", "869/1.942 là 44,7 %, không phải 55,7 %.", "tin nhắn lúc 17 giờ", "Phạm Công Hạnh", 801, 40, "báo nhiều hơn 68", "bad", true}},
		Totals: []TotalRow{{"Huyện Hớn Quản", "CCCD", "tự báo 1.900; cộng 1/13 đơn vị trực thuộc được 869", "note"}}}
	r := &SelfDeclared{Page: samplePage("/doi-soat", "Số đơn vị tự báo"), MayWrite: true, Pasted: "SIM: 6.389/35.001 (18,3 %)", Read: []ReadRow{{0, "SIM", "sim", []Choice{{"", "– bỏ qua –", false}, {"sim", "SIM + CKS", true}}, 6389, 35001, "18,3", ""}}}
	return []Screen{b, i, q, c, d, r}
}

func emptyReconcile() []Screen {
	none := Empty{Icon: "check", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Settling{Page: samplePage("/doi-soat", "Đối soát"), None: none}, &SettledItems{Page: samplePage("/doi-soat", "Tất cả báo cáo"), None: none}, &Cases{Page: samplePage("/doi-soat", "Giải trình"), None: none},
		&Case{Page: samplePage("/doi-soat", "Sai lệch")}, &SelfDeclared{Page: samplePage("/doi-soat", "Số tự báo"), None: none}}
}
