package app

import (
	"time"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/ops/canvass"
)

// teamwork plays what teams are given and how far the hamlets are (KH:III.1.c, KH:III.2.b, KH:III.2.d): volunteers at a school and a market, a
// collaborator of an operator, a household given to other hands, hamlets opened and closed one after another. The dealing itself is the
// night's work; who joined since gets a part in the morning.
func (p *player) teamwork() error {
	police, ok := p.who["congan"]
	if !ok || len(p.district.Communes) == 0 {
		return nil
	}
	defer p.at(demoDay, demoHour)
	commune := p.tree.ByCode("25330")
	if commune == nil {
		commune = p.tree.ByCode(p.district.Communes[0].Code)
	}
	p.at(demoDay.Add(-14), 8*time.Hour)
	if err := p.volunteers(police, commune.ID); err != nil {
		return err
	}
	if err := p.handsChanged(police, commune.ID); err != nil {
		return err
	}
	p.at(demoDay, 8*time.Hour)
	if _, err := p.app.Canvass.Assign(p.ctx, police, commune.ID, demoDay); err != nil {
		return err
	}
	return p.hamletRounds(police)
}

// volunteers makes two volunteer teams and puts an operator's collaborator into a hamlet's team.
func (p *player) volunteers(who access.Viewer, commune int64) error {
	for _, t := range []canvass.Team{
		{Unit: commune, Kind: canvass.KindVolunteer, Place: canvass.PlaceSchool, Name: "Đội thanh niên tình nguyện tại trường học", Capacity: 15, Rest: []time.Weekday{0}, From: p.day()},
		{Unit: commune, Kind: canvass.KindVolunteer, Place: canvass.PlaceMarket, Name: "Tổ phụ nữ tình nguyện tại chợ", Capacity: 10, From: p.day()},
	} {
		if _, err := p.app.Canvass.Add(p.ctx, who, t); err != nil {
			return err
		}
	}
	list, err := p.app.Canvass.List(p.ctx, who, commune, p.day())
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.Kind == canvass.KindHamlet {
			_, err := p.app.Canvass.AddMember(p.ctx, who, canvass.Member{Team: t.ID, Name: "Trần Cộng Tác", Role: canvass.RoleOperator, Phone: "0900000001", From: p.day()})
			return err
		}
	}
	return nil
}

// handsChanged gives one household of each of the commune's first hamlets to the commune's own team.
func (p *player) handsChanged(who access.Viewer, commune int64) error {
	p.at(demoDay.Add(-1), 9*time.Hour)
	list, err := p.app.Canvass.List(p.ctx, who, commune, p.day())
	if err != nil {
		return err
	}
	team := int64(0)
	for _, t := range list {
		if t.Unit == commune && t.Kind == canvass.KindCommune {
			team = t.ID
		}
	}
	if team == 0 {
		return nil
	}
	for _, why := range []string{"Gia đình đề nghị cán bộ xã đến", "Nhà ở xa, tổ ấp không có xe"} {
		p.at(p.day(), time.Duration(p.clock().In(clock.Zone).Hour()+1)*time.Hour)
		found, err := p.app.Canvass.Find(p.ctx, who, commune, "Điểu")
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.Assigned.How == canvass.Dealt && f.Assigned.Team != team {
				if err := p.app.Canvass.Reassign(p.ctx, who, []int64{f.ID}, team, 0, why); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

// hamletRounds opens most hamlets in turn and closes the first ones with who is left.
func (p *player) hamletRounds(who access.Viewer) error {
	start := p.app.Plan().From
	n := 0
	for _, u := range p.tree.All() {
		if u.Tier != territory.TierHamlet {
			continue
		}
		n++
		if n%10 == 0 {
			continue // not opened yet
		}
		p.at(start.Add(7+n%20), 7*time.Hour+30*time.Minute)
		if err := p.app.Canvass.OpenRound(p.ctx, who, u.ID); err != nil {
			return err
		}
	}
	n = 0
	for _, u := range p.tree.All() {
		if u.Tier != territory.TierHamlet {
			continue
		}
		if n++; n > 12 || n%4 != 1 {
			continue
		}
		p.at(demoDay.Add(-n/4), 16*time.Hour)
		if _, err := p.app.Canvass.CloseRound(p.ctx, who, u.ID, "Đã đi hết các hộ; những người còn lại đi làm xa, hẹn gặp dịp lễ"); err != nil {
			return err
		}
	}
	return nil
}

// day is the day on which the player's clock stands.
func (p *player) day() clock.Day { return clock.DayOf(p.clock()) }
