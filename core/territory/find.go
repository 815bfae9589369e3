package territory

import (
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// communeKinds are the kinds of communes as lists write them, folded, with their full spelling.
var communeKinds = [][2]string{{"thi tran", "thị trấn"}, {"t tran", "thị trấn"}, {"phuong", "phường"}, {"xa", "xã"}, {"tt", "thị trấn"}, {"p", "phường"}, {"x", "xã"}}

// FindCommune finds the commune that a text names: "An Khương", "xã An Khương", "TT Tân Khai", "Khu phố 1, TT Tân Khai, Hớn Quản".
// A name with its kind wins; a bare name must be a whole part. false when none or more than one is named.
func (t *Tree) FindCommune(text string) (*Unit, bool) { return t.FindCommuneOn(text, "") }

// FindCommuneOn is FindCommune among the communes of a day, for trees in which a merger has given an old name to a new unit.
func (t *Tree) FindCommuneOn(text string, day clock.Day) (*Unit, bool) {
	kinded, bare := map[*Unit]bool{}, map[*Unit]bool{}
	for _, part := range parts(text) {
		for _, u := range t.communesWithKind(part, day) {
			kinded[u] = true
		}
		for _, u := range t.named(part, "", day) {
			bare[u] = true
		}
	}
	if len(kinded) == 0 {
		kinded = bare
	}
	if len(kinded) != 1 {
		return nil, false
	}
	for u := range kinded {
		return u, true
	}
	return nil, false
}

// named gives the communes of a folded name; those of the kind alone when there are any, since lists confuse xã and thị trấn.
func (t *Tree) named(name, kind string, day clock.Day) []*Unit {
	var all, same []*Unit
	for _, u := range t.names[name] {
		if !u.In(day) {
			continue
		}
		all = append(all, u)
		if kind != "" && vn.Fold(u.Kind) == vn.Fold(kind) {
			same = append(same, u)
		}
	}
	if len(same) > 0 {
		return same
	}
	return all
}

// communesWithKind looks for "xa an khuong" anywhere in a folded part: "ubnd xa an khuong", "cong an thi tran tan khai".
func (t *Tree) communesWithKind(part string, day clock.Day) []*Unit {
	var out []*Unit
	words := strings.Fields(part)
	for i := range words {
		for _, k := range communeKinds {
			n := len(strings.Fields(k[0]))
			if i+n >= len(words) || strings.Join(words[i:i+n], " ") != k[0] {
				continue
			}
			// The longest name that begins here: "Tân Hưng Đông" is not "Tân Hưng".
			for end := min(len(words), i+n+6); end > i+n; end-- {
				if us := t.named(strings.Join(words[i+n:end], " "), k[1], day); len(us) > 0 {
					out = append(out, us...)
					break
				}
			}
			break
		}
	}
	return out
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
