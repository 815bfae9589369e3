package chart

import (
	"html/template"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Band is one stage of a flow: how many were in it at the end of each day.
type Band struct {
	Name string
	N    []int64
	Bad  bool // went back: drawn in the colour of what is wrong
}

// class gives a band's colour: the further on the way, the darker.
func (f Flow) class(band int) string {
	if f.Bands[band].Bad {
		return "c-step back"
	}
	at, n := 0, 0
	for i, b := range f.Bands {
		if !b.Bad {
			if i < band {
				at++
			}
			n++
		}
	}
	return "c-step " + stepClass(at, n)
}

// Flow is a cumulative flow: what has come in so far, parted by where it stands, the finished below and the newest on top. A band that
// widens is where work piles up.
type Flow struct {
	Title string
	Start clock.Day
	Bands []Band // in the order of the way, first stage first; all of one length
}

// Where the picture lies, in pixels; the width is whatever there is.
const (
	flowTop  = 12.0
	flowPlot = 220.0
	flowH    = flowTop + flowPlot + 20
)

// days is how many days are told.
func (f Flow) days() int {
	n := 0
	for _, b := range f.Bands {
		n = max(n, len(b.N))
	}
	return n
}

// upTo sums what stands at a band's place on the way or further, at the end of a day.
func (f Flow) upTo(band, day int) int64 {
	n := int64(0)
	for _, b := range f.Bands[min(band, len(f.Bands)):] {
		if day >= 0 && day < len(b.N) {
			n += max(b.N[day], 0)
		}
	}
	return n
}

// Sentence says how all stand on the last day.
func (f Flow) Sentence() string {
	days := f.days()
	if days == 0 {
		return f.Title + ": chưa có số liệu."
	}
	s := f.Title + ". Đến hết ngày " + f.Start.Add(days-1).Vi() + ": tổng " + vn.Int(f.upTo(0, days-1))
	for _, b := range f.Bands {
		if n := b.N[days-1]; n > 0 {
			s += "; " + vn.LowerFirst(b.Name) + " " + vn.Int(n)
		}
	}
	return s + "."
}

// SVG draws the bands and names them under the picture.
func (f Flow) SVG() template.HTML {
	var d drawing
	days := f.days()
	top := max(f.upTo(0, days-1), 1)
	for i := range days {
		top = max(top, f.upTo(0, i))
	}
	full := top + top/12 + 1
	x := func(day int) float64 { return share(float64(day) / float64(max(days-1, 1))) }
	d.open("svg", "class", "c-flow", "width", "100%", "height", num(flowH), "role", "img", "aria-label", f.Sentence())
	step := nice(top, 4)
	d.open("svg", "x", "0", "y", num(flowTop), "width", "100%", "height", num(flowPlot), "viewBox", "0 0 1000 1000", "preserveAspectRatio", "none", "aria-hidden", "true")
	for i := range f.Bands {
		d.el("polygon", "class", f.class(i), "points", f.outline(i, days, full, x))
	}
	d.close("svg")
	for n := step; n <= top; n += step {
		y := flowTop + flowPlot*(1-of(n, full))
		d.el("line", "class", "c-grid", "x1", "0", "x2", "100%", "y1", num(y), "y2", num(y))
		d.text(vn.Int(n), "class", "c-axis", "x", "2", "y", num(y-4))
	}
	for _, day := range f.marks(days) {
		d.text(short(f.Start.Add(day)), "class", "c-axis", "x", pc(x(day)), "y", num(flowH-4), "text-anchor", anchor(x(day)))
	}
	d.close("svg")
	d.WriteString(`<ul class="c-legend">`)
	for i, b := range f.Bands {
		n := int64(0)
		if days > 0 && len(b.N) == days {
			n = b.N[days-1]
		}
		d.WriteString(`<li><svg class="c-key" width="12" height="12" aria-hidden="true">`)
		d.el("rect", "class", f.class(i), "width", "12", "height", "12", "rx", "2")
		d.WriteString(`</svg>` + template.HTMLEscapeString(b.Name) + ` <b>` + vn.Int(n) + `</b></li>`)
	}
	d.WriteString("</ul>")
	return d.html()
}

// outline goes along a band's upper edge and back along its lower one.
func (f Flow) outline(band, days int, full int64, x func(int) float64) string {
	var b strings.Builder
	point := func(day int, n int64) { b.WriteString(num(x(day)*1000) + "," + num(1000*(1-of(n, full))) + " ") }
	for i := range days {
		point(i, f.upTo(band, i))
	}
	for i := days - 1; i >= 0; i-- {
		point(i, f.upTo(band+1, i))
	}
	return strings.TrimSpace(b.String())
}

// marks are the days named under the picture: about five, the first and the last among them.
func (f Flow) marks(days int) []int {
	if days == 0 {
		return nil
	}
	parts := min(4, days-1)
	out := []int{0}
	for i := 1; i <= parts; i++ {
		out = append(out, i*(days-1)/parts)
	}
	return out
}

// Table gives the numbers, a row a week and the last day.
func (f Flow) Table() template.HTML {
	head := []string{"Đến hết ngày", "Tổng"}
	for _, b := range f.Bands {
		head = append(head, b.Name)
	}
	days := f.days()
	var rows [][]string
	for i := range days {
		if i%7 != 6 && i != days-1 {
			continue
		}
		row := []string{f.Start.Add(i).Vi(), vn.Int(f.upTo(0, i))}
		for _, b := range f.Bands {
			row = append(row, vn.Int(b.N[i]))
		}
		rows = append(rows, row)
	}
	return table(f.Title, head, rows)
}
