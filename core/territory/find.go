package territory

import (
	"strings"

	"bonphu/internal/vn"
)

// communeKinds and hamletKinds are the kinds of units as lists write them, folded, longest first, with their full spelling.
var communeKinds = [][2]string{{"thi tran", "thị trấn"}, {"t tran", "thị trấn"}, {"phuong", "phường"}, {"xa", "xã"}, {"tt", "thị trấn"}, {"p", "phường"}, {"x", "xã"}}

var hamletKinds = [][2]string{{"to dan pho", "tổ dân phố"}, {"khu pho", "khu phố"}, {"khu vuc", "khu vực"}, {"khom", "khóm"}, {"thon", "thôn"}, {"buon", "buôn"}, {"lang", "làng"}, {"ban", "bản"},
	{"ap", "ấp"}, {"soc", "sóc"}, {"khu", "khu"}, {"kp", "khu phố"}, {"tdp", "tổ dân phố"}}

// FindCommune finds the commune that a text names: "An Khương", "xã An Khương", "TT Tân Khai", "Khu phố 1, TT Tân Khai, Hớn Quản".
// A part with its kind wins; a bare name must be a whole part. false when none or more than one is named.
func (t *Tree) FindCommune(text string) (*Unit, bool) {
	bare := map[*Unit]bool{}
	for _, part := range parts(text) {
		if u := t.communeWithKind(part); u != nil {
			return u, true
		}
		if us := t.names[part]; len(us) == 1 {
			bare[us[0]] = true
		}
	}
	if len(bare) == 1 {
		for u := range bare {
			return u, true
		}
	}
	return nil, false
}

// communeWithKind looks for "xa an khuong" anywhere in a folded part: "ubnd xa an khuong", "cong an thi tran tan khai".
func (t *Tree) communeWithKind(part string) *Unit {
	padded := " " + part + " "
	for _, k := range communeKinds {
		for at := 0; ; {
			i := strings.Index(padded[at:], " "+k[0]+" ")
			if i < 0 {
				break
			}
			rest := strings.TrimSpace(padded[at+i+len(k[0])+2:])
			if us := t.names[rest]; len(us) == 1 {
				return us[0]
			}
			for words := strings.Fields(rest); len(words) > 1; {
				words = words[:len(words)-1]
				if us := t.names[strings.Join(words, " ")]; len(us) == 1 {
					return us[0]
				}
			}
			at += i + 1
		}
	}
	return nil
}

// parts cuts an address at its commas and dashes and folds each part.
func parts(text string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;-–/()\n", r) }) {
		if p = clean(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// clean folds a text and leaves letters, digits and single spaces.
func clean(s string) string {
	return strings.Join(strings.FieldsFunc(vn.Fold(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }), " ")
}

// ParseHamletName reads a hamlet's kind and name: "ấp 01" → "ấp", "1"; "KP2" → "khu phố", "2"; "Sóc Xoài" → "sóc", "Xoài". A bare
// name has no kind. false for what is no name.
func ParseHamletName(text string) (kind, name string, ok bool) {
	text = strings.TrimSpace(vn.NFC(text))
	if text == "" || len(text) > 120 {
		return "", "", false
	}
	words := strings.Fields(text)
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = clean(w)
	}
	joined := strings.Join(folded, " ")
	for _, k := range hamletKinds {
		if joined == k[0] {
			return "", "", false
		}
		n := len(strings.Fields(k[0]))
		if len(words) > n && strings.Join(folded[:n], " ") == k[0] {
			return k[1], trimZeros(strings.Trim(strings.Join(words[n:], " "), " .:")), true
		}
		if rest := strings.TrimPrefix(folded[0], strings.ReplaceAll(k[0], " ", "")); rest != folded[0] && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return k[1], trimZeros(strings.ToUpper(strings.Join(append([]string{rest}, words[1:]...), " "))), true
		}
	}
	return "", trimZeros(strings.Trim(text, " .:")), clean(text) != ""
}

func trimZeros(s string) string {
	for len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' {
		s = s[1:]
	}
	return s
}

// FindHamlet finds a commune's hamlet that a text names: "Ấp 1", "ấp 01", "Ap1", "KP 2", "Tổ 3, ấp 5". false when none is named.
func (t *Tree) FindHamlet(commune int64, text string) (*Unit, bool) {
	var bare *Unit
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;–()\n", r) }) {
		kind, name, ok := ParseHamletName(part)
		if !ok || strings.HasPrefix(clean(part), "to ") && kind == "" {
			continue
		}
		want := clean(name)
		for _, u := range t.kids[commune] {
			if clean(u.Name) != want {
				continue
			}
			if kind == "" {
				if bare != nil && bare != u {
					return nil, false
				}
				bare = u
				continue
			}
			if vn.Fold(u.Kind) == vn.Fold(kind) || u.Kind == "" {
				return u, true
			}
			bare = u
		}
	}
	return bare, bare != nil
}
