package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
)

const teamsHref = "/to-cong-tac"

func teamHref(team int64) string { return teamsHref + "/" + id.String(team) }

// restNames name the weekdays in the order of a Vietnamese week.
var restNames = []struct {
	day   time.Weekday
	title string
}{{1, "Thứ hai"}, {2, "Thứ ba"}, {3, "Thứ tư"}, {4, "Thứ năm"}, {5, "Thứ sáu"}, {6, "Thứ bảy"}, {0, "Chủ nhật"}}

// restWords spells the days of rest: "Nghỉ thứ bảy, chủ nhật".
func restWords(rest []time.Weekday) string {
	var parts []string
	for _, n := range restNames {
		for _, d := range rest {
			if d == n.day {
				parts = append(parts, vn.LowerFirst(n.title))
			}
		}
	}
	if len(parts) == 0 {
		return "Làm cả tuần"
	}
	return "Nghỉ " + strings.Join(parts, ", ")
}

// teamForm is the form of a team as it is; the zero Team for a new one.
func teamForm(t *canvass.Team) TeamForm {
	f := TeamForm{Name: t.Name}
	if t.Capacity > 0 {
		f.Capacity = strconv.FormatInt(t.Capacity, 10)
	}
	for _, k := range canvass.Kinds {
		f.Kinds = append(f.Kinds, Choice{k, canvass.KindTitle(k), k == t.Kind})
	}
	for _, p := range canvass.Places {
		f.Places = append(f.Places, Choice{p, canvass.PlaceTitle(p), p == t.Place})
	}
	for _, n := range restNames {
		c := Choice{Value: strconv.Itoa(int(n.day)), Title: n.title}
		for _, d := range t.Rest {
			c.Chosen = c.Chosen || d == n.day
		}
		f.Rest = append(f.Rest, c)
	}
	return f
}

// typedTeam reads a team's form.
func (a *Ask) typedTeam() canvass.Team {
	t := canvass.Team{Kind: a.Post("kind"), Name: a.Post("name"), Place: a.Post("place")}
	t.Capacity, _ = strconv.ParseInt(a.Post("capacity"), 10, 64)
	for _, d := range a.R.PostForm["rest"] {
		if n, err := strconv.Atoi(d); err == nil && n >= 0 && n < 7 {
			t.Rest = append(t.Rest, time.Weekday(n))
		}
	}
	if t.Kind != canvass.KindVolunteer {
		t.Place = ""
	}
	return t
}

// teamsScreen lists teams (KH:II.3, KH:III.2.b).
func (a *Ask) teamsScreen() (*Teams, error) {
	u, err := a.askedUnit("team.see")
	if err != nil {
		return nil, err
	}
	day := clock.DayOf(a.Clock())
	list, err := a.Canvass.List(a.Ctx(), a.Who, u.ID, day)
	if err != nil {
		return nil, err
	}
	s := &Teams{Units: a.unitChoices("team.see", u.ID), Unit: u.Code, MayManage: a.Who.May("team.manage", u.ID) == nil,
		None: Empty{Icon: "team", Title: "Chưa có tổ nào", Text: "Lập tổ ở dưới, hoặc đưa danh sách tổ công tác vào ở mục Danh sách nhập."}}
	s.Title, s.Area, s.Lead = "Tổ công tác", teamsHref, canvass.Describe(list)
	sums, err := a.Canvass.Sums(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, err
	}
	s.Stats = kindStats(list, sums)
	for i := range list {
		t := &list[i]
		kind := canvass.KindTitle(t.Kind)
		if t.Place != "" {
			kind += ", " + vn.LowerFirst(canvass.PlaceTitle(t.Place))
		}
		s.Rows = append(s.Rows, TeamRow{Name: t.Name, Href: teamHref(t.ID), Kind: kind, Place: a.Who.Tree().FullName(t.Unit), Members: t.Members, Capacity: t.Capacity, Visits: sums[t.ID].Visits, Done: sums[t.ID].Done})
	}
	lacking, err := a.Canvass.Lacking(a.Ctx(), a.Who, u.ID, day)
	if err != nil {
		return nil, err
	}
	if n := len(lacking); n > 0 {
		s.Lacking = vn.Int(int64(n)) + " xã, ấp, sóc, khu phố chưa có tổ của mình; kế hoạch yêu cầu mỗi nơi một tổ (mục III.2.b)."
	}
	if s.MayManage {
		s.Sheet = teamForm(&canvass.Team{Kind: canvass.KindHamlet})
		s.Sheet.Units, s.Sheet.Unit = a.unitChoices("team.manage", u.ID), u.Code
		s.Sheet.Action, s.Sheet.Do, s.Sheet.What = teamsHref, "Lập tổ", "new"
	}
	return s, nil
}

// kindStats adds up what the teams of each kind did (KH:III.2.d); nothing before the first visit.
func kindStats(list []canvass.Team, sums map[int64]canvass.TeamSum) []Stat {
	var out []Stat
	whole := canvass.TeamSum{}
	for _, k := range canvass.Kinds {
		var n canvass.TeamSum
		for i := range list {
			if x := sums[list[i].ID]; list[i].Kind == k {
				n.Visits, n.Done = n.Visits+x.Visits, n.Done+x.Done
			}
		}
		whole.Visits, whole.Done = whole.Visits+n.Visits, whole.Done+n.Done
		if n.Visits > 0 {
			out = append(out, Stat{Label: canvass.KindTitle(k), Value: vn.Int(n.Visits), Note: "lượt đến nhà, xong việc " + vn.Int(n.Done)})
		}
	}
	if len(out) < 2 {
		return out
	}
	return append(out, Stat{Label: "Cộng", Value: vn.Int(whole.Visits), Note: "lượt đến nhà, xong việc " + vn.Int(whole.Done)})
}

func showTeams(a *Ask) error {
	s, err := a.teamsScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// makeTeam makes a team, or one for every commune and hamlet that has none.
func makeTeam(a *Ask) error {
	s, err := a.teamsScreen()
	if err != nil {
		return err
	}
	u, err := a.askedUnit("team.manage")
	if err != nil {
		return err
	}
	day := clock.DayOf(a.Clock())
	if a.Post("what") == "complete" {
		if _, err := a.Canvass.Complete(a.Ctx(), a.Who, u.ID, day); err != nil {
			return Again(s, err)
		}
		return a.Go(teamsHref + "?don_vi=" + url.QueryEscape(u.Code))
	}
	t := a.typedTeam()
	t.Unit, t.From = u.ID, day
	n, err := a.Canvass.Add(a.Ctx(), a.Who, t)
	if err != nil {
		return Again(s, err)
	}
	return a.Go(teamHref(n))
}

// teamScreen is one team with its members and the quotas of its coming days.
func (a *Ask) teamScreen() (*Team, error) {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return nil, notHere
	}
	day := clock.DayOf(a.Clock())
	t, err := a.Canvass.Get(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	members, err := a.Canvass.Members(a.Ctx(), a.Who, n, day)
	if err != nil {
		return nil, err
	}
	tree := a.Who.Tree()
	s := &Team{Href: teamHref(n), MayManage: a.Who.May("team.manage", t.Unit) == nil, Today: string(day), Closed: !t.Open(day)}
	s.Title, s.Area, s.Lead = t.Name, teamsHref, tree.FullName(t.Unit)
	s.Crumbs = []Crumb{{"Tổ công tác", teamsHref + "?don_vi=" + url.QueryEscape(tree.ByID(t.Unit).Code)}, {Title: t.Name}}
	s.Facts = []CaseFact{{Name: "Loại tổ", Value: canvass.KindTitle(t.Kind)}}
	if t.Place != "" {
		s.Facts = append(s.Facts, CaseFact{Name: "Nơi tình nguyện", Value: canvass.PlaceTitle(t.Place)})
	}
	s.Facts = append(s.Facts, CaseFact{Name: "Sức một ngày", Value: vn.Int(t.Capacity) + " người"}, CaseFact{Name: "Ngày làm việc", Value: restWords(t.Rest)})
	if t.From != "" {
		s.Facts = append(s.Facts, CaseFact{Name: "Lập ngày", Value: t.From.Vi()})
	}
	if t.Until != "" {
		s.Facts = append(s.Facts, CaseFact{Name: "Ngày làm việc cuối", Value: t.Until.Vi()})
	}
	of, err := a.sharesOf(s, t)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		row := MemberRow{ID: id.String(m.ID), Name: m.Name, Role: m.Role, Phone: m.Phone, People: of[m.ID]}
		for _, o := range members {
			if o.ID != m.ID {
				row.Others = append(row.Others, Choice{id.String(o.ID), o.Name, false})
			}
		}
		s.Members = append(s.Members, row)
	}
	for _, r := range []string{"Tổ trưởng", "Tổ phó", "Thành viên", canvass.RoleOperator} {
		s.Roles = append(s.Roles, Choice{r, r, false})
	}
	if s.MayManage {
		s.Sheet = teamForm(t)
		s.Sheet.Action, s.Sheet.Do, s.Sheet.What = s.Href+"/sua", "Lưu", "edit"
	}
	return s, a.teamDays(s, n, day)
}

// sharesOf tells how many of those who still need something the team and each member have.
func (a *Ask) sharesOf(s *Team, t *canvass.Team) (map[int64]int64, error) {
	of := map[int64]int64{}
	if a.Who.May("field.see", t.Unit) != nil {
		return of, nil
	}
	shares, err := a.Canvass.Shares(a.Ctx(), a.Who, t.Unit)
	if err != nil {
		return nil, err
	}
	code := a.Who.Tree().ByID(t.Unit).Code
	s.List, s.Sharing = teamWorkHref(t.ID), sharingHref+"?don_vi="+url.QueryEscape(code)
	for i := range shares.Teams {
		x := &shares.Teams[i]
		if x.Team.ID != t.ID {
			continue
		}
		s.Stats = []Stat{{Label: "Được giao", Value: vn.Int(x.People), Note: "người còn việc phải làm"}, {Label: "Chung cả tổ", Value: vn.Int(x.Whole), Note: "chưa giao riêng cho ai"}, {Label: "Giao bằng tay", Value: vn.Int(x.Hand), Note: "có lý do, giữ qua các lần chia"}}
		for _, m := range x.Members {
			of[m.ID] = m.People
		}
	}
	return of, nil
}

// daysShown is how many days to come a team's screen shows.
const daysShown = 14

// teamDays puts the quotas of the coming days onto a team's screen.
func (a *Ask) teamDays(s *Team, team int64, day clock.Day) error {
	cells, err := a.Allot.TeamDays(a.Ctx(), a.Who, team, day)
	if err != nil && !fault.Is(err, fault.Forbidden) {
		return err
	}
	p := a.plan()
	column, at := map[string]int{}, map[clock.Day]int{}
	for _, c := range cells {
		if _, ok := column[c.Target]; !ok {
			name := c.Target
			if p != nil && p.Target(c.Target) != nil {
				name = p.Target(c.Target).Short
			}
			column[c.Target] = len(s.Targets)
			s.Targets = append(s.Targets, name)
		}
	}
	for _, c := range cells {
		n, ok := at[c.Day]
		if !ok {
			if len(s.Days) == daysShown {
				continue
			}
			n = len(s.Days)
			at[c.Day] = n
			row := TeamDay{Day: c.Day.Vi()}
			for _, name := range s.Targets {
				row.Cells = append(row.Cells, QuotaCell{Name: name})
			}
			s.Days = append(s.Days, row)
		}
		s.Days[n].Cells[column[c.Target]].N += c.N
	}
	return nil
}

func showTeam(a *Ask) error {
	s, err := a.teamScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onTeam runs one change of a team and shows the team again, with the fault when there is one.
func onTeam(do func(a *Ask, team int64) error) func(a *Ask) error {
	return func(a *Ask) error {
		n, err := id.Parse(a.R.PathValue("id"))
		if err != nil {
			return notHere
		}
		if err := do(a, n); err != nil {
			s, broken := a.teamScreen()
			if broken != nil {
				return broken
			}
			s.Wrong = a.R.PathValue("member")
			return Again(s, err)
		}
		return a.Go(teamHref(n))
	}
}

func changeTeam(a *Ask, team int64) error {
	t := a.typedTeam()
	t.ID = team
	return a.Canvass.Change(a.Ctx(), a.Who, t)
}

func closeTeam(a *Ask, team int64) error {
	return a.Canvass.Close(a.Ctx(), a.Who, team, clock.Day(a.Post("until")))
}

func addMember(a *Ask, team int64) error {
	_, err := a.Canvass.AddMember(a.Ctx(), a.Who, canvass.Member{Team: team, Name: a.Post("name"), Role: a.Post("role"), Phone: a.Post("phone"), From: clock.DayOf(a.Clock())})
	return err
}

// changeMember writes a member's name, role and telephone, or says that they leave and who takes over.
func changeMember(a *Ask, team int64) error {
	n, err := id.Parse(a.R.PathValue("member"))
	if err != nil {
		return notHere
	}
	if a.Post("what") == "leave" {
		to := int64(0)
		if text := a.Post("to"); text != "" {
			if to, err = id.Parse(text); err != nil {
				return fault.New(fault.Invalid, "web.member", "Hãy chọn lại người nhận bàn giao.").On("to")
			}
		}
		_, err = a.Canvass.Leave(a.Ctx(), a.Who, n, clock.Day(a.Post("until")), to)
		return err
	}
	list, err := a.Canvass.Members(a.Ctx(), a.Who, team, clock.DayOf(a.Clock()))
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.ID == n {
			return a.Canvass.ChangeMember(a.Ctx(), a.Who, canvass.Member{ID: n, Name: a.Post("name"), Role: a.Post("role"), Phone: a.Post("phone"), Account: m.Account})
		}
	}
	return notHere
}

// revealPhone shows one member's telephone number on the answer to a POST, so that it never stands in an address (laws R2, R3).
func revealPhone(a *Ask) error {
	s, err := a.teamScreen()
	if err != nil {
		return err
	}
	n, err := id.Parse(a.R.PathValue("member"))
	if err != nil {
		return notHere
	}
	phone, err := a.Canvass.RevealPhone(a.Ctx(), a.Who, n)
	if err != nil {
		return err
	}
	for i := range s.Members {
		if s.Members[i].ID == id.String(n) {
			s.Members[i].Phone, s.Members[i].Shown = phone, true
		}
	}
	s.Flashes = append(s.Flashes, Flash{Text: "Số điện thoại được hiện đầy đủ trên trang này; lần xem đã được ghi vào nhật ký."})
	return a.Show(s)
}
