package people

import (
	"context"
	"database/sql"
	"errors"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

const factColumns = "id, person_id, kind, from_day, until_day, evidence, source, as_of, batch_id, asked_by, approved_by, approved_at, state"

func scanFact(scan func(...any) error, more ...any) (Fact, error) {
	var f Fact
	var from, until string
	err := scan(append([]any{&f.ID, &f.Person, &f.Kind, &from, &until, &f.Evidence, &f.Source, &f.AsOf, &f.Batch, &f.AskedBy, &f.ApprovedBy, &f.ApprovedAt, &f.State}, more...)...)
	f.From, f.Until = clock.Day(from), clock.Day(until)
	return f, err
}

// FactsOf reads all facts of these persons, whatever their state.
func FactsOf(tx *db.Tx, persons []int64) (map[int64][]Fact, error) {
	out := map[int64][]Fact{}
	err := tx.EachIn("SELECT "+factColumns+" FROM person_fact WHERE person_id IN (%s) ORDER BY person_id, id", nil, persons, func(scan func(...any) error) error {
		f, err := scanFact(scan)
		if err == nil {
			out[f.Person] = append(out[f.Person], f)
		}
		return err
	})
	return out, err
}

// AddFact writes a fact inside a transaction that the caller has checked: an import, or AskFact.
func AddFact(tx *db.Tx, f *Fact, row int64) error {
	if f.ID == 0 {
		f.ID = id.New()
	}
	_, err := tx.Exec(`INSERT INTO person_fact(id, person_id, kind, from_day, until_day, evidence, source, as_of, batch_id, batch_row, at, asked_by, approved_by, approved_at, state)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`, f.ID, f.Person, f.Kind, string(f.From), string(f.Until), f.Evidence, int64(f.Source), f.AsOf,
		f.Batch, row, tx.Now(), f.AskedBy, f.ApprovedBy, f.ApprovedAt, f.State)
	tx.Touch(f.Person)
	return err
}

// AskFact proposes a dated fact with its evidence. A fact that takes somebody out of a denominator waits for the approval of
// somebody else (law W2); others count at once.
func (r Register) AskFact(ctx context.Context, who access.Viewer, f Fact, needsApproval bool) (int64, error) {
	if f.Kind == "" {
		return 0, fault.New(fault.Invalid, "people.fact_kind", "Hãy chọn loại tình trạng.").On("kind")
	}
	if f.Evidence == "" || len(f.Evidence) > 1000 {
		return 0, fault.New(fault.Invalid, "people.fact_evidence", "Hãy ghi căn cứ: giấy tờ, người xác nhận, ngày xác minh (tối đa 1.000 ký tự).").On("evidence")
	}
	if f.From.Time().IsZero() {
		return 0, fault.New(fault.Invalid, "people.fact_from", "Hãy ghi ngày bắt đầu.").On("from")
	}
	if f.Until != "" && f.Until < f.From {
		return 0, fault.New(fault.Invalid, "people.fact_until", "Ngày kết thúc phải sau ngày bắt đầu.").On("until")
	}
	f.ID, f.AskedBy, f.Source = id.New(), who.Account, Field
	act := who.Act("fact.ask", 0, "person:"+id.String(f.Person), f.Kind)
	return f.ID, r.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		unit, err := UnitOf(tx, f.Person)
		if err != nil {
			return err
		}
		if err := who.May("fact.ask", unit); err != nil {
			return err
		}
		act.Unit = unit
		f.AsOf = tx.Now()
		f.State = Asked
		if !needsApproval {
			f.State, f.ApprovedBy, f.ApprovedAt = Approved, who.Account, f.AsOf
		}
		return AddFact(tx, &f, 0)
	})
}

// DecideFact approves or refuses a fact that waits. Whoever asked for it cannot (law W2).
func (r Register) DecideFact(ctx context.Context, who access.Viewer, fact int64, approve bool) error {
	act := who.Act("fact.approve", 0, "fact:"+id.String(fact), map[bool]string{true: "duyệt", false: "không duyệt"}[approve])
	return r.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		f, unit, err := factAt(tx, fact)
		if err != nil {
			return err
		}
		if err := who.May("fact.approve", unit); err != nil {
			return err
		}
		act.Unit = unit
		if f.AskedBy == who.Account {
			return fault.New(fault.Forbidden, "people.fact_own", "Người đề nghị không được tự duyệt. Hãy nhờ một người khác có quyền duyệt.")
		}
		if f.State != Asked {
			return fault.New(fault.Conflict, "people.fact_decided", "Đề nghị này đã được người khác xử lý.")
		}
		state := FactRefused
		if approve {
			state = Approved
		}
		_, err = tx.Exec("UPDATE person_fact SET state=$1, approved_by=$2, approved_at=$3 WHERE id=$4", state, who.Account, tx.Now(), fact)
		tx.Touch(f.Person)
		return err
	})
}

// EndFact says the day on which a fact ceased, or takes back one that was wrong.
func (r Register) EndFact(ctx context.Context, who access.Viewer, fact int64, until clock.Day, wrong bool) error {
	act := who.Act("fact.ask", 0, "fact:"+id.String(fact), map[bool]string{true: "rút vì sai", false: "hết hiệu lực"}[wrong])
	return r.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		f, unit, err := factAt(tx, fact)
		if err != nil {
			return err
		}
		if err := who.May("fact.ask", unit); err != nil {
			return err
		}
		act.Unit = unit
		if !wrong && (until.Time().IsZero() || until < f.From) {
			return fault.New(fault.Invalid, "people.fact_until", "Ngày kết thúc phải sau ngày bắt đầu.").On("last")
		}
		tx.Touch(f.Person)
		if wrong {
			_, err = tx.Exec("UPDATE person_fact SET state=$1 WHERE id=$2", FactWithdraw, fact)
			return err
		}
		_, err = tx.Exec("UPDATE person_fact SET until_day=$1 WHERE id=$2", string(until), fact)
		return err
	})
}

func factAt(tx *db.Tx, fact int64) (Fact, int64, error) {
	rows, err := tx.Query("SELECT "+factColumns+" FROM person_fact WHERE id=$1", fact)
	if err != nil {
		return Fact{}, 0, err
	}
	defer rows.Close()
	if !rows.Next() {
		return Fact{}, 0, fault.New(fault.Missing, "people.fact_unknown", "Không tìm thấy đề nghị này.")
	}
	f, err := scanFact(rows.Scan)
	if err != nil {
		return Fact{}, 0, err
	}
	rows.Close()
	unit, err := UnitOf(tx, f.Person)
	return f, unit, err
}

// AskedFact is a fact that waits for approval, with whose it is.
type AskedFact struct {
	Fact
	Name string
	Unit int64
}

// WaitingFacts lists the facts that wait for approval in these units, oldest first, at most n.
func (r Register) WaitingFacts(ctx context.Context, who access.Viewer, within func(unit int64) bool, n int) ([]AskedFact, error) {
	var out []AskedFact
	err := r.DB.Read(ctx, func(tx *db.Tx) error {
		err := tx.Each(`SELECT f.id, f.person_id, f.kind, f.from_day, f.until_day, f.evidence, f.source, f.as_of, f.batch_id, f.asked_by, f.approved_by, f.approved_at, f.state, p.name, p.unit_id
			FROM person_fact f JOIN person p ON p.id = f.person_id WHERE f.state = 'asked' AND p.state = 'live' ORDER BY f.at, f.id LIMIT 5000`, nil, func(scan func(...any) error) error {
			var a AskedFact
			f, err := scanFact(scan, &a.Name, &a.Unit)
			if err != nil {
				return err
			}
			a.Fact = f
			if len(out) < n && within(a.Unit) && who.May("people.see", a.Unit) == nil {
				out = append(out, a)
			}
			return nil
		})
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return out, err
}
