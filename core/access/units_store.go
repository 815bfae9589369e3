package access

import (
	"context"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Units are the checked and trailed changes of the tree of units and its offices (laws T1-T3, R1, R2). They stand here because
// territory lies below and knows no rights.
type Units struct{ Door *Door }

// change runs one change of the tree with its act, and has the tree read anew.
func (u Units) change(ctx context.Context, act db.Act, fn func(*db.Tx) error) error {
	err := u.Door.DB.Write(ctx, act, fn)
	u.Door.Changed()
	return err
}

// Add puts a unit under its parent; at the top only who manages the whole campaign may. It gives the unit's id.
func (u Units) Add(ctx context.Context, who Viewer, unit territory.Unit) (int64, error) {
	if err := who.May("unit.manage", unit.Parent); err != nil {
		return 0, err
	}
	unit.ID = id.New()
	unit.Name, unit.Kind = vn.NFC(unit.Name), vn.NFC(unit.Kind)
	return unit.ID, u.change(ctx, who.Act("unit.manage", unit.Parent, "unit:"+unit.Code, "thêm"), func(tx *db.Tx) error { return territory.Insert(tx, &unit) })
}

// Correct mends a unit's kind, name, place on the map and days, which is no renaming: that is a Merge into a new unit (law T2).
// Code, parent and tier stay. A corrected unit is no longer provisional.
func (u Units) Correct(ctx context.Context, who Viewer, unit territory.Unit) error {
	if err := who.May("unit.manage", unit.ID); err != nil {
		return err
	}
	if unit.From != "" && unit.Until != "" && unit.Until < unit.From {
		return fault.New(fault.Invalid, "access.unit_days", "Ngày kết thúc không được trước ngày bắt đầu.").On("until")
	}
	unit.Name, unit.Kind, unit.Provisional = vn.NFC(unit.Name), vn.NFC(unit.Kind), false
	return u.change(ctx, who.Act("unit.manage", unit.ID, "unit:"+id.String(unit.ID), "sửa"), func(tx *db.Tx) error { return territory.Update(tx, &unit) })
}

// Merge says that units are part of another from a day on (law T2), on a legal basis. With one old unit it is a renaming. The right is
// needed on each unit.
func (u Units) Merge(ctx context.Context, who Viewer, from []int64, to int64, day clock.Day, basis string) error {
	if len(from) == 0 {
		return fault.New(fault.Invalid, "access.merge_none", "Hãy chọn ít nhất một đơn vị cũ.").On("from")
	}
	for _, unit := range append([]int64{to}, from...) {
		if err := who.May("unit.manage", unit); err != nil {
			return err
		}
	}
	return u.change(ctx, who.Act("unit.manage", to, "unit:"+id.String(to), "sáp nhập từ "+string(day)), func(tx *db.Tx) error {
		for _, f := range from {
			if err := territory.Succeed(tx, territory.Succession{Day: day, From: f, To: to, Basis: basis}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Reform carries out a set of mergers (law T2); it makes units at the top, so the right is needed on the whole campaign.
func (u Units) Reform(ctx context.Context, who Viewer, r territory.Reform) error {
	if err := who.May("unit.manage", 0); err != nil {
		return err
	}
	return u.change(ctx, who.Act("unit.manage", 0, "unit", "sắp xếp đơn vị từ "+string(r.Day)), r.Apply)
}

// AddOffice hangs an office on a unit, or gives the one of that name there (law T3).
func (u Units) AddOffice(ctx context.Context, who Viewer, o territory.Office) (int64, error) {
	if err := who.May("unit.manage", o.Unit); err != nil {
		return 0, err
	}
	if o.Unit == 0 {
		return 0, fault.New(fault.Invalid, "access.office_unit", "Hãy chọn đơn vị của cơ quan.").On("unit")
	}
	o.Name = vn.NFC(o.Name)
	err := u.Door.DB.Write(ctx, who.Act("unit.manage", o.Unit, "office", "thêm cơ quan"), func(tx *db.Tx) error { return territory.AddOffice(tx, &o) })
	return o.ID, err
}

// Offices lists the offices on the units that the viewer may see.
func (u Units) Offices(ctx context.Context, who Viewer) ([]territory.Office, error) {
	if !who.MayAnywhere("unit.see") {
		return nil, who.May("unit.see", 0)
	}
	var out []territory.Office
	err := u.Door.DB.Read(ctx, func(tx *db.Tx) error {
		all, err := territory.Offices(tx)
		for _, o := range all {
			if who.May("unit.see", o.Unit) == nil {
				out = append(out, o)
			}
		}
		return err
	})
	return out, err
}
