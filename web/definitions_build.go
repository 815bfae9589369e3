package web

import (
	"net/url"

	"bonphu/internal/vn"
	"bonphu/oversight/lead"
	"bonphu/oversight/reconcile"
	"bonphu/oversight/tally"
	"bonphu/oversight/worklist"
)

// showDefinitions prints every number with its definition and what it is now for the asker's own unit (laws N1, N2).
func showDefinitions(a *Ask) error {
	s := &Definitions{None: Empty{Icon: "book", Title: "Chưa có kế hoạch", Text: "Các số liệu được định nghĩa theo kế hoạch; hãy nạp kế hoạch trước."}}
	s.Title, s.Area = "Định nghĩa số liệu", "/dinh-nghia"
	p := a.plan()
	if p == nil {
		return a.Show(s)
	}
	s.Lead = "Mỗi số liệu có một định nghĩa duy nhất; mọi màn hình, báo cáo và lệnh đều đọc từ đây."
	list := tally.Definitions(p)
	unit := a.topUnit("unit.see")
	now := map[string]int64{}
	if unit != nil {
		s.Lead += " Cột “Hiện nay” là số của " + unit.Title() + "."
		var series []string
		for _, d := range list {
			if d.Series != "" {
				series = append(series, d.Series)
			}
		}
		var err error
		if now, err = a.Figures.Counts(a.Ctx(), a.Who, unit.ID, series); err != nil {
			return err
		}
	}
	for _, d := range list {
		if n := len(s.Groups); n == 0 || s.Groups[n-1].Title != d.Group {
			s.Groups = append(s.Groups, DefinitionGroup{Title: d.Group})
		}
		row := Definition{Key: d.Key, Name: d.Name, Unit: d.Unit, Formula: d.Formula, Clause: d.Clause}
		if d.Series != "" && unit != nil {
			row.Now, row.Href = vn.Int(now[d.Series]-now[d.Not]), a.peopleHref(unit, d.Series, d.Not)
		}
		g := &s.Groups[len(s.Groups)-1]
		g.Items = append(g.Items, row)
	}
	if err := a.settlingDefinitions(s); err != nil {
		return err
	}
	if err := a.workDefinitions(s); err != nil {
		return err
	}
	leadDefinitions(s)
	return a.Show(s)
}

// leadDefinitions adds the numbers of leadership's page.
func leadDefinitions(s *Definitions) {
	for _, d := range lead.Definitions() {
		if n := len(s.Groups); n == 0 || s.Groups[n-1].Title != d.Group {
			s.Groups = append(s.Groups, DefinitionGroup{Title: d.Group})
		}
		g := &s.Groups[len(s.Groups)-1]
		g.Items = append(g.Items, Definition{Key: d.Key, Name: d.Name, Unit: d.Unit, Formula: d.Formula, Clause: d.Clause})
	}
}

// settlingDefinitions adds the numbers of reconciliation.
func (a *Ask) settlingDefinitions(s *Definitions) error {
	unit := a.topUnit("reconcile.see")
	var now reconcile.Classes
	if unit != nil {
		told, _, err := a.Reconcile.Summary(a.Ctx(), a.Who, []int64{unit.ID}, reconcile.Filter{})
		if err != nil {
			return err
		}
		now = told[unit.ID]
	}
	g := DefinitionGroup{}
	for _, d := range reconcile.Definitions() {
		g.Title = d.Group
		row := Definition{Key: d.Key, Name: d.Name, Unit: d.Unit, Formula: d.Formula, Clause: d.Clause}
		if n, fate, count := now.Value(d.Key); count && unit != nil {
			row.Now, row.Href = vn.Int(n), settlingHref+"/bao-cao?"+url.Values{"don_vi": {unit.Code}, "loai": {string(fate)}}.Encode()
		} else if unit != nil {
			row.Now, row.Href = vn.Percent(now.Over.Denied, now.Over.Denied+now.Over.Confirmed), settlingHref
		}
		g.Items = append(g.Items, row)
	}
	s.Groups = append(s.Groups, g)
	return nil
}

// workDefinitions adds the numbers of the work from door to door.
func (a *Ask) workDefinitions(s *Definitions) error {
	unit := a.topUnit("field.see")
	var now worklist.Place
	if unit != nil {
		var err error
		if now, err = a.Work.Standing(a.Ctx(), a.Who, unit.ID); err != nil {
			return err
		}
	}
	g := DefinitionGroup{}
	for _, d := range worklist.Definitions() {
		g.Title = d.Group
		row := Definition{Key: d.Key, Name: d.Name, Unit: d.Unit, Formula: d.Formula, Clause: d.Clause}
		if unit != nil {
			row.Now, row.Href = vn.Int(now.Value(d.Key)), workHref+"?don_vi="+url.QueryEscape(unit.Code)
		}
		g.Items = append(g.Items, row)
	}
	s.Groups = append(s.Groups, g)
	return nil
}
