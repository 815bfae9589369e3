package intake

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"bonphu/core/access"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// issueRow is an issue on its way to the database, with the row it is about.
type issueRow struct {
	Issue
	row *Row // nil for remarks
}

// appendIssues makes the issues of one row: one for a row held or refused, and one for each remark on its cells.
func appendIssues(list []issueRow, b *Batch, r *Row, o Outcome) []issueRow {
	name := ""
	if b.Reading != nil && r.Sheet < len(b.Reading.Sheets) {
		name = b.Reading.Sheets[r.Sheet].Name
	}
	base := Issue{BatchID: b.ID, Sheet: r.Sheet, SheetName: name, Row: r.Line, Verdict: o.Verdict}
	taken := o.Verdict != Held && o.Verdict != Refused
	told := false
	for _, p := range r.Problems {
		i := base
		i.Column, i.Code, i.Text, i.State = p.Column, p.Code, p.Text, IssueRemark
		if p.Hold && !told && o.Code == p.Code {
			told = true
			i.State, i.Suggestion = IssueOpen, suggestion(p.Code)
			c := r.clone()
			list = append(list, issueRow{Issue: i, row: &c})
			continue
		}
		list = append(list, issueRow{Issue: i})
	}
	if !taken && !told {
		i := base
		i.Code, i.Text, i.State, i.Suggestion, i.Person = o.Code, o.Text, IssueOpen, suggestion(o.Code), o.Person
		if o.Verdict == Refused {
			i.State = IssueRemark
		}
		c := r.clone()
		list = append(list, issueRow{Issue: i, row: &c})
	}
	return list
}

var issueColumns = []string{"id", "batch_id", "sheet", "sheet_name", "row_no", "col_name", "verdict", "code", "text", "suggestion", "payload_sealed", "person_id", "state", "settled_by", "settled_at", "settled_as"}

func insertIssues(tx *Tx, list []issueRow) error {
	if len(list) == 0 {
		return nil
	}
	n := 0
	var failed error
	_, err := tx.Bulk("batch_row", issueColumns, func() ([]any, bool) {
		if n >= len(list) {
			return nil, false
		}
		i := &list[n]
		n++
		payload := ""
		if i.row != nil {
			t, err := json.Marshal(i.row)
			if err != nil {
				failed = err
				return nil, false
			}
			payload = tx.Keys().Seal(string(t))
		}
		return []any{id.New(), i.BatchID, int64(i.Sheet), i.SheetName, int64(i.Row), i.Column, string(i.Verdict), i.Code, i.Text, i.Suggestion, payload, i.Person, string(i.State), int64(0), "", ""}, true
	})
	if err == nil {
		err = failed
	}
	return err
}

func clearIssues(tx *Tx, batch int64) error {
	_, err := tx.Exec("DELETE FROM batch_row WHERE batch_id=$1", batch)
	return err
}

const issueSelect = `SELECT id, batch_id, sheet, sheet_name, row_no, col_name, verdict, code, text, suggestion, person_id, state, settled_by, settled_at, settled_as FROM batch_row `

func scanIssue(scan func(...any) error) (Issue, error) {
	var i Issue
	var verdict, state string
	err := scan(&i.ID, &i.BatchID, &i.Sheet, &i.SheetName, &i.Row, &i.Column, &verdict, &i.Code, &i.Text, &i.Suggestion, &i.Person, &state, &i.SettledBy, &i.SettledAt, &i.SettledAs)
	i.Verdict, i.State = Verdict(verdict), IssueState(state)
	return i, err
}

func eachIssue(tx *Tx, batch int64, fn func(*Issue) error) error {
	return tx.Each(issueSelect+"WHERE batch_id=$1 ORDER BY sheet, row_no, id", []any{batch}, func(scan func(...any) error) error {
		i, err := scanIssue(scan)
		if err != nil {
			return err
		}
		return fn(&i)
	})
}

// Issues gives the issues of a batch after the id after, in the order they were found, at most n; state "" for all.
func (k *Desk) Issues(ctx context.Context, who access.Viewer, batch int64, state IssueState, after int64, n int) ([]Issue, error) {
	if _, err := k.Get(ctx, who, batch); err != nil {
		return nil, err
	}
	var out []Issue
	err := k.DB.Read(ctx, func(tx *Tx) error {
		return tx.Each(issueSelect+"WHERE batch_id=$1 AND id>$2 AND ($3='' OR state=$3) ORDER BY id LIMIT $4", []any{batch, after, string(state), n}, func(scan func(...any) error) error {
			i, err := scanIssue(scan)
			out = append(out, i)
			return err
		})
	})
	return out, err
}

// Waiting counts the rows of applied batches that wait for a person, by batch.
func (k *Desk) Waiting(ctx context.Context, who access.Viewer) (map[int64]int64, error) {
	out := map[int64]int64{}
	if !who.MayAnywhere(VerbSee) {
		return out, nil
	}
	err := k.DB.Read(ctx, func(tx *Tx) error {
		return tx.Each("SELECT b.id, b.unit_id, count(*) FROM batch b JOIN batch_row r ON r.batch_id=b.id WHERE b.state='applied' AND r.state='open' GROUP BY b.id, b.unit_id", nil, func(scan func(...any) error) error {
			var batch, unit, n int64
			if err := scan(&batch, &unit, &n); err != nil {
				return err
			}
			if who.May(VerbSee, unit) == nil {
				out[batch] = n
			}
			return nil
		})
	})
	return out, err
}

// HeldRow gives the row an issue is about, whole; for the screen that settles it side by side.
func (k *Desk) HeldRow(ctx context.Context, who access.Viewer, issue int64) (*Batch, *Issue, *Row, error) {
	var i Issue
	var row *Row
	err := k.DB.Read(ctx, func(tx *Tx) error {
		var err error
		i, row, err = loadIssue(tx, issue)
		return err
	})
	if err != nil {
		return nil, nil, nil, err
	}
	b, err := k.Get(ctx, who, i.BatchID)
	if err != nil {
		return nil, nil, nil, err
	}
	return b, &i, row, nil
}

func loadIssue(tx *Tx, issue int64) (Issue, *Row, error) {
	i, err := scanIssue(tx.QueryRow(issueSelect+"WHERE id=$1", issue).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return i, nil, fault.New(fault.Missing, "intake.issue_missing", "Không có dòng này; có thể danh sách đã được đọc lại.")
	}
	if err != nil {
		return i, nil, err
	}
	var sealed string
	if err := tx.QueryRow("SELECT payload_sealed FROM batch_row WHERE id=$1", issue).Scan(&sealed); err != nil {
		return i, nil, err
	}
	text, err := tx.Keys().Open(sealed)
	if err != nil || text == "" {
		return i, nil, err
	}
	row := &Row{}
	return i, row, json.Unmarshal([]byte(text), row)
}

// Decision is a person's answer to a held row.
type Decision struct {
	Drop   bool  // leave the row out
	Person int64 // book it on this person; 0 for a new one
	Why    string
}

// Settle carries out a person's answer to a held row of an applied batch. What it books belongs to the batch and is
// withdrawn with it.
func (k *Desk) Settle(ctx context.Context, who access.Viewer, issue int64, d Decision) (Outcome, error) {
	b, i, row, err := k.HeldRow(ctx, who, issue)
	if err != nil {
		return Outcome{}, err
	}
	if err := who.May(VerbSettle, b.UnitID); err != nil {
		return Outcome{}, err
	}
	if b.State != StateApplied || i.State != IssueOpen {
		return Outcome{}, fault.New(fault.Conflict, "intake.settled", "Dòng này không còn chờ xử lý.")
	}
	out, as := Outcome{Verdict: Refused, Code: i.Code, Text: i.Text}, "dropped"
	act := who.Act(VerbSettle, b.UnitID, "batch_row:"+id.String(issue), i.Code)
	err = k.DB.WriteLong(ctx, &act, func(tx *Tx) error {
		to := IssueDropped
		if !d.Drop {
			s, ok := k.appliers[b.Kind].(Settler)
			if !ok || row == nil {
				return fault.New(fault.Invalid, "intake.no_settle", "Loại danh sách này không chấp nhận từng dòng; sửa tệp rồi nhập lại.")
			}
			if row.Name == "" && Persons(b.Kind) {
				return fault.New(fault.Invalid, "intake.no_name", "Dòng này thiếu họ tên nên chưa nhận được; sửa tệp rồi nhập lại.")
			}
			var err error
			if out, err = s.Settle(tx, b, row, d.Person); err != nil {
				return err
			}
			if out.Verdict == Held || out.Verdict == Refused {
				return fault.New(fault.Invalid, "intake.still_held", "%s", out.Text)
			}
			to, as = IssueSettled, string(out.Verdict)
		}
		n, err := tx.Exec("UPDATE batch_row SET state=$2, settled_by=$3, settled_at=$4, settled_as=$5, person_id=$6 WHERE id=$1 AND state='open'",
			issue, string(to), who.Account, tx.Now(), as, out.Person)
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "intake.settled", "Dòng này không còn chờ xử lý.")
		}
		return err
	})
	return out, err
}
