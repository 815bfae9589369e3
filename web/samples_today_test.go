package web

func sampleTodo() []Screen {
	rows := []TaskRow{{Title: "Báo cáo sơ kết đợt 1", Note: "Xã An Khương, bị trả lại", Href: "/bao-cao/soket1/25330", Due: "20/5/2024", Mood: "bad"}, {Title: "Giải trình kết quả bị danh sách trích xuất bác", Href: "/doi-soat/viec?don_vi=25330&viec=tra-loi", Count: "1.214 sai lệch, 36 quá hạn", Due: "19/5/2024", Mood: "bad"}}
	now := []TaskRow{{Title: "Chỉ tiêu hôm nay", Note: "Xã An Khương, còn 12 VNeID, 8 SIM", Href: "/nhip-ngay", Count: "20 lượt người", Due: "hôm nay", Mood: "warn"}, {Title: "Duyệt tình trạng công dân", Href: "/cho-duyet", Count: "3 đề nghị", Due: "hôm nay", Mood: "warn"}}
	list := &TaskList{Page: samplePage("/hom-nay", "Việc hôm nay"), Groups: []TaskGroup{{"Quá hạn", "bad", rows}, {"Hôm nay", "warn", now}, {"Sắp đến hạn", "", []TaskRow{{Title: "Báo cáo tuần 7", Note: "Xã An Khương", Href: "/bao-cao/tuan/25330", Due: "26/5/2024"}}}}}
	letter := &LetterForm{Page: samplePage("/hom-nay", "Thư nhắc việc"), Address: "canbo@example.vn", Wants: true, Ready: true, Saved: true}
	sent := &SentLetters{Page: samplePage("/thu-da-gui", "Thư đã gửi"), Rows: []SentLetter{{Who: "Bùi Xuân Sương", Login: "ct.an-khuong", Day: "23/5/2024", State: "Không gửi được", Mood: "bad", Why: "Máy chủ thư từ chối địa chỉ hoặc thư này", Tasks: 7, Tries: 1, Again: "/thu-da-gui/1"},
		{Who: "Phạm Công Vinh", Login: "ca.an-khuong", Day: "23/5/2024", State: "Đã gửi", Mood: "good", When: "06:31 23/05/2024", Tasks: 9, Tries: 1}}}
	return []Screen{list, letter, sent}
}

func emptyTodo() []Screen {
	none := Empty{Icon: "check", Title: "Hôm nay không còn việc nào chờ", Text: "Việc mới sẽ tự hiện ở đây."}
	return []Screen{&TaskList{Page: samplePage("/hom-nay", "Việc hôm nay"), None: none}, &LetterForm{Page: samplePage("/hom-nay", "Thư nhắc việc")}, &SentLetters{Page: samplePage("/thu-da-gui", "Thư đã gửi"), None: none}}
}
