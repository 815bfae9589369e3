package coverage

import (
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// A full list that takes the confirmed state from more than one in dropShare of those who had it, and from more than dropFew, is
// held until somebody says that it is right: more often the file was cut off.
const (
	dropShare = 5
	dropFew   = 20
)

// UnnamedEvidence stands with what a full list says of those it does not name.
const UnnamedEvidence = "không có tên trong danh sách đầy đủ"

// name keeps whom a chunk of rows names, or may name.
func (r *run) name(outs []intake.Outcome) {
	if r.named == nil {
		return
	}
	for i := range outs {
		if outs[i].Person != 0 {
			r.named[outs[i].Person] = true
		}
		for _, p := range outs[i].Others {
			r.named[p] = true
		}
	}
}

// Doubt keeps the names of rows of which it is not known whom they name.
func (r *run) Doubt(rows []*intake.Row) {
	if r.doubtful == nil {
		r.doubtful = map[string]struct{}{}
	}
	for _, row := range rows {
		r.doubtful[vn.Fold(row.Name)] = struct{}{}
	}
}

// Unnamed confirms what a full list says of the people of its place whom it does not name, and gives how many change by it. It says
// it of nobody who may be named by a row that waits, and only what the plan says such a list means (law C2, KH:IV.2.d).
func (r *run) Unnamed(dry bool) (int64, error) {
	if r.named == nil || !r.extract.Speaks() {
		return 0, nil
	}
	if r.batch.UnitID == 0 {
		return 0, fault.New(fault.Refused, "coverage.full_place", "Danh sách đầy đủ phải cho biết là của địa bàn nào. Hãy chọn địa bàn rồi chạy lại.")
	}
	if err := r.batch.Viewer.May("intake.apply", r.batch.UnitID); err != nil {
		return 0, err
	}
	tree, err := territory.Load(r.tx)
	if err != nil {
		return 0, err
	}
	ids, err := people.LivingIn(r.tx, tree.Descendants(r.batch.UnitID))
	if err != nil {
		return 0, err
	}
	var changed, had, lost int64
	for len(ids) > 0 {
		part := ids[:min(len(ids), 1000)]
		ids = ids[len(part):]
		c, h, l, err := r.absent(part, dry)
		if err != nil {
			return 0, err
		}
		changed, had, lost = changed+c, had+h, lost+l
	}
	if lost > dropFew && lost*dropShare > had && r.batch.Complete != intake.Sure {
		if dry {
			return changed, nil
		}
		return 0, fault.New(fault.Refused, "coverage.full_drop", "Danh sách đầy đủ này sẽ bác %s trong %s người đang được xác nhận vì không nêu tên họ. Có thể tệp bị thiếu dòng. Nếu đúng là danh sách đủ, hãy chọn “Đầy đủ, đã kiểm tra” rồi nhập lại.", vn.Int(lost), vn.Int(had))
	}
	return changed, nil
}

// absent says what the list means for some people of its place. It gives how many change, how many were confirmed at or above a state
// that the list says is not reached, and how many of those lose it.
func (r *run) absent(ids []int64, dry bool) (changed, had, lost int64, err error) {
	known, err := people.Load(r.tx, ids)
	if err != nil {
		return 0, 0, 0, err
	}
	facts, err := people.FactsOf(r.tx, ids)
	if err != nil {
		return 0, 0, 0, err
	}
	events, err := EventsOf(r.tx, ids)
	if err != nil {
		return 0, 0, 0, err
	}
	day := r.batch.AsOf
	asOf := clock.Stamp(day.Time())
	r.events = r.events[:0]
	for _, id := range ids {
		p, ok := known[id]
		if !ok {
			continue
		}
		before := map[string][]Event{}
		for _, e := range events[id] {
			before[e.Coverage] = append(before[e.Coverage], e)
		}
		stand := func(cov string, more ...Event) Standing {
			ranks := r.ranks[cov]
			return Fold(append(before[cov][:len(before[cov]):len(before[cov])], more...), day, func(s string) int { return ranks[s] })
		}
		said, sets := silence(r.plan, r.extract, r.ranks, day, &p, facts[id], events[id])
		for _, to := range said[sets:] {
			if s := stand(to.Coverage); s.Confirmed > r.ranks[to.Coverage][to.State] {
				had++
			}
		}
		named := r.named[id]
		if !named {
			_, named = r.doubtful[vn.Fold(p.Name)]
		}
		if named {
			continue
		}
		moves := false
		for i, to := range said {
			e := Event{Person: id, Coverage: to.Coverage, State: to.State, Level: Confirmed, Day: day, AsOf: asOf, Source: people.Source(r.extract.SourceRank()), Evidence: UnnamedEvidence, Who: r.batch.Who, Batch: r.batch.ID}
			was, now := stand(to.Coverage), stand(to.Coverage, e)
			if i >= sets && now.Confirmed < was.Confirmed {
				lost++
			}
			moves = moves || was.Confirmed != now.Confirmed || was.Claimed != now.Claimed || was.Denied != now.Denied
			if !repeats(before[to.Coverage], &e) {
				r.events = append(r.events, e)
				r.touch(id)
			}
		}
		if moves {
			changed++
		}
	}
	if dry {
		return changed, had, lost, nil
	}
	return changed, had, lost, Append(r.tx, r.events)
}

// repeats tells whether an extract of the same day and source said so already (law F2).
func repeats(before []Event, e *Event) bool {
	for i := range before {
		b := &before[i]
		if !b.Void() && b.Level == Confirmed && b.AsOf == e.AsOf && b.Source == e.Source && b.State == e.State {
			return true
		}
	}
	return false
}
