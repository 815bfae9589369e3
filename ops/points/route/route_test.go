package route

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// district makes a problem like a district's: communes spread over some 30 km, hamlets around each, one base in the middle.
func district(seed uint64, kits, days, hamlets int) *Problem {
	r := rand.New(rand.NewPCG(seed, 1))
	p := &Problem{Days: days, Weights: Usual, Factor: 1.3}
	for k := range kits {
		p.Kits = append(p.Kits, Kit{ID: int64(k + 1), Capacity: float64(20 + 10*r.IntN(5)), Lat: 11.62, Lon: 106.6})
	}
	communes := max(hamlets/8, 1)
	for h := range hamlets {
		c := h % communes
		angle := float64(c) * 2 * math.Pi / float64(communes)
		x := Hamlet{ID: int64(1000 + h), Commune: int64(c + 1), Lat: 11.62 + 0.1*math.Sin(angle) + 0.03*r.Float64(), Lon: 106.6 + 0.1*math.Cos(angle) + 0.03*r.Float64(),
			Need: float64(10 + r.IntN(250)), Turnout: 0.4 + 0.4*r.Float64()}
		if r.IntN(4) == 0 {
			x.Due = []Due{{r.IntN(days), float64(r.IntN(15))}}
		}
		if r.IntN(4) == 0 {
			x.Shut = make([]bool, days)
			for d := range days {
				x.Shut[d] = r.IntN(3) == 0
			}
		}
		p.Hamlets = append(p.Hamlets, x)
	}
	return p
}

// shipped are the instances on which the planner must beat the plan made by hand.
func shipped() map[string]*Problem {
	out := map[string]*Problem{}
	for seed := range uint64(3) {
		out[fmt.Sprintf("4 kits, 20 days, 30 hamlets, %d", seed)] = district(seed, 4, 20, 30)
		out[fmt.Sprintf("2 kits, 10 days, 12 hamlets, %d", seed)] = district(seed+10, 2, 10, 12)
	}
	out["10 kits, 60 days, 102 hamlets"] = district(99, 10, 60, 102)
	return out
}

// sound proves what every plan must keep.
func sound(t *testing.T, p *Problem, plan *Plan) {
	t.Helper()
	byHamlet, sum := make([]float64, len(p.Hamlets)), 0.0
	for k := range plan.At {
		if len(plan.At[k]) != p.Days {
			t.Fatalf("kit %d has %d days", k, len(plan.At[k]))
		}
		for d, h := range plan.At[k] { // one hamlet a kit and day: it cannot be in two places
			n := plan.Served[k][d]
			if n < 0 || n > p.Kits[k].Capacity+1e-9 || h == Idle && n != 0 {
				t.Errorf("kit %d day %d takes %.2f of %.0f", k, d, n, p.Kits[k].Capacity)
			}
			if h != Idle {
				byHamlet[h] += n
				if d < len(p.Hamlets[h].Shut) && p.Hamlets[h].Shut[d] && !slices.Contains(p.Locked, Stay{k, d, h}) {
					t.Errorf("kit %d is at hamlet %d on a day its host cannot receive", k, h)
				}
				if d < len(p.Kits[k].Off) && p.Kits[k].Off[d] {
					t.Errorf("kit %d works on a day it is not there", k)
				}
			}
			sum += n
		}
	}
	for h, n := range byHamlet {
		if n > p.Hamlets[h].all()+1e-9 {
			t.Errorf("hamlet %d: %.2f of %.2f", h, n, p.Hamlets[h].all())
		}
	}
	if math.Abs(sum-plan.Dossiers) > 1e-6 {
		t.Errorf("parts %.4f, whole %.4f", sum, plan.Dossiers)
	}
	if b := Bound(p); plan.Worth > b+1e-6 || plan.Dossiers > b+1e-6 {
		t.Errorf("%.2f dossiers exceed the bound %.2f", plan.Dossiers, b)
	}
	if again := Value(p, plan.At); math.Abs(again.Worth-plan.Worth) > 1e-6 {
		t.Errorf("valued again %.4f, was %.4f", again.Worth, plan.Worth)
	}
	for _, s := range p.Locked {
		if plan.At[s.Kit][s.Day] != s.Hamlet {
			t.Errorf("a locked day moved: %+v is %d", s, plan.At[s.Kit][s.Day])
		}
	}
}

// TestClause_III_3_a_ThePlannerBeatsThePlanByHand on every shipped instance, and keeps what every plan must keep.
func TestClause_III_3_a_ThePlannerBeatsThePlanByHand(t *testing.T) {
	for name, p := range shipped() {
		plan, hand := Make(p), LargestNeed(p)
		sound(t, p, plan)
		sound(t, p, hand)
		if plan.Worth < hand.Worth || plan.Dossiers < hand.Dossiers*0.98 {
			t.Errorf("%s: %.1f worth %.1f, by hand %.1f worth %.1f", name, plan.Dossiers, plan.Worth, hand.Dossiers, hand.Worth)
		}
		t.Logf("%s: %.0f dossiers %.0f km worth %.0f · by hand %.0f dossiers %.0f km worth %.0f · bound %.0f", name, plan.Dossiers, plan.Km, plan.Worth, hand.Dossiers, hand.Km,
			hand.Worth, Bound(p))
	}
}

// exact tries every plan.
func exact(p *Problem) float64 {
	b := newBoard(p)
	best := math.Inf(-1)
	var walk func(i int)
	walk = func(i int) {
		if i == b.n*p.Days {
			best = max(best, b.worth())
			return
		}
		k, d := i/p.Days, i%p.Days
		if b.fixed[k][d] {
			walk(i + 1)
			return
		}
		for h := Idle; h < len(p.Hamlets); h++ {
			if b.may(k, d, h) {
				b.set(k, d, h)
				walk(i + 1)
			}
		}
		b.set(k, d, Idle)
	}
	walk(0)
	return best
}

// TestClause_III_3_a_NearTheOptimumWhereItIsKnown: within 5 % of the exact optimum on instances small enough to try every plan.
func TestClause_III_3_a_NearTheOptimumWhereItIsKnown(t *testing.T) {
	worst := 0.0
	for seed := range uint64(24) {
		size := [][3]int{{2, 3, 4}, {1, 6, 4}, {3, 2, 4}, {2, 4, 2}}[seed%4]
		p := district(seed+100, size[0], size[1], size[2])
		if seed%3 == 0 {
			p.Locked = []Stay{{0, 1, int(seed) % size[2]}}
		}
		best, plan := exact(p), Make(p)
		sound(t, p, plan)
		if plan.Worth > best+1e-6 {
			t.Errorf("seed %d: %.4f is better than the optimum %.4f", seed, plan.Worth, best)
		}
		if gap := (best - plan.Worth) / best; gap > 0.05 {
			t.Errorf("seed %d: %.2f is %.1f %% under the optimum %.2f", seed, plan.Worth, gap*100, best)
		} else {
			worst = max(worst, gap)
		}
		if best > Bound(p)+1e-6 {
			t.Errorf("seed %d: the bound %.2f is under the optimum %.2f", seed, Bound(p), best)
		}
	}
	t.Logf("worst gap %.2f %%", worst*100)
}

// TestClause_III_3_a_LockedDaysStayAndAChangeHasItsPrice: locked days are never touched, the same question gets the same answer, and
// the price of a change by hand is the difference of the two plans.
func TestClause_III_3_a_LockedDaysStayAndAChangeHasItsPrice(t *testing.T) {
	p := district(7, 3, 8, 12)
	p.Locked = []Stay{{0, 0, 3}, {1, 2, Idle}, {2, 7, 11}}
	p.Kits[1].Off = []bool{true, true}
	plan := Make(p)
	sound(t, p, plan)
	if again := Make(p); fmt.Sprint(again.At) != fmt.Sprint(plan.At) {
		t.Error("the same question got another answer")
	}
	if _, ok := Cost(p, plan.At, Stay{0, 0, 5}); ok {
		t.Error("a locked day has a price")
	}
	for h := range p.Hamlets {
		price, ok := Cost(p, plan.At, Stay{0, 4, h})
		if !ok {
			continue
		}
		hand := [][]int{slices.Clone(plan.At[0]), plan.At[1], plan.At[2]}
		hand[0][4] = h
		other := Value(p, hand)
		if math.Abs(other.Worth-plan.Worth-price.Worth) > 1e-6 || math.Abs(other.Km-plan.Km-price.Km) > 1e-6 {
			t.Errorf("hamlet %d: price %+v, plans differ by %.3f and %.3f km", h, price, other.Worth-plan.Worth, other.Km-plan.Km)
		}
		if price.Worth > 1e-6 {
			t.Errorf("one change gains %.3f: the plan is no local optimum", price.Worth)
		}
	}
}

// TestClause_III_3_a_KitsRollOn: with equal need everywhere a kit finishes a commune before it leaves ("cuốn chiếu").
func TestClause_III_3_a_KitsRollOn(t *testing.T) {
	p := &Problem{Days: 6, Weights: Usual, Kits: []Kit{{ID: 1, Capacity: 50}}}
	for h := range 6 {
		p.Hamlets = append(p.Hamlets, Hamlet{ID: int64(h + 1), Commune: int64(h%2 + 1), Need: 50, Turnout: 1, Lat: 11.6 + 0.1*float64(h%2), Lon: 106.6 + 0.01*float64(h)})
	}
	plan, left := Make(p), 0
	sound(t, p, plan)
	for d := 1; d < p.Days; d++ {
		if p.Hamlets[plan.At[0][d]].Commune != p.Hamlets[plan.At[0][d-1]].Commune {
			left++
		}
	}
	if left != 1 || plan.Dossiers != 300 {
		t.Errorf("left a commune %d times, %.0f dossiers: %v", left, plan.Dossiers, plan.At)
	}
}

// TestEmptyProblems: nothing to plan is no error.
func TestEmptyProblems(t *testing.T) {
	for _, p := range []*Problem{{}, {Days: 5}, {Days: 5, Kits: []Kit{{Capacity: 10}}}, {Days: 0, Kits: []Kit{{Capacity: 10}}, Hamlets: []Hamlet{{Need: 5, Turnout: 1}}}} {
		if plan := Make(p); plan.Dossiers != 0 || Bound(p) != 0 {
			t.Errorf("%+v", plan)
		}
	}
}

// BenchmarkRoute_10x60x102 is the district's whole campaign: at most 10 s.
func BenchmarkRoute_10x60x102(b *testing.B) {
	p := district(99, 10, 60, 102)
	for b.Loop() {
		Make(p)
	}
}
