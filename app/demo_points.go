package app

import (
	"fmt"
	"strings"
	"time"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/points"
)

// collection plays the points of the last days and of those to come (KH:III.3.a–c, KH:III.3.e): fixed and mobile ones, a school with its
// pupils, sessions held and closed, one that goes on, the route of the next two weeks, one called off because of rain.
func (p *player) collection() error {
	police, ok := p.who["congan"]
	district := p.tree.ByCode("694")
	if !ok || district == nil || len(p.district.Communes) == 0 {
		return nil
	}
	defer p.at(demoDay, demoHour)
	const days = 8
	p.at(demoDay.Add(-days), 7*time.Hour)
	var kits []int64
	for i, k := range []points.Kit{{Name: "Bộ lưu động 1", Capacity: 40, Staff: 3}, {Name: "Bộ lưu động 2", Capacity: 35, Staff: 3}, {Name: "Bộ lưu động 3", Capacity: 30, Staff: 2}, {Name: "Bộ cố định Công an huyện", Capacity: 50, Staff: 4}, {Name: "Bộ dự phòng", Staff: 0}} {
		k.Unit = district.ID
		if i < 3 {
			k.Lat, k.Lon = 11.624, 106.602 // the district's town
		}
		n, err := p.app.Points.SaveKit(p.ctx, police, k)
		if err != nil {
			return err
		}
		kits = append(kits, n)
	}
	halls, err := p.halls(police)
	if err != nil || len(halls) < 2 {
		return err
	}
	n := 0
	for back := days; back >= 0; back-- {
		day := demoDay.Add(-back)
		if day.Time().In(clock.Zone).Weekday() == time.Sunday {
			continue
		}
		for k := range 2 {
			if err := p.heldSession(police, kits[k], halls[n%len(halls)], day, int64(20+5*k), back == 0); err != nil {
				return err
			}
			n++
		}
	}
	p.at(demoDay, demoHour)
	if _, err := p.app.Points.Route(p.ctx, police, points.Ask{Unit: district.ID, From: demoDay.Add(1), Until: demoDay.Add(16), Kits: kits[:3], Rest: []int{0}, Turnout: points.UsualTurnout}); err != nil {
		return err
	}
	if _, _, err := p.app.Points.Accept(p.ctx, police, district.ID); err != nil {
		return err
	}
	if err := p.town(police, kits[3]); err != nil {
		return err
	}
	return p.comingWeek(police, district.ID)
}

// halls makes the points where the sessions of the past days were: culture houses, a market, a company and a school with its pupils.
func (p *player) halls(police access.Viewer) ([]points.Point, error) {
	var out []points.Point
	school := false
	for i, c := range p.district.Communes {
		commune := p.tree.ByCode(c.Code)
		if commune == nil {
			continue
		}
		kids := p.tree.Children(commune.ID, demoDay)
		if len(kids) == 0 || i > 5 {
			continue
		}
		u := kids[0]
		pt := points.Point{Unit: u.ID, Name: "Nhà văn hóa " + u.Title(), Kind: points.Mobile, HostKind: points.HostCulture, Accessible: i != 2}
		switch i {
		case 1:
			pt.Name, pt.HostKind, pt.Host = "Trường THCS "+commune.Name, points.HostSchool, "Trường THCS "+commune.Name
			pt.HostDays = []time.Weekday{1, 2, 3, 4, 5}
		case 3:
			pt.Name, pt.HostKind, pt.Host = "Xưởng chế biến mủ cao su "+commune.Name, points.HostCompany, "Công ty cao su (mẫu)"
		case 4:
			pt.Name, pt.HostKind = "Chợ "+commune.Name, points.HostMarket
		}
		n, err := p.app.Points.SavePoint(p.ctx, police, pt)
		if err != nil {
			return nil, err
		}
		if pt.ID = n; pt.HostKind == points.HostSchool && !school {
			school = true
			if err := p.pupils(police, n, u.ID); err != nil {
				return nil, err
			}
		}
		out = append(out, pt)
	}
	return out, nil
}

// pupils writes the school's list, as a school would, and takes it in.
func (p *player) pupils(police access.Viewer, point, hamlet int64) error {
	list := "TT;Họ và tên;Ngày sinh;Lớp\n"
	err := p.app.DB.Read(p.ctx, func(tx *db.Tx) error {
		ids, err := people.LivingIn(tx, []int64{hamlet})
		if err != nil {
			return err
		}
		known, err := people.Load(tx, ids)
		n := 0
		for _, i := range ids {
			x := known[i]
			if x.Birth < "2007-01-01" || x.Birth > "2010-06-30" || len(x.Birth) != 10 || n >= 40 {
				continue
			}
			n++
			list += fmt.Sprintf("%d;%s;%s;%dA\n", n, x.Name, people.BirthTitle(x.Birth), 6+n%4)
		}
		list += fmt.Sprintf("%d;Nguyễn Văn Chuyển Đến;12/03/2009;9B\n", n+1)
		return err
	})
	if err != nil {
		return err
	}
	_, err = p.app.Points.BringRoster(p.ctx, police, point, "danh-sach-hoc-sinh.csv", strings.NewReader(list), int64(len(list)))
	return err
}

// heldSession plays one session: invited in the morning, checked in, closed; one that goes on has half of it.
func (p *player) heldSession(police access.Viewer, kit int64, at points.Point, day clock.Day, quota int64, going bool) error {
	p.at(day, 7*time.Hour)
	if !at.Receives(day) {
		return nil
	}
	s, err := p.app.Points.Hold(p.ctx, police, points.Session{Point: at.ID, Kit: kit, Day: day, From: "07:30", Until: "16:30", Quota: quota})
	if err != nil {
		return err
	}
	commune := at.Unit
	if c := p.tree.Commune(at.Unit); c != nil {
		commune = c.ID
	}
	channel := points.Channels()[int(quota+int64(len(at.Name)))%len(points.Channels())]
	if _, err := p.app.Points.Invite(p.ctx, police, points.InviteAsk{Session: s, Unit: commune, Channel: channel}); err != nil {
		return err
	}
	list, err := p.app.Points.Invitations(p.ctx, police, s)
	if err != nil {
		return err
	}
	for i, x := range list {
		if i%5 == 1 || i%7 == 3 || going && i > len(list)/2 {
			continue
		}
		p.at(day, 7*time.Hour+30*time.Minute+time.Duration(i)*4*time.Minute)
		if _, err := p.app.Points.CheckIn(p.ctx, police, s, x.Code); err != nil {
			return err
		}
	}
	if _, err := p.app.Points.CheckIn(p.ctx, police, s, ""); err != nil || going {
		return err
	}
	p.at(day, 17*time.Hour)
	_, _, err = p.app.Points.Shut(p.ctx, police, s)
	return err
}

// town holds the fixed point of the district's police on the working days to come.
func (p *player) town(police access.Viewer, kit int64) error {
	town := p.tree.ByCode("25357")
	if town == nil {
		town = p.tree.ByCode(p.district.Communes[0].Code)
	}
	at, err := p.app.Points.SavePoint(p.ctx, police, points.Point{Unit: town.ID, Name: "Công an huyện, bộ phận một cửa", Kind: points.Fixed, HostKind: points.HostOffice, Address: "Quốc lộ 13", Lat: 11.624, Lon: 106.602, Accessible: true, HostDays: []time.Weekday{1, 2, 3, 4, 5}})
	if err != nil {
		return err
	}
	for ahead := range 12 {
		day := demoDay.Add(ahead)
		if wd := day.Time().In(clock.Zone).Weekday(); wd == time.Sunday || wd == time.Saturday {
			continue
		}
		if _, err := p.app.Points.Hold(p.ctx, police, points.Session{Point: at, Kit: kit, Day: day, From: "07:30", Until: "17:00"}); err != nil {
			return err
		}
	}
	return nil
}

// comingWeek invites to tomorrow's mobile sessions and calls one of them off.
func (p *player) comingWeek(police access.Viewer, district int64) error {
	list, err := p.app.Points.Sessions(p.ctx, police, district, demoDay.Add(1), demoDay.Add(2))
	if err != nil {
		return err
	}
	n := 0
	for _, s := range list {
		if !s.Planned || !s.Live() || s.Day != demoDay.Add(1) {
			continue
		}
		if _, err := p.app.Points.Invite(p.ctx, police, points.InviteAsk{Session: s.ID, Unit: s.Unit, Channel: points.ByLetter, Want: 15}); err != nil {
			return err
		}
		if n++; n == 2 {
			if _, err := p.app.Points.Cancel(p.ctx, police, s.ID, "Mưa lớn, đường vào ấp bị ngập"); err != nil {
				return err
			}
		}
	}
	return nil
}
