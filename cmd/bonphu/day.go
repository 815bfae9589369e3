package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// newDay prints the short text of a unit's day (KH:V.6): in the morning what is to be done, at five o'clock what was.
func newDay() *cobra.Command {
	var p place
	var unit, on, part string
	var asJSON bool
	c := &cobra.Command{
		Use: "day [--db X | --dir D] [--unit MÃ] [--day NGÀY] [--part sang|chieu] [--json]", Short: "Nhịp ngày: tin ngắn giao việc buổi sáng hoặc kết quả 17 giờ, để gửi nhóm Zalo", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			if part != "sang" && part != "chieu" {
				return fault.New(fault.Invalid, "cmd.part", "Buổi chỉ nhận sang (giao việc) hoặc chieu (kết quả).")
			}
			ctx := c.Context()
			day, err := dayOf("day", on)
			if err != nil {
				return err
			}
			a, who, err := p.as(ctx, "day")
			if err != nil {
				return err
			}
			defer a.Close()
			if day == "" {
				day = clock.DayOf(a.Clock())
			}
			if err := a.Book.Advance(ctx, who); err != nil {
				return err
			}
			u, err := unitOrPlace(a, who, unit)
			if err != nil {
				return err
			}
			d, err := a.Rhythm.Day(ctx, who, u.ID, day)
			if err != nil {
				return err
			}
			if asJSON {
				return line(c.OutOrStdout(), d)
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), d.Text(part == "sang"))
			return err
		},
	}
	p.flags(c)
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị; bỏ trống là địa bàn của kế hoạch")
	c.Flags().StringVar(&on, "day", "", "ngày trong đợt; bỏ trống là hôm nay")
	c.Flags().StringVar(&part, "part", "chieu", "sang: giao việc; chieu: kết quả")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}
