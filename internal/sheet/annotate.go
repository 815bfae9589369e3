package sheet

import (
	"bytes"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Mark is a faulty cell and what is wrong with it. Row counts from 1, Col from 0; Col -1 is the whole row.
type Mark struct {
	Sheet, Row, Col int
	Text            string
}

// maxAnnotate is the largest workbook that is given back whole; of a larger one only the faulty rows are.
const maxAnnotate = 20 << 20

const author = "Bốn Phủ"

// Annotate writes the same workbook with its faulty cells coloured and commented, always as .xlsx. What cannot be edited in place
// (.xls, .csv, HTML) is rebuilt with its values.
func Annotate(w io.Writer, r io.ReaderAt, size int64, opt Options, marks []Mark) error {
	b, err := Open(r, size, opt)
	if err != nil {
		return err
	}
	defer b.Close()
	if b.Format() == "xlsx" && size <= maxAnnotate {
		raw := make([]byte, size)
		if _, err := r.ReadAt(raw, 0); err != nil && err != io.EOF {
			return err
		}
		if f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: 1 << 30}); err == nil {
			defer f.Close()
			names := f.GetSheetList()
			var sheets []string
			for _, s := range b.Sheets() { // the reader leaves out charts
				for _, n := range names {
					if n == s.Name {
						sheets = append(sheets, n)
					}
				}
			}
			if len(sheets) == len(b.Sheets()) {
				if err := mark(f, sheets, marks, nil); err == nil {
					return f.Write(w)
				}
			}
		}
	}
	return rebuild(w, b, marks, size > maxAnnotate)
}

// mark colours and comments cells; where gives the row a mark stands on now, for a rebuilt workbook.
func mark(f *excelize.File, sheets []string, marks []Mark, where map[[2]int]int) error {
	style, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Color: []string{"FFD6D6"}, Pattern: 1}, Border: []excelize.Border{
		{Type: "left", Color: "CC0000", Style: 1}, {Type: "right", Color: "CC0000", Style: 1}, {Type: "top", Color: "CC0000", Style: 1}, {Type: "bottom", Color: "CC0000", Style: 1}}})
	if err != nil {
		return err
	}
	texts := map[[3]int][]string{}
	var order [][3]int
	for _, m := range marks {
		if m.Sheet < 0 || m.Sheet >= len(sheets) || m.Row < 1 {
			continue
		}
		k := [3]int{m.Sheet, m.Row, max(m.Col, 0)}
		if where != nil {
			k[1] = where[[2]int{m.Sheet, m.Row}]
			if k[1] == 0 {
				continue
			}
		}
		if texts[k] == nil {
			order = append(order, k)
		}
		texts[k] = append(texts[k], m.Text)
	}
	for _, k := range order {
		name, err := excelize.CoordinatesToCellName(k[2]+1, k[1])
		if err != nil {
			return err
		}
		if err := f.SetCellStyle(sheets[k[0]], name, name, style); err != nil {
			return err
		}
		if err := f.AddComment(sheets[k[0]], excelize.Comment{Cell: name, Author: author, Width: 280, Height: 90,
			Paragraph: []excelize.RichTextRun{{Text: strings.Join(texts[k], "\n")}}}); err != nil {
			return err
		}
	}
	return nil
}

// rebuild writes the values as a new workbook; with faulty, only the marked rows, with their old row numbers first.
func rebuild(w io.Writer, b Book, marks []Mark, faulty bool) error {
	f := excelize.NewFile()
	defer f.Close()
	wanted := map[[2]int]bool{}
	for _, m := range marks {
		wanted[[2]int{m.Sheet, m.Row}] = true
	}
	where := map[[2]int]int{}
	var sheets []string
	for i, s := range b.Sheets() {
		name := sheetName(s.Name, i)
		if i == 0 {
			if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return err
		}
		sheets = append(sheets, name)
		n := 0
		err := b.Rows(i, func(r *Row) error {
			n = r.Number
			if faulty {
				if !wanted[[2]int{i, r.Number}] {
					return nil
				}
				n = len(where) + 1
			}
			if n > 1_048_576 {
				return nil
			}
			where[[2]int{i, r.Number}] = n
			for c, cell := range r.Cells {
				if cell.Kind == Empty {
					continue
				}
				name, err := excelize.CoordinatesToCellName(c+1, n)
				if err != nil {
					return err
				}
				if err := f.SetCellStr(sheets[i], name, cell.Text); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := mark(f, sheets, marks, where); err != nil {
		return err
	}
	return f.Write(w)
}

func sheetName(s string, i int) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(strings.TrimSpace(s)); len(r) > 0 && len(r) <= 28 {
		return string(r)
	}
	return "Trang " + string(rune('1'+i%9))
}
