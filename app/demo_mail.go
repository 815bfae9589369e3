package app

import (
	"context"
	"strings"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/mail"
	"bonphu/oversight/lead"
)

// demoReaders are the demo's accounts that have an address for letters; it is of no real domain (RFC 2606).
var demoReaders = []string{"lanhdao", "congan", "vanhoa", "quantri", "totruong"}

// letters plays a morning's letters: nothing leaves the machine, and one address is refused.
func (p *player) letters() error {
	if err := p.giveAddresses(); err != nil {
		return err
	}
	post := *p.app.Post
	post.Send = func(_ context.Context, l mail.Letter) error {
		if strings.HasPrefix(l.To, "vanhoa@") {
			return &mail.Failure{Code: mail.Refused, Final: true}
		}
		return nil
	}
	who := access.System("dữ liệu mẫu").On(p.tree)
	if _, err := post.Queue(p.ctx, who); err != nil {
		return err
	}
	_, _, err := post.SendDue(p.ctx, who)
	return err
}

// giveAddresses has some accounts want the letter of the day; one has said no to it.
func (p *player) giveAddresses() error {
	return p.write("mail.address", "địa chỉ thư mẫu", func(tx *db.Tx) error {
		for i, login := range demoReaders {
			if err := lead.SetAddress(tx, p.who[login].Account, login+"@bonphu.invalid", i != len(demoReaders)-1); err != nil {
				return err
			}
		}
		return nil
	})
}
