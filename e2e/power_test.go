package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bonphu/internal/village"
)

// residentsOf counts the register.
func residentsOf(t *testing.T, db string) int {
	t.Helper()
	var list []struct{ Name string }
	if err := json.Unmarshal([]byte(must(t, "people", "--db", db, "--json")), &list); err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// The power fails at several instants of an import: afterwards the list is there whole or not at all, the program says so, and
// bringing it again completes it.
func TestLaw_F2_KillInTheMiddleOfAnImport(t *testing.T) {
	dir := t.TempDir()
	d := village.Build(7, village.Options{Residents: 12_000})
	files, err := d.WriteStart(filepath.Join(dir, "lists"), village.RegisterWhole)
	if err != nil {
		t.Fatal(err)
	}
	var list village.File
	for _, f := range files {
		if f.Kind == "register" {
			list = f
		}
	}
	if list.Rows < 10_000 {
		t.Fatalf("the register has %d rows", list.Rows)
	}
	fresh := filepath.Join(dir, "fresh.db")
	must(t, "init", "--db", fresh, "--plan", "hon-quan-2024.yaml")
	told, kept := 0, 0
	for i, wait := range []time.Duration{100, 250, 500, 800, 1200, 1800} {
		db := filepath.Join(dir, fmt.Sprintf("d%d.db", i))
		for _, ext := range []string{".db", ".key"} {
			b, err := os.ReadFile(strings.TrimSuffix(fresh, ".db") + ext)
			if err == nil {
				err = os.WriteFile(strings.TrimSuffix(db, ".db")+ext, b, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		c := exec.Command(binary, "import", "--db", db, list.Path)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(wait * time.Millisecond)
		_ = c.Process.Kill()
		ended := c.Wait() == nil
		_, said, status := run(t, "import", "--db", db, "--dry-run", list.Path)
		if status != 0 {
			t.Fatalf("after %v ms the program does not start again: %s", int(wait), said)
		}
		n := residentsOf(t, db)
		switch {
		case n == list.Rows:
			kept++
		case n == 0 && strings.Contains(said, "không dòng nào được ghi"):
			told++
		case n == 0 && !ended: // killed before it began to apply: nothing to tell
		default:
			t.Errorf("after %v ms: %d of %d rows, and it says %q", int(wait), n, list.Rows, said)
		}
		must(t, "import", "--db", db, list.Path)
		if n := residentsOf(t, db); n != list.Rows {
			t.Errorf("brought again there are %d of %d", n, list.Rows)
		}
		must(t, "check", "--db", db)
	}
	t.Logf("six cuts: %d told of a list not applied, %d had it whole", told, kept)
	if told == 0 {
		t.Error("no cut hit the application itself: choose other instants")
	}
}
