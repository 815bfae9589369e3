package village

import (
	"strings"
	"unicode/utf16"
)

// tcvn3 pairs each marked letter with its place in the old TCVN3 (ABC) code page, as Latin-1 text.
var tcvn3 = strings.NewReplacer(
	"à", "µ", "ả", "¶", "ã", "·", "á", "¸", "ạ", "¹",
	"ă", "¨", "ằ", "»", "ẳ", "¼", "ẵ", "½", "ắ", "¾", "ặ", "Æ",
	"â", "©", "ầ", "Ç", "ẩ", "È", "ẫ", "É", "ấ", "Ê", "ậ", "Ë",
	"đ", "®",
	"è", "Ì", "ẻ", "Î", "ẽ", "Ï", "é", "Ð", "ẹ", "Ñ",
	"ê", "ª", "ề", "Ò", "ể", "Ó", "ễ", "Ô", "ế", "Õ", "ệ", "Ö",
	"ì", "×", "ỉ", "Ø", "ĩ", "Ü", "í", "Ý", "ị", "Þ",
	"ò", "ß", "ỏ", "á", "õ", "â", "ó", "ã", "ọ", "ä",
	"ô", "«", "ồ", "å", "ổ", "æ", "ỗ", "ç", "ố", "è", "ộ", "é",
	"ơ", "¬", "ờ", "ê", "ở", "ë", "ỡ", "ì", "ớ", "í", "ợ", "î",
	"ù", "ï", "ủ", "ñ", "ũ", "ò", "ú", "ó", "ụ", "ô",
	"ư", "\u00ad", "ừ", "õ", "ử", "ö", "ữ", "÷", "ứ", "ø", "ự", "ù",
	"ỳ", "ú", "ỷ", "û", "ỹ", "ü", "ý", "ý", "ỵ", "þ",
	"Ă", "¡", "Â", "¢", "Ê", "£", "Ô", "¤", "Ơ", "¥", "Ư", "¦", "Đ", "§",
)

// toTCVN3 writes a text as a computer of the nineties would have; capitals with a tone come from a capital font and are stored
// as small letters.
func toTCVN3(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch r {
		case 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ':
			b.WriteRune(r)
		default:
			if r > 0x7f {
				b.WriteString(strings.ToLower(string(r)))
			} else {
				b.WriteRune(r)
			}
		}
	}
	return tcvn3.Replace(b.String())
}

// toUTF16 gives UTF-16 LE with its mark, as Excel's "Unicode text".
func toUTF16(s string) []byte {
	u := utf16.Encode([]rune(s))
	out := make([]byte, 2, 2+2*len(u))
	out[0], out[1] = 0xff, 0xfe
	for _, v := range u {
		out = append(out, byte(v), byte(v>>8))
	}
	return out
}
