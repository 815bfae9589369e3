package sheet

import (
	"encoding/binary"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/richardlehane/mscfb"
)

// maxXLS bounds an .xls file: it is read whole. The format itself ends at 65,536 rows a sheet.
const maxXLS = 128 << 20

// The records of BIFF that lists use.
const (
	recFormula   = 0x0006
	recEOF       = 0x000A
	recDateMode  = 0x0022
	recFilePass  = 0x002F
	recContinue  = 0x003C
	recBoundSh   = 0x0085
	recMulRK     = 0x00BD
	recMulBlank  = 0x00BE
	recXF        = 0x00E0
	recMerge     = 0x00E5
	recSST       = 0x00FC
	recLabelSST  = 0x00FD
	recNumber    = 0x0203
	recLabel     = 0x0204
	recBoolErr   = 0x0205
	recString    = 0x0207
	recRK        = 0x027E
	recFormat    = 0x041E
	recBOF       = 0x0809
	recRString   = 0x00D6
	recCodePage  = 0x0042
	biff8        = 0x0600
	encryptedDoc = "EncryptedPackage"
)

// openXLS reads an OLE file: a BIFF workbook, or an encrypted .xlsx in disguise.
func openXLS(r io.ReaderAt, size int64, opt Options) (Book, error) {
	if size > maxXLS {
		return nil, refuse("sheet.xls_large", "Tệp .xls lớn hơn 128 MB. Hãy mở trong Excel, lưu dạng .xlsx rồi đưa vào.")
	}
	doc, err := mscfb.New(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, broken()
	}
	word := false
	for f, err := doc.Next(); err == nil; f, err = doc.Next() {
		switch f.Name {
		case encryptedDoc:
			return nil, encrypted()
		case "WordDocument":
			word = true
		case "Workbook", "Book":
			if f.Size > size {
				return nil, broken()
			}
			data := make([]byte, f.Size)
			if _, err := io.ReadFull(f, data); err != nil { // cut off: never read as a shorter list
				return nil, broken()
			}
			return readBIFF(data, opt)
		}
	}
	if word {
		return nil, refuse("sheet.word", "Đây là văn bản Word, không phải bảng tính. Hãy chép bảng sang Excel rồi đưa vào.")
	}
	return nil, refuse("sheet.ole", "Tệp này không phải bảng tính Excel. Hãy xin lại tệp Excel gốc.")
}

// biff reads a workbook stream record by record.
type biff struct {
	data    []byte
	opt     Options
	book    *gridBook
	offsets []int
	sst     []string
	formats map[int]bool
	xfs     []int
	base    time.Time
	version int
	cells   int
}

// record gives the record at an offset with its continuations' parts, and the offset after.
func (b *biff) record(at int) (id int, parts [][]byte, next int, ok bool) {
	if at < 0 || at+4 > len(b.data) {
		return 0, nil, at, false
	}
	id = int(binary.LittleEndian.Uint16(b.data[at:]))
	n := int(binary.LittleEndian.Uint16(b.data[at+2:]))
	if at+4+n > len(b.data) {
		return 0, nil, at, false
	}
	parts = append(parts, b.data[at+4:at+4+n])
	at += 4 + n
	if id != recSST && id != recLabel && id != recString && id != recFormula {
		return id, parts, at, true
	}
	for at+4 <= len(b.data) && binary.LittleEndian.Uint16(b.data[at:]) == recContinue {
		n := int(binary.LittleEndian.Uint16(b.data[at+2:]))
		if at+4+n > len(b.data) {
			break
		}
		parts = append(parts, b.data[at+4:at+4+n])
		at += 4 + n
	}
	return id, parts, at, true
}

func readBIFF(data []byte, opt Options) (Book, error) {
	b := &biff{data: data, opt: opt, book: &gridBook{format: "xls", enc: "utf-16"}, formats: map[int]bool{}, base: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	at := 0
	for {
		id, parts, next, ok := b.record(at)
		if !ok {
			return nil, broken()
		}
		p := parts[0]
		switch id {
		case recBOF:
			if len(p) >= 2 {
				b.version = int(binary.LittleEndian.Uint16(p))
			}
			if b.version != biff8 {
				b.book.enc = "8-bit"
			}
		case recFilePass:
			return nil, encrypted()
		case recDateMode:
			if len(p) >= 2 && p[0] == 1 {
				b.base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		case recBoundSh:
			b.sheet(p)
		case recFormat:
			if len(p) > 2 {
				code := ""
				if b.version == biff8 {
					code, _ = b.unicode(p[2:], 2)
				} else if len(p) > 3 {
					code = oneByte(p[3:])
				}
				b.formats[int(binary.LittleEndian.Uint16(p))] = isDateFormat(code)
			}
		case recXF:
			if len(p) >= 4 {
				b.xfs = append(b.xfs, int(binary.LittleEndian.Uint16(p[2:])))
			}
		case recSST:
			b.readSST(parts)
		}
		at = next
		if id == recEOF {
			break
		}
	}
	if len(b.offsets) == 0 {
		return nil, refuse("sheet.no_sheet", "Tệp Excel này không có trang tính nào đọc được. Hãy mở trong Excel, lưu lại rồi đưa vào.")
	}
	for i, off := range b.offsets {
		if err := b.readSheet(i, off); err != nil {
			return nil, err
		}
	}
	return b.book, nil
}

func (b *biff) sheet(p []byte) {
	if len(p) < 8 || p[5] != 0 || len(b.offsets) >= maxSheets { // charts and macros are not lists
		return
	}
	name := ""
	if b.version == biff8 {
		name, _ = b.unicode(p[6:], 1)
	} else {
		name = oneByte(p[7:])
	}
	b.offsets = append(b.offsets, int(binary.LittleEndian.Uint32(p)))
	b.book.sheets = append(b.book.sheets, Sheet{Name: name, Hidden: p[4]&3 != 0})
	b.book.rows = append(b.book.rows, nil)
}

func (b *biff) isDate(xf int) bool {
	if xf >= len(b.xfs) {
		return false
	}
	if d, ok := b.formats[b.xfs[xf]]; ok {
		return d
	}
	return builtinDate(b.xfs[xf])
}

func (b *biff) readSheet(i, at int) error {
	rows := map[int][]Cell{}
	top := 0
	put := func(row, col int, c Cell) {
		if col >= 256 || c.Text == "" || b.cells > maxGrid {
			return
		}
		cells := rows[row]
		b.cells += max(col+1-len(cells), 0)
		for len(cells) <= col {
			cells = append(cells, Cell{})
		}
		cells[col] = c
		rows[row] = cells
		top = max(top, row)
	}
	pendingRow, pendingCol := -1, 0
	depth := 0
	for {
		id, list, next, ok := b.record(at)
		if !ok {
			return broken()
		}
		p := list[0]
		row, col, xf := 0, 0, 0
		if len(p) >= 6 {
			row, col, xf = int(binary.LittleEndian.Uint16(p)), int(binary.LittleEndian.Uint16(p[2:])), int(binary.LittleEndian.Uint16(p[4:]))
		}
		switch id {
		case recBOF:
			depth++
		case recLabelSST:
			if len(p) >= 10 {
				if n := int(binary.LittleEndian.Uint32(p[6:])); n >= 0 && n < len(b.sst) {
					put(row, col, Cell{Text: b.sst[n], Kind: Text})
				}
			}
		case recLabel, recRString:
			if len(p) >= 8 {
				if b.version == biff8 {
					r := &parts{list: append([][]byte{p[6:]}, list[1:]...)}
					put(row, col, Cell{Text: r.text(r.u16()), Kind: Text})
				} else {
					n := min(int(binary.LittleEndian.Uint16(p[6:])), len(p)-8)
					put(row, col, Cell{Text: oneByte(p[8 : 8+n]), Kind: Text})
				}
			}
		case recNumber:
			if len(p) >= 14 {
				put(row, col, b.number(math.Float64frombits(binary.LittleEndian.Uint64(p[6:])), xf))
			}
		case recRK:
			if len(p) >= 10 {
				put(row, col, b.number(rk(binary.LittleEndian.Uint32(p[6:])), xf))
			}
		case recMulRK:
			for k := 4; k+6 <= len(p)-2; k += 6 {
				put(row, col+(k-4)/6, b.number(rk(binary.LittleEndian.Uint32(p[k+2:])), int(binary.LittleEndian.Uint16(p[k:]))))
			}
		case recBoolErr:
			if len(p) >= 8 {
				if p[7] == 0 {
					put(row, col, Cell{Text: strconv.Itoa(int(p[6] & 1)), Kind: Bool, Num: float64(p[6] & 1)})
				} else {
					put(row, col, Cell{Text: "#N/A", Kind: Error})
				}
			}
		case recFormula:
			if len(p) >= 14 {
				switch {
				case p[12] == 0xff && p[13] == 0xff && p[6] == 0:
					pendingRow, pendingCol = row, col
				case p[12] == 0xff && p[13] == 0xff:
				default:
					put(row, col, b.number(math.Float64frombits(binary.LittleEndian.Uint64(p[6:])), xf))
				}
			}
		case recString:
			if pendingRow >= 0 && len(p) >= 3 {
				text := ""
				if b.version == biff8 {
					r := &parts{list: list}
					text = r.text(r.u16())
				} else {
					text = oneByte(p[2:])
				}
				put(pendingRow, pendingCol, Cell{Text: text, Kind: Text})
				pendingRow = -1
			}
		case recMerge:
			if len(p) >= 2 {
				for k := 2; k+8 <= len(p) && len(b.book.sheets[i].Merges) < maxMerges; k += 8 {
					u := func(o int) int { return int(binary.LittleEndian.Uint16(p[k+o:])) }
					b.book.sheets[i].Merges = append(b.book.sheets[i].Merges, Merge{u(0) + 1, u(4), u(2) + 1, u(6)})
				}
			}
		case recEOF:
			depth--
		}
		if b.cells > maxGrid {
			return tooManyCells()
		}
		at = next
		if id == recEOF && depth <= 0 {
			break
		}
	}
	for n := 0; n <= top; n++ {
		if cells, ok := rows[n]; ok {
			b.book.rows[i] = append(b.book.rows[i], gridRow{n + 1, cells})
		}
	}
	return nil
}

// number makes a cell of a number, a date where its style shows one.
func (b *biff) number(f float64, xf int) Cell {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Cell{}
	}
	if b.isDate(xf) && f >= 1 && f < 2958466 {
		return Cell{Text: serialDay(b.base, f).Format(time.DateOnly), Kind: Date, Num: f}
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if len(s) > 25 {
		s = strings.TrimSpace(strconv.FormatFloat(f, 'g', 15, 64))
	}
	return Cell{Text: s, Kind: Number, Num: f}
}

// rk reads the packed numbers of BIFF.
func rk(v uint32) float64 {
	var f float64
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}
