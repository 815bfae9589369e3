package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func (g *guest) person(name string) string {
	g.t.Helper()
	page := g.page("/dan-cu?q=" + url.QueryEscape(name))
	m := regexp.MustCompile(`class="row" href="(/dan-cu/[^"]+)">` + regexp.QuoteMeta(name)).FindStringSubmatch(page)
	if m == nil {
		g.t.Fatalf("%s is not in the register", name)
	}
	return m[1]
}

func TestLaw_W1_APersonsPageSaysWhy(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 10)
	g := w.enter(t, "commune_police", "101")
	at := g.person("Trần Văn Thử F")
	page := g.page(at, "sinh năm 1980", "được tính", "Chưa có tài khoản", "chờ xác nhận: đã kích hoạt", "CSDL quốc gia về dân cư", "Ấp 1", "070•••••1005")
	if strings.Contains(page, "070080001005") {
		t.Error("the number stands whole (law R3)")
	}
}

func TestLaw_R3_ANumberIsShownWholeOnceAndTrailed(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 3)
	g := w.enter(t, "commune_police", "101")
	at := g.person("Trần Văn Thử A")
	if status, _, page := g.do("POST", at+"/xem-so", url.Values{"attr": {"number"}}); status != 200 || !strings.Contains(page, "070080001000") {
		t.Errorf("revealing: %d", status)
	}
	if page := g.page(at); strings.Contains(page, "070080001000") {
		t.Error("the number stays shown")
	}
	if status, _, _ := w.enter(t, "team_leader", "101").do("POST", at+"/xem-so", url.Values{"attr": {"number"}}); status != 403 {
		t.Errorf("a team leader reveals: %d", status)
	}
	if status, _, _ := w.enter(t, "commune_police", "102").do("GET", at, nil); status != 403 {
		t.Errorf("a neighbour sees the person: %d", status)
	}
}

func TestLaw_C2_AFormOnlyEverClaims(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 4)
	g := w.enter(t, "commune_police", "101")
	at := g.person("Trần Văn Thử B")
	if status, _, page := g.do("POST", at+"/ghi-nhan", url.Values{"what": {"claim"}, "state": {"eid:active"}, "evidence": {"thấy trên máy"}}); status != 200 || !strings.Contains(page, "Tổ báo, chờ xác nhận: đã kích hoạt") {
		t.Fatalf("a claim: %d", status)
	}
	g.page("/?phu=eid", "<dd>1</dd>")
	page := g.page(at)
	event := regexp.MustCompile(`<option value="([0-9a-z]{13})">[^<]*kích hoạt`).FindStringSubmatch(page)
	if event == nil {
		t.Fatal("the claim cannot be taken back")
	}
	if status, _, _ := g.do("POST", at+"/rut-lai", url.Values{"what": {"void"}, "event": {event[1]}}); status != 422 {
		t.Errorf("taken back without a reason: %d", status)
	}
	if _, _, page := g.do("POST", at+"/rut-lai", url.Values{"what": {"void"}, "event": {event[1]}, "why": {"ghi nhầm người"}}); !strings.Contains(page, "Đã hủy: ghi nhầm người") {
		t.Error("the void does not show")
	}
}

func TestLaw_W2_AFactThatExcludesWaits(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 4)
	g := w.enter(t, "commune_police", "101")
	at := g.person("Trần Văn Thử B")
	if status, _, page := g.do("POST", at+"/tinh-trang", url.Values{"what": {"fact"}, "kind": {"abroad"}, "from": {"2024-05-01"}}); status != 422 || !strings.Contains(page, "Hãy ghi căn cứ") || !strings.Contains(page, `value="2024-05-01"`) {
		t.Errorf("asked without evidence: %d", status)
	}
	if _, _, page := g.do("POST", at+"/tinh-trang", url.Values{"what": {"fact"}, "kind": {"abroad"}, "from": {"2024-05-01"}, "evidence": {"giấy báo của gia đình"}}); !strings.Contains(page, "chờ duyệt") {
		t.Error("the fact does not wait")
	}
	page := w.enter(t, "commune_chair", "101").page("/cho-duyet", "Trần Văn Thử B", "Xuất cảnh đi nước ngoài", "giấy báo của gia đình")
	fact := regexp.MustCompile(`action="(/cho-duyet/[0-9a-z]{13})"`).FindStringSubmatch(page)
	if fact == nil {
		t.Fatal("nobody can decide")
	}
	if status, _, _ := g.do("POST", fact[1], url.Values{"do": {"duyet"}}); status != 403 {
		t.Errorf("whoever asked decides: %d", status)
	}
	if _, path, page := w.enter(t, "district_police", "694").do("POST", fact[1], url.Values{"do": {"duyet"}}); path != "/cho-duyet" || strings.Contains(page, "Trần Văn Thử B") {
		t.Errorf("approving led to %s", path)
	}
	g.page(at, "có hiệu lực", "xuất cảnh")
	running := regexp.MustCompile(`<option value="([0-9a-z]{13})">Xuất cảnh`).FindStringSubmatch(g.page(at, "Kết thúc một tình trạng"))
	if running == nil {
		t.Fatal("the fact cannot be ended")
	}
	if status, _, page := g.do("POST", at+"/het-tinh-trang", url.Values{"what": {"end"}, "fact": {running[1]}, "do": {"het"}, "last": {"2024-04-01"}}); status != 422 || !strings.Contains(page, "Ngày kết thúc phải sau ngày bắt đầu") {
		t.Errorf("ended before it began: %d", status)
	}
	if _, _, page := g.do("POST", at+"/het-tinh-trang", url.Values{"what": {"end"}, "fact": {running[1]}, "do": {"het"}, "last": {"2024-05-10"}}); !strings.Contains(page, "đến 10/5/2024") {
		t.Error("the end does not show")
	}
	if status, _, page := g.do("POST", at+"/sua", url.Values{"what": {"correct"}, "attr": {"birth"}, "value": {"31/13/1980"}, "why": {"xem thẻ"}}); status != 422 || !strings.Contains(page, "Ngày sinh không đúng") {
		t.Errorf("a birth date that is none: %d", status)
	}
	if _, _, page := g.do("POST", at+"/sua", url.Values{"what": {"correct"}, "attr": {"gender"}, "value": {"Nữ"}, "why": {"xem thẻ"}}); !strings.Contains(page, "<dd><span class=\"\">Nữ</span>") {
		t.Error("the correction does not show")
	}
}

func TestLaw_R2_AnExportIsMaskedAndTrailed(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 4)
	g := w.enter(t, "commune_police", "101")
	status, _, file := g.do("POST", "/dan-cu/xuat?don_vi=101&nhom=t:eid:in&tru=t:eid:confirmed", url.Values{})
	if status != 200 || !strings.Contains(file, "Trần Văn Thử B") || strings.Contains(file, "Thử A") || strings.Contains(file, "070080001001") || !strings.Contains(file, "Người xuất: Lê Thị Thử") {
		t.Errorf("%d %s", status, file)
	}
	w.enter(t, "district_police", "694").page("/nhat-ky?viec=people.export", "2 người", "xuất danh sách dân cư")
	if status, _, _ := w.enter(t, "team_leader", "101").do("POST", "/dan-cu/xuat?don_vi=101", url.Values{}); status != 403 {
		t.Errorf("a team leader exports: %d", status)
	}
}
