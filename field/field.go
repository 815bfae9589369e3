// Package field is the phone (laws O1–O3): it gives a phone its app, its holder's part of the register, and takes what was recorded
// at the door. The app itself is TypeScript under app/.
package field

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/ops/canvass"
	"bonphu/ops/obstacles"
	"bonphu/ops/points"
	"bonphu/oversight/rhythm"
	"bonphu/oversight/worklist"
)

// Config is what the phone's side stands on.
type Config struct {
	Door      *access.Door
	Plan      func() *plan.Plan
	Canvass   *canvass.Book
	Work      *worklist.Book
	Rhythm    *rhythm.Book
	Obstacles *obstacles.Book
	Points    *points.Book
	Clock     clock.Clock
	Log       *slog.Logger
	Secure    bool // served over TLS
	Simulated bool // a demo: the clock is not the real one
}

// Phone answers everything under /field/.
type Phone struct {
	Config
	app *app
	mux *http.ServeMux
}

// The bounds of a request.
const (
	bodyLimit     = 3 << 20
	readPatience  = 60 * time.Second
	writePatience = 90 * time.Second
)

// New gives the handler of everything under /field/.
func New(c Config) (*Phone, error) {
	if c.Clock == nil {
		c.Clock = clock.System
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	built, err := readApp()
	if err != nil {
		return nil, err
	}
	f := &Phone{Config: c, app: built, mux: http.NewServeMux()}
	f.mux.HandleFunc("POST /field/api/enrol", f.answer(f.enrol))
	f.mux.HandleFunc("GET /field/api/pull", f.answer(f.held(f.pull)))
	f.mux.HandleFunc("POST /field/api/push", f.answer(f.held(f.push)))
	f.mux.HandleFunc("GET /field/api/team", f.answer(f.held(f.team)))
	f.mux.HandleFunc("/field/api/", f.answer(func(*http.Request) (any, error) {
		return nil, fault.New(fault.Missing, "field.nothing", "Không có địa chỉ này. Có thể ứng dụng trên máy đã cũ; hãy cập nhật rồi thử lại.")
	}))
	f.mux.Handle("/field/", f.app)
	return f, nil
}

// ServeHTTP answers one request within its bounds.
func (f *Phone) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=()")
	h.Set("Content-Security-Policy", policy)
	if f.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	h.Add("Vary", "Accept-Encoding")
	f.mux.ServeHTTP(w, r)
}

// answer is the one door of the phone's calls: bounds, the work, and what became of it as JSON. A fault is told in its own sentence; any
// other error gets a code that the log knows, and nothing else.
func (f *Phone) answer(do func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
		reply := http.NewResponseController(w)
		now := clock.System()
		_ = reply.SetReadDeadline(now.Add(readPatience))
		_ = reply.SetWriteDeadline(now.Add(writePatience))
		out, err := protect(do, r)
		status := http.StatusOK
		if err != nil {
			status, out = f.trouble(r, err)
		}
		write(w, r, status, out)
	}
}

func protect(do func(*http.Request) (any, error), r *http.Request) (out any, err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			err = panicked{p}
		}
	}()
	return do(r)
}

type panicked struct{ what any }

func (panicked) Error() string { return "a handler panicked" }

var statuses = map[fault.Kind]int{fault.Invalid: http.StatusUnprocessableEntity, fault.Missing: http.StatusNotFound, fault.Conflict: http.StatusConflict, fault.Forbidden: http.StatusForbidden,
	fault.Unknown: http.StatusUnauthorized, fault.Busy: http.StatusServiceUnavailable}

func (f *Phone) trouble(r *http.Request, err error) (int, wireError) {
	var out wireError
	if x, ok := fault.As(err); ok {
		out.Error.Code, out.Error.Text = x.Code, x.Text
		if status := statuses[x.Kind]; status != 0 {
			return status, out
		}
		return http.StatusUnprocessableEntity, out
	}
	code := rand.Text()[:6]
	f.Log.Error("phone", "code", code, "path", r.URL.Path, "err", err)
	out.Error.Code, out.Error.Text = "field.trouble", "Có lỗi ở máy chủ. Phiếu vẫn được giữ trên máy. Nếu còn gặp lại, báo mã "+code+"."
	return http.StatusInternalServerError, out
}

var zippers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestCompression)
	return z
}}

// small is what is not worth packing, in bytes.
const small = 600

func write(w http.ResponseWriter, r *http.Request, status int, out any) {
	text, err := json.Marshal(out)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"error":{"code":"field.trouble","text":"Có lỗi ở máy chủ."}}`)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	if len(text) < small || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(status)
		_, _ = w.Write(text)
		return
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	pack(w, text)
}

func pack(w io.Writer, b []byte) {
	z := zippers.Get().(*gzip.Writer)
	z.Reset(w)
	_, _ = z.Write(b)
	_ = z.Close()
	z.Reset(io.Discard)
	zippers.Put(z)
}

// holder is the phone that asks.
type holder struct {
	access.Viewer
	*access.Device
	token string
}

// held lets only a phone in that is enrolled and not shut out (law O3).
func (f *Phone) held(do func(*http.Request, *holder) (any, error)) func(*http.Request) (any, error) {
	return func(r *http.Request) (any, error) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		v, dev, err := f.Door.DeviceViewer(r.Context(), token, address(r))
		if err != nil {
			return nil, err
		}
		if f.Plan() == nil {
			return nil, fault.New(fault.Missing, "field.no_plan", "Đợt cao điểm chưa được mở trên máy chủ.")
		}
		return do(r, &holder{v, dev, token})
	}
}

func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// read takes a request's JSON.
func read(r *http.Request, into any) error {
	err := json.NewDecoder(r.Body).Decode(into)
	var big *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &big):
		return fault.New(fault.Invalid, "field.big", "Gửi một lần quá nhiều. Máy sẽ chia nhỏ và gửi lại.")
	}
	return fault.New(fault.Invalid, "field.json", "Máy chủ không đọc được yêu cầu. Hãy cập nhật ứng dụng rồi thử lại.")
}

func speaks(v int) error {
	if v > version || v < 1 {
		return fault.New(fault.Invalid, "field.version", "Ứng dụng trên máy và máy chủ khác phiên bản. Hãy tải lại ứng dụng; phiếu vẫn được giữ trên máy.")
	}
	return nil
}
