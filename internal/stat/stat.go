// Package stat gives the few statistics that a fair judgement needs: bounds of a share, and how many to ask (law J1).
package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Z is the two-sided normal quantile of a confidence (0.95 gives 1.96). Confidence is held within 0.5 to 0.9999.
func Z(conf float64) float64 {
	return distuv.UnitNormal.Quantile(1 - (1-hold(conf))/2)
}

func hold(conf float64) float64 {
	if !(conf >= 0.5) {
		return 0.5
	}
	return min(conf, 0.9999)
}

// whole brings k of n into order; ok is false when there is nothing to tell of.
func whole(k, n int64) (float64, float64, bool) {
	if n <= 0 {
		return 0, 0, false
	}
	return float64(min(max(k, 0), n)), float64(n), true
}

// Wilson gives the score bounds of a share of k among n, each 0 to 1; of nothing, 0 and 1.
func Wilson(k, n int64, conf float64) (lo, hi float64) {
	kf, nf, ok := whole(k, n)
	if !ok {
		return 0, 1
	}
	return score(kf, nf, conf)
}

func score(kf, nf, conf float64) (lo, hi float64) {
	z := Z(conf)
	p := kf / nf
	d := 1 + z*z/nf
	mid := (p + z*z/(2*nf)) / d
	half := z * math.Sqrt(p*(1-p)/nf+z*z/(4*nf*nf)) / d
	lo, hi = max(0, mid-half), min(1, mid+half)
	if kf == 0 {
		lo = 0
	}
	if kf == nf {
		hi = 1
	}
	return lo, hi
}

// ClopperPearson gives the exact bounds of a share of k among n, each 0 to 1; of nothing, 0 and 1. They hold at least the
// confidence asked for, so they are the ones for small samples.
func ClopperPearson(k, n int64, conf float64) (lo, hi float64) {
	kf, nf, ok := whole(k, n)
	if !ok {
		return 0, 1
	}
	return exact(kf, nf, conf)
}

func exact(kf, nf, conf float64) (lo, hi float64) {
	half := (1 - hold(conf)) / 2
	hi = 1
	if kf > 0 {
		lo = distuv.Beta{Alpha: kf, Beta: nf - kf + 1}.Quantile(half)
	}
	if kf < nf {
		hi = distuv.Beta{Alpha: kf + 1, Beta: nf - kf}.Quantile(1 - half)
	}
	return lo, hi
}

// Small is the sample size below which Bounds are exact.
const Small = 100

// Bounds gives the bounds of a weighted share p that is worth n equal answers (n need not be whole): Clopper–Pearson's below
// Small (Korn and Graubard's way for weighted samples), Wilson's from there on; of nothing, 0 and 1.
func Bounds(p, n, conf float64) (lo, hi float64) {
	switch {
	case !(n > 0):
		return 0, 1
	case n < Small:
		return exact(p*n, n, conf)
	}
	return score(p*n, n, conf)
}

// SampleSize is how many of a population must be asked so that a share near p is told within ± margin at a confidence: Cochran's
// size with the correction for a finite population. It lies within 0 and the population; p and margin are shares (0.05 is 5 %).
func SampleSize(population int64, p, margin, conf float64) int64 {
	if population <= 0 {
		return 0
	}
	if !(margin > 0) {
		return population
	}
	if !(p > 0 && p < 1) {
		p = 0.5
	}
	z := Z(conf)
	n0 := z * z * p * (1 - p) / (margin * margin)
	n := n0 / (1 + (n0-1)/float64(population))
	size := math.Ceil(n - 1e-9)
	switch {
	case size < 1:
		return 1
	case size >= float64(population):
		return population
	}
	return int64(size)
}

// Beta gives the mean of a Beta distribution and the interval that holds a share conf of it: what is believed of a share after a came
// and b did not, prior included.
func Beta(a, b, conf float64) (mean, lo, hi float64) {
	d, half := distuv.Beta{Alpha: a, Beta: b}, (1-hold(conf))/2
	return a / (a + b), d.Quantile(half), d.Quantile(1 - half)
}
