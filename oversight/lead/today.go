package lead

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"bonphu/core/access"
	"bonphu/internal/clock"
)

// Task is one thing, or one kind of thing, that the asker himself must do. Title and Note name no person and hold no number of one, so
// that they may stand in a letter (law R3).
type Task struct {
	Kind  string    // which part of the program asks: "facts", "reports", "duties" …
	Title string    // Vietnamese: "Duyệt tình trạng công dân"
	Note  string    // Vietnamese: where, what of it; may be ""
	Unit  string    // what N counts: "người", "việc", "phiếu"
	N     int       // how many wait
	Late  int       // of these, how many are past their day
	Due   clock.Day // the soonest day by which one of them must be done; "" for today
	Href  string    // path on the desk
}

// Source asks one part of the program what it waits for from somebody. It checks rights and scope itself and gives nothing to who may
// not do the thing; it reads kept figures or indexed counts only.
type Source func(ctx context.Context, who access.Viewer) ([]Task, error)

// When a task is to be done, seen from a day.
const (
	Overdue = "late"
	Now     = "today"
	Soon    = "soon"
)

// When tells in which group a task stands on a day: one with anything late is late, one without a day is for today.
func (t Task) When(day clock.Day) string {
	switch {
	case t.Late > 0 || t.Due != "" && t.Due < day:
		return Overdue
	case t.Due == "" || t.Due == day:
		return Now
	}
	return Soon
}

// Today gives what the asker must do: what is late first, then by day, then the larger count. It is empty for who has nothing to do.
// Everybody who may sign in may ask it; each source asks for its own verb.
func (b *Book) Today(ctx context.Context, who access.Viewer) ([]Task, error) {
	if err := who.May("plan.see", 0); err != nil && !who.MayAnywhere("plan.see") {
		return nil, err
	}
	var out []Task
	for _, ask := range b.Sources {
		tasks, err := ask(ctx, who)
		if err != nil {
			return nil, err
		}
		for _, t := range tasks {
			if t.N > 0 {
				out = append(out, t)
			}
		}
	}
	day, err := b.today(ctx)
	if err != nil {
		return nil, err
	}
	Order(out, day)
	return out, nil
}

// Order puts tasks in the order of a day's work.
func Order(tasks []Task, day clock.Day) {
	rank := map[string]int{Overdue: 0, Now: 1, Soon: 2}
	due := func(t Task) clock.Day { return cmp.Or(t.Due, day) }
	slices.SortStableFunc(tasks, func(x, y Task) int {
		return cmp.Or(cmp.Compare(rank[x.When(day)], rank[y.When(day)]), cmp.Compare(due(x), due(y)), cmp.Compare(y.Late, x.Late), cmp.Compare(y.N, x.N), cmp.Compare(x.Title, y.Title))
	})
}

// Topmost are the units in which somebody may do any of these things, none below another.
func Topmost(who access.Viewer, verbs ...access.Verb) []int64 {
	var all []int64
	for _, v := range verbs {
		for _, u := range who.Scope(v) {
			if !slices.Contains(all, u) {
				all = append(all, u)
			}
		}
	}
	tree := who.Tree()
	return slices.DeleteFunc(slices.Clone(all), func(u int64) bool {
		return slices.ContainsFunc(all, func(v int64) bool { return v != u && tree.Within(u, v) })
	})
}

// AtUnit names a unit in an address.
func AtUnit(path string, who access.Viewer, unit int64, more ...string) string {
	q := url.Values{}
	if u := who.Tree().ByID(unit); u != nil {
		q.Set("don_vi", u.Code)
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return path + "?" + q.Encode()
}
