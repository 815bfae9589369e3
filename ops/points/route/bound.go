package route

import (
	"container/heap"
	"slices"
)

// Bound is a number of dossiers, and so a worth, that no plan exceeds: the least of what the kits can take, what the hamlets need, and
// two relaxations that forget distances, days and hosts. In the first every kit-day is of the largest kit and goes where most gain is
// left; in the second each kit works as if it were alone.
func Bound(p *Problem) float64 {
	b := newBoard(p)
	capacity, need, largest, days, alone := 0.0, 0.0, 0.0, 0, 0.0
	for k := range p.Kits {
		n := 0
		for d := range p.Days {
			if !b.fixed[k][d] || b.at[k][d] != Idle {
				n++
			}
		}
		days += n
		capacity += float64(n) * p.Kits[k].Capacity
		largest = max(largest, p.Kits[k].Capacity)
		alone += b.relaxed(n, p.Kits[k].Capacity)
	}
	for _, h := range p.Hamlets {
		need += h.all()
	}
	return min(capacity, need, alone, b.relaxed(days, largest))
}

// all is everybody who ever needs a dossier at a hamlet.
func (h *Hamlet) all() float64 {
	n := h.Need
	for _, d := range h.Due {
		n += d.N
	}
	return n
}

// relaxed is the most that so many kit-days of one capacity can take: each next one where most is left to gain. Gains at a hamlet
// only shrink, so the greedy sum is the optimum.
func (b *board) relaxed(days int, capacity float64) float64 {
	q := make(gains, 0, len(b.p.Hamlets))
	for i := range b.p.Hamlets {
		h := &b.p.Hamlets[i]
		q = append(q, gain{h.all(), h.Turnout})
	}
	heapOf := &sized{q, capacity}
	heap.Init(heapOf)
	sum := 0.0
	for range days {
		if len(heapOf.gains) == 0 {
			break
		}
		g := &heapOf.gains[0]
		n := min(capacity, g.left*g.turnout)
		sum += n
		g.left -= n
		heap.Fix(heapOf, 0)
	}
	return sum
}

type gain struct{ left, turnout float64 }

type gains []gain

type sized struct {
	gains
	capacity float64
}

func (s *sized) Len() int { return len(s.gains) }
func (s *sized) Less(i, j int) bool {
	return min(s.capacity, s.gains[i].left*s.gains[i].turnout) > min(s.capacity, s.gains[j].left*s.gains[j].turnout)
}
func (s *sized) Swap(i, j int) { s.gains[i], s.gains[j] = s.gains[j], s.gains[i] }

// Push and Pop are heap.Interface's; the relaxation only ever mends the top.
func (s *sized) Push(x any) { s.gains = append(s.gains, x.(gain)) }

// Pop takes the last.
func (s *sized) Pop() any {
	last := s.gains[len(s.gains)-1]
	s.gains = slices.Delete(s.gains, len(s.gains)-1, len(s.gains))
	return last
}
