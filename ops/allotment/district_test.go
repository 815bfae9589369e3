package allotment

import (
	"context"
	"slices"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/village"
)

// district is the synthetic district as a place: all its units and teams, and who lacks what on the campaign's first day.
func district(t testing.TB) (*place, *village.District) {
	t.Helper()
	campaign := plantest.HonQuan(t)
	v := village.Build(1, village.Options{})
	p := &place{count: map[int64]map[string][2]int64{}, now: v.Start.Time()}
	d := dbtest.OpenAt(t, func() time.Time { return p.now })
	p.Book = &Book{DB: d, Plan: func() *plan.Plan { return campaign }, Teams: func(*db.Tx) ([]Team, error) { return slices.Clone(p.teams), nil }}
	var communes, hamlets []int64
	if err := d.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		root := &territory.Unit{Code: v.Code, Kind: "huyện", Tier: 1, Name: v.Name}
		if err := territory.Insert(tx, root); err != nil {
			return err
		}
		for _, c := range v.Communes {
			u := &territory.Unit{Code: c.Code, Kind: c.Kind, Tier: 2, Name: c.Name, Parent: root.ID}
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
			communes = append(communes, u.ID)
		}
		for _, h := range v.Hamlets {
			u := &territory.Unit{Code: h.Code, Kind: h.Kind, Tier: 3, Name: h.Name, Parent: communes[h.Commune]}
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
			hamlets = append(hamlets, u.ID)
		}
		var err error
		p.tree, err = territory.Load(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for i, x := range v.Teams {
		team := Team{ID: int64(1000 + i), Unit: communes[x.Commune], Name: x.Name, Capacity: int64(x.Capacity)}
		if x.Hamlet >= 0 {
			team.Unit = hamlets[x.Hamlet]
		}
		for _, w := range x.Rest {
			team.Rest = append(team.Rest, time.Weekday(w))
		}
		p.teams = append(p.teams, team)
	}
	_ = v.Each(func(x *village.Person) error {
		n := p.count[hamlets[x.Hamlet]]
		if n == nil {
			n = map[string][2]int64{}
			p.count[hamlets[x.Hamlet]] = n
		}
		s := x.Path.At(village.Before)
		for target, done := range map[string]bool{"cccd": s.Card, "eid": s.Active, "sim": s.Sign, "phone": s.Device == "4G"} {
			if x.Eligible() {
				c := n[target]
				c[0]++
				if done {
					c[1]++
				}
				n[target] = c
			}
		}
		return nil
	})
	return p, v
}

// TestClause_V_6_EveryTeamHasWorkOnTheFirstMorning plans the whole district: 115 teams, each with something to do on a day it works,
// all within what they can.
func TestClause_V_6_EveryTeamHasWorkOnTheFirstMorning(t *testing.T) {
	p, v := district(t)
	began := time.Now()
	out, err := p.Replan(context.Background(), access.System("thử"), v.Start, p.need)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d quotas of %d teams in %v, %d overloads", len(out.Cells), len(p.teams), time.Since(began), len(out.Overloads))
	for _, x := range p.teams {
		if out.Sum("", 0, x.ID, v.Start) == 0 {
			t.Errorf("%s has nothing to do", x.Name)
		}
	}
	for _, target := range []string{"cccd", "eid", "sim", "phone"} {
		whole := out.Goals[target][p.tree.Root().ID]
		var left int64
		for _, c := range p.tree.Children(p.tree.Root().ID, "") {
			left += out.Goals[target][c.ID].Left()
		}
		if n := out.Sum(target, 0, 0, ""); n != left || n == 0 {
			t.Errorf("%s: %d planned of %d left, goal %+v", target, n, left, whole)
		}
	}
	t.Log(out.Note())
}
