package coverage

import (
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// ConfirmedOf reads what extracts confirm of these persons up to and on a day, void events left out: all that decides whether a state is
// confirmed, and no more (law C2). Events of records merged into a person come under that person (law P4).
func ConfirmedOf(tx *db.Tx, persons []int64, day clock.Day) (map[int64][]Event, error) {
	out := make(map[int64][]Event, len(persons))
	all, owner, err := withMerged(tx, persons)
	if err != nil {
		return nil, err
	}
	err = tx.EachIn("SELECT person_id, coverage, state, day, as_of, source, id FROM event WHERE level='confirmed' AND void_at='' AND day<=$1 AND person_id IN (%s)", []any{string(day)}, all, func(scan func(...any) error) error {
		e := Event{Level: Confirmed}
		var on string
		if err := scan(&e.Person, &e.Coverage, &e.State, &on, &e.AsOf, &e.Source, &e.ID); err != nil {
			return err
		}
		if kept, ok := owner[e.Person]; ok {
			e.Person = kept
		}
		e.Day = clock.Day(on)
		out[e.Person] = append(out[e.Person], e)
		return nil
	})
	return out, err
}
