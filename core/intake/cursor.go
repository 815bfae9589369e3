package intake

import (
	"strings"
	"unicode"

	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// cursor walks down one sheet and tells for every row whether it is one of the list. Recognise and Rows walk the same
// way, so that they agree on it.
type cursor struct {
	syn    *synonyms
	rep    *repairer
	sheet  int
	merges []sheet.Merge
	known  map[tableAt]*table // tables met by Recognise; nil while it is at work
	ahead  []sheet.Row        // rows that can be looked at ahead, while Recognise is at work
	refine func(t *table, rows []sheet.Row)

	tab     *table
	foot    bool
	head    []headLine // lines since the last table, newest last
	heading []headLine // lines of a heading that is not complete yet
	section Place
	place   Place // named by titles and letterhead above the present table
	skipped map[string]int
	tables  []*table
	lines   []headLine // letterhead, titles and foot lines, for the reader to look for place and day
	onRow   func(t *table, p Place, r *sheet.Row) error
}

const (
	maxHeadLines = 60
	maxLevels    = 5
)

// row takes the next row.
func (c *cursor) row(r *sheet.Row) error {
	c.rep.startRow(r.Cells)
	if c.tab != nil && !c.foot && c.fast(r) {
		return c.emit(r)
	}
	h := c.textsOf(r)
	if c.tab == nil {
		return c.seek(r, h)
	}
	return c.inTable(r, h)
}

// end is called after the last row.
func (c *cursor) end() {
	if c.tab == nil && len(c.heading) > 0 {
		c.open()
	}
}

func (c *cursor) emit(r *sheet.Row) error {
	c.tab.rows++
	if c.onRow == nil {
		return nil
	}
	return c.onRow(c.tab, c.section, r)
}

// fast recognises the common row of persons by its number without looking at its texts.
func (c *cursor) fast(r *sheet.Row) bool {
	for _, n := range c.tab.found[FieldNumber] {
		if n < len(r.Cells) && digitsIn(r.Cells[n].Text) >= 9 {
			return true
		}
	}
	n, b := c.tab.col(FieldName), c.tab.col(FieldBirth)
	if n < 0 || b < 0 || n >= len(r.Cells) || b >= len(r.Cells) || r.Cells[n].Text == "" {
		return false
	}
	s := r.Cells[b].Text
	return len(s) >= 4 && len(s) <= 10 && digitsIn(s) >= 4
}

func (c *cursor) textsOf(r *sheet.Row) headLine {
	h := headLine{line: r.Number, texts: make([]string, len(r.Cells))}
	for i := range r.Cells {
		t := strings.TrimSpace(c.rep.text(i, r.Cells[i].Text))
		if t != "" {
			h.n++
		}
		h.texts[i] = t
	}
	return h
}

func (c *cursor) skip(why string) { c.skipped[why]++ }

// seek looks for the heading of a table.
func (c *cursor) seek(r *sheet.Row, h headLine) error {
	if len(c.heading) > 0 {
		switch {
		case h.n == 0:
			c.skip(SkipBlank)
			return nil
		case numbering(h):
			c.skip(SkipNumbering)
			c.open()
			return nil
		case len(c.heading) < maxLevels && c.continues(h):
			c.heading = append(c.heading, h)
			c.skip(SkipHeading)
			return nil
		}
		c.open()
		if c.tab != nil {
			return c.inTable(r, h)
		}
	}
	if h.n == 0 {
		c.skip(SkipBlank)
		return nil
	}
	if c.isHeading(h) {
		c.heading = []headLine{h}
		if p := c.parentOf(h); p != nil {
			c.heading = []headLine{*p, h}
			c.head = c.head[:len(c.head)-1]
			c.skipped[SkipHead]--
			c.skip(SkipHeading)
		}
		c.skip(SkipHeading)
		return nil
	}
	if c.dataLike(r, h) {
		c.openHeadless(r, h)
		if c.tab != nil {
			return c.inTable(r, h)
		}
	}
	c.skip(SkipHead)
	c.keep(h)
	return nil
}

func (c *cursor) keep(h headLine) {
	if len(c.head) >= maxHeadLines {
		c.head = c.head[1:]
	}
	c.head = append(c.head, h)
	if len(c.lines) < 4*maxHeadLines {
		c.lines = append(c.lines, h)
	}
}

// isHeading tells whether a row can open a table: two columns it names, and nothing that looks like data.
func (c *cursor) isHeading(h headLine) bool {
	fields := map[Field]bool{}
	sure, n := 0, 0
	for _, t := range h.texts {
		if t == "" {
			continue
		}
		if len([]rune(t)) > 120 || digitsIn(t) >= 6 && !strings.Contains(t, "dd") {
			return false
		}
		f, ok := c.syn.match([]string{t})
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
		if f, _ := c.syn.match([]string{t}); t != "" && (f != "" || h.at(i) == "") {
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
		f, sure := c.syn.match([]string{t})
		_, target := c.syn.target([]string{t})
		switch {
		case f != "" && sure || target:
			named++
		case strings.HasPrefix(t, "("):
		default:
			orphan++
		}
		if lf, _ := c.syn.match([]string{c.heading[len(c.heading)-1].at(i)}); lf == FieldOrdinal && digitsIn(t) > 0 {
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
