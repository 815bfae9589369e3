package app

import (
	"time"

	"bonphu/oversight/reconcile"
)

// hearings plays what the communes and the district's police say of the denied claims: some answered, some decided, the latest still
// waiting (KH:IV.2.a).
func (p *player) hearings() error {
	district, ok := p.who["congan"]
	if !ok {
		return nil
	}
	p.app.Book.Keep() // the figures are told: from here on every change keeps them
	p.at(demoDay, 9*time.Hour)
	defer p.at(demoDay, demoHour)
	for c := range p.district.Communes {
		commune := &p.district.Communes[c]
		u, police := p.tree.ByCode(commune.Code), p.who[policeOf(commune.Name)]
		if u == nil {
			continue
		}
		list, _, err := p.app.Reconcile.Items(p.ctx, police, reconcile.Ask{Unit: u.ID, State: reconcile.Open, N: 8 + c%5})
		if err != nil {
			return err
		}
		for n := range list[:(2*len(list)+2)/3] { // the others are still asked
			code := reconcile.Codes[(n+c)%len(reconcile.Codes)]
			if err := p.app.Reconcile.Answer(p.ctx, police, reconcile.Answer{Claim: list[n].Claim, Code: code, Text: answers[code]}); err != nil {
				return err
			}
			if n%2 == 1 {
				continue // waits for the verdict
			}
			v := reconcile.Verdict{Claim: list[n].Claim, Code: code, Text: "Đối chiếu hồ sơ và giải trình của tổ."}
			if code == reconcile.ExtractLate {
				v.WaitUntil = demoDay.Add(7)
			}
			if err := p.app.Reconcile.Decide(p.ctx, district, v); err != nil {
				return err
			}
		}
		if err := p.selfDeclared(u.ID, c); err != nil {
			return err
		}
	}
	return nil
}

// answers are what teams say in the demo.
var answers = map[reconcile.Code]string{
	reconcile.ExtractLate: "Đã làm tại nhà văn hóa ấp, giấy hẹn còn giữ; bản trích xuất chưa cập nhật.",
	reconcile.WrongNumber: "Tổ ghi nhầm một chữ số khi nhập trên điện thoại.",
	reconcile.Twin:        "Người này có hai hồ sơ, kết quả nằm ở hồ sơ kia.",
	reconcile.NotDone:     "Công dân vắng nhà, tổ đã ghi trước; nhận thiếu sót.",
}

// selfDeclared keeps what two of three communes sent by text the evening before, some of it with arithmetic that does not hold.
func (p *player) selfDeclared(unit int64, c int) error {
	if c%3 == 2 {
		return nil
	}
	who, plan := p.who["congan"], p.app.Plan()
	day := demoDay.Add(-1)
	told, err := p.app.Figures.Standings(p.ctx, who, []int64{unit}, day)
	if err != nil {
		return err
	}
	for i := range plan.Targets {
		t := &plan.Targets[i]
		s := told[unit][t.ID]
		if !t.Main || s.Goal == 0 {
			continue
		}
		d := reconcile.Declared{Unit: unit, Target: t.ID, Day: day, Done: s.Confirmed + s.Claimed*int64(c%3)/2, Whole: s.Goal, Source: "tin nhắn lúc 17 giờ"}
		if c == 1 && i == 0 {
			d.Percent = "99,9"
		}
		if _, err := p.app.Reconcile.Declare(p.ctx, who, d); err != nil {
			return err
		}
	}
	return nil
}
