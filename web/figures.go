package web

import (
	"cmp"
	"net/url"
	"slices"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/web/chart"
)

// sparkDays are the days that the small lines of a ranking show.
const sparkDays = 14

// standing is where one unit stands in one target on the day asked for. Verified and claimed lie beside confirmed and hold
// nobody who is already in it (law C3).
type standing struct {
	Target, Eligible, Confirmed, Verified, Claimed, Expected int64
	Quota, Done                                              int64
	Pace                                                     Pace
}

// bar draws a standing. The lane of claims shows how far the units would be were all of it confirmed.
func (s standing) bar() chart.Progress {
	return chart.Progress{Target: s.Target, Eligible: s.Eligible, Expected: s.Expected, Confirmed: s.Confirmed, Verified: s.Verified, Claimed: s.Claimed}
}

func (s standing) slim() chart.Progress {
	b := s.bar()
	b.Slim = true
	return b
}

// campaignPlan is the plan, or the fault that says there is none yet.
func (d *Desk) campaignPlan() (*plan.Plan, error) {
	if p := d.plan(); p != nil {
		return p, nil
	}
	return nil, fault.New(fault.Missing, "web.no_plan", "Chưa có kế hoạch nào được nạp. Quản trị hệ thống chạy: bonphu init --plan TỆP.")
}

// line is one coverage of the plan with the target that the board shows for it.
type line struct {
	coverage *plan.Coverage
	target   *plan.Target
}

// linesOf lists the coverages that have a target of their own, in the plan's order (KH:0.b).
func linesOf(p *plan.Plan) []line {
	var out []line
	for i := range p.Coverages {
		if t := p.MainTarget(p.Coverages[i].ID); t != nil {
			out = append(out, line{&p.Coverages[i], t})
		}
	}
	return out
}

// chosen is the line that the address asks for, else the first.
func chosen(lines []line, want string) int {
	return max(slices.IndexFunc(lines, func(l line) bool { return l.coverage.ID == want }), 0)
}

// tabsOf lets a person choose a coverage; other parameters of the address stay.
func tabsOf(path string, query url.Values, lines []line, at int) []Tab {
	out := make([]Tab, len(lines))
	for i, l := range lines {
		q := url.Values{}
		for k, v := range query {
			q[k] = v
		}
		q.Set("phu", l.coverage.ID)
		out[i] = Tab{cmp.Or(l.coverage.Short, l.coverage.Title), path + "?" + q.Encode(), i == at}
	}
	return out
}

// peopleHref is the register narrowed to a unit and a group (law N2); "" for those who may not see people there.
func (a *Ask) peopleHref(u *territory.Unit, group, not string) string {
	if u == nil || a.Who.May("people.see", u.ID) != nil {
		return ""
	}
	q := url.Values{"don_vi": {u.Code}}
	if group != "" {
		q.Set("nhom", group)
	}
	if not != "" {
		q.Set("tru", not)
	}
	return "/dan-cu?" + q.Encode()
}

// unitHref is a unit's page; "" for those who may not see it.
func (a *Ask) unitHref(u *territory.Unit) string {
	if a.Who.May("unit.see", u.ID) != nil {
		return ""
	}
	return "/don-vi/" + url.PathEscape(u.Code)
}

// ranked orders units by their rate; units with the same rate share a place (law J3).
func (a *Ask) ranked(units []*territory.Unit, of map[int64]standing, sparks map[int64][]int64) []Ranked {
	list := slices.Clone(units)
	slices.SortStableFunc(list, func(x, y *territory.Unit) int { return byRate(of[x.ID], of[y.ID]) })
	out := make([]Ranked, len(list))
	for i, u := range list {
		s := of[u.ID]
		first := i
		for first > 0 && byRate(of[list[first-1].ID], s) == 0 {
			first--
		}
		place := vn.Int(int64(first + 1))
		if first < i || i+1 < len(list) && byRate(s, of[list[i+1].ID]) == 0 {
			place += "="
		}
		if s.Target == 0 {
			place = "–"
		}
		out[i] = Ranked{Place: place, Name: u.Title(), Href: a.unitHref(u), Bar: s.slim(), Pace: s.Pace,
			Trend: chart.Spark{Values: sparks[u.ID], What: "Đã xác nhận " + vn.Int(sparkDays) + " ngày qua của " + u.Title()}}
	}
	return out
}

// byRate orders standings by confirmed against target, highest first, units without a target last.
func byRate(x, y standing) int {
	if x.Target == 0 || y.Target == 0 {
		return cmp.Compare(min(y.Target, 1), min(x.Target, 1))
	}
	return cmp.Compare(y.Confirmed*x.Target, x.Confirmed*y.Target)
}

// roadOf draws one target day by day against the roadmap (law A3).
func roadOf(p *plan.Plan, t *plan.Target, title string, goal int64, confirmed, claimed []int64, today clock.Day) chart.Roadmap {
	r := chart.Roadmap{Title: title, Start: p.From, Days: p.Days(), Today: today.Sub(p.From), Target: goal}
	base := int64(0) // what was there when the roadmap started
	if at := p.Start().Sub(p.From); at >= 0 && len(confirmed) > 0 {
		base = min(confirmed[min(at, len(confirmed)-1)], goal)
	}
	for day := range p.Days() {
		r.Curve = append(r.Curve, chart.Point{Day: day, N: base + int64(p.RoadmapPercent(t.ID, p.From.Add(day))*float64(goal-base)/100)})
	}
	for day, n := range confirmed {
		r.Confirmed = append(r.Confirmed, chart.Point{Day: day, N: n})
	}
	for day, n := range claimed {
		r.Claimed = append(r.Claimed, chart.Point{Day: day, N: n})
	}
	for _, f := range p.Phases {
		r.Phases = append(r.Phases, chart.Phase{From: f.From.Sub(p.From), To: f.Until.Sub(p.From), Name: f.Title})
	}
	return r
}
