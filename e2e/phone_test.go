package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// results are what the journeys record, each with the reason that is pressed too.
var results = [][]string{{"done"}, {"refused", "fear"}, {"helper", "relative"}, {"needs", "network"}, {"away", "evening"}}

func TestLaw_O1_TenVisitsOfflineSurviveTheTabAndArriveOnce(t *testing.T) {
	p := newPhone(t)
	p.enrol(code(t, 0))
	if got := ask(t, p.tab, chromedp.Evaluate[string](`(async () => { const m = await (await fetch("app.webmanifest")).json(); const r = await navigator.serviceWorker.ready; return m.display + " " + m.icons.length + " " + !!r.active })()`, chromedp.EvalAwaitPromise)); got != "standalone 3 true" {
		t.Errorf("it cannot be installed: %s", got)
	}
	p.wait(`navigator.serviceWorker.controller`)
	p.line.state.Store(offline)
	people := map[string]bool{}
	for i := range 10 {
		if i == 5 {
			p.kill() // in the middle of the work, without a word
			p.open("")
			p.unlock()
		}
		people[p.visit(results[i%5][0], results[i%5][1:]...)] = true
	}
	p.kill()
	p.open("")
	p.unlock()
	p.js(`location.hash = "#cho-gui"`)
	p.wait(`document.querySelectorAll(".slip.waiting").length === 10`)
	if text := p.text(); !strings.Contains(text, "10 phiếu") {
		t.Errorf("the phone does not say that ten wait: %.300s", text)
	}
	p.line.state.Store(answerLost) // flight mode between the server's hearing and its answer
	p.js(`document.querySelector("main .primary").click()`)
	for range 600 { // until the server has heard, and the network is gone
		if p.line.state.Load() == offline {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.wait(`document.querySelector(".status.warn")`)
	if p.count(".slip.waiting") == 0 {
		t.Error("slips without a verdict are not shown any more")
	}
	p.line.state.Store(online)
	p.wait(`!document.querySelector("main .primary").disabled`)
	p.js(`document.querySelector("main .primary").click()`)
	p.wait(`document.querySelectorAll(".slip.done, .slip.same").length === 10`)
	if n := p.count(".slip.waiting, .slip.held, .slip.refused"); n != 0 {
		t.Errorf("%d slips are not taken: %.500s", n, p.text())
	}
	var list []string
	for id := range people {
		list = append(list, id)
	}
	if len(list) != 10 {
		t.Errorf("%d people were visited", len(list))
	}
	if n := rows(t, "SELECT count(*) FROM visit WHERE void_at='' AND device_id=(SELECT max(id) FROM device)"); n != "10" {
		t.Errorf("the server has %s visits of ten", n)
	}
}

func TestLaw_O2_TwoPhonesOnOneHousehold(t *testing.T) {
	a, b := newPhone(t), newPhone(t)
	a.enrol(code(t, 0))
	b.enrol(code(t, 1))
	a.line.state.Store(offline)
	b.line.state.Store(offline)
	who := a.visit("done")
	b.js(`location.hash = "#nguoi=` + who + `"`)
	b.visit("refused", "fear")
	for _, p := range []*phone{a, b} {
		p.line.state.Store(online)
		p.js(`document.querySelector(".status").click()`)
		p.synced()
	}
	a.js(`document.querySelector(".status").click()`)
	for _, p := range []*phone{a, b} {
		p.js(`location.hash = "#cho-gui"`)
		p.wait(`document.querySelector(".slip.done")`)
	}
	id, err := parseID(who)
	if err != nil {
		t.Fatal(err)
	}
	if n := rows(t, fmt.Sprint("SELECT count(*) FROM visit WHERE device_id<>0 AND void_at='' AND person_id=", id)); n != "2" {
		t.Errorf("the server has %s visits of two phones", n)
	}
	a.wait(`document.querySelector(".status.good")`)
	a.js(`location.hash = "#nguoi=` + who + `"`)
	a.wait(`document.querySelector(".last")`)
	if text := a.text(); !strings.Contains(text, "Từ chối") {
		t.Errorf("the first phone does not see what the second recorded: %.400s", text)
	}
}

func TestLaw_O3_TenWrongPINsShutThePhoneAndLoseNothing(t *testing.T) {
	p := newPhone(t)
	p.enrol(code(t, 2))
	p.line.state.Store(offline)
	p.visit("done")
	p.open("")
	for range 10 {
		p.wait(`document.querySelector(".pad:not(.wait) .dots i:not(.on)") && !document.querySelector(".pad .dots i.on")`)
		p.pin("246802")
		p.wait(`document.querySelector(".error:not([hidden])") || /đã khóa/.test(document.querySelector("h1").textContent)`)
		p.js(`const e = document.querySelector(".error"); if (e) e.hidden = true`)
	}
	p.wait(`/đã khóa/.test(document.querySelector("h1").textContent)`)
	if text := p.text(); !strings.Contains(text, "1 phiếu đã ghi vẫn được giữ") {
		t.Errorf("it does not say that a slip is kept: %s", text)
	}
	left := ask(t, p.tab, chromedp.Evaluate[int](`new Promise(ok => { const r = indexedDB.open("bonphu"); r.onsuccess = () => { const q = r.result.transaction("chunk").objectStore("chunk").count(); q.onsuccess = () => ok(q.result) } })`, chromedp.EvalAwaitPromise))
	if left != 0 {
		t.Errorf("%d parts of the list are left on the phone", left)
	}
	p.open("")
	p.wait(`/đã khóa/.test(document.querySelector("h1").textContent)`)
	p.line.state.Store(online)
	p.enrol(code(t, 2))
	p.js(`location.hash = "#cho-gui"`)
	p.wait(`document.querySelectorAll(".slip.done, .slip.same").length === 1`)
}

func TestLaw_O3_AListEndsAndAShutPhoneIsOut(t *testing.T) {
	p := newPhone(t)
	p.enrol(code(t, 3))
	p.line.state.Store(offline)
	p.visit("done")
	p.pre = `{ const now = Date.now.bind(Date); Date.now = () => now() + 9 * 86400e3 }`
	p.open("")
	p.unlock()
	p.wait(`document.querySelector(".toast.warn") || /Chưa có danh sách/.test(document.body.innerText)`)
	if n := p.count(".person"); n != 0 {
		t.Errorf("nine days later %d people are still shown", n)
	}
	p.js(`location.hash = "#cho-gui"`)
	p.wait(`document.querySelector(".slip.waiting")`)

	q := newPhone(t)
	q.enrol(code(t, 3))
	desk := browser(t, 1366, 900)
	signIn(t, desk, "ca.an-khuong")
	lock := rows(t, "SELECT id FROM device ORDER BY id DESC LIMIT 1")
	n := ask(t, desk, chromedp.Evaluate[int](`fetch("/dien-thoai/`+spellID(t, lock)+`/khoa", {method: "POST", body: new URLSearchParams({don_vi: "25330"})}).then(r => r.status)`, chromedp.EvalAwaitPromise))
	if n != http.StatusOK {
		t.Errorf("locking a lost phone answers %d", n)
	}
	q.js(`document.querySelector(".status").click()`)
	q.wait(`document.querySelector(".status.bad")`)
	if text := q.text(); !strings.Contains(text, "không còn được dùng") {
		t.Errorf("a lost phone is not told: %.300s", text)
	}
}

func TestTheClockTwoDaysOffIsPutRight(t *testing.T) {
	p := newPhone(t)
	p.pre = `{ const now = Date.now.bind(Date), D = Date, off = 2 * 86400e3; Date = class extends D { constructor(...a) { a.length ? super(...a) : super(now() + off) } static now() { return now() + off } } }`
	p.enrol(code(t, 0))
	p.visit("done")
	p.js(`location.hash = "#cho-gui"`)
	p.wait(`document.querySelector(".slip.done")`)
	if day := rows(t, "SELECT day FROM visit WHERE device_id=(SELECT max(id) FROM device)"); day != "2024-05-23" {
		t.Errorf("the visit is kept on %s", day)
	}
	if text := p.text(); !strings.Contains(text, "ồng hồ") {
		t.Errorf("nothing is said of the clock: %.400s", text)
	}
}

func TestTheCameraReadsACard(t *testing.T) {
	film, name := cardFilm(t)
	p := newPhone(t, "use-fake-device-for-media-stream", "use-fake-ui-for-media-stream", "use-file-for-fake-video-capture="+film)
	p.enrol(code(t, 1))
	p.js(`location.hash = "#quet"`)
	p.wait(`location.hash.startsWith("#nguoi=")`)
	if text := p.text(); !strings.Contains(text, name) {
		t.Errorf("the card is %s's; the phone shows %.200s", name, text)
	}
	p.js(`location.hash = "#quet"`)
	p.wait(`document.querySelector("#number")`)
	p.js(`document.querySelector("#number").value = "12"; document.querySelector("#number").form.requestSubmit()`)
	p.wait(`/12 chữ số/.test(document.querySelector("#number-error:not([hidden])")?.textContent)`)
}

func TestThePhoneIsAccessible(t *testing.T) {
	axe, err := os.ReadFile(filepath.Join("testdata", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	p := newPhone(t)
	check := func(what string) {
		t.Helper()
		got := ask(t, p.tab, chromedp.Evaluate[[]string](string(axe)+`;axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).then(r => r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html).join(" | ")))`, chromedp.EvalAwaitPromise))
		for _, v := range got {
			t.Errorf("%s: %s", what, v)
		}
		if wide := ask(t, p.tab, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`)); wide > 0 {
			t.Errorf("%s is %d pixels too wide", what, wide)
		}
	}
	p.open("")
	check("enrolment")
	p.enrol(code(t, 0))
	check("home")
	for _, at := range []string{"danh-sach", "cho-gui", "quet", "gap", "vuong-mac", "them", "to", "may"} {
		p.js(`location.hash = "#` + at + `"`)
		p.wait(`document.querySelector("main")`)
		check(at)
	}
	p.list()
	p.js(`document.querySelector(".person").click()`)
	p.wait(`document.querySelector("form.visit")`)
	p.press(`.choice [data-id=promised]`)
	check("person")
	p.open("")
	p.wait(`document.querySelector(".pad")`)
	check("PIN")
}

// TestClause_III_3_c_PeopleAreCheckedInOffline: a commune's team carries today's session, checks people in without a network, and the
// session's screen moves when the phone is back.
func TestClause_III_3_c_PeopleAreCheckedInOffline(t *testing.T) {
	today := rows(t, "SELECT s.id || ' ' || c.name FROM point_session s JOIN point p ON p.id = s.point_id JOIN unit u ON u.id = p.unit_id JOIN unit c ON c.id = CASE WHEN u.tier = 2 THEN u.id ELSE u.parent_id END "+
		"WHERE s.day='2024-05-23' AND s.state IN ('planned','open') AND (SELECT count(*) FROM invitation i WHERE i.session_id = s.id AND i.state IN ('invited','confirmed')) > 1 ORDER BY s.id LIMIT 1")
	session, commune, ok := strings.Cut(today, " ")
	if !ok {
		t.Fatal("the demo has no session today")
	}
	p := newPhone(t)
	p.enrol(codeFrom(t, "congan", `/Đề án 06.*`+commune+`/i`, 0))
	p.line.state.Store(offline)
	p.js(`location.hash = "#diem"`)
	p.wait(`document.querySelector(".links a[href^='#buoi']")`)
	p.js(`location.hash = "#buoi=` + spellID(t, session) + `"`)
	p.wait(`document.querySelector("button.person:not(:disabled)")`)
	waiting := p.count("button.person:not(:disabled)")
	n := min(30, waiting-1)
	for i := range n {
		p.js(`document.querySelector("button.person:not(:disabled)").click()`)
		p.wait(fmt.Sprintf(`document.querySelectorAll("button.person:not(:disabled)").length === %d`, waiting-i-1))
	}
	came := func() string {
		return rows(t, "SELECT count(*) FROM invitation WHERE state='came' AND session_id="+session)
	}
	before := came()
	p.line.state.Store(online)
	p.js(`document.querySelector(".status").click()`)
	p.js(`location.hash = "#cho-gui"`)
	p.wait(fmt.Sprintf(`document.querySelectorAll(".slip.done, .slip.same").length === %d`, n))
	if after := came(); fmt.Sprint(mustInt(t, before)+n) != after {
		t.Errorf("%s had come before, %d were checked in, %s came", before, n, after)
	}
	desk := browser(t, 1366, 900)
	signIn(t, desk, "congan")
	open(t, desk, "/buoi/"+spellID(t, session))
	if text := read(t, desk); !strings.Contains(text, came()) {
		t.Errorf("the session's screen does not say %s: %.500s", came(), text)
	}
}

func mustInt(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
