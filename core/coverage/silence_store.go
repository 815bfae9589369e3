package coverage

import (
	"cmp"
	"slices"

	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/vn"
)

// fullList is a full list in force.
type fullList struct {
	batch, unit, who int64
	kind             string
	day              clock.Day
}

// fullLists reads the full lists in force, oldest first; at a tie the lower source, then kind and place.
func fullLists(tx *db.Tx, p *plan.Plan) ([]fullList, error) {
	var out []fullList
	err := tx.Each("SELECT batch_id, kind, unit_id, as_of, who FROM full_list", nil, func(scan func(...any) error) error {
		var f fullList
		var day string
		err := scan(&f.batch, &f.kind, &f.unit, &day, &f.who)
		f.day = clock.Day(day)
		if e := extractOf(p, f.kind); e != nil && e.Speaks() {
			out = append(out, f)
		}
		return err
	})
	source := func(kind string) int { return extractOf(p, kind).SourceRank() }
	slices.SortFunc(out, func(a, b fullList) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(source(a.kind), source(b.kind)), cmp.Compare(a.kind, b.kind), cmp.Compare(a.unit, b.unit), cmp.Compare(a.batch, b.batch))
	})
	return out, err
}

// keepFull keeps a full list and whom it names, or may name.
func keepFull(tx *db.Tx, f fullList, named map[int64]bool, doubtful map[string]struct{}) error {
	if err := dropFull(tx, f.batch); err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO full_list(batch_id, kind, unit_id, as_of, who) VALUES($1,$2,$3,$4,$5)", f.batch, f.kind, f.unit, string(f.day), f.who); err != nil {
		return err
	}
	rows := make([][]any, 0, len(named)+len(doubtful))
	for p := range named {
		rows = append(rows, []any{f.batch, p, ""})
	}
	for name := range doubtful {
		rows = append(rows, []any{f.batch, int64(0), name})
	}
	i := 0
	_, err := tx.Bulk("full_named", []string{"batch_id", "person_id", "name_fold"}, func() ([]any, bool) {
		if i >= len(rows) {
			return nil, false
		}
		i++
		return rows[i-1], true
	})
	return err
}

func keepNamed(tx *db.Tx, batch, person int64, name string) error {
	_, err := tx.Exec("INSERT INTO full_named(batch_id, person_id, name_fold) VALUES($1,$2,$3) ON CONFLICT DO NOTHING", batch, person, name)
	return err
}

func dropFull(tx *db.Tx, batch int64) error {
	for _, q := range []string{"DELETE FROM full_named WHERE batch_id=$1", "DELETE FROM full_list WHERE batch_id=$1"} {
		if _, err := tx.Exec(q, batch); err != nil {
			return err
		}
	}
	return nil
}

// retell says again what the full lists in force say of these persons, so that it depends neither on the order of arrival nor on
// lists that were withdrawn: what a list no longer says is voided, what it says now is added (laws C4, F3).
func retell(tx *db.Tx, p *plan.Plan, persons []int64, by int64) error {
	lists, err := fullLists(tx, p)
	if err != nil || len(lists) == 0 {
		return err
	}
	tree, err := territory.Load(tx)
	if err != nil {
		return err
	}
	scope, doubtful := make([]map[int64]bool, len(lists)), make([]map[string]bool, len(lists))
	for i := range lists {
		scope[i] = map[int64]bool{}
		for _, u := range tree.Descendants(lists[i].unit) {
			scope[i][u] = true
		}
		if doubtful[i], err = doubtfulIn(tx, lists[i].batch); err != nil {
			return err
		}
	}
	for len(persons) > 0 {
		part := persons[:min(len(persons), 1000)]
		persons = persons[len(part):]
		if err := retellSome(tx, p, lists, scope, doubtful, part, by); err != nil {
			return err
		}
	}
	return nil
}

func retellSome(tx *db.Tx, p *plan.Plan, lists []fullList, scope []map[int64]bool, doubtful []map[string]bool, ids []int64, by int64) error {
	known, err := people.Load(tx, ids)
	if err != nil {
		return err
	}
	facts, err := people.FactsOf(tx, ids)
	if err != nil {
		return err
	}
	events, err := EventsOf(tx, ids)
	if err != nil {
		return err
	}
	ranks := ranksOf(p)
	var add []Event
	for i := range lists {
		l := &lists[i]
		ex := extractOf(p, l.kind)
		named, err := namedBy(tx, l.batch, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			person := known[id]
			var own, rest []Event
			for _, e := range events[id] {
				switch {
				case e.Void():
				case e.Batch == l.batch && e.BatchRow == 0:
					own = append(own, e)
				default:
					rest = append(rest, e)
				}
			}
			var want []Event
			if person.State == people.Live && scope[i][person.Unit] && !named[id] && !doubtful[i][vn.Fold(person.Name)] {
				said, _ := silence(p, ex, ranks, l.day, &person, facts[id], rest)
				for _, to := range said {
					e := Event{Person: id, Coverage: to.Coverage, State: to.State, Level: Confirmed, Day: l.day, AsOf: clock.Stamp(l.day.Time()), Source: people.Source(ex.SourceRank()), Evidence: UnnamedEvidence, Who: l.who, Batch: l.batch}
					if !repeats(inCoverage(rest, e.Coverage), &e) {
						want = append(want, e)
					}
				}
			}
			same := func(a Event) func(Event) bool {
				return func(b Event) bool { return a.Coverage == b.Coverage && a.State == b.State }
			}
			kept := rest
			for j := range own {
				if slices.ContainsFunc(want, same(own[j])) {
					kept = append(kept, own[j])
				} else if err := void(tx, &own[j], "danh sách khác cho biết thêm", by); err != nil {
					return err
				}
			}
			for _, e := range want {
				if !slices.ContainsFunc(own, same(e)) {
					kept, add = append(kept, e), append(add, e)
				}
			}
			events[id] = kept
		}
	}
	return Append(tx, add)
}

func inCoverage(events []Event, cov string) []Event {
	var out []Event
	for _, e := range events {
		if e.Coverage == cov {
			out = append(out, e)
		}
	}
	return out
}

// doubtfulIn gives the folded names that a full list may mean.
func doubtfulIn(tx *db.Tx, batch int64) (map[string]bool, error) {
	out := map[string]bool{}
	err := tx.Each("SELECT name_fold FROM full_named WHERE batch_id=$1 AND person_id=0", []any{batch}, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		out[s] = true
		return err
	})
	return out, err
}

// namedBy tells which of these a full list names.
func namedBy(tx *db.Tx, batch int64, ids []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	err := tx.EachIn("SELECT person_id FROM full_named WHERE batch_id=$1 AND person_id IN (%s)", []any{batch}, ids, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		out[p] = true
		return err
	})
	return out, err
}

// silence tells what a full list says of somebody it does not name, from the events of others up to its day: the first sets of them
// are states reached, the rest states that are as far as it goes.
func silence(p *plan.Plan, ex *plan.Extract, ranks map[string]map[string]int, day clock.Day, person *people.Person, facts []people.Fact, events []Event) (said []plan.Reached, sets int) {
	subject := plan.Subject{Birth: person.Birth, Gender: person.Gender}
	for i := range facts {
		if facts[i].In(day) {
			subject.Facts = append(subject.Facts, facts[i].Kind)
		}
	}
	confirmed := func(cov string) int {
		s := Fold(inCoverage(events, cov), day, func(s string) int { return ranks[cov][s] })
		return s.Confirmed
	}
	reached, below := ex.Absent(day, &subject, confirmed)
	said = append(said, reached...)
	for _, b := range below {
		at := max(min(confirmed(b.Coverage), ranks[b.Coverage][b.State]-1), 0)
		said = append(said, plan.Reached{Coverage: b.Coverage, State: p.Coverage(b.Coverage).States[at].ID})
	}
	return said, len(reached)
}

// ranksOf gives each state's place on its ladder.
func ranksOf(p *plan.Plan) map[string]map[string]int {
	out := map[string]map[string]int{}
	for i := range p.Coverages {
		m := map[string]int{}
		for rank, st := range p.Coverages[i].States {
			m[st.ID] = rank
		}
		out[p.Coverages[i].ID] = m
	}
	return out
}
