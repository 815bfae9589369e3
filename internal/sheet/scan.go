package sheet

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"
)

// scanner cuts XML into tags and text, by bytes: the part of XML that spreadsheets use, many times faster than a general parser.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	read     int64
	limit    int64

	name  []byte // of the tag, without its prefix
	attrs []byte
	text  []byte
	self  bool
}

type token int

const (
	tokenEOF token = iota
	tokenStart
	tokenEnd
	tokenText
)

const maxToken = 4 << 20

func newScanner(r io.Reader, limit int64) *scanner {
	return &scanner{r: r, buf: make([]byte, 256<<10), limit: limit}
}

// fill reads more, keeping what stands from pos on.
func (s *scanner) fill() error {
	if s.eof {
		return io.EOF
	}
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxToken {
			return broken()
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := io.ReadAtLeast(s.r, s.buf[s.end:], 1)
	s.end += n
	if s.read += int64(n); s.read > s.limit {
		return refuse("sheet.bomb", "Tệp phình to bất thường khi mở (có thể là tệp phá hoại). Hãy xin lại tệp gốc.")
	}
	if err != nil {
		s.eof = true
		if err != io.EOF { // a part that ends too soon is a cut-off file, never a shorter list
			return broken()
		}
		if n == 0 {
			return io.EOF
		}
	}
	return nil
}

// index finds a byte from pos+from on, reading as needed; it gives its distance from pos.
func (s *scanner) index(c byte, from int) (int, error) {
	for {
		if i := bytes.IndexByte(s.buf[s.pos+from:s.end], c); i >= 0 {
			return from + i, nil
		}
		from = s.end - s.pos
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// next gives the next token. Text comes raw; unescape reads it.
func (s *scanner) next() (token, error) {
	for {
		t, skipped, err := s.step()
		if !skipped || err != nil {
			return t, err
		}
	}
}

// step gives one token; skipped tells that it was a comment or a declaration.
func (s *scanner) step() (t token, skipped bool, err error) {
	if s.pos == s.end {
		if err := s.fill(); err == io.EOF {
			return tokenEOF, false, nil
		} else if err != nil {
			return tokenEOF, false, err
		}
	}
	if s.buf[s.pos] != '<' {
		i, err := s.index('<', 0)
		if err == io.EOF {
			i, err = s.end-s.pos, nil
		}
		if err != nil {
			return tokenEOF, false, err
		}
		s.text = s.buf[s.pos : s.pos+i]
		s.pos += i
		return tokenText, false, nil
	}
	i, err := s.index('>', 1)
	if err == io.EOF {
		return tokenEOF, false, broken()
	}
	if err != nil {
		return tokenEOF, false, err
	}
	tag := s.buf[s.pos+1 : s.pos+i]
	if bytes.HasPrefix(tag, []byte("!--")) || bytes.HasPrefix(tag, []byte("![CDATA[")) {
		return s.special(tag[2] == 'C' || tag[1] == '[')
	}
	// A '>' may stand inside an attribute's quotes.
	for open := quote(tag, 0); open != 0; {
		seen := len(tag)
		if i, err = s.index('>', i+1); err != nil {
			return tokenEOF, false, broken()
		}
		tag = s.buf[s.pos+1 : s.pos+i]
		open = quote(tag[seen:], open)
	}
	s.pos += i + 1
	if len(tag) == 0 || tag[0] == '?' || tag[0] == '!' {
		return tokenEOF, true, nil
	}
	if tag[0] == '/' {
		s.name = local(bytes.TrimSpace(tag[1:]))
		return tokenEnd, false, nil
	}
	s.self = tag[len(tag)-1] == '/'
	if s.self {
		tag = tag[:len(tag)-1]
	}
	n := bytes.IndexAny(tag, " \t\r\n")
	if n < 0 {
		n = len(tag)
	}
	s.name, s.attrs = local(tag[:n]), tag[n:]
	return tokenStart, false, nil
}

// special passes over a comment, or gives a CDATA section as text.
func (s *scanner) special(cdata bool) (t token, skipped bool, err error) {
	end, skip := []byte("-->"), 4
	if cdata {
		end, skip = []byte("]]>"), 9
	}
	for {
		if i := bytes.Index(s.buf[s.pos:s.end], end); i >= 0 {
			text := s.buf[min(s.pos+skip, s.pos+i) : s.pos+i]
			s.pos += i + 3
			if cdata {
				s.text = bytes.ReplaceAll(text, []byte("&"), []byte("&amp;"))
				return tokenText, false, nil
			}
			return tokenEOF, true, nil
		}
		if err := s.fill(); err != nil {
			return tokenEOF, false, broken()
		}
	}
}

// quote gives the quote that is still open after a piece of a tag, q being the one open before it.
func quote(tag []byte, q byte) byte {
	for _, c := range tag {
		switch {
		case q != 0 && c == q:
			q = 0
		case q == 0 && (c == '"' || c == '\''):
			q = c
		}
	}
	return q
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// attr gives an attribute's raw value, by its name without prefix; nil when there is none.
func (s *scanner) attr(want string) []byte {
	a := s.attrs
	for len(a) > 0 {
		eq := bytes.IndexByte(a, '=')
		if eq < 0 {
			return nil
		}
		key := local(bytes.TrimSpace(a[:eq]))
		a = bytes.TrimLeft(a[eq+1:], " \t\r\n")
		if len(a) == 0 || a[0] != '"' && a[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(a[1:], a[0])
		if end < 0 {
			return nil
		}
		if string(key) == want {
			return a[1 : 1+end]
		}
		a = a[end+2:]
	}
	return nil
}

// unescape appends raw XML text to dst with its entities and Excel's _x000D_ escapes read.
func unescape(dst, raw []byte) []byte {
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, "&_")
		if i < 0 {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i:]
		if raw[0] == '_' {
			if len(raw) >= 7 && raw[1] == 'x' && raw[6] == '_' {
				if n, err := strconv.ParseUint(string(raw[2:6]), 16, 16); err == nil {
					dst = utf8.AppendRune(dst, rune(n))
					raw = raw[7:]
					continue
				}
			}
			dst = append(dst, '_')
			raw = raw[1:]
			continue
		}
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			dst = append(dst, '&')
			raw = raw[1:]
			continue
		}
		switch e := string(raw[1:end]); {
		case e == "amp":
			dst = append(dst, '&')
		case e == "lt":
			dst = append(dst, '<')
		case e == "gt":
			dst = append(dst, '>')
		case e == "quot":
			dst = append(dst, '"')
		case e == "apos":
			dst = append(dst, '\'')
		case len(e) > 2 && e[0] == '#' && (e[1] == 'x' || e[1] == 'X'):
			if n, err := strconv.ParseUint(e[2:], 16, 32); err == nil {
				dst = utf8.AppendRune(dst, rune(n))
			}
		case len(e) > 1 && e[0] == '#':
			if n, err := strconv.ParseUint(e[1:], 10, 32); err == nil {
				dst = utf8.AppendRune(dst, rune(n))
			}
		default:
			dst = append(dst, raw[:end+1]...)
		}
		raw = raw[end+1:]
	}
	return dst
}
