package intake

import "testing"

// TestClause_IV_1_c_AgenciesNamedElsewhereThanInAColumn: a row that parts the list, a sheet an agency, or the list's own title.
func TestClause_IV_1_c_AgenciesNamedElsewhereThanInAColumn(t *testing.T) {
	rd, rows := readGrids(t, "can bo.xlsx", Hint{}, gridOf("Sheet1", `
DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC
STT | Họ và tên | Ngày sinh | Chức vụ | Số CCCD | SIM chính chủ + CKS
PHÒNG NỘI VỤ
1 | Vũ Trường Ổn | 13/02/1958 | Trưởng phòng | 070058698081 | x
II | HUYỆN ĐOÀN
1 | Huỳnh Kim Nở | 07/01/1994 | Chuyên viên | 095194217863 |
UBND XÃ AN PHÚ
1 | Điểu K'Lơi | 02/03/1990 | Công chức | | x
2 | Thị N’Hương | 1991 | Công chức | |
| Người lập biểu | | | |`))
	want := []string{"PHÒNG NỘI VỤ", "HUYỆN ĐOÀN", "UBND XÃ AN PHÚ", "UBND XÃ AN PHÚ"}
	if rd.Kind != KindOfficials || len(rows) != 4 || heldOf(rows) != ",,," {
		t.Fatalf("%s %d rows, held %q", rd.Kind, len(rows), heldOf(rows))
	}
	for i, r := range rows {
		if r.Agency != want[i] {
			t.Errorf("row %d: %q", i, r.Agency)
		}
	}
	if rows[2].Name != "Điểu K'Lơi" && rows[2].Name != "Điểu K’Lơi" {
		t.Errorf("%q", rows[2].Name)
	}
	rd, rows = readGrids(t, "x.xlsx", Hint{}, gridOf("Trường THCS Tân Khai", `
DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC
STT | Họ và tên | Ngày sinh | Chức vụ | Số CCCD | Cổng DVC quốc gia
1 | Vũ Trường Ổn | 13/02/1958 | Hiệu trưởng | 070058698081 | x`), gridOf("Công an xã", `
DANH SÁCH CÁN BỘ CHIẾN SĨ XÃ AN KHƯƠNG
STT | Họ và tên | Ngày sinh | Chức vụ | Số CCCD | Cổng DVC quốc gia
1 | Huỳnh Kim Nở | 07/01/1994 | Trưởng Công an xã | 095194217863 | x`))
	if rd.Kind != KindOfficials || len(rows) != 2 || rows[0].Agency != "Trường THCS Tân Khai" || rows[1].Agency != "Công an Xã An Khương" {
		t.Errorf("%s %d: %+v", rd.Kind, len(rows), rows)
	}
	_, rows = readGrids(t, "x.xlsx", Hint{}, gridOf("Sheet1", `
ỦY BAN NHÂN DÂN HUYỆN HỚN QUẢN
DANH SÁCH CÔNG CHỨC, VIÊN CHỨC PHÒNG TÀI CHÍNH - KẾ HOẠCH
STT | Họ và tên | Ngày sinh | Chức danh | Số CCCD | Nơi thường trú | Cổng DVC quốc gia
1 | Vũ Trường Ổn | 13/02/1958 | Chuyên viên | 070058698081 | Ấp 1, xã An Khương | x`))
	if len(rows) != 1 || rows[0].Agency != "PHÒNG TÀI CHÍNH - KẾ HOẠCH" {
		t.Errorf("%+v", rows)
	}
}

// TestAgencyOfTheLetterhead: whose list it is, when nothing nearer says so; an empty cell of the column waits instead.
func TestAgencyOfTheLetterhead(t *testing.T) {
	_, rows := readGrids(t, "x.xlsx", Hint{}, gridOf("Sheet1", `
UBND HUYỆN HỚN QUẢN | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG NỘI VỤ | | Độc lập - Tự do - Hạnh phúc
DANH SÁCH CÁN BỘ, CÔNG CHỨC
STT | Họ và tên | Ngày sinh | Chức vụ | Số CCCD | Cổng DVC quốc gia
1 | Vũ Trường Ổn | 13/02/1958 | Trưởng phòng | 070058698081 | x
2 | Huỳnh Kim Nở | 07/01/1994 | Chuyên viên | 095194217863 |
| | | TRƯỞNG PHÒNG`))
	if len(rows) != 2 || rows[0].Agency != "PHÒNG NỘI VỤ" || rows[1].Agency != "PHÒNG NỘI VỤ" {
		t.Errorf("%+v", rows)
	}
	_, rows = readGrids(t, "x.xlsx", Hint{}, gridOf("Sheet1", `
UBND HUYỆN HỚN QUẢN
DANH SÁCH CÁN BỘ, CÔNG CHỨC
STT | Họ và tên | Ngày sinh | Chức vụ | Số CCCD | Đơn vị công tác
1 | Vũ Trường Ổn | 13/02/1958 | Trưởng phòng | 070058698081 | Huyện đoàn
2 | Huỳnh Kim Nở | 07/01/1994 | Chuyên viên | 095194217863 | `))
	if len(rows) != 2 || rows[0].Agency != "Huyện đoàn" || rows[1].Agency != "" {
		t.Errorf("%+v", rows)
	}
}

// TestLaw_F1_OnePersonInTwoAgenciesWaits: rows that differ in the agency alone are no repeat.
func TestLaw_F1_OnePersonInTwoAgenciesWaits(t *testing.T) {
	_, rows := readGrids(t, "x.xlsx", Hint{}, gridOf("Sheet1", `
DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC
STT | Họ và tên | Ngày sinh | Chức vụ | Đơn vị công tác | Số CCCD
1 | Vũ Trường Ổn | 13/02/1958 | Chuyên viên | Phòng Nội vụ | 070058698081
2 | Vũ Trường Ổn | 13/02/1958 | Chuyên viên | Huyện đoàn | 070058698081
3 | Vũ Trường Ổn | 13/02/1958 | Chuyên viên | Huyện đoàn | 
4 | Vũ Trường Ổn | 13/02/1958 | Chuyên viên | Phòng Nội vụ | `))
	seen := NewRepeats()
	got := ""
	for i := range rows {
		v, _ := seen.Check(&rows[i])
		got += string(v) + ","
	}
	if got != ",held,,," {
		t.Error(got)
	}
}
