package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestClause_III_3_c_FromTheRouteToTheClosedSession: a week is planned and accepted, letters are there to be printed, everybody on a list is
// checked in, the session is closed, and the calendar and the public page follow.
func TestClause_III_3_c_FromTheRouteToTheClosedSession(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "congan")
	open(t, ctx, "/lich-diem/ke-hoach")
	press(t, ctx, "Lập lại từ số liệu mới")
	do(t, ctx, chromedp.Sleep(settle), chromedp.WaitVisible(chromedp.CSS("main")))
	if text := read(t, ctx); !strings.Contains(text, "Không lịch nào hơn được") {
		t.Fatalf("no draft: %.600s", text)
	}
	press(t, ctx, "Nhận lộ trình vào lịch")
	do(t, ctx, chromedp.Sleep(settle), chromedp.WaitVisible(chromedp.CSS("table.week")))
	session := ask(t, ctx, chromedp.Evaluate[string](`document.querySelector(".slot.good a").getAttribute("href")`))
	open(t, ctx, session+"/giay-moi")
	if n := ask(t, ctx, chromedp.Evaluate[int64](`Math.max(...[...document.querySelectorAll(".sheet")].map(s => s.querySelectorAll(".letter").length))`)); n < 1 || n > 6 {
		t.Errorf("%d letters on a sheet", n)
	}
	open(t, ctx, session+"?xem=cho")
	waiting := ask(t, ctx, chromedp.Evaluate[int64](`document.querySelectorAll("form.inline button[name=key]").length`))
	if waiting == 0 {
		t.Fatal("nobody waits on the demo's session")
	}
	for range min(waiting, 30) {
		open(t, ctx, session+"?xem=cho")
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("form.inline button[name=key]").click()`), chromedp.Sleep(settle), chromedp.WaitVisible(chromedp.CSS("main")))
	}
	open(t, ctx, session)
	press(t, ctx, "Đóng buổi thu nhận")
	do(t, ctx, chromedp.Sleep(settle), chromedp.WaitVisible(chromedp.CSS("main")))
	open(t, ctx, session)
	if text := read(t, ctx); !strings.Contains(text, "Đã đóng") {
		t.Errorf("the session is not closed: %.600s", text)
	}
	phone := browser(t, 240, 400)
	open(t, phone, "/lich?xa=25330")
	text := read(t, phone)
	if !strings.Contains(text, "Gần tôi") || !strings.Contains(text, "An Khương") {
		t.Errorf("the public schedule: %.600s", text)
	}
	if over := ask(t, phone, chromedp.Evaluate[int64](`document.documentElement.scrollWidth - document.documentElement.clientWidth`)); over > 0 {
		t.Errorf("the public schedule is %d pixels too wide for 240", over)
	}
}
