package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/oversight/tally"
)

// Clear forgets every fate before the tally tells everybody anew; cases and their answers stay.
func (b *Book) Clear(tx *db.Tx) error {
	for _, table := range []string{"claim_fate", "claim_sum"} {
		if _, err := tx.Exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	return nil
}

// Follow tells the fates of touched persons' claims anew, books the difference on the sums, and opens and closes cases; the tally
// calls it before every commit that touched a person.
func (b *Book) Follow(tx *db.Tx, t *tally.Touched) error {
	p := b.Plan()
	l := ladders(p)
	old, err := kept(tx, t.Persons)
	if err != nil {
		return err
	}
	d := map[sum]int64{}
	var changed []entry
	var asked []int64
	for _, person := range t.Persons {
		fresh := entries(l, p.Start(), t, person)
		was := old[person]
		denied := false
		for i := range fresh {
			e := &fresh[i]
			denied = denied || e.fate == Denied
			at := slices.IndexFunc(was, func(w entry) bool { return w.event == e.event })
			if at >= 0 && was[at] == *e {
				continue
			}
			if at >= 0 {
				book(d, &was[at], -1)
				denied = denied || was[at].fate == Pending // an inspection may have asked already
			}
			book(d, e, 1)
			changed = append(changed, *e)
		}
		for i := range was {
			w := &was[i]
			denied = denied || w.fate == Denied
			if slices.ContainsFunc(fresh, func(e entry) bool { return e.event == w.event }) {
				continue
			}
			book(d, w, -1)
			if _, err := tx.Exec("DELETE FROM claim_fate WHERE person_id=$1 AND event_id=$2", person, w.event); err != nil {
				return err
			}
		}
		if denied {
			asked = append(asked, person)
		}
	}
	if err := put(tx, changed); err != nil {
		return err
	}
	if err := addSums(tx, d); err != nil {
		return err
	}
	if len(asked) == 0 {
		return nil
	}
	return b.ask(tx, t, asked)
}

// fateConflict has a fate that is kept already say what the new one says.
const fateConflict = `ON CONFLICT (person_id,event_id) DO UPDATE SET coverage=excluded.coverage, state=excluded.state, unit_id=excluded.unit_id, team_id=excluded.team_id,
	day=excluded.day, fate=excluded.fate, fated_day=excluded.fated_day, by_event=excluded.by_event, path=excluded.path`

var fateColumns = []string{"person_id", "event_id", "coverage", "state", "unit_id", "team_id", "day", "fate", "fated_day", "by_event", "path"}

func kept(tx *db.Tx, persons []int64) (map[int64][]entry, error) {
	out := map[int64][]entry{}
	err := tx.EachIn("SELECT "+strings.Join(fateColumns, ",")+" FROM claim_fate WHERE person_id IN (%s)", nil, persons, func(scan func(...any) error) error {
		e, err := scanEntry(scan)
		out[e.person] = append(out[e.person], e)
		return err
	})
	return out, err
}

func scanEntry(scan func(...any) error, more ...any) (entry, error) {
	var e entry
	var day, fated, fate string
	err := scan(append([]any{&e.person, &e.event, &e.coverage, &e.state, &e.unit, &e.team, &day, &fate, &fated, &e.by, &e.path}, more...)...)
	e.day, e.fate, e.fated = clock.Day(day), Fate(fate), clock.Day(fated)
	return e, err
}

// put writes fates, new or changed.
func put(tx *db.Tx, list []entry) error {
	values := make([]any, 0, len(fateColumns)*len(list))
	for i := range list {
		e := &list[i]
		values = append(values, e.person, e.event, e.coverage, e.state, e.unit, e.team, string(e.day), string(e.fate), string(e.fated), e.by, e.path)
	}
	return tx.Upsert("claim_fate", fateColumns, fateConflict, values)
}

var sumColumns = []string{"unit_id", "team_id", "coverage", "claimed", "fate", "day", "n"}

func addSums(tx *db.Tx, d map[sum]int64) error {
	keys := make([]sum, 0, len(d))
	for s := range d {
		keys = append(keys, s)
	}
	slices.SortFunc(keys, func(a, b sum) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.team, b.team), cmp.Compare(a.coverage, b.coverage), cmp.Compare(a.claimed, b.claimed),
			cmp.Compare(a.fate, b.fate), cmp.Compare(a.day, b.day))
	})
	values := make([]any, 0, len(sumColumns)*len(keys))
	for _, s := range keys {
		values = append(values, s.unit, s.team, s.coverage, string(s.claimed), string(s.fate), string(s.day), d[s])
	}
	return tx.Upsert("claim_sum", sumColumns, "ON CONFLICT (unit_id,team_id,coverage,claimed,fate,day) DO UPDATE SET n = claim_sum.n + excluded.n", values)
}
