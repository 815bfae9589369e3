package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
)

// xlsxBook is an .xlsx workbook, read from its zip as it streams.
type xlsxBook struct {
	zip    *zip.Reader
	files  map[string]*zip.File
	opt    Options
	sheets []Sheet
	parts  []string // of each sheet
	shared []string
	dates  []bool // by cell style
	base   time.Time

	sharedSize int64
}

func (b *xlsxBook) Format() string   { return "xlsx" }
func (b *xlsxBook) Encoding() string { return "utf-8" }
func (b *xlsxBook) Sheets() []Sheet  { return b.sheets }
func (b *xlsxBook) Close() error     { return nil }

// The bounds inside a workbook.
const (
	maxParts     = 10_000
	maxDirectory = 8 << 20 // bytes read to list the parts
	maxText      = 1 << 20 // bytes of one cell; Excel itself ends at 32,767 letters
	maxRow       = 8 << 20 // bytes of one row
	maxSheets    = 400
	maxShared    = 128 << 20 // bytes of shared strings held in memory, their headers included
	maxRatio     = 400       // how much a large part may have been squeezed
)

func openXLSX(r io.ReaderAt, size int64, opt Options) (Book, error) {
	in := &directoryReader{ReaderAt: r, left: maxDirectory}
	z, err := zip.NewReader(in, size)
	in.free = true
	if err != nil {
		return nil, broken()
	}
	z.RegisterDecompressor(zip.Deflate, func(in io.Reader) io.ReadCloser { return flate.NewReader(in) })
	if len(z.File) > maxParts {
		return nil, refuse("sheet.bomb", "Tệp có quá nhiều phần bên trong (có thể là tệp phá hoại). Hãy xin lại tệp gốc.")
	}
	b := &xlsxBook{zip: z, files: map[string]*zip.File{}, opt: opt, base: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	var total uint64
	for _, f := range z.File {
		b.files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))] = f
		total += f.UncompressedSize64
		if f.UncompressedSize64 > 50<<20 && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio {
			return nil, refuse("sheet.bomb", "Tệp phình to bất thường khi mở (có thể là tệp phá hoại). Hãy xin lại tệp gốc.")
		}
	}
	if total > uint64(opt.MaxInflate) {
		return nil, refuse("sheet.bomb", "Tệp phình to bất thường khi mở (có thể là tệp phá hoại). Hãy xin lại tệp gốc.")
	}
	main := b.mainPart()
	if main == "" {
		if b.files["word/document.xml"] != nil {
			return nil, refuse("sheet.word", "Đây là văn bản Word, không phải bảng tính. Hãy chép bảng sang Excel rồi đưa vào.")
		}
		return nil, refuse("sheet.not_workbook", "Đây là tệp nén nhưng không phải bảng tính Excel. Nếu là tệp .zip hãy giải nén rồi đưa bảng tính bên trong vào.")
	}
	if strings.HasSuffix(main, ".bin") {
		return nil, refuse("sheet.xlsb", "Đây là tệp Excel nhị phân (.xlsb). Hãy mở trong Excel và lưu dạng .xlsx rồi đưa vào.")
	}
	if err := b.workbook(main); err != nil {
		return nil, err
	}
	return b, nil
}

// mainPart finds the workbook's own part.
func (b *xlsxBook) mainPart() string {
	for id, r := range b.rels("_rels/.rels", "") {
		if strings.HasSuffix(r.kind, "/officeDocument") && b.files[r.target] != nil && id != "" {
			if strings.Contains(r.target, "xl/") || strings.Contains(r.target, "workbook") {
				return r.target
			}
		}
	}
	for _, guess := range []string{"xl/workbook.xml", "xl/workbook.bin"} {
		if b.files[guess] != nil {
			return guess
		}
	}
	return ""
}

type rel struct{ target, kind string }

// rels reads a relationships part; targets come as lower-case paths from the root.
func (b *xlsxBook) rels(name, dir string) map[string]rel {
	out := map[string]rel{}
	_ = b.scan(name, 4<<20, func(s *scanner, t token) error {
		if t == tokenStart && string(s.name) == "Relationship" {
			target := string(unescape(nil, s.attr("Target")))
			if strings.HasPrefix(target, "/") {
				target = target[1:]
			} else {
				target = path.Join(dir, target)
			}
			out[string(s.attr("Id"))] = rel{strings.ToLower(target), string(s.attr("Type"))}
		}
		return nil
	})
	return out
}

// open opens a part; nil when there is none.
func (b *xlsxBook) open(name string) (io.ReadCloser, error) {
	f := b.files[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, encrypted()
	}
	r, err := f.Open()
	if err != nil {
		return nil, broken()
	}
	return r, nil
}

// scan runs fn over a part's tokens; a part that is not there has none.
func (b *xlsxBook) scan(name string, limit int64, fn func(*scanner, token) error) error {
	r, err := b.open(name)
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	s := newScanner(r, limit)
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		if t == tokenEOF {
			return nil
		}
		if err := fn(s, t); err != nil {
			return err
		}
	}
}

func (b *xlsxBook) workbook(main string) error {
	dir := path.Dir(main)
	rels := b.rels(path.Join(dir, "_rels", path.Base(main)+".rels"), dir)
	err := b.scan(main, 16<<20, func(s *scanner, t token) error {
		if t != tokenStart {
			return nil
		}
		switch string(s.name) {
		case "workbookPr":
			if v := string(s.attr("date1904")); v == "1" || v == "true" {
				b.base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		case "sheet":
			r := rels[string(s.attr("id"))]
			if r.target == "" || strings.Contains(r.kind, "chartsheet") || b.files[r.target] == nil || len(b.sheets) >= maxSheets {
				return nil
			}
			state := string(s.attr("state"))
			for _, p := range b.parts { // one part under many names would be read again and again
				if p == r.target {
					return nil
				}
			}
			b.sheets = append(b.sheets, Sheet{Name: string(unescape(nil, s.attr("name"))), Hidden: state == "hidden" || state == "veryHidden"})
			b.parts = append(b.parts, r.target)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return refuse("sheet.no_sheet", "Tệp Excel này không có trang tính nào đọc được. Hãy mở trong Excel, lưu lại rồi đưa vào.")
	}
	styles, shared := path.Join(dir, "styles.xml"), path.Join(dir, "sharedstrings.xml")
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.kind, "/styles"):
			styles = r.target
		case strings.HasSuffix(r.kind, "/sharedStrings"):
			shared = r.target
		}
	}
	if err := b.readStyles(styles); err != nil {
		return err
	}
	if err := b.readShared(shared); err != nil {
		return err
	}
	for i := range b.sheets {
		if err := b.readMerges(i); err != nil {
			return err
		}
	}
	return nil
}

// readStyles finds out which cell styles show dates.
func (b *xlsxBook) readStyles(name string) error {
	custom := map[string]bool{}
	inXfs := false
	return b.scan(name, 32<<20, func(s *scanner, t token) error {
		switch {
		case t == tokenStart && string(s.name) == "numFmt":
			custom[string(s.attr("numFmtId"))] = isDateFormat(string(unescape(nil, s.attr("formatCode"))))
		case t == tokenStart && string(s.name) == "cellXfs":
			inXfs = !s.self
		case t == tokenEnd && string(s.name) == "cellXfs":
			inXfs = false
		case t == tokenStart && inXfs && string(s.name) == "xf" && len(b.dates) < 100_000:
			id := string(s.attr("numFmtId"))
			date, ok := custom[id]
			if !ok {
				n, _ := strconv.Atoi(id)
				date = builtinDate(n)
			}
			b.dates = append(b.dates, date)
		}
		return nil
	})
}

func builtinDate(n int) bool {
	return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n >= 34 && n <= 36 || n >= 50 && n <= 58
}

// isDateFormat tells whether a number format shows a day, a month or a year.
func isDateFormat(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		c := code[i]
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == ';':
			return false
		case c == 'd' || c == 'D' || c == 'y' || c == 'Y':
			return true
		}
	}
	return false
}

// readShared reads the shared strings into one piece of memory.
func (b *xlsxBook) readShared(name string) error {
	texts := pool{}
	var text []byte
	inT, inPh, open := false, 0, false
	err := b.scan(name, b.opt.MaxInflate, func(s *scanner, t token) error {
		switch t {
		case tokenStart:
			switch string(s.name) {
			case "t":
				inT = !s.self
			case "rPh":
				if !s.self {
					inPh++
				}
			case "sst":
				open = !s.self
			case "si":
				text = text[:0]
				if s.self {
					return b.share(texts.add(nil))
				}
			}
		case tokenEnd:
			switch string(s.name) {
			case "t":
				inT = false
			case "rPh":
				inPh--
			case "sst":
				open = false
			case "si":
				return b.share(texts.add(text))
			}
		case tokenText:
			if inT && inPh == 0 {
				if text = unescape(text, s.text); len(text) > maxText {
					return broken()
				}
			}
		}
		return nil
	})
	if err == nil && open {
		err = broken()
	}
	return err
}

// share keeps one shared string.
func (b *xlsxBook) share(s string) error {
	if b.sharedSize += int64(len(s)) + 24; b.sharedSize > maxShared {
		return refuse("sheet.shared", "Tệp chứa quá nhiều chữ khác nhau để đọc một lần. Hãy tách danh sách thành nhiều tệp rồi đưa vào lại.")
	}
	b.shared = append(b.shared, s)
	return nil
}

// pool gives many small strings out of few pieces of memory.
type pool struct{ b strings.Builder }

func (p *pool) add(text []byte) string {
	if p.b.Cap()-p.b.Len() < len(text) {
		p.b = strings.Builder{}
		p.b.Grow(max(256<<10, len(text)))
	}
	at := p.b.Len()
	p.b.Write(text)
	return p.b.String()[at:]
}

// directoryReader bounds what is read to list a zip's parts, whatever number it claims; opened parts read freely.
type directoryReader struct {
	io.ReaderAt
	left int64
	free bool
}

func (d *directoryReader) ReadAt(p []byte, at int64) (int, error) {
	if d.left -= int64(len(p)); d.left < 0 && !d.free {
		return 0, errors.New("sheet: the zip's directory is too long")
	}
	return d.ReaderAt.ReadAt(p, at)
}

// readMerges finds a sheet's merged ranges, which stand after its rows.
func (b *xlsxBook) readMerges(i int) error {
	r, err := b.open(b.parts[i])
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	buf := make([]byte, 0, 512<<10)
	var seen int64
	for {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if seen += int64(n); seen > b.opt.MaxInflate {
			return refuse("sheet.bomb", "Tệp phình to bất thường khi mở (có thể là tệp phá hoại). Hãy xin lại tệp gốc.")
		}
		for {
			at := bytes.Index(buf, []byte("mergeCell "))
			if at < 0 {
				break
			}
			end := bytes.IndexByte(buf[at:], '>')
			if end < 0 {
				break
			}
			s := scanner{attrs: buf[at+len("mergeCell") : at+end]}
			if m, ok := parseRange(string(s.attr("ref"))); ok && len(b.sheets[i].Merges) < maxMerges {
				b.sheets[i].Merges = append(b.sheets[i].Merges, m)
			}
			buf = append(buf[:0], buf[at+end:]...)
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			return broken()
		}
		keep := min(len(buf), 200)
		buf = append(buf[:0], buf[len(buf)-keep:]...)
	}
}

func parseRange(s string) (Merge, bool) {
	a, z, ok := strings.Cut(s, ":")
	r1, c1, ok1 := parseRef([]byte(a))
	r2, c2, ok2 := parseRef([]byte(z))
	return Merge{r1, c1, r2, c2}, ok && ok1 && ok2
}

// parseRef reads "C12": row 12, column 2.
func parseRef(ref []byte) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		if col = col*26 + int(ref[i]-'A') + 1; col > 20_000 {
			return 0, 0, false
		}
	}
	for ; i < len(ref) && ref[i] >= '0' && ref[i] <= '9'; i++ {
		if row = row*10 + int(ref[i]-'0'); row > 10_000_000 {
			return 0, 0, false
		}
	}
	return row, col - 1, i == len(ref) && col > 0 && row > 0
}

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
