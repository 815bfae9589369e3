package allotment

import (
	"context"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// DayBook is one day's quotas of a unit, team by team (KH:III.2.e, KH:V.6).
type DayBook struct {
	Day     clock.Day
	Unit    int64
	Title   string // "Xã An Khương"
	Targets []DayTarget
	Rows    []DayRow
}

// DayTarget is a column of a DayBook with its sum.
type DayTarget struct {
	ID, Title, Short string
	Sum              int64
}

// DayRow is a team's quotas in the order of DayBook.Targets. Over tells that one of them is above the team's capacity.
type DayRow struct {
	Team     int64
	Name     string
	Where    string // the hamlets it works in on this day
	Capacity int64
	N        []int64
	ByHand   bool
	Over     bool
}

// OnDay reads a day's quotas of a unit and everything under it. The viewer needs quota.see there.
func (b *Book) OnDay(ctx context.Context, who access.Viewer, unit int64, day clock.Day) (*DayBook, error) {
	if err := who.May("quota.see", unit); err != nil {
		return nil, err
	}
	var out *DayBook
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		u := tree.ByID(unit)
		if u == nil {
			return fault.New(fault.Missing, "allotment.unit", "Không tìm thấy đơn vị này.")
		}
		teams, err := b.Teams(tx)
		if err != nil {
			return err
		}
		list, err := CellsOn(tx, day)
		if err != nil {
			return err
		}
		out = &DayBook{Day: day, Unit: unit, Title: u.Title()}
		for _, t := range divided(b.Plan()) {
			out.Targets = append(out.Targets, DayTarget{ID: t.ID, Title: t.Title, Short: t.Short})
		}
		out.fill(tree, teams, list)
		return nil
	})
	return out, err
}

// fill makes the rows of the teams that have work in the unit on the day.
func (d *DayBook) fill(tree *territory.Tree, teams []Team, list []Cell) {
	rows := map[int64]*DayRow{}
	where := map[int64][]int64{}
	var order []int64
	for _, c := range list {
		at := slices.IndexFunc(d.Targets, func(t DayTarget) bool { return t.ID == c.Target })
		if at < 0 || !tree.Within(c.Unit, d.Unit) || c.N == 0 && !c.ByHand {
			continue
		}
		row := rows[c.Team]
		if row == nil {
			row = &DayRow{Team: c.Team, Name: "Chưa có tổ", N: make([]int64, len(d.Targets))}
			if t := teamOf(teams, c.Team); t != nil {
				row.Name, row.Capacity = t.Name, t.Capacity
			}
			rows[c.Team] = row
			order = append(order, c.Team)
		}
		row.N[at] += c.N
		row.ByHand = row.ByHand || c.ByHand
		row.Over = row.Over || c.Team != 0 && row.N[at] > row.Capacity
		d.Targets[at].Sum += c.N
		if c.N > 0 && !slices.Contains(where[c.Team], c.Unit) {
			where[c.Team] = append(where[c.Team], c.Unit)
		}
	}
	for _, team := range order {
		row := rows[team]
		var names []string
		for _, u := range where[team] {
			names = append(names, tree.ByID(u).Title())
		}
		row.Where = strings.Join(names, ", ")
		d.Rows = append(d.Rows, *row)
	}
	unitOf := func(r DayRow) string {
		if t := teamOf(teams, r.Team); t != nil {
			if u := tree.ByID(t.Unit); u != nil {
				return u.Path
			}
		}
		return "~"
	}
	slices.SortStableFunc(d.Rows, func(a, b DayRow) int {
		if c := strings.Compare(unitOf(a), unitOf(b)); c != 0 {
			return c
		}
		return strings.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name))
	})
}

// TeamDays reads a team's quotas from a day on, target by target. The viewer needs quota.see on the team's unit.
func (b *Book) TeamDays(ctx context.Context, who access.Viewer, team int64, from clock.Day) ([]Cell, error) {
	var out []Cell
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		teams, err := b.Teams(tx)
		if err != nil {
			return err
		}
		t := teamOf(teams, team)
		if t == nil {
			return fault.New(fault.Missing, "allotment.team", "Không tìm thấy tổ này. Hãy mở lại danh sách tổ.")
		}
		if err := who.May("quota.see", t.Unit); err != nil {
			return err
		}
		out, err = cells(tx, "SELECT unit_id, team_id, target, day, n, by_hand FROM quota WHERE team_id=$1 AND day >= $2 ORDER BY day, target, unit_id", team, string(from))
		return err
	})
	return out, err
}
