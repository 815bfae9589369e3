package intake

import (
	"slices"
	"strings"

	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// inTable tells what a row under a heading is, when its number does not tell it.
func (c *cursor) inTable(r *sheet.Row, h headLine) error {
	t := c.tab
	if h.n == 0 {
		c.skip(SkipBlank)
		return nil
	}
	if c.fast(r) {
		c.foot = false
		return c.emit(r)
	}
	if c.onlyOrdinal(h) {
		c.skip(SkipBlank)
		return nil
	}
	if numbering(h) && !c.namesPerson(h) && !t.has(FieldTarget) {
		c.skip(SkipNumbering)
		return nil
	}
	if c.repeats(h) {
		c.skip(SkipHeading)
		c.foot = false
		return nil
	}
	person := c.namesPerson(h)
	first, at := h.first()
	if !person || h.n <= 2 {
		if c.isTotal(h) {
			c.skip(SkipTotal)
			return nil
		}
		if label := c.agencyRow(h); label != "" {
			c.section = Place{Commune: ParsePlace(label).Commune, Label: label}
			c.skip(SkipSection)
			c.foot = false
			return nil
		}
		if p, ok := c.sectionRow(h); ok {
			c.section = c.under(p)
			c.skip(SkipSection)
			c.foot = false
			return nil
		}
		if c.newHeading(h) {
			return c.leave(r, h)
		}
		if c.footRow(h) || c.foot {
			c.foot = true
			c.skip(SkipFoot)
			if len(c.lines) < 4*maxHeadLines {
				c.lines = append(c.lines, h)
			}
			return nil
		}
		if h.n == 1 && titular(vn.Fold(first)) || official(vn.Fold(first)) && h.n <= 2 {
			return c.leave(r, h)
		}
		if h.n == 2 && t.persons() && c.chapter(h) {
			c.skip(SkipSection) // "II | Phòng Nội vụ"
			return nil
		}
		if h.n == 1 && (at == 0 || at == t.col(FieldOrdinal)) && len(dropOrdinal(first)) != len(first) && len(first) > 6 {
			c.skip(SkipSection) // "A. Nhóm trên 60 tuổi"
			return nil
		}
	} else if c.newHeading(h) {
		return c.leave(r, h)
	} else if c.foot && h.n < 3 {
		c.skip(SkipFoot)
		return nil
	}
	c.foot = false
	return c.emit(r)
}

// leave ends the present table: what follows is looked at as at the top of a sheet.
func (c *cursor) leave(r *sheet.Row, h headLine) error {
	c.tab, c.foot, c.head, c.heading = nil, false, nil, nil
	return c.seek(r, h)
}

// onlyOrdinal: a numbered row that nobody filled in.
func (c *cursor) onlyOrdinal(h headLine) bool {
	_, at := h.first()
	return h.n == 1 && at >= 0 && at == c.tab.col(FieldOrdinal) && digitsIn(h.texts[at]) == len(h.texts[at])
}

// namesPerson tells whether a row has what a row of the list has: a number or birth beside a name, or for lists of units
// a name with figures.
func (c *cursor) namesPerson(h headLine) bool {
	t := c.tab
	for _, f := range []Field{FieldNumber, FieldOldID, FieldPhone} {
		for _, i := range t.found[f] {
			if digitsIn(h.at(i)) >= 6 {
				return true
			}
		}
	}
	for _, f := range []Field{FieldBirth, FieldMale, FieldFemale, FieldBirthYear} {
		for _, i := range t.found[f] {
			if n := digitsIn(h.at(i)); n == 4 || n >= 6 && n <= 8 {
				return true
			}
		}
	}
	o := t.col(FieldOrdinal)
	return o >= 0 && h.n >= 2 && h.at(o) != "" && allDigits(strings.TrimSuffix(h.at(o), ".")) && !c.labelInName(h)
}

// labelInName: the name column of a numbered row says "Ấp 3" or "Cộng", not a name.
func (c *cursor) labelInName(h headLine) bool {
	for _, i := range c.tab.nameColumns() {
		s := h.at(i)
		if s == "" {
			continue
		}
		if c.totalText(s) {
			return true
		}
		if _, ok := sectionPlace(s); ok && c.tab.persons() {
			return true
		}
		return false
	}
	return false
}

func (t *table) nameColumns() []int {
	for _, f := range []Field{FieldName, FieldFamily, FieldGiven, FieldUnitName, FieldUnit, FieldTeam} {
		if l := t.found[f]; len(l) > 0 {
			return l
		}
	}
	return nil
}

// repeats tells whether a row is the heading again, as printed on each page.
func (c *cursor) repeats(h headLine) bool {
	for _, line := range c.tab.above { // letterhead and title, printed on each page
		if slices.Equal(line.texts, h.texts) && line.n == h.n {
			return true
		}
	}
	for _, line := range c.tab.heading {
		same := 0
		for i, t := range h.texts {
			if t != "" && strings.EqualFold(t, line.at(i)) {
				same++
			}
		}
		if same >= 1 && same*2 > h.n && (same >= 2 || line.n == 1) {
			return true
		}
	}
	return false
}

// isTotal: the first text that is no ordinal opens with "Tổng cộng", "Cộng" …, and the row is no person's.
func (c *cursor) isTotal(h headLine) bool {
	n := 0
	for _, t := range h.texts {
		if t == "" {
			continue
		}
		if c.totalText(dropOrdinal(t)) {
			return true
		}
		if n++; n >= 2 {
			return false
		}
	}
	return false
}

func (c *cursor) totalText(s string) bool {
	low := strings.ToLower(vn.NFC(s))
	plain := shapeOf(s) == plainASCII
	for _, w := range c.syn.total {
		if plain {
			w = vn.Fold(w)
			if w == "tong" || w == "cong" { // unmarked these are names too
				if strings.TrimRight(low, " :") == w {
					return true
				}
				continue
			}
		}
		if strings.HasPrefix(low, w) {
			rest := low[len(w):]
			if rest == "" || strings.ContainsAny(rest[:1], " :.,(=-") {
				return true
			}
		}
	}
	return false
}

// sectionRow: a row that names a place and nothing else (but for an ordinal, a count or the same text in merged cells).
func (c *cursor) sectionRow(h headLine) (Place, bool) {
	if !c.tab.persons() {
		return Place{}, false
	}
	var label string
	others, labelAt := 0, -1
	for i, t := range h.texts {
		if t == "" || t == label {
			continue
		}
		short := strings.Trim(t, "IVXLCDM.0123456789)( -*")
		switch {
		case short == "" || len([]rune(t)) == 1:
			others++
		case label == "":
			label, labelAt = t, i
		case strings.HasPrefix(vn.Fold(t), "cong ") || strings.HasSuffix(vn.Fold(t), " nguoi"):
		default:
			return Place{}, false
		}
	}
	if label == "" || others > 3 {
		return Place{}, false
	}
	p, ok := sectionPlace(label)
	if !ok {
		return Place{}, false
	}
	// a hamlet alone in its own column beside an ordinal is a person's row whose name is missing
	for _, f := range []Field{FieldHamlet, FieldCurrent, FieldPermanent, FieldAddress, FieldCommune, FieldGroup} {
		for _, i := range c.tab.found[f] {
			if i == labelAt && others > 0 {
				return Place{}, false
			}
		}
	}
	return p, true
}

// chapter: the ordinal is a Roman numeral or a letter, and beside it stands one text.
func (c *cursor) chapter(h headLine) bool {
	o := c.tab.col(FieldOrdinal)
	if o < 0 {
		return false
	}
	s := strings.TrimRight(h.at(o), ".)")
	return s != "" && (strings.Trim(s, "IVXLC") == "" || len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z')
}

// under puts a section within the one above it: a hamlet keeps the commune named before.
func (c *cursor) under(p Place) Place {
	switch {
	case p.Commune != "" && p.Hamlet == "":
		return p
	case p.Hamlet != "":
		if p.Commune == "" {
			p.Commune = c.section.Commune
		}
		return p
	}
	p.Commune, p.Hamlet = c.section.Commune, c.section.Hamlet
	return p
}

// footRow: signatures, notes, place and date of signing.
func (c *cursor) footRow(h headLine) bool {
	n := 0
	for _, t := range h.texts {
		if t == "" {
			continue
		}
		if n++; n > 4 {
			return false
		}
		f := foldHeading(t)
		if opens(f, c.syn.foot) || h.n <= 2 && opens(f, c.syn.note) {
			return true
		}
		if d, ok := dayIn(t); ok && h.n <= 3 && d.rank >= 2 && strings.Contains(vn.Fold(t), "ngay") {
			return true
		}
		if strings.HasPrefix(f, "ngay thang nam") || strings.Contains(f, "ngay thang nam 20") {
			return true
		}
	}
	return false
}

// newHeading: another table begins without a title.
func (c *cursor) newHeading(h headLine) bool {
	if h.n < 3 || h.n > maxHeadings {
		return false
	}
	for _, t := range h.texts {
		if digitsIn(t) >= 4 {
			return false
		}
	}
	sure := map[Field]bool{}
	for _, t := range h.texts {
		if t == "" {
			continue
		}
		if f, ok := c.match(t); ok {
			sure[f] = true
		}
	}
	return len(sure) >= 3 && len(sure)*2 >= h.n && !allGenders(sure) || len(sure) >= 2 && sure[FieldOrdinal] && len(sure)*2 > h.n
}
