package dossier

import (
	"sort"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}

// Dossier is one application as it stands. Day is when it was taken, Since when it came into its state; Confirmed says that an extract
// shows the state. Follows is the rejected dossier that this one does again, Followed the one that does this again; 0 for none.
type Dossier struct {
	ID, Person        int64
	Kind              Kind
	Point, Session    int64
	Unit, Team        int64
	Code              string
	Day               clock.Day
	State             State
	Since             clock.Day
	Confirmed         bool
	Reason            string
	Batch             int64
	Follows, Followed int64
	WhoName, At       string
}

const columns = "id, person_id, kind, point_id, session_id, unit_id, team_id, code, day, state, since, confirmed, reason, batch_id, follows, followed, who_name, at"

func scan(scan func(...any) error) (Dossier, error) {
	var d Dossier
	var day, since string
	err := scan(&d.ID, &d.Person, &d.Kind, &d.Point, &d.Session, &d.Unit, &d.Team, &d.Code, &day, &d.State, &since, &d.Confirmed, &d.Reason, &d.Batch, &d.Follows, &d.Followed, &d.WhoName, &d.At)
	d.Day, d.Since = clock.Day(day), clock.Day(since)
	return d, err
}

func dossiers(tx *db.Tx, where string, args ...any) ([]Dossier, error) {
	var out []Dossier
	err := tx.Each("SELECT "+columns+" FROM dossier WHERE "+where, args, func(s func(...any) error) error {
		d, err := scan(s)
		out = append(out, d)
		return err
	})
	return out, err
}

func dossiersIn(tx *db.Tx, column string, keys []int64) ([]Dossier, error) {
	var out []Dossier
	err := tx.EachIn("SELECT "+columns+" FROM dossier WHERE "+column+" IN (%s)", nil, keys, func(s func(...any) error) error {
		d, err := scan(s)
		out = append(out, d)
		return err
	})
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out, err
}

func unknown() error {
	return fault.New(fault.Missing, "dossier.unknown", "Không tìm thấy hồ sơ này.")
}

func dossierAt(tx *db.Tx, n int64) (Dossier, error) {
	list, err := dossiers(tx, "id=$1", n)
	if err == nil && len(list) == 0 {
		err = unknown()
	}
	if err != nil {
		return Dossier{}, err
	}
	return list[0], nil
}

var stepColumns = []string{"id", "dossier_id", "state", "day", "extract", "reason", "note", "batch_id", "event_id", "who", "who_name", "at", "void_at", "void_why"}

func stepsOf(tx *db.Tx, ids []int64) (map[int64][]Step, error) {
	out := make(map[int64][]Step, len(ids))
	err := tx.EachIn("SELECT "+strings.Join(stepColumns, ", ")+" FROM dossier_step WHERE dossier_id IN (%s)", nil, ids, func(scan func(...any) error) error {
		var s Step
		var day string
		err := scan(&s.ID, &s.Dossier, &s.State, &day, &s.Extract, &s.Reason, &s.Note, &s.Batch, &s.Event, &s.Who, &s.WhoName, &s.At, &s.VoidAt, &s.VoidWhy)
		s.Day = clock.Day(day)
		out[s.Dossier] = append(out[s.Dossier], s)
		return err
	})
	for _, list := range out {
		sort.Slice(list, func(i, j int) bool {
			return list[i].At < list[j].At || list[i].At == list[j].At && list[i].ID < list[j].ID
		})
	}
	return out, err
}

// change is a dossier whose steps change in this transaction: those added and those taken back.
type change struct {
	d       *Dossier
	steps   []Step
	added   []Step
	voided  []int64
	voidWhy string
	fresh   bool // the dossier itself is new
}

// write keeps changed dossiers: their new steps, the taken back ones, the state that the path ends in, and the counts by day (law C5).
func write(tx *db.Tx, list []*change) error {
	type cell struct {
		unit  int64
		state State
		day   clock.Day
	}
	sums := map[cell]int64{}
	book := func(unit int64, path []Stay, n int64) {
		for i, s := range path {
			sums[cell{unit, s.State, s.Day}] += n
			if i > 0 {
				sums[cell{unit, path[i-1].State, s.Day}] -= n
			}
		}
	}
	var rows [][]any
	now := tx.Now()
	for _, c := range list {
		book(c.d.Unit, Path(c.steps), -1)
		for _, v := range c.voided {
			for i := range c.steps {
				if c.steps[i].ID == v {
					c.steps[i].VoidAt, c.steps[i].VoidWhy = now, c.voidWhy
				}
			}
			if _, err := tx.Exec("UPDATE dossier_step SET void_at=$1, void_why=$2 WHERE id=$3", now, c.voidWhy, v); err != nil {
				return err
			}
		}
		for _, s := range c.added {
			s.ID, s.Dossier = id.New(), c.d.ID
			if s.At == "" {
				s.At = now
			}
			c.steps = append(c.steps, s)
			rows = append(rows, []any{s.ID, s.Dossier, string(s.State), string(s.Day), s.Extract, s.Reason, s.Note, s.Batch, s.Event, s.Who, s.WhoName, s.At, s.VoidAt, s.VoidWhy})
		}
		path := Path(c.steps)
		book(c.d.Unit, path, 1)
		last := c.steps[path[len(path)-1].Step]
		c.d.State, c.d.Since, c.d.Confirmed, c.d.Reason, c.d.Batch = last.State, last.Day, false, last.Reason, 0
		for _, s := range c.steps {
			c.d.Confirmed = c.d.Confirmed || s.VoidAt == "" && s.Extract && s.State == last.State
			if s.VoidAt == "" && s.Batch != 0 {
				c.d.Batch = s.Batch
			}
		}
		if c.fresh {
			continue
		}
		if _, err := tx.Exec("UPDATE dossier SET state=$1, since=$2, confirmed=$3, reason=$4, batch_id=$5, followed=$6 WHERE id=$7", string(c.d.State), string(c.d.Since), c.d.Confirmed, c.d.Reason, c.d.Batch, c.d.Followed, c.d.ID); err != nil {
			return err
		}
	}
	if err := insertNew(tx, list); err != nil {
		return err
	}
	i := 0
	if _, err := tx.Bulk("dossier_step", stepColumns, func() ([]any, bool) {
		if i >= len(rows) {
			return nil, false
		}
		i++
		return rows[i-1], true
	}); err != nil {
		return err
	}
	cells := make([]cell, 0, len(sums))
	for c, n := range sums {
		if n != 0 {
			cells = append(cells, c)
		}
	}
	sort.Slice(cells, func(i, j int) bool {
		a, b := cells[i], cells[j]
		return a.unit < b.unit || a.unit == b.unit && (a.state < b.state || a.state == b.state && a.day < b.day)
	})
	values := make([]any, 0, 4*len(cells))
	for _, c := range cells {
		values = append(values, c.unit, string(c.state), string(c.day), sums[c])
	}
	return tx.Upsert("dossier_sum", []string{"unit_id", "state", "day", "n"}, "ON CONFLICT (unit_id, state, day) DO UPDATE SET n=dossier_sum.n+excluded.n", values)
}

func insertNew(tx *db.Tx, list []*change) error {
	var rows [][]any
	for _, c := range list {
		if d := c.d; c.fresh {
			rows = append(rows, []any{d.ID, d.Person, string(d.Kind), d.Point, d.Session, d.Unit, d.Team, d.Code, string(d.Day), string(d.State), string(d.Since), d.Confirmed, d.Reason, d.Batch, d.Follows, d.Followed, d.WhoName, d.At})
		}
	}
	i := 0
	_, err := tx.Bulk("dossier", strings.Split(columns, ", "), func() ([]any, bool) {
		if i >= len(rows) {
			return nil, false
		}
		i++
		return rows[i-1], true
	})
	return err
}

// claim writes what desk steps say into the ledger at level claimed (law C2), and leaves each event's id with its step.
func claim(tx *db.Tx, p *plan.Plan, who access.Viewer, list []*change) error {
	var events []coverage.Event
	for _, c := range list {
		for i := range c.added {
			s := &c.added[i]
			r, ok := claims(p, c.d.Kind, s.State)
			if !ok || s.Extract {
				continue
			}
			e := coverage.Event{ID: id.New(), Person: c.d.Person, Coverage: r.coverage, State: r.state, Level: coverage.Claimed, Day: s.Day, AsOf: instant(tx, s.Day), Source: people.Field, Evidence: "hồ sơ thu nhận: " + strings.ToLower(Title(s.State)), Team: c.d.Team, Who: who.Account}
			s.Event = e.ID
			events = append(events, e)
		}
	}
	return coverage.Append(tx, events)
}

// instant is when something of a day was true: now for today, noon for a day gone by.
func instant(tx *db.Tx, day clock.Day) string {
	if day == tx.Today() {
		return tx.Now()
	}
	return clock.Stamp(day.Time().Add(12 * 3600e9))
}

// of reads a person's dossiers, newest first, those of records merged into the person too (law P4).
func (b *Book) of(tx *db.Tx, person int64) ([]Dossier, error) {
	aliases, err := people.Aliases(tx, []int64{person})
	if err != nil {
		return nil, err
	}
	list, err := dossiersIn(tx, "person_id", append([]int64{person}, aliases[person]...))
	sort.Slice(list, func(i, j int) bool {
		return list[i].Day > list[j].Day || list[i].Day == list[j].Day && list[i].ID > list[j].ID
	})
	return list, err
}
