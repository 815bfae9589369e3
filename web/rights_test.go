package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/ops/aid"
	"bonphu/ops/allotment"
	"bonphu/ops/budget"
	"bonphu/ops/canvass"
	"bonphu/ops/dossier"
	"bonphu/ops/duties"
	"bonphu/ops/obstacles"
	"bonphu/ops/officials"
	"bonphu/ops/outreach"
	"bonphu/ops/points"
	"bonphu/oversight/inspection"
	"bonphu/oversight/lead"
	"bonphu/oversight/localplan"
	"bonphu/oversight/reconcile"
	"bonphu/oversight/rhythm"
	"bonphu/oversight/tally"
	"bonphu/oversight/worklist"
)

// town is a small district with one account for each role, granted on commune 101, and nothing else.
type town struct {
	desk   *Desk
	tree   *territory.Tree
	tokens map[string]string // by role
}

func buildTown(t *testing.T) *town {
	t.Helper()
	ctx := context.Background()
	d := dbtest.Open(t)
	units := []*territory.Unit{
		{Code: "694", Kind: "huyện", Tier: territory.TierDistrict, Name: "Hớn Quản"},
		{Code: "101", Kind: "xã", Tier: territory.TierCommune, Name: "Trong"}, {Code: "102", Kind: "xã", Tier: territory.TierCommune, Name: "Ngoài"},
		{Code: "101.01", Kind: "ấp", Tier: territory.TierHamlet, Name: "1"},
	}
	hash := access.Hash("một câu dài để thử")
	err := d.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for i, u := range units {
			if i > 0 {
				u.Parent = units[0].ID
			}
			if i == 3 {
				u.Parent = units[1].ID
			}
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
		}
		for _, r := range access.Roles() {
			if _, err := access.CreateWith(tx, access.Account{Login: strings.ReplaceAll(r.ID, "_", "."), Name: r.Title, Grants: []access.Grant{{Role: r.ID, Unit: units[1].ID}}}, hash, false); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	door := &access.Door{DB: d, Open: true}
	w := &town{tokens: map[string]string{}}
	p := plantest.HonQuan(t)
	current := func() *plan.Plan { return p }
	book := tally.Open(d, current)
	allot := &allotment.Book{DB: d, Plan: current, Teams: func(*db.Tx) ([]allotment.Team, error) { return nil, nil }}
	if w.desk, err = New(Config{Door: door, Clock: clock.Fixed(dbtest.Morning), Plan: current, Figures: tally.Desk{Book: book, Allot: allot},
		Register: people.Register{DB: d}, Ledger: coverage.Ledger{DB: d, Plan: current}, Allot: allot, Canvass: &canvass.Book{DB: d, Plan: current},
		Work:      &worklist.Book{DB: d, Plan: current, Figures: tally.Desk{Book: book, Allot: allot}, Canvass: &canvass.Book{DB: d, Plan: current}},
		Reconcile: &reconcile.Book{DB: d, Plan: current, Figures: tally.Desk{Book: book, Allot: allot}},
		Dossiers:  &dossier.Book{DB: d, Plan: current},
		Officials: &officials.Book{DB: d, Plan: current}, Obstacles: &obstacles.Book{DB: d, Plan: current}, Outreach: &outreach.Book{DB: d, Plan: current},
		Rhythm: &rhythm.Book{DB: d, Plan: current, Figures: tally.Desk{Book: book, Allot: allot}, Allot: allot, Canvass: &canvass.Book{DB: d, Plan: current}},
		Duties: &duties.Book{DB: d, Plan: current},
		Budget: &budget.Book{DB: d, Plan: current},
		LocalPlans: &localplan.Book{DB: d, Plan: current, Allot: allot, Need: func() allotment.Need {
			return func(*db.Tx, int64, string) (int64, int64, error) { return 10, 4, nil }
		}},
		Lead:    &lead.Book{DB: d, Plan: current, Figures: tally.Desk{Book: book, Allot: allot}},
		Letters: &lead.Post{DB: d, Plan: current, Book: &lead.Book{DB: d, Plan: current}, Reader: door.Reader},
		Aid:     &aid.Book{DB: d, Plan: current},
		Inspect: &inspection.Book{DB: d, Plan: current, Figures: tally.Desk{Book: book, Allot: allot}},
		Points:  &points.Book{DB: d, Plan: current, Needing: func(*db.Tx, int64) (map[int64]int64, error) { return map[int64]int64{}, nil }},
		Need:    func() allotment.Need { return func(*db.Tx, int64, string) (int64, int64, error) { return 10, 4, nil } }}); err != nil {
		t.Fatal(err)
	}
	if w.tree, err = door.Tree(ctx); err != nil {
		t.Fatal(err)
	}
	for _, r := range access.Roles() {
		token, step, err := door.Login(ctx, strings.ReplaceAll(r.ID, "_", "."), "một câu dài để thử", "127.0.0.1", "test")
		if err != nil || step != access.Done {
			t.Fatal(r.ID, step, err)
		}
		w.tokens[r.ID] = token
	}
	return w
}

// fillPattern makes an address of a route's pattern, with a unit's code where it names one.
func fillPattern(pattern, code string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.ReplaceAll(path, "{code}", code)
	path = strings.ReplaceAll(path, "{$}", "")
	for strings.Contains(path, "{") {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		path = before + "0000000000001" + after
	}
	return method, path
}

func TestLaw_R1_EveryRouteByRoleAndPlace(t *testing.T) {
	w := buildTown(t)
	for _, route := range routes {
		stub := route
		stub.Do = func(a *Ask) error { a.W.WriteHeader(http.StatusNoContent); return nil }
		mux := w.desk.mux([]Route{stub})
		try := func(code, token string) int {
			method, path := fillPattern(route.Pattern, code)
			r := httptest.NewRequest(method, path, nil)
			if token != "" {
				r.AddCookie(&http.Cookie{Name: sessionCookie, Value: token})
			}
			res := httptest.NewRecorder()
			mux.ServeHTTP(res, r)
			return res.Code
		}
		byPlace := strings.Contains(route.Pattern, "{code}")
		if byPlace && (route.Unit == nil || route.Right == "") {
			t.Errorf("%s names a unit, and no right is asked on it", route.Pattern)
		}
		want := http.StatusSeeOther // nobody is sent to sign in
		if route.Open {
			want = http.StatusNoContent
		}
		if got := try("101", ""); got != want {
			t.Errorf("%s by nobody: %d, want %d", route.Pattern, got, want)
		}
		for _, role := range access.Roles() {
			may := route.Open || route.Right == "" || role.Has(route.Right)
			for code, inside := range map[string]bool{"101": true, "101.01": true, "102": false, "694": false} {
				want := http.StatusNoContent
				if !may || byPlace && !inside && !route.Open {
					want = http.StatusForbidden
				}
				if got := try(code, w.tokens[role.ID]); got != want {
					t.Errorf("%s at %s by %s: %d, want %d", route.Pattern, code, role.ID, got, want)
				}
			}
		}
	}
}

func TestEveryRightOfARouteIsAKnownVerb(t *testing.T) {
	known := map[access.Verb]bool{"": true}
	for _, v := range access.Verbs() {
		known[v] = true
	}
	for _, r := range routes {
		if !known[r.Right] {
			t.Errorf("%s asks for %q, which no role knows", r.Pattern, r.Right)
		}
	}
	for _, g := range navigation {
		for _, i := range g.Items {
			if !known[i.Right] || i.Right == "" {
				t.Errorf("navigation %q asks for %q", i.Title, i.Right)
			}
		}
	}
}
