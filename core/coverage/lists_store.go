package coverage

import (
	"fmt"
	"slices"

	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Lists takes in every list of persons that the plan names: the register and the extracts that confirm states (KH:III.2.b,
// KH:III.3.b, KH:IV.2.d). Each row becomes a person of the register and confirmed events of the ledger (law C2).
type Lists struct {
	Plan func() *plan.Plan
}

// Kinds lists the kinds the plan names.
func (l Lists) Kinds() []string {
	var out []string
	for i := range l.Plan().Extracts {
		out = append(out, l.Plan().Extracts[i].Kind)
	}
	return out
}

// Title names a kind as the plan does.
func (l Lists) Title(kind string) string {
	if e := extractOf(l.Plan(), kind); e != nil {
		return e.Title
	}
	return intake.KindTitle(kind)
}

func extractOf(p *plan.Plan, kind string) *plan.Extract {
	for i := range p.Extracts {
		if p.Extracts[i].Kind == kind {
			return &p.Extracts[i]
		}
	}
	return nil
}

// Start begins a batch.
func (l Lists) Start(tx *db.Tx, b *intake.Batch) (intake.Run, error) {
	p := l.Plan()
	e := extractOf(p, b.Kind)
	if e == nil {
		return nil, fmt.Errorf("coverage: kind %q is not in the plan", b.Kind)
	}
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	lists, err := fullLists(tx, p)
	if err != nil {
		return nil, err
	}
	r := &run{tx: tx, batch: b, plan: p, extract: e, ranks: ranksOf(p), may: map[int64]error{}, retold: len(lists) > 0}
	if b.Complete.Whole() {
		r.named = map[int64]bool{}
	}
	r.places.start(tx, tree, b.UnitID)
	return r, nil
}

// Withdraw takes back what a batch said of persons and states (law F3).
func (l Lists) Withdraw(tx *db.Tx, b *intake.Batch) (int64, error) {
	touched, err := saidBy(tx, b.ID)
	if err != nil {
		return 0, err
	}
	rows, err := voidBatch(tx, b.ID, b.Who)
	if err != nil {
		return 0, err
	}
	if err := dropFull(tx, b.ID); err != nil {
		return 0, err
	}
	said, err := people.Withdraw(tx, b.ID, func(ids []int64) (map[int64]bool, error) {
		touched = append(touched, ids...)
		return usedByOthers(tx, b.ID, ids)
	})
	if err != nil {
		return 0, err
	}
	slices.Sort(touched)
	return max(rows, said), retell(tx, l.Plan(), slices.Compact(touched), b.Who)
}

// Settle books a held row on the person somebody chose, or on a new one (law P4).
func (l Lists) Settle(tx *db.Tx, b *intake.Batch, row *intake.Row, person int64) (intake.Outcome, error) {
	started, err := l.Start(tx, b)
	if err != nil {
		return intake.Outcome{}, err
	}
	r := started.(*run)
	r.force, r.fresh = person, person == 0
	out, err := r.Apply([]*intake.Row{row}, false)
	if err != nil {
		return intake.Outcome{}, err
	}
	if r.named != nil && r.extract.Speaks() && out[0].Person != 0 {
		if err := keepNamed(tx, b.ID, out[0].Person, ""); err != nil {
			return intake.Outcome{}, err
		}
		r.touch(out[0].Person)
	}
	return out[0], retell(tx, r.plan, r.touched, b.Who)
}

// run applies one batch.
type run struct {
	tx      *db.Tx
	batch   *intake.Batch
	plan    *plan.Plan
	extract *plan.Extract
	ranks   map[string]map[string]int
	places  places
	may     map[int64]error
	booker  *people.Booker
	force   int64
	fresh   bool
	said    []people.Said
	events  []Event
	reached []plan.Reached

	retold  bool    // there are full lists
	touched []int64 // of whom they speak again

	named    map[int64]bool      // whom the list names, or may name; kept for a full list only
	doubtful map[string]struct{} // folded names of rows that wait: nothing is said of anybody called so
}

// Finish keeps whom a full list names, and says again what full lists say of those whom this one changed.
func (r *run) Finish() error {
	if r.named != nil && r.extract.Speaks() {
		if err := keepFull(r.tx, fullList{r.batch.ID, r.batch.UnitID, r.batch.Who, r.batch.Kind, r.batch.AsOf}, r.named, r.doubtful); err != nil {
			return err
		}
	}
	if !r.retold {
		return nil
	}
	slices.Sort(r.touched)
	return retell(r.tx, r.plan, slices.Compact(r.touched), r.batch.Who)
}

// touch keeps of whom full lists must speak again; nobody while there is none.
func (r *run) touch(person int64) {
	if r.retold {
		r.touched = append(r.touched, person)
	}
}

// Apply books a chunk of rows.
func (r *run) Apply(rows []*intake.Row, dry bool) ([]intake.Outcome, error) {
	if r.booker == nil {
		r.booker = people.NewBooker(r.tx, dry, r.places.commune, func(unit int64) bool { return r.allowed(unit) == nil })
	}
	r.places.dry = dry
	out := make([]intake.Outcome, len(rows))
	r.said = r.said[:0]
	for i, row := range rows {
		said, err := r.say(row, &out[i])
		if err != nil {
			return nil, err
		}
		r.said = append(r.said, said)
	}
	booked, err := r.booker.Book(r.said)
	if err != nil {
		return nil, err
	}
	var known []int64
	for i := range booked {
		switch b := &booked[i]; {
		case r.said[i].Skip:
		case b.Doubt != nil:
			out[i] = intake.Outcome{Verdict: intake.Held, Code: b.Doubt.Code, Text: b.Doubt.Text, Others: b.Doubt.Others}
			if len(b.Doubt.Others) > 0 {
				out[i].Person = b.Doubt.Others[0]
			}
		default:
			out[i] = intake.Outcome{Verdict: intake.Same, Person: b.Person}
			if b.New {
				out[i].Verdict = intake.New
			} else {
				known = append(known, b.Person)
				if b.Changed {
					out[i].Verdict = intake.Changed
				}
			}
		}
	}
	before := map[int64][]Event{}
	if len(known) > 0 {
		if before, err = EventsOf(r.tx, known); err != nil {
			return nil, err
		}
	}
	r.events = r.events[:0]
	for i, row := range rows {
		if out[i].Person == 0 || out[i].Verdict == intake.Held || out[i].Verdict == intake.Refused {
			continue
		}
		changed, err := r.confirm(row, &r.said[i], out[i].Person, before[out[i].Person], dry)
		if err != nil {
			return nil, err
		}
		if changed && out[i].Verdict == intake.Same {
			out[i].Verdict = intake.Changed
		}
		if !dry && out[i].Verdict != intake.Same {
			r.touch(out[i].Person)
		}
	}
	for i := range r.events {
		r.touch(r.events[i].Person)
	}
	r.name(out)
	if dry {
		return out, nil
	}
	return out, Append(r.tx, r.events)
}

// say turns a row into what the register is told, or holds it when its place is not known.
func (r *run) say(row *intake.Row, out *intake.Outcome) (people.Said, error) {
	unit, code, text, err := r.places.find(row)
	if err != nil {
		return people.Said{}, err
	}
	if err := r.allowed(unit); unit != 0 && err != nil {
		*out = intake.Outcome{Verdict: intake.Held, Code: "unit.outside", Text: "Người này ở " + r.places.tree.FullName(unit) + ", ngoài địa bàn bạn được giao. Hãy chuyển danh sách cho Công an nơi đó hoặc Công an huyện."}
		return people.Said{Skip: true}, nil
	}
	said := people.Said{Who: r.batch.Who, Force: r.force, Fresh: r.fresh}
	if row.Number == "" && row.NumberMask+row.PhoneMask != "" && r.force == 0 && !r.fresh {
		found, err := people.FindMasked(r.tx, row.Name, row.Birth.String(), row.NumberMask, row.PhoneMask)
		if err != nil {
			return said, err
		}
		if len(found) != 1 {
			*out = intake.Outcome{Verdict: intake.Held, Code: "match.masked", Others: found, Text: "Số bị che một phần và chưa tìm được đúng một người có cùng họ tên, ngày sinh và các chữ số còn thấy. Hãy chọn người, hoặc xin nhà mạng danh sách có số đầy đủ."}
			if len(found) > 0 {
				out.Person = found[0]
			}
			return people.Said{Skip: true}, nil
		}
		said.Force = found[0]
	}
	switch {
	case code == "":
	case code == codeNoPlace && (row.Number != "" || said.Force != 0): // an operator's list names no place: the register knows where its people live
		said.NoPlace = &people.Match{Code: code, Text: text}
	default:
		*out = intake.Outcome{Verdict: intake.Held, Code: code, Text: text}
		return people.Said{Skip: true}, nil
	}
	p := &said.Person
	p.Number, p.OldID, p.Name, p.Birth, p.Gender = people.Number(row.Number), people.Number(row.OldID), row.Name, row.Birth.String(), row.Gender
	p.Unit, p.Phone, p.Ethnic, p.Relation = unit, people.Number(row.Phone), row.Ethnic, row.Relation
	p.Address = row.Current
	if p.Address == "" {
		p.Address = row.Address
	}
	p.House = row.Household
	if p.House == "" {
		p.House = row.HeadOfHouse
	}
	p.Note = row.Note
	p.Source, p.AsOf, p.Batch, p.BatchRow = people.Source(r.extract.SourceRank()), clock.Stamp(r.asOf(row).Time()), r.batch.ID, rowNumber(row)
	return said, nil
}

// allowed asks whether the bringer may apply lists where a row belongs (law R1); each place is asked about once.
func (r *run) allowed(unit int64) error {
	err, known := r.may[unit]
	if !known {
		err = r.batch.Viewer.May("intake.apply", unit)
		r.may[unit] = err
	}
	return err
}

// rowNumber joins sheet and line, so that the row of the file can be found again from any figure (law N2).
func rowNumber(row *intake.Row) int64 { return int64(row.Sheet)*10_000_000 + int64(row.Line) }

func (r *run) asOf(row *intake.Row) clock.Day {
	if row.AsOf != "" {
		return row.AsOf
	}
	return r.batch.AsOf
}

// confirm writes the states that a row confirms, once for each as-of (law C2); what it denies is told by the claims' fates (law C6).
func (r *run) confirm(row *intake.Row, said *people.Said, person int64, before []Event, dry bool) (bool, error) {
	r.reached = r.extract.Reached(r.reached[:0], func(field string) string { return statusOf(row, field) })
	changed := false
	for _, to := range r.reached {
		e := Event{Person: person, Coverage: to.Coverage, State: to.State, Level: Confirmed, Day: r.asOf(row), AsOf: said.AsOf, Source: said.Source,
			Who: r.batch.Who, Batch: r.batch.ID, BatchRow: said.BatchRow}
		ranks := r.ranks[to.Coverage]
		rank := func(s string) int { return ranks[s] }
		var same []Event
		for _, b := range before {
			if b.Coverage == to.Coverage {
				same = append(same, b)
			}
		}
		if repeats(same, &e) {
			continue
		}
		was := Fold(same, "", rank)
		now := Fold(append(same[:len(same):len(same)], e), "", rank)
		changed = changed || was.Confirmed != now.Confirmed || was.ConfirmedBy < 0
		if dry {
			continue
		}
		r.events = append(r.events, e)
	}
	return changed, nil
}

// statusOf gives the text of a status column under the name the plan uses for it.
func statusOf(row *intake.Row, field string) string {
	switch field {
	case "cccd":
		return row.Status[intake.StatusCCCD]
	case "eid":
		return row.Status[intake.StatusEID]
	case "sim":
		return row.Status[intake.StatusSIM]
	case "sign":
		return row.Status[intake.StatusSign]
	case "device":
		return row.Status[intake.StatusDevice]
	case "resident":
		return row.Status[intake.StatusResident]
	}
	for _, x := range row.Extra {
		if x.Heading == field {
			return x.Text
		}
	}
	return ""
}
