package field_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/field"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/id"
	"bonphu/internal/village"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
	"bonphu/ops/obstacles"
	"bonphu/oversight/rhythm"
	"bonphu/oversight/tally"
	"bonphu/oversight/worklist"
)

var ctx = context.Background()

// lane is a commune of two hamlets with a team, and the phone's side before it.
type lane struct {
	t       testing.TB
	db      *db.DB
	door    *access.Door
	visits  *canvass.Book
	phone   *field.Phone
	units   map[string]int64
	persons []int64 // of hamlet .01
	others  []int64 // of hamlet .02
	tree    *territory.Tree
	team    int64

	mu  sync.Mutex
	now time.Time
}

func (l *lane) clock() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now
}

func (l *lane) turn(d time.Duration) {
	l.mu.Lock()
	l.now = l.now.Add(d)
	l.mu.Unlock()
}

func newLane(t testing.TB, first, second int) *lane {
	t.Helper()
	l := &lane{t: t, now: dbtest.Morning, units: map[string]int64{}}
	d := dbtest.OpenAt(t, l.clock)
	p := plantest.HonQuan(t)
	current := func() *plan.Plan { return p }
	roll := tally.Open(d, current)
	l.db, l.door, l.visits = d, &access.Door{DB: d}, &canvass.Book{DB: d, Plan: current}
	allot := &allotment.Book{DB: d, Plan: current}
	figures := tally.Desk{Book: roll, Allot: allot}
	work := &worklist.Book{DB: d, Plan: current, Canvass: l.visits, Figures: figures, Held: access.HeldUnits}
	roll.Also = []tally.Follower{worklist.Log{Book: work}}
	l.visits.Work, l.visits.Changed = work.Work, work.Changed
	var err error
	l.phone, err = field.New(field.Config{Door: l.door, Plan: current, Canvass: l.visits, Work: work, Clock: l.clock,
		Rhythm: &rhythm.Book{DB: d, Plan: current, Figures: figures, Allot: allot, Canvass: l.visits}, Obstacles: &obstacles.Book{DB: d, Plan: current}})
	if err != nil {
		t.Fatal(err)
	}
	l.write(func(tx *db.Tx) (err error) {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25330.01", "ấp", "1", "25330", 3}, {"25330.02", "ấp", "2", "25330", 3}} {
			unit := territory.Unit{Code: u.code, Kind: u.kind, Name: u.name, Parent: l.units[u.parent], Tier: u.tier}
			if err := territory.Insert(tx, &unit); err != nil {
				return err
			}
			l.units[u.code] = unit.ID
		}
		l.tree, err = territory.Load(tx)
		return err
	})
	l.persons = l.settle("25330.01", 0, first)
	l.others = l.settle("25330.02", 1, second)
	l.team, err = l.visits.Add(ctx, l.police(), canvass.Team{Unit: l.units["25330.01"], Kind: canvass.KindHamlet, Name: "Tổ công nghệ số cộng đồng Ấp 1"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *lane) write(fn func(*db.Tx) error) {
	l.t.Helper()
	if err := l.db.Write(ctx, db.Act{Verb: "test"}, fn); err != nil {
		l.t.Fatal(err)
	}
}

func (l *lane) read(fn func(*db.Tx) error) {
	l.t.Helper()
	if err := l.db.Read(ctx, fn); err != nil {
		l.t.Fatal(err)
	}
}

func (l *lane) police() access.Viewer {
	return access.NewViewer(7, "cah", "Công an huyện", "test", []access.Grant{{Role: "district_police", Unit: l.units["694"]}}, l.tree)
}

var district = sync.OnceValue(func() *village.District { return village.Build(7, village.Options{Residents: 105_000}) })

// settle brings n made-up people of a hamlet into the register.
func (l *lane) settle(unit string, hamlet, n int) []int64 {
	l.t.Helper()
	var said []people.Said
	enough := fmt.Errorf("enough")
	for h := hamlet; len(said) < n; h += 2 {
		_ = district().EachIn(h, func(p *village.Person) error {
			if len(said) == n {
				return enough
			}
			birth := fmt.Sprintf("%04d-%02d-%02d", p.Year, p.Month, p.Day)
			if p.Day == 0 {
				birth = fmt.Sprintf("%04d", p.Year)
			}
			gender := "male"
			if p.Female {
				gender = "female"
			}
			said = append(said, people.Said{Person: people.Person{Name: p.Name, Number: people.Number(p.Number), Birth: birth, Gender: gender, Unit: l.units[unit], Phone: people.Number(p.Phone),
				Ethnic: p.Ethnic, House: p.Household, Relation: p.Relation, Address: "Tổ 3, Ấp 1, xã An Khương", Source: people.Police, AsOf: clock.Stamp(dbtest.Morning.AddDate(0, 0, -9))}})
			return nil
		})
	}
	var out []int64
	l.write(func(tx *db.Tx) error {
		b := people.NewBooker(tx, false, func(int64) int64 { return -1 }, func(int64) bool { return true })
		booked, err := b.Book(said)
		out = nil
		for _, x := range booked {
			out = append(out, x.Person)
			tx.Touch(x.Person)
		}
		return err
	})
	return out
}

// handset is a phone as it speaks with the server.
type handset struct {
	*lane
	token  string
	id     string
	member int64
	cursor string
	plan   string
	seen   string // of the rolls
	wire   int    // bytes of the last answer as they crossed the network
}

// enrol lets a phone of a new member in, through the code and the endpoint.
func (l *lane) enrol(leads bool, units ...string) *handset {
	l.t.Helper()
	role := "Thành viên"
	if leads {
		role = "Tổ trưởng"
	}
	member, err := l.visits.AddMember(ctx, l.police(), canvass.Member{Team: l.team, Name: "Nguyễn Tình Nguyện", Role: role})
	if err != nil {
		l.t.Fatal(err)
	}
	e := access.Enrol{Team: l.team, Member: member, Name: "Nguyễn Tình Nguyện", TeamName: "Tổ Ấp 1", Leads: leads}
	for _, u := range units {
		e.Units = append(e.Units, l.units[u])
	}
	code, _, err := l.door.IssueEnrol(ctx, l.police(), e)
	if err != nil {
		l.t.Fatal(err)
	}
	h := &handset{lane: l, member: member}
	var in struct{ Token, Device string }
	if status := h.call("POST", "enrol", map[string]any{"v": 1, "code": code, "name": "Android 11 · Chrome/120"}, &in); status != 200 {
		l.t.Fatalf("enrol: %d", status)
	}
	h.token, h.id = in.Token, in.Device
	return h
}

// call asks one endpoint and counts the bytes of the answer.
func (h *handset) call(method, path string, body, into any) int {
	h.t.Helper()
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		r = bytes.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			h.t.Fatal(err)
		}
		r = bytes.NewReader(text)
	}
	q := httptest.NewRequest(method, "/field/api/"+path, r)
	q.Header.Set("Accept-Encoding", "gzip")
	if h.token != "" {
		q.Header.Set("Authorization", "Bearer "+h.token)
	}
	w := httptest.NewRecorder()
	h.phone.ServeHTTP(w, q)
	h.wire = w.Body.Len()
	text := w.Body.Bytes()
	if w.Header().Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			h.t.Fatal(err)
		}
		if text, err = io.ReadAll(z); err != nil {
			h.t.Fatal(err)
		}
	}
	if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Content-Security-Policy") == "" {
		h.t.Errorf("%s: headers %v", path, w.Header())
	}
	if into != nil {
		if err := json.Unmarshal(text, into); err != nil {
			h.t.Fatalf("%s: %v in %.200s", path, err, text)
		}
	}
	return w.Code
}

type pulledPage struct {
	Until, Cursor, PlanHash string
	More, Full              bool
	People                  [][]any
	Gone                    []string
	Plan                    *struct{ Hash string }
	Error                   struct{ Code, Text string }
}

// pull asks until there is no more, and gives everybody told and everybody gone, and the bytes.
func (h *handset) pull() (told map[string][]any, gone []string, wire int) {
	h.t.Helper()
	told = map[string][]any{}
	for range 20 {
		var page pulledPage
		if status := h.call("GET", "pull?v=1&since="+h.cursor+"&plan="+h.plan, nil, &page); status != http.StatusOK {
			h.t.Fatalf("pull: %d %v", status, page.Error)
		}
		wire += h.wire
		h.cursor, h.plan = page.Cursor, page.PlanHash
		for _, p := range page.People {
			told[p[0].(string)] = p
		}
		gone = append(gone, page.Gone...)
		if !page.More {
			return told, gone, wire
		}
	}
	h.t.Fatal("pull never ends")
	return nil, nil, 0
}

type told struct {
	Skew     int64
	Verdicts []struct{ ID, Verdict, Code, Text string }
	Error    struct{ Code, Text string }
}

func (h *handset) push(items ...map[string]any) told {
	h.t.Helper()
	return h.pushAt(h.clock(), items...)
}

func (h *handset) pushAt(sent time.Time, items ...map[string]any) told {
	h.t.Helper()
	var out told
	if items == nil {
		items = []map[string]any{}
	}
	if status := h.call("POST", "push", map[string]any{"v": 1, "sent": sent.Format(time.RFC3339), "items": items}, &out); status != 200 {
		h.t.Fatalf("push: %d %+v", status, out.Error)
	}
	if len(out.Verdicts) != len(items) {
		h.t.Fatalf("%d verdicts of %d items", len(out.Verdicts), len(items))
	}
	return out
}

// visit is a slip of a visit at which an account of level 2 was found.
func (l *lane) visit(person int64) map[string]any {
	return map[string]any{"id": id.String(id.New()), "kind": "visit", "at": l.clock().Add(-time.Hour).Format(time.RFC3339), "person": id.String(person), "result": "done",
		"claims": []map[string]any{{"id": id.String(id.New()), "coverage": "eid", "state": "level2"}}, "note": ""}
}

func (l *lane) visitsOf(person int64) []canvass.Visit {
	l.t.Helper()
	list, err := l.visits.Visits(ctx, l.police(), person)
	if err != nil {
		l.t.Fatal(err)
	}
	return list
}
