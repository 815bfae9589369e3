package intake

import (
	"strings"
	"unicode"

	"bonphu/internal/vn"
)

// Place is what a text says about where: a hamlet, its commune, a group within the hamlet.
type Place struct {
	Commune string // "Xã An Khương", "An Khương" when the text does not say the kind
	Hamlet  string // "Ấp 1", "Khu phố 3"
	Group   string // "Tổ 4"
	Label   string // the agency that a row parting a list of officials names
}

type tier int

const (
	tierNone tier = iota
	tierGroup
	tierHamlet
	tierCommune
	tierDistrict
	tierProvince
)

// unitWord is a word that opens a unit's name. Those with mark need their full spelling (folded they are other words too).
type unitWord struct {
	folded, title string
	tier          tier
}

var unitWords = []unitWord{
	{"to dan pho", "Tổ dân phố", tierHamlet},
	{"khu dan cu", "Khu dân cư", tierHamlet},
	{"khu pho", "Khu phố", tierHamlet},
	{"thi tran", "Thị trấn", tierCommune},
	{"thi xa", "Thị xã", tierDistrict},
	{"thanh pho", "Thành phố", tierDistrict},
	{"ap", "Ấp", tierHamlet},
	{"kp", "Khu phố", tierHamlet},
	{"tdp", "Tổ dân phố", tierHamlet},
	{"soc", "Sóc", tierHamlet},
	{"thon", "Thôn", tierHamlet},
	{"buon", "Buôn", tierHamlet},
	{"ban", "Bản", tierHamlet},
	{"lang", "Làng", tierHamlet},
	{"khom", "Khóm", tierHamlet},
	{"xom", "Xóm", tierHamlet},
	{"khu", "Khu", tierHamlet},
	{"xa", "Xã", tierCommune},
	{"phuong", "Phường", tierCommune},
	{"tt", "Thị trấn", tierCommune},
	{"huyen", "Huyện", tierDistrict},
	{"quan", "Quận", tierDistrict},
	{"tx", "Thị xã", tierDistrict},
	{"tp", "Thành phố", tierDistrict},
	{"tinh", "Tỉnh", tierProvince},
	{"to", "Tổ", tierGroup},
	{"x.", "Xã", tierCommune},
	{"p.", "Phường", tierCommune},
	{"h.", "Huyện", tierDistrict},
	{"q.", "Quận", tierDistrict},
	{"t.", "Tỉnh", tierProvince},
}

// unitPiece reads one piece such as "KP.3", "ấp 01", "TT Tân Khai"; tierNone when it opens with no word of a unit.
func unitPiece(s string) (string, tier) {
	s = strings.TrimSpace(s)
	f := vn.Fold(s)
	for _, w := range unitWords {
		if !strings.HasPrefix(f, w.folded) {
			continue
		}
		after := f[len(w.folded):]
		if !strings.HasSuffix(w.folded, ".") {
			if after == "" {
				continue
			}
			if c := after[0]; c != ' ' && c != '.' && c != ':' && (c < '0' || c > '9') {
				continue
			}
		}
		rest := dropRunes(s, len([]rune(w.folded)))
		rest = strings.Trim(strings.TrimLeft(rest, ".: "), " .:;,-")
		if rest == "" {
			continue
		}
		if w.tier == tierGroup && !startsWithDigit(rest) {
			continue
		}
		return w.title + " " + unitName(rest), w.tier
	}
	return s, tierNone
}

// dropRunes leaves out the first n runes of s, counting a run of spaces as one, as Fold does.
func dropRunes(s string, n int) string {
	space := false
	for i, r := range s {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if n == 0 {
			return s[i:]
		}
		if unicode.IsSpace(r) {
			if space {
				continue
			}
			space = true
		} else {
			space = false
		}
		n--
	}
	return ""
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// unitName tidies the proper part of a unit's name: capitals to title case, "01" to "1", counts in brackets dropped.
func unitName(s string) string {
	s = strings.Join(strings.Fields(withoutParens(s)), " ")
	if len(s) > 1 && s[0] == '0' && strings.Trim(s, "0123456789") == "" {
		s = strings.TrimLeft(s, "0")
	}
	return nameCase(s)
}

// ParsePlace reads an address or the name of a unit: "Khu phố 1, TT Tân Khai, Hớn Quản, Bình Phước", "ấp 3 - xã An Phú".
// Pieces without a word of their kind are placed by their neighbours: commune, district, province from the end.
func ParsePlace(s string) Place {
	var p Place
	s = strings.TrimSpace(s)
	if s == "" {
		return p
	}
	s = strings.NewReplacer(" - ", ",", ";", ",", " – ", ",", "\n", ",").Replace(s)
	pieces := strings.Split(s, ",")
	var names []string
	var tiers []tier
	for _, piece := range pieces {
		piece = strings.TrimSpace(piece)
		if piece == "" {
			continue
		}
		for _, sub := range splitInside(piece) {
			n, t := unitPiece(sub)
			names, tiers = append(names, n), append(tiers, t)
		}
	}
	for i, t := range tiers {
		switch t {
		case tierHamlet:
			if p.Hamlet == "" {
				p.Hamlet = names[i]
			}
		case tierCommune:
			if p.Commune == "" {
				p.Commune = names[i]
			}
		case tierGroup:
			if p.Group == "" {
				p.Group = names[i]
			}
		}
	}
	if p.Commune == "" && len(names) > 1 { // hamlet, commune[, district[, province]]
		for i, t := range tiers {
			if t == tierHamlet && i+1 < len(names) && tiers[i+1] == tierNone && !hasDigit(names[i+1]) {
				p.Commune = unitName(names[i+1])
				break
			}
		}
		if p.Commune == "" && p.Hamlet == "" && len(names) >= 3 {
			i := len(names) - 3
			if tiers[i] == tierNone && !hasDigit(names[i]) && tiers[i+1] != tierHamlet {
				p.Commune = unitName(names[i])
			}
		}
	}
	return p
}

// splitInside parts "ấp 3 xã An Phú", where no comma does.
func splitInside(s string) []string {
	words := strings.Fields(s)
	if len(words) < 4 {
		return []string{s}
	}
	for i := 1; i < len(words)-1; i++ {
		switch strings.ToLower(words[i]) {
		case "xã", "huyện", "tỉnh", "phường", "xa", "huyen":
			return append([]string{strings.Join(words[:i], " ")}, splitInside(strings.Join(words[i:], " "))...)
		case "thị":
			if strings.EqualFold(words[i+1], "trấn") {
				return append([]string{strings.Join(words[:i], " ")}, strings.Join(words[i:], " "))
			}
		}
	}
	return []string{s}
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// PlaceName is a unit's name without the word of its kind: "Thị trấn Tân Khai" → "Tân Khai", "Ấp 1" → "1".
func PlaceName(s string) string {
	n, t := unitPiece(s)
	if t == tierNone {
		return s
	}
	for _, w := range unitWords {
		if rest, ok := strings.CutPrefix(n, w.title+" "); ok {
			return rest
		}
	}
	return n
}

// sectionPlace reads a row that parts a list by place: "II. Ấp 3", "Khu phố 2: 45 người", "Xã An Phú". ok is false when
// the text is not the name of a unit.
func sectionPlace(s string) (Place, bool) {
	s = strings.TrimSpace(s)
	if head, _, ok := strings.Cut(s, ":"); ok && unitLike(dropOrdinal(head)) {
		s = head
	}
	s = dropOrdinal(s)
	if len([]rune(s)) > 60 || !unitLike(s) {
		return Place{}, false
	}
	p := ParsePlace(s)
	return p, p != Place{}
}

// unitLike tells whether a text opens with the word of a hamlet, group or commune.
func unitLike(s string) bool {
	n, t := unitPiece(s)
	if t == tierNone || t > tierCommune || strings.Count(n, " ") > 8 {
		return false
	}
	w := strings.ToLower(s)
	if vn.Fold(s) != w { // written with marks: the word itself must have its own
		for _, good := range []string{"ấp", "khu", "kp", "sóc", "thôn", "buôn", "bản", "làng", "khóm", "xóm", "xã", "phường", "thị trấn", "tt", "tổ", "tdp", "x.", "p.", "ap ", "xa ", "soc ", "thon "} {
			if strings.HasPrefix(w, good) {
				return true
			}
		}
		return false
	}
	return true
}

// dropOrdinal leaves out "II.", "2)", "A -", "* " before a text.
func dropOrdinal(s string) string {
	s = strings.TrimLeft(strings.TrimSpace(s), "*-+• ")
	i := strings.IndexAny(s, ".)/- ")
	if i <= 0 || i > 5 {
		return s
	}
	head := s[:i]
	if strings.Trim(head, "IVXLC") == "" || strings.Trim(head, "0123456789") == "" || len(head) == 1 && s[i] != ' ' && !strings.ContainsAny(strings.ToLower(head), "xp") {
		return strings.TrimLeft(s[i:], ".)/- ")
	}
	return s
}
