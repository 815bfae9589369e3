package web

import (
	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/oversight/tally"
)

// showTerritory is the matrix of units against targets: those under the asker's topmost unit, told in the units of the day or, with
// nay=1, in today's by their successions (law T2).
func showTerritory(a *Ask) error {
	s := &Territory{None: Empty{Icon: "map", Title: "Chưa có đơn vị nào", Text: "Quản trị hệ thống nhập danh mục đơn vị hành chính để bắt đầu."}}
	s.Title, s.Area = "Địa bàn", "/dia-ban"
	p := a.plan()
	top := a.topUnit("unit.see")
	if p == nil || top == nil {
		return a.Show(s)
	}
	day, err := a.day()
	if err != nil {
		return err
	}
	lines := linesOf(p)
	tree := a.Who.Tree()
	kids := tree.Children(top.ID, day)
	if len(kids) == 0 {
		kids = []*territory.Unit{top}
	}
	ids := []int64{top.ID}
	for _, k := range kids {
		ids = append(ids, k.ID)
	}
	told, err := a.Figures.Standings(a.Ctx(), a.Who, ids, day)
	if err != nil {
		return err
	}
	s.Crumbs = a.crumbs(top)
	hamlets := int64(0)
	for _, l := range lines {
		s.Targets = append(s.Targets, l.coverage.Title)
	}
	for _, k := range kids {
		row, err := a.territoryRow(k, lines, told[k.ID], day)
		if err != nil {
			return err
		}
		hamlets += row.Hamlets
		s.Rows = append(s.Rows, row)
	}
	if s.Sum, err = a.territoryRow(top, lines, told[top.ID], day); err != nil {
		return err
	}
	s.Sum.Name, s.Sum.Hamlets = "Toàn "+vn.LowerFirst(top.Title()), hamlets
	s.Lead = vn.Int(int64(len(kids))) + " đơn vị trực thuộc " + top.Title() + ", số liệu đến hết ngày " + day.Vi() + "."
	now := clock.DayOf(a.Clock())
	s.Note = renamed(tree, kids, now)
	return a.Show(s)
}

// territoryRow is one unit of the matrix.
func (a *Ask) territoryRow(u *territory.Unit, lines []line, told map[string]tally.Standing, day clock.Day) (TerritoryRow, error) {
	row := TerritoryRow{Name: u.Title(), Href: a.unitHref(u), Hamlets: int64(len(a.Who.Tree().Children(u.ID, day)))}
	if u.Provisional {
		row.Note = "tên tạm theo danh sách"
	}
	n, err := a.Figures.Counts(a.Ctx(), a.Who, u.ID, []string{"p:all"})
	row.People = n["p:all"]
	for _, l := range lines {
		row.Cells = append(row.Cells, TerritoryCell{l.coverage.Short, standingOf(told[l.target.ID]).slim()})
	}
	return row, err
}

// renamed says what has become of units that are no more on a day (law T2).
func renamed(tree *territory.Tree, units []*territory.Unit, day clock.Day) string {
	text := ""
	for _, u := range units {
		if u.In(day) {
			continue
		}
		if text != "" {
			text += " "
		}
		if to, ok := tree.Retell(u.ID, day); ok {
			text += u.Title() + " nay thuộc " + tree.ByID(to).Title() + "."
		} else {
			text += u.Title() + " nay chưa rõ thuộc đơn vị nào."
		}
	}
	return text
}

// topUnit is the topmost unit on which the asker may do something: the plan's own where it lies in their scope; nil for none.
func (a *Ask) topUnit(verb access.Verb) *territory.Unit {
	tree := a.Who.Tree()
	if p := a.plan(); p != nil {
		if u := tree.ByCode(p.Place.Unit); u != nil && a.Who.May(verb, u.ID) == nil {
			return u
		}
	}
	if scope := a.Who.Scope(verb); len(scope) > 0 {
		return tree.ByID(scope[0])
	}
	return nil
}
