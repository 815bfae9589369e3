package web

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/tally"
)

// as asks the desk as a role of the town and gives the answer.
func (w *town) as(role, method, path, kind string, body []byte) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	r.AddCookie(&http.Cookie{Name: sessionCookie, Value: w.tokens[role]})
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	res := httptest.NewRecorder()
	w.desk.ServeHTTP(res, r)
	return res
}

func (w *town) post(role, path string, form url.Values) *httptest.ResponseRecorder {
	return w.as(role, "POST", path, "application/x-www-form-urlencoded", []byte(form.Encode()))
}

func TestLaw_D2_N3_ATextIsReadAndItsArithmeticChecked(t *testing.T) {
	w := buildTown(t)
	res := w.post("commune_police", "/doi-soat/tu-bao", url.Values{"what": {"read"}, "unit": {"101"}, "day": {"2024-05-19"}, "source": {"tin nhắn"}, "text": {"CCCD: 869/1.942, đạt 55,7 %"}})
	if res.Code != http.StatusOK || !strings.Contains(res.Body.String(), "44,7 %") {
		t.Fatalf("%d, and the wrong percentage is not pointed out", res.Code)
	}
	res = w.post("commune_police", "/doi-soat/tu-bao", url.Values{"what": {"keep"}, "unit": {"101"}, "day": {"2024-05-19"}, "source": {"tin nhắn"}, "target0": {"cccd"}, "done0": {"869"}, "whole0": {"1942"}, "percent0": {"55,7"}})
	if res.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", res.Code, res.Body.String())
	}
	if page := w.as("commune_police", "GET", "/doi-soat/tu-bao", "", nil).Body.String(); !strings.Contains(page, "869/1.942") || !strings.Contains(page, "báo nhiều hơn 869") {
		t.Error("the declared total does not stand beside the ledger's")
	}
	if res = w.post("commune_police", "/doi-soat/tu-bao", url.Values{"what": {"one"}, "unit": {"102"}, "day": {"2024-05-19"}, "target": {"cccd"}, "done": {"5"}}); res.Code != http.StatusForbidden {
		t.Errorf("a commune declared for another: %d", res.Code)
	}
}

func TestClause_IV_2_a_AHearingFromTheDoorToTheVerdict(t *testing.T) {
	w := buildTown(t)
	ctx := context.Background()
	p := w.desk.Plan()
	w.desk.Figures.Book.Also = []tally.Follower{w.desk.Reconcile}
	root := access.System("thử").On(w.tree)
	var person int64
	bring := func(n int64, day, status string) {
		act := root.Act("intake.apply", 0, "batch", "")
		if err := w.desk.Register.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
			lists := coverage.Lists{Plan: func() *plan.Plan { return p }}
			run, err := lists.Start(tx, &intake.Batch{ID: n, Kind: "register", AsOf: clock.Day(day), UnitID: w.tree.ByCode("101.01").ID, Who: 1, Viewer: root})
			if err != nil {
				return err
			}
			row := &intake.Row{Kind: intake.KindRegister, Line: 11, Name: "Điểu Thử", Number: "070061000001", Birth: vn.Birth{Y: 1961, M: 2, D: 2}, Gender: "female", HamletText: "Ấp 1"}
			row.Status[intake.StatusCCCD] = status
			out, err := run.Apply([]*intake.Row{row}, false)
			if err == nil {
				person = out[0].Person
				err = run.Finish()
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	bring(1, "2024-04-10", "none")
	claim, err := w.desk.Ledger.Record(ctx, root, coverage.Claim{Person: person, Coverage: "cccd", State: "issued", AsOf: "2024-04-20T03:00:00.000Z"})
	if err != nil {
		t.Fatal(err)
	}
	bring(2, "2024-05-01", "none")
	at := "/doi-soat/viec/" + id.String(claim)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("code", "twin")
	_ = form.WriteField("text", "Trùng với hồ sơ ở ấp bên.")
	file, _ := form.CreateFormFile("photo", "anh.jpg")
	_, _ = file.Write([]byte("\xff\xd8\xff\xe0ảnh"))
	_ = form.Close()
	if res := w.as("team_leader", "POST", at+"/tra-loi", form.FormDataContentType(), body.Bytes()); res.Code != http.StatusSeeOther {
		t.Fatalf("answer: %d %s", res.Code, res.Body.String())
	}
	if res := w.post("team_leader", at+"/ket-luan", url.Values{"code": {"twin"}, "text": {"x"}}); res.Code != http.StatusForbidden {
		t.Errorf("the team decided: %d", res.Code)
	}
	page := w.as("district_police", "GET", at, "", nil).Body.String()
	if !strings.Contains(page, "Trùng với hồ sơ ở ấp bên.") || !strings.Contains(page, "dòng 11") || !strings.Contains(page, at+"/anh/") {
		t.Error("the answer, its photo or the row behind the denial is not shown")
	}
	if strings.Contains(page, "070061000001") {
		t.Error("a whole personal number (law R3)")
	}
	if res := w.post("district_police", at+"/ket-luan", url.Values{"what": {"decide"}, "code": {"twin"}, "text": {"Đúng là trùng."}}); res.Code != http.StatusSeeOther {
		t.Fatalf("verdict: %d %s", res.Code, res.Body.String())
	}
	if res := w.post("district_police", at+"/ket-luan", url.Values{"what": {"decide"}, "code": {"not_done"}, "text": {"Khác."}}); !strings.Contains(res.Body.String(), "Người khác vừa kết luận") {
		t.Errorf("two verdicts: %d", res.Code)
	}
	for _, path := range []string{"/doi-soat", "/doi-soat?theo=to", "/doi-soat/bao-cao?loai=denied", "/doi-soat/viec?viec=xong", "/doi-soat?ngay=2024-04-25", "/doi-soat?don_vi=101.01"} {
		if res := w.as("commune_police", "GET", path, "", nil); res.Code != http.StatusOK {
			t.Errorf("%s: %d", path, res.Code)
		}
	}
}
