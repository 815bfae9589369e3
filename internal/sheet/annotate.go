package sheet

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Mark is a faulty cell and what is wrong with it. Row counts from 1, Col from 0; Col -1 is the whole row.
type Mark struct {
	Sheet, Row, Col int
	Text            string
}

// How much is given back: a workbook is edited in place while its parts are small enough to be held in memory as cells; a text, .xls or
// HTML file is rebuilt whole while it is not large; of all else only the faulty rows come back.
const (
	maxInPlace  = 16 << 20 // bytes of a workbook's parts, inflated
	maxRebuild  = 20 << 20 // bytes of the file
	maxComments = 2000     // programs open slowly with more; the cells beyond are red all the same
)

const author = "Bốn Phủ"

// notes are the reasons by sheet and row, then by column.
type notes map[[2]int]map[int][]string

// Annotate writes the same workbook with its faulty cells coloured and commented, always as .xlsx. What cannot be edited in place
// (.xls, .csv, HTML) is rebuilt with its values; of a large file only the faulty rows come back, each with its row number and reasons.
func Annotate(w io.Writer, r io.ReaderAt, size int64, opt Options, marks []Mark) error {
	b, err := Open(r, size, opt)
	if err != nil {
		return err
	}
	defer b.Close()
	byRow := notes{}
	for _, m := range marks {
		if m.Sheet < 0 || m.Sheet >= len(b.Sheets()) || m.Row < 1 || m.Col >= maxColumns {
			continue
		}
		k := [2]int{m.Sheet, m.Row}
		if byRow[k] == nil {
			byRow[k] = map[int][]string{}
		}
		byRow[k][max(m.Col, 0)] = append(byRow[k][max(m.Col, 0)], m.Text)
	}
	if x, ok := b.(guarded).Book.(*xlsxBook); ok {
		if x.inflated > maxInPlace {
			return rebuild(w, b, byRow, true)
		}
		if out, err := inPlace(b, r, size, byRow); err == nil {
			_, err = w.Write(out)
			return err
		}
	}
	return rebuild(w, b, byRow, size > maxRebuild)
}

// inPlace marks the workbook itself. What the library cannot open, even where it panics, is an error, and the workbook is rebuilt.
func inPlace(b Book, r io.ReaderAt, size int64, byRow notes) (out []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("sheet: marking in place: %v", p)
		}
	}()
	f, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{UnzipSizeLimit: 4 * maxInPlace})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var names []string
	for _, s := range b.Sheets() {
		if i, err := f.GetSheetIndex(s.Name); err != nil || i < 0 {
			return nil, fmt.Errorf("sheet: no sheet %q", s.Name)
		}
		names = append(names, s.Name)
	}
	red := map[int]int{} // the red twin of each style: a date stays a date
	for k, cols := range byRow {
		for c := range cols {
			name, err := excelize.CoordinatesToCellName(c+1, k[1])
			if err != nil {
				return nil, err
			}
			was, err := f.GetCellStyle(names[k[0]], name)
			if err != nil {
				return nil, err
			}
			if _, ok := red[was]; !ok {
				if red[was], err = redStyle(f, was); err != nil {
					return nil, err
				}
			}
			if err := f.SetCellStyle(names[k[0]], name, name, red[was]); err != nil {
				return nil, err
			}
		}
	}
	if err := comment(f, names, byRow, func(sheet, row int) (int, int) { return row, 0 }); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	err = f.Write(&buf)
	return buf.Bytes(), err
}

// redStyle gives a style like that one, filled light red.
func redStyle(f *excelize.File, like int) (int, error) {
	s, err := f.GetStyle(like)
	if err != nil || s == nil {
		s = &excelize.Style{}
	}
	s.Fill = excelize.Fill{Type: "pattern", Color: []string{"FFD6D6"}, Pattern: 1}
	s.Border = nil
	for _, side := range []string{"left", "right", "top", "bottom"} {
		s.Border = append(s.Border, excelize.Border{Type: side, Color: "CC0000", Style: 1})
	}
	return f.NewStyle(s)
}

// comment writes the reasons; place tells on which row a row stands now (0: nowhere) and by how many columns it moved.
func comment(f *excelize.File, names []string, byRow notes, place func(sheet, row int) (int, int)) error {
	keys := make([][2]int, 0, len(byRow))
	for k := range byRow {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	left := maxComments
	for _, k := range keys {
		row, shift := place(k[0], k[1])
		if row == 0 {
			continue
		}
		for _, c := range slices.Sorted(maps.Keys(byRow[k])) {
			if left--; left < 0 {
				return nil
			}
			name, err := excelize.CoordinatesToCellName(c+1+shift, row)
			if err != nil {
				return err
			}
			if err := f.AddComment(names[k[0]], excelize.Comment{Cell: name, Author: author, Width: 280, Height: 90,
				Paragraph: []excelize.RichTextRun{{Text: strings.Join(byRow[k][c], "\n")}}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// rebuild streams the values into a new workbook; with faulty only the marked rows, with their old row number and reasons in front.
func rebuild(w io.Writer, b Book, byRow notes, faulty bool) error {
	f := excelize.NewFile()
	defer f.Close()
	var names []string
	used := map[string]bool{}
	where, shift := map[[2]int]int{}, 0
	if faulty {
		shift = 2
	}
	for i, s := range b.Sheets() {
		name := sheetName(s.Name, i)
		for used[strings.ToLower(name)] {
			name = "Trang " + strconv.Itoa(len(used)+1)
		}
		used[strings.ToLower(name)] = true
		names = append(names, name)
		if i == 0 {
			if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return err
		}
		if !faulty {
			continue
		}
		n := 1
		if err := b.Rows(i, func(r *Row) error {
			if byRow[[2]int{i, r.Number}] != nil && n < maxSheetRows {
				n++
				where[[2]int{i, r.Number}] = n
			}
			return nil
		}); err != nil {
			return err
		}
	}
	err := comment(f, names, byRow, func(sheet, row int) (int, int) {
		if faulty {
			row = where[[2]int{sheet, row}]
		}
		return row, shift
	})
	if err != nil {
		return err
	}
	red, err := redStyle(f, 0)
	if err != nil {
		return err
	}
	for i := range names {
		if err := stream(f, names[i], b, i, byRow, faulty, red); err != nil {
			return err
		}
	}
	return f.Write(w)
}

const maxSheetRows = 1_048_576

// stream writes one sheet's rows.
func stream(f *excelize.File, name string, b Book, sheet int, byRow notes, faulty bool, red int) error {
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	last := 0
	var values []any
	if faulty {
		if err := out.SetRow("A1", []any{"Dòng trong tệp gốc", "Lý do"}); err != nil {
			return err
		}
		last = 1
	}
	err = b.Rows(sheet, func(r *Row) error {
		bad := byRow[[2]int{sheet, r.Number}]
		at := max(r.Number, last+1)
		values = values[:0]
		if faulty {
			if bad == nil {
				return nil
			}
			at = last + 1
			var why []string
			for _, c := range slices.Sorted(maps.Keys(bad)) {
				why = append(why, bad[c]...)
			}
			values = append(values, r.Number, strings.Join(why, " "))
		}
		if at > maxSheetRows {
			return nil
		}
		last = at
		width := len(r.Cells)
		for c := range bad {
			width = max(width, c+1)
		}
		for c := range width {
			text := ""
			if c < len(r.Cells) {
				text = r.Cells[c].Text
			}
			switch {
			case bad[c] != nil:
				values = append(values, excelize.Cell{StyleID: red, Value: text})
			case text == "":
				values = append(values, nil)
			default:
				values = append(values, text)
			}
		}
		return out.SetRow("A"+strconv.Itoa(at), values)
	})
	if err != nil {
		return err
	}
	return out.Flush()
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
	return "Trang " + strconv.Itoa(i+1)
}
