package intake

import (
	"strconv"
	"strings"
	"unicode"

	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// contentKind is what a single cell looks like.
type contentKind int

const (
	isEmpty contentKind = iota
	isNumber12
	isNumber11 // a citizen number without its leading zero
	isCMND
	isPhone
	isDate
	isYear
	isSmall // a whole number under 1000
	isFigure
	isMark
	isGender
	isName
	isHamlet
	isAddress
	isEthnic
	isStatus
	isText
	contentKinds
)

// kindOf looks at one mended cell.
func kindOf(t string, c *sheet.Cell) contentKind {
	if t == "" {
		return isEmpty
	}
	if c.Kind == sheet.Date {
		return isDate
	}
	if d := digitsIn(t); d > 0 {
		num, oldID, code := parseNumber(t, c)
		switch {
		case num != "" && d >= 12 && !strings.ContainsAny(t, "eE"):
			return isNumber12
		case oldID != "" && code == "":
			if p, ok := vn.Phone(t); ok && p != "" && d != 9 {
				return isPhone
			}
			return isCMND
		}
		if p, ok := vn.Phone(t); ok && p != "" && d >= 10 {
			if d == 11 && !strings.HasPrefix(bareDigits(t), "84") && num != "" {
				return isNumber11
			}
			return isPhone
		}
		if num != "" {
			return isNumber11
		}
		if b, y2, ok := parseBirth(t, c); ok && (y2 >= 0 || b.Y > 1900 && b.Y < 2030) && d <= 8 {
			if b.M == 0 && y2 < 0 {
				return isYear
			}
			if strings.ContainsAny(t, "/-.") || d == 8 {
				return isDate
			}
		}
		if d == len(t) {
			if n, err := strconv.Atoi(t); err == nil && n < 1000 {
				return isSmall
			}
			return isFigure
		}
	}
	if parseGender(t) != "" {
		return isGender
	}
	if m := parseMark(t); m != markOther {
		return isMark
	}
	f := vn.Fold(t)
	if strings.Contains(f, "kich hoat") || strings.Contains(f, "muc 1") || strings.Contains(f, "muc 2") || strings.Contains(f, "dinh danh") || strings.HasPrefix(f, "chua cap") || strings.HasPrefix(f, "da cap") {
		return isStatus
	}
	if ethnics[f] {
		return isEthnic
	}
	if strings.Contains(t, ",") || strings.Contains(t, " - ") {
		if p := ParsePlace(t); p != (Place{}) {
			return isAddress
		}
	}
	if unitLike(t) && len([]rune(t)) < 40 {
		return isHamlet
	}
	if looksLikeName(t) {
		return isName
	}
	return isText
}

var ethnics = func() map[string]bool {
	m := map[string]bool{}
	for _, e := range []string{"kinh", "s'tieng", "stieng", "x'tieng", "xtieng", "xtiêng", "khmer", "kho me", "kho-me", "khome", "nung", "tay", "hoa", "muong", "thai", "dao", "mnong", "m'nong", "cham", "e de", "ede", "gia rai", "hmong", "h'mong", "mong", "san chi", "san diu", "san chay", "cao lan", "ma", "tho", "chau ro", "cho ro", "ba na"} {
		m[e] = true
	}
	return m
}()

// looksLikeName: two to six words of letters, each beginning with a capital (or all capitals).
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 7 {
		return false
	}
	for _, w := range words {
		r := []rune(w)
		if len(r) > 9 || !unicode.IsUpper(r[0]) {
			return false
		}
		for _, x := range r[1:] {
			if !unicode.IsLetter(x) && x != '\'' && x != '’' && !unicode.Is(unicode.Mn, x) {
				return false
			}
		}
	}
	return true
}
