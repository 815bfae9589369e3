package web

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/emulation"
)

// roundScreen shows a frozen round: verdicts, contests, proposals, papers.
func (a *Ask) roundScreen() (*EmulationRound, error) {
	r, err := a.roundInPath()
	if err != nil {
		return nil, err
	}
	s := &EmulationRound{Href: "/thi-dua/" + id.String(r.ID), Rule: emulation.Rule(r.Thresholds)}
	s.Title, s.Area = emulation.TierTitle(r.Tier)+", số liệu đến hết ngày "+r.Day.Vi(), "/thi-dua"
	s.Crumbs = []Crumb{{"Thi đua", "/thi-dua"}, {Title: s.Title}}
	s.Lead = "Đã chốt lúc " + stampVi(r.At) + ", " + r.WhoName + ". Số liệu và ngưỡng của đợt này không đổi."
	now := map[emulation.State]int{emulation.Draft: 0, emulation.Published: 1, emulation.Closed: 2}[r.State()]
	for i, x := range []emulation.State{emulation.Draft, emulation.Published, emulation.Closed} {
		st := Stage{Title: vn.UpperFirst(emulation.StateTitle(x))}
		switch {
		case i < now:
			st.State = "done"
		case i == now:
			st.State = "now"
		}
		s.Stages = append(s.Stages, st)
	}
	if r.Until() != "" {
		s.Facts = append(s.Facts, "Nhận ý kiến của đơn vị đến hết ngày "+r.Until().Vi()+".")
	}
	if r.Note != "" {
		s.Facts = append(s.Facts, r.Note)
	}
	for i := range r.List {
		v := &r.List[i]
		row := a.rankRow(v, r.Day)
		row.Href = s.Href + "/don-vi/" + url.PathEscape(v.Evidence.Key)
		if first, ok := r.First[v.Evidence.Key]; ok {
			row.Before = emulation.ClassTitle(first.Class)
		}
		s.Rows = append(s.Rows, row)
		if v.Class.Rewarded() {
			s.Units = append(s.Units, Choice{Value: v.Evidence.Key, Title: v.Evidence.Name})
		}
	}
	s.Contests = a.contestRows(r, "")
	for _, p := range r.Proposals {
		kind, place := "Tập thể", ""
		if p.Kind == "person" {
			kind = "Cá nhân"
		}
		if u := a.Who.Tree().ByID(p.Unit); u != nil {
			place = u.Title()
		}
		s.Proposals = append(s.Proposals, ProposalRow{id.String(p.ID), kind, p.Name, p.Office, place, p.Achievement, p.WhoName + ", " + p.Day.Vi()})
	}
	s.Papers = []Choice{{Value: string(emulation.FormRequest), Title: "Tờ trình"}, {Value: string(emulation.FormOrder), Title: "Dự thảo Quyết định"}, {Value: string(emulation.FormMerit), Title: "Giấy khen"}, {Value: string(emulation.FormResponsibility), Title: "Trách nhiệm"}}
	s.WhatIf = s.Href + "/thu"
	decide := a.Who.May("emulation.decide", 0) == nil
	s.MayPublish, s.MayClose = decide && r.State() == emulation.Draft, decide && r.State() == emulation.Published
	s.MayPropose = a.Who.May("emulation.propose", 0) == nil && r.State() != emulation.Draft
	return s, nil
}

func showRound(a *Ask) error {
	s, err := a.roundScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onRound does one thing with a round and shows it again.
func onRound(do func(a *Ask, round int64) error) func(a *Ask) error {
	return func(a *Ask) error {
		n, err := id.Parse(a.R.PathValue("round"))
		if err != nil {
			return notHere
		}
		if err := do(a, n); err != nil {
			s, broken := a.roundScreen()
			if broken != nil {
				return broken
			}
			return Again(s, err)
		}
		return a.Go("/thi-dua/" + id.String(n))
	}
}

// stepRound makes a round public, or ends it.
func stepRound(a *Ask, round int64) error {
	if a.Post("do") == "ket-thuc" {
		return a.Emulation.Close(a.Ctx(), a.Who, round)
	}
	return a.Emulation.Publish(a.Ctx(), a.Who, round)
}

// proposeReward puts a collective or a person on the list for a Giấy khen (KH:V.4).
func proposeReward(a *Ask, round int64) error {
	p := emulation.Proposal{Kind: a.Post("kind"), Name: a.Post("name"), Office: a.Post("office"), Achievement: a.Post("achievement")}
	r, err := a.Emulation.Round(a.Ctx(), a.Who, round)
	if err != nil {
		return err
	}
	if v, ok := r.Find(a.Post("unit")); ok {
		p.Unit = v.Evidence.Unit
		if p.Kind == "collective" && p.Name == "" {
			p.Name = v.Evidence.Name
		}
	}
	_, err = a.Emulation.Propose(a.Ctx(), a.Who, round, p)
	return err
}

func unproposeReward(a *Ask, round int64) error {
	n, err := id.Parse(a.Post("proposal"))
	if err != nil {
		return notHere
	}
	return a.Emulation.Unpropose(a.Ctx(), a.Who, round, n)
}

// decideContest keeps or changes a verdict that was contested (law J2).
func decideContest(a *Ask, _ int64) error {
	n, err := id.Parse(a.Post("contest"))
	if err != nil {
		return notHere
	}
	outcome := emulation.Upheld
	if a.Post("class") != "" {
		outcome = emulation.Changed
	}
	return a.Emulation.Decide(a.Ctx(), a.Who, n, outcome, emulation.Class(a.Post("class")), a.Post("why"))
}

// roundPaper gives a round's document as .docx; several certificates come as one file each, by their number.
func roundPaper(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("round"))
	if err != nil {
		return notHere
	}
	form, err := emulation.ParseForm(a.R.PathValue("form"))
	if err != nil {
		return err
	}
	list, err := a.Emulation.RoundPapers(a.Ctx(), a.Who, n, form)
	if err != nil {
		return err
	}
	at := 0
	if i, err := strconv.Atoi(a.Query("so")); err == nil {
		at = i - 1
	}
	if at < 0 || at >= len(list) {
		return fault.New(fault.Missing, "web.no_paper", "Đợt xét này chưa có ai trong danh sách đề nghị nên chưa có văn bản.")
	}
	var b bytes.Buffer
	if err := list[at].Write(&b, nil); err != nil {
		return err
	}
	a.attach(fmt.Sprintf("%s-%d.docx", form, at+1), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	_, err = a.W.Write(b.Bytes())
	return err
}

// verdictScreen shows one verdict with all its evidence and what the unit says of it.
func (a *Ask) verdictScreen() (*EmulationVerdict, error) {
	r, err := a.roundInPath()
	if err != nil {
		return nil, err
	}
	v, ok := r.Find(a.R.PathValue("key"))
	if !ok {
		return nil, notHere
	}
	s := &EmulationVerdict{Href: "/thi-dua/" + id.String(r.ID) + "/don-vi/" + url.PathEscape(v.Evidence.Key), Row: a.rankRow(&v, r.Day), Rank: emulation.RankText(v), Contests: a.contestRows(r, v.Evidence.Key)}
	s.Title, s.Area = v.Evidence.Name, "/thi-dua"
	s.Crumbs = []Crumb{{"Thi đua", "/thi-dua"}, {emulation.TierTitle(r.Tier) + ", " + r.Day.Vi(), "/thi-dua/" + id.String(r.ID)}, {Title: v.Evidence.Name}}
	s.Lead = emulation.ClassTitle(v.Class) + " · hạng " + emulation.RankText(v)
	s.Stats = []Stat{{Label: "Điểm", Value: emulation.PointsText(v.Points), Note: "bình quân các chỉ tiêu"}, {Label: "Báo cáo", Value: emulation.ReportText(v.Evidence)}, {Label: "Số báo bị bác", Value: emulation.ShareText(v.Evidence.Claims)}, {Label: "Kiểm tra thấy sai", Value: emulation.ShareText(v.Evidence.Found)}}
	if r.State() == emulation.Published {
		s.Until = r.Until().Vi()
		s.MayContest = a.Who.May("emulation.contest", v.Evidence.Unit) == nil
	}
	s.WhatIf = "/thi-dua/" + id.String(r.ID) + "/thu?don_vi=" + url.QueryEscape(v.Evidence.Key)
	return s, nil
}

func showVerdict(a *Ask) error {
	s, err := a.verdictScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func contestVerdict(a *Ask) error {
	r, err := a.roundInPath()
	if err != nil {
		return err
	}
	s, err := a.verdictScreen()
	if err != nil {
		return err
	}
	if _, err := a.Emulation.Contest(a.Ctx(), a.Who, r.ID, a.R.PathValue("key"), a.Post("text")); err != nil {
		return Again(s, err)
	}
	return a.Go(s.Href)
}

// showRoundWhatIf judges a round anew with one case decided otherwise; nothing is kept, the address says what was asked.
func showRoundWhatIf(a *Ask) error {
	r, err := a.roundInPath()
	if err != nil {
		return err
	}
	s := &EmulationWhatIf{}
	s.Title, s.Area = "Nếu quyết định khác đi", "/thi-dua"
	s.Lead = "Thử đổi một việc của một đơn vị rồi xem hạng và loại của tất cả đổi thế nào. Không ghi gì vào đợt xét."
	s.Crumbs = []Crumb{{"Thi đua", "/thi-dua"}, {emulation.TierTitle(r.Tier) + ", " + r.Day.Vi(), "/thi-dua/" + id.String(r.ID)}, {Title: s.Title}}
	s.Form = NewForm(a.R.URL.Query())
	number := func(name string) int64 { n, _ := strconv.ParseInt(a.Query(name), 10, 32); return n }
	c := emulation.Change{Key: a.Query("don_vi"), Excuse: number("bac"), Reports: int(number("bao_cao")), InTime: int(number("dung_han")), Findings: number("kiem_tra"), Target: a.Query("chi_tieu"), More: number("them")}
	for i := range r.List {
		s.Units = append(s.Units, Choice{r.List[i].Evidence.Key, r.List[i].Evidence.Name, r.List[i].Evidence.Key == c.Key})
		if len(s.Targets) == 0 {
			for _, d := range r.List[i].Evidence.Targets {
				s.Targets = append(s.Targets, Choice{d.ID, d.Short, d.ID == c.Target})
			}
		}
	}
	for _, x := range [][2]string{{"bac", "Số báo bị bác được bỏ qua"}, {"bao_cao", "Báo cáo còn thiếu coi như đã nộp"}, {"dung_han", "Báo cáo muộn coi như đúng hạn"}, {"kiem_tra", "Kết quả kiểm tra sai coi là đúng"}, {"them", "Số người xác nhận thêm (hoặc bớt)"}} {
		s.Boxes = append(s.Boxes, s.Form.Field(x[0], x[1]).As("number"))
	}
	if c.Key == "" || c.Empty() {
		return a.Show(s)
	}
	s.Asked = true
	_, diff, err := emulation.WhatIf(r.List, r.Thresholds, c)
	if err != nil {
		return Again(s, err)
	}
	for _, d := range diff {
		s.Rows = append(s.Rows, WhatIfRow{d.Name, emulation.RankText(d.Before), emulation.RankText(d.After), emulation.ClassTitle(d.Before.Class), emulation.ClassTitle(d.After.Class), emulation.Why(d.After), d.Key == c.Key})
	}
	s.Text = vn.Int(int64(len(diff))) + " đơn vị đổi hạng hoặc đổi loại."
	if len(diff) == 0 {
		s.Text = "Không đơn vị nào đổi hạng hay đổi loại."
	}
	return a.Show(s)
}

// dutyScreen lists who answers for missed targets, with causes and proposals (KH:V.4).
func (a *Ask) dutyScreen() (*EmulationDuty, error) {
	tier, err := a.rankTier()
	if err != nil {
		return nil, err
	}
	day, err := a.day()
	if err != nil {
		return nil, err
	}
	list, r, err := a.Emulation.Duties(a.Ctx(), a.Who, tier, day)
	if err != nil {
		return nil, err
	}
	s := &EmulationDuty{Tabs: rankTabs("/thi-dua/trach-nhiem", []emulation.Tier{emulation.Communes, emulation.Hamlets}, tier, a.Query("ngay")), Tier: string(tier), Day: string(r.Day),
		None: Empty{Icon: "check", Title: "Không đơn vị nào phải giải trình", Text: "Mọi đơn vị đang theo kịp lộ trình, hoặc đã đạt chỉ tiêu."}}
	s.Title, s.Area, s.Crumbs = "Trách nhiệm về phần chưa đạt", "/thi-dua", []Crumb{{"Thi đua", "/thi-dua"}, {Title: "Trách nhiệm"}}
	s.Lead = "Số liệu đến hết ngày " + r.Day.Vi() + ". Đơn vị nêu nguyên nhân; cơ quan tham mưu đề xuất xử lý, có lý do."
	for i := range list {
		d := &list[i]
		e := &d.Verdict.Evidence
		u := a.Who.Tree().ByID(e.Unit)
		row := DutyRow{Name: e.Name, Points: emulation.PointsText(d.Verdict.Points), Handling: emulation.HandlingTitle(d.Proposed())}
		for _, c := range d.Causes { // the gaps stand above with their people
			if !slices.ContainsFunc(d.Gaps, func(g emulation.Gap) bool { return strings.HasPrefix(c, g.Short+":") }) {
				row.Causes = append(row.Causes, c)
			}
		}
		if u == nil {
			continue
		}
		row.Code, row.Href = u.Code, a.unitHref(u)
		for _, g := range d.Gaps {
			row.Gaps = append(row.Gaps, gapOf(a, u, g))
		}
		row.Own, row.Handled = moments(d.Own), moments(d.Handled)
		row.MayExplain, row.MayHandle = a.Who.May("report.write", u.ID) == nil, a.Who.May("emulation.propose", 0) == nil
		for _, h := range emulation.Handlings() {
			row.Handlings = append(row.Handlings, Choice{string(h), emulation.HandlingTitle(h), h == d.Proposed()})
		}
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

func gapOf(a *Ask, u *territory.Unit, g emulation.Gap) RankTarget {
	return RankTarget{Name: g.Short, Rate: "thiếu " + vn.Int(g.Missing), Counts: vn.Int(g.Confirmed) + " / " + vn.Int(g.Goal) + late(g.Late), Href: a.peopleHref(u, "t:"+g.ID+":in", "t:"+g.ID+":confirmed")}
}

func late(days int) string {
	if days <= 0 {
		return ""
	}
	return ", chậm " + vn.Int(int64(days)) + " ngày"
}

func moments(list []emulation.Note) []Moment {
	var out []Moment
	for i := len(list) - 1; i >= 0; i-- {
		m := Moment{When: list[i].Day.Vi(), Title: list[i].Text, By: list[i].WhoName}
		if list[i].Value != "" {
			m.Title, m.Text = emulation.HandlingTitle(list[i].Value), list[i].Text
		}
		out = append(out, m)
	}
	return out
}

func showDuty(a *Ask) error {
	s, err := a.dutyScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// answerDuty keeps a unit's cause, or a proposal of handling.
func answerDuty(a *Ask) error {
	u, err := a.reportUnit()
	if err != nil {
		return err
	}
	if a.Post("do") == "xu-ly" {
		err = a.Emulation.Handle(a.Ctx(), a.Who, u.ID, emulation.Handling(a.Post("handling")), a.Post("text"))
	} else {
		err = a.Emulation.Explain(a.Ctx(), a.Who, u.ID, a.Post("text"))
	}
	if err != nil {
		s, broken := a.dutyScreen()
		if broken != nil {
			return broken
		}
		return Again(s, err)
	}
	return a.Go("/thi-dua/trach-nhiem")
}
