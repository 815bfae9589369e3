// Package workbook writes .xlsx files that offices print and go on working with: real numbers, rates and sums as formulas, headings
// that stay in sight and stand again on each printed page.
package workbook

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Kind is what a column holds.
type Kind int

// Kinds of columns. A Percent is a formula over two others: the first of Of divided by the second, "–" where that is nothing (law N3).
const (
	Text Kind = iota
	Int
	Percent
)

// Book is a workbook.
type Book struct {
	Title  string
	Notes  []string // lines under the last sheet's table: as-of, code
	Sheets []Sheet
}

// Sheet is one table with lines above it.
type Sheet struct {
	Name    string
	Head    []string // lines above the table, the first one bold
	Columns []Column
	Rows    [][]any // int64, float64 or string by column; nil for a formula's cell and for nothing
	Total   bool    // a last row that adds up the Int columns
}

// Column is one column; neighbouring columns of the same Group share a heading above them.
type Column struct {
	Title, Group string
	Width        float64 // in characters
	Kind         Kind
	Of           [2]int // of a Percent: indexes of part and whole
}

type looks struct{ title, line, head, text, number, percent, sum, sumPercent int }

// SheetName makes a name that a sheet may have: at most 31 signs, none of []:*?/\ and no apostrophe at its ends.
func SheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return '-'
		}
		return r
	}, s)
	r := []rune(s)
	if len(r) > 31 {
		r = r[:31]
	}
	if s = strings.Trim(string(r), "' "); s == "" {
		return "Bảng"
	}
	return s
}

// Write writes the workbook; sheet names are made fit by SheetName. A text that begins with = + - or @ stays a text.
func (b *Book) Write(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetDocProps(&excelize.DocProperties{Title: b.Title, Language: "vi-VN", Created: "2024-04-08T00:00:00Z", Modified: "2024-04-08T00:00:00Z"}); err != nil {
		return err
	}
	l, err := styles(f)
	if err != nil {
		return err
	}
	for i := range b.Sheets {
		one := b.Sheets[i]
		one.Name = SheetName(one.Name)
		s := &one
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err != nil {
			return err
		}
		if err := s.write(f, l, b.Notes); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func styles(f *excelize.File) (looks, error) {
	var l looks
	font := func(size float64, bold, italic bool) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold, Italic: italic}
	}
	var lines []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		lines = append(lines, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	number, percent := "#,##0", "0.0 %"
	for _, x := range []struct {
		to *int
		s  excelize.Style
	}{
		{&l.title, excelize.Style{Font: font(14, true, false)}},
		{&l.line, excelize.Style{Font: font(12, false, true)}},
		{&l.head, excelize.Style{Font: font(11, true, false), Border: lines, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&l.text, excelize.Style{Font: font(11, false, false), Border: lines, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
		{&l.number, excelize.Style{Font: font(11, false, false), Border: lines, CustomNumFmt: &number}},
		{&l.percent, excelize.Style{Font: font(11, false, false), Border: lines, CustomNumFmt: &percent, Alignment: &excelize.Alignment{Horizontal: "right"}}},
		{&l.sum, excelize.Style{Font: font(11, true, false), Border: lines, CustomNumFmt: &number}},
		{&l.sumPercent, excelize.Style{Font: font(11, true, false), Border: lines, CustomNumFmt: &percent, Alignment: &excelize.Alignment{Horizontal: "right"}}},
	} {
		id, err := f.NewStyle(&x.s)
		if err != nil {
			return l, err
		}
		*x.to = id
	}
	return l, nil
}

func at(col, row int) string {
	s, _ := excelize.CoordinatesToCellName(col+1, row)
	return s
}

// try keeps the first error of many small steps.
type try struct{ err error }

func (t *try) do(err error) {
	if t.err == nil {
		t.err = err
	}
}

func (s *Sheet) write(f *excelize.File, l looks, notes []string) error {
	var t try
	last := len(s.Columns) - 1
	row := 1
	for i, line := range s.Head {
		t.do(f.SetCellStr(s.Name, at(0, row), line))
		style := l.line
		if i == 0 {
			style = l.title
		}
		t.do(f.SetCellStyle(s.Name, at(0, row), at(0, row), style))
		row++
	}
	if len(s.Head) > 0 {
		row++
	}
	first := row
	row = s.headings(f, l, &t, row)
	for i, c := range s.Columns {
		name, _ := excelize.ColumnNumberToName(i + 1)
		t.do(f.SetColWidth(s.Name, name, name, max(c.Width, 6)))
	}
	t.do(f.SetPanes(s.Name, &excelize.Panes{Freeze: true, XSplit: min(2, last), YSplit: row - 1, TopLeftCell: at(min(2, last), row), ActivePane: "bottomRight"}))
	data := row
	for _, r := range s.Rows {
		for i, c := range s.Columns {
			var v any
			if i < len(r) {
				v = r[i]
			}
			s.cell(f, l, &t, i, row, c, v, false)
		}
		row++
	}
	if s.Total && len(s.Rows) > 0 {
		for i, c := range s.Columns {
			switch c.Kind {
			case Int:
				t.do(f.SetCellFormula(s.Name, at(i, row), fmt.Sprintf("SUM(%s:%s)", at(i, data), at(i, row-1))))
				t.do(f.SetCellStyle(s.Name, at(i, row), at(i, row), l.sum))
			default:
				var v any
				if i == 1 || last == 0 {
					v = "Cộng"
				}
				s.cell(f, l, &t, i, row, c, v, true)
			}
		}
		row++
	}
	for _, n := range notes {
		t.do(f.SetCellStr(s.Name, at(0, row+1), n))
		t.do(f.SetCellStyle(s.Name, at(0, row+1), at(0, row+1), l.line))
		row++
	}
	if len(s.Rows) > 0 {
		t.do(f.AutoFilter(s.Name, at(0, data-1)+":"+at(last, data+len(s.Rows)-1), nil))
	}
	s.print(f, &t, first, data-1, row, last)
	return t.err
}

// headings writes one row of titles, or two where columns share a group, and gives the row after them.
func (s *Sheet) headings(f *excelize.File, l looks, t *try, row int) int {
	grouped := false
	for _, c := range s.Columns {
		grouped = grouped || c.Group != ""
	}
	if !grouped {
		for i, c := range s.Columns {
			t.do(f.SetCellStr(s.Name, at(i, row), c.Title))
		}
		t.do(f.SetCellStyle(s.Name, at(0, row), at(len(s.Columns)-1, row), l.head))
		return row + 1
	}
	for i := 0; i < len(s.Columns); {
		c := s.Columns[i]
		n := 1
		if c.Group == "" {
			t.do(f.SetCellStr(s.Name, at(i, row), c.Title))
			t.do(f.MergeCell(s.Name, at(i, row), at(i, row+1)))
		} else {
			for i+n < len(s.Columns) && s.Columns[i+n].Group == c.Group {
				n++
			}
			t.do(f.SetCellStr(s.Name, at(i, row), c.Group))
			if n > 1 {
				t.do(f.MergeCell(s.Name, at(i, row), at(i+n-1, row)))
			}
			for j := range n {
				t.do(f.SetCellStr(s.Name, at(i+j, row+1), s.Columns[i+j].Title))
			}
		}
		i += n
	}
	t.do(f.SetCellStyle(s.Name, at(0, row), at(len(s.Columns)-1, row+1), l.head))
	return row + 2
}

func (s *Sheet) cell(f *excelize.File, l looks, t *try, col, row int, c Column, v any, sum bool) {
	style := l.text
	switch c.Kind {
	case Percent:
		part, whole := at(c.Of[0], row), at(c.Of[1], row)
		t.do(f.SetCellFormula(s.Name, at(col, row), fmt.Sprintf(`IF(%s=0,"–",%s/%s)`, whole, part, whole)))
		if style = l.percent; sum {
			style = l.sumPercent
		}
	case Int:
		style = l.number
		if v != nil {
			t.do(f.SetCellValue(s.Name, at(col, row), v))
		}
	default:
		if sum {
			style = l.sum
		}
		if v != nil {
			t.do(f.SetCellStr(s.Name, at(col, row), fmt.Sprint(v)))
		}
	}
	t.do(f.SetCellStyle(s.Name, at(col, row), at(col, row), style))
}

// print sets the sheet up for paper: A4, landscape where it is wide, one page wide, headings on each page, page numbers.
func (s *Sheet) print(f *excelize.File, t *try, first, lastHead, end, last int) {
	wide := 0.0
	for _, c := range s.Columns {
		wide += max(c.Width, 6)
	}
	orientation, a4, one, many := "portrait", 9, 1, 0
	if wide > 90 {
		orientation = "landscape"
	}
	yes := true
	side, edge, foot := 0.4, 0.6, 0.3 // inches: wide tables need the paper
	t.do(f.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge, Footer: &foot, Header: &foot, Horizontally: &yes}))
	t.do(f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many}))
	t.do(f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	t.do(f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&C&P/&N"}))
	name := "'" + strings.ReplaceAll(s.Name, "'", "''") + "'"
	t.do(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", name, first, lastHead), Scope: s.Name}))
	column, _ := excelize.ColumnNumberToName(last + 1)
	t.do(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", name, column, end), Scope: s.Name}))
}
