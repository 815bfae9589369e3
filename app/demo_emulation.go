package app

import (
	"time"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/oversight/emulation"
)

// rounds plays the sum after the first stretch: the ranks as of its last day are frozen and made public, and a commune that is not
// considered objects; the leadership has not decided yet (KH:IV.2.b).
func (p *player) rounds() error {
	propose, ok := p.who["congan"]
	lead, led := p.who["lanhdao"]
	if !ok || !led {
		return nil
	}
	p.at(demoDay, 11*time.Hour)
	defer p.at(demoDay, demoHour)
	book := p.app.Emulation
	round, err := book.Open(p.ctx, propose, emulation.Communes, clock.Day("2024-05-08"), "Sơ kết đợt 1")
	if err != nil {
		return err
	}
	if err := book.Publish(p.ctx, lead, round); err != nil {
		return err
	}
	r, err := book.Round(p.ctx, access.System("dữ liệu mẫu").On(p.tree), round)
	if err != nil {
		return err
	}
	for i := range r.List {
		v := &r.List[i]
		u := p.tree.ByID(v.Evidence.Unit)
		if v.Class != emulation.Excluded || u == nil {
			continue
		}
		chair, ok := p.who[chairOf(u.Name)]
		if !ok {
			continue
		}
		_, err := book.Contest(p.ctx, chair, round, v.Evidence.Key, "Xã đã gửi báo cáo bằng văn bản giấy đúng hạn, có dấu đến của văn thư huyện; đề nghị xem xét lại.")
		return err
	}
	return nil
}
