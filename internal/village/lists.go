package village

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bonphu/internal/clock"
)

// File is one list that was written: what it is, of which place and day, for whoever imports it.
type File struct {
	Path string
	Name string
	Kind string // as core/intake names kinds
	AsOf clock.Day
	Unit string // code of the unit the list is of; the district's own code for all of it
	Rows int
}

// The kinds of lists, spelled as in core/intake.
const (
	kindRegister = "register"
	kindCards    = "extract.cccd-missing"
	kindNone     = "extract.eid-missing"
	kindLevel1   = "extract.eid-level1-inactive"
	kindLevel2   = "extract.eid-level2-inactive"
	kindOperator = "extract.operator"
	kindTargets  = "targets"
	kindUnits    = "units"
	kindTeams    = "teams"
)

// Which registers WriteStart writes.
const (
	RegisterByCommune = iota // 13 workbooks
	RegisterWhole            // one workbook of everybody
	RegisterText             // one .csv of everybody, for a million
)

// WriteStart writes into a folder what the offices bring on the campaign's first morning: units, teams, target table, the
// register, and the extracts of who lacks what. In the order in which they are to be imported.
func (d *District) WriteStart(dir string, register int) ([]File, error) {
	var out []File
	add := func(f File, err error) error {
		if err == nil {
			out = append(out, f)
		}
		return err
	}
	if err := add(d.writeUnits(dir)); err != nil {
		return nil, err
	}
	if err := add(d.writeTeams(dir)); err != nil {
		return nil, err
	}
	switch register {
	case RegisterWhole:
		if err := add(d.writeRegister(dir, -1)); err != nil {
			return nil, err
		}
	case RegisterText:
		if err := add(d.writeRegisterText(dir)); err != nil {
			return nil, err
		}
	default:
		for i := range d.Communes {
			if err := add(d.writeRegister(dir, i)); err != nil {
				return nil, err
			}
		}
	}
	for i := range d.Communes {
		f, err := d.writeCardless(dir, i)
		if err == nil && f.Rows == 0 {
			continue
		}
		if err := add(f, err); err != nil {
			return nil, err
		}
	}
	for _, k := range []string{kindNone, kindLevel1, kindLevel2} {
		if err := add(d.writeAccounts(dir, k, d.Start)); err != nil {
			return nil, err
		}
	}
	return out, add(d.writeTargets(dir))
}

// create opens a file of a folder for writing and runs fn on it.
func create(dir, name string, fn func(w *bufio.Writer) error) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	w := bufio.NewWriterSize(f, 1<<18)
	err = fn(w)
	if err == nil {
		err = w.Flush()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return path, err
}

// slug spells a commune's name for file names: "an-khuong".
func slug(name string) string {
	from := []rune("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")
	to := []rune("aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd")
	return strings.Map(func(r rune) rune {
		if r == ' ' {
			return '-'
		}
		for i, f := range from {
			if f == r {
				return to[i]
			}
		}
		return r
	}, strings.ToLower(name))
}

func stampName(day clock.Day) string { return strings.ReplaceAll(string(day), "-", "") }

// letterhead writes what stands over an official list.
func (b *workbook) letterhead(left1, left2, title, under string, lastColumn byte) {
	half := byte('A') + (lastColumn-'A')/2
	for i, pair := range [][2]string{{left1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}, {left2, "Độc lập - Tự do - Hạnh phúc"}} {
		b.begin()
		b.text(pair[0], 1)
		b.col = int(half - 'A' + 1)
		b.text(pair[1], 1)
		b.end()
		b.merge(fmt.Sprintf("A%d:%c%d", i+1, half, i+1))
		b.merge(fmt.Sprintf("%c%d:%c%d", half+1, i+1, lastColumn, i+1))
	}
	b.skip(1)
	for _, s := range []string{title, under} {
		b.begin()
		b.text(s, 1)
		b.end()
		b.merge(fmt.Sprintf("A%d:%c%d", b.row, lastColumn, b.row))
	}
	b.skip(1)
}

// signature writes what stands under one.
func (b *workbook) signature(left, right string, column int) {
	b.skip(1)
	b.begin()
	b.blank()
	b.text(left, 1)
	b.col = column
	b.text(right, 1)
	b.end()
	b.skip(3)
	b.begin()
	b.blank()
	b.text("(Ký, ghi rõ họ tên)", 0)
	b.end()
}

func spellDay(day clock.Day) string {
	t := day.Time()
	return fmt.Sprintf("ngày %02d tháng %d năm %d", t.Day(), int(t.Month()), t.Year())
}

func (d *District) writeUnits(dir string) (File, error) {
	name, rows := "01-danh-muc-don-vi-hanh-chinh-"+stampName(d.Start)+".xlsx", 0
	path, err := create(dir, name, func(w *bufio.Writer) error {
		b := newWorkbook(w, "Đơn vị", "", nil, 12, 28, 14, 16, 12, 12)
		b.line(3, "Mã", "Tên đơn vị hành chính", "Loại", "Mã cấp trên", "Vĩ độ", "Kinh độ")
		row := func(code, name, kind, parent string, lat, lon float64) {
			b.begin()
			b.text(code, 2)
			b.text(name, 2)
			b.word(kind, 2)
			b.word(parent, 2)
			if lat != 0 {
				b.text(fmt.Sprintf("%.3f", lat), 2)
				b.text(fmt.Sprintf("%.3f", lon), 2)
			}
			b.end()
			rows++
		}
		for i := range d.Communes {
			c := &d.Communes[i]
			row(c.Code, c.Title(), c.Kind, d.Code, c.Lat, c.Lon)
		}
		for i := range d.Hamlets {
			h := &d.Hamlets[i]
			row(h.Code, h.Title(), h.Kind, d.Communes[h.Commune].Code, 0, 0)
		}
		return b.close()
	})
	return File{path, name, kindUnits, d.Start, d.Code, rows}, err
}

func (d *District) writeTeams(dir string) (File, error) {
	name, rows := "02-danh-sach-to-cong-tac-"+stampName(d.Start)+".xlsx", 0
	path, err := create(dir, name, func(w *bufio.Writer) error {
		b := newWorkbook(w, "Tổ công tác", "", nil, 6, 42, 20, 18, 26, 26, 14)
		b.letterhead("UBND HUYỆN HỚN QUẢN", "TỔ CÔNG TÁC ĐỀ ÁN 06", "DANH SÁCH TỔ CÔNG TÁC VÀ THÀNH VIÊN", "(Kèm theo Kế hoạch đợt cao điểm)", 'G')
		b.line(3, "STT", "Tên tổ công tác", "Xã, thị trấn", "Ấp", "Họ và tên thành viên", "Chức vụ trong tổ", "Số điện thoại")
		for i := range d.Teams {
			t := &d.Teams[i]
			for _, m := range t.Members {
				rows++
				b.begin()
				b.num(rows, 2)
				b.word(t.Name, 2)
				b.word(d.Communes[t.Commune].Title(), 2)
				if t.Hamlet >= 0 {
					b.word(d.Hamlets[t.Hamlet].Title(), 2)
				} else {
					b.blank()
				}
				b.text(m.Name, 2)
				b.word(m.Role, 2)
				b.text(m.Phone, 2)
				b.end()
			}
		}
		return b.close()
	})
	return File{path, name, kindTeams, d.Start, d.Code, rows}, err
}

var registerHeadings = []string{"STT", "Số định danh cá nhân", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số hộ", "Quan hệ với chủ hộ", "Xã", "Ấp", "Số điện thoại",
	"Tình trạng CCCD", "Trạng thái tài khoản ĐDĐT", "SIM chính chủ", "Chữ ký số", "Loại thiết bị", "Tình trạng cư trú", "Ghi chú"}

// registerRow gives the words of a row in the order of registerHeadings but the first; age under 14 has no marks of telephones.
func (d *District) registerRow(p *Person, day int, cells []string) []string {
	s := p.Path.At(day)
	h := &d.Hamlets[p.Hamlet]
	resident, note := "Thường trú", ""
	if f := p.Fact; f.Kind != "" && d.DayNumber(f.From) <= day {
		resident, note = factWords[f.Kind][0], factWords[f.Kind][1]
		if f.Kind == "hard" {
			note = f.Evidence
		}
	}
	cells = append(cells[:0], p.Number, p.Name, p.Birth(), p.Gender(), p.Ethnic, p.Household, p.Relation, d.Communes[h.Commune].Title(), h.Title(), p.Phone)
	if d.ageAt(p) < 14 && !s.Card {
		return append(cells, "", "", "", "", "", resident, note)
	}
	return append(cells, s.cardWord(), s.accountWord(), yesNo(s.Owner), yesNo(s.Sign), s.deviceWord(), resident, note)
}

// writeRegister writes the register of a commune, or of the district when commune is -1, as of the campaign's first day.
func (d *District) writeRegister(dir string, commune int) (File, error) {
	f := File{Name: "03-danh-sach-dan-cu-huyen.xlsx", Kind: kindRegister, AsOf: d.Start, Unit: d.Code}
	first, count, office := 0, len(d.Hamlets), "CÔNG AN HUYỆN HỚN QUẢN"
	where := "HUYỆN HỚN QUẢN"
	if commune >= 0 {
		c := &d.Communes[commune]
		first, count, f.Unit = c.First, c.Count, c.Code
		where = strings.ToUpper(c.Title())
		office = "CÔNG AN " + where
		f.Name = fmt.Sprintf("03-danh-sach-dan-cu-%s.xlsx", slug(c.Name))
	}
	var err error
	f.Path, err = create(dir, f.Name, func(w *bufio.Writer) error {
		b := newWorkbook(w, "Dân cư", "", nil, 7, 16, 28, 12, 9, 10, 14, 14, 20, 16, 14, 12, 24, 10, 10, 12, 16, 30)
		b.letterhead("CÔNG AN TỈNH BÌNH PHƯỚC", office, "DANH SÁCH CÔNG DÂN CƯ TRÚ TRÊN ĐỊA BÀN "+where, "(Số liệu tính đến "+spellDay(d.Start)+")", 'R')
		b.line(3, registerHeadings...)
		var cells []string
		for h := first; h < first+count; h++ {
			err := d.EachIn(h, func(p *Person) error {
				f.Rows++
				cells = d.registerRow(p, Before, cells)
				b.begin()
				b.num(f.Rows, 0)
				b.text(cells[0], 0)
				b.text(cells[1], 0)
				b.text(cells[2], 0)
				for i := 3; i < len(cells); i++ {
					if i == 9 {
						b.text(cells[i], 0)
					} else {
						b.word(cells[i], 0)
					}
				}
				b.end()
				return nil
			})
			if err != nil {
				return err
			}
		}
		return b.close()
	})
	return f, err
}

// writeRegisterText writes the whole register as one .csv.
func (d *District) writeRegisterText(dir string) (File, error) {
	f := File{Name: "03-danh-sach-dan-cu-" + stampName(d.Start) + ".csv", Kind: kindRegister, AsOf: d.Start, Unit: d.Code}
	var err error
	f.Path, err = create(dir, f.Name, func(w *bufio.Writer) error {
		_, _ = w.WriteString("\ufeff")
		_, _ = w.WriteString(strings.Join(registerHeadings, ";") + "\r\n")
		var cells []string
		return d.Each(func(p *Person) error {
			f.Rows++
			cells = d.registerRow(p, Before, cells)
			_, err := fmt.Fprintf(w, "%d;%s\r\n", f.Rows, strings.Join(cells, ";"))
			return err
		})
	})
	return f, err
}

// csvFile writes rows with a UTF-8 mark and semicolons, as systems of the ministry export them.
func csvFile(dir, name string, headings []string, rows func(put func(cells ...string)) error) (string, error) {
	return create(dir, name, func(w *bufio.Writer) error {
		_, _ = w.WriteString("\ufeff")
		c := csv.NewWriter(w)
		c.Comma, c.UseCRLF = ';', true
		if err := c.Write(headings); err != nil {
			return err
		}
		if err := rows(func(cells ...string) { _ = c.Write(cells) }); err != nil {
			return err
		}
		c.Flush()
		return c.Error()
	})
}
