package intake

import (
	"strings"

	"bonphu/internal/sheet"
)

// tableAt is where a table begins: its first heading row, or its first data row when it has no heading.
type tableAt struct{ sheet, line int }

// table is one table of a sheet.
type table struct {
	at      tableAt
	heading []headLine
	columns []Column
	keys    map[int]string // of target columns, by index
	above   []headLine     // letterhead and title
	title   string
	place   Place // named by its title
	found   map[Field][]int
	plan    *plan
	rows    int
}

// headLine is a row above the data: its texts by column, mended.
type headLine struct {
	line  int
	texts []string
	n     int // how many are not empty
}

func (h headLine) at(c int) string {
	if c < len(h.texts) {
		return h.texts[c]
	}
	return ""
}

// first gives the first text that is not empty, and its column.
func (h headLine) first() (string, int) {
	for c, t := range h.texts {
		if t != "" {
			return t, c
		}
	}
	return "", -1
}

// col gives the first column of a field, -1 when there is none.
func (t *table) col(f Field) int {
	if l := t.found[f]; len(l) > 0 {
		return l[0]
	}
	return -1
}

func (t *table) has(fields ...Field) bool {
	for _, f := range fields {
		if len(t.found[f]) > 0 {
			return true
		}
	}
	return false
}

// index makes found from columns.
func (t *table) index() {
	t.found = map[Field][]int{}
	for _, c := range t.columns {
		if c.Field != "" {
			t.found[c.Field] = append(t.found[c.Field], c.Index)
		}
	}
}

// persons tells whether the table can be a list of persons.
func (t *table) persons() bool {
	return t.has(FieldName, FieldGiven, FieldFamily, FieldNumber) || t.has(FieldPhone) && t.has(FieldOldID)
}

// levels gives the heading texts of each column from the top, filling in merged cells.
func levels(heading []headLine, merges []sheet.Merge) [][]string {
	width := 0
	for _, h := range heading {
		width = max(width, len(h.texts))
	}
	first, last := heading[0].line, heading[len(heading)-1].line
	for _, m := range merges {
		if m.R1 >= first && m.R1 <= last {
			width = max(width, min(m.C2+1, width+8))
		}
	}
	out := make([][]string, width)
	for i, h := range heading {
		for c := range width {
			t := h.at(c)
			if t == "" {
				t = inherited(heading, merges, i, c)
			}
			if t == "" || len(out[c]) > 0 && out[c][len(out[c])-1] == t {
				continue
			}
			out[c] = append(out[c], t)
		}
	}
	return out
}

// inherited is the text of the merged heading that covers an empty heading cell.
func inherited(heading []headLine, merges []sheet.Merge, i, c int) string {
	line := heading[i].line
	for _, m := range merges {
		if line >= m.R1 && line <= m.R2 && c >= m.C1 && c <= m.C2 {
			if line == m.R1 {
				return heading[i].at(m.C1)
			}
			return "" // the lower part of a vertical merge
		}
	}
	if len(merges) > 0 && mergesIn(merges, heading) {
		return ""
	}
	// no merges are known (text files): a heading reaches right over empty cells that have a lower level
	if i == len(heading)-1 {
		return ""
	}
	for j := range i {
		if heading[j].at(c) != "" {
			return ""
		}
	}
	below := false
	for _, h := range heading[i+1:] {
		below = below || h.at(c) != ""
	}
	if !below {
		return ""
	}
	for k := c - 1; k >= 0; k-- {
		if t := heading[i].at(k); t != "" {
			return t
		}
	}
	return ""
}

func mergesIn(merges []sheet.Merge, heading []headLine) bool {
	for _, m := range merges {
		if m.R1 >= heading[0].line && m.R1 <= heading[len(heading)-1].line {
			return true
		}
	}
	return false
}

// newTable makes a table from its heading; its columns are matched by their headings alone.
func newTable(syn *synonyms, sheetIndex int, heading []headLine, merges []sheet.Merge) *table {
	t := &table{at: tableAt{sheetIndex, heading[0].line}, heading: heading, keys: map[int]string{}}
	for c, lv := range levels(heading, merges) {
		if len(lv) == 0 {
			continue
		}
		col := Column{Sheet: sheetIndex, Index: c, Letter: Letter(c), Heading: strings.Join(lv, " / ")}
		col.Key = foldHeading(strings.Join(lv, " "))
		if col.Key == "" {
			col.Key = "#" + col.Letter
		}
		col.Field, col.Sure = syn.match(lv)
		if key, ok := syn.target(lv); ok {
			t.keys[c] = key
		}
		t.columns = append(t.columns, col)
	}
	t.settle()
	return t
}

// settle decides the fields that only a column's neighbours can tell, and lets no two columns have a field that stands
// for one value unless both are sure.
func (t *table) settle() {
	count := map[Field]int{}
	for _, c := range t.columns {
		count[c.Field]++
	}
	if count[fieldDay] > 0 && count[fieldMonth] > 0 && count[fieldYear] == 0 && count[FieldFemale] == 0 {
		for i := range t.columns { // "Ngay | Thang | Nam" without marks
			if t.columns[i].Field == FieldMale {
				t.columns[i].Field = fieldYear
				count[fieldYear]++
			}
		}
	}
	units := count[FieldUnitCode] > 0 && count[FieldNumber] == 0 && count[FieldBirth] == 0 && (count[FieldUnitKind]+count[FieldParent]+count[FieldLat]+count[FieldFrom]+count[FieldUnitName] > 0)
	for i := range t.columns {
		c := &t.columns[i]
		switch c.Field {
		case fieldTen:
			switch {
			case units:
				c.Field = FieldUnitName
			case count[FieldFamily] > 0 || count[FieldMiddle] > 0:
				c.Field = FieldGiven
			default:
				c.Field = FieldName
			}
		case fieldDay, fieldMonth, fieldYear:
			if count[fieldDay] > 0 && count[fieldMonth] > 0 && count[fieldYear] > 0 && count[FieldBirth] == 0 || strings.Contains(c.Key, "sinh") {
				c.Field = map[Field]Field{fieldDay: FieldBirthDay, fieldMonth: FieldBirthMonth, fieldYear: FieldBirthYear}[c.Field]
			} else {
				c.Field, c.Sure = FieldIgnore, false
			}
		case FieldUnit, FieldCommune, FieldHamlet, FieldTeam:
			if units && c.Field == FieldUnit {
				c.Field = FieldUnitName
			}
		case FieldUnitKind, FieldFrom, FieldUntil, FieldParent:
			if !units && count[FieldLat] == 0 {
				c.Field, c.Sure = FieldIgnore, false
			}
		case FieldUnitCode:
			if !units {
				c.Field, c.Sure = FieldIgnore, false
			}
		}
	}
	seen := map[Field]bool{}
	for _, c := range t.columns {
		if c.Sure {
			seen[c.Field] = true
		}
	}
	taken := map[Field]bool{}
	for i := range t.columns {
		c := &t.columns[i]
		if c.Sure || c.Field == "" || c.Field == FieldIgnore {
			continue
		}
		if seen[c.Field] || taken[c.Field] && c.Field != FieldTarget {
			if !t.spread(i) {
				c.Field = ""
			}
		}
		taken[c.Field] = true
	}
	t.index()
}

// spread tells whether column i lies under the same merged heading as the one before it (Họ và tên over two columns).
func (t *table) spread(i int) bool {
	return i > 0 && t.columns[i-1].Heading == t.columns[i].Heading && t.columns[i-1].Index == t.columns[i].Index-1
}

// key is the same for tables with the same headings.
func (t *table) key() string {
	var b strings.Builder
	for _, c := range t.columns {
		b.WriteString(c.Key)
		b.WriteByte('|')
	}
	return b.String()
}

// Letter names a column as spreadsheets do: 0 → "A", 26 → "AA".
func Letter(c int) string {
	if c < 0 {
		return ""
	}
	s := ""
	for c++; c > 0; c = (c - 1) / 26 {
		s = string(rune('A'+(c-1)%26)) + s
	}
	return s
}
