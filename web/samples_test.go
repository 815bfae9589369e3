package web

import (
	"net/url"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/web/chart"
)

// The samples stand for a district in mid-campaign; every name in them is made up.

const sampleStart = clock.Day("2024-04-08")

func samplePage(area, title string) Page {
	return Page{
		Title: title, Area: area, Path: area, Nav: navigation,
		Campaign: Campaign{Title: "90 ngày, đêm · 4 phủ", Place: "Huyện Hớn Quản, tỉnh Bình Phước", Day: 46, Days: 92, Today: sampleStart.Add(45),
			Aims: []Aim{{"Thẻ căn cước", "100 % người đủ điều kiện"}, {"Định danh điện tử", "kích hoạt và dùng được"}, {"SIM chính chủ", "kèm chữ ký số"}, {"Điện thoại 4G", "thay máy 2G tắt sóng"}}},
		User: &User{Name: "Trần Thị Thu Hà", Role: "Lãnh đạo UBND huyện · Huyện Hớn Quản"},
	}
}

func sampleBar(target, eligible, confirmed int64) chart.Progress {
	return chart.Progress{Target: target, Eligible: eligible, Expected: target * 58 / 100, Confirmed: confirmed, Verified: confirmed * 2 / 100, Claimed: min(confirmed*13/100, eligible-confirmed)}
}

func sampleTargets() []Target {
	return []Target{
		{Name: "Thẻ căn cước", Clause: "IV.1.a", Href: "/?phu=cccd", People: "/dan-cu?thieu=cccd", Bar: sampleBar(85731, 85731, 61204), Pace: Pace{true, 9}},
		{Name: "Định danh điện tử", Clause: "IV.1.b", Href: "/?phu=eid", People: "/dan-cu?thieu=eid", Bar: sampleBar(66420, 73800, 35112), Pace: Pace{true, -3}},
		{Name: "SIM chính chủ, chữ ký số", Clause: "IV.1.b", Href: "/?phu=sim", People: "/dan-cu?thieu=sim", Bar: sampleBar(66420, 73800, 12155), Pace: Pace{true, -14}},
		{Name: "Điện thoại 4G", Clause: "IV.1.b", Href: "/?phu=4g", Bar: sampleBar(66420, 73800, 38920), Pace: Pace{true, 0}},
	}
}

func sampleRank() []Ranked {
	names := []string{"Thị trấn Tân Khai", "Xã Thanh Bình", "Xã Minh Đức", "Xã Tân Hiệp", "Xã An Phú", "Xã Đồng Nơ", "Xã Tân Lợi", "Xã Phước An", "Xã Minh Tâm", "Xã Tân Quan", "Xã Thanh An", "Xã Tân Hưng", "Xã An Khương"}
	out := make([]Ranked, len(names))
	for i, n := range names {
		t := int64(7200 - i*311)
		c := t * int64(840-i*41) / 1000
		place := string(rune('1' + i))
		if i >= 9 {
			place = "1" + string(rune('0'+i-9))
		}
		if i == 4 || i == 5 {
			place = "5="
		}
		bar := sampleBar(t, t, c)
		bar.Slim = true
		s := chart.Spark{What: "Đã xác nhận 14 ngày qua của " + n}
		for d := range int64(14) {
			s.Values = append(s.Values, c*(70+d*2+(d*int64(i+3))%5)/100)
		}
		out[i] = Ranked{Place: place, Name: n, Href: "/don-vi/25357", Bar: bar, Trend: s, Pace: Pace{true, 9 - 2*i}}
	}
	return out
}

func sampleRoad(target int64) chart.Roadmap {
	r := chart.Roadmap{Title: "Định danh điện tử, huyện Hớn Quản", Start: sampleStart, Days: 92, Today: 45, Target: target,
		Curve:  []chart.Point{{Day: 0, N: target / 5}, {Day: 30, N: target / 2}, {Day: 62, N: target * 8 / 10}, {Day: 91, N: target}},
		Phases: []chart.Phase{{From: 0, To: 30, Name: "Đợt 1"}, {From: 31, To: 62, Name: "Đợt 2"}, {From: 63, To: 91, Name: "Nước rút"}}}
	for d := range 46 {
		n := target/5 + target*int64(d*d)/7000 + target*int64(d)/400
		r.Confirmed = append(r.Confirmed, chart.Point{Day: d, N: n - n%500})
		r.Claimed = append(r.Claimed, chart.Point{Day: d, N: n + target*int64(d)/700})
	}
	return r
}

func sampleHeat() chart.Heat {
	h := chart.Heat{What: "Hồ sơ được xác nhận mỗi ngày", Start: sampleStart, Days: 92, Today: 45}
	for d := range int64(46) {
		n := (d*37)%61 + d
		if d%7 == 6 {
			n = 0
		}
		h.Done = append(h.Done, chart.DayCount{N: n, Quota: 60})
	}
	return h
}

func sampleToday() []Quota {
	return []Quota{{"Thẻ căn cước", "/giao-chi-tieu", 412, 318}, {"Định danh điện tử", "", 655, 204}, {"SIM chính chủ, chữ ký số", "", 1120, 96}, {"Điện thoại 4G", "", 380, 401}}
}

func sampleBoard() *Board {
	return &Board{Page: samplePage("/", "Bảng điều hành"), Tools: true, MayQuota: true, Targets: sampleTargets(),
		Tabs:      []Tab{{"Thẻ căn cước", "/", false}, {"Định danh", "/?phu=eid", true}, {"SIM, chữ ký số", "/?phu=sim", false}, {"Điện thoại 4G", "/?phu=4g", false}},
		RankTitle: "13 xã, thị trấn", Rank: sampleRank(), Today: sampleToday(), Tasks: []TaskRow{{Title: "Báo cáo sơ kết đợt 1", Href: "/bao-cao", Due: "20/5/2024", Mood: "bad"}, {Title: "Duyệt tình trạng công dân", Href: "/cho-duyet", Count: "3 đề nghị", Due: "hôm nay", Mood: "warn"}}, MoreTasks: 4,
		Care: []Care{
			{"bad", "warn", "Xã An Khương chậm 15 ngày về định danh điện tử", "412 người chưa gặp lần nào", "/don-vi/25330"},
			{"bad", "split", "37 hồ sơ các tổ báo xong nhưng danh sách trích xuất không có", "Nhiều nhất: Tổ ấp 3, xã Tân Hưng (11)", "/doi-chieu"},
			{"warn", "list", "128 dòng trong 3 danh sách đang chờ người quyết định", "Danh sách cũ nhất chờ từ 19/5/2024", "/danh-sach"},
			{"warn", "clock", "4 xã chưa có dữ liệu trích xuất mới quá 5 ngày", "Thanh An, Tân Quan, Minh Tâm, An Phú", "/danh-sach"},
			{"", "flag", "Báo cáo sơ kết đợt 2 đến hạn ngày 09/6/2024", "Còn 17 ngày", "/ke-hoach#V.1"},
		},
		RoadTitle: "Định danh điện tử theo ngày", Road: sampleRoad(66420)}
}

func sampleCommune() *Unit {
	p := samplePage("/dia-ban", "Xã An Khương")
	p.Crumbs = []Crumb{{"Huyện Hớn Quản", "/don-vi/694"}, {"Xã An Khương", ""}}
	p.Lead = "8 ấp, sóc · 6.812 người · dữ liệu trích xuất đến 22/5/2024"
	rank := sampleRank()[:8]
	for i, n := range []string{"Ấp 1", "Ấp 2", "Ấp 3", "Ấp 4", "Ấp 5", "Sóc Ba Lung", "Sóc Cần Lê", "Ấp Bù Dinh"} {
		rank[i].Name = n
	}
	return &Unit{Page: p, PeopleHref: "/dan-cu?don-vi=25330", ResidueHref: "/dan-cu?don-vi=25330&thieu=bat-ky", Targets: sampleTargets(), RankTitle: "Các ấp, sóc", Rank: rank,
		Tabs:  sampleBoard().Tabs,
		Stats: []Stat{{"Người trong sổ", "6.812", "1.702 hộ", "", "/dan-cu"}, {"Thuộc diện vận động", "5.204", "sau khi trừ 61 người", "", ""}, {"Còn thiếu ít nhất một", "2.918", "56,1 % của 5.204", "warn", "/dan-cu"}, {"Chưa gặp lần nào", "412", "", "bad", "/dan-cu"}, {"Chênh lệch phải giải trình", "9", "3 tổ", "", ""}},
		Today: sampleToday(), Needs: chart.Bars{What: "Còn thiếu gì", Items: []chart.Bar{{Label: "Chưa có SIM chính chủ kèm chữ ký số", N: 2611, Href: "/dan-cu"}, {Label: "Mức 2 đã duyệt, chưa kích hoạt", N: 902, Href: "/dan-cu"}, {Label: "Đang dùng máy 2G", N: 640, Href: "/dan-cu"}, {Label: "Chưa có định danh điện tử", N: 433}, {Label: "Chưa có thẻ", N: 87}, {Label: "Vừa chuyển đến", N: 0}}},
		Teams:   []Quota{{"Tổ ấp 1", "/to-cong-tac/1", 24, 25}, {"Tổ ấp 2", "", 24, 11}, {"Tổ sóc Ba Lung", "", 18, 0}},
		Ladders: []chart.Ladder{{What: "Định danh điện tử: đang ở bậc nào", Steps: []chart.Step{{Label: "Chưa có", N: 433}, {Label: "Mức 1, chưa kích hoạt", N: 310}, {Label: "Đã thu hồ sơ mức 2", N: 620}, {Label: "Đã duyệt, chưa kích hoạt", N: 902}, {Label: "Đã kích hoạt", N: 2939}}}},
		Road:    sampleRoad(4684), RoadTitle: "Định danh điện tử theo ngày", Heat: sampleHeat()}
}

func sampleHamlet() *Unit {
	u := sampleCommune()
	u.Title = "Sóc Ba Lung"
	u.Crumbs = []Crumb{{"Huyện Hớn Quản", "/don-vi/694"}, {"Xã An Khương", "/don-vi/25330"}, {"Sóc Ba Lung", ""}}
	u.Rank, u.Stats, u.Ladders, u.Road = nil, nil, nil, chart.Roadmap{}
	u.Lead = "Tổ sóc Ba Lung · Tổ trưởng Điểu Minh · 212 hộ, 847 người"
	u.Hamlet, u.ResidueCount = true, 214
	u.NeedTabs = []Tab{{"Bất kỳ", "?", true}, {"CCCD", "?t=1", false}, {"Định danh", "?t=2", false}, {"SIM", "?t=3", false}, {"4G", "?t=4", false}}
	for _, n := range []string{"Điểu Bé", "Thị Ngọc Hân", "Danh Sóc Kha", "Nguyễn Hoàng Phương Uyên", "Phạm Văn Đức", "Thị Lới", "Lâm Thị Hường", "Điểu Khưu"} {
		u.Residue = append(u.Residue, Lacking{Name: n, Href: "/dan-cu/1", Birth: "1984", Number: "070•••••4127", Phone: "•••• ••• 381", Lacks: []string{"Định danh", "SIM", "4G"}[:1+len(n)%3], Address: "Tổ 3, sóc Ba Lung"})
	}
	u.Pager = Pager{Text: "1–8 trong 214 người", Next: "?sau=x"}
	return u
}

func samplePlan() *Plan {
	p := samplePage("/ke-hoach", "Kế hoạch")
	p.Lead = "Mỗi mục kèm số liệu đang có, bấm vào số để xem những người đứng sau."
	return &Plan{Page: p, Issuer: "Ủy ban nhân dân huyện Hớn Quản", PlanTitle: "Đợt cao điểm “90 ngày, đêm” triển khai mục tiêu “4 phủ”", Period: "Từ ngày 08/4/2024 đến hết ngày 08/7/2024",
		Basis: []string{"Kế hoạch số 128/KH-UBND ngày 04/4/2024 của UBND tỉnh Bình Phước", "Tờ trình số 53/TTr-CAH ngày 10/4/2024 của Công an huyện"},
		Parts: []PlanPart{{"Chỉ tiêu", []Article{
			{Clause: "IV.1.a", Title: "Cấp thẻ căn cước", Text: "100 % công dân sinh trước tháng 7/2010 đủ tuổi cấp lần đầu; 80 % công dân biến động, khó thu nhận, trừ người ở nước ngoài, đang chấp hành án, vắng mặt không rõ nơi đến.", Who: "Công an huyện, Công an xã", Live: []Stat{{"Đã xác nhận", "71,4 %", "61.204 / 85.731 người", "", "/"}, {"Nhanh", "9 ngày", "", "", ""}}},
			{Clause: "IV.1.b", Title: "Điện thoại 4G, SIM chính chủ kèm chữ ký số", Lines: []string{"Chỉ tiêu phụ."}, Text: "90 % dân số trưởng thành, tính trên số tài khoản định danh điện tử được thu nhận và kích hoạt.", Who: "UBND các xã, thị trấn; doanh nghiệp viễn thông", Live: []Stat{{"Đã xác nhận", "18,3 %", "12.155 / 66.420 người", "", "/"}}},
		}}, {"Tổ chức thực hiện", []Article{{Clause: "V.1", Title: "Sơ kết, tổng kết", Text: "Sơ kết đợt 1 (08/4–08/5), sơ kết đợt 2 (09/5–09/6), tổng kết trước 08/7/2024.", Who: "Các đơn vị"}}}},
		Road: sampleRoad(66420), Recipients: []string{"Văn phòng UBND tỉnh (để báo cáo)", "Lưu: VT"}}
}

func sampleTerritory() *Territory {
	s := &Territory{Page: samplePage("/dia-ban", "Địa bàn"), Tabs: []Tab{{"Đơn vị khi thực hiện", "?", true}, {"Đơn vị hiện nay", "?nay=1", false}}}
	s.Lead = "13 xã, thị trấn, 102 ấp, sóc, khu phố."
	for _, t := range sampleTargets() {
		s.Targets = append(s.Targets, t.Name)
	}
	for i, r := range sampleRank() {
		row := TerritoryRow{Name: r.Name, Href: r.Href, Hamlets: 8, People: int64(9800 - i*400)}
		for j, t := range s.Targets {
			b := r.Bar
			b.Confirmed = b.Confirmed * int64(10-j*2) / 10
			row.Cells = append(row.Cells, TerritoryCell{t, b})
		}
		s.Rows = append(s.Rows, row)
	}
	s.Sum = s.Rows[0]
	s.Sum.Name, s.Sum.Href = "Toàn huyện", ""
	return s
}

func sampleRegister() *Register {
	s := &Register{Page: samplePage("/dan-cu", "Dân cư"), Units: []Choice{{"25330", "Xã An Khương", true}}, Groups: []ChoiceGroup{{"Nhóm nhu cầu", []Choice{{"s:x", "Dùng 2G", false}}}},
		Chips: []Tab{{Title: "Xã An Khương", Href: "/dan-cu"}}, Not: "t:eid:confirmed", Export: "/dan-cu/xuat?q=", Pager: Pager{"50 trong 1.204 người", "", "?sau=x"}}
	for _, r := range sampleHamlet().Residue {
		s.Rows = append(s.Rows, Resident{r.Name, r.Href, "13/02/1984", "Nữ", r.Number, r.Phone, "Sóc Ba Lung, Xã An Khương"})
	}
	return s
}

func samplePerson() *Person {
	s := &Person{Page: samplePage("/dan-cu", "Điểu Bé"), Href: "/dan-cu/0000000000001", MayCorrect: true, MayClaim: true, MayAsk: true, MaySettle: true, Visits: samplePersonVisits(), Dossiers: samplePersonDossiers(), Running: []Choice{{"0000000000009", "Xuất cảnh đi nước ngoài từ 01/5/2024", false}},
		Alike: []Choice{{"0000000000002", "Điểu Bé · 1960 · 070•••••1111 · Ấp 1, Xã An Khương", false}}, Merges: []PersonMerge{{"0000000000003", "Đã gộp hồ sơ 0000000000002 ngày 01/5/2024: cùng một thẻ", false}},
		Ladders: []PersonLadder{{"Thẻ căn cước", "Đã được cấp", "Xác nhận theo CSDL quốc gia về dân cư, đến 15/5/2024", "", true}, {"Định danh điện tử", "Mức 2 đã phê duyệt, chưa kích hoạt", "Xác nhận theo Công an, đến 15/5/2024", "Tổ báo, chờ xác nhận: đã kích hoạt", false}, {"SIM chính chủ", "Chưa rõ", "Chưa có danh sách trích xuất nào nói đến", "", false}, {"Điện thoại 4G", "Dùng điện thoại 2G", "Xác nhận theo nhà mạng, đến 10/5/2024", "", false}},
		Facts:   []Attribute{{"Số định danh", "070•••••4127", "CSDL quốc gia về dân cư, đến 01/4/2024", "number", true}, {"Ngày sinh", "13/02/1984", "Công an, đến 01/4/2024", "", false}, {"Điện thoại", "", "", "", true}},
		Attrs:   []Choice{{"name", "Họ và tên", true}}, Kinds: []Choice{{"abroad", "Xuất cảnh đi nước ngoài (cần duyệt)", false}},
		Whys:    []Why{{"Cấp CCCD lần đầu", "Thuộc diện cấp CCCD vì sinh trước tháng 7/2010 (sinh năm 1984, 40 tuổi; mục IV.1.a).", true}, {"CCCD khó thu nhận", "Không thuộc diện biến động, khó thu nhận (mục IV.1.a).", false}},
		Moments: []Moment{{"18/5/2024", "Định danh điện tử: đã kích hoạt", "thấy trên máy", "Cơ sở ghi nhận, tổ báo cáo", "claimed", "", "", ""}, {"15/5/2024", "Định danh điện tử: mức 2 đã phê duyệt, chưa kích hoạt", "", "CSDL quốc gia về dân cư, đã xác nhận", "confirmed", "", "", ""}},
		Claims:  []ChoiceGroup{{"Định danh điện tử", []Choice{{"eid:active", "Đã kích hoạt", false}}}}, Voids: []Choice{{"x", "18/5/2024 · Định danh điện tử", false}},
		Statuses: []Status{{"Biến động, khó thu nhận", "có hiệu lực", "good", "Từ 01/4/2024. Căn cứ: xác minh tại nhà"}}, Members: []Resident{{"Thị Lới", "/dan-cu/2", "1960", "Nữ", "070•••••1111", "", ""}}}
	s.Crumbs = []Crumb{{"Huyện Hớn Quản", "/don-vi/694"}, {"Sóc Ba Lung", "/don-vi/1"}, {"Điểu Bé", ""}}
	return s
}

func sampleLists() []Screen {
	l := &Lists{Page: samplePage("/danh-sach", "Danh sách nhập"), MayBring: true, Units: []Choice{{"25330", "Xã An Khương", true}},
		Rows: []ListRow{{"Danh sách dân cư xã An Khương.xlsx", "/danh-sach/1", "Danh sách dân cư", "01/4/2024", "Đã nhập", "good", "Lê Văn Thử", "07:41 ngày 22/5/2024", 6812, 12}, {"s3-tcvn3.xls", "/danh-sach/2", "Chưa rõ loại", "", "Đã nhận dạng", "", "Lê Văn Thử", "07:45 ngày 22/5/2024", 0, 0}}}
	b := &Batch{Page: samplePage("/danh-sach", "Danh sách dân cư xã An Khương.xlsx"), Href: "/danh-sach/1", Stages: []Stage{{"Đưa tệp vào", "done"}, {"Nhận dạng cột", "done"}, {"Chạy thử", "now"}, {"Ghi vào sổ", ""}, {"Kết quả", ""}},
		Stats: []Stat{{"Dòng đọc được", "6.812", "nữ 3.401, nam 3.411", "", ""}, {"Mới", "6.204", "", "good", ""}, {"Thay đổi", "318", "", "", ""}, {"Như cũ", "278", "", "", ""}, {"Chờ quyết định", "12", "", "warn", ""}, {"Bị từ chối", "0", "", "bad", ""}},
		Steps: []StepButton{{"Chạy thử", "/danh-sach/1/chay-thu", "", false}, {"Ghi vào sổ", "/danh-sach/1/ghi", "", true}}, StepsNote: "Dòng chờ quyết định chưa được ghi.",
		Issues:     []IssueRow{{"Ấp 1 dòng 214, cột E", "/dong-cho/1", "Số định danh có 11 chữ số, thiếu 1.", "Tra lại số trên thẻ, sửa trong tệp rồi nhập lại.", "chờ quyết định", "warn"}, {"Ấp 2 dòng 9", "", "Ngày sinh chỉ có năm.", "", "ghi chú", ""}},
		MayCorrect: true, Why: "Tên trang “Danh sách chưa cấp CCCD”.", Kinds: []Choice{{"register", "Danh sách dân cư", true}}, AsOf: "2024-04-01", Columns: []ColumnRow{{"B", "Họ và tên", "ho va ten", "Điểu Bé · Thị Lới", false, []Choice{{"name", "Họ và tên", true}}}, {"F", "Mã hộ", "ma ho", "12 · 13", true, []Choice{{"", "Chưa rõ", true}}}},
		Sheets: []SheetRow{{"Ấp 1", "Danh sách dân cư, 812 dòng; bỏ qua 6 phần đầu văn bản, tên danh sách"}}, MayWithdraw: true, Marked: true}
	run := &Batch{Page: samplePage("/danh-sach", "lon.xlsx"), Href: "/danh-sach/1", Job: JobView{true, "Đang ghi vào sổ", 41000, 105000}}
	bad := &Batch{Page: samplePage("/danh-sach", "hong.xlsx"), Refused: "Tệp có mật khẩu nên không đọc được; bỏ mật khẩu rồi đưa lại."}
	row := &HeldRow{Page: samplePage("/danh-sach", "Dòng 214 của s1.xlsx"), Href: "/dong-cho/1", Back: "/danh-sach/1", Person: "0000000000001", PersonHref: "/dan-cu/0000000000001", Text: "Trùng tên và năm sinh với một người đang có trong sổ.", Suggestion: "So hai bên, chọn người đúng hoặc ghi là người mới.", Open: true,
		Diff: Diff{DiffSide{"Dòng trong tệp", "s1.xlsx"}, DiffSide{"Trong sổ", "Công an"}, []DiffRow{{"Họ và tên", "Điểu Bé", "Điểu Bê"}, {"Ngày sinh", "1984", "13/02/1984"}, {"Giới tính", "Nam", "Nam"}}}}
	return []Screen{l, b, run, bad, row}
}

func sampleDefinitions() *Definitions {
	return &Definitions{Page: samplePage("/dinh-nghia", "Định nghĩa số liệu"), Groups: []DefinitionGroup{{"Phủ", []Definition{
		{"confirmed", "Đã xác nhận", "người", "Số người thuộc mẫu số có bậc đích được danh sách trích xuất chính thức xác nhận, tính đến ngày dữ liệu của danh sách.", "IV.2.d", "61.204", "/dan-cu"},
		{"claimed", "Các tổ báo", "người", "Số người được một tổ báo đã đạt bậc đích. Đặt cạnh, không cộng vào số đã xác nhận.", "IV.2.a", "69.160", ""},
	}}}}
}

func sampleForm(p *Page, field, text string) {
	p.Form = p.Form.with(url.Values{"login": {"hq.lanhdao"}}, fault.New(fault.Invalid, "x", text).On(field))
}

// gallery gives every screen with what it typically shows.
func gallery() []Screen {
	in := &SignIn{Page: samplePage("", "Đăng nhập")}
	in.Lead, in.User = "Dùng tài khoản được huyện cấp.", nil
	wrong := &SignIn{Page: in.Page}
	sampleForm(&wrong.Page, "password", "Tên đăng nhập hoặc mật khẩu không đúng. Còn 3 lần thử trước khi tạm khóa.")
	code := &AskCode{Page: in.Page}
	code.Title, code.Lead = "Mã xác thực", "Mở ứng dụng xác thực trên điện thoại và nhập mã đang hiện."
	enrol := &Enrol{Page: in.Page, Secret: "JBSW Y3DP EHPK 3PXP"}
	enrol.Picture = pngURL([]byte("\x89PNG"))
	enrol.Title, enrol.Lead = "Bật mã xác thực", "Tài khoản cấp huyện phải có lớp bảo vệ thứ hai. Quét mã bằng ứng dụng xác thực."
	pass := &Password{Page: in.Page, Must: true}
	pass.Title, pass.Lead = "Đặt mật khẩu của riêng bạn", "Đây là lần đăng nhập đầu tiên: mật khẩu được cấp phải đổi trước khi làm việc."
	sess := &Sessions{Page: samplePage("", "Phiên đăng nhập"), Others: true, Items: []SessionRow{{"1", "Chrome trên Windows", "10.1.2.3", "22/5/2024 07:41", "vừa xong", true}, {"2", "Chrome trên Android", "10.1.2.9", "20/5/2024 18:20", "hôm qua 21:05", false}}}
	lost := &Problem{Page: samplePage("", "Có lỗi ở máy chủ"), Icon: "warn", Incident: "7K3Q", Href: "/", Do: "Thử lại"}
	lost.Lead = "Việc vừa rồi chưa thực hiện được và chưa có gì thay đổi. Nếu thử lại vẫn gặp, báo quản trị hệ thống mã dưới đây."
	return append(append(append(append(append(sampleLists(), samplePoints()...), sampleVisits()...), append(append(sampleTeams(), samplePhones()...), append(append(sampleDossiers(), sampleOfficials()...), append(append(sampleWork(), append(append(sampleDuties(), sampleBudgets()...), sampleLocalPlans()...)...), append(append(append(sampleObstacles(), sampleTodo()...), sampleLead()...), append(sampleAid(), sampleOutreach()...)...)...)...)...)...), append(append(sampleReconcile(), sampleInspection()...), append(sampleReports(), sampleEmulation()...)...)...), sampleBoard(), sampleCommune(), sampleHamlet(), samplePlan(), sampleDefinitions(), sampleTerritory(), sampleRegister(), samplePerson(), in, wrong, code, enrol, pass, sess, lost)
}

// empties gives every screen as it is before anything is known.
func empties() []Screen {
	none := Empty{Icon: "folder", Title: "Chưa có dân cư", Text: "Nhập danh sách dân cư để bắt đầu.", Href: "/danh-sach", Do: "Nhập danh sách"}
	return append(append(append(append(append(append(append(emptyVisits(), emptyPoints()...), append(emptyTeams(), emptyPhones()...)...), append(append(emptyWork(), append(append(emptyDuties(), emptyBudgets()...), emptyLocalPlans()...)...), append(append(append(emptyObstacles(), emptyTodo()...), emptyLead()...), append(emptyAid(), emptyOutreach()...)...)...)...), emptyReconcile()...), emptyInspection()...), append(append(append(emptyReports(), emptyDossiers()...), emptyOfficials()...), emptyEmulation()...)...),
		&Board{Page: samplePage("/", "Bảng điều hành"), None: none}, &Unit{Page: samplePage("/dia-ban", "Xã Tân Lợi"), None: none}, &Unit{Page: samplePage("/dia-ban", "Ấp 1"), Hamlet: true, None: none},
		&Plan{Page: samplePage("/ke-hoach", "Kế hoạch")}, &Definitions{Page: samplePage("/dinh-nghia", "Định nghĩa số liệu"), None: none}, &Territory{Page: samplePage("/dia-ban", "Địa bàn"), None: none}, &Register{Page: samplePage("/dan-cu", "Dân cư"), None: none}, &Person{Page: samplePage("/dan-cu", "Điểu Bé")}, &Lists{Page: samplePage("/danh-sach", "Danh sách nhập"), None: none}, &Batch{Page: samplePage("/danh-sach", "x.csv")}, &HeldRow{Page: samplePage("/danh-sach", "Dòng 1")},
		&SignIn{}, &AskCode{}, &Enrol{}, &Password{}, &Sessions{Page: samplePage("", "Phiên đăng nhập")}, &Problem{Page: samplePage("", "Không tìm thấy")},
	)
}
