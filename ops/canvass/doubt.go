package canvass

import (
	"regexp"
	"slices"

	"bonphu/core/plan"
)

// about finds in a segment's rule the coverages that its people lack.
var about = regexp.MustCompile(`not reached\("([a-z0-9_]+)", *"([a-z0-9_]+)"\)`)

// Doubts tells what does not fit what a visit says was reached: somebody who still needs what had to come first cannot well have it
// (KH:III.2.a). needs are the segments after the visit. It refuses nothing: what was seen at the door is kept, and the extract decides.
func Doubts(p *plan.Plan, needs []string, claims []Claimed) []string {
	var out []string
	for _, c := range claims {
		cov := p.Coverage(c.Coverage)
		if cov == nil {
			continue
		}
		for i := range p.Segments {
			s := &p.Segments[i]
			if !slices.ContainsFunc(about.FindAllStringSubmatch(s.When, -1), func(m []string) bool { return m[1] == c.Coverage && cov.Rank(c.State) >= cov.Rank(m[2]) }) {
				continue
			}
			for _, f := range s.After {
				if slices.Contains(needs, f.Segment) && !slices.Contains(out, f.Why) {
					out = append(out, f.Why)
				}
			}
		}
	}
	return out
}
