package tally

import (
	"slices"

	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// onDay reads the people who were counted in a series, in some units, at the end of a past day: the paths of all are read, for it is a
// question of those who check a figure (laws C5, N2). Rows come by name.
func (b *Book) onDay(tx *db.Tx, q Query) (*Page, error) {
	series := b.SeriesNow()
	in, out := series.all, -1
	if q.Series != "" {
		in = series.index[q.Series]
	}
	if q.Not != "" {
		out = series.index[q.Not]
	}
	units := make(map[int64]bool, len(q.Units))
	for _, u := range q.Units {
		units[u] = true
	}
	var ids []int64
	err := tx.Each("SELECT person_id, path FROM person_roll", nil, func(scan func(...any) error) error {
		var person int64
		var path string
		if err := scan(&person, &path); err != nil {
			return err
		}
		at := Step{}
		for _, s := range decode(path) {
			if s.Day > q.Day {
				break
			}
			at = s
		}
		if units[at.Unit] && slices.Contains(at.Series, in) && (out < 0 || !slices.Contains(at.Series, out)) {
			ids = append(ids, person)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	page := &Page{Total: int64(len(ids))}
	list, err := people.Load(tx, ids)
	if err != nil {
		return nil, err
	}
	for _, i := range ids {
		if p, ok := list[i]; ok {
			page.People = append(page.People, p)
		}
	}
	slices.SortFunc(page.People, func(a, b people.Person) int {
		if x, y := vn.SortKey(a.Name), vn.SortKey(b.Name); x != y {
			if x < y {
				return -1
			}
			return 1
		}
		return int(min(max(a.ID-b.ID, -1), 1))
	})
	from := 0
	if q.After != "" {
		from = len(page.People)
		for i := range page.People {
			if id.String(page.People[i].ID) == q.After {
				from = i + 1
			}
		}
	}
	page.People = page.People[min(from, len(page.People)):]
	if len(page.People) > q.N {
		page.People = page.People[:q.N]
		page.Next = id.String(page.People[q.N-1].ID)
	}
	return page, nil
}

// past tells whether a query asks of a day before the figures' last one.
func (b *Book) past(tx *db.Tx, day clock.Day) bool { return day != "" && day < b.horizon(tx.Today()) }
