package web

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/report"
)

// calendarColumns is how many periods stand side by side.
const calendarColumns = 7

// showCalendar shows who owes what: sums of a stretch, weeks or days (KH:V.1).
func showCalendar(a *Ask) error {
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	s := &Calendar{None: Empty{Icon: "list", Title: "Chưa có kỳ báo cáo nào", Text: "Lịch báo cáo lấy từ kế hoạch; kỳ đầu hiện ở đây khi đợt cao điểm bắt đầu."}}
	s.Title, s.Area, s.Lead = "Báo cáo", "/bao-cao", "Đơn vị viết đánh giá bên cạnh số liệu; bản đã nộp được giữ nguyên, bản sau ghi rõ thay bản nào."
	at := a.Query("ky")
	s.Tabs = []Tab{{Title: "Sơ kết, tổng kết", Href: "/bao-cao", Current: at == ""}}
	for _, r := range p.Reports {
		if r.Every != "" {
			s.Tabs = append(s.Tabs, Tab{Title: strings.TrimPrefix(r.Title, "Báo cáo "), Href: "/bao-cao?ky=" + r.ID, Current: at == r.ID})
		}
	}
	for i := range s.Tabs {
		s.Tabs[i].Title = vn.UpperFirst(s.Tabs[i].Title)
	}
	b, err := a.Reports.Calendar(a.Ctx(), a.Who, at, calendarColumns)
	if err != nil {
		return err
	}
	for _, x := range b.Periods {
		title := strings.TrimPrefix(x.Title, "Báo cáo ")
		switch x.Every {
		case "day":
			title = x.Until.Vi()
		case "week":
			title = shortDay(x.From) + " – " + shortDay(x.Until)
		}
		s.Columns = append(s.Columns, CalendarColumn{vn.UpperFirst(title), "hạn " + x.Due.Vi()})
	}
	if b.Top != nil && at == "" { // what sums up a stretch goes on to the province
		s.Top = append(s.Top, calendarRow(*b.Top))
	}
	for _, l := range b.Lines {
		s.Rows = append(s.Rows, calendarRow(l))
	}
	s.Stats = []Stat{{Label: "Quá hạn, chưa nộp", Value: vn.Int(int64(b.Late)), Kind: kindIf(b.Late > 0, "bad")}, {Label: "Phải nộp hôm nay", Value: vn.Int(int64(b.DueNow)), Kind: kindIf(b.DueNow > 0, "warn")}}
	return a.Show(s)
}

// shortDay leaves the year out: "20/5".
func shortDay(d clock.Day) string {
	s := d.Vi()
	return s[:strings.LastIndexByte(s, '/')]
}

func kindIf(yes bool, kind string) string {
	if yes {
		return kind
	}
	return ""
}

func calendarRow(l report.Line) CalendarRow {
	row := CalendarRow{Name: l.Unit.Title()}
	for _, r := range l.Reports {
		text, kind := whenText(r)
		row.Cells = append(row.Cells, CalendarCell{r.Period.Title, text, kind, "/bao-cao/" + r.Period.ID + "/" + l.Unit.Code})
	}
	return row
}

// whenText says how a report stands in the calendar, and the pill's colour.
func whenText(r *report.Report) (string, string) {
	switch {
	case r.State == report.Returned:
		return "Trả lại", "warn"
	case r.State == report.Accepted && r.When == report.Late:
		return "Đã nhận, nộp chậm", "warn"
	case r.State == report.Accepted:
		return "Đã nhận", "good"
	case r.When == report.InTime:
		return "Đúng hạn", "good"
	case r.When == report.Late:
		return "Nộp chậm", "warn"
	case r.When == report.Auto:
		return "Tự lập", ""
	case r.When == report.Missing && r.State == report.Draft:
		return "Quá hạn, đang soạn", "bad"
	case r.When == report.Missing:
		return "Quá hạn", "bad"
	case r.State == report.Draft:
		return "Đang soạn", "note"
	case r.When == report.DueNow:
		return "Hạn hôm nay", "warn"
	}
	return "Chưa đến hạn", ""
}

// reportUnit is the unit in a report's address.
func (a *Ask) reportUnit() (*territory.Unit, error) {
	u := a.Who.Tree().ByCode(a.R.PathValue("code"))
	if u == nil {
		return nil, fault.New(fault.Missing, "web.no_unit", "Không có đơn vị mang mã này.")
	}
	return u, nil
}

func showPeriodReport(a *Ask) error {
	s, err := a.periodReport(nil)
	if err != nil {
		return err
	}
	return a.Show(s)
}

// periodReport builds the page of one report; typed holds what somebody typed and could not keep.
func (a *Ask) periodReport(typed url.Values) (*PeriodReport, error) {
	u, err := a.reportUnit()
	if err != nil {
		return nil, err
	}
	r, err := a.Reports.Get(a.Ctx(), a.Who, a.R.PathValue("period"), u.ID)
	if err != nil {
		return nil, err
	}
	s := &PeriodReport{Href: "/bao-cao/" + r.Period.ID + "/" + u.Code, Again: r.Version > 0}
	s.Title, s.Area = r.Period.Title, "/bao-cao"
	s.Crumbs = []Crumb{{"Báo cáo", "/bao-cao"}, {Title: u.Title()}}
	s.When, s.StateKind = whenText(r)
	s.State = report.StateTitle(r.State)
	s.Lead = u.Title() + " · " + "hạn nộp " + r.Period.Due.Vi()
	s.AsOf = "Số liệu đến hết ngày " + r.Live.AsOf.Vi() + ", được chốt khi nộp."
	open := !r.State.Handed()
	s.MayWrite = open && a.Who.May(report.VerbWrite, u.ID) == nil
	s.MaySubmit = open && a.Who.May(report.VerbSubmit, u.ID) == nil
	s.MayNote = true
	if s.MayWrite {
		s.DraftHref = s.Href + "/du-thao"
	}
	s.MayDecide = r.State == report.Submitted && a.Reports.MayDecide(a.Who, u.ID)
	shown := r.Live
	if !open && len(r.Versions) > 0 {
		d, err := a.Reports.Document(a.Ctx(), a.Who, r.Versions[len(r.Versions)-1].Code)
		if err != nil {
			return nil, err
		}
		shown = d.Reading
		s.AsOf = "Số liệu đã chốt lúc " + stampVi(d.At) + ", đến hết ngày " + shown.AsOf.Vi() + "."
		drifts, err := a.Reports.Drifted(a.Ctx(), a.Who, d)
		if err != nil {
			return nil, err
		}
		s.Drifts = driftRows(drifts)
	}
	a.reportFigures(s, u, shown)
	for _, x := range report.Sections(r.Period) {
		box := SectionBox{ID: x.ID, Title: x.Title, Hint: x.Hint, Text: shown.Words[x.ID]}
		if w, ok := r.Words[x.ID]; ok {
			box.Base, box.By = id.String(w.ID), w.WhoName+", "+stampVi(w.At)
			if open {
				box.Text = w.Text
			}
		}
		if x.ID == "causes" {
			for _, y := range shown.Stuck {
				box.Stuck = append(box.Stuck, vn.UpperFirst(y.Sentence()))
			}
		}
		if typed.Has("s-" + x.ID) {
			box.Text = typed.Get("s-" + x.ID)
		}
		for _, g := range r.Live.Gathered {
			if g.Section == x.ID {
				box.Below = append(box.Below, BelowWords{g.Unit, g.Text, "/van-ban/" + g.Code})
			}
		}
		s.Sections = append(s.Sections, box)
	}
	for i := len(r.Versions) - 1; i >= 0; i-- {
		v := r.Versions[i]
		href := "/van-ban/" + v.Code
		s.Versions = append(s.Versions, VersionRow{"Bản số " + vn.Int(v.N), v.WhoName + ", " + stampVi(v.At), v.Why, v.Code, href, href + "/docx", href + "/pdf"})
	}
	for _, n := range r.Notes {
		level := ""
		if n.Kind == "accept" {
			level = "confirmed"
		}
		s.Notes = append(s.Notes, Moment{When: stampVi(n.At), Title: vn.UpperFirst(report.NoteTitle(n.Kind)), Text: n.Text, By: n.WhoName, Level: level})
	}
	return s, nil
}

// reportFigures puts the figures beside the words, each with the people behind it.
func (a *Ask) reportFigures(s *PeriodReport, u *territory.Unit, r *report.Reading) {
	head := r.Head()
	day := "&ngay=" + string(r.AsOf)
	for i, t := range r.Targets {
		n := head.Numbers[i]
		row := FigureRow{Name: t.Short, Clause: t.Clause, Goal: vn.Int(n.Goal), Confirmed: vn.Int(n.Confirmed), Rate: vn.Percent(n.Confirmed, n.Goal), In: signedInt(n.InPeriod()), Due: vn.Int(n.Due),
			Verified: vn.Int(n.Verified), Claimed: vn.Int(n.Claimed), Denied: vn.Int(n.Denied), Pace: Pace{Known: n.Goal > 0, Days: n.AheadDays()}}
		if href := a.peopleHref(u, "t:"+t.ID+":confirmed", ""); href != "" {
			row.People = href + day
			row.DeniedPeople = a.peopleHref(u, "t:"+t.ID+":denied", "") + day
		}
		s.Figures = append(s.Figures, row)
		if t.Main {
			s.PartHeads = append(s.PartHeads, t.Short)
		}
	}
	for _, x := range r.Under(u.ID) {
		part := FigurePart{Name: x.Title, Href: "/don-vi/" + x.Code}
		for i, t := range r.Targets {
			if t.Main {
				part.Rates = append(part.Rates, vn.Percent(x.Numbers[i].Confirmed, x.Numbers[i].Goal))
			}
		}
		s.Parts = append(s.Parts, part)
	}
	c := head.Claims
	s.Claims = []Stat{{Label: "Tổ báo, đã xác nhận", Value: vn.Int(c.Confirmed)}, {Label: "Tổ báo, bị bác", Value: vn.Int(c.Denied), Kind: kindIf(c.Denied > 0, "bad"), Href: "/doi-soat?don_vi=" + u.Code},
		{Label: "Chờ trích xuất", Value: vn.Int(c.Pending)}, {Label: "Xác nhận, không do tổ báo", Value: vn.Int(c.Found)}}
}

func signedInt(n int64) string {
	if n > 0 {
		return "+" + vn.Int(n)
	}
	return vn.Int(n)
}

func driftRows(list []report.Drift) []DriftRow {
	var out []DriftRow
	for _, d := range list[:min(len(list), 200)] {
		out = append(out, DriftRow{d.Title, d.Target, vn.Int(d.Was), vn.Int(d.Now)})
	}
	return out
}

// writeReport keeps every section that changed. What could not be kept stays in its box.
func writeReport(a *Ask) error {
	u, err := a.reportUnit()
	if err != nil {
		return err
	}
	period := a.R.PathValue("period")
	var failed []error
	for _, name := range slices.Sorted(maps.Keys(a.R.PostForm)) {
		section, ok := strings.CutPrefix(name, "s-")
		if !ok {
			continue
		}
		if err := a.Reports.Write(a.Ctx(), a.Who, period, u.ID, section, a.R.PostForm.Get(name), wording(a.Post("b-"+section))); err != nil {
			failed = append(failed, err)
		}
	}
	again := func(cause error) error {
		s, err := a.periodReport(a.R.PostForm)
		if err != nil {
			return cmp.Or(cause, err)
		}
		return Again(s, cause)
	}
	if len(failed) > 0 {
		return again(failed[0])
	}
	if a.Post("do") == "nop" {
		if _, err := a.Reports.Submit(a.Ctx(), a.Who, period, u.ID, a.Post("why")); err != nil {
			return again(err)
		}
	}
	return a.Go("/bao-cao/" + period + "/" + u.Code)
}

// draftReport makes the draft's document as the numbers stand now, before anything is handed in.
func draftReport(a *Ask) error {
	u, err := a.reportUnit()
	if err != nil {
		return err
	}
	r, err := a.Reports.Make(a.Ctx(), a.Who, report.Order{Form: "bao-cao", Unit: u.ID, Period: a.R.PathValue("period")})
	if err != nil {
		return err
	}
	return a.Go("/van-ban/" + r.Code)
}

// wording reads the id of the wording that was shown; 0 for none.
func wording(s string) int64 {
	n, err := id.Parse(s)
	if err != nil {
		return 0
	}
	return n
}

// noteReport adds a comment, gives the report back or takes it over.
func noteReport(a *Ask) error {
	u, err := a.reportUnit()
	if err != nil {
		return err
	}
	kind := map[string]string{"gop-y": "comment", "tra-lai": "return", "nhan": "accept"}[a.Post("do")]
	if err := a.Reports.Tell(a.Ctx(), a.Who, a.R.PathValue("period"), u.ID, kind, "", a.Post("text")); err != nil {
		s, built := a.periodReport(nil)
		if built != nil {
			return built
		}
		return Again(s, err)
	}
	return a.Go("/bao-cao/" + a.R.PathValue("period") + "/" + u.Code)
}
