package allotment

import (
	"testing"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// A commune's own plan is followed: its larger number, its earlier end, its days of rest; the others keep their parts, and parts add up.
func TestClause_V_6_ACommunesOwnPlanIsFollowed(t *testing.T) {
	p := newPlace(t)
	who := p.viewer("district_police", "694")
	day := clock.Day("2024-05-20")
	before, err := p.Preview(t.Context(), who, day, p.need, WhatIf{})
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := p.unit("25330"), p.unit("25357")
	part := before.Goals["eid"][ours].N
	own := Own{Until: "2024-06-20", Numbers: map[string]int64{"eid": part + 50, "sim": 1}, Rests: func(d clock.Day) bool { return d.Time().Weekday() == time.Sunday },
		Percent: func(d clock.Day) float64 {
			if d >= "2024-06-20" {
				return 100
			}
			return 0 // below the district's: not followed
		}}
	p.Own = func(*db.Tx) (map[int64]Own, error) { return map[int64]Own{ours: own}, nil }
	after, err := p.Preview(t.Context(), who, day, p.need, WhatIf{})
	if err != nil {
		t.Fatal(err)
	}
	home := p.unit("694")
	for target, was := range before.Goals {
		now := after.Goals[target]
		want := was[home].N
		if target == "eid" {
			want += 50
		}
		if now[home].N != want || now[theirs] != was[theirs] || now[home].Given != was[home].Given || now[ours].Given != was[ours].Given {
			t.Errorf("%s: the whole is %d, was %d; the neighbour %+v, was %+v", target, now[home].N, was[home].N, now[theirs], was[theirs])
		}
		for unit, g := range now { // parts add up (law A1)
			var sum int64
			kids := p.tree.Children(unit, day)
			for _, k := range kids {
				sum += now[k.ID].N
			}
			if len(kids) > 0 && sum != g.N {
				t.Errorf("%s: the parts of %d make %d of %d", target, unit, sum, g.N)
			}
		}
	}
	var left, dealt int64
	for _, k := range p.tree.Children(ours, day) {
		left += after.Goals["eid"][k.ID].Left()
		dealt += after.Sum("eid", k.ID, 0, "")
	}
	if left == 0 || dealt != left {
		t.Errorf("%d of %d are dealt", dealt, left)
	}
	for _, c := range after.Cells {
		if !p.tree.Within(c.Unit, ours) || c.N == 0 {
			continue
		}
		if c.Day > own.Until || own.Rests(c.Day) {
			t.Fatalf("%d for %s on %s, which the commune's plan keeps free", c.N, c.Target, c.Day)
		}
	}
}

// On the last day of a commune's plan, and after it, what is left is still dealt: nothing falls between two plans.
func TestLaw_A1_NothingIsLostAfterACommunesOwnEnd(t *testing.T) {
	p := newPlace(t)
	who, ours := p.viewer("district_police", "694"), p.unit("25330")
	for _, until := range []clock.Day{"2024-04-30", "2024-05-19", "2024-05-20", "2024-05-21", "2024-07-08"} {
		own := Own{Until: until, Rests: func(clock.Day) bool { return false }, Percent: func(clock.Day) float64 { return 100 }}
		p.Own = func(*db.Tx) (map[int64]Own, error) { return map[int64]Own{ours: own}, nil }
		got, err := p.Preview(t.Context(), who, "2024-05-20", p.need, WhatIf{})
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range p.tree.Children(ours, "2024-05-20") {
			if left, dealt := got.Goals["sim"][k.ID].Left(), got.Sum("sim", k.ID, 0, ""); left != dealt {
				t.Errorf("until %s: %d of %d of %s are dealt", until, dealt, left, k.Name)
			}
		}
	}
}
