package vn

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Birth is a birth date as far as it is known: day and month are 0 when only the year is.
type Birth struct{ Y, M, D int }

// String spells it 2006-01-02, 2006-01, 2006, or "" when nothing is known.
func (b Birth) String() string {
	switch {
	case b.Y == 0:
		return ""
	case b.M == 0:
		return fmt.Sprintf("%04d", b.Y)
	case b.D == 0:
		return fmt.Sprintf("%04d-%02d", b.Y, b.M)
	}
	var t [10]byte
	put := func(at, n, width int) {
		for i := width - 1; i >= 0; i-- {
			t[at+i] = byte('0' + n%10)
			n /= 10
		}
	}
	put(0, b.Y, 4)
	t[4] = '-'
	put(5, b.M, 2)
	t[7] = '-'
	put(8, b.D, 2)
	return string(t[:])
}

// Valid tells whether it is a day, month or year that exists, from 1870 to 2100.
func (b Birth) Valid() bool {
	if b.Y < 1870 || b.Y > 2100 || b.M < 0 || b.M > 12 || b.D < 0 || b.M == 0 && b.D != 0 {
		return false
	}
	return b.D == 0 || time.Date(b.Y, time.Month(b.M), b.D, 0, 0, 0, 0, time.UTC).Day() == b.D && b.D <= 31
}

// ParseBirth reads d/m/Y, d-m-Y, d.m.Y, Y-m-d, ddmmyyyy, m/Y, a year alone, or an Excel serial day as text. false for what is no
// such date; two-digit years are not guessed.
func ParseBirth(s string) (Birth, bool) {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, " T"); i == 10 { // a time behind it
		s = s[:i]
	}
	if len(s) == 0 || len(s) > 12 {
		return Birth{}, false
	}
	var f [3]int
	var width [3]int
	n := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			f[n] = f[n]*10 + int(c-'0')
			if width[n]++; width[n] > 8 {
				return Birth{}, false
			}
		case (c == '/' || c == '-' || c == '.' || c == ' ') && n < 2 && width[n] > 0:
			n++
		case c == ' ':
		default:
			return Birth{}, false
		}
	}
	var b Birth
	switch {
	case n == 2 && width[0] == 4 && width[2] <= 2:
		b = Birth{f[0], f[1], f[2]}
	case n == 2 && width[2] == 4:
		b = Birth{f[2], f[1], f[0]}
		if b.D == 0 && b.M == 0 { // 00/00/1950
			b = Birth{Y: b.Y}
		}
	case n == 1 && width[1] == 4:
		b = Birth{Y: f[1], M: f[0]}
	case n == 1 && width[0] == 4:
		b = Birth{Y: f[0], M: f[1]}
	case n == 0 && width[0] == 4:
		b = Birth{Y: f[0]}
	case n == 0 && width[0] == 8:
		b = Birth{f[0] % 10000, f[0] / 10000 % 100, f[0] / 1000000}
		if !b.Valid() {
			b = Birth{f[0] / 10000, f[0] / 100 % 100, f[0] % 100}
		}
	case n == 0 && width[0] == 5, n == 1 && width[0] == 5 && strings.Contains(s, "."):
		t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, f[0])
		b = Birth{t.Year(), int(t.Month()), t.Day()}
	default:
		return Birth{}, false
	}
	whole := b.M > 0 && (b.D > 0 || n < 2) || b.M == 0 && b.D == 0 && n != 1
	return b, b.Valid() && whole
}

// ParseSerial turns an Excel serial day (1900 system) into a date.
func ParseSerial(s string) (Birth, bool) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < 1 || n > 80000 {
		return Birth{}, false
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n))
	return Birth{t.Year(), int(t.Month()), t.Day()}, true
}
