package village

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"bonphu/internal/clock"
)

// writeCardless writes a commune's list of those due a citizen card who have none (KH:III.3.b), each commune in its own way: a
// workbook under a letterhead with the birth date under Nam or Nữ, some in TCVN3, one as UTF-16 text.
func (d *District) writeCardless(dir string, commune int) (File, error) {
	c := &d.Communes[commune]
	f := File{Kind: kindCards, AsOf: d.Start.Add(2), Unit: c.Code}
	day := d.DayNumber(f.AsOf) - 1
	each := func(fn func(p *Person) error) error {
		for h := c.First; h < c.First+c.Count; h++ {
			err := d.EachIn(h, func(p *Person) error {
				if !p.Eligible() || p.Path.At(day).Card {
					return nil
				}
				f.Rows++
				return fn(p)
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	var err error
	if commune == 5 { // Minh Đức sends "Unicode text"
		f.Name = fmt.Sprintf("04-chua-cap-cccd-%s-%s.csv", slug(c.Name), stampName(f.AsOf))
		var s strings.Builder
		s.WriteString("TT\tHọ, chữ đệm và tên\tNgày tháng năm sinh\tGiới tính\tSố ĐDCN\tXã\tẤp\tLý do\r\n")
		err = each(func(p *Person) error {
			_, err := fmt.Fprintf(&s, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\r\n", f.Rows, p.Name, p.Birth(), p.Gender(), p.Number, c.Title(), d.Hamlets[p.Hamlet].Title(), p.Fact.Evidence)
			return err
		})
		if err != nil {
			return f, err
		}
		f.Path, err = create(dir, f.Name, func(w *bufio.Writer) error {
			_, err := w.Write(toUTF16(s.String()))
			return err
		})
		return f, err
	}
	font, recode := "", (func(string) string)(nil)
	if commune == 1 || commune == 8 {
		font, recode = ".VnTime", toTCVN3
	}
	f.Name = fmt.Sprintf("04-chua-cap-cccd-%s.xlsx", slug(c.Name))
	f.Path, err = create(dir, f.Name, func(w *bufio.Writer) error {
		where := strings.ToUpper(c.Title())
		b := newWorkbook(w, "Sheet1", font, recode, 6, 28, 14, 14, 18, 20, 24)
		b.letterhead("CÔNG AN HUYỆN HỚN QUẢN", "CÔNG AN "+where, "DANH SÁCH CÔNG DÂN CHƯA ĐƯỢC CẤP CĂN CƯỚC CÔNG DÂN", "(Kèm theo Công văn số      /CAX "+spellDay(f.AsOf)+")", 'G')
		b.line(3, "STT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Số ĐDCN", "Nơi ở hiện tại", "Ghi chú")
		head := b.row
		b.begin()
		b.col = 2
		b.word("Nam", 3)
		b.word("Nữ", 3)
		b.end()
		for _, col := range "ABEFG" {
			b.merge(fmt.Sprintf("%c%d:%c%d", col, head, col, head+1))
		}
		b.merge(fmt.Sprintf("C%d:D%d", head, head))
		err := each(func(p *Person) error {
			b.begin()
			b.num(f.Rows, 2)
			b.text(p.Name, 2)
			if p.Female {
				b.blank()
				b.text(p.Birth(), 2)
			} else {
				b.text(p.Birth(), 2)
				b.blank()
			}
			b.text(p.Number, 2)
			b.word(d.Hamlets[p.Hamlet].Title(), 2)
			if p.Fact.Kind == "hard" {
				b.word(p.Fact.Evidence, 2)
			}
			b.end()
			return nil
		})
		if err != nil {
			return err
		}
		b.begin()
		b.blank()
		b.text(fmt.Sprintf("Tổng cộng: %d công dân", f.Rows), 1)
		b.end()
		b.signature("NGƯỜI LẬP DANH SÁCH", "TRƯỞNG "+"CÔNG AN "+strings.ToUpper(c.Kind), 5)
		return b.close()
	})
	return f, err
}

// writeAccounts writes the district's list of those without an e-ID account, or with one of level 1 or 2 that is not activated
// (KH:III.2.a, KH:III.2.b), as the look-up subsystem exports it.
func (d *District) writeAccounts(dir, kind string, day clock.Day) (File, error) {
	f := File{Kind: kind, AsOf: day, Unit: d.Code}
	names := map[string]string{kindNone: "05-chua-co-tai-khoan-dddt", kindLevel1: "06-muc-1-chua-kich-hoat", kindLevel2: "07-muc-2-chua-kich-hoat"}
	f.Name = names[kind] + "-" + stampName(day) + ".csv"
	n := d.DayNumber(day) - 1
	var err error
	f.Path, err = csvFile(dir, f.Name, []string{"STT", "Số định danh cá nhân", "Họ tên", "Ngày sinh", "Giới tính", "Nơi thường trú", "Nơi ở hiện tại", "Trạng thái tài khoản ĐDĐT", "Số điện thoại"},
		func(put func(...string)) error {
			return d.Each(func(p *Person) error {
				s := p.Path.At(n)
				if !s.Card || s.Active || kind == kindNone && s.Level != 0 || kind == kindLevel1 && s.Level != 1 || kind == kindLevel2 && s.Level != 2 {
					return nil
				}
				f.Rows++
				h := &d.Hamlets[p.Hamlet]
				c := &d.Communes[h.Commune]
				at := h.Title() + ", " + c.Title() + ", Hớn Quản, Bình Phước"
				put(strconv.Itoa(f.Rows), p.Number, strings.ToUpper(p.Name), p.Birth(), p.Gender(), at, h.Title()+", "+c.Title(), s.accountWord(), p.Phone)
				return nil
			})
		})
	return f, err
}

// WriteWeek writes the extracts that come in on a day: everybody whose standing is another than at the end of the day since
// (both as the official systems know it, a day late), and those for whom a team claimed in between what is not so. One list from
// the national database, one from the operators.
func (d *District) WriteWeek(dir string, since, day clock.Day) ([]File, error) {
	from, to := d.DayNumber(since)-1, d.DayNumber(day)-1
	changed := func(p *Person) (was, is Status, claimed bool) {
		was, is = p.Path.At(from), p.Path.At(to)
		return was, is, int(p.Path.False) > from && int(p.Path.False) <= to
	}
	f := File{Kind: kindRegister, AsOf: day, Unit: d.Code, Name: "trang-thai-cccd-dddt-" + stampName(day) + ".csv"}
	var err error
	f.Path, err = csvFile(dir, f.Name, []string{"STT", "Số định danh cá nhân", "Họ tên", "Ngày sinh", "Giới tính", "Xã", "Ấp", "Tình trạng CCCD", "Trạng thái tài khoản ĐDĐT"}, func(put func(...string)) error {
		return d.Each(func(p *Person) error {
			was, is, claimed := changed(p)
			if was.Card == is.Card && was.Level == is.Level && was.Active == is.Active && !claimed {
				return nil
			}
			f.Rows++
			h := &d.Hamlets[p.Hamlet]
			put(strconv.Itoa(f.Rows), p.Number, strings.ToUpper(p.Name), p.Birth(), p.Gender(), d.Communes[h.Commune].Title(), h.Title(), is.cardWord(), is.accountWord())
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	o := File{Kind: kindOperator, AsOf: day, Unit: d.Code, Name: "thue-bao-nha-mang-" + stampName(day) + ".xlsx"}
	o.Path, err = create(dir, o.Name, func(w *bufio.Writer) error {
		b := newWorkbook(w, "Thuê bao", "", nil, 16, 28, 18, 12, 12, 14, 20)
		b.line(3, "Số thuê bao", "Họ tên chủ thuê bao", "Số giấy tờ", "Chính chủ", "Chữ ký số", "Loại thiết bị", "Ngày chốt số liệu")
		err := d.Each(func(p *Person) error {
			was, is, claimed := changed(p)
			if was.Owner == is.Owner && was.Sign == is.Sign && was.Device == is.Device && !claimed {
				return nil
			}
			o.Rows++
			b.begin()
			if p.Phone == "" {
				b.blank()
			} else {
				b.text("84"+p.Phone[1:], 0)
			}
			b.text(p.Name, 0)
			b.text(p.Number, 0)
			b.word(yesNo(is.Owner), 0)
			b.word(yesNo(is.Sign), 0)
			b.word(is.deviceWord(), 0)
			b.word(day.Vi(), 0)
			b.end()
			return nil
		})
		if err != nil {
			return err
		}
		return b.close()
	})
	return []File{f, o}, err
}

// Target is a commune's row of the target table: how many the campaign is to bring each thing to.
type Target struct{ Cards, Hard, Accounts, Signed, Phones int }

// adult tells whether the person is 18 by the campaign's last day.
func (d *District) adult(p *Person) bool {
	born := d.End.Time().AddDate(-18, 0, 0)
	if p.Year != born.Year() {
		return p.Year < born.Year()
	}
	return p.Month < int(born.Month()) || p.Month == int(born.Month()) && p.Day <= born.Day()
}

// Targets counts what the plan asks of each commune (KH:IV.1.a, KH:IV.1.b): all first cards, 80 % of the hard cases, and 90 % of
// adults with an account, a signed SIM and a 4G phone.
func (d *District) Targets() []Target {
	out := make([]Target, len(d.Communes))
	adults := make([]int, len(d.Communes))
	_ = d.Each(func(p *Person) error {
		c := d.Hamlets[p.Hamlet].Commune
		gone := p.Fact.Kind != "" && p.Fact.Kind != "hard" && p.Fact.From <= d.Start
		if gone {
			return nil
		}
		if p.Eligible() {
			if p.Fact.Kind == "hard" {
				out[c].Hard++
			} else {
				out[c].Cards++
			}
		}
		if d.adult(p) {
			adults[c]++
		}
		return nil
	})
	for i := range out {
		part := (adults[i]*9 + 9) / 10
		out[i].Hard = (out[i].Hard*8 + 9) / 10
		out[i].Accounts, out[i].Signed, out[i].Phones = part, part, part
	}
	return out
}

// writeTargets writes the plan's target table, which the district's own source lacks (KH:IV.1.e).
func (d *District) writeTargets(dir string) (File, error) {
	f := File{Name: "08-bang-chi-tieu-" + stampName(d.Start) + ".xlsx", Kind: kindTargets, AsOf: d.Start, Unit: d.Code}
	var err error
	f.Path, err = create(dir, f.Name, func(w *bufio.Writer) error {
		b := newWorkbook(w, "Chỉ tiêu", "", nil, 6, 22, 14, 18, 16, 18, 16)
		b.begin()
		b.text("BẢNG CHỈ TIÊU THỰC HIỆN ĐỢT CAO ĐIỂM", 1)
		b.end()
		b.merge("A1:G1")
		b.skip(1)
		b.line(3, "STT", "Đơn vị", "Cấp CCCD lần đầu", "CCCD biến động, khó thu nhận", "Kích hoạt ĐDĐT", "SIM chính chủ kèm CKS", "Smartphone 4G")
		first := b.row + 1
		var sum [5]int
		for i, t := range d.Targets() {
			f.Rows++
			b.begin()
			b.num(i+1, 2)
			b.word(d.Communes[i].Title(), 2)
			for k, n := range []int{t.Cards, t.Hard, t.Accounts, t.Signed, t.Phones} {
				b.num(n, 2)
				sum[k] += n
			}
			b.end()
		}
		b.begin()
		b.blank()
		b.word("Tổng cộng", 3)
		for k, n := range sum {
			b.sum(fmt.Sprintf("SUM(%c%d:%c%d)", 'C'+k, first, 'C'+k, first+len(d.Communes)-1), n, 3)
		}
		b.end()
		return b.close()
	})
	return f, err
}
