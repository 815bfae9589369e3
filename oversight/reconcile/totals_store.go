package reconcile

import (
	"fmt"
	"strings"

	"bonphu/core/intake"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/allotment"
)

// TotalsSource says where a total of the tracking software comes from.
const TotalsSource = "Phần mềm theo dõi của Công an tỉnh"

// TotalsList takes in the totals by unit of the provincial police's tracking software, where that is all there is (KH:IV.2.d). They name
// nobody, so they confirm nobody (law C2) and are added to nothing: they stand beside the ledger's figures of their day. It is an
// intake.Applier.
type TotalsList struct {
	Plan func() *plan.Plan
}

// Kinds is the one kind it takes.
func (l TotalsList) Kinds() []string { return []string{intake.KindTotals} }

// Title names it for people.
func (l TotalsList) Title(kind string) string { return intake.KindTitle(kind) }

// Start begins a batch.
func (l TotalsList) Start(tx *db.Tx, b *intake.Batch) (intake.Run, error) {
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	return &totalsRun{tx, b, l.Plan(), tree}, nil
}

// Withdraw takes the list's totals back (law F3).
func (l TotalsList) Withdraw(tx *db.Tx, b *intake.Batch) (int64, error) {
	return tx.Exec("UPDATE declared SET void_why=$1, void_by=$2, void_at=$3 WHERE batch_id=$4 AND void_at=''", "rút danh sách", b.Who, tx.Now(), b.ID)
}

type totalsRun struct {
	tx    *db.Tx
	batch *intake.Batch
	plan  *plan.Plan
	tree  *territory.Tree
}

// Finish has nothing left to do.
func (r *totalsRun) Finish() error { return nil }

// Apply takes rows: each unit's number of each target that the columns name.
func (r *totalsRun) Apply(rows []*intake.Row, dry bool) ([]intake.Outcome, error) {
	out := make([]intake.Outcome, len(rows))
	for i, row := range rows {
		u := allotment.UnitOf(r.tree, row, r.batch.UnitID)
		if u == nil {
			out[i] = intake.Outcome{Verdict: intake.Held, Code: "totals.unit_unknown", Text: fmt.Sprintf("Không tìm thấy đơn vị “%s”; sửa tên theo danh mục đơn vị rồi nhập lại.", strings.TrimSpace(row.Unit.Name))}
			continue
		}
		if f, ok := fault.As(r.batch.Viewer.May("intake.apply", u.ID)); ok {
			out[i] = intake.Outcome{Verdict: intake.Refused, Code: f.Code, Text: f.Text}
			continue
		}
		said := map[string]int64{}
		for _, t := range row.Targets {
			if target := allotment.TargetOf(r.plan, t.Key, t.Heading); target != "" {
				said[target] = t.N
			}
		}
		if len(said) == 0 {
			out[i] = intake.Outcome{Verdict: intake.Held, Code: "totals.no_column", Text: "Không cột nào là một chỉ tiêu của kế hoạch. Hãy sửa tiêu đề cột theo tên ngắn của chỉ tiêu, ví dụ “Kích hoạt định danh điện tử”."}
			continue
		}
		verdict, err := r.row(u.ID, said, dry)
		if err != nil {
			return nil, err
		}
		out[i] = intake.Outcome{Verdict: verdict}
	}
	return out, nil
}

// row keeps what is not kept yet: the same total of the same day again is the same.
func (r *totalsRun) row(unit int64, said map[string]int64, dry bool) (intake.Verdict, error) {
	verdict := intake.Same
	for i := range r.plan.Targets {
		target := r.plan.Targets[i].ID
		n, ok := said[target]
		if !ok {
			continue
		}
		var there, equal int64
		if err := r.tx.QueryRow("SELECT count(*), CAST(coalesce(sum(CASE WHEN done=$5 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM declared WHERE unit_id=$1 AND target=$2 AND day=$3 AND source=$4 AND void_at=''",
			unit, target, string(r.batch.AsOf), TotalsSource, n).Scan(&there, &equal); err != nil {
			return "", err
		}
		switch {
		case equal > 0:
			continue
		case there > 0:
			verdict = intake.Changed
		case verdict == intake.Same:
			verdict = intake.New
		}
		if dry {
			continue
		}
		if _, err := r.tx.Exec(`INSERT INTO declared(id, unit_id, target, day, done, whole, percent, source, note, who, who_name, at, void_why, void_by, void_at, batch_id)
			VALUES ($1,$2,$3,$4,$5,0,'',$6,$7,$8,$9,$10,'',0,'',$11)`, id.New(), unit, target, string(r.batch.AsOf), n, TotalsSource, r.batch.FileName, r.batch.Who, r.batch.WhoName, r.tx.Now(), r.batch.ID); err != nil {
			return "", err
		}
	}
	return verdict, nil
}
