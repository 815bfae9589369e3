package web

import "bonphu/web/chart"

func sampleInspection() []Screen {
	over := chart.Interval{What: "Tỷ lệ sai", Rate: .062, Low: .031, High: .109, Top: .25}
	l := &Inspections{Page: samplePage("/kiem-tra", "Kiểm tra"), MayPlan: true, Rows: []InspectionRow{
		{What: "CCCD: tổ báo cáo đã làm", Href: "/kiem-tra/1", Place: "Xã An Khương", Day: "20/5/2024 08:00", State: "Đang kiểm tra", Mood: "note", Sample: "138 trong 214 người", Done: "80/138", Share: "6,2 %", Bounds: "3,1 % – 10,9 %", Interval: over},
		{What: "Người được đưa ra ngoài diện tính", Href: "/kiem-tra/2", Place: "Huyện Hớn Quản", Day: "21/5/2024 08:00", State: "Đã lập, chưa rút mẫu", Mood: "warn"}}}
	p := &InspectionPlan{Page: samplePage("/kiem-tra", "Lập đợt kiểm tra"), Units: []Choice{{"25330", "Xã An Khương", true}}, Kinds: []Choice{{"claimed", "Người tổ báo cáo đã làm", true}, {"excluded", "Người được đưa ra ngoài diện tính", false}},
		Targets: []Choice{{"cccd", "CCCD", true}}, Conf: "95", Margin: "5", Expected: "50", Unit: "25330", Kind: "claimed", Target: "cccd", Size: "138", Told: "Cần kiểm tra 138 trong 214 người thuộc diện, chia cho 6 ấp, sóc theo tỷ lệ.", MayMake: true}
	s := &InspectionSheet{Page: samplePage("/kiem-tra", "CCCD: tổ báo cáo đã làm"), Href: "/kiem-tra/1", State: "Đang kiểm tra", Mood: "note", Drawn: true, MayClose: true, MayRecord: true, MayList: true, Interval: over,
		Stages: []Stage{{"Công bố số hạt giống", "done"}, {"Chốt danh sách, rút mẫu", "done"}, {"Kiểm tra tận nơi", "now"}, {"Kết thúc", ""}}, Stats: []Stat{{Label: "Mẫu", Value: "138", Note: "trong 214 người thuộc diện"}, {Label: "Sai", Value: "5", Kind: "bad"}},
		Words: []string{"Ước lượng 6,2 % là sai; với độ tin cậy 95,0 %, tỷ lệ thật nằm trong khoảng 3,1 % đến 10,9 %."}, Facts: []CaseFact{{"Số hạt giống", "3f9a0c5512de77b1", ""}, {"SHA-256 của danh sách", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", ""}},
		Proof: "Đã rút lại từ số hạt giống và danh sách đã chốt: khớp cả 138 người.", ProofMood: "good", Strata: []StratumRow{{"Sóc Ba Lung", "/kiem-tra/1/phieu?ap=25330.01", 60, 40, 30, 3, 2, 5, "9,1 %", "1,9 % – 24,3 %"}, {Name: "Ấp 2", Frame: 4, Sample: 3, Left: 3}}}
	d := &InspectionSheet{Page: samplePage("/kiem-tra", "Người được đưa ra ngoài diện tính"), Href: "/kiem-tra/2", State: "Đã lập, chưa rút mẫu", Mood: "warn", MayDraw: true, Facts: []CaseFact{{"Số hạt giống", "kết quả xổ số ngày 21/5", ""}}}
	answers := []Choice{{Value: "true", Title: "Đúng"}, {Value: "false", Title: "Sai"}, {Value: "absent", Title: "Không gặp"}, {Value: "refused", Title: "Từ chối"}}
	f := &InspectionList{Page: samplePage("/kiem-tra", "Phiếu kiểm tra"), Href: "/kiem-tra/1/phieu", Sheet: "/kiem-tra/1", MayRecord: true, Answers: answers, Asks: "Đúng: nhìn thấy tận mắt “đã được cấp”. Sai: chưa đạt như vậy.", Places: []Choice{{"25330.01", "Sóc Ba Lung, Xã An Khương", true}},
		Rows: []FieldRow{{N: 1, ID: "a", Press: "p1", Name: "Điểu Bé", Href: "/dan-cu/1", Birth: "12/3/1988", Number: "070•••••1234", Home: "tổ 3", Place: "Sóc Ba Lung, Xã An Khương"},
			{N: 2, ID: "b", Press: "p2", Name: "Thị Lới", Href: "/dan-cu/2", Birth: "1/1/1970", Place: "Ấp 2, Xã An Khương", Result: "Sai", Mood: "bad", Again: true, EndFact: "/dan-cu/2", Moments: []Moment{{When: "22/5/2024 09:10", Title: "Sai", Text: "gặp tại nhà", By: "Trần Văn Thử"}}, Photos: []CaseLink{{"Ảnh 22/5/2024 09:10", "/kiem-tra/1/anh/1"}}}}}
	return []Screen{l, p, s, d, f}
}

func emptyInspection() []Screen {
	none := Empty{Icon: "check", Title: "Chưa có đợt kiểm tra nào", Text: "Chưa có gì ở đây.", Href: "/kiem-tra/moi", Do: "Lập đợt kiểm tra"}
	return []Screen{&Inspections{Page: samplePage("/kiem-tra", "Kiểm tra"), None: none}, &InspectionPlan{Page: samplePage("/kiem-tra", "Lập đợt kiểm tra"), Told: "Hiện chưa có ai thuộc diện."},
		&InspectionSheet{Page: samplePage("/kiem-tra", "Kiểm tra")}, &InspectionList{Page: samplePage("/kiem-tra", "Phiếu kiểm tra"), None: none}}
}
