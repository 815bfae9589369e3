package sheet

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"bonphu/internal/vn"
)

// textBook is a .csv or .txt file.
type textBook struct {
	r      io.ReaderAt
	size   int64
	opt    Options
	enc    string
	comma  byte
	skip   int // lines before the table: "sep=;"
	format string
}

func (b *textBook) Format() string   { return b.format }
func (b *textBook) Encoding() string { return b.enc }
func (b *textBook) Sheets() []Sheet  { return []Sheet{{Name: ""}} }
func (b *textBook) Close() error     { return nil }

func openText(r io.ReaderAt, size int64, opt Options) (Book, error) {
	head := make([]byte, min(size, 64<<10))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	enc := vn.SniffBytes(head)
	b := &textBook{r: r, size: size, opt: opt, enc: enc, format: "csv"}
	if strings.HasPrefix(enc, "utf-16") && len(head)%2 == 1 {
		head = head[:len(head)-1]
	}
	text, _ := vn.DecodeBytes(head)
	control := 0
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			control++
		}
	}
	if control > len(text)/200+1 {
		return nil, refuse("sheet.foreign", "Đây không phải tệp bảng tính hoặc văn bản đọc được. Hãy dùng tệp Excel (.xlsx, .xls) hoặc CSV.")
	}
	if strings.TrimSpace(text) == "" {
		return nil, refuse("sheet.empty", "Tệp không có chữ nào. Hãy mở tệp gốc kiểm tra, lưu lại rồi đưa vào.")
	}
	first, _, _ := strings.Cut(text, "\n")
	if s := strings.ToLower(strings.TrimSpace(first)); strings.HasPrefix(s, "sep=") && len(s) == 5 {
		b.comma, b.skip = s[4], 1
	} else {
		b.comma = sniffComma(text)
	}
	if b.comma == '\t' {
		b.format = "txt"
	}
	return b, nil
}

// sniffComma finds the sign that parts the columns: the one by which most lines have the same number of parts, more than one.
func sniffComma(text string) byte {
	lines := strings.Split(text, "\n")
	if len(lines) > 1 {
		lines = lines[:min(len(lines)-1, 300)]
	}
	best, bestScore := byte(','), 0
	for _, c := range []byte{';', '\t', ',', '|'} {
		counts := map[int]int{}
		for _, l := range lines {
			n, quoted := 0, false
			for i := range len(l) {
				switch {
				case l[i] == '"':
					quoted = !quoted
				case l[i] == c && !quoted:
					n++
				}
			}
			if n > 0 {
				counts[n]++
			}
		}
		score := 0
		for n, k := range counts {
			score = max(score, k*min(n, 6))
		}
		if score > bestScore {
			best, bestScore = c, score
		}
	}
	return best
}

// utf8Reader gives the file as UTF-8 whatever it is spelled in.
func (b *textBook) utf8Reader() io.Reader {
	raw := bufio.NewReaderSize(io.NewSectionReader(b.r, 0, b.size), 256<<10)
	switch b.enc {
	case "utf-8":
		if bom, _ := raw.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
			_, _ = raw.Discard(3)
		}
		return raw
	case "utf-16le", "utf-16be":
		if bom, _ := raw.Peek(2); len(bom) == 2 && (bom[0] == 0xff && bom[1] == 0xfe || bom[0] == 0xfe && bom[1] == 0xff) {
			_, _ = raw.Discard(2)
		}
		return &utf16Reader{r: raw, big: b.enc == "utf-16be"}
	}
	return &byteReader{r: raw}
}

type utf16Reader struct {
	r    *bufio.Reader
	big  bool
	rest []byte
}

func (u *utf16Reader) unit() (uint16, error) {
	a, err := u.r.ReadByte()
	if err != nil {
		return 0, err
	}
	c, err := u.r.ReadByte()
	if err != nil {
		return 0, io.EOF
	}
	if u.big {
		return uint16(a)<<8 | uint16(c), nil
	}
	return uint16(c)<<8 | uint16(a), nil
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.rest) < len(p) && len(u.rest) < 4096 {
		x, err := u.unit()
		if err != nil {
			if len(u.rest) == 0 {
				return 0, io.EOF
			}
			break
		}
		r := rune(x)
		if utf16.IsSurrogate(r) {
			y, err := u.unit()
			if err != nil {
				continue
			}
			r = utf16.DecodeRune(r, rune(y))
		}
		u.rest = utf8.AppendRune(u.rest, r)
	}
	n := copy(p, u.rest)
	u.rest = append(u.rest[:0], u.rest[n:]...)
	return n, nil
}

type byteReader struct {
	r    *bufio.Reader
	rest []byte
}

func (u *byteReader) Read(p []byte) (int, error) {
	for len(u.rest) < len(p) && len(u.rest) < 4096 {
		c, err := u.r.ReadByte()
		if err != nil {
			if len(u.rest) == 0 {
				return 0, io.EOF
			}
			break
		}
		u.rest = utf8.AppendRune(u.rest, vn.DecodeByte(c))
	}
	n := copy(p, u.rest)
	u.rest = append(u.rest[:0], u.rest[n:]...)
	return n, nil
}

// maxLine bounds one row of a text file.
const maxLine = 1 << 20

// Rows parses the file: quotes may hold the parting sign and line ends; a quote that never closes ends at its line's end.
func (b *textBook) Rows(_ int, fn func(*Row) error) error {
	in := bufio.NewReaderSize(b.utf8Reader(), 256<<10)
	row := &Row{}
	var line []byte
	number, count := 0, 0
	for {
		var err error
		line, err = readLine(in, line[:0])
		if err == io.EOF && len(line) == 0 {
			return nil
		}
		if err != nil && err != io.EOF {
			return err
		}
		number++
		start := number
		// A quoted cell may run over several lines, but not for ever.
		for extra := 0; openQuote(line, b.comma) && err == nil && extra < 50 && len(line) < maxLine/2; extra++ {
			save := len(line)
			line = append(line, '\n')
			line, err = readLine(in, line)
			if err != nil && err != io.EOF {
				return err
			}
			if len(line) == save+1 && err == io.EOF {
				line = line[:save]
			}
			number++
		}
		if start <= b.skip {
			continue
		}
		row.Number = start
		row.Cells = splitLine(row.Cells[:0], line, b.comma)
		any := false
		for _, c := range row.Cells {
			any = any || c.Kind != Empty
		}
		if any {
			if count++; count > b.opt.MaxRows {
				return tooManyRows(b.opt)
			}
			if err := fn(row); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

func readLine(in *bufio.Reader, line []byte) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			return line, broken()
		}
		line = append(line, part...)
		switch err {
		case bufio.ErrBufferFull:
			continue
		case nil:
			line = bytes.TrimSuffix(line, []byte("\n"))
			return bytes.TrimSuffix(line, []byte("\r")), nil
		}
		return line, err
	}
}

// openQuote tells whether a line ends inside quotes that a cell began with.
func openQuote(line []byte, comma byte) bool {
	quoted, start := false, true
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quoted && c == '"':
			if i+1 < len(line) && line[i+1] == '"' {
				i++
			} else {
				quoted = false
			}
		case quoted:
		case c == comma:
			start = true
			continue
		case c == '"' && start:
			quoted = true
		}
		if c != ' ' {
			start = false
		}
	}
	return quoted
}

func splitLine(cells []Cell, line []byte, comma byte) []Cell {
	for i := 0; i <= len(line) && len(cells) < maxColumns; {
		j := i
		for j < len(line) && line[j] == ' ' {
			j++
		}
		var text string
		if j < len(line) && line[j] == '"' {
			var b []byte
			k := j + 1
			for k < len(line) {
				if line[k] == '"' {
					if k+1 < len(line) && line[k+1] == '"' {
						b = append(b, '"')
						k += 2
						continue
					}
					k++
					break
				}
				b = append(b, line[k])
				k++
			}
			for k < len(line) && line[k] != comma {
				b = append(b, line[k])
				k++
			}
			text, i = strings.TrimSpace(string(b)), k+1
		} else {
			k := bytes.IndexByte(line[i:], comma)
			if k < 0 {
				k = len(line) - i
			}
			text, i = string(bytes.TrimSpace(line[i:i+k])), i+k+1
		}
		if n := len(text); n > 3 && text[0] == '=' && text[1] == '"' && text[n-1] == '"' { // ="0123": Excel's way to keep zeros
			text = text[2 : n-1]
		}
		if !utf8.ValidString(text) { // old bytes among UTF-8: text all the same, for vn.Repair to read
			text = oneByte([]byte(text))
		}
		c := Cell{Text: text}
		if text != "" {
			c.Kind = Text
		}
		cells = append(cells, c)
	}
	return cells
}

// oneByte reads one-byte text.
func oneByte(p []byte) string {
	out := make([]rune, len(p))
	for i, c := range p {
		out[i] = vn.DecodeByte(c)
	}
	return string(out)
}
