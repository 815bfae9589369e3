package inspection_test

import (
	"testing"

	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/oversight/inspection"
)

// Two inspectors who record the same person at once: one is kept, the other is told, and nothing is lost in silence.
func TestLaw_J1_TwoInspectorsAtOnce(t *testing.T) {
	w := newTown(t, 30)
	n, list := w.drawn(20)
	fail := make(chan error, 2)
	for _, r := range []inspection.Result{inspection.True, inspection.False} {
		go func() {
			fail <- w.book.Record(ctx, w.root, inspection.Record{ID: id.New(), Inspection: n, Person: list[0].Person.ID, Result: r, Note: "gặp ông d'Hai tại nhà"})
		}()
	}
	kept := 0
	for range 2 {
		err := <-fail
		if err == nil {
			kept++
		} else if !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	}
	again, err := w.book.Items(ctx, w.root, n, "")
	w.must(err)
	if kept != 1 || len(again[0].History) != 1 || again[0].History[0].Note != "gặp ông d'Hai tại nhà" {
		t.Errorf("%d said to be kept, history %+v", kept, again[0].History)
	}
}
