package app

import (
	"time"

	"bonphu/internal/id"
	"bonphu/oversight/inspection"
)

// inspections plays two inspections of the supervision team: one of a commune's claims, closed, and one of the district's exclusions
// that runs (KH:IV.2.a; laws J1, W2). What is found is made up.
func (p *player) inspections() error {
	team, ok := p.who["kiemtra"]
	if !ok || len(p.district.Communes) == 0 {
		return nil
	}
	defer p.at(demoDay, demoHour)
	commune := p.tree.ByCode("25330")
	if commune == nil {
		commune = p.tree.ByCode(p.district.Communes[0].Code)
	}
	target, most := "", int64(-1) // the one with the most claims that wait
	for i := range p.app.Plan().Targets {
		t := &p.app.Plan().Targets[i]
		if !t.Main {
			continue
		}
		size, err := p.app.Inspect.Preview(p.ctx, team, inspection.Planning{Unit: commune.ID, Kind: inspection.Claimed, Target: t.ID})
		if err != nil {
			return err
		}
		if size.Frame > most {
			target, most = t.ID, size.Frame
		}
	}
	one := inspection.Planning{Unit: commune.ID, Kind: inspection.Claimed, Target: target, Margin: 0.1, Expected: 0.1, Seed: "xổ số Bình Phước 20-5: 274906", Note: "Kế hoạch kiểm tra của tổ công tác huyện"}
	if err := p.inspect(one, 1, true); err != nil {
		return err
	}
	two := inspection.Planning{Unit: p.tree.ByCode("694").ID, Kind: inspection.Excluded, Margin: 0.08, Expected: 0.1, Seed: "xổ số Bình Phước 22-5: 508113", Note: "Kiểm tra người được đưa ra ngoài diện tính"}
	if team.May("inspect.plan", two.Unit) != nil {
		return nil
	}
	return p.inspect(two, 2, false)
}

// inspect plays one inspection; one that is not finished has a result for about half of its sample. An inspection whose frame is
// empty stays planned.
func (p *player) inspect(what inspection.Planning, start int, finish bool) error {
	team := p.who["kiemtra"]
	hour := time.Duration(6+start) * time.Hour
	p.at(demoDay, hour)
	n, err := p.app.Inspect.New(p.ctx, team, what)
	if err != nil {
		return err
	}
	size, err := p.app.Inspect.Preview(p.ctx, team, what)
	if err != nil || size.Frame == 0 {
		return err
	}
	p.at(demoDay, hour+5*time.Minute)
	if err := p.app.Inspect.Draw(p.ctx, team, n); err != nil {
		return err
	}
	list, err := p.app.Inspect.Items(p.ctx, team, n, "")
	if err != nil {
		return err
	}
	for i := range list {
		if !finish && i%2 == 1 {
			continue
		}
		r := inspection.Record{ID: id.New(), Inspection: n, Person: list[i].Person.ID, Result: inspection.True}
		switch i % 29 {
		case 6:
			r.Result, r.Note = inspection.False, "Chưa có, tổ ghi trước"
			if what.Kind == inspection.Excluded {
				r.Note = "Gặp tại nhà"
			}
		case 10, 22:
			r.Result, r.Note = inspection.Absent, "Đi làm xa, hàng xóm xác nhận tối mới về"
		case 17:
			r.Result = inspection.Refused
		}
		p.at(demoDay, hour+10*time.Minute+time.Duration(i)*20*time.Second)
		if err := p.app.Inspect.Record(p.ctx, team, r); err != nil {
			return err
		}
	}
	if !finish {
		return nil
	}
	return p.app.Inspect.Close(p.ctx, team, n)
}
