package aid

import (
	"cmp"
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// What a list may be narrowed to beside a state.
const (
	AllOrders  = "all"    // the ended ones too
	LateOrders = "late"   // longer in their state than they may be
	Unassigned = "nobody" // no operator was chosen
	Denied     = "denied" // an extract contradicts the hand-over
	Awaited    = "given"  // given in full, waiting for an extract
)

// Query narrows a list. State is a State, one of the words above, or "" for those in which there is still something to do.
type Query struct {
	Unit   int64
	State  string
	Kind   string
	Office int64
	Offer  int64
	IDs    []int64
	Offset int
	Limit  int // 0: 100
}

// Entry is one order with what its operator needs of the person, and nothing more (law R3): the telephone is masked.
type Entry struct {
	Order
	Name    string
	Born    string // the year
	Address string
	Phone   string
	Age     int // days in the state
	Norm    int // days it may be; 0 for no bound
	Live    bool
}

// Late tells whether an order lies too long.
func (e *Entry) Late() bool { return e.Norm > 0 && e.Age > e.Norm }

func (b *Book) fits(q *Query, o *Order, today clock.Day) bool {
	if q.Kind != "" && o.Kind != q.Kind || q.Office != 0 && o.Office != q.Office || q.Offer != 0 && o.Offer != q.Offer {
		return false
	}
	switch q.State {
	case "":
		return len(Next(b.Plan().Aid.Item(o.Kind), o.State)) > 0
	case Awaited:
		return o.State.Open() && len(Next(b.Plan().Aid.Item(o.Kind), o.State)) == 0
	case AllOrders:
		return true
	case LateOrders:
		days, norm := Aged(b.Plan(), o.State, o.Since, today)
		return norm > 0 && days > norm
	case Unassigned:
		return o.Office == 0 && o.State.Before()
	case Denied:
		return o.Denied != ""
	}
	return string(o.State) == q.State
}

// read gives the orders under a unit that a viewer may see, those lying longest first.
func (b *Book) read(tx *db.Tx, who access.Viewer, q Query) ([]Order, sight, error) {
	s, err := sightOf(tx, who)
	if err != nil {
		return nil, s, err
	}
	if !s.operator {
		if err := who.May("people.see", q.Unit); err != nil {
			return nil, s, err
		}
	}
	wanted := map[int64]bool{}
	for _, n := range q.IDs {
		wanted[n] = true
	}
	today := tx.Today()
	var out []Order
	err = tx.EachIn("SELECT "+orderColumns+" FROM aid_order WHERE unit_id IN (%s)", nil, who.Tree().Descendants(q.Unit), func(scan func(...any) error) error {
		o, err := scanOrder(scan)
		if err == nil && (len(wanted) == 0 || wanted[o.ID]) && (!s.operator || o.Office == s.office) && b.fits(&q, &o, today) {
			out = append(out, o)
		}
		return err
	})
	slices.SortFunc(out, func(a, b Order) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.ID, b.ID))
	})
	return out, s, err
}

// entries tells of each order's person what is needed to bring a thing to the door; an operator that is done keeps no address and no telephone.
func (b *Book) entries(tx *db.Tx, s sight, list []Order) ([]Entry, error) {
	persons := make([]int64, len(list))
	for i := range list {
		persons[i] = list[i].Person
	}
	kept, err := people.Kept(tx, persons)
	if err != nil {
		return nil, err
	}
	for i, p := range persons {
		if k := kept[p]; k != 0 {
			persons[i] = k
		}
	}
	known, err := people.Load(tx, persons)
	if err != nil {
		return nil, err
	}
	today := tx.Today()
	out := make([]Entry, len(list))
	for i, o := range list {
		e := Entry{Order: o}
		if p, ok := known[persons[i]]; ok {
			e.Person, e.Name, e.Address, e.Phone, e.Live = p.ID, p.Name, p.Address, p.Phone.Mask(), p.State == people.Live
			e.Born = p.Birth[:min(4, len(p.Birth))]
			if s.operator && !o.State.Open() {
				e.Address, e.Phone = "", ""
			}
		}
		e.Age, e.Norm = Aged(b.Plan(), o.State, o.Since, today)
		out[i] = e
	}
	return out, nil
}

// List reads orders under a unit, those lying longest first, and how many there are in all. The viewer needs aid.see on the unit; an
// operator gets its own only, others need people.see.
func (b *Book) List(ctx context.Context, who access.Viewer, q Query) ([]Entry, int, error) {
	if err := who.May("aid.see", q.Unit); err != nil {
		return nil, 0, err
	}
	if q.Limit <= 0 {
		q.Limit = 100
	}
	var out []Entry
	total := 0
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		all, s, err := b.read(tx, who, q)
		if err != nil {
			return err
		}
		total = len(all)
		all = all[min(max(q.Offset, 0), total):]
		out, err = b.entries(tx, s, all[:min(q.Limit, len(all))])
		return err
	})
	return out, total, err
}

// Counts tells how the orders under a unit stand: by state, late ones, those without an operator and those that an extract contradicts.
type Counts struct {
	All, Todo, Awaited, Late, Nobody, Denied int
	By                                       map[State]int
}

// Count counts the orders of a list whatever its State. The viewer needs what List needs.
func (b *Book) Count(ctx context.Context, who access.Viewer, q Query) (Counts, error) {
	c := Counts{By: map[State]int{}}
	if err := who.May("aid.see", q.Unit); err != nil {
		return c, err
	}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		c = Counts{By: map[State]int{}}
		q.State = AllOrders
		all, _, err := b.read(tx, who, q)
		today := tx.Today()
		for i := range all {
			o := &all[i]
			c.All++
			c.By[o.State]++
			switch {
			case b.fits(&Query{}, o, today):
				c.Todo++
			case o.State.Open():
				c.Awaited++
			}
			if o.Office == 0 && o.State.Before() {
				c.Nobody++
			}
			if o.Denied != "" {
				c.Denied++
			}
			if days, norm := Aged(b.Plan(), o.State, o.Since, today); norm > 0 && days > norm {
				c.Late++
			}
		}
		return err
	})
	return c, err
}

// Sheet is one order with its steps in the order they were recorded, the offer, and what the viewer may do next.
type Sheet struct {
	Entry
	Steps   []Step
	Offered *Offer // nil for none chosen
	Next    []State
	Fulfils bool // the viewer carries the order
	Takes   bool // the viewer orders for people here: chooses operators, cancels
}

// Read reads one order. The viewer needs aid.see where it is; an operator reads its own only.
func (b *Book) Read(ctx context.Context, who access.Viewer, order int64) (*Sheet, error) {
	var out *Sheet
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		o, err := orderAt(tx, order)
		if err != nil {
			return err
		}
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		if err := s.maySee(who, &o); err != nil {
			return err
		}
		list, err := b.entries(tx, s, []Order{o})
		if err != nil {
			return err
		}
		steps, err := stepsOf(tx, []int64{order})
		if err != nil {
			return err
		}
		out = &Sheet{Entry: list[0], Steps: steps[order], Fulfils: s.mayFulfil(who, &o) == nil, Takes: mayTake(s, who, &o) == nil}
		for _, n := range Next(b.Plan().Aid.Item(o.Kind), o.State) {
			if n == Cancelled && out.Takes || n != Cancelled && out.Fulfils && o.Office != 0 {
				out.Next = append(out.Next, n)
			}
		}
		if o.Offer != 0 {
			f, err := offerAt(tx, o.Offer)
			if err != nil {
				return err
			}
			out.Offered = &f
		}
		return nil
	})
	return out, err
}

// OfPerson reads a person's orders, newest first. The viewer needs people.see and aid.see or aid.order where the person lives; an operator
// never asks by person.
func (b *Book) OfPerson(ctx context.Context, who access.Viewer, person int64) ([]Entry, error) {
	var out []Entry
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		unit, err := people.UnitOf(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("people.see", unit); err != nil {
			return err
		}
		if who.May("aid.order", unit) != nil {
			if err := who.May("aid.see", unit); err != nil {
				return err
			}
		}
		list, err := of(tx, person)
		if err != nil {
			return err
		}
		slices.SortFunc(list, func(a, b Order) int { return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.ID, a.ID)) })
		out, err = b.entries(tx, sight{}, list)
		return err
	})
	return out, err
}

// Reveal shows the telephone of who ordered whole, once, and leaves a trail row (laws R2, R3): to the operator that accepted the order, so
// that it can call.
func (b *Book) Reveal(ctx context.Context, who access.Viewer, order int64) (string, error) {
	var out string
	act := who.Act("aid.reveal", 0, "order:"+id.String(order), "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, err := orderAt(tx, order)
		if err != nil {
			return err
		}
		act.Unit = o.Unit
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		if err := s.mayFulfil(who, &o); err != nil {
			return err
		}
		if !Callable(o.State) {
			return fault.New(fault.Conflict, "aid.reveal_state", "Chỉ xem được số điện thoại khi nhà mạng đã nhận đơn và chưa giao xong.")
		}
		out, err = phoneOf(tx, &o)
		return err
	})
	return out, err
}

// Callable tells whether the operator needs to call: it accepted the order and the work is not done.
func Callable(s State) bool { return s == Accepted || s == Ready || s == Handed }

func phoneOf(tx *db.Tx, o *Order) (string, error) {
	kept, err := people.Kept(tx, []int64{o.Person})
	if err != nil {
		return "", err
	}
	known, err := people.Load(tx, []int64{cmp.Or(kept[o.Person], o.Person)})
	if err != nil {
		return "", err
	}
	for _, p := range known {
		if p.Phone != "" {
			return string(p.Phone), nil
		}
	}
	return "", fault.New(fault.Missing, "aid.no_phone", "Chưa có số điện thoại của người này. Hãy liên hệ qua tổ hoặc Công an xã.")
}

// Flow is how the orders of a kind stand at a place: still to be given, handed over since a day, and given in all.
type Flow struct{ Before, Lately, Given int }

// Flows tells, by unit in which the person lives, how the orders of these kinds stand under a unit: numbers without persons, of all operators.
// The viewer needs aid.see on the unit.
func (b *Book) Flows(ctx context.Context, who access.Viewer, unit int64, kinds []string, since clock.Day) (map[int64]Flow, error) {
	if err := who.May("aid.see", unit); err != nil {
		return nil, err
	}
	out := map[int64]Flow{}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = map[int64]Flow{}
		return tx.EachIn("SELECT o.unit_id, o.kind, o.state, coalesce(s.day, '') FROM aid_order o LEFT JOIN aid_step s ON s.order_id=o.id AND s.state='handed' AND s.void_at='' WHERE o.unit_id IN (%s)", nil, who.Tree().Descendants(unit), func(scan func(...any) error) error {
			var u int64
			var kind, day string
			var s State
			if err := scan(&u, &kind, &s, &day); err != nil || !slices.Contains(kinds, kind) {
				return err
			}
			f := out[u]
			switch {
			case s.Before():
				f.Before++
			case !s.Ended():
				f.Given++
				if clock.Day(day) >= since {
					f.Lately++
				}
			}
			out[u] = f
			return nil
		})
	})
	return out, err
}
