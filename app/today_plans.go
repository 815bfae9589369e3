package app

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/ops/budget"
	"bonphu/ops/obstacles"
	"bonphu/oversight/lead"
)

// budgetToday is what waits in the funds: proposals to decide on, and returned ones to put right (KH:V.5).
func (a *App) budgetToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if who.IsSystem() {
		return nil, nil
	}
	list, err := a.Budget.Waiting(ctx, who)
	if err != nil {
		return nil, err
	}
	var out []lead.Task
	decide := lead.Task{Kind: "budget", Title: "Thẩm định đề xuất kinh phí", Unit: "đề xuất", Href: "/du-toan?tinh_trang=" + budget.Sent}
	for _, w := range list {
		if w.State == budget.Sent {
			decide.N++
			continue
		}
		out = append(out, lead.Task{Kind: "budget.returned", Title: "Sửa đề xuất kinh phí bị trả lại", Note: w.Title, Unit: "đề xuất", N: 1, Href: "/du-toan/" + id.String(w.ID)})
	}
	return append(out, decide), nil
}

// localPlansToday is what waits in the commune's own plan: to be written, issued, written anew (KH:V.6).
func (a *App) localPlansToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if who.IsSystem() || a.Plan() == nil {
		return nil, nil
	}
	list, err := a.LocalPlans.Waiting(ctx, who)
	if err != nil {
		return nil, err
	}
	var out []lead.Task
	for _, w := range list {
		out = append(out, lead.Task{Kind: "localplan", Title: w.Title, Unit: "kế hoạch", N: 1, Href: "/ke-hoach-xa/" + w.Unit.Code})
	}
	return out, nil
}

// ownObstaclesToday are the obstacles that came to the asker's office to be answered, where the level's own list does not tell them (KH:VI).
func (a *App) ownObstaclesToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if who.IsSystem() || who.Office == 0 || !who.MayAnywhere("obstacle.own") || who.MayAnywhere("obstacle.answer") || a.Plan() == nil {
		return nil, nil
	}
	t := lead.Task{Kind: "obstacles.own", Title: "Trả lời vướng mắc chuyển đến cơ quan mình", Unit: "vướng mắc", Href: "/vuong-mac?tinh_trang=" + obstacles.Open}
	today := clock.DayOf(a.Clock())
	for _, unit := range who.Scope("obstacle.own") {
		list, err := a.Obstacles.List(ctx, who, obstacles.Query{Unit: unit, State: obstacles.Open})
		if err != nil {
			return nil, err
		}
		for i := range list {
			if !obstacles.Owns(who, &list[i]) {
				continue
			}
			t.N++
			if list[i].Late(today) {
				t.Late++
			}
		}
	}
	return []lead.Task{t}, nil
}
