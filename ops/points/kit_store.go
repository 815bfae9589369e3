package points

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

func kits(tx *db.Tx, where string, args ...any) ([]Kit, error) {
	var out []Kit
	err := tx.Each("SELECT id, unit_id, name, capacity, staff, lat, lon, from_day, until_day FROM kit "+where+" ORDER BY name_fold, id", args, func(scan func(...any) error) error {
		var k Kit
		var from, until string
		err := scan(&k.ID, &k.Unit, &k.Name, &k.Capacity, &k.Staff, &k.Lat, &k.Lon, &from, &until)
		k.From, k.Until = clock.Day(from), clock.Day(until)
		out = append(out, k)
		return err
	})
	return out, err
}

func kitAt(tx *db.Tx, kit int64) (*Kit, error) {
	list, err := kits(tx, "WHERE id=$1", kit)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Missing, "points.kit_unknown", "Không tìm thấy bộ thiết bị này. Hãy mở lại danh sách.").On("kit")
	}
	return &list[0], nil
}

func points(tx *db.Tx, where string, args ...any) ([]Point, error) {
	var out []Point
	err := tx.Each("SELECT id, unit_id, name, kind, host_kind, host, address, lat, lon, accessible, host_days, from_day, until_day FROM point "+where+" ORDER BY kind, name_fold, id", args, func(scan func(...any) error) error {
		var p Point
		var days, from, until string
		err := scan(&p.ID, &p.Unit, &p.Name, &p.Kind, &p.HostKind, &p.Host, &p.Address, &p.Lat, &p.Lon, &p.Accessible, &days, &from, &until)
		p.HostDays, p.From, p.Until = parseDays(days), clock.Day(from), clock.Day(until)
		out = append(out, p)
		return err
	})
	return out, err
}

func pointAt(tx *db.Tx, point int64) (*Point, error) {
	list, err := points(tx, "WHERE id=$1", point)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Missing, "points.point_unknown", "Không tìm thấy điểm thu nhận này. Hãy mở lại danh sách.").On("point")
	}
	return &list[0], nil
}

func daysText(days []time.Weekday) string {
	parts := make([]string, len(days))
	for i, d := range days {
		parts[i] = strconv.Itoa(int(d) % 7)
	}
	return strings.Join(parts, ",")
}

func parseDays(s string) []time.Weekday {
	var out []time.Weekday
	for _, p := range strings.Split(s, ",") {
		if n, err := strconv.Atoi(p); err == nil && n >= 0 && n < 7 {
			out = append(out, time.Weekday(n))
		}
	}
	return out
}

// nameFree refuses a name that another row of the unit has; table is this package's own word.
func nameFree(tx *db.Tx, table string, unit, self int64, name string) error {
	var other int64
	err := tx.QueryRow("SELECT id FROM "+table+" WHERE unit_id=$1 AND name_fold=$2", unit, vn.Fold(name)).Scan(&other)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && other == self:
		return nil
	case err != nil:
		return err
	}
	return fault.New(fault.Conflict, "points.name_taken", "Địa bàn này đã có “%s”. Hãy đặt tên khác.", name).On("name")
}

// below lists the units that the viewer may see points of under one; kits and points above it count too, for they serve it.
func seen(tx *db.Tx, who access.Viewer, unit int64) (*territory.Tree, map[int64]bool, error) {
	if err := who.May("points.see", unit); err != nil {
		return nil, nil, err
	}
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, nil, err
	}
	in := map[int64]bool{}
	for _, u := range tree.Descendants(unit) {
		in[u] = true
	}
	return tree, in, nil
}

// Kits lists every kit of the campaign's unit and under it that was not taken away before a day. The viewer needs points.see on the unit.
func (b *Book) Kits(ctx context.Context, who access.Viewer, unit int64, day clock.Day) ([]Kit, error) {
	if err := who.May("points.see", unit); err != nil {
		return nil, err
	}
	var out []Kit
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		all, err := kits(tx, "WHERE until_day='' OR until_day>=$1", string(day))
		out = out[:0]
		for _, k := range all {
			if tree.Within(k.Unit, unit) || tree.Within(unit, k.Unit) {
				out = append(out, k)
			}
		}
		return err
	})
	return out, err
}

// Points lists the points of a unit and under it that were not shut before a day. The viewer needs points.see on the unit.
func (b *Book) Points(ctx context.Context, who access.Viewer, unit int64, day clock.Day) ([]Point, error) {
	var out []Point
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		_, in, err := seen(tx, who, unit)
		if err != nil {
			return err
		}
		all, err := points(tx, "WHERE until_day='' OR until_day>=$1", string(day))
		out = out[:0]
		for _, p := range all {
			if in[p.Unit] {
				out = append(out, p)
			}
		}
		return err
	})
	return out, err
}

// SaveKit adds a kit (ID 0) or changes one. A capacity under what is already planned on a day to come is a fault that names the day. The
// viewer needs points.plan on the kit's unit.
func (b *Book) SaveKit(ctx context.Context, who access.Viewer, k Kit) (int64, error) {
	if err := who.May("points.plan", k.Unit); err != nil {
		return 0, err
	}
	if err := k.check(); err != nil {
		return 0, err
	}
	added := k.ID == 0
	note := "sửa bộ thiết bị"
	if added {
		k.ID, note = id.New(), "thêm bộ thiết bị"
	}
	act := who.Act("points.plan", k.Unit, "kit:"+id.String(k.ID), note)
	return k.ID, b.DB.Write(ctx, act, func(tx *db.Tx) error {
		if err := nameFree(tx, "kit", k.Unit, k.ID, k.Name); err != nil {
			return err
		}
		if added {
			_, err := tx.Exec("INSERT INTO kit(id, unit_id, name, name_fold, capacity, staff, lat, lon, from_day, until_day) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
				k.ID, k.Unit, k.Name, vn.Fold(k.Name), k.Capacity, k.Staff, k.Lat, k.Lon, string(k.From), string(k.Until))
			return err
		}
		was, err := kitAt(tx, k.ID)
		if err != nil {
			return err
		}
		if err := who.May("points.plan", was.Unit); err != nil {
			return err
		}
		if err := b.stillServes(tx, &k); err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE kit SET unit_id=$1, name=$2, name_fold=$3, capacity=$4, staff=$5, lat=$6, lon=$7, from_day=$8, until_day=$9 WHERE id=$10",
			k.Unit, k.Name, vn.Fold(k.Name), k.Capacity, k.Staff, k.Lat, k.Lon, string(k.From), string(k.Until), k.ID)
		return err
	})
}

// stillServes refuses a change of a kit that leaves sessions to come without it.
func (b *Book) stillServes(tx *db.Tx, k *Kit) error {
	list, err := sessions(tx, "WHERE s.kit_id=$1 AND s.day>=$2 AND s.state IN ('planned','open')", k.ID, string(tx.Today()))
	byDay := map[clock.Day]int64{}
	for _, s := range list {
		if byDay[s.Day] += s.Quota; byDay[s.Day] > k.Capacity || !k.In(s.Day) {
			return fault.New(fault.Conflict, "points.kit_booked", "Ngày %s bộ thiết bị này đã được xếp %d hồ sơ. Hãy chuyển hoặc hủy buổi ấy trước.", s.Day.Vi(), byDay[s.Day]).On("capacity")
		}
	}
	return err
}

// SavePoint adds a point (ID 0) or changes one. The viewer needs points.plan on the point's unit.
func (b *Book) SavePoint(ctx context.Context, who access.Viewer, p Point) (int64, error) {
	if err := who.May("points.plan", p.Unit); err != nil {
		return 0, err
	}
	if err := p.check(); err != nil {
		return 0, err
	}
	added := p.ID == 0
	note := "sửa điểm thu nhận"
	if added {
		p.ID, note = id.New(), "thêm điểm thu nhận"
	}
	act := who.Act("points.plan", p.Unit, "point:"+id.String(p.ID), note)
	err := b.DB.Write(ctx, act, func(tx *db.Tx) error {
		if err := nameFree(tx, "point", p.Unit, p.ID, p.Name); err != nil {
			return err
		}
		if added {
			return insertPoint(tx, &p)
		}
		was, err := pointAt(tx, p.ID)
		if err != nil {
			return err
		}
		if err := who.May("points.plan", was.Unit); err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE point SET unit_id=$1, name=$2, name_fold=$3, kind=$4, host_kind=$5, host=$6, address=$7, lat=$8, lon=$9, accessible=$10, host_days=$11, from_day=$12, until_day=$13
			WHERE id=$14`, p.Unit, p.Name, vn.Fold(p.Name), p.Kind, p.HostKind, p.Host, p.Address, p.Lat, p.Lon, p.Accessible, daysText(p.HostDays), string(p.From), string(p.Until), p.ID)
		if err == nil {
			_, err = tx.Exec("UPDATE point_session SET unit_id=$1 WHERE point_id=$2 AND day>=$3", p.Unit, p.ID, string(tx.Today()))
		}
		return err
	})
	b.changed()
	return p.ID, err
}

func insertPoint(tx *db.Tx, p *Point) error {
	_, err := tx.Exec(`INSERT INTO point(id, unit_id, name, name_fold, kind, host_kind, host, address, lat, lon, accessible, host_days, from_day, until_day)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`, p.ID, p.Unit, p.Name, vn.Fold(p.Name), p.Kind, p.HostKind, p.Host, p.Address, p.Lat, p.Lon, p.Accessible,
		daysText(p.HostDays), string(p.From), string(p.Until))
	return err
}
