package intake

import (
	"strings"

	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// profile counts what a column's cells look like.
type profile struct {
	n       int
	counts  [contentKinds]int
	words   int
	values  map[string]int
	ones    [2]int // cells "1" beside a male and a female citizen number
	zeros   [2]int
	twos    [2]int
	samples []string
}

func (p *profile) share(kinds ...contentKind) float64 {
	if p.n == 0 {
		return 0
	}
	k := 0
	for _, x := range kinds {
		k += p.counts[x]
	}
	return float64(k) / float64(p.n)
}

const profileRows = 300

// profiles looks at the rows under a heading.
func profiles(rep *repairer, rows []sheet.Row, width int) []profile {
	out := make([]profile, width)
	for i := range out {
		out[i].values = map[string]int{}
	}
	for k := range rows {
		if k >= profileRows {
			break
		}
		cells := rows[k].Cells
		rep.startRow(cells)
		gender := -1
		for c := range cells {
			if num, _, _ := parseNumber(strings.TrimSpace(cells[c].Text), &cells[c]); num != "" && digitsIn(cells[c].Text) >= 11 {
				gender = 0
				if NumberGender(num) == Female {
					gender = 1
				}
				break
			}
		}
		filled := 0
		for c := range cells {
			if strings.TrimSpace(cells[c].Text) != "" {
				filled++
			}
		}
		if filled <= 2 && width > 3 {
			continue
		}
		for c := range cells {
			if c >= width {
				break
			}
			t := strings.TrimSpace(rep.text(c, cells[c].Text))
			p := &out[c]
			kind := kindOf(t, &cells[c])
			if kind == isEmpty {
				continue
			}
			p.n++
			p.counts[kind]++
			p.words += strings.Count(t, " ") + 1
			if len(p.values) < 200 {
				p.values[t]++
			}
			if len(p.samples) < 5 && p.values[t] <= 1 {
				p.samples = append(p.samples, t)
			}
			if gender >= 0 {
				switch t {
				case "1", "1.0":
					p.ones[gender]++
				case "0", "0.0":
					p.zeros[gender]++
				case "2", "2.0":
					p.twos[gender]++
				}
			}
		}
	}
	return out
}

// byContent settles columns by what is in them: columns without a heading, guesses, and headings with two meanings.
func (t *table) byContent(ps []profile) {
	for i := range t.columns {
		c := &t.columns[i]
		if c.Index >= len(ps) {
			continue
		}
		p := &ps[c.Index]
		c.Samples = p.samples
		if c.Field != "" && !c.Sure && p.n > 0 && contradicts(c.Field, p) {
			c.Field = ""
		}
		if c.Sure && p.n > 0 {
			c.Field = better(c.Field, p)
		}
	}
	t.index()
	t.nameless(ps)
	t.spreadBirth(ps)
	t.index()
}

// contradicts: the content cannot be of the field.
func contradicts(f Field, p *profile) bool {
	switch f {
	case FieldNumber:
		return p.share(isNumber12, isNumber11, isCMND, isFigure) < 0.2
	case FieldBirth:
		return p.share(isDate, isYear, isFigure) < 0.3
	case FieldPhone:
		return p.share(isPhone, isCMND, isFigure) < 0.3
	case FieldName:
		return p.share(isName, isText) < 0.3
	case FieldGender:
		return p.share(isGender, isMark, isSmall) < 0.5
	}
	return false
}

// better corrects a sure heading whose content is plainly another field's.
func better(f Field, p *profile) Field {
	switch f {
	case FieldOldID:
		if p.share(isNumber12, isNumber11) > 0.5 {
			return FieldNumber
		}
	case FieldAddress, FieldPermanent, FieldCurrent:
		return f
	case FieldNumber:
		if p.share(isMark, isStatus) > 0.9 { // "CCCD" with x marks
			return FieldCCCD
		}
		if p.share(isPhone) > 0.9 {
			return FieldPhone
		}
	case FieldGroup, FieldHamlet:
		if f == FieldGroup && p.share(isHamlet) > 0.8 && !groups(p) {
			return FieldHamlet
		}
	case FieldAgency, FieldNote, FieldIgnore:
		return f
	case FieldHousehold:
		return f
	case FieldSIM:
		if p.share(isPhone) > 0.8 {
			return FieldPhone
		}
	case FieldPhone:
		if p.share(isNumber12) > 0.9 {
			return FieldNumber
		}
		if p.share(isMark) > 0.9 {
			return FieldPhone4G
		}
		if p.share(isEthnic) > 0.8 { // "DT" without marks
			return FieldEthnic
		}
	}
	return f
}

func groups(p *profile) bool {
	for v := range p.values {
		if strings.HasPrefix(vn.Fold(v), "to ") {
			return true
		}
	}
	return false
}

// nameless gives fields to the columns that have none, by content.
func (t *table) nameless(ps []profile) {
	give := func(f Field, min float64, ok func(p *profile) float64) {
		if t.has(f) {
			return
		}
		best, at := min, -1
		for i := range t.columns {
			c := &t.columns[i]
			if c.Field != "" || c.Index >= len(ps) || ps[c.Index].n == 0 {
				continue
			}
			if s := ok(&ps[c.Index]); s > best {
				best, at = s, i
			}
		}
		if at >= 0 {
			t.columns[at].Field = f
			t.index()
		}
	}
	share := func(k ...contentKind) func(p *profile) float64 {
		return func(p *profile) float64 { return p.share(k...) }
	}
	give(FieldNumber, 0.6, share(isNumber12, isNumber11))
	headless := len(t.heading) == 0
	give(FieldPhone, 0.6, share(isPhone))
	if !t.has(FieldFamily, FieldGiven) {
		give(FieldName, 0.6, func(p *profile) float64 {
			s := p.share(isName)
			if len(p.values) < p.n/3 { // few different values: no names
				s /= 2
			}
			return s
		})
	}
	if !t.has(FieldBirthYear, FieldMale, FieldFemale) {
		give(FieldBirth, 0.6, share(isDate, isYear))
	}
	give(FieldGender, 0.8, share(isGender))
	if !headless {
		return
	}
	if !t.has(FieldBirth) {
		t.twoBirths(ps)
	}
	give(FieldOldID, 0.6, share(isCMND))
	give(FieldEID, 0.6, share(isStatus))
	give(FieldEthnic, 0.7, share(isEthnic))
	give(FieldCurrent, 0.6, share(isHamlet))
	give(FieldPermanent, 0.5, share(isAddress))
	give(FieldOrdinal, 0.9, func(p *profile) float64 {
		if p.counts[isSmall]+p.counts[isFigure]+p.counts[isMark] < p.n {
			return 0
		}
		return p.share(isSmall, isFigure, isMark)
	})
}

// twoBirths finds the pair of columns Nam | Nữ with birth dates in a list without headings: dates in one or the other.
func (t *table) twoBirths(ps []profile) {
	for i := 0; i+1 < len(t.columns); i++ {
		a, b := &t.columns[i], &t.columns[i+1]
		if a.Field != "" || b.Field != "" || b.Index >= len(ps) {
			continue
		}
		if p, q := &ps[a.Index], &ps[b.Index]; p.share(isDate, isYear) > 0.8 && q.share(isDate, isYear) > 0.8 {
			a.Field, b.Field = FieldMale, FieldFemale
			t.index()
			return
		}
	}
}

// spreadBirth: one heading "Ngày sinh" over three columns of small numbers is day, month, year.
func (t *table) spreadBirth(ps []profile) {
	b := t.found[FieldBirth]
	if len(b) == 3 && b[2] == b[0]+2 && b[2] < len(ps) && ps[b[0]].share(isSmall, isMark) > 0.6 && ps[b[2]].share(isYear, isFigure) > 0.6 {
		for i := range t.columns {
			switch t.columns[i].Index {
			case b[0]:
				t.columns[i].Field = FieldBirthDay
			case b[1]:
				t.columns[i].Field = FieldBirthMonth
			case b[2]:
				t.columns[i].Field = FieldBirthYear
			}
		}
	}
}
