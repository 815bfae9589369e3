package vn

import (
	"strconv"
	"strings"
)

// Int spells a whole number with dots: 1.234.567.
func Int(n int64) string {
	s := strconv.FormatInt(n, 10)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	var b strings.Builder
	if neg {
		b.WriteByte('-')
	}
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Percent spells a share to one decimal: "55,7 %". A share of nothing is "–" (law N3); one that is not whole is never rounded to 100.
func Percent(num, den int64) string {
	if den == 0 {
		return "–"
	}
	t := (num*2000/den + 1) / 2
	if t >= 1000 && num < den {
		t = 999
	}
	if t == 0 && num > 0 {
		t = 1
	}
	return Int(t/10) + "," + strconv.FormatInt(t%10, 10) + " %"
}

// Money spells đồng: "20.000.000 đồng".
func Money(n int64) string { return Int(n) + " đồng" }

var digitWords = []string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// MoneyWords spells đồng in words: "Hai mươi triệu đồng".
func MoneyWords(n int64) string {
	if n == 0 {
		return "Không đồng"
	}
	sign := ""
	if n < 0 {
		sign, n = "âm ", -n
	}
	s := sign + words(n) + " đồng"
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

func words(n int64) string {
	units := []string{"", " nghìn", " triệu"}
	var parts []string
	if n >= 1_000_000_000 {
		parts = append(parts, words(n/1_000_000_000)+" tỷ")
		n %= 1_000_000_000
	}
	lead := len(parts) == 0
	for i := 2; i >= 0; i-- {
		p := int64(1)
		for range i {
			p *= 1000
		}
		g := n / p % 1000
		if g == 0 {
			continue
		}
		parts = append(parts, group(g, !lead)+units[i])
		lead = false
	}
	return strings.Join(parts, " ")
}

// group spells up to three digits; full says the hundreds even when there are none.
func group(g int64, full bool) string {
	var w []string
	h, t, u := g/100, g/10%10, g%10
	if h > 0 || full {
		w = append(w, digitWords[h]+" trăm")
	}
	switch {
	case t == 0 && u > 0 && len(w) > 0:
		w = append(w, "lẻ")
	case t == 1:
		w = append(w, "mười")
	case t > 1:
		w = append(w, digitWords[t]+" mươi")
	}
	switch {
	case u == 0:
	case u == 1 && t > 1:
		w = append(w, "mốt")
	case u == 5 && t > 0:
		w = append(w, "lăm")
	case u == 4 && t > 1:
		w = append(w, "tư")
	default:
		w = append(w, digitWords[u])
	}
	return strings.Join(w, " ")
}

// Phone gives the ten digits of a Vietnamese telephone number: "84912…", "+84 912 …", "912345678", "091.234.5678" → "0912345678".
func Phone(s string) (string, bool) {
	d := make([]byte, 0, 16)
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			d = append(d, byte(r))
		case strings.ContainsRune(" .-+'’()\u00a0", r):
		default:
			return "", false
		}
		if len(d) > 15 {
			return "", false
		}
	}
	t := strings.TrimPrefix(string(d), "00")
	if strings.HasPrefix(t, "84") && len(t) >= 11 && len(t) <= 12 {
		t = strings.TrimPrefix(t[2:], "0")
	} else {
		t = strings.TrimPrefix(t, "0")
	}
	if len(t) != 9 && len(t) != 10 || t[0] == '0' || t[0] == '1' && len(t) == 9 || len(t) == 10 && t[0] != '2' {
		return "", false
	}
	return "0" + t, true
}
