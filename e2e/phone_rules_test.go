package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/chromedp/chromedp"
)

// vector is a case of field/vectors: what goes in is the case itself, what must come out stands in the field of that name.
func TestThePhoneRunsTheSameCasesAsTheServer(t *testing.T) {
	bundle, err := exec.Command("go", "tool", "esbuild", filepath.Join("..", "field", "app", "test", "vectors.ts"), "--bundle", "--format=iife", "--target=chrome80", "--log-level=warning").Output()
	if err != nil {
		t.Fatalf("esbuild: %v", err)
	}
	ctx := browser(t, 390, 844)
	do(t, ctx, chromedp.Navigate(district.Address+"/healthz"))
	do(t, ctx, chromedp.Evaluate[chromedp.Void](string(bundle)+";null"))
	for file, want := range map[string]func(map[string]any) any{
		"order": func(c map[string]any) any {
			return map[string]any{"class": c["class"], "why": c["why"], "open": c["open"]}
		},
		"steps": func(c map[string]any) any { return c["steps"] },
		"card":  func(c map[string]any) any { return c["card"] },
		"fold":  func(c map[string]any) any { return c["fold"] },
		"part":  func(c map[string]any) any { return c["part"] },
	} {
		b, err := os.ReadFile(filepath.Join("..", "field", "vectors", file+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var cases []map[string]any
		if err := json.Unmarshal(b, &cases); err != nil || len(cases) < 5 {
			t.Fatalf("%s: %d cases, %v", file, len(cases), err)
		}
		got := ask(t, ctx, chromedp.Evaluate[[]any]("("+string(b)+").map(window.rules."+file+")"))
		for i, c := range cases {
			if w := want(c); !reflect.DeepEqual(got[i], w) {
				t.Errorf("%s %v: the phone says %v, want %v", file, c["name"], got[i], w)
			}
		}
	}
	if !ask(t, ctx, chromedp.Evaluate[bool]("window.rules.ids()")) {
		t.Error("ids made on the phone do not rise, or are not ids")
	}
	found := ask(t, ctx, chromedp.Evaluate[struct {
		Worst float64
		Found int
	}]("window.rules.search(3000)"))
	if found.Found == 0 {
		t.Error("nobody is found by the end of a number")
	}
	t.Logf("found by name among 3,000: %.1f ms at worst", found.Worst)
}
