package sheet

import (
	"io"
	"strconv"
	"strings"

	"bonphu/internal/vn"
)

// openSpreadsheetML reads a workbook of Excel 2003's XML, which programs save as .xls: its sheets with their names, rows and cells at
// their places, numbers and days by their types.
func openSpreadsheetML(r io.ReaderAt, size int64, opt Options) (Book, error) {
	if size > maxHTML {
		return nil, refuse("sheet.html_large", "Bảng XML lớn hơn 32 MB. Hãy mở trong Excel, lưu dạng .xlsx rồi đưa vào.")
	}
	raw := make([]byte, size)
	if _, err := r.ReadAt(raw, 0); err != nil && err != io.EOF {
		return nil, err
	}
	text, enc := vn.DecodeBytes(raw)
	b := &gridBook{format: "html", enc: enc}
	m := xmlSheets{book: b, opt: opt}
	s := newScanner(strings.NewReader(text), opt.MaxInflate)
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		if t == tokenEOF {
			break
		}
		if err := m.token(s, t); err != nil {
			return nil, err
		}
	}
	if len(b.sheets) == 0 || !m.closed {
		return nil, broken()
	}
	return b, nil
}

// xmlSheets gathers the cells of a SpreadsheetML workbook.
type xmlSheets struct {
	book         *gridBook
	opt          Options
	row          gridRow
	col          int
	kind         string
	value        []byte
	inData       bool
	inComment    int
	total        int
	closed       bool
	across, tall int
}

func (m *xmlSheets) token(s *scanner, t token) error {
	if t == tokenText {
		if m.inData {
			m.value = unescape(m.value, s.text)
		}
		return nil
	}
	name := string(s.name)
	if t == tokenStart {
		return m.start(s, name)
	}
	switch name {
	case "Data":
		m.inData = false
	case "Comment":
		m.inComment = max(m.inComment-1, 0)
	case "Cell":
		return m.endCell()
	case "Row":
		m.endRow()
	case "Workbook":
		m.closed = true
	}
	return nil
}

func (m *xmlSheets) start(s *scanner, name string) error {
	whole := func(attr string, most int) int {
		n, err := strconv.Atoi(string(s.attr(attr)))
		if err != nil || n < 0 {
			return 0
		}
		return min(n, most)
	}
	switch name {
	case "Worksheet":
		if len(m.book.sheets) >= maxSheets {
			return tooManyRows(m.opt)
		}
		m.book.sheets = append(m.book.sheets, Sheet{Name: string(unescape(nil, s.attr("Name")))})
		m.book.rows = append(m.book.rows, nil)
		m.row = gridRow{}
	case "Row":
		number := m.row.number + 1
		if n := whole("Index", 10_000_000); n > 0 {
			number = n
		}
		m.row, m.col = gridRow{number: number}, 0
		if s.self {
			m.endRow()
		}
	case "Cell":
		if n := whole("Index", 20_000); n > 0 {
			m.col = n - 1
		}
		m.across, m.tall = whole("MergeAcross", maxColumns), whole("MergeDown", 100_000)
		m.value, m.kind = m.value[:0], ""
		if s.self {
			return m.endCell()
		}
	case "Comment":
		if !s.self {
			m.inComment++
		}
	case "Data":
		m.inData = !s.self && m.inComment == 0
		if m.inComment == 0 {
			m.kind = string(s.attr("Type"))
		}
	}
	return nil
}

func (m *xmlSheets) endCell() error {
	at := m.col
	m.col += 1 + m.across
	text := strings.TrimSpace(string(m.value))
	if text == "" || at >= maxColumns || len(m.book.sheets) == 0 {
		return nil
	}
	if m.total += at + 1 - len(m.row.cells); m.total > maxGrid {
		return tooManyCells()
	}
	for len(m.row.cells) <= at {
		m.row.cells = append(m.row.cells, Cell{})
	}
	c := Cell{Text: text, Kind: Text}
	switch m.kind {
	case "Number":
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			c.Kind, c.Num, c.Text = Number, f, string(plainNumber([]byte(text), f))
		}
	case "DateTime":
		if len(text) >= 10 {
			c.Kind, c.Text = Date, text[:10]
		}
	case "Boolean":
		c.Kind = Bool
	case "Error":
		c.Kind = Error
	}
	m.row.cells[at] = c
	sheet := &m.book.sheets[len(m.book.sheets)-1]
	if (m.across > 0 || m.tall > 0) && len(sheet.Merges) < maxMerges {
		sheet.Merges = append(sheet.Merges, Merge{m.row.number, at, m.row.number + m.tall, at + m.across})
	}
	return nil
}

func (m *xmlSheets) endRow() {
	if n := len(m.book.rows); n > 0 && len(m.row.cells) > 0 {
		m.book.rows[n-1] = append(m.book.rows[n-1], m.row)
	}
	m.row.cells = nil
}
