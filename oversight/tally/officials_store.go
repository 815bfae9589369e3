package tally

import (
	"slices"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// officialsOn counts the plan's targets that rest on the roster of officials (KH:IV.1.c): eligible are those in force on a day at agencies
// of a unit and everything under it; confirmed are those whose linked register record has every state that the target's rule names. They
// are read when looked at: a roster is a few thousand rows. The second map is the same as of the day the roadmap starts.
func officialsOn(tx *db.Tx, tree *territory.Tree, p *plan.Plan, day clock.Day) (now, base map[At]Standing, err error) {
	var targets []*plan.Target
	for i := range p.Targets {
		if p.Targets[i].Basis == plan.BasisOfficials {
			targets = append(targets, &p.Targets[i])
		}
	}
	if len(targets) == 0 {
		return nil, nil, nil
	}
	type member struct {
		person, unit int64
		from, until  clock.Day
	}
	var list []member
	var persons []int64
	err = tx.Each("SELECT o.person_id, f.unit_id, o.from_day, o.until_day FROM official o JOIN office f ON f.id = o.office_id WHERE o.void_at=''", nil, func(scan func(...any) error) error {
		var m member
		var from, until string
		err := scan(&m.person, &m.unit, &from, &until)
		m.from, m.until = clock.Day(from), clock.Day(until)
		list = append(list, m)
		if m.person != 0 {
			persons = append(persons, m.person)
		}
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, nil, err
	}
	kept, err := people.Kept(tx, persons)
	if err != nil {
		return nil, nil, err
	}
	for i := range list {
		if to, ok := kept[list[i].person]; ok {
			list[i].person = to
			persons = append(persons, to)
		}
	}
	slices.Sort(persons)
	persons = slices.Compact(persons)
	known, err := people.Load(tx, persons)
	if err != nil {
		return nil, nil, err
	}
	events, err := coverage.EventsOf(tx, persons)
	if err != nil {
		return nil, nil, err
	}
	count := func(day clock.Day) map[At]Standing {
		out := map[At]Standing{}
		for _, m := range list {
			if m.from != "" && m.from > day || m.until != "" && m.until < day {
				continue
			}
			who, linked := known[m.person]
			subject := plan.Subject{Birth: who.Birth, Gender: who.Gender}
			stands := map[string]coverage.Standing{}
			if linked {
				stands = standingsOf(p, events[m.person], day)
			}
			for _, t := range targets {
				level := coverage.Level("")
				for _, l := range []coverage.Level{coverage.Confirmed, coverage.Verified, coverage.Claimed, coverage.Denied} {
					if linked && t.Counted(day, &subject, func(c string) int { s := stands[c]; return s.At(l) }) {
						level = l
						break
					}
				}
				for _, u := range tree.Ancestors(m.unit) {
					s := out[At{u.ID, t.ID}]
					s.Eligible++
					switch level {
					case coverage.Confirmed:
						s.Confirmed++
					case coverage.Verified:
						s.Verified++
					case coverage.Claimed:
						s.Claimed++
					case coverage.Denied:
						s.Denied++
					}
					out[At{u.ID, t.ID}] = s
				}
			}
		}
		return out
	}
	return count(day), count(min(p.Start(), day)), nil
}

// standingsOf folds a person's events by coverage up to a day.
func standingsOf(p *plan.Plan, events []coverage.Event, day clock.Day) map[string]coverage.Standing {
	by := map[string][]coverage.Event{}
	for _, e := range events {
		by[e.Coverage] = append(by[e.Coverage], e)
	}
	out := make(map[string]coverage.Standing, len(by))
	for c, list := range by {
		if k := p.Coverage(c); k != nil {
			out[c] = coverage.Fold(list, day, k.Rank)
		}
	}
	return out
}
