package intake

import (
	"fmt"
	"strings"

	"bonphu/internal/vn"
)

// guess is what speaks for a kind.
type guess struct {
	score map[string]float64
	why   map[string][]string
}

func (g *guess) add(kind string, score float64, why string) {
	g.score[kind] += score
	for _, w := range g.why[kind] {
		if w == why {
			return
		}
	}
	g.why[kind] = append(g.why[kind], why)
}

// best gives the likeliest kind; confidence is its part of all that was found, at most 0.99.
func (g *guess) best() (kind string, confidence float64) {
	sum, top := 0.0, 0.0
	for _, k := range Kinds() {
		s := g.score[k]
		sum += s
		if s > top {
			kind, top = k, s
		}
	}
	if top == 0 {
		return "", 0
	}
	return kind, min(0.99, top/sum*min(1, 0.4+top/5))
}

// kindInText finds what a title, a sheet's name or a file's name says of the kind.
func kindInText(text string) string {
	f := " " + foldHeading(text) + " "
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(f, " "+w+" ") {
				return true
			}
		}
		return false
	}
	eid := has("dinh danh", "dddt", "ddt", "vneid", "tkdddt", "tai khoan")
	switch {
	case has("chi tieu") && !has("danh sach"):
		return KindTargets
	case has("don vi hanh chinh", "danh muc don vi", "danh muc xa", "danh muc ap", "danh sach don vi"):
		return KindUnits
	case has("to cong tac", "to luu dong", "thanh vien to", "to de an 06", "to trien khai", "cac to", "to dan van"):
		return KindTeams
	case has("nha mang", "chu thue bao", "danh sach thue bao", "thue bao di dong"):
		return KindOperator
	case has("trich xuat") && has("dich vu cong", "cong dvc", "dvc"):
		return KindPortal
	case has("can bo cong chuc", "can bo", "cong chuc", "vien chuc", "cbccvc", "cbcc") && !has("chua cap", "chua kich hoat"):
		return KindOfficials
	case has("phan mem theo doi", "phan mem cua cong an tinh") && has("tong hop", "theo don vi", "theo xa", "tung xa", "tung don vi"):
		return KindTotals
	case has("phan mem theo doi", "phan mem cua cong an tinh", "phan mem quan ly"):
		return KindPolice
	case eid && has("da kich hoat", "da duoc kich hoat") && !has("chua kich hoat", "chua duoc kich hoat"):
		return KindActive
	case eid && has("trang thai", "tinh trang", "trich xuat") && has("tung cong dan", "tung nguoi", "he thong dinh danh", "theo cong dan"):
		return KindStatus
	case has("chua kich hoat", "chua duoc kich hoat", "chua thuc hien kich hoat"):
		if has("muc 1", "muc do 1", "muc i", "m1") {
			return KindEID1
		}
		if has("muc 2", "muc do 2", "muc ii", "m2") {
			return KindEID2
		}
		return "eid-inactive"
	case eid && has("chua co", "chua duoc cap", "chua cap", "chua dang ky", "chua thu nhan", "chua lam", "chua duoc", "khong co", "chua tao"):
		return KindEIDMissing
	case has("chua duoc cap", "chua cap", "chua lam", "chua co", "chua thu nhan", "can cap", "chua duoc thu nhan", "chua duoc lam") && has("can cuoc", "cccd", "can cuoc cong dan", "the can cuoc"):
		return KindCCCDMissing
	case has("nhan khau", "dan cu", "so ho", "ho khau", "nhan ho khau", "cong dan thuong tru", "thuong tru", "so theo doi", "ho gia dinh", "cu tru"):
		return KindRegister
	}
	return ""
}

// kindOfTable weighs a table's headings and its status values.
func (g *guess) table(t *table, ps []profile) {
	person := t.has(FieldName, FieldFamily, FieldGiven)
	targets := 0
	for i := range t.keys {
		if i < len(ps) && (ps[i].n == 0 || ps[i].share(isSmall, isFigure, isMark, isYear, isCMND) > 0.5) {
			targets++
		}
	}
	switch {
	case targets >= 2 && !t.has(FieldNumber, FieldBirth) && t.has(FieldUnit, FieldCommune, FieldHamlet, FieldUnitName):
		g.add(KindTargets, 4, fmt.Sprintf("bảng có cột đơn vị và %d cột chỉ tiêu", targets))
	case t.has(FieldUnitCode) && t.has(FieldUnitName, FieldUnit, FieldCommune) && !t.has(FieldNumber, FieldBirth):
		g.add(KindUnits, 4, "bảng có cột mã và tên đơn vị")
	case t.has(FieldTeam) && !t.has(FieldBirth, FieldMale):
		g.add(KindTeams, 4, "bảng có cột tên tổ")
	}
	if t.has(FieldPhone) && t.has(FieldSIM, FieldSign, FieldSIMSign) && t.has(FieldDevice, FieldSign, FieldSIM) && !t.has(FieldBirth, FieldPosition) {
		g.add(KindOperator, 3, "có cột thuê bao, chính chủ, chữ ký số hoặc loại thiết bị")
	}
	if person && t.has(FieldPosition) && !t.has(FieldTeam) && t.has(FieldAgency, FieldUnit, FieldPortal, FieldPortalLocal, FieldSIMSign) {
		g.add(KindOfficials, 3, "có cột chức vụ và đơn vị công tác")
	}
	if person && t.has(FieldPortal, FieldPortalLocal) {
		g.add(KindOfficials, 2, "có cột đăng nhập Cổng dịch vụ công")
	}
	if person || t.has(FieldNumber) {
		g.add(KindRegister, 0.5, "có cột họ tên, số định danh")
		if t.has(FieldHousehold, FieldHead, FieldRelation) {
			g.add(KindRegister, 1.5, "có cột số hộ, chủ hộ hoặc quan hệ với chủ hộ")
		}
	}
	for _, c := range t.columns {
		switch c.Field {
		case FieldEID, FieldLevel, FieldStatus, FieldCCCD, FieldNote:
			if c.Index < len(ps) {
				g.values(c, &ps[c.Index], t.col(FieldLevel), ps)
			}
		}
	}
}

// values weighs what a status column says: one status for nearly all rows makes an extract, many make a register.
func (g *guess) values(c Column, p *profile, level int, ps []profile) {
	kinds := map[string]int{}
	n := 0
	for v, k := range p.values {
		n += k
		switch eidState(v, "") {
		case "none":
			kinds[KindEIDMissing] += k
		case "level1-inactive":
			kinds[KindEID1] += k
		case "level2-inactive":
			kinds[KindEID2] += k
		case "inactive":
			kinds["inactive"] += k
		}
		if f := vn.Fold(v); c.Field != FieldEID && (cccdState(v) == "none" && (strings.Contains(f, "cccd") || strings.Contains(f, "can cuoc")) || c.Field == FieldCCCD && cccdState(v) == "none") {
			kinds[KindCCCDMissing] += k
		}
	}
	if n == 0 {
		return
	}
	for kind, k := range kinds {
		if k*10 < n*9 || c.Field == FieldNote && k*10 < n*9 {
			continue
		}
		if kind == "inactive" {
			kind = ""
			if level >= 0 && level < len(ps) {
				one, two := 0, 0
				for v, m := range ps[level].values {
					if strings.Contains(v, "1") {
						one += m
					} else if strings.Contains(v, "2") {
						two += m
					}
				}
				if one > 9*two {
					kind = KindEID1
				} else if two > 9*one {
					kind = KindEID2
				}
			}
			if kind == "" {
				continue
			}
		}
		g.add(kind, 3, fmt.Sprintf("cột “%s” hầu hết là “%s”", c.Heading, shorten(most1(p.values), 60)))
	}
}

func most1(m map[string]int) (best string) {
	n := 0
	for v, k := range m {
		if k > n || k == n && v < best {
			best, n = v, k
		}
	}
	return best
}

// eidState reads a status of an e-ID account; level is what a column of levels says.
func eidState(s, level string) string {
	f := foldHeading(s)
	if f == "" {
		return ""
	}
	switch f {
	case "none", "level1-inactive":
		return s
	}
	lv := ""
	switch {
	case containsPhrase(f, "muc 2"), containsPhrase(f, "muc do 2"), containsPhrase(f, "cap 2"), containsPhrase(f, "m2"):
		lv = "2"
	case containsPhrase(f, "muc 1"), containsPhrase(f, "muc do 1"), containsPhrase(f, "cap 1"), containsPhrase(f, "m1"):
		lv = "1"
	case strings.Contains(level, "2"):
		lv = "2"
	case strings.Contains(level, "1"):
		lv = "1"
	}
	none := containsPhrase(f, "chua co") || containsPhrase(f, "chua dang ky") || containsPhrase(f, "khong co") || containsPhrase(f, "chua duoc cap") ||
		containsPhrase(f, "chua cap") || containsPhrase(f, "chua thu nhan") || containsPhrase(f, "chua tao") || containsPhrase(f, "chua lam") || f == "chua"
	inactive := containsPhrase(f, "chua kich hoat") || containsPhrase(f, "khong kich hoat") || containsPhrase(f, "chua duoc kich hoat")
	active := !inactive && (containsPhrase(f, "kich hoat") || containsPhrase(f, "da kh"))
	switch {
	case inactive && lv != "":
		return "level" + lv + "-inactive"
	case inactive:
		return "inactive"
	case none:
		return "none"
	case active && lv != "":
		return "level" + lv + "-active"
	case active:
		return "active"
	}
	return ""
}

// cccdState reads a status of the citizen card.
func cccdState(s string) string {
	f := foldHeading(s)
	switch {
	case f == "":
		return ""
	case containsPhrase(f, "chua"), f == "khong", containsPhrase(f, "khong co"), f == "0":
		return "none"
	case containsPhrase(f, "dang"), containsPhrase(f, "cho cap"), containsPhrase(f, "da thu nhan"), containsPhrase(f, "cho tra"):
		return "pending"
	case f == "x", f == "co", f == "1", containsPhrase(f, "da cap"), containsPhrase(f, "da co"), f == "da", containsPhrase(f, "da tra"):
		return "issued"
	}
	return ""
}

// deviceKind reads a kind of telephone.
func deviceKind(s string) string {
	f := vn.Fold(s)
	switch {
	case f == "":
		return ""
	case strings.Contains(f, "khong"), strings.Contains(f, "chua co"):
		return "none"
	case strings.Contains(f, "5g"):
		return "5G"
	case strings.Contains(f, "4g"):
		return "4G"
	case strings.Contains(f, "3g"):
		return "3G"
	case strings.Contains(f, "2g"), strings.Contains(f, "cuc gach"), strings.Contains(f, "pho thong"):
		return "2G"
	case strings.Contains(f, "thong minh"), strings.Contains(f, "smart"):
		return "smart"
	}
	return ""
}
