package obstacles

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// States of an obstacle.
const (
	Open     = "open"
	Answered = "answered"
	Closed   = "closed"
)

// Kept is an obstacle as it stands now. Level is who owes the answer (plan.LevelCommune, plan.LevelDistrict).
type Kept struct {
	Obstacle
	Due      clock.Day
	Level    string
	Office   int64 // that answers; 0 for the level alone
	State    string
	HasPhoto bool
}

// Late tells whether the answer is owed since before a day.
func (k *Kept) Late(today clock.Day) bool { return k.State == Open && k.Due < today }

// Step is one thing that was said of an obstacle: sent, answered, escalated, closed, opened.
type Step struct {
	Kind, Text, WhoName, At string
}

const columns = "id, unit_id, category, text, people, team_id, device_id, who, who_name, at, day, due_day, level, state, photo, office_id"

func scan(scan func(...any) error) (Kept, error) {
	var k Kept
	var day, due string
	err := scan(&k.ID, &k.Unit, &k.Category, &k.Text, &k.People, &k.Team, &k.Device, &k.Who, &k.WhoName, &k.At, &day, &due, &k.Level, &k.State, &k.HasPhoto, &k.Office)
	k.Day, k.Due = clock.Day(day), clock.Day(due)
	return k, err
}

// Query narrows a list: State "" for all, "late" for those whose answer is overdue; Category "" for all.
type Query struct {
	Unit     int64
	State    string
	Category string
}

// List gives the obstacles of a unit and of all under it: what waits longest first, then what is answered, newest first. The viewer needs
// obstacle.see on the unit; who only has obstacle.own there gets those that came to their office.
func (b *Book) List(ctx context.Context, who access.Viewer, q Query) ([]Kept, error) {
	all := who.May("obstacle.see", q.Unit) == nil
	if err := who.May("obstacle.own", q.Unit); err != nil && !all {
		return nil, err
	}
	var out []Kept
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		today := tx.Today()
		return tx.EachIn("SELECT "+columns+" FROM obstacle WHERE unit_id IN (%s)", nil, who.Tree().Descendants(q.Unit), func(row func(...any) error) error {
			k, err := scan(row)
			switch {
			case !all && !Owns(who, &k), q.Category != "" && k.Category != q.Category, q.State == "late" && !k.Late(today), q.State != "" && q.State != "late" && k.State != q.State:
				return err
			}
			out = append(out, k)
			return err
		})
	})
	waits := func(k *Kept) int {
		if k.State == Open {
			return 0
		}
		return 1
	}
	slices.SortFunc(out, func(a, b Kept) int {
		if n := cmp.Compare(waits(&a), waits(&b)); n != 0 {
			return n
		}
		if a.State == Open {
			return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.ID, a.ID))
	})
	return out, err
}

func one(tx *db.Tx, n int64) (*Kept, error) {
	k, err := scan(tx.QueryRow("SELECT "+columns+" FROM obstacle WHERE id=$1", n).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.Missing, "obstacles.unknown", "Không tìm thấy vướng mắc này.")
	}
	return &k, err
}

// Get reads one obstacle with everything said of it, oldest first. The viewer needs obstacle.see on its unit.
func (b *Book) Get(ctx context.Context, who access.Viewer, n int64) (*Kept, []Step, error) {
	var k *Kept
	var steps []Step
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		steps = nil
		if k, err = one(tx, n); err != nil {
			return err
		}
		if err := who.May("obstacle.see", k.Unit); err != nil && !Sends(who, k) && !Owns(who, k) {
			return err
		}
		return tx.Each("SELECT kind, text, who_name, at FROM obstacle_step WHERE obstacle_id=$1 ORDER BY at, id", []any{n}, func(row func(...any) error) error {
			var s Step
			err := row(&s.Kind, &s.Text, &s.WhoName, &s.At)
			steps = append(steps, s)
			return err
		})
	})
	return k, steps, err
}

// Photo reads an obstacle's photo, a JPEG. The viewer needs obstacle.see on its unit.
func (b *Book) Photo(ctx context.Context, who access.Viewer, n int64) ([]byte, error) {
	var out []byte
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		k, err := one(tx, n)
		if err != nil {
			return err
		}
		if err := who.May("obstacle.see", k.Unit); err != nil && !Owns(who, k) {
			return err
		}
		var sealed []byte
		err = tx.QueryRow("SELECT sealed FROM obstacle_photo WHERE obstacle_id=$1", n).Scan(&sealed)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.Missing, "obstacles.no_photo", "Vướng mắc này không kèm ảnh.")
		}
		if err != nil {
			return err
		}
		out, err = tx.Keys().OpenBytes(sealed)
		return err
	})
	return out, err
}

// Send keeps an obstacle from the desk. The viewer needs obstacle.send on its unit.
func (b *Book) Send(ctx context.Context, who access.Viewer, o Obstacle) (int64, error) {
	if o.ID == 0 {
		o.ID = id.New()
	}
	return o.ID, b.DB.Write(ctx, who.Act("obstacle.send", o.Unit, "obstacle:"+id.String(o.ID), b.Plan().Obstacles.Of(o.Category).ID), func(tx *db.Tx) error {
		x := o
		return b.SendIn(tx, who, &x)
	})
}

// Owns tells whether an obstacle came to the viewer's own office.
func Owns(who access.Viewer, k *Kept) bool {
	return who.Office != 0 && who.Office == k.Office && who.May("obstacle.own", k.Unit) == nil
}

// MayAnswer tells whether a viewer answers an obstacle: the office it came to, and besides of its own unit when the commune owes the answer, of
// the whole campaign when the district does.
func MayAnswer(who access.Viewer, k *Kept) error {
	if Owns(who, k) {
		return nil
	}
	if k.Level == plan.LevelDistrict {
		return who.May("obstacle.answer", 0)
	}
	return who.May("obstacle.answer", k.Unit)
}

func (b *Book) step(ctx context.Context, who access.Viewer, n int64, verb access.Verb, kind, text, state string, may func(*Kept) error, more func(tx *db.Tx, k *Kept) error) error {
	act := who.Act(verb, 0, "obstacle:"+id.String(n), kind)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		k, err := one(tx, n)
		if err != nil {
			return err
		}
		act.Unit = k.Unit
		if err := may(k); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE obstacle SET state=$1 WHERE id=$2", state, n); err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO obstacle_step(id, obstacle_id, kind, text, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7)", id.New(), n, kind, text, who.Account, who.Name, tx.Now()); err != nil {
			return err
		}
		if more == nil {
			return nil
		}
		return more(tx, k)
	})
}

func said(text, code, field, sentence string) (string, error) {
	text = strings.TrimSpace(vn.NFC(text))
	switch {
	case text == "" || utf8.RuneCountInString(text) > maxText:
		return "", fault.New(fault.Invalid, code, "%s", sentence).On(field)
	case vn.HoldsNumber(text):
		return "", noNumbers().On(field)
	}
	return text, nil
}

// Answer tells what to do; with keep the answer goes into the answer book, where it serves again. Whoever owes the answer gives it
// (MayAnswer).
func (b *Book) Answer(ctx context.Context, who access.Viewer, n int64, text string, keep bool) error {
	text, err := said(text, "obstacles.answer", "text", "Hãy ghi câu trả lời (tối đa 2.000 chữ).")
	if err != nil {
		return err
	}
	return b.step(ctx, who, n, "obstacle.own", "answered", text, Answered, func(k *Kept) error {
		if k.State == Closed {
			return fault.New(fault.Conflict, "obstacles.closed", "Vướng mắc này đã khép. Hãy mở lại trước khi trả lời.")
		}
		return MayAnswer(who, k)
	}, func(tx *db.Tx, k *Kept) error {
		if !keep {
			return nil
		}
		// A second answer takes the place of the first in the book.
		done, err := tx.Exec("UPDATE answer_book SET answer=$1, folded=$2, who_name=$3, at=$4 WHERE obstacle_id=$5", text, vn.Fold(k.Text+" "+text), who.Name, tx.Now(), n)
		if err != nil || done > 0 {
			return err
		}
		_, err = tx.Exec("INSERT INTO answer_book(id, category, question, answer, folded, obstacle_id, uses, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,0,$7,$8)",
			id.New(), k.Category, k.Text, text, vn.Fold(k.Text+" "+text), n, who.Name, tx.Now())
		return err
	})
}

// Close says that an obstacle stands in the way no more: by whoever sent it, or whoever may answer.
func (b *Book) Close(ctx context.Context, who access.Viewer, n int64) error {
	return b.step(ctx, who, n, "obstacle.send", "closed", "", Closed, func(k *Kept) error {
		if k.State == Closed {
			return fault.New(fault.Conflict, "obstacles.closed_already", "Vướng mắc này đã khép.")
		}
		return sendsOrAnswers(who, k)
	}, nil)
}

// Reopen says that the answer did not help, and why.
func (b *Book) Reopen(ctx context.Context, who access.Viewer, n int64, why string) error {
	why, err := said(why, "obstacles.why", "why", "Hãy ghi vì sao vẫn còn vướng.")
	if err != nil {
		return err
	}
	return b.step(ctx, who, n, "obstacle.send", "opened", why, Open, func(k *Kept) error {
		if k.State == Open {
			return fault.New(fault.Conflict, "obstacles.open", "Vướng mắc này vẫn đang mở.")
		}
		return sendsOrAnswers(who, k)
	}, func(tx *db.Tx, k *Kept) error {
		due := tx.Today().Add(b.Plan().Obstacles.Of(k.Category).Answer())
		_, err := tx.Exec("UPDATE obstacle SET due_day=$1 WHERE id=$2", string(due), n)
		return err
	})
}

// Sends tells whether a viewer is who sent an obstacle.
func Sends(who access.Viewer, k *Kept) bool {
	return who.Account != 0 && who.Account == k.Who && who.May("obstacle.send", k.Unit) == nil
}

// sendsOrAnswers lets only whoever sent an obstacle, or owes its answer, close it or open it again.
func sendsOrAnswers(who access.Viewer, k *Kept) error {
	if Sends(who, k) {
		return nil
	}
	return MayAnswer(who, k)
}

// Escalate gives what a commune, or an office that is not the police's, did not answer in time to the district's level: the night's work. It gives how many.
func (b *Book) Escalate(ctx context.Context, who access.Viewer) (int, error) {
	if err := who.May("system.run", 0); err != nil {
		return 0, err
	}
	n := 0
	act := who.Act("system.run", 0, "obstacles", "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		n = 0
		today := tx.Today()
		var list []int64
		if err := tx.Each(`SELECT id FROM obstacle WHERE state='open' AND due_day < $2 AND (level=$1 OR office_id IN (SELECT id FROM office WHERE kind<>$3))`,
			[]any{plan.LevelCommune, string(today.Add(-b.Plan().Obstacles.EscalateAfter() + 1)), plan.PoliceKind}, func(row func(...any) error) error {
				var x int64
				err := row(&x)
				list = append(list, x)
				return err
			}); err != nil {
			return err
		}
		for _, x := range list {
			if _, err := tx.Exec("UPDATE obstacle SET level=$1, due_day=$2, office_id=0 WHERE id=$3", plan.LevelDistrict, string(today.Add(b.Plan().Obstacles.EscalateAfter())), x); err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT INTO obstacle_step(id, obstacle_id, kind, text, who, who_name, at) VALUES ($1,$2,'escalated','',$3,$4,$5)", id.New(), x, who.Account, who.Name, tx.Now()); err != nil {
				return err
			}
			n++
		}
		act.Note = fmt.Sprintf("chuyển %d vướng mắc lên huyện", n)
		return nil
	})
	return n, err
}

// Cause is how often a kind of obstacle was met: how many, how many still open, how many people affected.
type Cause struct {
	Category, Title string
	N, Open         int
	People          int
}

// Top counts by category what was sent between two days from a unit and all under it, most first. The viewer needs obstacle.see there.
func (b *Book) Top(ctx context.Context, who access.Viewer, unit int64, from, until clock.Day) ([]Cause, error) {
	list, err := b.List(ctx, who, Query{Unit: unit})
	if err != nil {
		return nil, err
	}
	by := map[string]*Cause{}
	var out []*Cause
	for i := range list {
		k := &list[i]
		if k.Day < from || k.Day > until {
			continue
		}
		c := by[k.Category]
		if c == nil {
			c = &Cause{Category: k.Category, Title: b.Plan().Obstacles.Of(k.Category).Title}
			by[k.Category] = c
			out = append(out, c)
		}
		c.N++
		c.People += k.People
		if k.State == Open {
			c.Open++
		}
	}
	slices.SortFunc(out, func(a, b *Cause) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Title, b.Title)) })
	flat := make([]Cause, len(out))
	for i, c := range out {
		flat[i] = *c
	}
	return flat, nil
}
