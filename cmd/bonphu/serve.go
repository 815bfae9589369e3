package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newServe() *cobra.Command {
	var p place
	var m post
	var addr string
	var secure bool
	c := &cobra.Command{
		Use: "serve [--db X | --dir D] [--addr ĐỊA-CHỈ]", Short: "Mở bàn làm việc trên trình duyệt", Args: none,
		Example: "  bonphu serve --dir du-lieu --addr 127.0.0.1:8080",
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			conf, err := p.config(ctx, false)
			if err != nil {
				return err
			}
			conf.Secure = secure
			if err := m.into(&conf); err != nil {
				return err
			}
			a, err := openWith(ctx, conf)
			if err != nil {
				return err
			}
			defer a.Close()
			if err := sayBroken(ctx, a, c.OutOrStdout()); err != nil {
				return err
			}
			return a.Serve(ctx, addr, func(at string) {
				fmt.Fprintf(c.OutOrStdout(), "Đang phục vụ tại %s (Ctrl+C để dừng)\n", at)
				if conf.Mail != nil {
					fmt.Fprintf(c.OutOrStdout(), "Thư nhắc việc gửi lúc %s mỗi ngày qua %s\n", m.at, conf.Mail.Host)
				}
			})
		},
	}
	p.flags(c)
	m.flags(c)
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "địa chỉ phục vụ; cổng 0 để máy tự chọn")
	c.Flags().BoolVar(&secure, "https", false, "đứng sau một máy chủ HTTPS: cookie chỉ đi qua HTTPS")
	return c
}
