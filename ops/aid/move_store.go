package aid

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Move is what is said of an order. Day "" is today. Received and Serial belong to a hand-over; Note says why for the ends.
type Move struct {
	To       State
	Day      clock.Day
	Received string // Self or Relative
	Serial   string // any part of it: only its last characters are kept
	Note     string
}

// gives tells whether a step gives the thing: what falls from stock and gets a receipt.
func (b *Book) gives(o *Order, to State) bool {
	item := b.Plan().Aid.Item(o.Kind)
	return to == Handed || to == Installed && item != nil && item.Handed == ""
}

func (b *Book) dayOf(tx *db.Tx, day, since clock.Day) (clock.Day, error) {
	if day == "" {
		return tx.Today(), nil
	}
	d, err := clock.ParseDay(string(day))
	switch {
	case err != nil:
		return "", fault.New(fault.Invalid, "aid.day", "Ngày không đúng. Hãy ghi dạng 20/5/2024.").On("day")
	case d > tx.Today():
		return "", fault.New(fault.Invalid, "aid.day_ahead", "Ngày %s chưa đến.", d.Vi()).On("day")
	case d < since:
		return "", fault.New(fault.Invalid, "aid.day_before", "Ngày %s sớm hơn bước trước của đơn (%s).", d.Vi(), since.Vi()).On("day")
	}
	return d, nil
}

// move checks everything of one step before it writes anything, so that one bad row of many leaves no trace.
func (b *Book) move(tx *db.Tx, who access.Viewer, s sight, o *Order, m Move) error {
	var err error
	if m.To == Cancelled {
		err = mayTake(s, who, o)
	} else {
		err = s.mayFulfil(who, o)
	}
	if err != nil {
		return err
	}
	p := b.Plan()
	item := p.Aid.Item(o.Kind)
	if err := mayMove(item, o.State, m.To); err != nil {
		return err
	}
	if o.Office == 0 && m.To != Cancelled {
		return fault.New(fault.Conflict, "aid.no_office", "Đơn này chưa chọn nhà mạng. Hãy chọn nhà mạng trước.").On("office")
	}
	day, err := b.dayOf(tx, m.Day, o.Since)
	if err != nil {
		return err
	}
	note, err := noteOf(m.Note, "note")
	if err != nil {
		return err
	}
	if m.To.Ended() && note == "" {
		return fault.New(fault.Invalid, "aid.why", "Hãy ghi lý do.").On("note")
	}
	step := &Step{State: m.To, Day: day, Note: note, Who: who.Account, WhoName: who.Name}
	if b.gives(o, m.To) {
		if m.Received == "" {
			m.Received = Self
		}
		if m.Received != Self && m.Received != Relative {
			return fault.New(fault.Invalid, "aid.received", "Hãy ghi ai nhận: chính chủ hay người thân.").On("received")
		}
		if o.StockUnit, err = take(tx, o); err != nil {
			return err
		}
		o.Receipt, o.Received, o.Serial = newReceipt(), m.Received, tailOf(m.Serial)
	}
	if state := item.Claims(string(m.To)); state != "" {
		if step.Event, err = b.claim(tx, who, o, item.Coverage, state, day); err != nil {
			return err
		}
	}
	return putStep(tx, o, step)
}

// claim writes what was given into the ledger at level claimed: only an extract confirms it (law C2).
func (b *Book) claim(tx *db.Tx, who access.Viewer, o *Order, cov, state string, day clock.Day) (int64, error) {
	kept, err := people.Kept(tx, []int64{o.Person})
	if err != nil {
		return 0, err
	}
	person := o.Person
	if k := kept[person]; k != 0 {
		person = k
	}
	at := tx.Now()
	if day < tx.Today() {
		at = clock.Stamp(day.Time().Add(12 * 3600e9))
	}
	n := id.New()
	tx.Touch(person)
	return n, coverage.ClaimIn(tx, b.Plan(), who, []coverage.Claim{{ID: n, Person: person, Coverage: cov, State: state, AsOf: at, Team: o.Team, Evidence: "nhà mạng giao theo đơn đăng ký"}})
}

// take takes one piece of an order's offer from the nearest place that has one, the commune before the district; 0 for an offer without a
// bound.
func take(tx *db.Tx, o *Order) (int64, error) {
	if o.Offer == 0 {
		return 0, nil
	}
	f, err := offerAt(tx, o.Offer)
	if err != nil || len(f.Stock) == 0 {
		return 0, err
	}
	tree, err := territory.Load(tx)
	if err != nil {
		return 0, err
	}
	for _, u := range tree.Ancestors(o.Unit) {
		n, err := tx.Exec("UPDATE aid_stock SET n=n-1 WHERE offer_id=$1 AND unit_id=$2 AND n>0", o.Offer, u.ID)
		if err != nil || n > 0 {
			return u.ID, err
		}
	}
	return 0, fault.New(fault.Conflict, "aid.no_stock", "Ưu đãi “%s” không còn hàng cho %s. Hãy bổ sung số lượng rồi giao.", f.Title, tree.FullName(o.Unit)).On("to")
}

// putBack returns a piece to where it was taken from.
func putBack(tx *db.Tx, o *Order) error {
	if o.StockUnit == 0 {
		return nil
	}
	_, err := tx.Exec("UPDATE aid_stock SET n=n+1 WHERE offer_id=$1 AND unit_id=$2", o.Offer, o.StockUnit)
	o.StockUnit = 0
	return err
}

// Advance moves one order on (KH:III.1.b). The operator of the order, or who oversees it, needs aid.fulfil; a citizen's own cancelling
// needs aid.order.
func (b *Book) Advance(ctx context.Context, who access.Viewer, order int64, m Move) error {
	act := who.Act("aid.fulfil", 0, "order:"+id.String(order), string(m.To))
	if m.To == Cancelled {
		act.Verb = "aid.order"
	}
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, err := orderAt(tx, order)
		if err != nil {
			return err
		}
		act.Unit = o.Unit
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		return b.move(tx, who, s, &o, m)
	})
}

// Undo takes back the last step that a person set, with its claim and its piece of stock, and says why (law C4). What an extract shows is
// not taken back by hand.
func (b *Book) Undo(ctx context.Context, who access.Viewer, order int64, why string) error {
	act := who.Act("aid.fulfil", 0, "order:"+id.String(order), "rút bước")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, err := orderAt(tx, order)
		if err != nil {
			return err
		}
		act.Unit = o.Unit
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		if o.State == Cancelled {
			err = mayTake(s, who, &o)
		} else {
			err = s.mayFulfil(who, &o)
		}
		if err != nil {
			return err
		}
		if why, err = noteOf(why, "why"); err != nil {
			return err
		}
		if why == "" {
			return fault.New(fault.Invalid, "aid.undo_why", "Hãy ghi vì sao rút bước này.").On("why")
		}
		all, err := stepsOf(tx, []int64{order})
		if err != nil {
			return err
		}
		return b.undo(tx, who, &o, all[order], why)
	})
}

func (b *Book) undo(tx *db.Tx, who access.Viewer, o *Order, steps []Step, why string) error {
	var live []Step
	for _, x := range steps {
		if x.VoidAt == "" {
			live = append(live, x)
		}
	}
	last := live[len(live)-1]
	switch {
	case last.Extract:
		return fault.New(fault.Conflict, "aid.undo_extract", "Bản trích xuất đã xác nhận đơn này nên không rút bằng tay được.")
	case len(live) > 1 && last.State == Asked:
		return fault.New(fault.Conflict, "aid.undo_given", "Đơn vừa chuyển sang nhà mạng khác. Muốn đổi lại, hãy chọn lại nhà mạng.")
	case len(live) < 2:
		return fault.New(fault.Conflict, "aid.undo_first", "Đơn mới ở bước đăng ký. Nếu người dân không cần nữa, hãy hủy đơn.")
	}
	if last.State.Ended() {
		list, err := of(tx, o.Person)
		if err != nil {
			return err
		}
		if x := openOf(list, o.Kind, o.ID); x != nil {
			return already(x)
		}
	}
	if last.Event != 0 {
		if err := coverage.VoidIn(tx, []int64{last.Event}, why, who.Account); err != nil {
			return err
		}
		tx.Touch(o.Person)
	}
	if b.gives(o, last.State) {
		if err := putBack(tx, o); err != nil {
			return err
		}
		o.Receipt, o.Received, o.Serial = "", "", ""
	}
	if _, err := tx.Exec("UPDATE aid_step SET void_at=$1, void_why=$2 WHERE id=$3", tx.Now(), why, last.ID); err != nil {
		return err
	}
	before := live[len(live)-2]
	o.State, o.Since, o.Denied = before.State, before.Day, ""
	return keepOrder(tx, o)
}
