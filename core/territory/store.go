package territory

import (
	"fmt"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Load reads the whole tree.
func Load(tx *db.Tx) (*Tree, error) {
	var units []Unit
	err := tx.Each("SELECT id, code, kind, tier, name, parent_id, path, from_day, until_day, provisional, lat, lon FROM unit", nil, func(scan func(...any) error) error {
		var u Unit
		var from, until string
		err := scan(&u.ID, &u.Code, &u.Kind, &u.Tier, &u.Name, &u.Parent, &u.Path, &from, &until, &u.Provisional, &u.Lat, &u.Lon)
		u.From, u.Until = clock.Day(from), clock.Day(until)
		units = append(units, u)
		return err
	})
	if err != nil {
		return nil, err
	}
	var next []Succession
	err = tx.Each("SELECT day, from_id, to_id, basis FROM unit_succession ORDER BY day, from_id, to_id", nil, func(scan func(...any) error) error {
		var s Succession
		var day string
		err := scan(&day, &s.From, &s.To, &s.Basis)
		s.Day = clock.Day(day)
		next = append(next, s)
		return err
	})
	return NewTree(units, next), err
}

// Given is a tree that was read already, or, when there is none, the tree as this transaction finds it.
func Given(tx *db.Tx, tree *Tree) (*Tree, error) {
	if tree != nil {
		return tree, nil
	}
	return Load(tx)
}

// Insert adds a unit under its parent; a code that is taken is a fault. ID and Path are filled in.
func Insert(tx *db.Tx, u *Unit) error {
	if u.Code == "" || u.Name == "" || len(u.Code) > 40 || len(u.Name) > 200 || strings.Contains(u.Code, "/") {
		return fault.New(fault.Invalid, "territory.unit", "Đơn vị cần có mã (tối đa 40 ký tự, không có dấu /) và tên.").On("code")
	}
	u.Path = "/" + u.Code + "/"
	if u.Parent != 0 {
		var path string
		if err := tx.QueryRow("SELECT path FROM unit WHERE id=$1", u.Parent).Scan(&path); err != nil {
			return fault.New(fault.Invalid, "territory.parent", "Không tìm thấy đơn vị cấp trên.").On("parent")
		}
		u.Path = path + u.Code + "/"
	}
	if u.ID == 0 {
		u.ID = id.New()
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM unit WHERE code=$1", u.Code).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Conflict, "territory.code_taken", "Mã %s đã có ở một đơn vị khác.", u.Code).On("code")
	}
	_, err := tx.Exec(`INSERT INTO unit(id, code, kind, tier, name, name_fold, parent_id, path, from_day, until_day, provisional, lat, lon, households)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,0)`, u.ID, u.Code, u.Kind, u.Tier, u.Name, vn.Fold(u.Name), u.Parent, u.Path, string(u.From), string(u.Until),
		u.Provisional, u.Lat, u.Lon)
	return err
}

// Update changes a unit's kind, name, place on the map, days and provisional mark.
func Update(tx *db.Tx, u *Unit) error {
	if u.Name == "" {
		return fault.New(fault.Invalid, "territory.name", "Tên đơn vị không được để trống.").On("name")
	}
	_, err := tx.Exec("UPDATE unit SET kind=$1, name=$2, name_fold=$3, from_day=$4, until_day=$5, provisional=$6, lat=$7, lon=$8 WHERE id=$9",
		u.Kind, u.Name, vn.Fold(u.Name), string(u.From), string(u.Until), u.Provisional, u.Lat, u.Lon, u.ID)
	return err
}

// Succeed records that from is part of to from a day on, and ends from the day before (law T2).
func Succeed(tx *db.Tx, s Succession) error {
	if s.From == s.To {
		return fault.New(fault.Invalid, "territory.self", "Đơn vị mới phải khác đơn vị cũ.").On("to")
	}
	for _, unit := range []int64{s.From, s.To} {
		var n int
		if err := tx.QueryRow("SELECT count(*) FROM unit WHERE id=$1", unit).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Missing, "territory.succession_unit", "Không tìm thấy đơn vị cũ hoặc đơn vị mới.").On("to")
		}
	}
	if s.Day.Time().IsZero() {
		return fault.New(fault.Invalid, "territory.day", "Hãy ghi ngày sáp nhập.").On("day")
	}
	if _, err := tx.Exec("INSERT INTO unit_succession(day, from_id, to_id, basis) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING", string(s.Day), s.From, s.To, s.Basis); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE unit SET until_day=$1 WHERE id=$2", string(s.Day.Add(-1)), s.From)
	return err
}

// EnsureHamlet gives the hamlet of that name, made provisional when the commune has no official hamlets yet; nil when it has and
// none is called so.
func EnsureHamlet(tx *db.Tx, t *Tree, commune int64, text string) (*Unit, error) {
	if u, ok := t.FindHamlet(commune, text); ok {
		return u, nil
	}
	kind, name, ok := ParseHamletName(text)
	if _, isCommune := t.FindCommune(text); isCommune && kind == "" {
		return nil, nil // "xa An Khuong" in a column of hamlets
	}
	c := t.ByID(commune)
	if !ok || c == nil || len(t.kids[commune]) >= 200 {
		return nil, nil
	}
	last := 0
	for _, u := range t.kids[commune] {
		if !u.Provisional {
			return nil, nil
		}
		last = max(last, number(strings.TrimPrefix(u.Code, c.Code)))
	}
	if kind == "" {
		if kind = "ấp"; vn.Fold(c.Kind) == "thi tran" || vn.Fold(c.Kind) == "phuong" {
			kind = "khu phố"
		}
	}
	u := &Unit{Code: fmt.Sprintf("%s.%02d", c.Code, last+1), Kind: kind, Tier: c.Tier + 1, Name: name, Parent: c.ID, Provisional: true}
	return u, Insert(tx, u)
}

// Office is a body that hangs on a unit: police, committee, union, department, operator (law T3).
type Office struct {
	ID, Unit int64
	Kind     string
	Name     string
	Code     string // what the plan calls it; "" for one that a list brought
}

// AddOffice adds an office, or gives the one of that name there; one that the plan names is known by its code first, so that a plan may
// rename it.
func AddOffice(tx *db.Tx, o *Office) error {
	if o.Name == "" {
		return fault.New(fault.Invalid, "territory.office", "Tên cơ quan không được để trống.").On("name")
	}
	fold := vn.Fold(o.Name)
	var was string
	err := tx.QueryRow("SELECT id, code FROM office WHERE unit_id=$1 AND (name_fold=$2 OR code=$3 AND code<>'') ORDER BY code DESC LIMIT 1", o.Unit, fold, o.Code).Scan(&o.ID, &was)
	switch {
	case err == nil && (o.Code == "" || was == o.Code):
		return nil
	case err == nil:
		_, err = tx.Exec("UPDATE office SET code=$1, kind=$2 WHERE id=$3", o.Code, o.Kind, o.ID)
		return err
	}
	o.ID = id.New()
	_, err = tx.Exec("INSERT INTO office(id, unit_id, kind, name, name_fold, code) VALUES ($1,$2,$3,$4,$5,$6)", o.ID, o.Unit, o.Kind, o.Name, fold, o.Code)
	return err
}

// Offices lists all offices by unit and name.
func Offices(tx *db.Tx) ([]Office, error) {
	var out []Office
	err := tx.Each("SELECT id, unit_id, kind, name, code FROM office ORDER BY unit_id, name_fold", nil, func(scan func(...any) error) error {
		var o Office
		err := scan(&o.ID, &o.Unit, &o.Kind, &o.Name, &o.Code)
		out = append(out, o)
		return err
	})
	return out, err
}
