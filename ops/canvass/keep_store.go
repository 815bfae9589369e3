package canvass

import (
	"encoding/json"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
)

// KeepVisits keeps many visits at once whose claims are in the ledger already, each with the id of its event; visits that are there
// already are left out (law O2). Units and recording instants are filled in. The viewer needs visit.record where each person lives.
func (b *Book) KeepVisits(tx *db.Tx, who access.Viewer, list []Visit) error {
	p := b.Plan()
	now := clock.ParseStamp(tx.Now())
	persons, ids := make([]int64, len(list)), make([]int64, len(list))
	for i := range list {
		if list[i].ID == 0 {
			list[i].ID = id.New()
		}
		persons[i], ids[i] = list[i].Person, list[i].ID
	}
	known, err := VisitsByID(tx, ids)
	if err != nil {
		return err
	}
	home, err := people.Slim(tx, persons)
	if err != nil {
		return err
	}
	all := map[int64][]Visit{}
	if err := tx.EachIn("SELECT "+visitColumns+" FROM visit WHERE person_id IN (%s)", nil, persons, func(scan func(...any) error) error {
		v, err := scanVisit(scan)
		all[v.Person] = append(all[v.Person], v)
		return err
	}); err != nil {
		return err
	}
	var fresh []*Visit
	for i := range list {
		v := &list[i]
		lives, ok := home[v.Person]
		if _, same := known[v.ID]; same || !ok {
			continue
		}
		if err := who.May("visit.record", lives.Unit); err != nil {
			return err
		}
		if err := v.check(p, now); err != nil {
			return err
		}
		v.Unit, v.Who, v.Recorded = lives.Unit, who.Account, tx.Now()
		fresh = append(fresh, v)
		all[v.Person] = append(all[v.Person], *v)
	}
	if err := putVisits(tx, fresh); err != nil {
		return err
	}
	if err := putContacts(tx, fresh, all); err != nil {
		return err
	}
	for _, v := range fresh {
		tx.Touch(v.Person)
		if v.Result == Moved || v.Result == NotFound {
			if err := b.askFact(tx, who, v, FoldContact(all[v.Person])); err != nil {
				return err
			}
		}
	}
	return nil
}

func putVisits(tx *db.Tx, list []*Visit) error {
	i := 0
	var bad error
	_, err := tx.Bulk("visit", strings.Split(visitColumns+", void_by", ", "), func() ([]any, bool) {
		if i >= len(list) {
			return nil, false
		}
		v := list[i]
		i++
		row, err := visitRow(v)
		if err != nil {
			bad = err
			return nil, false
		}
		return row, true
	})
	if bad != nil {
		return bad
	}
	return err
}

// visitRow spells a visit as its row: visitColumns and void_by.
func visitRow(v *Visit) ([]any, error) {
	claims := ""
	if len(v.Claims) > 0 {
		text, err := json.Marshal(v.Claims)
		if err != nil {
			return nil, err
		}
		claims = string(text)
	}
	helpers := make([]string, len(v.Helpers))
	for i, h := range v.Helpers {
		helpers[i] = strconv.FormatInt(h, 10)
	}
	return []any{v.ID, v.Person, v.Team, v.Member, v.Device, v.Who, v.Unit, v.At, string(v.Day), string(v.Result), v.Reason, string(v.Return), string(v.Part), claims,
		strings.Join(v.Orders, ","), strings.Join(helpers, ","), v.Lang, v.Note, v.SkewMin, v.Recorded, "", "", int64(0)}, nil
}

const contactColumns = "person_id, visit_id, result, reason, day, return_day, part, lang, tries, orders, team_id"

const contactUpdate = `ON CONFLICT (person_id) DO UPDATE SET visit_id=excluded.visit_id, result=excluded.result, reason=excluded.reason, day=excluded.day, return_day=excluded.return_day,
		part=excluded.part, lang=excluded.lang, tries=excluded.tries, orders=excluded.orders, team_id=excluded.team_id`

func contactRow(person int64, c *Contact) []any {
	return []any{person, c.Visit, string(c.Result), c.Reason, string(c.Day), string(c.Return), string(c.Part), c.Lang, c.Tries, c.Orders, c.Team}
}

func putContacts(tx *db.Tx, fresh []*Visit, all map[int64][]Visit) error {
	var values []any
	seen := map[int64]bool{}
	for _, v := range fresh {
		if seen[v.Person] {
			continue
		}
		seen[v.Person] = true
		c := FoldContact(all[v.Person])
		values = append(values, contactRow(v.Person, &c)...)
	}
	return tx.Upsert("contact_now", strings.Split(contactColumns, ", "), contactUpdate, values)
}
