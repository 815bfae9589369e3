package canvass

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// TestClause_III_2_b_NobodysVisitorChangesWithoutNeed: when people are done the rest stays where it is but for what evenness asks; who joins
// gets a fair part.
func TestClause_III_2_b_NobodysVisitorChangesWithoutNeed(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	crews := []crew{{Team: Team{ID: 1, Unit: 11, Kind: KindHamlet, Capacity: 25}, members: []int64{5, 6, 7}}}
	var listed []Listed
	for i := range 600 {
		listed = append(listed, Listed{Person: int64(i + 1), Unit: 11, House: fmt.Sprint(r.IntN(170))})
	}
	have := map[int64]Assignment{}
	keep := func(list []Assignment) (changed int) {
		for _, a := range list {
			if was, ok := have[a.Person]; ok && was != a {
				changed++
			}
			have[a.Person] = a
		}
		return changed
	}
	keep(Deal(listed, nil, crews, above))
	for day := range 30 {
		for range 10 { // ten are done each day
			i := r.IntN(len(listed))
			listed[i] = listed[len(listed)-1]
			listed = listed[:len(listed)-1]
		}
		dealt := Deal(listed, have, crews, above)
		if n := keep(dealt); n > 24 {
			t.Errorf("day %d: %d changed hands", day, n)
		}
		spread(t, dealt, 3)
	}
	crews[0].members = append(crews[0].members, 8)
	dealt := Deal(listed, have, crews, above)
	if n := keep(dealt); n < 60 || n > 90 {
		t.Errorf("a fourth member of %d citizens: %d changed hands", len(listed), n)
	}
	spread(t, dealt, 4)
}

// spread checks that no two members differ by more than the largest household.
func spread(t *testing.T, dealt []Assignment, members int) {
	t.Helper()
	load := map[int64]int{}
	for _, a := range dealt {
		load[a.Member]++
	}
	least, most := len(dealt), 0
	for _, n := range load {
		least, most = min(least, n), max(most, n)
	}
	if len(load) != members || most-least > 12 {
		t.Errorf("%v", load)
	}
}

// TestDealingADistrictIsQuick: 100,000 citizens in 102 hamlets, anew and again.
func TestDealingADistrictIsQuick(t *testing.T) {
	var listed []Listed
	var crews []crew
	for u := range 102 {
		c := crew{Team: Team{ID: int64(1000 + u), Unit: int64(11 + u), Kind: KindHamlet, Capacity: 25}}
		for m := range 5 {
			c.members = append(c.members, int64(10000+10*u+m))
		}
		crews = append(crews, c)
		for i := range 980 {
			listed = append(listed, Listed{Person: int64(u*1000 + i + 1), Unit: int64(11 + u), House: fmt.Sprint(i / 4)})
		}
	}
	from := time.Now()
	have := map[int64]Assignment{}
	for _, a := range Deal(listed, nil, crews, above) {
		have[a.Person] = a
	}
	if len(have) != len(listed) || len(Deal(listed, have, crews, above)) != len(listed) {
		t.Fatal("not everybody was dealt")
	}
	if took := time.Since(from); took > 5*time.Second {
		t.Errorf("dealing twice took %v", took)
	} else {
		t.Log(took)
	}
}
