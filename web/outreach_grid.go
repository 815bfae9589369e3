package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
	"bonphu/ops/outreach"
)

// outreachGrid lays hamlets × weeks out, and the same on a map: hamlets longest without anything first.
func (a *Ask) outreachGrid() (*OutreachGrid, *outreach.Grid, *territory.Unit, error) {
	q, u, _, err := a.outreachQuery()
	if err != nil {
		return nil, nil, nil, err
	}
	g, err := a.Outreach.Grid(a.Ctx(), a.Who, q)
	if err != nil {
		return nil, nil, nil, err
	}
	v := url.Values{}
	for _, k := range []string{"kenh", "doi_tuong", "tieng"} {
		if x := a.Query(k); x != "" {
			v.Set(k, x)
		}
	}
	at := func(code string, week int) string {
		v.Set("don_vi", code)
		v.Del("tuan")
		if week > 0 {
			v.Set("tuan", strconv.Itoa(week))
		}
		return "?" + v.Encode()
	}
	s := &OutreachGrid{Units: a.unitChoices("outreach.see", u.ID), Channels: a.channelChoices(q.Channel, "Mọi kênh"), Audiences: a.audienceChoices(q.Audience, "Mọi đối tượng"), Languages: a.languageChoices(q.Language, "Mọi ngôn ngữ"), Sheet: outreachHref + "/ap/xlsx" + at(u.Code, 0),
		None: Empty{Icon: "map", Title: "Chưa có ấp nào", Text: "Danh mục địa bàn chưa có ấp, sóc, khu phố thuộc đơn vị này."}}
	s.Title, s.Area = "Ấp × tuần", outreachHref
	s.Lead = fmt.Sprintf("%s: mỗi ô là số hoạt động đã làm trong tuần. Ấp lâu chưa có gì đứng trước.", u.Title())
	s.Crumbs = []Crumb{{"Tuyên truyền", outreachHref + "?don_vi=" + url.QueryEscape(u.Code)}, {Title: "Ấp × tuần"}}
	quiet := a.plan().Outreach.Quiet()
	s.Stats = []Stat{{Label: "Ấp, sóc, khu phố", Value: vn.Int(int64(len(g.Rows)))}, {Label: "Quá " + vn.Int(int64(quiet)) + " ngày chưa có gì", Value: vn.Int(int64(g.Quiet)), Kind: kindIf(g.Quiet > 0, "bad")},
		{Label: "Chưa có hoạt động nào", Value: vn.Int(int64(g.Never)), Note: "từ đầu đợt", Kind: kindIf(g.Never > 0, "bad")}, {Label: "Ô trống", Value: vn.Percent(int64(g.Empty), int64(len(g.Rows)*g.Over)), Note: fmt.Sprintf("%s trên %s ô, các tuần đã qua", vn.Int(int64(g.Empty)), vn.Int(int64(len(g.Rows)*g.Over)))}}
	for _, w := range g.Weeks {
		s.Weeks = append(s.Weeks, GridWeek{"Tuần " + strconv.Itoa(w.N), shortDay(w.From) + "–" + shortDay(w.Until)})
	}
	tree := a.Who.Tree()
	for i := range g.Rows {
		r := &g.Rows[i]
		row := GridRow{Name: r.Unit.Title(), Href: outreachHref + at(r.Unit.Code, 0), Mood: kindIf(r.Quiet, "bad"), Last: sinceText(r)}
		if c := tree.Commune(r.Unit.ID); c != nil {
			row.Commune = c.Title()
		}
		for j, c := range r.Cells {
			row.Cells = append(row.Cells, gridCell(r, g.Weeks[j], c, outreachHref+at(r.Unit.Code, j+1)))
		}
		s.Rows = append(s.Rows, row)
	}
	s.draw(g, tree, func(r *outreach.Row) string { return outreachHref + at(r.Unit.Code, 0) })
	return s, g, u, nil
}

func sinceText(r *outreach.Row) string {
	switch {
	case r.Never:
		return "chưa lần nào"
	case r.Since == 0:
		return "hôm nay"
	}
	return vn.Int(int64(r.Since)) + " ngày trước"
}

func gridCell(r *outreach.Row, w outreach.Week, c outreach.Cell, href string) GridCell {
	x := GridCell{Week: "Tuần " + strconv.Itoa(w.N), Href: href, Class: "none", Text: "–", Tip: r.Unit.Title() + ", tuần " + strconv.Itoa(w.N) + ": chưa có hoạt động nào"}
	if w.Running {
		x.Class = "running"
	}
	if n := c.Own + c.Wide; n > 0 {
		x.Text, x.Class = strconv.Itoa(n), "own"
		x.Tip = fmt.Sprintf("%s, tuần %d: %d của ấp, %d chung cả xã", r.Unit.Title(), w.N, c.Own, c.Wide)
		if c.Own == 0 {
			x.Class = "wide"
		}
	}
	return x
}

// draw puts the hamlets on a map by how long nothing was done; where some have no place of their own, on tiles by commune instead.
func (s *OutreachGrid) draw(g *outreach.Grid, tree *territory.Tree, href func(*outreach.Row) string) {
	if len(g.Rows) < 2 {
		return
	}
	class := func(r *outreach.Row) string {
		switch {
		case r.Never:
			return "never"
		case r.Quiet:
			return "quiet"
		}
		return "fresh"
	}
	places := map[[2]float64]bool{}
	for i := range g.Rows {
		places[[2]float64{g.Rows[i].Unit.Lat, g.Rows[i].Unit.Lon}] = true
	}
	if len(places)*4 < len(g.Rows)*3 || places[[2]float64{}] { // most share a place, or have none
		by := map[string]int{}
		rows := slices.Clone(g.Rows)
		slices.SortFunc(rows, func(a, b outreach.Row) int { return cmp.Compare(a.Unit.Code, b.Unit.Code) })
		for i := range rows {
			r := &rows[i]
			name := ""
			if c := tree.Commune(r.Unit.ID); c != nil {
				name = c.Title()
			}
			at, ok := by[name]
			if !ok {
				at = len(s.Tiles)
				by[name] = at
				s.Tiles = append(s.Tiles, TileGroup{Name: name})
			}
			s.Tiles[at].Tiles = append(s.Tiles[at].Tiles, GridCell{Text: r.Unit.Name, Class: class(r), Href: href(r), Tip: r.Unit.Title() + ": " + sinceText(r)})
		}
		return
	}
	lo, hi := *g.Rows[0].Unit, *g.Rows[0].Unit
	for i := range g.Rows {
		u := g.Rows[i].Unit
		lo.Lat, hi.Lat, lo.Lon, hi.Lon = min(lo.Lat, u.Lat), max(hi.Lat, u.Lat), min(lo.Lon, u.Lon), max(hi.Lon, u.Lon)
	}
	const wide, high, pad = 640.0, 400.0, 22.0
	scale := min((wide-2*pad)/max(hi.Lon-lo.Lon, 0.01), (high-2*pad)/max(hi.Lat-lo.Lat, 0.01))
	left := (wide - (hi.Lon-lo.Lon)*scale) / 2
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="reach-map" viewBox="0 0 %.0f %.0f" role="img" aria-label="Bản đồ các ấp: đỏ là chưa có hoạt động nào, vàng là quá lâu chưa có">`, wide, (hi.Lat-lo.Lat)*scale+2*pad)
	middle := map[string][3]float64{}
	for i := len(g.Rows) - 1; i >= 0; i-- { // what stands out is drawn last, on top
		r := &g.Rows[i]
		x, y := left+(r.Unit.Lon-lo.Lon)*scale, pad+(hi.Lat-r.Unit.Lat)*scale
		fmt.Fprintf(&b, `<a href="%s"><circle class="%s" cx="%.1f" cy="%.1f" r="%d"><title>%s</title></circle></a>`, template.HTMLEscapeString(href(r)), class(r), x, y, map[bool]int{true: 7, false: 5}[r.Quiet], template.HTMLEscapeString(tree.FullName(r.Unit.ID)+": "+sinceText(r)))
		if c := tree.Commune(r.Unit.ID); c != nil {
			m := middle[c.Name]
			middle[c.Name] = [3]float64{m[0] + x, m[1] + y, m[2] + 1}
		}
	}
	for _, u := range tree.All() {
		if m, ok := middle[u.Name]; ok && u.Tier == territory.TierCommune && len(middle) > 1 {
			fmt.Fprintf(&b, `<text x="%.1f" y="%.1f">%s</text>`, m[0]/m[2], m[1]/m[2], template.HTMLEscapeString(u.Name))
		}
	}
	b.WriteString("</svg>")
	s.Map = template.HTML(b.String())
}

func showOutreachGrid(a *Ask) error {
	s, _, _, err := a.outreachGrid()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// outreachWorkbook is the table as a workbook.
func outreachWorkbook(a *Ask) error {
	s, g, u, err := a.outreachGrid()
	if err != nil {
		return err
	}
	w := workbook.Sheet{Name: "Ấp × tuần", Head: []string{"Hoạt động tuyên truyền đã làm theo ấp và tuần", u.Title() + ", đến hết ngày " + a.today().Vi()}, Columns: []workbook.Column{{Title: "Ấp, sóc, khu phố", Width: 24}, {Title: "Xã, thị trấn", Width: 20}, {Title: "Ngày gần nhất", Width: 14}, {Title: "Số ngày chưa có", Width: 10, Kind: workbook.Int}}}
	for _, x := range s.Weeks {
		w.Columns = append(w.Columns, workbook.Column{Title: "Của ấp", Group: x.Title + " (" + x.Days + ")", Width: 8, Kind: workbook.Int}, workbook.Column{Title: "Cả xã", Group: x.Title + " (" + x.Days + ")", Width: 8, Kind: workbook.Int})
	}
	for i := range g.Rows {
		r := &g.Rows[i]
		last := "chưa lần nào"
		if !r.Never {
			last = r.Last.Vi()
		}
		row := []any{r.Unit.Title(), s.Rows[i].Commune, last, int64(r.Since)}
		for _, c := range r.Cells {
			row = append(row, int64(c.Own), int64(c.Wide))
		}
		w.Rows = append(w.Rows, row)
	}
	b := workbook.Book{Title: "Tuyên truyền theo ấp và tuần", Sheets: []workbook.Sheet{w}, Notes: []string{"Hoạt động chung cả xã được tính cho mọi ấp của xã; hoạt động chung cả huyện không tính."}}
	a.attach("tuyen-truyen-ap-tuan-"+u.Code+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return b.Write(a.W)
}
