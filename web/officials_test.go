package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestClause_IV_1_c_IV_1_d_ARosterAndAnOwnListOnTheDesk: an agency and its officials by hand, an account from the roster, a citizen credited
// once; an official sees nobody else's.
func TestClause_IV_1_c_IV_1_d_ARosterAndAnOwnListOnTheDesk(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 10)
	police := w.enter(t, "district_police", "694")
	police.page("/can-bo", "Chưa có cơ quan nào")
	_, at, page := police.do("POST", "/can-bo", url.Values{"agency": {"UBND xã Trong"}, "don_vi": {"101"}})
	if !strings.HasPrefix(at, "/can-bo/") || !strings.Contains(page, "Chưa có cán bộ nào") {
		t.Fatalf("an agency made: at %s", at)
	}
	if status, _, page := police.do("POST", at, url.Values{"name": {"Trần Văn Thử A"}, "number": {"07008"}}); status != 422 || !strings.Contains(page, "đúng 12 chữ số") {
		t.Errorf("a short number: %d", status)
	}
	police.do("POST", at, url.Values{"name": {"Trần Văn Thử A"}, "number": {"070080001000"}, "position": {"Công chức"}})
	list := police.page(at, "Trần Văn Thử A", "070•••••1000", "Ấp 1, Xã Trong", "Sửa, kiểm chứng")
	ref := regexp.MustCompile(`nguoi=([0-9a-z]+)`).FindStringSubmatch(list)
	if ref == nil || strings.Contains(list, "070080001000") {
		t.Fatal("no official, or a number whole (law R3)")
	}
	row := at + "/nguoi/" + ref[1]
	police.page(at+"?nguoi="+ref[1], "Kiểm chứng đăng nhập", "cb.a.tvt")
	if status, _, page := police.do("POST", row, url.Values{"what": {"portal"}, "portal": {"national"}}); status != 422 || !strings.Contains(page, "đã xem giấy tờ") {
		t.Errorf("verified without evidence: %d", status)
	}
	if _, _, page := police.do("POST", row, url.Values{"what": {"portal"}, "portal": {"national"}, "evidence": {"màn hình tài khoản"}}); !strings.Contains(page, "Quốc gia: đã kiểm chứng") {
		t.Error("verified and not shown")
	}
	_, _, page = police.do("POST", row, url.Values{"what": {"account"}, "login": {"cb.a.tvt"}})
	secret := regexp.MustCompile(`<code class="secret">([^<]+)`).FindStringSubmatch(page)
	if secret == nil {
		t.Fatal("no one-time password")
	}
	if strings.Contains(police.page(at), secret[1]) {
		t.Error("the one-time password is shown again")
	}
	g := newGuest(t, w.desk)
	g.do("POST", "/dang-nhap", url.Values{"login": {"cb.a.tvt"}, "password": {secret[1]}})
	if _, to, _ := g.do("POST", "/mat-khau", url.Values{"new": {"một câu dài khác nữa"}, "again": {"một câu dài khác nữa"}, "old": {secret[1]}}); to != "/hom-nay" {
		t.Errorf("after the password: %s", to)
	}
	g.page("/can-bo/cua-toi", "Trần Văn Thử A", "UBND xã Trong", "0 / 10", "Chưa ghi ai")
	form := url.Values{"number": {"070080001001"}, "name": {"Trần Văn Thử B"}, "what": {"level2"}, "day": {"2024-05-20"}}
	if status, _, page := g.do("POST", "/can-bo/cua-toi/ghi", form); status != 422 || !strings.Contains(page, "người dân đồng ý") {
		t.Errorf("without consent: %d", status)
	}
	form.Set("consent", "1")
	if _, _, page := g.do("POST", "/can-bo/cua-toi/ghi", form); !strings.Contains(page, "070•••••1001") || !strings.Contains(page, "chờ danh sách xác nhận") {
		t.Error("credited and not listed")
	}
	if status, _, page := g.do("POST", "/can-bo/cua-toi/ghi", form); status != 409 || !strings.Contains(page, "mỗi người dân chỉ tính một lần") {
		t.Errorf("twice: %d", status)
	}
	for _, closed := range []string{"/can-bo", at, "/dan-cu"} {
		if status, _, _ := g.do("GET", closed, nil); status != 403 {
			t.Errorf("an official opened %s: %d", closed, status)
		}
	}
	police.page("/can-bo?don_vi=101", "UBND xã Trong", "0 / 10", "chờ 1")
	police.page("/can-bo/cua-toi", "Chưa gắn với danh sách cán bộ")
	if status, _, book := police.do("GET", "/can-bo/xlsx?don_vi=694", nil); status != 200 || !strings.HasPrefix(book, "PK") {
		t.Errorf("the workbook: %d", status)
	}
}
