package web

import (
	"cmp"
	"net/url"
	"slices"

	"bonphu/core/territory"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// boardUnit is the unit whose board is shown: the one asked for, else the plan's own, else the topmost the asker may see.
func (a *Ask) boardUnit() (*territory.Unit, error) {
	tree := a.Who.Tree()
	if code := a.Query("don_vi"); code != "" {
		u := tree.ByCode(code)
		if u == nil {
			return nil, fault.New(fault.Missing, "web.no_unit", "Không có đơn vị mang mã này.")
		}
		return u, a.Who.May("board.see", u.ID)
	}
	if u := a.topUnit("board.see"); u != nil {
		return u, nil
	}
	return nil, a.Who.May("board.see", 0)
}

// home opens the board, or what is to be done today for somebody without a board.
func home(a *Ask) error {
	if a.Who.MayAnywhere("board.see") {
		return showBoard(a)
	}
	if a.Who.MayAnywhere("plan.see") {
		return a.Go(todayHref)
	}
	return a.Who.May("board.see", 0)
}

// showBoard is where the leadership sees how far every commune is (KH:IV.2.c).
func showBoard(a *Ask) error {
	s := &Board{Tools: a.Who.MayAnywhere("intake.bring"), MayQuota: a.Who.MayAnywhere("quota.see")}
	s.Title, s.Area = "Bảng điều hành", "/"
	p := a.plan()
	if p == nil || a.Who.Tree().Root() == nil {
		s.None = Empty{Icon: "plan", Title: "Chưa có đợt cao điểm nào", Text: "Quản trị hệ thống nạp kế hoạch và danh mục đơn vị để bắt đầu."}
		return a.Show(s)
	}
	unit, err := a.boardUnit()
	if err != nil {
		return err
	}
	f, err := a.figuresOf(unit)
	if err != nil {
		return err
	}
	s.Lead = f.lead()
	if root := a.Who.Tree().ByCode(p.Place.Unit); root != nil && root != unit {
		s.Title += " " + vn.LowerFirst(unit.Title())
	}
	s.Targets, s.Tabs = f.cards(a), tabsOf("/", a.R.URL.Query(), f.lines, f.at)
	s.RankTitle, s.Rank = f.rankTitle(), a.ranked(f.kids, f.of(f.line().target.ID), f.sparks)
	s.Today = f.today(a)
	if s.Tasks, s.MoreTasks, err = a.firstOfToday(); err != nil {
		return err
	}
	s.Care = f.care(a)
	s.RoadTitle = f.line().coverage.Title + " theo ngày"
	s.Road = roadOf(p, f.line().target, s.RoadTitle+", "+unit.Title(), f.own(f.line().target.ID).Target, f.confirmed, f.claimed, f.day)
	return a.Show(s)
}

// cards are the coverages of the unit itself.
func (f *unitFigures) cards(a *Ask) []Target {
	out := make([]Target, len(f.lines))
	for i, l := range f.lines {
		st := f.own(l.target.ID)
		q := url.Values{"phu": {l.coverage.ID}}
		out[i] = Target{Name: l.coverage.Title, Clause: l.target.Clause, Href: a.R.URL.Path + "?" + q.Encode() + "#xep-hang",
			People: a.peopleHref(f.unit, "t:"+l.target.ID+":in", "t:"+l.target.ID+":confirmed"), Bar: st.bar(), Pace: st.Pace}
	}
	return out
}

// today is what is asked of the unit's teams on the day shown, and done of it.
func (f *unitFigures) today(a *Ask) []Quota {
	var out []Quota
	for _, l := range f.lines {
		st := f.own(l.target.ID)
		if st.Quota == 0 && st.Done == 0 {
			continue
		}
		q := Quota{Name: l.coverage.Title, N: st.Quota, Done: st.Done}
		if a.Who.May("quota.see", f.unit.ID) == nil {
			q.Href = "/giao-chi-tieu?don_vi=" + url.QueryEscape(f.unit.Code)
		}
		out = append(out, q)
	}
	return out
}

// rankTitle names the list of the units under this one.
func (f *unitFigures) rankTitle() string {
	n := vn.Int(int64(len(f.kids)))
	switch {
	case len(f.kids) == 0:
		return ""
	case f.kids[0].Tier == territory.TierCommune:
		return n + " xã, thị trấn"
	case f.kids[0].Tier == territory.TierHamlet:
		return n + " ấp, sóc, khu phố"
	}
	return n + " đơn vị"
}

// care lists what needs a hand, most urgent first.
func (f *unitFigures) care(a *Ask) []Care {
	var out []Care
	late := f.mostBehind()
	for i, w := range late {
		if i == 3 {
			break
		}
		kind := "warn"
		if w.pace <= -7 {
			kind = "bad"
		}
		st := f.figures[w.unit.ID][w.line.target.ID]
		out = append(out, Care{Kind: kind, Icon: "warn", Text: w.unit.Title() + " chậm " + vn.Int(int64(-w.pace)) + " ngày: " + vn.LowerFirst(w.line.coverage.Title),
			Note: "mới xác nhận " + vn.Percent(st.Confirmed, st.Target) + " (" + vn.Int(st.Confirmed) + " / " + vn.Int(st.Target) + " người)", Href: a.unitHref(w.unit)})
	}
	if f.doubts > 0 && a.Who.MayAnywhere("intake.see") {
		out = append(out, Care{Kind: "warn", Icon: "list", Text: vn.Int(f.doubts) + " dòng trong danh sách nhập chờ người quyết định", Note: "Chưa tính vào số liệu nào cho đến khi có người quyết định.", Href: "/danh-sach"})
	}
	for _, l := range f.lines {
		if n := f.denied[l.target.ID]; n > 0 {
			out = append(out, Care{Kind: "bad", Icon: "split", Text: vn.Int(n) + " kết quả tổ báo bị danh sách trích xuất bác: " + vn.LowerFirst(l.coverage.Title),
				Note: "Các tổ phải giải trình từng người.", Href: a.peopleHref(f.unit, "t:"+l.target.ID+":denied", "")})
		}
	}
	if c, ok := f.phonesCard(a); ok {
		out = append(out, c)
	}
	for _, r := range f.plan.Reports {
		if n := r.Due.Sub(f.day); r.Due != "" && n >= 0 && n <= 20 {
			note := "Còn " + vn.Int(int64(n)) + " ngày"
			if n == 0 {
				note = "Hạn là hôm nay"
			}
			out = append(out, Care{Icon: "flag", Text: r.Title + " đến hạn ngày " + r.Due.Vi(), Note: note, Href: "/ke-hoach#" + r.Clause})
		}
	}
	return out
}

type behind struct {
	unit *territory.Unit
	line line
	pace int
}

// mostBehind picks, for each unit under this one, the coverage in which it lags most.
func (f *unitFigures) mostBehind() []behind {
	var out []behind
	for _, u := range f.kids {
		worst := behind{unit: u}
		for _, l := range f.lines {
			if st := f.figures[u.ID][l.target.ID]; st.Pace.Known && st.Target > 0 && st.Pace.Days < worst.pace {
				worst.pace, worst.line = st.Pace.Days, l
			}
		}
		if worst.pace < 0 {
			out = append(out, worst)
		}
	}
	slices.SortStableFunc(out, func(x, y behind) int { return cmp.Compare(x.pace, y.pace) })
	return out
}
