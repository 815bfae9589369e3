package route

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Make plans: the best that greedy, annealing and descent find.
func Make(p *Problem) *Plan {
	b := newBoard(p)
	b.greedy()
	best := b.copy()
	if other := LargestNeed(p); other.Worth > best.worth {
		b.lay(other.At)
		best = b.copy()
	}
	b.anneal(&best)
	b.lay(best.at)
	b.descend()
	return b.plan()
}

// LargestNeed is the plan that most offices make by hand: each day each kit goes where most people still wait. The planner is compared
// with it.
func LargestNeed(p *Problem) *Plan {
	b := newBoard(p)
	for d := range p.Days {
		taken := map[int]bool{}
		for k := range b.n {
			most, at := 0.0, Idle
			for h := range p.Hamlets {
				if left := b.left(h, d); left > most && !taken[h] && b.may(k, d, h) {
					most, at = left, h
				}
			}
			if at != Idle {
				b.set(k, d, at)
				taken[at] = true
			}
		}
	}
	return b.plan()
}

// left is how many wait at a hamlet on a day under the board's plan.
func (b *board) left(h, day int) float64 {
	x := &b.p.Hamlets[h]
	left := x.Need
	for _, d := range x.Due {
		if d.Day <= day {
			left += d.N
		}
	}
	return left - b.served[h]
}

type snapshot struct {
	at    [][]int
	worth float64
}

func (b *board) copy() snapshot {
	s := snapshot{worth: b.worth()}
	for _, row := range b.at {
		s.at = append(s.at, slices.Clone(row))
	}
	return s
}

// greedy fills day by day, each kit in turn where it gains most.
func (b *board) greedy() {
	for d := range b.p.Days {
		for k := range b.n {
			b.best(k, d)
		}
	}
}

// best puts a kit on a day where the plan gains most, and tells how much.
func (b *board) best(k, d int) float64 {
	if b.fixed[k][d] {
		return 0
	}
	was, at, most := b.at[k][d], b.at[k][d], 1e-9
	for h := Idle; h < len(b.p.Hamlets); h++ {
		if h == was || !b.may(k, d, h) {
			continue
		}
		gain := b.set(k, d, h)
		if gain > most {
			most, at = gain, h
		}
		b.set(k, d, was)
	}
	if at == was {
		return 0
	}
	return b.set(k, d, at)
}

// anneal wanders from the board's plan with a falling temperature and keeps the best it meets.
func (b *board) anneal(best *snapshot) {
	if b.n == 0 || b.p.Days == 0 || len(b.p.Hamlets) == 0 {
		return
	}
	r := rand.New(rand.NewPCG(4, 2024))
	rounds := min(max(b.n*b.p.Days*len(b.p.Hamlets)*40, 40_000), 1_500_000)
	capacity := 0.0
	for _, k := range b.p.Kits {
		capacity += k.Capacity / float64(b.n)
	}
	hot, cold := max(capacity*0.15, 0.5), max(capacity*0.002, 0.01)
	now := b.worth()
	undo := make([]Stay, 0, 16)
	for i := range rounds {
		temperature := hot * math.Pow(cold/hot, float64(i)/float64(rounds))
		undo = undo[:0]
		gain := 0.0
		switch k, d := r.IntN(b.n), r.IntN(b.p.Days); r.IntN(10) {
		case 0: // two days of one kit
			gain = b.exchange(k, d, k, r.IntN(b.p.Days), &undo)
		case 1: // two kits on one day
			gain = b.exchange(k, d, r.IntN(b.n), d, &undo)
		case 2: // a stretch turned about
			for a, z := d, min(d+1+r.IntN(8), b.p.Days-1); a < z; a, z = a+1, z-1 {
				gain += b.exchange(k, a, k, z, &undo)
			}
		default:
			gain = b.change(k, d, b.pick(r, k, d), &undo)
		}
		switch {
		case len(undo) == 0:
		case gain >= 0 || r.Float64() < math.Exp(gain/temperature):
			if now += gain; now > best.worth+1e-9 {
				*best = b.copy()
				now = best.worth
			}
		default:
			for j := len(undo) - 1; j >= 0; j-- {
				b.set(undo[j].Kit, undo[j].Day, undo[j].Hamlet)
			}
		}
	}
}

// pick chooses a hamlet to try: any, the neighbouring day's, or one near it.
func (b *board) pick(r *rand.Rand, k, d int) int {
	near := d - 1 + 2*r.IntN(2)
	beside := Idle
	if near >= 0 && near < b.p.Days {
		beside = b.at[k][near]
	}
	switch n := r.IntN(10); {
	case beside != Idle && n < 4:
		return beside
	case beside != Idle && n < 7: // the nearest of a few
		at := r.IntN(len(b.p.Hamlets))
		for range 5 {
			if h := r.IntN(len(b.p.Hamlets)); h != beside && b.dist[beside][h] < b.dist[beside][at] {
				at = h
			}
		}
		return at
	case n == 9 && r.IntN(4) == 0:
		return Idle
	}
	return r.IntN(len(b.p.Hamlets))
}

func (b *board) change(k, d, h int, undo *[]Stay) float64 {
	if b.at[k][d] == h || !b.may(k, d, h) {
		return 0
	}
	*undo = append(*undo, Stay{k, d, b.at[k][d]})
	return b.set(k, d, h)
}

func (b *board) exchange(k1, d1, k2, d2 int, undo *[]Stay) float64 {
	x, y := b.at[k1][d1], b.at[k2][d2]
	if x == y || !b.may(k1, d1, y) || !b.may(k2, d2, x) {
		return 0
	}
	return b.change(k1, d1, y, undo) + b.change(k2, d2, x, undo)
}

// descend takes every improving change and exchange until there is none.
func (b *board) descend() {
	for range 50 {
		gain := 0.0
		for k := range b.n {
			for d := range b.p.Days {
				gain += b.best(k, d)
				for e := range d {
					gain += b.try(k, d, k, e)
				}
				for o := range k {
					gain += b.try(k, d, o, d)
				}
			}
		}
		if gain < 1e-6 {
			return
		}
	}
}

// try exchanges two kit-days when that gains.
func (b *board) try(k1, d1, k2, d2 int) float64 {
	var undo []Stay
	gain := b.exchange(k1, d1, k2, d2, &undo)
	if gain > 1e-9 {
		return gain
	}
	for j := len(undo) - 1; j >= 0; j-- {
		b.set(undo[j].Kit, undo[j].Day, undo[j].Hamlet)
	}
	return 0
}
