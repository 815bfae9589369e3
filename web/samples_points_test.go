package web

import "html/template"

func samplePoints() []Screen {
	list := &Points{Page: samplePage("/diem-thu-nhan", "Điểm thu nhận hồ sơ"), MayPlan: true, Points: []PointRow{
		{Name: "Công an thị trấn Tân Khai", Href: "/diem-thu-nhan/diem/1", Kind: "Cố định", Host: "Trụ sở cơ quan", Place: "Thị trấn Tân Khai", Address: "Quốc lộ 13", Accessible: true, Next: "Thứ hai 27/5/2024, 07:30–16:30", NextHref: "/buoi/1"},
		{Name: "Nhà văn hóa ấp 1", Href: "/diem-thu-nhan/diem/2", Kind: "Lưu động", Place: "Ấp 1, Xã An Khương"}},
		Kits: []KitRow{{Name: "Bộ lưu động 1", Href: "/diem-thu-nhan/bo/1", Capacity: 60, Staff: 3, Booked: 240, Sessions: 4}, {Name: "Bộ lưu động 2", Broken: true}}}
	sessions := []PointSession{{When: "Thứ hai 27/5/2024, 07:30–16:30", Href: "/buoi/1", Kit: "Bộ lưu động 1", State: "Theo lịch", Mood: "note", Quota: 60, Invited: 95}}
	point := &PointSheet{Page: samplePage("/diem-thu-nhan", "Trường THPT"), Action: "/diem-thu-nhan/diem/1", MayPlan: true, MayRoster: true, RosterAction: "/diem-thu-nhan/diem/1/danh-sach", Units: []Choice{{"25330", "Xã An Khương", true}}, Kinds: []Choice{{"mobile", "Lưu động", true}},
		Hosts: []Choice{{"school", "Trường học", true}}, Days: []Choice{{"1", "Thứ hai", true}}, Sessions: sessions, RosterStats: []Stat{{Label: "Trong danh sách", Value: "2"}}, Roster: []RosterRow{{Line: 2, Name: "Điểu Bé", Href: "/dan-cu/1", Birth: "02/01/2008", Number: "070•••••1234", Group: "10A", Verdict: "Có trong sổ dân cư", Mood: "good"},
			{Line: 3, Name: "Thị Lới", Verdict: "Cần xem lại", Mood: "warn", Text: "Trùng với một dòng ở trên."}}, More: "Chỉ hiện 300 dòng đầu."}
	kit := &KitSheet{Page: samplePage("/diem-thu-nhan", "Bộ lưu động 1"), Action: "/diem-thu-nhan/bo/1", Units: []Choice{{"694", "Huyện Hớn Quản", true}}}
	week := &Week{Page: samplePage("/lich-diem", "Lịch thu nhận hồ sơ"), MayPlan: true, Week: "2024-05-20", Tabs: []Tab{{"Tuần này", "/lich-diem", true}}, Stats: []Stat{{Label: "Buổi trong tuần", Value: "2"}}, Points: []Choice{{"1", "Nhà văn hóa ấp 1", true}}, Kits: []Choice{{"1", "Bộ lưu động 1", true}}, Gone: sessions, Sum: make([]WeekSum, 7)}
	row := WeekRow{Kit: "Bộ lưu động 1", Note: "60 hồ sơ/ngày"}
	for i, d := range []string{"20/5/2024", "21/5/2024", "22/5/2024", "23/5/2024", "24/5/2024", "25/5/2024", "26/5/2024"} {
		week.Days = append(week.Days, WeekDay{"Thứ hai", d, i == 3})
		row.Cells = append(row.Cells, WeekCell{Day: d})
	}
	row.Cells[1].Sessions = []WeekSession{{Place: "Nhà văn hóa ấp 1", Where: "Xã An Khương", Href: "/buoi/1", Hours: "07:30–16:30", Mood: "note", State: "Theo lịch", Counts: "mời 95 / định mức 60", Locked: true}}
	week.Rows, week.Sum[1] = []WeekRow{row}, WeekSum{1, 60}
	route := &RouteScreen{Page: samplePage("/lich-diem", "Lộ trình điểm lưu động"), MayPlan: true, Unit: "694", Kits: []Choice{{"1", "Bộ lưu động 1, 60 hồ sơ/ngày", true}}, Weekdays: []Choice{{"0", "Chủ nhật", true}}, From: "2024-05-23", Until: "2024-06-05", Turnout: "60", Made: "23/5/2024 08:00, Công an huyện",
		Stats: []Stat{{Label: "Hồ sơ dự kiến", Value: "620"}}, Words: []string{"So với cách mỗi ngày đến nơi còn đông nhất: thêm 12 hồ sơ, bớt 340 km đi lại."}, Map: template.HTML(`<svg class="route-map" viewBox="0 0 10 10" role="img" aria-label="Bản đồ"><circle class="place" cx="2" cy="2" r="1"/></svg>`),
		Legend: []RouteKit{{"Bộ lưu động 1", "k0", "620 hồ sơ"}}, Days: []WeekDay{{"Thứ năm", "23/5/2024", true}, {"Thứ sáu", "24/5/2024", false}}, Rows: []RouteRow{{Kit: "Bộ lưu động 1", Class: "k0", Cells: []RouteCell{{Place: "Ấp 1", Where: "Xã An Khương", Served: "54", First: true, Locked: true}, {Idle: true}}}},
		ChangeKits: []Choice{{"1", "Bộ lưu động 1", true}}, ChangeDays: []Choice{{"2024-05-23", "Thứ năm 23/5/2024", true}}, ChangeUnits: []Choice{{"nghi", "Nghỉ ngày ấy", true}}, Price: "Đổi như vậy thì bớt 12 hồ sơ và thêm 9 km so với bản dự thảo.", PriceMood: "warn", MayPin: true, Change: [3]string{"1", "2024-05-23", "nghi"}}
	came := InvitedRow{ID: "a", N: "1", Name: "Điểu Bé", Href: "/dan-cu/1", Birth: "12/3/1988", Phone: "098••••873", Place: "Ấp 1, Xã An Khương", Channel: "Giấy mời", State: "Đã đến", Mood: "good", Code: "A2B3C4", Came: "23/5/2024 08:10", MayUndo: true, MayCollect: true}
	wait := InvitedRow{ID: "b", N: "2", Name: "Thị Lới", Place: "Ấp 1, Xã An Khương", Channel: "Gọi điện", State: "Đã mời", Mood: "note", Code: "D5E6F7", MayCheck: true, MayReply: true}
	gone := InvitedRow{ID: "c", N: "3", Name: "Điểu Năm", Place: "Ấp 1, Xã An Khương", Channel: "Gọi điện", State: "Vắng", Mood: "warn", Code: "H8J9K2", Next: "Gọi điện hẹn lại, mời vào buổi sau"}
	session := &SessionSheet{Page: samplePage("/lich-diem", "Nhà văn hóa ấp 1, thứ năm 23/5/2024"), Href: "/buoi/1", State: "Đang thu nhận", Mood: "good", Stats: []Stat{{Label: "Định mức", Value: "60"}}, Live: true, Open: true, Today: true, LastHref: "/buoi/0", MayPlan: true, MayInvite: true, MayCheckIn: true,
		Kits: []Choice{{"1", "Bộ lưu động 1", true}}, Points: []Choice{{"1", "Nhà văn hóa ấp 1", true}}, Units: []Choice{{"25330", "Xã An Khương", true}}, Channels: []Choice{{"letter", "Giấy mời", true}}, Views: []Tab{{"Tất cả 3", "/buoi/1", true}}, Rows: []InvitedRow{came, wait, gone}, CallList: []InvitedRow{gone},
		More: "Hiện 400 người đầu.", Text: "Công an huyện mời ông (bà) đến làm hồ sơ.", Loud: "Kính thưa bà con!", Day: "2024-05-23", From: "07:30", Until: "16:30"}
	moved := &SessionSheet{Page: samplePage("/lich-diem", "Nhà văn hóa ấp 1"), Href: "/buoi/2", State: "Đã hủy", Mood: "bad", Reason: "Mưa lớn", NextHref: "/buoi/3", None: Empty{Icon: "people", Title: "Chưa có ai", Text: "Danh sách trống."}}
	letter := Letter{Name: "Điểu Bé", Place: "Ấp 1, Xã An Khương", Code: "A2B3C4", QR: "data:image/png;base64,iVBORw0KGgo=", Superior: "ỦY BAN NHÂN DÂN HUYỆN HỚN QUẢN", Body: "CÔNG AN HUYỆN HỚN QUẢN", When: "Thứ năm, ngày 23/5/2024", Hours: "07:30 – 16:30", Where: "Nhà văn hóa ấp 1", Bring: "Mang theo: CCCD hoặc CMND cũ."}
	letters := &Letters{Page: samplePage("/lich-diem", "Giấy mời"), Back: "/buoi/1", Sheets: [][]Letter{{letter, letter, letter, letter, letter, letter}, {letter}}}
	public := &Schedule{Page: Page{Title: "Lịch làm căn cước, định danh điện tử"}, Communes: []Choice{{"25330", "Xã An Khương", true}}, Near: "Xã An Khương", Feed: "/lich.ics", Poster: "/lich/ap-phich", Until: "12/6/2024", Map: `<svg viewBox="0 0 9 9" role="img" aria-label="Bản đồ"><circle class="stop" cx="1" cy="1" r="4"/></svg>`,
		Days: []ScheduleDay{{"Thứ năm, 23/5/2024", []ScheduleSession{{Hours: "07:30–16:30", Place: "Nhà văn hóa ấp 1", Address: "Đường liên xã", Unit: "Ấp 1, Xã An Khương", Far: "cách khoảng 3 km"}, {Hours: "07:30–11:30", Place: "Chợ", Unit: "Ấp 2", Gone: true, Reason: "Mưa lớn", Steps: true}}}}}
	poster := &Poster{Schedule: *public, Large: true, Issuer: [2]string{"ỦY BAN NHÂN DÂN HUYỆN HỚN QUẢN", "CÔNG AN HUYỆN HỚN QUẢN"}, Other: "/lich/ap-phich", Back: "/lich", Script: "Kính thưa bà con!", Board: "LÀM CĂN CƯỚC"}
	return []Screen{public, poster, list, point, kit, week, route, session, moved, letters}
}

func emptyPoints() []Screen {
	none := Empty{Icon: "pin", Title: "Chưa có điểm thu nhận nào", Text: "Chưa có gì ở đây.", Href: "/diem-thu-nhan/diem/moi", Do: "Thêm điểm thu nhận"}
	return []Screen{&Schedule{Page: Page{Title: "Lịch"}}, &Poster{}, &Points{Page: samplePage("/diem-thu-nhan", "Điểm thu nhận hồ sơ"), None: none}, &PointSheet{Page: samplePage("/diem-thu-nhan", "Thêm điểm"), New: true, MayPlan: true}, &KitSheet{Page: samplePage("/diem-thu-nhan", "Thêm bộ thiết bị"), New: true},
		&Week{Page: samplePage("/lich-diem", "Lịch thu nhận hồ sơ"), None: none}, &RouteScreen{Page: samplePage("/lich-diem", "Lộ trình điểm lưu động"), None: none}, &SessionSheet{Page: samplePage("/lich-diem", "Buổi"), None: none}, &Letters{Page: samplePage("/lich-diem", "Giấy mời")}}
}
