package app

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
)

// teamsToAllot tells the allotment which teams there are: packages of ops never import one another.
func teamsToAllot(tx *db.Tx) ([]allotment.Team, error) {
	list, err := canvass.All(tx)
	out := make([]allotment.Team, len(list))
	for i, t := range list {
		out[i] = allotment.Team{ID: t.ID, Unit: t.Unit, Name: t.Name, Capacity: t.Capacity, Rest: t.Rest, From: t.From, Until: t.Until}
	}
	return out, err
}

// Need tells the allotment who is eligible and who is confirmed, from the tally; for one planning, whose figures it reads once.
func (a *App) Need() allotment.Need {
	get := func(unit int64, series string) int64 { return 0 }
	read := false
	return func(tx *db.Tx, unit int64, target string) (eligible, confirmed int64, err error) {
		if !read {
			tree, err := territory.Load(tx)
			if err != nil {
				return 0, 0, err
			}
			var ids []int64
			for _, u := range tree.All() {
				ids = append(ids, u.ID)
			}
			f, err := a.Book.On(tx, ids, "", "t:")
			if err != nil {
				return 0, 0, err
			}
			get, read = f.Get, true
		}
		return get(unit, "t:"+target+":in"), get(unit, "t:"+target+":confirmed"), nil
	}
}

// Night does what each new day asks for: it brings the figures into the day and plans the day's quotas anew (laws A2, C5), once a day:
// a program that is started again at noon changes nobody's work.
func (a *App) Night(ctx context.Context, who access.Viewer) error {
	p := a.Plan()
	if p == nil {
		return nil
	}
	if err := a.Book.Advance(ctx, who); err != nil {
		return err
	}
	if err := a.keepOffices(ctx, who); err != nil {
		return err
	}
	if _, err := a.Obstacles.Escalate(ctx, who); err != nil {
		return err
	}
	if _, err := a.Points.Overdue(ctx, who); err != nil {
		return err
	}
	if err := a.tidyPhones(ctx, who); err != nil {
		return err
	}
	today := clock.DayOf(a.Clock())
	if today < p.From || today > p.Until {
		return nil
	}
	runs, err := a.Allot.Runs(ctx, who, 1)
	if err != nil || len(runs) > 0 && runs[0].Day >= today {
		return err
	}
	if home := a.home(ctx); home != 0 {
		if _, err := a.Canvass.Assign(ctx, who, home, today); err != nil {
			return err
		}
	}
	_, err = a.Allot.Replan(ctx, who, today, a.Need())
	return err
}

// home gives the campaign's own unit; 0 where there is none yet.
func (a *App) home(ctx context.Context) int64 {
	tree, err := a.Door.Tree(ctx)
	if err != nil || tree.Home() == nil {
		return 0
	}
	return tree.Home().ID
}

// tidyPhones clears away what phones have long been told, and shuts out those of members who left.
func (a *App) tidyPhones(ctx context.Context, who access.Viewer) error {
	return a.DB.Write(ctx, who.Act("system.run", 0, "phones", "dọn nhật ký đồng bộ, khóa điện thoại của người đã thôi"), func(tx *db.Tx) error {
		if err := canvass.ShutLeavers(tx, who.Account); err != nil {
			return err
		}
		return a.Work.Tidy(tx)
	})
}
