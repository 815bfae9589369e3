package emulation

import (
	"fmt"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/docx"
	"bonphu/internal/vn"
)

// Paper is what a document needs beside the round: who issues it, of which plan. All of it comes from the plan.
type Paper struct {
	Superior, Body string // "UBND HUYỆN HỚN QUẢN", "PHÒNG NỘI VỤ"
	Office         string // "UBND": of the symbol
	Town           string
	Plan           string // "Kế hoạch số 90/KH-UBND ngày 08/4/2024 của UBND huyện …"
	Campaign       string // what was done, for the subject
	Signer         docx.Signature
	To             []string
	Recipients     []string
	Day            clock.Day // of the document; "" leaves room
}

// Request drafts the Tờ trình that proposes Giấy khen, with the evidence of every verdict as a landscape appendix (KH:V.4).
func Request(r *Round, p Paper) *docx.Document {
	collectives, persons := named(r)
	d := p.document(docx.Proposal, "TTr", "đề nghị tặng Giấy khen "+p.Campaign)
	d.Superior, d.Body, d.To = p.Superior, p.Body, p.To
	rewarded := r.Rewarded()
	d.Content = []docx.Block{
		docx.Para{Text: fmt.Sprintf("Căn cứ kết quả đã được trích xuất chính thức xác nhận đến hết ngày %s, %s tổng hợp kết quả xét thi đua như sau:", r.Day.Vi(), capitalOff(p.Body))},
		docx.Heading{Level: 1, Text: "I. KẾT QUẢ XÉT"},
		docx.Para{Text: fmt.Sprintf("Đã xét %s đơn vị (%s): %s.", vn.Int(int64(r.Of)), strings.ToLower(TierTitle(r.Tier)), byClass(r.List))},
		docx.Para{Text: Rule(r.Thresholds)},
		contestPara(r),
		docx.Heading{Level: 1, Text: "II. ĐỀ NGHỊ TẶNG GIẤY KHEN"},
	}
	if len(collectives)+len(persons) == 0 {
		d.Content = append(d.Content, docx.Para{Text: fmt.Sprintf("Chưa có tập thể, cá nhân nào được ghi vào danh sách đề nghị; %d đơn vị đủ điều kiện được nêu trong Phụ lục I.", len(rewarded))})
	} else {
		d.Content = append(d.Content, docx.Para{Text: fmt.Sprintf("Kính đề nghị xem xét, quyết định tặng Giấy khen cho %d tập thể và %d cá nhân có thành tích (danh sách tại Phụ lục II).", len(collectives), len(persons))})
	}
	d.Content = append(d.Content, docx.Heading{Level: 1, Text: "III. KHÔNG XÉT KHEN THƯỞNG"})
	if out := excluded(r.List); len(out) == 0 {
		d.Content = append(d.Content, docx.Para{Text: "Không có đơn vị nào thuộc trường hợp không xét theo mục IV.2.b của Kế hoạch."})
	} else {
		d.Content = append(d.Content, out)
	}
	d.Content = append(d.Content, docx.Para{Text: "Kính trình xem xét, quyết định./."})
	d.Appendices = []docx.Appendix{{Title: "Kết quả xét thi đua và căn cứ", Note: "Kèm theo Tờ trình này", Content: []docx.Block{EvidenceTable(r)}}}
	if len(r.Proposals) > 0 {
		d.Appendices = append(d.Appendices, docx.Appendix{Title: "Danh sách đề nghị tặng Giấy khen", Note: "Kèm theo Tờ trình này", Content: []docx.Block{proposalTable(r.Proposals)}})
	}
	return d
}

// Order drafts the Quyết định that grants the Giấy khen to those on the list of proposals (KH:IV.2.b).
func Order(r *Round, p Paper) *docx.Document {
	collectives, persons := named(r)
	d := p.document(docx.Decision, "QĐ", "về việc tặng Giấy khen "+p.Campaign)
	d.Content = []docx.Block{
		docx.Para{Text: "QUYẾT ĐỊNH:", Bold: true},
		docx.Para{Text: fmt.Sprintf("Điều 1. Tặng Giấy khen cho %d tập thể và %d cá nhân có thành tích %s (có danh sách kèm theo).", len(collectives), len(persons), p.Campaign)},
		docx.Para{Text: "Điều 2. Tập thể, cá nhân được tặng Giấy khen được nhận tiền thưởng theo quy định hiện hành về thi đua, khen thưởng; kinh phí lấy từ quỹ thi đua, khen thưởng."},
		docx.Para{Text: "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các cơ quan, đơn vị liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./."},
	}
	d.Appendices = []docx.Appendix{{Title: "Danh sách tập thể, cá nhân được tặng Giấy khen", Note: "Kèm theo Quyết định này", Content: []docx.Block{proposalTable(r.Proposals)}}}
	return d
}

// Merit drafts one Giấy khen.
func Merit(to Proposal, p Paper) *docx.Document {
	d := p.document(docx.Merit, "GK", "")
	d.Symbol, d.Basis, d.Recipients, d.To = "", nil, nil, nil
	name := to.Name
	if to.Office != "" {
		name += "\n" + to.Office
	}
	d.Content = []docx.Block{docx.Para{Text: "TẶNG"}, docx.Para{Text: name, Bold: true}, docx.Para{Text: "Đã có thành tích " + p.Campaign}}
	d.Subject = name
	return d
}

// Responsibility drafts the list of who answers for missed targets as an appendix of a proposal (KH:V.4).
func Responsibility(list []Duty, day clock.Day, p Paper) *docx.Document {
	d := p.document(docx.Proposal, "TTr", "đề xuất xử lý trách nhiệm đối với đơn vị chưa hoàn thành chỉ tiêu")
	n := map[Handling]int{}
	table := docx.Table{Columns: []docx.Column{{Title: "TT", Width: 4, Align: 'c'}, {Title: "Đơn vị", Width: 14, Align: 'l'}, {Title: "Chỉ tiêu chưa đạt và số liệu", Width: 34, Align: 'l'},
		{Title: "Nguyên nhân do đơn vị nêu", Width: 24, Align: 'l'}, {Title: "Đề xuất xử lý", Width: 24, Align: 'l'}}}
	for i := range list {
		x := &list[i]
		n[x.Proposed()]++
		own, how := "Đơn vị chưa giải trình.", HandlingTitle(x.Proposed())
		if k := len(x.Own); k > 0 {
			own = x.Own[k-1].Text
		}
		if k := len(x.Handled); k > 0 {
			how += ": " + x.Handled[k-1].Text
		}
		table.Rows = append(table.Rows, docx.Row{Cells: []string{fmt.Sprint(i + 1), x.Verdict.Evidence.Name, strings.Join(x.Causes, "\n"), own, how}})
	}
	var sums []string
	for _, h := range append(Handlings(), NotSaid) {
		if n[h] > 0 {
			sums = append(sums, fmt.Sprintf("%s: %d đơn vị", strings.ToLower(HandlingTitle(h)), n[h]))
		}
	}
	d.Content = []docx.Block{docx.Para{Text: fmt.Sprintf("Đến hết ngày %s có %d đơn vị chưa đạt chỉ tiêu hoặc chậm so với lộ trình (%s). Số liệu, nguyên nhân và đề xuất đối với từng đơn vị nêu tại Phụ lục.", day.Vi(), len(list), strings.Join(sums, "; "))},
		docx.Para{Text: "Kính trình xem xét, quyết định./."}}
	if len(list) == 0 {
		d.Content[0] = docx.Para{Text: fmt.Sprintf("Đến hết ngày %s không có đơn vị nào chưa đạt chỉ tiêu hoặc chậm so với lộ trình.", day.Vi())}
		return d
	}
	d.Appendices = []docx.Appendix{{Title: "Danh sách đơn vị chưa hoàn thành và đề xuất xử lý trách nhiệm", Note: "Kèm theo Tờ trình này", Content: []docx.Block{table}}}
	return d
}

func (p Paper) document(k docx.Kind, symbol, subject string) *docx.Document {
	return &docx.Document{Superior: p.Superior, Body: p.Body, Symbol: symbol + "-" + p.Office, Town: p.Town, Day: p.Day, Kind: k, Subject: subject, To: nil,
		Basis: []string{"Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
			"Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng;",
			"Căn cứ mục IV.2.b và mục V.4 của " + p.Plan + "."},
		Signature: p.Signer, Recipients: p.Recipients}
}

func capitalOff(s string) string {
	if s == "" {
		return "cơ quan trình"
	}
	return "cơ quan trình (" + s + ")"
}

// named parts a round's proposals.
func named(r *Round) (collectives, persons []Proposal) {
	for _, p := range r.Proposals {
		if p.Kind == "person" {
			persons = append(persons, p)
		} else {
			collectives = append(collectives, p)
		}
	}
	return collectives, persons
}
