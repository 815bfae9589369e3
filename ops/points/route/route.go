// Package route plans where each mobile kit stands on which day (KH:III.3.a). It is arithmetic alone: no database, no clock, and the same
// question always gets the same answer.
//
// The model. A kit serves one hamlet a day. Of those who still need a dossier there, a share (the turnout) comes, up to the kit's
// capacity; who was served is no longer waiting, and who falls due later joins the queue on their day. What a plan is worth is its
// expected dossiers less the cost of moving: so many dossiers a kilometre, something for opening at another hamlet, and more for
// leaving a commune, so that kits roll on commune by commune ("cuốn chiếu").
//
// The method. A greedy plan by marginal gain, then simulated annealing over changes, swaps and reversals with a fixed seed, then
// descent to a local optimum. Bound says what no plan can exceed.
package route

import (
	"cmp"
	"math"
	"slices"
)

// Idle stands where a kit stays where it is and serves nobody.
const Idle = -1

// Kit is a mobile kit: dossiers a day, its base, and the days (by index) on which it is not to be had; a nil Off means always there.
type Kit struct {
	ID       int64
	Capacity float64
	Lat, Lon float64
	Off      []bool
}

// Hamlet is a place to serve: how many wait on the first day, which share of those who wait comes on a day, who falls due when, and the
// days (by index) on which the host cannot receive; a nil Shut means every day.
type Hamlet struct {
	ID       int64
	Commune  int64
	Lat, Lon float64
	Need     float64
	Turnout  float64
	Due      []Due
	Shut     []bool
}

// Due says that N more need a dossier from a day on.
type Due struct {
	Day int
	N   float64
}

// Stay puts a kit at a hamlet (by index; Idle for none) on a day.
type Stay struct{ Kit, Day, Hamlet int }

// Weights tell what moving costs, in dossiers.
type Weights struct {
	PerKm  float64 // a kilometre
	Hamlet float64 // opening at another hamlet
	Leave  float64 // leaving a commune
}

// Usual are the weights that the planner begins with.
var Usual = Weights{PerKm: 0.15, Hamlet: 1, Leave: 3}

// Problem is what is asked. Days are the working days, counted from 0. Road gives a measured distance between two places in kilometres;
// false where none is known, and a nil Road means nowhere: then the straight line times Factor holds.
type Problem struct {
	Kits    []Kit
	Hamlets []Hamlet
	Days    int
	Locked  []Stay
	Weights Weights
	Factor  float64
	Road    func(a, b int64) (float64, bool) `json:"-"`
}

// Plan is an answer: At[kit][day] is the hamlet's index or Idle; Served is what each kit-day is expected to take.
type Plan struct {
	At       [][]int
	Served   [][]float64
	Dossiers float64
	Km       float64
	Worth    float64 // dossiers less the cost of moving
}

// Haversine is the distance in kilometres between two places on the globe.
func Haversine(lat1, lon1, lat2, lon2 float64) float64 {
	const radius, rad = 6371.0, math.Pi / 180
	a := math.Pow(math.Sin((lat2-lat1)*rad/2), 2) + math.Cos(lat1*rad)*math.Cos(lat2*rad)*math.Pow(math.Sin((lon2-lon1)*rad/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(min(a, 1)))
}

// board is a problem laid out for search: distances, the plan so far, and what each hamlet and kit is worth under it.
type board struct {
	p      *Problem
	n      int         // kits
	dist   [][]float64 // hamlet to hamlet
	base   [][]float64 // kit's base to hamlet
	fixed  [][]bool
	at     [][]int
	visits [][]int   // by hamlet: day*n+kit, ascending
	served []float64 // by hamlet
	moving []float64 // by kit: cost of its route
}

func (p *Problem) distance(a, b int64, lat1, lon1, lat2, lon2 float64) float64 {
	if a == b && a != 0 {
		return 0
	}
	if p.Road != nil {
		if km, ok := p.Road(a, b); ok {
			return km
		}
	}
	return Haversine(lat1, lon1, lat2, lon2) * cmp.Or(p.Factor, 1.3)
}

func newBoard(p *Problem) *board {
	h := len(p.Hamlets)
	b := &board{p: p, n: len(p.Kits), visits: make([][]int, h), served: make([]float64, h), moving: make([]float64, len(p.Kits))}
	for i := range p.Hamlets {
		x := &p.Hamlets[i]
		row := make([]float64, h)
		for j := range p.Hamlets {
			y := &p.Hamlets[j]
			row[j] = p.distance(x.ID, y.ID, x.Lat, x.Lon, y.Lat, y.Lon)
		}
		b.dist = append(b.dist, row)
	}
	for k := range p.Kits {
		row := make([]float64, h)
		for j := range p.Hamlets {
			if p.Kits[k].Lat != 0 || p.Kits[k].Lon != 0 { // a kit without a base begins where it is first needed
				row[j] = p.distance(0, p.Hamlets[j].ID, p.Kits[k].Lat, p.Kits[k].Lon, p.Hamlets[j].Lat, p.Hamlets[j].Lon)
			}
		}
		b.base = append(b.base, row)
		b.at = append(b.at, slices.Repeat([]int{Idle}, p.Days))
		b.fixed = append(b.fixed, make([]bool, p.Days))
		for d := range p.Kits[k].Off {
			if d < p.Days && p.Kits[k].Off[d] {
				b.fixed[k][d] = true
			}
		}
	}
	for _, s := range p.Locked {
		if s.Kit >= 0 && s.Kit < b.n && s.Day >= 0 && s.Day < p.Days && s.Hamlet < h {
			b.set(s.Kit, s.Day, s.Hamlet)
			b.fixed[s.Kit][s.Day] = true
		}
	}
	return b
}

// may tells whether a kit can be put at a hamlet on a day that is not fixed.
func (b *board) may(k, d, h int) bool {
	if b.fixed[k][d] {
		return false
	}
	return h == Idle || d >= len(b.p.Hamlets[h].Shut) || !b.p.Hamlets[h].Shut[d]
}

// set puts a kit at a hamlet on a day and tells how much the plan is worth more.
func (b *board) set(k, d, h int) float64 {
	was := b.at[k][d]
	if was == h {
		return 0
	}
	gain, key := 0.0, d*b.n+k
	if was != Idle {
		i, _ := slices.BinarySearch(b.visits[was], key)
		b.visits[was] = slices.Delete(b.visits[was], i, i+1)
		gain += b.serve(was)
	}
	b.at[k][d] = h
	if h != Idle {
		i, _ := slices.BinarySearch(b.visits[h], key)
		b.visits[h] = slices.Insert(b.visits[h], i, key)
		gain += b.serve(h)
	}
	cost, _ := b.route(k)
	gain -= cost - b.moving[k]
	b.moving[k] = cost
	return gain
}

// serve recounts a hamlet and tells by how much it changed.
func (b *board) serve(h int) float64 {
	sum := b.each(h, nil)
	gain := sum - b.served[h]
	b.served[h] = sum
	return gain
}

// each walks a hamlet's visits in order and gives the dossiers of all; fn, when there is one, gets those of each.
func (b *board) each(h int, fn func(kit, day int, n float64)) float64 {
	x := &b.p.Hamlets[h]
	left, sum, due := x.Need, 0.0, 0
	for _, key := range b.visits[h] {
		day, kit := key/b.n, key%b.n
		for due < len(x.Due) && x.Due[due].Day <= day {
			left += x.Due[due].N
			due++
		}
		n := min(b.p.Kits[kit].Capacity, left*x.Turnout)
		left -= n
		sum += n
		if fn != nil {
			fn(kit, day, n)
		}
	}
	return sum
}

// route gives what a kit's moving costs, and its kilometres.
func (b *board) route(k int) (cost, km float64) {
	w, last := &b.p.Weights, Idle
	for _, h := range b.at[k] {
		if h == Idle || h == last {
			continue
		}
		if last == Idle {
			km += b.base[k][h]
		} else {
			km += b.dist[last][h]
			cost += w.Hamlet
			if b.p.Hamlets[last].Commune != b.p.Hamlets[h].Commune {
				cost += w.Leave
			}
		}
		last = h
	}
	return cost + km*w.PerKm, km
}

func (b *board) worth() float64 {
	sum := 0.0
	for _, s := range b.served {
		sum += s
	}
	for _, m := range b.moving {
		sum -= m
	}
	return sum
}

// plan takes the board's plan out.
func (b *board) plan() *Plan {
	out := &Plan{Worth: b.worth()}
	for k := range b.at {
		out.At = append(out.At, slices.Clone(b.at[k]))
		out.Served = append(out.Served, make([]float64, b.p.Days))
		_, km := b.route(k)
		out.Km += km
	}
	for h := range b.visits {
		out.Dossiers += b.each(h, func(kit, day int, n float64) { out.Served[kit][day] = n })
	}
	return out
}

// lay puts a whole plan on the board, fixed days excepted.
func (b *board) lay(at [][]int) {
	for k := range at {
		for d, h := range at[k] {
			if h != b.at[k][d] && b.may(k, d, h) {
				b.set(k, d, h)
			}
		}
	}
}

// Value tells what a plan made by hand is worth under a problem; days that are locked or shut stay as the problem says.
func Value(p *Problem, at [][]int) *Plan {
	b := newBoard(p)
	b.lay(at)
	return b.plan()
}

// Price is what a change by hand brings or costs: dossiers, kilometres and worth, negative for a loss.
type Price struct{ Dossiers, Km, Worth float64 }

// Cost tells what changing one kit's day costs against the plan as it stands; ok is false where the change cannot be: a locked or shut day.
func Cost(p *Problem, at [][]int, change Stay) (price Price, ok bool) {
	b := newBoard(p)
	b.lay(at)
	if change.Kit < 0 || change.Kit >= b.n || change.Day < 0 || change.Day >= p.Days || change.Hamlet < Idle || change.Hamlet >= len(p.Hamlets) || !b.may(change.Kit, change.Day, change.Hamlet) {
		return Price{}, false
	}
	was := b.plan()
	b.set(change.Kit, change.Day, change.Hamlet)
	now := b.plan()
	return Price{now.Dossiers - was.Dossiers, now.Km - was.Km, now.Worth - was.Worth}, true
}
