package emulation

import (
	"fmt"
	"strconv"
	"strings"

	"bonphu/internal/vn"
)

// PointsText spells points as the percentage they are: 9987 is "99,87 %", -1 is "–".
func PointsText(n int64) string {
	if n < 0 {
		return "–"
	}
	return fmt.Sprintf("%d,%02d %%", n/100, n%100)
}

// ShareText spells a share with its counts and bounds (law N3): "12/240 (5,0 %; khoảng tin cậy 95 %: 2,9–8,5 %)".
func ShareText(s Share) string {
	if s.Of == 0 {
		return "–"
	}
	one := func(f float64) string { return strings.ReplaceAll(strconv.FormatFloat(100*f, 'f', 1, 64), ".", ",") }
	return fmt.Sprintf("%s/%s (%s %%; khoảng tin cậy 95 %%: %s–%s %%)", vn.Int(s.N), vn.Int(s.Of), one(s.Rate()), one(s.Low), one(s.High))
}

func targetReason(targets []Done, weakest int, c Class, th Thresholds) Reason {
	w := targets[weakest]
	at := fmt.Sprintf("%s: %s/%s (%s)", w.Short, vn.Int(w.Confirmed), vn.Int(w.Goal), PointsText(w.Points()))
	below := func(percent float64) string {
		var names []string
		for _, d := range targets {
			if d.Goal > 0 && !d.reaches(percent) {
				names = append(names, d.Short)
			}
		}
		return strings.Join(names, "; ")
	}
	switch c {
	case Excellent:
		return Reason{"all_excellent", "Mọi chỉ tiêu đạt từ " + vn.Rate(th.Excellent) + ".", th.Clause, "targets", false}
	case Good:
		return Reason{"all_good", "Mọi chỉ tiêu đạt từ " + vn.Rate(th.Good) + "; thấp nhất là " + at + ". Chưa đạt " + vn.Rate(th.Excellent) + ": " + below(th.Excellent) + ".", th.Clause, "targets", false}
	case Complete:
		return Reason{"all_complete", "Mọi chỉ tiêu đạt từ " + vn.Rate(th.Complete) + "; thấp nhất là " + at + ". Chưa đạt " + vn.Rate(th.Good) + ": " + below(th.Good) + ".", th.Clause, "targets", false}
	}
	return Reason{"target_missed", "Có chỉ tiêu dưới " + vn.Rate(th.Complete) + ": " + below(th.Complete) + "; thấp nhất là " + at + ".", th.Clause, "targets", false}
}

func reportReasons(e Evidence, th Thresholds) []Reason {
	r := e.Reporting
	if !e.Calendar {
		return []Reason{{"no_calendar", "Chưa có lịch báo cáo nên chưa xét việc báo cáo; không ai bị loại vì lý do này.", "V.1", "reports", false}}
	}
	if r.Due == 0 {
		return nil
	}
	handed := r.Due - r.Missing
	counts := fmt.Sprintf("Đã nộp %d/%d kỳ báo cáo đến hạn, %d kỳ đúng hạn", handed, r.Due, r.InTime)
	if float64(handed)*100 < th.MinReports*float64(r.Due)-1e-6 {
		text := counts + ", dưới mức " + vn.Rate(th.MinReports) + " của kế hoạch"
		if names := someNames(r.Names); names != "" {
			text += ". Còn thiếu: " + names
		}
		return []Reason{{"not_reported", text + ".", th.Clause, "reports", true}}
	}
	if r.Missing > 0 || r.Late > 0 {
		return []Reason{{"report_late", fmt.Sprintf("%s, %d kỳ muộn, %d kỳ còn thiếu; trong mức cho phép.", counts, r.Late, r.Missing), "V.1", "reports", false}}
	}
	return []Reason{{"reported", counts + ".", "V.1", "reports", false}}
}

func someNames(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most], "; ") + fmt.Sprintf(" và %d kỳ khác", len(names)-most)
	}
	return strings.Join(names, "; ")
}

// shareReasons says what extracts and inspections refute.
func shareReasons(e Evidence, th Thresholds) []Reason {
	var out []Reason
	one := func(s Share, limit float64, what, code, at string) {
		switch {
		case s.Of == 0:
		case s.Low*100 > limit:
			out = append(out, Reason{code, what + " " + ShareText(s) + "; cận dưới vượt ngưỡng " + vn.Rate(limit) + ".", th.Clause, at, true})
		case s.Rate()*100 > limit:
			out = append(out, Reason{code + "_doubt", what + " " + ShareText(s) + "; tỷ lệ vượt ngưỡng " + vn.Rate(limit) + " nhưng cận dưới chưa vượt, số liệu còn ít nên chưa loại. Cần kiểm tra thêm.", th.Clause, at, false})
		case s.N > 0:
			out = append(out, Reason{code + "_few", what + " " + ShareText(s) + "; trong ngưỡng " + vn.Rate(limit) + ".", th.Clause, at, false})
		}
	}
	one(e.Claims, th.OverClaim, "Số báo bị trích xuất bác bỏ", "over_claim", "claims")
	one(e.Found, th.InspectFalse, "Kiểm tra thấy sai", "inspect_false", "inspections")
	if e.Excused > 0 {
		out = append(out, Reason{"excused", fmt.Sprintf("%s trường hợp bị bác đã được kết luận không do đơn vị, không tính vào tỷ lệ.", vn.Int(e.Excused)), "IV.2.a", "claims", false})
	}
	return out
}
