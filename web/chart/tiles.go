package chart

import (
	"html"
	"html/template"
	"strings"

	"bonphu/internal/vn"
)

// Square is one unit of a map of squares. Kind is its mood, "good", "warn", "bad" or "" for unknown; Sign and Text say the same in words, so that
// colour is not the only carrier.
type Square struct {
	Row, Col         int // from 0
	Name             string
	Sign, Text, Note string // "↓", "38 ngày", "67,1 %"
	Kind             string
	Sentence         string // for those who do not see: "Xã Minh Tâm: chậm 38 ngày, đã xác nhận 67,1 %"
	Href             string
}

// Squares is a map of squares: every unit the same size, about where it lies among the others (KH:IV.2.c).
type Squares struct {
	What  string
	Items []Square
	Tall  bool // for a screen on a wall
}

// squareHeight is a square's height with its gap, squareTall one's on a wall; its width follows the place that the map has.
const squareHeight, squareTall = 78.0, 126.0

// nameBreak is the longest name on one line.
const nameBreak = 10

// SVG draws the map; each square is a link into its unit.
func (m Squares) SVG() template.HTML {
	var d drawing
	rows, cols, height := 0, 0, squareHeight
	if m.Tall {
		height = squareTall
	}
	down, apart := (height-squareHeight)/2, (height-squareHeight)/6
	for _, s := range m.Items {
		rows, cols = max(rows, s.Row+1), max(cols, s.Col+1)
	}
	if rows == 0 {
		return ""
	}
	wide := 1 / float64(cols)
	d.open("svg", "class", "c-squares", "width", "100%", "height", num(float64(rows)*height), "role", "group", "aria-label", m.What)
	for _, s := range m.Items {
		x, y := float64(s.Col)*wide, float64(s.Row)*height
		tag := "g"
		if s.Href != "" {
			tag = "a"
		}
		d.open(tag, "class", "c-square "+s.Kind, "href", s.Href, "aria-label", s.Sentence)
		d.WriteString("<title>" + html.EscapeString(s.Sentence) + "</title>")
		d.el("rect", "x", pc(x+wide*0.02), "y", num(y+2), "width", pc(wide*0.96), "height", num(height-4), "rx", "6")
		lines := broken(s.Name)
		at := y + down - apart + 22
		if len(lines) > 1 {
			at = y + down - apart + 16
		}
		for _, l := range lines {
			d.text(l, "class", "c-square-name", "x", pc(x+wide/2), "y", num(at), "text-anchor", "middle")
			at += 14
		}
		d.text(strings.TrimSpace(s.Sign+" "+s.Text), "class", "c-square-text", "x", pc(x+wide/2), "y", num(y+down+apart+50), "text-anchor", "middle")
		d.text(s.Note, "class", "c-square-note", "x", pc(x+wide/2), "y", num(y+down+2*apart+67), "text-anchor", "middle")
		d.close(tag)
	}
	d.close("svg")
	return d.html()
}

// broken cuts a long name into two lines at the space nearest its middle.
func broken(name string) []string {
	r := []rune(name)
	if len(r) <= nameBreak {
		return []string{name}
	}
	best := -1
	for i, c := range r {
		if c == ' ' && (best < 0 || abs(2*i-len(r)) < abs(2*best-len(r))) {
			best = i
		}
	}
	if best < 0 {
		return []string{name}
	}
	return []string{string(r[:best]), string(r[best+1:])}
}

func abs(n int) int { return max(n, -n) }

// Ending is where a figure stands and where it ends if the work goes on: what is confirmed, the forecast's middle with its interval, the target.
type Ending struct {
	What                      string
	Confirmed, Mid, Low, High int64
	Target, Eligible          int64
	Known                     bool // a forecast is there
}

// Sentence says it in words.
func (e Ending) Sentence() string {
	s := e.What + ": đã xác nhận " + vn.Int(e.Confirmed) + " trên chỉ tiêu " + vn.Int(e.Target)
	if e.Known {
		s += "; dự báo khi hết đợt " + vn.Int(e.Mid) + ", trong khoảng " + vn.Int(e.Low) + " đến " + vn.Int(e.High)
	}
	return s + "."
}

// SVG draws the bar: what is confirmed, the interval behind it with a dot at its middle, a line at the target.
func (e Ending) SVG() template.HTML {
	var d drawing
	scale := max(e.Target, e.Eligible, e.High, e.Confirmed)
	d.open("svg", "class", "c-ending", "width", "100%", "height", "22", "role", "img", "aria-label", e.Sentence())
	d.el("rect", "class", "c-track", "x", "0", "y", "6", "width", "100%", "height", "10", "rx", "3")
	if e.Confirmed > 0 {
		d.el("rect", "class", "c-confirmed", "x", "0", "y", "6", "width", pc(of(e.Confirmed, scale)), "height", "10", "rx", "3")
	}
	if e.Known {
		from, to := of(e.Low, scale), of(e.High, scale)
		kind := ""
		if e.High < e.Target {
			kind = " bad"
		}
		d.el("rect", "class", "c-range"+kind, "x", pc(from), "y", "8", "width", pc(max(to-from, 0.004)), "height", "6", "rx", "3")
		d.el("circle", "class", "c-rate"+kind, "cx", pc(min(of(e.Mid, scale), 0.99)), "cy", "11", "r", "4")
	}
	if e.Target > 0 {
		x := pc(min(of(e.Target, scale), 0.996))
		d.el("line", "class", "c-target-tick", "x1", x, "x2", x, "y1", "1", "y2", "21")
	}
	d.close("svg")
	return d.html()
}
