package app

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/id"
	"bonphu/ops/budget"
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
