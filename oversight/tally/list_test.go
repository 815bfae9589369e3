package tally_test

import (
	"testing"

	"bonphu/core/plan"
	"bonphu/oversight/tally"
)

func TestLaw_N1_EveryNumberHasOneDefinition(t *testing.T) {
	for _, name := range plan.ShippedNames() {
		src, err := plan.Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := plan.Parse(name, src)
		if err != nil {
			t.Fatal(err)
		}
		series := tally.SeriesOf(p)
		keys, names, defined := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, d := range tally.Definitions(p) {
			if d.Name == "" || d.Unit == "" || d.Formula == "" || d.Clause == "" || d.Group == "" {
				t.Errorf("%s: %s is defined in part: %+v", name, d.Key, d)
			}
			if keys[d.Key] || names[d.Group+"/"+d.Name] {
				t.Errorf("%s: %s / %s is defined twice", name, d.Group, d.Name)
			}
			keys[d.Key], names[d.Group+"/"+d.Name] = true, true
			for _, s := range []string{d.Series, d.Not} {
				if s != "" && !series.Known(s) {
					t.Errorf("%s: %s is counted in %q, which the plan does not have", name, d.Key, s)
				}
			}
			defined[d.Series] = true
		}
		for _, s := range series.IDs() {
			if len(s) > 2 && (s[:2] == "s:" || s[:2] == "p:" || s[:2] == "f:") && !defined[s] {
				t.Errorf("%s: %s is counted and nowhere defined", name, s)
			}
		}
	}
}
