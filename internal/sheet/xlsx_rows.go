package sheet

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
)

// Rows streams a sheet.
func (b *xlsxBook) Rows(sheet int, fn func(*Row) error) error {
	if sheet < 0 || sheet >= len(b.parts) {
		return nil
	}
	r := &rowReader{book: b, fn: fn, row: Row{Sheet: sheet}}
	err := b.scan(b.parts[sheet], b.opt.MaxInflate, r.token)
	if err == errDone {
		return nil
	}
	if err == nil && r.open {
		return broken() // its rows have no end
	}
	return err
}

var errDone = fmt.Errorf("sheet: end of rows")

// rowReader turns a sheet's tokens into rows. The texts of one row share one piece of memory.
type rowReader struct {
	book  *xlsxBook
	fn    func(*Row) error
	row   Row
	count int

	open, inRow, inV, inT, inIs bool
	ph                          int
	col, last                   int
	style                       int
	kind                        byte // n s i(nlineStr) t(str) b e d
	value                       []byte
	arena                       []byte
	spans                       []span
}

type span struct{ col, start, end int }

func (r *rowReader) token(s *scanner, t token) error {
	switch t {
	case tokenText:
		if r.inV || r.inT && r.ph == 0 {
			if r.value = unescape(r.value, s.text); len(r.value) > maxText {
				return broken()
			}
		}
	case tokenStart:
		switch string(s.name) {
		case "worksheet":
			r.open = true
		case "sheetData":
			r.open = !s.self
		case "c":
			if len(r.arena) > maxRow || len(r.spans) > 20*maxColumns {
				return broken()
			}
			r.cell(s)
			if s.self {
				return nil
			}
		case "v":
			r.inV = !s.self
		case "t":
			r.inT = r.inIs && !s.self
		case "is":
			r.inIs = !s.self
		case "rPh":
			if !s.self {
				r.ph++
			}
		case "row":
			number := r.row.Number + 1
			if n, err := strconv.Atoi(string(s.attr("r"))); err == nil && n > 0 {
				number = n
			}
			r.row.Number, r.last, r.inRow = number, -1, true
			r.row.Cells, r.arena, r.spans = r.row.Cells[:0], r.arena[:0], r.spans[:0]
		}
	case tokenEnd:
		switch string(s.name) {
		case "v":
			r.inV = false
		case "t":
			r.inT = false
		case "is":
			r.inIs = false
		case "rPh":
			r.ph--
		case "c":
			r.endCell()
		case "row":
			return r.endRow()
		case "sheetData":
			return errDone
		}
	}
	return nil
}

func (r *rowReader) cell(s *scanner) {
	r.col = r.last + 1
	if ref := s.attr("r"); len(ref) > 0 {
		if _, c, ok := parseRef(ref); ok {
			r.col = c
		}
	}
	r.last = r.col
	r.style = -1
	if st := s.attr("s"); len(st) > 0 {
		r.style = 0
		for _, c := range st {
			if c < '0' || c > '9' || r.style > 1<<20 {
				r.style = -1
				break
			}
			r.style = r.style*10 + int(c-'0')
		}
	}
	r.value = r.value[:0]
	switch string(s.attr("t")) {
	case "s":
		r.kind = 's'
	case "inlineStr":
		r.kind = 'i'
	case "str":
		r.kind = 't'
	case "b":
		r.kind = 'b'
	case "e":
		r.kind = 'e'
	case "d":
		r.kind = 'd'
	default:
		r.kind = 'n'
	}
}

func (r *rowReader) endCell() {
	if r.col < 0 || r.col >= maxColumns || len(r.value) == 0 {
		return
	}
	for len(r.row.Cells) <= r.col {
		r.row.Cells = append(r.row.Cells, Cell{})
	}
	c := &r.row.Cells[r.col]
	*c = Cell{Kind: Text}
	switch r.kind {
	case 's':
		n, err := strconv.Atoi(string(bytes.TrimSpace(r.value)))
		if err == nil && n >= 0 && n < len(r.book.shared) {
			c.Text = r.book.shared[n]
		}
		if c.Text == "" {
			c.Kind = Empty
		}
		return
	case 'b':
		c.Kind, c.Text = Bool, "0"
		if len(r.value) > 0 && (r.value[0] == '1' || r.value[0] == 't') {
			c.Text, c.Num = "1", 1
		}
		return
	case 'e':
		c.Kind = Error
	case 'd':
		c.Kind = Date
		if len(r.value) > 10 {
			r.value = r.value[:10]
		}
	case 'n':
		f, err := strconv.ParseFloat(string(r.value), 64)
		if err != nil {
			break
		}
		c.Kind, c.Num = Number, f
		if r.style >= 0 && r.style < len(r.book.dates) && r.book.dates[r.style] && f >= 1 && f < 2958466 {
			c.Kind = Date
			r.value = serialDay(r.book.base, f).AppendFormat(r.value[:0], time.DateOnly)
		} else {
			r.value = plainNumber(r.value, f)
		}
	}
	start := len(r.arena)
	r.arena = append(r.arena, r.value...)
	r.spans = append(r.spans, span{r.col, start, len(r.arena)})
}

// serialDay gives the day of an Excel serial; the 1900 system counts a 29/02/1900 that never was.
func serialDay(base time.Time, f float64) time.Time {
	if base.Year() == 1899 && f < 60 {
		return base.AddDate(0, 0, int(f)+1)
	}
	return base.AddDate(0, 0, int(f))
}

// plainNumber spells a number without an exponent, and whole ones without the tail of floating point.
func plainNumber(raw []byte, f float64) []byte {
	for _, c := range raw {
		if c == 'E' || c == 'e' {
			return strconv.AppendFloat(raw[:0], f, 'f', -1, 64)
		}
		if c == '.' && f == float64(int64(f)) {
			return strconv.AppendInt(raw[:0], int64(f), 10)
		}
	}
	return raw
}

func (r *rowReader) endRow() error {
	r.inRow = false
	if len(r.row.Cells) == 0 {
		return nil
	}
	if r.count++; r.count > r.book.opt.MaxRows {
		return tooManyRows(r.book.opt)
	}
	text := string(r.arena)
	for _, sp := range r.spans {
		r.row.Cells[sp.col].Text = text[sp.start:sp.end]
	}
	return r.fn(&r.row)
}
