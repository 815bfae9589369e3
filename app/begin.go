package app

import (
	"context"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Begin begins a campaign in an empty database: its plan, and the units of its place where they are shipped (KH:0.a, law T1).
func (a *App) Begin(ctx context.Context, who access.Viewer, name string, yaml []byte) error {
	if a.Plan() != nil {
		return fault.New(fault.Conflict, "app.begun", "Cơ sở dữ liệu này đã có đợt cao điểm “%s”. Muốn bắt đầu đợt khác, hãy dùng một cơ sở dữ liệu mới.", a.Plan().Title)
	}
	if err := a.SetPlan(ctx, who, name, yaml); err != nil {
		return err
	}
	units, err := unitsFor(a.Plan())
	if err != nil {
		return err
	}
	act := who.Act("unit.manage", 0, "unit", "địa bàn của kế hoạch: "+strconv.Itoa(len(units))+" đơn vị")
	err = a.DB.Write(ctx, act, func(tx *db.Tx) error {
		ids := map[string]int64{}
		for i := range units {
			u := &units[i].Unit
			u.Parent = ids[units[i].ParentCode]
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
			ids[u.Code] = u.ID
		}
		return nil
	})
	a.Door.Changed()
	if err != nil {
		return err
	}
	return a.keepOffices(ctx, who)
}

// unitsFor gives the plan's place with what is above it and under it, parents first; for a place that is not shipped, the place
// alone.
func unitsFor(p *plan.Plan) ([]territory.ShippedUnit, error) {
	all, err := territory.Shipped()
	if err != nil {
		return nil, err
	}
	parent := map[string]string{}
	for i := range all {
		parent[all[i].Code] = all[i].ParentCode
	}
	at := p.Place.Unit
	if _, ok := parent[at]; !ok {
		return []territory.ShippedUnit{placeAlone(p)}, nil
	}
	under := func(code, top string) bool {
		for code != "" {
			if code == top {
				return true
			}
			code = parent[code]
		}
		return false
	}
	var out []territory.ShippedUnit
	for _, u := range all {
		if under(u.Code, at) || under(at, u.Code) {
			out = append(out, u)
		}
	}
	return out, nil
}

// placeAlone makes the one unit of a plan whose place is not shipped, its tier told from the word before its name.
func placeAlone(p *plan.Plan) territory.ShippedUnit {
	var u territory.ShippedUnit
	u.Code, u.Name, u.Tier = p.Place.Unit, p.Place.Name, territory.TierDistrict
	for _, k := range []struct {
		kind string
		tier int
	}{{"tỉnh", territory.TierProvince}, {"thành phố", territory.TierProvince}, {"huyện", territory.TierDistrict}, {"quận", territory.TierDistrict}, {"thị xã", territory.TierDistrict},
		{"xã", territory.TierCommune}, {"phường", territory.TierCommune}, {"thị trấn", territory.TierCommune}} {
		if words := strings.Fields(u.Name); len(words) > len(strings.Fields(k.kind)) && strings.HasPrefix(vn.Fold(u.Name)+" ", vn.Fold(k.kind)+" ") {
			u.Kind, u.Tier = k.kind, k.tier
			u.Name = strings.Join(words[len(strings.Fields(k.kind)):], " ")
			break
		}
	}
	return u
}
