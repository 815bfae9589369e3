package app

import (
	"slices"
	"strconv"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/canvass"
)

const (
	visitDays = 12    // days of the demo's campaign whose visits are told one by one
	visitMost = 6_000 // visits that did not finish the work, at most
	oneOf     = 9     // in how many of those who still need something
)

// remember keeps the claims of the last days: each was made at a door.
func (p *player) remember(list []coverage.Event) {
	for _, e := range list {
		if e.Team != 0 && e.Day > demoDay.Add(-visitDays) {
			p.atDoors = append(p.atDoors, e)
		}
	}
}

// visits gives everybody to a team and tells what the teams found at the doors in the last days: what they claimed, and the contacts that
// did not finish the work, with every result there is (KH:III.2.b, KH:III.2.e).
func (p *player) visits() error {
	police, ok := p.who["congan"]
	if !ok {
		return nil
	}
	root := p.tree.ByCode("694")
	if root == nil || police.May("visit.record", root.ID) != nil {
		return nil
	}
	p.at(demoDay, demoHour)
	if _, err := p.app.Canvass.Assign(p.ctx, police, root.ID, demoDay); err != nil {
		return err
	}
	return p.write("visit.record", "các tổ đi từng nhà", func(tx *db.Tx) error {
		list := doneVisits(p.atDoors)
		left, err := p.unfinished(tx, police, root.ID)
		if err != nil {
			return err
		}
		return p.app.Canvass.KeepVisits(tx, police, append(list, left...))
	})
}

// doneVisits makes one visit of all that a team claimed for somebody at once (KH:III.2.c).
func doneVisits(events []coverage.Event) []canvass.Visit {
	var out []canvass.Visit
	at := map[string]int{}
	for _, e := range events {
		key := strconv.FormatInt(e.Person, 36) + e.At
		i, ok := at[key]
		if !ok {
			i, at[key] = len(out), len(out)
			out = append(out, canvass.Visit{Person: e.Person, Team: e.Team, At: e.At, Result: canvass.Done})
		}
		out[i].Claims = append(out[i].Claims, canvass.Claimed{ID: e.ID, Coverage: e.Coverage, State: e.State})
	}
	return out
}

// unfinished makes visits to those who still need something.
func (p *player) unfinished(tx *db.Tx, police access.Viewer, root int64) ([]canvass.Visit, error) {
	listed, err := p.app.Work.Work(tx, police.Tree().Descendants(root))
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(listed))
	for i := range listed {
		ids[i] = listed[i].Person
	}
	teams, err := canvass.AssignedTo(tx, ids)
	if err != nil {
		return nil, err
	}
	var out []canvass.Visit
	stride := max(oneOf, len(listed)/visitMost+1)
	for i := 0; i < len(listed); i += stride {
		k := i / stride
		day := demoDay.Add(-(k * 5 % visitDays))
		v := canvass.Visit{Person: listed[i].Person, Team: teams[listed[i].Person].Team, Member: teams[listed[i].Person].Member}
		hour := 8*time.Hour + time.Duration(k*37%350)*time.Minute
		v.At = clock.Stamp(day.Time().Add(hour))
		ends(&v, k, listed[i].Needs)
		out = append(out, v)
	}
	return out, nil
}

// ends gives the k-th visit its end.
func ends(v *canvass.Visit, k int, needs []string) {
	soon := demoDay.Add(k%4 - 1)
	soon = max(soon, clock.DayOf(clock.ParseStamp(v.At)))
	switch k % 20 {
	default:
		v.Result, v.Reason, v.Return, v.Part = canvass.Promised, "busy", soon, []canvass.Part{"", canvass.Morning, canvass.Evening}[k%3]
	case 4, 5:
		v.Result, v.Reason, v.Return, v.Note = canvass.Promised, "family", soon, "con về cuối tuần sẽ giúp"
	case 6, 7:
		v.Result, v.Reason, v.Part = canvass.Away, "fields", canvass.Evening
	case 8:
		v.Result, v.Reason, v.Return = canvass.Away, "work", demoDay.Add(20)
	case 9:
		v.Result, v.Reason = canvass.Refused, "fear"
	case 10:
		v.Result, v.Reason = canvass.Refused, "no_need"
	case 11, 12, 13:
		lacks(v, needs)
	case 14, 15:
		v.Result, v.Reason, v.Lang = canvass.Helper, "language", "stieng"
	case 16:
		v.Result, v.Reason = canvass.Helper, "relative"
	case 17:
		if k%3 == 0 {
			v.Result, v.Reason = canvass.NotFound, "wrong_address"
			return
		}
		v.Result, v.Reason = canvass.Away, "hospital"
	case 18:
		if k%60 == 18 {
			v.Result, v.Reason = canvass.Moved, "elsewhere"
			return
		}
		v.Result, v.Reason, v.Part = canvass.Away, "fields", canvass.Evening
	}
}

// lacks ends a visit with what is lacking first, and takes the order down where there is one (KH:III.2.c).
func lacks(v *canvass.Visit, needs []string) {
	v.Result, v.Reason = canvass.Needs, "network"
	switch {
	case slices.Contains(needs, "no_card"):
		v.Reason = "card"
	case slices.Contains(needs, "phone_2g"):
		v.Reason, v.Orders = "device", []string{canvass.OrderDevice}
	case slices.Contains(needs, "no_own_sim"):
		v.Reason, v.Orders = "sim", []string{canvass.OrderSIM}
	}
}
