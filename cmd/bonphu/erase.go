package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

func newErase() *cobra.Command {
	var p place
	var sure, asJSON bool
	c := &cobra.Command{
		Use: "erase [--db X | --dir D] --sure", Short: "Xóa mọi dữ liệu cá nhân sau ngày hết hạn lưu; các con số được giữ lại", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			if !sure {
				return fault.New(fault.Invalid, "cmd.sure", "Việc này không lấy lại được. Hãy sao lưu rồi chạy lại với --sure.")
			}
			ctx := c.Context()
			a, who, err := p.as(ctx, "erase")
			if err != nil {
				return err
			}
			defer a.Close()
			e, err := a.Erase(ctx, who)
			if err != nil {
				return err
			}
			if asJSON {
				return line(c.OutOrStdout(), e)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "Đã xóa %s người, %s lần ghi nhận, %s tệp, %s thành viên tổ. Còn lại: %s. Con số và nhật ký được giữ.\n",
				vn.Int(e.Persons), vn.Int(e.Events), vn.Int(e.Files), vn.Int(e.Members), vn.Int(e.Left))
			return err
		},
	}
	p.flags(c)
	c.Flags().BoolVar(&sure, "sure", false, "tôi hiểu là không lấy lại được")
	c.Flags().BoolVar(&asJSON, "json", false, "in JSON")
	return c
}
