package lead

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
)

// TestClause_IV_2_c_EveryUnitHasOneSquare: whatever is known of where units lie, none is left out, none overlaps, and the order in which they
// come changes nothing.
func TestClause_IV_2_c_EveryUnitHasOneSquare(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	for range 300 {
		var units []*territory.Unit
		var given []plan.Tile
		known := r.IntN(3)
		for i := range r.IntN(40) {
			u := &territory.Unit{ID: int64(i + 1), Code: fmt.Sprintf("%03d", i)}
			if known == 1 || known == 2 && r.IntN(2) == 0 {
				u.Lat, u.Lon = 11+r.Float64(), 106+r.Float64()
			}
			if r.IntN(8) == 0 {
				given = append(given, plan.Tile{Unit: u.Code, Row: 1 + i, Col: 1 + r.IntN(5)})
			}
			units = append(units, u)
		}
		tiles := Tiles(given, units)
		seen := map[[2]int]bool{}
		for _, x := range tiles {
			if at := [2]int{x.Row, x.Col}; seen[at] || x.Row < 0 || x.Col < 0 {
				t.Fatalf("%v twice or outside", at)
			}
			seen[[2]int{x.Row, x.Col}] = true
		}
		if len(tiles) != len(units) {
			t.Fatalf("%d squares for %d units", len(tiles), len(units))
		}
		if known == 1 && len(given) == 0 {
			slices.Reverse(units)
			if !slices.Equal(tiles, Tiles(given, units)) {
				t.Fatal("the order of the units changed the map")
			}
		}
	}
}

func TestClause_IV_2_c_SquaresLieAsUnitsLie(t *testing.T) {
	units := []*territory.Unit{{ID: 1, Code: "a", Lat: 12, Lon: 106}, {ID: 2, Code: "b", Lat: 12, Lon: 107}, {ID: 3, Code: "c", Lat: 11, Lon: 106}, {ID: 4, Code: "d", Lat: 11, Lon: 107}}
	at := map[string]Tile{}
	for _, x := range Tiles(nil, units) {
		at[x.Unit.Code] = x
	}
	if at["a"].Row >= at["c"].Row || at["b"].Row >= at["d"].Row || at["a"].Col >= at["b"].Col || at["c"].Col >= at["d"].Col {
		t.Errorf("%+v", at)
	}
	p := plantest.HonQuan(t)
	var communes []*territory.Unit
	for i, x := range p.Tiles {
		communes = append(communes, &territory.Unit{ID: int64(i + 1), Code: x.Unit})
	}
	for _, x := range Tiles(p.Tiles, communes) {
		if g := p.Tiles[x.Unit.ID-1]; x.Row != g.Row-1 || x.Col != g.Col-1 {
			t.Errorf("%s stands at %d, %d and not where the plan says", x.Unit.Code, x.Row, x.Col)
		}
	}
}
