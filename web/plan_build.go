package web

import (
	"strings"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// liveFigures are the numbers that stand beside the plan's clauses.
type liveFigures struct {
	today     clock.Day
	targets   map[string]standing // of the campaign's own unit
	segments  map[string]int64    // persons of a need group now; nil where none are told
	people    func(group, not string) string
	officials string // where the agencies' board is, "" for who may not see it
}

// showPlan is the plan as an official reads it, with the figures of the asker's own unit beside each clause.
func showPlan(a *Ask) error {
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	live := liveFigures{today: clock.DayOf(a.Clock()), people: func(string, string) string { return "" }}
	unit := a.topUnit("unit.see")
	if unit != nil {
		if err := a.liveFigures(&live, p, unit); err != nil {
			return err
		}
	}
	s := planScreen(p, live)
	if unit != nil {
		s.Lead += " Số liệu của " + unit.Title() + "."
	}
	return a.Show(s)
}

// liveFigures reads what stands beside the clauses.
func (a *Ask) liveFigures(live *liveFigures, p *plan.Plan, unit *territory.Unit) error {
	if a.Who.May("officials.see", unit.ID) == nil {
		live.officials = officialsHref
	}
	live.people = func(group, not string) string { return a.peopleHref(unit, group, not) }
	told, err := a.Figures.Standings(a.Ctx(), a.Who, []int64{unit.ID}, "")
	if err != nil {
		return err
	}
	live.targets = map[string]standing{}
	for t, s := range told[unit.ID] {
		if s.Eligible > 0 {
			live.targets[t] = standingOf(s)
		}
	}
	var series []string
	for _, g := range p.Segments {
		series = append(series, "s:"+g.ID)
	}
	n, err := a.Figures.Counts(a.Ctx(), a.Who, unit.ID, series)
	live.segments = map[string]int64{}
	for _, g := range p.Segments {
		live.segments[g.ID] = n["s:"+g.ID]
	}
	return err
}

// planScreen lays the plan out clause by clause, each with what it sets and how that stands (KH:IV.1, KH:V.1).
func planScreen(p *plan.Plan, live liveFigures) *Plan {
	s := &Plan{Issuer: p.Issuer.Body, PlanTitle: p.Title, Recipients: p.Distribution,
		Period: "Từ ngày " + p.From.Vi() + " đến hết ngày " + p.Until.Vi() + ", " + vn.Int(int64(p.Days())) + " ngày"}
	s.Title, s.Area = "Kế hoạch", "/ke-hoach"
	s.Lead = "Từng mục của kế hoạch, kèm số liệu đang có. Bấm vào số để xem những người đứng sau."
	for _, b := range p.LegalBasis {
		s.Basis = append(s.Basis, b.Text)
	}
	s.Parts = append(s.Parts, coveragePart(p))
	for _, c := range p.Clauses {
		roman, _, _ := strings.Cut(c.ID, ".")
		title := "Mục " + roman
		if roman == "0" {
			title = "Căn cứ và mục tiêu"
		}
		if last := len(s.Parts) - 1; s.Parts[last].Title != title {
			s.Parts = append(s.Parts, PlanPart{Title: title})
		}
		a := Article{Clause: c.ID, Title: c.Text}
		for _, x := range p.Cites(c.ID) {
			live.cite(p, x, &a)
		}
		part := &s.Parts[len(s.Parts)-1]
		part.Articles = append(part.Articles, a)
	}
	return s
}

// coveragePart shows the coverages with their ladders, lowest state first (law C1).
func coveragePart(p *plan.Plan) PlanPart {
	part := PlanPart{Title: "Các mục tiêu phủ"}
	for _, c := range p.Coverages {
		var states []string
		for _, st := range c.States {
			states = append(states, st.Title)
		}
		part.Articles = append(part.Articles, Article{Title: c.Title, Text: "Các bậc: " + strings.Join(states, " → ") + ". Đạt khi: " + c.StateTitle(c.Goal) + "."})
	}
	return part
}

// behind is where the people of a target are: in the register, or on the agencies' rosters (law N2).
func (l liveFigures) behind(t *plan.Target) string {
	if t.Basis == plan.BasisOfficials {
		return l.officials
	}
	return l.people("t:"+t.ID+":in", "t:"+t.ID+":confirmed")
}

// cite adds one thing that rests on a clause.
func (l liveFigures) cite(p *plan.Plan, x plan.Cited, a *Article) {
	switch x.Kind {
	case "target":
		t := p.Target(x.ID)
		a.Lines = append(a.Lines, "Chỉ tiêu: "+t.Title+".")
		if st, ok := l.targets[x.ID]; ok {
			a.Live = append(a.Live, Stat{Label: t.Short, Value: vn.Percent(st.Confirmed, st.Target), Note: vn.Int(st.Confirmed) + " / " + vn.Int(st.Target) + " người · " + st.Pace.Text(),
				Href: l.behind(t)})
		} else if t.Basis == plan.BasisOfficials {
			a.Live = append(a.Live, Stat{Label: t.Short, Value: "–", Note: "chưa có danh sách cán bộ"})
		}
	case "segment":
		g := p.Segment(x.ID)
		a.Lines = append(a.Lines, g.Title+": "+vn.LowerFirst(g.Work)+".")
		if l.segments != nil {
			a.Live = append(a.Live, Stat{Label: g.Title, Value: vn.Int(l.segments[x.ID]) + " người", Href: l.people("s:"+x.ID, "")})
		}
	case "duty":
		for _, d := range p.Duties {
			if d.ID == x.ID {
				a.Who = d.Who
				a.Lines = append(a.Lines, d.Text+".")
				l.due(d.Due, a)
			}
		}
	case "report":
		for _, r := range p.Reports {
			if r.ID == x.ID {
				a.Lines = append(a.Lines, r.Title+everyText(r.Every)+".")
				if r.Due != "" {
					a.Live = append(a.Live, Stat{Label: r.Title, Value: r.Due.Vi(), Note: l.left(r.Due)})
				}
			}
		}
	case "phase":
		for _, f := range p.Phases {
			if f.ID == x.ID && f.From <= l.today && l.today <= f.Until {
				a.Live = append(a.Live, Stat{Label: "Đang ở", Value: f.Title, Note: "đến hết " + f.Until.Vi()})
			}
		}
	case "extract":
		a.Lines = append(a.Lines, "Danh sách: "+x.Title+".")
	case "fact":
		a.Lines = append(a.Lines, "Tình trạng được ghi nhận: "+x.Title+".")
	case "quota":
		a.Lines = append(a.Lines, "Mỗi người ít nhất "+vn.Int(int64(p.PersonalQuota.N))+" người dân.")
	case "emulation":
		a.Lines = append(a.Lines, "Ngưỡng trong kế hoạch: xuất sắc từ "+vn.Rate(p.Emulation.Excellent)+", khá từ "+vn.Rate(p.Emulation.Good)+
			" chỉ tiêu; không xét khi số báo cáo bị bác quá "+vn.Rate(p.Emulation.OverClaim)+".")
	}
}

func (l liveFigures) due(day clock.Day, a *Article) {
	if day != "" {
		a.Live = append(a.Live, Stat{Label: "Hạn", Value: day.Vi(), Note: l.left(day)})
	}
}

// left says how far away a day is.
func (l liveFigures) left(day clock.Day) string {
	switch n := int64(day.Sub(l.today)); {
	case n > 0:
		return "còn " + vn.Int(n) + " ngày"
	case n == 0:
		return "hôm nay"
	default:
		return "đã qua " + vn.Int(-n) + " ngày"
	}
}

func everyText(every string) string {
	switch every {
	case "day":
		return ", hằng ngày"
	case "week":
		return ", hằng tuần"
	}
	return ""
}
