package web

func sampleReports() []Screen {
	day := "&ngay=2024-05-08"
	c := &Calendar{Page: samplePage("/bao-cao", "Báo cáo"), Tabs: []Tab{{"Sơ kết, tổng kết", "/bao-cao", true}, {"Tuần", "/bao-cao?ky=tuan", false}}, Stats: []Stat{{Label: "Quá hạn, chưa nộp", Value: "2", Kind: "bad"}, {Label: "Phải nộp hôm nay", Value: "1", Kind: "warn"}},
		Columns: []CalendarColumn{{"Sơ kết đợt 1", "hạn 08/5/2024"}, {"Tổng kết", "hạn 07/7/2024"}}, Top: []CalendarRow{{"Huyện Hớn Quản", []CalendarCell{{"Sơ kết đợt 1", "Đang soạn", "note", "/bao-cao/soket1/694"}, {"Tổng kết", "Chưa đến hạn", "", "/bao-cao/tongket/694"}}}},
		Rows: []CalendarRow{{"Xã An Khương", []CalendarCell{{"Sơ kết đợt 1", "Đúng hạn", "good", "/bao-cao/soket1/25330"}, {"Tổng kết", "Chưa đến hạn", "", "/bao-cao/tongket/25330"}}}, {"Xã Minh Tâm", []CalendarCell{{"Sơ kết đợt 1", "Quá hạn", "bad", "/bao-cao/soket1/25349"}, {"Tổng kết", "Chưa đến hạn", "", "/bao-cao/tongket/25349"}}}}}
	r := &PeriodReport{Page: samplePage("/bao-cao", "Báo cáo sơ kết đợt 1"), State: "đang soạn", StateKind: "note", When: "Đang soạn", AsOf: "Số liệu đến hết ngày 08/5/2024, được chốt khi nộp.", Href: "/bao-cao/soket1/25330", MayWrite: true, MaySubmit: true, MayDecide: true, MayNote: true, Again: true, DraftHref: "/bao-cao/soket1/25330/du-thao",
		Figures:   []FigureRow{{Name: "Kích hoạt định danh điện tử", Clause: "IV.1.b", Goal: "4.815", Confirmed: "3.537", Rate: "73,5 %", In: "+412", Due: "3.900", Verified: "0", Claimed: "64", Denied: "3", People: "/dan-cu?don_vi=25330" + day, DeniedPeople: "/dan-cu?don_vi=25330" + day, Pace: Pace{true, -13}}},
		PartHeads: []string{"CCCD", "VNeID"}, Parts: []FigurePart{{"Ấp 1", "/don-vi/25330.01", []string{"98,1 %", "72,0 %"}}}, Claims: []Stat{{Label: "Tổ báo, bị bác", Value: "3", Kind: "bad", Href: "/doi-soat"}},
		Sections: []SectionBox{{ID: "strengths", Title: "Ưu điểm", Hint: "Việc làm được.", Text: "Các tổ đến từng nhà vào buổi tối.", Stuck: []string{"Sóng 4G, đường truyền: 7 vướng mắc, còn 2 chưa được trả lời"}, Base: "0000000000001", By: "Bùi Xuân Liên, 16:30 ngày 08/5/2024", Below: []BelowWords{{"Xã Tân Lợi", "Kích hoạt nhanh.", "/van-ban/7K3QP-XWA21"}}}},
		Versions: []VersionRow{{"Bản số 1", "Bùi Xuân Liên, 16:30 ngày 08/5/2024", "", "7K3QP-XWA21", "/van-ban/7K3QP-XWA21", "/van-ban/7K3QP-XWA21/docx", "/van-ban/7K3QP-XWA21/pdf"}}, Notes: []Moment{{When: "17:00 ngày 08/5/2024", Title: "Trả lại để hoàn chỉnh", Text: "Bổ sung nguyên nhân.", By: "Công an huyện"}},
		Drifts: []DriftRow{{"Ấp 1", "VNeID", "72", "74"}}}
	closed := *r
	closed.MayWrite, closed.DraftHref, closed.State = false, "", "đã nộp"
	p := &Papers{Page: samplePage("/van-ban", "Văn bản"), Forms: []PaperForm{{"Công văn đôn đốc", "Nêu đơn vị chậm lộ trình.", "V.2", "/van-ban/moi/cong-van"}}, Rows: []PaperRow{{"Báo cáo sơ kết đợt 1", "Xã An Khương", "7K3QP-XWA21", "/van-ban/7K3QP-XWA21", "Bùi Xuân Liên, 16:30 ngày 08/5/2024"}}, Pager: Pager{"", "", "/van-ban?truoc=2024"}}
	m := &MakePaper{Page: samplePage("/van-ban", "Giấy mời họp"), Href: "/van-ban/moi/giay-moi", About: "Mời các đơn vị dự họp.", Units: []Choice{{"694", "Huyện Hớn Quản", true}}, Boxes: []PaperBox{{Input{Name: "what", Label: "Nội dung họp", Type: "text", Must: true}, false}, {Input{Name: "guests", Label: "Thành phần", Problem: "Hãy điền “Thành phần”."}, true}}}
	d := &Paper{Page: samplePage("/van-ban", "Báo cáo sơ kết đợt 1"), Facts: []Fact{{"Mã tra cứu", "7K3QP-XWA21", ""}, {"Thay bản", "AAAAA-BBBBB", "/van-ban/AAAAA-BBBBB"}}, Docx: "/van-ban/7K3QP-XWA21/docx", Pdf: "/van-ban/7K3QP-XWA21/pdf", Xlsx: "/van-ban/7K3QP-XWA21/xlsx", Heads: []string{"CCCD", "VNeID"},
		Rows: []PaperFigures{{"Xã An Khương", []PaperCell{{"CCCD", "5.561/5.732", "97,0 %", "/van-ban/7K3QP-XWA21?don-vi=25330&chi-tieu=cccd#so"}, {"VNeID", "3.537/4.815", "73,5 %", "/van-ban/7K3QP-XWA21?don-vi=25330&chi-tieu=eid#so"}}, false}}, SHA: "6f1c0e",
		Chosen: &PaperFigure{"VNeID, Xã An Khương", "Số người thuộc diện được xác nhận.", "IV.1.b", "3.537/4.815 (73,5 %)", "Không đổi.", "/dan-cu", []FactNumber{{"Thuộc diện", "5.350", "/dan-cu"}, {"Lộ trình", "3.900", ""}}},
		Drifts: []DriftRow{{"Ấp 1", "VNeID", "72", "74"}}, Extracts: []PaperExtract{{"Danh sách dân cư", "an-khuong.xlsx", "10/4/2024", "7.900", "0a1b2c3d", "/danh-sach/0000000000001"}}}
	l := &Layouts{Page: samplePage("/van-ban", "Mẫu văn bản"), MayBring: true, Marks: "{{noi_dung}}", Kinds: []Choice{{"BC", "Báo cáo", false}}, Units: []Choice{{"694", "Huyện Hớn Quản", false}}, Rows: []LayoutRow{{"Báo cáo", "Huyện Hớn Quản", "mau-huyen.docx", "Trần Hữu Nghĩa", "/van-ban/mau/BC/694/bo"}}, Shipped: []Tab{{"Báo cáo", "/van-ban/mau/BC", false}}}
	return []Screen{c, r, &closed, p, m, d, l}
}

func emptyReports() []Screen {
	none := Empty{Icon: "folder", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Calendar{Page: samplePage("/bao-cao", "Báo cáo"), None: none}, &PeriodReport{Page: samplePage("/bao-cao", "Báo cáo")}, &Papers{Page: samplePage("/van-ban", "Văn bản"), None: none}, &MakePaper{Page: samplePage("/van-ban", "Văn bản")}, &Paper{Page: samplePage("/van-ban", "Văn bản"), Same: true}, &Layouts{Page: samplePage("/van-ban", "Mẫu văn bản"), None: none}}
}
