package intake

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bonphu/internal/clock"
	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// mark is what a cell of yes or no says.
type mark int

const (
	markBlank mark = iota
	markYes
	markNo
	markOther // not a mark
)

// parseMark reads x, có, đã, 1, không, chưa, 0 and their like.
func parseMark(s string) mark {
	switch len(s) {
	case 0:
		return markBlank
	case 1:
		switch s[0] {
		case 'x', 'X', '1', 'v', 'V', '+', 'c', 'C':
			return markYes
		case '0', '-', 'k', 'K', 'o', 'O':
			return markNo
		case ' ':
			return markBlank
		}
	}
	switch f := vn.Fold(s); f {
	case "":
		return markBlank
	case "x", "xx", "co", "da", "da co", "roi", "da cap", "yes", "true", "đ", "✓", "✔", "√", "ok", "dung", "1.0", "da kich hoat", "da dang ky", "da thuc hien", "dat", "chinh chu":
		return markYes
	case "khong", "chua", "chua co", "no", "false", "khong co", "ko", "chua cap", "chua kich hoat", "chua dang ky", "sai", "chua thuc hien", "0.0", "khong dat", "khong chinh chu", "chua chinh chu", "x.", "–":
		if f == "x." {
			return markYes
		}
		return markNo
	}
	return markOther
}

func (m mark) text() string {
	switch m {
	case markYes:
		return "yes"
	case markNo:
		return "no"
	}
	return ""
}

// parseGender reads words and letters; numbers need the column's own meaning (see plan.oneIsFemale).
func parseGender(s string) string {
	switch s {
	case "Nam", "nam", "NAM":
		return Male
	case "Nữ", "nữ", "NỮ":
		return Female
	}
	switch vn.Fold(s) {
	case "nam", "m", "male", "trai", "nam gioi", "ong":
		return Male
	case "nu", "f", "female", "gai", "nu gioi", "ba", "n\u0169":
		return Female
	}
	return ""
}

// parseBirth reads a birth date; ok is false when it cannot be one. A year of two digits gives y2 instead of Y.
func parseBirth(s string, c *sheet.Cell) (b vn.Birth, y2 int, ok bool) {
	if c.Kind == sheet.Date || len(s) == 10 && s[4] == '-' {
		if b, ok := isoBirth(s); ok {
			return b, -1, true
		}
	}
	if len(s) == 10 && (s[2] == '/' || s[2] == '-' || s[2] == '.') && s[5] == s[2] {
		d, m, y := two(s), two(s[3:]), -1
		if a, b := two(s[6:]), two(s[8:]); a >= 0 && b >= 0 {
			y = a*100 + b
		}
		if d >= 0 && m >= 0 && y >= 0 {
			return birthOf(y, m, d)
		}
	}
	s = strings.Trim(s, " \t\u00a0'’`")
	if len(s) == 4 && allDigits(s) {
		y, _ := strconv.Atoi(s)
		if y > 2200 { // a serial day of before 1928
			b, ok := vn.ParseSerial(s)
			return b, -1, ok
		}
		return birthOf(y, 0, 0)
	}
	if len(s) == 7 && allDigits(s) { // ddmmyyyy without its leading zero
		s = "0" + s
	}
	if len(s) > 10 && (s[10] == ' ' || s[10] == 'T') { // a time after the date
		return parseBirth(s[:10], c)
	}
	if parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' || r == ' ' || r == ',' }); len(parts) == 3 && allDigits(parts[0]) && allDigits(parts[1]) && allDigits(parts[2]) {
		d, _ := strconv.Atoi(parts[0])
		m, _ := strconv.Atoi(parts[1])
		y, _ := strconv.Atoi(parts[2])
		switch {
		case len(parts[0]) == 4:
			return birthOf(d, m, y)
		case len(parts[2]) == 4:
			return birthOf(y, m, d)
		case len(parts[2]) == 2:
			b, _, ok := birthOf(2000, m, d) // a leap year: the day is checked again with the whole year
			b.Y = 0
			return b, y, ok
		}
		return vn.Birth{}, -1, false
	}
	b, ok = vn.ParseBirth(s)
	if ok {
		return birthOf(b.Y, b.M, b.D)
	}
	return vn.Birth{}, -1, false
}

func two(s string) int {
	if s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9' {
		return -1
	}
	return int(s[0]-'0')*10 + int(s[1]-'0')
}

func isoBirth(s string) (vn.Birth, bool) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return vn.Birth{}, false
	}
	a, b, m, d := two(s), two(s[2:]), two(s[5:]), two(s[8:])
	if a < 0 || b < 0 || m < 0 || d < 0 {
		return vn.Birth{}, false
	}
	r, _, ok := birthOf(a*100+b, m, d)
	return r, ok
}

// birthOf checks the day against the calendar; 0 months or days are "not known" (00/00/1950).
func birthOf(y, m, d int) (vn.Birth, int, bool) {
	if m == 0 {
		d = 0
	}
	if m < 0 || m > 12 || d < 0 || d > daysIn(y, m) || y < 1800 || y > 2200 {
		return vn.Birth{}, -1, false
	}
	return vn.Birth{Y: y, M: m, D: d}, -1, true
}

func daysIn(y, m int) int {
	switch m {
	case 0:
		return 0
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// saysUnknown tells whether a cell says in words that nothing is known.
func saysUnknown(s string) bool {
	switch vn.Fold(s) {
	case "khong ro", "khong", "khong co", "kxd", "khong xac dinh", "chua ro", "?", "-", "--", "...", "…", "x", "chua co", "khong biet", "n/a", "null", "na":
		return true
	}
	return false
}

// parseName tidies a person's name. aside is what stood with it that is no part of a name; digits tells of stray ones.
func parseName(s string) (name, aside string, digits bool) {
	return titles(nil).parseName(s)
}

// capitalised makes words begin with a capital: old fonts have no capitals with marks ("Lê ổn").
func capitalised(s string) string {
	start := true
	for i, r := range s {
		if start && unicode.IsLower(r) {
			words := strings.Split(s[i:], " ")
			for k, w := range words {
				c, n := utf8.DecodeRuneInString(w)
				if unicode.IsLower(c) {
					words[k] = string(unicode.ToUpper(c)) + w[n:]
				}
			}
			return s[:i] + strings.Join(words, " ")
		}
		start = r == ' '
	}
	return s
}

// titles remembers words in capitals and how they are written in names.
type titles map[string]string

func (w titles) parseName(s string) (name, aside string, digits bool) {
	clean := true
	for i := 0; i < len(s); i++ {
		c := s[i] // 0xE2, 0xC2, 0xCA and 0xEF begin quotation marks, hard spaces and their like
		if c == 0xE2 || c == 0xC2 || c == 0xCA || c == 0xEF || c < 0x80 && !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == ' ' && i > 0 && s[i-1] != ' ') {
			clean = false
			break
		}
	}
	if !clean || s != "" && s[len(s)-1] == ' ' {
		if i := strings.IndexAny(s, "(["); i > 0 {
			aside = strings.Trim(s[i:], "()[] ")
			s = withoutParens(s)
		}
		s = strings.Join(strings.Fields(strings.Map(nameRune, s)), " ")
		s = strings.Trim(strings.TrimLeft(s, "0123456789.)-*+ "), " ,;.-*")
		if hasDigit(s) {
			digits = true
			s = strings.TrimRight(s, "0123456789 ")
		}
	}
	for _, t := range honorifics {
		if len(s) > len(t) && strings.EqualFold(s[:len(t)], t) {
			s = strings.TrimLeft(s[len(t):], " .:/")
			break
		}
	}
	return capitalised(w.nameCase(s)), aside, digits
}

var honorifics = []string{"Ông/Bà ", "Ông/bà: ", "Ông (bà) ", "Ông ", "Ông: ", "Bà ", "Bà: ", "Đ/c ", "Đ/c: ", "Đồng chí "}

func nameRune(r rune) rune {
	switch r {
	case '’', '‘', '`', '´', 'ʼ':
		return '\''
	case '\u00a0', '\t', '\n', '\r':
		return ' '
	case '\u200b', '\ufeff', '\u00ad', '"':
		return -1
	}
	return r
}

// nameCase makes capitals or small letters into a name; mixed case is left alone. Old fonts have capitals whose marked
// letters are stored small ("BìNH"): such words count as capitals.
func nameCase(s string) string { return titles(nil).nameCase(s) }

func (w titles) nameCase(s string) string {
	upper, lower, marked := 0, 0, 0
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			lower++
		case r >= 'A' && r <= 'Z':
			upper++
		case r < 0x80:
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			marked++
		}
		if upper > 0 && lower > 0 {
			return s
		}
	}
	if upper > 1 || lower+marked > 0 && upper == 0 {
		return w.title(s)
	}
	return s
}

// title makes each word of s begin with a capital.
func (w titles) title(s string) string {
	if w == nil {
		return vn.TitleName(strings.ToUpper(s))
	}
	var b strings.Builder
	b.Grow(len(s))
	for word := range strings.SplitSeq(s, " ") {
		t, ok := w[word]
		if !ok {
			t = vn.TitleName(strings.ToUpper(word))
			if len(w) >= cacheLimit {
				clear(w)
			}
			w[word] = t
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t)
	}
	return b.String()
}

// hasLetter tells whether s has a letter at all.
func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// parseDay reads the day of a column of days.
func parseDay(s string, c *sheet.Cell) clock.Day {
	b, _, ok := parseBirth(s, c)
	if !ok || b.D == 0 {
		if d, found := dayIn(s); found {
			return d.day
		}
		return ""
	}
	return clock.Day(b.String())
}

// parseInt reads a whole number as lists write it: "4.213", "4,213", "4213.0", "1 200".
func parseInt(s string, c *sheet.Cell) (int64, bool) {
	if c.Kind == sheet.Number {
		return int64(c.Num + 0.5), c.Num >= 0
	}
	s = strings.Trim(s, " \u00a0'")
	if f, err := strconv.ParseFloat(s, 64); err == nil && f >= 0 && f == float64(int64(f)) && !thousands(s) {
		return int64(f), true
	}
	t := bareDigits(s)
	n, err := strconv.ParseInt(t, 10, 64)
	return n, err == nil && n >= 0
}

// thousands tells whether the dot in s parts thousands: "4.213".
func thousands(s string) bool {
	i := strings.LastIndexByte(s, '.')
	return i > 0 && len(s)-i-1 == 3
}

// parseFloat reads a co-ordinate or a number of days: "11,624", "106.602", "12,5".
func parseFloat(s string, c *sheet.Cell) (float64, bool) {
	if c.Kind == sheet.Number {
		return c.Num, true
	}
	f, err := strconv.ParseFloat(strings.Replace(strings.Trim(s, " \u00a0'°"), ",", ".", 1), 64)
	return f, err == nil
}
