package aid

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// twice tells that a person has an open order of the kind already.
const twice = "aid.twice"

// Twice tells that an order was refused because the person has one of its kind.
func Twice(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Code == twice
}

// of reads a person's orders, those of records merged into the person too (law P4).
func of(tx *db.Tx, person int64) ([]Order, error) {
	others, err := people.Aliases(tx, []int64{person})
	if err != nil {
		return nil, err
	}
	return ordersIn(tx, "person_id", append([]int64{person}, others[person]...))
}

// openOf finds the open order of a kind among orders; nil when there is none.
func openOf(list []Order, kind string, but int64) *Order {
	for i := range list {
		if list[i].Kind == kind && list[i].State.Open() && list[i].ID != but {
			return &list[i]
		}
	}
	return nil
}

func already(have *Order) error {
	return fault.New(fault.Conflict, twice, "Người này đã có đơn loại này, đăng ký ngày %s, đang ở chặng “%s”.", have.Day.Vi(), Title(have.State)).On("kind")
}

// chosen fills in the operator and the price from the offer, and refuses an offer that cannot be ordered today.
func chosen(tx *db.Tx, o *Order) error {
	if o.Offer != 0 {
		f, err := offerAt(tx, o.Offer)
		if err != nil {
			return err
		}
		switch {
		case !f.In(tx.Today()):
			return fault.New(fault.Conflict, "aid.offer_over", "Ưu đãi này không còn hiệu lực. Hãy chọn ưu đãi khác.").On("offer")
		case f.Kind != o.Kind:
			return fault.New(fault.Invalid, "aid.offer_kind", "Ưu đãi này không thuộc loại đơn đang đăng ký.").On("offer")
		case o.Office != 0 && o.Office != f.Office:
			return fault.New(fault.Invalid, "aid.offer_office", "Ưu đãi này không phải của nhà mạng đã chọn.").On("offer")
		}
		o.Office, o.Price = f.Office, f.Price
		return nil
	}
	o.Price = 0
	if o.Office == 0 {
		return nil
	}
	ok, err := isOperator(tx, o.Office)
	if err == nil && !ok {
		err = fault.New(fault.Invalid, "aid.office", "Hãy chọn nhà mạng.").On("office")
	}
	return err
}

// OrderIn takes an order inside a transaction (KH:III.2.c); one of that ID that is there already stays as it is (law O2). Without the
// citizen's consent there is no order, and one who has an open order of the kind gets no second (Twice). The viewer needs aid.order where
// the person lives.
func (b *Book) OrderIn(tx *db.Tx, who access.Viewer, o *Order) error {
	unit, err := people.UnitOf(tx, o.Person)
	if err != nil {
		return err
	}
	if err := who.May("aid.order", unit); err != nil {
		return err
	}
	switch {
	case b.Plan().Aid.Item(o.Kind) == nil:
		return fault.New(fault.Invalid, "aid.kind", "Hãy chọn loại đơn đăng ký.").On("kind")
	case o.ConsentName == "" || o.ConsentAt == "":
		return fault.New(fault.Invalid, "aid.consent", "Chưa có đồng ý của người dân: phải hỏi trước khi chuyển thông tin cho nhà mạng.").On("consent")
	}
	if o.ID == 0 {
		o.ID = id.New()
	}
	if o.ConsentAt > tx.Now() {
		o.ConsentAt = tx.Now()
	}
	have, err := of(tx, o.Person)
	if err != nil {
		return err
	}
	for i := range have {
		if have[i].ID == o.ID {
			return nil
		}
	}
	if x := openOf(have, o.Kind, o.ID); x != nil {
		return already(x)
	}
	if err := chosen(tx, o); err != nil {
		return err
	}
	if o.Source == "" {
		o.Source = FromDesk
	}
	if o.Day == "" || o.Day > tx.Today() {
		o.Day = tx.Today()
	}
	o.Unit, o.State, o.Since, o.Who, o.WhoName, o.At = unit, Asked, o.Day, who.Account, who.Name, tx.Now()
	if err := insertOrder(tx, o); err != nil {
		return err
	}
	return putStep(tx, o, &Step{State: Asked, Day: o.Day, Who: who.Account, WhoName: who.Name})
}

func insertOrder(tx *db.Tx, o *Order) error {
	_, err := tx.Exec("INSERT INTO aid_order("+orderColumns+") VALUES ("+tx.In(23, 1)+")", o.ID, o.Person, o.Unit, o.Kind, o.Offer, o.Office, o.Price, o.ConsentName, o.ConsentAt, o.Source, o.Visit, o.Team,
		string(o.State), string(o.Since), string(o.Day), o.Receipt, o.Received, o.Serial, o.StockUnit, string(o.Denied), o.Who, o.WhoName, o.At)
	return err
}

// Order takes an order at the desk; consent says that the citizen agreed that the operator may call. The viewer needs aid.order where the
// person lives.
func (b *Book) Order(ctx context.Context, who access.Viewer, o Order, consent bool) (int64, error) {
	if o.ID == 0 {
		o.ID = id.New()
	}
	act := who.Act("aid.order", 0, "order:"+id.String(o.ID), o.Kind)
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		x := o
		x.Source = FromDesk
		if x.ConsentName, x.ConsentAt = "", ""; consent {
			x.ConsentName, x.ConsentAt = who.Name, tx.Now()
		}
		err := b.OrderIn(tx, who, &x)
		act.Unit = x.Unit
		return err
	})
	return o.ID, err
}

// Choose gives an order to an operator, or to another offer, before anything was given; it begins anew with that operator. The viewer needs
// aid.order where the order is; an operator chooses among its own offers only.
func (b *Book) Choose(ctx context.Context, who access.Viewer, order, office, offer int64) error {
	act := who.Act("aid.order", 0, "order:"+id.String(order), "chọn nhà mạng")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, err := orderAt(tx, order)
		if err != nil {
			return err
		}
		act.Unit = o.Unit
		return b.choose(tx, who, &o, office, offer)
	})
}

func (b *Book) choose(tx *db.Tx, who access.Viewer, o *Order, office, offer int64) error {
	s, err := sightOf(tx, who)
	if err != nil {
		return err
	}
	if s.operator {
		office = s.office
		if err := s.mayFulfil(who, o); err != nil {
			return err
		}
	} else if err := mayTake(s, who, o); err != nil {
		return err
	}
	if !o.State.Before() {
		return fault.New(fault.Conflict, "aid.chosen_late", "Đơn đang ở chặng “%s” nên không đổi nhà mạng được nữa.", Title(o.State))
	}
	was := o.Office
	o.Office, o.Offer = office, offer
	if err := chosen(tx, o); err != nil {
		return err
	}
	if o.Office == was || o.State == Asked {
		return keepOrder(tx, o)
	}
	return putStep(tx, o, &Step{State: Asked, Day: tx.Today(), Note: "chuyển sang nhà mạng khác", Who: who.Account, WhoName: who.Name})
}

// mayTake lets those who order for people, and may see them, do so.
func mayTake(s sight, who access.Viewer, o *Order) error {
	if err := who.May("aid.order", o.Unit); err != nil {
		return err
	}
	if s.operator {
		return noOrder()
	}
	return who.May("people.see", o.Unit)
}
