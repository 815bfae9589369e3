package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/oversight/lead"
)

// foreseen is one unit in one target at the campaign's end, as `bonphu forecast --json` prints it.
type foreseen struct {
	Unit      string    `json:"unit"`
	Name      string    `json:"name"`
	TargetID  string    `json:"target_id"`
	Title     string    `json:"title"`
	Clause    string    `json:"clause"`
	Day       clock.Day `json:"day"`
	Seen      clock.Day `json:"last_extract"`
	Target    int64     `json:"target"`
	Eligible  int64     `json:"eligible"`
	Confirmed int64     `json:"confirmed"`
	Ahead     float64   `json:"ahead_days"`
	Known     bool      `json:"known"`
	Why       string    `json:"why,omitempty"` // why nothing is foreseen
	End       int64     `json:"end"`
	Low       int64     `json:"low"`
	High      int64     `json:"high"`
	PerDay    float64   `json:"per_day"` // of late, a working day
	Needed    int64     `json:"needed_per_day"`
	Capacity  int64     `json:"capacity"` // of the teams till the end
	State     string    `json:"state"`    // reached, possible, beyond
}

func newForecast() *cobra.Command {
	var p place
	var unit, on string
	var asJSON bool
	c := &cobra.Command{
		Use: "forecast [--db X | --dir D] [--unit MÃ] [--day NGÀY] [--json]", Short: "Dự báo số cuối đợt của từng chỉ tiêu với khoảng 80 %, và chỉ tiêu mỗi ngày để còn đạt", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			day, err := dayOf("day", on)
			if err != nil {
				return err
			}
			a, who, err := p.as(ctx, "forecast")
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
			rows := []foreseen{}
			if u != nil {
				o, err := a.Lead.Outlook(ctx, who, u.ID, day)
				if err != nil {
					return err
				}
				for _, x := range append([]*territory.Unit{u}, o.Parts...) {
					for i := range a.Plan().Targets {
						t := &a.Plan().Targets[i]
						rows = append(rows, foreseenOf(x, t.ID, t.Short, t.Clause, o.Day, o.Of(x.ID, t.ID)))
					}
				}
			}
			if !asJSON {
				printForeseen(c.OutOrStdout(), rows)
				return nil
			}
			return line(c.OutOrStdout(), rows)
		},
	}
	p.flags(c)
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị; bỏ trống là địa bàn của kế hoạch")
	c.Flags().StringVar(&on, "day", "", "dự báo như nhìn từ một ngày đã qua; bỏ trống là hôm nay")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

func foreseenOf(u *territory.Unit, target, title, clause string, day clock.Day, l lead.Line) foreseen {
	f := l.Forecast
	return foreseen{Unit: u.Code, Name: u.Title(), TargetID: target, Title: title, Clause: clause, Day: day, Seen: f.Seen, Target: l.Goal, Eligible: l.Eligible, Confirmed: l.Confirmed, Ahead: l.Ahead,
		Known: f.Known, Why: f.Why, End: f.Mid, Low: f.Low, High: f.High, PerDay: f.PerDay, Needed: l.Quota.PerDay, Capacity: l.Quota.Capacity, State: l.Quota.State}
}

var states = map[string]string{lead.Reached: "đã đủ", lead.Possible: "còn đạt được", lead.Beyond: "không thể đạt với sức hiện có"}

func printForeseen(w io.Writer, rows []foreseen) {
	last := ""
	for _, r := range rows {
		if r.Unit != last {
			if last != "" {
				fmt.Fprintln(w)
			}
			fmt.Fprintf(w, "%s (%s), nhìn từ ngày %s\n", r.Name, r.Unit, r.Day.Vi())
			fmt.Fprintf(w, "  %-34s %9s %10s %9s %19s %9s  %s\n", "", "Chỉ tiêu", "Xác nhận", "Cuối đợt", "Khoảng 80 %", "Cần/ngày", "")
			last = r.Unit
		}
		end, between, state := "–", "–", states[r.State]
		if r.Known {
			end, between = vn.Int(r.End), vn.Int(r.Low)+"–"+vn.Int(r.High)
		} else {
			state += ". " + r.Why
		}
		fmt.Fprintf(w, "  %-34s %9s %10s %9s %19s %9s  %s\n", r.Title, vn.Int(r.Target), vn.Int(r.Confirmed), end, between, vn.Int(r.Needed), state)
	}
}
