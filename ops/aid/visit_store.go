package aid

import (
	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Visited is what a visit took down: the kinds that a person agreed to order, with the consent of that hour (KH:III.2.c).
type Visited struct {
	Visit, Person, Team int64
	At                  string // instant
	Kinds               []string
}

// VisitIn takes the orders of a visit inside the transaction that records it. What the plan does not know, or the person has ordered
// already, is left out: a visit is never refused for it. The caller has asked for visit.record.
func (b *Book) VisitIn(tx *db.Tx, who access.Viewer, v Visited) error {
	_, err := b.visitIn(tx, who, v)
	return err
}

func (b *Book) visitIn(tx *db.Tx, who access.Viewer, v Visited) (made int64, err error) {
	name := who.Name
	if name == "" {
		name = "tổ đến nhà"
	}
	for _, kind := range v.Kinds {
		o := Order{Person: v.Person, Kind: kind, Source: FromVisit, Visit: v.Visit, Team: v.Team, ConsentName: name, ConsentAt: v.At, Day: clock.DayOf(clock.ParseStamp(v.At))}
		if b.Plan().Aid.Item(kind) == nil {
			continue
		}
		switch err := b.OrderIn(tx, who, &o); {
		case err == nil:
			made++
		case !Twice(err) && !fault.Is(err, fault.Forbidden):
			return made, err
		}
	}
	return made, nil
}

// VoidVisitIn cancels the orders of a visit that was taken back, those of which nothing was given yet. The caller has asked for
// visit.record.
func (b *Book) VoidVisitIn(tx *db.Tx, who access.Viewer, visit int64) error {
	list, err := ordersIn(tx, "visit_id", []int64{visit})
	if err != nil {
		return err
	}
	for i := range list {
		if o := &list[i]; o.State.Before() {
			if err := putStep(tx, o, &Step{State: Cancelled, Day: tx.Today(), Note: "phiếu đến nhà đã hủy", Who: who.Account, WhoName: who.Name}); err != nil {
				return err
			}
		}
	}
	return nil
}

// takenOver marks that the orders of visits from before were taken over.
const takenOver = "visits"

// TakeOver makes the orders of visits that were recorded before there were orders; once, and oldest first. It gives how many it made. The
// program itself calls it.
func (b *Book) TakeOver(tx *db.Tx, who access.Viewer, list []Visited) (int64, error) {
	var made int64
	if err := who.May("system.run", 0); err != nil {
		return 0, err
	}
	done, err := b.Taken(tx)
	if err != nil || done {
		return 0, err
	}
	persons := make([]int64, len(list))
	for i := range list {
		persons[i] = list[i].Person
	}
	kept, err := people.Kept(tx, persons)
	if err != nil {
		return 0, err
	}
	for i := range persons {
		if k := kept[persons[i]]; k != 0 {
			persons[i] = k
		}
	}
	live, err := people.Slim(tx, persons)
	if err != nil {
		return 0, err
	}
	visits := make([]int64, len(list))
	for i := range list {
		visits[i] = list[i].Visit
	}
	have, err := ordersIn(tx, "visit_id", visits)
	if err != nil {
		return 0, err
	}
	known := map[int64]bool{} // visits whose orders came with them, whatever became of them since
	for i := range have {
		known[have[i].Visit] = true
	}
	for i, v := range list {
		v.Person = persons[i]
		if _, ok := live[v.Person]; !ok || known[v.Visit] {
			continue
		}
		n, err := b.visitIn(tx, who, v)
		if err != nil {
			return made, err
		}
		made += n
	}
	_, err = tx.Exec("INSERT INTO aid_mark(name, at) VALUES ($1,$2)", takenOver, tx.Now())
	return made, err
}

// Taken tells whether the orders of visits from before were taken over.
func (b *Book) Taken(tx *db.Tx) (bool, error) {
	var n int64
	err := tx.QueryRow("SELECT count(*) FROM aid_mark WHERE name=$1", takenOver).Scan(&n)
	return n > 0, err
}
