package web

import (
	"cmp"
	"net/url"
	"strings"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/oversight/lead"
	"bonphu/web/chart"
)

const leadHref = "/lanh-dao"

// mostTasks is how many things to decide the page shows.
const mostTasks = 8

// leadAsk is what the leadership's page and its wall-board are asked for.
type leadAsk struct {
	unit    *territory.Unit
	plan    *plan.Plan
	outlook *lead.Outlook
	targets []*plan.Target
	at      int  // the target mapped and ranked
	past    bool // a day that is over is looked at (law C5)
}

func (q *leadAsk) target() *plan.Target { return q.targets[q.at] }

// address is the page, or the wall-board, with a target.
func (q *leadAsk) address(path string, target *plan.Target) string {
	return q.addressOf(path, q.unit, target)
}

func (q *leadAsk) addressOf(path string, u *territory.Unit, target *plan.Target) string {
	v := url.Values{"don_vi": {u.Code}, "phu": {target.ID}}
	if q.past {
		v.Set("ngay", string(q.outlook.Day))
	}
	return path + "?" + v.Encode()
}

// leadAsked reads what the address asks for; the asker's own topmost unit and the target furthest behind are what is shown first.
func (a *Ask) leadAsked() (*leadAsk, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	q := &leadAsk{plan: p}
	if q.unit, err = a.askedUnit("lead.see"); err != nil {
		return nil, err
	}
	if home := a.Who.Tree().Place(p.Place.Unit); home != nil && a.Query("don_vi") == "" && a.Who.Tree().Within(home.ID, q.unit.ID) {
		q.unit = home
	}
	day, err := a.day()
	if err != nil {
		return nil, err
	}
	if q.outlook, err = a.Lead.Outlook(a.Ctx(), a.Who, q.unit.ID, day); err != nil {
		return nil, err
	}
	q.past = a.Query("ngay") != "" && q.outlook.Day < min(a.today(), p.Until)
	worst := 0.0
	for i := range p.Targets {
		t := &p.Targets[i]
		l := q.outlook.Of(q.unit.ID, t.ID)
		if l.Goal == 0 && !t.Main {
			continue
		}
		if q.targets = append(q.targets, t); t.Main && l.Goal > 0 && l.Ahead < worst {
			worst, q.at = l.Ahead, len(q.targets)-1
		}
	}
	for i, t := range q.targets {
		if t.ID == a.Query("phu") {
			q.at = i
		}
	}
	return q, nil
}

// leadName is a target in a few words.
func (q *leadAsk) leadName(t *plan.Target) string {
	if c := q.plan.Coverage(t.Coverage); t.Main && c != nil {
		return cmp.Or(c.Short, c.Title)
	}
	return t.Short
}

func paceOf(l *lead.Line) Pace { return Pace{Known: l.Goal > 0, Days: l.AheadDays()} }

// forecastText spells a forecast with its interval; the middle alone where nothing is uncertain.
func forecastText(f lead.Forecast) string {
	switch {
	case !f.Known:
		return ""
	case f.Low == f.High:
		return vn.Int(f.Mid)
	}
	return vn.Int(f.Mid) + " (" + vn.Int(f.Low) + "–" + vn.Int(f.High) + ")"
}

// leadRoad tells one target of a unit.
func (a *Ask) leadRoad(q *leadAsk, u *territory.Unit, t *plan.Target) LeadRoad {
	l := q.outlook.Of(u.ID, t.ID)
	r := LeadRoad{Name: t.Short, Clause: t.Clause, Href: q.address(leadHref, t) + "#cham", Confirmed: l.Confirmed, Goal: l.Goal, Rate: vn.Percent(l.Confirmed, l.Goal), Pace: paceOf(&l),
		End:      chart.Ending{What: t.Short, Confirmed: l.Confirmed, Mid: l.Forecast.Mid, Low: l.Forecast.Low, High: l.Forecast.High, Target: l.Goal, Eligible: l.Eligible, Known: l.Forecast.Known},
		Forecast: forecastText(l.Forecast), Why: l.Forecast.Why, Quota: vn.UpperFirst(l.Quota.Sentence())}
	if forecastShown(t) {
		r.People = a.peopleHref(u, "t:"+t.ID+":in", "t:"+t.ID+":confirmed")
	} else if a.Who.MayAnywhere("officials.see") {
		r.People = "/can-bo"
	}
	if l.Forecast.Known {
		r.ForecastRate = vn.Percent(l.Forecast.Mid, l.Goal)
	}
	if l.Forecast.Seen != "" {
		r.Seen = l.Forecast.Seen.Vi()
	}
	switch l.Quota.State {
	case lead.Beyond:
		r.QuotaMood = "late"
	case lead.Reached:
		r.QuotaMood = "faint"
	}
	return r
}

// leadMap draws the units under it, coloured by days before or behind the roadmap in the chosen target.
func (a *Ask) leadMap(q *leadAsk, path string) chart.Squares {
	m := chart.Squares{What: "Bản đồ ô vuông: " + q.target().Short + ", so với lộ trình"}
	for _, x := range lead.Tiles(q.plan.Tiles, q.outlook.Parts) {
		l := q.outlook.Of(x.Unit.ID, q.target().ID)
		p := paceOf(&l)
		s := chart.Square{Row: x.Row, Col: x.Col, Name: x.Unit.Name, Kind: p.Kind(), Sign: p.Mark(), Text: paceShort(p), Note: vn.Percent(l.Confirmed, l.Goal), Sentence: x.Unit.Title() + ": " + vn.LowerFirst(p.Text()) + ", đã xác nhận " + vn.Percent(l.Confirmed, l.Goal) + " (" + vn.Int(l.Confirmed) + " / " + vn.Int(l.Goal) + ")"}
		if x.Unit.Tier == territory.TierHamlet {
			s.Name = x.Unit.Title()
		}
		if path != "" {
			s.Href = q.addressOf(path, x.Unit, q.target())
			if len(a.Who.Tree().Children(x.Unit.ID, q.outlook.Day)) == 0 {
				s.Href = a.unitHref(x.Unit)
			}
		}
		m.Items = append(m.Items, s)
	}
	return m
}

// paceShort is a pace on a square.
func paceShort(p Pace) string {
	switch {
	case !p.Known:
		return "chưa giao"
	case p.Days == 0:
		return "đúng"
	}
	return vn.Int(int64(max(p.Days, -p.Days))) + " ngày"
}

// leadLate tells who is behind and why.
func (a *Ask) leadLate(q *leadAsk, late []lead.Late) []LeadLate {
	out := make([]LeadLate, 0, len(late))
	for i := range late {
		x := &late[i]
		l := &x.Line
		r := LeadLate{Place: vn.Int(int64(i + 1)), Name: x.Unit.Title(), Href: a.unitHref(x.Unit), People: a.peopleHref(x.Unit, "t:"+q.target().ID+":in", "t:"+q.target().ID+":confirmed"),
			Confirmed: l.Confirmed, Goal: l.Goal, Rate: vn.Percent(l.Confirmed, l.Goal), Pace: paceOf(l), Forecast: forecastText(l.Forecast)}
		if gap, ok := l.Gap(); ok && gap > 0 {
			r.Gap = "thiếu " + vn.Int(gap)
		} else if ok {
			r.Gap = "đủ"
		}
		if !forecastShown(q.target()) {
			r.People = ""
		}
		for _, y := range x.Reasons {
			r.Reasons = append(r.Reasons, LeadReason{y.Text, y.Href})
		}
		out = append(out, r)
	}
	return out
}

// forecastShown tells whether a target counts the register, so that the people behind it are in the register.
func forecastShown(t *plan.Target) bool { return t.Basis != plan.BasisOfficials }

// worked are the kinds of today's tasks that are work and no decision.
var worked = map[string]bool{"quota": true, "credits": true, "sessions": true, "dossiers": true, "slips": true, "inspections": true}

func leadTasks(list []lead.Task, today clock.Day, icon string) []LeadTask {
	var out []LeadTask
	for _, t := range list {
		x := LeadTask{Icon: icon, Text: t.Title, Count: vn.Int(int64(t.N)) + " " + t.Unit, Note: t.Note, Href: t.Href}
		switch t.When(today) {
		case lead.Overdue:
			x.Kind = "bad"
			if t.Late > 0 && t.Late < t.N {
				x.Note = strings.TrimPrefix(x.Note+", "+vn.Int(int64(t.Late))+" quá hạn", ", ")
			}
		case lead.Now:
			x.Kind = "warn"
		default:
			x.Note = strings.TrimPrefix(x.Note+", hạn "+t.Due.Vi(), ", ")
		}
		out = append(out, x)
	}
	return out
}

// answer says in one sentence whether the unit is on its roadmap.
func (q *leadAsk) answer() string {
	var late, sure, beyond, n int
	for _, t := range q.targets {
		l := q.outlook.Of(q.unit.ID, t.ID)
		if l.Goal == 0 {
			continue
		}
		n++
		if l.AheadDays() < 0 {
			late++
		}
		switch l.Chance() {
		case lead.Reached:
			sure++
		case lead.Beyond:
			beyond++
		}
	}
	if n == 0 {
		return "Chưa có chỉ tiêu nào được giao."
	}
	s := vn.Int(int64(n-late)) + " trên " + vn.Int(int64(n)) + " chỉ tiêu đúng hoặc nhanh hơn lộ trình"
	if late > 0 {
		s += ", " + vn.Int(int64(late)) + " chậm"
	}
	if sure > 0 {
		s += "; " + vn.Int(int64(sure)) + " chắc đạt nếu giữ đà này"
	}
	if beyond > 0 {
		s += "; " + vn.Int(int64(beyond)) + " sẽ không đạt nếu cứ đà này"
	}
	return s + "."
}
