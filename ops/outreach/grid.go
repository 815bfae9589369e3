package outreach

import (
	"cmp"
	"slices"

	"bonphu/core/territory"
	"bonphu/internal/clock"
)

// Week is a week of the campaign, counted from its first day; the last one may be short.
type Week struct {
	N           int // from 1
	From, Until clock.Day
	Running     bool // not over yet: what is empty in it may still be filled
}

// Weeks lists the campaign's weeks that have begun by a day.
func Weeks(from, until, today clock.Day) []Week {
	var out []Week
	for d := from; d <= until && d <= today; d = d.Add(7) {
		out = append(out, Week{len(out) + 1, d, min(d.Add(6), until), min(d.Add(6), until) >= today})
	}
	return out
}

// Cell counts what was done in a hamlet in a week: Own at the hamlet itself, Wide for its whole commune.
type Cell struct{ Own, Wide int }

// Row is one hamlet. Last is the last day on which anything was done for it, its commune's activities included; "" for never. Since is how
// many days ago that is, from the campaign's first day where it is never; Quiet says that it is longer than the plan allows.
type Row struct {
	Unit  *territory.Unit
	Cells []Cell
	Last  clock.Day
	Since int
	Quiet bool
	Never bool
}

// Grid is hamlets × weeks: what was done, and above all what was not (KH:III.1.a).
type Grid struct {
	Weeks []Week
	Rows  []Row
	Quiet int // hamlets without anything for longer than the plan allows
	Never int
	Empty int // cells with nothing, of the weeks that are over
	Over  int // weeks that are over
}

// grid counts done activities by hamlet and week, the hamlet longest without anything first.
func grid(tree *territory.Tree, hamlets []*territory.Unit, done []Activity, from, until, today clock.Day, quiet int) *Grid {
	g := &Grid{Weeks: Weeks(from, until, today)}
	for _, w := range g.Weeks {
		if !w.Running {
			g.Over++
		}
	}
	own, wide := map[int64][]clock.Day{}, map[int64][]clock.Day{}
	for i := range done {
		for _, u := range done[i].Units {
			x := tree.ByID(u)
			if x == nil || done[i].State != Done {
				continue
			}
			if x.Tier >= territory.TierHamlet {
				own[u] = append(own[u], done[i].Day)
			} else {
				wide[u] = append(wide[u], done[i].Day)
			}
		}
	}
	end := min(today, until)
	for _, h := range hamlets {
		r := Row{Unit: h, Cells: make([]Cell, len(g.Weeks))}
		count := func(days []clock.Day, add func(c *Cell)) {
			for _, d := range days {
				r.Last = max(r.Last, d)
				if i := d.Sub(from) / 7; d >= from && i < len(r.Cells) {
					add(&r.Cells[i])
				}
			}
		}
		count(own[h.ID], func(c *Cell) { c.Own++ })
		for _, a := range tree.Ancestors(h.ID) {
			if a.Tier == territory.TierCommune { // what is for the whole district hides no hamlet
				count(wide[a.ID], func(c *Cell) { c.Wide++ })
			}
		}
		if r.Never = r.Last == ""; r.Never {
			r.Since = max(end.Sub(from)+1, 0)
			g.Never++
		} else {
			r.Since = max(end.Sub(r.Last), 0)
		}
		if r.Quiet = r.Since > quiet || r.Never && r.Since >= quiet; r.Quiet {
			g.Quiet++
		}
		for i, c := range r.Cells {
			if c == (Cell{}) && !g.Weeks[i].Running {
				g.Empty++
			}
		}
		g.Rows = append(g.Rows, r)
	}
	slices.SortStableFunc(g.Rows, func(a, b Row) int {
		if a.Never != b.Never {
			if a.Never {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Since, a.Since), cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
	return g
}
