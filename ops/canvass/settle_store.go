package canvass

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Decision is what a person makes of a slip that waits: As is SettledApplied, SettledKnown (Person is whom the slip is about), SettledNew or
// SettledDrop.
type Decision struct {
	Item   int64
	As     string
	Person int64
}

// Candidates reads whom a meeting in the field may have been: who has the number of the card, else who has its name and birth date. The
// viewer needs field.settle where the slip came from.
func (b *Book) Candidates(ctx context.Context, who access.Viewer, item *Item) ([]people.Person, error) {
	if err := who.May("field.settle", item.Unit); err != nil {
		return nil, err
	}
	k, ok := item.Kept()
	if !ok || k.Slip.QR == nil {
		return nil, nil
	}
	var out []people.Person
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		if k.Slip.QR.Number != "" {
			n, err := people.WithNumber(tx, k.Slip.QR.Number)
			if err != nil {
				return err
			}
			if n != 0 {
				found, err := people.Load(tx, []int64{n})
				out = append(out, found[n])
				return err
			}
		}
		list, err := people.Named(tx, k.Slip.QR.Name, k.Slip.QR.Birth)
		for _, p := range list {
			if who.May("people.see", p.Unit) == nil {
				out = append(out, p)
			}
		}
		return err
	})
	return out, err
}

// SettleItem carries out what a person decided of a slip (law O1): it is written as it was sent, for whom they say, or nothing is made of
// it; either way it stays with who decided. A meeting in the field takes the slips that wait for it along. The viewer needs field.settle
// where it came from, and the right to what is written.
func (b *Book) SettleItem(ctx context.Context, who access.Viewer, d Decision) error {
	act := who.Act("field.settle", 0, "slip:"+id.String(d.Item), d.As)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		m, err := ItemsByID(tx, []int64{d.Item})
		if err != nil {
			return err
		}
		x, ok := m[d.Item]
		if !ok {
			return fault.New(fault.Missing, "canvass.item_unknown", "Không tìm thấy phiếu này.")
		}
		act.Unit = x.Unit
		if err := who.May("field.settle", x.Unit); err != nil {
			return err
		}
		if x.State != ItemWaiting {
			return fault.New(fault.Conflict, "canvass.item_settled", "Phiếu này đã được người khác xử lý.")
		}
		switch {
		case d.As == SettledDrop:
			return b.dropItem(tx, who, &x)
		case x.Kind == SlipFound:
			return b.settleFound(tx, who, &x, d)
		case d.As == SettledNew:
			return fault.New(fault.Invalid, "canvass.settle_new", "Chỉ phiếu gặp người ngoài danh sách mới lập được hồ sơ mới.")
		}
		person := x.Person
		if d.As == SettledKnown {
			person = d.Person
		}
		if err := b.applyItem(tx, who, &x, person); err != nil {
			return err
		}
		return Settle(tx, x.ID, d.As, person, who.Account)
	})
}

// dropItem makes nothing of a slip, and of what waits for it.
func (b *Book) dropItem(tx *db.Tx, who access.Viewer, x *Item) error {
	if x.Kind == SlipFound {
		list, err := WaitingFor(tx, x.ID)
		if err != nil {
			return err
		}
		for i := range list {
			if list[i].ID == x.ID {
				continue
			}
			if err := b.dropItem(tx, who, &list[i]); err != nil {
				return err
			}
		}
	}
	if _, err := tx.Exec("DELETE FROM visit_photo WHERE visit_id=$1", x.ID); err != nil {
		return err
	}
	return Settle(tx, x.ID, SettledDrop, 0, who.Account)
}

// settleFound says who was met in the field, and writes the visits that waited for it. One that cannot be written goes on waiting.
func (b *Book) settleFound(tx *db.Tx, who access.Viewer, x *Item, d Decision) error {
	person := d.Person
	if d.As == SettledNew {
		var err error
		if person, err = newFromCard(tx, who, x); err != nil {
			return err
		}
	} else if d.As != SettledKnown {
		return fault.New(fault.Invalid, "canvass.settle_as", "Hãy chọn: là người nào trong danh sách, lập hồ sơ mới, hoặc bỏ phiếu.")
	}
	unit, err := people.UnitOf(tx, person)
	if err != nil {
		return err
	}
	if err := who.May("people.see", unit); err != nil {
		return err
	}
	if err := Settle(tx, x.ID, d.As, person, who.Account); err != nil {
		return err
	}
	list, err := WaitingFor(tx, x.ID)
	if err != nil {
		return err
	}
	for i := range list {
		w := &list[i]
		err := b.applyItem(tx, who, w, person)
		if _, told := fault.As(err); told {
			if _, err := tx.Exec("UPDATE field_item SET person_id=$1 WHERE id=$2", person, w.ID); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		if err := Settle(tx, w.ID, SettledApplied, person, who.Account); err != nil {
			return err
		}
	}
	return nil
}

// newFromCard makes a record of somebody whom no list named, as their card says.
func newFromCard(tx *db.Tx, who access.Viewer, x *Item) (int64, error) {
	if err := who.May("people.correct", x.Unit); err != nil {
		return 0, err
	}
	k, ok := x.Kept()
	if !ok || k.Slip.QR == nil {
		return 0, fault.New(fault.Invalid, "canvass.no_card", "Phiếu không có thông tin của người này.")
	}
	c := k.Slip.QR
	if c.Number != "" {
		if n, err := people.WithNumber(tx, c.Number); err != nil || n != 0 {
			if err != nil {
				return 0, err
			}
			return 0, fault.New(fault.Conflict, "canvass.number_known", "Số định danh này đã có ở một hồ sơ. Hãy chọn hồ sơ đó.")
		}
	}
	said := people.Said{Fresh: true, Who: who.Account, Person: people.Person{Name: c.Name, Number: people.Number(c.Number), OldID: people.Number(c.Old), Birth: c.Birth, Address: c.Address,
		Gender: map[string]string{"m": "male", "f": "female"}[c.Gender], Unit: x.Unit, Source: people.Field, AsOf: x.At, State: people.Live}}
	bk := people.NewBooker(tx, false, func(int64) int64 { return -1 }, func(int64) bool { return true })
	out, err := bk.Book([]people.Said{said})
	if err != nil {
		return 0, err
	}
	if out[0].Person == 0 {
		return 0, fault.New(fault.Conflict, "canvass.new_doubt", "Hồ sơ này giống một hồ sơ đã có. Hãy chọn hồ sơ đó.")
	}
	tx.Touch(out[0].Person)
	return out[0].Person, nil
}

// applyItem writes a slip that waited, of the person that was chosen.
func (b *Book) applyItem(tx *db.Tx, who access.Viewer, x *Item, person int64) error {
	k, ok := x.Kept()
	if !ok {
		return fault.New(fault.Missing, "canvass.item_empty", "Nội dung phiếu không còn.")
	}
	switch x.Kind {
	case SlipVisit:
		v := k.AsVisit(x.ID, x.Device, person, x.At)
		v.late = true
		if err := b.RecordVisit(tx, who, &v); err != nil && !Same(err) {
			return err
		}
		return nil
	case SlipCorrect:
		unit, err := people.UnitOf(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("people.correct", unit); err != nil {
			return err
		}
		tx.Touch(person)
		return people.CorrectIn(tx, person, k.Slip.Attr, k.Slip.Value, who.Account)
	case SlipUndo:
		visit, _ := id.Parse(k.Slip.Visit)
		why := k.Slip.Why
		if why == "" {
			why = "hủy theo phiếu từ điện thoại"
		}
		_, err := b.VoidVisitIn(tx, who, visit, why)
		return err
	}
	return fault.New(fault.Invalid, "canvass.settle_kind", "Phiếu này chỉ bỏ được.")
}
