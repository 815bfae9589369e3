package web

func sampleAid() []Screen {
	units := []Choice{{"25330", "Xã An Khương", true}}
	kinds := []Choice{{"device", "Điện thoại 4G giá ưu đãi", true}, {"sim", "SIM chính chủ kèm chữ ký số", false}}
	offices := []Choice{{"01hv", "Viettel Hớn Quản", true}}
	states := []Choice{{"", "Còn phải làm", true}, {"late", "Quá hạn ở một chặng", false}}
	fields := OfferFields{To: "/uu-dai/1", Kinds: kinds, Offices: offices, Do: "Lưu ưu đãi"}
	offers := &Offers{Page: samplePage("/uu-dai", "Ưu đãi của nhà mạng"), Kinds: kinds, Offices: offices, When: states, New: "/uu-dai/moi", Orders: "/don-dang-ky",
		Rows: []OfferRow{{Title: "Điện thoại 4G phổ thông, kèm SIM và gói dữ liệu ba tháng cho hộ nghèo, cận nghèo", Href: "/uu-dai/1", Kind: "Điện thoại 4G giá ưu đãi", Office: "Viettel Hớn Quản", Price: "590.000 đồng", Period: "8/4/2024 – 8/7/2024", Left: "3", State: "Đang áp dụng", Mood: "good", File: "/uu-dai/1/van-ban", Low: true}, {Title: "Chữ ký số trên SIM", Href: "/uu-dai/2", Kind: "Chữ ký số", Office: "VNPT Hớn Quản", Price: "Miễn phí", Period: "từ 8/4/2024", Left: "không giới hạn", State: "Đang áp dụng", Mood: "good"}}}
	offer := &OfferSheet{Page: samplePage("/uu-dai", "Điện thoại 4G phổ thông"), Href: "/uu-dai/1", Kind: "Điện thoại 4G giá ưu đãi", Office: "Viettel Hớn Quản", Price: "590.000 đồng", Words: "Năm trăm chín mươi nghìn đồng", Period: "8/4/2024 – 8/7/2024", State: "Đang áp dụng", Mood: "good", Conditions: "Hộ nghèo, cận nghèo.\nMỗi người một máy.",
		FileName: "chinh-sach.pdf", File: "/uu-dai/1/van-ban", By: "Người Mẫu, 08:00 10/04/2024", Stock: []OfferStock{{"Xã An Khương", 12}, {"Huyện Hớn Quản", 0}}, Left: "12", Orders: []Stat{{Label: "Đơn theo ưu đãi này", Value: "31", Href: "/don-dang-ky"}}, Fields: fields, May: true, Places: []StockField{{"n_25330", "Xã An Khương", "12"}}}
	gone := &OfferSheet{Page: samplePage("/uu-dai", "Điện thoại 4G phổ thông"), Href: "/uu-dai/1", Price: "Miễn phí", State: "Đã rút", Withdrawn: "hết chương trình"}
	made := &OfferForm{Page: samplePage("/uu-dai", "Lập ưu đãi"), Fields: fields}
	row := OrderRow{ID: "0123456789abc", Name: "Nguyễn Thị Mẫu", Born: "1958", Phone: "098••••873", Href: "/don-dang-ky/1", Place: "Tổ 3, Ấp 1, Xã An Khương", Kind: "Điện thoại 4G giá ưu đãi", Office: "Viettel Hớn Quản", Price: "590.000 đồng", State: "Nhà mạng đã nhận", Mood: "note", Since: "18/5/2024", Age: "6 ngày", Late: "quá 1 ngày", Denied: "bản trích xuất 20/5/2024 không cho thấy"}
	orders := &Orders{Page: samplePage("/don-dang-ky", "Đơn đăng ký máy, SIM, chữ ký số"), Code: "25330", Units: units, States: states, Kinds: kinds, Offices: offices, Stats: []Stat{{Label: "Chờ giao", Value: "31", Href: "/don-dang-ky"}}, Told: "31 đơn; nằm lâu nhất đứng trước.", Rows: []OrderRow{row},
		Moves: states, Givers: offices, MayMove: true, MayExport: true, MayPhones: true, Query: []Hidden{{"don_vi", "25330"}}, Today: "2024-05-23", Pager: Pager{Text: "1–100 trong 310", Next: "/don-dang-ky?tu=100"}}
	verdicts := &OrderVerdicts{Page: samplePage("/don-dang-ky", "Kết quả từng đơn"), Stats: orders.Stats, Back: "/don-dang-ky", Rows: []OrderVerdict{{Line: 5, Name: "Nguyễn Thị Mẫu", Href: "/don-dang-ky/1", Verdict: "Đã ghi", Why: "chuyển sang “Đã giao”", Mood: "good"}, {Line: 6, Verdict: "Để lại", Why: "mã đơn không đọc được", Mood: "warn"}}}
	sheet := &OrderSheet{Page: samplePage("/don-dang-ky", "Nguyễn Thị Mẫu"), Href: "/don-dang-ky/1", Name: "Nguyễn Thị Mẫu", Born: "1958", Place: "Tổ 3, Ấp 1, Xã An Khương", Phone: "098••••873", PersonHref: "/dan-cu/1", Kind: row.Kind, Office: row.Office, Offer: "Điện thoại 4G phổ thông", OfferHref: "/uu-dai/1", Price: row.Price, State: row.State, Mood: row.Mood, Late: row.Late, Denied: row.Denied,
		Consent: "Điểu Minh hỏi, 09:12 15/05/2024", Source: "tổ đến nhà", Receipt: "ABCD-EFGH", Received: "chính chủ", Serial: "1481", ReceiptHref: "/don-dang-ky/1/bien-nhan", Stages: []Stage{{"Mới đăng ký", "done"}, {"Nhà mạng đã nhận", "now"}, {"Đã giao", ""}},
		Moments: []Moment{{When: "18/5/2024", Title: "Nhà mạng đã nhận", By: "Người Mẫu"}}, Next: states, Gives: true, Today: "2024-05-23", Reveal: "/don-dang-ky/1/so-dien-thoai", Choose: offices, Undo: "Nhà mạng đã nhận"}
	receipt := &OrderReceipt{Page: samplePage("/don-dang-ky", "Biên nhận ABCD-EFGH"), Code: "ABCD-EFGH", Day: "22/5/2024", Office: row.Office, Kind: row.Kind, Offer: "Điện thoại 4G phổ thông", Price: row.Price, Words: "Năm trăm chín mươi nghìn đồng", Name: row.Name, Born: row.Born, Place: row.Place, Received: "chính chủ", Serial: "1481", By: "Người Mẫu", Back: "/don-dang-ky/1"}
	phone := PhonesRow{Name: "Xã An Khương", Href: "/tat-2g?don_vi=25330", People: "/dan-cu?don_vi=25330", OrdersHref: "/don-dang-ky?don_vi=25330", Left: 812, Claimed: 91, Under: 31, Lately: 12, Need: "8,1", Have: "1,8", Share: 77, Slow: true}
	phones := &PhonesLeft{Page: samplePage("/tat-2g", "Điện thoại 2G còn lại"), Units: units, Day: "1/9/2024", Stats: []Stat{{Label: "Còn đến ngày tắt sóng 2G", Value: "101 ngày", Note: "tắt ngày 1/9/2024"}, {Label: "Chưa có điện thoại 4G", Value: "812"}}, Rows: []PhonesRow{phone}, Sum: phone}
	return []Screen{offers, offer, gone, made, orders, verdicts, sheet, receipt, phones}
}

func emptyAid() []Screen {
	none := Empty{Icon: "phone", Title: "Chưa có gì", Text: "Chưa có gì ở đây."}
	return []Screen{&Offers{Page: samplePage("/uu-dai", "Ưu đãi của nhà mạng"), None: none}, &OfferSheet{Page: samplePage("/uu-dai", "Ưu đãi")}, &OfferForm{Page: samplePage("/uu-dai", "Lập ưu đãi")}, &Orders{Page: samplePage("/don-dang-ky", "Đơn đăng ký"), None: none},
		&OrderVerdicts{Page: samplePage("/don-dang-ky", "Kết quả từng đơn")}, &OrderSheet{Page: samplePage("/don-dang-ky", "Đơn")}, &OrderReceipt{Page: samplePage("/don-dang-ky", "Biên nhận")}, &PhonesLeft{Page: samplePage("/tat-2g", "Điện thoại 2G còn lại"), None: none}}
}
