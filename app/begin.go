package app

import (
	"context"
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// unitsFile are the units shipped with the program: Bình Phước, Hớn Quản and its 13 communes with their official codes as they
// were in the campaign. Hamlets, and other places, come by import.
//
//go:embed units/units.csv
var unitsFile string

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
			u.Parent = ids[units[i].parent]
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
			ids[u.Code] = u.ID
		}
		return nil
	})
	a.Door.Changed()
	return err
}

// shipped is a unit of the file with its parent's code.
type shipped struct {
	territory.Unit
	parent string
}

// unitsFor gives the plan's place with what is above it and under it, parents first; for a place that is not shipped, the place
// alone.
func unitsFor(p *plan.Plan) ([]shipped, error) {
	r := csv.NewReader(strings.NewReader(unitsFile))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	byCode := map[string]shipped{}
	tier := map[string]int{}
	var order []string
	for _, f := range rows[1:] {
		u := shipped{parent: f[3]}
		u.Code, u.Kind, u.Name = f[0], f[1], f[2]
		if u.parent != "" {
			tier[u.Code] = tier[u.parent] + 1
		}
		u.Tier = tier[u.Code]
		u.Lat, _ = strconv.ParseFloat(f[4], 64)
		u.Lon, _ = strconv.ParseFloat(f[5], 64)
		byCode[u.Code] = u
		order = append(order, u.Code)
	}
	at := p.Place.Unit
	if _, ok := byCode[at]; !ok {
		return []shipped{placeAlone(p)}, nil
	}
	under := func(code, top string) bool {
		for code != "" {
			if code == top {
				return true
			}
			code = byCode[code].parent
		}
		return false
	}
	var out []shipped
	for _, code := range order {
		if under(code, at) || under(at, code) {
			out = append(out, byCode[code])
		}
	}
	return out, nil
}

// placeAlone makes the one unit of a plan whose place is not shipped, its tier told from the word before its name.
func placeAlone(p *plan.Plan) shipped {
	var u shipped
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
