package duties

import (
	"cmp"
	"time"

	"bonphu/core/plan"
	"bonphu/internal/clock"
)

// States of a turn. Owed is the state of one of which nothing was said; Recorded that of one which the program's own records show to be
// done without anybody saying so.
const (
	Owed         = ""
	Acknowledged = "acknowledged"
	Planned      = "planned"
	Done         = "done"
	Returned     = "returned"
	Excused      = "excused"
	Recorded     = "recorded"
)

// Turn is one time that a duty is owed: a single duty has one, a daily, weekly or monthly one has one for each day, week from Monday to
// Sunday, month. Due is its last day and its name.
type Turn struct{ From, Due clock.Day }

// Turns lists the turns of a duty that have begun by a day, oldest first (KH:I.3). Those that ended before since, the day the program began
// to keep the campaign, are left out: nobody could have said anything of them.
func Turns(d *plan.Duty, p *plan.Plan, since, today clock.Day) []Turn {
	from, until := cmp.Or(d.From, p.From), cmp.Or(d.Due, p.Until)
	if d.Every == "" {
		if from > today {
			return nil
		}
		return []Turn{{from, until}}
	}
	var out []Turn
	for at := from; at <= until && at <= today; {
		due := min(endOf(d.Every, at), until)
		if due >= since {
			out = append(out, Turn{at, due})
		}
		at = due.Add(1)
	}
	return out
}

// endOf gives the last day of the day, week or month in which a day lies.
func endOf(every string, day clock.Day) clock.Day {
	t := day.Time()
	switch every {
	case "week":
		return day.Add((7 - int(t.Weekday())) % 7)
	case "month":
		return clock.DayOf(time.Date(t.Year(), t.Month()+1, 1, 12, 0, 0, 0, clock.Zone)).Add(-1)
	}
	return day
}

// settled tells whether nothing more is owed in a state.
func settled(state string) bool { return state == Done || state == Excused || state == Recorded }

// StateOf is how a turn stands: what was said of it, or Recorded where records of the program within it (by day) show it to be done. What
// was returned stays owed until somebody says that it is done again.
func StateOf(said string, t Turn, records map[clock.Day]int) (state string, shown int) {
	for day, n := range records {
		if day >= t.From && day <= t.Due {
			shown += n
		}
	}
	if shown > 0 && !settled(said) && said != Returned {
		return Recorded, shown
	}
	return said, shown
}

// Late tells whether a turn in a state is overdue on a day.
func (t Turn) Late(state string, today clock.Day) bool { return !settled(state) && t.Due < today }

// What may be said of a turn, and from which states. Acknowledging is once; done may be said again after it was returned; a manager
// returns what was said to be done and excuses what is owed; undo takes back the last word.
var may = map[string][]string{
	Acknowledged: {Owed},
	Planned:      {Owed, Acknowledged, Planned, Returned},
	Done:         {Owed, Acknowledged, Planned, Returned},
	Returned:     {Done, Recorded},
	Excused:      {Owed, Acknowledged, Planned, Returned},
}

// Past counts how the turns before the present one ended.
type Past struct{ Done, Late, Missed, Excused int }

// N is how many there were.
func (p Past) N() int { return p.Done + p.Late + p.Missed + p.Excused }
