package allotment

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"bonphu/internal/clock"
)

func TestLaw_A1_ShareDealsTheLargestRemaindersTiesByCode(t *testing.T) {
	for _, c := range []struct {
		total   int64
		weights []int64
		codes   []string
		want    []int64
	}{
		{10, []int64{1, 1, 1}, []string{"c", "a", "b"}, []int64{3, 4, 3}},
		{100, []int64{47, 16, 15, 12, 6, 4}, []string{"a", "b", "c", "d", "e", "f"}, []int64{47, 16, 15, 12, 6, 4}},
		{7, []int64{0, 0, 0}, []string{"z", "y", "x"}, []int64{2, 2, 3}},
		{5, []int64{0, 3, 0}, []string{"a", "b", "c"}, []int64{0, 5, 0}},
		{0, []int64{4, 4}, []string{"a", "b"}, []int64{0, 0}},
		{-10, []int64{1, 1, 1}, []string{"a", "b", "c"}, []int64{-4, -3, -3}},
		{3, []int64{-9, 1}, []string{"a", "b"}, []int64{0, 3}},
		{1000, []int64{333, 333, 334}, []string{"1", "2", "3"}, []int64{333, 333, 334}},
		{4, nil, nil, []int64{}},
		{math.MaxInt64, []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, []string{"b", "a", "c"}, []int64{3074457345618258602, 3074457345618258603, 3074457345618258602}},
	} {
		if got := Share(c.total, c.weights, c.codes); !slices.Equal(got, c.want) {
			t.Errorf("Share(%d, %v) = %v, want %v", c.total, c.weights, got, c.want)
		}
	}
}

// TestLaw_A1_PartsAddUpAlways draws totals and weights of every size: parts add up, none is off its exact share by a whole one or
// more, and the order in which units stand changes nothing.
func TestLaw_A1_PartsAddUpAlways(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	size := func() int64 {
		switch r.IntN(4) {
		case 0:
			return 0
		case 1:
			return int64(r.IntN(10))
		case 2:
			return int64(r.IntN(1_000_000))
		}
		return r.Int64() >> r.IntN(40)
	}
	for range 3000 {
		n := 1 + r.IntN(120)
		weights, codes := make([]int64, n), make([]string, n)
		sum := new(big.Int)
		for i := range weights {
			weights[i], codes[i] = size(), fmt.Sprintf("%05d", i)
			sum.Add(sum, big.NewInt(weights[i]))
		}
		total := size()
		parts := Share(total, weights, codes)
		var got int64
		for i, p := range parts {
			got += p
			if sum.Sign() == 0 {
				continue
			}
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(total), big.NewInt(weights[i])), sum)
			off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(p))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d of %d is off by %v", p, total, off)
			}
		}
		if got != total {
			t.Fatalf("parts of %d add up to %d", total, got)
		}
		order := r.Perm(n)
		w2, c2 := make([]int64, n), make([]string, n)
		for k, i := range order {
			w2[k], c2[k] = weights[i], codes[i]
		}
		for k, p := range Share(total, w2, c2) {
			if p != parts[order[k]] {
				t.Fatal("the order of units changed a part")
			}
		}
	}
}

func TestLaw_A1_BoundsAreKeptAndNothingIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		n := 1 + r.IntN(90)
		weights, most, codes := make([]int64, n), make([]int64, n), make([]string, n)
		var room int64
		for i := range weights {
			weights[i], most[i], codes[i] = int64(r.IntN(50)), int64(r.IntN(30)), fmt.Sprintf("%03d", i)
			room += most[i]
		}
		total := int64(r.IntN(n * 30))
		parts, over := shareUpTo(total, weights, most, codes)
		var got int64
		for i, p := range parts {
			if p < 0 || p > most[i] {
				t.Fatalf("part %d of at most %d", p, most[i])
			}
			got += p
		}
		if got+over != total || over != max(0, total-room) {
			t.Fatalf("%d shared and %d over of %d with room for %d", got, over, total, room)
		}
	}
}

func TestLaw_A1_GoalsOfPartsAreTheWholes(t *testing.T) {
	parts := []Part{{Unit: 1, Code: "1", Eligible: 101, Given: -1}, {Unit: 2, Code: "2", Eligible: 33, Given: -1}, {Unit: 3, Code: "3", Eligible: 7, Given: -1}}
	goals := Goals(parts, 90)
	if goals[0]+goals[1]+goals[2] != 127 { // 90 % of 141 is 126.9
		t.Errorf("%v", goals)
	}
	parts[1].Given = 50
	goals = Goals(parts, 90)
	if goals[1] != 50 || goals[0]+goals[2] != 98 { // 90 % of 108 is 97.2
		t.Errorf("%v", goals)
	}
	parts[0].Confirmed, parts[1].Confirmed = 100, 10
	left := Left(parts, goals)
	if left[0] != 0 || left[0]+left[1]+left[2] != goals[0]+goals[1]+goals[2]-110 {
		t.Errorf("%v of %v", left, goals)
	}
	if n := WholeOf(10, 80); n != 8 {
		t.Errorf("80 %% of 10 is %d", n)
	}
	if n := WholeOf(3, 100); n != 3 {
		t.Errorf("100 %% of 3 is %d", n)
	}
}

const start, end = clock.Day("2024-04-08"), clock.Day("2024-07-08")

func straight(day clock.Day) float64 { return float64(day.Sub(start)+1) * 100 / 92 }

func TestLaw_A3_AheadAndBehindInDays(t *testing.T) {
	line := NewCurve(start, end, straight)
	knots := NewCurve(start, end, func(day clock.Day) float64 { // 40 % by 08/5, still until 15/5, 100 % by 30/6
		switch n := float64(day.Sub(start) + 1); {
		case n <= 31:
			return 40 * n / 31
		case n <= 38:
			return 40
		case n <= 84:
			return 40 + 60*(n-38)/46
		}
		return 100
	})
	for _, c := range []struct {
		name        string
		curve       *Curve
		done, total int64
		day         clock.Day
		want        float64
	}{
		{"on the line", &line, 46, 92, start.Add(45), 0},
		{"five days ahead", &line, 51, 92, start.Add(45), 5},
		{"ten behind", &line, 36, 92, start.Add(45), -10},
		{"nothing done on the first day", &line, 0, 92, start, -1},
		{"nothing to do", &line, 0, 0, start.Add(45), 0},
		{"all done half-way", &line, 92, 92, start.Add(45), 46},
		{"more than all", &line, 200, 92, start.Add(45), 46},
		{"before it begins", &line, 0, 92, start.Add(-3), 0},
		{"after the end", &line, 46, 92, end.Add(20), -46},
		{"on the level", &knots, 40, 100, start.Add(34), 0},
		{"behind the level", &knots, 40, 100, start.Add(60), -23},
		{"done while the roadmap rests at 100", &knots, 100, 100, end, 0},
	} {
		if got := DaysAhead(c.curve, c.done, c.total, c.day); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if n := line.Due(1000, start.Add(45)); n != 500 {
		t.Errorf("due half-way: %d", n)
	}
}

// TestLaw_A3_MoreDoneIsNeverLessAhead: the measure rises with what is done and falls with the days.
func TestLaw_A3_MoreDoneIsNeverLessAhead(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		high, flat := 0.0, r.IntN(3) == 0
		c := NewCurve(start, end, func(clock.Day) float64 {
			if !flat || r.IntN(2) == 0 {
				high += r.Float64() * 2.4
			}
			return high
		})
		day := start.Add(r.IntN(92))
		last := math.Inf(-1)
		for done := int64(0); done <= 100; done += 5 {
			got := DaysAhead(&c, done, 100, day)
			if got < last {
				t.Fatalf("%d done is %v ahead, less was %v", done, got, last)
			}
			last = got
		}
	}
}
