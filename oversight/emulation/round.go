package emulation

import (
	"cmp"
	"slices"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// State of a round.
type State string

// A round is a draft, is made public and can be contested for some days, and is decided.
const (
	Draft     State = "draft"
	Published State = "published"
	Closed    State = "closed"
)

// StateTitle names a state for people.
func StateTitle(s State) string {
	switch s {
	case Published:
		return "đã công bố, đang nhận khiếu nại"
	case Closed:
		return "đã quyết định"
	}
	return "dự kiến"
}

// Step is one state that a round entered. Until is the last day of contests.
type Step struct {
	State      State
	Day, Until clock.Day
	WhoName    string
	At         string
}

// Round is one run of the rules, frozen with its evidence and thresholds.
type Round struct {
	ID         int64
	Tier       Tier
	Unit       int64
	Day        clock.Day // the figures' day
	Thresholds Thresholds
	Note       string
	WhoName    string
	At         string
	Steps      []Step
	List       []Verdict // the newest verdicts, ranked; cut to what the asker may see
	Of         int
	First      map[string]Verdict // what the rules said, of those decided otherwise
	Contests   []Contest
	Proposals  []Proposal
}

// State is the round's newest.
func (r *Round) State() State {
	if len(r.Steps) == 0 {
		return Draft
	}
	return r.Steps[len(r.Steps)-1].State
}

// Until is the last day of contests, "" before the round was made public.
func (r *Round) Until() clock.Day {
	for _, s := range r.Steps {
		if s.State == Published {
			return s.Until
		}
	}
	return ""
}

// Find gives a verdict by its key.
func (r *Round) Find(key string) (Verdict, bool) {
	for _, v := range r.List {
		if v.Evidence.Key == key {
			return v, true
		}
	}
	return Verdict{}, false
}

// Contest is an objection of a unit to its own verdict. Decision is nil while it waits.
type Contest struct {
	ID, Round, Unit int64
	Key, Name       string
	Text            string
	Who             int64
	WhoName         string
	Day             clock.Day
	Decision        *Decision
}

// Outcome of a contest.
type Outcome string

// Outcomes: the verdict stays, or is changed.
const (
	Upheld  Outcome = "upheld"
	Changed Outcome = "changed"
)

// Decision is what was decided on a contest, by somebody else than who contested.
type Decision struct {
	Outcome       Outcome
	Before, After Class
	Why           string
	WhoName       string
	Day           clock.Day
}

// Proposal names a collective or a person for a Giấy khen (KH:V.4).
type Proposal struct {
	ID          int64
	Kind        string // "collective" or "person"
	Name        string
	Office      string // of a person: office and work
	Unit        int64
	Achievement string
	WhoName     string
	Day         clock.Day
}

// decided applies a decision to a verdict: the class is the decided one, the reasons of the rules stay beside it.
func decided(v Verdict, c Class, why string) Verdict {
	v.Class, v.Decided = c, why
	for i := range v.Reasons {
		v.Reasons[i].Bars = v.Reasons[i].Bars && c == Excluded
	}
	return v
}

// Changeable tells which classes a decision may give: those that the targets reach, and "not considered". A decision cannot make a
// missed target a reached one.
func Changeable(v Verdict, th Thresholds) []Class {
	if v.Class == Unranked {
		return nil
	}
	own := classOf(v.Evidence.Targets, th)
	var out []Class
	for _, c := range []Class{Excellent, Good, Complete, Failed, Excluded} {
		if c.order() >= own.order() && c != v.Class {
			out = append(out, c)
		}
	}
	return out
}

// mayContest refuses a contest at the wrong time.
func (r *Round) mayContest(today clock.Day) error {
	if r.State() != Published {
		return fault.New(fault.Invalid, "emulation.not_published", "Chỉ khiếu nại được kết quả đã công bố và chưa quyết định.")
	}
	if today > r.Until() {
		return fault.New(fault.Invalid, "emulation.contest_late", "Đã hết hạn khiếu nại (%s).", r.Until().Vi())
	}
	return nil
}

// needText refuses a text too short to be a reason, or too long.
func needText(text, field, what string) (string, error) {
	text = strings.TrimSpace(text)
	if n := len([]rune(text)); n < 10 || n > 4000 {
		return "", fault.New(fault.Invalid, "emulation.text", "Hãy viết %s, từ 10 đến 4.000 chữ.", what).On(field)
	}
	return text, nil
}

// Rewarded lists the verdicts that may be proposed for reward, in their order.
func (r *Round) Rewarded() []Verdict {
	return slices.DeleteFunc(slices.Clone(r.List), func(v Verdict) bool { return !v.Class.Rewarded() })
}

// Difference is one whose verdict or rank differs between two tables.
type Difference struct {
	Key, Name     string
	Before, After Verdict
}

// Differences lists who stands otherwise in two tables of the same round, by key; the greatest change of class first.
func Differences(before, after []Verdict) []Difference {
	was := map[string]Verdict{}
	for _, v := range before {
		was[v.Evidence.Key] = v
	}
	var out []Difference
	for _, v := range after {
		if b, ok := was[v.Evidence.Key]; ok && (b.Class != v.Class || b.Rank != v.Rank || b.Points != v.Points) {
			out = append(out, Difference{v.Evidence.Key, v.Evidence.Name, b, v})
		}
	}
	slices.SortStableFunc(out, func(x, y Difference) int {
		step := func(d Difference) int {
			n := d.Before.Class.order() - d.After.Class.order()
			return max(n, -n)
		}
		return cmp.Compare(step(y), step(x))
	})
	return out
}
