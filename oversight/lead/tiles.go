package lead

import (
	"cmp"
	"math"
	"slices"

	"bonphu/core/plan"
	"bonphu/core/territory"
)

// Tile is a unit's square on the map; rows from the north, columns from the west, both from 0.
type Tile struct {
	Unit     *territory.Unit
	Row, Col int
}

// Tiles gives every unit a square of its own: the plan's where it gives one, else near where it lies among the others, else by name after
// them. The same units get the same squares. (KH:IV.2.c)
func Tiles(given []plan.Tile, units []*territory.Unit) []Tile {
	taken := map[[2]int]bool{}
	place := map[int64][2]int{}
	for _, t := range given {
		for _, u := range units {
			if at := [2]int{t.Row - 1, t.Col - 1}; u.Code == t.Unit && !taken[at] {
				place[u.ID], taken[at] = at, true
			}
		}
	}
	var lie, rest []*territory.Unit
	for _, u := range units {
		switch _, have := place[u.ID]; {
		case have:
		case len(place) == 0 && (u.Lat != 0 || u.Lon != 0):
			lie = append(lie, u)
		default:
			rest = append(rest, u)
		}
	}
	cols := columns(len(units))
	if len(lie)*2 < len(units) { // a map of a few units says nothing of the others
		lie, rest = nil, units
		if len(place) > 0 {
			rest = slices.DeleteFunc(slices.Clone(units), func(u *territory.Unit) bool { _, have := place[u.ID]; return have })
		}
	}
	for u, at := range lay(lie, cols) {
		place[u.ID], taken[at] = at, true
	}
	top := 0
	if len(place) > 0 && len(lie) == 0 { // under the plan's squares
		for at := range taken {
			top, cols = max(top, at[0]+1), max(cols, at[1]+1)
		}
	}
	next := 0
	for _, u := range rest {
		for taken[[2]int{top + next/cols, next % cols}] {
			next++
		}
		at := [2]int{top + next/cols, next % cols}
		place[u.ID], taken[at] = at, true
	}
	return drawn(units, place)
}

// columns is the width of a map of n squares, a little wider than high.
func columns(n int) int { return max(1, int(math.Ceil(math.Sqrt(float64(n)*1.3)))) }

// drawn lists the squares by row and column, empty rows and columns at the edges left out.
func drawn(units []*territory.Unit, place map[int64][2]int) []Tile {
	out := make([]Tile, 0, len(units))
	row, col := math.MaxInt, math.MaxInt
	for _, u := range units {
		at := place[u.ID]
		row, col = min(row, at[0]), min(col, at[1])
		out = append(out, Tile{u, at[0], at[1]})
	}
	for i := range out {
		out[i].Row -= row
		out[i].Col -= col
	}
	slices.SortFunc(out, func(a, b Tile) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col)) })
	return out
}

// lay puts units that have coordinates on a grid: each to the nearest free square, then any two change places as long as that brings them
// nearer to where they lie.
func lay(units []*territory.Unit, cols int) map[*territory.Unit][2]int {
	out := map[*territory.Unit][2]int{}
	if len(units) == 0 {
		return out
	}
	rows := (len(units) + cols - 1) / cols
	list := slices.Clone(units)
	slices.SortFunc(list, func(a, b *territory.Unit) int { return cmp.Compare(a.Code, b.Code) })
	south, north, west, east := list[0].Lat, list[0].Lat, list[0].Lon, list[0].Lon
	for _, u := range list {
		south, north, west, east = min(south, u.Lat), max(north, u.Lat), min(west, u.Lon), max(east, u.Lon)
	}
	scale := func(v, from, to float64, n int) float64 {
		if to == from {
			return float64(n-1) / 2
		}
		return (v - from) / (to - from) * float64(n-1)
	}
	far := func(u *territory.Unit, at [2]int) float64 {
		r, c := scale(north-u.Lat, 0, north-south, rows)-float64(at[0]), scale(u.Lon, west, east, cols)-float64(at[1])
		return r*r + c*c
	}
	var squares [][2]int
	for i := range rows * cols {
		squares = append(squares, [2]int{i / cols, i % cols})
	}
	// squares beyond the units stay empty; they change places like units
	who := make([]*territory.Unit, len(squares))
	copy(who, list)
	cost := func(i, j int) float64 {
		if who[i] == nil {
			return 0
		}
		return far(who[i], squares[j])
	}
	for changed := true; changed; {
		changed = false
		for i := range squares {
			for j := i + 1; j < len(squares); j++ {
				if cost(i, j)+cost(j, i) < cost(i, i)+cost(j, j)-1e-9 {
					who[i], who[j] = who[j], who[i]
					changed = true
				}
			}
		}
	}
	for i, u := range who {
		if u != nil {
			out[u] = squares[i]
		}
	}
	return out
}
