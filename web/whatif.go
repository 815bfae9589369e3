package web

import (
	"strconv"

	"bonphu/internal/clock"
	"bonphu/ops/allotment"
)

// WhatIf shows what a division would come to before it is saved (law A2).
type WhatIf struct {
	Page
	Until, Rest, Capacity string
	Note                  string
	Overloads             []string
	Changes               []QuotaChange
	MaySave               bool
}

// Template names the screen.
func (*WhatIf) Template() string { return "work/whatif" }

// QuotaChange is one team's quota of today, before and after.
type QuotaChange struct {
	Team, Target string
	Was, Now     int64
}

// whatIfMax bounds each list of the screen.
const whatIfMax = 60

// showWhatIf tries a division out: another last day, a day of rest, another capacity.
func showWhatIf(a *Ask) error {
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	s := &WhatIf{Until: a.Query("xong"), Rest: a.Query("nghi"), Capacity: a.Query("suc"), MaySave: a.Who.May("quota.plan", 0) == nil}
	s.Title, s.Area, s.Lead = "Thử chia lại chỉ tiêu", "/giao-chi-tieu", "Thử trước khi lưu: chưa có gì thay đổi cho đến khi bấm lưu."
	s.Crumbs = []Crumb{{"Chỉ tiêu", "/giao-chi-tieu"}, {Title: "Thử chia lại"}}
	what := allotment.WhatIf{Capacity: map[int64]int64{}}
	if d, err := clock.ParseDay(s.Until); err == nil {
		what.Until = d
	}
	if d, err := clock.ParseDay(s.Rest); err == nil {
		what.RestDays = append(what.RestDays, d)
	}
	names := map[int64]string{0: "Chưa có tổ"}
	today := clock.DayOf(a.Clock())
	teams, err := a.Canvass.List(a.Ctx(), a.Who, a.planUnit(), today)
	if err != nil {
		return err
	}
	capacity, _ := strconv.ParseInt(s.Capacity, 10, 64)
	for i := range teams {
		t := &teams[i]
		names[t.ID] = t.Name
		if c := a.Who.Tree().Commune(t.Unit); c != nil {
			names[t.ID] += ", " + c.Title()
		}
		if capacity > 0 {
			what.Capacity[t.ID] = capacity
		}
	}
	out, err := a.Allot.Preview(a.Ctx(), a.Who, today, a.Need(), what)
	if err != nil {
		return err
	}
	title := func(target string) string {
		if t := p.Target(target); t != nil {
			return t.Short
		}
		return target
	}
	s.Note = out.Note()
	for _, o := range out.Overloads[:min(whatIfMax, len(out.Overloads))] {
		s.Overloads = append(s.Overloads, o.Sentence(names[o.Team], title(o.Target)))
	}
	for _, c := range out.Changes[:min(whatIfMax, len(out.Changes))] {
		s.Changes = append(s.Changes, QuotaChange{names[c.Team], title(c.Target), c.Was, c.Now})
	}
	return a.Show(s)
}

// planUnit is the campaign's own unit, 0 when the tree does not have it.
func (a *Ask) planUnit() int64 {
	if p := a.plan(); p != nil {
		if u := a.Who.Tree().ByCode(p.Place.Unit); u != nil {
			return u.ID
		}
	}
	return 0
}

// replan divides what is left from today on, and saves it (law A2).
func replan(a *Ask) error {
	if _, err := a.campaignPlan(); err != nil {
		return err
	}
	if _, err := a.Allot.Replan(a.Ctx(), a.Who, clock.DayOf(a.Clock()), a.Need()); err != nil {
		return err
	}
	return a.Go("/giao-chi-tieu")
}
