package app

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/internal/mail"
	"bonphu/internal/mail/mailtest"
	"bonphu/internal/vn"
	"bonphu/oversight/lead"
)

// readerOf is an account of the demo with its own rights.
func readerOf(t *testing.T, a *App, login string) access.Viewer {
	t.Helper()
	who := self(t, a)
	list, err := a.Door.Accounts(t.Context(), who, login)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		if x.Login == login {
			v, err := a.Door.Reader(t.Context(), who, x.ID)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
	}
	t.Fatalf("no account %s", login)
	return access.Viewer{}
}

// Each account of the district sees what its own role and place must do, and nothing that another must (KH:V.2, law R1).
func TestClause_V_2_EveryAccountSeesWhatItMustDoToday(t *testing.T) {
	a, report := smallDemo(t)
	desk, err := a.desk()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ login, must, mustNot string }{
		{"lanhdao", "reports reports.take facts obstacles contests duties", "slips cases.answer quota credits letters dossiers inspections orders.asked"},
		{"congan", "reports.take facts inspections dossiers sessions cases.decide obstacles", "slips cases.answer credits letters orders.asked quota"},
		{"vanhoa", "duties", "facts reports slips quota obstacles dossiers letters"},
		{"nhamang", "orders.asked", "facts reports slips quota obstacles dossiers letters"},
		{"kiemtra", "inspections", "facts reports slips quota obstacles dossiers duties letters"},
		{"quantri", "letters", "facts reports slips quota obstacles dossiers duties"},
		{"totruong", "quota", "facts reports slips obstacles dossiers letters"},
		{"thanhvien", "quota", "facts reports slips obstacles dossiers cases.answer letters"},
		{"ca.an-khuong", "quota reports slips dossiers duties", "facts reports.take contests letters"},
		{"ct.an-khuong", "quota reports duties", "slips reports.take contests letters dossiers"},
		{"canbo", "credits", "facts reports slips quota obstacles dossiers letters"},
	} {
		t.Run(c.login, func(t *testing.T) {
			who := readerOf(t, a, c.login)
			tasks, err := a.Lead.Today(t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			var kinds []string
			for _, x := range tasks {
				kinds = append(kinds, x.Kind)
				if x.Title == "" || x.Unit == "" || x.N < x.Late || x.N < 1 || !strings.HasPrefix(x.Href, "/") || vn.HoldsNumber(x.Line(demoDay)+x.Note) { // law R3: it may stand in a letter
					t.Errorf("%+v", x)
				}
			}
			for _, k := range strings.Fields(c.must) {
				if !slices.Contains(kinds, k) {
					t.Errorf("no %s in %q", k, kinds)
				}
			}
			for _, k := range strings.Fields(c.mustNot) {
				if slices.Contains(kinds, k) {
					t.Errorf("%s in %q", k, kinds)
				}
			}
			sorted := slices.Clone(tasks)
			lead.Order(sorted, demoDay)
			if !slices.Equal(sorted, tasks) {
				t.Error("not in the order of a day's work")
			}
			opens(t, a, desk, c.login, tasks)
		})
	}
	t.Run("a task counts what its screen shows", func(t *testing.T) { // law N1
		who := self(t, a)
		root := who.Tree().ByCode(a.Plan().Place.Unit).ID
		board, err := a.Dossiers.Board(t.Context(), who, root, "")
		if err != nil {
			t.Fatal(err)
		}
		var want int64
		for i := range board.Ages {
			want += board.Ages[i].Alarm
		}
		if n, err := a.Dossiers.Alarms(t.Context(), who, root); err != nil || n != want || want == 0 {
			t.Errorf("%d, not %d: %v", n, want, err)
		}
	})
	t.Run("and is told so by letter, from the hour set on, once", func(t *testing.T) {
		who, chair := self(t, a), readerOf(t, a, "ct.an-khuong")
		if err := a.Post.Set(t.Context(), chair, "chutich@example.vn", true); err != nil {
			t.Fatal(err)
		}
		server := mailtest.Start(t, mail.StartTLS)
		a.Post.Send = (&mail.Server{Host: "localhost", Port: server.Port, Guard: mail.StartTLS, From: "bonphu@example.vn", Name: "Bốn phủ", CAFile: server.CA}).Send
		a.MailAt = 23 * time.Hour
		send := func(want int) {
			t.Helper()
			if sent, not, err := a.SendLetters(t.Context(), who); err != nil || sent != want || not != 0 {
				t.Fatalf("%d sent, %d not: %v", sent, not, err)
			}
		}
		send(0)
		a.MailAt = 0
		send(1)
		send(0)
		got := server.Wait(t, 1)[0]
		if got.To != "chutich@example.vn" || !strings.Contains(got.Text, "Duyệt tình trạng công dân") || vn.HoldsNumber(got.Text) || strings.Contains(got.Text, chair.Name) { // law R3
			t.Errorf("%+v", got)
		}
	})
	t.Run("who may nothing is told nothing", func(t *testing.T) {
		if _, err := a.Lead.Today(t.Context(), access.Viewer{}); err == nil {
			t.Error("a stranger has tasks")
		}
	})
	t.Run("what was asked by oneself waits for somebody else", func(t *testing.T) { // law R1
		who := readerOf(t, a, "lanhdao")
		waits := func(account int64) int {
			who.Account = account
			tasks, err := lead.Queues(a.DB)[0](t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			return tasks[0].N
		}
		all, own := waits(-1), 0
		for _, d := range report.Accounts {
			own += all - waits(readerOf(t, a, d.Login).Account)
		}
		if own == 0 || own > all {
			t.Errorf("%d of %d were asked by the accounts", own, all)
		}
	})
}

// opens follows each task's address as the account itself: it is there, and open to the account.
func opens(t *testing.T, a *App, desk http.Handler, login string, tasks []lead.Task) {
	t.Helper()
	token, _, err := a.Door.Login(t.Context(), login, demoPassword, "test", "test")
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{"/hom-nay", "/thu-nhac-viec"}
	for _, x := range tasks {
		paths = append(paths, x.Href)
	}
	for _, path := range slices.Compact(paths) {
		r := httptest.NewRequest("GET", path, nil)
		r.AddCookie(&http.Cookie{Name: "phien", Value: token})
		w := httptest.NewRecorder()
		desk.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}
