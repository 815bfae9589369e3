package lead

import (
	"math/rand/v2"
	"strings"
	"testing"

	"bonphu/internal/clock"
)

const day0 = clock.Day("2024-04-08")

// steady is a line that rises n a day from start.
func steady(start, n int64, days int) []int64 {
	l := make([]int64, days+1)
	for i := range l {
		l[i] = start + n*int64(i)
	}
	return l
}

func TestClause_IV_2_c_ForecastTable(t *testing.T) {
	until := day0.Add(91)
	for _, c := range []struct {
		name      string
		past      Past
		known     bool
		low, high int64 // the middle lies here
	}{
		{"steady work goes on", weekly(steady(100, 10, 42), day0, until, 5000), true, 1000, 1020},
		{"never more than the eligible", weekly(steady(100, 10, 42), day0, until, 600), true, 600, 600},
		{"nothing done, nothing to come", weekly(steady(100, 0, 42), day0, until, 600), true, 100, 102},
		{"one week says nothing", weekly(steady(0, 10, 7), day0, until, 600), false, 0, 0},
		{"no extract", Past{From: day0, N: []int64{1, 2}, Until: until, Eligible: 10}, false, 0, 0},
		{"the end is here", weekly(steady(0, 5, 91), day0, until, 600), true, 455, 455},
		{"all are confirmed", weekly(steady(600, 0, 42), day0, until, 600), true, 600, 600},
	} {
		f := Predict(c.past)
		if f.Known != c.known || f.Known && (f.Mid < c.low || f.Mid > c.high) || !f.Known && f.Why == "" {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

// TestLaw_N1_DaysAfterTheLastExtractSayNothing: the flat days while the next extract is waited for are not idleness.
func TestLaw_N1_DaysAfterTheLastExtractSayNothing(t *testing.T) {
	l := steady(100, 10, 42)
	p := weekly(l, day0, day0.Add(91), 5000)
	q := p
	q.N = append(append([]int64{}, p.N...), p.N[len(p.N)-1], p.N[len(p.N)-1])
	if a, b := Predict(p), Predict(q); a != b {
		t.Errorf("waiting changed the forecast: %+v, %+v", a, b)
	}
}

func TestClause_IV_2_c_RestDaysAreNotWorked(t *testing.T) {
	p := weekly(steady(0, 10, 42), day0, day0.Add(91), 9000)
	all := Predict(p)
	p.Rests = func(d clock.Day) bool { return d > day0.Add(42) && d.Time().Weekday() == 0 }
	if f := Predict(p); f.Days != all.Days-7 || f.Mid >= all.Mid {
		t.Errorf("with Sundays off: %+v; without: %+v", f, all)
	}
}

// TestClause_IV_2_c_ForecastsStayInBounds: whatever line is told, now ≤ low ≤ middle ≤ high ≤ eligible.
func TestClause_IV_2_c_ForecastsStayInBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 7))
	for range 3000 {
		eligible := int64(r.IntN(900))
		n := r.IntN(90)
		l := make([]int64, n+1)
		at := int64(r.IntN(100))
		for i := range l {
			at = max(0, at+int64(r.IntN(30)-6))
			l[i] = at
		}
		p := weekly(l, day0, day0.Add(91), eligible)
		f := Predict(p)
		if !f.Known {
			continue
		}
		now := min(l[n-n%7], eligible)
		if f.Low < now || f.Mid < f.Low || f.High < f.Mid || f.High > eligible {
			t.Fatalf("%+v from %d of %d, line %v", f, now, eligible, l)
		}
	}
}

func TestClause_IV_1_e_QuotaThatStillReachesTheTarget(t *testing.T) {
	for _, c := range []struct {
		name                string
		left                int64
		days                int
		capacity, per, most int64
		state               string
	}{
		{"done", 0, 10, 100, 0, 0, Reached},
		{"rounded up", 101, 10, 100, 11, 1000, Possible},
		{"just enough", 1000, 10, 100, 100, 1000, Possible},
		{"beyond the teams", 1001, 10, 100, 101, 1000, Beyond},
		{"no day left", 5, 0, 0, 0, 0, Beyond},
	} {
		q := Needed(c.left, c.days, c.capacity*int64(c.days))
		if q.PerDay != c.per || q.State != c.state {
			t.Errorf("%s: %+v", c.name, q)
		}
		if c.state == Beyond && !strings.Contains(q.Sentence(), "không thể đạt với sức hiện có") {
			t.Errorf("%s: %q", c.name, q.Sentence())
		}
	}
}
