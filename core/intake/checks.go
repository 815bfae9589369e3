package intake

import (
	"fmt"

	"bonphu/internal/vn"
)

// checkNumber holds a row whose citizen number cannot be one.
func (n *normaliser) checkNumber(r *Row, x *cells) {
	if r.Number == "" && x.numberCode != "" {
		r.problem(x.numberAt, x.numberCode, numberText(x.numberCode, x.numberShown), true)
	}
}

// checkBirth completes the birth date (three columns, years of two digits) and compares it with the number (law P1).
func (n *normaliser) checkBirth(r *Row, x *cells) {
	if x.split {
		b, _, ok := vn.Birth{}, 0, true
		if x.y < 0 || x.y > 0 && x.y < 100 && r.Number == "" || x.d < 0 || x.m < 0 || x.y == 0 && (x.d > 0 || x.m > 0) {
			ok = false
		} else {
			y := x.y
			if y > 0 && y < 100 {
				y = NumberYear(r.Number)/100*100 + y
			}
			if y > 0 {
				b, _, ok = birthOf(y, x.m, x.d)
			}
		}
		if x.birthRaw = fmt.Sprintf("%d/%d/%d", x.d, x.m, x.y); ok {
			r.Birth = b
		} else {
			x.birthBad = true
		}
	}
	if x.y2 >= 0 {
		if r.Number == "" {
			r.Birth = vn.Birth{}
			r.problem(x.birthAt, "birth.two_digit_year", fmt.Sprintf("Năm sinh “%s” chỉ có hai chữ số; ghi đủ bốn chữ số.", shorten(x.birthRaw, 20)), true)
		} else {
			r.Birth.Y = NumberYear(r.Number)/100*100 + x.y2
			if r.Birth.D > daysIn(r.Birth.Y, r.Birth.M) {
				x.birthBad = true
			}
		}
	}
	if x.birthBad {
		r.Birth = vn.Birth{}
		r.problem(x.birthAt, "birth.impossible", birthText(x.birthRaw), true)
		return
	}
	if r.Birth.Y == 0 {
		return
	}
	last := 2100
	if len(n.rd.AsOf) >= 4 {
		last = two(string(n.rd.AsOf))*100 + two(string(n.rd.AsOf)[2:])
	}
	if r.Birth.Y < 1890 || r.Birth.Y > last {
		r.problem(x.birthAt, "birth.range", fmt.Sprintf("Năm sinh %d nằm ngoài khoảng có thể; kiểm tra lại.", r.Birth.Y), true)
		return
	}
	if r.Number != "" && NumberYear(r.Number) != r.Birth.Y {
		r.problem(x.birthAt, codeYear, fmt.Sprintf("Nghi vấn: số định danh cho biết năm sinh %d, cột ngày sinh ghi %d; đối chiếu giấy khai sinh rồi chọn.", NumberYear(r.Number), r.Birth.Y), true)
	}
}

// checkGender settles the gender by its columns, else by the number, and compares the two.
func (n *normaliser) checkGender(p *plan, r *Row, x *cells) {
	g := ""
	switch {
	case x.maleMark && x.femaleMark:
		r.problem(x.genderAt, "gender.both", "Đánh dấu cả hai cột Nam và Nữ; để lại một cột.", r.Number == "")
	case x.maleMark:
		g = Male
	case x.femaleMark:
		g = Female
	case p.blankIsMale:
		g = Male
	case p.blankIsFem:
		g = Female
	}
	if x.genderRaw != "" {
		switch g = parseGender(x.genderRaw); {
		case g != "":
		default:
			g = p.genderOf(x.genderRaw)
		}
		if g == "" && !saysUnknown(x.genderRaw) {
			r.problem(x.genderAt, "gender.unreadable", fmt.Sprintf("Không hiểu giới tính “%s”; ghi Nam hoặc Nữ.", shorten(x.genderRaw, 20)), false)
		}
	}
	if r.Number == "" {
		r.Gender, r.genderFromFile = g, g != ""
		return
	}
	told := NumberGender(r.Number)
	if g == "" {
		r.Gender = told
		return
	}
	r.Gender, r.genderFromFile = g, true
	if g != told {
		r.problem(x.numberAt, codeGender, fmt.Sprintf("Chữ số thứ tư của số định danh là của %s, danh sách ghi %s; đối chiếu lại số hoặc giới tính.", genderTitle(told), genderTitle(g)), true)
	}
}

// genderOf reads a gender written as a number or a mark.
func (p *plan) genderOf(s string) string {
	switch s {
	case "1", "1.0":
		if p.oneIsFemale {
			return Female
		}
		return Male
	case "0", "0.0":
		if p.oneIsFemale {
			return Male
		}
		return Female
	case "2", "2.0":
		if p.oneIsFemale {
			return Male
		}
		return Female
	}
	return ""
}

func genderTitle(g string) string {
	if g == Female {
		return "nữ"
	}
	return "nam"
}

// checkName holds a row without a name, and one that has nothing to know its person by (law P1).
func (n *normaliser) checkName(r *Row, x *cells) {
	if r.Name == "" || !hasLetter(r.Name) {
		r.Name = ""
		r.problem(x.nameAt, "name.missing", "Thiếu họ và tên; bổ sung rồi nhập lại dòng này.", true)
		return
	}
	if r.Number == "" && r.OldID == "" && r.Birth.Y == 0 && x.numberCode == "" && !x.birthBad && x.y2 < 0 {
		r.problem(-1, "person.unidentified", "Không có số định danh lẫn ngày sinh nên chưa biết là ai; bổ sung ít nhất một trong hai.", true)
	}
}

// locate settles the place: a column of its own, the present residence, the section of the list, the title, the
// permanent residence, and last what the bringer said.
func (n *normaliser) locate(p *plan, section Place, r *Row, x *cells) {
	r.HamletText = firstOf(x.own.Hamlet, x.current.Hamlet, x.address.Hamlet, section.Hamlet, x.permanent.Hamlet)
	elsewhere := x.own.Commune == "" && x.permanent.Commune != "" && x.current.Commune == "" && x.address.Commune == "" && section.Commune == "" && n.sr.communeText == "" && n.rd.CommuneText == ""
	r.CommuneText = firstOf(x.own.Commune, x.current.Commune, x.address.Commune, section.Commune, n.sr.communeText, n.rd.CommuneText)
	if elsewhere {
		r.CommuneText = x.permanent.Commune
	}
	if r.CommuneText == "" {
		r.CommuneText = n.rd.hint.Commune
	}
	if r.HamletText == "" {
		r.HamletText = firstOf(n.sr.hamletText, n.rd.HamletText, n.rd.hint.Hamlet)
	}
	if r.Group == "" {
		r.Group = firstOf(x.current.Group, x.address.Group, x.permanent.Group, section.Group)
	}
	if r.Current == "" && r.Address == "" && x.own.Hamlet != "" {
		r.Current = x.own.Hamlet
	}
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
