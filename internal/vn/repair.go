package vn

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding names how a piece of text had been spelled.
type Encoding string

// The encodings that Repair tells.
const (
	UTF8     Encoding = "utf-8"
	NFD      Encoding = "nfd"      // decomposed Unicode
	TCVN3    Encoding = "tcvn3"    // TCVN 5712 (ABC, .VnTime fonts), read as Latin-1
	VNI      Encoding = "vni"      // VNI fonts, read as Latin-1
	CP1258   Encoding = "cp1258"   // Windows-1258, read as Windows-1252
	Mojibake Encoding = "mojibake" // UTF-8, read as Windows-1252
)

// Repair gives the text of one cell as it was meant, and how it had been spelled. Correct Vietnamese, and whatever is not
// clearly one of the known spellings, comes back as it is.
func Repair(s string) (string, Encoding) {
	if ascii(s) {
		return s, UTF8
	}
	n := norm.NFC.String(s)
	plain := UTF8
	if n != s {
		plain = NFD
	}
	good, bad, _ := score(n)
	if t, ok := misreadUTF8(n); ok {
		if g, b, _ := score(t); b <= bad && g > 0 {
			return t, Mojibake
		}
	}
	if bad == 0 {
		return n, plain
	}
	best, enc, bestBad := n, plain, bad
	for _, e := range []Encoding{Mojibake, TCVN3, VNI, CP1258} {
		t, ok := decode(n, e)
		if !ok {
			continue
		}
		g, b, _ := score(t)
		if g < good || g == 0 {
			continue
		}
		// Of two that leave as little wrong, the one without a rare spelling is meant: "Loäc" is Lộc, not Loọc.
		if b < bestBad || enc != plain && b == bestBad && rare(t) < rare(best) {
			best, enc, bestBad = t, e, b
		}
	}
	// A repair must leave less than half of what was wrong.
	if enc != plain && bestBad*2 > bad {
		return n, plain
	}
	return best, enc
}

// misreadUTF8 reads UTF-8 that was read as Windows-1252. It is certain, whatever the words look like, when every letter beyond ASCII
// belongs to a whole sequence and one of them cannot stand in correct text: three letters ("á»™"), or a sign behind Ã ("Ã²").
func misreadUTF8(s string) (string, bool) {
	certain := strings.Contains(s, "á»") || strings.Contains(s, "áº")
	for i := strings.Index(s, "Ã"); !certain && i >= 0 && i+2 < len(s); {
		r, n := utf8.DecodeRuneInString(s[i+2:])
		certain = strings.ContainsRune("²³¹€™¡¢£¤¥¦§¨©ª¬\u00ad®¯°±´µ¶·¸º¼½¾", r) ||
			strings.ContainsRune("“”‘’–—…•", r) && len(s) > i+2+n && unicode.IsLetter(rune(s[i+2+n]))
		next := strings.Index(s[i+2:], "Ã")
		if next < 0 {
			break
		}
		i += 2 + next
	}
	if !certain {
		return "", false
	}
	return decode(s, Mojibake)
}

// rare counts the spellings that only a few Vietnamese words have: oong, ooc, and k before a, o, u.
func rare(s string) int {
	n := 0
	for w := range strings.FieldsFuncSeq(s, separates) {
		f := Fold(w)
		if strings.Contains(f, "oo") || len(f) > 1 && f[0] == 'k' && strings.IndexByte("aou", f[1]) >= 0 {
			n++
		}
	}
	return n
}

// RepairAs reads the text as that encoding, for a cell that is ambiguous by itself in a sheet known to be so spelled.
func RepairAs(s string, e Encoding) string {
	n := NFC(s)
	if t, ok := decode(n, e); ok {
		return t
	}
	return n
}

// score counts the words that are marked Vietnamese syllables, and those with foreign characters that are not.
func score(s string) (good, bad, words int) {
	for w := range strings.FieldsFuncSeq(s, separates) {
		if ascii(w) {
			continue
		}
		words++
		if ok, _ := syllable(w); ok {
			good++
			continue
		}
		if foreign(w) {
			bad++
		}
	}
	return good, bad, words
}

// separates cuts text into words. Signs that the old encodings use for letters do not separate.
func separates(r rune) bool {
	switch {
	case r == ' ' || r >= '\t' && r <= '\r' || strings.ContainsRune(".,;:/()[]-–—+\"'’‘“”…!?_&*=<>@#%|", r):
		return true
	}
	return r >= '0' && r <= '9'
}

// foreign tells whether a word has letters beyond ASCII that make no sense in it: a sign alone (½ ©) or an abbreviation in
// capitals (ĐDCN, ĐDĐT) does.
func foreign(w string) bool {
	letters, abbreviation := false, true
	for _, r := range w {
		if strings.ContainsRune("•√№²³€™", r) {
			return false
		}
		letters = letters || unicode.IsLetter(r)
		abbreviation = abbreviation && (r >= 'A' && r <= 'Z' || r == 'Đ')
	}
	return letters && !abbreviation
}

// decode reads text that had been misread. false when it cannot have been that.
func decode(s string, e Encoding) (string, bool) {
	switch e {
	case TCVN3:
		return fromTCVN3(s)
	case VNI:
		return fromVNI(s), true
	case CP1258:
		return fromBytes(s, func(b []byte) (string, bool) {
			t, err := charmap.Windows1258.NewDecoder().Bytes(b)
			return norm.NFC.String(string(t)), err == nil
		})
	case Mojibake:
		return fromBytes(s, func(b []byte) (string, bool) { return norm.NFC.String(string(b)), utf8.Valid(b) })
	}
	return s, true
}

// fromBytes turns text read as Windows-1252 back into its bytes.
func fromBytes(s string, read func([]byte) (string, bool)) (string, bool) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch c, ok := charmap.Windows1252.EncodeRune(r); {
		case ok:
			b = append(b, c)
		case r < 0x100:
			b = append(b, byte(r))
		default:
			return "", false
		}
	}
	return read(b)
}

const tcvn3High = "ĂÂÊÔƠƯĐăâêôơưđ\x00\x00\x00\x00\x00\x00àảãáạ\x00ằẳẵắ\x00\x00\x00\x00\x00\x00\x00ặầẩẫấậè\x00ẻẽéẹềểễếệìỉ\x00\x00\x00ĩíịò\x00ỏõóọồổỗốộờởỡớợù\x00ủũúụừửữứựỳỷỹýỵ"

var tcvn3 = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	at := rune(0xA1)
	for _, r := range tcvn3High {
		if r != 0 {
			m[at] = r
		}
		at++
	}
	return m
})

// fromTCVN3 reads TCVN 5712 text that had been read as Latin-1. Capitals were typed in small letters with a font of capitals,
// so a word that otherwise is in capitals gets them back.
func fromTCVN3(s string) (string, bool) {
	table := tcvn3()
	var b strings.Builder
	for _, r := range s {
		if r == '\u2039' || r == '\u0152' { // signs that Windows-1252 puts where Latin-1 has none
			return "", false
		}
		if t, ok := table[r]; ok {
			b.WriteRune(t)
			continue
		}
		if r > 0xff && !unicode.IsPunct(r) && r != '–' {
			return "", false
		}
		b.WriteRune(r)
	}
	return capitals(b.String()), true
}

// capitals gives capitals back to words whose plain letters are all capitals.
func capitals(s string) string {
	out := []rune(s)
	wide, narrow := 0, 0 // plain capitals in words with a plain capital vowel (not abbreviations), and plain small letters
	for w := range strings.FieldsFuncSeq(s, separates) {
		vowel := strings.ContainsAny(w, "AEIOUY")
		for _, r := range w {
			if r >= 'A' && r <= 'Z' && vowel {
				wide++
			} else if r >= 'a' && r <= 'z' {
				narrow++
			}
		}
	}
	for i := 0; i < len(out); {
		if separates(out[i]) {
			i++
			continue
		}
		j, up, low := i, 0, 0
		for j < len(out) && !separates(out[j]) {
			switch r := out[j]; {
			case r >= 'A' && r <= 'Z', strings.ContainsRune("ĂÂÊÔƠƯĐ", r):
				up++
			case r >= 'a' && r <= 'z':
				low++
			}
			j++
		}
		switch {
		case low == 0 && (up > 1 || up == 1 && (j-i > 2 || wide > 2 && narrow == 0) || up == 0 && wide > 2 && narrow == 0):
			for k := i; k < j; k++ {
				out[k] = unicode.ToUpper(out[k])
			}
		}
		i = j
	}
	return string(out)
}

// vniMarks are the signs that follow a vowel in VNI, by the vowel they make of it.
var vniMarks = map[rune]string{
	'ù': "aáeéoóuúyýơớưứ", 'ø': "aàeèoòuùyỳơờưừ", 'û': "aảeẻoỏuủyỷơởưử", 'õ': "aãeẽoõuũyỹơỡưữ", 'ï': "aạeẹoọuụyỵơợưự",
	'â': "aâeêoô", 'á': "aấeếoố", 'à': "aầeềoồ", 'å': "aẩeểoổ", 'ã': "aẫeễoỗ", 'ä': "aậeệoộ",
	'ê': "aă", 'é': "aắ", 'è': "aằ", 'ú': "aẳ", 'ü': "aẵ", 'ë': "aặ",
}

// vniAlone are the letters that VNI has a sign of its own for.
var vniAlone = map[rune]rune{'ñ': 'đ', 'ô': 'ơ', 'ö': 'ư', 'í': 'í', 'ì': 'ì', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'î': 'ỵ'}

// fromVNI reads VNI text that had been read as Latin-1.
func fromVNI(s string) string {
	var out []rune
	for _, r := range s {
		small, capital := lower(r), unicode.IsUpper(r)
		if n := len(out); n > 0 {
			if pairs, ok := vniMarks[small]; ok {
				last := out[n-1]
				p := []rune(pairs)
				found := false
				for i := 0; i < len(p); i += 2 {
					if p[i] == lower(last) {
						out[n-1], found = p[i+1], true
						if unicode.IsUpper(last) {
							out[n-1] = unicode.ToUpper(p[i+1])
						}
						break
					}
				}
				if found {
					continue
				}
			}
		}
		if a, ok := vniAlone[small]; ok {
			if capital {
				a = unicode.ToUpper(a)
			}
			out = append(out, a)
			continue
		}
		out = append(out, r)
	}
	return string(out)
}
