package app

import (
	"context"
	"fmt"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/ops/aid"
	"bonphu/ops/budget"
	"bonphu/ops/canvass"
	"bonphu/ops/dossier"
	"bonphu/ops/duties"
	"bonphu/ops/obstacles"
	"bonphu/ops/officials"
	"bonphu/ops/outreach"
	"bonphu/ops/points"
	"bonphu/oversight/emulation"
	"bonphu/oversight/inspection"
	"bonphu/oversight/lead"
	"bonphu/oversight/reconcile"
	"bonphu/oversight/tally"
	"bonphu/oversight/worklist"
)

// Erased tells what an erasure did.
type Erased struct {
	Persons int64 `json:"persons"`
	Events  int64 `json:"events"`
	Files   int64 `json:"files"`
	Members int64 `json:"members"`
	Left    int64 `json:"left"` // rows with personal data found afterwards: 0
}

// Erase removes all personal data once the plan's retention day is past, in one transaction, and proves it by counting what is left.
// The figures, the account of the batches and the trail stay (law R4).
func (a *App) Erase(ctx context.Context, who access.Viewer) (*Erased, error) {
	if err := who.May("system.run", 0); err != nil {
		return nil, err
	}
	if err := a.MustHavePlan(); err != nil {
		return nil, err
	}
	keep := a.Plan().Retention
	if today := clock.DayOf(a.Clock()); keep == "" || today <= keep {
		return nil, fault.New(fault.Conflict, "app.retention", "Chưa đến hạn xóa dữ liệu cá nhân: kế hoạch giữ đến hết ngày %s.", keep.Vi())
	}
	var e Erased
	act := who.Act("system.run", 0, "erase", "")
	err := a.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
		if day, err := tally.Frozen(tx); err != nil || day != "" {
			if err == nil {
				err = fault.New(fault.Conflict, "app.erased", "Dữ liệu cá nhân đã được xóa ngày %s.", day.Vi())
			}
			return err
		}
		for _, step := range []struct {
			n  *int64
			do func(*db.Tx) (int64, error)
		}{{&e.Events, coverage.Erase}, {&e.Persons, people.Erase}, {&e.Files, intake.Erase}, {&e.Members, canvass.Erase}} {
			n, err := step.do(tx)
			if err != nil {
				return err
			}
			*step.n = n
		}
		if _, err := reconcile.Erase(tx); err != nil {
			return err
		}
		if _, err := inspection.Erase(tx); err != nil {
			return err
		}
		if _, err := emulation.Erase(tx); err != nil {
			return err
		}
		if _, err := points.Erase(tx); err != nil {
			return err
		}
		if _, err := officials.Erase(tx); err != nil {
			return err
		}
		if _, err := worklist.Erase(tx); err != nil {
			return err
		}
		if _, err := obstacles.Erase(tx); err != nil {
			return err
		}
		if _, err := outreach.Erase(tx); err != nil {
			return err
		}
		if _, err := dossier.Erase(tx); err != nil {
			return err
		}
		if _, err := duties.Erase(tx); err != nil {
			return err
		}
		if _, err := budget.Erase(tx); err != nil {
			return err
		}
		if _, err := aid.Erase(tx); err != nil {
			return err
		}
		if _, err := lead.EraseMail(tx); err != nil {
			return err
		}
		if _, err := access.EraseDevices(tx); err != nil {
			return err
		}
		if err := a.Book.Freeze(tx); err != nil {
			return err
		}
		for _, table := range []string{"person", "person_name", "person_attr", "person_fact", "person_merge", "event", "full_named", "file_chunk", "batch_row", "team_member", "person_roll", "case_photo", "inspection_photo", "host_person", "official", "credit", "official_change",
			"assignment", "assignment_note", "round_residue", "visit", "contact_now", "visit_photo", "outreach_photo", "field_item", "device", "enrol_code", "field_log", "work_sheet_row", "account_mail", "duty_file", "budget_paid"} {
			var n int64
			if err := tx.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
				return err
			}
			e.Left += n
		}
		if e.Left > 0 {
			return fmt.Errorf("app: %d rows were left after erasing", e.Left)
		}
		act.Note = fmt.Sprintf("xóa %d người, %d lần ghi nhận, %d tệp, %d thành viên tổ; còn lại 0", e.Persons, e.Events, e.Files, e.Members)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &e, a.DB.Compact(ctx)
}
