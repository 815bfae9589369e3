package village

import "bonphu/internal/clock"

// Before and Never are the days of what was so when the campaign began, and of what does not come to be.
const (
	Before = -1
	Never  = 1 << 14
)

// Path is a person's way through the campaign: the number of the day (0 is the first) on which each thing truly came to be.
// Before, Never: see there.
type Path struct {
	Card     int16 // the citizen card was issued
	Approved int16 // the e-ID account was approved
	Level    int8  // of the account: 1 or 2
	Active   int16 // the account was activated
	Owner    int16 // the SIM is registered on its owner
	Sign     int16 // the SIM has a digital signature
	Smart    int16 // has a 4G phone
	Old2G    bool  // had a 2G phone before
	Honest   bool  // achievements are claimed by a team on their day; else they first appear in an extract
	False    int16 // on this day a team claims what is not so; Never for most
}

// Status is what a list would say of a person on a day, in the words lists use.
type Status struct {
	Card   bool
	Level  int // of the account, 0 for none
	Active bool
	Owner  bool
	Sign   bool
	Device string // "4G", "2G", "" for none
}

// At tells how a person stands at the end of a day of the campaign.
func (p *Path) At(day int) Status {
	d := int16(day)
	s := Status{Card: p.Card <= d, Owner: p.Owner <= d, Sign: p.Sign <= d, Active: p.Active <= d}
	if p.Approved <= d {
		s.Level = int(p.Level)
	}
	switch {
	case p.Smart <= d:
		s.Device = "4G"
	case p.Old2G:
		s.Device = "2G"
	}
	return s
}

// The words of the status columns.
func (s Status) cardWord() string {
	if s.Card {
		return "Đã cấp"
	}
	return "Chưa cấp"
}

func (s Status) accountWord() string {
	switch {
	case s.Level == 0:
		return "Chưa có"
	case s.Level == 1 && s.Active:
		return "Mức 1 - Đã kích hoạt"
	case s.Level == 1:
		return "Mức 1 - Chưa kích hoạt"
	case s.Active:
		return "Mức 2 - Đã kích hoạt"
	}
	return "Mức 2 - Đã phê duyệt, chưa kích hoạt"
}

func yesNo(b bool) string {
	if b {
		return "Có"
	}
	return "Không"
}

func (s Status) deviceWord() string {
	if s.Device == "" {
		return "Không có"
	}
	return s.Device
}

// ageAt is the person's age on the first day of the campaign, by years.
func (d *District) ageAt(p *Person) int { return d.Start.Time().Year() - p.Year }

// Eligible tells whether the person is due a citizen card: born before July 2010 (KH:IV.1.a) and still there.
func (p *Person) Eligible() bool {
	return p.Year < 2010 || p.Year == 2010 && p.Month > 0 && p.Month < 7
}

// life draws how the person stands when the campaign begins and what becomes of it. Shares follow what the province
// reported in spring 2024: about 1 in 20 without a card, more than half the accounts active, 18 % signed SIMs, 70 % 4G.
func (m *maker) life(p *Person) {
	r := m.r
	x := &p.Path
	*x = Path{Card: Never, Approved: Never, Active: Never, Owner: Never, Sign: Never, Smart: Never, False: Never, Honest: r.IntN(100) < 84}
	p.team, p.mess = int8(r.IntN(10)), uint8(r.IntN(250))
	m.fact(p)
	age := m.d.ageAt(p)
	if age < 12 {
		return
	}
	remote := p.Ethnic == sTieng || p.Ethnic == khmerOf
	lot := func(percent int) bool {
		if remote {
			percent = percent * 4 / 5
		}
		return r.IntN(100) < percent
	}
	gone := p.Fact.Kind != "" && p.Fact.Kind != "hard"
	last := m.d.Days()
	// reach draws the day on which the teams get there, or Never
	reach := func(from int16, share float64) int16 {
		u := r.Float64()
		if gone || r.Float64() > share*m.h.pace {
			return Never
		}
		day := int16(float64(last) * (0.85*u + 0.15*u*u) / min(1.1, m.h.pace+0.05))
		return min(max(day, from+1), int16(last)-1)
	}
	if p.Eligible() {
		switch {
		case p.Fact.Kind == "hard":
			x.Card = reach(0, 0.7)
		case remote && r.IntN(100) < 91, !remote && r.IntN(100) < 97:
			x.Card = Before
		default:
			x.Card = reach(0, 0.92)
		}
	}
	if x.Card < Never {
		x.Level = 2
		if r.IntN(100) < 14 {
			x.Level = 1
		}
		switch {
		case x.Card == Before && lot(61):
			x.Approved, x.Active = Before, Before
		case x.Card == Before && lot(58):
			x.Approved, x.Active = Before, reach(0, 0.95)
		default:
			x.Level = 2
			x.Approved = reach(max(x.Card, 0)+3, 0.9)
			if x.Approved < Never {
				x.Active = reach(x.Approved+2, 0.97)
			}
		}
	}
	if age < 14 || age > 88 && r.IntN(3) > 0 {
		return
	}
	switch {
	case lot(75):
		x.Smart = Before
	case r.IntN(100) < 62:
		x.Old2G, x.Smart = true, reach(0, 0.72)
	default:
		x.Smart = reach(0, 0.45)
	}
	if x.Smart == Before || x.Old2G {
		p.Phone = m.phone(p)
	}
	if p.Phone != "" && lot(66) {
		x.Owner = Before
	} else if p.Phone != "" || x.Smart < Never {
		x.Owner = reach(0, 0.9)
	}
	switch {
	case x.Owner == Before && x.Active == Before && r.IntN(100) < 46:
		x.Sign = Before
	case x.Owner < Never && x.Active < Never:
		x.Sign = reach(max(x.Owner, x.Active, 0), 0.88)
	}
	if r.IntN(100) < 2 {
		x.False = int16(1 + r.IntN(last-2))
	}
}

// fact draws who is abroad, in custody, absent, dead, moved away or hard to reach.
func (m *maker) fact(p *Person) {
	age := m.d.ageAt(p)
	n := m.r.IntN(10_000)
	p.Fact = Fact{}
	from := m.d.Start.Add(-30 - m.r.IntN(900))
	set := func(kind, evidence string) { p.Fact = Fact{Kind: kind, From: from, Evidence: evidence} }
	switch {
	case age >= 19 && age < 50 && n < 60:
		set("abroad", "Thông báo xuất cảnh, Công an xã xác nhận")
	case age >= 18 && age < 60 && n < 72:
		set("custody", "Bản án có hiệu lực, thông báo của cơ sở giam giữ")
	case age >= 16 && n < 150:
		set("absent", "Biên bản xác minh tại ấp, hai hộ liền kề xác nhận")
	case age >= 60 && n < 260:
		set("dead", "Trích lục khai tử")
	case n >= 300 && n < 335:
		set("moved", "Giấy chuyển hộ khẩu")
	case age >= 16 && n >= 400 && n < 540, age >= 75 && n >= 400 && n < 900:
		set("hard", []string{"Già yếu, không đi lại được", "Khuyết tật nặng", "Bệnh tâm thần, có hồ sơ của trạm y tế", "Thiếu giấy tờ hộ tịch", "Đi làm ăn xa, ít về", "Sai lệch thông tin khai sinh"}[m.r.IntN(6)])
	}
	if p.Fact.Kind == "dead" || p.Fact.Kind == "moved" {
		p.Fact.From = m.d.Start.Add(m.r.IntN(m.d.Days() - 1))
	}
}

// Claim is what a team says it brought about for a person (law C2: claimed).
type Claim struct {
	Person   *Person
	Coverage string // as the shipped plan spells them: "cccd", "eid", "sim", "phone"
	State    string // "issued"; "active"; "owner", "signed"; "smart4g"
	Day      clock.Day
	Team     int  // in District.Teams
	False    bool // it is not so: an extract will deny it
}

// ClaimsOf lists a person's claims from a day on and up to a day (numbers of days, both included), in no order.
func (d *District) ClaimsOf(p *Person, from, to int) []Claim {
	var out []Claim
	add := func(coverage, state string, day int16, lie bool) {
		if int(day) < from || int(day) > to || day < 0 || day >= Never || !lie && !p.Path.Honest {
			return
		}
		out = append(out, Claim{Person: p, Coverage: coverage, State: state, Day: d.Start.Add(int(day)), Team: d.teamFor(p), False: lie})
	}
	x := &p.Path
	add("cccd", "issued", x.Card, false)
	add("eid", "active", x.Active, false)
	if x.Sign >= 0 && x.Sign < Never {
		add("sim", "signed", x.Sign, false)
	} else {
		add("sim", "owner", x.Owner, false)
	}
	add("phone", "smart4g", x.Smart, false)
	if x.False < Never {
		switch s := x.At(int(x.False)); {
		case s.Level > 0 && !s.Active && x.Active == Never:
			add("eid", "active", x.False, true)
		case s.Owner && !s.Sign && x.Sign == Never:
			add("sim", "signed", x.False, true)
		case s.Device == "2G" && x.Smart == Never:
			add("phone", "smart4g", x.False, true)
		}
	}
	return out
}

// Claims calls fn for every claim from one day to another (numbers of days, both included), person by person. The Person is
// used again after fn returns.
func (d *District) Claims(from, to int, fn func(Claim) error) error {
	return d.Each(func(p *Person) error {
		for _, c := range d.ClaimsOf(p, from, to) {
			if err := fn(c); err != nil {
				return err
			}
		}
		return nil
	})
}
