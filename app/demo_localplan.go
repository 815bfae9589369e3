package app

import (
	"slices"
	"time"

	"bonphu/core/plan"
)

// communePlans plays the communes' own plans (KH:V.6): most issued as the district divides, one that wants to be done earlier, one with more
// days of rest, one still a draft, one that nobody has begun.
func (p *player) communePlans() error {
	defer p.at(demoDay, demoHour)
	for i, c := range p.district.Communes {
		u := p.tree.ByCode(c.Code)
		police, ok1 := p.who[policeOf(c.Name)]
		chair, ok2 := p.who[chairOf(c.Name)]
		if u == nil || !ok1 || !ok2 || i == 7 {
			continue
		}
		day := min(p.app.Plan().From.Add(6+i%5), demoDay)
		if i == 4 {
			day = demoDay.Add(-1)
		}
		p.at(day, 9*time.Hour)
		if err := p.app.LocalPlans.Make(p.ctx, police, u.ID); err != nil {
			return err
		}
		if i == 4 {
			continue
		}
		s, err := p.app.LocalPlans.Sheet(p.ctx, chair, u.ID)
		if err != nil {
			return err
		}
		spec := *s.Draft.Spec
		spec.Signer = chair.Name
		switch i {
		case 1:
			spec.Until = "2024-06-30"
			spec.Roadmap = []plan.Knot{{Day: "2024-05-08", Percent: 40}, {Day: "2024-06-09", Percent: 82}, {Day: "2024-06-30", Percent: 100}}
			spec.Targets = slices.Clone(spec.Targets)
			for k := range spec.Targets {
				t := &spec.Targets[k]
				t.Number = max(t.Number, min(t.Eligible, t.Number+t.Number/50))
			}
		case 3:
			spec.RestWeekdays = []int{7}
		}
		p.at(day, 10*time.Hour)
		if err := p.app.LocalPlans.Save(p.ctx, police, u.ID, s.Draft.Revision, &spec); err != nil {
			return err
		}
		p.at(day, 15*time.Hour)
		if err := p.app.LocalPlans.Issue(p.ctx, chair, u.ID, s.Draft.Revision+1, ""); err != nil {
			return err
		}
	}
	return nil
}
