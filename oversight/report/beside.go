package report

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/oversight/emulation"
	"bonphu/oversight/inspection"
)

// beside is what a report tells besides the figures: what stood in the way, and of a whole place's units below how they are judged and what
// inspections found.
type beside struct {
	judged    []Judged
	inspected []Inspected
	stuck     []Stuck
}

// beside reads how the plan's rules judge the units below and what inspections found, for the report of the whole place by somebody
// who may see both; for others nothing. It is read before the report's own transaction.
func (k *Desk) beside(ctx context.Context, who access.Viewer, unit int64, period string) (b beside, err error) {
	if b.stuck, err = k.stuck(ctx, who, unit, period); err != nil {
		return b, err
	}
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

// stuck counts what stood in the way in a summing period, up to today; nothing for who may not see it.
func (k *Desk) stuck(ctx context.Context, who access.Viewer, unit int64, period string) ([]Stuck, error) {
	x, err := PeriodOf(k.Plan(), period, k.Plan().Until)
	if err != nil || !x.Summing() || k.Obstacles == nil || who.May("obstacle.see", unit) != nil {
		return nil, nil
	}
	return k.Obstacles(ctx, who, unit, x.From, min(x.Until, clock.DayOf(k.DB.Clock())))
}

// Sentence tells it with its counts: "Sóng 4G, đường truyền: 7 vướng mắc, khoảng 310 người bị ảnh hưởng, còn 2 chưa được trả lời".
func (s Stuck) Sentence() string {
	text := s.Title + ": " + vn.Int(int64(s.N)) + " vướng mắc"
	if s.People > 0 {
		text += ", khoảng " + vn.Int(int64(s.People)) + " người bị ảnh hưởng"
	}
	if s.Open > 0 {
		return text + ", còn " + vn.Int(int64(s.Open)) + " chưa được trả lời"
	}
	return text + ", đã được trả lời"
}
