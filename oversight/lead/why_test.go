package lead_test

import (
	"context"
	"testing"

	"bonphu/core/access"
	"bonphu/oversight/lead"
)

// TestClause_IV_2_c_WorstFirstWithTheirReasons: the commune that will miss most stands first, reasons come heaviest first and at most five, and who
// is not behind has none.
func TestClause_IV_2_c_WorstFirstWithTheirReasons(t *testing.T) {
	w := newTown(t)
	w.weeks()
	slow, fast := w.units["25330"], w.units["25354"]
	w.book.Causes = []lead.Causes{func(context.Context, access.Viewer, *lead.Outlook) (map[int64][]lead.Reason, error) {
		many := []lead.Reason{{Kind: "nothing", N: 0, Weight: 99, Text: "không có gì"}}
		for i := range 9 {
			many = append(many, lead.Reason{Kind: "many", N: 1, Weight: float64(i), Text: "lý do"})
		}
		return map[int64][]lead.Reason{slow: many, fast: many}, nil
	}}
	o, err := w.book.Outlook(ctx, w.root, w.units["694"], "")
	if err != nil {
		t.Fatal(err)
	}
	late, err := w.book.Behind(ctx, w.root, o, w.plan.MainTarget("cccd").ID)
	if err != nil || len(late) != 2 || late[0].Unit.ID != slow || late[1].Unit.ID != fast {
		t.Fatalf("%+v, %v", late, err)
	}
	if r := late[0].Reasons; len(r) != 5 || r[0].Weight != 8 || r[0].Kind == "nothing" {
		t.Errorf("%+v", r)
	}
	if !late[1].Line.Behind() && len(late[1].Reasons) > 0 {
		t.Errorf("who is in time is told reasons: %+v", late[1])
	}
	if _, err := w.book.Behind(ctx, w.viewer("commune_chair", "25330"), o, "cccd"); err == nil {
		t.Error("a chair was told of the district")
	}
}

// TestLaw_N3_NothingIsMissingOfNothing: without a goal nobody is behind and nothing is foreseen to be missed.
func TestLaw_N3_NothingIsMissingOfNothing(t *testing.T) {
	for _, c := range []struct {
		name    string
		line    func(*lead.Line)
		behind  bool
		missing float64
		chance  string
	}{
		{"no goal", func(l *lead.Line) {}, false, -1, ""},
		{"no forecast, behind the roadmap", func(l *lead.Line) { l.Goal, l.Due, l.Confirmed, l.Ahead = 100, 50, 40, -3 }, true, 0.1, ""},
		{"will miss", func(l *lead.Line) {
			l.Goal, l.Forecast = 100, lead.Forecast{Known: true, Mid: 80, Low: 70, High: 90}
		}, true, 0.2, lead.Beyond},
		{"may reach", func(l *lead.Line) {
			l.Goal, l.Forecast = 100, lead.Forecast{Known: true, Mid: 100, Low: 90, High: 110}
		}, false, 0, lead.Possible},
		{"surely", func(l *lead.Line) {
			l.Goal, l.Forecast = 100, lead.Forecast{Known: true, Mid: 105, Low: 100, High: 110}
		}, false, -0.05, lead.Reached},
	} {
		var l lead.Line
		c.line(&l)
		if l.Behind() != c.behind || l.Missing() != c.missing || l.Chance() != c.chance {
			t.Errorf("%s: behind %v, missing %v, chance %q", c.name, l.Behind(), l.Missing(), l.Chance())
		}
	}
}
