package inspection

import (
	"math"

	"bonphu/internal/stat"
)

// Counts are the findings of a stratum or of all.
type Counts struct {
	Frame, Sample                int64
	True, False, Absent, Refused int64
}

// Decided is how many were found true or false.
func (c Counts) Decided() int64 { return c.True + c.False }

// Missed is how many were visited without an answer.
func (c Counts) Missed() int64 { return c.Absent + c.Refused }

// Left is how many have no result yet.
func (c Counts) Left() int64 { return c.Sample - c.Decided() - c.Missed() }

func (c *Counts) plus(o Counts) {
	c.Frame += o.Frame
	c.Sample += o.Sample
	c.True += o.True
	c.False += o.False
	c.Absent += o.Absent
	c.Refused += o.Refused
}

// Part is a stratum's findings with the bounds of its share false.
type Part struct {
	Code string
	Unit int64
	Counts
	Share, Low, High float64 // 0 to 1; 0, 0, 1 while nothing is decided
}

// Estimate is what the findings say of the whole frame (law J1). Share is weighted by the strata: a stratum that gave fewer
// answers than its size weighs more an answer, and the bounds widen by it. Absent and refused are in no share; Worst is the share
// and upper bound if every one of them were false, Best the share if every one were true.
type Estimate struct {
	Counts
	Conf             float64
	Share, Low, High float64
	Effective        float64 // how many equal answers the weighted ones are worth
	Uncovered        int64   // people of strata without any decided answer: the share does not speak of them
	Worst, WorstHigh float64
	Best             float64
	Exact            bool // Clopper–Pearson's bounds, else Wilson's
	Strata           []Part
}

// Tell estimates from the strata's counts.
func Tell(strata []Part, conf float64) Estimate {
	e := Estimate{Conf: conf, High: 1, WorstHigh: 1}
	for _, s := range strata {
		s.Share, s.Low, s.High = 0, 0, 1
		if n := s.Decided(); n > 0 {
			s.Share = float64(s.False) / float64(n)
			s.Low, s.High = stat.Bounds(s.Share, float64(n), conf)
		} else {
			e.Uncovered += s.Frame
		}
		e.plus(s.Counts)
		e.Strata = append(e.Strata, s)
	}
	e.Share, e.Effective = weighted(strata, func(c Counts) (float64, float64) { return float64(c.False), float64(c.Decided()) })
	e.Low, e.High = stat.Bounds(e.Share, e.Effective, conf)
	e.Exact = e.Effective < stat.Small
	met := func(k func(Counts) int64) (float64, float64) {
		return weighted(strata, func(c Counts) (float64, float64) { return float64(k(c)), float64(c.Decided() + c.Missed()) })
	}
	worst, n := met(func(c Counts) int64 { return c.False + c.Missed() })
	e.Worst = worst
	_, e.WorstHigh = stat.Bounds(worst, n, conf)
	e.Best, _ = met(func(c Counts) int64 { return c.False })
	return e
}

// weighted gives the share over strata, each weighing as its frame, and what the answers are worth together (Kish): their number
// when all weigh the same, fewer when they do not.
func weighted(strata []Part, of func(Counts) (k, n float64)) (share, effective float64) {
	var frame float64
	for _, s := range strata {
		if _, n := of(s.Counts); n > 0 {
			frame += float64(s.Frame)
		}
	}
	var sum, squares float64
	for _, s := range strata {
		k, n := of(s.Counts)
		if n <= 0 || frame <= 0 {
			continue
		}
		share += float64(s.Frame) / frame * k / n
		w := float64(s.Frame) / n // of one answer
		sum += n * w
		squares += n * w * w
	}
	if squares > 0 {
		effective = sum * sum / squares
	}
	return math.Min(share, 1), effective
}
