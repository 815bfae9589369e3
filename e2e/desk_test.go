package e2e

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestClause_IV_2_c_ChairmanReadsTheBoard(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "lanhdao")
	open(t, ctx, "/")
	text := read(t, ctx)
	for _, want := range []string{"Căn cước công dân", "SIM chính chủ", "4G", "13 xã, thị trấn", "Tân Khai", "An Khương"} {
		if !strings.Contains(text, want) {
			t.Errorf("the board does not say %q", want)
		}
	}
	if all := ask(t, ctx, chromedp.Evaluate[string](`document.body.innerText`)); !strings.Contains(all, "Dữ liệu mẫu") {
		t.Error("the demo does not say that it is one")
	}
}

// pages are the addresses that the navigation offers.
func pages(t *testing.T, ctx context.Context) []string {
	t.Helper()
	seen := map[string]bool{}
	var out []string
	for _, h := range ask(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("nav a[href^='/']")].map(a => a.getAttribute("href"))`)) {
		if !seen[h] && !strings.HasPrefix(h, "/static") {
			seen[h] = true
			out = append(out, h)
		}
	}
	if len(out) < 3 {
		t.Errorf("the navigation offers only %v", out)
	}
	return out
}

func TestEveryPageOfTheNavigationOpens(t *testing.T) {
	ctx := browser(t, 1366, 900)
	for _, login := range []string{"congan", "quantri", "ct.an-khuong", "totruong"} {
		signIn(t, ctx, login)
		for _, p := range pages(t, ctx) {
			open(t, ctx, p)
			text := read(t, ctx)
			for _, bad := range []string{"Có lỗi ở máy chủ", "Không có trang này", "chưa có quyền"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s at %s: %.200s", login, p, text)
				}
			}
			if ask(t, ctx, chromedp.Title()) == "" {
				t.Errorf("%s has no title", p)
			}
		}
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`const x = new XMLHttpRequest(); x.open("POST", "/dang-xuat", false); x.send()`))
	}
}

func TestPhoneWidthNeverScrollsSideways(t *testing.T) {
	ctx := browser(t, 390, 844)
	signIn(t, ctx, "congan")
	for _, p := range append(pages(t, ctx), "/don-vi/25330", "/dan-cu?q=nguyen") {
		open(t, ctx, p)
		if wide := ask(t, ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`)); wide > 1 {
			t.Errorf("%s is %d pixels too wide for a phone", p, wide)
		}
	}
}

func TestKeyboardReachesTheSearch(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "congan")
	open(t, ctx, "/dan-cu")
	on := ""
	for range 60 {
		do(t, ctx, chromedp.KeyEvent(kb.Tab))
		if on = ask(t, ctx, chromedp.Evaluate[string](`document.activeElement.tagName + " " + (document.activeElement.type || "")`)); on == "INPUT search" {
			break
		}
	}
	if on != "INPUT search" {
		t.Fatalf("60 presses of Tab do not reach the search; the last was on %q", on)
	}
	do(t, ctx, chromedp.KeyEvent("nguyen\r"), chromedp.Sleep(settle), chromedp.WaitVisible(chromedp.CSS("main")))
	where, err := url.Parse(ask(t, ctx, chromedp.Location()))
	if err != nil || where.Query().Get("q") != "nguyen" {
		t.Errorf("the search is not kept in the address: %v", where)
	}
	if text := read(t, ctx); !strings.Contains(text, "Nguyễn") {
		t.Errorf("no Nguyễn is found: %.300s", text)
	}
}

func TestLaw_R1_ForeignScreensAreRefused(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "nhamang")
	open(t, ctx, "/dan-cu")
	if text := read(t, ctx); !strings.Contains(text, "chưa có quyền") {
		t.Errorf("an operator sees the register: %.300s", text)
	}
}

func TestLaw_R3_NumbersAreMasked(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "congan")
	open(t, ctx, "/dan-cu?q=nguyen")
	html := ask(t, ctx, chromedp.Evaluate[string](`document.documentElement.outerHTML`))
	if n := whole.FindString(html); n != "" {
		t.Errorf("a citizen number stands whole on the register: %s…", n[:5])
	}
}
