package app

import (
	"encoding/json"
	"fmt"
	"strings"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/vn"
)

// unitLists takes in lists of administrative units (laws T1, T2): new units go under their parents, known ones are brought up to
// date. What a list did is noted, so that it can be withdrawn (law F3).
type unitLists struct{ door *access.Door }

// Kinds lists the one kind.
func (unitLists) Kinds() []string { return []string{intake.KindUnits} }

// Title names it for people.
func (unitLists) Title(kind string) string { return intake.KindTitle(kind) }

// Start begins a batch.
func (u unitLists) Start(tx *db.Tx, b *intake.Batch) (intake.Run, error) {
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	return &unitRun{tx: tx, batch: b, tree: tree, door: u.door}, nil
}

type unitRun struct {
	tx    *db.Tx
	batch *intake.Batch
	tree  *territory.Tree
	door  *access.Door
}

// Finish has the screens read the tree anew.
func (r *unitRun) Finish() error {
	r.door.Changed()
	return nil
}

// Apply takes a chunk of units.
func (r *unitRun) Apply(rows []*intake.Row, dry bool) ([]intake.Outcome, error) {
	out := make([]intake.Outcome, len(rows))
	announced := map[string]bool{} // codes and names that this chunk itself brings, for a dry run
	for i, row := range rows {
		var err error
		if out[i], err = r.one(row, dry, announced); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func held(code, text string, args ...any) intake.Outcome {
	return intake.Outcome{Verdict: intake.Held, Code: code, Text: fmt.Sprintf(text, args...)}
}

func (r *unitRun) one(row *intake.Row, dry bool, announced map[string]bool) (intake.Outcome, error) {
	name := intake.PlaceName(row.Unit.Name)
	kind := strings.ToLower(vn.NFC(row.Unit.Kind))
	communeKind := isCommuneKind(kind)
	known := r.tree.ByCode(row.Unit.Code)
	parent := r.parent(row.Unit.Parent)
	switch {
	case parent == nil && row.Unit.Parent != "":
		if dry && announced[vn.Fold(row.Unit.Parent)] {
			return intake.Outcome{Verdict: intake.New}, nil
		}
		return held("unit.parent", "Không tìm thấy đơn vị cấp trên “%s”; nhập đơn vị cấp trên trước.", row.Unit.Parent), nil
	case parent == nil && known != nil:
		parent = r.tree.ByID(known.Parent)
	case parent == nil:
		if parent = r.tree.ByID(r.batch.UnitID); parent == nil && communeKind {
			parent = r.district()
		}
	}
	if known == nil && row.Unit.Code == "" && parent != nil {
		if known = r.sibling(parent.ID, kind, name); known == nil && communeKind {
			return held("unit.code", "Xã, thị trấn cần có mã đơn vị hành chính; bổ sung cột mã rồi nhập lại."), nil
		}
	}
	if known != nil {
		return r.change(known, row, kind, name, dry)
	}
	if parent == nil {
		return held("unit.parent_missing", "Chưa biết “%s” thuộc đơn vị nào; bổ sung cột mã cấp trên rồi nhập lại.", row.Unit.Name), nil
	}
	u := &territory.Unit{Code: row.Unit.Code, Kind: kind, Tier: tierUnder(parent, communeKind), Name: name, Parent: parent.ID, Lat: row.Unit.Lat, Lon: row.Unit.Lon,
		From: row.Unit.From, Until: row.Unit.Until}
	if u.Code == "" {
		u.Code = r.freeCode(parent)
	}
	announced[vn.Fold(u.Code)], announced[vn.Fold(row.Unit.Name)] = true, true
	if dry {
		return intake.Outcome{Verdict: intake.New}, nil
	}
	if err := r.batch.Viewer.May("unit.manage", parent.ID); err != nil {
		return held("unit.right", "%s", err.Error()), nil
	}
	if err := territory.Insert(r.tx, u); err != nil {
		return intake.Outcome{}, err
	}
	if err := r.note(u.ID, ""); err != nil {
		return intake.Outcome{}, err
	}
	var err error
	r.tree, err = territory.Load(r.tx)
	return intake.Outcome{Verdict: intake.New}, err
}

// tierUnder gives the tier of a unit under a parent: one lower, but a commune is a commune also where there are no districts, as since
// 01/7/2025.
func tierUnder(parent *territory.Unit, commune bool) int {
	if commune {
		return max(parent.Tier+1, territory.TierCommune)
	}
	return parent.Tier + 1
}

// change brings a known unit up to date.
func (r *unitRun) change(u *territory.Unit, row *intake.Row, kind, name string, dry bool) (intake.Outcome, error) {
	now := *u
	now.Name, now.Provisional = name, false
	if kind != "" {
		now.Kind = kind
	}
	if row.Unit.Lat != 0 {
		now.Lat, now.Lon = row.Unit.Lat, row.Unit.Lon
	}
	if row.Unit.From != "" {
		now.From = row.Unit.From
	}
	if row.Unit.Until != "" {
		now.Until = row.Unit.Until
	}
	if now == *u || strings.EqualFold(now.Kind, u.Kind) && now.Name == u.Name && now.Lat == u.Lat && now.Lon == u.Lon && now.From == u.From && now.Until == u.Until && !u.Provisional {
		return intake.Outcome{Verdict: intake.Same}, nil
	}
	if dry {
		return intake.Outcome{Verdict: intake.Changed}, nil
	}
	if err := r.batch.Viewer.May("unit.manage", u.ID); err != nil {
		return held("unit.right", "%s", err.Error()), nil
	}
	was, err := json.Marshal(u)
	if err != nil {
		return intake.Outcome{}, err
	}
	if err := r.note(u.ID, string(was)); err != nil {
		return intake.Outcome{}, err
	}
	if err := territory.Update(r.tx, &now); err != nil {
		return intake.Outcome{}, err
	}
	r.tree, err = territory.Load(r.tx)
	return intake.Outcome{Verdict: intake.Changed}, err
}

func (r *unitRun) note(unit int64, was string) error {
	_, err := r.tx.Exec("INSERT INTO unit_brought(batch_id, unit_id, was) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING", r.batch.ID, unit, was)
	return err
}

// parent finds a unit named as another's parent, by code or by name.
func (r *unitRun) parent(text string) *territory.Unit {
	if text == "" {
		return nil
	}
	if u := r.tree.ByCode(text); u != nil {
		return u
	}
	if u, ok := r.tree.FindCommune(text); ok {
		return u
	}
	want := vn.Fold(intake.PlaceName(text))
	for _, u := range r.tree.All() {
		if u.Tier < territory.TierCommune && vn.Fold(u.Name) == want {
			return u
		}
	}
	return nil
}

// district is the one unit of its tier, nil when there are several.
func (r *unitRun) district() *territory.Unit {
	var found *territory.Unit
	for _, u := range r.tree.All() {
		if u.Tier == territory.TierDistrict {
			if found != nil {
				return nil
			}
			found = u
		}
	}
	return found
}

func (r *unitRun) sibling(parent int64, kind, name string) *territory.Unit {
	for _, u := range r.tree.Children(parent, "") {
		if vn.Fold(u.Name) == vn.Fold(name) && (kind == "" || u.Kind == "" || vn.Fold(u.Kind) == vn.Fold(kind)) {
			return u
		}
	}
	return nil
}

// freeCode makes the next code under a parent: 25330.08.
func (r *unitRun) freeCode(parent *territory.Unit) string {
	for n := len(r.tree.Children(parent.ID, "")) + 1; ; n++ {
		if code := fmt.Sprintf("%s.%02d", parent.Code, n); r.tree.ByCode(code) == nil {
			return code
		}
	}
}

func isCommuneKind(kind string) bool {
	switch vn.Fold(kind) {
	case "xa", "phuong", "thi tran":
		return true
	}
	return false
}

// Withdraw takes new units out again where nothing hangs on them, marks the others as provisional, and gives changed ones back what
// they were.
func (u unitLists) Withdraw(tx *db.Tx, b *intake.Batch) (int64, error) {
	type brought struct {
		unit int64
		was  string
	}
	var list []brought
	if err := tx.Each("SELECT unit_id, was FROM unit_brought WHERE batch_id=$1 ORDER BY unit_id DESC", []any{b.ID}, func(scan func(...any) error) error {
		var x brought
		err := scan(&x.unit, &x.was)
		list = append(list, x)
		return err
	}); err != nil {
		return 0, err
	}
	for _, x := range list {
		if x.was != "" {
			var was territory.Unit
			if err := json.Unmarshal([]byte(x.was), &was); err != nil {
				return 0, err
			}
			if err := territory.Update(tx, &was); err != nil {
				return 0, err
			}
			continue
		}
		if err := remove(tx, x.unit); err != nil {
			return 0, err
		}
	}
	u.door.Changed()
	_, err := tx.Exec("DELETE FROM unit_brought WHERE batch_id=$1", b.ID)
	return int64(len(list)), err
}

// hangs lists where a unit may be named.
var hangs = []string{
	"SELECT count(*) FROM unit WHERE parent_id=$1", "SELECT count(*) FROM person WHERE unit_id=$1", "SELECT count(*) FROM team WHERE unit_id=$1",
	"SELECT count(*) FROM office WHERE unit_id=$1", "SELECT count(*) FROM role_grant WHERE unit_id=$1", "SELECT count(*) FROM target_given WHERE unit_id=$1",
	"SELECT count(*) FROM quota WHERE unit_id=$1", "SELECT count(*) FROM unit_succession WHERE from_id=$1 OR to_id=$1",
}

func remove(tx *db.Tx, unit int64) error {
	for _, q := range hangs {
		var n int64
		if err := tx.QueryRow(q, unit).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			_, err := tx.Exec("UPDATE unit SET provisional=TRUE WHERE id=$1", unit)
			return err
		}
	}
	_, err := tx.Exec("DELETE FROM unit WHERE id=$1", unit)
	return err
}
