package territory

import (
	"slices"

	"bonphu/internal/clock"
)

// Successors tells what has become of a unit by a day: itself while it exists, else the units that took it over, followed to
// the day. Empty when nobody has said (law T2: "not yet told" is an answer).
func (t *Tree) Successors(id int64, day clock.Day) []int64 {
	return t.follow(id, day, map[int64]bool{})
}

func (t *Tree) follow(id int64, day clock.Day, seen map[int64]bool) []int64 {
	u := t.byID[id]
	if u == nil || seen[id] { // a ring of successions tells nothing
		return nil
	}
	if u.In(day) {
		return []int64{id}
	}
	seen[id] = true
	defer delete(seen, id)
	var out []int64
	for _, s := range t.next {
		if s.From != id || s.Day > day {
			continue
		}
		for _, n := range t.follow(s.To, day, seen) {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// Predecessors lists the units of an earlier day that have become part of a unit, itself when it existed then, by code: the 2024
// communes inside one of today's.
func (t *Tree) Predecessors(id int64, day clock.Day) []int64 {
	u := t.byID[id]
	if u == nil {
		return nil
	}
	if u.In(day) {
		return []int64{id}
	}
	var out []int64
	seen := map[int64]bool{id: true}
	for todo := []int64{id}; len(todo) > 0; todo = todo[1:] {
		for _, s := range t.next {
			if s.To != todo[0] || seen[s.From] {
				continue
			}
			seen[s.From] = true
			if f := t.byID[s.From]; f != nil && f.In(day) {
				out = append(out, s.From)
			} else {
				todo = append(todo, s.From)
			}
		}
	}
	slices.SortFunc(out, func(a, b int64) int { return t.order(t.byID[a], t.byID[b]) })
	return out
}

// Retell tells in which unit of a day a past unit's figure stands; false when that is not told or was split.
func (t *Tree) Retell(id int64, day clock.Day) (int64, bool) {
	if s := t.Successors(id, day); len(s) == 1 {
		return s[0], true
	}
	return 0, false
}

// RetellAll tells figures by unit in the units of another day. What cannot be told, because nobody has said what became of the unit
// or because it was split, stays by its old unit in untold; both together add up to what was given (law T2).
func (t *Tree) RetellAll(figures map[int64]int64, day clock.Day) (told, untold map[int64]int64) {
	told, untold = map[int64]int64{}, map[int64]int64{}
	for unit, n := range figures {
		if now, ok := t.Retell(unit, day); ok {
			told[now] += n
		} else {
			untold[unit] += n
		}
	}
	return told, untold
}

// CommuneOn gives the commune of a day in which a unit's figure stands: for a hamlet that of its old commune's successor; false
// when that is not told.
func (t *Tree) CommuneOn(id int64, day clock.Day) (*Unit, bool) {
	c := t.Commune(id)
	if c == nil {
		return nil, false
	}
	now, ok := t.Retell(c.ID, day)
	return t.byID[now], ok
}
