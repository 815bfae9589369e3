package coverage

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Ledger is the door to the ledger for those who may pass.
type Ledger struct {
	DB   *db.DB
	Plan func() *plan.Plan
}

func unknownEvent() error {
	return fault.New(fault.Missing, "coverage.event_unknown", "Không tìm thấy lần ghi nhận này.")
}

// Claim is what a team or an office reports of a person (law C2: never more than claimed).
type Claim struct {
	ID       int64 // made by the phone, so that pushing twice is pushing once; 0 to have one made
	Person   int64
	Coverage string
	State    string
	AsOf     string // instant; "" is now
	Team     int64
	Evidence string
}

// Record writes one claim. It is durable and counted when Record returns.
func (l Ledger) Record(ctx context.Context, who access.Viewer, c Claim) (int64, error) {
	p := l.Plan()
	if err := known(p, c.Coverage, c.State); err != nil {
		return 0, err
	}
	if len(c.Evidence) > 1000 {
		return 0, fault.New(fault.Invalid, "coverage.evidence_long", "Ghi chú quá dài (tối đa 1.000 ký tự).").On("evidence")
	}
	if c.ID == 0 {
		c.ID = id.New()
	}
	act := who.Act("coverage.claim", 0, "person:"+id.String(c.Person), c.Coverage+"="+c.State)
	err := l.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		unit, err := people.UnitOf(tx, c.Person)
		if err != nil {
			return err
		}
		if err := who.May("coverage.claim", unit); err != nil {
			return err
		}
		act.Unit = unit
		e := Event{ID: c.ID, Person: c.Person, Coverage: c.Coverage, State: c.State, Level: Claimed, AsOf: c.AsOf, Source: people.Field,
			Evidence: c.Evidence, Team: c.Team, Who: who.Account}
		if err := stamp(tx, &e); err != nil {
			return err
		}
		err = Append(tx, []Event{e})
		if db.IsDuplicate(err) {
			return fault.New(fault.Conflict, "coverage.pushed_twice", "Lần ghi nhận này đã có.")
		}
		return err
	})
	if fault.Is(err, fault.Conflict) {
		return c.ID, nil // pushing twice is pushing once
	}
	return c.ID, err
}

// ClaimIn writes what a visit reports of one person inside a transaction whose caller has asked for the right (law C2: never more than
// claimed). Claims that are there already are the same (law O2).
func ClaimIn(tx *db.Tx, p *plan.Plan, who access.Viewer, claims []Claim) error {
	if len(claims) == 0 {
		return nil
	}
	ids := make([]int64, len(claims))
	for i := range claims {
		if claims[i].ID == 0 {
			claims[i].ID = id.New()
		}
		ids[i] = claims[i].ID
	}
	have := map[int64]bool{}
	if err := tx.EachIn("SELECT id FROM event WHERE id IN (%s)", nil, ids, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		have[n] = true
		return err
	}); err != nil {
		return err
	}
	var fresh []Event
	for _, c := range claims {
		if err := known(p, c.Coverage, c.State); err != nil {
			return err
		}
		if have[c.ID] {
			continue
		}
		e := Event{ID: c.ID, Person: c.Person, Coverage: c.Coverage, State: c.State, Level: Claimed, AsOf: c.AsOf, Source: people.Field,
			Evidence: c.Evidence, Team: c.Team, Who: who.Account}
		if err := stamp(tx, &e); err != nil {
			return err
		}
		fresh = append(fresh, e)
	}
	return Append(tx, fresh)
}

// VoidIn takes claims back inside a transaction whose caller has asked for the right; extracts' events and void ones are left alone.
func VoidIn(tx *db.Tx, events []int64, why string, by int64) error {
	for _, n := range events {
		e, err := eventAt(tx, n)
		if fault.Is(err, fault.Missing) || err == nil && (e.Level == Confirmed || e.Void()) {
			continue
		}
		if err != nil {
			return err
		}
		if err := void(tx, &e, why, by); err != nil {
			return err
		}
	}
	return nil
}

// stamp fills in when it was true and refuses what lies in the future or long before the campaign.
func stamp(tx *db.Tx, e *Event) error {
	if e.AsOf == "" {
		e.AsOf = tx.Now()
	}
	t := clock.ParseStamp(e.AsOf)
	if t.IsZero() {
		return fault.New(fault.Invalid, "coverage.as_of", "Thời điểm ghi nhận không đúng.").On("as_of")
	}
	if e.AsOf > tx.Now() {
		return fault.New(fault.Invalid, "coverage.future", "Thời điểm ghi nhận nằm ở tương lai. Hãy chỉnh lại đồng hồ của máy.").On("as_of")
	}
	e.Day = clock.DayOf(t)
	return nil
}

func known(p *plan.Plan, coverage, state string) error {
	for i := range p.Coverages {
		if p.Coverages[i].ID != coverage {
			continue
		}
		for j := range p.Coverages[i].States {
			if p.Coverages[i].States[j].ID == state {
				return nil
			}
		}
		return fault.New(fault.Invalid, "coverage.state", "Trạng thái này không có trong kế hoạch.").On("state")
	}
	return fault.New(fault.Invalid, "coverage.coverage", "Mục tiêu này không có trong kế hoạch.").On("coverage")
}

// Void takes back a claim and says why (law C4). An event of an extract is taken back only with its batch.
func (l Ledger) Void(ctx context.Context, who access.Viewer, event int64, why string) error {
	if why == "" || len(why) > 1000 {
		return fault.New(fault.Invalid, "coverage.why", "Hãy ghi lý do rút lại (tối đa 1.000 ký tự).").On("why")
	}
	act := who.Act("coverage.claim", 0, "event:"+id.String(event), "rút lại")
	return l.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		e, err := eventAt(tx, event)
		if err != nil {
			return err
		}
		unit, err := people.UnitOf(tx, e.Person)
		if err != nil {
			return err
		}
		if err := who.May("coverage.claim", unit); err != nil {
			return err
		}
		act.Unit = unit
		switch {
		case e.Level == Confirmed:
			return fault.New(fault.Invalid, "coverage.confirmed", "Số liệu trích xuất không rút từng người. Hãy rút cả danh sách đã đưa vào, hoặc đưa vào bản trích xuất mới hơn.")
		case e.Void():
			return fault.New(fault.Conflict, "coverage.void", "Lần ghi nhận này đã được rút lại.")
		}
		return void(tx, &e, why, who.Account)
	})
}

// History reads a person's events, newest first.
func (l Ledger) History(ctx context.Context, who access.Viewer, person int64) ([]Event, error) {
	var out []Event
	err := l.DB.Read(ctx, func(tx *db.Tx) error {
		unit, err := people.UnitOf(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("people.see", unit); err != nil {
			return err
		}
		all, err := EventsOf(tx, []int64{person})
		out = all[person]
		return err
	})
	slices.SortFunc(out, func(a, b Event) int {
		switch {
		case a.AsOf != b.AsOf && a.AsOf > b.AsOf, a.AsOf == b.AsOf && a.ID > b.ID:
			return -1
		}
		return 1
	})
	return out, err
}
