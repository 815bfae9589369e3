package report

import (
	"fmt"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/docx"
	"bonphu/internal/vn"
)

// Paper makes the document of a reading: the same reading gives the same bytes (law D1). home is where codes are looked up, such as
// "https://bonphu.example.vn", "" when nobody has said.
func Paper(p *plan.Plan, r *Reading, home string) (*docx.Document, error) {
	form, err := FormOf(r.Form)
	if err != nil {
		return nil, err
	}
	d := &docx.Document{Kind: form.Kind, Number: r.Fields["number"], Code: r.Code, Address: home + "/van-ban/" + r.Code, Recipients: recipients(p, r)}
	letterhead(p, r, d)
	form.fill(p, r, d)
	return d, nil
}

// letterhead fills in who issues, where and when, and who signs (law D3).
func letterhead(p *plan.Plan, r *Reading, d *docx.Document) {
	body := "UBND"
	d.Superior, d.Body, d.Town = p.Issuer.Superior, p.Issuer.Body, p.Issuer.Town
	if r.Place != p.Place.Unit && r.Head() != nil {
		d.Superior = p.Issuer.Short()
		d.Body = "ỦY BAN NHÂN DÂN " + strings.ToUpper(r.Head().Title)
		d.Town = strings.TrimPrefix(strings.TrimPrefix(r.Head().Title, "Xã "), "Thị trấn ")
	}
	d.Symbol = string(d.Kind) + "-" + body
	if d.Kind == docx.Letter {
		if d.Symbol = body; r.Fields["drafter"] != "" {
			d.Symbol += "-" + r.Fields["drafter"]
		}
	}
	d.Day = r.Signed
	d.Signature = docx.Signature{Authority: "TM. ỦY BAN NHÂN DÂN", Title: p.Issuer.Signer, Name: r.Fields["signer"]}
}

// recipients are the plan's for the whole place (KH:VII), and the superior's for a unit's own documents.
func recipients(p *plan.Plan, r *Reading) []string {
	if r.Place == p.Place.Unit {
		return p.Distribution
	}
	return []string{"UBND huyện (để báo cáo)", "Công an huyện – Đội CSQLHC về TTXH (để tổng hợp)", "Thường trực Đảng ủy; HĐND", "Các ban, ngành, đoàn thể", "Lưu: VT"}
}

// asOf says of which day the numbers tell, and that the period still runs when it does.
func asOf(r *Reading) string {
	s := "Số liệu tính đến hết ngày " + r.AsOf.Vi()
	if r.AsOf < r.Until {
		s += "; kỳ báo cáo chưa kết thúc"
	}
	return s
}

// span says a period's days.
func span(from, until clock.Day) string {
	if from == until {
		return "ngày " + until.Vi()
	}
	return "từ ngày " + from.Vi() + " đến ngày " + until.Vi()
}

// pace says how a number stands to the roadmap (law A3).
func pace(n Number) string {
	switch days := n.AheadDays(); {
	case n.Goal == 0:
		return "–"
	case days > 0:
		return fmt.Sprintf("nhanh %d ngày", days)
	case days < 0:
		return fmt.Sprintf("chậm %d ngày", -days)
	}
	return "đúng lộ trình"
}

func percentText(f float64) string {
	return strings.Replace(strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0"), ".", ",", 1) + " %"
}

// figureLine tells one target of one unit in a sentence: both counts beside every percentage (law N3), claims apart (law C3).
func figureLine(t Target, n Number) string {
	if n.Goal == 0 {
		return t.Short + ": không có người thuộc diện, tỷ lệ –."
	}
	s := fmt.Sprintf("%s: đã xác nhận %s/%s chỉ tiêu, đạt %s (%s người thuộc diện); trong kỳ %s; %s.", t.Short, vn.Int(n.Confirmed), vn.Int(n.Goal), vn.Percent(n.Confirmed, n.Goal),
		vn.Int(n.Eligible), signed(n.InPeriod()), pace(n))
	if n.Verified > 0 || n.Claimed > 0 || n.Denied > 0 {
		s += fmt.Sprintf(" Ngoài số trên, chưa được tính: đã kiểm chứng %s, tổ báo chờ xác nhận %s, bị bác %s.", vn.Int(n.Verified), vn.Int(n.Claimed), vn.Int(n.Denied))
	}
	return s
}

func signed(n int64) string {
	if n < 0 {
		return "giảm " + vn.Int(-n)
	}
	return "tăng " + vn.Int(n)
}

// unitTable tells units by rows and targets by columns, each with goal, confirmed and rate; the last row adds up where the parts do.
func unitTable(p *plan.Plan, r *Reading, head *Row, under []*Row, link func(unit, target string) string) docx.Table {
	t := docx.Table{Columns: []docx.Column{{Title: "STT", Width: 0.7, Align: 'c'}, {Title: "Đơn vị", Width: 3.2, Align: 'l'}},
		Note: asOf(r) + ". Chỉ tính số được danh sách trích xuất xác nhận. CT: chỉ tiêu; XN: đã xác nhận."}
	var shown []int
	for i, x := range r.Targets {
		if x.Main || len(r.Targets) <= 4 {
			shown = append(shown, i)
			t.Columns = append(t.Columns, docx.Column{Title: "CT", Group: x.Short, Width: 1.1, Align: 'r'}, docx.Column{Title: "XN", Group: x.Short, Width: 1.1, Align: 'r'},
				docx.Column{Title: "%", Group: x.Short, Width: 1.2, Align: 'r'})
		}
	}
	row := func(no string, u *Row, bold bool) docx.Row {
		out := docx.Row{Cells: []string{no, u.Title}, Links: []string{"", ""}, Bold: bold}
		for _, i := range shown {
			n := u.Numbers[i]
			out.Cells = append(out.Cells, vn.Int(n.Goal), vn.Int(n.Confirmed), strings.TrimSuffix(vn.Percent(n.Confirmed, n.Goal), " %"))
			out.Links = append(out.Links, "", link(u.Code, r.Targets[i].ID), "")
		}
		return out
	}
	for i, u := range under {
		t.Rows = append(t.Rows, row(fmt.Sprint(i+1), u, false))
	}
	t.Rows = append(t.Rows, row("", head, true))
	t.Rows[len(t.Rows)-1].Cells[1] = "Cộng " + vn.LowerFirst(head.Title)
	return t
}

// figureLink is the internal address that opens a frozen figure of a document down to its people (law N2).
func figureLink(d *docx.Document) func(unit, target string) string {
	return func(unit, target string) string { return d.Address + "?don-vi=" + unit + "&chi-tieu=" + target }
}
