package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/reconcile"
	"bonphu/web/chart"
)

const settlingHref = "/doi-soat"

// settlingAsk is what the address of a reconciliation screen asks for.
type settlingAsk struct {
	unit   *territory.Unit
	filter reconcile.Filter
	byTeam bool
}

// settlingAsked reads the filters of the address: unit, coverage, team, day, and the span of the claims' own days.
func (a *Ask) settlingAsked() (q settlingAsk, err error) {
	if q.unit, err = a.askedUnit("reconcile.see"); err != nil {
		return q, err
	}
	if q.filter.Day, err = a.day(); err != nil {
		return q, err
	}
	if q.filter.Day == clock.DayOf(a.Clock()) {
		q.filter.Day = ""
	}
	for name, to := range map[string]*clock.Day{"tu": &q.filter.From, "den": &q.filter.Until} {
		if text := a.Query(name); text != "" {
			if *to, err = clock.ParseDay(text); err != nil {
				return q, fault.New(fault.Invalid, "web.day", "Ngày trong địa chỉ không đúng. Hãy chọn lại ngày.").On(name)
			}
		}
	}
	if text := a.Query("to"); text != "" {
		if q.filter.Team, err = id.Parse(text); err != nil {
			return q, notHere
		}
	}
	q.filter.Coverage, q.byTeam = a.Query("phu"), a.Query("theo") == "to"
	return q, nil
}

// values spells the ask as an address's query.
func (q *settlingAsk) values() url.Values {
	v := url.Values{"don_vi": {q.unit.Code}}
	put := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	put("phu", q.filter.Coverage)
	put("ngay", string(q.filter.Day))
	put("tu", string(q.filter.From))
	put("den", string(q.filter.Until))
	if q.filter.Team != 0 {
		put("to", id.String(q.filter.Team))
	}
	if q.byTeam {
		put("theo", "to")
	}
	return v
}

// with gives an address with one more thing asked.
func (q *settlingAsk) with(path string, pairs ...string) string {
	v := q.values()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			v.Del(pairs[i])
		} else {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	return path + "?" + v.Encode()
}

// teamNames names the teams of a unit and everything under it, closed ones too.
func (a *Ask) teamNames(unit int64) (map[int64]string, error) {
	out, err := a.Canvass.Names(a.Ctx(), a.Who, unit)
	if fault.Is(err, fault.Forbidden) {
		return nil, nil
	}
	return out, err
}

func teamName(names map[int64]string, team int64) string {
	switch n := names[team]; {
	case team == 0:
		return "Không qua tổ"
	case n != "":
		return n
	}
	return "Tổ ngoài địa bàn"
}

// showSettling is the board.
func showSettling(a *Ask) error {
	q, err := a.settlingAsked()
	if err != nil {
		return err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	tree := a.Who.Tree()
	var units []int64
	for _, k := range tree.Children(q.unit.ID, q.filter.Day) {
		units = append(units, k.ID)
	}
	q.byTeam = q.byTeam || len(units) == 0 && q.filter.Team == 0
	told, day, err := a.Reconcile.Summary(a.Ctx(), a.Who, append([]int64{q.unit.ID}, units...), q.filter)
	if err != nil {
		return err
	}
	names, err := a.teamNames(q.unit.ID)
	if err != nil {
		return err
	}
	whole := told[q.unit.ID]
	s := &Settling{Units: a.unitChoices("reconcile.see", q.unit.ID), Day: a.Query("ngay"), From: string(q.filter.From), Until: string(q.filter.Until), AsOf: day.Vi(), By: "Đơn vị",
		None: Empty{Icon: "check", Title: "Chưa có báo cáo nào để đối soát", Text: "Khi các tổ ghi nhận kết quả, mỗi báo cáo được đặt cạnh bản trích xuất mới nhất ở đây."}}
	s.Title, s.Area, s.Lead = "Đối soát", settlingHref, q.unit.Title()+": báo cáo của các tổ so với bản trích xuất, đến hết ngày "+day.Vi()+"."
	if q.filter.Team != 0 {
		s.Team, s.TeamName, s.AllHref = id.String(q.filter.Team), teamName(names, q.filter.Team), q.with(settlingHref, "to", "")
	}
	for i := range p.Coverages {
		c := &p.Coverages[i]
		s.Coverages = append(s.Coverages, Choice{c.ID, c.Short, c.ID == q.filter.Coverage})
	}
	s.Stats = settlingStats(&q, &whole, day)
	s.Tabs = []Tab{{"Theo đơn vị", q.with(settlingHref, "theo", ""), !q.byTeam}, {"Theo tổ", q.with(settlingHref, "theo", "to"), q.byTeam}}
	s.More = []Tab{{Title: "Việc cần giải trình", Href: settlingHref + "/viec?don_vi=" + url.QueryEscape(q.unit.Code)}, {Title: "Số đơn vị tự báo", Href: settlingHref + "/tu-bao?don_vi=" + url.QueryEscape(q.unit.Code)}}
	limit := p.Emulation.OverClaim / 100
	if limit > 0 {
		s.Limit = overText(limit)
	}
	if q.byTeam {
		s.By = "Tổ"
		lines, err := a.Reconcile.ByTeam(a.Ctx(), a.Who, q.unit.ID, q.filter)
		if err != nil {
			return err
		}
		for i := range lines {
			l := &lines[i]
			one := q
			one.filter.Team, one.byTeam = l.Team, false
			row := a.settledRow(&one, teamName(names, l.Team), &l.Classes, day, limit)
			if l.Team != 0 {
				row.Href = one.with(settlingHref)
			}
			s.Rows = append(s.Rows, row)
		}
	} else {
		for _, u := range worstFirst(units, told) {
			c := told[u]
			one := q
			one.unit = tree.ByID(u)
			row := a.settledRow(&one, one.unit.Title(), &c, day, limit)
			row.Href = one.with(settlingHref)
			s.Rows = append(s.Rows, row)
		}
		parts := make([]reconcile.Classes, len(units))
		for i, u := range units {
			parts[i] = told[u]
		}
		if rest := reconcile.Rest(whole, parts); len(units) > 0 && rest.Claimed+rest.Found > 0 {
			row := a.settledRow(&q, "Chưa rõ ấp", &rest, day, limit)
			for i := range row.Cells {
				row.Cells[i].Href = ""
			}
			row.CasesHref = ""
			s.Rows = append(s.Rows, row)
		}
	}
	scaleIntervals(s.Rows, limit)
	if whole.Claimed+whole.Found == 0 {
		s.Rows = nil
	} else if len(s.Rows) > 0 {
		row := a.settledRow(&q, "Cộng", &whole, day, limit)
		row.Sum, row.Interval = true, chart.Interval{}
		s.Rows = append(s.Rows, row)
	}
	return a.Show(s)
}

// settlingStats are the unit's own figures, each with the claims behind it (laws N1, N2).
func settlingStats(q *settlingAsk, c *reconcile.Classes, day clock.Day) []Stat {
	items := func(pairs ...string) string { return q.with(settlingHref+"/bao-cao", pairs...) }
	waiting := "không có"
	if c.Pending > 0 {
		waiting = "lâu nhất " + vn.Int(int64(c.PendingDays(day))) + " ngày; quá 14 ngày: " + vn.Int(c.Age[2])
	}
	out := []Stat{
		{Label: "Đã báo cáo", Value: vn.Int(c.Claimed), Note: "không kể " + vn.Int(c.Repeat) + " báo cáo lặp, " + vn.Int(c.Void) + " đã rút lại", Href: items()},
		{Label: "Được xác nhận", Value: vn.Int(c.Confirmed), Note: vn.Percent(c.Confirmed, c.Claimed) + " số báo cáo", Kind: "good", Href: items("loai", string(reconcile.Confirmed))},
		{Label: "Bị bác", Value: vn.Int(c.Denied), Note: "không tính là sai: " + vn.Int(c.Over.Excused), Href: items("loai", string(reconcile.Denied))},
		{Label: "Chờ trích xuất", Value: vn.Int(c.Pending), Note: waiting, Href: items("loai", string(reconcile.Pending))},
		{Label: "Xác nhận ngoài báo cáo", Value: vn.Int(c.Found), Note: "người khác làm hoặc tự làm", Href: items("loai", string(reconcile.Found))},
		{Label: "Tỷ lệ báo cáo sai", Value: vn.Percent(c.Over.Denied, c.Over.Denied+c.Over.Confirmed), Note: bounds(&c.Over)},
	}
	if c.Denied > 0 {
		out[2].Kind = "bad"
	}
	return out
}

// bounds tells a rate's counts and confidence bounds (law N3).
func bounds(r *reconcile.Rate) string {
	n := r.Denied + r.Confirmed
	if n == 0 {
		return "chưa có báo cáo nào được đối chiếu"
	}
	return vn.Int(r.Denied) + "/" + vn.Int(n) + ", trong khoảng " + overText(r.Low) + " – " + overText(r.High)
}

// overText spells a share of one with one digit.
func overText(share float64) string {
	return strings.Replace(fmt.Sprintf("%.1f %%", 100*share), ".", ",", 1)
}

func worstFirst(units []int64, told map[int64]reconcile.Classes) []int64 {
	out := append([]int64(nil), units...)
	slices.SortStableFunc(out, func(x, y int64) int {
		a, b := told[x], told[y]
		return cmp.Or(cmp.Compare(b.Over.Low, a.Over.Low), cmp.Compare(b.Over.Denied, a.Over.Denied), cmp.Compare(b.Claimed, a.Claimed))
	})
	return out
}

func (a *Ask) settledRow(q *settlingAsk, name string, c *reconcile.Classes, day clock.Day, limit float64) SettledRow {
	items := func(fate reconcile.Fate) string {
		return q.with(settlingHref+"/bao-cao", "loai", string(fate), "theo", "")
	}
	row := SettledRow{Name: name, Over: "–", Cells: []SettledCell{
		{"Đã báo cáo", items(""), "", c.Claimed},
		{"Được xác nhận", items(reconcile.Confirmed), "", c.Confirmed},
		{"Bị bác", items(reconcile.Denied), "", c.Denied},
		{"Chờ trích xuất", items(reconcile.Pending), "", c.Pending},
		{"Ngoài báo cáo", items(reconcile.Found), "", c.Found}}}
	if c.Age[2] > 0 {
		row.Cells[3].Note = vn.Int(c.Age[2]) + " quá 14 ngày"
	}
	if n := c.Over.Denied + c.Over.Confirmed; n > 0 {
		row.Over, row.Bounds = vn.Percent(c.Over.Denied, n), overText(c.Over.Low)+" – "+overText(c.Over.High)
		row.Interval = chart.Interval{What: "Báo cáo sai của " + name, Rate: c.Over.Rate, Low: c.Over.Low, High: c.Over.High, Limit: limit}
	}
	if n := c.Open + c.Answered; n > 0 {
		row.Cases, row.CasesHref = vn.Int(n), q.with(settlingHref+"/viec", "theo", "")
	}
	return row
}

// scaleIntervals gives the lines one scale: up to the widest bound that is not an outlier of a handful of claims.
func scaleIntervals(rows []SettledRow, limit float64) {
	top := max(2*limit, 0.1)
	for i := range rows {
		if r := &rows[i].Interval; r.Rate > 0 {
			top = max(top, min(r.High, r.Rate*2))
		}
	}
	for i := range rows {
		rows[i].Interval.Top = min(top, 1)
	}
}

// showSettledItems lists the claims behind a number.
func showSettledItems(a *Ask) error {
	q, err := a.settlingAsked()
	if err != nil {
		return err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	ask := reconcile.Ask{Filter: q.filter, Unit: q.unit.ID, Fate: reconcile.Fate(a.Query("loai")), After: a.Query("sau"), N: registerPage}
	ask.Age, _ = strconv.Atoi(a.Query("tuoi"))
	list, next, err := a.Reconcile.Items(a.Ctx(), a.Who, ask)
	if err != nil {
		return err
	}
	names, err := a.teamNames(q.unit.ID)
	if err != nil {
		return err
	}
	s := &SettledItems{Back: q.with(settlingHref), None: Empty{Icon: "check", Title: "Không có báo cáo nào", Text: "Thử bỏ bớt điều kiện."}}
	s.Title, s.Area = "Tất cả báo cáo", settlingHref
	if ask.Fate != "" {
		s.Title = vn.UpperFirst(reconcile.FateTitle(ask.Fate))
	}
	s.Lead = q.unit.Title()
	if q.filter.Day != "" {
		s.Lead += ", theo số liệu ngày " + q.filter.Day.Vi()
	}
	s.Crumbs = []Crumb{{"Đối soát", s.Back}, {Title: s.Title}}
	for i := range list {
		s.Rows = append(s.Rows, a.settledItem(p, &list[i], names))
	}
	if next != "" {
		s.Pager.Next = q.with(settlingHref+"/bao-cao", "loai", string(ask.Fate), "tuoi", a.Query("tuoi"), "sau", next)
	}
	return a.Show(s)
}

// settledItem is one claim as a line of a list.
func (a *Ask) settledItem(p *plan.Plan, i *reconcile.Item, names map[int64]string) SettledItem {
	row := SettledItem{Name: i.Person.Name, PersonHref: "/dan-cu/" + id.String(i.Person.ID), Place: a.Who.Tree().FullName(i.Unit), Day: i.Day.Vi(), Team: teamName(names, i.Team), Fate: reconcile.FateTitle(i.Fate), Mood: fateMood(i.Fate)}
	title := func(state string) string { return state }
	if c := p.Coverage(i.Coverage); c != nil {
		title = c.StateTitle
		row.Claimed = c.Short + ": " + vn.LowerFirst(title(i.Reached))
	}
	if i.Says != "" {
		row.Says, row.List, row.ListHref = title(i.Says), "bản trích xuất "+i.Fated.Vi()+rowText(i.BatchRow), a.batchOf(i.Batch)
	}
	if i.State != "" {
		row.Case, row.CaseHref, row.CaseMood = reconcile.StateTitle(i.State), caseHref(i.Claim), ""
		switch {
		case i.Late(clock.DayOf(a.Clock())):
			row.Case, row.CaseMood = "quá hạn giải trình", "bad"
		case i.State == reconcile.Open:
			row.Case, row.CaseMood = "chờ giải trình đến "+i.Due.Vi(), "warn"
		case i.State == reconcile.Answered:
			row.CaseMood = "note"
		case i.State == reconcile.Decided:
			row.Case = "kết luận: " + reconcile.CodeTitle(i.Ruling)
		}
	}
	return row
}

// batchOf is the address of a list, "" for who may not see lists.
func (a *Ask) batchOf(batch int64) string {
	if batch == 0 || !a.Who.MayAnywhere("intake.see") {
		return ""
	}
	return batchHref(batch)
}

// rowText names a row of a list: sheet and line are kept in one number.
func rowText(row int64) string {
	if row == 0 {
		return ""
	}
	return ", dòng " + vn.Int(row%10_000_000)
}

func caseHref(claim int64) string { return settlingHref + "/viec/" + id.String(claim) }

func fateMood(f reconcile.Fate) string {
	switch f {
	case reconcile.Confirmed, reconcile.Found:
		return "good"
	case reconcile.Denied:
		return "bad"
	case reconcile.Pending:
		return "note"
	}
	return ""
}
