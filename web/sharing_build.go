package web

import (
	"net/url"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
)

const sharingHref = "/phan-cong"

// sharingScreen tells how the work of a unit is shared out.
func (a *Ask) sharingScreen() (*Sharing, *territory.Unit, error) {
	u, err := a.askedUnit("field.see")
	if err != nil {
		return nil, nil, err
	}
	if _, err := a.campaignPlan(); err != nil {
		return nil, nil, err
	}
	shares, err := a.Canvass.Shares(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, nil, err
	}
	tree := a.Who.Tree()
	s := &Sharing{Units: a.unitChoices("field.see", u.ID), Unit: u.Code, MayDeal: a.Who.May("canvass.assign", u.ID) == nil, Look: a.R.FormValue("tim"), MembersToo: u.Tier >= territory.TierCommune,
		None: Empty{Icon: "team", Title: "Không còn ai phải phân công", Text: "Ở địa bàn này hiện không có ai còn việc phải làm."}}
	s.Title, s.Area, s.Lead = "Phân công", sharingHref, u.Title()+": mỗi người còn việc phải làm thuộc đúng một tổ, hộ gia đình không bị tách."
	listed, nobody := int64(0), int64(0)
	for _, p := range shares.Places {
		listed, nobody = listed+p.Listed, nobody+p.Nobody
		x := tree.ByID(p.Unit)
		s.Places = append(s.Places, PlaceRow{tree.FullName(p.Unit), sharingHref + "?don_vi=" + url.QueryEscape(x.Code), p.Listed, p.Nobody})
	}
	left := Stat{Label: "Chưa phân công", Value: vn.Int(nobody), Note: "người"}
	if nobody > 0 {
		left.Kind = "warn"
	}
	s.Stats = []Stat{{Label: "Còn việc phải làm", Value: vn.Int(listed), Note: "người"}, {Label: "Đã phân công", Value: vn.Int(listed - nobody), Note: "người"}, left}
	for i := range shares.Teams {
		s.Teams = append(s.Teams, shareRow(tree, &shares.Teams[i], s.MembersToo))
		s.Targets = append(s.Targets, shareTarget(tree, &shares.Teams[i]))
	}
	if s.Look != "" && s.MayDeal {
		if err := a.foundHomes(s, u.ID); err != nil {
			return s, u, err
		}
	}
	return s, u, a.changeRows(s, u.ID)
}

func shareRow(tree *territory.Tree, t *canvass.TeamShare, names bool) ShareRow {
	r := ShareRow{Name: t.Team.Name, Href: teamHref(t.Team.ID), Place: tree.FullName(t.Team.Unit), Work: teamWorkHref(t.Team.ID), People: t.People, Hand: t.Hand, Whole: t.Whole, Capacity: t.Team.Capacity}
	if t.Team.Capacity > 0 && t.People > 0 {
		r.Days = vn.Int((t.People+t.Team.Capacity-1)/t.Team.Capacity) + " ngày"
	}
	if names {
		for _, m := range t.Members {
			r.Members = append(r.Members, ShareMember{m.Name, m.People})
		}
	}
	return r
}

// shareTarget lists a team and its members as those to whom something may be given.
func shareTarget(tree *territory.Tree, t *canvass.TeamShare) ChoiceGroup {
	team := id.String(t.Team.ID)
	g := ChoiceGroup{Title: t.Team.Name + ", " + tree.FullName(t.Team.Unit), Items: []Choice{{team, "Cả tổ " + t.Team.Name, false}}}
	for _, m := range t.Members {
		g.Items = append(g.Items, Choice{team + "." + id.String(m.ID), m.Name, false})
	}
	return g
}

func teamWorkHref(team int64) string { return "/viec/" + id.String(team) }

// foundHomes looks for households by a name or their number.
func (a *Ask) foundHomes(s *Sharing, unit int64) error {
	found, err := a.Canvass.Find(a.Ctx(), a.Who, unit, s.Look)
	if err != nil {
		return err
	}
	names, err := a.teamNames(unit)
	if err != nil {
		return err
	}
	s.NotFound = len(found) == 0
	last := ""
	for _, f := range found {
		key := ""
		if f.House != "" {
			key = id.String(f.Unit) + "|" + f.House
		}
		if key == "" || key != last {
			h := FoundHome{ID: id.String(f.ID), House: f.House, Place: a.Who.Tree().FullName(f.Unit), Team: teamName(names, f.Assigned.Team), ByHand: f.Assigned.How == canvass.Hand}
			s.Found = append(s.Found, h)
		}
		last = key
		h := &s.Found[len(s.Found)-1]
		year := f.Birth
		if len(year) > 4 {
			year = year[:4]
		}
		h.People = append(h.People, CaseLink{strings.TrimSpace(f.Name + " " + year), "/dan-cu/" + id.String(f.ID)})
	}
	return nil
}

const changesShown = 30

func (a *Ask) changeRows(s *Sharing, unit int64) error {
	list, err := a.Canvass.Changes(a.Ctx(), a.Who, unit, changesShown)
	if err != nil || len(list) == 0 {
		return err
	}
	names, err := a.teamNames(unit)
	if err != nil {
		return err
	}
	for _, c := range list {
		s.Changes = append(s.Changes, changeRow(&c, names))
	}
	return nil
}

func changeRow(c *canvass.Change, names map[int64]string) ChangeRow {
	hands := func(team int64, member string) string {
		switch {
		case team == 0:
			return "Chưa phân công"
		case member == "":
			return teamName(names, team)
		}
		return teamName(names, team) + ", " + member
	}
	return ChangeRow{stampVi(c.At), c.Who, hands(c.From, c.FromMember), hands(c.To, c.ToMember), c.Why, vn.Int(c.People)}
}

// whoseOf tells whose work somebody is and through which hands they went.
func (a *Ask) whoseOf(v *PersonVisits, person int64, names map[int64]string) error {
	w, err := a.Canvass.WhoseIs(a.Ctx(), a.Who, person)
	if err != nil {
		return err
	}
	if w.Team != 0 {
		v.Whose = w.TeamName
		if w.Member != "" {
			v.Whose += ", " + w.Member
		}
		if w.How == canvass.Hand {
			v.Whose += " (giao bằng tay)"
		}
	}
	for i := range w.Changes {
		v.Hands = append(v.Hands, changeRow(&w.Changes[i], names))
	}
	return nil
}

func showSharing(a *Ask) error {
	s, _, err := a.sharingScreen()
	if s != nil && fault.Is(err, fault.Invalid) {
		return Again(s, err)
	}
	if err != nil {
		return err
	}
	return a.Show(s)
}

// dealWork deals everybody of a unit anew; what was given by hand stays.
func dealWork(a *Ask) error {
	s, u, err := a.sharingScreen()
	if err != nil {
		return err
	}
	if _, err := a.Canvass.Assign(a.Ctx(), a.Who, u.ID, clock.DayOf(a.Clock())); err != nil {
		return Again(s, err)
	}
	return a.Go(sharingHref + "?don_vi=" + url.QueryEscape(u.Code))
}

// giveWork gives a household to a team or a member by hand.
func giveWork(a *Ask) error {
	s, u, err := a.sharingScreen()
	if err != nil {
		return err
	}
	var persons []int64
	for _, text := range a.R.PostForm["person"] {
		n, err := id.Parse(text)
		if err != nil {
			return notHere
		}
		persons = append(persons, n)
	}
	if len(persons) == 0 {
		return Again(s, fault.New(fault.Invalid, "web.person", "Hãy chọn ít nhất một hộ hoặc một người để chuyển.").On("person"))
	}
	team, member, _ := strings.Cut(a.Post("to"), ".")
	t, err := id.Parse(team)
	if err != nil {
		return Again(s, fault.New(fault.Invalid, "web.team", "Hãy chọn tổ hoặc thành viên nhận.").On("to"))
	}
	m := int64(0)
	if member != "" {
		if m, err = id.Parse(member); err != nil {
			return notHere
		}
	}
	if err := a.Canvass.Reassign(a.Ctx(), a.Who, persons, t, m, a.Post("why")); err != nil {
		return Again(s, err)
	}
	return a.Go(sharingHref + "?don_vi=" + url.QueryEscape(u.Code))
}
