package web

import (
	"slices"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/oversight/lead"
)

// showLeading answers in order: are we on the roadmap, who is behind and why, what is stuck, what must be decided today (KH:IV.2.c).
func showLeading(a *Ask) error {
	s := &Leading{None: Empty{Icon: "target", Title: "Chưa có chỉ tiêu nào", Text: "Khi kế hoạch có chỉ tiêu và danh sách dân cư đã nhập, tình hình và dự báo sẽ hiện ở đây."}}
	s.Title, s.Area = "Lãnh đạo", leadHref
	if a.plan() == nil || a.Who.Tree().Root() == nil {
		return a.Show(s)
	}
	q, err := a.leadAsked()
	if err != nil {
		return err
	}
	s.Title, s.Lead = "Lãnh đạo: "+vn.LowerFirst(q.unit.Title()), asOfLine(q.outlook)
	s.Units, s.Unit, s.Day = a.unitChoices("lead.see", q.unit.ID), q.unit.Code, string(q.outlook.Day)
	if len(q.targets) == 0 {
		return a.Show(s)
	}
	s.Coverage = q.target().ID
	s.Wall = q.address(leadHref+"/man-hinh", q.target())
	s.Answer, s.Past = q.answer(), q.past
	for i, t := range q.targets {
		s.Roads = append(s.Roads, a.leadRoad(q, q.unit, t))
		s.Tabs = append(s.Tabs, Tab{q.leadName(t), s.Roads[i].Href, i == q.at})
	}
	s.Focus = q.target().Short
	s.Map = a.leadMap(q, leadHref)
	f := &unitFigures{kids: q.outlook.Parts}
	s.Place = f.rankTitle()
	late, err := a.Lead.Behind(a.Ctx(), a.Who, q.outlook, q.target().ID)
	if err != nil {
		return err
	}
	s.Late = a.leadLate(q, late)
	stuck, err := a.Lead.Snagged(a.Ctx(), a.Who, q.unit.ID)
	if err != nil {
		return err
	}
	s.Stuck = leadTasks(stuck, a.today(), "warn")
	decide, err := a.decisions()
	if err != nil {
		return err
	}
	s.Decide = leadTasks(decide, a.today(), "check")
	if n := len(s.Decide); n > mostTasks {
		s.Decide, s.More = s.Decide[:mostTasks], int64(n-mostTasks)
	}
	s.Text = q.text(late, stuck)
	return a.Show(s)
}

// decisions are the asker's own tasks of today that are decisions and no work of theirs.
func (a *Ask) decisions() ([]lead.Task, error) {
	list, err := a.Lead.Today(a.Ctx(), a.Who)
	return slices.DeleteFunc(list, func(t lead.Task) bool { return worked[t.Kind] }), err
}

// asOfLine says of when the figures are (law N2).
func asOfLine(o *lead.Outlook) string {
	s := "Số liệu đến hết ngày " + o.Day.Vi() + ", đọc lúc " + clock.ParseStamp(o.AsOf).In(clock.Zone).Format("15:04")
	var last clock.Day
	for _, d := range o.Seen {
		last = max(last, d)
	}
	if last != "" {
		s += "; danh sách trích xuất gần nhất ngày " + last.Vi()
	}
	return s + "."
}

// mostUnits bounds how many units the short message names.
const mostUnits = 5

// text is the page as a short message to copy: figures of units only, no name or number of a person (law R3).
func (q *leadAsk) text(late []lead.Late, stuck []lead.Task) string {
	var b strings.Builder
	b.WriteString(q.unit.Title() + " – tình hình đến ngày " + q.outlook.Day.Vi())
	for _, t := range q.targets {
		l := q.outlook.Of(q.unit.ID, t.ID)
		if !t.Main || l.Goal == 0 {
			continue
		}
		b.WriteString("\n• " + q.leadName(t) + ": " + vn.Percent(l.Confirmed, l.Goal) + " (" + vn.Int(l.Confirmed) + "/" + vn.Int(l.Goal) + "), " + vn.LowerFirst(paceOf(&l).Text()))
		if l.Forecast.Known {
			b.WriteString("; dự báo cuối đợt " + vn.Percent(l.Forecast.Mid, l.Goal))
		}
	}
	var names []string
	for i := range late {
		if gap, ok := late[i].Line.Gap(); ok && gap > 0 && len(names) < mostUnits {
			names = append(names, late[i].Unit.Title()+" ("+vn.Int(gap)+")")
		}
	}
	if len(names) > 0 {
		b.WriteString("\nDự báo thiếu nhiều nhất so với chỉ tiêu (" + q.leadName(q.target()) + "): " + strings.Join(names, ", "))
	}
	for _, t := range stuck {
		b.WriteString("\n- " + t.Title + ": " + vn.Int(int64(t.N)) + " " + t.Unit)
	}
	return b.String()
}

// wallSeconds is how long the wall-board stays on a target.
const wallSeconds = 20

// wallLate and wallStuck are how many units and stuck things the wall-board names.
const wallLate, wallStuck = 6, 3

// showWall is the page for a screen on a wall; each showing asks for the next target.
func showWall(a *Ask) error {
	s := &WallBoard{Every: wallSeconds, Back: leadHref, None: Empty{Icon: "target", Title: "Chưa có chỉ tiêu nào", Text: "Màn hình tự bắt đầu khi kế hoạch có chỉ tiêu."}}
	s.Title, s.Area = "Màn hình điều hành", leadHref
	s.Next = leadHref + "/man-hinh"
	if a.plan() == nil || a.Who.Tree().Root() == nil {
		return a.Show(s)
	}
	q, err := a.leadAsked()
	if err != nil {
		return err
	}
	main := q.targets[:0:0]
	for _, t := range q.targets {
		if t.Main {
			main = append(main, t)
		}
	}
	if len(main) == 0 {
		return a.Show(s)
	}
	at := max(slices.Index(main, q.target()), 0)
	q.targets, q.at = main, at
	s.Next, s.Back = q.address(leadHref+"/man-hinh", main[(at+1)%len(main)]), q.address(leadHref, q.target())
	for i, t := range main {
		s.Dots = append(s.Dots, Tab{q.leadName(t), q.address(leadHref+"/man-hinh", t), i == at})
	}
	s.Place, s.AsOf, s.Focus = q.unit.Title(), asOfLine(q.outlook), q.target().Short
	s.Road = a.leadRoad(q, q.unit, q.target())
	s.Map = a.leadMap(q, "")
	s.Map.Tall = true
	late, err := a.Lead.Behind(a.Ctx(), a.Who, q.outlook, q.target().ID)
	if err != nil {
		return err
	}
	late = slices.DeleteFunc(late, func(l lead.Late) bool { return !l.Line.Behind() })
	s.Late = a.leadLate(q, late[:min(wallLate, len(late))])
	stuck, err := a.Lead.Snagged(a.Ctx(), a.Who, q.unit.ID)
	if err != nil {
		return err
	}
	var parts []string
	for _, t := range stuck[:min(wallStuck, len(stuck))] {
		parts = append(parts, vn.LowerFirst(t.Title)+": "+vn.Int(int64(t.N)))
	}
	s.Waiting = strings.Join(parts, " · ")
	return a.Show(s)
}
