package web

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/points"
	"bonphu/ops/points/route"
)

func decimal(f float64) string { return vn.Int(int64(f + 0.5)) }

// signed spells a gain or loss: "+3", "−12".
func signed(f float64, unit string) string {
	switch n := int64(f + 0.5*sign(f)); {
	case n > 0:
		return "thêm " + vn.Int(n) + " " + unit
	case n < 0:
		return "bớt " + vn.Int(-n) + " " + unit
	}
	return "không đổi " + unit
}

func sign(f float64) float64 {
	if f < 0 {
		return -1
	}
	return 1
}

// routeScreen shows the question, and the unit's last draft with what a change by hand would cost.
func (a *Ask) routeScreen() (*RouteScreen, error) {
	u, err := a.pointsUnit()
	if err != nil {
		return nil, err
	}
	s := &RouteScreen{MayPlan: a.Who.May("points.plan", u.ID) == nil, Unit: u.Code, Units: a.unitChoices("points.see", u.ID), Turnout: "60", From: string(a.today()), Until: string(a.today().Add(13)),
		None: Empty{Icon: "map", Title: "Chưa lập lộ trình nào", Text: "Chọn ngày và bộ thiết bị rồi bấm Lập lộ trình: máy tính từ số người còn cần hồ sơ ở từng ấp, quãng đường, sức thu nhận và ngày nơi cho mượn chỗ nhận được."}}
	if p := a.plan(); p != nil && a.today() < p.Until {
		s.Until = string(min(p.Until, a.today().Add(60)))
	}
	s.Title, s.Area = "Lộ trình điểm lưu động", weekHref
	s.Lead = a.Who.Tree().FullName(u.ID) + ": bộ thiết bị nào, ở đâu, ngày nào. Buổi đã khóa, đã mời người hoặc do người xếp tay được giữ nguyên."
	s.Crumbs = []Crumb{{"Lịch điểm", weekHref}, {Title: "Lộ trình lưu động"}}
	kits, err := a.Points.Kits(a.Ctx(), a.Who, u.ID, a.today())
	if err != nil {
		return nil, err
	}
	d, err := a.Points.Draft(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, err
	}
	rest := []int{0}
	chosen := func(int64) bool { return true }
	if d != nil {
		rest = d.Ask.Rest
		s.From, s.Until, s.Turnout = string(max(d.Ask.From, a.today())), string(d.Ask.Until), strconv.Itoa(int(d.Ask.Turnout*100+0.5))
		chosen = func(k int64) bool { return slices.Contains(d.Ask.Kits, k) }
	}
	for _, k := range kits {
		if k.Capacity > 0 {
			s.Kits = append(s.Kits, Choice{id.String(k.ID), k.Name + ", " + vn.Int(k.Capacity) + " hồ sơ/ngày", chosen(k.ID)})
		}
	}
	for i := range 7 {
		w := (i + 1) % 7
		s.Weekdays = append(s.Weekdays, Choice{strconv.Itoa(w), weekdays[w], slices.Contains(rest, w)})
	}
	if d != nil && d.State != points.Dropped {
		a.showDraft(s, d)
	}
	return s, nil
}

// showDraft lays the draft out: figures, map, calendar, and the form of a change by hand.
func (a *Ask) showDraft(s *RouteScreen, d *points.Draft) {
	tree := a.Who.Tree()
	s.Made, s.Accepted = stampVi(d.At)+", "+d.WhoName, d.State == points.Accepted
	need := 0.0
	for _, h := range d.Laid.Problem.Hamlets {
		need += h.Need
		for _, due := range h.Due {
			need += due.N
		}
	}
	s.Stats = []Stat{{Label: "Hồ sơ dự kiến", Value: decimal(d.Plan.Dossiers), Note: "trong " + decimal(need) + " người còn cần", Kind: "good"}, {Label: "Không lịch nào hơn được", Value: decimal(d.Bound), Note: "chặn trên; lịch này đạt " + vn.Percent(int64(d.Plan.Dossiers+0.5), int64(d.Bound+0.5))},
		{Label: "Quãng đường", Value: decimal(d.Plan.Km) + " km", Note: "xếp tay: " + decimal(d.Hand.Km) + " km"}, {Label: "Nếu xếp tay", Value: decimal(d.Hand.Dossiers), Note: "mỗi ngày đến nơi đông nhất"}}
	s.Words = []string{"So với cách mỗi ngày đến nơi còn đông nhất: " + signed(d.Plan.Dossiers-d.Hand.Dossiers, "hồ sơ") + ", " + signed(d.Plan.Km-d.Hand.Km, "km đi lại") + "."}
	if s.Accepted {
		s.Words = append(s.Words, "Lộ trình này đã được nhận vào lịch. Khi số liệu đổi, lập lại: máy chỉ xếp những ngày chưa khóa và chưa mời ai.")
	}
	name := func(h int) (short, where string) {
		u := tree.ByID(d.Laid.Problem.Hamlets[h].ID)
		if u == nil {
			return "–", ""
		}
		if c := tree.Commune(u.ID); c != nil && c.ID != u.ID {
			where = c.Title()
		}
		return u.Title(), where
	}
	locked := map[[2]int]bool{}
	for _, l := range d.Laid.Problem.Locked {
		locked[[2]int{l.Kit, l.Day}] = true
	}
	for _, day := range d.Laid.Days {
		s.Days = append(s.Days, WeekDay{weekdayOf(day), day.Vi(), day == a.today()})
	}
	for k := range d.Plan.At {
		class := "k" + strconv.Itoa(k%10)
		row := RouteRow{Kit: d.Laid.KitNames[k], Class: class}
		sum, last := 0.0, route.Idle
		for i, h := range d.Plan.At[k] {
			c := RouteCell{Day: s.Days[i].Name + " " + s.Days[i].Day, Idle: h == route.Idle, Locked: locked[[2]int{k, i}]}
			if h != route.Idle {
				c.Place, c.Where = name(h)
				c.Served, c.First = decimal(d.Plan.Served[k][i]), h != last
				sum, last = sum+d.Plan.Served[k][i], h
			}
			row.Cells = append(row.Cells, c)
		}
		s.Rows = append(s.Rows, row)
		s.Legend = append(s.Legend, RouteKit{row.Kit, class, decimal(sum) + " hồ sơ"})
	}
	s.Map = routeMap(d, func(h int) string { n, _ := name(h); return n })
	a.priceChange(s, d, name)
}

// priceChange fills in the form of a change by hand and, when the address asks, its price.
func (a *Ask) priceChange(s *RouteScreen, d *points.Draft, name func(int) (string, string)) {
	if !s.MayPlan || s.Accepted {
		return
	}
	s.Change = [3]string{a.Query("bo"), a.Query("ngay"), a.Query("den")}
	for i, k := range d.Laid.Problem.Kits {
		v := id.String(k.ID)
		s.ChangeKits = append(s.ChangeKits, Choice{v, d.Laid.KitNames[i], v == s.Change[0]})
	}
	for _, day := range d.Laid.Days {
		s.ChangeDays = append(s.ChangeDays, Choice{string(day), weekdayOf(day) + " " + day.Vi(), string(day) == s.Change[1]})
	}
	s.ChangeUnits = []Choice{{"nghi", "Nghỉ ngày ấy", s.Change[2] == "nghi"}}
	for i, h := range d.Laid.Problem.Hamlets {
		u := a.Who.Tree().ByID(h.ID)
		if u == nil {
			continue
		}
		short, where := name(i)
		s.ChangeUnits = append(s.ChangeUnits, Choice{u.Code, strings.TrimSuffix(short+", "+where, ", ") + ": " + decimal(h.Need) + " người", u.Code == s.Change[2]})
	}
	change, ok := a.pinOf(s.Change[0], s.Change[1], s.Change[2])
	if !ok {
		return
	}
	price, err := a.Points.Price(a.Ctx(), a.Who, d.Ask.Unit, change)
	if f, bad := fault.As(err); bad {
		s.Price, s.PriceMood = f.Text, "bad"
		return
	}
	if err != nil {
		return
	}
	s.MayPin = true
	s.Price, s.PriceMood = "Đổi như vậy thì "+signed(price.Dossiers, "hồ sơ")+" và "+signed(price.Km, "km")+" so với bản dự thảo.", kindIf(price.Worth < -1, "warn")
}

// pinOf reads a change by hand: kit, day, unit or "nghi".
func (a *Ask) pinOf(kit, day, place string) (points.Pin, bool) {
	k, err := id.Parse(kit)
	if err != nil || day == "" {
		return points.Pin{}, false
	}
	pin := points.Pin{Kit: k, Day: clock.Day(day)}
	if place == "nghi" {
		return pin, true
	}
	u := a.Who.Tree().ByCode(place)
	if u == nil {
		return pin, false
	}
	pin.Unit = u.ID
	return pin, true
}

// routeMap draws the hamlets by their coordinates, as large as their need, with each kit's way over them.
func routeMap(d *points.Draft, name func(int) string) template.HTML {
	hs := d.Laid.Problem.Hamlets
	loLat, hiLat, loLon, hiLon, most := 90.0, -90.0, 180.0, -180.0, 1.0
	for _, h := range hs {
		if h.Lat != 0 || h.Lon != 0 {
			loLat, hiLat, loLon, hiLon, most = min(loLat, h.Lat), max(hiLat, h.Lat), min(loLon, h.Lon), max(hiLon, h.Lon), max(most, h.Need)
		}
	}
	if hiLat < loLat {
		return ""
	}
	const wide, high, pad = 640.0, 420.0, 24.0
	scale := min((wide-2*pad)/max(hiLon-loLon, 0.01), (high-2*pad)/max(hiLat-loLat, 0.01))
	seen := map[[2]float64]int{}
	at := make([][2]float64, len(hs))
	for i, h := range hs { // hamlets that share their commune's coordinates stand in a small ring
		key := [2]float64{h.Lat, h.Lon}
		x, y := pad+(h.Lon-loLon)*scale, high-pad-(h.Lat-loLat)*scale
		if n := seen[key]; n > 0 {
			ring := [][2]float64{{0, -1}, {.87, -.5}, {.87, .5}, {0, 1}, {-.87, .5}, {-.87, -.5}}[(n-1)%6]
			r := 11 * float64(1+(n-1)/6)
			x, y = x+ring[0]*r, y+ring[1]*r
		}
		seen[key]++
		at[i] = [2]float64{x, y}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="route-map" viewBox="0 0 %.0f %.0f" role="img" aria-label="Bản đồ lộ trình các bộ thiết bị">`, wide, high)
	for i, h := range hs {
		fmt.Fprintf(&b, `<circle class="place" cx="%.1f" cy="%.1f" r="%.1f"><title>%s: %s người</title></circle>`, at[i][0], at[i][1], 2+5*h.Need/most, template.HTMLEscapeString(name(i)), decimal(h.Need))
	}
	for k := range d.Plan.At {
		var way []string
		last := route.Idle
		for _, h := range d.Plan.At[k] {
			if h != route.Idle && h != last {
				way, last = append(way, fmt.Sprintf("%.1f,%.1f", at[h][0], at[h][1])), h
			}
		}
		if len(way) > 0 {
			fmt.Fprintf(&b, `<g class="k%d"><polyline class="way" points="%s"/><circle class="stop" r="4" cx="%s" cy="%s"><title>%s</title></circle></g>`, k%10, strings.Join(way, " "), strings.Split(way[0], ",")[0], strings.Split(way[0], ",")[1],
				template.HTMLEscapeString("Bắt đầu: "+d.Laid.KitNames[k]))
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

func showRoute(a *Ask) error {
	s, err := a.routeScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onRoute does something to the unit's draft and shows it again with what is wrong.
func onRoute(do func(a *Ask, u *territory.Unit) (to string, err error)) func(*Ask) error {
	return func(a *Ask) error {
		u := a.Who.Tree().ByCode(a.Post("don_vi"))
		if u == nil {
			return notHere
		}
		to, cause := do(a, u)
		if cause != nil {
			s, err := a.routeScreen()
			if err != nil {
				return err
			}
			return Again(s, cause)
		}
		if to == "" {
			to = routeHref + "?don_vi=" + url.QueryEscape(u.Code)
		}
		return a.Go(to)
	}
}

var makeRoute = onRoute(func(a *Ask, u *territory.Unit) (string, error) {
	ask := points.Ask{Unit: u.ID, From: clock.Day(a.Post("from")), Until: clock.Day(a.Post("until")), Keep: a.Post("keep") != ""}
	turnout, err := share(a.Post("turnout"), "turnout", points.UsualTurnout)
	if err != nil {
		return "", err
	}
	ask.Turnout = turnout
	for _, text := range a.R.PostForm["kits"] {
		if k, err := id.Parse(text); err == nil {
			ask.Kits = append(ask.Kits, k)
		}
	}
	for _, text := range a.R.PostForm["rest"] {
		if n, err := strconv.Atoi(text); err == nil && n >= 0 && n < 7 {
			ask.Rest = append(ask.Rest, n)
		}
	}
	_, err = a.Points.Route(a.Ctx(), a.Who, ask)
	return "", err
})

var pinRoute = onRoute(func(a *Ask, u *territory.Unit) (string, error) {
	pin, ok := a.pinOf(a.Post("bo"), a.Post("ngay"), a.Post("den"))
	if !ok {
		return "", fault.New(fault.Invalid, "web.pin", "Hãy chọn bộ thiết bị, ngày và nơi đến.")
	}
	return "", a.Points.Pin(a.Ctx(), a.Who, u.ID, pin)
})

var measureRoads = onRoute(func(a *Ask, u *territory.Unit) (string, error) {
	_, err := a.Points.MeasureRoads(a.Ctx(), a.Who, u.ID, a.Post("roads"))
	return "", err
})

var acceptRoute = onRoute(func(a *Ask, u *territory.Unit) (string, error) {
	_, _, err := a.Points.Accept(a.Ctx(), a.Who, u.ID)
	return weekHref, err
})
