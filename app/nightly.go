package app

import (
	"context"
	"time"

	"bonphu/core/access"
	"bonphu/internal/clock"
)

// nightAt is when the night's work is done, campaign time: after midnight, so that the day that ended is whole.
const nightAt = 10 * time.Minute

// pulse is how often the night's work looks at the clock; a demo's clock may jump.
const pulse = time.Minute

// nightly brings the figures into each new day and plans the quotas anew (law A2), every day at ten past midnight, and once at the
// start for the nights on which the program did not run.
func (a *App) nightly(ctx context.Context) {
	who := access.System("việc hằng đêm")
	done := clock.Day("")
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	for {
		day := clock.DayOf(a.Clock().Add(-nightAt))
		if day != done {
			if err := a.Night(ctx, who); err != nil && ctx.Err() == nil {
				a.Log.Error("nightly", "err", err)
			} else {
				done = day
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
