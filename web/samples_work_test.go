package web

func sampleWork() []Screen {
	q := &Quotas{Page: samplePage("/giao-chi-tieu", "Chỉ tiêu ngày 23/5/2024"), Units: []Choice{{"25330", "Xã An Khương", true}}, Unit: "25330", Day: "2024-05-23", Before: "?ngay=2024-05-22", After: "?ngay=2024-05-24", Sheet: "/giao-chi-tieu/xlsx",
		Targets: []string{"CCCD", "VNeID"}, Rows: []QuotaRow{{"Tổ ấp 1", "Ấp 1", []QuotaCell{{"CCCD", 3}, {"VNeID", 21}}, 25, false, false}, {"Tổ cấp xã", "Ấp 1, Ấp 2", []QuotaCell{{"CCCD", 12}, {"VNeID", 71}}, 60, true, true}},
		Sums: []QuotaCell{{"CCCD", 15}, {"VNeID", 92}}, MayShift: true, TargetChoices: []Choice{{"eid", "VNeID", false}}, Teams: []Choice{{"1", "Tổ ấp 1", false}, {"2", "Tổ cấp xã", false}}}
	a := &Accounts{Page: samplePage("/tai-khoan", "Tài khoản"), Secret: "abcd-efgh-jkmn-pqrs", MayManage: true, Roles: []Choice{{"member", "Thành viên tổ", false}}, Units: []Choice{{"25330", "Xã An Khương", false}}, Offices: []Choice{{"", "Theo vai trò", true}, {"1", "Công an xã An Khương", false}},
		Rows: []AccountRow{{"ca.an-khuong", "Phạm Công Hạnh", "/tai-khoan/1", "UBND xã An Khương", []string{"Công an xã, Xã An Khương"}, []Mark{{"chưa đổi mật khẩu", "warn"}}, true, false}}}
	r := &Trail{Page: samplePage("/nhat-ky", "Nhật ký"), Verbs: []Choice{{"people.reveal", "xem đầy đủ số", false}}, Rows: []TrailRow{{"07:41 ngày 22/5/2024", "Phạm Công Hạnh", "xem đầy đủ số định danh", "Xã An Khương", "công dân", "/dan-cu/1", "number", "10.1.2.3"}}, Pager: Pager{"100 dòng", "", "?truoc=1"}}
	w := &Waiting{Page: samplePage("/cho-duyet", "Tình trạng chờ duyệt"), Rows: []AskedRow{{"Điểu Bé", "/dan-cu/1", "Sóc Ba Lung, Xã An Khương", "Xuất cảnh đi nước ngoài", "01/5/2024", "giấy báo của gia đình", "/cho-duyet/1", false}, {"Thị Lới", "/dan-cu/2", "Ấp 1", "Đã chết", "02/5/2024", "giấy chứng tử", "/cho-duyet/2", true}}}
	try := &WhatIf{Page: samplePage("/giao-chi-tieu", "Thử chia lại chỉ tiêu"), Until: "2024-06-30", Note: "Ngày 23/5/2024: giao 2174 lượt cho 115 tổ.", Overloads: []string{"VNeID: Tổ ấp 1 vượt sức 12 người từ ngày 01/7/2024."}, Changes: []QuotaChange{{"Tổ ấp 1, Xã An Khương", "VNeID", 21, 25}}, MaySave: true}
	return []Screen{q, a, r, w, try}
}

func emptyWork() []Screen {
	none := Empty{Icon: "folder", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Quotas{Page: samplePage("/giao-chi-tieu", "Chỉ tiêu"), None: none},
		&Accounts{Page: samplePage("/tai-khoan", "Tài khoản"), None: none}, &Trail{Page: samplePage("/nhat-ky", "Nhật ký"), None: none}, &Waiting{Page: samplePage("/cho-duyet", "Chờ duyệt"), None: none}, &WhatIf{Page: samplePage("/giao-chi-tieu", "Thử")}}
}
