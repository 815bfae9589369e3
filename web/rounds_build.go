package web

import (
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
)

const roundsHref = "/cuon-chieu"

// roundState says how far a hamlet is, and the colour of it.
func roundState(r *canvass.Round) (text, mood string) {
	switch {
	case r.N == 0:
		return "Chưa mở", ""
	case r.Closed == "" && r.N > 1:
		return "Mở lại lần " + vn.Int(r.N), "note"
	case r.Closed == "":
		return "Đang làm", "note"
	case r.Now > 0:
		return "Đã khép, còn người", "warn"
	}
	return "Đã khép", "good"
}

// showRounds lists the hamlets (KH:III.1.c).
func showRounds(a *Ask) error {
	u, err := a.askedUnit("field.see")
	if err != nil {
		return err
	}
	if _, err := a.campaignPlan(); err != nil {
		return err
	}
	list, err := a.Canvass.Rounds(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return err
	}
	tree := a.Who.Tree()
	s := &Rounds{Units: a.unitChoices("field.see", u.ID), None: Empty{Icon: "map", Title: "Không có ấp, sóc nào", Text: "Địa bàn này chưa có ấp, sóc, khu phố trong danh mục đơn vị."}}
	s.Title, s.Area, s.Lead = "Cuốn chiếu", roundsHref, u.Title()+": từng ấp được mở, làm và khép; khi khép, người còn lại được ghi theo tên và lý do."
	var waits, open, closed, left int64
	for i := range list {
		r := &list[i]
		x := tree.ByID(r.Unit)
		row := HamletRow{Name: tree.FullName(r.Unit), Href: roundsHref + "/" + x.Code, Opened: r.Opened.Vi(), Closed: r.Closed.Vi(), Visits: r.Visits, Now: r.Now, Note: r.Note}
		row.State, row.Mood = roundState(r)
		row.May = a.Who.May("round.manage", r.Unit) == nil
		switch {
		case r.N == 0:
			waits++
		case r.Closed == "":
			open++
		default:
			closed++
			row.Left = vn.Int(r.Left)
			left += r.Left
		}
		if row.May && (r.N == 0 || r.Closed != "") {
			row.Action = row.Href + "/mo"
		}
		s.Rows = append(s.Rows, row)
	}
	s.Stats = []Stat{{Label: "Chưa mở", Value: vn.Int(waits), Note: "ấp, sóc, khu phố"}, {Label: "Đang làm", Value: vn.Int(open), Note: "ấp, sóc, khu phố"}, {Label: "Đã khép", Value: vn.Int(closed), Note: "còn " + vn.Int(left) + " người lúc khép"}}
	return a.Show(s)
}

// hamletRoundScreen is one hamlet with who is left.
func (a *Ask) hamletRoundScreen() (*HamletRound, error) {
	u := a.Who.Tree().ByCode(a.R.PathValue("code"))
	if u == nil {
		return nil, notHere
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	r, list, err := a.Canvass.Residue(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, err
	}
	may := a.Who.May("round.manage", u.ID) == nil
	s := &HamletRound{Action: roundsHref + "/" + u.Code, Frozen: r.Closed != "", MayPerson: a.Who.May("people.see", u.ID) == nil, MayOpen: may && (r.N == 0 || r.Closed != ""), MayClose: may && r.N > 0 && r.Closed == "",
		Unvisited: r.N > 0 && r.Closed == "" && r.Visits == 0 && len(list) > 0,
		None:      Empty{Icon: "check", Title: "Không còn ai", Text: "Mọi người thuộc diện ở đây đã xong việc phải làm."}}
	r.Now = int64(len(list))
	s.State, s.Mood = roundState(&r)
	s.Title, s.Area, s.Lead = u.Title(), roundsHref, a.Who.Tree().FullName(u.ID)
	s.Crumbs = []Crumb{{"Cuốn chiếu", roundsHref}, {Title: u.Title()}}
	s.Facts = roundFacts(&r)
	groups := map[string]int64{}
	for i := range list {
		row := leftRow(p, &list[i], i+1)
		if s.MayPerson {
			row.Href = "/dan-cu/" + id.String(list[i].Person)
		}
		groups[row.Last]++
		s.Left = append(s.Left, row)
	}
	for why, n := range groups {
		s.Groups = append(s.Groups, Stat{Label: why, Value: vn.Int(n)})
	}
	slices.SortFunc(s.Groups, func(a, b Stat) int {
		if n := int(groups[b.Label] - groups[a.Label]); n != 0 {
			return n
		}
		return strings.Compare(a.Label, b.Label)
	})
	s.Groups = s.Groups[:min(len(s.Groups), 6)]
	return s, nil
}

func roundFacts(r *canvass.Round) []CaseFact {
	if r.N == 0 {
		return nil
	}
	out := []CaseFact{{Name: "Lần làm", Value: vn.Int(r.N)}, {Name: "Mở ngày", Value: r.Opened.Vi() + ", " + r.OpenedBy}}
	if r.Closed != "" {
		out = append(out, CaseFact{Name: "Khép ngày", Value: r.Closed.Vi() + ", " + r.ClosedBy})
	}
	out = append(out, CaseFact{Name: "Số lần đến nhà", Value: vn.Int(r.Visits)})
	if r.Note != "" {
		out = append(out, CaseFact{Name: "Ghi chú khi khép", Value: r.Note})
	}
	return out
}

// leftRow says what somebody still needs, and what the last contact left behind.
func leftRow(p *plan.Plan, l *canvass.Left, n int) LeftRow {
	r := LeftRow{N: n, Name: l.Name, House: l.House, Last: canvass.ResultTitle(l.Result)}
	if r.Name == "" {
		r.Name = "Hồ sơ đã gộp"
	}
	if len(l.Birth) >= 4 {
		r.Birth = l.Birth[:4]
	}
	if l.Reason != "" {
		r.Last += ": " + vn.LowerFirst(p.Canvass.ReasonTitle(l.Reason))
	}
	var work []string
	for _, s := range l.Segments {
		for i := range p.Segments {
			if p.Segments[i].ID == s {
				work = append(work, p.Segments[i].Work)
			}
		}
	}
	r.Work = strings.Join(work, "; ")
	return r
}

func showHamletRound(a *Ask) error {
	s, err := a.hamletRoundScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onHamlet opens or closes a hamlet and shows it, or shows it again with what is wrong.
func onHamlet(do func(a *Ask, unit int64) error) func(a *Ask) error {
	return func(a *Ask) error {
		u := a.Who.Tree().ByCode(a.R.PathValue("code"))
		if u == nil {
			return notHere
		}
		if err := do(a, u.ID); err != nil {
			if fault.Is(err, fault.Forbidden) {
				return err
			}
			s, broken := a.hamletRoundScreen()
			if broken != nil {
				return broken
			}
			return Again(s, err)
		}
		return a.Go(roundsHref + "/" + u.Code)
	}
}

func openHamlet(a *Ask, unit int64) error { return a.Canvass.OpenRound(a.Ctx(), a.Who, unit) }

func closeHamlet(a *Ask, unit int64) error {
	_, err := a.Canvass.CloseRound(a.Ctx(), a.Who, unit, a.Post("note"))
	return err
}
