package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/ops/points"
)

// publicDesk is a desk with one point and three sessions, for whoever passes by.
func publicDesk(t testing.TB) (*Desk, *points.Book, access.Viewer, int64) {
	t.Helper()
	d := dbtest.Open(t)
	ctx := context.Background()
	var unit territory.Unit
	if err := d.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		unit = territory.Unit{Code: "25330", Kind: "xã", Tier: territory.TierCommune, Name: "An Khương", Lat: 11.68, Lon: 106.62}
		return territory.Insert(tx, &unit)
	}); err != nil {
		t.Fatal(err)
	}
	p := plantest.HonQuan(t)
	book := &points.Book{DB: d, Plan: func() *plan.Plan { return p }}
	who := access.System("kiểm thử")
	kit, err := book.SaveKit(ctx, who, points.Kit{Unit: unit.ID, Name: "Bộ 1", Capacity: 60})
	if err != nil {
		t.Fatal(err)
	}
	at, err := book.SavePoint(ctx, who, points.Point{Unit: unit.ID, Name: "Nhà văn hóa <ấp 1>", Kind: points.Mobile})
	if err != nil {
		t.Fatal(err)
	}
	var last int64
	day := clock.DayOf(dbtest.Morning)
	for i := range 15 {
		if last, err = book.Hold(ctx, who, points.Session{Point: at, Kit: kit, Day: day.Add(i), From: "7:30", Until: "16:30"}); err != nil {
			t.Fatal(err)
		}
	}
	desk, err := New(Config{Clock: clock.Fixed(dbtest.Morning), Plan: func() *plan.Plan { return p }, Points: book})
	if err != nil {
		t.Fatal(err)
	}
	return desk, book, who, last
}

func open(d http.Handler, path, tag string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("If-None-Match", tag)
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

// TestClause_III_3_a_ThePublicSchedule: open without signing in, without script, kept until something changes.
func TestClause_III_3_a_ThePublicSchedule(t *testing.T) {
	d, book, who, last := publicDesk(t)
	for _, path := range []string{"/lich", "/lich?xa=25330", "/lich.ics", "/lich.ics?xa=25330", "/lich/ap-phich", "/lich/ap-phich?xa=25330&kho=a3"} {
		w := open(d, path, "")
		body := w.Body.String()
		if w.Code != http.StatusOK || !strings.Contains(strings.ReplaceAll(body, "\r\n ", ""), "Nhà văn hóa") || strings.Contains(body, "<script") || strings.Contains(body, "<ấp 1>") && !strings.HasPrefix(path, "/lich.ics") {
			t.Errorf("%s: %d %s", path, w.Code, body)
		}
		if w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s follows whoever reads it", path)
		}
		tag := w.Header().Get("ETag")
		if again := open(d, path, tag); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
			t.Errorf("%s asked again: %d", path, again.Code)
		}
	}
	tag := open(d, "/lich", "").Header().Get("ETag")
	if _, err := book.Cancel(context.Background(), who, last, "Mưa lớn"); err != nil {
		t.Fatal(err)
	}
	if w := open(d, "/lich", tag); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Mưa lớn") {
		t.Errorf("a cancelled session is not told: %d", w.Code)
	}
	if w := open(d, "/lich?xa=99999", ""); w.Code != http.StatusNotFound {
		t.Errorf("a commune that is none: %d", w.Code)
	}
}

// BenchmarkPublicSchedule is the kept page through the whole desk: at least 2.000 requests a second on two cores.
func BenchmarkPublicSchedule(b *testing.B) {
	d, _, _, _ := publicDesk(b)
	r := httptest.NewRequest(http.MethodGet, "/lich?xa=25330", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			w := httptest.NewRecorder()
			d.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Fatal(w.Code)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
}
