package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
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
	inflated   int64 // bytes of all parts, as the zip says
}

func (b *xlsxBook) Format() string { return "xlsx" }

func (b *xlsxBook) Encoding() string { return "utf-8" }

func (b *xlsxBook) Sheets() []Sheet { return b.sheets }

func (b *xlsxBook) Close() error { return nil }

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
	b.inflated = int64(total)
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
