package app

import (
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/internal/vn"
	"bonphu/oversight/lead"
)

// TestClause_IV_2_c_LeadershipIsToldWhyAndCanOpenIt: in the demo district every commune that is behind has a reason, reasons tell what the
// screens behind them tell, and what somebody may not see is neither counted nor linked.
func TestClause_IV_2_c_LeadershipIsToldWhyAndCanOpenIt(t *testing.T) {
	a, _ := smallDemo(t)
	ctx := t.Context()
	system := self(t, a)
	tree := system.Tree()
	home, commune, other := tree.Home(), tree.ByCode("25330"), tree.ByCode("25339")
	leader := access.NewViewer(1, "lanhdao", "Lãnh đạo", "", []access.Grant{{Role: "district_leader", Unit: home.ID}}, tree)
	chair := access.NewViewer(2, "ct", "Chủ tịch", "", []access.Grant{{Role: "commune_chair", Unit: commune.ID}}, tree)

	o, err := a.Lead.Outlook(ctx, leader, home.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	told, err := a.Figures.Standings(ctx, leader, []int64{home.ID, commune.ID}, "")
	if err != nil {
		t.Fatal(err)
	}
	day, err := a.Rhythm.Day(ctx, leader, home.ID, demoDay)
	if err != nil {
		t.Fatal(err)
	}
	silent := map[int64]int64{}
	for _, r := range day.Rows {
		silent[r.Unit] = int64(r.Silent)
	}
	kinds := map[string]bool{}
	for i := range a.Plan().Targets {
		target := &a.Plan().Targets[i]
		if l := o.Of(home.ID, target.ID); l.Standing != told[home.ID][target.ID] {
			t.Errorf("law N1: %s is %+v, on the board %+v", target.ID, l.Standing, told[home.ID][target.ID])
		}
		if !target.Main {
			continue
		}
		if l := o.Of(home.ID, target.ID); !l.Forecast.Known || l.Forecast.Seen == demoDay {
			t.Errorf("%s: %+v", target.ID, l.Forecast)
		}
		late, err := a.Lead.Behind(ctx, leader, o, target.ID)
		if err != nil || len(late) != 13 {
			t.Fatalf("%d communes, %v", len(late), err)
		}
		for j := range late {
			x := &late[j]
			if j > 0 && x.Line.Missing() > late[j-1].Line.Missing() {
				t.Errorf("%s: %s stands below a commune that misses less", target.ID, x.Unit.Title())
			}
			if x.Line.Behind() && len(x.Reasons) == 0 || !x.Line.Behind() && len(x.Reasons) > 0 {
				t.Errorf("%s: %s has %d reasons", target.ID, x.Unit.Title(), len(x.Reasons))
			}
			for _, r := range x.Reasons {
				kinds[r.Kind] = true
				if !strings.HasPrefix(r.Href, "/") || r.N <= 0 || r.Text == "" {
					t.Errorf("%+v", r)
				}
				if r.Kind == "silent" && r.N != silent[x.Unit.ID] {
					t.Errorf("%s: %d teams are silent, the day says %d", x.Unit.Title(), r.N, silent[x.Unit.ID])
				}
				if r.Kind == "denied" && r.N != x.Line.Denied {
					t.Errorf("%+v of %+v", r, x.Line)
				}
			}
		}
	}
	for _, k := range []string{"quota", "denied", "silent", "dossiers", "obstacles"} {
		if !kinds[k] {
			t.Errorf("no commune of the demo has the reason %q", k)
		}
	}
	stuck, err := a.Lead.Snagged(ctx, leader, home.ID)
	if err != nil || len(stuck) < 3 {
		t.Errorf("%+v, %v", stuck, err)
	}
	own, err := a.Lead.Snagged(ctx, chair, commune.ID)
	if err != nil {
		t.Fatal(err)
	}
	sum := func(list []lead.Task) (n int) {
		for _, x := range list {
			n += x.N
		}
		return n
	}
	if sum(own) >= sum(stuck) {
		t.Errorf("a commune has as much stuck as the district: %d of %d", sum(own), sum(stuck))
	}
	if _, err := a.Lead.Snagged(ctx, chair, home.ID); err == nil {
		t.Error("a chair is told what is stuck in the district")
	}
	if _, err := a.Lead.Behind(ctx, chair, o, "eid"); err == nil {
		t.Error("a chair is told why other communes are behind")
	}
	if _, err := a.Lead.Outlook(ctx, chair, other.ID, ""); err == nil {
		t.Error("a chair sees another commune's outlook")
	}
}

// hrefs finds the desk's addresses on a page's main part.
var hrefs = regexp.MustCompile(`href="(/[^"#]*)`)

// TestLaw_N2_EverythingOnTheLeadershipsPageOpens: as each account that may see it, every link of the page and of the wall-board leads to what the
// account may open, and no page names a person of the register.
func TestLaw_N2_EverythingOnTheLeadershipsPageOpens(t *testing.T) {
	a, _ := smallDemo(t)
	desk, err := a.desk()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ login, title string }{{"lanhdao", "Lãnh đạo: huyện Hớn Quản"}, {"kiemtra", "Lãnh đạo: huyện Hớn Quản"}, {"ct.an-khuong", "Lãnh đạo: xã An Khương"}} {
		t.Run(c.login, func(t *testing.T) {
			token, _, err := a.Door.Login(t.Context(), c.login, demoPassword, "test", "test")
			if err != nil {
				t.Fatal(err)
			}
			var list []lead.Task
			for _, path := range []string{"/lanh-dao", "/lanh-dao?phu=cccd", "/lanh-dao?ngay=2024-05-10", "/lanh-dao/man-hinh"} {
				r := httptest.NewRequest("GET", path, nil)
				r.AddCookie(&http.Cookie{Name: "phien", Value: token})
				w := httptest.NewRecorder()
				desk.ServeHTTP(w, r)
				_, main, _ := strings.Cut(w.Body.String(), "<main")
				if w.Code != http.StatusOK {
					t.Fatalf("%s answers %d", path, w.Code)
				}
				if path == "/lanh-dao" && !strings.Contains(main, c.title) {
					t.Errorf("%s is not on the page", c.title)
				}
				if vn.HoldsNumber(main) {
					t.Errorf("%s holds somebody's number", path)
				}
				for _, m := range hrefs.FindAllStringSubmatch(main, -1) {
					if x := (lead.Task{Href: html.UnescapeString(m[1])}); !slices.Contains(list, x) {
						list = append(list, x)
					}
				}
			}
			if len(list) < 10 {
				t.Errorf("%d links", len(list))
			}
			opens(t, a, desk, c.login, list)
		})
	}
	for _, login := range []string{"nhamang", "canbo", "thanhvien"} {
		token, _, err := a.Door.Login(t.Context(), login, demoPassword, "test", "test")
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("GET", "/lanh-dao", nil)
		r.AddCookie(&http.Cookie{Name: "phien", Value: token})
		w := httptest.NewRecorder()
		desk.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", login, w.Code)
		}
	}
}
