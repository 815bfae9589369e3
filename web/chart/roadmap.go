package chart

import (
	"html/template"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Point is a cumulative count at the end of a day; Day counts from 0, the campaign's first.
type Point struct {
	Day int
	N   int64
}

// Phase is a stretch of the campaign, both ends counted from 0 and inside it.
type Phase struct {
	From, To int
	Name     string // short: "Đợt 1"
}

// Roadmap is one coverage day by day: the roadmap's curve, what is confirmed, and the ghost of what is claimed.
type Roadmap struct {
	Title     string // "Thẻ CCCD, huyện Hớn Quản"
	Start     clock.Day
	Days      int // length of the campaign
	Today     int // counted from 0; outside the campaign: no mark
	Target    int64
	Curve     []Point
	Confirmed []Point
	Claimed   []Point
	Phases    []Phase
}

const (
	roadTop  = 26.0
	roadPlot = 212.0
	roadH    = 262.0
)

func (r Roadmap) top() int64 {
	m := max(r.Target, 1)
	for _, l := range [][]Point{r.Curve, r.Confirmed, r.Claimed} {
		for _, p := range l {
			m = max(m, p.N)
		}
	}
	return m
}

// x gives the share of the width of a day.
func (r Roadmap) x(day int) float64 {
	if r.Days <= 1 {
		return 0
	}
	return share(float64(day) / float64(r.Days-1))
}

// Sentence says where the lines stand today.
func (r Roadmap) Sentence() string {
	s := r.Title + ". Chỉ tiêu " + vn.Int(r.Target)
	if n, ok := last(r.Confirmed); ok {
		s += "; đã xác nhận " + vn.Int(n)
	}
	if n, ok := last(r.Claimed); ok {
		s += "; các tổ báo " + vn.Int(n)
	}
	if r.Today >= 0 && r.Today < r.Days && len(r.Curve) > 0 {
		s += "; lộ trình đến hôm nay " + vn.Int(r.CurveAt(r.Today))
	}
	return s + "."
}

func last(l []Point) (int64, bool) {
	if len(l) == 0 {
		return 0, false
	}
	return l[len(l)-1].N, true
}

// CurveAt reads the roadmap's curve at a day, straight between its knots (law A3).
func (r Roadmap) CurveAt(day int) int64 {
	var before Point
	for i, k := range r.Curve {
		if k.Day >= day {
			if i == 0 || k.Day == before.Day {
				return k.N
			}
			return before.N + (k.N-before.N)*int64(day-before.Day)/int64(k.Day-before.Day)
		}
		before = k
	}
	return before.N
}

// SVG draws the chart; it fills the width of its place.
func (r Roadmap) SVG() template.HTML {
	var d drawing
	top := r.top()
	step := nice(top, 4)
	full := top + top/9 + 1 // room for the words over the target
	y := func(n int64) float64 { return roadTop + roadPlot*(1-of(n, full)) }
	d.open("svg", "class", "c-road", "width", "100%", "height", num(roadH), "role", "img", "aria-label", r.Sentence())
	for i, p := range r.Phases {
		from, to := r.x(p.From), r.x(p.To+1)
		class := "c-phase"
		if i%2 == 1 {
			class += " odd"
		}
		d.el("rect", "class", class, "x", pc(from), "y", "20", "width", pc(to-from), "height", num(roadPlot+roadTop-20))
		d.text(p.Name, "class", "c-phase-name", "x", pc((from+to)/2), "y", "13", "text-anchor", "middle")
	}
	for n := int64(0); n <= top; n += step {
		d.el("line", "class", "c-grid", "x1", "0", "x2", "100%", "y1", num(y(n)), "y2", num(y(n)))
	}
	d.open("svg", "x", "0", "y", num(roadTop), "width", "100%", "height", num(roadPlot), "viewBox", "0 0 1000 1000", "preserveAspectRatio", "none", "aria-hidden", "true")
	r.line(&d, "c-line-claimed", r.Claimed, full)
	r.line(&d, "c-line-curve", r.Curve, full)
	r.area(&d, full)
	r.line(&d, "c-line-confirmed", r.Confirmed, full)
	d.close("svg")
	for n := step; n <= top; n += step {
		d.text(vn.Int(n), "class", "c-axis", "x", "2", "y", num(y(n)-4))
	}
	if r.Target > 0 {
		d.el("line", "class", "c-line-target", "x1", "0", "x2", "100%", "y1", num(y(r.Target)), "y2", num(y(r.Target)))
		d.text("Chỉ tiêu "+vn.Int(r.Target), "class", "c-axis strong", "x", "99.5%", "y", num(max(y(r.Target)-5, roadTop+9)), "text-anchor", "end")
	}
	if r.Today >= 0 && r.Today < r.Days {
		x := r.x(r.Today)
		d.el("line", "class", "c-today", "x1", pc(x), "x2", pc(x), "y1", "18", "y2", num(roadTop+roadPlot))
		d.text("Hôm nay "+short(r.Start.Add(r.Today)), "class", "c-axis strong", "x", pc(x), "y", num(roadH-3), "text-anchor", anchor(x))
	}
	if p := len(r.Confirmed); p > 0 {
		e := r.Confirmed[p-1]
		d.el("circle", "class", "c-dot", "cx", pc(r.x(e.Day)), "cy", num(y(e.N)), "r", "4")
	}
	for _, day := range r.marks() {
		x := r.x(day)
		d.text(short(r.Start.Add(day)), "class", "c-axis", "x", pc(x), "y", num(roadH-3), "text-anchor", anchor(x))
	}
	d.close("svg")
	return d.html()
}

// marks are the days named under the chart: first, last and where phases begin, none too near to another or to today.
func (r Roadmap) marks() []int {
	want := []int{0, r.Days - 1}
	for _, p := range r.Phases {
		want = append(want, p.From)
	}
	var out []int
	for _, day := range want {
		free := day >= 0 && day < r.Days
		for _, o := range append(out, r.Today) {
			if gap := day - o; max(gap, -gap)*5 < r.Days {
				free = false
			}
		}
		if free {
			out = append(out, day)
		}
	}
	return out
}

func (r Roadmap) points(l []Point, full int64) string {
	var b strings.Builder
	for _, p := range l {
		b.WriteString(num(r.x(p.Day)*1000) + "," + num(1000*(1-of(p.N, full))) + " ")
	}
	return strings.TrimSpace(b.String())
}

func (r Roadmap) line(d *drawing, class string, l []Point, full int64) {
	if len(l) > 0 {
		d.el("polyline", "class", class, "points", r.points(l, full))
	}
}

func (r Roadmap) area(d *drawing, full int64) {
	if n := len(r.Confirmed); n > 1 {
		d.el("polygon", "class", "c-area-confirmed", "points",
			num(r.x(r.Confirmed[0].Day)*1000)+",1000 "+r.points(r.Confirmed, full)+" "+num(r.x(r.Confirmed[n-1].Day)*1000)+",1000")
	}
}

// Table gives the chart's numbers, a row a week and the last day.
func (r Roadmap) Table() template.HTML {
	at := func(l []Point, day int) string {
		n, found := int64(0), false
		for _, p := range l {
			if p.Day <= day {
				n, found = p.N, true
			}
		}
		if e := len(l); !found || day > l[e-1].Day {
			return "–"
		}
		return vn.Int(n)
	}
	var rows [][]string
	for day := 0; day < r.Days; day++ {
		if day%7 != 6 && day != r.Days-1 && day != r.Today {
			continue
		}
		name := r.Start.Add(day).Vi()
		if day == r.Today {
			name += " (hôm nay)"
		}
		rows = append(rows, []string{name, vn.Int(r.CurveAt(day)), at(r.Confirmed, day), at(r.Claimed, day)})
	}
	return table(r.Title, []string{"Đến hết ngày", "Lộ trình", "Đã xác nhận", "Các tổ báo"}, rows)
}

// short spells a day without its year.
func short(d clock.Day) string {
	s := d.Vi()
	if i := strings.LastIndexByte(s, '/'); i > 0 {
		return s[:i]
	}
	return s
}
