package tally

import (
	"slices"

	"bonphu/internal/clock"
)

// cell is one place of the roll-ups.
type cell struct {
	unit   int64
	series int
	day    clock.Day
}

// deltas gather what a transaction changes in the roll-ups of the units where people live.
type deltas map[cell]int64

// book adds a path sign times: each step books what changed against the step before.
func (d deltas) book(path []Step, sign int64) {
	for i, st := range path {
		var was Step
		if i > 0 {
			was = path[i-1]
		}
		if was.Unit != st.Unit {
			for _, s := range was.Series {
				d.add(cell{was.Unit, s, st.Day}, -sign)
			}
			for _, s := range st.Series {
				d.add(cell{st.Unit, s, st.Day}, sign)
			}
			continue
		}
		for _, s := range st.Series {
			if _, same := slices.BinarySearch(was.Series, s); !same {
				d.add(cell{st.Unit, s, st.Day}, sign)
			}
		}
		for _, s := range was.Series {
			if _, same := slices.BinarySearch(st.Series, s); !same {
				d.add(cell{st.Unit, s, st.Day}, -sign)
			}
		}
	}
}

func (d deltas) add(c cell, n int64) {
	if v := d[c] + n; v != 0 {
		d[c] = v
	} else {
		delete(d, c)
	}
}

// upward gives the same changes on every unit and each of its ancestors.
func (d deltas) upward(ancestors func(unit int64) []int64) deltas {
	out := make(deltas, 2*len(d))
	for c, n := range d {
		for _, u := range ancestors(c.unit) {
			out.add(cell{u, c.series, c.day}, n)
		}
	}
	return out
}
