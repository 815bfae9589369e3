package web

import (
	"bytes"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bonphu/core/territory"
	"bonphu/internal/id"
	"bonphu/ops/outreach"
)

// sendPhotos posts a form with photos.
func (g *guest) sendPhotos(path string, fields url.Values, photos ...[]byte) (int, string, string) {
	g.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, list := range fields {
		for _, v := range list {
			_ = w.WriteField(k, v)
		}
	}
	for _, p := range photos {
		f, _ := w.CreateFormFile("photo", "anh.jpg")
		_, _ = f.Write(p)
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

func TestClause_III_1_a_OutreachOnTheDesk(t *testing.T) {
	w := buildTown(t)
	g := w.enter(t, "commune_chair", "101")
	g.page("/tuyen-truyen", "Không có hoạt động nào khớp", "Ghi việc đã làm")
	g.page("/tuyen-truyen/moi?don_vi=101&viec=da-lam", "Cả xã Trong", "Ấp 1", "số người dự, theo biên bản")
	form := url.Values{"once": {id.String(id.New())}, "don_vi": {"101"}, "viec": {"da-lam"}, "units": {"101.01"}, "channel": {"hop_ap"}, "audience": {"dong_bao"}, "language": {"stieng"}, "day": {"2024-05-17"}, "hour": {"19:00"}, "reach": {"1.062"}, "counted": {"1"}, "cost": {"250.000"}}
	var pic bytes.Buffer
	_ = jpeg.Encode(&pic, image.NewRGBA(image.Rect(0, 0, 20, 20)), nil)
	if status, _, page := g.sendPhotos("/tuyen-truyen/moi", form, []byte("không phải ảnh")); status != 422 || !strings.Contains(page, "Ảnh phải là JPEG") {
		t.Errorf("a bad photo: %d", status)
	}
	status, at, page := g.sendPhotos("/tuyen-truyen/moi", form, pic.Bytes())
	if status != 200 || !strings.Contains(page, "1.062 (đếm)") || !strings.Contains(page, "250.000 đồng") || !strings.Contains(page, "tiếng S’tiêng") {
		t.Fatal(status, at, strings.Contains(page, "1.062"), strings.Contains(page, "250.000 đồng"), strings.Contains(page, "iếng S’tiêng"))
	}
	if _, again, _ := g.sendPhotos("/tuyen-truyen/moi", form, pic.Bytes()); again != at {
		t.Errorf("sent twice is twice: %s %s", at, again)
	}
	photo := g.found(page, `(/tuyen-truyen/[0-9a-z]+/anh/[0-9a-z]+)`)
	if status, _, b := g.do("GET", photo, nil); status != 200 || !strings.HasPrefix(b, "\xff\xd8") {
		t.Errorf("the photo: %d", status)
	}
	g.page("/tuyen-truyen?kenh=hop_ap", "1.062 (đếm)")
	g.page("/tuyen-truyen?xem=tuan&tuan=6", "Thứ sáu 17/5", "19:00 · Đã làm")
	g.page("/tuyen-truyen/ap", "3 ngày trước")
	if status, _, b := g.do("GET", "/tuyen-truyen/ap/xlsx", nil); status != 200 || !strings.HasPrefix(b, "PK") {
		t.Errorf("the workbook: %d", status)
	}
	if status, _, _ := w.enter(t, "commune_police", "102").do("GET", at, nil); status != 403 {
		t.Errorf("another commune reads it: %d", status)
	}
	if _, _, page := g.do("POST", at+"/lui", nil); !strings.Contains(page, "Quá ngày, chưa ghi kết quả") {
		t.Error("not taken back")
	}
	if status, _, page := g.do("POST", at+"/huy", url.Values{"why": {"Gọi 0912 345 678"}}); status != 422 || !strings.Contains(page, "số điện thoại của ai") {
		t.Errorf("a telephone number is kept: %d", status)
	}
	if _, _, page := g.do("POST", at+"/huy", url.Values{"why": {"Trời mưa to."}}); !strings.Contains(page, "Đã hủy") || !strings.Contains(page, "Trời mưa to.") {
		t.Error("not cancelled")
	}
	for _, bad := range []string{"/tuyen-truyen?tuan=99", "/tuyen-truyen?co_quan=x", "/tuyen-truyen/0", "/noi-dung/0"} {
		if status, _, _ := g.do("GET", bad, nil); status != 404 {
			t.Errorf("%s: %d", bad, status)
		}
	}
}

func TestClause_III_1_d_TheLibraryOnTheDesk(t *testing.T) {
	w := buildTown(t)
	g, chief := w.enter(t, "information", "694"), w.enter(t, "district_police", "694")
	g.page("/noi-dung", "Thư viện chưa có nội dung nào", "bài có sẵn")
	g.page("/noi-dung/moi", "Viết nội dung")
	status, at, page := g.sendPhotos("/noi-dung/moi", url.Values{"once": {id.String(id.New())}, "title": {"Bài loa tuần 7"}, "kind": {"loa"}, "text": {"Kính thưa bà con!"}})
	if status != 200 || !strings.Contains(page, "Bản nháp") || !strings.Contains(page, "Gửi duyệt") || strings.Contains(page, "Dùng trong hoạt động") {
		t.Fatal(status, len(page))
	}
	if status, _, _ := g.do("GET", at+"/docx", nil); status != 409 {
		t.Errorf("a draft as Word: %d", status)
	}
	g.sendPhotos(at+"/sua", url.Values{"title": {"Bài loa tuần 7"}, "kind": {"loa"}, "text": {"Kính thưa bà con! Họp lúc 19 giờ."}})
	g.do("POST", at+"/gui-duyet", nil)
	if page := g.page(at, "Họp lúc 19 giờ", "Đang chờ người có quyền duyệt"); strings.Contains(page, "Trả lại để sửa") {
		t.Error("its writer may approve it")
	}
	chief.page("/noi-dung?tinh_trang=submitted", "Bài loa tuần 7")
	if status, _, _ := chief.do("POST", at+"/duyet", url.Values{"ket_luan": {"tra-lai"}}); status != 422 {
		t.Errorf("returned without a word: %d", status)
	}
	if _, _, page := chief.do("POST", at+"/duyet", url.Values{"ket_luan": {"duyet"}}); !strings.Contains(page, "Đã duyệt") {
		t.Error("not approved")
	}
	if _, there, page := g.do("POST", at+"/dung", url.Values{"kieu": {"in"}}); there != at+"/in" || !strings.Contains(page, "Bản 1, duyệt lúc") {
		t.Error("not printed", there)
	}
	if status, _, b := g.do("POST", at+"/dung", url.Values{"kieu": {"docx"}}); status != 200 || !strings.HasPrefix(b, "PK") {
		t.Errorf("not given as Word: %d", status)
	}
	g.page("/tuyen-truyen/moi?content="+strings.TrimPrefix(at, "/noi-dung/"), "Bài loa: Bài loa tuần 7")
	if _, _, page := chief.do("POST", at+"/rut", url.Values{"why": {"Nội dung đã cũ."}}); !strings.Contains(page, "Đã rút") {
		t.Error("not withdrawn")
	}
	if _, _, page := g.do("POST", "/noi-dung/lay-mau", nil); strings.Count(page, "Bản của chương trình") < 9 {
		t.Error("the texts of the program did not come")
	}
}

func TestClause_III_1_a_HamletsStandOnAMapWhereTheyHaveAPlace(t *testing.T) {
	units := []territory.Unit{{ID: 1, Code: "101", Kind: "xã", Tier: territory.TierCommune, Name: "Trong"}, {ID: 2, Code: "102", Kind: "xã", Tier: territory.TierCommune, Name: "Ngoài"}}
	for i := range 6 {
		units = append(units, territory.Unit{ID: int64(10 + i), Code: "x" + string(rune('a'+i)), Kind: "ấp", Tier: territory.TierHamlet, Name: `<b>"`, Parent: int64(1 + i%2), Lat: 11.6 + float64(i)/100, Lon: 106.5 + float64(i%3)/50})
	}
	tree := territory.NewTree(units, nil)
	g := &outreach.Grid{}
	for i := range 6 {
		g.Rows = append(g.Rows, outreach.Row{Unit: tree.ByID(int64(10 + i)), Never: i == 0, Quiet: i < 2, Since: 9})
	}
	href := func(r *outreach.Row) string { return "/tuyen-truyen?don_vi=" + r.Unit.Code + "&tuan=1" }
	var s OutreachGrid
	s.draw(g, tree, href)
	m := string(s.Map)
	if len(s.Tiles) != 0 || strings.Count(m, "<circle") != 6 || strings.Count(m, `class="never"`) != 1 || strings.Count(m, `class="quiet"`) != 1 || strings.Contains(m, "<b>") || !strings.Contains(m, ">Ngoài</text>") {
		t.Errorf("%s", m)
	}
	for i := range g.Rows {
		g.Rows[i].Unit.Lat, g.Rows[i].Unit.Lon = 0, 0
	}
	s = OutreachGrid{}
	if s.draw(g, tree, href); s.Map != "" || len(s.Tiles) != 2 || len(s.Tiles[0].Tiles) != 3 {
		t.Errorf("%+v", s.Tiles)
	}
}
