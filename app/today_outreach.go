package app

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/vn"
	"bonphu/oversight/lead"
)

// outreachToday is what waits in outreach: texts to approve, plans of days past without a word, hamlets with nothing for too long
// (KH:III.1.a, KH:III.1.d, KH:III.1.e).
func (a *App) outreachToday(ctx context.Context, who access.Viewer) ([]lead.Task, error) {
	if who.IsSystem() {
		return nil, nil
	}
	w, err := a.Outreach.Waiting(ctx, who)
	if err != nil {
		return nil, err
	}
	out := []lead.Task{
		{Kind: "content", Title: "Duyệt nội dung tuyên truyền", Unit: "nội dung", N: w.Approve, Href: "/noi-dung?tinh_trang=submitted"},
		{Kind: "content.returned", Title: "Sửa nội dung tuyên truyền bị trả lại", Unit: "nội dung", N: w.Returned, Href: "/noi-dung?tinh_trang=draft"},
		{Kind: "outreach", Title: "Ghi kết quả hoạt động tuyên truyền đã qua ngày", Unit: "hoạt động", N: w.Overdue, Late: w.Overdue, Href: "/tuyen-truyen?tinh_trang=late"},
	}
	if w.Quiet > 0 {
		out = append(out, lead.Task{Kind: "outreach.quiet", Title: "Ấp chưa có hoạt động tuyên truyền", Note: "quá " + vn.Int(int64(a.Plan().Outreach.Quiet())) + " ngày, trên " + vn.Int(int64(w.Hamlets)) + " ấp", Unit: "ấp", N: w.Quiet, Href: lead.AtUnit("/tuyen-truyen/ap", who, w.Unit)})
	}
	return out, nil
}
