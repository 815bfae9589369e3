package officials

import (
	"slices"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// find gives the register record of an official, or those it may be (law P4).
func find(tx *db.Tx, tree *territory.Tree, said *Official, unit int64) (person int64, others []int64, err error) {
	if said.Number != "" {
		p, err := people.WithNumber(tx, string(said.Number))
		if err != nil || p == 0 {
			return 0, nil, err
		}
		known, err := people.Load(tx, []int64{p})
		if err != nil {
			return 0, nil, err
		}
		k := known[p]
		if m := people.MatchRow(&people.Person{Number: said.Number, Name: said.Name, Birth: said.Birth}, &k, nil, nil); m.Doubt {
			return 0, m.Others, fault.New(fault.Conflict, m.Code, "%s", m.Text)
		}
		return p, nil, nil
	}
	list, err := people.Named(tx, said.Name, said.Birth)
	if err != nil {
		return 0, nil, err
	}
	for _, p := range list {
		others = append(others, p.ID)
	}
	if len(list) == 1 {
		if c := tree.Commune(unit); c != nil && tree.Within(list[0].Unit, c.ID) {
			return list[0].ID, nil, nil
		}
	}
	if len(list) > 0 {
		return 0, others, fault.New(fault.Conflict, "officials.match_name", "Dòng này không có số định danh; sổ dân cư có người cùng họ tên và ngày sinh. Hãy xem hồ sơ rồi chọn có phải là một người không.")
	}
	return 0, nil, nil
}

// claimSaid books what the agency declared of a linked official on the ledger, once (law C2).
func claimSaid(tx *db.Tx, p *plan.Plan, o *Official, day clock.Day, evidence string, who, batch int64, dry bool) (bool, error) {
	if o.Person == 0 || len(o.Said) == 0 {
		return false, nil
	}
	known, err := coverage.EventsOf(tx, []int64{o.Person})
	if err != nil {
		return false, err
	}
	var add []coverage.Event
	asOf := clock.Stamp(day.Time())
	for _, c := range Conditions(p) {
		if !slices.Contains(o.Said, c.ID) || metIn(p, c.Coverage, c.State, known[o.Person]) >= Claimed ||
			slices.ContainsFunc(known[o.Person], func(e coverage.Event) bool {
				return !e.Void() && e.Coverage == c.Coverage && e.State == c.State && e.Level == coverage.Claimed && e.AsOf >= asOf
			}) {
			continue
		}
		add = append(add, coverage.Event{Person: o.Person, Coverage: c.Coverage, State: c.State, Level: coverage.Claimed, Day: day, AsOf: asOf, Source: people.Field, Evidence: evidence, Who: who, Batch: batch})
	}
	if dry || len(add) == 0 {
		return len(add) > 0, nil
	}
	return true, coverage.Append(tx, add)
}
