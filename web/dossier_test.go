package web

import (
	"bytes"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestClause_III_3_d_DossiersAtTheDesk: taken by scan and by list, tried before it is written, sent as a batch, sent back, done again, and
// found by whoever has the code.
func TestClause_III_3_d_DossiersAtTheDesk(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 6)
	g := w.enter(t, "commune_police", "101")
	g.page("/ho-so-thu-nhan?don_vi=101", "Chưa có hồ sơ nào")
	if status, _, page := g.do("POST", "/ho-so-thu-nhan/thu-nhan", url.Values{"don_vi": {"101"}, "key": {"070099999999"}, "kind": {"eid2"}}); status != 404 || !strings.Contains(page, "không có trong sổ") {
		t.Errorf("a number nobody has: %d", status)
	}
	_, at, page := g.do("POST", "/ho-so-thu-nhan/thu-nhan", url.Values{"don_vi": {"101"}, "key": {"070080001001||Trần Văn Thử B|02011980|Nam|Ấp 1|01012022"}, "kind": {"eid2"}})
	found := regexp.MustCompile(`Ghi mã ([A-Z]{5} [A-Z]{5}) vào`).FindStringSubmatch(page)
	if found == nil || !strings.Contains(page, "Trần Văn Thử B") {
		t.Fatalf("not taken: %s", at)
	}
	if strings.Contains(page, "070080001001") {
		t.Error("a number is shown whole (law R3)")
	}
	list := "070080001000\n070080001002\n070080001001\n070099999999"
	status, _, page := g.finding("/ho-so-thu-nhan/danh-sach", map[string]string{"don_vi": "101", "to": "collected", "kind": "card", "list": list})
	if status != 200 || strings.Count(page, `good">Ghi được`) != 3 || strings.Contains(page, "07008000100") || !strings.Contains(page, "không có trong sổ") {
		t.Fatalf("%d %s", status, page)
	}
	g.page("/ho-so-thu-nhan/danh-sach?don_vi=101", "1 hồ sơ")
	again := regexp.MustCompile(`name="list" value="([^"]*)"`).FindStringSubmatch(page)
	if again == nil {
		t.Fatal("nothing to write")
	}
	status, at, _ = g.finding("/ho-so-thu-nhan/danh-sach", map[string]string{"don_vi": "101", "to": "collected", "kind": "card", "list": strings.ReplaceAll(again[1], "&#10;", "\n"), "ghi": "1"})
	if status != 200 || at != "/ho-so-thu-nhan/danh-sach" {
		t.Errorf("%d %s", status, at)
	}
	g.page("/ho-so-thu-nhan/chuyen?don_vi=101", "Truyền 4 hồ sơ đang chờ")
	if _, _, page := g.do("POST", "/ho-so-thu-nhan/chuyen", url.Values{"don_vi": {"101"}, "receipt": {"BN-9"}}); !strings.Contains(page, "BN-9") {
		t.Error("no batch")
	}
	page = g.page("/ho-so-thu-nhan/danh-sach?don_vi=101&tim="+url.QueryEscape(found[1]), "Trần Văn Thử B", "Đã truyền về Bộ")
	sheet := regexp.MustCompile(`/ho-so-thu-nhan/[0-9a-z]{10,}"`).FindString(page)
	if sheet == "" {
		t.Fatal("no link to the dossier")
	}
	sheet = strings.TrimSuffix(sheet, `"`)
	if status, _, page := g.do("POST", sheet+"/chang", url.Values{"to": {"activated"}}); status != 409 || !strings.Contains(page, "chưa sang") {
		t.Errorf("skipped: %d", status)
	}
	if _, _, page := g.do("POST", sheet+"/chang", url.Values{"to": {"rejected"}, "reason": {"anh"}}); !strings.Contains(page, "Bị trả lại: Ảnh chân dung không đạt") {
		t.Error("not sent back")
	}
	if _, _, page := g.do("POST", sheet+"/lam-lai", url.Values{}); !strings.Contains(page, "đã được làm lại") {
		t.Error("not done again")
	}
	g.page("/ho-so-thu-nhan?don_vi=101", "Dòng hồ sơ theo ngày", "Đã truyền về Bộ")
	g.page("/ho-so-thu-nhan?don_vi=101&ngay=2024-05-19", "Chưa có hồ sơ nào")
	if status, _, _ := g.do("GET", "/ho-so-thu-nhan?don_vi=102", nil); status != 403 {
		t.Errorf("another commune: %d", status)
	}

	var log bytes.Buffer
	w.desk.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	ask := func(code string) (int, string) {
		r := httptest.NewRequest(http.MethodPost, "/ho-so", strings.NewReader(url.Values{"code": {code}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		out := httptest.NewRecorder()
		w.desk.ServeHTTP(out, r)
		return out.Code, out.Body.String()
	}
	status, page = ask(strings.ToLower(found[1]))
	if status != 200 || !strings.Contains(page, "Bị trả lại") || !strings.Contains(page, "mã mới") || strings.Contains(page, "Thử") || strings.Contains(page, found[1]) {
		t.Errorf("%d %s", status, page)
	}
	if status, page := ask("ABCDEFGHIJ"); status != 404 || !strings.Contains(page, "Không có hồ sơ nào mang mã này") || strings.Contains(page, "ABCDEFGHIJ") {
		t.Errorf("%d %s", status, page)
	}
	tooOften := false
	for range lookBurst {
		status, _ := ask("BCDFGHKLMN")
		tooOften = tooOften || status == 503
	}
	if !tooOften {
		t.Error("nobody is slowed down")
	}
	if strings.Contains(log.String(), strings.ReplaceAll(found[1], " ", "")) {
		t.Error("a code is in the log")
	}
}

// TestThrottleIsBoundedAndFillsAgain: an address has its tries, gets them back with time, and a crowd of addresses does not fill the memory.
func TestThrottleIsBoundedAndFillsAgain(t *testing.T) {
	var th throttle
	now := time.Unix(1_700_000_000, 0)
	for range lookBurst {
		if !th.take("a", now) {
			t.Fatal("refused too early")
		}
	}
	if th.take("a", now) || !th.take("b", now) {
		t.Error("one address pays for another, or not at all")
	}
	if !th.take("a", now.Add(lookEvery)) || th.take("a", now.Add(lookEvery)) {
		t.Error("a try comes back after its time")
	}
	for i := range 3 * lookMemory {
		th.take(string(rune(i)), now)
	}
	if len(th.left) > lookMemory {
		t.Errorf("%d addresses remembered", len(th.left))
	}
}

// TestClause_III_3_d_ListsGoOutAndComeIn: a list leaves as a workbook with masked numbers, and a workbook with codes moves dossiers on.
func TestClause_III_3_d_ListsGoOutAndComeIn(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 4)
	g := w.enter(t, "commune_police", "101")
	for _, n := range []string{"070080001000", "070080001001"} {
		g.do("POST", "/ho-so-thu-nhan/thu-nhan", url.Values{"don_vi": {"101"}, "key": {n}, "kind": {"card"}})
	}
	status, _, out := g.do("GET", "/ho-so-thu-nhan/danh-sach.xlsx?don_vi=101", nil)
	if status != 200 || !strings.HasPrefix(out, "PK") {
		t.Fatalf("no workbook: %d", status)
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for k, v := range map[string]string{"don_vi": "101", "to": "transmitted", "ghi": "1", "receipt": "BN-1"} {
		_ = form.WriteField(k, v)
	}
	f, _ := form.CreateFormFile("tep", "ho-so.xlsx")
	_, _ = f.Write([]byte(out))
	_ = form.Close()
	r, _ := http.NewRequest("POST", g.base+"/ho-so-thu-nhan/danh-sach", &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	res, err := g.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.Request.URL.Path != sentHref {
		t.Errorf("came to %s", res.Request.URL.Path)
	}
	g.page("/ho-so-thu-nhan/chuyen?don_vi=101", "BN-1")
	g.page("/ho-so-thu-nhan/danh-sach?don_vi=101&chang=transmitted", "2 hồ sơ")
}
