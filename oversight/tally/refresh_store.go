package tally

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
)

// Book keeps the roll-ups and reads them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
	Also []Follower // kept in the same transactions, in this order

	mu       sync.Mutex
	of       *plan.Plan // the plan that teller and series are of
	teller   *Teller
	series   *Series
	above    map[int64][]int64 // unit → itself and its ancestors
	profiles map[string]int64
	cached   map[*plan.Plan]*Series
	means    *meanings // of the current plan
}

// Open makes a book and has every transaction that touches a person bring it up to date before its commit.
func Open(d *db.DB, current func() *plan.Plan) *Book {
	b := &Book{DB: d, Plan: current}
	b.Keep()
	return b
}

// Keep has every transaction from now on bring the book up to date; a book that was built in one go (Rebuild) is kept from then.
func (b *Book) Keep() { b.DB.BeforeCommit(b.refresh) }

// SeriesNow lists the current plan's series.
func (b *Book) SeriesNow() *Series {
	p := b.Plan()
	b.mu.Lock()
	defer b.mu.Unlock()
	if s := b.cached[p]; s != nil {
		return s
	}
	s := SeriesOf(p)
	b.cached = map[*plan.Plan]*Series{p: s}
	return s
}

// horizon is the last day that figures tell of: today, but never past the campaign's last day.
func (b *Book) horizon(today clock.Day) clock.Day { return min(today, b.Plan().Until) }

// prepare makes the writer's scratch fit the current plan.
func (b *Book) prepare() {
	p := b.Plan()
	if b.of == p {
		return
	}
	b.of, b.series = p, b.SeriesNow()
	b.teller = NewTeller(p, b.series)
	b.profiles, b.above = map[string]int64{}, nil
}

// ancestors gives a unit and those above it, from a cache that is read anew when it meets an unknown unit.
func (b *Book) ancestors(tx *db.Tx) (func(int64) []int64, error) {
	read := func() error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		b.above = map[int64][]int64{}
		for _, u := range tree.All() {
			for _, a := range tree.Ancestors(u.ID) {
				b.above[u.ID] = append(b.above[u.ID], a.ID)
			}
		}
		return nil
	}
	if b.above == nil {
		if err := read(); err != nil {
			return nil, err
		}
	}
	tx.OnRollback(func() { b.above = nil })
	again := false
	var failed error
	return func(unit int64) []int64 {
		if up, ok := b.above[unit]; ok {
			return up
		}
		if !again {
			again = true
			failed = read()
		}
		if up, ok := b.above[unit]; ok && failed == nil {
			return up
		}
		return []int64{unit}
	}, nil
}

// forget drops caches that rows of the tree or the plan went into.
func (b *Book) forget() { b.above, b.of = nil, nil }

const refreshChunk = 2000

// refresh tells the paths of touched persons anew and books the difference; it runs inside the transaction that touched them.
func (b *Book) refresh(tx *db.Tx, persons []int64) error {
	b.prepare()
	up, err := b.ancestors(tx)
	if err != nil {
		return err
	}
	d := deltas{}
	today := b.horizon(tx.Today())
	for len(persons) > 0 {
		part := persons[:min(len(persons), refreshChunk)]
		persons = persons[len(part):]
		if err := b.retell(tx, part, today, d); err != nil {
			return err
		}
		if err := tx.Context().Err(); err != nil {
			return err
		}
	}
	return flush(tx, b.series, d.upward(up))
}

// rolled is a person's path as kept.
type rolled struct {
	unit, profile int64
	path, next    string
}

func rolls(tx *db.Tx, persons []int64) (map[int64]rolled, error) {
	out := make(map[int64]rolled, len(persons))
	err := tx.EachIn("SELECT person_id, unit_id, profile_id, path, next_day FROM person_roll WHERE person_id IN (%s)", nil, persons, func(scan func(...any) error) error {
		var p int64
		var r rolled
		err := scan(&p, &r.unit, &r.profile, &r.path, &r.next)
		out[p] = r
		return err
	})
	return out, err
}

// withKept adds the persons into whom touched ones were merged: what was said of a merged record is said of the one kept (law P4).
func withKept(tx *db.Tx, part []int64, list map[int64]people.Person) ([]int64, error) {
	var more []int64
	for _, person := range part {
		p := list[person]
		if _, have := list[p.Merged]; p.State == people.Merged && p.Merged != 0 && !have && !slices.Contains(more, p.Merged) {
			more = append(more, p.Merged)
		}
	}
	if len(more) == 0 {
		return part, nil
	}
	kept, err := people.Load(tx, more)
	for id, p := range kept {
		list[id] = p
	}
	return append(part[:len(part):len(part)], more...), err
}

func (b *Book) retell(tx *db.Tx, part []int64, today clock.Day, d deltas) error {
	list, err := people.Load(tx, part)
	if err != nil {
		return err
	}
	if part, err = withKept(tx, part, list); err != nil {
		return err
	}
	moves, err := people.MovesOf(tx, part)
	if err != nil {
		return err
	}
	facts, err := people.FactsOf(tx, part)
	if err != nil {
		return err
	}
	events, err := coverage.EventsOf(tx, part)
	if err != nil {
		return err
	}
	old, err := rolls(tx, part)
	if err != nil {
		return err
	}
	if len(b.Also) > 0 {
		t := &Touched{Persons: part, People: list, Moves: moves, Events: events, old: old}
		for _, f := range b.Also {
			if err := f.Follow(tx, t); err != nil {
				return err
			}
		}
	}
	type fresh struct {
		person int64
		rolled
	}
	var added []fresh
	for _, person := range part {
		p, ok := list[person]
		if !ok {
			continue
		}
		path, next := b.teller.Path(&p, moves[person], facts[person], events[person], today)
		was, had := old[person]
		text := encode(path)
		if had && was.path == text && was.next == string(next) {
			continue
		}
		if had {
			d.book(decode(was.path), -1)
		}
		d.book(path, 1)
		if len(path) == 0 {
			if _, err := tx.Exec("DELETE FROM person_roll WHERE person_id=$1", person); err != nil {
				return err
			}
			continue
		}
		last := path[len(path)-1]
		profile, err := b.profile(tx, last.Series)
		if err != nil {
			return err
		}
		now := rolled{last.Unit, profile, text, string(next)}
		if !had {
			added = append(added, fresh{person, now})
			continue
		}
		if _, err := tx.Exec("UPDATE person_roll SET unit_id=$1, profile_id=$2, path=$3, next_day=$4 WHERE person_id=$5", now.unit, now.profile, now.path, now.next, person); err != nil {
			return err
		}
	}
	i := 0
	row := make([]any, 5)
	_, err = tx.Bulk("person_roll", []string{"person_id", "unit_id", "profile_id", "path", "next_day"}, func() ([]any, bool) {
		if i >= len(added) {
			return nil, false
		}
		f := &added[i]
		i++
		row[0], row[1], row[2], row[3], row[4] = f.person, f.unit, f.profile, f.path, f.next
		return row, true
	})
	return err
}

// profile gives the id of a set of series: persons counted alike share one, which makes "who is in this number" quick (law N2).
func (b *Book) profile(tx *db.Tx, series []int) (int64, error) {
	text := string(sepItem) + string(appendSeries(nil, series)) + string(sepItem)
	if p, ok := b.profiles[text]; ok {
		return p, nil
	}
	var p int64
	err := tx.QueryRow("SELECT id FROM profile WHERE series=$1", text).Scan(&p)
	if err != nil {
		p = id.New()
		if _, err := tx.Exec("INSERT INTO profile(id, series) VALUES ($1,$2)", p, text); err != nil {
			return 0, err
		}
		tx.OnRollback(func() { delete(b.profiles, text) })
	}
	b.profiles[text] = p
	return p, nil
}

// flush books deltas on the roll-ups.
func flush(tx *db.Tx, s *Series, d deltas) error {
	cells := make([]cell, 0, len(d))
	for c := range d {
		cells = append(cells, c)
	}
	slices.SortFunc(cells, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(s.ids[a.series], s.ids[b.series]), cmp.Compare(a.day, b.day))
	})
	days := make([]any, 0, 4*len(cells))
	var now []any
	for i := 0; i < len(cells); {
		c, sum := cells[i], int64(0)
		for ; i < len(cells) && cells[i].unit == c.unit && cells[i].series == c.series; i++ {
			n := d[cells[i]]
			sum += n
			days = append(days, c.unit, s.ids[c.series], string(cells[i].day), n)
		}
		if sum != 0 {
			now = append(now, c.unit, s.ids[c.series], sum)
		}
	}
	if err := addUp(tx, "roll_day", []string{"unit_id", "series", "day", "n"}, days); err != nil {
		return err
	}
	return addUp(tx, "roll_now", []string{"unit_id", "series", "n"}, now)
}

// addUp adds numbers to a roll-up. The last column is the number, those before are the key.
func addUp(tx *db.Tx, table string, cols []string, values []any) error {
	return tx.Upsert(table, cols, "ON CONFLICT ("+strings.Join(cols[:len(cols)-1], ",")+") DO UPDATE SET n = "+table+".n + excluded.n", values)
}

// Advance brings forward those whom the passing of days alone changes: birthdays, rules with a from-day, ends of facts. The
// first reading of a day calls it; calling it again does nothing.
func (b *Book) Advance(ctx context.Context, who access.Viewer) error {
	today := string(b.horizon(clock.DayOf(b.DB.Clock())))
	var due bool
	if err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var n int
		err := tx.QueryRow("SELECT count(*) FROM (SELECT 1 FROM person_roll WHERE next_day <> '' AND next_day <= $1 LIMIT 1) AS due", today).Scan(&n)
		due = n > 0
		return err
	}); err != nil || !due {
		return err
	}
	act := who.Act("system.run", 0, "tally", "sang ngày "+today)
	return b.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
		return tx.Each("SELECT person_id FROM person_roll WHERE next_day <> '' AND next_day <= $1", []any{today}, func(scan func(...any) error) error {
			var p int64
			err := scan(&p)
			tx.Touch(p)
			return err
		})
	})
}
