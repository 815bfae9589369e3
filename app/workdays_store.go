package app

import (
	"slices"
	"strconv"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/budget"
)

// workDays lists the days on which members of the teams of a unit worked, from what was recorded: visits that were not voided, by the one who
// recorded and by helpers named in it (KH:III.3.f). Kinds of teams that the plan does not call unpaid draw a salary.
func (a *App) workDays(tx *db.Tx, tree *territory.Tree, unit int64, from, until clock.Day) ([]budget.Worker, error) {
	at := map[int64]int{}
	var out []budget.Worker
	days := map[int64]map[clock.Day]bool{}
	var unpaid []string
	if p := a.Plan(); p != nil {
		unpaid = p.Budget.Unpaid
	}
	if err := tx.Each("SELECT m.id, m.name, m.role, t.name, t.unit_id, t.kind FROM team_member m JOIN team t ON t.id=m.team_id ORDER BY t.unit_id, t.name, m.name, m.id", nil, func(scan func(...any) error) error {
		var w budget.Worker
		var kind string
		if err := scan(&w.Member, &w.Name, &w.Role, &w.Team, &w.Unit, &kind); err != nil || !tree.Within(w.Unit, unit) {
			return err
		}
		w.Paid = !slices.Contains(unpaid, kind)
		at[w.Member] = len(out)
		days[w.Member] = map[clock.Day]bool{}
		out = append(out, w)
		return nil
	}); err != nil {
		return nil, err
	}
	if err := tx.EachIn("SELECT member_id, helpers, day, count(*) FROM visit WHERE void_at='' AND day >= $1 AND day <= $2 AND unit_id IN (%s) GROUP BY member_id, helpers, day", []any{string(from), string(until)}, tree.Descendants(unit), func(scan func(...any) error) error {
		var member int64
		var helpers, day string
		var n int
		if err := scan(&member, &helpers, &day, &n); err != nil {
			return err
		}
		present := []int64{member}
		for _, h := range strings.Split(helpers, ",") {
			if x, err := strconv.ParseInt(h, 10, 64); err == nil {
				present = append(present, x)
			}
		}
		for k, m := range present {
			i, ok := at[m]
			if !ok {
				continue
			}
			days[m][clock.Day(day)] = true
			if k == 0 {
				out[i].Visits += n
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for i := range out {
		for d := range days[out[i].Member] {
			out[i].Days = append(out[i].Days, d)
		}
		slices.Sort(out[i].Days)
	}
	return out, nil
}
