package web

func sampleLocalPlans() []Screen {
	district := &LocalPlans{Page: samplePage("/ke-hoach-xa", "Kế hoạch của các xã"), Stats: []Stat{{Label: "Đã ban hành", Value: "11", Note: "trên 13 xã, thị trấn"}},
		Sums: []LocalSum{{"VNeID", 54_321, 40_100, 14_300, 54_400, "+79", "good"}, {Title: "CCCD", District: 60_000, Issued: 60_000, Whole: 60_000, Mood: "good"}},
		Rows: []LocalRow{{"Xã An Khương", "/ke-hoach-xa/25330", "Đang thực hiện", "good", "bản 2, 22/4/2024", "08/4/2024 – 30/6/2024", []string{"Kích hoạt định danh điện tử +79"}}, {Title: "Xã Minh Đức", Href: "/ke-hoach-xa/25348", State: "Chưa có", Days: "08/4/2024 – 08/7/2024"}}}
	plan := func(draft bool) *LocalPlan {
		s := &LocalPlan{Page: samplePage("/ke-hoach-xa", "Kế hoạch của xã An Khương"), Unit: "Xã An Khương", State: "Bản 2 đang thực hiện", Mood: "good", File: "/ke-hoach-xa/25330/ban-2.yaml", Paper: "/van-ban/moi/ke-hoach", District: "/ke-hoach-xa", From: "2024-04-08", Until: "2024-07-08", Own: LocalDates{"2024-04-08", "2024-06-30", "22/5/2024", "08/4/2024", "30/6/2024"}, Draft: draft,
			Texts: []LocalText{{"title", "Tên kế hoạch", "Kế hoạch thực hiện đợt cao điểm “90 ngày, đêm – 4 phủ” trên địa bàn xã An Khương"}, {"signer", "Người ký", ""}}, Knots: []LocalKnot{{"2024-05-08", "08/5/2024", "40", "35 %"}, {"2024-06-30", "30/6/2024", "100", "92 %"}},
			Targets: []LocalTarget{{"eid", "VNeID", 5000, 1200, 4500, 4579, ""}, {"sim", "SIM + CKS", 5000, 900, 4500, 4400, "thấp hơn huyện giao"}}, Weekdays: []Choice{{"7", "Chủ nhật", true}}, Rest: "30/4/2024", Measures: []LocalMeasure{{Title: "Tuyên truyền", Text: "Phát thanh hằng ngày."}},
			Teams: []LocalTeam{{"Tổ công nghệ số cộng đồng ấp 1", "Ấp 1", 6, 25, []int64{12, 9}}}, TeamHeads: []string{"VNeID", "SIM + CKS"}, Outgrown: []string{"VNeID: xã đặt 4.400 người, huyện giao 4.500."},
			Versions: []LocalVersion{{"Bản 2", "Đang thực hiện", "good", "Bùi Xuân Hiền ban hành 08:00 ngày 22/4/2024", "bổ sung ngày nghỉ", "/ke-hoach-xa/25330/ban-2.yaml"}}}
		if draft {
			s.Save, s.Drop, s.Bring, s.Issue, s.Revision, s.Force, s.Correction = "/ke-hoach-xa/25330", "/ke-hoach-xa/25330/bo-ban-thao", "/ke-hoach-xa/25330/nhap", "/ke-hoach-xa/25330/ban-hanh", "3", "4", true
			s.Wrong, s.Changes = []string{"Lộ trình của xã ngày 08/5/2024 là 30 %, thấp hơn lộ trình của huyện (35 %)."}, []LocalChange{{"Lộ trình", "08/5/2024: 35 %", "08/5/2024: 40 %"}}
		} else {
			s.Make, s.Withdraw = "/ke-hoach-xa/25330/tao", "/ke-hoach-xa/25330/thu-hoi"
		}
		return s
	}
	return []Screen{district, plan(true), plan(false)}
}

func emptyLocalPlans() []Screen {
	none := Empty{Icon: "plan", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&LocalPlans{Page: samplePage("/ke-hoach-xa", "Kế hoạch của các xã"), None: none}, &LocalPlan{Page: samplePage("/ke-hoach-xa", "Kế hoạch của xã"), None: none, Make: "/ke-hoach-xa/25330/tao"}}
}
