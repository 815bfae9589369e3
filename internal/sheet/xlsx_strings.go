package sheet

import (
	"strconv"
	"strings"
)

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
