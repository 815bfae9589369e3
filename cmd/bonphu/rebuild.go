package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"bonphu/internal/vn"
)

func newRebuild() *cobra.Command {
	var p place
	c := &cobra.Command{
		Use: "rebuild [--db X | --dir D]", Short: "Tính lại mọi con số từ sổ ghi nhận", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			a, who, err := p.as(ctx, "rebuild")
			if err != nil {
				return err
			}
			defer a.Close()
			var told int64
			if err := a.Book.Rebuild(ctx, who, func(done, _ int64) { told = done }); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "Đã tính lại từ hồ sơ của %s người.\n", vn.Int(told))
			return err
		},
	}
	p.flags(c)
	return c
}
