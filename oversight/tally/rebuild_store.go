package tally

import (
	"context"
	"fmt"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Rebuild tells everybody's path anew from the ledger and makes all roll-ups from them: after a new plan, or for proof.
func (b *Book) Rebuild(ctx context.Context, who access.Viewer, progress func(done, total int64)) error {
	if err := who.May("system.run", 0); err != nil {
		return err
	}
	act := who.Act("system.run", 0, "tally", "tính lại toàn bộ")
	return b.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
		if day, err := Frozen(tx); err != nil || day != "" {
			if err == nil {
				err = fault.New(fault.Conflict, "tally.frozen", "Dữ liệu cá nhân đã được xóa ngày %s; con số được giữ nguyên và không tính lại.", day.Vi())
			}
			return err
		}
		b.forget()
		tables := []string{"roll_now", "roll_day", "person_roll"}
		if of, err := rolledUnder(tx); err != nil || of != b.Plan().SHA {
			if err != nil {
				return err
			}
			tables = append(tables, "profile") // its numbers are the old plan's; under the same plan another program may be using them
		}
		for _, table := range tables {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		for _, f := range b.Also {
			if err := f.Clear(tx); err != nil {
				return err
			}
		}
		if _, err := tx.Exec("INSERT INTO roll_state(id, plan_sha, horizon) VALUES (2, $1, '') ON CONFLICT (id) DO UPDATE SET plan_sha=excluded.plan_sha", b.Plan().SHA); err != nil {
			return err
		}
		var total, done int64
		if err := tx.QueryRow("SELECT count(*) FROM person").Scan(&total); err != nil {
			return err
		}
		for after := int64(0); ; {
			ids, err := persons(tx, after)
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				return nil
			}
			if err := b.refresh(tx, ids); err != nil {
				return err
			}
			after = ids[len(ids)-1]
			done += int64(len(ids))
			if progress != nil {
				progress(done, total)
			}
		}
	})
}

// rolledUnder gives the SHA-256 of the plan that the last rebuild was made under, "" before the first.
func rolledUnder(tx *db.Tx) (string, error) {
	var sha string
	err := tx.Each("SELECT plan_sha FROM roll_state WHERE id = 2", nil, func(scan func(...any) error) error { return scan(&sha) })
	return sha, err
}

// persons reads the next ids of the register, whatever their state.
func persons(tx *db.Tx, after int64) ([]int64, error) {
	var ids []int64
	err := tx.Each("SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT 20000", []any{after}, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		ids = append(ids, p)
		return err
	})
	return ids, err
}

// Finding is a place where what is kept differs from what the ledger tells.
type Finding struct {
	Where string
	Kept  int64
	Told  int64
}

// Check recomputes every roll-up from the ledger in one reading and gives the places that differ, at most a hundred, and how
// many persons it told. It changes nothing.
func (b *Book) Check(ctx context.Context) (told int64, findings []Finding, err error) {
	err = b.DB.Read(ctx, func(tx *db.Tx) error {
		if day, err := Frozen(tx); err != nil || day != "" {
			return err // nobody is left to tell them from
		}
		p := b.Plan()
		s := b.SeriesNow()
		fresh := &Book{DB: b.DB, Plan: b.Plan}
		up, err := fresh.ancestors(tx)
		if err != nil {
			return err
		}
		teller := NewTeller(p, s)
		day := b.horizon(tx.Today())
		d := deltas{}
		for after := int64(0); ; {
			ids, err := persons(tx, after)
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				break
			}
			after = ids[len(ids)-1]
			for len(ids) > 0 {
				part := ids[:min(len(ids), refreshChunk)]
				ids = ids[len(part):]
				n, err := tell(tx, teller, part, day, d)
				if err != nil {
					return err
				}
				told += n
			}
		}
		findings, err = compare(tx, s, d.upward(up))
		return err
	})
	return told, findings, err
}

// Everybody hands all persons of the register to fn, in parts, as a commit that touched them would; it changes nothing.
func Everybody(tx *db.Tx, fn func(*Touched) error) error {
	for after := int64(0); ; {
		ids, err := persons(tx, after)
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		for len(ids) > 0 {
			part := ids[:min(len(ids), refreshChunk)]
			ids = ids[len(part):]
			t := Touched{Persons: part}
			if t.People, err = people.Load(tx, part); err != nil {
				return err
			}
			if t.Moves, err = people.MovesOf(tx, part); err != nil {
				return err
			}
			if t.Events, err = coverage.EventsOf(tx, part); err != nil {
				return err
			}
			if err := fn(&t); err != nil {
				return err
			}
		}
	}
}

func tell(tx *db.Tx, teller *Teller, part []int64, day clock.Day, d deltas) (int64, error) {
	list, err := people.Load(tx, part)
	if err != nil {
		return 0, err
	}
	moves, err := people.MovesOf(tx, part)
	if err != nil {
		return 0, err
	}
	facts, err := people.FactsOf(tx, part)
	if err != nil {
		return 0, err
	}
	events, err := coverage.EventsOf(tx, part)
	if err != nil {
		return 0, err
	}
	for _, person := range part {
		p := list[person]
		path, _ := teller.Path(&p, moves[person], facts[person], events[person], day)
		d.book(path, 1)
	}
	return int64(len(part)), nil
}

func compare(tx *db.Tx, s *Series, d deltas) ([]Finding, error) {
	var out []Finding
	note := func(f Finding) {
		if len(out) < 100 {
			out = append(out, f)
		}
	}
	now := map[cell]int64{}
	for c, n := range d {
		now[cell{c.unit, c.series, ""}] += n
	}
	err := tx.Each("SELECT unit_id, series, day, n FROM roll_day WHERE n <> 0", nil, func(scan func(...any) error) error {
		var u, n int64
		var series, day string
		if err := scan(&u, &series, &day, &n); err != nil {
			return err
		}
		i, ok := s.index[series]
		c := cell{u, i, clock.Day(day)}
		if !ok || d[c] != n {
			note(Finding{fmt.Sprintf("đơn vị %d, %s, ngày %s", u, series, day), n, d[c]})
		}
		delete(d, c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for c, n := range d {
		note(Finding{fmt.Sprintf("đơn vị %d, %s, ngày %s", c.unit, s.ids[c.series], c.day), 0, n})
	}
	err = tx.Each("SELECT unit_id, series, n FROM roll_now WHERE n <> 0", nil, func(scan func(...any) error) error {
		var u, n int64
		var series string
		if err := scan(&u, &series, &n); err != nil {
			return err
		}
		i, ok := s.index[series]
		c := cell{u, i, ""}
		if !ok || now[c] != n {
			note(Finding{fmt.Sprintf("đơn vị %d, %s, hiện tại", u, series), n, now[c]})
		}
		delete(now, c)
		return nil
	})
	for c, n := range now {
		if n != 0 {
			note(Finding{fmt.Sprintf("đơn vị %d, %s, hiện tại", c.unit, s.ids[c.series]), 0, n})
		}
	}
	return out, err
}
