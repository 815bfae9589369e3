package plan

import "fmt"

// Cited is a thing of the plan that rests on a clause. Kind is phase, coverage, target, segment, extract, report, duty, fact,
// basis, quota or emulation; the last three are one of their kind and have no ID.
type Cited struct{ Kind, ID, Title string }

// Cites lists what in the plan rests on a clause, in the plan's order.
func (p *Plan) Cites(clause string) []Cited {
	var out []Cited
	add := func(kind, id, title, c string) {
		if c == clause {
			out = append(out, Cited{kind, id, title})
		}
	}
	for _, x := range p.Phases {
		add("phase", x.ID, x.Title, x.Clause)
	}
	for _, x := range p.Coverages {
		add("coverage", x.ID, x.Title, x.Clause)
	}
	for _, x := range p.Targets {
		add("target", x.ID, x.Title, x.Clause)
	}
	for _, x := range p.Segments {
		add("segment", x.ID, x.Title, x.Clause)
	}
	for _, x := range p.Extracts {
		add("extract", x.Kind, x.Title, x.Clause)
	}
	for _, x := range p.Reports {
		add("report", x.ID, x.Title, x.Clause)
	}
	for _, x := range p.Duties {
		add("duty", x.ID, x.Who+": "+x.Text, x.Clause)
	}
	for _, x := range p.Facts {
		add("fact", x.ID, x.Title, x.Clause)
	}
	for _, x := range p.LegalBasis {
		add("basis", "", x.Text, x.Clause)
	}
	if p.PersonalQuota.N > 0 {
		add("quota", "", fmt.Sprintf("Mỗi người hướng dẫn ít nhất %d người dân", p.PersonalQuota.N), p.PersonalQuota.Clause)
	}
	add("emulation", "", fmt.Sprintf("Ngưỡng thi đua: xuất sắc từ %v %%, khá từ %v %% chỉ tiêu; khai khống quá %v %% thì không xét", p.Emulation.Excellent, p.Emulation.Good, p.Emulation.OverClaim), p.Emulation.Clause)
	return out
}
