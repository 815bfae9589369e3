package intake

import (
	"strings"
	"unicode"

	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// maxHeadings is how many cells a heading row may have.
const maxHeadings = 120

// matched is what a text alone says as a heading.
type matched struct {
	field Field
	sure  bool
}

// match is the synonym table's answer for a text alone, remembered: rows that are no headings are asked again and again.
func (c *cursor) match(text string) (Field, bool) {
	if m, ok := c.asked[text]; ok {
		return m.field, m.sure
	}
	if c.asked == nil || len(c.asked) >= 4096 {
		c.asked = map[string]matched{}
	}
	f, sure := Field(""), false
	if len(text) <= 400 {
		f, sure = c.syn.match([]string{text})
	}
	c.asked[text] = matched{f, sure}
	return f, sure
}

// isHeading tells whether a row can open a table: two columns it names, and nothing that looks like data.
func (c *cursor) isHeading(h headLine) bool {
	if h.n == 0 || h.n > maxHeadings {
		return false
	}
	fields := map[Field]bool{}
	sure, n := 0, 0
	for _, t := range h.texts {
		if t == "" {
			continue
		}
		if len([]rune(t)) > 120 || digitsIn(t) >= 6 && !strings.Contains(t, "dd") {
			return false
		}
		f, ok := c.match(t)
		if _, isTarget := c.syn.target([]string{t}); f == "" && isTarget {
			f = Field("target:" + t)
		}
		if f == "" {
			continue
		}
		if !fields[f] {
			n++
			if ok {
				sure++
			}
		}
		fields[f] = true
	}
	if n >= 2 && sure >= 1 && n*3 >= h.n {
		return !allGenders(fields)
	}
	return h.n == 1 && sure == 1 && (fields[FieldNumber] || fields[FieldName]) && c.tab == nil && len(h.texts) <= 1
}

func allGenders(f map[Field]bool) bool {
	for k := range f {
		if k != FieldMale && k != FieldFemale && k != fieldDay && k != fieldMonth && k != fieldYear {
			return false
		}
	}
	return true
}

// parentOf gives the line right above a heading when it is a further level of it.
func (c *cursor) parentOf(h headLine) *headLine {
	if len(c.head) == 0 {
		return nil
	}
	p := c.head[len(c.head)-1]
	if p.line != h.line-1 {
		return nil
	}
	for _, t := range p.texts {
		if f := vn.Fold(t); t != "" && (official(f) || titular(f) || len([]rune(t)) > 80) {
			return nil
		}
	}
	for _, m := range c.merges {
		if m.R1 == p.line && m.C2 > m.C1 && p.at(m.C1) != "" && m.C2-m.C1+1 < len(h.texts) {
			return &p
		}
	}
	if p.n < 2 {
		return nil
	}
	named := 0
	for i, t := range p.texts {
		if f, _ := c.match(t); t != "" && (f != "" || h.at(i) == "") {
			named++
		}
	}
	if named > 0 {
		return &p
	}
	return nil
}

// continues tells whether a row is a further level of the heading before it.
func (c *cursor) continues(h headLine) bool {
	top := c.heading[0]
	for _, m := range c.merges {
		if m.R1 >= top.line && m.R1 <= c.heading[len(c.heading)-1].line && m.R2 >= h.line && m.R2 < top.line+maxLevels {
			return true
		}
	}
	if h.line > c.heading[len(c.heading)-1].line+1 {
		return false
	}
	named, orphan := 0, 0
	for i, t := range h.texts {
		if t == "" {
			continue
		}
		if digitsIn(t) >= 4 || len([]rune(t)) > 60 {
			return false
		}
		f, sure := c.match(t)
		_, target := c.syn.target([]string{t})
		switch {
		case f != "" && sure || target:
			named++
		case strings.HasPrefix(t, "("):
		default:
			orphan++
		}
		if lf, _ := c.match(c.heading[len(c.heading)-1].at(i)); lf == FieldOrdinal && digitsIn(t) > 0 {
			return false
		}
	}
	return named > 0 && named >= orphan
}

// open makes the pending heading into the present table.
func (c *cursor) open() {
	heading := c.heading
	c.heading = nil
	t := c.known[tableAt{c.sheet, heading[0].line}]
	if t == nil {
		t = newTable(c.syn, c.sheet, heading, c.merges)
		if len(t.columns) == 0 {
			return
		}
		for _, other := range c.tables {
			if other.key() == t.key() {
				t.columns, t.keys, t.plan = other.columns, other.keys, other.plan
				t.index()
				break
			}
		}
		c.look(t, heading[len(heading)-1].line+1)
	}
	c.start(t)
}

// openHeadless opens a table that has no heading.
func (c *cursor) openHeadless(r *sheet.Row, h headLine) {
	t := c.known[tableAt{c.sheet, r.Number}]
	if t == nil {
		t = &table{at: tableAt{c.sheet, r.Number}, keys: map[int]string{}}
		if c.known != nil && len(c.tables) > 0 { // deep in the file: as the table before it
			last := c.tables[len(c.tables)-1]
			t.columns, t.keys, t.plan = last.columns, last.keys, last.plan
		} else {
			for i := range h.texts {
				t.columns = append(t.columns, Column{Sheet: c.sheet, Index: i, Letter: Letter(i), Key: "#" + Letter(i)})
			}
		}
		t.index()
		c.look(t, r.Number)
		if !t.persons() {
			return
		}
	}
	c.start(t)
}

func (c *cursor) look(t *table, from int) {
	if c.refine == nil {
		return
	}
	rows := c.ahead
	for len(rows) > 0 && rows[0].Number < from {
		rows = rows[1:]
	}
	c.refine(t, rows)
}

func (c *cursor) start(t *table) {
	if t.title == "" {
		for _, h := range c.head {
			for _, text := range h.texts {
				if text != "" && titular(vn.Fold(text)) {
					t.title = shorten(text, 200)
				}
			}
		}
		for i := len(c.head) - 1; i >= 0 && t.place.Hamlet == ""; i-- {
			for _, text := range c.head[i].texts {
				p := placeIn(text)
				if p.Hamlet == "" && len(c.tables) > 0 {
					if q, ok := sectionPlace(text); ok {
						p = q
					}
				}
				if t.place.Commune == "" {
					t.place.Commune = p.Commune
				}
				if p.Hamlet != "" {
					t.place.Hamlet = p.Hamlet
				}
			}
		}
	}
	c.tab, c.foot = t, false
	if t.place != (Place{}) {
		c.section = t.place
	}
	c.tables = append(c.tables, t)
	t.above = append(t.above[:0:0], c.head...)
	c.head = nil
}

// dataLike tells whether a row without a heading above it is a row of a list: a number of a person, or a name with a
// birth date.
func (c *cursor) dataLike(r *sheet.Row, h headLine) bool {
	name, born, number := false, false, false
	for i, t := range h.texts {
		if t == "" {
			continue
		}
		switch kindOf(t, &r.Cells[i]) {
		case isNumber12, isNumber11:
			number = true
		case isDate:
			born = true
		case isName:
			name = true
		}
	}
	return number || name && born && h.n >= 3
}

// numbering tells whether a row numbers the columns: "1 2 3", "(1) (2) (3)", "A B 1 2=3+4".
func numbering(h headLine) bool {
	if h.n < 2 {
		return false
	}
	last, run := 0, 0
	for _, t := range h.texts {
		if t == "" {
			continue
		}
		t = strings.Trim(t, "()[]. ")
		if len(t) > 12 || t == "" {
			return false
		}
		if i := strings.IndexAny(t, "=+"); i > 0 {
			t = strings.TrimSpace(t[:i])
		}
		if len(t) == 1 && unicode.IsLetter(rune(t[0])) {
			continue
		}
		n := 0
		for _, r := range t {
			if r < '0' || r > '9' {
				return false
			}
			n = n*10 + int(r-'0')
		}
		if n > 60 || n <= last && n != 0 || n > last+4 {
			return false
		}
		last = n
		run++
	}
	return run >= 2 || h.n >= 3
}
