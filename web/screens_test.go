package web

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/jba/templatecheck"
	"golang.org/x/net/html"
)

func testScreens(t testing.TB) *screens {
	t.Helper()
	files, err := newStatic()
	if err != nil {
		t.Fatal(err)
	}
	s, err := newScreens(files.URL)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryTemplateFitsItsStruct(t *testing.T) {
	s := testScreens(t)
	seen := map[string]bool{}
	for _, screen := range append(gallery(), empties()...) {
		name := screen.Template()
		if seen[name] {
			continue
		}
		seen[name] = true
		if err := templatecheck.CheckHTML(s.byName[name].Lookup(layoutOf(screen)), screen); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name := range s.byName {
		if !seen[name] {
			t.Errorf("screen %s has no sample in gallery()", name)
		}
	}
}

func TestEveryScreenRenders(t *testing.T) {
	s := testScreens(t)
	if dir := os.Getenv("BONPHU_GALLERY"); dir != "" { // lays the gallery out in a folder, to be looked at in a browser
		files, _ := newStatic()
		for url, a := range files.byPath {
			path := filepath.Join(dir, url)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, a.plain, 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for kind, list := range map[string][]Screen{"typical": gallery(), "empty": empties(), "large": large()} {
		for i, screen := range list {
			t.Run(kind+"/"+screen.Template()+strconv.Itoa(i), func(t *testing.T) {
				var b bytes.Buffer
				if err := s.execute(&b, screen); err != nil {
					t.Fatal(err)
				}
				wellFormed(t, b.String())
				vietnamese(t, b.String())
				if dir := os.Getenv("BONPHU_GALLERY"); dir != "" {
					name := kind + "-" + strings.ReplaceAll(screen.Template(), "/", "-") + "-" + strconv.Itoa(i) + ".html"
					if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			})
		}
	}
}

// large gives screens with more, longer and stranger things than usual.
func large() []Screen {
	b := sampleBoard()
	for range 5 {
		b.Rank = append(b.Rank, sampleRank()...)
		b.Targets = append(b.Targets, sampleTargets()[1])
	}
	b.Rank[3].Name = strings.Repeat("Xã có tên rất dài và <b>lạ</b> ", 6)
	u := sampleHamlet()
	for range 6 {
		u.Residue = append(u.Residue, u.Residue...)
	}
	u.Residue[0].Name = `"><script>alert(1)</script>`
	return []Screen{b, u}
}

// void elements have no end tag.
var void = map[string]bool{"meta": true, "link": true, "input": true, "br": true, "hr": true, "img": true, "col": true}

// wellFormed checks that every tag is closed in order, that ids are unique and that nothing of Go shows.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	page = regexp.MustCompile(`data:image/png;base64,(?:[A-Za-z0-9+/=]|&#43;)+`).ReplaceAllString(page, "")
	for _, bad := range []string{"<no value>", "%!", "&lt;nil&gt;", "ZgotmplZ", "NaN", "style=", "onclick=", "javascript:"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	var open []string
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("never closed: %v", open)
			}
			return
		case html.StartTagToken:
			tok := z.Token()
			for _, a := range tok.Attr {
				if a.Key == "id" && ids[a.Val] {
					t.Errorf("id %q stands twice", a.Val)
				} else if a.Key == "id" {
					ids[a.Val] = true
				}
			}
			if !void[tok.Data] {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// english are words that give away a sentence left in English.
var english = map[string]bool{"the": true, "and": true, "of": true, "is": true, "not": true, "error": true, "page": true, "login": true, "password": true, "search": true, "next": true, "previous": true,
	"loading": true, "submit": true, "save": true, "delete": true, "cancel": true, "total": true, "name": true, "date": true, "with": true, "for": true, "home": true, "back": true, "unknown": true, "true": true, "false": true}

// vietnamese checks that no English word stands in a text that a person reads.
func vietnamese(t *testing.T, page string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	skip := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			skip = tok.Data == "script" || tok.Data == "style"
			for _, a := range tok.Attr {
				if a.Key == "aria-label" || a.Key == "title" || a.Key == "placeholder" || a.Key == "alt" || a.Key == "data-confirm" {
					noEnglish(t, a.Val)
				}
			}
		case html.TextToken:
			if !skip {
				noEnglish(t, string(z.Text()))
			}
			skip = false
		}
	}
}

func noEnglish(t *testing.T, s string) {
	t.Helper()
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if english[w] {
			t.Errorf("English on the screen: %q in %q", w, s)
		}
	}
}

func TestDarkTokensStandAlikeTwice(t *testing.T) {
	css, err := staticFiles.ReadFile("static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	block := func(after string) string {
		_, rest, found := strings.Cut(string(css), after+" {")
		if !found {
			t.Fatalf("no block %s", after)
		}
		body, _, _ := strings.Cut(rest, "}")
		return strings.Join(strings.Fields(body), " ")
	}
	if a, b := block(`:root:not([data-theme="light"])`), block(`:root[data-theme="dark"]`); a != b {
		t.Errorf("the two dark blocks differ:\n%s\n%s", a, b)
	}
}
