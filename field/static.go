package field

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"bonphu/internal/fault"
)

//go:generate go tool esbuild app/src/main.ts app/src/sw.ts app/src/qr.ts --bundle --minify --format=esm --target=chrome80 --charset=utf8 --legal-comments=none --external:./qr.js --outdir=dist --log-level=warning

// The page, its style and its icons as they are written; the scripts as go generate makes them from app/.
//
//go:embed shell dist
var files embed.FS

// policy lets in what the app itself brings and nothing from elsewhere; pictures may come from the camera.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; " +
	"worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

var kinds = map[string]string{".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
	".webmanifest": "application/manifest+json"}

// app is the phone's app as files in memory.
type app struct {
	build string
	files map[string][]byte
}

// readApp gathers the app's files. A program that was built without them (go generate ./field) serves the page that says so.
func readApp() (*app, error) {
	a := &app{files: map[string][]byte{}}
	for _, dir := range []string{"shell", "dist"} {
		list, err := fs.ReadDir(files, dir)
		if err != nil {
			return nil, err
		}
		for _, f := range list {
			if kinds[path.Ext(f.Name())] == "" {
				continue
			}
			b, err := files.ReadFile(dir + "/" + f.Name())
			if err != nil {
				return nil, err
			}
			a.files[f.Name()] = b
		}
	}
	names := make([]string, 0, len(a.files))
	for n := range a.files {
		names = append(names, n)
	}
	slices.Sort(names)
	sum := sha256.New()
	keep := []string{"./"}
	for _, n := range names {
		sum.Write([]byte(n))
		sum.Write(a.files[n])
		if n != "sw.js" && n != "index.html" {
			keep = append(keep, n)
		}
	}
	a.build = hex.EncodeToString(sum.Sum(nil))[:12]
	if sw := a.files["sw.js"]; sw != nil {
		list, err := json.Marshal(keep)
		if err != nil {
			return nil, err
		}
		head := "const BUILD=\"" + a.build + "\",FILES=" + string(list) + ";\n"
		a.files["sw.js"] = append([]byte(head), sw...)
	}
	return a, nil
}

// ServeHTTP gives the app's files. Each is asked anew by its build, so that a phone is never left with half of an old app.
func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/field/")
	if name == "" {
		name = "index.html"
	}
	b, ok := a.files[name]
	if !ok {
		var out wireError
		f := fault.New(fault.Missing, "field.nothing", "Không có trang này trong ứng dụng điện thoại.")
		out.Error.Code, out.Error.Text = f.Code, f.Text
		write(w, r, http.StatusNotFound, out)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kinds[path.Ext(name)])
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+a.build+`"`)
	if r.Header.Get("If-None-Match") == `"`+a.build+`"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if path.Ext(name) == ".png" || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		_, _ = w.Write(b)
		return
	}
	h.Set("Content-Encoding", "gzip")
	pack(w, b)
}
