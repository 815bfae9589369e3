package allotment

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"bonphu/internal/clock"
)

func daysFrom(day clock.Day) []clock.Day {
	var out []clock.Day
	for ; day <= end; day = day.Add(1) {
		out = append(out, day)
	}
	return out
}

func made(r *rand.Rand, day clock.Day) *Division {
	c := NewCurve(start, end, straight)
	d := &Division{Target: "eid", Curve: &c, Group: 1, Days: daysFrom(day)}
	for i := range 1 + r.IntN(9) {
		unit := int64(10 + i)
		d.Leaves = append(d.Leaves, Leaf{Unit: unit, Code: fmt.Sprint(unit), Left: int64(r.IntN(1500))})
		for k := range r.IntN(3) {
			t := Team{ID: unit*10 + int64(k), Unit: unit, Code: fmt.Sprint(unit, k), Capacity: int64(r.IntN(40))}
			if r.IntN(2) == 0 {
				t.Rest = []time.Weekday{time.Sunday}
			}
			d.Teams = append(d.Teams, t)
		}
	}
	if r.IntN(2) == 0 {
		d.Teams = append(d.Teams, Team{ID: 5, Unit: 1, Code: "1", Capacity: 60, Rest: []time.Weekday{time.Sunday}})
	}
	return d
}

func sums(cells []Cell) (unit map[int64]int64, teamDay map[key]int64) {
	unit, teamDay = map[int64]int64{}, map[key]int64{}
	for _, c := range cells {
		unit[c.Unit] += c.N
		teamDay[key{0, c.Team, c.Day}] += c.N
	}
	return unit, teamDay
}

// TestLaw_A1_DivisionAddsUpByUnitTeamAndDay: whatever teams, capacities and rest days there are, the quotas of a unit add up to
// what is left there, and a day is above a team's capacity only where that is told.
func TestLaw_A1_DivisionAddsUpByUnitTeamAndDay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 400 {
		d := made(r, start.Add(r.IntN(92)))
		cells, over := Divide(d)
		unit, teamDay := sums(cells)
		for _, l := range d.Leaves {
			if unit[l.Unit] != l.Left {
				t.Fatalf("unit %d: %d of %d", l.Unit, unit[l.Unit], l.Left)
			}
		}
		seen := map[key]bool{}
		for _, c := range cells {
			k := key{c.Unit, c.Team, c.Day}
			if seen[k] || c.N < 0 || c.Day < d.Days[0] || c.Day > end {
				t.Fatalf("%+v", c)
			}
			seen[k] = true
		}
		for k, n := range teamDay {
			i := slices.IndexFunc(d.Teams, func(x Team) bool { return x.ID == k.team })
			told := slices.ContainsFunc(over, func(o Overload) bool { return o.Team == k.team })
			if i >= 0 && !told && (n > d.Teams[i].Capacity || !d.Teams[i].Works(k.day, nil)) {
				t.Fatalf("team %+v has %d on %s and nobody is told", d.Teams[i], n, k.day)
			}
		}
	}
}

// TestLaw_A2_OverloadSaysHowManyAndFromWhichDay: 10 a day on 5 days cannot do 80.
func TestLaw_A2_OverloadSaysHowManyAndFromWhichDay(t *testing.T) {
	c := NewCurve(start, end, straight)
	d := &Division{Target: "eid", Curve: &c, Group: 1, Days: daysFrom(end.Add(-4)),
		Leaves: []Leaf{{Unit: 10, Code: "10", Left: 80}}, Teams: []Team{{ID: 100, Unit: 10, Code: "a", Capacity: 10}}}
	cells, over := Divide(d)
	unit, _ := sums(cells)
	if unit[10] != 80 || len(over) != 1 || over[0].Short != 30 || over[0].From != end.Add(-4) || over[0].Needed != 16 {
		t.Errorf("%v, %+v", unit, over)
	}
	d.Leaves[0].Left = 50
	if _, over := Divide(d); len(over) != 0 {
		t.Errorf("50 can be done: %+v", over)
	}
	d.Teams = nil
	cells, over = Divide(d)
	if unit, _ := sums(cells); unit[10] != 50 || len(over) != 1 || over[0].Team != 0 || over[0].Unit != 10 {
		t.Errorf("nobody works there: %v, %+v", unit, over)
	}
}

// TestLaw_A2_LooksAtWhatIsLeft: the fewer days and the more left, the more a day.
func TestLaw_A2_LooksAtWhatIsLeft(t *testing.T) {
	c := NewCurve(start, end, straight)
	d := &Division{Target: "eid", Curve: &c, Group: 1, Days: daysFrom(end.Add(-9)),
		Leaves: []Leaf{{Unit: 10, Code: "10", Left: 100}}, Teams: []Team{{ID: 100, Unit: 10, Code: "a", Capacity: 40}}}
	cells, _ := Divide(d)
	if len(cells) != 10 || cells[0].N != 10 {
		t.Errorf("%+v", cells)
	}
	d.Teams[0].Rest = []time.Weekday{time.Sunday, time.Saturday}
	cells, _ = Divide(d)
	for _, x := range cells {
		if w := x.Day.Time().Weekday(); w == time.Sunday || w == time.Saturday {
			t.Errorf("work on a rest day: %+v", x)
		}
	}
	d.Rests = func(day clock.Day) bool { return day == end }
	cells, _ = Divide(d)
	if slices.ContainsFunc(cells, func(x Cell) bool { return x.Day == end }) {
		t.Error("work on the campaign's rest day")
	}
	d.Days = nil
	if cells, over := Divide(d); cells != nil || over != nil {
		t.Error("quotas after the end")
	}
}

// TestClause_V_6_HandStaysAndSumsAreKept: what the chair set by hand stays in the next planning, and the rest makes room for it.
func TestClause_V_6_HandStaysAndSumsAreKept(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 200 {
		d := made(r, start.Add(r.IntN(80)))
		if len(d.Teams) == 0 {
			continue
		}
		leaf, team := d.Leaves[r.IntN(len(d.Leaves))], d.Teams[r.IntN(len(d.Teams))]
		n := int64(0)
		if leaf.Left > 0 {
			n = r.Int64N(leaf.Left + 1)
		}
		d.Hand = []Cell{{Unit: leaf.Unit, Team: team.ID, Target: "eid", Day: d.Days[0], N: n},
			{Unit: leaf.Unit, Team: team.ID, Target: "eid", Day: d.Days[len(d.Days)-1], N: leaf.Left + 1}, // does not fit
			{Unit: 999, Team: team.ID, Target: "eid", Day: d.Days[0], N: 5}}                               // no such unit
		cells, _ := Divide(d)
		unit, _ := sums(cells)
		for _, l := range d.Leaves {
			if unit[l.Unit] != l.Left {
				t.Fatalf("unit %d: %d of %d", l.Unit, unit[l.Unit], l.Left)
			}
		}
		if len(d.Days) > 1 && !slices.ContainsFunc(cells, func(c Cell) bool {
			return c.ByHand && c.Unit == leaf.Unit && c.Team == team.ID && c.Day == d.Days[0] && c.N >= n
		}) {
			t.Fatalf("the hand's quota is gone: %+v", d.Hand[0])
		}
	}
}

// TestClause_III_1_c_CommuneTeamFinishesAreaByArea: the commune's team works a hamlet off before it goes on.
func TestClause_III_1_c_CommuneTeamFinishesAreaByArea(t *testing.T) {
	c := NewCurve(start, end, straight)
	d := &Division{Target: "eid", Curve: &c, Group: 1, Days: daysFrom(start), Teams: []Team{{ID: 5, Unit: 1, Code: "1", Capacity: 60}},
		Leaves: []Leaf{{10, "10", 400}, {11, "11", 300}, {12, "12", 200}}}
	cells, _ := Divide(d)
	last := int64(0)
	for _, x := range cells {
		if x.Unit < last {
			t.Fatalf("back to %d on %s", x.Unit, x.Day)
		}
		last = x.Unit
	}
}

// TestLaw_A2_ClosedTeamsGetNothing: a team gets no work after its last day, and none at all once it is closed.
func TestLaw_A2_ClosedTeamsGetNothing(t *testing.T) {
	c := NewCurve(start, end, straight)
	d := &Division{Target: "eid", Curve: &c, Group: 1, Days: daysFrom(start.Add(40)), Leaves: []Leaf{{10, "10", 700}},
		Teams: []Team{{ID: 100, Unit: 10, Code: "a", Capacity: 30, Until: start.Add(50)}, {ID: 101, Unit: 10, Code: "b", Until: start.Add(3), Capacity: 30}},
		Hand:  []Cell{{Unit: 10, Team: 100, Target: "eid", Day: start.Add(60), N: 5}}}
	cells, over := Divide(d)
	unit, _ := sums(cells)
	if unit[10] != 700 || len(over) != 1 || over[0].Short != 700-11*30 {
		t.Errorf("%v %+v", unit, over)
	}
	for _, x := range cells {
		if x.Team != 100 || x.Day > start.Add(50) {
			t.Fatalf("%+v", x)
		}
	}
}
