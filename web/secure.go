package web

import (
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"

	"bonphu/internal/fault"
)

// policy lets nothing in from elsewhere and no script or style that stands inside a page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; object-src 'none'"

// wrap puts what holds for every request around the routes.
func (d *Desk) wrap(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.door(&Ask{Desk: d, W: w, R: r}, fault.New(fault.Forbidden, "web.cross_origin",
			"Yêu cầu đến từ một trang khác nên không được nhận. Hãy mở trang của hệ thống và làm lại từ đó."))
	}))
	guarded := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.Field != nil && strings.HasPrefix(r.URL.Path, "/field/") {
			d.Field.ServeHTTP(w, r) // the phone's side has bounds, headers and answers of its own
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		if d.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		h.Add("Vary", "Accept-Encoding")
		if strings.HasPrefix(r.URL.Path, "/static/") || !accepts(r, "gzip") {
			guarded.ServeHTTP(w, r)
			return
		}
		z := &zipped{ResponseWriter: w}
		defer z.finish()
		guarded.ServeHTTP(z, r)
	})
}

// accepts tells whether the browser takes an encoding.
func accepts(r *http.Request, encoding string) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == encoding && strings.TrimSpace(q) != "q=0" {
			return true
		}
	}
	return false
}

var zippers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, 4)
	return z
}}

// zipped packs pages on their way out; anything that is no text passes as it is.
type zipped struct {
	http.ResponseWriter
	pack    *gzip.Writer
	started bool
}

// Unwrap lets http.ResponseController reach the connection.
func (z *zipped) Unwrap() http.ResponseWriter { return z.ResponseWriter }

// WriteHeader decides, once, whether this answer is packed.
func (z *zipped) WriteHeader(status int) {
	h := z.Header()
	if !z.started && strings.HasPrefix(h.Get("Content-Type"), "text/") && h.Get("Content-Encoding") == "" && status != http.StatusNotModified && status != http.StatusNoContent {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		z.pack = zippers.Get().(*gzip.Writer)
		z.pack.Reset(z.ResponseWriter)
	}
	z.started = true
	z.ResponseWriter.WriteHeader(status)
}

func (z *zipped) Write(b []byte) (int, error) {
	if !z.started {
		if z.Header().Get("Content-Type") == "" {
			z.Header().Set("Content-Type", http.DetectContentType(b))
		}
		z.WriteHeader(http.StatusOK)
	}
	if z.pack != nil {
		return z.pack.Write(b)
	}
	return z.ResponseWriter.Write(b)
}

func (z *zipped) finish() {
	if z.pack != nil {
		_ = z.pack.Close()
		z.pack.Reset(nil)
		zippers.Put(z.pack)
		z.pack = nil
	}
}
