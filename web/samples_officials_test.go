package web

import (
	"net/url"
	"strings"

	"bonphu/internal/fault"
)

func sampleOfficials() []Screen {
	cell := func(name string, of int64) MetCell { return MetCell{name, of / 2, 1, 2, of} }
	cells := func(of int64) []MetCell {
		return []MetCell{cell("SIM + CKS", of), cell("4G", of), cell("Cổng DVC", of), cell("Đủ ba điều kiện", of)}
	}
	heads := []string{"SIM + CKS", "4G", "Cổng DVC", "Đủ ba điều kiện"}
	stats := []Stat{{Label: "Cán bộ trong danh sách", Value: "214", Note: "198 đã đối chiếu sổ dân cư"}, {Label: "Xác nhận SIM, 4G, tài khoản", Value: "61,2 %", Note: "131 / 214 người"}, {Label: "Người dân đã hướng dẫn, xác nhận", Value: "34,1 %", Note: "730 / 2.140 · chờ 212"}}
	sum := AgencyRow{Officials: 32, Linked: 28, Cells: cells(32), Credits: 101, Asked: 320, Waiting: 40}
	board := &Officials{Page: samplePage("/can-bo", "Cán bộ nêu gương"), Units: []Choice{{"694", "Huyện Hớn Quản", true}}, Kinds: []Choice{{"police", "Công an", false}}, Unit: "694", Sheet: "/can-bo/xlsx", Stats: stats, Heads: heads, N: 10, MayManage: true, MayBring: true, Sum: &sum,
		Rows: []AgencyRow{{"Phòng Nội vụ", "/can-bo/1", "Huyện Hớn Quản", "Phòng, ban, đơn vị", 12, 12, cells(12), 61, 120, 12, 2}, {"UBND xã An Khương", "/can-bo/2", "Xã An Khương", "UBND, HĐND", 20, 16, cells(20), 40, 200, 28, 1}, {"Trường THCS Tân Khai", "/can-bo/3", "Huyện Hớn Quản", "Trường học", 0, 0, cells(0), 0, 0, 0, 0}}}
	wrong := *board
	wrong.Form = Form{}.with(url.Values{"agency": {""}}, fault.New(fault.Invalid, "x", "Hãy ghi tên cơ quan.").On("agency"))
	pills := func(a, b, c string) []MetPill {
		return []MetPill{{"SIM + CKS", a, "good"}, {"4G", b, "note"}, {"Cổng DVC", c, "warn"}}
	}
	agency := &AgencySheet{Page: samplePage("/can-bo", "Phòng Nội vụ"), Href: "/can-bo/1", Stats: stats, Heads: heads[:3], MayManage: true, MayOpen: true, Secret: "abcd-efgh-jkmn-pqrs", Login: "cb.on.vt", Today: "2024-05-23", Wrong: "2",
		Rows: []OfficialRow{{ID: "1", Name: "Vũ Trường Ổn", Birth: "13/02/1958", Position: "Trưởng phòng", Number: "070•••••8081", Home: "Ấp 1, Xã An Khương", Linked: true, Account: true, Met: pills("đã xác nhận", "tự khai, chờ xác nhận", "chưa có"), National: MetPill{"Quốc gia", "đã kiểm chứng", "note"}, Provincial: MetPill{"Tỉnh", "chưa có", "warn"}, Counted: 4, Waiting: 2, N: 10},
			{ID: "2", Name: "Điểu K'Lơi", Position: "Chuyên viên", Met: pills("chưa đối chiếu", "chưa đối chiếu", "chưa có"), N: 10, Suggest: "cb.loi.dk"}}}
	agency.Chosen = &agency.Rows[1]
	agency.Form = Form{}.with(url.Values{"number": {"07005869"}}, fault.New(fault.Invalid, "x", "Số định danh gồm đúng 12 chữ số; xem lại trên thẻ.").On("number"))
	linked := *agency
	linked.Chosen, linked.Wrong, linked.Secret = &agency.Rows[0], "1", ""
	own := &OwnList{Page: samplePage("/can-bo/cua-toi", "Việc của tôi"), Name: "Vũ Trường Ổn", Position: "Trưởng phòng", Agency: "Phòng Nội vụ", Conditions: []OwnCondition{{"SIM chính chủ kèm chữ ký số", "Không phải làm gì thêm.", MetPill{"", "đã xác nhận", "good"}}, {"Điện thoại thông minh 4G", "Chờ danh sách trích xuất xác nhận.", MetPill{"", "tự khai, chờ xác nhận", "note"}}},
		Portals: []OwnPortal{{"national", "Cổng dịch vụ công quốc gia", MetPill{"", "đã kiểm chứng", "note"}, false, []string{"20/5/2024: đã xem màn hình tài khoản"}}, {"provincial", "Cổng dịch vụ công của tỉnh", MetPill{"", "chưa có", "warn"}, true, nil}},
		Counted: 4, Recorded: 6, N: 10, Works: []Choice{{"level2", "Kích hoạt định danh mức 2", true}, {"sim", "Đăng ký SIM kèm chữ ký số", false}}, Today: "2024-05-23", From: "2024-04-08",
		Rows: []CreditRow{{"Thị Nở", "070•••••7864", "Kích hoạt định danh mức 2", "20/5/2024", MetPill{"", "đã xác nhận", "good"}, "/can-bo/cua-toi/huy/1", ""}, {"Điểu Bé", "070•••••4127", "Cài đặt VNeID", "21/5/2024", MetPill{"", "đã hủy", ""}, "", "ghi nhầm người"}}}
	own.Form = Form{}.with(url.Values{"number": {"070088217864"}, "what": {"sim"}}, fault.New(fault.Invalid, "x", "Hãy hỏi và đánh dấu là người dân đồng ý cho ghi tên.").On("consent"))
	many := *board
	for range 6 {
		many.Rows = append(many.Rows, many.Rows...)
	}
	many.Rows[0].Name = strings.Repeat("Trường phổ thông <b>dân tộc</b> nội trú ", 4)
	return []Screen{board, &wrong, agency, &linked, own, &many}
}

func emptyOfficials() []Screen {
	none := Empty{Icon: "account", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Officials{Page: samplePage("/can-bo", "Cán bộ nêu gương"), None: none}, &AgencySheet{Page: samplePage("/can-bo", "Cơ quan"), Href: "/can-bo/1", None: none},
		&OwnList{Page: samplePage("/can-bo/cua-toi", "Việc của tôi"), Nobody: none}, &OwnList{Page: samplePage("/can-bo/cua-toi", "Việc của tôi"), None: none}}
}
