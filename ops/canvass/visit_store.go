package canvass

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

const visitColumns = "id, person_id, team_id, member_id, device_id, who, unit_id, at, day, result, reason, return_day, part, claims, orders, helpers, lang, note, skew_min, recorded, void_why, void_at"

func visits(tx *db.Tx, where string, args ...any) ([]Visit, error) {
	var out []Visit
	err := tx.Each("SELECT "+visitColumns+" FROM visit WHERE "+where, args, func(scan func(...any) error) error {
		v, err := scanVisit(scan)
		out = append(out, v)
		return err
	})
	return out, err
}

// visitsOf reads the visits of a person and of those who were found to be the same one (law P4).
func visitsOf(tx *db.Tx, person int64) ([]Visit, error) {
	others, err := people.Aliases(tx, []int64{person})
	if err != nil {
		return nil, err
	}
	var out []Visit
	err = tx.EachIn("SELECT "+visitColumns+" FROM visit WHERE person_id IN (%s)", nil, append([]int64{person}, others[person]...), func(scan func(...any) error) error {
		v, err := scanVisit(scan)
		out = append(out, v)
		return err
	})
	return out, err
}

func scanVisit(scan func(...any) error) (Visit, error) {
	var v Visit
	var day, ret, claims, orders, helpers string
	err := scan(&v.ID, &v.Person, &v.Team, &v.Member, &v.Device, &v.Who, &v.Unit, &v.At, &day, &v.Result, &v.Reason, &ret, &v.Part, &claims, &orders, &helpers, &v.Lang, &v.Note,
		&v.SkewMin, &v.Recorded, &v.VoidWhy, &v.VoidAt)
	if err != nil {
		return v, err
	}
	v.Day, v.Return = clock.Day(day), clock.Day(ret)
	if orders != "" {
		v.Orders = strings.Split(orders, ",")
	}
	for _, h := range strings.Split(helpers, ",") {
		if n, err := strconv.ParseInt(h, 10, 64); err == nil {
			v.Helpers = append(v.Helpers, n)
		}
	}
	if claims != "" {
		err = json.Unmarshal([]byte(claims), &v.Claims)
	}
	return v, err
}

// Same tells that a visit was there already: pushing twice is pushing once (law O2).
func Same(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Code == sameVisit
}

const sameVisit = "canvass.visit_same"

// RecordVisit keeps a visit inside a transaction: its claims of all coverages at level claimed (law C2), its orders, and where the person
// stands at the door. Who moved away, or was twice not found, is asked to be approved as such (law W2). A visit that is there already
// changes nothing: Same(err). The viewer needs visit.record where the person lives.
func (b *Book) RecordVisit(tx *db.Tx, who access.Viewer, v *Visit) error {
	if v.ID == 0 {
		v.ID = id.New()
	}
	if v.At == "" {
		v.At = tx.Now()
	}
	unit, err := people.UnitOf(tx, v.Person)
	if err != nil {
		return err
	}
	if err := who.May("visit.record", unit); err != nil {
		return err
	}
	p := b.Plan()
	if err := v.check(p, clock.ParseStamp(tx.Now())); err != nil {
		return err
	}
	before, err := visitsOf(tx, v.Person)
	if err != nil {
		return err
	}
	for _, w := range before {
		if w.ID == v.ID {
			return fault.New(fault.Conflict, sameVisit, "Phiếu này đã được ghi.")
		}
	}
	v.Unit, v.Who, v.Recorded = unit, who.Account, tx.Now()
	claims := make([]coverage.Claim, len(v.Claims))
	for i := range v.Claims {
		if v.Claims[i].ID == 0 {
			v.Claims[i].ID = id.New()
		}
		c := v.Claims[i]
		claims[i] = coverage.Claim{ID: c.ID, Person: v.Person, Coverage: c.Coverage, State: c.State, AsOf: v.At, Team: v.Team, Evidence: "đến nhà"}
	}
	if err := coverage.ClaimIn(tx, p, who, claims); err != nil {
		return err
	}
	if err := insertVisit(tx, v); err != nil {
		return err
	}
	if len(v.Orders) > 0 && b.Ordered != nil {
		if err := b.Ordered(tx, who, v); err != nil {
			return err
		}
	}
	tx.Touch(v.Person)
	c := FoldContact(append(before, *v))
	if err := keepContact(tx, v.Person, c); err != nil {
		return err
	}
	return b.askFact(tx, who, v, c)
}

func insertVisit(tx *db.Tx, v *Visit) error {
	row, err := visitRow(v)
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO visit("+visitColumns+", void_by) VALUES ("+tx.In(len(row), 1)+")", row...)
	return err
}

func keepContact(tx *db.Tx, person int64, c Contact) error {
	if c.Tries == 0 {
		_, err := tx.Exec("DELETE FROM contact_now WHERE person_id=$1", person)
		return err
	}
	return tx.Upsert("contact_now", strings.Split(contactColumns, ", "), contactUpdate, contactRow(person, &c))
}

// unfound is how many visits must miss somebody before absence is asked to be approved.
const unfound = 2

// askFact asks for what a visit found of somebody's whereabouts to be approved by another person (law W2); once, and only where the plan
// knows such a fact.
func (b *Book) askFact(tx *db.Tx, who access.Viewer, v *Visit, c Contact) error {
	kind := ""
	switch {
	case v.Result == Moved:
		kind = "moved"
	case v.Result == NotFound && c.Result == NotFound && c.Tries >= unfound:
		kind = "absent"
	}
	p := b.Plan()
	if kind == "" || p.Fact(kind) == nil {
		return nil
	}
	facts, err := people.FactsOf(tx, []int64{v.Person})
	if err != nil {
		return err
	}
	for _, f := range facts[v.Person] {
		if f.Kind == kind && (f.State == people.Asked || f.In(v.Day)) {
			return nil
		}
	}
	evidence := "Tổ đến nhà ngày " + v.Day.Vi() + ": " + vn.LowerFirst(ResultTitle(v.Result))
	if v.Reason != "" {
		evidence += " (" + vn.LowerFirst(p.Canvass.ReasonTitle(v.Reason)) + ")"
	}
	return people.AddFact(tx, &people.Fact{Person: v.Person, Kind: kind, From: v.Day, Evidence: evidence, Source: people.Field, AsOf: v.At, AskedBy: who.Account, State: people.Asked}, 0)
}

// Record keeps one visit with its act. The viewer needs visit.record where the person lives.
func (b *Book) Record(ctx context.Context, who access.Viewer, v Visit) (int64, error) {
	if v.ID == 0 {
		v.ID = id.New()
	}
	act := who.Act("visit.record", 0, "person:"+id.String(v.Person), string(v.Result))
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		w := v
		w.Claims = append([]Claimed(nil), v.Claims...)
		err := b.RecordVisit(tx, who, &w)
		act.Unit = w.Unit
		return err
	})
	if Same(err) {
		return v.ID, nil
	}
	return v.ID, err
}

// VoidVisitIn takes a visit back with its claims inside a transaction; one that is void already stays so. The viewer needs visit.record
// where the person lives.
func (b *Book) VoidVisitIn(tx *db.Tx, who access.Viewer, visit int64, why string) (unit int64, err error) {
	list, err := visits(tx, "id=$1", visit)
	if err != nil {
		return 0, err
	}
	if len(list) == 0 {
		return 0, fault.New(fault.Missing, "canvass.visit_unknown", "Không tìm thấy phiếu này.")
	}
	v := list[0]
	kept, err := people.Kept(tx, []int64{v.Person})
	if err != nil {
		return 0, err
	}
	person := cmp.Or(kept[v.Person], v.Person)
	if unit, err = people.UnitOf(tx, person); err != nil {
		return 0, err
	}
	if err := who.May("visit.record", unit); err != nil {
		return unit, err
	}
	if v.VoidAt != "" {
		return unit, nil
	}
	if _, err := tx.Exec("UPDATE visit SET void_why=$1, void_by=$2, void_at=$3 WHERE id=$4", why, who.Account, tx.Now(), visit); err != nil {
		return unit, err
	}
	events := make([]int64, len(v.Claims))
	for i, c := range v.Claims {
		events[i] = c.ID
	}
	if err := coverage.VoidIn(tx, events, why, who.Account); err != nil {
		return unit, err
	}
	if len(v.Orders) > 0 && b.Unordered != nil {
		if err := b.Unordered(tx, who, visit); err != nil {
			return unit, err
		}
	}
	tx.Touch(person)
	all, err := visitsOf(tx, person)
	if err != nil {
		return unit, err
	}
	return unit, keepContact(tx, person, FoldContact(all))
}

// VoidVisit takes a visit back and says why (law C4).
func (b *Book) VoidVisit(ctx context.Context, who access.Viewer, visit int64, why string) error {
	why = strings.TrimSpace(vn.NFC(why))
	if why == "" || len(why) > maxNote {
		return fault.New(fault.Invalid, "canvass.why", "Hãy ghi lý do hủy phiếu (tối đa 1.000 ký tự).").On("why")
	}
	act := who.Act("visit.record", 0, "visit:"+id.String(visit), "hủy phiếu")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		unit, err := b.VoidVisitIn(tx, who, visit, why)
		act.Unit = unit
		return err
	})
}

// Visits reads a person's visits, newest first, void ones too. The viewer needs field.see where the person lives.
func (b *Book) Visits(ctx context.Context, who access.Viewer, person int64) ([]Visit, error) {
	var out []Visit
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		unit, err := people.UnitOf(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("field.see", unit); err != nil {
			return err
		}
		out, err = visitsOf(tx, person)
		slices.SortFunc(out, func(a, b Visit) int { return cmp.Or(strings.Compare(b.At, a.At), cmp.Compare(b.ID, a.ID)) })
		return err
	})
	return out, err
}

// VisitsByID reads visits by their ids; those that are not there are left out. The caller has asked for the right.
func VisitsByID(tx *db.Tx, ids []int64) (map[int64]Visit, error) {
	out := make(map[int64]Visit, len(ids))
	err := tx.EachIn("SELECT "+visitColumns+" FROM visit WHERE id IN (%s)", nil, ids, func(scan func(...any) error) error {
		v, err := scanVisit(scan)
		out[v.ID] = v
		return err
	})
	return out, err
}

// VisitsWithOrders reads the visits in force that took down orders, oldest first. The caller has asked for the right.
func VisitsWithOrders(tx *db.Tx) ([]Visit, error) {
	return visits(tx, "orders<>'' AND void_at='' ORDER BY at, id")
}

const contactText = "SELECT person_id, visit_id, result, reason, day, return_day, part, lang, tries, orders, team_id FROM contact_now"

func contactInto(out map[int64]Contact) func(scan func(...any) error) error {
	return func(scan func(...any) error) error {
		var c Contact
		var day, ret string
		err := scan(&c.Person, &c.Visit, &c.Result, &c.Reason, &day, &ret, &c.Part, &c.Lang, &c.Tries, &c.Orders, &c.Team)
		c.Day, c.Return = clock.Day(day), clock.Day(ret)
		out[c.Person] = c
		return err
	}
}

// ContactsOf reads where persons stand at the door; whom nobody visited is left out.
func ContactsOf(tx *db.Tx, persons []int64) (map[int64]Contact, error) {
	out := make(map[int64]Contact, len(persons))
	return out, tx.EachIn(contactText+" WHERE person_id IN (%s)", nil, persons, contactInto(out))
}

// AllContacts reads where everybody stands whom somebody visited. The caller has asked for the right.
func AllContacts(tx *db.Tx) (map[int64]Contact, error) {
	out := map[int64]Contact{}
	return out, tx.Each(contactText, nil, contactInto(out))
}

// VisitCount is how many visits a member of a team made on a day; Last is the instant at which the server had the newest.
type VisitCount struct {
	Team, Member int64
	Visits       int64
	Last         string
}

// VisitsOn counts the visits of these teams on a day by member, void ones left out. Member 0 is the desk.
func VisitsOn(tx *db.Tx, teams []int64, day clock.Day) ([]VisitCount, error) {
	var out []VisitCount
	err := tx.EachIn("SELECT team_id, member_id, CAST(count(*) AS BIGINT), max(recorded) FROM visit WHERE day=$1 AND void_at='' AND team_id IN (%s) GROUP BY team_id, member_id ORDER BY team_id, member_id", []any{string(day)}, teams, func(scan func(...any) error) error {
		var c VisitCount
		err := scan(&c.Team, &c.Member, &c.Visits, &c.Last)
		out = append(out, c)
		return err
	})
	return out, err
}
