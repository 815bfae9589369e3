package web

import (
	"cmp"
	"net/url"
	"slices"

	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/tally"
	"bonphu/web/chart"
)

// residuePage is how many of a hamlet's residue stand on one page.
const residuePage = 50

// showUnit is the page of one unit, down to a hamlet with those who still lack something by name (KH:III.1.c).
func showUnit(a *Ask) error {
	u := a.Who.Tree().ByCode(a.R.PathValue("code"))
	f, err := a.figuresOf(u)
	if err != nil {
		return err
	}
	s := &Unit{PeopleHref: a.peopleHref(u, "", ""), Hamlet: len(f.kids) == 0}
	if a.Who.May("reconcile.see", u.ID) == nil {
		s.SettlingHref = settlingHref + "?don_vi=" + url.QueryEscape(u.Code)
	}
	s.Title, s.Area, s.Crumbs, s.Lead = u.Title(), "/dia-ban", a.crumbs(u), f.lead()
	s.Targets, s.Tabs = f.cards(a), tabsOf(a.R.URL.Path, a.R.URL.Query(), f.lines, f.at)
	s.RankTitle, s.Rank = f.rankTitle(), a.ranked(f.kids, f.of(f.line().target.ID), f.sparks)
	s.Today = f.today(a)
	if err := a.unitCounts(s, f); err != nil {
		return err
	}
	s.RoadTitle = f.line().coverage.Title + " theo ngày"
	s.Road = roadOf(f.plan, f.line().target, s.RoadTitle+", "+u.Title(), f.own(f.line().target.ID).Target, f.confirmed, f.claimed, f.day)
	if s.Hamlet {
		if err := a.residue(s, f); err != nil {
			return err
		}
	}
	return a.Show(s)
}

// crumbs lead from the topmost unit the asker may see down to this one.
func (a *Ask) crumbs(u *territory.Unit) []Crumb {
	var out []Crumb
	up := a.Who.Tree().Ancestors(u.ID)
	slices.Reverse(up)
	for _, x := range up {
		if href := a.unitHref(x); href != "" && x != u {
			out = append(out, Crumb{x.Title(), href})
		}
	}
	return append(out, Crumb{Title: u.Title()})
}

// unitCounts fills in the figures, the need groups (KH:II.2) and the ladder of the chosen coverage.
func (a *Ask) unitCounts(s *Unit, f *unitFigures) error {
	series := []string{"p:all", "p:female", "p:male"}
	for _, g := range f.plan.Segments {
		series = append(series, "s:"+g.ID)
	}
	c := f.line().coverage
	for _, st := range c.States {
		series = append(series, "c:"+c.ID+":confirmed:"+st.ID)
	}
	n, err := a.Figures.Counts(a.Ctx(), a.Who, f.unit.ID, series)
	if err != nil {
		return err
	}
	own := f.own(f.line().target.ID)
	s.Stats = []Stat{
		{Label: "Dân cư trong sổ", Value: vn.Int(n["p:all"]), Note: "nữ " + vn.Int(n["p:female"]) + ", nam " + vn.Int(n["p:male"]), Href: a.peopleHref(f.unit, "", "")},
		{Label: "Thuộc diện: " + f.line().coverage.Short, Value: vn.Int(own.Eligible), Note: "chỉ tiêu " + vn.Int(own.Target), Href: a.peopleHref(f.unit, "t:"+f.line().target.ID+":in", "")},
		{Label: "Còn thiếu: " + f.line().coverage.Short, Value: vn.Int(own.Eligible - own.Confirmed), Kind: "warn", Href: a.peopleHref(f.unit, "t:"+f.line().target.ID+":in", "t:"+f.line().target.ID+":confirmed")},
	}
	s.Needs.What = "Còn thiếu gì"
	for _, g := range f.plan.Segments {
		s.Needs.Items = append(s.Needs.Items, chart.Bar{Label: g.Title, N: n["s:"+g.ID], Href: a.peopleHref(f.unit, "s:"+g.ID, "")})
	}
	slices.SortStableFunc(s.Needs.Items, func(x, y chart.Bar) int { return cmp.Compare(y.N, x.N) })
	ladder := chart.Ladder{What: c.Title + ": đang ở bậc nào"}
	for _, st := range c.States {
		ladder.Steps = append(ladder.Steps, chart.Step{Label: st.Title, N: n["c:"+c.ID+":confirmed:"+st.ID], Href: a.peopleHref(f.unit, "c:"+c.ID+":confirmed:"+st.ID, "")})
	}
	s.Ladders = append(s.Ladders, ladder)
	return nil
}

// residue lists by name those who lack the chosen coverage (KH:III.1.c, law N2).
func (a *Ask) residue(s *Unit, f *unitFigures) error {
	target := f.line().target
	s.NeedTabs = s.Tabs
	own := f.own(target.ID)
	s.ResidueCount = own.Eligible - own.Confirmed
	s.None = Empty{Icon: "check", Title: "Không còn ai thiếu", Text: "Mọi người thuộc diện ở đây đã được xác nhận."}
	if a.Who.May("people.see", f.unit.ID) != nil {
		s.None = Empty{Icon: "people", Title: vn.Int(s.ResidueCount) + " người còn thiếu", Text: "Tài khoản của bạn xem được số lượng, không xem được danh sách tên."}
		return nil
	}
	page, err := a.Figures.Book.Residents(a.Ctx(), a.Who, tally.Query{Units: []int64{f.unit.ID}, Series: "t:" + target.ID + ":in", Not: "t:" + target.ID + ":confirmed", After: a.Query("sau"), N: residuePage})
	if err != nil {
		return err
	}
	for _, p := range page.People {
		s.Residue = append(s.Residue, Lacking{Name: p.Name, Href: "/dan-cu/" + id.String(p.ID), Birth: people.BirthTitle(p.Birth), Number: p.Number.Mask(), Phone: p.Phone.Mask(), Lacks: []string{f.line().coverage.Short}, Address: p.Address})
	}
	s.Pager.Text = vn.Int(int64(len(page.People))) + " trong " + vn.Int(s.ResidueCount) + " người"
	if page.Next != "" {
		q := url.Values{"phu": {f.line().coverage.ID}, "sau": {page.Next}}
		s.Pager.Next = a.R.URL.Path + "?" + q.Encode() + "#con-lai"
	}
	if q := a.Query("sau"); q != "" {
		s.Pager.Previous = a.R.URL.Path + "?" + url.Values{"phu": {f.line().coverage.ID}}.Encode() + "#con-lai"
	}
	return nil
}
