package canvass

import (
	"cmp"
	"strconv"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/clock"
)

// The rules of this file are run by the phone too, from the same cases: field/vectors.

// Step is one thing to do for a citizen. Blocked names the segment that must be done first, Why says it.
type Step struct {
	Segment string `json:"segment"`
	Text    string `json:"text"`
	Blocked string `json:"blocked"`
}

// Steps tells what is to be done for somebody in these segments and what comes first (KH:II.2): those that nothing blocks in the plan's
// order, then the blocked ones, each with what blocks it.
func Steps(p *plan.Plan, needs []string) []Step {
	has := map[string]bool{}
	for _, n := range needs {
		has[n] = true
	}
	free, blocked := []Step{}, []Step{}
	for i := range p.Segments {
		s := &p.Segments[i]
		if !has[s.ID] {
			continue
		}
		step := Step{Segment: s.ID, Text: s.Work}
		for _, f := range s.After {
			if has[f.Segment] {
				step.Blocked, step.Text = f.Segment, s.Work+": "+f.Why
				break
			}
		}
		if step.Blocked == "" {
			free = append(free, step)
		} else {
			blocked = append(blocked, step)
		}
	}
	return append(free, blocked...)
}

// The classes of a work list, likeliest to succeed now first. From Later on somebody is not to be visited now.
const (
	ClassPromised = iota // a time was promised and it has come
	ClassOverdue         // a promise that was missed
	ClassEvening         // at home in the evening, and it is evening
	ClassBack            // was away until a day that is past
	ClassNew             // never visited
	ClassAgain           // visited, not finished
	ClassRefused         // refused once or twice
	ClassHours           // at home in another part of the day
	ClassLater           // promised for later, or still away
	ClassStuck           // refused often, moved, not found
)

// often is how many refusals put somebody last.
const often = 3

// Order says where somebody stands on today's list and why, in words: day is today, part the part of the day that it is. What is wanted of
// the class is its order only; open tells whether a visit now is sensible.
func Order(c Contact, day clock.Day, part Part) (class int, why string, open bool) {
	if c.Result == "" {
		return ClassNew, "Chưa đến lần nào", true
	}
	switch c.Result {
	case Moved, NotFound:
		return ClassStuck, ResultTitle(c.Result), false
	case Refused:
		if c.Tries >= often {
			return ClassStuck, "Từ chối nhiều lần", false
		}
	}
	when := strings.TrimSpace(c.Return.Vi() + " " + PartTitle(c.Part))
	switch {
	case c.Result == Promised && c.Return != "" && c.Return < day:
		return ClassOverdue, "Quá hẹn " + c.Return.Vi(), true
	case c.Result == Promised && c.Return == day && (c.Part == "" || c.Part == part):
		return ClassPromised, strings.TrimSpace("Hẹn hôm nay " + PartTitle(c.Part)), true
	case c.Result == Promised && c.Return == day:
		return ClassLater, "Hẹn hôm nay " + PartTitle(c.Part), false
	case c.Result == Promised && c.Return > day:
		return ClassLater, "Hẹn " + when, false
	case c.Result == Away && c.Return >= day && c.Return != "":
		return ClassLater, "Vắng đến " + c.Return.Vi(), false
	}
	switch {
	case c.Day == day:
		return ClassLater, "Đã đến hôm nay", false
	case c.Part == Evening && part == Evening:
		return ClassEvening, "Ở nhà buổi tối", true
	case c.Part != "" && c.Part != part:
		return ClassHours, "Ở nhà " + PartTitle(c.Part), true
	case c.Result == Away:
		return ClassBack, "Đã hết hạn vắng", true
	case c.Result == Refused:
		return ClassRefused, "Đã từ chối " + times(c.Tries), true
	}
	return ClassAgain, ResultTitle(c.Result) + ", đã đến " + times(c.Tries), true
}

func times(n int64) string {
	if n < 1 {
		n = 1
	}
	return strconv.FormatInt(n, 10) + " lần"
}

// PartAt tells the part of the day of an hour "14:05"; evening is the plan's hour from which those in the fields are at home.
func PartAt(hour, evening string) Part {
	switch {
	case hour >= evening:
		return Evening
	case hour < "12:00":
		return Morning
	}
	return Afternoon
}

// Before orders two persons of a list: by class, then who needs more, then by household and name, so that a household stands together.
func Before(classA, classB, needsA, needsB int, keyA, keyB string) int {
	return cmp.Or(cmp.Compare(classA, classB), cmp.Compare(needsB, needsA), strings.Compare(keyA, keyB))
}
