package outreach

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Hamlets × weeks, what followed, and what waits.

// hamlets lists the hamlets of a unit that exist on a day.
func hamlets(tree *territory.Tree, unit int64, day clock.Day) []*territory.Unit {
	var out []*territory.Unit
	for _, n := range tree.Descendants(unit) {
		if u := tree.ByID(n); u.Tier >= territory.TierHamlet && u.In(day) {
			out = append(out, u)
		}
	}
	return out
}

// Grid tells of each hamlet of a unit and each week of the campaign what was done there, longest without anything first. The query's
// channel, audience and language narrow what counts; its days do not. The viewer needs outreach.see on the unit. (KH:III.1.a, KH:III.1.e)
func (b *Book) Grid(ctx context.Context, who access.Viewer, q Query) (*Grid, error) {
	if err := who.May("outreach.see", q.Unit); err != nil {
		return nil, err
	}
	var g *Grid
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		done, err := touching(tx, who, Query{Unit: q.Unit, Channel: q.Channel, Audience: q.Audience, Language: q.Language, State: Done})
		if err != nil {
			return err
		}
		p, today := b.Plan(), tx.Today()
		g = grid(who.Tree(), hamlets(who.Tree(), q.Unit, today), done, p.From, p.Until, today, p.Outreach.Quiet())
		return nil
	})
	return g, err
}

// Followed tells what followed the done activities of a query in the hamlets they were for, a commune's in all its hamlets. What is for
// the whole place is left out: there is nothing to compare with. Hamlets of the whole campaign are the others. The viewer needs outreach.see on
// the unit, and must be allowed to see figures. nil, nil where nothing is known of figures.
func (b *Book) Followed(ctx context.Context, who access.Viewer, q Query) (*Followed, error) {
	if err := who.May("outreach.see", q.Unit); err != nil || b.Activated == nil {
		return nil, err
	}
	q.State = Done
	var list []Activity
	if err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		list, err = touching(tx, who, q)
		return err
	}); err != nil {
		return nil, err
	}
	return b.followed(ctx, who, q.Unit, list)
}

// FollowedOne is Followed for one activity.
func (b *Book) FollowedOne(ctx context.Context, who access.Viewer, n int64) (*Followed, error) {
	a, _, err := b.Get(ctx, who, n)
	if err != nil || a.State != Done || b.Activated == nil {
		return nil, err
	}
	return b.followed(ctx, who, 0, []Activity{*a})
}

func (b *Book) followed(ctx context.Context, who access.Viewer, within int64, list []Activity) (*Followed, error) {
	tree, today := who.Tree(), b.today()
	treated := spots(tree, list, today)
	if within != 0 {
		treated = slices.DeleteFunc(treated, func(t Treated) bool { return !tree.Within(t.Unit, within) })
	}
	treated = slices.DeleteFunc(treated, func(t Treated) bool { return who.May("unit.see", t.Unit) != nil })
	home := tree.Home()
	if len(treated) == 0 || home == nil {
		return nil, nil
	}
	from, until := treated[0].Day, treated[0].Day
	for _, t := range treated {
		from, until = min(from, t.Day), max(until, t.Day)
	}
	scope := within
	if who.May("unit.see", home.ID) == nil {
		scope = home.ID
	} else if scope == 0 {
		if c := tree.Commune(treated[0].Unit); c != nil {
			scope = c.ID
		}
	}
	var units []int64
	for _, h := range hamlets(tree, scope, today) {
		units = append(units, h.ID)
	}
	lines, err := b.Activated(ctx, who, units, max(from.Add(-Window-1), b.Plan().Start()), until.Add(Window-1)) // before the start there is only where it started from
	if err != nil {
		return nil, err
	}
	var all []Activity
	if err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = touching(tx, who, Query{Unit: home.ID, State: Done, From: from.Add(-Window), Until: until.Add(Window - 1)})
		return err
	}); err != nil {
		return nil, err
	}
	days := map[int64][]clock.Day{}
	for _, t := range spots(tree, all, today) {
		days[t.Unit] = append(days[t.Unit], t.Day)
	}
	busy := func(unit int64, from, until clock.Day) bool {
		return slices.ContainsFunc(days[unit], func(d clock.Day) bool { return from <= d && d <= until })
	}
	f := Compare(treated, lines, busy, b.Plan().Outreach.Follow())
	return &f, nil
}

func (b *Book) today() clock.Day { return clock.DayOf(b.DB.Clock()) }

// spots spreads activities over the hamlets they were for; those for more than a commune are left out.
func spots(tree *territory.Tree, list []Activity, today clock.Day) []Treated {
	var out []Treated
	for i := range list {
		for _, u := range list[i].Units {
			if x := tree.ByID(u); x == nil || x.Tier < territory.TierCommune {
				continue
			}
			for _, h := range hamlets(tree, u, today) {
				out = append(out, Treated{h.ID, list[i].Day})
			}
		}
	}
	return out
}

// Waits is what waits for a viewer: texts to approve, own texts that were returned, planned activities whose day is past, hamlets with
// nothing for too long of how many, and under which unit.
type Waits struct {
	Approve, Returned, Overdue, Quiet, Hamlets int
	Unit                                       int64
}

// Waiting tells what waits for a viewer: nothing for somebody who may write nothing.
func (b *Book) Waiting(ctx context.Context, who access.Viewer) (Waits, error) {
	var w Waits
	if b.Plan() == nil || !who.MayAnywhere("outreach.write") {
		return w, nil
	}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		w = Waits{}
		if who.MayAnywhere("outreach.publish") {
			var list []Content
			if err := tx.Each("SELECT "+contentColumns+" FROM outreach_content WHERE state='submitted'", nil, func(row func(...any) error) error {
				c, err := scanContent(row)
				list = append(list, c)
				return err
			}); err != nil {
				return err
			}
			for i := range list {
				v, err := version(tx, list[i].ID, list[i].Newest)
				if err != nil {
					return err
				}
				if mayPublish(tx, who, &list[i]) == nil && (v.Writer == 0 || v.Writer != who.Account) {
					w.Approve++
				}
			}
		}
		if err := tx.QueryRow("SELECT count(*) FROM outreach_content c JOIN outreach_version v ON v.content_id=c.id AND v.version=c.newest WHERE c.state='draft' AND v.why<>'' AND v.writer=$1", who.Account).Scan(&w.Returned); err != nil {
			return err
		}
		for _, unit := range who.Scope("outreach.write") {
			p, today := b.Plan(), tx.Today()
			list, err := touching(tx, who, Query{Unit: unit})
			if err != nil {
				return err
			}
			for i := range list {
				if list[i].Late(today) && MayChange(who, &list[i]) == nil && (who.Office == 0 || list[i].Office == who.Office) {
					w.Overdue++
				}
			}
			if who.May("outreach.publish", unit) == nil && today >= p.From && today <= p.Until {
				g := grid(who.Tree(), hamlets(who.Tree(), unit, today), list, p.From, p.Until, today, p.Outreach.Quiet())
				w.Quiet, w.Hamlets, w.Unit = w.Quiet+g.Quiet, w.Hamlets+len(g.Rows), unit
			}
		}
		return nil
	})
	return w, err
}

// Offices lists the offices that activities and texts may belong to. The viewer needs outreach.see anywhere.
func (b *Book) Offices(ctx context.Context, who access.Viewer) ([]territory.Office, error) {
	if err := anywhere(who, "outreach.see"); err != nil {
		return nil, err
	}
	var out []territory.Office
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = territory.Offices(tx)
		return err
	})
	return out, err
}
