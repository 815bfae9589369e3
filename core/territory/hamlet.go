package territory

import (
	"strings"
	"unicode"

	"bonphu/internal/vn"
)

// hamletKinds are the kinds of hamlets as lists write them, folded, longest first, with their full spelling.
var hamletKinds = [][2]string{{"to dan pho", "tổ dân phố"}, {"khu pho", "khu phố"}, {"khu vuc", "khu vực"}, {"khom", "khóm"}, {"thon", "thôn"}, {"buon", "buôn"}, {"lang", "làng"}, {"ban", "bản"},
	{"ap", "ấp"}, {"soc", "sóc"}, {"khu", "khu"}, {"kp", "khu phố"}, {"tdp", "tổ dân phố"}}

// notHamlets begin parts of an address that are smaller or larger than a hamlet. They are compared with their marks, since "Xa Cát" is
// a hamlet and "xã Cát" is none; unmarked only in a text that has no marks at all.
var notHamlets = []string{"tổ", "nhóm", "hẻm", "ngõ", "số nhà", "số", "đường", "quốc lộ", "tỉnh lộ", "xã", "phường", "thị trấn", "tt", "huyện", "thị xã", "quận", "thành phố", "tp", "tỉnh"}

// numbered are what a number follows: "to 3", "so 12", "ql13".
var numbered = []string{"to", "nhom", "hem", "so", "ql", "dt"}

// startsOther tells whether a part of an address that is no hamlet begins with these words.
func startsOther(words []string, unmarked bool) bool {
	said := vn.NFC(strings.ToLower(strings.Join(words, " "))) + " "
	for _, w := range notHamlets {
		if unmarked && w != "xã" && w != "tổ" && w != "số" {
			w = vn.Fold(w)
		}
		if strings.HasPrefix(said, w+" ") {
			return true
		}
	}
	said = clean(said)
	for _, w := range numbered {
		if rest, ok := strings.CutPrefix(said, w); ok {
			if rest = strings.TrimLeft(rest, " "); rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				return true
			}
		}
	}
	return false
}

// plain tells that a text has no marks.
func plain(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) < 0
}

// hamletName is a hamlet as a text writes it.
type hamletName struct{ kind, name string }

// ParseHamletName reads a hamlet's kind and name in their canonical spelling: "ấp 01" → "ấp", "1"; "KP2" → "khu phố", "2"; "SÓC XOÀI"
// → "sóc", "Xoài"; "Tổ 3, ấp 5" → "ấp", "5". A bare name has no kind. false for what names no hamlet.
func ParseHamletName(text string) (kind, name string, ok bool) {
	if len(text) > 200 {
		return "", "", false
	}
	var bare *hamletName
	for _, part := range hamletParts(text) {
		if found := readHamlets(part); len(found) > 0 {
			return found[0].kind, found[0].name, true
		}
		if bare == nil {
			bare = readBare(part)
		}
	}
	if bare == nil {
		return "", "", false
	}
	return "", bare.name, true
}

func hamletParts(text string) []string {
	return strings.FieldsFunc(vn.NFC(text), func(r rune) bool { return strings.ContainsRune(",;–()\n", r) })
}

// readBare reads a part without a kind; nil for what is no hamlet's name.
func readBare(part string) *hamletName {
	folded := clean(part)
	if folded == "" || len(part) > 120 || startsOther(strings.Fields(part), plain(part)) {
		return nil
	}
	for _, k := range hamletKinds {
		if folded == k[0] {
			return nil
		}
	}
	return &hamletName{"", canonical(part)}
}

// readHamlets finds each "kind name" in a part of an address: "Tổ 3 ấp 5 xã An Khương" holds ấp 5.
func readHamlets(part string) []hamletName {
	words := strings.Fields(part)
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = clean(w)
	}
	unmarked := plain(part)
	var out []hamletName
	for i := range words {
		kind, first, from := kindAt(words, folded, i)
		if kind == "" {
			continue
		}
		end := from
		for end < len(words) && (first == "" && end == from || !begins(words, folded, end, unmarked)) {
			end++
		}
		name := strings.Join(append(nonEmpty(first), words[from:end]...), " ")
		if name = canonical(name); clean(name) != "" {
			out = append(out, hamletName{kind, name})
		}
	}
	return out
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// kindAt reads a kind at word i, with what is stuck to it ("KP2") and where its name goes on.
func kindAt(words, folded []string, i int) (kind, first string, from int) {
	for _, k := range hamletKinds {
		n := len(strings.Fields(k[0]))
		if i+n < len(words) && strings.Join(folded[i:i+n], " ") == k[0] && spelled(words[i], k) {
			return k[1], "", i + n
		}
	}
	for _, k := range hamletKinds {
		short := strings.ReplaceAll(k[0], " ", "")
		// "KP2", "Ap.1": the fold tells the kind, the number is cut from the word itself.
		rest := strings.ReplaceAll(folded[i], " ", "")
		if rest, ok := strings.CutPrefix(rest, short); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			at := strings.IndexFunc(words[i], unicode.IsDigit)
			if at < 0 {
				continue
			}
			return k[1], words[i][at:], i + 1
		}
	}
	return "", "", 0
}

// begins tells whether the next part of an address begins at word i: another hamlet, or what is none. In a text without marks "xa"
// begins a commune when more than one word follows.
func begins(words, folded []string, i int, unmarked bool) bool {
	if kind, _, _ := kindAt(words, folded, i); kind != "" {
		return true
	}
	return i+1 < len(words) && startsOther(words[i:], unmarked) || unmarked && folded[i] == "xa" && i+2 < len(words)
}

// spelled tells a kind from a name that folds alike: "Bàn Cờ" is no bản, "Lăng Ông" no làng.
func spelled(word string, kind [2]string) bool {
	return kind[0] != "ban" && kind[0] != "lang" || plain(word) || vn.NFC(strings.ToLower(word)) == kind[1]
}

// canonical spells a hamlet's name: no leading zeros, capitals where names have them, "1a" as "1A".
func canonical(s string) string {
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " .:-")
	for len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' {
		s = s[1:]
	}
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		first, rest, _ := strings.Cut(s, " ")
		return strings.TrimSpace(strings.ToUpper(first) + " " + vn.TitleName(rest))
	}
	return vn.TitleName(s)
}

// FindHamlet finds a commune's hamlet that a text names: "Ấp 1", "ấp 01", "Ap1", "KP 2", "Tổ 3, ấp 5". Kind and name together win;
// then a name that holds its own kind ("ấp Sóc Lớn" written "Sóc Lớn"); then the name alone. false when none or more than one fits.
func (t *Tree) FindHamlet(commune int64, text string) (*Unit, bool) {
	var names []hamletName
	for _, part := range hamletParts(text) {
		found := readHamlets(part)
		if len(found) == 0 {
			if b := readBare(part); b != nil {
				found = []hamletName{*b}
			}
		}
		names = append(names, found...)
	}
	fits := []func(u *Unit, h hamletName) bool{
		func(u *Unit, h hamletName) bool {
			return h.kind != "" && (u.Kind == "" || vn.Fold(u.Kind) == vn.Fold(h.kind)) && sameName(u.Name, h.name)
		},
		func(u *Unit, h hamletName) bool { return h.kind != "" && sameName(u.Name, h.kind+" "+h.name) },
		func(u *Unit, h hamletName) bool { return sameName(u.Name, h.name) },
	}
	for _, fit := range fits {
		var found *Unit
		for _, h := range names {
			for _, u := range t.kids[commune] {
				if !fit(u, h) || u == found {
					continue
				}
				if found != nil {
					return nil, false
				}
				found = u
			}
		}
		if found != nil {
			return found, true
		}
	}
	return nil, false
}

// sameName compares names of hamlets without marks, case and leading zeros.
func sameName(a, b string) bool { return clean(canonical(a)) == clean(canonical(b)) }
