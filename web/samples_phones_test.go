package web

func samplePhones() []Screen {
	units := []Choice{{"25330", "Xã An Khương", true}}
	list := &Phones{Page: samplePage("/dien-thoai", "Điện thoại của tổ"), Units: units, Unit: "25330", Most: 3, Stats: []Stat{{Label: "Đang dùng", Value: "2", Note: "điện thoại"}},
		Rows: []PhoneRow{{Name: "Điểu Minh", Team: "Tổ ấp 1", Places: "Ấp 1, Ấp 2", Agent: "Android 11 · Chrome/120", Seen: "07:41 22/05/2024", Until: "07:41 29/05/2024", State: "Đang dùng", Mood: "good", Lock: "/dien-thoai/1/khoa", Waiting: 2, WaitingHref: "/phieu-dien-thoai?don_vi=25330"},
			{Name: "Thị Lới", Team: "Tổ ấp 1", Places: "Ấp 1", Agent: "Android 10 · Chrome/108", Seen: "07:41 02/05/2024", Until: "08:00 20/05/2024", State: "Đã khóa", Mood: "bad"}},
		Teams: []Choice{{"1", "Tổ ấp 1, Ấp 1, Xã An Khương", true}}, Team: "1", Members: []Choice{{"1", "Điểu Minh, tổ trưởng", false}}, Hamlets: []Choice{{"25330.01", "Ấp 1 (1.020 người)", true}, {"25330.02", "Ấp 2 (980 người)", false}}}
	code := &PhoneCode{Page: samplePage("/dien-thoai", "Mã ghi danh"), Picture: "data:image/png;base64,iVBORw0KGgo=", Code: "ABCD-EFGH", Until: "08:15", Holder: "Điểu Minh", Places: "Ấp 1", Many: "Danh sách có 5.300 người. Máy cũ có thể chậm.", Back: "/dien-thoai"}
	slips := &HeldSlips{Page: samplePage("/phieu-dien-thoai", "Phiếu chờ xử lý"), Units: units, Rows: []HeldSlip{{"Người gặp ngoài danh sách", "/phieu-dien-thoai/1", "Lê Thị Thử", "Điểu Minh", "07:41 22/05/2024", "Ấp 1, Xã An Khương", "Đã chuyển Công an xã xác nhận."}}}
	slip := &SlipSheet{Page: samplePage("/phieu-dien-thoai", "Người gặp ngoài danh sách"), Action: "/phieu-dien-thoai/1", State: "Chờ xử lý", Mood: "warn", Why: "Đã chuyển Công an xã xác nhận.", Facts: []CaseFact{{Name: "Họ và tên", Value: "Lê Thị Thử"}, {Name: "Công dân", Value: "Lê Thị Thử", Href: "/dan-cu/1"}},
		May: true, Apply: "Ghi như phiếu", MayNew: true, MayLook: true, Look: "Lê", Found: []Choice{{"1", "Lê Thị Thử · 1990 · Ấp 1, Xã An Khương", true}}, Drop: "Bỏ phiếu này"}
	return []Screen{list, code, slips, slip}
}

func emptyPhones() []Screen {
	none := Empty{Icon: "folder", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Phones{Page: samplePage("/dien-thoai", "Điện thoại của tổ"), None: none}, &PhoneCode{Page: samplePage("/dien-thoai", "Mã ghi danh")}, &HeldSlips{Page: samplePage("/phieu-dien-thoai", "Phiếu chờ xử lý"), None: none},
		&SlipSheet{Page: samplePage("/phieu-dien-thoai", "Phiếu"), MayLook: true, None: true, May: true, Drop: "Bỏ phiếu này"}}
}
