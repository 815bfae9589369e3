// Package app wires the whole program from a Config: it opens the database with its keys, brings the schema up to date, reads the
// campaign's plan, has the tally kept before every commit, and gives the desk its parts. It is the only package that knows every
// other; commands and journeys go through it.
package app

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/mail"
	"bonphu/internal/seal"
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

// Config says where the campaign lives and what time it is there.
type Config struct {
	URL     string      // path of an SQLite file, or a postgres:// address
	KeyFile string      // the master key, kept outside the database; made when it is missing and Create is set
	Create  bool        // the database and the key may be made
	Clock   clock.Clock // the system's when nil
	Log     *slog.Logger
	Open    bool          // accounts get in without a second factor: the demo district only
	Banner  string        // shown over every screen, "" for none: "Dữ liệu mẫu …"
	Secure  bool          // served over TLS
	Mail    *mail.Server  // by which letters go; nil for none
	MailAt  time.Duration // of the day, when the letters of the day go; 0 for half past six
	Base    string        // the desk's address for links in letters, "" for none
	Bulk    bool          // building a demo: the figures are told once at the end (tally.Book.Rebuild), the writer keeps more in memory
}

// App is the running program.
type App struct {
	Config
	DB       *db.DB
	Door     *access.Door
	Lists    *intake.Desk
	Register people.Register
	Ledger   coverage.Ledger
	Book     *tally.Book
	Figures  tally.Desk
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
	Post       *lead.Post

	current atomic.Pointer[plan.Plan]
}

// New opens everything. Batches that were being applied when the program stopped are marked as not applied (law F2).
func New(ctx context.Context, c Config) (*App, error) {
	if c.Clock == nil {
		c.Clock = clock.System
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Create {
		if err := ownFile(c.URL); err != nil {
			return nil, err
		}
	}
	keys, err := seal.Load(c.KeyFile, c.Create)
	if err != nil {
		return nil, noKey(c, err)
	}
	d, err := db.Open(ctx, c.URL, db.Options{Clock: c.Clock, Keys: keys, Bulk: c.Bulk})
	if err != nil {
		c.Log.Error("database", "err", err)
		return nil, fault.New(fault.Missing, "app.database", "Không mở được cơ sở dữ liệu. Hãy kiểm tra đường dẫn --db và quyền đọc, ghi.")
	}
	a := &App{Config: c, DB: d}
	if err := a.start(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) start(ctx context.Context) error {
	if err := a.DB.Migrate(ctx); err != nil {
		return err
	}
	a.Door = &access.Door{DB: a.DB, Open: a.Config.Open}
	a.Door.Place = func() string {
		if p := a.Plan(); p != nil {
			return p.Place.Unit
		}
		return ""
	}
	a.Door.Keep = func() int {
		if p := a.Plan(); p != nil {
			return p.Canvass.Keep()
		}
		return plan.Canvass{}.Keep()
	}
	a.Door.OfficeFor = a.officeFor
	a.Register = people.Register{DB: a.DB}
	a.Ledger = coverage.Ledger{DB: a.DB, Plan: a.Plan}
	if err := a.loadPlan(ctx); err != nil {
		return err
	}
	if a.Bulk {
		a.Book = &tally.Book{DB: a.DB, Plan: a.Plan}
	} else {
		a.Book = tally.Open(a.DB, a.Plan)
	}
	a.Allot = &allotment.Book{DB: a.DB, Plan: a.Plan, Teams: teamsToAllot}
	a.Canvass = &canvass.Book{DB: a.DB, Plan: a.Plan}
	a.Figures = tally.Desk{Book: a.Book, Allot: a.Allot}
	a.Reconcile = &reconcile.Book{DB: a.DB, Plan: a.Plan, Figures: a.Figures}
	a.Work = &worklist.Book{DB: a.DB, Plan: a.Plan, Figures: a.Figures, Canvass: a.Canvass, Held: access.HeldUnits}
	a.Canvass.Work, a.Canvass.Needy, a.Canvass.Changed = a.Work.Work, a.Work.Needy, a.Work.Changed
	a.Dossiers = &dossier.Book{DB: a.DB, Plan: a.Plan}
	a.Aid = &aid.Book{DB: a.DB, Plan: a.Plan}
	a.orderVisits()
	a.Book.Also = []tally.Follower{a.Reconcile, worklist.Log{Book: a.Work}, dossierFollower{a.Dossiers}, aidFollower{a.Aid}}
	a.Rhythm = &rhythm.Book{DB: a.DB, Plan: a.Plan, Figures: a.Figures, Allot: a.Allot, Canvass: a.Canvass}
	a.Officials = &officials.Book{DB: a.DB, Plan: a.Plan}
	a.Obstacles = &obstacles.Book{DB: a.DB, Plan: a.Plan}
	a.Points = &points.Book{DB: a.DB, Plan: a.Plan, Needing: a.needingDossiers, Taken: a.takeDossier}
	a.Inspect = &inspection.Book{DB: a.DB, Plan: a.Plan, Figures: a.Figures}
	a.Emulation = &emulation.Book{DB: a.DB, Plan: a.Plan, Figures: a.Figures, Reconcile: a.Reconcile, Inspect: a.Inspect}
	a.Duties = &duties.Book{DB: a.DB, Plan: a.Plan, Shown: a.shownBy, Staff: a.staffOf}
	a.Outreach = &outreach.Book{DB: a.DB, Plan: a.Plan, Activated: a.activated}
	a.Budget = &budget.Book{DB: a.DB, Plan: a.Plan, Work: a.workDays}
	a.LocalPlans = &localplan.Book{DB: a.DB, Plan: a.Plan, Figures: a.Figures, Allot: a.Allot, Canvass: a.Canvass, Need: a.Need}
	a.Allot.Own = a.LocalPlans.Own
	a.Reports = &report.Desk{DB: a.DB, Plan: a.Plan, Figures: a.Figures, Allot: a.Allot, Reconcile: a.Reconcile, Inspect: a.Inspect, Emulation: a.Emulation}
	a.Reports.Obstacles = func(ctx context.Context, who access.Viewer, unit int64, from, until clock.Day) ([]report.Stuck, error) {
		list, err := a.Obstacles.Top(ctx, who, unit, from, until)
		out := make([]report.Stuck, len(list))
		for i, c := range list {
			out[i] = report.Stuck{Title: c.Title, N: c.N, Open: c.Open, People: c.People}
		}
		return out, err
	}
	a.Emulation.Reporting = a.Reports.Reporting
	a.Lead = &lead.Book{DB: a.DB, Plan: a.Plan, Figures: a.Figures}
	a.Lead.Sources, a.Lead.Causes, a.Lead.Stuck = a.todaySources(), a.leadCauses(), a.leadStuck()
	a.Post = &lead.Post{DB: a.DB, Plan: a.Plan, Book: a.Lead, Reader: a.Door.Reader, Base: strings.TrimRight(a.Base, "/")}
	if a.Mail != nil {
		a.Post.Send = a.Mail.Send
	}
	a.Lists = intake.NewDesk(a.DB, a.formats()...)
	if err := a.keepOffices(ctx, access.System("khởi động")); err != nil {
		return err
	}
	return a.takeOrdersOver(ctx, access.System("khởi động"))
}

// Close waits for the writes under way and closes the database.
func (a *App) Close() error { return a.DB.Close() }

// Plan is the campaign's plan; nil before Begin.
func (a *App) Plan() *plan.Plan { return a.current.Load() }

// MustHavePlan refuses to work on a database in which no campaign was begun.
func (a *App) MustHavePlan() error {
	if a.Plan() == nil {
		return fault.New(fault.Missing, "app.no_campaign", "Cơ sở dữ liệu này chưa có đợt cao điểm nào. Hãy chạy trước: bonphu init --db … --plan hon-quan-2024.yaml")
	}
	return nil
}

// Recover says which lists were being applied when the program stopped last: nothing of them was kept (law F2).
func (a *App) Recover(ctx context.Context) ([]*intake.Batch, error) {
	return a.Lists.Recover(ctx, access.System("khởi động"))
}
