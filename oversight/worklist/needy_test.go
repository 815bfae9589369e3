package worklist_test

import (
	"testing"

	"bonphu/internal/db"
	"bonphu/ops/canvass"
)

// TestClause_III_2_b_CountingSaysWhatListingSays: who is counted is who is listed, whatever is claimed.
func TestClause_III_2_b_CountingSaysWhatListingSays(t *testing.T) {
	h := newHamlets(t)
	h.settle("25330.01", 12)
	h.settle("25330.02", 6)
	same := func(want int) {
		t.Helper()
		h.read(func(tx *db.Tx) error {
			units := h.tree.Descendants(h.units["25330"])
			listed, err := h.book.Work(tx, units)
			if err != nil {
				return err
			}
			needy, err := h.book.Needy(tx, units)
			if len(listed) != want || len(needy) != want {
				t.Errorf("%d listed, %d counted, want %d", len(listed), len(needy), want)
			}
			for _, l := range listed {
				if needy[l.Person] != l.Unit {
					t.Errorf("%d lives at %d and is counted at %d", l.Person, l.Unit, needy[l.Person])
				}
			}
			return err
		})
	}
	same(18)
	who := h.viewer("25330")
	for i, state := range []string{"active", "level1"} {
		if _, err := h.visits.Record(ctx, who, canvass.Visit{Person: h.persons[i], Result: canvass.Done, Claims: []canvass.Claimed{{Coverage: "eid", State: state}}}); err != nil {
			t.Fatal(err)
		}
	}
	same(17)
}
