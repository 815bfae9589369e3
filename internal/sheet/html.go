package sheet

import (
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// gridBook is a workbook held in memory: HTML tables and .xls, which are small by nature (65,536 rows a sheet).
type gridBook struct {
	format, enc string
	sheets      []Sheet
	rows        [][]gridRow
}

type gridRow struct {
	number int
	cells  []Cell
}

func (b *gridBook) Format() string   { return b.format }
func (b *gridBook) Encoding() string { return b.enc }
func (b *gridBook) Sheets() []Sheet  { return b.sheets }
func (b *gridBook) Close() error     { return nil }

func (b *gridBook) Rows(sheet int, fn func(*Row) error) error {
	if sheet < 0 || sheet >= len(b.rows) {
		return nil
	}
	row := &Row{Sheet: sheet}
	for _, r := range b.rows[sheet] {
		row.Number = r.number
		row.Cells = append(row.Cells[:0], r.cells...)
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}

// maxHTML bounds an HTML file: it is read whole. maxGrid bounds the cells of a workbook held in memory, empty ones between others
// included.
const (
	maxHTML   = 32 << 20
	maxGrid   = 5_000_000
	maxMerges = 200_000
)

func tooManyCells() error {
	return fault.New(fault.TooLarge, "sheet.too_many_cells", "Tệp có hơn %d ô. Hãy mở trong Excel, lưu dạng .xlsx hoặc tách thành nhiều tệp rồi đưa vào lại.", maxGrid)
}

// openHTML reads the tables of an HTML page saved as .xls, one under another as one sheet.
func openHTML(r io.ReaderAt, size int64, opt Options) (Book, error) {
	if size > maxHTML {
		return nil, refuse("sheet.html_large", "Bảng HTML lớn hơn 32 MB. Hãy mở trong Excel, lưu dạng .xlsx rồi đưa vào.")
	}
	raw := make([]byte, size)
	if _, err := r.ReadAt(raw, 0); err != nil && err != io.EOF {
		return nil, err
	}
	text, enc := vn.DecodeBytes(raw)
	b := &gridBook{format: "html", enc: enc, sheets: []Sheet{{}}, rows: make([][]gridRow, 1)}
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(4 << 20)
	type hang struct{ left int } // a cell that reaches down: how many rows more
	var (
		cells    []Cell
		hanging  []hang
		inCell   bool
		buf      strings.Builder
		col      int
		number   int
		span     int
		down     int
		skip     int
		lastText string
	)
	total := 0 // cells, spread ones included
	place := func() {
		for col < len(hanging) && hanging[col].left > 0 {
			hanging[col].left--
			cells = append(cells, Cell{})
			col++
		}
	}
	endCell := func() {
		if !inCell {
			return
		}
		inCell = false
		lastText = strings.Join(strings.Fields(buf.String()), " ")
		c := Cell{Text: lastText}
		if c.Text != "" {
			c.Kind = Text
		}
		place()
		if (span > 1 || down > 1) && c.Text != "" && len(b.sheets[0].Merges) < maxMerges {
			b.sheets[0].Merges = append(b.sheets[0].Merges, Merge{number, col, number + down - 1, col + span - 1})
		}
		for k := range span {
			if len(cells) >= maxColumns {
				break
			}
			if k > 0 {
				c = Cell{}
			}
			cells = append(cells, c)
			for len(hanging) <= col {
				hanging = append(hanging, hang{})
			}
			hanging[col].left = down - 1
			col++
		}
	}
	endRow := func() {
		endCell()
		if number == 0 {
			return
		}
		place()
		total += len(cells)
		if len(cells) > 0 && total <= maxGrid {
			b.rows[0] = append(b.rows[0], gridRow{number, append([]Cell(nil), cells...)})
		}
		cells, col = cells[:0], 0
	}
	open := false
	for {
		if total+len(cells) > maxGrid {
			return nil, tooManyCells()
		}
		tt := z.Next()
		switch tt {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return nil, broken()
			}
			if open {
				endRow()
			}
			if len(b.rows[0]) == 0 {
				return nil, refuse("sheet.html_empty", "Trang này không có bảng nào. Hãy mở tệp gốc trong Excel, lưu dạng .xlsx rồi đưa vào.")
			}
			return b, nil
		case html.TextToken:
			if inCell && skip == 0 {
				buf.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch tag := strings.ToLower(string(name)); tag {
			case "tr":
				if open {
					endRow()
				}
				open = true
				if number++; number > opt.MaxRows {
					return nil, tooManyRows(opt)
				}
			case "td", "th":
				endCell()
				if !open {
					open = true
					number++
				}
				inCell, span, down = true, 1, 1
				buf.Reset()
				for more {
					var k, v []byte
					k, v, more = z.TagAttr()
					n, _ := strconv.Atoi(string(v))
					switch strings.ToLower(string(k)) {
					case "colspan":
						span = min(max(n, 1), 100)
					case "rowspan":
						down = min(max(n, 1), 1000)
					}
				}
			case "br", "p", "div":
				buf.WriteByte(' ')
			case "style", "script":
				if tt == html.StartTagToken {
					skip++
				}
			case "table":
				if open {
					endRow()
					open = false
				}
				hanging = hanging[:0]
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch strings.ToLower(string(name)) {
			case "td", "th":
				endCell()
			case "tr":
				if open {
					endRow()
					open = false
				}
			case "style", "script":
				skip = max(skip-1, 0)
			}
		}
	}
}
