package reconcile

import (
	"slices"

	"bonphu/core/coverage"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/oversight/tally"
)

// caseRow is a case as it is kept.
type caseRow struct {
	claim, person int64
	coverage      string
	unit, team    int64
	denial        int64
	opened        string
	due           clock.Day
	state         State
	code          Code
	answeredBy    int64
	ruling        Code
	waitUntil     clock.Day
	decidedBy     int64
	closed        string
}

const caseColumns = "claim_id, person_id, coverage, unit_id, team_id, denial_id, opened_at, due_day, state, code, answered_by, ruling, wait_until, decided_by, closed_at"

func scanCase(scan func(...any) error, more ...any) (caseRow, error) {
	var c caseRow
	var due, wait string
	err := scan(append([]any{&c.claim, &c.person, &c.coverage, &c.unit, &c.team, &c.denial, &c.opened, &due, &c.state, &c.code, &c.answeredBy, &c.ruling, &wait, &c.decidedBy, &c.closed}, more...)...)
	c.due, c.waitUntil = clock.Day(due), clock.Day(wait)
	return c, err
}

// ask opens a case for every claim that is denied now and has none, and closes those whose claim is not denied any more (law C6).
func (b *Book) ask(tx *db.Tx, t *tally.Touched, persons []int64) error {
	fates, err := kept(tx, persons)
	if err != nil {
		return err
	}
	have := map[int64]caseRow{}
	if err := tx.EachIn("SELECT "+caseColumns+" FROM claim_case WHERE person_id IN (%s)", nil, persons, func(scan func(...any) error) error {
		c, err := scanCase(scan)
		have[c.claim] = c
		return err
	}); err != nil {
		return err
	}
	var open []any
	var steps []step
	for _, person := range persons {
		for i := range fates[person] {
			e := &fates[person][i]
			c, had := have[e.event]
			delete(have, e.event)
			switch {
			case e.fate == Denied && !had:
				at := recorded(t.Events[person], e.by)
				open = append(open, e.event, person, e.coverage, e.unit, e.team, e.by, at, string(clock.DayOf(clock.ParseStamp(at)).Add(answerDays)), string(Open), "", 0, "", "", 0, "")
			case e.fate == Denied && c.state == Closed:
				if err := set(tx, e.event, reopened(&c)); err != nil {
					return err
				}
				steps = append(steps, step{claim: e.event, kind: stepReopen, text: "Bản trích xuất lại bác báo cáo này."})
			case e.fate == Pending && had && c.denial == 0: // an inspection asked; the extract is still to come
			case e.fate != Denied && had && c.state != Closed:
				if err := set(tx, e.event, Closed); err != nil {
					return err
				}
				steps = append(steps, step{claim: e.event, kind: stepAuto, text: why(e.fate)})
			}
			if had && (c.unit != e.unit || c.denial != e.by && e.by != 0 || c.person != person) {
				if _, err := tx.Exec("UPDATE claim_case SET unit_id=$1, denial_id=$2, person_id=$3 WHERE claim_id=$4", e.unit, e.by, person, e.event); err != nil {
					return err
				}
			}
		}
	}
	if err := tx.Upsert("claim_case", caseFields, "ON CONFLICT (claim_id) DO UPDATE SET person_id=excluded.person_id, unit_id=excluded.unit_id, denial_id=excluded.denial_id", open); err != nil {
		return err
	}
	return addSteps(tx, steps)
}

var caseFields = []string{"claim_id", "person_id", "coverage", "unit_id", "team_id", "denial_id", "opened_at", "due_day", "state", "code", "answered_by", "ruling", "wait_until", "decided_by", "closed_at"}

// reopened gives the state a closed case had before it closed.
func reopened(c *caseRow) State {
	switch {
	case c.ruling != "":
		return Decided
	case c.code != "":
		return Answered
	}
	return Open
}

// why says why a case closed by itself.
func why(f Fate) string {
	switch f {
	case Confirmed, Repeat:
		return "Bản trích xuất mới hơn đã xác nhận; sai lệch tự đóng."
	case Void:
		return "Báo cáo đã được rút lại trước khi bị bác; sai lệch tự đóng."
	}
	return "Bản trích xuất bác báo cáo này không còn giá trị; sai lệch tự đóng."
}

// recorded gives the instant at which an event was recorded.
func recorded(events []coverage.Event, event int64) string {
	if i := slices.IndexFunc(events, func(e coverage.Event) bool { return e.ID == event }); i >= 0 {
		return events[i].At
	}
	return ""
}

func set(tx *db.Tx, claim int64, s State) error {
	closed := ""
	if s == Closed {
		closed = tx.Now()
	}
	_, err := tx.Exec("UPDATE claim_case SET state=$1, closed_at=$2 WHERE claim_id=$3", string(s), closed, claim)
	return err
}

// The kinds of steps in a case's history.
const (
	stepAnswer  = "answer"
	stepDecide  = "decide"
	stepReopen  = "reopen"
	stepAuto    = "auto"
	stepInspect = "inspect" // an inspection asked, before any extract
)

// step is one line of a case's history; nothing in it is ever changed.
type step struct {
	claim     int64
	kind      string
	code      Code
	text      string
	waitUntil clock.Day
	photo     string
	who       int64
	whoName   string
}

func addSteps(tx *db.Tx, steps []step) error {
	for _, s := range steps {
		if _, err := addStep(tx, s); err != nil {
			return err
		}
	}
	return nil
}

func addStep(tx *db.Tx, s step) (int64, error) {
	n := id.New()
	if s.whoName == "" {
		s.whoName = "hệ thống"
	}
	_, err := tx.Exec("INSERT INTO case_step(id, claim_id, kind, code, text, wait_until, photo, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
		n, s.claim, s.kind, string(s.code), s.text, string(s.waitUntil), s.photo, s.who, s.whoName, tx.Now())
	return n, err
}
