package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rsc.io/qr"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
)

const phonesHref = "/dien-thoai"

// phonesScreen lists phones, and asks whom the next is for: first the team, then its member and the hamlets.
func (a *Ask) phonesScreen() (*Phones, error) {
	u, err := a.askedUnit("device.manage")
	if err != nil {
		return nil, err
	}
	list, err := a.Door.Devices(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, err
	}
	waiting, err := a.Canvass.WaitingOn(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, err
	}
	s := &Phones{Units: a.unitChoices("device.manage", u.ID), Unit: u.Code, Most: access.MaxUnits, None: Empty{Icon: "phone", Title: "Chưa có điện thoại nào", Text: "Chọn tổ ở dưới để cấp mã ghi danh cho điện thoại của một thành viên."}}
	s.Title, s.Area, s.Lead = "Điện thoại của tổ", phonesHref, u.Title()+": máy nào đang giữ danh sách, ai giữ, kết nối lần cuối khi nào."
	now := a.Clock()
	var in, lost, held int
	for i := range list {
		d := &list[i]
		r := PhoneRow{Name: d.Name, Team: d.TeamName, Places: a.placesOf(d.Units), Agent: d.Agent, Seen: stampVi(d.Seen), Until: stampVi(d.Until), State: "Đang dùng", Mood: "good", Waiting: int64(waiting[d.ID])}
		switch {
		case d.Revoked != "":
			r.State, r.Mood, r.Until = "Đã khóa", "bad", stampVi(d.Revoked)
		case !d.In(now):
			r.State, r.Mood = "Hết hạn", "warn"
			lost++
		default:
			in++
		}
		if d.Revoked == "" {
			r.Lock = phonesHref + "/" + id.String(d.ID) + "/khoa"
		}
		if r.Waiting > 0 && a.Who.May("field.settle", u.ID) == nil {
			r.WaitingHref = slipsHref + "?don_vi=" + url.QueryEscape(u.Code)
		}
		held += int(r.Waiting)
		s.Rows = append(s.Rows, r)
	}
	s.Stats = []Stat{{Label: "Đang dùng", Value: strconv.Itoa(in), Note: "điện thoại"}, {Label: "Hết hạn", Value: strconv.Itoa(lost), Note: "lâu không kết nối"}, {Label: "Phiếu chờ xử lý", Value: strconv.Itoa(held), Note: "do các máy này gửi"}}
	return s, a.phoneForm(s, u.ID)
}

func (a *Ask) placesOf(units []int64) string {
	var names []string
	for _, x := range units {
		if u := a.Who.Tree().ByID(x); u != nil {
			names = append(names, u.Title())
		}
	}
	return strings.Join(names, ", ")
}

// phoneForm offers the teams of a unit, and of the chosen one its members and hamlets.
func (a *Ask) phoneForm(s *Phones, unit int64) error {
	day := clock.DayOf(a.Clock())
	teams, err := a.Canvass.List(a.Ctx(), a.Who, unit, day)
	if err != nil {
		return err
	}
	asked := a.R.FormValue("to")
	var team *canvass.Team
	for i := range teams {
		t := &teams[i]
		if a.Who.May("device.manage", t.Unit) != nil {
			continue
		}
		c := Choice{id.String(t.ID), t.Name + ", " + a.Who.Tree().FullName(t.Unit), id.String(t.ID) == asked}
		if c.Chosen {
			team = t
		}
		s.Teams = append(s.Teams, c)
	}
	if team == nil {
		return nil
	}
	s.Team = asked
	members, err := a.Canvass.Members(a.Ctx(), a.Who, team.ID, day)
	if err != nil {
		return err
	}
	for _, m := range members {
		title := m.Name
		if m.Role != "" {
			title += ", " + vn.LowerFirst(m.Role)
		}
		s.Members = append(s.Members, Choice{id.String(m.ID), title, id.String(m.ID) == a.R.FormValue("member")})
	}
	units := a.hamletsFor(team.Unit)
	carried, err := a.Canvass.Carried(a.Ctx(), a.Who, units)
	if err != nil {
		return err
	}
	chosen := a.R.Form["hamlet"]
	for _, x := range units {
		h := a.Who.Tree().ByID(x)
		title := h.Title() + " (" + vn.Int(int64(carried[x])) + " người)"
		if x == team.Unit && len(units) > 1 && carried[x] == 0 {
			title = h.Title() + " (chỉ điểm danh ở điểm thu nhận)"
		}
		s.Hamlets = append(s.Hamlets, Choice{h.Code, title, slices.Contains(chosen, h.Code) || len(chosen) == 0 && (x == team.Unit || len(units) == 1)})
	}
	return nil
}

// hamletsFor lists whose lists a team's phone may carry: its own hamlet and those beside it, or all of a commune.
func (a *Ask) hamletsFor(unit int64) []int64 {
	tree := a.Who.Tree()
	u := tree.ByID(unit)
	if u == nil {
		return nil
	}
	over := u
	if up := tree.ByID(u.Parent); len(tree.Children(unit, "")) == 0 && up != nil {
		over = up
	}
	var out []int64
	if over == u && a.Who.May("device.manage", unit) == nil {
		out = append(out, unit) // for checking in at collection points: no list of people hangs on a commune itself
	}
	for _, h := range tree.Children(over.ID, "") {
		if a.Who.May("device.manage", h.ID) == nil {
			out = append(out, h.ID)
		}
	}
	if len(out) == 0 {
		out = append(out, unit)
	}
	return out
}

func showPhones(a *Ask) error {
	s, err := a.phonesScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// letPhoneIn gives a code and shows it on the answer, so that it never stands in an address.
func letPhoneIn(a *Ask) error {
	s, err := a.phonesScreen()
	if err != nil {
		return err
	}
	e, err := a.typedPhone(s)
	if err != nil {
		return Again(s, err)
	}
	code, until, err := a.Door.IssueEnrol(a.Ctx(), a.Who, *e)
	if err != nil {
		return Again(s, err)
	}
	out := &PhoneCode{Code: access.SpellCode(code), Until: until.In(clock.Zone).Format("15:04"), Holder: e.Name, Places: a.placesOf(e.Units), Back: phonesHref + "?don_vi=" + url.QueryEscape(s.Unit)}
	out.Title, out.Area, out.Lead = "Mã ghi danh", phonesHref, e.Name+", "+e.TeamName
	out.Crumbs = []Crumb{{"Điện thoại của tổ", out.Back}, {Title: "Mã ghi danh"}}
	picture, err := qr.Encode(a.home()+"/field/#ghi-danh="+code, qr.M)
	if err != nil {
		return err
	}
	out.Picture = pngURL(picture.PNG())
	carried, err := a.Canvass.Carried(a.Ctx(), a.Who, e.Units)
	if err != nil {
		return err
	}
	all := 0
	for _, n := range carried {
		all += n
	}
	if all > canvass.ManyOnPhone {
		out.Many = "Danh sách có " + vn.Int(int64(all)) + " người. Máy cũ có thể chậm; nếu được, hãy cấp ít ấp hơn."
	}
	return a.Show(out)
}

// typedPhone reads whom a phone is for.
func (a *Ask) typedPhone(s *Phones) (*access.Enrol, error) {
	n, err := id.Parse(a.Post("member"))
	if s.Team == "" || err != nil {
		return nil, fault.New(fault.Invalid, "web.phone_member", "Hãy chọn tổ và thành viên giữ điện thoại.").On("member")
	}
	team, err := id.Parse(s.Team)
	if err != nil {
		return nil, notHere
	}
	t, err := a.Canvass.Get(a.Ctx(), a.Who, team)
	if err != nil {
		return nil, err
	}
	members, err := a.Canvass.Members(a.Ctx(), a.Who, team, clock.DayOf(a.Clock()))
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(members, func(m canvass.Member) bool { return m.ID == n })
	if i < 0 {
		return nil, fault.New(fault.Invalid, "web.phone_member", "Hãy chọn tổ và thành viên giữ điện thoại.").On("member")
	}
	m := &members[i]
	e := &access.Enrol{Account: m.Account, Team: team, Member: n, Name: m.Name, TeamName: t.Name, Leads: m.Leads()}
	for _, code := range a.R.PostForm["hamlet"] {
		u := a.Who.Tree().ByCode(code)
		if u == nil {
			return nil, fault.New(fault.Missing, "web.no_unit", "Không có đơn vị mang mã này.").On("units")
		}
		e.Units = append(e.Units, u.ID)
	}
	return e, nil
}

// lockPhone shuts a phone out (law O3).
func lockPhone(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	if err := a.Door.RevokeDevice(a.Ctx(), a.Who, n); err != nil {
		return err
	}
	return a.Go(phonesHref + "?don_vi=" + url.QueryEscape(a.Post("don_vi")))
}
