package chart

import (
	"html/template"

	"bonphu/internal/vn"
)

// Progress is one coverage of one unit against its target. All are counts of people; Expected is what the roadmap
// wants today, 0 when there is none; Eligible may be larger than Target (a target of 90 % of the adults). Verified and Claimed
// hold nobody who is confirmed.
type Progress struct {
	Target    int64
	Eligible  int64
	Expected  int64
	Confirmed int64
	Verified  int64
	Claimed   int64
	Slim      bool // for rows of a table: lower, without the lane of claims
}

// scale is the count at the bar's right end.
func (p Progress) scale() int64 {
	return max(p.Target, p.Eligible, p.Confirmed+p.Verified+p.Claimed, p.Expected)
}

// Sentence says the whole bar in words.
func (p Progress) Sentence() string {
	s := "Đã xác nhận " + vn.Int(p.Confirmed) + " trên chỉ tiêu " + vn.Int(p.Target) + " (" + vn.Percent(p.Confirmed, p.Target) + ")"
	if p.Expected > 0 {
		s += "; theo lộ trình đến nay phải được " + vn.Int(p.Expected)
	}
	if p.Verified+p.Claimed > 0 {
		s += "; ngoài ra " + vn.Int(p.Verified) + " đã kiểm chứng và " + vn.Int(p.Claimed) + " các tổ báo, chờ xác nhận"
	}
	return s + "."
}

// SVG draws the bar: the confirmed fill; under it, in a lane of its own, what is verified and claimed and waits to be
// confirmed; a line at the target and a dashed one where the roadmap wants to be today.
func (p Progress) SVG() template.HTML {
	var d drawing
	scale := p.scale()
	bar, top, h := 12.0, 5.0, 32.0
	if p.Slim {
		bar, top, h = 8, 4, 16
	}
	d.open("svg", "class", "c-progress", "width", "100%", "height", num(h), "role", "img", "aria-label", p.Sentence())
	d.el("rect", "class", "c-track", "x", "0", "y", num(top), "width", "100%", "height", num(bar), "rx", "3")
	if p.Confirmed > 0 {
		d.el("rect", "class", "c-confirmed", "x", "0", "y", num(top), "width", pc(of(p.Confirmed, scale)), "height", num(bar), "rx", "3")
	}
	if !p.Slim {
		lane := top + bar + 3
		part := func(class, fill string, from, n int64) {
			if x, w := of(from, scale), of(n, scale); n > 0 {
				d.el("rect", "class", class, "fill", fill, "x", pc(x), "y", num(lane), "width", pc(min(w, 1-x)), "height", "5", "rx", "1.5")
			}
		}
		part("c-verified", "", p.Confirmed, p.Verified)
		part("c-claimed", "url(#bp-ghost)", p.Confirmed+p.Verified, p.Claimed)
	}
	if p.Expected > 0 {
		x := pc(of(p.Expected, scale))
		d.el("line", "class", "c-roadmap-tick", "x1", x, "x2", x, "y1", "1", "y2", num(h-1))
	}
	if p.Target > 0 {
		x := of(p.Target, scale)
		if x > 0.996 { // the line's own width must stay inside
			x = 0.996
		}
		d.el("line", "class", "c-target-tick", "x1", pc(x), "x2", pc(x), "y1", "0", "y2", num(h))
	}
	d.close("svg")
	return d.html()
}
