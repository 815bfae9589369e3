package tally

import (
	"context"
	"math"
	"slices"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/allotment"
)

// Desk reads for faces what the book keeps, together with the goals and quotas of the allotment, so that every face tells the
// same numbers (law N1).
type Desk struct {
	Book  *Book
	Allot *allotment.Book
}

// Standing is where one unit stands in one target on a day. Verified and Claimed hold nobody who counts as confirmed (law C3);
// Denied are those who would count only if claims were true that an extract denies (law C6).
type Standing struct {
	Goal                                 int64 // the target's number: of the target table, or the percentage of the eligible (KH:IV.1.e)
	Eligible                             int64
	Confirmed, Verified, Claimed, Denied int64
	Base                                 int64   // confirmed when the roadmap started (plan.Start): the campaign's own work is what comes on top
	Due                                  int64   // by the roadmap to the end of the day, Base included (law A3)
	Quota, Done                          int64   // of this day: asked of the teams, and reached on any evidence
	Ahead                                float64 // days before the roadmap; negative: behind
	Given                                bool    // the goal comes from the target table
	Day                                  clock.Day
}

// Left is how many are still to be confirmed.
func (s Standing) Left() int64 { return max(0, s.Goal-s.Confirmed) }

// Standings tells where units stand in the plan's targets as of a day ("" and days to come: today), by unit and target. The asker
// needs unit.see on each. (laws A3, C5, N1; KH:IV.2.c)
func (k Desk) Standings(ctx context.Context, who access.Viewer, units []int64, day clock.Day) (map[int64]map[string]Standing, error) {
	for _, u := range units {
		if err := who.May("unit.see", u); err != nil {
			return nil, err
		}
	}
	var out map[int64]map[string]Standing
	err := k.Book.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = k.StandingsIn(tx, who.Tree(), units, day)
		return err
	})
	return out, err
}

// StandingsIn is Standings inside a transaction whose caller has asked for the rights: several readings of one instant. A nil tree
// is read.
func (k Desk) StandingsIn(tx *db.Tx, tree *territory.Tree, units []int64, day clock.Day) (map[int64]map[string]Standing, error) {
	p := k.Book.Plan()
	if p == nil || len(units) == 0 {
		return nil, nil
	}
	tree, err := territory.Given(tx, tree)
	if err != nil {
		return nil, err
	}
	root := tree.Place(p.Place.Unit)
	if root == nil {
		return nil, nil
	}
	all := tree.Descendants(root.ID)
	for _, u := range units {
		if !slices.Contains(all, u) {
			all = append(all, u)
		}
	}
	f, err := k.Book.On(tx, all, day, "t:")
	if err != nil {
		return nil, err
	}
	base := f
	if start := p.Start(); start < f.Day {
		if base, err = k.Book.On(tx, units, start, "t:"); err != nil {
			return nil, err
		}
	}
	need := func(_ *db.Tx, unit int64, target string) (int64, int64, error) {
		return f.Get(unit, "t:"+target+":in"), f.Get(unit, "t:"+target+":confirmed"), nil
	}
	goals, err := k.Allot.GoalsOf(tx, tree, f.Day, need)
	if err != nil {
		return nil, err
	}
	quota, err := Quotas(tx, tree, f.Day)
	if err != nil {
		return nil, err
	}
	done, err := doneOn(tx, units, f.Day, p)
	if err != nil {
		return nil, err
	}
	officials, began, err := officialsOn(tx, tree, p, f.Day)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]map[string]Standing, len(units))
	for i := range p.Targets {
		t := p.Targets[i].ID
		curve := allotment.CurveOf(p, t)
		for _, u := range units {
			s := Standing{Day: f.Day, Eligible: f.Get(u, "t:"+t+":in"), Confirmed: f.Get(u, "t:"+t+":confirmed"), Verified: f.Get(u, "t:"+t+":verified"),
				Claimed: f.Get(u, "t:"+t+":claimed"), Denied: f.Get(u, "t:"+t+":denied"), Quota: quota[At{u, t}], Done: done[At{u, t}]}
			if g, ok := goals[t][u]; ok {
				s.Goal, s.Given = g.N, g.Given
			} else {
				s.Goal = allotment.WholeOf(s.Eligible, p.Targets[i].Percent)
			}
			s.Base = min(base.Get(u, "t:"+t+":confirmed"), s.Goal)
			if o, ok := officials[At{u, t}]; ok { // the goal is of those on the roster, as it stands
				s.Eligible, s.Confirmed, s.Verified, s.Claimed, s.Denied = o.Eligible, o.Confirmed, o.Verified, o.Claimed, o.Denied
				s.Goal, s.Given = allotment.WholeOf(o.Eligible, p.Targets[i].Percent), false
				s.Base = min(began[At{u, t}].Confirmed, s.Goal)
			}
			s.Due = s.Base + curve.Due(s.Goal-s.Base, f.Day)
			s.Ahead = allotment.DaysAhead(&curve, s.Confirmed-s.Base, s.Goal-s.Base, f.Day)
			if out[u] == nil {
				out[u] = make(map[string]Standing, len(p.Targets))
			}
			out[u][t] = s
		}
	}
	return out, nil
}

// At is a target of a unit.
type At struct {
	Unit   int64
	Target string
}

// Quotas adds a day's quotas up the tree, of days to come too. The caller has asked for the right.
func Quotas(tx *db.Tx, tree *territory.Tree, day clock.Day) (map[At]int64, error) {
	cells, err := allotment.CellsOn(tx, day)
	if err != nil {
		return nil, err
	}
	out := map[At]int64{}
	for i := range cells {
		c := &cells[i]
		for _, u := range tree.Ancestors(c.Unit) {
			out[At{u.ID, c.Target}] += c.N
		}
	}
	return out, nil
}

// doneOn tells how many came to count on a day on any evidence that stands: what a day's quota is held against (KH:III.2.e).
func doneOn(tx *db.Tx, units []int64, day clock.Day, p *plan.Plan) (map[At]int64, error) {
	out := map[At]int64{}
	for i := range p.Targets {
		t := p.Targets[i].ID
		for _, u := range units {
			err := tx.Each("SELECT n FROM roll_day WHERE unit_id=$1 AND series IN ($2,$3,$4) AND day=$5",
				[]any{u, "t:" + t + ":confirmed", "t:" + t + ":verified", "t:" + t + ":claimed", string(day)}, func(scan func(...any) error) error {
					var n int64
					err := scan(&n)
					out[At{u, t}] += n
					return err
				})
			if err != nil {
				return nil, err
			}
			out[At{u, t}] = max(0, out[At{u, t}])
		}
	}
	return out, nil
}

// Daily is one unit in one target at the end of each day. Claimed holds what was verified or claimed and not confirmed.
type Daily struct {
	From               clock.Day
	Confirmed, Claimed []int64
}

// Daily tells one target of some units day by day from from to until, cut at today. The asker needs unit.see on each. (law C5)
func (k Desk) Daily(ctx context.Context, who access.Viewer, units []int64, target string, from, until clock.Day) (map[int64]Daily, error) {
	out := make(map[int64]Daily, len(units))
	for _, u := range units {
		if err := who.May("unit.see", u); err != nil {
			return nil, err
		}
	}
	err := k.Book.DB.Read(ctx, func(tx *db.Tx) error {
		for _, u := range units {
			lines, err := k.Book.Lines(tx, u, []string{"t:" + target + ":confirmed", "t:" + target + ":verified", "t:" + target + ":claimed"}, from, until)
			if err != nil {
				return err
			}
			d := Daily{From: from, Confirmed: lines[0].N, Claimed: lines[1].N}
			for i, n := range lines[2].N {
				d.Claimed[i] += n
			}
			out[u] = d
		}
		return nil
	})
	return out, err
}

// Counts tells how many of a unit are in each of some series now. The asker needs unit.see there. (law N1)
func (k Desk) Counts(ctx context.Context, who access.Viewer, unit int64, series []string) (map[string]int64, error) {
	if err := who.May("unit.see", unit); err != nil {
		return nil, err
	}
	out := make(map[string]int64, len(series))
	err := k.Book.DB.Read(ctx, func(tx *db.Tx) error {
		f, err := k.Book.On(tx, []int64{unit}, "", "")
		if err != nil {
			return err
		}
		for _, s := range series {
			out[s] = f.Get(unit, s)
		}
		return nil
	})
	return out, err
}

// AheadDays rounds the days before or behind to whole ones, for people.
func (s Standing) AheadDays() int { return int(math.Round(s.Ahead)) }
