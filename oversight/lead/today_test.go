package lead

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
	"bonphu/internal/mail"
	"bonphu/internal/mail/mailtest"
)

const morning = "2024-05-23"

func TestTasksStandInTheOrderOfADaysWork(t *testing.T) {
	day := clock.Day(morning)
	list := []Task{{Kind: "soon", Title: "b", N: 1, Due: day.Add(3)}, {Kind: "now", Title: "n", N: 2}, {Kind: "some late", Title: "l", N: 9, Late: 1, Due: day.Add(-1)},
		{Kind: "due", Title: "d", N: 5, Due: day}, {Kind: "late", Title: "a", N: 1, Late: 1, Due: day.Add(-4)}, {Kind: "sooner", Title: "c", N: 1, Due: day.Add(1)}}
	Order(list, day)
	var got []string
	for _, x := range list {
		got = append(got, x.Kind+" "+x.When(day))
	}
	want := []string{"late late", "some late late", "due today", "now today", "sooner soon", "soon soon"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}

// post is a Post over a database with two accounts and a list of tasks for each.
type world struct {
	post  *Post
	at    time.Time
	tasks map[int64][]Task
	took  []mail.Letter
	fail  error
	mu    sync.Mutex
}

func newPost(t *testing.T) *world {
	t.Helper()
	w := postOn(t, dbtest.Open(t))
	w.people(t)
	return w
}

// postOn is the same without the accounts: over a database that is there.
func postOn(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{at: clock.Day(morning).Time().Add(6*time.Hour + 30*time.Minute), tasks: map[int64][]Task{}}
	d.Clock = func() time.Time { return w.at }
	p := plantest.HonQuan(t)
	w.post = &Post{DB: d, Plan: func() *plan.Plan { return p }, Base: "https://bonphu.example.vn", Book: &Book{DB: d}}
	w.post.Book.Sources = []Source{func(_ context.Context, who access.Viewer) ([]Task, error) { return w.tasks[who.Account], nil }}
	w.post.Reader = func(_ context.Context, who access.Viewer, account int64) (access.Viewer, error) {
		return access.NewViewer(account, "", "", "thư", []access.Grant{{Role: "official", Unit: 1}}, nil), nil
	}
	w.post.Send = func(_ context.Context, l mail.Letter) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.fail == nil {
			w.took = append(w.took, l)
		}
		return w.fail
	}
	for n := int64(1); n <= 3; n++ {
		w.tasks[n] = []Task{{Kind: "x", Title: "Duyệt tình trạng công dân", Unit: "đề nghị", N: 12}, {Kind: "y", Title: "Báo cáo sơ kết", N: 1, Late: 1, Due: clock.Day(morning).Add(-2)}}
	}
	return w
}

func (w *world) people(t *testing.T) {
	t.Helper()
	err := w.post.DB.Write(t.Context(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for i, login := range []string{"mot", "hai", "ba"} {
			n := int64(i + 1)
			if _, err := tx.Exec(`INSERT INTO account(id, login, name, office_id, password, must_change, totp_sealed, totp_on, totp_last, disabled, failures, locked_until, created_at)
				VALUES ($1,$2,$2,0,'',$3,'',$3,0,$3,0,'','')`, n, login, false); err != nil {
				return err
			}
			if err := SetAddress(tx, n, login+"@example.vn", n != 3); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) due(t *testing.T) (sent, not int) {
	t.Helper()
	sent, not, err := w.post.SendDue(t.Context(), access.System("test"))
	if err != nil {
		t.Fatal(err)
	}
	return sent, not
}

func (w *world) queue(t *testing.T) int64 {
	t.Helper()
	n, err := w.post.Queue(t.Context(), access.System("test"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (w *world) states(t *testing.T) string {
	t.Helper()
	list, err := w.post.Letters(t.Context(), access.System("test"), 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, o := range list {
		out = append(out, fmt.Sprintf("%s %s %s %d", o.Login, o.State, o.Code, o.Tries))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func TestTheLetterOfTheDayArrivesOnceOverARealServer(t *testing.T) {
	w := newPost(t)
	s := mailtest.Start(t, mail.StartTLS)
	server := &mail.Server{Host: "localhost", Port: s.Port, Guard: mail.StartTLS, From: "bonphu@example.vn", Name: "Bốn phủ", CAFile: s.CA}
	w.post.Send = server.Send
	w.tasks[2] = nil // nothing to do: no letter
	for range 3 {
		w.queue(t)
		w.due(t)
	}
	got := s.Wait(t, 1)[0]
	if got.To != "mot@example.vn" || got.Subject != "Việc hôm nay 23/5/2024: 2 việc, 1 quá hạn" || !strings.Contains(got.Text, "QUÁ HẠN\n- Báo cáo sơ kết, hạn 21/5/2024\n\nHÔM NAY\n- Duyệt tình trạng công dân: 12 đề nghị\n") || !strings.Contains(got.Text, "https://bonphu.example.vn/hom-nay\n") {
		t.Errorf("%+v", got)
	}
	if x := w.states(t); x != "hai none  1; mot sent  1" {
		t.Error(x)
	}
	s.Stop()
	w.at = w.at.AddDate(0, 0, 1)
	w.queue(t)
	if sent, not := w.due(t); sent != 0 || not != 1 || !strings.Contains(w.states(t), "mot waiting "+mail.Unreachable+" 1") {
		t.Error(sent, not, w.states(t))
	}
}

func TestALetterIsTriedAgainWithGrowingPausesAndGivenUp(t *testing.T) {
	w := newPost(t)
	w.fail = &mail.Failure{Code: mail.Busy}
	if n := w.queue(t); n != 2 {
		t.Fatal(n)
	}
	if n := w.queue(t); n != 0 {
		t.Fatal("queued twice", n)
	}
	last, times := w.at, []time.Duration{}
	for range 24 * 60 {
		if _, not := w.due(t); not > 0 {
			times = append(times, w.at.Sub(last))
			last = w.at
		}
		if w.at = w.at.Add(time.Minute); clock.DayOf(w.at) != morning {
			break
		}
	}
	if len(times) != len(pauses)+1 || !slices.IsSorted(times) || !slices.Equal(times[1:], pauses) {
		t.Errorf("%v", times)
	}
	if x := w.states(t); x != "hai failed busy 7; mot failed busy 7" {
		t.Error(x)
	}
}

func TestAFinalRefusalIsNotTriedAgainAndAPersonMayResend(t *testing.T) {
	w := newPost(t)
	w.fail = &mail.Failure{Code: mail.Refused, Final: true}
	w.queue(t)
	w.due(t)
	w.at = w.at.Add(5 * time.Hour)
	if sent, not := w.due(t); sent+not != 0 {
		t.Fatal(sent, not)
	}
	who := access.System("test")
	if n, err := w.post.NotSent(t.Context(), who); err != nil || n != 2 {
		t.Error(n, err)
	}
	list, err := w.post.Letters(t.Context(), who, 10)
	if err != nil || len(list) != 2 || list[0].Code != mail.Refused {
		t.Fatal(list, err)
	}
	w.fail = nil
	if err := w.post.Resend(t.Context(), who, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if sent, _ := w.due(t); sent != 1 || len(w.took) != 1 {
		t.Error(sent, w.took)
	}
	if err := w.post.Resend(t.Context(), who, list[0].ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("a sent letter was sent again: %v", err)
	}
	if err := w.post.Resend(t.Context(), reader(1), list[1].ID); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
}

func reader(account int64) access.Viewer {
	return access.NewViewer(account, "mot", "Một", "test", []access.Grant{{Role: "official", Unit: 1}}, nil)
}

// The program dies while a letter is on its way: the letter is neither lost, nor sent while the other may still be sending it.
func TestADeathInTheMiddleNeitherLosesNorDoublesALetter(t *testing.T) {
	w := newPost(t)
	w.queue(t)
	dead := errors.New("killed")
	ctx, kill := context.WithCancelCause(t.Context())
	w.post.Send = func(context.Context, mail.Letter) error { panic(dead) }
	func() {
		defer func() { _ = recover() }()
		w.post.SendDue(ctx, access.System("test"))
	}()
	kill(dead)
	w.post.Send = func(_ context.Context, l mail.Letter) error { w.took = append(w.took, l); return nil }
	if sent, _ := w.due(t); sent != 1 { // the other account's; the one under way is held
		t.Errorf("%d sent at once", sent)
	}
	w.at = w.at.Add(held)
	if sent, _ := w.due(t); sent != 1 || len(w.took) != 2 || w.took[0].To == w.took[1].To || w.took[0].ID == w.took[1].ID {
		t.Errorf("%d: %+v", sent, w.took)
	}
}

// The same with a program that is really killed while the server has not yet answered (kill -9).
func TestAKilledProgramNeitherLosesNorDoublesALetter(t *testing.T) {
	const name = "BONPHU_TEST_KILLED"
	open := func(url string) *world {
		d, err := db.Open(t.Context(), url, db.Options{Keys: dbtest.Keys(t)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		return postOn(t, d)
	}
	if url := os.Getenv(name); url != "" { // the program that will be killed
		w := open(url)
		w.post.Send = func(context.Context, mail.Letter) error {
			fmt.Println("sending")
			select {}
		}
		w.due(t)
		return
	}
	url := dbtest.URL(t)
	w := open(url)
	w.people(t)
	w.queue(t)
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), name+"="+url)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	child.Process.Kill()
	child.Wait()
	if err != nil || said != "sending\n" {
		t.Fatalf("the program said %q: %v", said, err)
	}
	if sent, _ := w.due(t); sent != 1 {
		t.Errorf("%d sent at once", sent)
	}
	w.at = w.at.Add(held)
	if sent, _ := w.due(t); sent != 1 || len(w.took) != 2 || w.took[0].To == w.took[1].To {
		t.Errorf("%d: %+v", sent, w.took)
	}
	if x := w.states(t); strings.Count(x, "sent") != 2 {
		t.Error(x)
	}
}

func TestTwoSendersNeverSendTheSameLetter(t *testing.T) {
	w := newPost(t)
	w.queue(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, _, err := w.post.SendDue(t.Context(), access.System("test")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(w.took) != 2 || w.took[0].To == w.took[1].To {
		t.Errorf("%+v", w.took)
	}
}

func TestADayThatEndsLeavesItsLetterAndAWishEndsLetters(t *testing.T) {
	w := newPost(t)
	w.queue(t)
	if err := w.post.Set(t.Context(), reader(2), "hai@example.vn", false); err != nil {
		t.Fatal(err)
	}
	w.at = w.at.AddDate(0, 0, 1)
	if n := w.queue(t); n != 1 {
		t.Error(n)
	}
	w.due(t)
	if x := w.states(t); x != "hai stale  0; mot sent  1; mot stale  0" {
		t.Error(x)
	}
	own, err := w.post.Mine(t.Context(), reader(2))
	if err != nil || own.Address != "hai@example.vn" || own.Wants || !own.Ready {
		t.Errorf("%+v %v", own, err)
	}
	if err := w.post.Set(t.Context(), reader(2), "", true); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if err := w.post.Set(t.Context(), reader(2), "", false); err != nil {
		t.Error(err)
	}
	if own, err := w.post.Mine(t.Context(), reader(2)); err != nil || own.Address != "" {
		t.Errorf("%+v %v", own, err)
	}
	if err := w.post.Try(t.Context(), reader(1)); err != nil || w.took[len(w.took)-1].To != "mot@example.vn" {
		t.Error(err)
	}
	w.fail = &mail.Failure{Code: mail.Slow}
	if err := w.post.Try(t.Context(), reader(1)); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "không trả lời kịp") {
		t.Error(err)
	}
}

// Every queue is read by both engines, with ids of the size they have.
func TestQueuesAreReadOnEitherEngine(t *testing.T) {
	d := dbtest.Open(t)
	for _, q := range queues {
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.Each(q.text, []any{int64(1) << 62, string(tx.Today())}, func(func(...any) error) error { return nil })
		})
		if err != nil {
			t.Errorf("%s: %v", q.kind, err)
		}
	}
}
