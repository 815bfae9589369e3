package intake

import "testing"

func TestClause_IV_2_d_ExtractsInShapesNotSeenBefore(t *testing.T) {
	for _, tc := range []struct{ file, kind, text string }{
		{"a.xlsx", KindStatus, `
CỤC CẢNH SÁT QLHC VỀ TTXH
HỆ THỐNG ĐỊNH DANH VÀ XÁC THỰC ĐIỆN TỬ
BÁO CÁO TRẠNG THÁI THẺ VÀ TÀI KHOẢN ĐỊNH DANH TỪNG CÔNG DÂN
(Số liệu tính đến 17 giờ ngày 20/5/2024)
STT | Họ và tên công dân | Ngày tháng năm sinh | Số định danh cá nhân | Tình trạng CCCD | Trạng thái định danh điện tử
1 | Điểu Thử An | 02/03/1990 | 070090000123 | đã cấp | đã kích hoạt mức 2
2 | Lâm Thử Bình | 05/06/1985 | 070185000456 | đã cấp | mức 1 chưa kích hoạt
Tổng cộng | 2 | | | |`},
		{"b.xlsx", KindPolice, `
CÔNG AN TỈNH BÌNH PHƯỚC
PHẦN MỀM THEO DÕI CHIẾN DỊCH
Số liệu tính đến 17h00 ngày 20/5/2024
TT | Họ tên | Sinh ngày | Số CCCD | Đã thu nhận CCCD | Kích hoạt VNeID
1 | Điểu Thử An | 02/03/1990 | 070090000123 | đã cấp | đã kích hoạt
2 | Lâm Thử Bình | 05/06/1985 | 070185000456 | đã thu nhận | chưa có
Cộng | | | | |`},
		{"c.xlsx", KindOperator, `
DANH SÁCH THUÊ BAO
Số liệu tính đến 17 giờ ngày 20/5/2024
STT | Số thuê bao | Họ và tên chủ thuê bao | Ngày sinh | Số giấy tờ | Chính chủ | Ký số | Thiết bị
1 | 84912345678 | Điểu Thử An | 02/03/1990 | 070090000123 | Có | Có | 4G
2 | 091*****78 | Lâm Thử Bình | 05/06/1985 | 0701*******6 | Không | Không | 2G`},
	} {
		rd, rows := readGrids(t, tc.file, Hint{}, gridOf("Sheet1", tc.text))
		if rd.Kind != tc.kind {
			t.Errorf("%s: kind %s, want %s", tc.file, rd.Kind, tc.kind)
		}
		if rd.AsOf != "2024-05-20" {
			t.Errorf("%s: as of %s", tc.file, rd.AsOf)
		}
		if len(rows) != 2 {
			t.Errorf("%s: %d rows", tc.file, len(rows))
			continue
		}
		if rows[0].Number != "070090000123" || rows[0].Birth.String() != "1990-03-02" {
			t.Errorf("%s: %+v", tc.file, rows[0])
		}
		if tc.kind == KindOperator && (rows[0].Phone != "0912345678" || rows[1].Phone != "" || rows[1].Number != "" || rows[1].PhoneMask == "" || rows[1].NumberMask == "") {
			t.Errorf("operator: %+v / %+v", rows[0], rows[1])
		}
	}
}
