// Package chart draws the desk's charts on the server, as SVG that a person without sight, without script or with a
// black-and-white printer can still read.
//
// Every chart is a plain struct with two methods: SVG, the picture with its sentence in aria-label, and, where the
// picture holds more than its sentence says, Table, the same numbers behind a "Xem bảng số". Colours are classes of
// app.css (c-…), so that light, dark and print are settled there; geometry is attributes, so that the content policy
// can forbid inline style. Lengths along the width are percentages: a chart fits its place without scaling its text.
//
// Law C3 shows in the drawing: what is confirmed fills the bar, what is claimed or verified lies beside it in a lane of
// its own and is never added.
package chart

import (
	"html"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// drawing collects SVG text; every text goes through esc, every number through num.
type drawing struct{ strings.Builder }

// el writes one empty element with attributes in pairs.
func (d *drawing) el(name string, attrs ...string) {
	d.open(name, attrs...)
	s := d.String()
	d.Reset()
	d.WriteString(strings.TrimSuffix(s, ">"))
	d.WriteString("/>")
}

// open writes a start tag with attributes in pairs; pairs with an empty value are left out.
func (d *drawing) open(name string, attrs ...string) {
	d.WriteByte('<')
	d.WriteString(name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		d.WriteByte(' ')
		d.WriteString(attrs[i])
		d.WriteString(`="`)
		d.WriteString(html.EscapeString(attrs[i+1]))
		d.WriteByte('"')
	}
	d.WriteByte('>')
}

func (d *drawing) close(name string) { d.WriteString("</" + name + ">") }

// text writes a text element.
func (d *drawing) text(s string, attrs ...string) {
	d.open("text", attrs...)
	d.WriteString(html.EscapeString(s))
	d.close("text")
}

func (d *drawing) html() template.HTML { return template.HTML(d.String()) } //nolint:gosec // every text was escaped

// num spells a coordinate with at most two decimals; what is no number becomes 0.
func num(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		f = 0
	}
	s := strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// pc spells a share of the width, kept between 0 and 100 %.
func pc(f float64) string { return num(share(f)*100) + "%" }

// share keeps f between 0 and 1.
func share(f float64) float64 {
	if math.IsNaN(f) || f < 0 {
		return 0
	}
	return math.Min(f, 1)
}

// of divides n by max, kept between 0 and 1; 0 when there is nothing to divide by.
func of(n, max int64) float64 {
	if max <= 0 {
		return 0
	}
	return share(float64(n) / float64(max))
}

// nice gives a round step so that max takes at most n steps.
func nice(max int64, n int) int64 {
	if max <= 0 {
		return 1
	}
	raw := float64(max) / float64(n)
	mag := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if s := m * mag; s >= raw && s >= 1 && s == math.Trunc(s) {
			return int64(s)
		}
	}
	return int64(math.Max(1, math.Ceil(raw)))
}

// anchor says on which side of x a text hangs so that it stays inside.
func anchor(x float64) string {
	switch {
	case x < 0.07:
		return "start"
	case x > 0.93:
		return "end"
	}
	return "middle"
}

// table writes the numbers behind a chart.
func table(caption string, head []string, rows [][]string) template.HTML {
	var d drawing
	d.WriteString(`<details class="behind"><summary>Xem bảng số</summary><div class="scroll"><table class="grid"><caption class="unseen">`)
	d.WriteString(html.EscapeString(caption))
	d.WriteString("</caption><thead><tr>")
	for i, h := range head {
		d.open("th", "scope", "col", "class", numClass(i))
		d.WriteString(html.EscapeString(h))
		d.close("th")
	}
	d.WriteString("</tr></thead><tbody>")
	for _, r := range rows {
		d.WriteString("<tr>")
		for i, c := range r {
			tag, scope := "td", ""
			if i == 0 {
				tag, scope = "th", "row"
			}
			d.open(tag, "scope", scope, "class", numClass(i))
			d.WriteString(html.EscapeString(c))
			d.close(tag)
		}
		d.WriteString("</tr>")
	}
	d.WriteString("</tbody></table></div></details>")
	return d.html()
}

func numClass(col int) string {
	if col == 0 {
		return ""
	}
	return "n"
}
