package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// dated is a day found in a text, with how surely it is the day of the figures.
type dated struct {
	day  clock.Day
	rank int // 4 "tính đến ngày", 3 place and date of the document, 2 any other, 1 from a file name or a document referred to
	why  string
}

var (
	spelledDay = regexp.MustCompile(`ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})`)
	shortDay   = regexp.MustCompile(`(?:^|[^0-9])(\d{1,2})\s*[/.\-_]\s*(\d{1,2})\s*[/.\-_]\s*(\d{4})(?:[^0-9]|$)`)
	isoDay     = regexp.MustCompile(`(?:^|[^0-9])(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?:[^0-9]|$)`)
	untilDay   = regexp.MustCompile(`(tinh den|den ngay|den het ngay|het ngay|chot|thoi diem|so lieu den|cap nhat|den het)`)
	refersTo   = regexp.MustCompile(`(ke hoach|quyet dinh|chi thi|de an|nghi dinh|thong tu|luat)\s+(so)?`)
)

// dayIn finds a day in a line of a letterhead, title or foot.
func dayIn(line string) (dated, bool) {
	f := vn.Fold(line)
	var d clock.Day
	at := 0
	if m := spelledDay.FindStringSubmatchIndex(f); m != nil {
		d, at = dayOf(f[m[6]:m[7]], f[m[4]:m[5]], f[m[2]:m[3]]), m[0]
	} else if m := shortDay.FindStringSubmatchIndex(f); m != nil {
		d, at = dayOf(f[m[6]:m[7]], f[m[4]:m[5]], f[m[2]:m[3]]), m[0]
	}
	if d == "" {
		return dated{}, false
	}
	rank := 2
	before := f[:at]
	switch {
	case untilDay.MatchString(before) || untilDay.MatchString(f[at:min(len(f), at+4)]):
		rank = 4
	case refersTo.MatchString(before):
		rank = 1
	case strings.Count(before, ",") == 1 && len(before) < 30 && strings.HasSuffix(strings.TrimSpace(before), ","):
		rank = 3
	}
	return dated{d, rank, fmt.Sprintf("“%s”", shorten(line, 80))}, true
}

// dayInName finds a day in a file's name.
func dayInName(name string) (dated, bool) {
	if m := isoDay.FindStringSubmatch(name); m != nil {
		if d := dayOf(m[1], m[2], m[3]); d != "" {
			return dated{d, 1, "tên tệp"}, true
		}
	}
	if m := shortDay.FindStringSubmatch(name); m != nil {
		if d := dayOf(m[3], m[2], m[1]); d != "" {
			return dated{d, 1, "tên tệp"}, true
		}
	}
	return dated{}, false
}

func dayOf(y, m, d string) clock.Day {
	yy, _ := strconv.Atoi(y)
	mm, _ := strconv.Atoi(m)
	dd, _ := strconv.Atoi(d)
	t := time.Date(yy, time.Month(mm), dd, 0, 0, 0, 0, time.UTC)
	if t.Year() != yy || int(t.Month()) != mm || t.Day() != dd || yy < 1990 || yy > 2100 {
		return ""
	}
	return clock.Day(t.Format(time.DateOnly))
}

func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// nameEnds are words after which a unit's name in running text is over.
var nameEnds = map[string]bool{}

func init() {
	for _, w := range strings.Fields("năm ngày tháng huyện tỉnh thành tính chưa được đã có đến trên tại của và thuộc kèm theo danh số đợt quý là do xã phường thị ấp thôn khu sóc đủ từ trong - – : ; ( / | cộng độc quận thi khong nam ngay thang huyen tinh chua duoc da den tren tai cua va thuoc xa ap thon soc kp muc mức dot cac các") {
		nameEnds[w] = true
	}
}

// placeIn finds the commune and the hamlet named in a line of running text: "CÔNG AN XÃ AN KHƯƠNG", "DANH SÁCH … ẤP 5".
func placeIn(line string) Place {
	var p Place
	words := strings.Fields(strings.NewReplacer(",", " , ", "(", " ( ", ")", " ) ", ":", " : ", ".", ". ", "_", " ", "–", " – ").Replace(line))
	ascii := shapeOf(line) == plainASCII
	for i := 0; i < len(words); i++ {
		w := strings.ToLower(vn.NFC(strings.Trim(words[i], ".")))
		next := ""
		if i+1 < len(words) {
			next = strings.ToLower(vn.NFC(words[i+1]))
		}
		before := ""
		if i > 0 {
			before = strings.ToLower(vn.NFC(words[i-1]))
		}
		kind, t, skip := "", tierNone, 1
		switch {
		case w == "xã" || ascii && w == "xa":
			kind, t = "Xã", tierCommune
		case w == "phường":
			kind, t = "Phường", tierCommune
		case w == "thị" && next == "trấn" || ascii && w == "thi" && next == "tran":
			kind, t, skip = "Thị trấn", tierCommune, 2
		case w == "tt" && i+1 < len(words) && len(next) > 1 && next != ",":
			kind, t = "Thị trấn", tierCommune
		case w == "ấp" || ascii && w == "ap":
			kind, t = "Ấp", tierHamlet
		case w == "khu" && next == "phố" || ascii && w == "khu" && next == "pho":
			kind, t, skip = "Khu phố", tierHamlet, 2
		case w == "sóc" || ascii && w == "soc":
			kind, t = "Sóc", tierHamlet
		case w == "thôn":
			kind, t = "Thôn", tierHamlet
		case len(w) > 2 && strings.HasPrefix(w, "kp") && strings.Trim(w[2:], "0123456789") == "":
			if p.Hamlet == "" {
				p.Hamlet = "Khu phố " + unitName(w[2:])
			}
			continue
		case w == "kp":
			kind, t = "Khu phố", tierHamlet
		case ascii && len(w) > 2 && strings.HasPrefix(w, "ap") && strings.Trim(w[2:], "0123456789") == "":
			if p.Hamlet == "" {
				p.Hamlet = "Ấp " + unitName(w[2:])
			}
			continue
		}
		if t == tierNone || before == "cấp" {
			continue
		}
		if kind == "Xã" { // words that are no commune: xã hội, thị xã, hợp tác xã, xã đội, xã viên
			switch {
			case before == "thị" || before == "tác" || ascii && (before == "thi" || before == "tac"):
				continue
			case next == "hội" || next == "viên" || next == "đội" || ascii && (next == "hoi" || next == "vien" || next == "doi"):
				continue
			}
		}
		j := i + skip
		var name []string
		for j < len(words) && len(name) < 4 {
			v := strings.ToLower(vn.NFC(strings.Trim(words[j], ".")))
			if v == "" || strings.Trim(v, ",()[]:;-–/|") == "" || nameEnds[v] {
				break
			}
			name = append(name, strings.Trim(words[j], "."))
			j++
			if hasDigit(v) || strings.HasSuffix(words[j-1], ".") {
				break
			}
		}
		if len(name) == 0 {
			continue
		}
		full := kind + " " + unitName(strings.Join(name, " "))
		if t == tierCommune && p.Commune == "" {
			p.Commune = full
		} else if t == tierHamlet && p.Hamlet == "" {
			p.Hamlet = full
		}
		i = j - 1
	}
	return p
}

// official tells whether a line belongs to a document's head rather than to a table.
func official(folded string) bool {
	for _, s := range []string{"cong hoa xa hoi", "doc lap - tu do", "doc lap tu do", "uy ban nhan dan", "cong an huyen", "cong an xa", "cong an tinh", "cong an thi tran", "ubnd", "bo cong an", "dang uy"} {
		if strings.Contains(folded, s) {
			return true
		}
	}
	return false
}

// titular tells whether a line is a list's title.
func titular(folded string) bool {
	for _, s := range []string{"danh sach", "bang chi tieu", "bang tong hop", "bieu so", "bieu mau", "phu luc", "danh muc", "bang thong ke", "bieu tong hop", "bang "} {
		if strings.HasPrefix(folded, s) || strings.HasPrefix(folded, "ds ") {
			return true
		}
	}
	return false
}
