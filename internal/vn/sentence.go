package vn

import (
	"strconv"
	"strings"
)

// LowerFirst lowers a sentence's first letter for use inside another; what begins with two capitals, "CCCD", stays.
func LowerFirst(s string) string {
	r := []rune(s)
	if len(r) < 2 || strings.ToUpper(string(r[1])) == string(r[1]) && r[1] != ' ' {
		return s
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// UpperFirst raises a sentence's first letter.
func UpperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// Rate spells a percentage that somebody states, with all its digits: "95 %", "97,5 %".
func Rate(percent float64) string {
	return strings.Replace(strconv.FormatFloat(percent, 'f', -1, 64), ".", ",", 1) + " %"
}

// Roman spells a number as parts and appendices are counted: 14 is "XIV".
func Roman(n int) string {
	var b strings.Builder
	for _, x := range []struct {
		n int
		s string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= x.n {
			b.WriteString(x.s)
			n -= x.n
		}
	}
	return b.String()
}
