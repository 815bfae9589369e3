package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

//go:embed static
var staticFiles embed.FS

// static serves the files of the desk under names that carry their own hash, so that they may be kept for ever.
type static struct {
	byName map[string]*asset // "app.css"
	byPath map[string]*asset // "/static/app.3f9a1c2b.css"
}

type asset struct {
	url, kind, tag      string
	plain, brotli, gzip []byte
}

// fontURL finds the addresses that the sheet itself points to.
var fontURL = regexp.MustCompile(`url\("([^"]+)"\)`)

func newStatic() (*static, error) {
	s := &static{byName: map[string]*asset{}, byPath: map[string]*asset{}}
	var names []string
	err := fs.WalkDir(staticFiles, "static", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, strings.TrimPrefix(p, "static/"))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("web: static files: %w", err)
	}
	for _, sheets := range []bool{false, true} { // sheets last: their text names the others' addresses
		for _, name := range names {
			if (path.Ext(name) == ".css") != sheets {
				continue
			}
			body, err := staticFiles.ReadFile("static/" + name)
			if err != nil {
				return nil, fmt.Errorf("web: static file %s: %w", name, err)
			}
			if sheets {
				body = fontURL.ReplaceAllFunc(body, func(m []byte) []byte {
					return []byte(`url("` + s.URL(string(fontURL.FindSubmatch(m)[1])) + `")`)
				})
			}
			s.add(name, body)
		}
	}
	return s, nil
}

func (s *static) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:5])
	ext := path.Ext(name)
	a := &asset{url: "/static/" + strings.TrimSuffix(name, ext) + "." + hash + ext, kind: kindOf(ext), tag: `"` + hash + `"`, plain: body}
	if ext != ".woff2" {
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, 9)
		_, _ = w.Write(body)
		_ = w.Close()
		a.brotli = bytes.Clone(b.Bytes())
		b.Reset()
		z, _ := gzip.NewWriterLevel(&b, 9)
		_, _ = z.Write(body)
		_ = z.Close()
		a.gzip = b.Bytes()
	}
	s.byName[name] = a
	s.byPath[a.url] = a
}

func kindOf(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	return "text/plain; charset=utf-8"
}

// URL gives a file's hashed address; the plain one for a file that is not there, so that a test finds it.
func (s *static) URL(name string) string {
	if a, ok := s.byName[name]; ok {
		return a.url
	}
	return "/static/" + name
}

// ServeHTTP answers with a file, packed as the browser likes it best.
func (s *static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := s.byPath[r.URL.Path]
	if !ok {
		http.Error(w, "Không có tệp này.", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", a.tag)
	body := a.plain
	switch {
	case a.brotli != nil && accepts(r, "br"):
		h.Set("Content-Encoding", "br")
		body = a.brotli
	case a.gzip != nil && accepts(r, "gzip"):
		h.Set("Content-Encoding", "gzip")
		body = a.gzip
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
