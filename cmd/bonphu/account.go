package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/core/access"
	"bonphu/internal/fault"
)

func newAccount() *cobra.Command {
	c := &cobra.Command{Use: "account", Short: "Tài khoản: tạo, đặt lại mật khẩu", Args: none, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(newAccountCreate(), newAccountReset(), newAccountList())
	return c
}

func newAccountCreate() *cobra.Command {
	var p place
	var login, name, role, unit string
	c := &cobra.Command{
		Use: "create [--db X | --dir D] --login TÊN --name HỌ-TÊN --role VAI-TRÒ [--unit MÃ]", Short: "Tạo tài khoản và in mật khẩu dùng một lần", Args: none,
		Example: "  bonphu account create --db hon-quan.db --login quantri --name \"Quản trị hệ thống\" --role sysadmin",
		RunE: func(c *cobra.Command, _ []string) error {
			return withAccounts(c, &p, func(ctx context.Context, a *app.App, who access.Viewer) error {
				u, err := unitOrPlace(a, who, unit)
				if err != nil {
					return err
				}
				if u == nil {
					return fault.New(fault.Invalid, "cmd.no_units", "Chưa có đơn vị nào. Hãy nhập danh mục đơn vị trước.")
				}
				_, password, err := a.Door.Create(ctx, who, access.Account{Login: login, Name: name, Grants: []access.Grant{{Role: role, Unit: u.ID}}})
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.OutOrStdout(), "Đã tạo %s (%s, %s). Mật khẩu dùng một lần: %s\n", login, access.RoleTitle(role), u.Title(), password)
				return err
			})
		},
	}
	p.flags(c)
	c.Flags().StringVar(&login, "login", "", "tên đăng nhập")
	c.Flags().StringVar(&name, "name", "", "họ và tên")
	c.Flags().StringVar(&role, "role", "", "vai trò: "+roles())
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị; bỏ trống là địa bàn của kế hoạch")
	return c
}

func roles() string {
	s := ""
	for i, r := range access.Grantable() {
		if i > 0 {
			s += ", "
		}
		s += r.ID + " (" + r.Title + ")"
	}
	return s
}

func newAccountReset() *cobra.Command {
	var p place
	var login string
	var totp bool
	c := &cobra.Command{
		Use: "reset [--db X | --dir D] --login TÊN [--totp]", Short: "Đặt lại mật khẩu, hoặc gỡ mã xác thực đã mất", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			return withAccounts(c, &p, func(ctx context.Context, a *app.App, who access.Viewer) error {
				list, err := a.Door.Accounts(ctx, who, login)
				if err != nil {
					return err
				}
				for _, x := range list {
					if x.Login != login {
						continue
					}
					if totp {
						if err := a.Door.ResetTOTP(ctx, who, x.ID); err != nil {
							return err
						}
					}
					password, err := a.Door.ResetPassword(ctx, who, x.ID)
					if err == nil {
						_, err = fmt.Fprintf(c.OutOrStdout(), "Mật khẩu dùng một lần của %s: %s\n", login, password)
					}
					return err
				}
				return fault.New(fault.Missing, "cmd.account", "Không có tài khoản “%s”.", login)
			})
		},
	}
	p.flags(c)
	c.Flags().StringVar(&login, "login", "", "tên đăng nhập")
	c.Flags().BoolVar(&totp, "totp", false, "gỡ cả mã xác thực; người dùng đặt lại khi đăng nhập")
	return c
}

func newAccountList() *cobra.Command {
	var p place
	c := &cobra.Command{
		Use: "list [--db X | --dir D]", Short: "Liệt kê tài khoản", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			return withAccounts(c, &p, func(ctx context.Context, a *app.App, who access.Viewer) error {
				list, err := a.Door.Accounts(ctx, who, "")
				for _, x := range list {
					for _, g := range x.Grants {
						fmt.Fprintf(c.OutOrStdout(), "%-20s %-30s %s, %s\n", x.Login, x.Name, access.RoleTitle(g.Role), who.Tree().FullName(g.Unit))
					}
				}
				return err
			})
		},
	}
	p.flags(c)
	return c
}

func withAccounts(c *cobra.Command, p *place, do func(context.Context, *app.App, access.Viewer) error) error {
	ctx := c.Context()
	a, who, err := p.as(ctx, "account")
	if err != nil {
		return err
	}
	defer a.Close()
	return do(ctx, a, who)
}
