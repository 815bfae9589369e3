package intake

import (
	"strings"

	"bonphu/internal/sheet"
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

	asked   map[string]matched
	tab     *table
	foot    bool
	head    []headLine // lines since the last table, newest last
	heading []headLine // lines of a heading that is not complete yet
	section Place
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
	c.rep.inList = true
	err := c.onRow(c.tab, c.section, r)
	c.rep.inList = false
	return err
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
