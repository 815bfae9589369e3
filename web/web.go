// Package web is the desk: the screens that officials work at, in Vietnamese, made on the server.
//
// routes.go is the table of contents: every address with its handler and the right it asks for. A handler gets an Ask
// (who asks, for what, at what hour), returns an error, and never writes one itself: a single door (door.go) turns
// faults into pages. Every screen is a struct that embeds Page, and a template screens/<area>/<screen>.html of its own;
// parts shared by screens stand in screens/parts and take the structs of parts.go. Every write is a plain form, POST →
// redirect → GET, and works without script; app.js and htmx only spare a person some waiting and some mouse.
package web

import (
	"log/slog"
	"net/http"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/ops/aid"
	"bonphu/ops/allotment"
	"bonphu/ops/budget"
	"bonphu/ops/canvass"
	"bonphu/ops/dossier"
	"bonphu/ops/duties"
	"bonphu/ops/obstacles"
	"bonphu/ops/officials"
	"bonphu/ops/outreach"
	"bonphu/ops/points"
	"bonphu/oversight/emulation"
	"bonphu/oversight/inspection"
	"bonphu/oversight/lead"
	"bonphu/oversight/localplan"
	"bonphu/oversight/reconcile"
	"bonphu/oversight/report"
	"bonphu/oversight/rhythm"
	"bonphu/oversight/tally"
	"bonphu/oversight/worklist"
)

// Config is what the desk stands on.
type Config struct {
	Door     *access.Door
	Plan     func() *plan.Plan // gives nil before a campaign was begun
	Figures  tally.Desk        // every number
	Lists    *intake.Desk      // lists coming in
	Register people.Register
	Ledger   coverage.Ledger
	Allot    *allotment.Book
	Canvass  *canvass.Book

	Reconcile *reconcile.Book
	Inspect   *inspection.Book
	Emulation *emulation.Book
	Reports   *report.Desk
	Work      *worklist.Book
	Rhythm    *rhythm.Book
	Officials *officials.Book
	Obstacles *obstacles.Book
	Points    *points.Book
	Dossiers  *dossier.Book

	Duties     *duties.Book
	Aid        *aid.Book
	Outreach   *outreach.Book
	Budget     *budget.Book
	LocalPlans *localplan.Book
	Lead       *lead.Book
	Letters    *lead.Post

	Field http.Handler // the phone's side, under /field/; nil for none

	Need   func() allotment.Need // for one planning: who is eligible, who confirmed
	Banner string                // shown over every screen: a demo says what it is
	Clock  clock.Clock
	Log    *slog.Logger
	Secure bool // served over TLS: cookies say so and browsers are told to stay on it
}

// Desk is the whole desk; it is an http.Handler.
type Desk struct {
	Config
	screens *screens
	static  *static
	jobs    jobs
	pages   publicPages
	lookups throttle // of the public look-up of dossiers
	handler http.Handler
}

// New makes the desk; it fails when a template does not parse.
func New(c Config) (*Desk, error) {
	if c.Clock == nil {
		c.Clock = clock.System
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	files, err := newStatic()
	if err != nil {
		return nil, err
	}
	d := &Desk{Config: c, static: files}
	if d.screens, err = newScreens(files.URL); err != nil {
		return nil, err
	}
	d.handler = d.wrap(d.mux(routes))
	return d, nil
}

// ServeHTTP answers one request.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.handler.ServeHTTP(w, r) }

// Server gives an http.Server with the desk's time limits for addr; TLS is the caller's.
func (d *Desk) Server(addr string) *http.Server {
	return &http.Server{
		Addr: addr, Handler: d,
		ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(d.Log.Handler(), slog.LevelWarn),
	}
}
