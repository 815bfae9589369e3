package reconcile

import (
	"bonphu/internal/clock"
	"bonphu/internal/stat"
)

// fill works out the rate and its bounds.
func (r *Rate) fill() {
	if n := r.Denied + r.Confirmed; n > 0 {
		r.Rate = float64(r.Denied) / float64(n)
		r.Low, r.High = stat.Wilson(r.Denied, n, 0.95)
	}
}

// Classes are the fates of claims, counted (KH:IV.2.a). Confirmed+Denied+Pending+Repeat+Void are all claims.
type Classes struct {
	Claimed   int64     // claims that count: confirmed, denied and pending
	Confirmed int64     // by the newest extract
	Denied    int64     // by the newest extract, excused ones too
	Found     int64     // reached the goal by an extract, claimed by nobody
	Pending   int64     // newer than any extract
	Repeat    int64     // said before
	Void      int64     // taken back
	Age       [3]int64  // the pending ones: up to 7 days old, 8–14, older
	Oldest    clock.Day // day of the oldest pending claim, "" for none
	Over      Rate
	Open      int64 // cases waiting for an answer
	Answered  int64 // cases waiting for a verdict
	Decided   int64 // cases decided
}

// Ages are the upper ends of the first two ages of pending claims, in days.
var Ages = [2]int{7, 14}

// ageOf gives the age bucket of a claim on a day.
func ageOf(claimed, day clock.Day) int {
	switch age := day.Sub(claimed); {
	case age <= Ages[0]:
		return 0
	case age <= Ages[1]:
		return 1
	}
	return 2
}

// add counts n claims of a day with a fate, as of another.
func (c *Classes) add(f Fate, claimed, day clock.Day, n int64) {
	switch f {
	case Confirmed:
		c.Confirmed += n
		c.Claimed += n
	case Denied:
		c.Denied += n
		c.Claimed += n
	case Found:
		c.Found += n
	case Repeat:
		c.Repeat += n
	case Void:
		c.Void += n
	case Pending:
		c.Pending += n
		c.Claimed += n
		c.Age[ageOf(claimed, day)] += n
		if n > 0 && (c.Oldest == "" || claimed < c.Oldest) {
			c.Oldest = claimed
		}
	}
}

// plus adds the counts of another.
func (c *Classes) plus(o *Classes) {
	c.Claimed += o.Claimed
	c.Confirmed += o.Confirmed
	c.Denied += o.Denied
	c.Found += o.Found
	c.Pending += o.Pending
	c.Repeat += o.Repeat
	c.Void += o.Void
	c.Open += o.Open
	c.Answered += o.Answered
	c.Decided += o.Decided
	c.Over.Excused += o.Over.Excused
	for i := range c.Age {
		c.Age[i] += o.Age[i]
	}
	if o.Oldest != "" && (c.Oldest == "" || o.Oldest < c.Oldest) {
		c.Oldest = o.Oldest
	}
}

// Rest gives what of a whole belongs to none of its parts: claims of persons whose hamlet nobody knows, so that a table adds up (law A1).
func Rest(whole Classes, parts []Classes) Classes {
	r := whole
	for i := range parts {
		o := &parts[i]
		r.Claimed -= o.Claimed
		r.Confirmed -= o.Confirmed
		r.Denied -= o.Denied
		r.Found -= o.Found
		r.Pending -= o.Pending
		r.Repeat -= o.Repeat
		r.Void -= o.Void
		r.Open -= o.Open
		r.Answered -= o.Answered
		r.Decided -= o.Decided
		r.Over.Excused -= o.Over.Excused
		for k := range r.Age {
			r.Age[k] -= o.Age[k]
		}
	}
	r.Oldest, r.Over = "", Rate{Excused: r.Over.Excused}
	r.finish()
	return r
}

// finish works out the rate once everything is added.
func (c *Classes) finish() {
	c.Over.Confirmed, c.Over.Denied = c.Confirmed, c.Denied-c.Over.Excused
	c.Over.fill()
}

// PendingDays is how many days the oldest pending claim has waited on a day; 0 when none waits.
func (c *Classes) PendingDays(day clock.Day) int {
	if c.Oldest == "" {
		return 0
	}
	return max(day.Sub(c.Oldest), 0)
}

// Filter narrows what is counted. The zero filter counts everything, now.
type Filter struct {
	Coverage string    // "" for all
	Team     int64     // 0 for all
	From     clock.Day // claims of this day and later; "" for all
	Until    clock.Day // claims up to and on this day; "" for all
	Day      clock.Day // as of this day; "" is today
}
