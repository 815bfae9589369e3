package allotment

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bonphu/core/intake"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// givenOf reads the target table's numbers of one target.
func givenOf(tx *db.Tx, target string) (map[int64]int64, error) {
	out := map[int64]int64{}
	err := tx.Each("SELECT unit_id, n FROM target_given WHERE target=$1", []any{target}, func(scan func(...any) error) error {
		var unit, n int64
		err := scan(&unit, &n)
		out[unit] = n
		return err
	})
	return out, err
}

// Table takes in the plan's target table (KH:IV.1.e): a row a unit, a column a target. It is an intake.Applier.
type Table struct {
	Plan func() *plan.Plan
}

// Kinds is the one kind it takes.
func (t Table) Kinds() []string { return []string{intake.KindTargets} }

// Title names it for people.
func (t Table) Title(kind string) string { return intake.KindTitle(kind) }

// Start begins a batch.
func (t Table) Start(tx *db.Tx, b *intake.Batch) (intake.Run, error) {
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	return &tableRun{tx: tx, batch: b, plan: t.Plan(), tree: tree}, nil
}

// Withdraw takes back the batch's numbers; what an earlier table said stands again (law F3).
func (t Table) Withdraw(tx *db.Tx, b *intake.Batch) (int64, error) {
	if _, err := tx.Exec("UPDATE target_told SET voided=$1 WHERE batch_id=$2", true, b.ID); err != nil {
		return 0, err
	}
	n, err := tx.Exec("DELETE FROM target_given WHERE batch_id=$1", b.ID)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(`INSERT INTO target_given(unit_id, target, n, batch_id, at)
		SELECT t.unit_id, t.target, t.n, t.batch_id, t.at FROM target_told t
		JOIN (SELECT unit_id, target, max(id) AS id FROM target_told WHERE NOT voided GROUP BY unit_id, target) last ON last.id = t.id
		WHERE NOT EXISTS (SELECT 1 FROM target_given g WHERE g.unit_id = t.unit_id AND g.target = t.target)`)
	return n, err
}

type tableRun struct {
	tx    *db.Tx
	batch *intake.Batch
	plan  *plan.Plan
	tree  *territory.Tree
}

// Apply takes rows of the table.
func (r *tableRun) Apply(rows []*intake.Row, dry bool) ([]intake.Outcome, error) {
	out := make([]intake.Outcome, len(rows))
	for i, row := range rows {
		o, err := r.row(row, dry)
		if err != nil {
			return nil, err
		}
		out[i] = o
	}
	return out, nil
}

// Finish has nothing left to do.
func (r *tableRun) Finish() error { return nil }

func (r *tableRun) row(row *intake.Row, dry bool) (intake.Outcome, error) {
	u := r.unit(row)
	if u == nil {
		return intake.Outcome{Verdict: intake.Held, Code: "target.unit_unknown",
			Text: fmt.Sprintf("Không tìm thấy đơn vị “%s”; sửa tên theo danh mục đơn vị hoặc bổ sung đơn vị rồi nhập lại.", strings.TrimSpace(row.Unit.Name))}, nil
	}
	if err := r.batch.Viewer.May("intake.apply", u.ID); err != nil {
		f, ok := fault.As(err)
		if !ok {
			return intake.Outcome{}, err
		}
		return intake.Outcome{Verdict: intake.Refused, Code: f.Code, Text: f.Text}, nil
	}
	said := map[string]int64{}
	for _, t := range row.Targets {
		target := TargetOf(r.plan, t.Key, t.Heading)
		if target == "" {
			continue
		}
		if was, twice := said[target]; twice && was != t.N {
			return intake.Outcome{Verdict: intake.Held, Code: "target.twice", Text: "Hai cột cùng nói về một chỉ tiêu nhưng khác số; giữ lại một cột rồi nhập lại."}, nil
		}
		said[target] = t.N
	}
	if len(said) == 0 {
		return intake.Outcome{Verdict: intake.Held, Code: "target.column_unknown", Text: "Không có cột nào ứng với chỉ tiêu của kế hoạch; ghi tên cột theo bảng chỉ tiêu của kế hoạch rồi nhập lại."}, nil
	}
	fresh, changed := false, false
	for _, t := range counted(r.plan) {
		n, ok := said[t.ID]
		if !ok {
			continue
		}
		given, err := givenOf(r.tx, t.ID)
		if err != nil {
			return intake.Outcome{}, err
		}
		was, known := given[u.ID]
		if known && was == n {
			continue
		}
		fresh, changed = fresh || !known, changed || known
		if dry {
			continue
		}
		if err := r.write(u.ID, t.ID, n); err != nil {
			return intake.Outcome{}, err
		}
	}
	switch {
	case changed:
		return intake.Outcome{Verdict: intake.Changed}, nil
	case fresh:
		return intake.Outcome{Verdict: intake.New}, nil
	}
	return intake.Outcome{Verdict: intake.Same}, nil
}

func (r *tableRun) write(unit int64, target string, n int64) error {
	if _, err := r.tx.Exec("INSERT INTO target_told(id, unit_id, target, n, batch_id, at, voided) VALUES ($1,$2,$3,$4,$5,$6,$7)",
		id.New(), unit, target, n, r.batch.ID, r.tx.Now(), false); err != nil {
		return err
	}
	_, err := r.tx.Exec(`INSERT INTO target_given(unit_id, target, n, batch_id, at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (unit_id, target) DO UPDATE SET n=excluded.n, batch_id=excluded.batch_id, at=excluded.at`, unit, target, n, r.batch.ID, r.tx.Now())
	return err
}

func (r *tableRun) unit(row *intake.Row) *territory.Unit { return UnitOf(r.tree, row, r.batch.UnitID) }

// UnitOf finds the unit a row of a table is of: by its code, else the hamlet, else the commune that it names, else the district itself.
func UnitOf(tree *territory.Tree, row *intake.Row, given int64) *territory.Unit {
	if row.Unit.Code != "" {
		return tree.ByCode(strings.TrimSpace(row.Unit.Code))
	}
	commune, ok := tree.FindCommune(row.Unit.Name)
	if !ok && row.CommuneText != "" {
		commune, ok = tree.FindCommune(row.CommuneText)
	}
	if !ok && given != 0 {
		commune = tree.Commune(given)
		ok = commune != nil && row.HamletText != ""
	}
	if !ok {
		for _, u := range tree.All() {
			if u.Tier <= territory.TierDistrict && (vn.Fold(u.Title()) == vn.Fold(row.Unit.Name) || vn.Fold(u.Name) == vn.Fold(row.Unit.Name)) {
				return u
			}
		}
		return nil
	}
	if row.HamletText != "" {
		if h, ok := tree.FindHamlet(commune.ID, row.HamletText); ok {
			return h
		}
		return nil
	}
	return commune
}

// TargetOf tells which of the plan's targets a column of a target table is: by the key that intake knows it under, else by a
// heading like the plan's own column, short title or title; "" for none.
func TargetOf(p *plan.Plan, key, heading string) string {
	fold := vn.Fold(heading)
	for _, t := range counted(p) {
		if key != "" && (t.Column == key || t.ID == key) {
			return t.ID
		}
		for _, own := range []string{t.Column, t.Short, t.Title} {
			if own != "" && vn.Fold(own) == fold {
				return t.ID
			}
		}
	}
	return ""
}

// CheckTotal compares what a table's own total row says with the sum of its rows, by target; a Vietnamese sentence for each that
// differs (law A1). A target that told does not hold is not checked.
func CheckTotal(rows []map[string]int64, told map[string]int64, title func(target string) string) []string {
	sum := map[string]int64{}
	for _, r := range rows {
		for t, n := range r {
			sum[t] += n
		}
	}
	var out []string
	for _, t := range slices.Sorted(maps.Keys(told)) {
		if sum[t] != told[t] {
			out = append(out, fmt.Sprintf("Dòng tổng của cột “%s” ghi %s nhưng cộng các đơn vị được %s; kiểm tra lại bảng.", title(t), vn.Int(told[t]), vn.Int(sum[t])))
		}
	}
	return out
}
