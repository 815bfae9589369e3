package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/docx"
	"bonphu/internal/vn"
)

// fillReport writes a period's report: what was directed, results by target and by unit, what became of claims, strengths, weaknesses,
// causes, responsibility, what comes next and what is asked; the tables stand in appendices (KH:V.1, KH:V.2).
func fillReport(p *plan.Plan, r *Reading, d *docx.Document) {
	head := r.Head()
	d.Subject = subjectOf(p, r)
	d.Basis = []string{"Thực hiện " + vn.LowerFirst(p.Title) + ";"}
	if r.Old != "" {
		d.Basis = append(d.Basis, fmt.Sprintf("Báo cáo này là bản số %d, thay bản mang mã %s.", r.Version, r.Old))
	}
	link := figureLink(d)
	say := func(b ...docx.Block) { d.Content = append(d.Content, b...) }
	n := 0
	part := func(title string) {
		n++
		say(docx.Heading{Level: 1, Text: vn.Roman(n) + ". " + strings.ToUpper(title)})
	}
	said := func(id string) bool {
		told := wordsOf(r, id)
		say(told...)
		return len(told) > 0
	}

	say(docx.Para{Text: fmt.Sprintf("%s báo cáo kết quả thực hiện %s như sau. %s.", vn.UpperFirst(issuerName(p, r)), span(r.From, r.Until), asOf(r))})
	if r.Words["direct"] != "" || len(r.gathered("direct")) > 0 {
		part("Công tác chỉ đạo, tổ chức thực hiện")
		said("direct")
	}
	part("Kết quả thực hiện")
	say(docx.Heading{Level: 2, Text: "1. Kết quả từng chỉ tiêu"})
	say(docx.Para{Text: fmt.Sprintf("%s có %s người trong sổ dân cư. Chỉ những trường hợp được danh sách trích xuất chính thức xác nhận mới tính vào kết quả.", head.Title, vn.Int(head.People))})
	for i, t := range r.Targets {
		say(docx.Para{Text: "- " + figureLine(t, head.Numbers[i]), Link: link(head.Code, t.ID)})
	}
	under := r.Under(r.Unit)
	if len(under) > 0 {
		say(docx.Heading{Level: 2, Text: "2. Kết quả từng đơn vị"})
		say(unitLines(r, under)...)
	}
	say(docx.Heading{Level: 2, Text: fmt.Sprintf("%d. Đối soát số liệu", 2+min(len(under), 1))})
	say(claimLines(r, head, under)...)
	no := 3 + min(len(under), 1)
	more := func(title string, lines []docx.Block) {
		if len(lines) > 0 {
			say(docx.Heading{Level: 2, Text: fmt.Sprintf("%d. %s", no, title)})
			say(lines...)
			no++
		}
	}
	more("Kiểm tra thực tế", inspectedLines(r))
	more("Chấp hành chế độ báo cáo", owedLines(r))
	more("Dự kiến xếp loại thi đua", judgedLines(r))
	part("Đánh giá")
	for i, s := range []struct{ id, title string }{{"strengths", "Ưu điểm"}, {"weaknesses", "Tồn tại, hạn chế"}, {"causes", "Nguyên nhân"}, {"responsibility", "Trách nhiệm"}, {"note", "Ghi chú trong kỳ"}} {
		if s.id == "note" && r.Words["note"] == "" {
			continue
		}
		say(docx.Heading{Level: 2, Text: fmt.Sprintf("%d. %s", i+1, s.title)})
		if s.id == "weaknesses" {
			say(missedLines(r, head, under)...)
		}
		if s.id == "causes" {
			say(stuckLines(r)...)
		}
		if !said(s.id) && s.id != "weaknesses" {
			say(docx.Para{Text: "(Chưa có ý kiến đánh giá của đơn vị.)", Italic: true})
		}
	}
	for _, s := range []struct{ id, title string }{{"next", "Nhiệm vụ, giải pháp thời gian tới"}, {"requests", "Kiến nghị, đề xuất"}} {
		if r.Words[s.id] != "" || len(r.gathered(s.id)) > 0 {
			part(s.title)
			said(s.id)
		}
	}
	say(docx.Para{Text: fmt.Sprintf("Trên đây là báo cáo kết quả thực hiện %s của %s./.", span(r.From, r.Until), vn.LowerFirst(head.Title))})
	d.Appendices = appendices(p, r, d, head, under)
}

// stuckLines tell what was reported to stand in the way, with its counts as of the report's day (KH:VI).
func stuckLines(r *Reading) []docx.Block {
	if len(r.Stuck) == 0 {
		return nil
	}
	out := []docx.Block{docx.Para{Text: fmt.Sprintf("Khó khăn, vướng mắc các đơn vị đã báo %s:", span(r.From, r.AsOf))}}
	for _, s := range r.Stuck {
		out = append(out, docx.Para{Text: "- " + s.Sentence() + "."})
	}
	return out
}

// appendices hold the tables: the unit's parts, then for a whole place one appendix a unit with its hamlets, then the lists the
// numbers rest on.
func appendices(p *plan.Plan, r *Reading, d *docx.Document, head *Row, under []*Row) []docx.Appendix {
	link := figureLink(d)
	note := fmt.Sprintf("Kèm theo Báo cáo của %s, mã tra cứu %s", issuerName(p, r), r.Code)
	var out []docx.Appendix
	if len(under) > 0 {
		out = append(out, docx.Appendix{Title: "Kết quả thực hiện của các đơn vị thuộc " + head.Title, Note: note, Content: []docx.Block{unitTable(p, r, head, under, link)}})
	}
	for _, u := range under {
		if parts := r.Under(u.Unit); len(parts) > 0 {
			out = append(out, docx.Appendix{Title: "Kết quả từng ấp, sóc, khu phố của " + u.Title, Note: note, Content: []docx.Block{unitTable(p, r, u, parts, link)}})
		}
	}
	if len(r.Judged) > 0 {
		out = append(out, docx.Appendix{Title: "Dự kiến xếp loại thi đua các đơn vị", Note: note, Content: []docx.Block{judgedTable(r)}})
	}
	if len(r.Extracts) > 0 {
		out = append(out, docx.Appendix{Title: "Danh sách trích xuất làm căn cứ và định nghĩa số liệu", Note: note, Content: append([]docx.Block{sourcesTable(r)}, definitionLines(r)...)})
	}
	return out
}

func sourcesTable(r *Reading) docx.Table {
	t := docx.Table{Columns: []docx.Column{{Title: "STT", Width: 0.5, Align: 'c'}, {Title: "Danh sách", Width: 3, Align: 'l'}, {Title: "Tệp", Width: 2.6, Align: 'l'}, {Title: "Số liệu đến ngày", Width: 1, Align: 'c'},
		{Title: "Số dòng", Width: 0.8, Align: 'r'}, {Title: "SHA-256 của tệp (16 ký tự đầu)", Width: 1.8, Align: 'l'}},
		Note: "Mỗi danh sách được giữ nguyên bản, niêm phong; có thể mở lại theo mã SHA-256."}
	for i, x := range r.Extracts[:min(len(r.Extracts), 60)] {
		t.Rows = append(t.Rows, docx.Row{Cells: []string{fmt.Sprint(i + 1), x.Title, x.File, x.AsOf.Vi(), vn.Int(x.Rows), x.SHA[:min(16, len(x.SHA))]}})
	}
	if more := len(r.Extracts) - 60; more > 0 {
		t.Note += fmt.Sprintf(" Còn %s danh sách cũ hơn, xem theo mã tra cứu.", vn.Int(int64(more)))
	}
	return t
}

func definitionLines(r *Reading) []docx.Block {
	out := []docx.Block{docx.Heading{Level: 2, Text: "Định nghĩa"}}
	for _, t := range r.Targets {
		out = append(out, docx.Para{Text: "- " + t.Short + ": " + t.Title + " (mục " + t.Clause + ")."})
	}
	return append(out, docx.Para{Text: "- Đã xác nhận: số người thuộc diện được danh sách trích xuất chính thức xác nhận đã đạt (mục IV.2.d); chỉ số này tính vào chỉ tiêu. Tổ báo, đã kiểm chứng: đặt cạnh, không cộng. " +
		"Bị bác: tổ đã báo nhưng danh sách trích xuất có sau cho thấy chưa đạt."})
}

// unitLines names every unit with its rates, best first by the mean of its main targets; ties keep the order of names (law J3).
func unitLines(r *Reading, under []*Row) []docx.Block {
	sorted := slices.Clone(under)
	slices.SortStableFunc(sorted, func(a, b *Row) int { return cmp.Compare(rateOf(r, b), rateOf(r, a)) })
	out := make([]docx.Block, 0, len(sorted))
	for _, u := range sorted {
		var parts []string
		for i, t := range r.Targets {
			if n := u.Numbers[i]; t.Main {
				parts = append(parts, fmt.Sprintf("%s %s/%s (%s)", t.Short, vn.Int(n.Confirmed), vn.Int(n.Goal), vn.Percent(n.Confirmed, n.Goal)))
			}
		}
		if u.People == 0 {
			parts = []string{"chưa có người trong sổ dân cư"}
		}
		out = append(out, docx.Para{Text: "- " + u.Title + ": " + strings.Join(parts, "; ") + "."})
	}
	return out
}

// rateOf is the mean rate of the main targets that have a goal, each counted to 100 % at most.
func rateOf(r *Reading, u *Row) float64 {
	sum, n := 0.0, 0
	for i, t := range r.Targets {
		if x := u.Numbers[i]; t.Main && x.Goal > 0 {
			sum += min(1, float64(x.Confirmed)/float64(x.Goal))
			n++
		}
	}
	if n == 0 {
		return -1
	}
	return sum / float64(n)
}

// claimLines tells what extracts made of the teams' claims (law C6).
func claimLines(r *Reading, head *Row, under []*Row) []docx.Block {
	c := head.Claims
	judged := c.Confirmed + c.Denied
	text := fmt.Sprintf("Lũy kế đến ngày %s, các tổ đã báo và được trích xuất xác nhận: %s lượt; bị bác: %s lượt (%s số lượt đã có trích xuất); được xác nhận mà không do tổ báo: %s; chờ danh sách trích xuất: %s lượt",
		r.AsOf.Vi(), vn.Int(c.Confirmed), vn.Int(c.Denied), vn.Percent(c.Denied, judged), vn.Int(c.Found), vn.Int(c.Pending))
	if c.PendingOld > 0 {
		text += fmt.Sprintf(", trong đó %s lượt đã quá 14 ngày", vn.Int(c.PendingOld))
	}
	out := []docx.Block{docx.Para{Text: text + "."}}
	worst := slices.Clone(under)
	slices.SortStableFunc(worst, func(a, b *Row) int { return cmp.Compare(b.Claims.Denied, a.Claims.Denied) })
	var parts []string
	for _, u := range worst {
		if u.Claims.Denied > 0 && len(parts) < 5 {
			parts = append(parts, fmt.Sprintf("%s %s/%s lượt (%s)", u.Title, vn.Int(u.Claims.Denied), vn.Int(u.Claims.Confirmed+u.Claims.Denied), vn.Percent(u.Claims.Denied, u.Claims.Confirmed+u.Claims.Denied)))
		}
	}
	if len(parts) > 0 {
		out = append(out, docx.Para{Text: "Nhiều lượt bị bác nhất: " + strings.Join(parts, "; ") + "."})
	}
	return out
}

func owedLines(r *Reading) []docx.Block {
	if len(r.Owed) == 0 {
		return nil
	}
	due, inTime, late, missing := 0, 0, 0, 0
	var names []string
	for _, o := range r.Owed {
		due, inTime, late, missing = due+o.Due, inTime+o.InTime, late+o.Late, missing+o.Missing
		if o.Missing > 0 {
			names = append(names, fmt.Sprintf("%s (%d)", o.Unit, o.Missing))
		}
	}
	text := fmt.Sprintf("Các đơn vị phải nộp %s báo cáo: đúng hạn %s, chậm %s, chưa nộp %s.", vn.Int(int64(due)), vn.Int(int64(inTime)), vn.Int(int64(late)), vn.Int(int64(missing)))
	if len(names) > 0 {
		text += " Còn thiếu: " + strings.Join(names, ", ") + "."
	}
	return []docx.Block{docx.Para{Text: text}}
}

// inspectedLines tells each closed inspection with its bounds (law J1).
func inspectedLines(r *Reading) []docx.Block {
	var out []docx.Block
	for _, x := range r.Inspected {
		out = append(out, para("- %s, %s: mẫu %s trường hợp, đúng %s, sai %s, không gặp hoặc từ chối %s; tỷ lệ sai ước lượng từ %s đến %s (độ tin cậy %s).", x.Unit, vn.LowerFirst(x.Title), vn.Int(x.Sample), vn.Int(x.True), vn.Int(x.False), vn.Int(x.Missed),
			percentText(x.Low*100), percentText(x.High*100), percentText(x.Conf*100)))
	}
	return out
}

// judgedLines tells how the plan's rules judge each unit; a decision comes by the council (law J2).
func judgedLines(r *Reading) []docx.Block {
	if len(r.Judged) == 0 {
		return nil
	}
	count := map[string]int{}
	var classes []string
	for _, j := range r.Judged {
		if count[j.Class]++; count[j.Class] == 1 {
			classes = append(classes, j.Class)
		}
	}
	for i, c := range classes {
		classes[i] = fmt.Sprintf("%s %d đơn vị", vn.LowerFirst(c), count[c])
	}
	return []docx.Block{para("Theo tiêu chí của kế hoạch: %s. Đây là kết quả dự kiến, chưa qua hội đồng; đơn vị còn quyền giải trình. Lý do của từng đơn vị tại phụ lục.", strings.Join(classes, "; "))}
}

// judgedTable gives each unit's rank and provisional class with its reasons.
func judgedTable(r *Reading) docx.Table {
	t := docx.Table{Columns: []docx.Column{{Title: "Hạng", Width: .7, Align: 'c'}, {Title: "Đơn vị", Width: 1.6, Align: 'l'}, {Title: "Dự kiến", Width: 1.2, Align: 'l'}, {Title: "Căn cứ", Width: 7, Align: 'l'}},
		Note: "Xếp hạng theo tỷ lệ so với chỉ tiêu, không theo số lượng; bằng nhau thì đồng hạng. Đơn vị không xét thì không xếp hạng."}
	for _, j := range r.Judged {
		t.Rows = append(t.Rows, docx.Row{Cells: []string{j.Rank, j.Unit, j.Class, j.Why}})
	}
	return t
}

// missedLines names the targets and units that are not reached or behind, so that the words of weakness rest on figures.
func missedLines(r *Reading, head *Row, under []*Row) []docx.Block {
	var out []docx.Block
	for i, t := range r.Targets {
		n := head.Numbers[i]
		if n.Goal == 0 || n.Met() {
			continue
		}
		text := fmt.Sprintf("- %s còn thiếu %s người so với chỉ tiêu, %s", t.Short, vn.Int(n.Goal-n.Confirmed), pace(n))
		var behind []string
		for _, u := range under {
			if x := u.Numbers[i]; x.Goal > 0 && x.Confirmed < x.Due {
				behind = append(behind, u.Title)
			}
		}
		if t.Main && len(behind) > 1 && len(behind) == len(under) {
			text += fmt.Sprintf("; cả %d đơn vị đều chậm lộ trình", len(under))
		} else if len(behind) > 0 && t.Main {
			text += "; chậm lộ trình: " + strings.Join(behind, ", ")
		}
		out = append(out, docx.Para{Text: text + "."})
	}
	if len(out) == 0 {
		out = append(out, docx.Para{Text: "Không có chỉ tiêu nào chưa đạt."})
	}
	return out
}

// wordsOf gives a section as the unit wrote it, else what the units below wrote, each under its name.
func wordsOf(r *Reading, section string) []docx.Block {
	var out []docx.Block
	if text := r.Words[section]; text != "" {
		for _, line := range strings.Split(text, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				out = append(out, docx.Para{Text: line})
			}
		}
		return out
	}
	for _, g := range r.gathered(section) {
		out = append(out, docx.Para{Text: "- " + g.Unit + ": " + strings.Join(strings.Fields(g.Text), " ")})
	}
	return out
}

// gathered lists what the units below wrote in a section.
func (r *Reading) gathered(section string) []Gathered {
	var out []Gathered
	for _, g := range r.Gathered {
		if g.Section == section {
			out = append(out, g)
		}
	}
	return out
}

func subjectOf(p *plan.Plan, r *Reading) string {
	what := "Kết quả thực hiện đợt cao điểm “90 ngày, đêm” triển khai mục tiêu “4 phủ”"
	if p.ShortTitle != "" {
		what = "Kết quả thực hiện “" + p.ShortTitle + "”"
	}
	return fmt.Sprintf("%s trên địa bàn %s (%s)", what, vn.LowerFirst(r.Head().Title), span(r.From, r.Until))
}

// issuerName names the body in running text.
func issuerName(p *plan.Plan, r *Reading) string {
	if r.Place == p.Place.Unit {
		return "UBND " + p.Place.Name
	}
	return "UBND " + vn.LowerFirst(r.Head().Title)
}
