package e2e

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestClause_III_2_e_AListWalkedOnPaperIsEnteredByKeyboardAlone prints a list, types what was ticked, and finds the list's rows done.
func TestClause_III_2_e_AListWalkedOnPaperIsEnteredByKeyboardAlone(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "ca.an-khuong")
	open(t, ctx, "/viec")
	if text := read(t, ctx); !strings.Contains(text, "Việc làm trước") || !strings.Contains(text, "Hẹn hôm nay") {
		t.Fatalf("no work list: %.400s", text)
	}
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("input[name=so]").value = "5"`),
		chromedp.Click(chromedp.CSS(`#in button`)), chromedp.WaitVisible(chromedp.CSS(".worksheet")))
	if wide := ask(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll(".worksheet img").length * document.querySelectorAll(".paper-grid td.n").length`)); wide != 5 {
		t.Errorf("a code and five rows: %d", wide)
	}
	where, err := url.Parse(ask(t, ctx, chromedp.Location()))
	if err != nil {
		t.Fatal(err)
	}
	open(t, ctx, strings.TrimSuffix(where.Path, "/in"))
	do(t, ctx, chromedp.Focus(chromedp.CSS(`select[name=r1]`)), chromedp.KeyEvent("4"), chromedp.Focus(chromedp.CSS(`select[name=r2]`)), chromedp.KeyEvent("1"), chromedp.Focus(chromedp.CSS(`select[name=r3]`)), chromedp.KeyEvent("2"))
	chosen := ask(t, ctx, chromedp.Evaluate[string](`["r1","r2","r3"].map(n => document.querySelector("select[name=" + n + "]").value).join(" ")`))
	if chosen != "refused done promised" {
		t.Fatalf("the figures chose %q", chosen)
	}
	do(t, ctx, chromedp.Focus(chromedp.CSS(`form[data-once] button.first`)), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".flash.bad")))
	if text := read(t, ctx); !strings.Contains(text, "Hãy chọn ngày hẹn quay lại.") || !strings.Contains(text, "2 dòng đã nhập") {
		t.Errorf("the promise without a day: %.600s", text)
	}
	open(t, ctx, strings.TrimSuffix(where.Path, "/in"))
	if text := read(t, ctx); !strings.Contains(text, "Từ chối") || !strings.Contains(text, "2 dòng đã nhập") {
		t.Errorf("what was entered is not there: %.600s", text)
	}
}
