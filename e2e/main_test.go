// Package e2e drives the real program: the binary as it is shipped, on a small synthetic district, through a real browser and
// the command line.
package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The program and the district that all journeys share.
var (
	binary   string // bonphu
	district demo   // what `bonphu demo --json` printed
	shots    = os.Getenv("BONPHU_SCREENSHOTS")
)

// settle is how long a page gets to follow a key.
const settle = 800 * time.Millisecond

// whole is a citizen number with nothing hidden.
var whole = regexp.MustCompile(`\b0[0-9]{2}[0-3][0-9]{8}\b`)

// window is a browser window on the desk.
type window = context.Context

type demo struct {
	Dir       string `json:"dir"`
	Address   string `json:"address"`
	Units     int    `json:"units"`
	Residents int    `json:"residents"`
	Accounts  []struct {
		Login    string `json:"login"`
		Password string `json:"password"`
		Role     string `json:"role"`
		Unit     string `json:"unit"`
	} `json:"accounts"`
	Seconds float64 `json:"seconds"`
}

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "bonphu-e2e")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binary = filepath.Join(dir, "bonphu")
		if out, err := exec.Command("go", "generate", "bonphu/field").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go generate: %v\n%s", err, out)
			return 1
		}
		build := exec.Command("go", "build", "-o", binary, "bonphu/cmd/bonphu")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
			return 1
		}
		residents := "4000"
		if shots != "" {
			residents = "105000"
		}
		server, err := startDemo(filepath.Join(dir, "demo"), residents)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() {
			_ = server.Process.Signal(os.Interrupt)
			_ = server.Wait()
		}()
		return m.Run()
	}())
}

// startDemo builds and serves a small district on a port of the machine's choice, as `make demo` does.
func startDemo(dir, residents string) (*exec.Cmd, error) {
	c := exec.Command(binary, "demo", "--dir", dir, "--residents", residents, "--addr", "127.0.0.1:0", "--json")
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	text, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the demo did not start: %w", err)
	}
	return c, json.Unmarshal(text, &district)
}

// browser opens a window on the demo, of that width; consent to leave the machine is never given: any request elsewhere fails
// the test, and so does any error that a page throws.
func browser(t *testing.T, width, height int64) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Fatal("no Chromium: run make test, which installs it")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("no-first-run", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("lang", "vi"), chromedp.WindowSize(int(width), int(height)))
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stop := chromedp.NewContext(alloc)
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(func() { cancel(); stop(); stopAlloc() })
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		t.Fatalf("Chromium did not start: %v", err)
	}
	err := chromedp.Listen(ctx, func(ev any) {
		switch e := ev.(type) {
		case network.EventRequestWillBeSent:
			if u := e.Request.URL; strings.HasPrefix(u, "http") && !strings.HasPrefix(u, district.Address) {
				t.Errorf("a screen asks another host: %s", u)
			}
		case runtime.EventExceptionThrown:
			t.Errorf("a screen's script failed: %s", e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		where, _ := chromedp.Run(ctx, chromedp.Location())
		text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
		if len(text) > 1500 {
			text = text[:1500]
		}
		t.Fatalf("%v\nat %s:\n%s", err, where, text)
	}
}

// ask runs an action that has an answer.
func ask[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// open goes to an address of the desk and waits for its screen.
func open(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(district.Address+address), chromedp.WaitVisible(chromedp.CSS("main")))
}

// read gives the words of the screen.
func read(t *testing.T, ctx context.Context) string {
	t.Helper()
	return ask(t, ctx, chromedp.Evaluate[string](`document.querySelector("main").innerText`))
}

// password gives a demo account's.
func password(t *testing.T, login string) string {
	t.Helper()
	for _, a := range district.Accounts {
		if a.Login == login {
			return a.Password
		}
	}
	t.Fatalf("the demo has no account %s", login)
	return ""
}

// signIn signs somebody in by keyboard alone.
func signIn(t *testing.T, ctx context.Context, login string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(district.Address+"/dang-nhap"), chromedp.WaitVisible(chromedp.CSS(`input[type=password]`)),
		chromedp.SendKeys(chromedp.CSS(`input[autocomplete=username]`), login),
		chromedp.SendKeys(chromedp.CSS(`input[type=password]`), password(t, login)+"\r"),
		chromedp.WaitNotPresent(chromedp.CSS(`input[type=password]`)), chromedp.WaitVisible(chromedp.CSS(`main`)))
}

// run runs the program and gives what it printed and its exit status.
func run(t *testing.T, args ...string) (out, complaints string, status int) {
	t.Helper()
	c := exec.Command(binary, args...)
	var o, e strings.Builder
	c.Stdout, c.Stderr = &o, &e
	err := c.Run()
	if err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return o.String(), e.String(), c.ProcessState.ExitCode()
}

// must is run for what has to work.
func must(t *testing.T, args ...string) string {
	t.Helper()
	out, complaints, status := run(t, args...)
	if status != 0 {
		t.Fatalf("bonphu %s: exit %d\n%s%s", strings.Join(args, " "), status, out, complaints)
	}
	return out
}

func TestHealthz(t *testing.T) {
	r, err := http.Get(district.Address + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		t.Errorf("/healthz answers %d", r.StatusCode)
	}
}
