package allotment

import (
	"math"

	"bonphu/internal/clock"
)

// Curve is a roadmap (law A3): which part of the target, in percent, is to be done by the end of each day from Start on. It never
// falls; before Start it is 0, after its last day it stays.
type Curve struct {
	Start   clock.Day
	Percent []float64
}

// NewCurve asks a roadmap for each day of a campaign and evens out falls and numbers beyond 0–100.
func NewCurve(start, end clock.Day, percent func(clock.Day) float64) Curve {
	c := Curve{Start: start}
	high := 0.0
	for day := start; day <= end; day = day.Add(1) {
		p := percent(day)
		if math.IsNaN(p) {
			p = 0
		}
		high = max(high, min(p, 100))
		c.Percent = append(c.Percent, high)
	}
	return c
}

// At gives the percent due by the end of a day.
func (c *Curve) At(day clock.Day) float64 { return c.after(day.Sub(c.Start) + 1) }

// after gives the percent due after n whole days.
func (c *Curve) after(n int) float64 {
	if n <= 0 || len(c.Percent) == 0 {
		return 0
	}
	return c.Percent[min(n, len(c.Percent))-1]
}

// Due is how many of total are due by the end of a day, rounded up: a day's work is never due in part.
func (c *Curve) Due(total int64, day clock.Day) int64 {
	return int64(math.Ceil(float64(total)*c.At(day)/100 - 1e-9))
}

// DaysAhead tells by how many days done of total is ahead of the roadmap (behind: negative) at the end of a day (law A3): the
// time at which the roadmap asks for as much as is done, less the time that it is. Where the roadmap stands still, being
// anywhere on the level is being in time. 0 when there is nothing to do.
func DaysAhead(c *Curve, done, total int64, day clock.Day) float64 {
	now := float64(day.Sub(c.Start) + 1)
	if total <= 0 || len(c.Percent) == 0 || now <= 0 && done <= 0 {
		return 0
	}
	p := min(100*float64(done)/float64(total), c.Percent[len(c.Percent)-1])
	now = min(now, float64(len(c.Percent)))
	// [low, high] is the stretch of time on which the roadmap asks for exactly p.
	low, high, found := 0.0, 0.0, false
	for n := 0; n < len(c.Percent); n++ {
		a, b := c.after(n), c.after(n+1)
		switch {
		case a <= p && p <= b && a < b:
			x := float64(n) + (p-a)/(b-a)
			if !found {
				low, found = x, true
			}
			high = x
		case a == p && b == p:
			if !found {
				low, found = float64(n), true
			}
			high = float64(n + 1)
		}
	}
	if !found {
		return 0
	}
	at := min(max(now, low), high)
	return math.Round((at-now)*10) / 10
}

// weights gives for each of these days how much the roadmap asks for on it, in millionths of a percent; days on which it asks for
// nothing get none, unless it asks for nothing on all of them: then all weigh the same.
func (c *Curve) weights(days []clock.Day) []int64 {
	out := make([]int64, len(days))
	for i, d := range days {
		out[i] = int64(math.Round((c.At(d) - c.At(d.Add(-1))) * 1e6))
	}
	return out
}
