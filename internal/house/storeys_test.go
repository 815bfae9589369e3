package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

type pkg struct {
	ImportPath, Dir, Name                string
	GoFiles, TestGoFiles, XTestGoFiles   []string
	Imports, TestImports, XTestImports   []string
	EmbedFiles                           []string
	Error                                *struct{ Err string }
	DepsErrors                           []*struct{ Err string }
	CompiledGoFiles, IgnoredGoFiles, Cgo []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json", "./...")
	cmd.Dir = root(t)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		t.Fatalf("go list: %v\n%s", err, complaint.String())
	}
	var list []pkg
	for dec := json.NewDecoder(&out); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 10 {
		t.Fatalf("go list found only %d packages", len(list))
	}
	return list
}

func root(t *testing.T) string {
	t.Helper()
	r := Root(".")
	if r == "" {
		if out, err := exec.Command("go", "env", "GOMOD").Output(); err == nil {
			r = strings.TrimSuffix(strings.TrimSpace(string(out)), "/go.mod")
		}
	}
	if r == "" {
		t.Fatal("the repository's top was not found")
	}
	return r
}

func TestImportsPointDownwards(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, Module)
		if Storey(name) < 0 {
			t.Errorf("%s stands on no storey: give it a place in internal/house/house.go and in ARCHITECTURE.md", name)
		}
		for _, imp := range p.Imports {
			if !strings.HasPrefix(imp, Module) {
				continue
			}
			if ok, instead := MayImport(name, strings.TrimPrefix(imp, Module)); !ok {
				t.Errorf("%s imports %s: %s", name, strings.TrimPrefix(imp, Module), instead)
			}
			if strings.HasSuffix(imp, "test") && !strings.HasSuffix(p.ImportPath, "test") {
				t.Errorf("%s imports %s outside its tests: move the use into a _test.go file", name, imp)
			}
		}
	}
}

// Imports of the outside world that only some storeys may have, each with what to do instead.
var guarded = []struct {
	imports []string
	allowed func(pkg string) bool
	instead string
}{
	{[]string{"net/http"}, below("web", "api", "field", "app", "cmd", "e2e", "bench"),
		"only faces speak HTTP: return values and faults, and let web turn them into replies"},
	{[]string{"html/template"}, below("web"), "only web makes pages: return values and let a screen show them"},
	{[]string{"github.com/jackc/pgx/v5", "github.com/jackc/pgx/v5/stdlib", "github.com/jackc/pgx/v5/pgconn", "github.com/ncruces/go-sqlite3",
		"github.com/ncruces/go-sqlite3/driver"}, below("internal/db"), "only internal/db knows an engine: use db.Read and db.Write"},
	{[]string{"os/exec"}, below("internal/pdf", "internal/mail/mailtest", "e2e", "bench"), "the program starts no other program but LibreOffice, in internal/pdf"},
	{[]string{"unsafe", "C"}, func(string) bool { return false }, "one static binary in plain Go"},
}

func below(folders ...string) func(string) bool {
	return func(p string) bool {
		for _, f := range folders {
			if p == f || strings.HasPrefix(p, f+"/") {
				return true
			}
		}
		return false
	}
}

func TestTheOutsideWorldComesInByFewDoors(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, Module)
		for _, g := range guarded {
			for _, imp := range p.Imports {
				for _, i := range g.imports {
					if imp == i && !g.allowed(name) {
						t.Errorf("%s imports %s: %s", name, imp, g.instead)
					}
				}
			}
		}
	}
}

func TestMayImport(t *testing.T) {
	for _, c := range []struct {
		pkg, imp string
		ok       bool
	}{
		{"core/people", "core/territory", true},
		{"core/territory", "core/people", false},
		{"core/plan", "core/intake", false},
		{"core/coverage", "core/people", true},
		{"ops/allotment", "ops/canvass", false},
		{"ops/allotment", "core/coverage", true},
		{"core/coverage", "ops/canvass", false},
		{"oversight/tally", "ops/allotment", true},
		{"web", "oversight/tally", true},
		{"web", "web/chart", true},
		{"web", "app", false},
		{"app", "web", true},
		{"internal/db", "internal/seal", true},
		{"internal/db", "core/plan", false},
		{"helpers", "internal/db", false},
	} {
		ok, instead := MayImport(c.pkg, c.imp)
		if ok != c.ok {
			t.Errorf("MayImport(%s, %s) = %v, want %v", c.pkg, c.imp, ok, c.ok)
		}
		if !ok && instead == "" {
			t.Errorf("MayImport(%s, %s) says no without saying what to do", c.pkg, c.imp)
		}
	}
}
