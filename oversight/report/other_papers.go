package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/docx"
	"bonphu/internal/vn"
	"bonphu/oversight/localplan"
)

func para(format string, args ...any) docx.Para { return docx.Para{Text: fmt.Sprintf(format, args...)} }

// typed gives a field's lines as paragraphs.
func typed(text string) []docx.Block {
	var out []docx.Block
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, docx.Para{Text: line})
		}
	}
	return out
}

// fillPlan writes a commune's own plan: its goals, its roadmap, its hamlets' shares, who does what (KH:V.6). Where the commune issued a plan,
// dates, roadmap, numbers, days of rest, teams and measures are that plan's; else they are the district's.
func fillPlan(p *plan.Plan, r *Reading, d *docx.Document) {
	head := r.Head()
	own := r.Own
	if own == nil {
		own = &Own{Spec: &localplan.Spec{From: p.From, Until: p.Until, Roadmap: p.Roadmap}}
	}
	s := own.Spec
	d.Subject = "Thực hiện “" + cmp.Or(p.ShortTitle, p.Title) + "” trên địa bàn " + vn.LowerFirst(head.Title)
	if s.Title != "" {
		d.Subject = vn.UpperFirst(strings.TrimPrefix(strings.TrimPrefix(s.Title, "Kế hoạch "), "kế hoạch "))
	}
	for _, b := range p.LegalBasis {
		d.Basis = append(d.Basis, "Căn cứ "+b.Text+";")
	}
	d.Basis = append(d.Basis, "Căn cứ "+vn.LowerFirst(p.Title)+";")
	say := func(b ...docx.Block) { d.Content = append(d.Content, b...) }
	say(para("%s xây dựng kế hoạch thực hiện trên địa bàn như sau:", issuerName(p, r)))
	say(docx.Heading{Level: 1, Text: "I. MỤC ĐÍCH, YÊU CẦU"},
		para("1. Hoàn thành và vượt các chỉ tiêu được giao theo lộ trình, từ ngày %s đến ngày %s.", s.From.Vi(), s.Until.Vi()),
		para("2. Làm đến đâu, cuốn chiếu, bảo đảm hiệu quả đến đó; chỉ báo cáo số liệu đã được xác nhận."))
	say(docx.Heading{Level: 1, Text: "II. CHỈ TIÊU VÀ LỘ TRÌNH"})
	for i, t := range r.Targets {
		n := head.Numbers[i]
		goal := ownGoal(s, t.ID, n.Goal)
		more := ""
		if goal > n.Goal {
			more = fmt.Sprintf(" (huyện giao %s)", vn.Int(n.Goal))
		}
		say(para("%d. %s: chỉ tiêu %s người%s trên %s người thuộc diện; đến ngày %s đã xác nhận %s, còn %s.", i+1, t.Short, vn.Int(goal), more, vn.Int(n.Eligible), r.AsOf.Vi(), vn.Int(n.Confirmed), vn.Int(max(0, goal-n.Confirmed))))
	}
	say(roadTable(p, r, s))
	say(docx.Heading{Level: 1, Text: "III. NHIỆM VỤ, GIẢI PHÁP"})
	for i, g := range p.Segments {
		say(para("%d. %s: %s (mục %s).", i+1, g.Title, vn.LowerFirst(g.Work), g.Clause))
	}
	for i, m := range s.Measures {
		if strings.TrimSpace(m.Text) != "" {
			say(para("%d. %s: %s", len(p.Segments)+i+1, m.Title, vn.LowerFirst(strings.TrimSpace(m.Text))))
		}
	}
	say(docx.Heading{Level: 1, Text: "IV. TỔ CHỨC THỰC HIỆN"},
		para("1. Công an %s: cung cấp danh sách cho từng tổ; kiểm tra, đối chiếu số liệu; tổng hợp báo cáo.", vn.LowerFirst(head.Title)),
		para("2. Các tổ ấp, sóc, khu phố: đi từng ngõ, đến từng nhà; hoàn thành chỉ tiêu được giao hằng ngày theo phụ lục."),
		para("3. Mặt trận và các đoàn thể: lập tổ tình nguyện, vận động đoàn viên, hội viên gương mẫu."),
		para("4. Chế độ báo cáo: %s.", reportTimes(p)))
	say(para("Trên đây là kế hoạch thực hiện của %s; các bộ phận nghiêm túc triển khai./.", issuerName(p, r)))
	note := "Kèm theo Kế hoạch của " + issuerName(p, r)
	if under := r.Under(r.Unit); len(under) > 0 {
		d.Appendices = []docx.Appendix{{Title: "Chỉ tiêu giao cho các ấp, sóc, khu phố", Note: note, Content: []docx.Block{unitTable(p, r, head, under, figureLink(d))}}}
	}
	if len(s.Teams) > 0 {
		d.Appendices = append(d.Appendices, docx.Appendix{Title: "Các tổ công tác và số người mỗi ngày", Note: note, Content: []docx.Block{teamTable(r, s)}})
	}
}

func ownGoal(s *localplan.Spec, target string, goal int64) int64 {
	if t := s.Target(target); t != nil {
		return max(goal, t.Number)
	}
	return goal
}

// roadTable tells the cumulative numbers at the roadmap's knots.
func roadTable(p *plan.Plan, r *Reading, s *localplan.Spec) docx.Table {
	road := docx.Table{Columns: []docx.Column{{Title: "Chỉ tiêu", Width: 3, Align: 'l'}}, Note: "Số lũy kế phải được xác nhận đến hết ngày. Xuất phát điểm là số đã xác nhận đến ngày " + p.Start().Vi() + "."}
	for _, k := range s.Roadmap {
		road.Columns = append(road.Columns, docx.Column{Title: "Đến " + k.Day.Vi(), Width: 1, Align: 'r'})
	}
	for i, t := range r.Targets {
		row := docx.Row{Cells: []string{t.Short}}
		n := r.Head().Numbers[i]
		n.Goal = ownGoal(s, t.ID, n.Goal)
		for _, k := range s.Roadmap {
			row.Cells = append(row.Cells, vn.Int(n.at(max(s.Percent(k.Day), p.RoadmapPercent(t.ID, k.Day)))))
		}
		road.Rows = append(road.Rows, row)
	}
	return road
}

// teamTable tells what each team is to do on a working day.
func teamTable(r *Reading, s *localplan.Spec) docx.Table {
	out := docx.Table{Columns: []docx.Column{{Title: "Tổ", Width: 3, Align: 'l'}, {Title: "Thành viên", Width: 1, Align: 'r'}, {Title: "Sức làm một ngày", Width: 1, Align: 'r'}}, Note: "Số người phải xong trong một ngày làm việc, tính từ số còn lại ngày " + s.AsOf.Vi() + ". Chỉ tiêu từng ngày giao trên chương trình."}
	var targets []string
	for _, t := range r.Targets {
		for _, x := range s.Teams {
			if x.Daily[t.ID] > 0 {
				targets = append(targets, t.ID)
				out.Columns = append(out.Columns, docx.Column{Title: t.Short, Width: 1, Align: 'r'})
				break
			}
		}
	}
	for _, x := range s.Teams {
		row := docx.Row{Cells: []string{x.Name + ", " + vn.LowerFirst(x.Place), vn.Int(x.Members), vn.Int(x.Capacity)}}
		for _, t := range targets {
			row.Cells = append(row.Cells, vn.Int(x.Daily[t]))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// at is the roadmap's number: the start, plus the share of what was to be done on top of it (law A3).
func (n Number) at(percent float64) int64 {
	base := min(n.Base, n.Goal)
	return base + int64(float64(n.Goal-base)*percent/100+0.5)
}

func reportTimes(p *plan.Plan) string {
	var parts []string
	for _, x := range p.Reports {
		switch x.Every {
		case "day":
			parts = append(parts, vn.LowerFirst(x.Title))
		case "week":
			parts = append(parts, vn.LowerFirst(x.Title))
		default:
			parts = append(parts, vn.LowerFirst(x.Title)+" trước ngày "+cmp.Or(x.Due, x.Until).Vi())
		}
	}
	return strings.Join(parts, "; ")
}

// fillLetter urges: who is behind the roadmap, who owes reports, who has claims that were denied (KH:V.2).
func fillLetter(p *plan.Plan, r *Reading, d *docx.Document) {
	head, under := r.Head(), r.Under(r.Unit)
	d.Subject = "Đôn đốc thực hiện “" + cmp.Or(p.ShortTitle, p.Title) + "”"
	d.To = []string{"UBND các xã, thị trấn"}
	say := func(b ...docx.Block) { d.Content = append(d.Content, b...) }
	say(para("Thực hiện %s; đến hết ngày %s, kết quả của %s như sau:", vn.LowerFirst(p.Title), r.AsOf.Vi(), vn.LowerFirst(head.Title)))
	for i, t := range r.Targets {
		if t.Main {
			say(para("- %s", figureLine(t, head.Numbers[i])))
		}
	}
	say(para("Tuy nhiên, còn các tồn tại sau:"))
	any := false
	for i, t := range r.Targets {
		var behind []string
		for _, u := range under {
			if n := u.Numbers[i]; t.Main && n.Goal > 0 && n.Confirmed < n.Due {
				behind = append(behind, fmt.Sprintf("%s (%s, %s)", u.Title, vn.Percent(n.Confirmed, n.Goal), pace(n)))
			}
		}
		if len(behind) > 0 {
			any = true
			say(para("- Chậm lộ trình %s: %s.", t.Short, strings.Join(behind, "; ")))
		}
	}
	var owing, denied []string
	for _, o := range r.Owed {
		if o.Missing > 0 {
			owing = append(owing, fmt.Sprintf("%s (%d)", o.Unit, o.Missing))
		}
	}
	for _, u := range under {
		if u.Claims.Denied > 0 {
			denied = append(denied, fmt.Sprintf("%s (%s lượt)", u.Title, vn.Int(u.Claims.Denied)))
		}
	}
	if len(owing) > 0 {
		any = true
		say(para("- Chưa nộp báo cáo: %s.", strings.Join(owing, "; ")))
	}
	if len(denied) > 0 {
		any = true
		say(para("- Có lượt báo bị danh sách trích xuất bác, phải giải trình: %s.", strings.Join(denied, "; ")))
	}
	if !any {
		say(para("- Không có đơn vị chậm lộ trình, thiếu báo cáo hoặc có số liệu bị bác."))
	}
	say(para("Chủ tịch UBND huyện yêu cầu Chủ tịch UBND các xã, thị trấn tập trung chỉ đạo khắc phục, giải trình các trường hợp nêu trên và báo cáo kết quả về UBND huyện (qua Công an huyện) trước ngày %s.", r.Fields["deadline"]))
	say(typed(r.Fields["ask"])...)
	say(para("Đề nghị các đơn vị nghiêm túc thực hiện./."))
}

// fillNotice tells all units where each stands (KH:IV.2.c).
func fillNotice(p *plan.Plan, r *Reading, d *docx.Document) {
	head, under := r.Head(), r.Under(r.Unit)
	d.Subject = "Kết quả thực hiện “" + cmp.Or(p.ShortTitle, p.Title) + "” đến ngày " + r.AsOf.Vi()
	say := func(b ...docx.Block) { d.Content = append(d.Content, b...) }
	say(para("%s thông báo kết quả thực hiện đến hết ngày %s như sau:", vn.UpperFirst(issuerName(p, r)), r.AsOf.Vi()), docx.Heading{Level: 1, Text: "I. KẾT QUẢ CHUNG"})
	for i, t := range r.Targets {
		say(para("- %s", figureLine(t, head.Numbers[i])))
	}
	say(docx.Heading{Level: 1, Text: "II. KẾT QUẢ TỪNG ĐƠN VỊ (TỪ TỶ LỆ CAO ĐẾN THẤP)"})
	say(unitLines(r, under)...)
	if r.Fields["conclusion"] != "" {
		say(docx.Heading{Level: 1, Text: "III. Ý KIẾN CHỈ ĐẠO"})
		say(typed(r.Fields["conclusion"])...)
	}
	say(para("UBND huyện thông báo để các đơn vị biết, thực hiện./."))
	d.Appendices = []docx.Appendix{{Title: "Kết quả thực hiện của các đơn vị", Note: "Kèm theo Thông báo của " + issuerName(p, r), Content: []docx.Block{unitTable(p, r, head, under, figureLink(d))}}}
}

// fillInvitation asks the units to a meeting.
func fillInvitation(p *plan.Plan, r *Reading, d *docx.Document) {
	d.Subject = r.Fields["what"]
	var guests docx.Items
	for _, g := range strings.Split(r.Fields["guests"], "\n") {
		if g = strings.TrimSpace(g); g != "" {
			guests = append(guests, g)
		}
	}
	d.Content = []docx.Block{para("%s trân trọng kính mời:", vn.UpperFirst(issuerName(p, r))), guests,
		para("Dự: %s.", r.Fields["what"]), para("Thời gian: %s.", r.Fields["when"]), para("Địa điểm: %s.", r.Fields["where"]), para("Chủ trì: %s.", r.Fields["chair"]),
		para("Đề nghị đại biểu đến dự đúng thành phần, thời gian./.")}
	d.Recipients = []string{"Như trên", "Lưu: VT"}
}

// fillProposal asks the superior to decide something, with the unit's figures beside it (KH:V.2).
func fillProposal(p *plan.Plan, r *Reading, d *docx.Document) {
	d.Subject = "Về việc " + vn.LowerFirst(r.Fields["what"])
	d.To = []string{"Chủ tịch UBND huyện"}
	if r.Place == p.Place.Unit {
		d.To = []string{"Chủ tịch UBND tỉnh"}
	}
	d.Content = append(d.Content, docx.Heading{Level: 1, Text: "I. SỰ CẦN THIẾT"})
	d.Content = append(d.Content, typed(r.Fields["why"])...)
	d.Content = append(d.Content, docx.Heading{Level: 1, Text: "II. SỐ LIỆU LÀM CĂN CỨ"}, para("%s.", asOf(r)))
	for i, t := range r.Targets {
		d.Content = append(d.Content, para("- %s", figureLine(t, r.Head().Numbers[i])))
	}
	d.Content = append(d.Content, docx.Heading{Level: 1, Text: "III. NỘI DUNG ĐỀ NGHỊ"})
	d.Content = append(d.Content, typed(r.Fields["ask"])...)
	d.Content = append(d.Content, para("Kính trình xem xét, quyết định./."))
	under := slices.Clone(r.Under(r.Unit))
	if len(under) > 0 {
		d.Appendices = []docx.Appendix{{Title: "Số liệu của các đơn vị trực thuộc", Note: "Kèm theo Tờ trình của " + issuerName(p, r), Content: []docx.Block{unitTable(p, r, r.Head(), under, figureLink(d))}}}
	}
}
