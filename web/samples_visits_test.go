package web

func sampleVisits() []Screen {
	steps := []WorkStep{{"Đăng ký SIM chính chủ kèm chữ ký số", false}, {"Hướng dẫn kích hoạt tại nhà: chưa có SIM chính chủ, mã kích hoạt không về được máy", true}}
	row := WorkRow{N: 1, Name: "Điểu Bé", Href: "/dan-cu/1", Birth: "13/02/1984", Number: "070•••••4127", Address: "Tổ 2", Why: "Hẹn hôm nay buổi tối", Mood: "good", Last: "20/5/2024: hẹn quay lại (đang bận việc), 2 lần", Lang: "S’tiêng", Orders: "máy 4G ưu đãi", Steps: steps}
	other := WorkRow{N: 2, Name: "Thị Lới", Href: "/dan-cu/2", Birth: "1960", Why: "Chưa đến lần nào", Mood: "note", Steps: steps[:1]}
	l := &WorkList{Page: samplePage("/viec", "Đi từng nhà"), Units: []Choice{{"25330", "Xã An Khương", true}}, Teams: []Choice{{"1", "Tổ ấp 1", true}}, Members: []Choice{{"2", "Điểu Minh", false}}, Segments: []Choice{{"no_card", "Chưa được cấp CCCD", false}},
		Parts: []Choice{{"evening", "Buổi tối", false}}, Langs: []Choice{{"stieng", "S’tiêng", false}}, Hidden: []Hidden{{"don_vi", "25330"}}, Tabs: []Tab{{"Nên đến lúc này", "/viec", true}, {"Mọi người còn việc", "/viec?ca=1", false}},
		Stats: []Stat{{Label: "Còn việc", Value: "2.140", Note: "không kể việc tổ đã báo xong"}, {Label: "Quá hẹn", Value: "31", Kind: "warn"}},
		Told:  "214 người cần đến; 31 người chưa nên đến lúc này.", Homes: []WorkHome{{"Điểu Bé", "Sóc Ba Lung", []WorkRow{row, other}}, {"", "", []WorkRow{other}}}, Day: "2024-05-23", MayEnter: true, MoreHref: "/viec?so=het",
		Sheets: []WorkPrinted{{"Tổ ấp 1", "/phieu/ABC234", "ABC234 · đi ngày 22/5/2024 · đã nhập 12/40", "warn"}}}
	pick := &WorkList{Page: samplePage("/viec", "Đi từng nhà"), Places: []WorkPlace{{"Xã An Khương", "/viec?don_vi=25330", 2140, 1800, 1500, 12, 31, 9}}}
	s := &WorkSheet{Page: samplePage("/viec", "Danh sách in ABC 234"), Code: "ABC234", Shown: "ABC 234", Team: "Tổ ấp 1", Day: "23/5/2024", By: "Phạm Công Hạnh", Entry: "/phieu/ABC234", Sheet: "/phieu/ABC234/xlsx", Results: []string{"1 Đã làm xong", "2 Hẹn quay lại"}, People: 2,
		Homes: []WorkSheetHome{{"Hộ Điểu Bé · Sóc Ba Lung", []WorkSheetRow{{row, []string{"VNeID", "SIM + CKS"}, []string{"đăng ký SIM chính chủ"}}, {other, nil, nil}}}}}
	results := []Choice{{"done", "1 Đã làm xong", false}, {"promised", "2 Hẹn quay lại", true}}
	reasons := []ChoiceGroup{{"Hẹn quay lại", []Choice{{"busy", "Đang bận việc", true}}}}
	e := &WorkEntry{Page: samplePage("/viec", "Nhập kết quả ABC 234"), Href: "/phieu/ABC234", Paper: "/phieu/ABC234/in", Shown: "ABC 234", Day: "2024-05-23", Last: "2024-05-23", Members: []Choice{{"2", "Điểu Minh", true}}, Done: 1, Left: 1, MayEnter: true,
		Rows: []EntryRow{{N: 1, Name: "Điểu Bé", Href: "/dan-cu/1", Birth: "13/02/1984", Home: "Điểu Bé", Problem: "Hãy chọn ngày hẹn quay lại.", Results: results, Reasons: reasons, Parts: []Choice{{"evening", "Buổi tối", true}}, Ticks: []Choice{{"eid", "VNeID", true}}, Orders: []Choice{{"sim", "đăng ký SIM chính chủ", false}}, Note: "gọi trước"},
			{N: 2, Name: "Thị Lới", Href: "/dan-cu/2", Birth: "1960", Saved: "Đã làm xong; VNeID: đã kích hoạt", Mood: "good", Doubts: []string{"chưa có SIM chính chủ, mã kích hoạt không về được máy"}, Changed: "phiếu đã hủy: ghi nhầm người"}, {N: 3, Gone: true}}}
	read := &WorkEntry{Page: samplePage("/viec", "Nhập kết quả ABC 234"), Rows: []EntryRow{{N: 1, Name: "Điểu Bé"}}}
	return []Screen{l, pick, s, e, read}
}

func emptyVisits() []Screen {
	none := Empty{Icon: "check", Title: "Không còn ai cần đến lúc này", Text: "Bỏ bớt điều kiện lọc."}
	return []Screen{&WorkList{Page: samplePage("/viec", "Đi từng nhà"), None: none, Told: "0 người cần đến."}, &WorkSheet{Page: samplePage("/viec", "Danh sách in")}, &WorkEntry{Page: samplePage("/viec", "Nhập kết quả")}}
}

func samplePersonVisits() PersonVisits {
	return PersonVisits{Shown: true, May: true, Lead: "Hẹn hôm nay buổi tối", Mood: "good", Whose: "Tổ ấp 1, Điểu Minh", Hands: []ChangeRow{{"07:41 ngày 22/5/2024", "Phạm Công Hạnh", "Tổ ấp 1", "Tổ cấp xã", "gia đình đề nghị", "1"}}, Steps: []WorkStep{{"Đăng ký SIM chính chủ kèm chữ ký số", false}, {"Hướng dẫn kích hoạt tại nhà: chưa có SIM chính chủ", true}}, ID: "0000000000007", Day: "2024-05-23", Last: "2024-05-23",
		Moments: []Moment{{When: "20/5/2024 09:10", Title: "Hẹn quay lại (đang bận việc), hẹn 23/5/2024", By: "Tổ ấp 1"}, {When: "18/5/2024 09:10", Title: "Từ chối", Void: "ghi nhầm người"}}, Voids: []Choice{{"0000000000008", "20/5/2024 · Hẹn quay lại", false}},
		Photos: []CaseLink{{"Ảnh 20/5/2024 09:12", "/dan-cu/1/anh/1"}}, Helpers: []Choice{{"2", "Điểu Minh", false}},
		Teams: []Choice{{"1", "Tổ ấp 1", true}}, Results: []Choice{{"done", "Đã làm xong", false}}, Parts: []Choice{{"evening", "Buổi tối", false}}, Langs: []Choice{{"stieng", "S’tiêng", false}}, Reasons: []ChoiceGroup{{"Từ chối", []Choice{{"fear", "Lo lộ thông tin cá nhân", false}}}},
		Ladders: []VisitLadder{{"cov_eid", "VNeID", []Choice{{"active", "Đã kích hoạt", false}}}}}
}
