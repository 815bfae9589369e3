package web

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/internal/db"
)

// card has an extract give everybody of the town a card: then an account is what they lack.
func (w *town) card(t *testing.T) {
	t.Helper()
	if err := w.desk.Door.DB.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		ids, err := people.LivingIn(tx, w.tree.Descendants(w.tree.ByCode("694").ID))
		if err != nil {
			return err
		}
		var list []coverage.Event
		for _, n := range ids {
			list = append(list, coverage.Event{Person: n, Coverage: "cccd", State: "issued", Level: coverage.Confirmed, Day: "2024-05-15", AsOf: tx.Now(), Source: people.National, Batch: 1},
				coverage.Event{Person: n, Coverage: "sim", State: "none", Level: coverage.Confirmed, Day: "2024-05-15", AsOf: tx.Now(), Source: people.National, Batch: 1})
		}
		return coverage.Append(tx, list)
	}); err != nil {
		t.Fatal(err)
	}
}

func (g *guest) found(page, pattern string) string {
	g.t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(page)
	if m == nil {
		g.t.Fatalf("%s is not on the page", pattern)
	}
	return m[1]
}

func TestClause_III_2_c_OneFormRecordsTheWholeVisit(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 4)
	g := w.enter(t, "commune_police", "101")
	at := g.person("Trần Văn Thử B")
	visit := g.found(g.page(at, "Chưa ai ghi đã đến nhà", "Ghi kết quả đến nhà"), `name="visit" value="([0-9a-z]{13})"`)
	form := url.Values{"what": {"visit"}, "visit": {visit}, "result": {"promised"}, "reason": {"busy"}, "cov_eid": {"level2"}, "cov_sim": {"owner"}, "order": {"device", "sim"}}
	if status, _, page := g.do("POST", at+"/den-nha", form); status != 422 || !strings.Contains(page, "Hãy chọn ngày hẹn quay lại.") || !strings.Contains(page, `value="`+visit+`"`) {
		t.Fatalf("a promise without a day: %d", status)
	}
	form.Set("return", "2024-12-31")
	for range 2 { // sent twice, kept once (law O2)
		if status, _, page := g.do("POST", at+"/den-nha", form); status != 200 || strings.Count(page, "VNeID: mức 2 đã phê duyệt, chưa kích hoạt; SIM &#43; CKS: SIM chính chủ, chưa có chữ ký số; đăng ký máy 4G ưu đãi, SIM chính chủ") != 1 {
			t.Fatalf("the visit: %d", status)
		}
	}
	page := g.page(at, "chờ xác nhận: mức 2 đã phê duyệt", "chờ xác nhận: SIM chính chủ")
	made := g.found(page, `<select id="o-visit" name="visit"><option value="([0-9a-z]{13})">`)
	if made != visit {
		t.Errorf("kept as %s, sent as %s", made, visit)
	}
	if status, _, page := g.do("POST", at+"/huy-phieu", url.Values{"what": {"unvisit"}, "visit": {visit}}); status != 422 || !strings.Contains(page, "Hãy ghi lý do hủy phiếu") {
		t.Errorf("voided without a reason: %d", status)
	}
	if _, _, page := g.do("POST", at+"/huy-phieu", url.Values{"what": {"unvisit"}, "visit": {visit}, "why": {"ghi nhầm người"}}); !strings.Contains(page, "Đã hủy: ghi nhầm người") || strings.Contains(page, "chờ xác nhận: mức 2") {
		t.Error("the void does not take the claims back")
	}
	if status, _, _ := w.enter(t, "commune_police", "102").do("POST", at+"/den-nha", form); status != 403 {
		t.Errorf("a neighbour records a visit: %d", status)
	}
}

func TestClause_III_2_e_AListOnPaperComesBackInOneGo(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 6)
	w.card(t)
	g := w.enter(t, "commune_police", "101")
	g.page("/viec", "Chưa đến lần nào", "Trần Văn Thử B", "Việc làm trước")
	_, path, page := g.do("POST", "/viec/in", url.Values{"so": {"4"}})
	if !strings.HasSuffix(path, "/in") || !strings.Contains(page, "data:image/png;base64,") || !strings.Contains(page, "☐ 8 Cần giúp") {
		t.Fatalf("printing led to %s", path)
	}
	if strings.Contains(page, "070080001001") {
		t.Error("a number stands whole on paper (law R3)")
	}
	at := strings.TrimSuffix(path, "/in")
	page = g.page(at, `name="r1"`, `name="r4"`, "còn <b>4</b>")
	tick := g.found(page, `name="c1" value="([a-z]+)"`)
	form := url.Values{"r1": {"done"}, "c1": {tick}, "r2": {"promised"}, "r3": {"refused"}, "l3": {"fear"}}
	status, _, page := g.do("POST", at, form)
	if status != 422 || !strings.Contains(page, "Hãy chọn ngày hẹn quay lại.") || !strings.Contains(page, "Từ chối (lo lộ thông tin cá nhân)") || !strings.Contains(page, "<b>2</b> dòng đã nhập") {
		t.Fatalf("one row wrong: %d", status)
	}
	form.Set("d2", "2024-12-31")
	for range 2 {
		if _, path, page := g.do("POST", at, form); path != at || !strings.Contains(page, "<b>3</b> dòng đã nhập") {
			t.Fatalf("entering led to %s", path)
		}
	}
	g.page("/viec", "đã nhập 3/4", "Chưa nên đến")
	code := strings.TrimPrefix(at, "/phieu/")
	if _, path, _ := g.do("GET", "/viec?ma="+strings.ToLower(code[:3])+"+"+code[3:], nil); path != at {
		t.Errorf("the code typed in led to %s", path)
	}
	if status, _, _ := g.do("GET", at+"/xlsx", nil); status != 200 {
		t.Errorf("the workbook: %d", status)
	}
	if status, _, _ := w.enter(t, "commune_police", "102").do("GET", at, nil); status != 403 {
		t.Errorf("a neighbour opens the sheet: %d", status)
	}
	if status, _, _ := g.do("GET", "/phieu/AAAAAA", nil); status != 404 {
		t.Errorf("an unknown code: %d", status)
	}
}
