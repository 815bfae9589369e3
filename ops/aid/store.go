package aid

import (
	"context"
	"database/sql"
	"errors"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}

// sight is what a viewer stands for: an operator sees its own, others what their rights let them see.
type sight struct {
	operator bool
	office   int64
}

func sightOf(tx *db.Tx, who access.Viewer) (sight, error) {
	if who.Office == 0 || who.IsSystem() {
		return sight{}, nil
	}
	all, err := territory.Offices(tx)
	for _, o := range all {
		if o.ID == who.Office && o.Kind == plan.OperatorKind {
			return sight{operator: true, office: o.ID}, err
		}
	}
	return sight{}, err
}

func noOrder() error {
	return fault.New(fault.Missing, "aid.unknown", "Không tìm thấy đơn này.")
}

// maySee lets an operator see its own orders, others those of people whom they may see.
func (s sight) maySee(who access.Viewer, o *Order) error {
	if err := who.May("aid.see", o.Unit); err != nil {
		return err
	}
	if s.operator {
		if o.Office != s.office {
			return noOrder()
		}
		return nil
	}
	return who.May("people.see", o.Unit)
}

// mayFulfil lets an operator carry its own orders, and those who may see the people and fulfil any.
func (s sight) mayFulfil(who access.Viewer, o *Order) error {
	if err := s.maySee(who, o); err != nil {
		return err
	}
	return who.May("aid.fulfil", o.Unit)
}

// mayOffer lets an operator write its own offers, and those who may see people in the whole campaign all.
func (s sight) mayOffer(who access.Viewer, office int64) error {
	if err := who.May("aid.offer", 0); err != nil {
		return err
	}
	if s.operator {
		if office != s.office {
			return fault.New(fault.Forbidden, "aid.not_yours", "Chỉ nhà mạng của ưu đãi này mới sửa được.")
		}
		return nil
	}
	return who.May("people.see", 0)
}

// Operators lists the offices of telecom operators. Whoever may see or order aid anywhere may ask.
func (b *Book) Operators(ctx context.Context, who access.Viewer) ([]territory.Office, error) {
	if err := mayLook(who); err != nil {
		return nil, err
	}
	var out []territory.Office
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = operators(tx)
		return err
	})
	return out, err
}

func operators(tx *db.Tx) ([]territory.Office, error) {
	all, err := territory.Offices(tx)
	var out []territory.Office
	for _, o := range all {
		if o.Kind == plan.OperatorKind {
			out = append(out, o)
		}
	}
	return out, err
}

func isOperator(tx *db.Tx, office int64) (bool, error) {
	list, err := operators(tx)
	for _, o := range list {
		if o.ID == office {
			return true, err
		}
	}
	return false, err
}

// Stands tells the operator for which a viewer stands; 0 for none.
func (b *Book) Stands(ctx context.Context, who access.Viewer) (int64, error) {
	if err := mayLook(who); err != nil {
		return 0, err
	}
	var s sight
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		s, err = sightOf(tx, who)
		return err
	})
	return s.office, err
}

func mayLook(who access.Viewer) error {
	if who.MayAnywhere("aid.see") || who.MayAnywhere("aid.order") {
		return nil
	}
	return who.May("aid.see", 0)
}

const orderColumns = "id, person_id, unit_id, kind, offer_id, office_id, price, consent_name, consent_at, source, visit_id, team_id, state, since, day, receipt, received, serial, stock_unit, denied_day, who, who_name, at"

func scanOrder(scan func(...any) error) (Order, error) {
	var o Order
	var since, day, denied string
	err := scan(&o.ID, &o.Person, &o.Unit, &o.Kind, &o.Offer, &o.Office, &o.Price, &o.ConsentName, &o.ConsentAt, &o.Source, &o.Visit, &o.Team, &o.State, &since, &day,
		&o.Receipt, &o.Received, &o.Serial, &o.StockUnit, &denied, &o.Who, &o.WhoName, &o.At)
	o.Since, o.Day, o.Denied = clock.Day(since), clock.Day(day), clock.Day(denied)
	return o, err
}

func orderAt(tx *db.Tx, n int64) (Order, error) {
	o, err := scanOrder(tx.QueryRow("SELECT "+orderColumns+" FROM aid_order WHERE id=$1", n).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = noOrder()
	}
	return o, err
}

func ordersIn(tx *db.Tx, column string, keys []int64) ([]Order, error) {
	var out []Order
	err := tx.EachIn("SELECT "+orderColumns+" FROM aid_order WHERE "+column+" IN (%s)", nil, keys, func(scan func(...any) error) error {
		o, err := scanOrder(scan)
		out = append(out, o)
		return err
	})
	return out, err
}

const stepColumns = "id, order_id, state, day, note, extract, event_id, who, who_name, at, void_at, void_why"

func stepsOf(tx *db.Tx, orders []int64) (map[int64][]Step, error) {
	out := map[int64][]Step{}
	err := tx.EachIn("SELECT "+stepColumns+" FROM aid_step WHERE order_id IN (%s) ORDER BY at, id", nil, orders, func(scan func(...any) error) error {
		var s Step
		var day string
		err := scan(&s.ID, &s.Order, &s.State, &day, &s.Note, &s.Extract, &s.Event, &s.Who, &s.WhoName, &s.At, &s.VoidAt, &s.VoidWhy)
		s.Day = clock.Day(day)
		out[s.Order] = append(out[s.Order], s)
		return err
	})
	return out, err
}

// putStep writes one step and leaves the order where it brings it.
func putStep(tx *db.Tx, o *Order, s *Step) error {
	if s.ID == 0 {
		s.ID = id.New()
	}
	if s.Order = o.ID; s.At == "" {
		s.At = tx.Now()
	}
	o.State, o.Since = s.State, s.Day
	if _, err := tx.Exec("INSERT INTO aid_step("+stepColumns+") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)", s.ID, s.Order, string(s.State), string(s.Day), s.Note, s.Extract, s.Event, s.Who, s.WhoName, s.At, "", ""); err != nil {
		return err
	}
	return keepOrder(tx, o)
}

// keepOrder writes what of an order changes on its way.
func keepOrder(tx *db.Tx, o *Order) error {
	_, err := tx.Exec("UPDATE aid_order SET offer_id=$1, office_id=$2, price=$3, state=$4, since=$5, receipt=$6, received=$7, serial=$8, stock_unit=$9, denied_day=$10 WHERE id=$11",
		o.Offer, o.Office, o.Price, string(o.State), string(o.Since), o.Receipt, o.Received, o.Serial, o.StockUnit, string(o.Denied), o.ID)
	return err
}

// Erase takes the people off the orders and empties what was written freely (law R4): counts, days and places name nobody.
func Erase(tx *db.Tx) (int64, error) {
	if _, err := tx.Exec("UPDATE aid_step SET note='', void_why=''"); err != nil {
		return 0, err
	}
	return tx.Exec("UPDATE aid_order SET person_id=0, consent_name='', serial='', receipt='' WHERE person_id<>0")
}
