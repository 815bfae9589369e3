package intake

import (
	"strconv"
	"strings"

	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// provinceCodes are the first three digits of a citizen number for those whose birth was registered in the country
// (Thông tư 07/2016/TT-BCA; codes of provinces as they were before 07/2025).
var provinceCodes = func() (known [400]bool) {
	for _, c := range strings.Fields(`001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044
		045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096`) {
		n, _ := strconv.Atoi(c)
		known[n] = true
	}
	for n := 100; n < 400; n++ { // born abroad: the country's code
		known[n] = true
	}
	return known
}()

// KnownProvince tells whether the first three digits of a citizen number are a province's or a country's.
func KnownProvince(number string) bool {
	if len(number) < 3 {
		return false
	}
	n := int(number[0]-'0')*100 + int(number[1]-'0')*10 + int(number[2]-'0')
	return n >= 0 && n < len(provinceCodes) && provinceCodes[n]
}

// NumberGender is the gender that a 12-digit number tells.
func NumberGender(number string) string {
	if (number[3]-'0')%2 == 0 {
		return Male
	}
	return Female
}

// NumberYear is the birth year that a 12-digit number tells.
func NumberYear(number string) int {
	return 1900 + int(number[3]-'0')/2*100 + int(number[4]-'0')*10 + int(number[5]-'0')
}

// fault codes of a citizen number's cell.
const (
	codeLength     = "number.length"
	codeCharacters = "number.characters"
	codeProvince   = "number.province"
	codeGender     = "number.gender"
	codeYear       = "number.birth_year"
	codeFuture     = "number.future"
)

// parseNumber reads the cell of a citizen number: spaces, dots and apostrophes are left out, a float is written out, and
// the leading zeros that a spreadsheet dropped are put back. Exactly one of number, oldID and code is not "", unless
// the cell is empty.
func parseNumber(text string, c *sheet.Cell) (number, oldID, code string) {
	s := text
	if len(s) == 12 && allDigits(s) {
		return checkProvince(s)
	}
	s = strings.Trim(s, " \t\u00a0'’`\"")
	if s == "" || s == "-" || s == "0" {
		if c.Kind == sheet.Number && c.Num != 0 {
			s = strconv.FormatFloat(c.Num, 'f', -1, 64)
		} else {
			return "", "", ""
		}
	}
	switch vn.Fold(s) {
	case "khong", "khong co", "chua co", "chua", "chua cap", "x", "trong", "khong ro", "k", "ko", "chua duoc cap", "...":
		return "", "", ""
	}
	if !allDigits(s) {
		if f, err := strconv.ParseFloat(s, 64); err == nil && strings.ContainsAny(s, "eE") && f > 0 && f < 1e12 && f == float64(int64(f)) {
			s = strconv.FormatInt(int64(f), 10)
		} else if whole, frac, ok := strings.Cut(s, "."); ok && strings.Trim(frac, "0") == "" && allDigits(whole) && len(whole) >= 8 {
			s = whole // 70058698081.0
		} else {
			s = bareDigits(s)
		}
		if !allDigits(s) {
			return "", "", codeCharacters
		}
	}
	switch n := len(s); {
	case n == 12:
		return checkProvince(s)
	case n == 9:
		return "", s, ""
	case n == 8 && c.Kind == sheet.Number:
		return "", "0" + s, ""
	case (n == 11 || n == 10) && s[0] != '0':
		full := "000"[:12-n] + s
		if !KnownProvince(full) {
			return "", "", codeLength
		}
		return full, "", ""
	}
	return "", "", codeLength
}

func checkProvince(s string) (string, string, string) {
	if !KnownProvince(s) {
		return "", "", codeProvince
	}
	return s, "", ""
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// bareDigits leaves out what people put between the digits of a number.
func bareDigits(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch r {
		case ' ', '\t', '\u00a0', '.', ',', '-', '\'', '’', '‘', '`', '"', '\u200b', '\ufeff', '\n', '\r', '_':
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// digitsIn counts the ASCII digits of s.
func digitsIn(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// numberText says a number's fault and what to do. The number itself is not repeated: texts end up in tables and logs.
func numberText(code, shown string) string {
	switch code {
	case codeLength:
		return "Số định danh có " + strconv.Itoa(digitsIn(shown)) + " chữ số, phải đủ 12; đối chiếu lại với thẻ hoặc Cơ sở dữ liệu quốc gia về dân cư."
	case codeCharacters:
		return "Số định danh có ký tự không phải chữ số; gõ lại chỉ gồm 12 chữ số."
	case codeProvince:
		return "Ba chữ số đầu của số định danh không phải mã tỉnh, thành phố hoặc mã quốc gia nào; đối chiếu lại."
	}
	return ""
}

// maskOf reads a number of which an operator shows a part: "070•••••1234", "0912***678", "84 91xxxx678". It gives the digits with •
// for each hidden one, "" for anything else.
func maskOf(text string) string {
	var b strings.Builder
	digits, hidden, n := 0, 0, 0
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits++
			b.WriteRune(c)
		case strings.ContainsRune("•*xX#●∙·_?", c):
			hidden++
			b.WriteRune('•')
		case c == ' ' || c == '\u00a0' || c == '.' || c == '-' || c == '\'' || c == '+':
			continue
		default:
			return ""
		}
		n++
	}
	if hidden < 3 || digits < 3 || n < 9 || n > 13 {
		return ""
	}
	return b.String()
}
