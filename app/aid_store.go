package app

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/ops/aid"
	"bonphu/ops/canvass"
	"bonphu/oversight/lead"
	"bonphu/oversight/tally"
)

// visited tells the orders' book what a visit took down: packages of ops never import one another.
func visited(v *canvass.Visit) aid.Visited {
	return aid.Visited{Visit: v.ID, Person: v.Person, Team: v.Team, At: v.At, Kinds: v.Orders}
}

// orderVisits lets visits bring orders and take them back in the transaction that records them (KH:III.2.c).
func (a *App) orderVisits() {
	a.Canvass.Ordered = func(tx *db.Tx, who access.Viewer, v *canvass.Visit) error { return a.Aid.VisitIn(tx, who, visited(v)) }
	a.Canvass.Unordered = func(tx *db.Tx, who access.Viewer, visit int64) error { return a.Aid.VoidVisitIn(tx, who, visit) }
}

// takeOrdersOver makes the orders of visits that were recorded before there were orders; once.
func (a *App) takeOrdersOver(ctx context.Context, who access.Viewer) error {
	if p := a.Plan(); p == nil || len(p.Aid.Items) == 0 {
		return nil
	}
	done := false
	if err := a.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		done, err = a.Aid.Taken(tx)
		return err
	}); err != nil || done {
		return err
	}
	act := who.Act("aid.order", 0, "orders", "đơn từ các phiếu đã có")
	return a.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
		list, err := canvass.VisitsWithOrders(tx)
		if err != nil {
			return err
		}
		old := make([]aid.Visited, len(list))
		for i := range list {
			old[i] = visited(&list[i])
		}
		_, err = a.Aid.TakeOver(tx, who, old)
		return err
	})
}

// aidFollower lets extracts confirm what operators handed over, in the transaction that brings them: ops knows nothing of the tally.
type aidFollower struct{ *aid.Book }

// Clear leaves the orders as they are: a rebuild of figures changes nobody.
func (aidFollower) Clear(*db.Tx) error { return nil }

// Follow hands on what the tally read anyway.
func (f aidFollower) Follow(tx *db.Tx, t *tally.Touched) error {
	return f.Book.Follow(tx, t.Persons, t.Events)
}

// ordersToday is what of the orders of devices and SIMs waits for the asker (KH:III.1.b).
func (a *App) ordersToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if who.IsSystem() {
		return nil, nil
	}
	heaps, err := a.Aid.Waiting(ctx, who)
	var out []lead.Task
	for _, w := range heaps {
		out = append(out, lead.Task{Kind: "orders." + w.State, Title: w.Title, Unit: "đơn", N: w.N, Late: w.Late, Due: w.Due, Href: "/don-dang-ky?tinh_trang=" + w.State})
	}
	return out, err
}
