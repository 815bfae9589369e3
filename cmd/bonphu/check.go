package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/oversight/tally"
)

// proof is what `bonphu check --json` prints.
type proof struct {
	Trail    int64           `json:"trail"`  // links of the chain
	Broken   int64           `json:"broken"` // the first that does not hold, 0 when all do
	Told     int64           `json:"told"`   // persons whose standing was told anew
	Findings []tally.Finding `json:"findings"`
	Sound    bool            `json:"sound"`
}

func newCheck() *cobra.Command {
	var p place
	var asJSON bool
	c := &cobra.Command{
		Use: "check [--db X | --dir D] [--json]", Short: "Chứng minh nhật ký còn nguyên vẹn và mọi con số khớp với sổ ghi nhận", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			a, who, err := p.as(ctx, "check")
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.Book.Advance(ctx, who); err != nil {
				return err
			}
			var r proof
			if r.Trail, r.Broken, err = a.Door.TrailSound(ctx, who); err != nil {
				return err
			}
			if r.Told, r.Findings, err = a.Book.Check(ctx); err != nil {
				return err
			}
			more, err := a.Reconcile.Check(ctx)
			if err != nil {
				return err
			}
			r.Findings = append(r.Findings, more...)
			r.Sound = r.Broken == 0 && len(r.Findings) == 0
			w := c.OutOrStdout()
			if asJSON {
				if r.Findings == nil {
					r.Findings = []tally.Finding{}
				}
				if err := line(w, r); err != nil {
					return err
				}
			} else {
				if r.Broken == 0 {
					fmt.Fprintf(w, "Nhật ký: %s dòng, chuỗi nguyên vẹn.\n", vn.Int(r.Trail))
				} else {
					fmt.Fprintf(w, "Nhật ký: %s dòng, chuỗi đứt ở dòng %s.\n", vn.Int(r.Trail), vn.Int(r.Broken))
				}
				fmt.Fprintf(w, "Con số: tính lại từ hồ sơ của %s người, %d chỗ lệch.\n", vn.Int(r.Told), len(r.Findings))
				for _, f := range r.Findings {
					fmt.Fprintf(w, "  %s: đang giữ %s, tính lại được %s\n", f.Where, vn.Int(f.Kept), vn.Int(f.Told))
				}
			}
			if r.Sound {
				return nil
			}
			return fault.New(fault.Conflict, "cmd.unsound", "Dữ liệu không khớp. Giữ nguyên máy, sao lưu cơ sở dữ liệu và báo quản trị; con số lệch thì chạy bonphu rebuild.")
		},
	}
	p.flags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "in kết quả dạng JSON")
	return c
}
