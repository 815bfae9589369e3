package village

import "math/rand/v2"

// peoples are shares, in percent, of the peoples of a hamlet; what is left is Kinh.
type peoples struct{ stieng, khmer, nung, tay int }

var (
	mixed  = peoples{10, 4, 3, 3}
	town   = peoples{3, 1, 2, 2}
	stieng = peoples{78, 3, 1, 1}
	khmer  = peoples{6, 74, 1, 1}
)

// The peoples as lists write them.
const (
	kinh     = "Kinh"
	sTieng   = "S'tiêng"
	khmerOf  = "Khmer"
	nungOf   = "Nùng"
	tayOf    = "Tày"
	hundreds = 100
)

func (p peoples) pick(r *rand.Rand) string {
	n := r.IntN(hundreds)
	for _, s := range []struct {
		share int
		name  string
	}{{p.stieng, sTieng}, {p.khmer, khmerOf}, {p.nung, nungOf}, {p.tay, tayOf}} {
		if n < s.share {
			return s.name
		}
		n -= s.share
	}
	return kinh
}

var (
	kinhFamilies = []string{"Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Võ", "Vũ", "Phan", "Trương", "Bùi", "Đặng", "Đỗ", "Ngô", "Hồ", "Dương", "Lý", "Đinh", "Mai", "Tô", "Cao", "Lương", "Tống"}
	khmerNames   = []string{"Danh", "Lâm", "Thạch", "Kim", "Sơn", "Châu"}
	nungNames    = []string{"Nông", "Hoàng", "Lương", "Vi", "Lục", "Triệu", "Mã"}
	tayNames     = []string{"Nông", "Hoàng", "Ma", "Bế", "Đàm", "La", "Chu"}
	middleMale   = []string{"Văn", "Văn", "Văn", "Hữu", "Công", "Xuân", "Quốc", "Đức", "Minh", "Thanh", "Ngọc", "Trường", "Tấn", "Hoàng"}
	middleFemale = []string{"Thị", "Thị", "Thị", "Thị Thu", "Thị Ngọc", "Thị Mỹ", "Thị Hồng", "Thị Kim", "Diễm", "Bích", "Thùy", "Ngọc", "Kim", "Thanh"}
	givenMale    = []string{"Khởi", "Ổn", "Sỹ", "Giàu", "Vượng", "Mạnh", "Hải", "Kiệt", "Đạt", "Tám", "Tuấn", "Quyền", "Phước", "Nghĩa", "Dũng", "Hùng", "Long", "Thắng", "Khôi", "Lợi", "Bảo", "Toàn", "Hiếu", "Nhân", "Tài", "Tín", "Vinh", "Sang", "Lực", "Thịnh", "Đông", "Bình"}
	givenFemale  = []string{"Hoa", "Hương", "Quỳnh", "Lượm", "Yến", "Nở", "Ý", "Bưởi", "Phượng", "Trâm", "Nhung", "Thủy", "Diệu", "Tuyết", "Lan", "Hạnh", "Thảo", "Ngân", "Vy", "Trinh", "Hiền", "Xuân", "Mai", "Liên", "Cúc", "Đào", "Loan", "Thơm", "Hường", "Sương", "Nga", "Duyên"}
	stiengGiven  = []string{"Khôn", "Lon", "Hùng", "Sa Rết", "Gia", "Bích", "Mốt", "Hiệp", "Rô", "Thêm", "Đơ", "Lê", "Vinh", "Xoài", "Nô", "Bơ", "Sáng", "Hạnh", "Liêm", "Phen", "Chương", "Minh Tuấn", "Thanh Hà", "Ngọc Ánh"}
	khmerMale    = []string{"Sa Rinh", "Phết", "Sóc Kha", "Hoài Phong", "Minh Thành", "Sô Phanh", "Quốc Khởi", "Hữu Thạch", "Chanh", "Đa Ra"}
	khmerFemale  = []string{"Thị Sa Ly", "Thị Đa", "Thị Sà Rinh", "Thị Ngọc", "Chanh Thu", "Thị Mỹ Linh", "Sô Phia", "Thị Hồng", "Thị Bô Pha"}
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// family picks the name a household's children go by.
func family(r *rand.Rand, ethnic string) string {
	switch ethnic {
	case sTieng:
		return ""
	case khmerOf:
		return pick(r, khmerNames)
	case nungOf:
		return pick(r, nungNames)
	case tayOf:
		return pick(r, tayNames)
	}
	return pick(r, kinhFamilies)
}

// nameOf makes a full name under a family name. S'tiêng men go by Điểu, women by Thị.
func nameOf(r *rand.Rand, ethnic, family string, female bool) string {
	switch ethnic {
	case sTieng:
		if female {
			return "Thị " + pick(r, stiengGiven)
		}
		return "Điểu " + pick(r, stiengGiven)
	case khmerOf:
		if female {
			return family + " " + pick(r, khmerFemale)
		}
		return family + " " + pick(r, khmerMale)
	}
	if female {
		return family + " " + pick(r, middleFemale) + " " + pick(r, givenFemale)
	}
	return family + " " + pick(r, middleMale) + " " + pick(r, givenMale)
}
