package report

import (
	"cmp"
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// Period is one report of the plan's calendar: what it is called, the days it tells of and the day by whose end it must be handed
// in (KH:V.1). Daily and weekly reports have one period a day and a week.
type Period struct {
	ID          string // "soket1", "tuan-2024-05-12": also in addresses
	Report      string // the calendar's entry
	Title       string
	Every       string
	From, Until clock.Day
	Due         clock.Day
	Clause      string
}

// Periods lists the calendar's periods that have begun by a day, the newest due first.
func Periods(p *plan.Plan, today clock.Day) []Period {
	var out []Period
	for i := range p.Reports {
		r := &p.Reports[i]
		switch r.Every {
		case "":
			out = append(out, Period{r.ID, r.ID, r.Title, "", r.From, r.Until, cmp.Or(r.Due, r.Until), r.Clause})
			continue
		}
		step := 1
		if r.Every == "week" {
			step = 7
		}
		for from := r.From; from <= r.Until && from <= today; from = from.Add(step) {
			until := min(from.Add(step-1), r.Until)
			title := r.Title + " " + until.Vi()
			if step == 7 {
				title = r.Title + " (" + from.Vi() + " – " + until.Vi() + ")"
			}
			out = append(out, Period{r.ID + "-" + string(until), r.ID, title, r.Every, from, until, until, r.Clause})
		}
	}
	out = slices.DeleteFunc(out, func(x Period) bool { return x.From > today })
	slices.SortStableFunc(out, func(a, b Period) int {
		return cmp.Or(strings.Compare(string(b.Due), string(a.Due)), cmp.Compare(b.Until.Sub(b.From), a.Until.Sub(a.From)))
	})
	return out
}

// PeriodOf finds a period by its id; one that has not begun is missing.
func PeriodOf(p *plan.Plan, id string, today clock.Day) (Period, error) {
	for _, x := range Periods(p, today) {
		if x.ID == id {
			return x, nil
		}
	}
	return Period{}, fault.New(fault.Missing, "report.period_unknown", "Lịch báo cáo không có kỳ này, hoặc kỳ này chưa bắt đầu.")
}

// Summing tells whether the report sums up a stretch of the campaign and so carries words of its own; a daily or weekly one is
// figures and one remark.
func (x Period) Summing() bool { return x.Every == "" }

// Final tells whether the period covers the whole campaign.
func (x Period) Final(p *plan.Plan) bool {
	return x.From <= p.From && x.Until >= p.Until && x.Every == ""
}

// State of a report.
type State string

// A report is owed until it is handed in; a returned one is owed again.
const (
	None      State = ""          // nobody has begun it
	Draft     State = "draft"     // words are being written
	Submitted State = "submitted" // handed in: frozen
	Returned  State = "returned"  // given back for revision: the next version replaces it
	Accepted  State = "accepted"  // taken over by the level above
)

// StateTitle names a state for people.
func StateTitle(s State) string {
	switch s {
	case Draft:
		return "đang soạn"
	case Submitted:
		return "đã nộp"
	case Returned:
		return "trả lại"
	case Accepted:
		return "đã nhận"
	}
	return "chưa lập"
}

// Handed tells whether the report lies with the level above.
func (s State) Handed() bool { return s == Submitted || s == Accepted }

// Punctuality is how a report stands to its due day.
type Punctuality string

// Kinds of punctuality.
const (
	Open    Punctuality = "open"    // not due yet
	DueNow  Punctuality = "due"     // due today
	InTime  Punctuality = "in_time" // first handed in by its due day
	Late    Punctuality = "late"    // handed in afterwards
	Missing Punctuality = "missing" // due and not handed in
	Auto    Punctuality = "auto"    // a daily one: its figures are kept by the program, the unit adds a remark when there is need
)

// Punctual tells how a report stands: first is the day on which it was first handed in, "" when never.
func Punctual(due, first, today clock.Day) Punctuality {
	switch {
	case first != "" && first <= due:
		return InTime
	case first != "":
		return Late
	case today > due:
		return Missing
	case today == due:
		return DueNow
	}
	return Open
}

// stands tells how a unit's report of the period stands to the calendar. The day's figures are the program's own, so nobody owes a
// daily report (KH:IV.2.c); what sums up a week or a stretch is owed (KH:V.1).
func (x Period) stands(first, today clock.Day) Punctuality {
	if x.Every == "day" && first == "" && today >= x.Due {
		return Auto
	}
	return Punctual(x.Due, first, today)
}

// Section is a part of a report that a unit writes (law D2, KH:V.2).
type Section struct {
	ID, Title, Hint string
}

// Sections are the parts that a unit writes in a period's report, in their order.
func Sections(x Period) []Section {
	if !x.Summing() {
		return []Section{{"note", "Ghi chú trong kỳ", "Việc nổi bật, khó khăn cần báo ngay; có thể để trống."}}
	}
	return []Section{
		{"direct", "Công tác chỉ đạo, tổ chức thực hiện", "Văn bản đã ban hành, phân công, phối hợp với nhà mạng, đoàn thể."},
		{"strengths", "Ưu điểm", "Việc làm được, cách làm hay; dựa trên số liệu bên cạnh."},
		{"weaknesses", "Tồn tại, hạn chế", "Chỉ tiêu chưa đạt, nơi chậm; nêu đúng số liệu bên cạnh."},
		{"causes", "Nguyên nhân", "Khách quan, chủ quan."},
		{"responsibility", "Trách nhiệm", "Tập thể, cá nhân chịu trách nhiệm về phần chưa đạt."},
		{"next", "Nhiệm vụ, giải pháp thời gian tới", "Việc tiếp theo, ai làm, xong khi nào."},
		{"requests", "Kiến nghị, đề xuất", "Điều cần cấp trên giải quyết."},
	}
}
