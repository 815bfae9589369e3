package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"bonphu/core/coverage"
	"bonphu/core/intake"
)

// bring sends a file as the drop zone does and gives the address of its page.
func (g *guest) bring(name, content string) (string, string) {
	g.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("don_vi", "101")
	f, _ := w.CreateFormFile("tep", name)
	_, _ = f.Write([]byte(content))
	_ = w.Close()
	r, _ := http.NewRequest("POST", g.base+"/danh-sach", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	res, err := g.http.Do(r)
	if err != nil {
		g.t.Fatal(err)
	}
	res.Body.Close()
	return res.Request.URL.Path, g.page(res.Request.URL.Path)
}

// await asks for a list's page until no work on it goes on.
func (g *guest) await(path string) string {
	g.t.Helper()
	for range 200 {
		if page := g.page(path); !strings.Contains(page, "data-poll") {
			return page
		}
		time.Sleep(20 * time.Millisecond)
	}
	g.t.Fatal("the work never ends")
	return ""
}

const someList = "DANH SÁCH DÂN CƯ XÃ TRONG\nSTT,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Ấp\n1,Trần Văn Một,13/02/1980,Nam,070080000101,Ấp 1\n2,Lê Thị Hai,1985,Nữ,070185000102,Ấp 1\n3,Ngô Văn Ba,01/01/1990,Nam,07009000010,Ấp 1\n"

func (w *town) withLists(t *testing.T) {
	t.Helper()
	w.desk.Lists = intake.NewDesk(w.desk.Door.DB, coverage.Lists{Plan: w.desk.Plan})
}

func TestAListGoesFromFileToRegisterAndBack(t *testing.T) {
	w := buildTown(t)
	w.withLists(t)
	g := w.enter(t, "commune_police", "101")
	path, page := g.bring("dân cư.csv", someList)
	if !regexp.MustCompile(`^/danh-sach/[0-9a-z]{13}$`).MatchString(path) || !strings.Contains(page, "Danh sách dân cư") {
		t.Fatalf("brought to %s", path)
	}
	if _, _, page := g.do("POST", path+"/cach-hieu", url.Values{"kind": {"register"}, "as_of": {"2024-04-01"}, "don_vi": {"101"}, "nho": {"1"}}); !strings.Contains(page, "2024-04-01") {
		t.Error("the day does not stick")
	}
	g.do("POST", path+"/chay-thu", url.Values{})
	if page := g.await(path); !strings.Contains(page, "Ghi vào sổ") || !strings.Contains(page, "cột E") {
		t.Fatal("the dry run tells nothing")
	}
	g.do("POST", path+"/ghi", url.Values{})
	page = g.await(path)
	if !strings.Contains(page, "Đã nhập") {
		t.Fatal("not applied")
	}
	g.page("/dan-cu?q=le+thi+hai", "Lê Thị Hai")
	g.page("/danh-sach", "dân cư.csv", "Đã nhập")
	if m := regexp.MustCompile(`href="(/dong-cho/[0-9a-z]{13})"`).FindStringSubmatch(page); m == nil {
		t.Error("the held row cannot be settled")
	} else {
		g.page(m[1], "Ngô Văn Ba", "Bỏ dòng này")
		if _, at, _ := g.do("POST", m[1], url.Values{"do": {"drop"}}); at != path {
			t.Errorf("settling led to %s", at)
		}
		g.page(path, "đã bỏ")
	}
	if status, _, _ := g.do("POST", path+"/rut-lai", url.Values{}); status != 422 {
		t.Errorf("withdrawn without a reason: %d", status)
	}
	if _, _, page := g.do("POST", path+"/rut-lai", url.Values{"why": {"nhầm tệp"}}); !strings.Contains(page, "Đã rút lại") {
		t.Error("not withdrawn")
	}
	g.page("/dan-cu?q=le+thi+hai", "Không có ai khớp")
}

func TestLaw_F4_ABadFileIsSaidSoOnItsPage(t *testing.T) {
	w := buildTown(t)
	w.withLists(t)
	g := w.enter(t, "commune_police", "101")
	_, page := g.bring("ảnh.xlsx", "\x89PNG\r\n\x1a\n not a sheet")
	if !strings.Contains(page, "Tệp này không nhận được") {
		t.Error("nothing is said of a foreign file")
	}
	if status, _, page := g.do("POST", "/danh-sach", url.Values{"don_vi": {"101"}}); status != 422 || !strings.Contains(page, "biểu mẫu") {
		t.Errorf("a form without files: %d", status)
	}
}
