package dossier

import (
	"database/sql"
	"errors"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/internal/db"
)

// Follow lets the extracts move dossiers on (KH:III.3.d, KH:IV.2.d): before a commit it is handed the persons touched with all their
// events, void ones too. A state that the extracts no longer show, because their batch was withdrawn, is taken back. Where there is no
// dossier at all, it costs one look into an empty table; else one query for all persons.
func (b *Book) Follow(tx *db.Tx, persons []int64, events map[int64][]coverage.Event) error {
	p := b.Plan()
	if p == nil || len(persons) == 0 {
		return nil
	}
	var one int64
	err := tx.QueryRow("SELECT id FROM dossier LIMIT 1").Scan(&one)
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
	list, err := dossiersIn(tx, "person_id", all)
	if err != nil || len(list) == 0 {
		return err
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	steps, err := stepsOf(tx, ids)
	if err != nil {
		return err
	}
	var changes []*change
	for i := range list {
		d := &list[i]
		person := d.Person
		if kept, ok := owner[person]; ok {
			person = kept
		}
		want := Shown(p, d.Kind, d.Day, events[person])
		if d.State == Cancelled || d.Followed != 0 {
			want = nil
		}
		if c := tell(d, steps[d.ID], want); c != nil {
			changes = append(changes, c)
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return write(tx, changes)
}

// tell compares the extracts' steps of a dossier with what the extracts show now; nil when nothing changes.
func tell(d *Dossier, steps []Step, want map[State]coverage.Event) *change {
	c := &change{d: d, steps: steps, voidWhy: "bản trích xuất không còn cho thấy"}
	have := map[State]bool{}
	for i := range steps {
		s := &steps[i]
		if !s.Extract || s.VoidAt != "" {
			continue
		}
		if e, ok := want[s.State]; ok && e.ID == s.Event && e.Day == s.Day {
			have[s.State] = true
		} else {
			c.voided = append(c.voided, s.ID)
		}
	}
	for _, state := range shown[d.Kind] {
		if e, ok := want[state]; ok && !have[state] {
			c.added = append(c.added, Step{State: state, Day: e.Day, Extract: true, Event: e.ID, WhoName: "bản trích xuất"})
		}
	}
	if len(c.added) == 0 && len(c.voided) == 0 {
		return nil
	}
	return c
}
