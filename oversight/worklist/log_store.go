package worklist

import (
	"database/sql"
	"errors"

	"bonphu/internal/db"
	"bonphu/oversight/tally"
)

// keepLog is how many entries of a hamlet stay; a phone that asks from before them copies its list anew.
const keepLog = 20_000

// Log tells phones what changed: every person touched, in the hamlet left and in the hamlet lived in now. It is a tally.Follower.
type Log struct{ *Book }

// Clear leaves the log as it is: a rebuild of figures changes nobody.
func (Log) Clear(*db.Tx) error { return nil }

// Follow writes the touched persons, for hamlets that some phone holds.
func (l Log) Follow(tx *db.Tx, t *tally.Touched) error {
	held, err := l.held(tx)
	if err != nil || len(held) == 0 {
		return err
	}
	var where []entry
	day := tx.Today()
	for _, p := range t.Persons {
		was, now := t.Was(p), t.Home(p, day)
		if held[was] {
			where = append(where, entry{was, p})
		}
		if now != was && held[now] {
			where = append(where, entry{now, p})
		}
	}
	return write(tx, where)
}

// Changed writes persons of whom something changed that no figure tells: whom they are assigned to (canvass.Book.Changed).
func (b *Book) Changed(tx *db.Tx, persons []int64) error {
	held, err := b.held(tx)
	if err != nil || len(held) == 0 {
		return err
	}
	var where []entry
	err = tx.EachIn("SELECT id, unit_id FROM person WHERE id IN (%s)", nil, persons, func(scan func(...any) error) error {
		var e entry
		err := scan(&e.person, &e.unit)
		if held[e.unit] {
			where = append(where, e)
		}
		return err
	})
	if err != nil {
		return err
	}
	return write(tx, where)
}

func (b *Book) held(tx *db.Tx) (map[int64]bool, error) {
	if b.Held == nil {
		return nil, nil
	}
	return b.Held(tx)
}

type entry struct{ unit, person int64 }

func write(tx *db.Tx, list []entry) error {
	if len(list) == 0 {
		return nil
	}
	head, _, err := heads(tx)
	if err != nil {
		return err
	}
	seq := head + 1
	i := 0
	row := make([]any, 3)
	seen := map[entry]bool{}
	if _, err := tx.Bulk("field_log", []string{"unit_id", "seq", "person_id"}, func() ([]any, bool) {
		for i < len(list) && seen[list[i]] {
			i++
		}
		if i >= len(list) {
			return nil, false
		}
		seen[list[i]] = true
		row[0], row[1], row[2] = list[i].unit, seq, list[i].person
		i++
		return row, true
	}); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO field_head(id, seq, cleared) VALUES (1,$1,0) ON CONFLICT (id) DO UPDATE SET seq=excluded.seq", seq)
	return err
}

func heads(tx *db.Tx) (seq, cleared int64, err error) {
	err = tx.QueryRow("SELECT seq, cleared FROM field_head WHERE id=1").Scan(&seq, &cleared)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return seq, cleared, err
}

// Head gives the newest change: what a phone that has copied everything has seen.
func (b *Book) Head(tx *db.Tx) (int64, error) {
	seq, _, err := heads(tx)
	return seq, err
}

// Since gives who changed in these units after a seq, at most about limit persons, and up to which seq that is; more says that there is
// more, gap that the seq is older than what is kept and a phone must copy its list anew.
func (b *Book) Since(tx *db.Tx, units []int64, seq int64, limit int) (ids []int64, next int64, more, gap bool, err error) {
	head, cleared, err := heads(tx)
	if err != nil || seq < cleared || seq > head {
		return nil, 0, false, err == nil, err
	}
	type change struct{ seq, person int64 }
	var all []change
	for _, u := range units {
		var first, n int64 = 0, 0
		// One change may carry many persons: it is given whole, so that seq tells all that a phone has.
		err := tx.Each("SELECT seq, person_id FROM field_log WHERE unit_id=$1 AND seq>$2 ORDER BY seq, person_id", []any{u, seq}, func(scan func(...any) error) error {
			var c change
			if err := scan(&c.seq, &c.person); err != nil {
				return err
			}
			if n++; n > int64(limit) && c.seq != first {
				return errEnough
			}
			first = c.seq
			all = append(all, c)
			return nil
		})
		if errors.Is(err, errEnough) {
			more = true
			if next == 0 || first < next {
				next = first
			}
		} else if err != nil {
			return nil, 0, false, false, err
		}
	}
	if !more {
		next = head
	}
	seen := map[int64]bool{}
	for _, c := range all {
		if c.seq <= next && !seen[c.person] {
			seen[c.person] = true
			ids = append(ids, c.person)
		}
	}
	return ids, next, more, false, nil
}

var errEnough = errors.New("worklist: enough")

// Tidy clears old changes away: the night's work.
func (b *Book) Tidy(tx *db.Tx) error {
	head, cleared, err := heads(tx)
	if err != nil || head-cleared <= keepLog {
		return err
	}
	upto := head - keepLog
	if _, err := tx.Exec("DELETE FROM field_log WHERE seq<=$1", upto); err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE field_head SET cleared=$1 WHERE id=1", upto)
	return err
}
