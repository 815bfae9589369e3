package emulation

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
)

// refuted adds what extracts deny and inspections found false (laws C6, J1, J2).
func (b *Book) refuted(ctx context.Context, self access.Viewer, list []Evidence, day clock.Day) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].Unit
	}
	if b.Reconcile != nil {
		rates, err := b.Reconcile.OverClaims(ctx, self, ids, day)
		if err != nil {
			return err
		}
		for i := range list {
			r := rates[list[i].Unit]
			list[i].Claims, list[i].Excused = ShareOf(r.Denied, r.Denied+r.Confirmed), r.Excused
		}
	}
	if b.Inspect != nil {
		found, err := b.Inspect.Findings(ctx, self, ids, day)
		if err != nil {
			return err
		}
		for i := range list {
			f := found[list[i].Unit]
			list[i].Found, list[i].Refused = ShareOf(f.False, f.True+f.False), f.Absent+f.Refused
		}
	}
	return nil
}
