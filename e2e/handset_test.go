package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// line is the mobile network between a phone and the server: it can be cut, and it can be cut after the server has heard what the phone
// said and before the phone hears the answer.
type line struct {
	URL   string
	state atomic.Int32
}

const (
	online = iota
	offline
	answerLost // of the next push; then offline
)

func newLine(t *testing.T) *line {
	t.Helper()
	to, err := url.Parse(district.Address)
	if err != nil {
		t.Fatal(err)
	}
	l := &line{}
	proxy := httputil.NewSingleHostReverseProxy(to)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch s := l.state.Load(); {
		case s == offline:
			panic(http.ErrAbortHandler)
		case s == answerLost && strings.HasSuffix(r.URL.Path, "/push"):
			proxy.ServeHTTP(httptest.NewRecorder(), r)
			l.state.Store(offline)
			panic(http.ErrAbortHandler)
		}
		proxy.ServeHTTP(w, r)
	}))
	s.Config.ErrorLog = nil
	t.Cleanup(s.Close)
	l.URL = s.URL
	return l
}

// phone is a phone's browser; tab is what is open on it now.
type phone struct {
	t    *testing.T
	line *line
	all  context.Context
	tab  context.Context
	shut context.CancelFunc
	pre  string // script that runs before the page's own
}

const pin = "135790"

// newPhone gives a phone with its own memory; flags are Chromium's, name=value.
func newPhone(t *testing.T, flags ...string) *phone {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("no-first-run", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("lang", "vi"), chromedp.WindowSize(390, 844))
	for _, f := range flags {
		name, value, _ := strings.Cut(f, "=")
		if value == "" {
			opts = append(opts, chromedp.Flag(name, true))
		} else {
			opts = append(opts, chromedp.Flag(name, value))
		}
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stop := chromedp.NewContext(alloc)
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(func() { cancel(); stop(); stopAlloc() })
	p := &phone{t: t, line: newLine(t), all: ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(390, 844)); err != nil {
		t.Fatalf("Chromium did not start: %v", err)
	}
	return p
}

// open opens the app in a new tab, as a tap on its icon does; at is what stands after the #.
func (p *phone) open(at string) {
	p.t.Helper()
	p.kill()
	p.tab, p.shut = chromedp.NewContext(p.all)
	do(p.t, p.tab, chromedp.EmulateViewport(390, 844))
	if err := chromedp.Listen(p.tab, func(ev any) {
		if e, ok := ev.(*runtime.EventExceptionThrown); ok {
			p.t.Errorf("the app failed: %s", e.ExceptionDetails.Text)
		}
	}); err != nil {
		p.t.Fatal(err)
	}
	if p.pre != "" {
		if _, err := chromedp.Call(p.tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: p.pre}); err != nil {
			p.t.Fatal(err)
		}
	}
	do(p.t, p.tab, chromedp.Navigate(p.line.URL+"/field/"+at))
	p.wait(`document.documentElement.dataset.ready`)
}

// kill ends the tab at once, whatever it is doing.
func (p *phone) kill() {
	if p.shut != nil {
		p.shut()
		p.shut = nil
	}
}

func (p *phone) wait(expression string) {
	p.t.Helper()
	do(p.t, p.tab, chromedp.Poll[chromedp.Void]("!!("+expression+")", chromedp.WithPollingInterval(50*time.Millisecond), chromedp.WithPollingTimeout(40*time.Second)))
}

func (p *phone) press(selector string) {
	p.t.Helper()
	p.wait(`document.querySelector(` + quote(selector) + `)`)
	p.js(`document.querySelector(` + quote(selector) + `).click()`)
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

func (p *phone) js(code string) {
	p.t.Helper()
	do(p.t, p.tab, chromedp.Evaluate[chromedp.Void]("{"+code+"};null"))
}

func (p *phone) text() string {
	p.t.Helper()
	return ask(p.t, p.tab, chromedp.Evaluate[string](`document.body.innerText`))
}

func (p *phone) count(selector string) int {
	p.t.Helper()
	return ask(p.t, p.tab, chromedp.Evaluate[int](`document.querySelectorAll(`+quote(selector)+`).length`))
}

func (p *phone) pin(digits string) {
	p.t.Helper()
	p.wait(`document.querySelector(".pad:not(.wait)")`)
	for _, d := range digits {
		p.press(`[data-key="` + string(d) + `"]`)
	}
}

// enrol lets the phone in and waits for its list.
func (p *phone) enrol(code string) {
	p.t.Helper()
	p.open("#ghi-danh=" + code)
	p.press("button.primary")
	p.wait(`document.querySelector("h1")?.textContent === "Chọn mã PIN"`)
	p.pin(pin)
	p.wait(`document.querySelector("h1")?.textContent === "Nhập lại mã PIN"`)
	p.pin(pin)
	p.synced()
	p.wait(`document.querySelector(".person, .empty")`)
}

// list opens the list of everybody on the phone: home shows only those whom this holder should visit now.
func (p *phone) list() {
	p.t.Helper()
	p.js(`location.hash = "#danh-sach"`)
	p.wait(`document.querySelector("h1")?.textContent === "Danh sách" && document.querySelector(".person")`)
}

// synced waits until the phone and the server agree.
func (p *phone) synced() { p.wait(`document.querySelector(".status.good")`) }

func (p *phone) unlock() {
	p.t.Helper()
	p.pin(pin)
	p.wait(`document.querySelector(".page")`)
}

// visit records a result for the person whose page is open, or for the first of the list, and gives their id.
func (p *phone) visit(result string, more ...string) string {
	p.t.Helper()
	if p.count("form.visit") == 0 {
		p.list()
		p.js(`document.querySelector(".person").click()`)
	}
	p.wait(`document.querySelector("form.visit")`)
	at := ask(p.t, p.tab, chromedp.Evaluate[string](`location.hash`))
	for _, id := range append([]string{result}, more...) {
		p.press(`.choice [data-id="` + id + `"]`)
	}
	p.js(`document.querySelector("form.visit .primary").click()`)
	p.wait(`document.querySelector(".toast")?.textContent.includes("Đã lưu trên máy") && location.hash !== ` + quote(at))
	p.js(`document.querySelector(".toast").remove()`)
	return strings.TrimPrefix(at, "#nguoi=")
}

// code has a leader let a phone in: of the first team of An Khương's first hamlet, for the nth of its members.
func code(t *testing.T, n int) string {
	t.Helper()
	return codeFrom(t, "ca.an-khuong", `/ấp 1\b/i`, n)
}

// codeFrom has somebody let a phone in for the nth member of the first team whose name matches, with the list that is offered first.
func codeFrom(t *testing.T, login, team string, n int) string {
	t.Helper()
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, login)
	text := ask(t, ctx, chromedp.Evaluate[string](fmt.Sprintf(`(async () => {
		const page = async (u, o) => new DOMParser().parseFromString(await (await fetch(u, o)).text(), "text/html");
		let p = await page("/dien-thoai");
		const to = [...p.querySelectorAll("select[name=to] option")].filter(o => o.value && %s.test(o.textContent))[0].value;
		p = await page("/dien-thoai?to=" + to);
		const member = [...p.querySelectorAll("[name=member] option")].filter(o => o.value)[%d].value;
		const hamlet = (p.querySelector("[name=hamlet]:checked") || p.querySelector("[name=hamlet] option[selected]") || p.querySelector("[name=hamlet]")).value;
		p = await page("/dien-thoai", {method: "POST", body: new URLSearchParams({to, member, hamlet})});
		return p.querySelector("main").textContent;
	})()`, team, n), chromedp.EvalAwaitPromise))
	found := regexp.MustCompile(`\b[A-Z2-9]{4}-[A-Z2-9]{4}\b`).FindString(text)
	if found == "" {
		t.Fatalf("the leader gets no code: %.400s", text)
	}
	return found
}

// rows asks the database of the demo.
func rows(t *testing.T, query string) string {
	t.Helper()
	out, err := exec.Command("sqlite3", "-readonly", filepath.Join(district.Dir, "bonphu.db"), query).CombinedOutput()
	if err != nil {
		t.Fatalf("sqlite3: %v %s", err, out)
	}
	return strings.TrimSpace(string(out))
}
