package duties

import (
	"testing"

	"bonphu/core/plan"
	"bonphu/internal/clock"
)

var short = &plan.Plan{From: "2024-04-08", Until: "2024-07-08"}

func TestClause_I_3_ADutyIsOwedInTurns(t *testing.T) {
	for _, x := range []struct {
		name         string
		duty         plan.Duty
		since, today clock.Day
		n            int
		first, last  Turn
	}{
		{"once", plan.Duty{Due: "2024-04-20"}, "", "2024-05-23", 1, Turn{"2024-04-08", "2024-04-20"}, Turn{"2024-04-08", "2024-04-20"}},
		{"once, not begun", plan.Duty{From: "2024-06-01"}, "", "2024-05-23", 0, Turn{}, Turn{}},
		{"to the campaign's end", plan.Duty{}, "", "2024-05-23", 1, Turn{"2024-04-08", "2024-07-08"}, Turn{"2024-04-08", "2024-07-08"}},
		{"daily", plan.Duty{Every: "day"}, "", "2024-04-10", 3, Turn{"2024-04-08", "2024-04-08"}, Turn{"2024-04-10", "2024-04-10"}},
		{"weekly from a Monday", plan.Duty{Every: "week"}, "", "2024-04-15", 2, Turn{"2024-04-08", "2024-04-14"}, Turn{"2024-04-15", "2024-04-21"}},
		{"weekly from a Thursday", plan.Duty{Every: "week", From: "2024-04-11"}, "", "2024-04-15", 2, Turn{"2024-04-11", "2024-04-14"}, Turn{"2024-04-15", "2024-04-21"}},
		{"the last week is short", plan.Duty{Every: "week"}, "", "2024-08-01", 14, Turn{"2024-04-08", "2024-04-14"}, Turn{"2024-07-08", "2024-07-08"}},
		{"monthly", plan.Duty{Every: "month"}, "", "2024-05-23", 2, Turn{"2024-04-08", "2024-04-30"}, Turn{"2024-05-01", "2024-05-31"}},
		{"begun late", plan.Duty{Every: "week"}, "2024-05-01", "2024-05-23", 4, Turn{"2024-04-29", "2024-05-05"}, Turn{"2024-05-20", "2024-05-26"}},
		{"once, begun late", plan.Duty{Due: "2024-04-20"}, "2024-05-01", "2024-05-23", 1, Turn{"2024-04-08", "2024-04-20"}, Turn{"2024-04-08", "2024-04-20"}},
	} {
		got := Turns(&x.duty, short, x.since, x.today)
		if len(got) != x.n || x.n > 0 && (got[0] != x.first || got[len(got)-1] != x.last) {
			t.Errorf("%s: %d turns %v", x.name, len(got), got)
		}
	}
}

// Turns of a recurring duty follow one another without a gap and without a day twice.
func TestClause_I_3_TurnsShareNoDay(t *testing.T) {
	for _, every := range []string{"day", "week", "month"} {
		for shift := range 40 {
			d := &plan.Duty{Every: every, From: short.From.Add(shift)}
			next := d.From
			for _, turn := range Turns(d, short, "", short.Until) {
				if turn.From != next || turn.Due < turn.From {
					t.Fatalf("%s from %s: %v does not begin on %s", every, d.From, turn, next)
				}
				next = turn.Due.Add(1)
			}
			if next != short.Until.Add(1) {
				t.Errorf("%s from %s ends on %s", every, d.From, next)
			}
		}
	}
}

func TestClause_I_3_RecordsShowThatADutyIsDone(t *testing.T) {
	turn := Turn{"2024-05-20", "2024-05-26"}
	in, out := map[clock.Day]int{"2024-05-20": 2, "2024-05-26": 1, "2024-05-27": 9}, map[clock.Day]int{"2024-05-19": 4}
	for _, x := range []struct {
		said    string
		records map[clock.Day]int
		want    string
		shown   int
		late    bool
	}{
		{Owed, nil, Owed, 0, true}, {Owed, in, Recorded, 3, false}, {Owed, out, Owed, 0, true}, {Acknowledged, in, Recorded, 3, false}, {Planned, out, Planned, 0, true},
		{Returned, in, Returned, 3, true}, {Done, nil, Done, 0, false}, {Done, in, Done, 3, false}, {Excused, nil, Excused, 0, false},
	} {
		state, shown := StateOf(x.said, turn, x.records)
		if state != x.want || shown != x.shown || turn.Late(state, "2024-05-27") != x.late || turn.Late(state, "2024-05-26") {
			t.Errorf("%q with %v: %q, %d", x.said, x.records, state, shown)
		}
	}
}
