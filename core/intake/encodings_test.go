package intake

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"bonphu/internal/vn"
)

const vietnamese = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

// oldFont inverts vn.RepairAs: letter → how the old font stores it.
func oldFont(e vn.Encoding) map[rune]string {
	out := map[rune]string{}
	try := func(s string) {
		t := vn.RepairAs(s, e)
		if utf8.RuneCountInString(t) != 1 || e == vn.VNI && t == s {
			return
		}
		r, _ := utf8.DecodeRuneInString(t)
		if _, ok := out[r]; !ok && strings.ContainsRune(vietnamese, unicode.ToLower(r)) {
			out[r] = s
		}
	}
	for c := rune(0xA1); c <= 0xFF; c++ {
		try(string(c))
	}
	if e == vn.VNI {
		for _, b := range "aAeEoOuUyYiIöÖôÔ" {
			for c := rune(0xA1); c <= 0xFF; c++ {
				try(string(b) + string(c))
			}
		}
	}
	return out
}

var oldFonts = sync.OnceValue(func() map[vn.Encoding]map[rune]string {
	return map[vn.Encoding]map[rune]string{vn.TCVN3: oldFont(vn.TCVN3), vn.VNI: oldFont(vn.VNI)}
})

// spell writes text as an old font, a decomposed or a misread file has it.
func spell(t testing.TB, s string, e vn.Encoding) string {
	switch e {
	case vn.NFD:
		return norm.NFD.String(s)
	case vn.Mojibake:
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteRune(vn.DecodeByte(c))
		}
		return b.String()
	case vn.CP1258:
		out, err := charmap.Windows1258.NewEncoder().String(halfDecomposed(s))
		if err != nil {
			t.Fatal(err)
		}
		return string([]rune(latin(out)))
	case vn.TCVN3, vn.VNI:
		var b strings.Builder
		for _, r := range s {
			if c, ok := oldFonts()[e][r]; ok {
				b.WriteString(c)
			} else if c, ok := oldFonts()[e][unicode.ToLower(r)]; ok && r >= 0x80 {
				b.WriteString(c)
			} else {
				b.WriteRune(r)
			}
		}
		return b.String()
	}
	return s
}

func latin(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteRune(vn.DecodeByte(c))
	}
	return b.String()
}

// halfDecomposed keeps â ê ô ă ơ ư whole and parts the tones from them, as Windows-1258 does.
func halfDecomposed(s string) string {
	var b strings.Builder
	for _, r := range s {
		tone := rune(0)
		var base []rune
		for _, x := range norm.NFD.String(string(r)) {
			switch x {
			case 0x300, 0x301, 0x303, 0x309, 0x323:
				tone = x
			default:
				base = append(base, x)
			}
		}
		b.WriteString(norm.NFC.String(string(base)))
		if tone != 0 {
			b.WriteRune(tone)
		}
	}
	return b.String()
}

// TestMadeEncodings: the same lists in other encodings, the whole sheet or the name column alone.
func TestMadeEncodings(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := makeShape(r)
		people := makePeople(r, 15+r.IntN(40))
		e := pick(r, vn.TCVN3, vn.TCVN3, vn.VNI, vn.VNI, vn.NFD, vn.CP1258, vn.Mojibake)
		grids := makeList(r, s, people)
		whole := r.IntN(3) > 0 || e == vn.CP1258 // a single misread column of short words can be several things
		for _, g := range grids {
			for i, row := range g.rows {
				for c, v := range row {
					if whole || c <= s.offset+3 && len(row) > s.offset && allDigits(row[s.offset]) {
						g.rows[i][c] = spell(t, v, e)
					}
				}
			}
			if whole {
				g.name = spell(t, g.name, e)
			}
		}
		ok := t.Run(fmt.Sprintf("%s/%d", e, seed), func(t *testing.T) {
			rd, rows := readGrids(t, "danh sach.xlsx", Hint{}, grids...)
			wantList(t, s, people, rd, rows)
		})
		if !ok {
			t.Logf("seed %d: %+v whole %v", seed, s, whole)
			break
		}
	}
}

// TestMadeFiles: the same lists as text files in other encodings and as HTML saved as .xls, through the real scanner.
func TestMadeFiles(t *testing.T) {
	oneByte := func(s string) []byte {
		var b []byte
		for _, r := range s {
			for c := 0; c < 256; c++ {
				if vn.DecodeByte(byte(c)) == r {
					b = append(b, byte(c))
					break
				}
			}
		}
		return b
	}
	utf16 := func(s string, big bool) []byte {
		b := []byte{0xFF, 0xFE}
		if big {
			b = []byte{0xFE, 0xFF}
		}
		for _, r := range s {
			if big {
				b = append(b, byte(r>>8), byte(r))
			} else {
				b = append(b, byte(r), byte(r>>8))
			}
		}
		return b
	}
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 11))
		s := makeShape(r)
		if s.place == "sheets" {
			s.place = "section"
		}
		people := makePeople(r, 25+r.IntN(30))
		g := makeList(r, s, people)[0]
		comma := pick(r, ';', ',', '\t')
		text := string(csvOf(g, comma))
		how := pick(r, "utf16le", "utf16be", "bom", "tcvn3", "vni", "cp1258", "nfd", "html")
		name, b := "danh sach.csv", []byte(text)
		switch how {
		case "utf16le", "utf16be":
			b = utf16(text, how == "utf16be")
		case "bom":
			b = append([]byte("\xef\xbb\xbf"), b...)
		case "tcvn3", "vni", "cp1258":
			b = oneByte(spell(t, text, vn.Encoding(how)))
		case "nfd":
			b = []byte(norm.NFD.String(text))
		case "html":
			name, b = "danh sach.xls", htmlOf(g)
		}
		ok := t.Run(fmt.Sprintf("%s/%d", how, seed), func(t *testing.T) {
			rd, rows := readAll(t, name, b, Hint{})
			wantList(t, s, people, rd, rows)
		})
		if !ok {
			t.Logf("seed %d: %+v comma %q", seed, s, comma)
			break
		}
	}
}

// htmlOf writes a sheet as the tables that office programs save under the name .xls.
func htmlOf(g *grid) []byte {
	var b strings.Builder
	b.WriteString("<html><head><meta charset=\"utf-8\"></head><body><table>")
	covered := map[[2]int]bool{}
	for i, row := range g.rows {
		b.WriteString("<tr>")
		for c, v := range row {
			if covered[[2]int{i, c}] {
				continue
			}
			span := ""
			for _, m := range g.merges {
				if m[0] == i && m[1] == c {
					span = fmt.Sprintf(" rowspan=%d colspan=%d", m[2]-m[0]+1, m[3]-m[1]+1)
					for y := m[0]; y <= m[2]; y++ {
						for x := m[1]; x <= m[3]; x++ {
							covered[[2]int{y, x}] = true
						}
					}
				}
			}
			b.WriteString("<td" + span + ">" + v + "</td>")
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table></body></html>")
	return []byte(b.String())
}
