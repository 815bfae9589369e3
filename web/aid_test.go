package web

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/sheet"
)

// withOperators makes two operators; whoever has the operator's role stands for the one that acting points at.
func (w *town) withOperators(t *testing.T, acting *int64) (first, second int64) {
	t.Helper()
	err := w.desk.Door.DB.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		a := territory.Office{Unit: w.tree.ByCode("694").ID, Kind: plan.OperatorKind, Name: "Viettel Hớn Quản", Code: "viettel"}
		b := territory.Office{Unit: a.Unit, Kind: plan.OperatorKind, Name: "VNPT Hớn Quản", Code: "vnpt"}
		for _, o := range []*territory.Office{&a, &b} {
			if err := territory.AddOffice(tx, o); err != nil {
				return err
			}
		}
		first, second = a.ID, b.ID
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.desk.Door.OfficeFor = func(_ *db.Tx, grants []access.Grant) (int64, error) {
		if len(grants) > 0 && grants[0].Role == "operator" {
			return *acting, nil
		}
		return 0, nil
	}
	return first, second
}

// sendFile posts a file as the form of the list does.
func (g *guest) sendFile(path, name, content string) (int, string) {
	g.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	f, _ := w.CreateFormFile("tep", name)
	_, _ = f.Write([]byte(content))
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
	return res.StatusCode, out.String()
}

// TestClause_III_1_b_AnOfferAnOrderAndAHandOverAtTheDesk: an operator offers, the commune orders with consent, the operator accepts, hands
// over and gives a receipt; another operator sees none of it.
func TestClause_III_1_b_AnOfferAnOrderAndAHandOverAtTheDesk(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 6)
	var acting int64
	first, second := w.withOperators(t, &acting)
	acting = first
	v, police := w.enter(t, "operator", "694"), w.enter(t, "commune_police", "101")
	v.page("/uu-dai", "Chưa có ưu đãi nào", "Lập ưu đãi")
	if status, _, page := v.finding("/uu-dai/moi", map[string]string{"kind": "device", "title": "Máy 4G thử", "price": "rẻ", "from": "2024-05-01"}); status != 422 || !strings.Contains(page, "ghi giá bằng chữ số") || !strings.Contains(page, "Máy 4G thử") {
		t.Errorf("a price without digits: %d", status)
	}
	_, at, page := v.finding("/uu-dai/moi", map[string]string{"kind": "device", "title": "Máy 4G thử", "price": "590.000", "from": "2024-05-01", "until": "2024-07-08", "conditions": "Mỗi người một máy"})
	if !strings.Contains(page, "Năm trăm chín mươi nghìn đồng") {
		t.Fatalf("no offer: %s", at)
	}
	if _, _, page := v.do("POST", at+"/so-luong", url.Values{"n_101": {"1"}}); !strings.Contains(page, "Tổng cộng 1") {
		t.Error("no stock")
	}
	person := police.person("Trần Văn Thử B")
	form := url.Values{"what": {"order"}, "order_id": {id.String(id.New())}, "order_kind": {"device"}, "order_offer": {strings.TrimPrefix(at, "/uu-dai/")}}
	if _, _, page := police.do("POST", person+"/dang-ky", form); !strings.Contains(page, "Chưa có đồng ý của người dân") {
		t.Error("an order without consent")
	}
	form.Set("consent", "1")
	police.do("POST", person+"/dang-ky", form)
	form.Set("order_id", id.String(id.New()))
	if status, _, page := police.do("POST", person+"/dang-ky", form); status != 409 || !strings.Contains(page, "đã có đơn") {
		t.Errorf("a second order: %d", status)
	}
	page = v.page("/don-dang-ky", "Trần Văn Thử B", "Mới đăng ký", "091••••001")
	if strings.Contains(page, "0912345001") || strings.Contains(page, "070080001001") {
		t.Error("a number is shown whole (law R3)")
	}
	order := v.found(page, `/don-dang-ky/([0-9a-z]{13})"`)
	sheet := "/don-dang-ky/" + order
	acting = second
	if page := v.page("/don-dang-ky?tinh_trang=all"); strings.Contains(page, "Trần Văn") {
		t.Error("another operator sees the order (law R1)")
	}
	if status, _, _ := v.do("GET", sheet, nil); status != 404 {
		t.Errorf("another operator opens the order: %d", status)
	}
	acting = first
	for _, step := range []struct{ to, want string }{{"accepted", "Nhà mạng đã nhận"}, {"handed", "Biên nhận"}} {
		if status, _, page := v.do("POST", sheet+"/chang", url.Values{"to": {step.to}, "received": {"self"}, "serial": {"352099001761481"}}); status != 200 || !strings.Contains(page, step.want) {
			t.Fatalf("%s: %d", step.to, status)
		}
		if step.to == "accepted" {
			if _, _, page := v.do("POST", sheet+"/so-dien-thoai", url.Values{}); !strings.Contains(page, "0912345001") {
				t.Error("the operator cannot call")
			}
		}
	}
	v.page(sheet+"/bien-nhan", "Năm trăm chín mươi nghìn đồng", "1481", "chính chủ")
	v.page(at, "hết")
	police.page(person, "Máy, SIM, chữ ký số", "Đã giao")
	if status, _, _ := v.do("GET", person, nil); status != 403 {
		t.Errorf("an operator opens a person's page: %d", status)
	}
	v.page("/tat-2g", "Còn đến ngày tắt sóng 2G", "104 ngày")
}

// TestLaw_F1_TheOperatorsSheetGoesOutAndComesBack: rows that cannot be moved say why, and a sheet without its columns is refused in words.
func TestLaw_F1_TheOperatorsSheetGoesOutAndComesBack(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 6)
	var acting int64
	acting, _ = w.withOperators(t, &acting)
	v, police := w.enter(t, "operator", "694"), w.enter(t, "commune_police", "101")
	for _, name := range []string{"Trần Văn Thử A", "Trần Văn Thử C"} {
		police.do("POST", police.person(name)+"/dang-ky", url.Values{"order_id": {id.String(id.New())}, "order_kind": {"device"}, "consent": {"1"}})
	}
	page := police.page("/don-dang-ky?tinh_trang=nobody", "2 đơn")
	form := url.Values{"viec": {"giao"}, "office": {id.String(acting)}}
	for _, part := range strings.Split(page, `name="don" value="`)[1:] {
		form.Add("don", part[:13])
	}
	if _, _, page := police.do("POST", "/don-dang-ky", form); strings.Count(page, `good">Đã ghi`) != 2 {
		t.Fatal("not given to the operator")
	}
	_, _, body := v.do("POST", "/don-dang-ky/xuat", url.Values{})
	book, err := sheet.Open(strings.NewReader(body), int64(len(body)), sheet.Options{Name: "don.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	filled := "Mã đơn;Chuyển sang\n"
	if err := book.Rows(0, func(row *sheet.Row) error {
		if len(row.Cells) > 4 && strings.HasPrefix(row.Cells[4].Text, "Trần Văn") {
			filled += row.Cells[0].Text + ";" + map[bool]string{true: "Nhận đơn", false: "Đã giao"}[strings.HasSuffix(row.Cells[4].Text, "A")] + "\n"
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, page = v.sendFile("/don-dang-ky", "don.csv", filled)
	if strings.Count(page, `good">Đã ghi`) != 1 || !strings.Contains(page, "nên không chuyển sang") {
		t.Errorf("%s", page)
	}
	if status, page := v.sendFile("/don-dang-ky", "khac.csv", "a;b\n1;2\n"); status != 422 || !strings.Contains(page, "nộp lại chính tệp đó") {
		t.Errorf("another file: %d", status)
	}
}
