package lead

import (
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/oversight/tally"
)

// Line is one unit in one target: where it stands, where it ends if the work goes on, and the quota that would still reach the target.
type Line struct {
	tally.Standing
	Forecast Forecast
	Quota    Quota
}

// Gap is how many are missing of the target at the end by the forecast; 0 or less where it is reached. ok is false without a forecast.
func (l *Line) Gap() (n int64, ok bool) {
	return l.Goal - l.Forecast.Mid, l.Forecast.Known && l.Goal > 0
}

// Chance tells in a word how the target ends: Reached where even the lower bound reaches it, Beyond where even the upper does not, else
// Possible; "" without a forecast.
func (l *Line) Chance() string {
	switch {
	case !l.Forecast.Known || l.Goal == 0:
		return ""
	case l.Forecast.Low >= l.Goal:
		return Reached
	case l.Forecast.High < l.Goal:
		return Beyond
	}
	return Possible
}

// Outlook is a unit and the units directly under it as of a day, in every target of the plan.
type Outlook struct {
	Unit  *territory.Unit
	Parts []*territory.Unit
	Day   clock.Day // the day the figures are of, never after today
	AsOf  string    // when they were read, an instant
	Seen  map[string]clock.Day
	Lines map[tally.At]Line
}

// Of gives a unit's line in a target.
func (o *Outlook) Of(unit int64, target string) Line {
	return o.Lines[tally.At{Unit: unit, Target: target}]
}

// jump is the least part of a busy day's change that marks a day on which an extract came: people who turn of age or move change the line by a
// few on any day.
const jump = 0.15

// recent is how far back the busiest day is looked for, so that the first great lists do not drown the weekly ones.
const recent = 35

// seenDays lists the days on which a line moved as it does when an extract comes; n[i] is the figure at the end of from+i.
func seenDays(from clock.Day, n []int64) []clock.Day {
	var out []clock.Day
	change := func(i int) int64 {
		d := n[i] - n[i-1]
		return max(d, -d)
	}
	for i := 1; i < len(n); i++ {
		var most int64
		for j := max(1, i-recent); j <= min(len(n)-1, i+recent); j++ {
			most = max(most, change(j))
		}
		if c := change(i); c > 0 && float64(c) >= jump*float64(most) {
			out = append(out, from.Add(i))
		}
	}
	return out
}

// forecastable tells of which targets a line of days is kept: those counted on the register.
func forecastable(t *plan.Target) bool { return t.Basis != plan.BasisOfficials }
