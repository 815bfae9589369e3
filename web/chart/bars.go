package chart

import (
	"html"
	"html/template"
	"strconv"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Bar is one line of a ranked list.
type Bar struct {
	Label string
	N     int64
	Href  string // where the people behind it are listed (law N2); "" for none
}

// Bars is a ranked list, longest first as given; it is its own table.
type Bars struct {
	What  string // what is counted, for the list's name
	Items []Bar
}

// SVG gives the list: label, count and bar a line.
func (b Bars) SVG() template.HTML {
	var d drawing
	var most int64
	for _, i := range b.Items {
		most = max(most, i.N)
	}
	d.open("ol", "class", "c-bars", "aria-label", b.What)
	for _, i := range b.Items {
		d.WriteString("<li>")
		tag := "span"
		if i.Href != "" {
			tag = "a"
		}
		d.open(tag, "class", "c-bars-line", "href", i.Href)
		d.WriteString(`<span>` + html.EscapeString(i.Label) + `</span> <b>` + vn.Int(i.N) + `</b>`)
		d.close(tag)
		d.open("svg", "width", "100%", "height", "6", "aria-hidden", "true")
		d.el("rect", "class", "c-track", "width", "100%", "height", "6", "rx", "2")
		if i.N > 0 {
			d.el("rect", "class", "c-bar", "width", pc(of(i.N, most)), "height", "6", "rx", "2")
		}
		d.close("svg")
		d.WriteString("</li>")
	}
	d.close("ol")
	return d.html()
}

// Step is one state of a ladder and how many people stand on it now.
type Step struct {
	Label string
	N     int64
	Href  string
}

// Ladder is a coverage's states from lowest to highest, as one bar whose parts add up to everybody.
type Ladder struct {
	What  string
	Steps []Step
}

// SVG draws the bar and, under it, the list that names its parts.
func (l Ladder) SVG() template.HTML {
	var d drawing
	var sum int64
	for _, s := range l.Steps {
		sum += max(s.N, 0)
	}
	sentence := l.What
	for i, s := range l.Steps {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		sentence += sep + s.Label + " " + vn.Int(s.N)
	}
	d.open("svg", "class", "c-ladder", "width", "100%", "height", "18", "role", "img", "aria-label", sentence)
	d.el("rect", "class", "c-track", "width", "100%", "height", "18", "rx", "3")
	x := 0.0
	for i, s := range l.Steps {
		w := of(s.N, sum)
		if w > 0 {
			d.el("rect", "class", "c-step "+stepClass(i, len(l.Steps)), "x", pc(x), "width", pc(min(w, 1-x)), "height", "18")
		}
		x += w
	}
	d.close("svg")
	d.WriteString(`<ul class="c-legend">`)
	for i, s := range l.Steps {
		d.WriteString(`<li><svg class="c-key" width="12" height="12" aria-hidden="true">`)
		d.el("rect", "class", "c-step "+stepClass(i, len(l.Steps)), "width", "12", "height", "12", "rx", "2")
		d.WriteString(`</svg>`)
		if s.Href != "" {
			d.open("a", "href", s.Href)
		}
		d.WriteString(html.EscapeString(s.Label))
		if s.Href != "" {
			d.close("a")
		}
		d.WriteString(` <b>` + vn.Int(s.N) + `</b> <span class="faint">` + vn.Percent(s.N, sum) + `</span></li>`)
	}
	d.WriteString("</ul>")
	return d.html()
}

// stepClass spreads a ladder of n states over six shades.
func stepClass(i, n int) string {
	if n <= 1 {
		return "s5"
	}
	return "s" + strconv.Itoa(i*5/(n-1))
}

// DayCount is the work of one day.
type DayCount struct {
	N     int64
	Quota int64 // 0 when none was set
}

// Heat is the work day by day, a cell a day.
type Heat struct {
	What  string
	Start clock.Day
	Days  int
	Today int
	Done  []DayCount // from the first day
}

// SVG draws the strip; months are named under it.
func (h Heat) SVG() template.HTML {
	var d drawing
	var most int64
	var sum int64
	for _, c := range h.Done {
		most, sum = max(most, c.N), sum+c.N
	}
	n := max(h.Days, 1)
	d.open("svg", "class", "c-heat", "width", "100%", "height", "44", "role", "img", "aria-label", h.What+": tổng "+vn.Int(sum)+", ngày cao nhất "+vn.Int(most)+".")
	for i := 0; i < h.Days; i++ {
		class := "c-cell h0"
		if i < len(h.Done) && h.Done[i].N > 0 && most > 0 {
			class = "c-cell h" + strconv.FormatInt(1+(h.Done[i].N*4-1)/most, 10)
		} else if i > h.Today {
			class = "c-cell later"
		}
		x, w := float64(i)/float64(n), 0.86/float64(n)
		d.open("rect", "class", class, "x", pc(x), "y", "2", "width", pc(w), "height", "22", "rx", "1.5")
		d.WriteString("<title>" + html.EscapeString(h.title(i)) + "</title>")
		d.close("rect")
		if i == h.Today {
			d.el("rect", "class", "c-cell-today", "x", pc(x), "y", "1", "width", pc(w), "height", "24", "rx", "2")
		}
		day := h.Start.Add(i)
		if t := day.Time(); (i == 0 && t.Day() < 25) || (t.Day() == 1 && x < 0.95) {
			d.text("tháng "+strconv.Itoa(int(t.Month())), "class", "c-axis", "x", pc(x), "y", "40")
		}
	}
	d.close("svg")
	return d.html()
}

func (h Heat) title(i int) string {
	s := h.Start.Add(i).Vi()
	if i >= len(h.Done) {
		return s
	}
	s += ": " + vn.Int(h.Done[i].N)
	if q := h.Done[i].Quota; q > 0 {
		s += " / " + vn.Int(q)
	}
	return s
}

// Table gives the days that had work or a quota.
func (h Heat) Table() template.HTML {
	var rows [][]string
	for i, c := range h.Done {
		if c.N > 0 || c.Quota > 0 {
			rows = append(rows, []string{h.Start.Add(i).Vi(), vn.Int(c.N), vn.Int(c.Quota), vn.Percent(c.N, c.Quota)})
		}
	}
	return table(h.What, []string{"Ngày", "Làm được", "Giao", "Tỷ lệ"}, rows)
}
