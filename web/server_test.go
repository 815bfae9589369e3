package web

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"bonphu/internal/fault"
)

// bench is a desk whose routes fail in every way there is.
func bench(t *testing.T) (*httptest.Server, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	d, err := New(Config{Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	fails := func(err error) func(*Ask) error { return func(*Ask) error { return err } }
	table := []Route{
		{Pattern: "POST /giao-dien", Do: setTheme, Open: true},
		{Pattern: "GET /cam", Do: fails(fault.New(fault.Forbidden, "x.y", "Chỉ Công an xã xem được trang này.")), Open: true},
		{Pattern: "GET /mat", Do: fails(fault.New(fault.Missing, "x.y", "Không có người này.")), Open: true},
		{Pattern: "GET /ai", Do: fails(fault.New(fault.Unknown, "x.y", "Cần đăng nhập.")), Open: true},
		{Pattern: "GET /tranh", Do: fails(fault.New(fault.Conflict, "x.y", "Đã có người sửa trước.")), Open: true},
		{Pattern: "GET /ban", Do: fails(fault.New(fault.Busy, "x.y", "Máy chủ đang bận.")), Open: true},
		{Pattern: "GET /hong", Do: fails(errors.New("disk: person 070084001234 at 0912345678")), Open: true},
		{Pattern: "GET /hoang", Do: func(*Ask) error { panic("lost 070084001234") }, Open: true},
		{Pattern: "POST /mau", Do: func(*Ask) error {
			s := &SignIn{Page: Page{Title: "Đăng nhập"}}
			return Again(s, fault.New(fault.Invalid, "x.y", "Mật khẩu không đúng.").On("password"))
		}, Open: true},
	}
	d.handler = d.wrap(d.mux(table))
	s := httptest.NewServer(d)
	t.Cleanup(s.Close)
	return s, &log
}

var plainClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func get(t *testing.T, r *http.Request) (*http.Response, string) {
	t.Helper()
	res, err := plainClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func request(t *testing.T, method, address, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func TestOneDoorTurnsErrorsIntoPages(t *testing.T) {
	s, _ := bench(t)
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/cam": {403, "Chỉ Công an xã xem được trang này."}, "/mat": {404, "Không có người này."}, "/tranh": {409, "Đã có người sửa trước."},
		"/ban": {503, "Máy chủ đang bận"}, "/khong-co": {404, "Không có trang này."}, "/hong": {500, "Có lỗi ở máy chủ"}, "/hoang": {500, "Có lỗi ở máy chủ"},
	} {
		res, body := get(t, request(t, "GET", s.URL+path, ""))
		if res.StatusCode != want.status || !strings.Contains(body, want.text) {
			t.Errorf("%s: %d, %q missing", path, res.StatusCode, want.text)
		}
		wellFormed(t, body)
		vietnamese(t, body)
	}
	res, _ := get(t, request(t, "GET", s.URL+"/ai?x=1", ""))
	if at := res.Header.Get("Location"); res.StatusCode != 303 || at != "/dang-nhap?ve="+url.QueryEscape("/ai?x=1") {
		t.Errorf("not signed in: %d to %q", res.StatusCode, at)
	}
}

func TestIncidentsHideNumbersAndCarryACode(t *testing.T) {
	s, log := bench(t)
	for _, path := range []string{"/hong", "/hoang"} {
		log.Reset()
		_, body := get(t, request(t, "GET", s.URL+path, ""))
		_, rest, _ := strings.Cut(body, `class="fault-code">`)
		code, _, _ := strings.Cut(rest, "<")
		if len(code) != 4 || !strings.Contains(log.String(), "code="+code) {
			t.Errorf("code %q is not in the log: %s", code, log)
		}
		if strings.Contains(log.String()+body, "070084001234") || strings.Contains(log.String()+body, "0912345678") || strings.Contains(body, "disk") {
			t.Errorf("a number or a cause is shown: %s", log)
		}
	}
}

func TestAFormComesBackWithWhatWasTyped(t *testing.T) {
	s, _ := bench(t)
	res, body := get(t, request(t, "POST", s.URL+"/mau", url.Values{"login": {"cax.tanloi"}, "password": {"bi-mat-lam"}}.Encode()))
	if res.StatusCode != 422 || !strings.Contains(body, `value="cax.tanloi"`) || !strings.Contains(body, "Mật khẩu không đúng.") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if strings.Contains(body, "bi-mat-lam") {
		t.Error("the password came back")
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	s, _ := bench(t)
	res, _ := get(t, request(t, "GET", s.URL+"/mat", ""))
	csp := res.Header.Get("Content-Security-Policy")
	if strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("policy %q", csp)
	}
	for _, h := range []string{"X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"} {
		if res.Header.Get(h) == "" {
			t.Errorf("no %s", h)
		}
	}
	if res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a page may be kept: %q", res.Header.Get("Cache-Control"))
	}
	r := request(t, "POST", s.URL+"/giao-dien", "nen=toi")
	r.Header.Set("Origin", "https://elsewhere.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if res, body := get(t, r); res.StatusCode != 403 || !strings.Contains(body, "từ một trang khác") {
		t.Errorf("a foreign form got %d", res.StatusCode)
	}
	res, _ = get(t, request(t, "POST", s.URL+"/giao-dien", "nen="+strings.Repeat("x", bodyLimit+1)))
	if res.StatusCode != 413 {
		t.Errorf("a body over the limit got %d", res.StatusCode)
	}
}

func TestThemeGoesBackOnlyWithinTheDesk(t *testing.T) {
	s, _ := bench(t)
	for to, want := range map[string]string{"/dan-cu?tim=a": "/dan-cu?tim=a", "https://evil.example/": "/", "//evil.example": "/", `/\evil.example`: "/", "": "/"} {
		res, _ := get(t, request(t, "POST", s.URL+"/giao-dien", url.Values{"nen": {"toi"}, "ve": {to}}.Encode()))
		if res.StatusCode != 303 || res.Header.Get("Location") != want {
			t.Errorf("%q led to %q", to, res.Header.Get("Location"))
		}
		if c := res.Cookies(); len(c) != 1 || c[0].Value != "toi" {
			t.Errorf("cookie %v", c)
		}
	}
}

func TestStaticFilesAreHashedPackedAndKept(t *testing.T) {
	s, _ := bench(t)
	files, err := newStatic()
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range files.byName {
		for _, enc := range []string{"", "gzip", "br"} {
			r := request(t, "GET", s.URL+a.url, "")
			r.Header.Set("Accept-Encoding", enc)
			res, _ := get(t, r)
			if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d %s", name, res.StatusCode, res.Header.Get("Cache-Control"))
			}
			if packed := res.Header.Get("Content-Encoding"); packed != enc && (a.gzip != nil || packed != "") {
				t.Errorf("%s asked for %q came as %q", name, enc, packed)
			}
		}
		r := request(t, "GET", s.URL+a.url, "")
		r.Header.Set("If-None-Match", a.tag)
		if res, _ := get(t, r); res.StatusCode != 304 {
			t.Errorf("%s: %d for a known tag", name, res.StatusCode)
		}
	}
	if css := string(files.byName["app.css"].plain); strings.Contains(css, "http") || strings.Contains(css, `url("font/`) {
		t.Error("the sheet points outside or to an unhashed file")
	}
	for _, missing := range []string{"/static/app.css", "/static/../web.go", "/static/"} {
		if res, _ := get(t, request(t, "GET", s.URL+missing, "")); res.StatusCode == 200 {
			t.Errorf("%s is served", missing)
		}
	}
	if res, body := get(t, request(t, "GET", s.URL+"/healthz", "")); res.StatusCode != 200 || body != "ok\n" {
		t.Errorf("healthz: %d %q", res.StatusCode, body)
	}
}

func TestPaceSaysItInWords(t *testing.T) {
	for p, want := range map[Pace]string{{}: "Chưa có lộ trình", {true, -3}: "Chậm 3 ngày", {true, 0}: "Đúng lộ trình", {true, 12}: "Nhanh 12 ngày"} {
		if got := p.Text(); got != want {
			t.Errorf("%v: %q", p, got)
		}
	}
}
