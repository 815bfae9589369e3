package web

func sampleFollowed() *FollowedCard {
	return &FollowedCard{Enough: true, Rows: []FollowedRow{{"Ấp có hoạt động", "31", "58", "+27", 4}, {"Ấp không có hoạt động nào trong hai tuần đó", "210", "236", "+26", 38}}, Sentence: "So với các ấp không có hoạt động, mức tăng ở ấp có hoạt động nhiều hơn 6,2 lượt kích hoạt trên 1.000 người trưởng thành.", Caution: "Đây là diễn biến sau hoạt động, không chứng minh hoạt động là nguyên nhân."}
}

func sampleOutreach() []Screen {
	units := []Choice{{"25330", "Xã An Khương", true}}
	channels := []Choice{{"", "Mọi kênh", true}, {"loa", "Loa truyền thanh", false}}
	people := []Choice{{"tat_ca", "Mọi người dân", true}}
	tongues := []Choice{{"", "Tiếng Việt", true}, {"stieng", "Tiếng S’tiêng", false}}
	row := OutreachRow{Title: "Họp ấp, sóc, khu phố", Href: "/tuyen-truyen/1", Audience: "Mọi người dân, tiếng S’tiêng", Place: "Ấp 1, Xã An Khương", Office: "UBND xã An Khương", When: "19:00 22/5/2024", State: "Đã làm", Mood: "good", Reach: "62 (đếm)", Cost: "250.000 đồng", Photos: "2 ảnh"}
	late := OutreachRow{Title: "Băng rôn", Href: "/tuyen-truyen/2", Audience: "Công nhân", Place: "Cả xã An Khương", Office: "Phòng Văn hóa và Thông tin", When: "20/5/2024", State: "Quá ngày, chưa ghi kết quả", Mood: "bad"}
	views := []Tab{{"Danh sách", "/tuyen-truyen", true}, {"Lịch tuần", "/tuyen-truyen?xem=tuan", false}}
	list := func(view string) *Outreach {
		return &Outreach{Page: samplePage("/tuyen-truyen", "Tuyên truyền"), Views: views, View: view, Units: units, Channels: channels, Audiences: people, Languages: tongues, Offices: []Choice{{"", "Mọi cơ quan", true}}, States: []Choice{{"", "Mọi tình trạng", true}}, Weeks: []Choice{{"7", "Tuần 7 (20/5 – 26/5)", true}},
			Stats: []Stat{{Label: "Đã làm", Value: "128", Note: "hoạt động"}}, Rows: []OutreachRow{row, late}, Follow: sampleFollowed(), MayWrite: true, New: "/tuyen-truyen/moi", Back: "/tuyen-truyen?tuan=6", Next: "/tuyen-truyen?tuan=8",
			Days: []string{"Thứ hai 20/5", "Thứ ba 21/5"}, Lines: []OutreachLine{{"Loa truyền thanh", []OutreachDay{{"Thứ hai 20/5", []OutreachRow{row}}, {"Thứ ba 21/5", nil}}}}}
	}
	form := func(done bool) *OutreachForm {
		return &OutreachForm{Page: samplePage("/tuyen-truyen", "Ghi hoạt động đã làm"), Views: views, Done: done, Units: units, Unit: "25330", Places: []Choice{{"25330", "Cả xã An Khương", true}, {"25330.01", "Ấp 1", false}}, Channels: channels[1:], Audiences: people, Languages: tongues, Content: []Choice{{"", "Không dùng nội dung trong thư viện", true}}, Counts: []Term{{"Loa truyền thanh", "số dân của ấp trong tầm loa"}}, Day: "2024-05-22", Once: "1"}
	}
	sheet := &OutreachSheet{Page: samplePage("/tuyen-truyen", "Họp ấp, sóc, khu phố"), Channel: "Họp ấp", Count: "số người dự, theo biên bản", Audience: "Mọi người dân", Language: "Tiếng S’tiêng", Office: "UBND xã An Khương", By: "Điểu Minh", When: "19:00 22/5/2024", State: "Đã làm", Mood: "good", Reach: "62 (đếm)", Cost: "250.000 đồng", Note: "Bà con hỏi về mã hết hạn.", Reason: "Trời mưa.", Places: []string{"Ấp 1, Xã An Khương", "Ấp 2, Xã An Khương"},
		Content: "Bài loa, bản 1", ContentHref: "/noi-dung/1?ban=1", Photos: []OutreachPhoto{{"/tuyen-truyen/1/anh/2", "/tuyen-truyen/1/anh/2/bo"}}, Day: "2024-05-22", Did: "/tuyen-truyen/1/ket-qua", Cancel: "/tuyen-truyen/1/huy", Undo: "/tuyen-truyen/1/lui", MayPhoto: true, Series: true, Follow: sampleFollowed()}
	cells := []GridCell{{"Tuần 1", "–", "none", "Ấp 1, tuần 1: chưa có hoạt động nào", "/tuyen-truyen?tuan=1"}, {"Tuần 2", "2", "own", "Ấp 1, tuần 2", "/tuyen-truyen?tuan=2"}}
	grid := &OutreachGrid{Page: samplePage("/tuyen-truyen", "Ấp × tuần"), Units: units, Channels: channels, Audiences: people, Languages: tongues, Stats: []Stat{{Label: "Chưa có hoạt động nào", Value: "3", Kind: "bad"}}, Weeks: []GridWeek{{"Tuần 1", "8/4–14/4"}, {"Tuần 2", "15/4–21/4"}}, Rows: []GridRow{{"Ấp 1", "Xã An Khương", "/tuyen-truyen?don_vi=25330.01", "9 ngày trước", "bad", cells}},
		Tiles: []TileGroup{{"Xã An Khương", []GridCell{{"", "1", "never", "Ấp 1: chưa lần nào", "/tuyen-truyen?don_vi=25330.01"}}}}, Sheet: "/tuyen-truyen/ap/xlsx"}
	drawn := *grid
	drawn.Tiles, drawn.Map = nil, `<svg class="reach-map" viewBox="0 0 10 10" role="img" aria-label="Bản đồ"><circle class="never" cx="5" cy="5" r="4"></circle></svg>`
	lib := &Library{Page: samplePage("/noi-dung", "Thư viện nội dung"), Text: "vneid", Kinds: channels, Languages: tongues, States: channels, Stats: []Stat{{Label: "Chờ duyệt", Value: "2"}}, MayWrite: true, Seeds: 10,
		Rows: []ContentRow{{"Cài ứng dụng VNeID trên điện thoại", "/noi-dung/1", "Hướng dẫn VNeID", "Tiếng Việt", "Bản của chương trình", "Chờ duyệt", "warn", "đang dùng bản 1", 14, 52}}}
	write := &ContentForm{Page: samplePage("/noi-dung", "Viết nội dung"), Kinds: channels, Languages: tongues, Name: "Bài loa tuần 7", Text: "Kính thưa bà con!", Action: "/noi-dung/moi", Once: "1", File: "anh.jpg", Fresh: true}
	content := &ContentSheet{Page: samplePage("/noi-dung", "Bài loa tuần 7"), Text: "Kính thưa bà con!\n\nTối nay họp.", Kind: "Bài loa", Language: "Tiếng Việt", Office: "Phòng Văn hóa và Thông tin", State: "Chờ duyệt", Mood: "warn", Shown: "Bản 2, Lê Thu viết lúc 08:00 20/05/2024", File: "anh.jpg", FileHref: "/noi-dung/1/tep/2", Uses: 4, Copies: 12, UsesHref: "/tuyen-truyen?noi_dung=1",
		Versions: []ContentVersion{{2, "Chờ duyệt", "warn", "Lê Thu, 08:00 20/05/2024", "", "", "/noi-dung/1?ban=2", true}, {1, "Đã duyệt", "good", "Lê Thu, 08:00 10/05/2024", "Trần Bình, 09:00 10/05/2024", "Thêm giờ họp.", "/noi-dung/1?ban=1", false}}, Edit: "/noi-dung/1/sua", Submit: "/noi-dung/1/gui-duyet", Decide: "/noi-dung/1/duyet", TakeOut: "/noi-dung/1/rut", Use: "/noi-dung/1/dung", Activity: "/tuyen-truyen/moi?content=1", Waits: "Đang chờ người có quyền duyệt."}
	print := &ContentPrint{Page: samplePage("/noi-dung", "Bài loa tuần 7"), Text: "Kính thưa bà con!", Kind: "Bài loa", Stamp: "Bản 1, duyệt lúc 09:00 10/05/2024", Back: "/noi-dung/1"}
	return []Screen{list("danh-sach"), list("tuan"), form(false), form(true), sheet, grid, &drawn, lib, write, content, print}
}

func emptyOutreach() []Screen {
	none := Empty{Icon: "check", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Outreach{Page: samplePage("/tuyen-truyen", "Tuyên truyền"), None: none}, &Outreach{Page: samplePage("/tuyen-truyen", "Tuyên truyền"), View: "tuan", None: none}, &OutreachForm{Page: samplePage("/tuyen-truyen", "Lên lịch tuyên truyền")}, &OutreachSheet{Page: samplePage("/tuyen-truyen", "Băng rôn"), Follow: &FollowedCard{Sentence: "Chưa đủ để so sánh.", Caution: "Không chứng minh nguyên nhân."}},
		&OutreachGrid{Page: samplePage("/tuyen-truyen", "Ấp × tuần"), None: none}, &Library{Page: samplePage("/noi-dung", "Thư viện nội dung"), None: none}, &ContentForm{Page: samplePage("/noi-dung", "Sửa nội dung")}, &ContentSheet{Page: samplePage("/noi-dung", "Nội dung")}, &ContentPrint{Page: samplePage("/noi-dung", "Bản in")}}
}
