package dossier

import (
	"io"
	"strings"

	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// maxBulk bounds the rows of one list, and a list's size in bytes.
const (
	maxBulk  = 5000
	maxBytes = 10 << 20
)

// Key is what one row of a list says of whose dossier is meant: a look-up code, a citizen number, or a name with a whole birth date.
type Key struct {
	Line                      int
	Person                    int64 // as "#" and an id: a row that was tried before and is now done
	Code, Number, Name, Birth string
	Text                      string // what was read, with numbers masked
}

// ReadKey reads one row's cells: the text of the chip card's QR, a look-up code, a citizen number, or a name and a birth date, in any order
// and among other columns. False for a row that says none of these.
func ReadKey(line int, cells []string) (Key, bool) {
	k := Key{Line: line}
	if len(cells) == 1 && strings.HasPrefix(cells[0], "#") {
		n, err := id.Parse(strings.TrimSpace(cells[0][1:]))
		k.Person, k.Text = n, "dòng đã thử"
		return k, err == nil
	}
	if len(cells) == 1 && strings.Count(cells[0], "|") >= 4 {
		cells = strings.Split(cells[0], "|")
		if len(cells) > 4 {
			cells = append(cells[:4:4], cells[4:min(len(cells), 5)]...)
		}
	}
	for _, c := range cells {
		c = strings.Join(strings.Fields(vn.NFC(c)), " ")
		plain := strings.NewReplacer(" ", "", ".", "", "'", "").Replace(c)
		code := ReadCode(c)
		birth, isDay := vn.ParseBirth(c)
		switch {
		case c == "":
		case len(plain) == 12 && strings.Trim(plain, "0123456789") == "":
			if k.Number == "" {
				k.Number = plain
			}
		case len(plain) == 11 && strings.Trim(plain, "0123456789") == "" && plain[0] != '0': // a spreadsheet took the leading zero
			if k.Number == "" {
				k.Number = "0" + plain
			}
		case code != "" && !strings.Contains(strings.TrimSpace(c[:5]), " "):
			k.Code = code
		case isDay && len(birth.String()) == 10:
			if k.Birth == "" {
				k.Birth = birth.String()
			}
		case k.Name == "" && strings.Contains(c, " ") && !strings.ContainsAny(c, "0123456789"):
			k.Name = c
		case k.Name == "" && k.Birth == "": // "Nguyễn Văn An 01/02/1990" in one cell
			if i := strings.LastIndex(c, " "); i > 0 {
				if b, ok := vn.ParseBirth(strings.Trim(c[i+1:], "()")); ok && len(b.String()) == 10 {
					if name := strings.TrimRight(c[:i], " ,;-("); !strings.ContainsAny(name, ",0123456789") && !strings.HasSuffix(vn.Fold(name), "ngay") {
						k.Name, k.Birth = name, b.String()
					}
				}
			}
		}
	}
	switch {
	case k.Code != "":
		k.Text = CodeText(k.Code)
	case k.Number != "":
		k.Text = "…" + k.Number[8:]
	case k.Name != "" && k.Birth != "":
		k.Text = k.Name
	default:
		return k, false
	}
	return k, true
}

// ReadText reads a pasted list, one dossier a line; cells may be parted by tabs or semicolons. Lines that say nothing are given with Text
// empty, except empty ones and a heading.
func ReadText(text string) ([]Key, error) {
	var out []Key
	for i, line := range strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		k, ok := ReadKey(i+1, strings.FieldsFunc(line, func(r rune) bool { return r == '\t' || r == ';' }))
		if !ok && len(out) == 0 && heading(line) {
			continue
		}
		if len(out) == maxBulk {
			return nil, tooMany()
		}
		out = append(out, k)
	}
	return out, none(out)
}

func heading(line string) bool {
	f := vn.Fold(line)
	for _, w := range []string{"ho va ten", "ho ten", "so dinh danh", "cccd", "ma ho so", "stt"} {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}

func tooMany() error {
	return fault.New(fault.Refused, "dossier.bulk_many", "Danh sách quá dài: mỗi lần nhận tối đa 5.000 dòng.").On("list")
}

func none(list []Key) error {
	if len(list) == 0 {
		return fault.New(fault.Invalid, "dossier.bulk_none", "Hãy dán danh sách hoặc chọn tệp: mỗi dòng một mã hồ sơ, số định danh, hoặc họ tên kèm ngày sinh.").On("list")
	}
	return nil
}

// ReadSheet reads the first sheet of a spreadsheet.
func ReadSheet(name string, r io.ReaderAt, size int64) ([]Key, error) {
	book, err := sheet.Open(r, size, sheet.Options{Name: name, MaxBytes: maxBytes, MaxRows: maxBulk + 50})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var out []Key
	err = book.Rows(0, func(row *sheet.Row) error {
		cells := make([]string, len(row.Cells))
		empty := true
		for i := range row.Cells {
			cells[i] = row.Cells[i].Text
			empty = empty && strings.TrimSpace(cells[i]) == ""
		}
		k, ok := ReadKey(row.Number, cells)
		if empty || !ok && len(out) == 0 { // title and heading above the list
			return nil
		}
		if len(out) == maxBulk {
			return tooMany()
		}
		out = append(out, k)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, none(out)
}
