// Package vn knows Vietnamese text: its normal form, folding and order, the old encodings it still arrives in, and how
// officials spell numbers, dates and money.
package vn

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC gives the composed normal form; text that is in it already comes back as it is.
func NFC(s string) string {
	if ascii(s) {
		return s
	}
	return norm.NFC.String(s)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// letter is what a composed Vietnamese letter is made of: its plain letter, its shape (â ă ê ô ơ ư đ) and its tone.
type letter struct {
	plain rune // a
	shape rune // â
	tone  byte // 0 ngang 1 huyền 2 hỏi 3 ngã 4 sắc 5 nặng: the order of dictionaries
}

// vowels lists each shape with its five toned forms in the order of tone.
var vowels = []string{"aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ"}

var letters = sync.OnceValue(func() map[rune]letter {
	plain := map[rune]rune{'ă': 'a', 'â': 'a', 'ê': 'e', 'ô': 'o', 'ơ': 'o', 'ư': 'u'}
	m := map[rune]letter{'đ': {'d', 'đ', 0}, 'Đ': {'d', 'đ', 0}}
	for _, v := range vowels {
		shape, _ := utf8.DecodeRuneInString(v)
		p := shape
		if q, ok := plain[shape]; ok {
			p = q
		}
		tone := byte(0)
		for _, r := range v {
			m[r] = letter{p, shape, tone}
			m[unicode.ToUpper(r)] = letter{p, shape, tone}
			tone++
		}
	}
	return m
})

// Fold gives lower-case text without marks, đ as d, with single spaces and none around: what search and comparison use.
func Fold(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	put := func(r rune) {
		if space && len(b) > 0 {
			b = append(b, ' ')
		}
		space = false
		b = utf8.AppendRune(b, r)
	}
	table := letters()
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == ' ' || c >= '\t' && c <= '\r':
				space = true
			case c >= 'A' && c <= 'Z':
				put(rune(c) + 32)
			default:
				put(rune(c))
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch l, ok := table[r]; {
		case ok:
			put(l.plain)
		case unicode.Is(unicode.Mn, r) || r == '\u200b' || r == '\ufeff' || r == '\u00ad':
		case unicode.IsSpace(r):
			space = true
		default:
			for _, d := range norm.NFD.String(string(unicode.ToLower(r))) {
				if !unicode.Is(unicode.Mn, d) {
					put(d)
				}
			}
		}
	}
	return string(b)
}

// SortKey orders names as officials do: by given name, then family and middle names; letters by the Vietnamese alphabet
// (a ă â … d đ e ê …), tones after letters (ngang huyền hỏi ngã sắc nặng). Plain text comparison of keys gives the order.
func SortKey(s string) string {
	words := strings.Fields(NFC(s))
	if n := len(words); n > 1 {
		given := words[n-1]
		copy(words[1:], words[:n-1])
		words[0] = given
	}
	table := letters()
	b := make([]byte, 0, 2*len(s))
	for i, w := range words {
		if i > 0 {
			b = append(b, ' ')
		}
		var tones []byte
		for _, r := range w {
			l, ok := table[r]
			if !ok {
				b = utf8.AppendRune(b, unicode.ToLower(r))
				continue
			}
			b = append(b, byte(l.plain))
			switch l.shape {
			case 'ă', 'ê', 'ô', 'ư', 'đ':
				b = append(b, '~')
			case 'â', 'ơ':
				b = append(b, '~', '~')
			}
			if l.tone > 0 {
				tones = append(tones, '0'+l.tone)
			}
		}
		b = append(b, '!')
		b = append(b, tones...)
	}
	return string(b)
}

// TitleName spells a name with a capital at each word and single spaces. Capitals inside a word of mixed case are left alone.
func TitleName(s string) string {
	s = strings.Join(strings.Fields(NFC(s)), " ")
	upper, lower := false, false
	for _, r := range s {
		upper = upper || unicode.IsUpper(r)
		lower = lower || unicode.IsLower(r)
	}
	mixed := upper && lower
	start := true
	return strings.Map(func(r rune) rune {
		was := start
		start = r == ' ' || r == '-' || r == '\'' || r == '’'
		if was {
			return unicode.ToUpper(r)
		}
		if mixed {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}
