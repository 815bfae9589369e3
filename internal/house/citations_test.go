package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

var (
	clauseCited  = regexp.MustCompile(`KH:([0IV]+(?:\.[0-9]+)?(?:\.[a-z]+)?)`)
	clauseOfPlan = regexp.MustCompile(`clause: ([0IV]+(?:\.[0-9]+)?(?:\.[a-z]+)?)`)
	lawsCited    = regexp.MustCompile(`\blaws? ((?:[A-Z][0-9](?:, | and |–|-| & )?)+)`)
	lawID        = regexp.MustCompile(`[A-Z][0-9]`)
	testName     = regexp.MustCompile(`func (Test(?:Law|Clause)_\w+)\(`)
	lawHeading   = regexp.MustCompile(`(?m)^## ([A-Z][0-9])$`)
	clauseRow    = regexp.MustCompile(`(?m)^\| (\S+) \|.*\| (binding now|later) \|$`)
)

// inForce are the families of laws that the program keeps now; later holds what waits for a later issue, with the reason.
const inForce = "TPCWANFRO"

var later = map[string]string{}

// statute is what there is to cite.
type statute struct {
	laws    map[string]bool
	clauses map[string]bool // true: binding now
}

func theStatute(t *testing.T) statute {
	t.Helper()
	dir := filepath.Join(root(t), "docs", "laws")
	s := statute{map[string]bool{}, map[string]bool{}}
	pages, _ := filepath.Glob(filepath.Join(dir, "*.md"))
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(p) == "clauses.md" {
			for _, m := range clauseRow.FindAllStringSubmatch(string(b), -1) {
				s.clauses[m[1]] = m[2] == "binding now"
			}
			continue
		}
		for _, m := range lawHeading.FindAllStringSubmatch(string(b), -1) {
			s.laws[m[1]] = true
		}
	}
	if len(s.laws) < 30 || len(s.clauses) < 35 {
		t.Fatalf("docs/laws holds %d laws and %d clauses", len(s.laws), len(s.clauses))
	}
	return s
}

// expand reads "T1–T3, P2" as T1 T2 T3 P2.
func expand(list string) []string {
	var out []string
	ids := lawID.FindAllStringIndex(list, -1)
	for i, at := range ids {
		id := list[at[0]:at[1]]
		if i > 0 {
			before := list[ids[i-1][0]:ids[i-1][1]]
			if between := strings.TrimSpace(list[ids[i-1][1]:at[0]]); (between == "–" || between == "-") && before[0] == id[0] {
				for d := before[1] + 1; d < id[1]; d++ {
					out = append(out, string([]byte{id[0], d}))
				}
			}
		}
		out = append(out, id)
	}
	return out
}

// clauseOf reads the clause in a test's name: Clause_IV_1_a_EightyPercent → IV.1.a; the longest that is one wins.
func clauseOf(name string, known map[string]bool) string {
	parts := strings.Split(strings.TrimPrefix(name, "TestClause_"), "_")
	for n := min(3, len(parts)); n > 0; n-- {
		if id := strings.Join(parts[:n], "."); hasClause(known, id) {
			return id
		}
	}
	return ""
}

// partOf tells whether something is a chapter of the plan, such as IV.1, that has clauses under it.
func partOf(known map[string]bool, id string) bool {
	for k := range known {
		if strings.HasPrefix(k, id+".") {
			return true
		}
	}
	return false
}

func hasClause(known map[string]bool, id string) bool { _, ok := known[id]; return ok }

// cited gathers what code and test names cite: id → files.
type cited struct{ code, tests map[string][]string }

func citations(t *testing.T, s statute) cited {
	t.Helper()
	c := cited{map[string][]string{}, map[string][]string{}}
	top := root(t)
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != top && (strings.HasPrefix(d.Name(), ".") || d.Name() == "bin" || d.Name() == "docs" || d.Name() == "demo") {
			return filepath.SkipDir
		}
		rel, _ := filepath.Rel(top, p)
		rel = filepath.ToSlash(rel)
		ext := filepath.Ext(p)
		if d.IsDir() || strings.HasPrefix(rel, "internal/house/") || ext != ".go" && ext != ".yaml" && ext != ".html" && ext != ".sql" && ext != ".ts" {
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		text, test := string(b), strings.HasSuffix(p, "_test.go")
		for _, m := range clauseCited.FindAllStringSubmatch(text, -1) {
			if !hasClause(s.clauses, m[1]) && !partOf(s.clauses, m[1]) {
				t.Errorf("%s cites clause KH:%s, which docs/laws/clauses.md does not hold", rel, m[1])
			}
			if !test {
				c.code[m[1]] = append(c.code[m[1]], rel)
			}
		}
		if strings.HasSuffix(rel, "hon-quan-2024.yaml") { // the plan itself names the clause of everything in it
			for _, m := range clauseOfPlan.FindAllStringSubmatch(text, -1) {
				c.code[m[1]] = append(c.code[m[1]], rel)
			}
		}
		for _, m := range lawsCited.FindAllStringSubmatch(text, -1) {
			for _, id := range expand(m[1]) {
				if !s.laws[id] {
					t.Errorf("%s cites law %s, which docs/laws does not hold", rel, id)
				}
				if !test {
					c.code[id] = append(c.code[id], rel)
				}
			}
		}
		if !test {
			return nil
		}
		for _, m := range testName.FindAllStringSubmatch(text, -1) {
			if strings.HasPrefix(m[1], "TestClause_") {
				id := clauseOf(m[1], s.clauses)
				if id == "" {
					t.Errorf("%s: %s names no clause of docs/laws/clauses.md", rel, m[1])
					continue
				}
				c.tests[id] = append(c.tests[id], rel)
				continue
			}
			found := false
			for part := range strings.SplitSeq(m[1], "_") {
				if len(part) == 2 && lawID.MatchString(part) {
					if !s.laws[part] {
						t.Errorf("%s: %s names law %s, which docs/laws does not hold", rel, m[1], part)
					}
					c.tests[part], found = append(c.tests[part], rel), true
				}
			}
			if !found {
				t.Errorf("%s: %s names no law", rel, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryCitationResolvesAndEveryLawIsKeptAndProved(t *testing.T) {
	s := theStatute(t)
	c := citations(t, s)
	var ids []string
	for id := range s.laws {
		if _, waits := later[id]; strings.Contains(inForce, id[:1]) && !waits {
			ids = append(ids, id)
		}
	}
	for id, binding := range s.clauses {
		if binding {
			ids = append(ids, id)
		}
	}
	sort.Strings(ids)
	for _, id := range ids {
		if len(c.code[id]) == 0 {
			t.Errorf("%s is cited by no code: name it where it is kept", id)
		}
		if len(c.tests[id]) == 0 {
			t.Errorf("%s is proved by no test: name a test TestLaw_%s_… or TestClause_%s_…", id, id, strings.ReplaceAll(id, ".", "_"))
		}
	}
}

func TestExpand(t *testing.T) {
	for list, want := range map[string]string{
		"C2": "C2", "C2, C6": "C2 C6", "F1–F4": "F1 F2 F3 F4", "T1-T3, P2 and R1": "T1 T2 T3 P2 R1",
	} {
		if got := strings.Join(expand(list), " "); got != want {
			t.Errorf("expand(%q) = %q, want %q", list, got, want)
		}
	}
}

// The coverage page speaks of every clause, so that nothing is passed over in silence.
func TestPlanCoverageSpeaksOfEveryClause(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root(t), "docs", "plan-coverage.md"))
	if err != nil {
		t.Fatal(err)
	}
	for id := range theStatute(t).clauses {
		if !strings.Contains(string(b), "| "+id+" |") {
			t.Errorf("docs/plan-coverage.md does not speak of clause %s", id)
		}
	}
}

// Links between the pages of docs lead somewhere.
func TestLinksOfThePagesResolve(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	top := root(t)
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		m, _ := filepath.Glob(filepath.Join(top, pattern))
		pages = append(pages, m...)
	}
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(b), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(p), m[1])); err != nil {
				rel, _ := filepath.Rel(top, p)
				t.Errorf("%s links to %s, which is not there", rel, m[1])
			}
		}
	}
}
