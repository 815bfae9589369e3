package aid

import (
	"cmp"
	"database/sql"
	"errors"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
)

// Follow lets the extracts confirm what was handed over or installed (KH:III.2.c), or contradict it: before a commit it is handed the
// persons touched with all their events, void ones too. What an extract no longer shows, because its batch was withdrawn, is taken back;
// what it denies stays open and is listed. Where there is no order at all it costs one look into an empty table.
func (b *Book) Follow(tx *db.Tx, persons []int64, events map[int64][]coverage.Event) error {
	p := b.Plan()
	if p == nil || len(persons) == 0 {
		return nil
	}
	var one int64
	err := tx.QueryRow("SELECT id FROM aid_order LIMIT 1").Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	aliases, err := people.Aliases(tx, persons)
	if err != nil {
		return err
	}
	owner := map[int64]int64{}
	all := persons
	for kept, gone := range aliases {
		for _, g := range gone {
			owner[g] = kept
			all = append(all[:len(all):len(all)], g)
		}
	}
	list, err := ordersIn(tx, "person_id", all)
	if err != nil {
		return err
	}
	var given []int64
	for _, o := range list {
		if o.State == Handed || o.State == Installed || o.State == Confirmed {
			given = append(given, o.ID)
		}
	}
	if len(given) == 0 {
		return nil
	}
	steps, err := stepsOf(tx, given)
	if err != nil {
		return err
	}
	for i := range list {
		o := &list[i]
		if len(steps[o.ID]) == 0 {
			continue
		}
		if err := b.tell(tx, p, o, steps[o.ID], events[cmp.Or(owner[o.Person], o.Person)]); err != nil {
			return err
		}
	}
	return nil
}

// Said is what the extracts say of an order that was given.
type Said struct {
	Confirms bool
	Event    coverage.Event // that confirms
	Denied   clock.Day      // of the newest extract, when it contradicts; "" else
}

// Fold tells what the extracts say of an order that reached state on a day: the newest one of that day or later decides (law C6). It
// confirms when it shows the goal, and denies when it shows less than was claimed.
func Fold(p *plan.Plan, kind string, reached State, day clock.Day, events []coverage.Event) Said {
	item := p.Aid.Item(kind)
	if item == nil {
		return Said{}
	}
	c := p.Coverage(item.Coverage)
	if c == nil {
		return Said{}
	}
	var newest *coverage.Event
	for i := range events {
		e := &events[i]
		if e.Level != coverage.Confirmed || e.Void() || e.Coverage != item.Coverage || e.Day < day {
			continue
		}
		if newest == nil || e.AsOf > newest.AsOf || e.AsOf == newest.AsOf && cmp.Or(cmp.Compare(c.Rank(e.State), c.Rank(newest.State)), cmp.Compare(e.ID, newest.ID)) > 0 {
			newest = e
		}
	}
	switch {
	case newest == nil:
		return Said{}
	case c.Rank(newest.State) >= c.Rank(item.Goal()):
		return Said{Confirms: true, Event: *newest}
	case c.Rank(newest.State) < c.Rank(item.Claims(string(reached))):
		return Said{Denied: newest.Day}
	}
	return Said{}
}

// tell writes what the extracts say of one order, and takes back what they no longer say.
func (b *Book) tell(tx *db.Tx, p *plan.Plan, o *Order, steps []Step, events []coverage.Event) error {
	var shown, given *Step
	for i := range steps {
		switch s := &steps[i]; {
		case s.VoidAt != "":
		case s.Extract:
			shown = s
		default:
			given = s
		}
	}
	if given == nil {
		return nil
	}
	said := Fold(p, o.Kind, given.State, given.Day, events)
	same := shown != nil && said.Confirms && shown.Event == said.Event.ID
	if (same || shown == nil && !said.Confirms) && o.Denied == said.Denied {
		return nil
	}
	o.Denied = said.Denied
	if shown != nil && !same {
		if _, err := tx.Exec("UPDATE aid_step SET void_at=$1, void_why=$2 WHERE id=$3", tx.Now(), "bản trích xuất không còn cho thấy", shown.ID); err != nil {
			return err
		}
		o.State, o.Since = given.State, given.Day
	}
	if said.Confirms && !same {
		return putStep(tx, o, &Step{ID: id.New(), State: Confirmed, Day: said.Event.Day, Extract: true, Event: said.Event.ID, WhoName: "bản trích xuất"})
	}
	return keepOrder(tx, o)
}
