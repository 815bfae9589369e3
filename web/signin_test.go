package web

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
)

// guest is a browser without script.
type guest struct {
	t    *testing.T
	base string
	http *http.Client
}

func (g *guest) do(method, path string, form url.Values) (int, string, string) {
	g.t.Helper()
	r := request(g.t, method, g.base+path, form.Encode())
	res, err := g.http.Do(r)
	if err != nil {
		g.t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	buf := make([]byte, 1<<20)
	for {
		n, err := res.Body.Read(buf)
		b.Write(buf[:n])
		if err != nil {
			break
		}
	}
	return res.StatusCode, res.Request.URL.Path, b.String()
}

func newGuest(t *testing.T, d *Desk) *guest {
	t.Helper()
	s := httptest.NewServer(d)
	t.Cleanup(s.Close)
	jar, _ := cookiejar.New(nil)
	return &guest{t: t, base: s.URL, http: &http.Client{Jar: jar}}
}

func TestFirstSigningInChangesThePasswordAndSetsASecondFactor(t *testing.T) {
	w := buildTown(t)
	ctx := context.Background()
	w.desk.Door.Open = false
	err := w.desk.Door.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		_, err := access.CreateWith(tx, access.Account{Login: "hq.moi", Name: "Lê Thị Thử", Grants: []access.Grant{{Role: "district_leader", Unit: w.tree.Root().ID}}}, access.Hash("mot lan dung thoi"), true)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	g := newGuest(t, w.desk)
	if _, path, _ := g.do("GET", "/phien", nil); path != "/dang-nhap" {
		t.Fatalf("nobody was let to %s", path)
	}
	status, _, page := g.do("POST", "/dang-nhap", url.Values{"login": {"hq.moi"}, "password": {"sai"}, "ve": {"/phien"}})
	if status != 422 || !strings.Contains(page, "không đúng") || !strings.Contains(page, `value="hq.moi"`) || !strings.Contains(page, `value="/phien"`) {
		t.Fatalf("wrong password: %d", status)
	}
	wellFormed(t, page)
	status, path, page := g.do("POST", "/dang-nhap", url.Values{"login": {"HQ.moi "}, "password": {"mot lan dung thoi"}, "ve": {"/phien"}})
	if status != 200 || path != "/mat-khau" {
		t.Fatalf("first sign-in led to %s (%d)", path, status)
	}
	wellFormed(t, page)
	if _, path, _ := g.do("GET", "/phien", nil); path != "/mat-khau" {
		t.Fatalf("before the change %s opened", path)
	}
	for _, bad := range []url.Values{
		{"old": {"mot lan dung thoi"}, "new": {"ngắn"}, "again": {"ngắn"}},
		{"old": {"mot lan dung thoi"}, "new": {"con trâu đi trước"}, "again": {"con trâu đi sau"}},
		{"old": {"khác hẳn"}, "new": {"con trâu đi trước"}, "again": {"con trâu đi trước"}},
	} {
		if status, _, _ := g.do("POST", "/mat-khau", bad); status != 422 {
			t.Errorf("%v: %d", bad, status)
		}
	}
	_, path, page = g.do("POST", "/mat-khau", url.Values{"old": {"mot lan dung thoi"}, "new": {"con trâu đi trước"}, "again": {"con trâu đi trước"}, "ve": {"/phien"}})
	if path != "/ma-xac-thuc" {
		t.Fatalf("after the change: %s", path)
	}
	wellFormed(t, page)
	secret := strings.ReplaceAll(regexp.MustCompile(`class="secret">([A-Z2-7 ]+)<`).FindStringSubmatch(page)[1], " ", "")
	if status, _, _ := g.do("POST", "/ma-xac-thuc", url.Values{"code": {"000000"}}); status != 422 {
		t.Errorf("a wrong code: %d", status)
	}
	code, err := totp.GenerateCode(secret, dbtest.Morning)
	if err != nil {
		t.Fatal(err)
	}
	status, path, page = g.do("POST", "/ma-xac-thuc", url.Values{"code": {code}, "ve": {"/phien"}})
	if status != 200 || path != "/phien" || !strings.Contains(page, "phiên này") || !strings.Contains(page, "Lê Thị Thử") {
		t.Fatalf("after all steps: %s (%d)", path, status)
	}
	wellFormed(t, page)
	vietnamese(t, page)
	if _, path, _ := g.do("POST", "/dang-xuat", url.Values{}); path != "/dang-nhap" {
		t.Errorf("signing out led to %s", path)
	}
	if _, path, _ := g.do("GET", "/phien", nil); path != "/dang-nhap" {
		t.Errorf("signed out and yet at %s", path)
	}
}
