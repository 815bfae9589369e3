package obstacles

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// officeOf finds the office of the plan that answers for a unit: the one on the unit itself or the nearest above it. 0 when there is none.
func (b *Book) officeOf(tx *db.Tx, who access.Viewer, unit int64, code string) (int64, error) {
	if code == "" {
		return 0, nil
	}
	tree, err := territory.Given(tx, who.Tree())
	if err != nil {
		return 0, err
	}
	offices, err := territory.Offices(tx)
	if err != nil {
		return 0, err
	}
	for _, u := range tree.Ancestors(unit) { // the unit first
		for _, o := range offices {
			if o.Code == code && o.Unit == u.ID {
				return o.ID, nil
			}
		}
	}
	return 0, nil
}

// Offices lists the offices of the plan to which an obstacle of a unit may be passed on, those nearest to it first.
func (b *Book) Offices(ctx context.Context, who access.Viewer, unit int64) ([]territory.Office, error) {
	if !who.MayAnywhere("obstacle.own") {
		return nil, who.May("obstacle.own", unit)
	}
	var out []territory.Office
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		all, err := territory.Offices(tx)
		for _, u := range tree.Ancestors(unit) {
			for _, o := range all {
				if o.Unit == u.ID && o.Code != "" {
					out = append(out, o)
				}
			}
		}
		return err
	})
	return out, err
}

// PassOn gives an obstacle to another office to answer, with a reason; the deadline stays. Whoever owes the answer passes it on (MayAnswer), 0
// gives it back to the level.
func (b *Book) PassOn(ctx context.Context, who access.Viewer, n, office int64, why string) error {
	why, err := said(why, "obstacles.pass_why", "why", "Hãy ghi vì sao chuyển.")
	if err != nil {
		return err
	}
	return b.step(ctx, who, n, "obstacle.own", "passed", why, Open, func(k *Kept) error {
		if k.State == Closed {
			return fault.New(fault.Conflict, "obstacles.closed", "Vướng mắc này đã khép. Hãy mở lại trước khi chuyển.")
		}
		return MayAnswer(who, k)
	}, func(tx *db.Tx, k *Kept) error {
		if office != 0 {
			all, err := territory.Offices(tx)
			if err != nil {
				return err
			}
			tree, err := territory.Given(tx, who.Tree())
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(all, func(o territory.Office) bool { return o.ID == office && o.Code != "" && tree.Within(k.Unit, o.Unit) }) {
				return fault.New(fault.Invalid, "obstacles.office", "Cơ quan này không trả lời được vướng mắc của địa bàn đó. Hãy chọn cơ quan khác.").On("office")
			}
		}
		_, err := tx.Exec("UPDATE obstacle SET office_id=$1 WHERE id=$2", office, n)
		return err
	})
}
