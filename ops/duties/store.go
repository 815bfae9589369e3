// Package duties is what the plan and the leaders order offices to do, whether it was done, and what shows it (KH:I.3, KH:V).
//
// A duty of the plan is owed by an office in turns (rules.go); nothing is kept of a turn until somebody says something of it. Where the
// program's own records show that it was done (a week's outreach, an issued plan) nobody needs to say so. Instructions of the leaders
// (instruction_store.go) are read, carried out and answered office by office.
package duties

import (
	"cmp"
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Book keeps them. Shown counts records of one kind (plan.Records) by office and day; Staff lists who belongs to an office. Both are the
// wiring's; nil counts and lists nothing.
type Book struct {
	DB    *db.DB
	Plan  func() *plan.Plan
	Shown func(tx *db.Tx, kind string, offices []territory.Office) (map[int64]map[clock.Day]int, error)
	Staff func(tx *db.Tx, office territory.Office) ([]Person, error)
}

// Person is somebody who belongs to an office.
type Person struct {
	Account int64
	Name    string
}

// Holder is a person to whom an office gave a duty.
type Holder struct {
	Person
	Note, ByName, At string
}

// Line is one duty of one office with its present turn: the last that has begun.
type Line struct {
	Duty             *plan.Duty
	Office           territory.Office
	Turn             Turn
	State            string
	Shown            int // records of the program within the turn
	Late             bool
	Planned, DoneDay clock.Day
	Past             Past
	Holders          []Holder
	work             int64
}

// Query narrows the board; zero values do not. State may also be "late" (something is overdue, the present turn or one before) or "open".
type Query struct {
	Unit   int64 // offices of this unit and of all under it
	Office int64
	Clause string
	State  string
}

type turnKey struct {
	office int64
	duty   string
	due    clock.Day
}

type work struct {
	id               int64
	state            string
	planned, doneDay clock.Day
}

// sees tells whether the viewer may look at the duties of an office: their own, or where they see the board.
func sees(who access.Viewer, o territory.Office) bool {
	if who.May("duty.see", o.Unit) != nil {
		return false
	}
	return who.Office == o.ID || who.May("board.see", o.Unit) == nil
}

// does tells whether the viewer may say what their office did.
func does(who access.Viewer, o territory.Office) bool {
	return who.May("duty.do", o.Unit) == nil && (who.Office == o.ID || who.May("duty.manage", o.Unit) == nil)
}

// Board lists the duties that have begun of the offices that the viewer may see: overdue ones first, then by deadline. The viewer needs
// duty.see on the unit.
func (b *Book) Board(ctx context.Context, who access.Viewer, q Query) ([]Line, error) {
	if err := who.May("duty.see", q.Unit); err != nil {
		return nil, err
	}
	var out []Line
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		offices, err := territory.Offices(tx)
		if err != nil {
			return err
		}
		offices = slices.DeleteFunc(offices, func(o territory.Office) bool {
			return o.Code == "" || q.Office != 0 && o.ID != q.Office || !who.Tree().Within(o.Unit, cmp.Or(q.Unit, home(who))) || !sees(who, o)
		})
		out, err = b.lines(tx, offices, q.Clause)
		return err
	})
	switch q.State {
	case "":
	case "late":
		out = slices.DeleteFunc(out, func(l Line) bool { return !l.Late && l.Past.Missed == 0 })
	case "open":
		out = slices.DeleteFunc(out, func(l Line) bool { return settled(l.State) })
	case Done:
		out = slices.DeleteFunc(out, func(l Line) bool { return l.State != Done && l.State != Recorded })
	default:
		out = slices.DeleteFunc(out, func(l Line) bool { return l.State != q.State })
	}
	return out, err
}

func home(who access.Viewer) int64 {
	if h := who.Tree().Home(); h != nil {
		return h.ID
	}
	return 0
}

// lines tells how the duties of offices stand.
func (b *Book) lines(tx *db.Tx, offices []territory.Office, clause string) ([]Line, error) {
	p := b.Plan()
	if p == nil || len(offices) == 0 {
		return nil, nil
	}
	since, err := b.since(tx)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(offices))
	for i := range offices {
		ids[i] = offices[i].ID
	}
	said := map[turnKey]work{}
	if err := tx.EachIn("SELECT office_id, duty, due_day, id, state, planned_day, done_day FROM duty_work WHERE office_id IN (%s)", nil, ids, func(scan func(...any) error) error {
		var k turnKey
		var w work
		var due, planned, done string
		err := scan(&k.office, &k.duty, &due, &w.id, &w.state, &planned, &done)
		k.due, w.planned, w.doneDay = clock.Day(due), clock.Day(planned), clock.Day(done)
		said[k] = w
		return err
	}); err != nil {
		return nil, err
	}
	holders := map[turnKey][]Holder{}
	if err := tx.EachIn("SELECT office_id, duty, account_id, name, note, by_name, at FROM duty_holder WHERE office_id IN (%s)", nil, ids, func(scan func(...any) error) error {
		var k turnKey
		var h Holder
		err := scan(&k.office, &k.duty, &h.Account, &h.Name, &h.Note, &h.ByName, &h.At)
		holders[k] = append(holders[k], h)
		return err
	}); err != nil {
		return nil, err
	}
	today := tx.Today()
	var out []Line
	for i := range p.Duties {
		d := &p.Duties[i]
		if clause != "" && d.Clause != clause {
			continue
		}
		turns := Turns(d, p, since, today)
		mine := slices.DeleteFunc(slices.Clone(offices), func(o territory.Office) bool { return !slices.Contains(d.Offices, o.Code) })
		if len(turns) == 0 || len(mine) == 0 {
			continue
		}
		records, err := b.shown(tx, d.ShownBy, mine)
		if err != nil {
			return nil, err
		}
		for _, o := range mine {
			l := Line{Duty: d, Office: o, Turn: turns[len(turns)-1], Holders: holders[turnKey{o.ID, d.ID, ""}]}
			for _, t := range turns {
				w := said[turnKey{o.ID, d.ID, t.Due}]
				state, shown := StateOf(w.state, t, records[o.ID])
				if t == l.Turn {
					l.State, l.Shown, l.work, l.Planned, l.DoneDay, l.Late = state, shown, w.id, w.planned, w.doneDay, t.Late(state, today)
					continue
				}
				l.Past.add(state, w.doneDay, t)
			}
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b Line) int { return cmp.Or(rank(&a)-rank(&b), cmp.Compare(a.Turn.Due, b.Turn.Due)) })
	return out, nil
}

func (p *Past) add(state string, done clock.Day, t Turn) {
	switch {
	case state == Excused:
		p.Excused++
	case state == Done && done > t.Due:
		p.Late++
	case settled(state):
		p.Done++
	default:
		p.Missed++
	}
}

// rank puts what is overdue first, then what is owed, then what is settled.
func rank(l *Line) int {
	switch {
	case l.Late:
		return 0
	case !settled(l.State):
		return 1
	}
	return 2
}

func (b *Book) shown(tx *db.Tx, kind string, offices []territory.Office) (map[int64]map[clock.Day]int, error) {
	if kind == "" || b.Shown == nil {
		return nil, nil
	}
	return b.Shown(tx, kind, offices)
}

// since is the day on which the program began to keep the campaign; "" for always.
func (b *Book) since(tx *db.Tx) (clock.Day, error) {
	var at string
	if err := tx.QueryRow("SELECT coalesce(min(at), '') FROM campaign").Scan(&at); err != nil || at == "" {
		return "", err
	}
	return clock.DayOf(clock.ParseStamp(at)), nil
}

// officeBy finds an office.
func officeBy(tx *db.Tx, n int64) (territory.Office, error) {
	all, err := territory.Offices(tx)
	if err != nil {
		return territory.Office{}, err
	}
	if i := slices.IndexFunc(all, func(o territory.Office) bool { return o.ID == n }); i >= 0 {
		return all[i], nil
	}
	return territory.Office{}, fault.New(fault.Missing, "duties.office", "Không tìm thấy cơ quan này. Hãy mở lại bảng nhiệm vụ.")
}
