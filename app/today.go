package app

import (
	"context"
	"net/url"
	"slices"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/duties"
	"bonphu/oversight/lead"
	"bonphu/oversight/report"
)

// todaySources is what each part of the program waits for from somebody. A part gives nothing to who may not do the thing.
func (a *App) todaySources() []lead.Source {
	out := []lead.Source{a.reportsOwed, a.reportsToTake, a.quotaToday, a.creditsToday, a.alarmToday, a.lettersToday, a.outreachToday, a.budgetToday, a.localPlansToday, a.ownObstaclesToday}
	out = append(out, lead.Queues(a.DB)...)
	return append(out, a.dutiesToday, a.ordersToday)
}

// reportsOwed are the reports of the asker's own unit that are due today, late or due within a week (KH:V.1). Daily ones whose figures the
// program keeps are owed by nobody.
func (a *App) reportsOwed(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	own := lead.Topmost(who, "report.write", "report.submit")
	if len(own) == 0 || !who.MayAnywhere("report.see") {
		return nil, nil
	}
	b, err := a.Reports.Calendar(ctx, who, "", 12)
	if err != nil {
		return nil, err
	}
	today := clock.DayOf(a.Clock())
	var out []lead.Task
	add := func(l *report.Line) {
		for _, r := range l.Reports {
			if r.State.Handed() || r.When == report.Auto || r.Period.Due.Sub(today) > 7 {
				continue
			}
			t := lead.Task{Kind: "reports", Title: r.Period.Title, Note: l.Unit.Title(), Unit: "báo cáo", N: 1, Due: r.Period.Due, Href: "/bao-cao/" + r.Period.ID + "/" + url.PathEscape(l.Unit.Code)}
			if r.Period.Due < today {
				t.Late = 1
			}
			if r.State == report.Returned {
				t.Note += ", bị trả lại"
			}
			out = append(out, t)
		}
	}
	if b.Top != nil && slices.Contains(own, b.Top.Unit.ID) {
		add(b.Top)
	}
	for i := range b.Lines {
		if slices.Contains(own, b.Lines[i].Unit.ID) {
			add(&b.Lines[i])
		}
	}
	return out, nil
}

// reportsToTake are the reports handed in that wait to be taken over or given back.
func (a *App) reportsToTake(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if !who.MayAnywhere("report.return") || !who.MayAnywhere("report.see") {
		return nil, nil
	}
	b, err := a.Reports.Calendar(ctx, who, "", 12)
	if err != nil {
		return nil, err
	}
	n := 0
	for i := range b.Lines {
		for _, r := range b.Lines[i].Reports {
			if r.State == report.Submitted && who.May("report.return", b.Lines[i].Unit.ID) == nil {
				n++
			}
		}
	}
	return []lead.Task{{Kind: "reports.take", Title: "Nhận báo cáo các xã đã nộp", Unit: "báo cáo", N: n, Href: "/bao-cao"}}, nil
}

// quotaToday is what is left of today's quota in the communes and hamlets whose work the asker does or leads (KH:IV.2.b, law A2).
func (a *App) quotaToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	p, tree := a.Plan(), who.Tree()
	today := clock.DayOf(a.Clock())
	if p == nil || tree == nil || today < p.From || today > p.Until {
		return nil, nil
	}
	home := tree.Place(p.Place.Unit)
	units := slices.DeleteFunc(lead.Topmost(who, "coverage.claim", "quota.shift"), func(u int64) bool {
		return home != nil && tree.Within(home.ID, u) || who.May("quota.see", u) != nil
	})
	if len(units) == 0 {
		return nil, nil
	}
	told, err := a.Figures.Standings(ctx, who, units, "")
	if err != nil {
		return nil, err
	}
	var out []lead.Task
	for _, u := range units {
		t := lead.Task{Kind: "quota", Title: "Chỉ tiêu hôm nay", Note: tree.ByID(u).Title() + ", còn", Unit: "lượt người", Href: lead.AtUnit("/nhip-ngay", who, u)}
		for i := range p.Targets {
			x := &p.Targets[i]
			s := told[u][x.ID]
			if left := s.Quota - s.Done; x.Main && left > 0 {
				if t.N > 0 {
					t.Note += ","
				}
				t.N += int(left)
				t.Note += " " + vn.Int(left) + " " + coverageName(a, x.Coverage)
			}
		}
		out = append(out, t)
	}
	return out, nil
}

func coverageName(a *App, of string) string {
	if c := a.Plan().Coverage(of); c != nil {
		return c.Short
	}
	return of
}

// creditsToday is what an official still owes of the personal quota (KH:IV.1.d).
func (a *App) creditsToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if !who.MayAnywhere("officials.credit") || who.IsSystem() {
		return nil, nil
	}
	m, err := a.Officials.Mine(ctx, who)
	if fault.Is(err, fault.Missing) {
		return nil, nil // an account that is nobody's of the list
	}
	if err != nil {
		return nil, err
	}
	return []lead.Task{{Kind: "credits", Title: "Hướng dẫn người dân theo chỉ tiêu cá nhân", Note: "đã tính " + vn.Int(int64(m.Tally.Counted)) + " trên " + vn.Int(int64(m.Tally.N)), Unit: "người",
		N: m.Tally.N - m.Tally.Counted, Due: a.Plan().Until, Href: "/can-bo/cua-toi"}}, nil
}

// alarmToday counts dossiers that lie far beyond their norm where the asker moves them on.
func (a *App) alarmToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	var out []lead.Task
	for _, u := range lead.Topmost(who, "dossier.write") {
		n, err := a.Dossiers.Alarms(ctx, who, u)
		if err != nil {
			return nil, err
		}
		t := lead.Task{Kind: "dossiers", Title: "Gỡ hồ sơ thu nhận nằm quá lâu", Note: who.Tree().ByID(u).Title(), Unit: "hồ sơ", N: int(n), Href: lead.AtUnit("/ho-so-thu-nhan/danh-sach", who, u, "tuoi", "alarm")}
		t.Late = t.N
		out = append(out, t)
	}
	return out, nil
}

// dutiesToday is what the asker's office, or the asker, owes by the plan and by instructions (KH:III, IV.2).
func (a *App) dutiesToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if !who.MayAnywhere("duty.see") || who.IsSystem() {
		return nil, nil
	}
	mine, err := a.Duties.Mine(ctx, who)
	if err != nil {
		return nil, err
	}
	var out []lead.Task
	for _, m := range mine {
		t := lead.Task{Kind: "duties", Title: m.Title, Note: m.Office.Name, Unit: "nhiệm vụ", N: 1, Due: m.Due, Href: dutyHref(m)}
		if m.Late {
			t.Late = 1
		}
		if m.Instruction != 0 {
			t.Kind, t.Unit = "instructions", "công điện"
		}
		out = append(out, t)
	}
	return out, nil
}

// dutyHref is where a duty, or an instruction, is done.
func dutyHref(m duties.Item) string {
	if m.Instruction != 0 {
		return "/chi-dao/" + id.String(m.Instruction)
	}
	return "/nhiem-vu/" + url.PathEscape(m.Duty) + "/" + id.String(m.Office.ID)
}

// lettersToday are the letters of today that the mail server did not take, for who keeps the program running.
func (a *App) lettersToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if who.May("system.run", 0) != nil {
		return nil, nil
	}
	n, err := a.Post.NotSent(ctx, who)
	return []lead.Task{{Kind: "letters", Title: "Xem thư nhắc việc chưa gửi được", Unit: "thư", N: n, Href: "/thu-da-gui"}}, err
}
