package web

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
	"bonphu/oversight/worklist"
)

const workHref = "/viec"

// firstRows is how many people the list shows before it is asked for more.
const firstRows = 120

// workAsk is what the address of a work list asks for.
type workAsk struct {
	unit  *territory.Unit
	query worklist.Query
}

// workAsked reads the filters of the address or form: unit, team, member, need, part of the day, language.
func (a *Ask) workAsked() (q workAsk, err error) {
	if q.unit, err = a.askedUnit("field.see"); err != nil {
		return q, err
	}
	q.query = worklist.Query{Unit: q.unit.ID, Segment: a.R.FormValue("nhom"), Lang: a.R.FormValue("tieng"), Part: canvass.Part(a.R.FormValue("buoi")), All: a.R.FormValue("ca") != ""}
	for name, to := range map[string]*int64{"to": &q.query.Team, "nguoi": &q.query.Member} {
		if text := a.R.FormValue(name); text != "" {
			if *to, err = id.Parse(text); err != nil {
				return q, notHere
			}
		}
	}
	return q, nil
}

func (q *workAsk) values() url.Values {
	v := url.Values{"don_vi": {q.unit.Code}}
	put := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	if q.query.Team != 0 {
		put("to", id.String(q.query.Team))
	}
	if q.query.Member != 0 {
		put("nguoi", id.String(q.query.Member))
	}
	put("nhom", q.query.Segment)
	put("tieng", q.query.Lang)
	put("buoi", string(q.query.Part))
	if q.query.All {
		put("ca", "1")
	}
	return v
}

// with gives the list's address with one thing asked otherwise.
func (q *workAsk) with(name, value string) string {
	v := q.values()
	if v.Del(name); value != "" {
		v.Set(name, value)
	}
	return workHref + "?" + v.Encode()
}

// showWorkOf opens the list of one team where it works.
func showWorkOf(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("team"))
	if err != nil {
		return notHere
	}
	for _, top := range a.Who.Scope("field.see") {
		list, err := a.Canvass.List(a.Ctx(), a.Who, top, clock.DayOf(a.Clock()))
		if err != nil {
			return err
		}
		for i := range list {
			if u := a.Who.Tree().ByID(list[i].Unit); list[i].ID == n && u != nil {
				return a.Go(workHref + "?" + url.Values{"don_vi": {u.Code}, "to": {id.String(n)}}.Encode())
			}
		}
	}
	return notHere
}

// showWork is the ordered list of a unit, a team or a member.
func showWork(a *Ask) error {
	if code := a.Query("ma"); code != "" {
		return a.Go(entryHref(worklist.TidyCode(code)))
	}
	s, err := a.workScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func entryHref(code string) string { return "/phieu/" + url.PathEscape(code) }

func (a *Ask) workScreen() (*WorkList, error) {
	q, err := a.workAsked()
	if err != nil {
		return nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	today := clock.DayOf(a.Clock())
	s := &WorkList{Units: a.unitChoices("field.see", q.unit.ID), All: q.query.All, Day: string(today), MayEnter: a.Who.May("visit.record", q.unit.ID) == nil,
		None: Empty{Icon: "check", Title: "Không còn ai cần đến lúc này", Text: "Bỏ bớt điều kiện lọc, hoặc xem cả những người đã hẹn ngày khác, đang vắng hay từ chối nhiều lần."}}
	s.Title, s.Area, s.Lead = "Đi từng nhà", workHref, q.unit.Title()+": ai cần đến, việc gì làm trước, người dễ gặp nhất đứng đầu."
	if err := a.workChoices(s, &q, p, today); err != nil {
		return nil, err
	}
	if q.unit.Tier == territory.TierDistrict && q.query.Team == 0 {
		places, err := a.Work.Overview(a.Ctx(), a.Who, q.unit.ID)
		if err != nil {
			return nil, err
		}
		for _, x := range places {
			u := a.Who.Tree().ByID(x.Unit)
			s.Places = append(s.Places, WorkPlace{u.Title(), workHref + "?don_vi=" + url.QueryEscape(u.Code), x.Needing, x.Open, x.ByClass[canvass.ClassNew], x.ByClass[canvass.ClassPromised], x.ByClass[canvass.ClassOverdue], x.ByClass[canvass.ClassStuck]})
		}
		slices.SortStableFunc(s.Places, func(x, y WorkPlace) int { return cmp.Compare(y.Overdue+y.Today, x.Overdue+x.Today) })
		return s, nil
	}
	if q.query.Limit = firstRows; a.Query("so") == "het" {
		q.query.Limit = 0
	}
	list, err := a.Work.List(a.Ctx(), a.Who, q.query)
	if err != nil {
		return nil, err
	}
	c := &list.All
	s.Stats = []Stat{{Label: "Còn việc", Value: vn.Int(c.Needing), Note: "không kể việc tổ đã báo xong", Href: q.with("ca", "1")}, {Label: "Hẹn hôm nay", Value: vn.Int(c.ByClass[canvass.ClassPromised]), Note: "đúng buổi này"},
		{Label: "Quá hẹn", Value: vn.Int(c.ByClass[canvass.ClassOverdue])}, {Label: "Chưa đến lần nào", Value: vn.Int(c.ByClass[canvass.ClassNew])},
		{Label: "Chưa nên đến", Value: vn.Int(c.Needing - c.Open), Note: "hẹn ngày khác, đang vắng, vừa đến hôm nay, từ chối nhiều lần"}}
	if c.ByClass[canvass.ClassOverdue] > 0 {
		s.Stats[2].Kind = "warn"
	}
	s.Told = vn.Int(int64(len(list.Subjects)+list.More)) + " người, đứng trước là người dễ gặp và dễ xong nhất."
	if list.More > 0 {
		s.Told += " Đang hiện " + vn.Int(int64(len(list.Subjects))) + " người đầu."
		if q.query.Limit != 0 {
			s.MoreHref = q.with("so", "het")
		}
	}
	s.Homes = a.workHomes(p, list.Subjects)
	printed, err := a.Work.Sheets(a.Ctx(), a.Who, q.unit.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range printed {
		w := WorkPrinted{Title: x.Name, Href: entryHref(x.Code), Text: x.Code + " · đi ngày " + x.Day.Vi() + " · đã nhập " + vn.Int(x.Entered) + "/" + vn.Int(x.People), Mood: "warn"}
		if x.Entered == x.People {
			w.Mood = "good"
		}
		s.Sheets = append(s.Sheets, w)
	}
	return s, nil
}

// workChoices fills the filters.
func (a *Ask) workChoices(s *WorkList, q *workAsk, p *plan.Plan, today clock.Day) error {
	teams, err := a.Canvass.List(a.Ctx(), a.Who, q.unit.ID, today)
	if err != nil {
		return err
	}
	for i := range teams {
		s.Teams = append(s.Teams, Choice{id.String(teams[i].ID), teams[i].Name, teams[i].ID == q.query.Team})
	}
	if q.query.Team != 0 {
		members, err := a.Canvass.Members(a.Ctx(), a.Who, q.query.Team, today)
		if err != nil {
			return err
		}
		for _, m := range members {
			s.Members = append(s.Members, Choice{id.String(m.ID), m.Name, m.ID == q.query.Member})
		}
	}
	for i := range p.Segments {
		s.Segments = append(s.Segments, Choice{p.Segments[i].ID, p.Segments[i].Title, p.Segments[i].ID == q.query.Segment})
	}
	s.Parts = partChoices(q.query.Part)
	for _, l := range p.Canvass.Languages {
		s.Langs = append(s.Langs, Choice{l.ID, l.Title, l.ID == q.query.Lang})
	}
	values := q.values()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		s.Hidden = append(s.Hidden, Hidden{name, values.Get(name)})
	}
	s.Tabs = []Tab{{"Nên đến lúc này", q.with("ca", ""), !q.query.All}, {"Mọi người còn việc", q.with("ca", "1"), q.query.All}}
	return nil
}

func partChoices(chosen canvass.Part) []Choice {
	var out []Choice
	for _, x := range []canvass.Part{canvass.Morning, canvass.Afternoon, canvass.Evening} {
		out = append(out, Choice{string(x), vn.UpperFirst(canvass.PartTitle(x)), x == chosen})
	}
	return out
}

// workHomes puts the ordered subjects under their households.
func (a *Ask) workHomes(p *plan.Plan, list []worklist.Subject) []WorkHome {
	var out []WorkHome
	last := ""
	for i := range list {
		x := &list[i]
		if home := x.Home(); home != last || i == 0 {
			h := WorkHome{Name: x.Person.House}
			if u := a.Who.Tree().ByID(x.Person.Unit); u != nil {
				h.Place = u.Title()
			}
			out, last = append(out, h), home
		}
		h := &out[len(out)-1]
		h.Rows = append(h.Rows, a.workRow(p, x, int64(i+1)))
	}
	return out
}

func (a *Ask) workRow(p *plan.Plan, x *worklist.Subject, n int64) WorkRow {
	r := WorkRow{N: n, Name: x.Person.Name, Href: "/dan-cu/" + id.String(x.Person.ID), Birth: people.BirthTitle(x.Person.Birth), Number: x.Person.Number.Mask(), Address: x.Person.Address, Why: x.Why}
	switch {
	case x.Class <= canvass.ClassBack:
		r.Mood = "good"
	case !x.Open:
		r.Mood = ""
	case x.Class == canvass.ClassNew:
		r.Mood = "note"
	default:
		r.Mood = "warn"
	}
	for _, st := range x.Steps {
		r.Steps = append(r.Steps, WorkStep{st.Text, st.Blocked != ""})
	}
	if c := &x.Contact; c.Result != "" {
		r.Last = c.Day.Vi() + ": " + vn.LowerFirst(canvass.ResultTitle(c.Result))
		if c.Reason != "" {
			r.Last += " (" + vn.LowerFirst(p.Canvass.ReasonTitle(c.Reason)) + ")"
		}
		if c.Tries > 1 {
			r.Last += ", " + strconv.FormatInt(c.Tries, 10) + " lần"
		}
		r.Orders = ordersText(strings.Split(c.Orders, ","))
	}
	for _, l := range p.Canvass.Languages {
		if l.ID == x.Lang {
			r.Lang = l.Title
		}
	}
	return r
}

// ordersText names what was taken down.
func ordersText(orders []string) string {
	var out []string
	for _, o := range orders {
		switch o {
		case canvass.OrderDevice:
			out = append(out, "máy 4G ưu đãi")
		case canvass.OrderSIM:
			out = append(out, "SIM chính chủ")
		}
	}
	return strings.Join(out, ", ")
}

// printWork keeps the list as it stands and opens it for the printer.
func printWork(a *Ask) error {
	q, err := a.workAsked()
	if err != nil {
		return err
	}
	q.query.Limit, _ = strconv.Atoi(a.Post("so"))
	day := clock.Day(a.Post("ngay"))
	if day != "" && day.Time().IsZero() {
		day = ""
	}
	title := q.unit.Title()
	if q.query.Team != 0 {
		names, err := a.teamNames(q.unit.ID)
		if err != nil {
			return err
		}
		title = teamName(names, q.query.Team)
	}
	sheet, _, err := a.Work.Print(a.Ctx(), a.Who, q.query, title, day)
	if _, ok := fault.As(err); ok && !fault.Is(err, fault.Forbidden) {
		s, bad := a.workScreen()
		if bad != nil {
			return bad
		}
		return Again(s, err)
	}
	if err != nil {
		return err
	}
	return a.Go(entryHref(sheet.Code) + "/in")
}
