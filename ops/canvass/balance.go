package canvass

import (
	"cmp"
	"slices"
)

// pile is what one team or member has: load counts persons, power weighs it.
type pile struct {
	id, power, load int64
	homes           []*home
}

func (p *pile) take(h *home) {
	h.member = p.id
	p.load += int64(len(h.persons))
	p.homes = append(p.homes, h)
}

func (p *pile) drop(i int) *home {
	h := p.homes[i]
	p.load -= int64(len(h.persons))
	p.homes = slices.Delete(p.homes, i, i+1)
	return h
}

// byLoad orders piles by their load for their power, then by id.
func byLoad(a, b *pile) int {
	return cmp.Or(cmp.Compare(a.load*b.power, b.load*a.power), cmp.Compare(a.id, b.id))
}

// dealHomes shares households, largest first, among piles and writes whose each is into its member. One whose pile before is still there
// stays with it; the rest goes to who has least for their power; then as few as needed change until no move of one household makes it more
// even, so that among equals the loads differ by no more than a household.
func dealHomes(homes []*home, piles []*pile, before func(*home) int64) {
	by := map[int64]*pile{}
	for _, p := range piles {
		by[p.id] = p
	}
	var fresh []*home
	for _, h := range homes {
		if p := by[before(h)]; p != nil {
			p.take(h)
		} else {
			fresh = append(fresh, h)
		}
	}
	for _, h := range fresh {
		slices.MinFunc(piles, byLoad).take(h)
	}
	for len(piles) > 1 && even(piles) {
	}
}

// even moves one household from the fullest pile that has one to move to the emptiest, and tells whether that made it more even.
func even(piles []*pile) bool {
	order := slices.SortedFunc(slices.Values(piles), byLoad)
	low := order[0]
	for k := len(order) - 1; k > 0; k-- {
		high := order[k]
		best := -1
		for i, h := range high.homes {
			n := int64(len(h.persons))
			if (2*low.load+n)*high.power >= (2*high.load-n)*low.power {
				continue // it would not be more even
			}
			if best < 0 || better(n, int64(len(high.homes[best].persons)), h.key, high.homes[best].key, high, low) {
				best = i
			}
		}
		if best >= 0 {
			low.take(high.drop(best))
			return true
		}
	}
	return false
}

// better prefers the largest household that leaves the fuller pile the fuller, else the smallest; equals by key.
func better(n, m int64, key, other string, high, low *pile) bool {
	fits := func(n int64) bool { return (low.load+n)*high.power <= (high.load-n)*low.power }
	switch a, b := fits(n), fits(m); {
	case a != b:
		return a
	case n != m:
		return a == (n > m)
	}
	return key < other
}
