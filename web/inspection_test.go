package web

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// finding sends a form of the field list as the phone does.
func (g *guest) finding(path string, fields map[string]string) (status int, at, page string) {
	g.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		_ = w.WriteField(k, v)
	}
	_ = w.Close()
	r, _ := http.NewRequest("POST", g.base+path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	res, err := g.http.Do(r)
	if err != nil {
		g.t.Fatal(err)
	}
	defer res.Body.Close()
	var out bytes.Buffer
	_, _ = out.ReadFrom(res.Body)
	return res.StatusCode, res.Request.URL.Path, out.String()
}

func TestClause_IV_2_a_AnInspectionOnTheDesk(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 10)
	g := w.enter(t, "auditor", "694")
	g.page("/kiem-tra", "Chưa có đợt kiểm tra nào", "Lập đợt kiểm tra")
	g.page("/kiem-tra/moi?don_vi=101&loai=confirmed&chi_tieu=eid", "Cần kiểm tra 5 trong 5 người")
	if status, _, page := g.do("GET", "/kiem-tra/moi?don_vi=101&conf=x", nil); status != 422 || !strings.Contains(page, "Hãy ghi số phần trăm") {
		t.Errorf("a confidence that is none: %d", status)
	}
	form := url.Values{"don_vi": {"101"}, "loai": {"confirmed"}, "chi_tieu": {"eid"}, "conf": {"95"}, "margin": {"5"}, "expected": {"50"}, "seed": {"ngắn"}}
	if status, _, _ := g.do("POST", "/kiem-tra/moi", form); status != 422 {
		form.Set("seed", "x")
		if status, _, page := g.do("POST", "/kiem-tra/moi", form); status != 422 || !strings.Contains(page, "hạt giống phải dài") {
			t.Errorf("a seed too short: %d", status)
		}
	}
	form.Set("seed", "số công khai 2718")
	_, at, page := g.do("POST", "/kiem-tra/moi", form)
	if !strings.HasPrefix(at, "/kiem-tra/") || !strings.Contains(page, "số công khai 2718") || !strings.Contains(page, "Chưa rút mẫu") {
		t.Fatalf("planned at %s", at)
	}
	g.do("POST", at+"/rut-mau", nil)
	g.page(at, "Đang kiểm tra", "SHA-256 của danh sách", "trong 5 người thuộc diện")
	g.page(at+"?rut_lai=1", "khớp cả 5 người")
	_, _, frame := g.do("GET", at+"/tep/danh-sach.txt", nil)
	if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(frame))); strings.Count(frame, "\n") != 5 || !strings.Contains(g.page(at), sum) {
		t.Errorf("the frame's file is not what was hashed (law J1): %q", frame)
	}
	if _, _, sample := g.do("GET", at+"/tep/mau.txt", nil); strings.Count(sample, "\n") != 5 {
		t.Errorf("the sample's file: %q", sample)
	}
	list := g.page(at+"/phieu", "Không gặp", "070•••••", "nhìn thấy tận mắt")
	if regexp.MustCompile(`0700800\d{5}`).MatchString(list) {
		t.Error("a number stands whole (law R3)")
	}
	found := regexp.MustCompile(`name="person" value="(\w+)"><input type="hidden" name="press" value="(\w+)"`).FindAllStringSubmatch(list, -1)
	if len(found) != 5 {
		t.Fatalf("%d forms", len(found))
	}
	one := map[string]string{"person": found[0][1], "press": found[0][2], "result": "true", "con": "1"}
	for range 2 { // pressed twice
		if status, path, _ := g.finding(at+"/phieu", one); status != 200 || path != at+"/phieu" {
			t.Fatalf("recording: %d at %s", status, path)
		}
	}
	one["press"], one["result"] = found[1][2], "false"
	if status, _, page := g.finding(at+"/phieu", one); status != 409 || !strings.Contains(page, "Muốn sửa, hãy ghi lý do") {
		t.Errorf("a correction without its reason: %d", status)
	}
	g.finding(at+"/phieu", map[string]string{"person": found[1][1], "press": found[1][2], "result": "false", "note": "chưa có trên máy"})
	if left := g.page(at + "/phieu?con=1"); strings.Count(left, `name="press"`) != 3 {
		t.Error("the list of those without a result")
	}
	g.do("POST", at+"/ket-thuc", nil)
	g.page(at, "Đã kết thúc", "Ước lượng 50,0 % là sai", "Clopper–Pearson")
	g.page("/kiem-tra", "Xã Trong", "50,0 %")
	g.page("/kiem-tra?don_vi=101.01", "50,0 %")
	if page := g.page("/kiem-tra?don_vi=102"); strings.Contains(page, "50,0 %") {
		t.Error("another commune's inspection")
	}
	p := w.enter(t, "commune_police", "102")
	if status, _, _ := p.do("GET", at, nil); status != 403 {
		t.Errorf("somebody of elsewhere reads it: %d", status)
	}
	if status, _, _ := w.enter(t, "commune_chair", "101").do("POST", at+"/ket-thuc", nil); status != 403 {
		t.Errorf("a chair closes it: %d", status)
	}
}
