package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/oversight/tally"
)

// score is one unit in one target, as `bonphu tally --json` prints it. Claimed and verified hold nobody who is confirmed (law C3).
type score struct {
	Unit      string    `json:"unit"`
	Name      string    `json:"name"`
	Coverage  string    `json:"coverage"`
	TargetID  string    `json:"target_id"`
	Title     string    `json:"title"`
	Clause    string    `json:"clause"`
	Day       clock.Day `json:"day"`
	Target    int64     `json:"target"`
	Eligible  int64     `json:"eligible"`
	Claimed   int64     `json:"claimed"`
	Verified  int64     `json:"verified"`
	Confirmed int64     `json:"confirmed"`
	Denied    int64     `json:"denied"`
	Quota     int64     `json:"quota"`
	Done      int64     `json:"done"`
	Ahead     float64   `json:"ahead_days"` // behind when negative
}

func newTally() *cobra.Command {
	var p place
	var unit, on string
	var asJSON, deep bool
	c := &cobra.Command{
		Use: "tally [--db X | --dir D] [--unit MÃ] [--day NGÀY] [--all] [--json]", Short: "Số liệu theo đơn vị: chỉ tiêu, thuộc diện, báo cáo, đã xác nhận, chỉ tiêu ngày, vượt hay chậm", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			day, err := dayOf("day", on)
			if err != nil {
				return err
			}
			a, who, err := p.as(ctx, "tally")
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.Book.Advance(ctx, who); err != nil {
				return err
			}
			u, err := unitOrPlace(a, who, unit)
			if err != nil {
				return err
			}
			tree := who.Tree()
			ids := unitsUnder(tree, u, day, deep)
			told, err := a.Figures.Standings(ctx, who, ids, day)
			if err != nil {
				return err
			}
			rows := scores(a.Plan(), tree, ids, told)
			if !asJSON {
				printScores(c.OutOrStdout(), rows)
				return nil
			}
			if rows == nil {
				rows = []score{}
			}
			return line(c.OutOrStdout(), rows)
		},
	}
	p.flags(c)
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị; bỏ trống là địa bàn của kế hoạch")
	c.Flags().StringVar(&on, "day", "", "số liệu của một ngày đã qua; bỏ trống là hôm nay")
	c.Flags().BoolVar(&deep, "all", false, "mọi đơn vị bên dưới, không chỉ một cấp")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

// unitsUnder lists a unit and those directly under it on a day, or all of them.
func unitsUnder(t *territory.Tree, u *territory.Unit, day clock.Day, deep bool) []int64 {
	if u == nil {
		return nil
	}
	if deep {
		return t.Descendants(u.ID)
	}
	ids := []int64{u.ID}
	for _, k := range t.Children(u.ID, day) {
		ids = append(ids, k.ID)
	}
	return ids
}

func scores(p *plan.Plan, t *territory.Tree, ids []int64, told map[int64]map[string]tally.Standing) []score {
	var out []score
	for _, id := range ids {
		u := t.ByID(id)
		for i := range p.Targets {
			x := &p.Targets[i]
			s := told[id][x.ID]
			out = append(out, score{Unit: u.Code, Name: u.Title(), Coverage: x.Coverage, TargetID: x.ID, Title: x.Short, Clause: x.Clause, Day: s.Day,
				Target: s.Goal, Eligible: s.Eligible, Claimed: s.Claimed, Verified: s.Verified, Confirmed: s.Confirmed, Denied: s.Denied,
				Quota: s.Quota, Done: s.Done, Ahead: s.Ahead})
		}
	}
	return out
}

func printScores(w io.Writer, rows []score) {
	last := ""
	for _, r := range rows {
		if r.Unit != last {
			if last != "" {
				fmt.Fprintln(w)
			}
			fmt.Fprintf(w, "%s (%s), số liệu đến hết ngày %s\n", r.Name, r.Unit, r.Day.Vi())
			fmt.Fprintf(w, "  %-34s %9s %10s %9s %9s %10s %8s %8s  %s\n", "", "Chỉ tiêu", "Thuộc diện", "Báo cáo", "Kiểm tra", "Xác nhận", "", "Hôm nay", "So với lộ trình")
			last = r.Unit
		}
		fmt.Fprintf(w, "  %-34s %9s %10s %9s %9s %10s %8s %8s  %s\n", r.Title, vn.Int(r.Target), vn.Int(r.Eligible), vn.Int(r.Claimed), vn.Int(r.Verified), vn.Int(r.Confirmed),
			vn.Percent(r.Confirmed, r.Target), vn.Int(r.Quota), pace(r))
	}
}

func pace(r score) string {
	switch days := int(r.Ahead); {
	case r.Target == 0:
		return "–"
	case days > 0:
		return fmt.Sprintf("vượt %d ngày", days)
	case days < 0:
		return fmt.Sprintf("chậm %d ngày", -days)
	}
	return "đúng tiến độ"
}
