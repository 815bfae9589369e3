package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// source is one Go file of ours, parsed.
type source struct {
	path string // from the top, with slashes
	pkg  string // folder
	text string
	test bool
	file *ast.File
	set  *token.FileSet
}

func sources(t *testing.T) []source {
	t.Helper()
	top := root(t)
	var list []source
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != top && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "bin") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, p, b, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(top, p)
		rel = filepath.ToSlash(rel)
		list = append(list, source{rel, filepath.ToSlash(filepath.Dir(rel)), string(b), strings.HasSuffix(p, "_test.go"), f, set})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (s *source) imports(path string) bool {
	for _, i := range s.file.Imports {
		if p, _ := strconv.Unquote(i.Path.Value); p == path {
			return true
		}
	}
	return false
}

// Files other than store files that may import internal/db, each with its reason. Tests, app, cmd and e2e may as well: they open
// databases.
var mayTouchDB = map[string]string{
	"core/access/viewer.go":    "a Viewer names the act of a write (db.Act); it reads and writes nothing",
	"internal/db/dbtest":       "opens the tests' databases",
	"internal/village/village": "builds a district in a database",
}

func TestOnlyStoreFilesTouchTheDatabase(t *testing.T) {
	for _, s := range sources(t) {
		base := filepath.Base(s.path)
		store := base == "store.go" || strings.HasSuffix(base, "_store.go")
		if s.test || store || !s.imports(Module+"internal/db") || below("app", "cmd", "e2e", "bench")(s.pkg) {
			continue
		}
		listed := false
		for k := range mayTouchDB {
			listed = listed || strings.HasPrefix(s.path, k)
		}
		if !listed {
			t.Errorf("%s imports internal/db: put what speaks SQL into a store.go or *_store.go of its package", s.path)
		}
	}
}

func TestSQLStandsOnlyInStoreFiles(t *testing.T) {
	sql := regexp.MustCompile(`(?s)^\s*(SELECT\s.*\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX)\s)`)
	for _, s := range sources(t) {
		base := filepath.Base(s.path)
		if s.test || base == "store.go" || strings.HasSuffix(base, "_store.go") || below("internal/db", "e2e", "bench")(s.pkg) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if v, err := strconv.Unquote(l.Value); err == nil && sql.MatchString(v) {
					t.Errorf("%s: SQL outside a store file: %.60q", s.set.Position(l.Pos()), v)
				}
			}
			return true
		})
	}
}

func TestTimeIsTold(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || s.pkg == "internal/clock" || s.pkg == "internal/id" || s.pkg == "bench" /* it measures the machine's own time */ {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if c, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := c.X.(*ast.Ident); ok && x.Name == "time" && c.Sel.Name == "Now" {
					t.Errorf("%s: time.Now outside internal/clock: take a clock.Clock (or clock.System for the machine's own time), so that tests and the demo can set it", s.set.Position(c.Pos()))
				}
			}
			return true
		})
	}
}

// fileLimit is the longest a file may be, in lines; longFiles are the exceptions, each with its reason.
const fileLimit = 500

var longFiles = map[string]string{}

func TestFilesStaySmall(t *testing.T) {
	for _, s := range sources(t) {
		n := strings.Count(s.text, "\n")
		switch _, listed := longFiles[s.path]; {
		case n > fileLimit && !listed:
			t.Errorf("%s has %d lines (limit %d): split it by noun", s.path, n, fileLimit)
		case n <= fileLimit && listed:
			t.Errorf("%s is short enough now: take it off the list of exceptions", s.path)
		}
		switch base := strings.TrimSuffix(filepath.Base(s.path), ".go"); base {
		case "util", "utils", "helper", "helpers", "common", "misc":
			t.Errorf("%s: name the file after its noun", s.path)
		}
	}
}

func TestEveryPackageHasAComment(t *testing.T) {
	said := map[string]string{}
	for _, s := range sources(t) {
		if s.test && !strings.HasPrefix(s.path, "e2e/") {
			continue
		}
		if _, known := said[s.pkg]; !known {
			said[s.pkg] = ""
		}
		if s.file.Doc != nil {
			said[s.pkg] = s.file.Doc.Text()
		}
	}
	for p, text := range said {
		if len(text) < 40 {
			t.Errorf("%s has no package comment that a new colleague could read aloud", p)
		}
	}
}

// unfinished is what must not be committed; the words are spelled apart so that this file does not hold them.
var unfinished = regexp.MustCompile(`TO` + `DO|FIX` + `ME|X` + `XX|not imple` + `mented|coming s` + `oon|chưa hỗ` + ` trợ`)

func TestNothingIsLeftUnfinished(t *testing.T) {
	skip := regexp.MustCompile(`\bt\.Sk` + `ip(f|Now)?\(`)
	machine := regexp.MustCompile(`["' (]/(wo` + `rk|ro` + `ot|fa` + `rm)/`)
	for _, s := range sources(t) {
		if m := unfinished.FindString(s.text); m != "" {
			t.Errorf("%s holds %q: finish it, or write it into docs/plan-coverage.md", s.path, m)
		}
		if s.test && skip.MatchString(s.text) {
			t.Errorf("%s has a test that skips itself: each must run under make test", s.path)
		}
		if machine.MatchString(s.text) {
			t.Errorf("%s names a path of one machine", s.path)
		}
	}
}

// vietnamese tells whether a sentence is likely Vietnamese: it has letters that English has not.
func vietnamese(s string) bool {
	for _, r := range s {
		if r > 0x7f && unicode.IsLetter(r) {
			return true
		}
	}
	return false
}

func TestFaultsSpeakVietnamese(t *testing.T) {
	code := regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`)
	found := 0
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok || len(c.Args) < 3 {
				return true
			}
			f, ok := c.Fun.(*ast.SelectorExpr)
			if !ok || f.Sel.Name != "New" {
				return true
			}
			if x, ok := f.X.(*ast.Ident); !ok || x.Name != "fault" {
				return true
			}
			found++
			where := s.set.Position(c.Pos())
			if l, ok := c.Args[1].(*ast.BasicLit); ok {
				if v, _ := strconv.Unquote(l.Value); !code.MatchString(v) {
					t.Errorf("%s: the code %q is not spelled package.what_is_wrong", where, v)
				}
			}
			l, ok := c.Args[2].(*ast.BasicLit)
			if !ok {
				return true
			}
			v, _ := strconv.Unquote(l.Value)
			if strings.Trim(v, "%svd ") != "" && !vietnamese(v) {
				t.Errorf("%s: %q is not a Vietnamese sentence", where, v)
			}
			return true
		})
	}
	if found < 20 {
		t.Errorf("only %d faults found: does this test still see them?", found)
	}
}

func TestTheBinaryNeedsNoC(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{if .CgoFiles}}{{if not .Standard}}{{.ImportPath}}{{end}}{{end}}", "./cmd/...")
	cmd.Dir = root(t)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if s := strings.TrimSpace(string(out)); s != "" {
		t.Errorf("these packages need cgo: %s", s)
	}
}
