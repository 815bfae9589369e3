package vn

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

var samples = []string{"Họ và tên", "Nguyễn Thị Thu Hoà", "Điểu Sa Rôi", "Đặng Hữu Dũng", "Ngày, tháng, năm sinh", "Số ĐDCN", "Nơi ở hiện tại", "Dương Xuân Tuấn",
	"Trần Thị Ngọc Quỳnh", "Lâm Công Phước", "Phạm Thị Hồng Thủy", "Khu phố 1, thị trấn Tân Khai", "Chưa kích hoạt", "Mức độ 2", "Thị Lượm", "Huỳnh Kim Nở",
	"Người lập danh sách", "Tổng cộng: 180 công dân", "(Kèm theo Công văn số 12)", "Hớn Quản, ngày 10 tháng 4 năm 2024", "Nguyễn Hoàng Yến", "Lý Đức Phước", "Kỵ, giỗ", "Quế, Khuê, Nguyệt",
	"CÔNG AN XÃ THANH BÌNH", "DANH SÁCH CÔNG DÂN CHƯA ĐƯỢC CẤP", "ỦY BAN NHÂN DÂN XÃ AN KHƯƠNG", "Đăk Ơ", "Bù Gia Mập", "Nguyễn Đình Ưng"}

// inTCVN3 spells text in TCVN 5712 read as Latin-1, capitals as small letters as a capital font wants them.
func inTCVN3(s string) string {
	back := map[rune]rune{}
	for k, v := range tcvn3() {
		back[v] = k
	}
	return strings.Map(func(r rune) rune {
		if b, ok := back[r]; ok {
			return b
		}
		if b, ok := back[lower(r)]; ok && r > 127 {
			return b
		}
		return r
	}, s)
}

func inVNI(s string) string {
	var b strings.Builder
	for _, r := range s {
		done := false
		up := r != lower(r)
		form := func(x rune) rune {
			if up {
				return []rune(strings.ToUpper(string(x)))[0]
			}
			return x
		}
		for alone, v := range vniAlone {
			if v == lower(r) && r > 127 {
				b.WriteRune(form(alone))
				done = true
			}
		}
		if done || r < 128 {
			if !done {
				b.WriteRune(r)
			}
			continue
		}
		for mark, pairs := range vniMarks {
			p := []rune(pairs)
			for i := 0; i < len(p); i += 2 {
				if p[i+1] == lower(r) {
					base := p[i]
					if a, ok := map[rune]rune{'ơ': 'ô', 'ư': 'ö'}[base]; ok {
						base = a
					}
					b.WriteRune(form(base))
					b.WriteRune(form(mark))
					done = true
				}
			}
		}
		if !done {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func asLatin(t *testing.T, b []byte) string {
	t.Helper()
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = DecodeByte(c)
	}
	return string(r)
}

func TestRepair(t *testing.T) {
	for _, s := range samples {
		if got, _ := Repair(s); got != s {
			t.Errorf("correct text was changed: %q → %q", s, got)
		}
		if got, _ := Repair(norm.NFD.String(s)); got != s {
			t.Errorf("NFD: %q → %q", s, got)
		}
		if in := inTCVN3(s); in != s {
			if got, enc := Repair(in); got != s {
				t.Errorf("TCVN3 %q: %q → %q (%s)", s, in, got, enc)
			}
		}
		if in := inVNI(s); in != s {
			if got, enc := Repair(in); got != s {
				t.Errorf("VNI %q: %q → %q (%s)", s, in, got, enc)
			}
		}
		if b := []byte(s); true {
			if got, enc := Repair(asLatin(t, b)); got != s {
				t.Errorf("mojibake %q → %q (%s)", s, got, enc)
			}
		}
		// Windows-1258 keeps tones as marks of their own.
		if b, err := charmap.Windows1258.NewEncoder().Bytes([]byte(for1258(s))); err == nil {
			if got, enc := Repair(asLatin(t, b)); got != s {
				t.Errorf("cp1258 %q: %q → %q (%s)", s, asLatin(t, b), got, enc)
			}
		}
	}
	for _, s := range []string{"José Müller", "½ lít © ® “x” – …", "Café", "12,5 m²", "", "abc", "√", "100 %", "Y Bliă Êban", "K’Brết"} {
		if got, _ := Repair(s); got != s {
			t.Errorf("%q → %q", s, got)
		}
	}
	if RepairAs("Ghi chó", TCVN3) != "Ghi chú" || TitleName(RepairAs("Vò Tr\u00adêng æn", TCVN3)) != "Vũ Trường Ổn" {
		t.Error("an ambiguous cell is not read as told")
	}
	if RepairAs("Êp 1", TCVN3) != "ấp 1" {
		t.Errorf("%q", RepairAs("Êp 1", TCVN3))
	}
}

// for1258 keeps the shapes composed and the tones apart, as Windows-1258 has them.
func for1258(s string) string {
	table := letters()
	tones := []rune{0, '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'}
	var b strings.Builder
	for _, r := range s {
		l, ok := table[r]
		if !ok || l.tone == 0 {
			b.WriteRune(r)
			continue
		}
		shape := l.shape
		if r != lower(r) {
			shape = []rune(strings.ToUpper(string(shape)))[0]
		}
		b.WriteRune(shape)
		b.WriteRune(tones[l.tone])
	}
	return b.String()
}

func TestFoldSortTitle(t *testing.T) {
	for in, want := range map[string]string{"  Đặng  Thị\tMỹ ": "dang thi my", "ĐIỂU SA RÔI": "dieu sa roi", norm.NFD.String("Nguyễn"): "nguyen", "K’Brết": "k’bret", "": ""} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q", in, got)
		}
	}
	order := []string{"Trần Văn An", "Lê Ân", "Nguyễn Văn Bình", "Lê Dũng", "Lê Đào", "Lê Hoa", "Trần Hoa", "Lê Hòa", "Lê Yến"}
	for i := 1; i < len(order); i++ {
		if SortKey(order[i-1]) >= SortKey(order[i]) {
			t.Errorf("%s does not come before %s: %q %q", order[i-1], order[i], SortKey(order[i-1]), SortKey(order[i]))
		}
	}
	for in, want := range map[string]string{"PHẠM THỊ THU HOA": "Phạm Thị Thu Hoa", "Điểu K'Rol": "Điểu K'Rol", "điểu k'rol": "Điểu K'Rol", "  LÊ   VĂN A ": "Lê Văn A"} {
		if got := TitleName(in); got != want {
			t.Errorf("TitleName(%q) = %q", in, got)
		}
	}
}

func TestLaw_N3_Percent(t *testing.T) {
	for _, tc := range []struct {
		n, d int64
		want string
	}{{0, 0, "–"}, {5, 0, "–"}, {869, 1942, "44,7 %"}, {1, 1, "100,0 %"}, {99999, 100000, "99,9 %"}, {1, 100000, "0,1 %"}, {0, 9, "0,0 %"}, {1, 3, "33,3 %"}, {2, 3, "66,7 %"}, {12345, 1000, "1.234,5 %"}} {
		if got := Percent(tc.n, tc.d); got != tc.want {
			t.Errorf("Percent(%d,%d) = %q, want %q", tc.n, tc.d, got, tc.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1.000", 1234567: "1.234.567", -12345: "-12.345"} {
		if got := Int(n); got != want {
			t.Errorf("Int(%d) = %q", n, got)
		}
	}
	for n, want := range map[int64]string{0: "Không đồng", 20_000_000: "Hai mươi triệu đồng", 1_005_000: "Một triệu không trăm lẻ năm nghìn đồng", 21: "Hai mươi mốt đồng", 15: "Mười lăm đồng", 2_500_000_000: "Hai tỷ năm trăm triệu đồng"} {
		if got := MoneyWords(n); got != want {
			t.Errorf("MoneyWords(%d) = %q", n, got)
		}
	}
	for in, want := range map[string]string{"84982819372": "0982819372", "+84 98 281 9372": "0982819372", "982819372": "0982819372", "0982.819.372": "0982819372", "12": "", "x": "", "0082819372": ""} {
		if got, _ := Phone(in); got != want {
			t.Errorf("Phone(%q) = %q", in, got)
		}
	}
	for in, want := range map[string]string{"13/02/1958": "1958-02-13", "1-7-1990": "1990-07-01", "1.7.1990": "1990-07-01", "1990-07-01": "1990-07-01", "01071990": "1990-07-01", "07/1990": "1990-07", "1990": "1990",
		"31/02/1990": "", "32941": "1990-03-09", "13/13/1990": "", "1/7/90": "", "": "", "abc": "", "1990-07-01 00:00:00": "1990-07-01", "00/00/1950": "1950", "00/1990": ""} {
		if b, ok := ParseBirth(in); b.String() != want && ok || !ok && want != "" {
			t.Errorf("ParseBirth(%q) = %q %v, want %q", in, b, ok, want)
		}
	}
}

func FuzzRepair(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
		f.Add(inTCVN3(s))
		f.Add(inVNI(s))
	}
	f.Fuzz(func(t *testing.T, s string) {
		out, _ := Repair(s)
		if again, _ := Repair(out); again == "" && out != "" {
			t.Error("repaired away")
		}
		Fold(s)
		SortKey(s)
		TitleName(s)
		ParseBirth(s)
		Phone(s)
	})
}
