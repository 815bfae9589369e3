package intake

import (
	"fmt"
	"strconv"
	"strings"

	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// cells is what the pass over a row's columns leaves for the checks.
type cells struct {
	nameAt, numberAt, birthAt, genderAt int
	family, middle, given               string
	numberCode, numberShown             string
	birthRaw                            string
	birthBad                            bool
	y2                                  int // a birth year of two digits, -1 when there is none
	d, m, y                             int
	split                               bool // the birth date is in three columns
	maleMark, femaleMark                bool
	genderRaw                           string
	own, current, address, permanent    Place
	level, level1, level2               string
	filled                              int
}

// person reads a row of a list of persons.
func (n *normaliser) person(t *table, section Place, raw *sheet.Row, r *Row) {
	p := t.plan
	x := cells{nameAt: -1, numberAt: -1, birthAt: -1, genderAt: -1, y2: -1}
	for i := range p.steps {
		s := &p.steps[i]
		text, c := n.cell(raw, s.index)
		if s.field == FieldNumber && x.numberAt < 0 {
			x.numberAt = s.index
		}
		if s.field == FieldName && x.nameAt < 0 {
			x.nameAt = s.index
		}
		if text == "" {
			continue
		}
		x.filled++
		n.take(p, s, text, c, r, &x)
	}
	for i := range p.extras {
		s := &p.extras[i]
		if text, _ := n.cell(raw, s.index); text != "" {
			r.Extra = append(r.Extra, Extra{s.heading, text})
		}
	}
	if x.family != "" || x.middle != "" || x.given != "" {
		full := strings.Join(strings.Fields(x.family+" "+x.middle+" "+r.Name+" "+x.given), " ")
		r.Name, _, _ = parseName(full)
	}
	n.checkNumber(r, &x)
	n.checkBirth(r, &x)
	n.checkGender(p, r, &x)
	n.checkName(r, &x)
	n.locate(p, section, r, &x)
	if p.kind == KindOfficials {
		n.settleAgency(t, section, x.own.Commune, r)
	}
	if x.level1 != "" || x.level2 != "" {
		eidLevels(r, &x)
	} else if e := r.Status[StatusEID]; e == "inactive" || e == "active" {
		if strings.Contains(x.level, "2") {
			r.Status[StatusEID] = "level2-" + e
		} else if strings.Contains(x.level, "1") {
			r.Status[StatusEID] = "level1-" + e
		}
	}
	if n.other != "" {
		r.problem(-1, "sheet.kind", n.other, true)
	}
}

// eidLevels: two columns of marks, one a level.
func eidLevels(r *Row, x *cells) {
	two, one := parseMark(x.level2), parseMark(x.level1)
	switch {
	case two == markYes:
		r.Status[StatusEID] = "level2-active"
	case one == markYes:
		r.Status[StatusEID] = "level1-active"
	case two == markNo || one == markNo:
		r.Status[StatusEID] = "none"
	}
}

// take puts one cell into the row.
func (n *normaliser) take(p *plan, s *step, text string, c *sheet.Cell, r *Row, x *cells) {
	switch s.field {
	case FieldName:
		name, aside, digits := n.words.parseName(text)
		if r.Name != "" {
			name = r.Name + " " + name
		}
		r.Name, x.nameAt = name, s.index
		if aside != "" {
			r.Note = joinText(r.Note, aside)
		}
		if digits {
			r.problem(s.index, "name.digits", "Họ tên có chữ số; đã bỏ phần số, kiểm tra lại.", false)
		}
	case FieldFamily:
		x.family, x.nameAt = joinWords(x.family, text), s.index
	case FieldMiddle:
		x.middle = joinWords(x.middle, text)
	case FieldGiven:
		x.given = joinWords(x.given, text)
	case FieldNumber:
		if r.Number != "" {
			return
		}
		if r.NumberMask = maskOf(text); r.NumberMask != "" {
			return
		}
		num, old, code := parseNumber(text, c)
		if num != "" || x.numberCode == "" {
			x.numberAt = s.index
		}
		if num != "" {
			r.Number, x.numberCode = num, ""
		} else if old != "" {
			r.OldID = old
		} else if code != "" && x.numberCode == "" {
			x.numberCode, x.numberShown = code, text
		}
	case FieldOldID:
		num, old, _ := parseNumber(text, c)
		if old != "" {
			r.OldID = old
		} else if num != "" && r.Number == "" && len(text) == 12 {
			r.Number, x.numberAt = num, s.index
		}
	case FieldBirth:
		x.birthAt, x.birthRaw = s.index, text
		n.birth(text, c, r, x)
	case FieldBirthDay:
		x.split = true
		x.d = smallInt(text, c)
		if x.birthAt < 0 {
			x.birthAt = s.index
		}
	case FieldBirthMonth:
		x.split = true
		x.m = smallInt(text, c)
	case FieldBirthYear:
		x.split = true
		x.y, x.birthAt = smallInt(text, c), s.index
	case FieldMale, FieldFemale:
		x.genderAt = s.index
		if m := parseMark(text); m == markNo {
			return
		} else if m == markOther {
			if len(text) <= 2 && allDigits(text) { // a running count under the heading
				return
			}
			x.birthAt, x.birthRaw = s.index, text
			n.birth(text, c, r, x)
		}
		x.maleMark = x.maleMark || s.field == FieldMale
		x.femaleMark = x.femaleMark || s.field == FieldFemale
	case FieldGender:
		x.genderAt, x.genderRaw = s.index, text
	case FieldPhone:
		if r.Phone != "" {
			return
		}
		n.phone(s, text, c, r)
	case FieldCommune:
		x.own.Commune = n.place(text, "Xã").Commune
		if x.own.Hamlet == "" {
			x.own.Hamlet = n.place(text, "Xã").Hamlet
		}
	case FieldHamlet:
		q := n.place(text, p.hamletWord)
		x.own.Hamlet = q.Hamlet
		if q.Commune != "" && x.own.Commune == "" {
			x.own.Commune = q.Commune
		}
		r.Group = q.Group
	case FieldGroup:
		r.Group = text
	case FieldPermanent:
		r.Address = joinAddress(r.Address, text)
		x.permanent = n.place(r.Address, "")
	case FieldCurrent:
		r.Current = joinAddress(r.Current, text)
		x.current = n.place(r.Current, "")
	case FieldAddress:
		r.Current = joinAddress(r.Current, text)
		x.address = n.place(r.Current, "")
	case FieldEthnic:
		r.Ethnic = text
	case FieldHousehold:
		r.Household = text
	case FieldHead:
		r.HeadOfHouse, _, _ = parseName(text)
	case FieldRelation:
		r.Relation = text
	case FieldNote:
		r.Note = joinText(r.Note, text)
	case FieldReason:
		r.Reason = text
	case FieldPosition:
		r.Position = text
	case FieldAgency:
		r.Agency = text
	case FieldLevel:
		x.level = text
	case FieldEIDLevel1:
		x.level1 = text
	case FieldEIDLevel2:
		x.level2 = text
	default:
		n.status(s, text, c, r)
	}
}

// status puts the cell of a status column into the row.
func (n *normaliser) status(s *step, text string, c *sheet.Cell, r *Row) {
	switch s.field {
	case FieldCCCD:
		r.Status[StatusCCCD] = n.state("c", text, cccdState)
	case FieldEID:
		r.Status[StatusEID] = n.state("e", text, markedEID)
	case FieldSIM:
		r.Status[StatusSIM] = n.state("m", text, markedText)
	case FieldSign:
		r.Status[StatusSign] = n.state("m", text, markedText)
	case FieldSIMSign:
		r.Status[StatusSIM] = n.state("m", text, markedText)
		r.Status[StatusSign] = r.Status[StatusSIM]
	case FieldDevice:
		r.Status[StatusDevice] = n.state("d", text, deviceKind)
	case FieldPhone4G:
		switch n.state("m", text, markedText) {
		case "yes":
			r.Status[StatusDevice] = "4G"
		case "no":
			r.Status[StatusDevice] = "none"
		}
	case FieldPortal:
		r.Status[StatusPortal] = n.state("m", text, markedText)
	case FieldPortalLocal:
		r.Status[StatusPortalProvince] = n.state("m", text, markedText)
	case FieldResident:
		r.Status[StatusResident] = text
	case FieldAsOf:
		d, ok := n.days[text]
		if !ok {
			d = parseDay(text, c)
			if len(n.days) < cacheLimit {
				n.days[text] = d
			}
		}
		if r.AsOf = d; d == "" {
			r.problem(s.index, "as_of.unreadable", "Không đọc được ngày chốt số liệu; dùng ngày của cả danh sách.", false)
		}
	case FieldTeam:
		r.Team = text
	case FieldDays:
		r.Days, _ = parseFloat(text, c)
	}
}

func markedText(s string) string {
	if t := parseMark(s).text(); t != "" {
		return t
	}
	return s
}

func markedEID(s string) string {
	if e := eidState(s, ""); e != "" {
		return e
	}
	switch parseMark(s) {
	case markYes:
		return "active"
	case markNo:
		return "inactive"
	}
	return ""
}

// state reads a status cell, remembering what it read; what it cannot read stays as it is.
func (n *normaliser) state(which, text string, read func(string) string) string {
	key := cacheKey{which, text}
	if v, ok := n.states[key]; ok {
		return v
	}
	v := read(text)
	if v == "" {
		v = text
	}
	if len(n.states) >= cacheLimit {
		clear(n.states)
	}
	n.states[key] = v
	return v
}

func (n *normaliser) birth(text string, c *sheet.Cell, r *Row, x *cells) {
	b, y2, ok := parseBirth(text, c)
	switch {
	case ok && y2 >= 0:
		r.Birth, x.y2 = b, y2
	case ok:
		r.Birth = b
	case !saysUnknown(text):
		x.birthBad = true
	}
}

func (n *normaliser) phone(s *step, text string, c *sheet.Cell, r *Row) {
	switch {
	case len(text) == 10 && text[0] == '0' && allDigits(text):
		r.Phone = text
		return
	case len(text) == 11 && text[0] == '8' && text[1] == '4' && text[2] != '0' && allDigits(text):
		r.Phone = "0" + text[2:]
		return
	}
	if c.Kind == sheet.Number && strings.ContainsAny(text, "eE.") {
		text = strconv.FormatFloat(c.Num, 'f', -1, 64)
	}
	if !hasDigit(text) {
		return
	}
	if r.PhoneMask = maskOf(text); r.PhoneMask != "" {
		if strings.HasPrefix(r.PhoneMask, "84") {
			r.PhoneMask = "0" + r.PhoneMask[2:]
		}
		return
	}
	if q, ok := vn.Phone(text); ok && q != "" {
		r.Phone = q
		return
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '/' || r == ',' || r == '\n' }) {
		if q, ok := vn.Phone(part); ok && q != "" { // the first of several
			r.Phone = q
			return
		}
	}
	r.problem(s.index, "phone.unreadable", "Số điện thoại không đúng dạng 10 chữ số; ô này được bỏ qua.", false)
}

func smallInt(s string, c *sheet.Cell) int {
	n, ok := parseInt(s, c)
	if !ok || n > 9999 {
		return -1
	}
	return int(n)
}

func joinWords(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

func joinText(a, b string) string {
	if a == "" || a == b {
		return b
	}
	return a + "; " + b
}

func joinAddress(a, b string) string {
	if a == "" || a == b {
		return b
	}
	return a + ", " + b
}

// birthText says what is wrong with a birth date.
func birthText(raw string) string {
	return fmt.Sprintf("Ngày sinh “%s” không có thật hoặc không đọc được; ghi lại theo dạng ngày/tháng/năm.", shorten(raw, 30))
}
