package web

func sampleTeamForm(what string) TeamForm {
	return TeamForm{Action: "/to-cong-tac", Do: "Lập tổ", What: what, Units: []Choice{{"25330", "Xã An Khương", true}}, Kinds: []Choice{{"hamlet", "Tổ ấp, sóc, khu phố", true}, {"volunteer", "Tổ tình nguyện", false}},
		Places: []Choice{{"school", "Trường học", false}}, Rest: []Choice{{"6", "Thứ bảy", true}, {"0", "Chủ nhật", false}}, Name: "Tổ ấp 1", Capacity: "25"}
}

func sampleTeams() []Screen {
	units := []Choice{{"25330", "Xã An Khương", true}}
	t := &Teams{Page: samplePage("/to-cong-tac", "Tổ công tác"), Units: units, Unit: "25330", Rows: []TeamRow{{"Tổ ấp 1", "/to-cong-tac/1", "Tổ ấp, sóc, khu phố", "Ấp 1, Xã An Khương", 5, 25, 210, 97}}, Stats: []Stat{{Label: "Tổ tình nguyện", Value: "41", Note: "lượt đến nhà, xong việc 20"}},
		Lacking: "2 xã, ấp, sóc, khu phố chưa có tổ của mình.", MayManage: true, Sheet: sampleTeamForm("new")}
	one := &Team{Page: samplePage("/to-cong-tac", "Tổ ấp 1"), Href: "/to-cong-tac/1", Facts: []CaseFact{{Name: "Loại tổ", Value: "Tổ ấp, sóc, khu phố"}, {Name: "Ngày làm việc", Value: "Nghỉ chủ nhật"}}, Stats: []Stat{{Label: "Được giao", Value: "312", Note: "người còn việc phải làm"}},
		Members: []MemberRow{{ID: "1", Name: "Điểu Minh", Role: "Tổ trưởng", Phone: "0912***678", People: 104, Others: []Choice{{"2", "Thị Lới", false}}}, {ID: "2", Name: "Thị Lới", Role: "Cộng tác viên nhà mạng", Phone: "0987654321", Shown: true}},
		Targets: []string{"VNeID"}, Days: []TeamDay{{"23/5/2024", []QuotaCell{{"VNeID", 21}}}}, MayManage: true, Sheet: sampleTeamForm("edit"), Today: "2024-05-23", Roles: []Choice{{"Tổ trưởng", "Tổ trưởng", false}}, List: "/viec/1", Sharing: "/phan-cong"}
	share := &Sharing{Page: samplePage("/phan-cong", "Phân công"), Units: units, Unit: "25330", Stats: []Stat{{Label: "Còn việc phải làm", Value: "2.310", Note: "người"}, {Label: "Chưa phân công", Value: "12", Note: "người", Kind: "warn"}},
		Places: []PlaceRow{{"Ấp 1, Xã An Khương", "/phan-cong?don_vi=25330.01", 312, 12}}, Teams: []ShareRow{{"Tổ ấp 1", "/to-cong-tac/1", "Ấp 1", "/viec/1", 300, 4, 10, 25, "12 ngày", []ShareMember{{"Điểu Minh", 145}, {"Thị Lới", 145}}}},
		MayDeal: true, Look: "điểu", Found: []FoundHome{{"1", "12", "Ấp 1, Xã An Khương", "Tổ ấp 1", []CaseLink{{"Điểu Bé 1980", "/dan-cu/1"}, {"Thị Lới 1984", "/dan-cu/2"}}, true}},
		Targets: []ChoiceGroup{{"Tổ ấp 1", []Choice{{"1", "Cả tổ Tổ ấp 1", false}, {"1.2", "Điểu Minh", false}}}}, Changes: []ChangeRow{{"07:41 ngày 22/5/2024", "Phạm Công Hạnh", "Tổ ấp 1", "Tổ cấp xã", "gia đình đề nghị", "3"}}}
	rounds := &Rounds{Page: samplePage("/cuon-chieu", "Cuốn chiếu"), Units: units, Stats: []Stat{{Label: "Đang làm", Value: "3", Note: "ấp, sóc, khu phố"}}, Rows: []HamletRow{{"Ấp 1, Xã An Khương", "/cuon-chieu/25330.01", "Đang làm", "note", "12/5/2024", "", 210, "", 102, "", "", true},
		{"Ấp 2, Xã An Khương", "/cuon-chieu/25330.02", "Đã khép, còn người", "warn", "02/5/2024", "11/5/2024", 301, "18", 12, "Còn người đi làm xa", "/cuon-chieu/25330.02/mo", true}}}
	round := &HamletRound{Page: samplePage("/cuon-chieu", "Ấp 1"), Action: "/cuon-chieu/25330.01", State: "Đang làm", Mood: "note", Facts: []CaseFact{{Name: "Mở ngày", Value: "12/5/2024"}}, MayClose: true, Unvisited: true,
		Left: []LeftRow{{1, "Điểu Bé", "/dan-cu/1", "1980", "12", "Cài và kích hoạt mức 1", "Đi vắng: đi làm xa"}}, Groups: []Stat{{Label: "Đi vắng", Value: "1"}}}
	return []Screen{t, one, share, rounds, round}
}

func emptyTeams() []Screen {
	none := Empty{Icon: "folder", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Teams{Page: samplePage("/to-cong-tac", "Tổ công tác"), None: none}, &Team{Page: samplePage("/to-cong-tac", "Tổ")}, &Sharing{Page: samplePage("/phan-cong", "Phân công"), None: none},
		&Rounds{Page: samplePage("/cuon-chieu", "Cuốn chiếu"), None: none}, &HamletRound{Page: samplePage("/cuon-chieu", "Ấp 1"), None: none}}
}
