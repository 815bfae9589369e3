package officials

import (
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/vn"
)

// Kinds of agencies, as core/territory keeps them in Office.Kind.
const (
	Police    = "police"
	Army      = "army"
	Committee = "committee"
	Party     = "party"
	Union     = "union"
	School    = "school"
	Health    = "health"
	Division  = "department"
)

// KindTitle names a kind of agency for people.
func KindTitle(kind string) string {
	switch kind {
	case Police:
		return "Công an"
	case Army:
		return "Quân sự"
	case Committee:
		return "UBND, HĐND"
	case Party:
		return "Cơ quan Đảng"
	case Union:
		return "Mặt trận, đoàn thể"
	case School:
		return "Trường học"
	case Health:
		return "Y tế"
	}
	return "Phòng, ban, đơn vị"
}

// kindOf tells an agency's kind from its name.
func kindOf(name string) string {
	f := strings.ReplaceAll(" "+agencyKey(name)+" ", " xa hoi ", " ")
	for _, k := range []struct {
		kind  string
		words []string
	}{
		{Police, []string{" cong an "}}, {Army, []string{" quan su ", " bo chi huy ", " bien phong "}},
		{School, []string{" truong ", " mam non ", " mau giao "}}, {Health, []string{" y te ", " benh vien "}},
		{Party, []string{" huyen uy ", " dang uy ", " ban to chuc ", " ban tuyen giao ", " uy ban kiem tra ", " ban dan van "}},
		{Committee, []string{" uy ban nhan dan ", " hoi dong nhan dan "}},
		{Union, []string{" hoi ", " doan ", " huyen doan ", " mat tran ", " cong doan ", " lien doan "}},
	} {
		for _, w := range k.words {
			if strings.Contains(f, w) {
				return k.kind
			}
		}
	}
	return Division
}

var short = strings.NewReplacer(" ubnd ", " uy ban nhan dan ", " hdnd ", " hoi dong nhan dan ", " ubmttq ", " uy ban mat tran to quoc ", " mttq ", " mat tran to quoc ", " lhpn ", " lien hiep phu nu ",
	" tc kh ", " tai chinh ke hoach ", " gd dt ", " giao duc dao tao ", " ca ", " cong an ", " tt ", " thi tran ", " va ", " ", " viet nam ", " ")

// agencyKey is a name of an agency without marks, punctuation and usual abbreviations: what two lists must agree in.
func agencyKey(name string) string {
	words := strings.FieldsFunc(vn.Fold(name), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	return strings.TrimSpace(strings.Join(strings.Fields(short.Replace(" "+strings.Join(words, "  ")+" ")), " "))
}

// unitOf tells which unit an agency hangs on: the commune it names, the given commune when it only says "xã", else the campaign's own.
// nil when it says "xã" and nobody told which.
func unitOf(tree *territory.Tree, name string, given *territory.Unit) *territory.Unit {
	key := strings.ReplaceAll(" "+agencyKey(name)+" ", " xa hoi ", " ")
	commune := false
	for _, w := range []string{" xa ", " thi tran ", " phuong "} {
		commune = commune || strings.Contains(key, w)
	}
	var named *territory.Unit
	if u, ok := tree.FindCommune(name); ok && commune {
		named = u
	}
	switch {
	case named != nil:
		return named
	case strings.Contains(key, " huyen "):
		return tree.Home()
	case commune:
		return given
	case given != nil:
		return given
	}
	return tree.Home()
}

// keepUpper are words that stay in capitals when a name written all in capitals is written small.
var keepUpper = map[string]bool{"UBND": true, "HĐND": true, "UBMTTQ": true, "MTTQ": true, "UBMTTQVN": true, "THCS": true, "THPT": true, "TH": true, "PTDTNT": true, "LHPN": true, "BCH": true, "BHXH": true, "TNCS": true, "LĐLĐ": true, "VKSND": true, "TAND": true, "GDTX": true, "CCB": true}

// tidy writes a name that a list has in capitals as offices write it: "UBND XÃ AN KHƯƠNG" is "UBND xã An Khương".
func tidy(name string, unit *territory.Unit) string {
	if name != strings.ToUpper(name) {
		return name
	}
	words := strings.Fields(name)
	for i, w := range words {
		if !keepUpper[strings.Trim(w, "-,.()")] {
			words[i] = strings.ToLower(w)
		}
	}
	out := vn.UpperFirst(strings.Join(words, " "))
	low := strings.ToLower(unit.Kind + " " + unit.Name)
	if i := strings.Index(strings.ToLower(out), low); i >= 0 && len(strings.ToLower(out)) == len(out) {
		out = vn.UpperFirst(out[:i] + unit.Kind + " " + unit.Name + out[i+len(low):])
	}
	return out
}
