package intake

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// person is a made-up person of a made-up list.
type madePerson struct {
	name, number, hamlet, phone string
	y, m, d                     int
	female                      bool
	fault                       string // "" for a good row
}

var (
	families = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Điểu", "Thị", "Danh", "Huỳnh", "Võ", "Tống", "Lý", "Nông", "Đặng", "Cộng"}
	middlesM = []string{"Văn", "Hữu", "Công", "Xuân", "Quốc", "Đức"}
	middlesF = []string{"Thị", "Thị Thu", "Diễm", "Thị Ngọc", "Mỹ"}
	givens   = []string{"Khởi", "Ổn", "Hương", "Quỳnh", "Sỹ", "Thạch", "Giàu", "Vượng", "Lượm", "Yến", "Nở", "Ý", "Bưởi", "Mạnh", "Hải", "Kiệt", "Đạt", "Tám"}
)

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

func makePerson(r *rand.Rand, seq int) madePerson {
	p := madePerson{female: r.IntN(2) == 0, y: 1935 + r.IntN(75), m: 1 + r.IntN(12), d: 1 + r.IntN(28)}
	mid := pick(r, middlesM...)
	if p.female {
		mid = pick(r, middlesF...)
	}
	p.name = pick(r, families...) + " " + mid + " " + pick(r, givens...)
	c := (p.y/100 - 19) * 2
	if p.female {
		c++
	}
	p.number = fmt.Sprintf("%s%d%02d%06d", pick(r, "070", "074", "079", "095", "038", "001"), c, p.y%100, seq*37%1000000)
	p.phone = fmt.Sprintf("09%08d", r.IntN(100000000))
	return p
}

var faults = []string{"number.length", "number.characters", "number.province", "number.gender", "number.birth_year", "name.missing", "birth.impossible"}

// shape is one way a list can look.
type madeShape struct {
	name, birth, gender, place, number string
	head                               int
	offset                             int
	numbering, repeat, totals, foot    bool
	blanks, upper, phones              bool
	sep                                string
	levels3                            bool
}

func makeShape(r *rand.Rand) madeShape {
	s := madeShape{
		name:   pick(r, "one", "one", "two", "three"),
		birth:  pick(r, "one", "one", "genders", "split", "year"),
		gender: pick(r, "word", "marks", "none", "digits", "female"),
		place:  pick(r, "column", "section", "sheets", "address", "title"),
		number: pick(r, "text", "float", "dropped", "spaced", "quoted"),
		head:   r.IntN(9), offset: pick(r, 0, 0, 0, 2),
		numbering: r.IntN(2) == 0, repeat: r.IntN(3) == 0, totals: r.IntN(2) == 0, foot: r.IntN(2) == 0,
		blanks: r.IntN(3) == 0, upper: r.IntN(3) == 0, phones: r.IntN(2) == 0, levels3: r.IntN(3) == 0,
		sep: pick(r, "/", "-", "."),
	}
	if s.birth == "genders" {
		s.gender = "none"
	}
	return s
}

// grid is a sheet being made.
type grid struct {
	name   string
	rows   [][]string
	merges [][4]int // r1, c1, r2, c2: 0-based
}

func (g *grid) add(cells ...string) int {
	g.rows = append(g.rows, cells)
	return len(g.rows) - 1
}

// makeList lays people out; every person has one row.
func makeList(r *rand.Rand, s madeShape, people []madePerson) []*grid {
	hamlets := []string{"Ấp 1", "Ấp 2", "Ấp Bà Lành"}
	if s.place == "title" {
		hamlets = hamlets[:1]
	}
	per := (len(people) + len(hamlets) - 1) / len(hamlets)
	for i := range people {
		people[i].hamlet = hamlets[i/per]
	}
	var out []*grid
	var g *grid
	for hi, h := range hamlets {
		part := people[min(hi*per, len(people)):min((hi+1)*per, len(people))]
		if g == nil || s.place == "sheets" {
			g = &grid{name: "Sheet1"}
			if s.place == "sheets" {
				g.name = h
			}
			out = append(out, g)
			s.letterhead(g, h)
			s.heading(g)
		}
		if s.place == "section" {
			g.add(s.pad(pick(r, strings.Repeat("I", hi+1)+". "+h, h, h+":"))...)
		}
		for i, p := range part {
			if s.repeat && i%12 == 11 {
				s.heading(g)
			}
			if s.blanks && i%9 == 5 {
				g.add()
			}
			g.add(s.row(r, i+1, p)...)
		}
		if s.totals && (s.place == "section" || hi == len(hamlets)-1 || s.place == "sheets") {
			g.add(s.pad("", fmt.Sprintf("%s: %d người", pick(r, "Tổng cộng", "Cộng", "Tổng số"), len(part)))...)
		}
		if s.foot && (hi == len(hamlets)-1 || s.place == "sheets") {
			g.add()
			g.add(s.pad("", "", "An Phú, ngày 15 tháng 5 năm 2024")...)
			g.add(s.pad("", "NGƯỜI LẬP BIỂU", "", "TRƯỞNG CÔNG AN XÃ")...)
			g.add()
			g.add(s.pad("", "Nguyễn Văn Mạnh", "", "Trần Hữu Kiệt")...)
		}
	}
	return out
}

func (s madeShape) pad(cells ...string) []string {
	return append(make([]string, s.offset), cells...)
}

func (s madeShape) letterhead(g *grid, hamlet string) {
	lines := []string{"CÔNG AN HUYỆN HỚN QUẢN", "CÔNG AN XÃ AN PHÚ", "", "DANH SÁCH CÔNG DÂN CHƯA ĐƯỢC CẤP CĂN CƯỚC CÔNG DÂN", "(Số liệu tính đến ngày 30/4/2024)", "", "Kính gửi: Ủy ban nhân dân xã", "", ""}
	for i := range min(s.head, len(lines)) {
		g.add(s.pad(lines[i])...)
	}
	if s.place == "title" {
		g.add(s.pad("DANH SÁCH CÔNG DÂN CHƯA CẤP CĂN CƯỚC CÔNG DÂN " + strings.ToUpper(hamlet) + " XÃ AN PHÚ")...)
	}
}

// heading adds the heading rows.
func (s madeShape) heading(g *grid) {
	top, low := []string{"STT"}, []string{""}
	one := func(h string) { top, low = append(top, h), append(low, "") }
	span := func(h string, leaves ...string) {
		top = append(top, h)
		for range leaves[1:] {
			top = append(top, "")
		}
		low = append(low, leaves...)
	}
	switch s.name {
	case "one":
		one("Họ và tên")
	case "two":
		one("Họ đệm")
		one("Tên")
	case "three":
		one("Họ")
		one("Chữ đệm")
		one("Tên")
	}
	switch s.birth {
	case "one":
		one("Ngày, tháng, năm sinh")
	case "year":
		one("Năm sinh")
	case "genders":
		span("Ngày, tháng, năm sinh", "Nam", "Nữ")
	case "split":
		span("Ngày sinh", "Ngày", "Tháng", "Năm")
	}
	switch s.gender {
	case "word", "digits":
		one("Giới tính")
	case "marks":
		span("Giới tính", "Nam", "Nữ")
	case "female":
		one("Nữ")
	}
	one("Số CCCD")
	switch s.place {
	case "column":
		one("Ấp")
	case "address":
		one("Nơi ở hiện tại")
	}
	if s.phones {
		one("SĐT")
	}
	one("Ghi chú")
	two := strings.Join(low, "") != ""
	if s.levels3 && s.head > 3 && !two {
		group := make([]string, len(top))
		group[1] = "Thông tin công dân"
		r := g.add(s.pad(group...)...)
		g.merges = append(g.merges, [4]int{r, s.offset + 1, r, s.offset + len(top) - 1})
	}
	r := g.add(s.pad(top...)...)
	if two {
		g.add(s.pad(low...)...)
		for c := range top {
			if low[c] == "" {
				g.merges = append(g.merges, [4]int{r, s.offset + c, r + 1, s.offset + c})
			} else if top[c] != "" {
				e := c
				for e+1 < len(top) && top[e+1] == "" && low[e+1] != "" {
					e++
				}
				g.merges = append(g.merges, [4]int{r, s.offset + c, r, s.offset + e})
			}
		}
	}
	if s.numbering {
		var n []string
		for c := range top {
			n = append(n, fmt.Sprintf("(%d)", c+1))
		}
		g.add(s.pad(n...)...)
	}
}

func (s madeShape) row(r *rand.Rand, n int, p madePerson) []string {
	out := []string{strconv.Itoa(n)}
	name, number, d, m, y := p.name, p.number, p.d, p.m, p.y
	gender := p.female
	switch p.fault {
	case "name.missing":
		name = ""
	case "number.length":
		number = number[:8] + number[9:]
		if number[0] != '0' {
			number = "0" + number[2:]
		}
	case "number.characters":
		number = number[:5] + "A" + number[6:]
	case "number.province":
		number = "099" + number[3:]
	case "number.gender":
		gender = !gender
		if s.gender == "none" && s.birth != "genders" { // nothing to contradict: another fault
			number = "005" + number[3:]
		}
	case "number.birth_year":
		y += 3
	case "birth.impossible":
		d, m = 31, 2
		if s.birth == "year" {
			y = 1066
		}
	}
	switch s.number {
	case "float":
		if v, err := strconv.ParseFloat(number, 64); err == nil && len(number) == 12 {
			number = strings.Replace(strconv.FormatFloat(v, 'E', -1, 64), "e", "E", 1)
		}
	case "dropped":
		if len(number) == 12 {
			number = strings.TrimLeft(number, "0")
		}
	case "spaced":
		number = number[:3] + " " + number[3:6] + " " + number[6:]
	case "quoted":
		number = "'" + number
	}
	if s.upper {
		name = strings.ToUpper(name)
	}
	w := strings.Fields(name)
	switch {
	case s.name == "one":
		out = append(out, name)
	case len(w) == 0:
		out = append(out, make([]string, map[string]int{"two": 2, "three": 3}[s.name])...)
	case s.name == "two":
		out = append(out, strings.Join(w[:len(w)-1], " "), w[len(w)-1])
	default:
		out = append(out, w[0], strings.Join(w[1:len(w)-1], " "), w[len(w)-1])
	}
	birth := fmt.Sprintf("%02d%s%02d%s%d", d, s.sep, m, s.sep, y)
	switch s.birth {
	case "one":
		out = append(out, birth)
	case "year":
		out = append(out, strconv.Itoa(y))
	case "genders":
		if gender {
			out = append(out, "", birth)
		} else {
			out = append(out, birth, "")
		}
	case "split":
		out = append(out, strconv.Itoa(d), strconv.Itoa(m), strconv.Itoa(y))
	}
	yes := func(b bool, a, c string) string {
		if b {
			return a
		}
		return c
	}
	switch s.gender {
	case "word":
		out = append(out, yes(gender, "Nữ", "Nam"))
	case "digits":
		out = append(out, yes(gender, "0", "1"))
	case "marks":
		out = append(out, yes(gender, "", "x"), yes(gender, "x", ""))
	case "female":
		out = append(out, yes(gender, "x", ""))
	}
	out = append(out, number)
	switch s.place {
	case "column":
		out = append(out, p.hamlet)
	case "address":
		out = append(out, p.hamlet+", xã An Phú, Hớn Quản, Bình Phước")
	}
	if s.phones {
		out = append(out, pick(r, p.phone, "84"+p.phone[1:], p.phone[1:], p.phone[:4]+"."+p.phone[4:7]+"."+p.phone[7:]))
	}
	out = append(out, pick(r, "", "", "đi làm ăn xa"))
	return s.pad(out...)
}
