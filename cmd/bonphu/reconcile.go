package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/reconcile"
)

// settled is one line of `bonphu reconcile --json`: one unit, or one team of it, in one coverage.
type settled struct {
	Unit      string    `json:"unit"`
	Name      string    `json:"name"`
	Team      string    `json:"team,omitempty"` // with --team; "" is whoever claimed for no team
	TeamName  string    `json:"team_name,omitempty"`
	Coverage  string    `json:"coverage"`
	Title     string    `json:"title"`
	Day       clock.Day `json:"day"`
	Claimed   int64     `json:"claimed"` // confirmed + denied + pending
	Confirmed int64     `json:"confirmed"`
	Denied    int64     `json:"denied"`
	Found     int64     `json:"found"`
	Pending   int64     `json:"pending"`
	Pending7  int64     `json:"pending_7"`  // up to 7 days old
	Pending14 int64     `json:"pending_14"` // 8–14 days
	PendingUp int64     `json:"pending_over_14"`
	Oldest    int       `json:"pending_oldest_days"`
	Repeat    int64     `json:"repeat"`
	Void      int64     `json:"void"`
	Excused   int64     `json:"excused"`
	OverClaim float64   `json:"over_claim"` // of decided claims, excused ones left out; 0–1
	Low       float64   `json:"low"`
	High      float64   `json:"high"`
	Open      int64     `json:"open"`
	Answered  int64     `json:"answered"`
	Decided   int64     `json:"decided"`
}

func newReconcile() *cobra.Command {
	var p place
	var unit, on string
	var asJSON, deep, team bool
	c := &cobra.Command{
		Use: "reconcile [--db X | --dir D] [--unit MÃ] [--day NGÀY] [--all] [--team] [--json]", Short: "Đối soát: báo cáo của các tổ so với bản trích xuất, tỷ lệ báo cáo sai", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			day, err := dayOf("day", on)
			if err != nil {
				return err
			}
			a, who, err := p.as(ctx, "reconcile")
			if err != nil {
				return err
			}
			defer a.Close()
			u, err := unitOrPlace(a, who, unit)
			if err != nil {
				return err
			}
			tree := who.Tree()
			ids := unitsUnder(tree, u, day, deep)
			told, asOf, err := a.Reconcile.ByCoverage(ctx, who, ids, reconcile.Filter{Day: day})
			if err != nil {
				return err
			}
			rows := []settled{}
			names := map[int64]string{}
			if team {
				if names, err = a.Canvass.Names(ctx, who, u.ID); err != nil {
					return err
				}
			}
			for _, n := range ids {
				for i, l := range told[n] {
					r := settledOf(&l.Classes, asOf)
					r.Unit, r.Name, r.Coverage, r.Title = tree.ByID(n).Code, tree.ByID(n).Title(), l.Coverage, a.Plan().Coverages[i].Short
					rows = append(rows, r)
					if !team {
						continue
					}
					teams, err := a.Reconcile.ByTeam(ctx, who, n, reconcile.Filter{Day: day, Coverage: l.Coverage})
					if err != nil {
						return err
					}
					for _, x := range teams {
						t := settledOf(&x.Classes, asOf)
						t.Unit, t.Name, t.Coverage, t.Title, t.Team, t.TeamName = r.Unit, r.Name, r.Coverage, r.Title, teamCode(x.Team), teamTitle(x.Team, names)
						rows = append(rows, t)
					}
				}
			}
			if asJSON {
				return line(c.OutOrStdout(), rows)
			}
			printSettled(c.OutOrStdout(), rows)
			return nil
		},
	}
	p.flags(c)
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị; bỏ trống là địa bàn của kế hoạch")
	c.Flags().StringVar(&on, "day", "", "số liệu của một ngày đã qua; bỏ trống là hôm nay")
	c.Flags().BoolVar(&deep, "all", false, "mọi đơn vị bên dưới, không chỉ một cấp")
	c.Flags().BoolVar(&team, "team", false, "thêm từng tổ của mỗi đơn vị")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

func settledOf(c *reconcile.Classes, day clock.Day) settled {
	return settled{Day: day, Claimed: c.Claimed, Confirmed: c.Confirmed, Denied: c.Denied, Found: c.Found, Pending: c.Pending, Pending7: c.Age[0], Pending14: c.Age[1], PendingUp: c.Age[2],
		Oldest: c.PendingDays(day), Repeat: c.Repeat, Void: c.Void, Excused: c.Over.Excused, OverClaim: c.Over.Rate, Low: c.Over.Low, High: c.Over.High,
		Open: c.Open, Answered: c.Answered, Decided: c.Decided}
}

func teamCode(team int64) string {
	if team == 0 {
		return "0"
	}
	return id.String(team)
}

func teamTitle(team int64, names map[int64]string) string {
	switch n := names[team]; {
	case team == 0:
		return "không qua tổ"
	case n != "":
		return n
	}
	return "tổ " + id.String(team)
}

func printSettled(w io.Writer, rows []settled) {
	last := ""
	for i := range rows {
		r := &rows[i]
		if r.Unit != last {
			if last != "" {
				fmt.Fprintln(w)
			}
			fmt.Fprintf(w, "%s (%s), đối soát đến hết ngày %s\n", r.Name, r.Unit, r.Day.Vi())
			fmt.Fprintf(w, "  %-34s %9s %9s %9s %9s %12s %10s  %s\n", "", "Báo cáo", "Xác nhận", "Bị bác", "Còn chờ", "Chờ lâu nhất", "Ngoài b/c", "Báo cáo sai")
			last = r.Unit
		}
		title := r.Title
		if r.Team != "" {
			title = "· " + r.TeamName
		}
		oldest := "–"
		if r.Pending > 0 {
			oldest = fmt.Sprintf("%d ngày", r.Oldest)
		}
		over := "–"
		if n := r.Confirmed + r.Denied - r.Excused; n > 0 {
			over = fmt.Sprintf("%s/%s, %s (khoảng tin cậy %s–%s)", vn.Int(r.Denied-r.Excused), vn.Int(n), vn.Percent(r.Denied-r.Excused, n), tenth(r.Low), tenth(r.High))
		}
		fmt.Fprintf(w, "  %-34s %9s %9s %9s %9s %12s %10s  %s\n", title, vn.Int(r.Claimed), vn.Int(r.Confirmed), vn.Int(r.Denied), vn.Int(r.Pending), oldest, vn.Int(r.Found), over)
	}
}

// tenth spells a share of one as a percentage with one digit.
func tenth(share float64) string {
	return strings.Replace(fmt.Sprintf("%.1f %%", 100*share), ".", ",", 1)
}
