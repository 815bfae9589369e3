package aid

import (
	"context"
	"fmt"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// maxBulk bounds the rows of one list.
const maxBulk = 5000

// Verdict is what became of one row (law F1): every row gets exactly one.
type Verdict struct {
	Line  int
	Order int64
	Done  bool
	Text  string
}

// Row is one row of many moves. Bad says why a row cannot be read; "" when it can.
type Row struct {
	Line  int
	Order int64
	Move  Move
	Bad   string
}

// AdvanceMany moves many orders on, each on its own: a row that cannot be moved says why and changes nothing (law F1). An order that is
// where the row wants it already is left alone. The viewer needs for each what Advance needs.
func (b *Book) AdvanceMany(ctx context.Context, who access.Viewer, rows []Row) ([]Verdict, error) {
	if err := mayMany(who); err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Invalid, "aid.none", "Hãy chọn ít nhất một đơn.")
	}
	if len(rows) > maxBulk {
		return nil, fault.New(fault.Invalid, "aid.many", "Mỗi lần chỉ chuyển được 5.000 đơn. Hãy chia nhỏ danh sách.")
	}
	return b.each(ctx, who, "aid.fulfil", "chuyển chặng", rows, func(tx *db.Tx, s sight, o *Order, r Row) (string, error) {
		if o.State == r.Move.To {
			return "đã ở chặng “" + Title(o.State) + "”", nil
		}
		return "chuyển sang “" + Title(r.Move.To) + "”", b.move(tx, who, s, o, r.Move)
	})
}

// ChooseMany gives many orders to an operator, each on its own. The viewer needs for each what Choose needs.
func (b *Book) ChooseMany(ctx context.Context, who access.Viewer, orders []int64, office int64) ([]Verdict, error) {
	if err := mayMany(who); err != nil {
		return nil, err
	}
	rows := make([]Row, len(orders))
	for i, n := range orders {
		rows[i] = Row{Line: i + 1, Order: n}
	}
	if len(rows) == 0 || len(rows) > maxBulk {
		return nil, fault.New(fault.Invalid, "aid.none", "Hãy chọn từ 1 đến 5.000 đơn.")
	}
	return b.each(ctx, who, "aid.order", "chọn nhà mạng", rows, func(tx *db.Tx, _ sight, o *Order, _ Row) (string, error) {
		if office == 0 {
			return "", fault.New(fault.Invalid, "aid.office", "Hãy chọn nhà mạng.").On("office")
		}
		return "đã chuyển cho nhà mạng", b.choose(tx, who, o, office, 0)
	})
}

func mayMany(who access.Viewer) error {
	if who.MayAnywhere("aid.fulfil") || who.MayAnywhere("aid.order") {
		return nil
	}
	return who.May("aid.fulfil", 0)
}

// each does one thing to every row in one transaction and gathers what became of it.
func (b *Book) each(ctx context.Context, who access.Viewer, verb access.Verb, note string, rows []Row, do func(*db.Tx, sight, *Order, Row) (string, error)) ([]Verdict, error) {
	var out []Verdict
	act := who.Act(verb, 0, "orders", note)
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		out = make([]Verdict, len(rows))
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		seen := map[int64]int{}
		done := 0
		for i, r := range rows {
			v := &out[i]
			v.Line, v.Order = r.Line, r.Order
			if r.Bad != "" {
				v.Text = r.Bad
				continue
			}
			if at := seen[r.Order]; at != 0 {
				v.Text = fmt.Sprintf("trùng với dòng %d", at)
				continue
			}
			seen[r.Order] = r.Line
			o, err := orderAt(tx, r.Order)
			if err == nil {
				v.Text, err = do(tx, s, &o, r)
			}
			if f, ok := fault.As(err); ok {
				v.Text = f.Text
				continue
			}
			if err != nil {
				return err
			}
			v.Done = true
			done++
		}
		act.Note = fmt.Sprintf("%s: %d trên %d đơn", note, done, len(rows))
		return nil
	})
	return out, err
}

// Waiting is one heap of orders that wait for the viewer: what of it is late, and by when the next of it is due.
type Waiting struct {
	State string // of Query
	Title string
	N     int
	Late  int
	Due   clock.Day // "" for none
}

// Waiting tells what waits for a viewer: for an operator its own orders by what comes next; for those who order for people, orders without
// an operator and hand-overs that an extract contradicts.
func (b *Book) Waiting(ctx context.Context, who access.Viewer) ([]Waiting, error) {
	fulfils, orders := who.MayAnywhere("aid.fulfil"), who.MayAnywhere("aid.order")
	if !who.MayAnywhere("aid.see") || !fulfils && !orders {
		return nil, nil
	}
	var out []Waiting
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		heaps := []Waiting{{State: Unassigned, Title: "Đơn chưa chọn nhà mạng"}, {State: Denied, Title: "Đơn đã giao bị bản trích xuất bác"}}
		if s.operator {
			heaps = []Waiting{{State: string(Asked), Title: "Đơn mới cần nhận"}, {State: string(Accepted), Title: "Đơn đã nhận, cần chuẩn bị hàng"}, {State: string(Ready), Title: "Đơn có hàng, cần giao"},
				{State: string(Handed), Title: "SIM đã giao, cần cài chữ ký số"}, {State: Denied, Title: "Đơn đã giao bị bản trích xuất bác"}}
		}
		today := tx.Today()
		for _, unit := range who.Scope("aid.see") {
			if !s.operator && who.May("people.see", unit) != nil {
				continue
			}
			all, _, err := b.read(tx, who, Query{Unit: unit, State: AllOrders})
			if err != nil {
				return err
			}
			for i := range all {
				o := &all[i]
				for h := range heaps {
					w := &heaps[h]
					if !b.fits(&Query{State: w.State}, o, today) || w.State == string(Handed) && len(Next(b.Plan().Aid.Item(o.Kind), o.State)) == 0 {
						continue
					}
					w.N++
					days, norm := Aged(b.Plan(), o.State, o.Since, today)
					if norm == 0 {
						continue
					}
					if due := o.Since.Add(norm); w.Due == "" || due < w.Due {
						w.Due = due
					}
					if days > norm {
						w.Late++
					}
				}
			}
		}
		for _, w := range heaps {
			if w.N > 0 {
				out = append(out, w)
			}
		}
		return nil
	})
	return out, err
}
