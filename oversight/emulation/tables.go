package emulation

import (
	"fmt"
	"strings"

	"bonphu/internal/docx"
	"bonphu/internal/vn"
)

// Rule says in words how a round judges (laws J2, J3; N1).
func Rule(th Thresholds) string {
	return fmt.Sprintf("Chỉ số đã được trích xuất chính thức xác nhận mới tính vào chỉ tiêu. Hạng theo chỉ tiêu thấp nhất: xuất sắc khi mọi chỉ tiêu đạt từ %s, tốt từ %s, hoàn thành từ %s. "+
		"Trong cùng hạng, xếp theo trung bình tỷ lệ các chỉ tiêu, mỗi chỉ tiêu tính tối đa 100 %%, cắt ở hai chữ số thập phân; bằng nhau là đồng hạng. "+
		"Không xét đơn vị nộp dưới %s số kỳ báo cáo đến hạn, hoặc có tỷ lệ số báo bị trích xuất bác bỏ (không kể trường hợp được kết luận không do đơn vị) vượt %s, hoặc tỷ lệ kiểm tra thấy sai vượt %s; "+
		"chỉ loại khi cận dưới của khoảng tin cậy 95 %% vượt ngưỡng.", vn.Rate(th.Excellent), vn.Rate(th.Good), vn.Rate(th.Complete), vn.Rate(th.MinReports), vn.Rate(th.OverClaim), vn.Rate(th.InspectFalse))
}

// byClass counts the classes: "2 hoàn thành xuất sắc, 1 không xét".
func byClass(list []Verdict) string {
	n := map[Class]int{}
	for _, v := range list {
		n[v.Class]++
	}
	var out []string
	for _, c := range []Class{Excellent, Good, Complete, Failed, Excluded, Unranked} {
		title := strings.ToLower(ClassTitle(c))
		if c == Unranked {
			title = "không có chỉ tiêu"
		}
		if n[c] > 0 {
			out = append(out, fmt.Sprintf("%d %s", n[c], title))
		}
	}
	return strings.Join(out, ", ")
}

func contestPara(r *Round) docx.Para {
	if r.Until() == "" {
		return docx.Para{Text: "Kết quả này là dự kiến, chưa công bố để các đơn vị có ý kiến."}
	}
	changed := 0
	waiting := 0
	for _, c := range r.Contests {
		switch {
		case c.Decision == nil:
			waiting++
		case c.Decision.Outcome == Changed:
			changed++
		}
	}
	return docx.Para{Text: fmt.Sprintf("Kết quả đã được công bố và nhận khiếu nại đến hết ngày %s: có %d khiếu nại, %d trường hợp thay đổi kết quả, %d chưa quyết định.", r.Until().Vi(), len(r.Contests), changed, waiting)}
}

// excluded lists those not considered with what keeps them out.
func excluded(list []Verdict) docx.Items {
	var out docx.Items
	for _, v := range list {
		if v.Class == Excluded {
			out = append(out, v.Evidence.Name+": "+Why(v))
		}
	}
	return out
}

// Why gives the reasons of a verdict in one text: those that bar first, or all when none does; a decision before them.
func Why(v Verdict) string {
	var bars, all []string
	if v.Decided != "" {
		bars = append(bars, "Theo quyết định giải quyết khiếu nại: "+v.Decided)
	}
	for _, r := range v.Reasons {
		if r.Bars {
			bars = append(bars, r.Text)
		}
		all = append(all, r.Text)
	}
	if len(bars) > 0 {
		return strings.Join(bars, " ")
	}
	return strings.Join(all, " ")
}

// RankText spells a rank: "3", "3 (đồng hạng)", "–".
func RankText(v Verdict) string {
	switch {
	case v.Rank == 0:
		return "–"
	case v.Tied:
		return fmt.Sprintf("%d (đồng hạng)", v.Rank)
	}
	return fmt.Sprint(v.Rank)
}

// ReportText spells how the calendar was kept: "9/10, 1 muộn", "–".
func ReportText(e Evidence) string {
	r := e.Reporting
	if !e.Calendar || r.Due == 0 {
		return "–"
	}
	text := fmt.Sprintf("%d/%d", r.Due-r.Missing, r.Due)
	if r.Late > 0 {
		text += fmt.Sprintf(", %d muộn", r.Late)
	}
	return text
}

// EvidenceTable is the table of a round with a column for every kind of evidence.
func EvidenceTable(r *Round) docx.Table {
	t := docx.Table{Columns: []docx.Column{{Title: "Hạng", Width: 6, Align: 'c'}, {Title: "Đơn vị", Width: 15, Align: 'l'}, {Title: "Chỉ tiêu (đã xác nhận/chỉ tiêu)", Group: "Căn cứ", Width: 27, Align: 'l'},
		{Title: "Điểm chung", Group: "Căn cứ", Width: 8, Align: 'r'}, {Title: "Báo cáo", Group: "Căn cứ", Width: 8, Align: 'c'}, {Title: "Số báo bị bác", Group: "Căn cứ", Width: 12, Align: 'l'}, {Title: "Kiểm tra thấy sai", Group: "Căn cứ", Width: 12, Align: 'l'},
		{Title: "Kết quả", Width: 12, Align: 'l'}}, Note: "Số liệu đã được trích xuất chính thức xác nhận đến hết ngày " + r.Day.Vi() + "."}
	for _, v := range r.List {
		var lines []string
		for _, d := range v.Evidence.Targets {
			if d.Goal > 0 {
				lines = append(lines, fmt.Sprintf("%s: %d/%d (%s)", d.Short, d.Confirmed, d.Goal, PointsText(d.Points())))
			}
		}
		t.Rows = append(t.Rows, docx.Row{Cells: []string{RankText(v), v.Evidence.Name, strings.Join(lines, "\n"), PointsText(v.Points), ReportText(v.Evidence), ShareText(v.Evidence.Claims), ShareText(v.Evidence.Found), ClassTitle(v.Class)}})
	}
	return t
}

func proposalTable(list []Proposal) docx.Table {
	t := docx.Table{Columns: []docx.Column{{Title: "TT", Width: 5, Align: 'c'}, {Title: "Tập thể, cá nhân", Width: 25, Align: 'l'}, {Title: "Chức vụ, đơn vị", Width: 25, Align: 'l'}, {Title: "Thành tích", Width: 45, Align: 'l'}}}
	for _, kind := range []string{"collective", "person"} {
		title, n := "Tập thể", 0
		if kind == "person" {
			title = "Cá nhân"
		}
		for _, p := range list {
			if p.Kind != kind {
				continue
			}
			if n++; n == 1 {
				t.Rows = append(t.Rows, docx.Row{Cells: []string{"", title, "", ""}, Bold: true})
			}
			t.Rows = append(t.Rows, docx.Row{Cells: []string{fmt.Sprint(n), p.Name, p.Office, p.Achievement}})
		}
	}
	return t
}
