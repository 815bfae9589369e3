package lead

import (
	"context"
	"sync"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/oversight/tally"
)

// mostKept bounds how many outlooks are kept in memory.
const mostKept = 64

// kept holds outlooks until anything is written: their stamp is the trail's last entry.
type kept struct {
	mu    sync.Mutex
	plan  *plan.Plan
	stamp int64
	of    map[keptKey]*Outlook
}

type keptKey struct {
	unit       int64
	day, today clock.Day
}

// Outlook tells where a unit and its parts stand, end, and what would still reach their targets, as of a day ("" and days to come: today). The
// viewer needs lead.see on the unit. Nobody is counted: it reads the roll-ups by day, and is kept until something is written. The result is
// shared: it is not to be changed. (KH:IV.2.c, KH:V.2; laws A3, C5, N1)
func (b *Book) Outlook(ctx context.Context, who access.Viewer, unit int64, day clock.Day) (*Outlook, error) {
	if err := who.May("lead.see", unit); err != nil {
		return nil, err
	}
	var out *Outlook
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = b.outlook(tx, who.Tree(), unit, day)
		return err
	})
	return out, err
}

func (b *Book) outlook(tx *db.Tx, tree *territory.Tree, unit int64, day clock.Day) (*Outlook, error) {
	p := b.Plan()
	u := tree.ByID(unit)
	if p == nil || u == nil {
		return nil, fault.New(fault.Missing, "lead.unit", "Chưa có kế hoạch, hoặc không tìm thấy đơn vị này.")
	}
	today := min(tx.Today(), p.Until)
	if day == "" || day > today {
		day = today
	}
	var stamp int64
	if err := tx.QueryRow("SELECT CAST(coalesce(max(seq),0) AS BIGINT) FROM trail").Scan(&stamp); err != nil {
		return nil, err
	}
	key := keptKey{unit, day, today}
	b.kept.mu.Lock()
	if b.kept.plan != p || b.kept.stamp != stamp || len(b.kept.of) >= mostKept {
		b.kept.plan, b.kept.stamp, b.kept.of = p, stamp, map[keptKey]*Outlook{}
	}
	have := b.kept.of[key]
	b.kept.mu.Unlock()
	if have != nil {
		return have, nil
	}
	out, err := b.read(tx, p, tree, u, day)
	if err != nil {
		return nil, err
	}
	b.kept.mu.Lock()
	if b.kept.plan == p && b.kept.stamp == stamp {
		b.kept.of[key] = out
	}
	b.kept.mu.Unlock()
	return out, nil
}

func (b *Book) read(tx *db.Tx, p *plan.Plan, tree *territory.Tree, u *territory.Unit, day clock.Day) (*Outlook, error) {
	out := &Outlook{Unit: u, Parts: tree.Children(u.ID, day), Day: day, AsOf: tx.Now(), Seen: map[string]clock.Day{}, Lines: map[tally.At]Line{}}
	units := []int64{u.ID}
	for _, c := range out.Parts {
		units = append(units, c.ID)
	}
	stand, err := b.Figures.StandingsIn(tx, tree, units, day)
	if err != nil {
		return nil, err
	}
	home := u.ID
	if h := tree.Place(p.Place.Unit); h != nil {
		home = h.ID
	}
	lines, err := dailyOf(tx, p, append([]int64{home}, units...), day)
	if err != nil {
		return nil, err
	}
	teams, err := b.Figures.Allot.Teams(tx)
	if err != nil {
		return nil, err
	}
	can := capacities(tree, teams, day, p.Until, p.Rests)
	work := (&Past{Rests: p.Rests}).work(day, p.Until)
	for i := range p.Targets {
		t := &p.Targets[i]
		seen := seenDays(p.Start(), lines[tally.At{Unit: home, Target: t.ID}])
		if len(seen) > 0 {
			out.Seen[t.ID] = seen[len(seen)-1]
		}
		for _, x := range units {
			at := tally.At{Unit: x, Target: t.ID}
			l := Line{Standing: stand[x][t.ID]}
			l.Quota = Needed(l.Left(), work, can[x])
			if forecastable(t) {
				l.Forecast = Predict(Past{From: p.Start(), N: lines[at], Seen: seen, Eligible: l.Eligible, Until: p.Until, Rests: p.Rests})
			} else {
				l.Forecast.Why = "Chỉ tiêu này tính theo danh sách cán bộ, không có dự báo theo ngày."
			}
			out.Lines[at] = l
		}
	}
	return out, nil
}

// dailyOf reads how many were confirmed at the end of each day from the roadmap's start to a day, of all targets of some units.
func dailyOf(tx *db.Tx, p *plan.Plan, units []int64, day clock.Day) (map[tally.At][]int64, error) {
	out := map[tally.At][]int64{}
	days := day.Sub(p.Start()) + 1
	if days <= 0 {
		return out, nil
	}
	for i := range p.Targets {
		t := p.Targets[i].ID
		for _, u := range units {
			out[tally.At{Unit: u, Target: t}] = make([]int64, days)
		}
		err := tx.EachIn("SELECT unit_id, day, n FROM roll_day WHERE series=$1 AND day <= $2 AND unit_id IN (%s)", []any{"t:" + t + ":confirmed", string(day)}, units, func(scan func(...any) error) error {
			var u, n int64
			var on string
			if err := scan(&u, &on, &n); err != nil {
				return err
			}
			at := 0
			if d := clock.Day(on); d > p.Start() {
				at = d.Sub(p.Start())
			}
			out[tally.At{Unit: u, Target: t}][at] += n
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, l := range out {
		for i := 1; i < len(l); i++ {
			l[i] += l[i-1]
		}
	}
	return out, nil
}
