package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/oversight/tally"
)

// entry is the fate of one claim as it is kept.
type entry struct {
	person, event   int64
	coverage, state string
	unit, team      int64     // where the person lived on the claim's day, and who claimed
	day             clock.Day // the claim's
	fate            Fate
	fated           clock.Day
	by              int64 // the extract's event that decided, 0 while it waits
	path            string
}

// ladder is a plan's coverage with the ranks of its states.
type ladder struct {
	rank map[string]int
	goal int
}

func ladders(p *plan.Plan) map[string]ladder {
	out := map[string]ladder{}
	for i := range p.Coverages {
		l := ladder{rank: map[string]int{}}
		for r, st := range p.Coverages[i].States {
			l.rank[st.ID] = r
		}
		l.goal = l.rank[p.Coverages[i].Goal]
		out[p.Coverages[i].ID] = l
	}
	return out
}

// letters spell fates in a path.
var letters = map[Fate]byte{Pending: 'p', Confirmed: 'c', Denied: 'd', Repeat: 'r', Void: 'v', Found: 'f'}

var fateOf = func() map[byte]Fate {
	out := map[byte]Fate{}
	for f, l := range letters {
		out[l] = f
	}
	return out
}()

const dayLen = len("2006-01-02")

// eachOf walks a path: since which day which fate holds, and which held before ("" for none). After the last comes nothing.
func eachOf(path string, fn func(day clock.Day, was, is Fate)) {
	var was Fate
	for len(path) > dayLen {
		is := fateOf[path[dayLen]]
		fn(clock.Day(path[:dayLen]), was, is)
		was, path = is, path[dayLen+1:]
	}
}

// entries tells the fates of everything one person's events claim, by event.
func entries(ladders map[string]ladder, since clock.Day, t *tally.Touched, person int64) []entry {
	events := t.Events[person]
	if len(events) == 0 || !t.Live(person) {
		return nil
	}
	slices.SortFunc(events, func(a, b coverage.Event) int {
		return cmp.Or(cmp.Compare(a.Coverage, b.Coverage), cmp.Compare(a.ID, b.ID))
	})
	events = slices.CompactFunc(events, func(a, b coverage.Event) bool { return a.ID == b.ID })
	var out []entry
	for len(events) > 0 {
		n := 1
		for n < len(events) && events[n].Coverage == events[0].Coverage {
			n++
		}
		if l, ok := ladders[events[0].Coverage]; ok {
			out = l.tell(events[:n], since, t, person, out)
		}
		events = events[n:]
	}
	return out
}

// tell adds the fates of one coverage's events, with their paths: what they were as of every day on which an extract was taken.
func (l ladder) tell(events []coverage.Event, since clock.Day, t *tally.Touched, person int64, out []entry) []entry {
	var days []clock.Day
	worth := false
	for i := range events {
		days = append(days, events[i].Day)
		worth = worth || events[i].Level == coverage.Claimed
	}
	if !worth && len(events) < 2 {
		return out
	}
	slices.Sort(days)
	days = slices.Compact(days)
	rank := func(s string) int { return l.rank[s] }
	from := len(out)
	paths := map[int64]*strings.Builder{}
	last := map[int64]Fate{}
	for n, day := range days {
		told := Fates(events, day, rank, l.goal, since)
		now := map[int64]bool{}
		for _, x := range told {
			e := &events[x.Event]
			now[e.ID] = true
			p := paths[e.ID]
			if p == nil {
				p = &strings.Builder{}
				paths[e.ID] = p
			}
			if last[e.ID] != x.Fate {
				p.WriteString(string(day))
				p.WriteByte(letters[x.Fate])
				last[e.ID] = x.Fate
			}
			if n == len(days)-1 {
				y := entry{person: person, event: e.ID, coverage: e.Coverage, state: e.State, unit: t.Home(person, e.Day), team: e.Team, day: e.Day, fate: x.Fate, fated: x.Day}
				if x.By >= 0 {
					y.by = events[x.By].ID
				}
				if x.Fate == Found {
					y.team = 0
				}
				out = append(out, y)
			}
		}
		for i := range events { // found once, and a later extract says otherwise: its past days stay
			e := &events[i]
			if last[e.ID] == Found && !now[e.ID] {
				paths[e.ID].WriteString(string(day))
				paths[e.ID].WriteByte(gone)
				last[e.ID] = ""
			}
			if f, had := last[e.ID]; had && f == "" && n == len(days)-1 {
				out = append(out, entry{person: person, event: e.ID, coverage: e.Coverage, state: e.State, unit: t.Home(person, e.Day), day: e.Day, fated: day})
			}
		}
	}
	for i := range out[from:] {
		out[from+i].path = paths[out[from+i].event].String()
	}
	return out
}

// gone ends a path: from that day on there is no such thing to count.
const gone = 'x'

// sum is a place of the sums.
type sum struct {
	unit, team int64
	coverage   string
	claimed    clock.Day
	fate       Fate
	day        clock.Day
}

// book adds a path sign times.
func book(d map[sum]int64, e *entry, sign int64) {
	eachOf(e.path, func(day clock.Day, was, is Fate) {
		add := func(f Fate, n int64) {
			if f == "" {
				return
			}
			s := sum{e.unit, e.team, e.coverage, e.day, f, day}
			if v := d[s] + n; v != 0 {
				d[s] = v
			} else {
				delete(d, s)
			}
		}
		add(was, -sign)
		add(is, sign)
	})
}
