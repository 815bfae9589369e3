package app

import (
	"time"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/ops/budget"
)

// funds plays the proposals of funds (KH:III.3.f, KH:V.5): most decided on, some with less than was asked, partly paid; one returned, two waiting.
func (p *player) funds() error {
	money, ok := p.who["taichinh"]
	if !ok {
		return nil
	}
	defer p.at(demoDay, demoHour)
	home := p.tree.Home()
	from := p.app.Plan().From
	write := func(day int, who access.Viewer, x budget.Proposal) (int64, error) {
		p.at(from.Add(day), 9*time.Hour)
		n, err := p.app.Budget.Save(p.ctx, who, x)
		if err != nil {
			return 0, err
		}
		p.at(from.Add(day), 10*time.Hour)
		return n, p.app.Budget.Send(p.ctx, who, n, 1)
	}
	for i, c := range p.district.Communes {
		chair, ok := p.who[chairOf(c.Name)]
		u := p.tree.ByCode(c.Code)
		if !ok || u == nil || i == 9 {
			continue
		}
		teams, days := int64(6+i%5), int64(20+i%3*5)
		x := budget.Proposal{Title: "Kinh phí đợt cao điểm của " + u.Kind + " " + u.Name, Reason: "Thành viên tổ ấp, sóc, khu phố và tổ tình nguyện không hưởng lương đi buổi tối; tuyên truyền đến từng ấp.",
			Lines: []budget.Line{{Norm: "ngay_cong", Parts: []int64{teams * 2, days}}, {Norm: "bang_ron", Parts: []int64{teams}}, {Norm: "to_roi", Parts: []int64{teams, 300}}, {Norm: "xang_xe", Parts: []int64{2, days}}}}
		n, err := write(9+i%4, chair, x)
		if err != nil {
			return err
		}
		if i == 2 || i == 11 {
			continue // waits for a decision
		}
		if i == 6 {
			p.at(from.Add(14), 15*time.Hour)
			if err := p.app.Budget.Return(p.ctx, money, n, "Nêu rõ số buổi tối của từng tổ; bổ sung báo giá in tờ rơi."); err != nil {
				return err
			}
			continue
		}
		if err := p.decide(money, chair, n, from.Add(16+i%3), i%4 == 1); err != nil {
			return err
		}
	}
	police, ok := p.who["congan"]
	if !ok || home == nil {
		return nil
	}
	n, err := write(8, police, budget.Proposal{Title: "Thuê bộ thu nhận lưu động, thiết bị cho điểm cố định", Reason: "Bảo đảm đủ bộ thu nhận cho lịch lưu động toàn huyện.",
		Lines: []budget.Line{{Norm: "may_van_tay", Parts: []int64{4, 60}}, {Norm: "man_hinh", Parts: []int64{2}}, {Title: "Đường truyền dự phòng 4G", Per: "gói-tháng", Basis: "Báo giá nhà mạng ngày 12/4", Parts: []int64{4, 3}, Price: 150_000}}})
	if err != nil {
		return err
	}
	return p.decide(money, police, n, from.Add(12), true)
}

// decide plays a decision and what was paid since.
func (p *player) decide(money, owner access.Viewer, n int64, day clock.Day, less bool) error {
	p.at(day, 15*time.Hour)
	x, err := p.app.Budget.Get(p.ctx, money, n)
	if err != nil {
		return err
	}
	grants := map[int64]budget.Grant{}
	if less {
		l := &x.Lines[0]
		grants[l.ID] = budget.Grant{Quantity: l.Quantity() * 8 / 10, Why: "cân đối trong nguồn của huyện"}
	}
	if err := p.app.Budget.Approve(p.ctx, money, n, grants); err != nil {
		return err
	}
	if x, err = p.app.Budget.Get(p.ctx, money, n); err != nil {
		return err
	}
	for k := range x.Lines {
		l := &x.Lines[k]
		p.at(day.Add(6+3*k), 11*time.Hour)
		err := p.app.Budget.Pay(p.ctx, owner, n, budget.Spend{Line: l.ID, Amount: l.Granted() * int64(6-k) / 10, Document: "PC-" + day.Add(6+3*k).Vi()})
		if err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	return nil
}
