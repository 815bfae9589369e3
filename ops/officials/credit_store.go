package officials

import (
	"context"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// credits reads credits by official, oldest first, with their states as of a day; void ones only when asked for.
func (b *Book) credits(tx *db.Tx, ids []int64, void bool, on clock.Day) (map[int64][]Credit, error) {
	var all []Credit
	q := "SELECT id, official_id, person_id, what, day, at, void_why, void_at FROM credit WHERE official_id IN (%s)"
	if !void {
		q += " AND void_at=''"
	}
	err := tx.EachIn(q+" ORDER BY at, id", nil, ids, func(scan func(...any) error) error {
		var c Credit
		var day, at string
		err := scan(&c.ID, &c.Official, &c.Person, &c.What, &day, &c.At, &c.Void, &at)
		if c.Day = clock.Day(day); at != "" {
			c.State = Undone
		}
		if c.Day <= on {
			all = append(all, c)
		}
		return err
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	slices.SortStableFunc(all, func(x, y Credit) int { return strings.Compare(x.At, y.At) })
	if err := b.judge(tx, all, on); err != nil {
		return nil, err
	}
	out := map[int64][]Credit{}
	for _, c := range all {
		out[c.Official] = append(out[c.Official], c)
	}
	return out, nil
}

// judge fills the states of credits, which come oldest first, as of a day.
func (b *Book) judge(tx *db.Tx, list []Credit, on clock.Day) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].Person
	}
	to, err := people.Kept(tx, ids)
	if err != nil {
		return err
	}
	for i := range ids {
		ids[i] = to[ids[i]]
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	events, err := coverage.ConfirmedOf(tx, ids, on)
	if err != nil {
		return err
	}
	older, err := firstCredits(tx, list, to)
	if err != nil {
		return err
	}
	p := b.Plan()
	for i := range list {
		c := &list[i]
		kept := to[c.Person]
		switch {
		case c.State == Undone:
		case older[kept] != c.ID:
			c.State = Twice
		default:
			c.State = StateOf(p, c.What, c.Day, events[kept])
		}
	}
	return nil
}

// firstCredits gives for each citizen the oldest standing credit, over all records merged into them: two records that became one are
// credited once (KH:IV.1.d, law P4).
func firstCredits(tx *db.Tx, list []Credit, to map[int64]int64) (map[int64]int64, error) {
	type mark struct {
		at string
		id int64
	}
	best := map[int64]mark{}
	take := func(person, credit int64, at string) {
		if m, ok := best[person]; !ok || at < m.at || at == m.at && credit < m.id {
			best[person] = mark{at, credit}
		}
	}
	var kept []int64
	for _, c := range list {
		if c.State != Undone {
			take(to[c.Person], c.ID, c.At)
		}
		kept = append(kept, to[c.Person])
	}
	aliases, err := people.Aliases(tx, kept)
	if err != nil {
		return nil, err
	}
	var others []int64
	owner := map[int64]int64{}
	for k, gone := range aliases {
		for _, g := range append(gone, k) {
			owner[g], others = k, append(others, g)
		}
	}
	err = tx.EachIn("SELECT id, person_id, at FROM credit WHERE void_at='' AND person_id IN (%s)", nil, others, func(scan func(...any) error) error {
		var credit, person int64
		var at string
		err := scan(&credit, &person, &at)
		take(owner[person], credit, at)
		return err
	})
	out := make(map[int64]int64, len(best))
	for person, m := range best {
		out[person] = m.id
	}
	return out, err
}

// own finds the roster's row of whoever is signed in.
func own(tx *db.Tx, who access.Viewer) (*Official, error) {
	if who.Account != 0 {
		list, err := roster(tx, "AND account_id=$1", who.Account)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			return &list[0], nil
		}
	}
	return nil, fault.New(fault.Missing, "officials.no_row", "Tài khoản của bạn chưa gắn với ai trong danh sách cán bộ. Hãy nhờ người quản lý danh sách của cơ quan gắn giúp.")
}

// Credit records a citizen whom the signed-in official guided: once for each citizen, whoever records it; not oneself; not who was
// confirmed before (KH:IV.1.d). Whose list a citizen is in already is not told.
func (b *Book) Credit(ctx context.Context, who access.Viewer, a Ask) error {
	if !who.MayAnywhere("officials.credit") {
		return who.May("officials.credit", 0)
	}
	act := who.Act("officials.credit", 0, "", a.What)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, err := own(tx, who)
		if err != nil {
			return err
		}
		if act.Unit, err = unitOfOffice(tx, o.Office); err != nil {
			return err
		}
		act.Object = "official:" + id.String(o.ID)
		return b.credit(tx, who, o, a)
	})
}

// CreditFor is Credit for an official who has no account, recorded inside a transaction by whoever keeps the roster there
// (officials.manage).
func (b *Book) CreditFor(tx *db.Tx, who access.Viewer, official int64, a Ask) error {
	o, err := one(tx, official)
	if err != nil {
		return err
	}
	unit, err := unitOfOffice(tx, o.Office)
	if err != nil {
		return err
	}
	if err := who.May("officials.manage", unit); err != nil {
		return err
	}
	return b.credit(tx, who, o, a)
}

// credit checks and keeps one credit of an official.
func (b *Book) credit(tx *db.Tx, who access.Viewer, o *Official, a Ask) error {
	p := b.Plan()
	if err := a.read(tx.Today(), p.From); err != nil {
		return err
	}
	if !o.In(tx.Today()) {
		return fault.New(fault.Conflict, "officials.left", "Danh sách ghi người này đã rời cơ quan nên không ghi thêm được.")
	}
	person, err := people.WithNumber(tx, a.Number)
	if err != nil {
		return err
	}
	known, err := people.Load(tx, []int64{person})
	if err != nil {
		return err
	}
	if k := known[person]; person == 0 || vn.Fold(k.Name) != vn.Fold(a.Name) {
		return fault.New(fault.Missing, "officials.credit_unknown", "Không tìm thấy người có đúng số định danh và họ tên này trong sổ dân cư của huyện. Xem lại thẻ; nếu người dân mới đến, báo Công an xã.").On("number")
	}
	if person == o.Person || string(o.Number) == a.Number {
		return fault.New(fault.Invalid, "officials.credit_self", "Chỉ tiêu này là hướng dẫn người khác; không ghi chính mình.").On("number")
	}
	c := Credit{ID: id.New(), Official: o.ID, Person: person, What: a.What, Day: a.Day, At: tx.Now()}
	older, err := firstCredits(tx, []Credit{c}, map[int64]int64{person: person})
	if err != nil {
		return err
	}
	var taken int
	if err := tx.QueryRow("SELECT count(*) FROM credit WHERE person_id=$1 AND void_at=''", person).Scan(&taken); err != nil {
		return err
	}
	if taken > 0 || older[person] != c.ID {
		return creditTaken()
	}
	events, err := coverage.EventsOf(tx, []int64{person})
	if err != nil {
		return err
	}
	if StateOf(p, a.What, a.Day, events[person]) == Before {
		return fault.New(fault.Conflict, "officials.credit_before", "Người này đã kích hoạt (hoặc đã có SIM kèm chữ ký số) từ trước ngày %s nên không tính vào chỉ tiêu.", a.Day.Vi()).On("number")
	}
	_, err = tx.Exec("INSERT INTO credit(id, official_id, person_id, what, day, at, consent, who, void_why, void_by, void_at) VALUES ("+tx.In(11, 1)+")",
		c.ID, o.ID, person, a.What, string(a.Day), c.At, a.Consent, who.Account, "", int64(0), "")
	if db.IsDuplicate(err) { // somebody else was a moment faster
		return creditTaken()
	}
	return err
}

// creditTaken does not tell whose list the citizen is in.
func creditTaken() error {
	return fault.New(fault.Conflict, "officials.credit_taken", "Người này đã được một cán bộ khác (hoặc chính bạn) ghi trước đó; mỗi người dân chỉ tính một lần.").On("number")
}

// VoidCredit takes a credit back: the official's own, or any by whoever keeps the roster there.
func (b *Book) VoidCredit(ctx context.Context, who access.Viewer, credit int64, why string) error {
	if !who.MayAnywhere("officials.credit") && !who.MayAnywhere("officials.manage") {
		return who.May("officials.credit", 0)
	}
	if why = strings.TrimSpace(vn.NFC(why)); why == "" || len(why) > 500 {
		return fault.New(fault.Invalid, "officials.void_why", "Hãy ghi vì sao hủy lượt ghi này.").On("why")
	}
	act := who.Act("officials.credit", 0, "credit:"+id.String(credit), "hủy")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		var official int64
		gone := fault.New(fault.Missing, "officials.credit_gone", "Không tìm thấy lượt ghi này hoặc đã hủy.")
		if err := tx.QueryRow("SELECT official_id FROM credit WHERE id=$1 AND void_at=''", credit).Scan(&official); err != nil {
			return gone
		}
		o, err := one(tx, official)
		if err != nil {
			return err
		}
		if act.Unit, err = unitOfOffice(tx, o.Office); err != nil {
			return err
		}
		if o.Account != who.Account || who.Account == 0 {
			if who.May("officials.manage", act.Unit) != nil {
				return gone // not told whose it is
			}
		}
		_, err = tx.Exec("UPDATE credit SET void_why=$1, void_by=$2, void_at=$3 WHERE id=$4 AND void_at=''", why, who.Account, tx.Now(), credit)
		return err
	})
}

// unitOfOffice gives the unit an agency hangs on.
func unitOfOffice(tx *db.Tx, office int64) (int64, error) {
	o, err := officeAt(tx, office)
	return o.Unit, err
}

func officeAt(tx *db.Tx, office int64) (territory.Office, error) {
	list, err := territory.Offices(tx)
	if err != nil {
		return territory.Office{}, err
	}
	for _, o := range list {
		if o.ID == office {
			return o, nil
		}
	}
	return territory.Office{}, fault.New(fault.Missing, "officials.office_unknown", "Không tìm thấy cơ quan này. Hãy mở lại danh sách cơ quan.")
}
