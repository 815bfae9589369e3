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
		d := []rune(norm.NFD.String(string(r)))
		tone := rune(0)
		var base []rune
		for _, x := range d {
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
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := makeShape(r)
		people := makePeople(r, 15+r.IntN(40))
		e := pick(r, vn.TCVN3, vn.TCVN3, vn.VNI, vn.VNI, vn.NFD, vn.CP1258, vn.Mojibake)
		grids := makeList(r, s, people)
		whole := r.IntN(3) > 0 || e == vn.CP1258 // a single misread column of short words can be several things
		for _, g := range grids {
			for i, row := range g.rows {
				for c, v := range row {
					if whole || c <= s.offset+3 && i > s.head+3 {
						g.rows[i][c] = spell(t, v, e)
					}
				}
			}
			g.name = spell(t, g.name, e)
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
