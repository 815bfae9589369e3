package stat_test

import (
	"math"
	"testing"

	"bonphu/internal/stat"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 5e-4 {
		t.Errorf("%s: %.5f, want %.4f", what, got, want)
	}
}

// The values are those published by Newcombe (1998) and Brown, Cai and DasGupta (2001).
func TestLaw_J1_PublishedBounds(t *testing.T) {
	for _, c := range []struct {
		k, n               int64
		wlo, whi, clo, chi float64
	}{
		{81, 263, 0.2553, 0.3662, 0.2527, 0.3676},
		{15, 148, 0.0624, 0.1605, 0.0578, 0.1617},
		{0, 20, 0, 0.1611, 0, 0.1684},
		{1, 29, 0.0061, 0.1718, 0.0009, 0.1776},
		{20, 20, 0.8389, 1, 0.8316, 1},
	} {
		lo, hi := stat.Wilson(c.k, c.n, 0.95)
		near(t, "wilson low", lo, c.wlo)
		near(t, "wilson high", hi, c.whi)
		lo, hi = stat.ClopperPearson(c.k, c.n, 0.95)
		near(t, "exact low", lo, c.clo)
		near(t, "exact high", hi, c.chi)
	}
	near(t, "z", stat.Z(0.95), 1.96)
	near(t, "z", stat.Z(0.99), 2.5758)
}

func TestBoundsOfOddInput(t *testing.T) {
	for _, f := range []func(k, n int64, conf float64) (float64, float64){stat.Wilson, stat.ClopperPearson} {
		if lo, hi := f(0, 0, 0.95); lo != 0 || hi != 1 {
			t.Errorf("of nothing: %v %v", lo, hi)
		}
		for n := int64(1); n <= 40; n++ {
			for k := int64(-1); k <= n+1; k++ {
				for _, conf := range []float64{0.8, 0.95, 0.99, 1, math.NaN()} {
					lo, hi := f(k, n, conf)
					p := float64(min(max(k, 0), n)) / float64(n)
					if !(0 <= lo && lo <= p+1e-9 && p <= hi+1e-9 && hi <= 1) {
						t.Fatalf("%d of %d at %v: %v %v", k, n, conf, lo, hi)
					}
				}
			}
		}
	}
}

func TestLaw_J1_SampleSizes(t *testing.T) {
	for _, c := range []struct {
		population      int64
		p, margin, conf float64
		want            int64
	}{
		{1_000_000_000, 0.5, 0.05, 0.95, 385}, {1000, 0.5, 0.05, 0.95, 278}, {500, 0.5, 0.05, 0.95, 218}, {100, 0.5, 0.05, 0.95, 80}, // Krejcie and Morgan's table
		{1_000_000_000, 0.5, 0.03, 0.95, 1068}, {10_000, 0.05, 0.02, 0.95, 437},
		{0, 0.5, 0.05, 0.95, 0}, {-3, 0.5, 0.05, 0.95, 0}, {1, 0.5, 0.05, 0.95, 1}, {7, 0.5, 0, 0.95, 7}, {7, 0.5, math.NaN(), 0.95, 7},
		{50, 0, 0.05, 0.95, 45}, {50, 0.5, 0.9, 0.95, 2},
	} {
		if got := stat.SampleSize(c.population, c.p, c.margin, c.conf); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
	last := int64(0)
	for n := int64(1); n < 5000; n += 7 { // never more than there are, never fewer for more
		got := stat.SampleSize(n, 0.5, 0.05, 0.95)
		if got < last || got > n {
			t.Fatalf("%d of %d after %d", got, n, last)
		}
		last = got
	}
}
