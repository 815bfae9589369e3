package app

import (
	"context"
	"net/url"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/aid"
	"bonphu/ops/dossier"
	"bonphu/ops/duties"
	"bonphu/ops/obstacles"
	"bonphu/oversight/lead"
	"bonphu/oversight/report"
)

// leadCauses is what each part of the program knows of units' being behind (KH:IV.2.c).
func (a *App) leadCauses() []lead.Causes {
	return []lead.Causes{a.silentTeams, a.openObstacles, a.lyingDossiers, a.noShows, a.missingReports}
}

// leadStuck is what is stuck, part by part.
func (a *App) leadStuck() []lead.Snags {
	return []lead.Snags{a.stuckObstacles, a.stuckDossiers, a.stuckDuties, a.stuckInstructions, a.stuckOrders, a.stuckReports}
}

// ofToday tells whether an outlook is of today: what is open or lies now says nothing of a day that is over (law C5).
func (a *App) ofToday(o *lead.Outlook) bool {
	return o.Day >= min(clock.DayOf(a.Clock()), a.Plan().Until)
}

// partOf gives the unit among parts in which a unit lies; nil for none.
func partOf(tree *territory.Tree, parts []*territory.Unit, unit int64) *territory.Unit {
	for _, p := range parts {
		if tree.Within(unit, p.ID) {
			return p
		}
	}
	return nil
}

// silentTeams: teams that sent no visit today.
func (a *App) silentTeams(ctx context.Context, who access.Viewer, o *lead.Outlook) (map[int64][]lead.Reason, error) {
	if who.May("quota.see", o.Unit.ID) != nil || who.May("team.see", o.Unit.ID) != nil || o.Day < a.Plan().From {
		return nil, nil
	}
	d, err := a.Rhythm.Day(ctx, who, o.Unit.ID, o.Day)
	if err != nil {
		return nil, err
	}
	out := map[int64][]lead.Reason{}
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Silent > 0 {
			out[r.Unit] = []lead.Reason{{Kind: "silent", N: int64(r.Silent), Weight: 1.5 * float64(r.Silent) / float64(max(1, r.Teams)), Href: lead.DayHref(who, who.Tree().ByID(r.Unit)),
				Text: vn.Int(int64(r.Silent)) + " trên " + vn.Int(int64(r.Teams)) + " tổ chưa gửi phiếu ngày " + o.Day.Vi()}}
		}
	}
	return out, nil
}

// openObstacles: what was reported and nobody answered (KH:VI).
func (a *App) openObstacles(ctx context.Context, who access.Viewer, o *lead.Outlook) (map[int64][]lead.Reason, error) {
	if who.May("obstacle.see", o.Unit.ID) != nil || !a.ofToday(o) {
		return nil, nil
	}
	list, err := a.Obstacles.List(ctx, who, obstacles.Query{Unit: o.Unit.ID, State: obstacles.Open})
	if err != nil {
		return nil, err
	}
	open, late := map[*territory.Unit]int64{}, map[*territory.Unit]int64{}
	today := clock.DayOf(a.Clock())
	for i := range list {
		u := partOf(who.Tree(), o.Parts, list[i].Unit)
		open[u]++
		if list[i].Late(today) {
			late[u]++
		}
	}
	out := map[int64][]lead.Reason{}
	for u, n := range open {
		if u == nil {
			continue
		}
		text := vn.Int(n) + " vướng mắc chưa được trả lời"
		if late[u] > 0 {
			text += ", " + vn.Int(late[u]) + " quá hạn"
		}
		out[u.ID] = []lead.Reason{{Kind: "obstacles", N: n, Weight: 0.8 + 0.4*float64(late[u]), Text: text, Href: lead.At(who, "obstacle.see", "/vuong-mac", u, "tinh_trang", obstacles.Open)}}
	}
	return out, nil
}

// lyingDossiers: dossiers beyond their norm (KH:III.3.b).
func (a *App) lyingDossiers(ctx context.Context, who access.Viewer, o *lead.Outlook) (map[int64][]lead.Reason, error) {
	if who.May("dossier.see", o.Unit.ID) != nil || !a.ofToday(o) {
		return nil, nil
	}
	b, err := a.Dossiers.Board(ctx, who, o.Unit.ID, "")
	if err != nil {
		return nil, err
	}
	out := map[int64][]lead.Reason{}
	for _, r := range b.Rows {
		if r.Late == 0 {
			continue
		}
		state, most := dossier.Collected, int64(0)
		for _, s := range []dossier.State{dossier.Collected, dossier.Transmitted, dossier.Rejected, dossier.Approved, dossier.Issued, dossier.Account} {
			if r.N[s] > most {
				state, most = s, r.N[s]
			}
		}
		u := who.Tree().ByID(r.Unit)
		out[r.Unit] = []lead.Reason{{Kind: "dossiers", N: r.Late, Weight: 1.2 * float64(r.Late) / float64(max(1, r.N.All())), Href: lead.At(who, "dossier.see", "/ho-so-thu-nhan/danh-sach", u, "tuoi", dossier.AgeLate),
			Text: vn.Int(r.Late) + " hồ sơ quá thời hạn, nhiều nhất ở chặng “" + vn.LowerFirst(dossier.Title(state)) + "”"}}
	}
	return out, nil
}

// noShows: people invited to collection points of the last two weeks who did not come.
func (a *App) noShows(ctx context.Context, who access.Viewer, o *lead.Outlook) (map[int64][]lead.Reason, error) {
	if who.May("points.see", o.Unit.ID) != nil {
		return nil, nil
	}
	list, err := a.missedSessions(ctx, o.Day.Add(-14), o.Day)
	if err != nil {
		return nil, err
	}
	type told struct{ missed, invited, last int64 }
	sum := map[*territory.Unit]told{}
	for _, m := range list {
		if u := partOf(who.Tree(), o.Parts, m.unit); u != nil {
			t := sum[u]
			sum[u] = told{t.missed + m.missed, t.invited + m.invited, m.session}
		}
	}
	out := map[int64][]lead.Reason{}
	for u, t := range sum {
		if t.missed > 0 {
			out[u.ID] = []lead.Reason{{Kind: "noshow", N: t.missed, Weight: float64(t.missed) / float64(t.invited), Href: "/buoi/" + id.String(t.last),
				Text: vn.Int(t.missed) + " trên " + vn.Int(t.invited) + " người được mời không đến điểm thu nhận"}}
		}
	}
	return out, nil
}

// missingReports: reports not handed in by their day (KH:V.1).
func (a *App) missingReports(ctx context.Context, who access.Viewer, o *lead.Outlook) (map[int64][]lead.Reason, error) {
	if !who.MayAnywhere("report.see") || !a.ofToday(o) {
		return nil, nil
	}
	b, err := a.Reports.Calendar(ctx, who, "", 12)
	if err != nil {
		return nil, err
	}
	out := map[int64][]lead.Reason{}
	for _, l := range b.Lines {
		var n int64
		href := ""
		for _, r := range l.Reports {
			if r.When == report.Missing {
				n++
				href = "/bao-cao/" + r.Period.ID + "/" + url.PathEscape(l.Unit.Code)
			}
		}
		if n > 0 {
			out[l.Unit.ID] = []lead.Reason{{Kind: "reports", N: n, Weight: 0.5 + 0.1*float64(n), Text: vn.Int(n) + " báo cáo quá hạn chưa nộp", Href: href}}
		}
	}
	return out, nil
}

// snag is a task of what is stuck.
func snag(kind, title, note, unit string, n, late int, href string) []lead.Task {
	if n == 0 {
		return nil
	}
	return []lead.Task{{Kind: kind, Title: title, Note: note, Unit: unit, N: n, Late: late, Href: href}}
}

func (a *App) stuckObstacles(ctx context.Context, who access.Viewer, unit int64) ([]lead.Task, error) {
	if who.May("obstacle.see", unit) != nil {
		return nil, nil
	}
	late, err := a.Obstacles.List(ctx, who, obstacles.Query{Unit: unit, State: "late"})
	if err != nil || len(late) == 0 {
		return nil, err
	}
	people := 0
	for i := range late {
		people += late[i].People
	}
	note := "lâu nhất từ ngày " + late[0].Day.Vi()
	if people > 0 {
		note += ", ảnh hưởng " + vn.Int(int64(people)) + " người"
	}
	return snag("obstacles", "Vướng mắc quá hạn trả lời", note, "vướng mắc", len(late), len(late), lead.AtUnit("/vuong-mac", who, unit, "tinh_trang", "late")), nil
}

func (a *App) stuckDossiers(ctx context.Context, who access.Viewer, unit int64) ([]lead.Task, error) {
	if who.May("dossier.see", unit) != nil {
		return nil, nil
	}
	b, err := a.Dossiers.Board(ctx, who, unit, "")
	if err != nil || b.Narrow == nil {
		return nil, err
	}
	note := "quá thời hạn của chặng"
	if b.Narrow.Alarm > 0 {
		note += ", " + vn.Int(b.Narrow.Alarm) + " đã nằm quá lâu"
	}
	return snag("dossiers", "Hồ sơ tắc ở chặng “"+vn.LowerFirst(dossier.Title(b.Narrow.State))+"”", note, "hồ sơ", int(b.Narrow.Over), int(b.Narrow.Over),
		lead.AtUnit("/ho-so-thu-nhan/danh-sach", who, unit, "chang", string(b.Narrow.State), "tuoi", dossier.AgeLate)), nil
}

func (a *App) stuckDuties(ctx context.Context, who access.Viewer, unit int64) ([]lead.Task, error) {
	if who.May("duty.see", unit) != nil {
		return nil, nil
	}
	list, err := a.Duties.Board(ctx, who, duties.Query{Unit: unit, State: "late"})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	offices := map[int64]bool{}
	for i := range list {
		offices[list[i].Office.ID] = true
	}
	return snag("duties", "Nhiệm vụ cơ quan chưa xong khi đến hạn", "của "+vn.Int(int64(len(offices)))+" cơ quan", "nhiệm vụ", len(list), len(list), lead.AtUnit("/nhiem-vu", who, unit, "tinh_trang", "late")), nil
}

// stuckInstructions: instructions that not every office told has taken note of.
func (a *App) stuckInstructions(ctx context.Context, who access.Viewer, unit int64) ([]lead.Task, error) {
	if who.May("duty.see", unit) != nil || who.May("instruct.write", unit) != nil {
		return nil, nil
	}
	list, err := a.Duties.Instructions(ctx, who)
	if err != nil {
		return nil, err
	}
	n, late, missing := 0, 0, 0
	today := clock.DayOf(a.Clock())
	for i := range list {
		x := &list[i]
		told, read, done := x.Counts()
		if x.Withdrawn != "" || !who.Tree().Within(x.Unit, unit) || read == told && done == told {
			continue
		}
		if read < told || x.Due != "" && x.Due < today {
			n++
			missing += told - read
		}
		if x.Due != "" && x.Due < today {
			late++
		}
	}
	return snag("instructions", "Chỉ đạo chưa được nhận đủ hoặc quá hạn", vn.Int(int64(missing))+" lượt cơ quan chưa nhận", "chỉ đạo", n, late, "/chi-dao"), nil
}

func (a *App) stuckOrders(ctx context.Context, who access.Viewer, unit int64) ([]lead.Task, error) {
	if who.May("aid.see", unit) != nil {
		return nil, nil
	}
	c, err := a.Aid.Count(ctx, who, aid.Query{Unit: unit})
	if err != nil {
		return nil, err
	}
	note := ""
	if c.Nobody > 0 {
		note = vn.Int(int64(c.Nobody)) + " đơn chưa có nhà mạng nhận"
	}
	return snag("orders", "Đơn đăng ký SIM, máy 4G quá thời hạn", note, "đơn", c.Late, c.Late, lead.AtUnit("/don-dang-ky", who, unit, "tinh_trang", "late")), nil
}

func (a *App) stuckReports(ctx context.Context, who access.Viewer, unit int64) ([]lead.Task, error) {
	if !who.MayAnywhere("report.see") {
		return nil, nil
	}
	b, err := a.Reports.Calendar(ctx, who, "", 12)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, l := range b.Lines {
		for _, r := range l.Reports {
			if r.When == report.Missing && who.Tree().Within(l.Unit.ID, unit) {
				n++
			}
		}
	}
	return snag("reports", "Báo cáo các xã quá hạn chưa nộp", "", "báo cáo", n, n, "/bao-cao"), nil
}
