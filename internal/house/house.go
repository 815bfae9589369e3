// Package house proves that the house rules hold: imports point only to a lower storey, every citation of a law or of a clause
// resolves and every binding one is kept and proved, files stay small, and every sentence a person may read is Vietnamese.
//
// It reads the repository itself (go list, the syntax of every file), so it costs nobody a thought until a rule is broken; then
// the test says in one sentence what to do instead. The rules and their reasons stand in ARCHITECTURE.md.
package house

import (
	"os"
	"path/filepath"
	"strings"
)

// Module is the path that all our imports begin with.
const Module = "bonphu/"

// Root finds the top folder of the repository from a folder inside it, "" when there is none.
func Root(from string) string {
	for dir := from; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// storeys lists the folders from the ground up. A package may import what stands on a lower line, and within internal anything
// that makes no cycle; packages of one line never import one another.
var storeys = []struct {
	Folders []string
	Name    string
}{
	{[]string{"internal"}, "plumbing"},
	{[]string{"core/territory"}, "core"},
	{[]string{"core/access"}, "core"},
	{[]string{"core/plan", "core/intake"}, "core"},
	{[]string{"core/people"}, "core"},
	{[]string{"core/coverage"}, "core"},
	{[]string{"ops"}, "the work"},
	{[]string{"oversight/tally"}, "oversight"},
	{[]string{"oversight/worklist"}, "oversight"},
	{[]string{"oversight/rhythm", "oversight/reconcile", "oversight/localplan"}, "oversight"},
	{[]string{"oversight/inspection"}, "oversight"},
	{[]string{"oversight/emulation"}, "oversight"},
	{[]string{"oversight/report"}, "oversight"},
	{[]string{"oversight/lead"}, "oversight"},
	{[]string{"web", "api", "field"}, "faces"},
	{[]string{"app"}, "wiring"},
	{[]string{"cmd"}, "the command"},
	{[]string{"e2e", "bench"}, "journeys and yardsticks"},
}

// Storey tells on which line a package (without the module) stands; -1 when it stands on none.
func Storey(pkg string) int {
	for i, s := range storeys {
		for _, f := range s.Folders {
			if pkg == f || strings.HasPrefix(pkg, f+"/") {
				return i
			}
		}
	}
	return -1
}

// sameHome tells whether two packages are parts of one: web and web/chart, say.
func sameHome(a, b string) bool {
	return strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/")
}

// MayImport tells whether one package of ours may import another, and if not, what to do instead.
func MayImport(pkg, imp string) (ok bool, instead string) {
	from, to := Storey(pkg), Storey(imp)
	switch {
	case from < 0:
		return false, "give " + pkg + " a place in internal/house/house.go and in ARCHITECTURE.md"
	case to < 0:
		return false, "give " + imp + " a place in internal/house/house.go and in ARCHITECTURE.md"
	case from == 0 && to == 0, sameHome(pkg, imp):
		return true, ""
	case to < from:
		return true, ""
	case to == from:
		return false, "packages of one storey speak through the heart: record a coverage event, or let app pass a function"
	}
	return false, "imports point downwards only: declare what " + pkg + " needs as a function or an interface of its own, and let app pass it in"
}
