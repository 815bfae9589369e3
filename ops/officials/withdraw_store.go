package officials

import (
	"strconv"
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/internal/db"
)

// attr is a part of a roster's row that a list may change.
type attr struct {
	name string
	get  func(*Official) string
	set  func(*Official, string)
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

var attrs = []attr{
	{"position", func(o *Official) string { return o.Position }, func(o *Official, v string) { o.Position = v }},
	{"phone", func(o *Official) string { return string(o.Phone) }, func(o *Official, v string) { o.Phone = people.Number(v) }},
	{"number", func(o *Official) string { return string(o.Number) }, func(o *Official, v string) { o.Number = people.Number(v) }},
	{"birth", func(o *Official) string { return o.Birth }, func(o *Official, v string) { o.Birth = v }},
	{"person", func(o *Official) string { return strconv.FormatInt(o.Person, 10) }, func(o *Official, v string) { o.Person = number(v) }},
	{"office", func(o *Official) string { return strconv.FormatInt(o.Office, 10) }, func(o *Official, v string) { o.Office = number(v) }},
	{"said", func(o *Official) string { return strings.Join(o.Said, ",") }, func(o *Official, v string) {
		if o.Said = nil; v != "" {
			o.Said = strings.Split(v, ",")
		}
	}},
}

// Withdraw takes back what a list said (law F3): its claims on the ledger and of the portals, its changes where nobody changed since, and
// the officials it brought, but for those of whom somebody else has said something since.
func (List) Withdraw(tx *db.Tx, b *intake.Batch) (int64, error) {
	rows, err := claimsOf(tx, b)
	if err != nil {
		return 0, err
	}
	n, err := tx.Exec("UPDATE official_portal SET void_at=$1 WHERE batch_id=$2 AND void_at=''", tx.Now(), b.ID)
	if err != nil {
		return 0, err
	}
	undone, err := undo(tx, b.ID)
	if err != nil {
		return 0, err
	}
	gone, err := tx.Exec(`UPDATE official SET void_at=$1 WHERE batch_id=$2 AND void_at='' AND account_id=0
		AND NOT EXISTS (SELECT 1 FROM credit c WHERE c.official_id = official.id AND c.void_at='')
		AND NOT EXISTS (SELECT 1 FROM official_portal s WHERE s.official_id = official.id AND s.void_at='')
		AND NOT EXISTS (SELECT 1 FROM official_change h WHERE h.official_id = official.id AND h.batch_id <> official.batch_id)`, tx.Now(), b.ID)
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec("UPDATE official SET batch_id=0 WHERE batch_id=$1 AND void_at=''", b.ID); err != nil {
		return 0, err
	}
	return max(rows, n, undone, gone), nil
}

// claimsOf voids the claims of a batch on the ledger.
func claimsOf(tx *db.Tx, b *intake.Batch) (int64, error) {
	var persons []int64
	err := tx.Each("SELECT person_id FROM official WHERE person_id<>0 AND (batch_id=$1 OR id IN (SELECT official_id FROM official_change WHERE batch_id=$1))", []any{b.ID}, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		persons = append(persons, p)
		return err
	})
	if err != nil || len(persons) == 0 {
		return 0, err
	}
	known, err := coverage.EventsOf(tx, persons)
	if err != nil {
		return 0, err
	}
	var events []int64
	for _, list := range known {
		for _, e := range list {
			if e.Batch == b.ID && !e.Void() {
				events = append(events, e.ID)
			}
		}
	}
	return int64(len(events)), coverage.VoidIn(tx, events, "rút danh sách", b.Who)
}

// undo gives back what a batch changed, newest first, where the value is still the batch's.
func undo(tx *db.Tx, batch int64) (int64, error) {
	type change struct {
		official           int64
		attr, was, becomes string
	}
	var list []change
	err := tx.Each("SELECT official_id, attr, was, becomes FROM official_change WHERE batch_id=$1 ORDER BY id DESC", []any{batch}, func(scan func(...any) error) error {
		var c change
		if err := scan(&c.official, &c.attr, &c.was, &c.becomes); err != nil {
			return err
		}
		var err error
		if c.was, err = tx.Keys().Open(c.was); err != nil {
			return err
		}
		c.becomes, err = tx.Keys().Open(c.becomes)
		list = append(list, c)
		return err
	})
	if err != nil {
		return 0, err
	}
	var n int64
	for _, c := range list {
		o, err := roster(tx, "AND id=$1", c.official)
		if err != nil {
			return 0, err
		}
		if len(o) == 0 {
			continue
		}
		for _, a := range attrs {
			if a.name != c.attr || a.get(&o[0]) != c.becomes {
				continue
			}
			a.set(&o[0], c.was)
			if err := update(tx, &o[0]); err != nil {
				return 0, err
			}
			n++
		}
	}
	_, err = tx.Exec("DELETE FROM official_change WHERE batch_id=$1", batch)
	return n, err
}
