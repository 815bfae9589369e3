package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

func newDemo() *cobra.Command {
	var dir, addr string
	var residents int
	var noServe, asJSON bool
	c := &cobra.Command{
		Use: "demo [--dir D] [--addr ĐỊA-CHỈ] [--no-serve] [--json]", Short: "Dựng huyện mẫu với nửa đợt cao điểm đã diễn, rồi mở bàn làm việc", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			if residents < 1000 || residents > 2_000_000 {
				return fault.New(fault.Invalid, "cmd.residents", "Số dân của huyện mẫu từ 1.000 đến 2.000.000.")
			}
			out, talk := c.OutOrStdout(), c.ErrOrStderr()
			fmt.Fprintf(talk, "Đang dựng huyện mẫu %s người ở %s …\n", vn.Int(int64(residents)), dir)
			report, err := app.BuildDemo(ctx, dir, residents, func(step string) { fmt.Fprintln(talk, " ", step) })
			if err != nil {
				return err
			}
			if noServe {
				return tellDemo(out, report, asJSON)
			}
			conf, err := app.AtFolder(ctx, dir, false)
			if err != nil {
				return err
			}
			a, err := openWith(ctx, conf)
			if err != nil {
				return err
			}
			defer a.Close()
			if err := sayBroken(ctx, a, talk); err != nil {
				return err
			}
			return a.Serve(ctx, addr, func(at string) {
				report.Address = at
				if err := tellDemo(out, report, asJSON); err != nil {
					fmt.Fprintln(talk, err)
				}
			})
		},
	}
	c.Flags().StringVar(&dir, "dir", "demo", "thư mục của huyện mẫu")
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "địa chỉ phục vụ; cổng 0 để máy tự chọn")
	c.Flags().IntVar(&residents, "residents", app.DemoResidents, "số dân của huyện mẫu")
	c.Flags().BoolVar(&noServe, "no-serve", false, "chỉ dựng, không mở bàn làm việc")
	c.Flags().BoolVar(&asJSON, "json", false, "in kết quả dạng JSON")
	return c
}

// tellDemo says where the demo is and who can sign in.
func tellDemo(w io.Writer, r *app.DemoReport, asJSON bool) error {
	if asJSON {
		return line(w, r)
	}
	fmt.Fprintf(w, "Huyện mẫu: %s người, %d đơn vị (%.1f giây).\n", vn.Int(int64(r.Residents)), r.Units, r.Seconds)
	fmt.Fprintf(w, "\n%-18s %-14s %s\n", "Tên đăng nhập", "Mật khẩu", "Ai")
	for _, a := range r.Accounts {
		fmt.Fprintf(w, "%-18s %-14s %s\n", a.Login, a.Password, a.Name)
	}
	if r.Address != "" {
		fmt.Fprintf(w, "\nMở trình duyệt tại %s (Ctrl+C để dừng)\n", r.Address)
	}
	return nil
}
