package web

import (
	"bytes"
	"cmp"
	"net/url"
	"strings"

	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/tally"
)

// registerPage is how many residents stand on one page.
const registerPage = 50

// showRegister finds residents by name without marks, number or telephone, within a unit and a group (KH:II.2); what narrows the
// list stays in the address.
func showRegister(a *Ask) error {
	s := &Register{Not: a.Query("tru")}
	s.Title, s.Area, s.Search = "Dân cư", "/dan-cu", a.Query("q")
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	scope := a.Who.Scope("people.see")
	unit, err := a.registerUnit()
	if err != nil {
		return err
	}
	tree := a.Who.Tree()
	units := scope
	if unit != nil {
		units = []int64{unit.ID}
	}
	var within []int64
	for _, u := range units {
		within = append(within, tree.Descendants(u)...)
	}
	if a.Who.MayAnywhere("people.export") {
		keep := a.R.URL.Query()
		keep.Del("sau")
		s.Export = "/dan-cu/xuat?" + keep.Encode()
	}
	q := tally.Query{Text: s.Search, Units: within, Series: a.Query("nhom"), Not: s.Not, After: a.Query("sau"), N: registerPage}
	if day, err := clock.ParseDay(a.Query("ngay")); err == nil {
		q.Day = day
	}
	page, err := a.Figures.Book.Residents(a.Ctx(), a.Who, q)
	a.registerChoices(s, p, scope, unit, q)
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
		s.None = Empty{Icon: "search", Title: "Chưa tìm được", Text: f.Text}
		return a.Show(s)
	}
	if err != nil {
		return err
	}
	for i := range page.People {
		s.Rows = append(s.Rows, a.resident(&page.People[i]))
	}
	s.None = Empty{Icon: "people", Title: "Không có ai khớp", Text: "Thử bỏ bớt điều kiện, gõ tên không dấu, hoặc gõ đủ 12 chữ số của số định danh."}
	a.registerPager(s, page, q)
	return a.Show(s)
}

// exportRegister gives the narrowed list as a file, with a trail row (law R2).
func exportRegister(a *Ask) error {
	unit, err := a.registerUnit()
	if err != nil {
		return err
	}
	units, at := a.Who.Scope("people.export"), int64(0)
	if unit != nil {
		units, at = []int64{unit.ID}, unit.ID
	} else if len(units) > 0 {
		at = units[0]
	}
	q := tally.Query{Text: a.Query("q"), Series: a.Query("nhom"), Not: a.Query("tru")}
	for _, u := range units {
		q.Units = append(q.Units, a.Who.Tree().Descendants(u)...)
	}
	var b bytes.Buffer
	if err := a.Figures.Export(a.Ctx(), a.Who, at, q, &b); err != nil {
		return err
	}
	a.attach("dan-cu-"+string(clock.DayOf(a.Clock()))+".csv", "text/csv; charset=utf-8")
	_, err = a.W.Write(b.Bytes())
	return err
}

// registerUnit is the unit the list is narrowed to; nil for the asker's whole scope.
func (a *Ask) registerUnit() (*territory.Unit, error) {
	code := a.Query("don_vi")
	if code == "" {
		return nil, nil
	}
	u := a.Who.Tree().ByCode(code)
	if u == nil {
		return nil, fault.New(fault.Missing, "web.no_unit", "Không có đơn vị mang mã này.")
	}
	return u, a.Who.May("people.see", u.ID)
}

func (a *Ask) resident(p *people.Person) Resident {
	return Resident{Name: p.Name, Href: "/dan-cu/" + id.String(p.ID), Birth: people.BirthTitle(p.Birth), Gender: people.GenderTitle(p.Gender),
		Number: p.Number.Mask(), Phone: p.Phone.Mask(), Place: a.Who.Tree().FullName(p.Unit)}
}

// registerChoices fills in the lists of units and groups and the chips of what is chosen.
func (a *Ask) registerChoices(s *Register, p *plan.Plan, scope []int64, unit *territory.Unit, q tally.Query) {
	tree := a.Who.Tree()
	for _, top := range scope {
		for _, x := range tree.Descendants(top) {
			u := tree.ByID(x)
			indent := ""
			if u.Tier > territory.TierCommune {
				indent = "– "
			}
			s.Units = append(s.Units, Choice{u.Code, indent + u.Title(), unit == u})
		}
	}
	titles := map[string]string{}
	for _, d := range tally.Definitions(p) {
		if d.Series == "" || d.Not != "" {
			continue
		}
		titles[d.Series] = cmp.Or(strings.TrimPrefix(d.Group, "Chỉ tiêu: "), d.Group) + ": " + vn.LowerFirst(d.Name)
		if n := len(s.Groups); n == 0 || s.Groups[n-1].Title != d.Group {
			s.Groups = append(s.Groups, ChoiceGroup{Title: d.Group})
		}
		g := &s.Groups[len(s.Groups)-1]
		g.Items = append(g.Items, Choice{d.Series, d.Name, d.Series == q.Series})
	}
	query := a.R.URL.Query()
	query.Del("sau")
	chip := func(param, title string) {
		without := url.Values{}
		for k, v := range query {
			if k != param {
				without[k] = v
			}
		}
		s.Chips = append(s.Chips, Tab{Title: title, Href: "/dan-cu?" + without.Encode()})
	}
	if s.Search != "" {
		chip("q", "“"+s.Search+"”")
	}
	if unit != nil {
		chip("don_vi", unit.Title())
	}
	if t := titles[q.Series]; t != "" {
		chip("nhom", t)
	}
	if q.Day != "" {
		chip("ngay", "đến hết ngày "+q.Day.Vi())
	}
	if t := titles[q.Not]; t != "" {
		chip("tru", "trừ "+vn.LowerFirst(t))
	}
}

func (a *Ask) registerPager(s *Register, page *tally.Page, q tally.Query) {
	query := a.R.URL.Query()
	if page.Next != "" {
		query.Set("sau", page.Next)
		s.Pager.Next = "/dan-cu?" + query.Encode()
	}
	if q.After != "" {
		query.Del("sau")
		s.Pager.Previous = "/dan-cu?" + query.Encode()
	}
	n := vn.Int(int64(len(page.People)))
	switch {
	case page.Total >= 0:
		s.Lead = vn.Int(page.Total) + " người."
		s.Pager.Text = n + " trong " + vn.Int(page.Total) + " người"
	case page.Next != "":
		s.Pager.Text = n + " người trên trang này"
	default:
		s.Pager.Text = n + " người"
	}
}
