package outreach

import (
	"math"
	"math/rand/v2"
	"testing"

	"bonphu/internal/clock"
)

const someDay = clock.Day("2024-05-10")

// village makes hamlets with so many activations a day per thousand adults before someDay and from it on.
func village(r *rand.Rand, n int, before, after func(i int) float64) map[int64]Line {
	lines := map[int64]Line{}
	for i := range n {
		l := Line{From: someDay.Add(-8), Adults: 300 + int64(r.IntN(900)), Active: make([]int64, 15)}
		for d := 1; d < 15; d++ {
			rate := before(i)
			if d >= 8 {
				rate = after(i)
			}
			l.Active[d] = l.Active[d-1]
			for range l.Adults {
				if r.Float64() < rate/1000 {
					l.Active[d]++
				}
			}
		}
		lines[int64(i+1)] = l
	}
	return lines
}

func steady(x float64) func(int) float64 { return func(int) float64 { return x } }

func first(n int, day clock.Day) []Treated {
	var out []Treated
	for i := range n {
		out = append(out, Treated{int64(i + 1), day})
	}
	return out
}

func idle(int64, clock.Day, clock.Day) bool { return false }

func flat(active ...int64) Line { return Line{From: someDay.Add(-8), Adults: 1000, Active: active} }

func TestClause_III_1_a_WhatFollowedIsADifferenceOfDifferences(t *testing.T) {
	slow := flat(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)  // 7, then 7
	fast := flat(0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 17, 19, 21) // 7, then 14
	lines := map[int64]Line{1: fast, 2: fast, 3: slow, 4: slow, 5: slow, 6: slow, 7: slow, 8: slow, 9: slow, 10: slow}
	busy := func(unit int64, _, _ clock.Day) bool { return unit == 10 }
	for _, c := range []struct {
		name    string
		treated []Treated
		lines   map[int64]Line
		busy    func(int64, clock.Day, clock.Day) bool
		least   int
		enough  bool
		diff    float64
		mine    int
		others  int
	}{
		{"two against eight", first(2, someDay), lines, idle, 20, true, 7, 2, 8},
		{"a busy hamlet is no comparison: nine are too few", first(2, someDay), lines, busy, 20, false, 0, 2, 7},
		{"too few activations", first(2, someDay), lines, idle, 1000, false, 0, 2, 8},
		{"the same hamlet twice counts once", append(first(2, someDay), Treated{1, someDay}), lines, idle, 20, true, 7, 2, 8},
		{"nothing to compare with", first(6, someDay), lines, idle, 20, false, 0, 6, 4},
		{"nobody", nil, lines, idle, 20, false, 0, 0, 0},
	} {
		f := Compare(c.treated, c.lines, c.busy, c.least)
		if f.Enough != c.enough || f.Hamlets != c.mine || f.Others != c.others || c.enough && (math.Abs(f.Difference-c.diff) > 1e-9 || f.Lo > f.Difference || f.Hi < f.Difference) {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	if f := Compare(first(2, someDay), lines, idle, 20); f.Before != 14 || f.After != 28 || f.OthersBefore != 56 || f.OthersAfter != 56 || !f.Complete {
		t.Errorf("counts: %+v", f)
	}
	if f := Compare(first(2, someDay.Add(3)), lines, idle, 20); f.Complete || f.Enough {
		t.Errorf("seven days have not passed: %+v", f)
	}
}

// Where nothing is changed by what was done, the interval holds nothing nineteen times in twenty, whatever the hamlets' sizes and a trend
// that all share; where much is changed it seldom does.
func TestProperty_NoEffectIsMostlyNotTold(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 44))
	const runs = 300
	for _, n := range []int{1, 4, 15} {
		covered, missed := 0, 0
		for range runs {
			if Compare(first(n, someDay), village(r, 40, steady(4), steady(7)), idle, 20).Covers() {
				covered++
			}
			if n > 1 && Compare(first(n, someDay), village(r, 40, steady(4), func(i int) float64 {
				if i < n {
					return 16
				}
				return 7
			}), idle, 20).Covers() {
				missed++
			}
		}
		if share := float64(covered) / runs; share < 0.88 || n > 1 && share > 0.995 {
			t.Errorf("%d hamlets: no effect is covered in %.3f", n, share)
		}
		if missed > runs/10 {
			t.Errorf("%d hamlets: a large effect is missed %d times of %d", n, missed, runs)
		}
	}
}
