package web

func sampleEmulation() []Screen {
	reasons := []RankReason{{"Chưa nộp báo cáo sơ kết đợt 1", "IV.2.b", "/bao-cao", "Lịch báo cáo", true}, {"Số báo bị bác 7/4.526 (0,2 %)", "IV.2.b", "/doi-soat?don_vi=25330", "Từng trường hợp bị bác", false}}
	row := RankRow{Rank: "2 (đồng hạng)", Name: "Xã An Khương", Href: "/thi-dua/1/don-vi/25330", Points: "73,51 %", Class: "Không xét", Kind: "bad", Targets: []RankTarget{{"VNeID", "73,5 %", "3.537 / 4.815", "/dan-cu"}}, Reports: "9/10, 1 muộn", Claims: "7/4.526 (0,2 %)", Found: "–", Reasons: reasons, Before: "Tốt"}
	contest := ContestRow{Ref: "0000000000001", Name: "Xã An Khương", Href: "/thi-dua/1/don-vi/25330", Text: "Báo cáo đã gửi bản giấy.", By: "Bùi Xuân Liên", When: "10/5/2024", MayDecide: true, Classes: []Choice{{"good", "Tốt", false}}}
	done := contest
	done.MayDecide, done.Outcome, done.Before, done.After, done.Why, done.DecidedBy = false, "Thay đổi kết quả", "Không xét", "Tốt", "Có biên nhận.", "Chủ tịch, 12/5/2024"
	ranks := &EmulationRanks{Page: samplePage("/thi-dua", "Thi đua"), Tabs: []Tab{{"Xã, thị trấn", "/thi-dua", true}}, Tier: "commune", Day: "2024-05-23", Rule: "Xuất sắc từ 100 %.", Lacking: "Chưa có danh sách cán bộ.", Stats: []Stat{{Label: "Không xét", Value: "2", Kind: "bad"}}, Rows: []RankRow{row}, Rounds: []RoundRow{{"Xã, ngày 08/5/2024", "/thi-dua/1", "công bố", "note", "09/5/2024", "sơ kết"}}, MayOpen: true, Duty: "/thi-dua/trach-nhiem"}
	round := &EmulationRound{Page: samplePage("/thi-dua", "Xã, thị trấn, 08/5/2024"), Href: "/thi-dua/1", Stages: []Stage{{"Dự kiến", "done"}, {"Công bố", "now"}, {"Kết thúc", ""}}, Facts: []string{"Nhận ý kiến đến hết ngày 14/5/2024."}, Rule: "Xuất sắc từ 100 %.", Rows: []RankRow{row}, Contests: []ContestRow{contest, done}, Proposals: []ProposalRow{{"0000000000001", "Tập thể", "Xã Tân Khai", "", "Xã Tân Khai", "Đạt 101 %", "Phòng Nội vụ"}}, Papers: []Choice{{"to-trinh", "Tờ trình", false}}, WhatIf: "/thi-dua/1/thu", MayPublish: true, MayClose: true, MayPropose: true, Units: []Choice{{"25357", "Thị trấn Tân Khai", false}}}
	verdict := &EmulationVerdict{Page: samplePage("/thi-dua", "Xã An Khương"), Href: "/thi-dua/1/don-vi/25330", Row: row, Rank: "2", Stats: []Stat{{Label: "Điểm", Value: "73,51 %"}}, Contests: []ContestRow{done}, MayContest: true, Until: "14/5/2024", WhatIf: "/thi-dua/1/thu"}
	try := &EmulationWhatIf{Page: samplePage("/thi-dua", "Nếu quyết định khác đi"), Units: []Choice{{"25330", "Xã An Khương", true}}, Targets: []Choice{{"eid", "VNeID", false}}, Boxes: []Input{{Name: "bac", Label: "Số báo bị bác được bỏ qua", Type: "number"}}, Rows: []WhatIfRow{{"Xã An Khương", "–", "3", "Không xét", "Tốt", "Đủ báo cáo.", true}}, Asked: true, Text: "1 đơn vị đổi."}
	duty := &EmulationDuty{Page: samplePage("/thi-dua", "Trách nhiệm"), Tabs: []Tab{{"Xã, thị trấn", "/thi-dua/trach-nhiem", true}}, Rows: []DutyRow{{Name: "Xã An Khương", Code: "25330", Href: "/don-vi/25330", Points: "73,51 %", Gaps: []RankTarget{{"VNeID", "thiếu 1.278", "3.537 / 4.815, chậm 13 ngày", "/dan-cu"}}, Causes: []string{"Nhiều hộ đi làm xa."}, Own: []Moment{{When: "10/5/2024", Title: "Sóng yếu.", By: "Chủ tịch xã"}}, Handled: []Moment{{When: "12/5/2024", Title: "Nhắc nhở", Text: "Chậm lần đầu."}}, Handling: "Nhắc nhở", MayExplain: true, MayHandle: true, Handlings: []Choice{{"remind", "Nhắc nhở", true}}}}}
	return []Screen{ranks, round, verdict, try, duty}
}

func emptyEmulation() []Screen {
	none := Empty{Icon: "flag", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&EmulationRanks{Page: samplePage("/thi-dua", "Thi đua"), None: none}, &EmulationRound{Page: samplePage("/thi-dua", "Đợt xét")}, &EmulationVerdict{Page: samplePage("/thi-dua", "Đơn vị")}, &EmulationWhatIf{Page: samplePage("/thi-dua", "Thử")}, &EmulationDuty{Page: samplePage("/thi-dua", "Trách nhiệm"), None: none}}
}
