package intake

import (
	_ "embed"
	"strings"
	"sync"

	"bonphu/internal/vn"

	"github.com/goccy/go-yaml"
)

//go:embed synonyms.yaml
var synonymsYAML []byte

// Fields that only the neighbours of a column can tell; they never leave this package.
const (
	fieldTen   Field = "tên"   // given name, name of a person, name of a unit
	fieldDay   Field = "day"   // part of a birth date
	fieldMonth Field = "month" //
	fieldYear  Field = "year"  //
)

// synonyms is the compiled table of headings.
type synonyms struct {
	exact   map[string]Field            // folded heading
	under   map[string]map[string]Field // folded leaf → folded parent ("*" for any) → field
	phrases map[string]Field            // headings long enough to be looked for inside longer ones
	targets map[string]string           // folded heading of a target column → its key
	total   []string
	foot    []string
	note    []string

	conflicts []string // headings given to two fields; a test says there are none
}

var loadSynonyms = sync.OnceValue(func() *synonyms {
	var doc struct {
		Fields  map[string][]string
		Targets map[string][]string
		Total   []string
		Foot    []string
		Note    []string
	}
	if err := yaml.Unmarshal(synonymsYAML, &doc); err != nil {
		panic("intake: synonyms.yaml: " + err.Error())
	}
	s := &synonyms{exact: map[string]Field{}, under: map[string]map[string]Field{}, phrases: map[string]Field{}, targets: map[string]string{}}
	for name, list := range doc.Fields {
		f := Field(name)
		for _, h := range list {
			if parent, leaf, ok := strings.Cut(h, ">"); ok {
				p, l := foldHeading(parent), foldHeading(leaf)
				if strings.TrimSpace(parent) == "*" {
					p = "*"
				}
				if s.under[l] == nil {
					s.under[l] = map[string]Field{}
				}
				s.under[l][p] = f
				continue
			}
			k := foldHeading(h)
			if before, ok := s.exact[k]; ok && before != f {
				s.conflicts = append(s.conflicts, "“"+h+"” is both "+string(before)+" and "+name)
			}
			s.exact[k] = f
			if longEnough(k) {
				s.phrases[k] = f
			}
		}
	}
	for key, list := range doc.Targets {
		for _, h := range list {
			s.targets[foldHeading(h)] = key
		}
	}
	s.total, s.foot = doc.Total, nil
	for _, w := range doc.Foot {
		s.foot = append(s.foot, foldHeading(w))
	}
	for _, w := range doc.Note {
		s.note = append(s.note, foldHeading(w))
	}
	return s
})

// longEnough tells whether a folded heading may be looked for inside longer ones without false finds.
func longEnough(k string) bool {
	switch k {
	case "cccd", "cmnd", "ddcn", "sdt", "vneid":
		return true
	case "kich hoat", "mo ta", "ngay sinh", "nam sinh", "ho ten", "dan toc", "dia chi":
		return true
	}
	return strings.Count(k, " ") >= 1 && len(k) >= 9
}

// foldHeading folds a heading for comparison: no marks, lower case, punctuation as one space.
func foldHeading(s string) string {
	s = vn.Fold(s)
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 {
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteByte(c)
			continue
		}
		space = true
	}
	return b.String()
}

// withoutParens drops what stands in parentheses or brackets.
func withoutParens(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(' || r == '[':
			depth++
		case (r == ')' || r == ']') && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// notOurs are words that make a heading speak of somebody else than the row's person.
var notOurs = []string{"cha", "me", "vo", "chong", "con", "giam ho", "phu trach", "can bo nhap", "nguoi lap", "nguoi than"}

// match tells the field of a heading given as its levels, from the top. sure is false when only a part matched.
func (s *synonyms) match(levels []string) (f Field, sure bool) {
	leaf, parents := "", levels
	for len(parents) > 0 && leaf == "" {
		leaf = strings.TrimSpace(parents[len(parents)-1])
		parents = parents[:len(parents)-1]
	}
	if leaf == "" {
		return "", false
	}
	k := foldHeading(leaf)
	if k == "nam" { // "năm" and "nam" are one word when folded
		if strings.EqualFold(vn.NFC(leaf), "năm") {
			return fieldYear, true
		}
		return FieldMale, true
	}
	for i := len(parents) - 1; i >= 0; i-- {
		p := foldHeading(parents[i])
		if p == "" {
			continue
		}
		if m := s.under[k]; m != nil {
			if f, ok := m[p]; ok {
				return f, true
			}
			for key, f := range m {
				if key == "*" || containsPhrase(p, key) {
					return f, true
				}
			}
		}
		if f, ok := s.exact[p+" "+k]; ok {
			return f, true
		}
	}
	if f, ok := s.exact[k]; ok {
		if f == fieldTen && len(parents) > 0 && containsPhrase(foldHeading(parents[len(parents)-1]), "ho") {
			return FieldGiven, true
		}
		return f, true
	}
	if plain := foldHeading(withoutParens(leaf)); plain != k && plain != "" {
		if f, ok := s.exact[plain]; ok {
			return f, true
		}
	}
	for _, part := range strings.FieldsFunc(leaf, func(r rune) bool { return r == '/' || r == '\n' || r == ';' || r == '+' || r == '|' }) {
		if f, ok := s.exact[foldHeading(part)]; ok {
			return f, false
		}
	}
	if f := s.inside(k); f != "" {
		return f, false
	}
	if len(parents) > 0 { // a leaf that says nothing, such as "(12 số)", under a heading that does
		f, _ := s.match(parents)
		return f, false
	}
	return "", false
}

// inside looks for the longest known heading inside a longer one.
func (s *synonyms) inside(k string) Field {
	var best string
	for p := range s.phrases {
		if len(p) > len(best) && containsPhrase(k, p) {
			best = p
		}
	}
	if best == "" {
		return ""
	}
	rest := strings.TrimSpace(strings.Replace(k, best, " ", 1))
	for _, w := range notOurs {
		if containsPhrase(rest, w) {
			return FieldIgnore
		}
	}
	return s.phrases[best]
}

// target gives the key of a target column; ok only when its heading is one.
func (s *synonyms) target(levels []string) (string, bool) {
	for i := len(levels) - 1; i >= 0; i-- {
		k := foldHeading(levels[i])
		if key, ok := s.targets[k]; ok {
			return key, true
		}
		if key, ok := s.targets[foldHeading(withoutParens(levels[i]))]; ok {
			return key, true
		}
	}
	k := foldHeading(strings.Join(levels, " "))
	best, key := "", ""
	for p, v := range s.targets {
		if len(p) > len(best) && len(p) >= 9 && containsPhrase(k, p) {
			best, key = p, v
		}
	}
	return key, key != ""
}

// containsPhrase tells whether the folded phrase p stands in s at word boundaries.
func containsPhrase(s, p string) bool {
	if p == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(s[from:], p)
		if i < 0 {
			return false
		}
		i += from
		j := i + len(p)
		if (i == 0 || s[i-1] == ' ') && (j == len(s) || s[j] == ' ') {
			return true
		}
		from = i + 1
	}
}

// opens tells whether folded text begins with one of the phrases.
func opens(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.HasPrefix(s, p) && (len(s) == len(p) || s[len(p)] == ' ') {
			return true
		}
	}
	return false
}
