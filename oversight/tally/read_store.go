package tally

import (
	"slices"

	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Figures are the numbers of some units on one day.
type Figures struct {
	Day clock.Day
	n   map[int64]map[string]int64
}

// Get gives a number: how many persons of the unit are in the series.
func (f *Figures) Get(unit int64, series string) int64 { return f.n[unit][series] }

// Units lists the units that have any number, in no order.
func (f *Figures) Units() []int64 {
	var out []int64
	for u := range f.n {
		out = append(out, u)
	}
	return out
}

// On reads all numbers of these units as of a day: "" or today and later are the present. prefix narrows to series that begin so
// ("t:" for targets), "" for all. (laws C5, N1)
func (b *Book) On(tx *db.Tx, units []int64, day clock.Day, prefix string) (*Figures, error) {
	now := b.horizon(tx.Today())
	f := &Figures{Day: now, n: make(map[int64]map[string]int64, len(units))}
	text := "SELECT unit_id, series, n FROM roll_now WHERE n <> 0"
	group := ""
	var tail []any
	if day != "" && day < now {
		f.Day = day
		text = "SELECT unit_id, series, CAST(sum(n) AS BIGINT) FROM roll_day WHERE day <= $3"
		group = " GROUP BY unit_id, series"
		tail = []any{string(day)}
	}
	err := tx.EachIn(text+" AND series >= $1 AND series < $2 AND unit_id IN (%s)"+group, append([]any{prefix, prefix + "\uffff"}, tail...), units, func(scan func(...any) error) error {
		var u, n int64
		var series string
		if err := scan(&u, &series, &n); err != nil {
			return err
		}
		m := f.n[u]
		if m == nil {
			m = make(map[string]int64, 32)
			f.n[u] = m
		}
		m[series] = n
		return nil
	})
	return f, err
}

// Line is a series of one unit day by day: N[i] is the number on From+i.
type Line struct {
	Series string
	From   clock.Day
	N      []int64
}

// Lines reads series of one unit for each day from from to until (cut at the horizon).
func (b *Book) Lines(tx *db.Tx, unit int64, series []string, from, until clock.Day) ([]Line, error) {
	until = min(until, b.horizon(tx.Today()))
	days := max(until.Sub(from)+1, 0)
	out := make([]Line, len(series))
	for i, s := range series {
		out[i] = Line{Series: s, From: from, N: make([]int64, days)}
		if days == 0 {
			continue
		}
		err := tx.Each("SELECT day, n FROM roll_day WHERE unit_id=$1 AND series=$2 AND day <= $3 ORDER BY day", []any{unit, s, string(until)}, func(scan func(...any) error) error {
			var day string
			var n int64
			if err := scan(&day, &n); err != nil {
				return err
			}
			at := 0
			if d := clock.Day(day); d > from {
				at = d.Sub(from)
			}
			out[i].N[at] += n
			return nil
		})
		if err != nil {
			return nil, err
		}
		for j := 1; j < days; j++ {
			out[i].N[j] += out[i].N[j-1]
		}
	}
	return out, nil
}

// profilesIn gives the profiles whose persons are counted in a series now.
func (b *Book) profilesIn(tx *db.Tx, series string) ([]int64, error) {
	i, ok := b.SeriesNow().index[series]
	if !ok {
		return nil, nil
	}
	want := string(sepItem) + string(appendSeries(nil, []int{i})) + string(sepItem)
	var out []int64
	err := tx.Each("SELECT id FROM profile WHERE series LIKE $1", []any{"%" + want + "%"}, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		out = append(out, p)
		return err
	})
	slices.Sort(out)
	return out, err
}
