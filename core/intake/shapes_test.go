package intake

import (
	"strings"
	"testing"

	"bonphu/internal/fault"
	"bonphu/internal/sheet"
)

// gridOf makes a sheet from lines whose cells are parted by "|".
func gridOf(name, text string) *grid {
	g := &grid{name: name}
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		g.rows = append(g.rows, cells)
	}
	return g
}

func readGrids(t *testing.T, name string, hint Hint, grids ...*grid) (*Reading, []Row) {
	t.Helper()
	book := memoryOf(grids)
	return readBook(t, name, hint, book)
}

func readBook(t *testing.T, name string, hint Hint, book sheet.Book) (*Reading, []Row) {
	t.Helper()
	rd, err := Recognise(book, name, hint)
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	if err := rd.Rows(book, func(r *Row) error { rows = append(rows, r.clone()); return nil }); err != nil {
		t.Fatal(err)
	}
	return rd, rows
}

// heldOf gives the codes for which rows are held, "" for rows that are not.
func heldOf(rows []Row) string {
	var out []string
	for i := range rows {
		p, _ := rows[i].Held()
		out = append(out, p.Code)
	}
	return strings.Join(out, ",")
}

func TestUnits(t *testing.T) {
	rd, rows := readGrids(t, "don vi.xlsx", Hint{}, gridOf("Sheet1", `
DANH MỤC ĐƠN VỊ HÀNH CHÍNH
Mã | Tên | Loại | Cấp trên | Vĩ độ | Kinh độ | Từ ngày | Đến ngày
694 | Huyện Hớn Quản | huyện | 70 | | | 01/01/2010 | 30/6/2025
25330 | An Khương | xã | 694 | 11,685 | 106.621 | 01/01/2010 |
25330001 | Ấp 1 | ấp | 25330 | 211 | 106.621 | | 31/02/2024
 | Ấp 2 | ấp | 25330 | | | |`))
	if rd.Kind != KindUnits || len(rows) != 4 || heldOf(rows) != ",,unit.day," {
		t.Fatalf("%s %v %d rows, held %q", rd.Kind, rd.Why, len(rows), heldOf(rows))
	}
	if u := rows[1].Unit; u.Code != "25330" || u.Name != "An Khương" || u.Kind != "xã" || u.Parent != "694" || u.Lat != 11.685 || u.Lon != 106.621 || u.From != "2010-01-01" {
		t.Errorf("%+v", u)
	}
	if rows[0].Unit.Until != "2025-06-30" {
		t.Errorf("%+v", rows[0].Unit)
	}
}

func TestTeams(t *testing.T) {
	g := gridOf("Sheet1", `
UBND XÃ AN PHÚ
DANH SÁCH TỔ CÔNG TÁC VÀ THÀNH VIÊN
STT | Tên tổ | Ấp | Họ tên thành viên | Chức vụ | SĐT | Số buổi làm việc
1 | Tổ công tác số 1 | Ấp 1 | Điểu Quyền | Tổ trưởng | 0912345678 | 20
2 | | | Thị Hương | Thành viên | 84912345679 | 12,5
3 | Tổ công tác số 2 | Ấp 2 | LÝ THANH SỸ | Tổ trưởng | 912345670 | 20`)
	rd, rows := readGrids(t, "to.xlsx", Hint{}, g)
	if rd.Kind != KindTeams || len(rows) != 3 || heldOf(rows) != ",," {
		t.Fatalf("%s %v %d rows, held %q", rd.Kind, rd.Why, len(rows), heldOf(rows))
	}
	r := rows[1]
	if r.Team != "Tổ công tác số 1" || r.HamletText != "Ấp 1" || r.CommuneText != "Xã An Phú" || r.Phone != "0912345679" || r.Days != 12.5 || r.Position != "Thành viên" {
		t.Errorf("%+v", r)
	}
	if rows[2].Name != "Lý Thanh Sỹ" || rows[2].Team != "Tổ công tác số 2" {
		t.Errorf("%+v", rows[2])
	}
}

func TestTargets(t *testing.T) {
	rd, rows := readGrids(t, "chi tieu.xlsx", Hint{}, gridOf("Sheet1", `
PHỤ LỤC
BẢNG CHỈ TIÊU
STT | Đơn vị | Cấp CCCD lần đầu | Kích hoạt ĐDĐT | Chữ ký số từ xa
1 | Xã An Khương | 25 | 4.213 | 7
2 | Xã An Phú | 65 | 2,335 | x1
3 | TT Tân Khai | - | 10 | 0
| Tổng cộng | 90 | 6558 | 7`))
	if rd.Kind != KindTargets || len(rows) != 3 || heldOf(rows) != ",target.number," {
		t.Fatalf("%s %v %d rows, held %q", rd.Kind, rd.Why, len(rows), heldOf(rows))
	}
	r := rows[0]
	if r.CommuneText != "Xã An Khương" || len(r.Targets) != 3 || r.Targets[0].Key != "cccd-first" || r.Targets[1].N != 4213 || r.Targets[2].Heading != "Chữ ký số từ xa" || r.Targets[2].N != 7 {
		t.Errorf("%+v", r)
	}
}

// TestNoHeading: the columns are known by what is in them.
func TestNoHeading(t *testing.T) {
	rd, rows := readGrids(t, "ds xa An Phu ap 3 chua cap cccd 20240430.csv", Hint{}, gridOf("csv", `
1 | Vũ Trường Ổn | 13/02/1958 | Nam | 070058698081 | Ấp 3 | 0946203300
2 | Huỳnh Kim Nở | 07/01/1994 | Nữ | 095194217863 | Ấp 3 | 0914416280
3 | Điểu Quyền | 1993 | Nam | 70093197042 | Ấp 4 |`))
	if rd.Kind != KindCCCDMissing || rd.AsOf != "2024-04-30" || len(rows) != 3 || heldOf(rows) != ",," {
		t.Fatalf("%s %s %v %d rows, held %q", rd.Kind, rd.AsOf, rd.Why, len(rows), heldOf(rows))
	}
	if r := rows[2]; r.Name != "Điểu Quyền" || r.Number != "070093197042" || r.Birth.Y != 1993 || r.HamletText != "Ấp 4" || r.CommuneText != "Xã An Phu" {
		t.Errorf("%+v", r)
	}
}

// TestTwoTables: one under the other, the second for another hamlet; notes and a summary on other sheets.
func TestTwoTables(t *testing.T) {
	rd, rows := readGrids(t, "x.xlsx", Hint{},
		gridOf("Hướng dẫn", "Ghi chú: gửi trước ngày 15/5/2024\nLiên hệ: Công an xã"),
		gridOf("Danh sách", `
DANH SÁCH CÔNG DÂN CHƯA CÓ TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ ẤP 5
STT | Họ và tên | Năm sinh | Số CCCD
1 | Vũ Trường Ổn | 1958 | 070058698081
Cộng: 1 người
DANH SÁCH CÔNG DÂN CHƯA CÓ TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ ẤP 6
TT | Số định danh cá nhân | Họ tên | Ngày sinh
(1) | (2) | (3) | (4)
1 | 095194217863 | Huỳnh Kim Nở | 07/01/1994
2 | 095194217864 | Tống Công Danh | 07/01/1994
NGƯỜI LẬP BIỂU | | TRƯỞNG CÔNG AN XÃ
Nguyễn Văn Mạnh | | Trần Hữu Kiệt`),
		gridOf("Tổng hợp", "STT | Ấp | Số lượng\n1 | Ấp 5 | 1\n2 | Ấp 6 | 2"))
	if rd.Kind != KindEIDMissing || len(rows) != 3 || heldOf(rows) != ",,number.gender"[:len(heldOf(rows))] {
		t.Fatalf("%s %v %d rows, held %q", rd.Kind, rd.Why, len(rows), heldOf(rows))
	}
	if rows[0].HamletText != "Ấp 5" || rows[1].HamletText != "Ấp 6" || rows[2].Name != "Tống Công Danh" {
		t.Errorf("%q %q %q", rows[0].HamletText, rows[1].HamletText, rows[2].Name)
	}
	if rd.Sheets[0].Reason == "" || rd.Sheets[2].Reason == "" {
		t.Errorf("%+v", rd.Sheets)
	}
}

// TestStatuses: an account's state and level in columns; marks in two columns.
func TestStatuses(t *testing.T) {
	_, rows := readGrids(t, "so ho khau.xlsx", Hint{}, gridOf("Sheet1", `
STT | Họ và tên | Nam | Nữ | Số CCCD | Số hộ | Chủ hộ | Quan hệ với chủ hộ | Dân tộc | Tình trạng CCCD | Mức độ | Trạng thái tài khoản ĐDĐT | SIM chính chủ | Loại thiết bị
1 | Vũ Trường Ổn | 1958 | | 070058698081 | 12 | VŨ TRƯỜNG ỔN | Chủ hộ | Kinh | Đã cấp | Mức 2 | Chưa kích hoạt | Có | 4G
2 | Huỳnh Kim Nở | | 07/01/1994 | 095194217863 | 12 | VŨ TRƯỜNG ỔN | Vợ | S'tiêng | Chưa cấp | 1 | Đã kích hoạt | Không | Không có
3 | Điểu Quyền | | | 070093197042 | 13 | Điểu Quyền | Chủ hộ | S'tiêng | x | | Chưa có tài khoản | x | Cục gạch 2G`))
	if heldOf(rows) != ",," {
		t.Fatal(heldOf(rows))
	}
	want := []struct{ cccd, eid, sim, device string }{{"issued", "level2-inactive", "yes", "4G"}, {"none", "level1-active", "no", "none"}, {"issued", "none", "yes", "2G"}}
	for i, w := range want {
		s := rows[i].Status
		if s[StatusCCCD] != w.cccd || s[StatusEID] != w.eid || s[StatusSIM] != w.sim || s[StatusDevice] != w.device {
			t.Errorf("row %d: %v, want %+v", i, s, w)
		}
	}
	if rows[1].Gender != Female || rows[2].Gender != Male || rows[0].HeadOfHouse != "Vũ Trường Ổn" || rows[1].Relation != "Vợ" || rows[0].Kind != KindRegister {
		t.Errorf("%+v", rows[1])
	}
}

func TestLaw_P1_NumberChecks(t *testing.T) {
	for in, want := range map[string]string{
		"070058698081":       "070058698081",
		"70058698081":        "070058698081",
		"7.0058698081E+10":   "070058698081",
		"70058698081.0":      "070058698081",
		"'070058698081":      "070058698081",
		"070 058 698 081":    "070058698081",
		"070.058.698.081":    "070058698081",
		"1058698081":         "001058698081",
		"07005869808":        "number.length",
		"0700586980811":      "number.length",
		"07005869808A":       "number.characters",
		"099058698081":       "number.province",
		"999058698081":       "number.province",
		"112058698081":       "112058698081",
		"285123456":          "old 285123456",
		"":                   "",
		"chưa có":            "",
		"070058698081\u00a0": "070058698081",
	} {
		num, old, code := parseNumber(in, &sheet.Cell{Text: in, Kind: sheet.Text})
		got := num + code
		if old != "" {
			got = "old " + old
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestBirth(t *testing.T) {
	for in, want := range map[string]string{
		"13/02/1958": "1958-02-13", "13-2-1958": "1958-02-13", "13.02.1958": "1958-02-13", "1958-02-13": "1958-02-13", "1958": "1958", "02/1958": "1958-02",
		"13021958": "1958-02-13", "3021958": "1958-02-03", "21229": "1958-02-13", "1958-02-13 00:00:00": "1958-02-13", "00/00/1958": "1958", "29/02/2000": "2000-02-29",
		"29/02/1958": "!", "31/04/1990": "!", "13/13/1958": "!", "abc": "!", "13/02/58": "2:58", "'13/02/1958": "1958-02-13", "13 / 02 / 1958": "1958-02-13",
	} {
		b, y2, ok := parseBirth(in, &sheet.Cell{Text: in})
		got := b.String()
		if y2 >= 0 {
			got = "2:58"
		}
		if !ok {
			got = "!"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for in, want := range map[string]string{
		"PHẠM THỊ THU HOA": "Phạm Thị Thu Hoa", "phạm thị thu hoa": "Phạm Thị Thu Hoa", "Phạm Thị  Thu Hoa ": "Phạm Thị Thu Hoa", "Ông Điểu Quyền": "Điểu Quyền",
		"Bà: Thị Hương": "Thị Hương", "1. Vũ Trường Ổn": "Vũ Trường Ổn", "Thị Bưởi (đã chết)": "Thị Bưởi", "Điểu K’Rể": "Điểu K'Rể", "Lý Ý 2": "Lý Ý", "Bà Rịa Tám": "Rịa Tám",
	} {
		if got, _, _ := parseName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for in, want := range map[string]Place{
		"Khu phố 1, TT Tân Khai, Hớn Quản, Bình Phước": {Commune: "Thị trấn Tân Khai", Hamlet: "Khu phố 1"},
		"KP1":            {Hamlet: "Khu phố 1"},
		"kp. 03":         {Hamlet: "Khu phố 3"},
		"ẤP 3":           {Hamlet: "Ấp 3"},
		"ấp 3 xã An Phú": {Hamlet: "Ấp 3", Commune: "Xã An Phú"},
		"Tổ 4, Ấp Bà Lành, An Khương, Hớn Quản": {Hamlet: "Ấp Bà Lành", Commune: "An Khương", Group: "Tổ 4"},
		"Ấp 2 - X. Thanh An":                    {Hamlet: "Ấp 2", Commune: "Xã Thanh An"},
		"An Phú, Hớn Quản, Bình Phước":          {Commune: "An Phú"},
		"Sóc 5":                                 {Hamlet: "Sóc 5"},
	} {
		if got := ParsePlace(in); got != want {
			t.Errorf("%q: %+v, want %+v", in, got, want)
		}
	}
	for in, want := range map[string]Place{
		"CÔNG AN XÃ AN KHƯƠNG":                               {Commune: "Xã An Khương"},
		"UBND thị trấn Tân Khai":                             {Commune: "Thị trấn Tân Khai"},
		"DANH SÁCH CHƯA CẤP CĂN CƯỚC ẤP 5 XÃ TÂN LỢI":        {Commune: "Xã Tân Lợi", Hamlet: "Ấp 5"},
		"TRƯỞNG CÔNG AN XÃ":                                  {},
		"Danh sách công dân trên địa bàn xã An Phú năm 2024": {Commune: "Xã An Phú"},
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM":                 {},
		"Cong hoa xa hoi chu nghia Viet Nam":                 {},
		"CÔNG AN HUYỆN HỚN QUẢN":                             {},
	} {
		if got := placeIn(in); got != want {
			t.Errorf("%q: %+v, want %+v", in, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for in, want := range map[string]string{
		"(Kèm theo Công văn số      /CAX ngày 10 tháng 4 năm 2024)": "2024-04-10", "Số liệu tính đến ngày 30/4/2024": "2024-04-30", "An Phú, ngày 08 tháng 5 năm 2024": "2024-05-08", "ngày 31/02/2024": "",
	} {
		d, _ := dayIn(in)
		if string(d.day) != want {
			t.Errorf("%q: %q, want %q", in, d.day, want)
		}
	}
}

func TestLaw_F4_NoList(t *testing.T) {
	_, err := Recognise(memoryOf([]*grid{gridOf("a", "xin chào\nđây là ghi chú")}), "a.txt", Hint{})
	if !fault.Is(err, fault.Refused) {
		t.Error(err)
	}
}

// TestRepeats: a second row of a person is the same, or held when it contradicts.
func TestRepeats(t *testing.T) {
	_, rows := readGrids(t, "x.xlsx", Hint{}, gridOf("Sheet1", `
STT | Họ và tên | Ngày sinh | Số CCCD
1 | Vũ Trường Ổn | 13/02/1958 | 070058698081
2 | VŨ TRƯỜNG ỔN | 13-02-1958 | 70058698081
3 | Vũ Trường An | 13/02/1958 | 070058698081
4 | Lý Thanh Sỹ | 1960 |
5 | Lý Thanh Sỹ | 1960 |`))
	seen := NewRepeats()
	var got []string
	for i := range rows {
		v, _ := seen.Check(&rows[i])
		got = append(got, string(v))
	}
	if s := strings.Join(got, ","); s != ",same,held,,same" {
		t.Error(s)
	}
}

// TestChapters: rows that part a list by something other than a place; unmarked headings; years of two digits.
func TestChapters(t *testing.T) {
	rd, rows := readGrids(t, "can bo.xlsx", Hint{}, gridOf("Sheet1", `
DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
STT | Họ và tên | Chức vụ | Đơn vị | Số CCCD | Ngày sinh
I | PHÒNG NỘI VỤ
1 | Vũ Trường Ổn | Trưởng phòng | Phòng Nội vụ | 070058698081 | 13/02/1958
II | HUYỆN ĐOÀN
2 | Huỳnh Kim Nở | Chuyên viên | Huyện đoàn | 095194217863 | 07/01/94`))
	if rd.Kind != KindOfficials || len(rows) != 2 || heldOf(rows) != "," || rows[0].Agency != "Phòng Nội vụ" || rows[1].Birth.Y != 1994 || rd.CommuneText != "" {
		t.Errorf("%s %d rows, held %q, %+v", rd.Kind, len(rows), heldOf(rows), rows)
	}
	_, rows = readGrids(t, "x.xlsx", Hint{}, gridOf("Sheet1", `
HO VA TEN | NGAY | THANG | NAM | GIOI TINH | SO CCCD | DIA CHI
VU TRUONG ON | 13 | 2 | 58 | NAM | 070058698081 | Ap 1, xa An Khuong
LY THANH SY | 7 | 1 | 94 | NU | | `))
	if heldOf(rows) != ",birth.impossible" || rows[0].Name != "Vu Truong On" || rows[0].Birth.String() != "1958-02-13" || rows[0].CommuneText != "Xã An Khuong" {
		t.Errorf("held %q %+v", heldOf(rows), rows)
	}
}

// TestKindsApart: a sheet of another kind than the file is held row by row, not booked as something else.
func TestKindsApart(t *testing.T) {
	rd, rows := readGrids(t, "x.xlsx", Hint{}, gridOf("Chưa CCCD", `
DANH SÁCH CHƯA CẤP CCCD
STT | Họ và tên | Ngày sinh | Số ĐDCN
1 | Vũ Trường Ổn | 13/02/1958 | 070058698081
2 | Lý Thanh Sỹ | 02/11/1950 | 038050667432`), gridOf("Chưa ĐDĐT", `
DANH SÁCH CHƯA CÓ TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ
STT | Họ và tên | Ngày sinh | Số ĐDCN
1 | Huỳnh Kim Nở | 07/01/1994 | 095194217863`))
	if rd.Kind != KindCCCDMissing || heldOf(rows) != ",,sheet.kind" {
		t.Errorf("%s held %q", rd.Kind, heldOf(rows))
	}
	_, rows = readGrids(t, "x.xlsx", Hint{Kind: KindRegister}, gridOf("Sheet1", "Họ và tên | Số CCCD\nVũ Trường Ổn | 070058698081"))
	if len(rows) != 1 || rows[0].Kind != KindRegister {
		t.Errorf("%+v", rows)
	}
}
