package web

func sampleBudgets() []Screen {
	units := []Choice{{"694", "Huyện Hớn Quản", true}}
	norms := []Choice{{"", "Ngoài định mức", true}, {"ngay_cong", "Hỗ trợ thành viên tổ không hưởng lương: 100.000 đồng/ngày công", false}}
	list := &Budgets{Page: samplePage("/du-toan", "Kinh phí"), Stats: []Stat{{Label: "Đề xuất", Value: "1.234.500.000 đồng", Note: "đã gửi"}}, Words: "Một tỷ hai trăm ba mươi bốn triệu năm trăm nghìn đồng", Units: units, Offices: units, States: []Choice{{"", "Mọi tình trạng", true}}, Heads: []string{"Trang thiết bị", "Hỗ trợ lực lượng không hưởng lương"},
		Sums: []BudgetSum{{"UBND xã An Khương", "/du-toan?co_quan=1", []int64{21_000_000, 24_000_000}, 45_000_000, 40_000_000, 5_000_000, "12,5 %", false}, {Title: "Cộng", Groups: []int64{21_000_000, 24_000_000}, Proposed: 45_000_000, Granted: 40_000_000, Spent: 5_000_000, Share: "12,5 %", Total: true}},
		Rows: []BudgetRow{{"Kinh phí đợt cao điểm “90 ngày, đêm” của xã An Khương", "/du-toan/1", "UBND xã An Khương", "Chờ thẩm định", "warn", "gửi 20/5/2024", 45_000_000, 0, 0}}, New: "/du-toan/moi", Work: "/du-toan/cham-cong", File: "/du-toan/xlsx"}
	line := BudgetLine{ID: "1", Norm: "ngay_cong", Title: "Hỗ trợ thành viên tổ không hưởng lương", Per: "ngày công", Basis: "Mức của địa phương", Quantity: "12 × 20", Price: "100.000", Group: "Hỗ trợ lực lượng không hưởng lương", Asked: "240", Amount: 24_000_000, Granted: 20_000_000, Spent: 5_000_000, GrantedQuantity: "200", Why: "ngân sách còn ít", Recorded: true, Norms: norms}
	base := func() *BudgetSheet {
		return &BudgetSheet{Page: samplePage("/du-toan", "Kinh phí đợt cao điểm của xã An Khương"), Office: "UBND xã An Khương", State: "Đang soạn", Reason: "Hỗ trợ các tổ ấp.", Words: "Hai mươi tư triệu đồng", Proposed: 24_000_000, Groups: []BudgetGroup{{"Trang thiết bị", 21_000_000, 0}}, Lines: []BudgetLine{line}, Norms: norms, Revision: "2", Once: "1", PayOnce: "2", Today: "2024-05-23", File: "/du-toan/1/xlsx", Paper: "/du-toan/1/docx"}
	}
	edit, judge, pay := base(), base(), base()
	edit.Editing, edit.Save, edit.Send, edit.Drop = true, "/du-toan/1", "/du-toan/1/gui", "/du-toan/1/bo"
	edit.Lines = append(edit.Lines, BudgetLine{Norms: norms})
	judge.Approve, judge.Return, judge.Recall, judge.State, judge.Mood = "/du-toan/1/duyet", "/du-toan/1/tra-lai", "/du-toan/1/rut", "Chờ thẩm định", "warn"
	judge.Moments = []Moment{{When: "07:41 ngày 20/5/2024", Title: "Đã gửi", Text: "24.000.000 đồng", By: "Bùi Xuân Hiền"}}
	pay.Pay, pay.State, pay.Mood, pay.GrantedWords, pay.Granted, pay.Spent = "/du-toan/1/chi", "Đã duyệt", "good", "Hai mươi triệu đồng", 20_000_000, 5_000_000
	pay.Spends = []BudgetSpend{{"21/5/2024", line.Title, "PC-12", "Bùi Xuân Hiền", "", "/du-toan/1/huy-chi", "9", 5_000_000}, {"21/5/2024", line.Title, "PC-11", "Bùi Xuân Hiền", "ghi nhầm", "", "8", 1_000_000}}
	work := &WorkDays{Page: samplePage("/du-toan", "Chấm công"), Units: units, From: "2024-04-08", Until: "2024-05-23", Days: 240, Money: "240 × 100.000 đồng = 24.000.000 đồng", File: "/du-toan/cham-cong/xlsx",
		Rows: []WorkDayRow{{"Điểu Khôn", "Tổ trưởng", "Tổ công nghệ số cộng đồng sóc Ba Lung", "08/4/2024 – 22/5/2024", "/du-toan/cham-cong", "1", 31, 412, false}, {Name: "Phạm Công Hạnh", Team: "Tổ cấp xã", When: "08/4/2024 – 22/5/2024", Days: 30, Visits: 200, Paid: true}}}
	return []Screen{list, edit, judge, pay, work}
}

func emptyBudgets() []Screen {
	none := Empty{Icon: "folder", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Budgets{Page: samplePage("/du-toan", "Kinh phí"), None: none}, &BudgetSheet{Page: samplePage("/du-toan", "Lập đề xuất"), Editing: true, Save: "/du-toan/moi"}, &WorkDays{Page: samplePage("/du-toan", "Chấm công"), None: none}}
}
