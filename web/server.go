package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// Bounds of a request; a route may set its own body bound.
const (
	bodyLimit     = 1 << 20
	readPatience  = 30 * time.Second
	writePatience = 60 * time.Second
	longPatience  = 30 * time.Minute
)

// Ask is one request of one person. Who is the zero Viewer on open routes where nobody is signed in.
type Ask struct {
	*Desk
	W    http.ResponseWriter
	R    *http.Request
	Who  access.Viewer
	Step access.Step // what the session still has to do
}

// Ctx is the request's context.
func (a *Ask) Ctx() context.Context { return a.R.Context() }

// Query reads a parameter of the address.
func (a *Ask) Query(name string) string { return strings.TrimSpace(a.R.URL.Query().Get(name)) }

// Post reads a field of the form, trimmed; passwords are read by R.PostFormValue.
func (a *Ask) Post(name string) string { return strings.TrimSpace(a.R.PostFormValue(name)) }

// Go sends the person on with 303, after a write.
func (a *Ask) Go(to string) error {
	http.Redirect(a.W, a.R, local(to), http.StatusSeeOther)
	return nil
}

// mux lays the table of routes on a ServeMux.
func (d *Desk) mux(table []Route) *http.ServeMux {
	m := http.NewServeMux()
	for _, route := range table {
		m.Handle(route.Pattern, d.serve(route))
	}
	m.Handle("GET /static/", d.static)
	m.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n"))
	})
	m.Handle("/", d.serve(Route{Open: true, Do: func(*Ask) error { return notHere }}))
	return m
}

var notHere = fault.New(fault.Missing, "web.not_here", "Không có trang này. Có thể địa chỉ đã đổi hoặc gõ thiếu một phần.")

// serve is the one door around a handler: bounds, the right, the handler, and what became of it.
func (d *Desk) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit, patience := int64(bodyLimit), readPatience
		if route.Body > 0 {
			limit, patience = route.Body, longPatience
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		reply := http.NewResponseController(w)
		now := clock.System() // the connection lives in real time, whatever day the campaign plays
		_ = reply.SetReadDeadline(now.Add(patience))
		_ = reply.SetWriteDeadline(now.Add(patience + writePatience))
		a := &Ask{Desk: d, W: w, R: r}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				d.door(a, panicked{p})
			}
		}()
		if err := d.run(a, route); err != nil {
			d.door(a, err)
		}
	})
}

func (d *Desk) run(a *Ask, route Route) error {
	if to, err := d.admit(a, route); err != nil || to != "" {
		if err == nil {
			err = a.Go(to)
		}
		return err
	}
	if a.R.Method == http.MethodPost && route.Body == 0 {
		if err := a.R.ParseForm(); err != nil {
			return badForm(err)
		}
	}
	return route.Do(a)
}

// local keeps an address inside the desk: a path of this host, else the board.
func local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}
