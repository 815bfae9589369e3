package aid

import (
	"cmp"
	"time"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Kept is an order with all its steps so far, as an operator's own register has it. The first step is Asked. Event is the claim that the
// ledger has of what was given already; 0 for none.
type Kept struct {
	Person  int64
	Kind    string
	Office  int64
	Offer   int64
	Team    int64
	Consent string // who asked
	By      string // who carried it
	Event   int64
	Steps   []Move
}

// Keep writes many orders with their past at once, inside a transaction: nothing is claimed and no stock falls, because the register tells
// of what is over. Each step must be allowed after the one before. The viewer needs aid.order and aid.fulfil where each person lives.
func (b *Book) Keep(tx *db.Tx, who access.Viewer, list []Kept) error {
	persons := make([]int64, len(list))
	for i := range list {
		persons[i] = list[i].Person
	}
	home, err := people.Slim(tx, persons)
	if err != nil {
		return err
	}
	all, err := offers(tx)
	if err != nil {
		return err
	}
	prices := map[int64]int64{}
	for i := range all {
		prices[all[i].ID] = all[i].Price
	}
	for _, k := range list {
		p, ok := home[k.Person]
		item := b.Plan().Aid.Item(k.Kind)
		if !ok || item == nil || len(k.Steps) == 0 || k.Steps[0].To != Asked || k.Consent == "" {
			return fault.New(fault.Invalid, "aid.keep", "Đơn trong sổ phải bắt đầu bằng đăng ký có đồng ý, của người có trong sổ dân cư.")
		}
		for _, verb := range []access.Verb{"aid.order", "aid.fulfil"} {
			if err := who.May(verb, p.Unit); err != nil {
				return err
			}
		}
		first := k.Steps[0].Day
		o := &Order{ID: id.New(), Person: k.Person, Unit: p.Unit, Kind: k.Kind, Offer: k.Offer, Office: k.Office, Price: prices[k.Offer], ConsentName: k.Consent, ConsentAt: clock.Stamp(first.Time().Add(9 * 3600e9)), Source: FromDesk, Team: k.Team, State: Asked, Since: first, Day: first, Who: who.Account, WhoName: who.Name, At: tx.Now()}
		if err := insertOrder(tx, o); err != nil {
			return err
		}
		for i, m := range k.Steps {
			if i > 0 {
				if err := mayMove(item, o.State, m.To); err != nil {
					return err
				}
			}
			day, err := b.dayOf(tx, m.Day, o.Since)
			if err != nil {
				return err
			}
			s := &Step{State: m.To, Day: day, Note: m.Note, Who: who.Account, WhoName: cmp.Or(k.By, who.Name)}
			if i == 0 {
				s.WhoName = k.Consent
			}
			if day < tx.Today() {
				s.At = clock.Stamp(day.Time().Add(time.Duration(9+i) * time.Hour))
			}
			if b.gives(o, m.To) {
				o.Receipt, o.Received, o.Serial = newReceipt(), m.Received, tailOf(m.Serial)
				s.Event = k.Event
			}
			if err := putStep(tx, o, s); err != nil {
				return err
			}
		}
	}
	return nil
}
