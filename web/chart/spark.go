package chart

import (
	"html/template"
	"strings"

	"bonphu/internal/vn"
)

// Spark is a small line without axes: the last days of one number, oldest first.
type Spark struct {
	Values []int64
	What   string // what is counted and over which days, for the sentence: "Xác nhận 14 ngày qua"
}

const (
	sparkW = 84.0
	sparkH = 24.0
)

// Sentence says the line's ends in words.
func (s Spark) Sentence() string {
	if len(s.Values) == 0 {
		return s.What + ": chưa có số liệu"
	}
	return s.What + ": từ " + vn.Int(s.Values[0]) + " đến " + vn.Int(s.Values[len(s.Values)-1])
}

// SVG draws the line over a faint area, with a dot at its last value.
func (s Spark) SVG() template.HTML {
	var d drawing
	d.open("svg", "class", "c-spark", "width", num(sparkW), "height", num(sparkH), "viewBox", "0 0 84 24", "role", "img", "aria-label", s.Sentence())
	if n := len(s.Values); n > 0 {
		lo, hi := s.Values[0], s.Values[0]
		for _, v := range s.Values {
			lo, hi = min(lo, v), max(hi, v)
		}
		at := func(i int) (float64, float64) {
			x := sparkW / 2
			if n > 1 {
				x = 2 + float64(i)/float64(n-1)*(sparkW-5)
			}
			y := sparkH / 2
			if hi > lo {
				y = sparkH - 3 - (float64(s.Values[i])-float64(lo))/(float64(hi)-float64(lo))*(sparkH-6)
			}
			return x, y
		}
		var line strings.Builder
		for i := range s.Values {
			x, y := at(i)
			line.WriteString(num(x) + "," + num(y) + " ")
		}
		x0, _ := at(0)
		x, y := at(n - 1)
		d.el("polygon", "class", "c-spark-area", "points", num(x0)+",24 "+line.String()+num(x)+",24")
		d.el("polyline", "class", "c-spark-line", "points", strings.TrimSpace(line.String()))
		d.el("circle", "class", "c-spark-dot", "cx", num(x), "cy", num(y), "r", "2.2")
	}
	d.close("svg")
	return d.html()
}
