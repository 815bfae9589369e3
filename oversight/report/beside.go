package report

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/oversight/emulation"
	"bonphu/oversight/inspection"
)

// beside is what a whole place's report tells of the units below besides their figures.
type beside struct {
	judged    []Judged
	inspected []Inspected
}

// beside reads how the plan's rules judge the units below and what inspections found, for the report of the whole place by somebody
// who may see both; for others nothing. It is read before the report's own transaction.
func (k *Desk) beside(ctx context.Context, who access.Viewer, unit int64, period string) (b beside, err error) {
	tree := who.Tree()
	if tree == nil || k.Emulation == nil || k.Inspect == nil {
		return b, nil
	}
	p := k.Plan()
	top := tree.Place(p.Place.Unit)
	if top == nil || top.ID != unit || who.May("emulation.see", unit) != nil || who.May("inspect.see", unit) != nil {
		return b, nil
	}
	x, err := PeriodOf(p, period, p.Until)
	if err != nil || !x.Summing() {
		return b, nil // a daily or weekly report, or another document: figures are enough
	}
	day := min(x.Until, clock.DayOf(k.DB.Clock()))
	ranks, err := k.Emulation.Ranks(ctx, who, emulation.Communes, day)
	if err != nil {
		return b, err
	}
	for _, v := range ranks.List {
		b.judged = append(b.judged, Judged{Unit: v.Evidence.Name, Code: v.Evidence.Code, Rank: emulation.RankText(v), Class: emulation.ClassTitle(v.Class), Why: emulation.Why(v)})
	}
	list, err := k.Inspect.List(ctx, who, unit)
	if err != nil {
		return b, err
	}
	for _, t := range list {
		if t.ClosedAt == "" || t.ClosedDay < x.From || t.ClosedDay > day {
			continue
		}
		place := ""
		if u := tree.ByID(t.Unit); u != nil {
			place = u.Title()
		}
		title := inspection.KindTitle(t.Kind)
		if g := p.Target(t.Target); g != nil {
			title += ", " + g.Short
		}
		e := t.Estimate
		b.inspected = append(b.inspected, Inspected{Title: title, Unit: place, Sample: t.Sample, True: e.True, False: e.False, Missed: e.Missed(), Low: e.Low, High: e.High, Conf: e.Conf})
	}
	return b, nil
}
