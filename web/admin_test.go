package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestAnAccountIsOpenedShutAndTrailed(t *testing.T) {
	w := buildTown(t)
	g := w.enter(t, "sysadmin", "694")
	if status, _, page := g.do("POST", "/tai-khoan", url.Values{"what": {"new"}, "login": {"Có Dấu"}, "name": {"Lê Thị Mới"}, "role": {"member"}, "unit": {"101"}}); status != 422 || !strings.Contains(page, `value="Lê Thị Mới"`) {
		t.Errorf("a login that is none: %d", status)
	}
	_, _, page := g.do("POST", "/tai-khoan", url.Values{"what": {"new"}, "login": {"le.moi"}, "name": {"Lê Thị Mới"}, "role": {"member"}, "unit": {"101"}})
	wellFormed(t, page)
	if !regexp.MustCompile(`class="secret">[a-z0-9-]{19}<`).MatchString(page) {
		t.Error("no one-time password is shown")
	}
	page = g.page("/tai-khoan?q=le.moi", "le.moi", "Thành viên tổ, Xã Trong", "chưa đổi mật khẩu")
	m := regexp.MustCompile(`action="(/tai-khoan/[0-9a-z]{13})/khoa"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("the account cannot be managed")
	}
	g.do("POST", m[1]+"/khoa", url.Values{"khoa": {"1"}})
	g.page("/tai-khoan?q=le.moi", "đã khóa")
	g.page("/nhat-ky", "quản lý tài khoản", "Lê Thị Thử")
	g.page("/nhat-ky?viec=account.manage&tu=2024-05-20", "quản lý tài khoản")
	if status, _, _ := w.enter(t, "commune_police", "101").do("GET", "/tai-khoan", nil); status != 403 {
		t.Errorf("a commune sees accounts: %d", status)
	}
}

func TestWorkScreensOpenForThoseWhoMay(t *testing.T) {
	w := buildTown(t)
	g := w.enter(t, "commune_chair", "101")
	g.page("/giao-chi-tieu", "Chỉ tiêu ngày 20/5/2024", "Chưa giao chỉ tiêu")
	g.page("/giao-chi-tieu?ngay=2024-05-25", "25/5/2024")
	g.page("/to-cong-tac", "Tổ công tác")
	for _, path := range []string{"/giao-chi-tieu?don_vi=102", "/to-cong-tac?don_vi=102", "/nhat-ky"} {
		if status, _, _ := g.do("GET", path, nil); status != 403 {
			t.Errorf("%s: %d", path, status)
		}
	}
	p := w.enter(t, "district_police", "694")
	p.page("/giao-chi-tieu/thu?xong=2024-06-30&nghi=2024-06-02&suc=30", "giao")
	if _, path, _ := p.do("POST", "/giao-chi-tieu/chia-lai", nil); path != "/giao-chi-tieu" {
		t.Errorf("planning anew led to %s", path)
	}
	p.page("/giao-chi-tieu?don_vi=101", "Chưa có tổ")
}
