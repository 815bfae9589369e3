package points

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// road is one measured distance.
type road struct {
	from, to string // codes of units
	km       float64
}

// readRoads reads a table of measured distances, a line each: code, code, kilometres, with tabs or semicolons between. A heading is passed over.
func readRoads(text string) ([]road, error) {
	var out []road
	for n, line := range strings.Split(text, "\n") {
		cells := strings.FieldsFunc(line, func(r rune) bool { return r == ';' || r == '\t' })
		if len(cells) == 0 || strings.TrimSpace(line) == "" {
			continue
		}
		bad := fault.New(fault.Invalid, "points.road", "Dòng %d không đọc được. Mỗi dòng ghi: mã nơi đi; mã nơi đến; số km.", n+1).On("roads")
		if len(cells) != 3 {
			return nil, bad
		}
		km, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(cells[2]), ",", ".", 1), 64)
		if err != nil && n == 0 {
			continue
		}
		if err != nil || math.IsNaN(km) || km < 0 || km > 1000 {
			return nil, bad
		}
		out = append(out, road{strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1]), km})
	}
	if len(out) == 0 || len(out) > 50_000 {
		return nil, fault.New(fault.Invalid, "points.roads", "Hãy dán bảng quãng đường, mỗi dòng: mã nơi đi; mã nơi đến; số km (tối đa 50.000 dòng).").On("roads")
	}
	return out, nil
}

// MeasureRoads keeps measured distances between units, which the planner takes before the straight line, and gives how many. A code that is
// no unit under the given one is a fault and nothing is kept. The viewer needs points.plan on the unit.
func (b *Book) MeasureRoads(ctx context.Context, who access.Viewer, unit int64, text string) (int, error) {
	if err := who.May("points.plan", unit); err != nil {
		return 0, err
	}
	list, err := readRoads(text)
	if err != nil {
		return 0, err
	}
	act := who.Act("points.plan", unit, "roads", fmt.Sprintf("nhập %d quãng đường", len(list)))
	return len(list), b.DB.Write(ctx, act, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		for _, r := range list {
			from, to := tree.ByCode(r.from), tree.ByCode(r.to)
			if from == nil || to == nil || !tree.Within(from.ID, unit) || !tree.Within(to.ID, unit) {
				return fault.New(fault.Invalid, "points.road_unit", "Không có đơn vị mang mã %s hoặc %s trong địa bàn này.", r.from, r.to).On("roads")
			}
			if err := tx.Upsert("route_distance", []string{"from_unit", "to_unit", "km"}, "ON CONFLICT (from_unit, to_unit) DO UPDATE SET km=excluded.km", []any{from.ID, to.ID, r.km}); err != nil {
				return err
			}
		}
		return nil
	})
}
