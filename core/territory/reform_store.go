package territory

import (
	"slices"

	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Apply carries a reform out in the tree (law T2): units that begin are added, mergers noted, ended units closed with the day
// before. Old units that this tree does not hold are passed over; applied again it changes nothing.
func (r Reform) Apply(tx *db.Tx) error {
	t, err := Load(tx)
	if err != nil {
		return err
	}
	// Only what takes in a unit of this tree is made, with what stands above it.
	wanted := map[string]bool{}
	for _, p := range r.Into {
		wanted[p[1]] = wanted[p[1]] || t.ByCode(p[0]) != nil
	}
	for _, u := range slices.Backward(r.Units) {
		if wanted[u.Code] {
			wanted[u.ParentCode] = true
		}
	}
	ids := map[string]int64{}
	for _, s := range r.Units {
		if !wanted[s.Code] {
			continue
		}
		if have := t.ByCode(s.Code); have != nil {
			ids[s.Code] = have.ID
			continue
		}
		u := s.Unit
		if s.ParentCode != "" {
			if u.Parent = ids[s.ParentCode]; u.Parent == 0 {
				if up := t.ByCode(s.ParentCode); up != nil {
					u.Parent = up.ID
				}
			}
		}
		if err := Insert(tx, &u); err != nil {
			return err
		}
		ids[u.Code] = u.ID
	}
	for _, p := range r.Into {
		old := t.ByCode(p[0])
		if old == nil {
			continue
		}
		to := ids[p[1]]
		if u := t.ByCode(p[1]); to == 0 && u != nil {
			to = u.ID
		}
		if to == 0 {
			return fault.New(fault.Invalid, "territory.reform", "Đơn vị mới mang mã %s chưa có trong danh mục.", p[1])
		}
		if err := Succeed(tx, Succession{Day: r.Day, From: old.ID, To: to, Basis: r.Basis}); err != nil {
			return err
		}
	}
	for _, code := range r.Ended {
		u := t.ByCode(code)
		if u == nil || u.Until != "" {
			continue
		}
		u.Until = r.Day.Add(-1)
		if err := Update(tx, u); err != nil {
			return err
		}
	}
	return nil
}
