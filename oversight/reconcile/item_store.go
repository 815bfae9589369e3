package reconcile

import (
	"context"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Item is one claim, or one person found without a claim, with what decided it and the case it opened (law N2).
type Item struct {
	Person   people.Person
	Claim    int64 // the event: the claim, or the extract's own for Found
	Coverage string
	Reached  string // the state claimed
	Unit     int64
	Team     int64
	Day      clock.Day // of the claim
	Note     string    // what the claimer wrote
	Account  int64     // who claimed
	Fate     Fate
	Fated    clock.Day // the day of the extract that decided
	Says     string    // the state that extract says, "" while none has decided
	Batch    int64     // the list that says so, and the row in it
	BatchRow int64

	State      State // of the case, "" when there is none
	Opened     string
	Due        clock.Day
	Code       Code // the answer's reason
	AnsweredBy int64
	Ruling     Code // the verdict's
	WaitUntil  clock.Day
	DecidedBy  int64
}

// Late tells whether an unanswered case is past its due day.
func (i *Item) Late(today clock.Day) bool { return i.State == Open && i.Due < today }

// Excused tells whether the verdict keeps the denial out of the over-claim rate.
func (i *Item) Excused(today clock.Day) bool { return excuses(i.Ruling, i.WaitUntil, today) }

// Ask narrows a list of items. Zero values narrow nothing.
type Ask struct {
	Filter
	Unit  int64 // and everything below; 0 is all that the viewer may see
	Fate  Fate
	Age   int   // 1, 2, 3: the ages of pending claims
	State State // of the case
	Cases bool  // only those with a case that is not closed
	After string
	N     int
}

const itemColumns = `f.person_id, f.event_id, f.coverage, f.state, f.unit_id, f.team_id, f.day, f.fate, f.fated_day, f.path, e.evidence, e.who,
	coalesce(d.state,''), coalesce(d.batch_id,0), coalesce(d.batch_row,0),
	coalesce(c.state,''), coalesce(c.opened_at,''), coalesce(c.due_day,''), coalesce(c.code,''), coalesce(c.answered_by,0), coalesce(c.ruling,''), coalesce(c.wait_until,''), coalesce(c.decided_by,0)
	FROM claim_fate f JOIN event e ON e.id=f.event_id LEFT JOIN event d ON d.id=f.by_event LEFT JOIN claim_case c ON c.claim_id=f.event_id`

func scanItem(scan func(...any) error) (Item, string, error) {
	var i Item
	var path, day, fated, due, wait string
	err := scan(&i.Person.ID, &i.Claim, &i.Coverage, &i.Reached, &i.Unit, &i.Team, &day, &i.Fate, &fated, &path, &i.Note, &i.Account,
		&i.Says, &i.Batch, &i.BatchRow, &i.State, &i.Opened, &due, &i.Code, &i.AnsweredBy, &i.Ruling, &wait, &i.DecidedBy)
	i.Day, i.Fated, i.Due, i.WaitUntil = clock.Day(day), clock.Day(fated), clock.Day(due), clock.Day(wait)
	return i, path, err
}

// scope lists the units of an ask, nil when nothing narrows them; each must be open to the viewer.
func scope(who access.Viewer, verb access.Verb, unit int64) ([]int64, error) {
	tree := who.Tree()
	if unit != 0 {
		if err := who.May(verb, unit); err != nil {
			return nil, err
		}
		return tree.Descendants(unit), nil
	}
	tops := who.Scope(verb)
	if len(tops) == 0 {
		return nil, who.May(verb, 0)
	}
	var out []int64
	for _, u := range tops {
		out = append(out, tree.Descendants(u)...)
	}
	return out, nil
}

// Items lists claims, newest first, a page at a time, and the mark of the next page ("" for the last).
func (b *Book) Items(ctx context.Context, who access.Viewer, q Ask) ([]Item, string, error) {
	units, err := scope(who, "reconcile.see", q.Unit)
	if err != nil {
		return nil, "", err
	}
	if q.N <= 0 || q.N > 500 {
		q.N = 50
	}
	var out []Item
	next := ""
	err = b.DB.Read(ctx, func(tx *db.Tx) error {
		day := b.asOf(tx, q.Filter)
		past := day < min(tx.Today(), b.Plan().Until)
		where, args, err := q.where(tx, day, past, units)
		if err != nil {
			return err
		}
		text := "SELECT " + itemColumns + where + " ORDER BY f.day DESC, f.event_id DESC"
		if !past {
			text += " LIMIT " + strconv.Itoa(q.N+1)
		}
		rows, err := tx.Query(text, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			i, path, err := scanItem(rows.Scan)
			if err != nil {
				return err
			}
			if past {
				if i.Fate = fateOn(path, day); i.Fate == "" || q.Fate != "" && i.Fate != q.Fate {
					continue
				}
			}
			if len(out) == q.N {
				last := &out[len(out)-1]
				next = string(last.Day) + "." + id.String(last.Claim)
				break
			}
			out = append(out, i)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		rows.Close()
		return name(tx, out)
	})
	return out, next, err
}

// where spells an ask as conditions.
func (q *Ask) where(tx *db.Tx, day clock.Day, past bool, units []int64) (string, []any, error) {
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return tx.In(1, len(args))
	}
	from, until := q.span()
	if q.Fate == Pending && q.Age > 0 {
		switch q.Age {
		case 1:
			from = max(from, string(day.Add(-Ages[0])))
		case 2:
			from, until = max(from, string(day.Add(-Ages[1]))), min(until, string(day.Add(-Ages[0]-1)))
		default:
			until = min(until, string(day.Add(-Ages[1]-1)))
		}
	}
	w := []string{"f.day >= " + arg(from), "f.day <= " + arg(min(until, string(day)))}
	if q.Fate != "" && !past {
		w = append(w, "f.fate = "+arg(string(q.Fate)))
		if q.Fate != Pending {
			w = append(w, "f.fate <> 'pending'") // the index by unit holds only these
		}
	} else if !past {
		w = append(w, "f.fate <> ''")
	}
	if q.Coverage != "" {
		w = append(w, "f.coverage = "+arg(q.Coverage))
	}
	if q.Team != 0 {
		w = append(w, "f.team_id = "+arg(q.Team))
	}
	if q.State != "" {
		w = append(w, "c.state = "+arg(string(q.State)))
	}
	if q.Cases {
		w = append(w, "c.state <> 'closed'")
	}
	if q.After != "" {
		d, n, _ := strings.Cut(q.After, ".")
		e, err := id.Parse(n)
		if err != nil {
			return "", nil, fault.New(fault.Invalid, "reconcile.page", "Trang này không còn. Hãy mở lại danh sách từ đầu.")
		}
		w = append(w, "(f.day < "+arg(d)+" OR f.day = "+arg(d)+" AND f.event_id < "+arg(e)+")")
	}
	n := len(args)
	for _, u := range units {
		args = append(args, u)
	}
	w = append(w, "f.unit_id IN ("+tx.In(len(units), n+1)+")")
	return " WHERE " + strings.Join(w, " AND "), args, nil
}

// name fills in the persons of items.
func name(tx *db.Tx, items []Item) error {
	ids := make([]int64, len(items))
	for i := range items {
		ids[i] = items[i].Person.ID
	}
	list, err := people.Load(tx, ids)
	for i := range items {
		if p, ok := list[items[i].Person.ID]; ok {
			items[i].Person = p
		}
	}
	return err
}
