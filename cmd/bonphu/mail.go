package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/internal/fault"
	"bonphu/internal/mail"
)

// post is where letters go out: flags, or the environment. The password is never a flag: command lines are seen by everybody on the machine.
type post struct {
	server, from, name, password, ca, base, at string
}

// Names in the environment, for what is not given as a flag.
const (
	envServer   = "BONPHU_SMTP"
	envFrom     = "BONPHU_SMTP_FROM"
	envPassword = "BONPHU_SMTP_PASSWORD"
	envBase     = "BONPHU_LINK"
)

func (p *post) flags(c *cobra.Command) {
	c.Flags().StringVar(&p.server, "smtp", "", "máy chủ thư: smtp://tên@máy:587 (STARTTLS), smtps://máy:465, smtp+plain://127.0.0.1:25; hoặc biến "+envServer)
	c.Flags().StringVar(&p.from, "smtp-from", "", "địa chỉ người gửi; hoặc biến "+envFrom)
	c.Flags().StringVar(&p.name, "smtp-name", "Bốn phủ", "tên người gửi")
	c.Flags().StringVar(&p.password, "smtp-password-file", "", "tệp chứa mật khẩu máy chủ thư; hoặc biến "+envPassword)
	c.Flags().StringVar(&p.ca, "smtp-ca", "", "tệp PEM chứng thư gốc của máy chủ thư nội bộ")
	c.Flags().StringVar(&p.base, "link", "", "địa chỉ bàn làm việc ghi trong thư, như https://bonphu.example.vn; hoặc biến "+envBase)
	c.Flags().StringVar(&p.at, "mail-at", "06:30", "giờ gửi thư việc hôm nay")
}

// into puts the server into a config; no server named is none.
func (p *post) into(conf *app.Config) error {
	or := func(flag, env string) string {
		if flag != "" {
			return flag
		}
		return os.Getenv(env)
	}
	text := or(p.server, envServer)
	if text == "" {
		return nil
	}
	s, err := mail.Parse(text)
	if err != nil {
		return err
	}
	if s.From, err = mail.Address(or(p.from, envFrom)); err != nil {
		return fault.New(fault.Invalid, "cmd.smtp_from", "Hãy cho biết địa chỉ người gửi: --smtp-from bonphu@example.vn")
	}
	s.Name, s.CAFile, s.Password = p.name, p.ca, os.Getenv(envPassword)
	if p.password != "" {
		b, err := os.ReadFile(p.password)
		if err != nil {
			return fault.New(fault.Missing, "cmd.smtp_password", "Không đọc được tệp mật khẩu máy chủ thư.")
		}
		s.Password = strings.TrimRight(string(b), "\r\n")
	}
	at, err := time.Parse("15:04", p.at)
	if err != nil {
		return fault.New(fault.Invalid, "cmd.mail_at", "Giờ gửi thư viết như 06:30.")
	}
	conf.Mail, conf.Base, conf.MailAt = s, or(p.base, envBase), time.Duration(at.Hour())*time.Hour+time.Duration(at.Minute())*time.Minute
	return nil
}

// posted is what `bonphu mail --send-due --json` prints.
type posted struct {
	Sent    int `json:"sent"`
	NotSent int `json:"not_sent"`
}

func newMail() *cobra.Command {
	var p place
	var m post
	var test string
	var due, asJSON bool
	c := &cobra.Command{
		Use: "mail (--test ĐỊA-CHỈ | --send-due) [--db X | --dir D] --smtp … --smtp-from …", Short: "Thử máy chủ thư, hoặc gửi ngay những thư việc hôm nay đến giờ", Args: none,
		Example: "  bonphu mail --dir du-lieu --test toi@example.vn --smtp smtp://bonphu@thu.example.vn --smtp-from bonphu@example.vn --smtp-password-file mat-khau.txt",
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			if (test == "") == !due {
				return fault.New(fault.Invalid, "cmd.mail_what", "Chọn một trong hai: --test ĐỊA-CHỈ hoặc --send-due.")
			}
			conf, err := p.config(ctx, false)
			if err != nil {
				return err
			}
			if err := m.into(&conf); err != nil {
				return err
			}
			if conf.Mail == nil {
				return fault.New(fault.Invalid, "cmd.no_smtp", "Chưa đặt máy chủ thư: --smtp hoặc biến %s.", envServer)
			}
			a, err := openWith(ctx, conf)
			if err != nil {
				return err
			}
			defer a.Close()
			if test != "" {
				to, err := mail.Address(test)
				if err != nil {
					return err
				}
				if err := a.Post.TryTo(ctx, to); err != nil {
					return err
				}
				if !asJSON {
					fmt.Fprintln(c.OutOrStdout(), "Máy chủ thư đã nhận thư thử.")
					return nil
				}
				return line(c.OutOrStdout(), posted{Sent: 1})
			}
			who, err := self(ctx, a, "mail")
			if err != nil {
				return err
			}
			sent, not, err := a.SendLetters(ctx, who)
			if err != nil {
				return err
			}
			if !asJSON {
				fmt.Fprintf(c.OutOrStdout(), "Đã gửi %d thư, %d thư chưa gửi được (xem trang Thư đã gửi).\n", sent, not)
				return nil
			}
			return line(c.OutOrStdout(), posted{sent, not})
		},
	}
	p.flags(c)
	m.flags(c)
	c.Flags().StringVar(&test, "test", "", "gửi một thư thử đến địa chỉ này")
	c.Flags().BoolVar(&due, "send-due", false, "gửi những thư việc hôm nay đã đến giờ và thư lỗi đến lượt gửi lại")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}
