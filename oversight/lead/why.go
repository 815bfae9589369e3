package lead

import (
	"cmp"
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Reason is one thing, told from what is kept, that goes with a unit's being behind. N is what it counts; Href is the path of the list behind it,
// "" where the asker may not see that. Weight orders a unit's reasons, heaviest first.
type Reason struct {
	Kind   string
	Text   string // Vietnamese, without a person
	N      int64
	Weight float64
	Href   string
}

// Causes tells for the units directly under an outlook's unit what one part of the program knows of their being behind. It asks for its own rights
// and gives nothing to who may not see it.
type Causes func(ctx context.Context, who access.Viewer, o *Outlook) (map[int64][]Reason, error)

// Snags tells what is stuck in one part of the program under a unit; it asks for its own rights.
type Snags func(ctx context.Context, who access.Viewer, unit int64) ([]Task, error)

// mostReasons bounds what is told of one unit.
const mostReasons = 5

// Late is a unit with its place in the order of who is behind in a target, and why.
type Late struct {
	Unit    *territory.Unit
	Line    Line
	Reasons []Reason
}

// Behind orders the units under an outlook's unit by how many per cent of the goal will be missing by the forecast, those without a forecast by what is
// missing of the roadmap; and tells of each that is behind why. target is one of the plan's; the viewer needs lead.see on the outlook's unit.
// (KH:IV.2.c)
func (b *Book) Behind(ctx context.Context, who access.Viewer, o *Outlook, target string) ([]Late, error) {
	if err := who.May("lead.see", o.Unit.ID); err != nil {
		return nil, err
	}
	why := map[int64][]Reason{}
	for _, ask := range append([]Causes{b.ownCauses(target)}, b.Causes...) {
		told, err := ask(ctx, who, o)
		if err != nil {
			return nil, err
		}
		for u, list := range told {
			why[u] = append(why[u], list...)
		}
	}
	out := make([]Late, 0, len(o.Parts))
	for _, u := range o.Parts {
		l := Late{Unit: u, Line: o.Of(u.ID, target)}
		if l.Line.Behind() {
			l.Reasons = slices.DeleteFunc(why[u.ID], func(r Reason) bool { return r.N <= 0 })
			slices.SortStableFunc(l.Reasons, func(a, b Reason) int { return cmp.Compare(b.Weight, a.Weight) })
			l.Reasons = l.Reasons[:min(mostReasons, len(l.Reasons))]
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(x, y Late) int { return cmp.Compare(y.Line.Missing(), x.Line.Missing()) })
	return out, nil
}

// Behind tells whether a line is behind the roadmap or will miss its target by the forecast's middle.
func (l *Line) Behind() bool {
	gap, ok := l.Gap()
	return l.Goal > 0 && (l.AheadDays() < 0 || ok && gap > 0)
}

// Missing is the share of the goal that will be missing at the end by the forecast, of the roadmap's due without one; -1 without a goal. Lines that
// reach theirs are 0 or less.
func (l *Line) Missing() float64 {
	switch gap, ok := l.Gap(); {
	case l.Goal == 0:
		return -1
	case ok:
		return float64(gap) / float64(l.Goal)
	}
	return float64(l.Due-l.Confirmed) / float64(l.Goal)
}

// enough is the share of what was asked with which a week is not told as a reason.
const enough = 0.8

// ownCauses are the reasons that the figures themselves tell.
func (b *Book) ownCauses(target string) Causes {
	return func(ctx context.Context, who access.Viewer, o *Outlook) (map[int64][]Reason, error) {
		week, err := b.week(ctx, who.Tree(), o, target)
		if err != nil {
			return nil, err
		}
		out := map[int64][]Reason{}
		for _, u := range o.Parts {
			l, w := o.Of(u.ID, target), week[u.ID]
			people := func(series string) string { return PeopleHref(who, u, series, "") }
			if w.Asked > 0 && float64(w.Done) < enough*float64(w.Asked) {
				out[u.ID] = append(out[u.ID], Reason{Kind: "quota", N: w.Asked - w.Done, Weight: 3 * float64(w.Asked-w.Done) / float64(w.Asked), Href: DayHref(who, u),
					Text: w.text(o.Day)})
			}
			if l.Denied > 0 {
				out[u.ID] = append(out[u.ID], Reason{Kind: "denied", N: l.Denied, Weight: 2 + share(l.Denied, l.Goal), Href: people("t:" + target + ":denied"), Text: vn.Int(l.Denied) + " kết quả tổ báo bị danh sách trích xuất bác"})
			}
			if n := l.Claimed + l.Verified; n > 0 {
				out[u.ID] = append(out[u.ID], Reason{Kind: "claimed", N: n, Weight: share(n, l.Left()), Href: people("t:" + target + ":claimed"), Text: vn.Int(n) + " kết quả tổ báo còn chờ danh sách xác nhận"})
			}
			if l.Quota.State == Beyond {
				out[u.ID] = append(out[u.ID], Reason{Kind: "capacity", N: max(1, l.Quota.Left-l.Quota.Capacity), Weight: 2.5, Href: QuotaHref(who, u), Text: vn.UpperFirst(l.Quota.Sentence())})
			}
		}
		return out, nil
	}
}

// Snagged tells what is stuck under a unit, what has waited beyond its day first. The viewer needs lead.see on it; each part asks for its own
// rights too.
func (b *Book) Snagged(ctx context.Context, who access.Viewer, unit int64) ([]Task, error) {
	if err := who.May("lead.see", unit); err != nil {
		return nil, err
	}
	var out []Task
	for _, ask := range b.Stuck {
		list, err := ask(ctx, who, unit)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	slices.SortStableFunc(out, func(x, y Task) int { return cmp.Or(cmp.Compare(y.Late, x.Late), cmp.Compare(y.N, x.N)) })
	return out, nil
}

// text says it for people.
func (w week) text(day clock.Day) string {
	when := "Ngày " + day.Vi()
	if w.Days > 1 {
		when = vn.Int(w.Days) + " ngày có chỉ tiêu vừa qua"
	}
	return when + " giao " + vn.Int(w.Asked) + " người, làm được " + vn.Int(w.Done)
}

func share(n, of int64) float64 { return float64(n) / float64(max(of, 1)) }
