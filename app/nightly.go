package app

import (
	"cmp"
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

// mailAt is when the letters of the day go, campaign time, where nothing else is set.
const mailAt = 6*time.Hour + 30*time.Minute

// postman sends each account its letter of the day from the hour set on, and tries again what the server did not take. What was to be
// sent is kept in the database: a program that dies goes on where it stopped.
func (a *App) postman(ctx context.Context) {
	if !a.Post.Ready() {
		return
	}
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	for {
		if _, _, err := a.SendLetters(ctx, access.System("thư nhắc việc")); err != nil && ctx.Err() == nil {
			a.Log.Error("letters", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// SendLetters does what the postman does, once: from the hour set on it queues the letters of the day, and sends what is due. It gives how
// many letters were sent and how many the server did not take.
func (a *App) SendLetters(ctx context.Context, who access.Viewer) (sent, not int, err error) {
	tree, err := a.Door.Tree(ctx)
	if err != nil {
		return 0, 0, err
	}
	who = who.On(tree)
	now := a.Clock()
	if now.Sub(clock.DayOf(now).Time()) >= cmp.Or(a.MailAt, mailAt) {
		if p := a.Plan(); p != nil && clock.DayOf(now) >= p.From && clock.DayOf(now) <= p.Until {
			if err := a.Post.QueueOnce(ctx, who); err != nil {
				return 0, 0, err
			}
		}
	}
	return a.Post.SendDue(ctx, who)
}
