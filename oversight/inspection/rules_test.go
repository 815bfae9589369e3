package inspection_test

import (
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bonphu/oversight/inspection"
)

func frame(r *rand.Rand, sizes ...int) []inspection.Stratum {
	var out []inspection.Stratum
	for i, n := range sizes {
		s := inspection.Stratum{Code: fmt.Sprintf("25330.%02d", i+1), Unit: int64(i + 1)}
		for range n {
			s.Persons = append(s.Persons, r.Int64())
		}
		slices.Sort(s.Persons)
		out = append(out, s)
	}
	return out
}

func TestLaw_J1_TheSameSeedDrawsTheSameList(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		strata := frame(r, r.IntN(60), 1+r.IntN(40), r.IntN(3), 0)
		var all, sizes = int64(0), []int64{}
		for _, s := range strata {
			all += int64(len(s.Persons))
			sizes = append(sizes, int64(len(s.Persons)))
		}
		n := inspection.Size(sizes, 0.5, 0.1, 0.95)
		seed := fmt.Sprint("hạt giống ", r.Int())
		one := inspection.Draw(seed, strata, n)
		mixed := slices.Clone(strata)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		for i := range mixed {
			p := slices.Clone(mixed[i].Persons)
			r.Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
			mixed[i].Persons = p
		}
		if two := inspection.Draw(seed, mixed, n); !slices.Equal(one, two) || inspection.FrameSHA(strata) != inspection.FrameSHA(mixed) {
			t.Fatal("the order in which a frame is given changes what is drawn")
		}
		if int64(len(one)) != min(n, all) {
			t.Fatalf("%d drawn of %d, want %d", len(one), all, n)
		}
		seen, per := map[int64]bool{}, map[string]int{}
		for _, d := range one {
			if seen[d.Person] {
				t.Fatal("somebody is drawn twice")
			}
			seen[d.Person] = true
			per[d.Code]++
		}
		for _, s := range strata {
			if (len(s.Persons) > 0) != (per[s.Code] > 0) || per[s.Code] > len(s.Persons) {
				t.Fatalf("%s: %d of %d", s.Code, per[s.Code], len(s.Persons))
			}
			for _, p := range s.Persons { // nobody outside the sample has a smaller ticket
				for _, d := range one {
					if d.Code == s.Code && !seen[p] && inspection.Ticket(seed, s.Code, p) < inspection.Ticket(seed, s.Code, d.Person) {
						t.Fatal("a smaller ticket was left out")
					}
				}
			}
		}
	}
	if got := inspection.Ticket("a", "25330.01", 7); got != fmt.Sprintf("%x", sha256.Sum256([]byte("a|25330.01|7"))) {
		t.Error("a ticket is not what the handbook says")
	}
}

func TestLaw_J1_EverybodyIsAsLikelyToBeDrawn(t *testing.T) {
	strata := frame(rand.New(rand.NewPCG(3, 4)), 40)
	times := map[int64]int{}
	for seed := range 4000 {
		for _, d := range inspection.Draw(fmt.Sprint(seed), strata, 10) {
			times[d.Person]++
		}
	}
	for p, n := range times { // 1000 expected, standard deviation 27
		if n < 860 || n > 1140 {
			t.Errorf("%d drawn %d times", p, n)
		}
	}
}

func TestAllocationsSum(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		k := 1 + r.IntN(8)
		sizes, codes := make([]int64, k), make([]string, k)
		var all, strata int64
		for i := range sizes {
			sizes[i], codes[i] = []int64{0, 1, int64(r.IntN(5)), int64(r.IntN(3000))}[r.IntN(4)], fmt.Sprint(i)
			all += sizes[i]
			if sizes[i] > 0 {
				strata++
			}
		}
		if all == 0 {
			continue
		}
		n := strata + r.Int64N(all-strata+1)
		var sum int64
		for i, p := range inspection.Allocate(n, sizes, codes) {
			sum += p
			if p > sizes[i] || p < min(1, sizes[i]) {
				t.Fatalf("%v %d: %d of %d", sizes, n, p, sizes[i])
			}
		}
		if sum != n {
			t.Fatalf("%v: %d, want %d", sizes, sum, n)
		}
	}
}

func TestLaw_J1_TheBoundsHoldWhatTheySay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, truth := range []float64{0.01, 0.08, 0.3} {
		for _, answers := range [][]int{{30, 10, 5}, {120, 60, 40}, {20, 20, 20}} { // of strata of 600, 300, 100
			hold := 0
			const rounds = 1000
			for range rounds {
				var parts []inspection.Part
				for i, n := range answers {
					p := inspection.Part{Counts: inspection.Counts{Frame: []int64{600, 300, 100}[i], Sample: int64(n)}}
					for range n {
						if r.Float64() < truth {
							p.False++
						} else {
							p.True++
						}
					}
					parts = append(parts, p)
				}
				if e := inspection.Tell(parts, 0.95); e.Low <= truth && truth <= e.High {
					hold++
				}
			}
			if share := float64(hold) / rounds; share < 0.925 {
				t.Errorf("truth %v, answers %v: the bounds held in %.1f %%", truth, answers, 100*share)
			}
		}
	}
}

func TestEstimateCountsTheUnmetApart(t *testing.T) {
	e := inspection.Tell([]inspection.Part{
		{Code: "a", Counts: inspection.Counts{Frame: 100, Sample: 20, True: 9, False: 1, Absent: 8, Refused: 2}},
		{Code: "b", Counts: inspection.Counts{Frame: 300, Sample: 60, True: 57, False: 3}},
		{Code: "c", Counts: inspection.Counts{Frame: 50, Sample: 5, Absent: 5}},
		{Code: "d"},
	}, 0.95)
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	near("share", e.Share, 0.25*0.1+0.75*0.05)
	near("worst", e.Worst, (100*11.0/20+300*3.0/60+50*1)/450)
	near("best", e.Best, (100*1.0/20+300*3.0/60)/450)
	if e.Frame != 450 || e.Sample != 85 || e.False != 4 || e.Missed() != 15 || e.Left() != 0 || e.Uncovered != 50 || !e.Exact || e.Effective >= 70 || e.Effective < 50 {
		t.Errorf("%+v", e)
	}
	if !(e.Low < e.Share && e.Share < e.High && e.High < e.WorstHigh) {
		t.Errorf("bounds %+v", e)
	}
	if z := inspection.Tell(nil, 0.95); z.Low != 0 || z.High != 1 || z.Share != 0 {
		t.Errorf("nothing: %+v", z)
	}
}
