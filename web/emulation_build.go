package web

import (
	"cmp"
	"net/url"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/officials"
	"bonphu/oversight/emulation"
)

// classKind is the colour of a class.
func classKind(c emulation.Class) string {
	switch c {
	case emulation.Excellent, emulation.Good:
		return "good"
	case emulation.Complete:
		return "note"
	case emulation.Failed:
		return "warn"
	case emulation.Excluded:
		return "bad"
	}
	return ""
}

// rankTabs lets a person choose a tier on the same day.
func rankTabs(path string, tiers []emulation.Tier, at emulation.Tier, day string) []Tab {
	var out []Tab
	for _, t := range tiers {
		q := url.Values{"bang": {string(t)}}
		if day != "" {
			q.Set("ngay", day)
		}
		out = append(out, Tab{emulation.TierTitle(t), path + "?" + q.Encode(), t == at})
	}
	return out
}

// evidenceHref is where the evidence of a reason lies; "" for what the asker may not open.
func (a *Ask) evidenceHref(e *emulation.Evidence, at string, day clock.Day) (href, more string) {
	u := a.Who.Tree().ByID(e.Unit)
	if u == nil {
		return "", ""
	}
	q := url.Values{"don_vi": {u.Code}}.Encode()
	switch at {
	case "targets":
		if h := a.unitHref(u); h != "" {
			return h + "?" + url.Values{"ngay": {string(day)}}.Encode(), "Số liệu của đơn vị"
		}
	case "reports": // the calendar shows every unit that the asker may see
		if a.Who.May("report.see", u.ID) == nil {
			return "/bao-cao", "Lịch báo cáo"
		}
	case "claims":
		if a.Who.May("reconcile.see", u.ID) == nil {
			return "/doi-soat?" + q, "Từng trường hợp bị bác"
		}
	case "inspections":
		if a.Who.May("inspect.see", u.ID) == nil {
			return "/kiem-tra?" + q, "Kết quả kiểm tra"
		}
	}
	return "", ""
}

// rankRow shows one verdict.
func (a *Ask) rankRow(v *emulation.Verdict, day clock.Day) RankRow {
	e := &v.Evidence
	row := RankRow{Rank: emulation.RankText(*v), Name: e.Name, Points: emulation.PointsText(v.Points), Class: emulation.ClassTitle(v.Class), Kind: classKind(v.Class),
		Reports: emulation.ReportText(*e), Claims: emulation.ShareText(e.Claims), Found: emulation.ShareText(e.Found), Decided: v.Decided}
	u := a.Who.Tree().ByID(e.Unit)
	for _, d := range e.Targets {
		t := RankTarget{Name: d.Short, Rate: emulation.PointsText(d.Points()), Counts: vn.Int(d.Confirmed) + " / " + vn.Int(d.Goal)}
		if d.Goal == 0 {
			t.Counts = vn.Int(d.Confirmed)
		}
		if p := a.plan(); p != nil && officials.Target(p) != nil && officials.Target(p).ID == d.ID {
			if a.Who.May("officials.see", e.Unit) == nil {
				t.Href = officialsHref + "/" + e.Key
			}
		} else if p != nil && p.Target(d.ID) != nil {
			t.Href = a.peopleHref(u, "t:"+d.ID+":confirmed", "")
		}
		row.Targets = append(row.Targets, t)
	}
	for _, r := range v.Reasons {
		href, more := a.evidenceHref(e, r.At, day)
		row.Reasons = append(row.Reasons, RankReason{r.Text, r.Clause, href, more, r.Bars})
	}
	return row
}

// rankTier is the tier that the address asks for.
func (a *Ask) rankTier() (emulation.Tier, error) { return emulation.ParseTier(a.Query("bang")) }

func (a *Ask) ranksScreen() (*EmulationRanks, error) {
	tier, err := a.rankTier()
	if err != nil {
		return nil, err
	}
	day, err := a.day()
	if err != nil {
		return nil, err
	}
	r, err := a.Emulation.Ranks(a.Ctx(), a.Who, tier, day)
	if err != nil {
		return nil, err
	}
	s := &EmulationRanks{Tabs: rankTabs("/thi-dua", emulation.Tiers(), tier, a.Query("ngay")), Tier: string(tier), Day: string(r.Day), Rule: emulation.Rule(r.Thresholds), Lacking: r.Lacking,
		Duty: "/thi-dua/trach-nhiem?" + url.Values{"ngay": {string(r.Day)}}.Encode(),
		None: Empty{Icon: "flag", Title: "Chưa có gì để xếp hạng", Text: cmp.Or(r.Lacking, "Bảng này có khi các đơn vị có chỉ tiêu và có số đã được xác nhận.")}}
	s.Title, s.Area = "Thi đua", "/thi-dua"
	s.Lead = "Xếp theo tỷ lệ đã xác nhận so với chỉ tiêu, số liệu đến hết ngày " + r.Day.Vi() + ". Bảng này là số đang chạy; kết quả để công bố nằm ở các đợt xét bên dưới."
	n := map[emulation.Class]int64{}
	for i := range r.List {
		n[r.List[i].Class]++
		s.Rows = append(s.Rows, a.rankRow(&r.List[i], r.Day))
	}
	for _, c := range []emulation.Class{emulation.Excellent, emulation.Good, emulation.Complete, emulation.Failed, emulation.Excluded} {
		if tier != emulation.Persons && len(r.List) > 0 {
			s.Stats = append(s.Stats, Stat{Label: emulation.ClassTitle(c), Value: vn.Int(n[c]), Kind: classKind(c)})
		}
	}
	rounds, err := a.Emulation.Rounds(a.Ctx(), a.Who, 50)
	if err != nil {
		return nil, err
	}
	for i := range rounds {
		x := &rounds[i]
		kind := map[emulation.State]string{emulation.Published: "note", emulation.Closed: "good"}[x.State()]
		s.Rounds = append(s.Rounds, RoundRow{emulation.TierTitle(x.Tier) + ", ngày " + x.Day.Vi(), "/thi-dua/" + id.String(x.ID), emulation.StateTitle(x.State()), kind, clock.DayOf(clock.ParseStamp(x.At)).Vi(), x.Note})
	}
	s.MayOpen = a.Who.May("emulation.propose", 0) == nil && tier != emulation.Agencies && tier != emulation.Persons && len(s.Rows) > 0
	return s, nil
}

func showRanks(a *Ask) error {
	s, err := a.ranksScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// openRound freezes the table as a round (law J2).
func openRound(a *Ask) error {
	tier, err := emulation.ParseTier(a.Post("bang"))
	if err != nil {
		return err
	}
	day, err := clock.ParseDay(a.Post("ngay"))
	if err != nil {
		return fault.New(fault.Invalid, "web.day", "Hãy chọn ngày của số liệu.").On("ngay")
	}
	round, err := a.Emulation.Open(a.Ctx(), a.Who, tier, day, a.Post("note"))
	if err != nil {
		s, broken := a.ranksScreen()
		if broken != nil {
			return broken
		}
		return Again(s, err)
	}
	return a.Go("/thi-dua/" + id.String(round))
}

// roundInPath reads the round of the address.
func (a *Ask) roundInPath() (*emulation.Round, error) {
	n, err := id.Parse(a.R.PathValue("round"))
	if err != nil {
		return nil, notHere
	}
	return a.Emulation.Round(a.Ctx(), a.Who, n)
}

// contestRows shows contests; key narrows to one, "" for all.
func (a *Ask) contestRows(r *emulation.Round, key string) []ContestRow {
	mayDecide := a.Who.May("emulation.decide", 0) == nil && r.State() == emulation.Published
	var out []ContestRow
	for _, c := range r.Contests {
		if key != "" && c.Key != key {
			continue
		}
		row := ContestRow{Ref: id.String(c.ID), Name: c.Name, Href: "/thi-dua/" + id.String(r.ID) + "/don-vi/" + url.PathEscape(c.Key), Text: c.Text, By: c.WhoName, When: c.Day.Vi()}
		if d := c.Decision; d != nil {
			row.Before, row.After, row.Why, row.DecidedBy = emulation.ClassTitle(d.Before), emulation.ClassTitle(d.After), d.Why, d.WhoName+", "+d.Day.Vi()
			if row.Outcome = "Giữ nguyên kết quả"; d.Outcome == emulation.Changed {
				row.Outcome = "Thay đổi kết quả"
			}
		} else if mayDecide && c.Who != a.Who.Account {
			row.MayDecide = true
			if v, ok := r.Find(c.Key); ok {
				for _, x := range emulation.Changeable(v, r.Thresholds) {
					row.Classes = append(row.Classes, Choice{string(x), emulation.ClassTitle(x), false})
				}
			}
		}
		out = append(out, row)
	}
	return out
}
