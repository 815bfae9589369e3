package budget

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/docx"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
)

// Paper makes the Tờ trình of a proposal by Nghị định 30/2020/NĐ-CP (law D3): what is asked for, why, the lines with their basis, the sum in
// figures and words. place is the name of the office's unit, town where it is written.
func Paper(p *plan.Plan, x *Proposal, town string) *docx.Document {
	sum := x.Sum()
	name := strings.TrimSpace(strings.Replace(x.Office.Name, "UBND ", "Ủy ban nhân dân ", 1))
	d := &docx.Document{Superior: p.Issuer.Short(), Body: strings.ToUpper(name), Symbol: "TTr-" + symbol(x.Office.Name), Town: town, Day: x.SentDay, Kind: docx.Proposal,
		Subject: "đề nghị cấp kinh phí: " + vn.LowerFirst(x.Title), To: []string{"Ủy ban nhân dân " + p.Place.Name}, Signature: docx.Signature{Title: "THỦ TRƯỞNG"}, Recipients: []string{"Như trên", "Lưu: VT"}}
	for i := range p.Duties {
		if p.Duties[i].Clause == "V.5" {
			d.To = append(d.To, p.Duties[i].Who)
			break
		}
	}
	if strings.HasPrefix(name, "Ủy ban nhân dân") {
		d.Signature = docx.Signature{Authority: "TM. ỦY BAN NHÂN DÂN", Title: "CHỦ TỊCH"}
	}
	say := func(b ...docx.Block) { d.Content = append(d.Content, b...) }
	para := func(format string, args ...any) docx.Para { return docx.Para{Text: fmt.Sprintf(format, args...)} }
	say(para("Thực hiện %s, %s đề nghị cấp kinh phí như sau:", vn.LowerFirst(p.Title), name))
	say(docx.Heading{Level: 1, Text: "I. SỰ CẦN THIẾT"})
	if x.Reason == "" {
		say(para("Bảo đảm kinh phí để hoàn thành các chỉ tiêu được giao."))
	}
	for _, line := range strings.Split(x.Reason, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			say(docx.Para{Text: line})
		}
	}
	say(docx.Heading{Level: 1, Text: "II. KINH PHÍ ĐỀ NGHỊ"}, para("Tổng kinh phí đề nghị: %s (%s).", vn.Money(sum.Proposed), vn.MoneyWords(sum.Proposed)))
	for _, g := range p.Budget.GroupList() {
		var s Sum
		for i := range x.Lines {
			if x.Lines[i].Group == g.ID {
				s.add(&x.Lines[i])
			}
		}
		if s.Proposed > 0 {
			say(para("- %s: %s.", g.Title, vn.Money(s.Proposed)))
		}
	}
	say(para("Chi tiết từng nội dung chi, căn cứ và cách tính tại phụ lục."))
	if x.State == Approved {
		say(para("Đã được duyệt ngày %s: %s (%s).", x.DecidedDay.Vi(), vn.Money(sum.Granted), vn.MoneyWords(sum.Granted)))
	}
	say(para("Kính đề nghị xem xét, quyết định./."))
	t := docx.Table{Columns: []docx.Column{{Title: "TT", Width: 0.5, Align: 'c'}, {Title: "Nội dung chi", Width: 3, Align: 'l'}, {Title: "Cách tính", Width: 1.4, Align: 'l'}, {Title: "Đơn giá (đồng)", Width: 1.2, Align: 'r'}, {Title: "Thành tiền (đồng)", Width: 1.4, Align: 'r'}, {Title: "Căn cứ", Width: 2.5, Align: 'l'}}}
	for i := range x.Lines {
		l := &x.Lines[i]
		t.Rows = append(t.Rows, docx.Row{Cells: []string{vn.Int(int64(i + 1)), l.Title, l.PartsText() + " " + l.Per, vn.Int(l.Price), vn.Int(l.Amount()), l.basisText(p.Budget)}})
	}
	t.Rows = append(t.Rows, docx.Row{Cells: []string{"", "Cộng", "", "", vn.Int(sum.Proposed), ""}})
	d.Appendices = []docx.Appendix{{Title: "Dự toán chi tiết", Note: "Kèm theo Tờ trình này", Content: []docx.Block{t, para("Bằng chữ: %s.", vn.MoneyWords(sum.Proposed))}}}
	return d
}

// basisText is what a line rests on: its own words, else its norm's; and that the quantity was counted.
func (l *Line) basisText(b plan.Budget) string {
	text := l.Basis
	if n := b.Norm(l.Norm); n != nil && text == "" {
		text = n.Basis
	}
	if l.Recorded {
		text = strings.TrimPrefix(text+"; số lượng theo ngày công chương trình ghi nhận", "; ")
	}
	return text
}

// symbol makes the letters of an office for a document's symbol: "Phòng Nội vụ" is PNV, "UBND xã An Khương" is UBND.
func symbol(office string) string {
	var out strings.Builder
	for _, w := range strings.Fields(office) {
		if w == strings.ToUpper(w) && utf8.RuneCountInString(w) > 2 {
			return w
		}
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) {
			out.WriteRune(unicode.ToUpper(r))
		}
	}
	return out.String()
}

// Workbook makes a proposal's .xlsx: every line with its basis, what was granted and spent.
func Workbook(p *plan.Plan, x *Proposal, asOf string) *workbook.Book {
	s := workbook.Sheet{Name: workbook.SheetName("Dự toán"), Head: []string{x.Title, vn.UpperFirst(x.Office.Name) + " · " + StateTitle(x.State), "Bằng chữ: " + vn.MoneyWords(x.Sum().Proposed)}, Total: true, Columns: []workbook.Column{
		{Title: "Nhóm chi", Width: 24}, {Title: "Nội dung chi", Width: 36}, {Title: "Cách tính", Width: 16}, {Title: "Đơn vị tính", Width: 12}, {Title: "Đơn giá", Width: 14, Kind: workbook.Text}, {Title: "Đề xuất (đồng)", Width: 18, Kind: workbook.Int}, {Title: "Đã duyệt (đồng)", Width: 18, Kind: workbook.Int}, {Title: "Đã chi (đồng)", Width: 18, Kind: workbook.Int}, {Title: "Căn cứ", Width: 40}, {Title: "Lý do duyệt thấp hơn", Width: 30}}}
	for i := range x.Lines {
		l := &x.Lines[i]
		s.Rows = append(s.Rows, []any{p.Budget.GroupOf(l.Group).Title, l.Title, l.PartsText(), l.Per, vn.Int(l.Price), l.Amount(), l.Granted(), l.Spent, l.basisText(p.Budget), l.Why})
	}
	return &workbook.Book{Title: x.Title, Notes: []string{asOf}, Sheets: []workbook.Sheet{s}}
}

// ConsolidatedBook makes the district's .xlsx: offices by group, and every line on a second sheet (KH:V.5).
func ConsolidatedBook(p *plan.Plan, c *Consolidated, list []Proposal, asOf string) *workbook.Book {
	s := workbook.Sheet{Name: workbook.SheetName("Tổng hợp"), Head: []string{"Tổng hợp kinh phí", p.Title, "Đề xuất: " + vn.MoneyWords(c.Whole.Proposed) + "; đã duyệt: " + vn.MoneyWords(c.Whole.Granted)}, Total: true, Columns: []workbook.Column{{Title: "Cơ quan", Width: 34}}}
	for _, g := range c.Groups {
		title := p.Budget.GroupOf(g).Title
		for _, x := range []string{"Đề xuất", "Đã duyệt", "Đã chi"} {
			s.Columns = append(s.Columns, workbook.Column{Group: title, Title: x, Width: 16, Kind: workbook.Int})
		}
	}
	for _, x := range []string{"Đề xuất", "Đã duyệt", "Đã chi"} {
		s.Columns = append(s.Columns, workbook.Column{Group: "Cộng (đồng)", Title: x, Width: 18, Kind: workbook.Int})
	}
	for _, o := range c.Offices {
		row := []any{vn.UpperFirst(o.Name)}
		for _, g := range append(c.Groups, "") {
			x := c.Of(o.ID, g)
			row = append(row, x.Proposed, x.Granted, x.Spent)
		}
		s.Rows = append(s.Rows, row)
	}
	lines := workbook.Sheet{Name: workbook.SheetName("Từng dòng"), Total: true, Columns: []workbook.Column{{Title: "Cơ quan", Width: 30}, {Title: "Đề xuất", Width: 30}, {Title: "Tình trạng", Width: 14}, {Title: "Nhóm chi", Width: 22}, {Title: "Nội dung chi", Width: 34}, {Title: "Cách tính", Width: 16}, {Title: "Đề xuất (đồng)", Width: 16, Kind: workbook.Int}, {Title: "Đã duyệt (đồng)", Width: 16, Kind: workbook.Int}, {Title: "Đã chi (đồng)", Width: 16, Kind: workbook.Int}, {Title: "Căn cứ", Width: 40}}}
	for i := range list {
		x := &list[i]
		if x.State != Sent && x.State != Approved {
			continue
		}
		for k := range x.Lines {
			l := &x.Lines[k]
			lines.Rows = append(lines.Rows, []any{vn.UpperFirst(x.Office.Name), x.Title, StateTitle(x.State), p.Budget.GroupOf(l.Group).Title, l.Title, l.PartsText() + " " + l.Per, l.Amount(), l.Granted(), l.Spent, l.basisText(p.Budget)})
		}
	}
	return &workbook.Book{Title: "Tổng hợp kinh phí", Notes: []string{asOf}, Sheets: []workbook.Sheet{s, lines}}
}

// WorkBook makes the sheet of days of work (bảng chấm công): who, in which team, on which days, and how many (KH:III.3.f).
func WorkBook(place string, list []Worker, from, until clock.Day, asOf string) *workbook.Book {
	s := workbook.Sheet{Name: workbook.SheetName("Chấm công"), Total: true, Head: []string{"Bảng chấm công lực lượng không hưởng lương", place, "Từ ngày " + from.Vi() + " đến ngày " + until.Vi() + "; ngày công là ngày có phiếu đến từng nhà được ghi nhận và chưa bị hủy"},
		Columns: []workbook.Column{{Title: "TT", Width: 6}, {Title: "Họ và tên", Width: 28}, {Title: "Tổ", Width: 32}, {Title: "Nhiệm vụ", Width: 18}, {Title: "Ngày công", Width: 12, Kind: workbook.Int}, {Title: "Phiếu", Width: 10, Kind: workbook.Int}, {Title: "Các ngày", Width: 70}, {Title: "Ký nhận", Width: 18}}}
	n := 0
	for _, w := range list {
		if w.Paid || len(w.Days) == 0 {
			continue
		}
		n++
		var days []string
		for _, d := range w.Days {
			days = append(days, strings.TrimSuffix(d.Vi(), "/"+string(d[:4])))
		}
		s.Rows = append(s.Rows, []any{vn.Int(int64(n)), w.Name, w.Team, w.Role, int64(len(w.Days)), int64(w.Visits), strings.Join(days, ", "), ""})
	}
	return &workbook.Book{Title: "Bảng chấm công", Notes: []string{asOf}, Sheets: []workbook.Sheet{s}}
}
