package coverage

import (
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

const columns = "id, person_id, coverage, state, level, day, as_of, source, evidence, team_id, who, batch_id, batch_row, at, void_why, void_by, void_at"

func scanEvent(scan func(...any) error) (Event, error) {
	var e Event
	var day string
	err := scan(&e.ID, &e.Person, &e.Coverage, &e.State, &e.Level, &day, &e.AsOf, &e.Source, &e.Evidence, &e.Team, &e.Who, &e.Batch, &e.BatchRow, &e.At, &e.VoidWhy, &e.VoidBy, &e.VoidAt)
	e.Day = clock.Day(day)
	return e, err
}

// withMerged adds the records merged into these persons, and tells into whom each was (law P4).
func withMerged(tx *db.Tx, persons []int64) (all []int64, owner map[int64]int64, err error) {
	aliases, err := people.Aliases(tx, persons)
	owner, all = map[int64]int64{}, persons
	for kept, gone := range aliases {
		for _, g := range gone {
			owner[g] = kept
			all = append(all[:len(all):len(all)], g)
		}
	}
	return all, owner, err
}

// EventsOf reads all events of these persons, void ones too, by person and in the order they were recorded. Events of records
// merged into a person come under that person (law P4).
func EventsOf(tx *db.Tx, persons []int64) (map[int64][]Event, error) {
	out := make(map[int64][]Event, len(persons))
	all, owner, err := withMerged(tx, persons)
	if err != nil {
		return nil, err
	}
	err = tx.EachIn("SELECT "+columns+" FROM event WHERE person_id IN (%s)", nil, all, func(scan func(...any) error) error {
		e, err := scanEvent(scan)
		if err != nil {
			return err
		}
		if kept, ok := owner[e.Person]; ok {
			e.Person = kept
		}
		out[e.Person] = append(out[e.Person], e)
		return nil
	})
	return out, err
}

var insertColumns = []string{"id", "person_id", "coverage", "state", "level", "day", "as_of", "source", "evidence", "team_id", "who", "batch_id", "batch_row", "at", "void_why", "void_by", "void_at"}

// Append writes events inside a transaction whose caller has checked them. Ids and instants of recording are filled in. What no batch
// brought is never confirmed (law C2).
func Append(tx *db.Tx, events []Event) error {
	for i := range events {
		if events[i].Level == Confirmed && events[i].Batch == 0 {
			return fault.New(fault.Invalid, "coverage.confirmed_by_hand", "Chỉ bản trích xuất của hệ thống chính thức mới xác nhận được kết quả.")
		}
	}
	now := tx.Now()
	row := make([]any, len(insertColumns))
	i := 0
	fill := func(e *Event) []any {
		if e.ID == 0 {
			e.ID = id.New()
		}
		if e.At == "" {
			e.At = now
		}
		row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7] = e.ID, e.Person, e.Coverage, e.State, string(e.Level), string(e.Day), e.AsOf, int64(e.Source)
		row[8], row[9], row[10], row[11], row[12], row[13], row[14], row[15], row[16] = e.Evidence, e.Team, e.Who, e.Batch, e.BatchRow, e.At, e.VoidWhy, e.VoidBy, e.VoidAt
		tx.Touch(e.Person)
		return row
	}
	_, err := tx.Bulk("event", insertColumns, func() ([]any, bool) {
		if i >= len(events) {
			return nil, false
		}
		i++
		return fill(&events[i-1]), true
	})
	return err
}

func eventAt(tx *db.Tx, event int64) (Event, error) {
	rows, err := tx.Query("SELECT "+columns+" FROM event WHERE id=$1", event)
	if err != nil {
		return Event{}, err
	}
	defer rows.Close()
	if !rows.Next() {
		return Event{}, unknownEvent()
	}
	return scanEvent(rows.Scan)
}

func void(tx *db.Tx, e *Event, why string, by int64) error {
	_, err := tx.Exec("UPDATE event SET void_why=$1, void_by=$2, void_at=$3 WHERE id=$4", why, by, tx.Now(), e.ID)
	tx.Touch(e.Person)
	return err
}

// voidBatch takes back all events of a batch and gives the number of rows they came from (law F3).
func voidBatch(tx *db.Tx, batch, by int64) (int64, error) {
	rows := map[int64]bool{}
	if err := tx.Each("SELECT person_id, batch_row FROM event WHERE batch_id=$1 AND void_at=''", []any{batch}, func(scan func(...any) error) error {
		var p, row int64
		err := scan(&p, &row)
		rows[row] = true
		tx.Touch(p)
		return err
	}); err != nil {
		return 0, err
	}
	_, err := tx.Exec("UPDATE event SET void_why=$1, void_by=$2, void_at=$3 WHERE batch_id=$4 AND void_at=''", "rút danh sách", by, tx.Now(), batch)
	return int64(len(rows)), err
}

// saidBy gives those of whom a batch says something.
func saidBy(tx *db.Tx, batch int64) ([]int64, error) {
	var out []int64
	err := tx.Each("SELECT DISTINCT person_id FROM event WHERE batch_id=$1 AND void_at=''", []any{batch}, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		out = append(out, p)
		return err
	})
	return out, err
}

// usedByOthers tells which persons have events of other batches or claims. That a full list does not name somebody is no use.
func usedByOthers(tx *db.Tx, batch int64, persons []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for len(persons) > 0 {
		part := persons[:min(len(persons), 500)]
		persons = persons[len(part):]
		args := []any{batch}
		for _, p := range part {
			args = append(args, p)
		}
		in := tx.In(len(part), 2)
		for _, q := range []string{
			"SELECT DISTINCT person_id FROM event WHERE batch_id<>$1 AND (batch_id=0 OR batch_row<>0) AND void_at='' AND person_id IN (" + in + ")",
			"SELECT DISTINCT person_id FROM person_fact WHERE batch_id<>$1 AND state IN ('asked','approved') AND person_id IN (" + in + ")",
			"SELECT DISTINCT kept_id FROM person_merge WHERE undone_at='' AND id<>$1 AND kept_id IN (" + in + ")",
		} {
			if err := tx.Each(q, args, func(scan func(...any) error) error {
				var p int64
				err := scan(&p)
				out[p] = true
				return err
			}); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}
