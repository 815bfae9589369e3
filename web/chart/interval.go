package chart

import (
	"html/template"
	"strings"
)

// Interval is a rate with its confidence bounds on a scale shared by the lines of a table: a dot for the rate, a bar from bound to
// bound, a tick where the threshold lies (law J2).
type Interval struct {
	What            string  // "Báo cáo sai của Xã An Khương"
	Rate, Low, High float64 // shares of one
	Limit           float64 // threshold, 0 for none
	Top             float64 // share at the right end of the scale
}

// SVG draws the bar with its sentence in aria-label; nothing when there is no bound to draw.
func (i Interval) SVG() template.HTML {
	if i.High <= 0 || i.Top <= 0 {
		return ""
	}
	at := func(share float64) string { return pc(min(max(share/i.Top, 0), 1)) }
	wide := min(max((min(i.High, i.Top)-i.Low)/i.Top, 0), 1)
	var d drawing
	label := i.What + ": " + percentOf(i.Rate) + ", trong khoảng " + percentOf(i.Low) + " đến " + percentOf(i.High)
	if i.Limit > 0 {
		label += "; ngưỡng " + percentOf(i.Limit)
	}
	d.open("svg", "class", "c-interval", "width", "100%", "height", "16", "role", "img", "aria-label", label)
	d.el("rect", "class", "c-track", "y", "7", "width", "100%", "height", "2", "rx", "1")
	kind := ""
	if i.Limit > 0 && i.Low > i.Limit {
		kind = " bad"
	}
	d.el("rect", "class", "c-range"+kind, "x", at(i.Low), "y", "5", "width", pc(wide), "height", "6", "rx", "3")
	d.el("circle", "class", "c-rate"+kind, "cx", at(i.Rate), "cy", "8", "r", "4")
	if i.Limit > 0 && i.Limit <= i.Top {
		d.el("line", "class", "c-target-tick", "x1", at(i.Limit), "x2", at(i.Limit), "y1", "1", "y2", "15")
	}
	d.close("svg")
	return d.html()
}

// percentOf spells a share of one as a percentage with one digit.
func percentOf(f float64) string {
	return strings.Replace(num(float64(int64(f*1000+0.5))/10), ".", ",", 1) + " %"
}
