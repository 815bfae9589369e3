package dossier

import (
	"context"
	"fmt"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Transmission is a batch of dossiers sent to the Ministry's department, with the receipt that it gave; "" while it has given none. N is
// how many it holds, Out how many of them are past transmission.
type Transmission struct {
	ID, Unit               int64
	Day                    clock.Day
	Receipt, Note          string
	N, Out                 int64
	WhoName, At            string
	WithdrawnAt, WhyPulled string
	WithdrawnBy            string
}

// receiptOf tidies the number of a receipt.
func receiptOf(text string) (string, error) {
	text = strings.Join(strings.Fields(vn.NFC(text)), " ")
	if len(text) > 80 {
		return "", fault.New(fault.Invalid, "dossier.receipt", "Số biên nhận quá dài (tối đa 80 ký tự).").On("receipt")
	}
	return text, nil
}

// Transmit sends dossiers in one batch: those given, or, with none given, everything collected under the unit. The viewer needs
// dossier.write on the unit and on each dossier's.
func (b *Book) Transmit(ctx context.Context, who access.Viewer, unit int64, ids []int64, day clock.Day, receipt, note string) (*Transmission, error) {
	if err := who.May("dossier.write", unit); err != nil {
		return nil, err
	}
	var t *Transmission
	act := who.Act("dossier.write", unit, "", "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		list, err := b.toSend(tx, who, unit, ids)
		if err != nil {
			return err
		}
		if t, err = b.send(tx, who, unit, list, day, receipt, note); err == nil {
			act.Object, act.Note = "transmission:"+id.String(t.ID), fmt.Sprintf("truyền %d hồ sơ", t.N)
		}
		return err
	})
	return t, err
}

func (b *Book) toSend(tx *db.Tx, who access.Viewer, unit int64, ids []int64) ([]Dossier, error) {
	if len(ids) > 0 {
		return dossiersIn(tx, "id", ids)
	}
	var list []Dossier
	err := tx.EachIn("SELECT "+columns+" FROM dossier WHERE state='collected' AND unit_id IN (%s)", nil, who.Tree().Descendants(unit), func(s func(...any) error) error {
		d, err := scan(s)
		list = append(list, d)
		return err
	})
	return list, err
}

// send writes one batch inside a transaction.
func (b *Book) send(tx *db.Tx, who access.Viewer, unit int64, list []Dossier, day clock.Day, receipt, note string) (*Transmission, error) {
	if len(list) == 0 {
		return nil, fault.New(fault.Invalid, "dossier.nothing_to_send", "Không có hồ sơ nào chờ truyền ở địa bàn này.")
	}
	receipt, err := receiptOf(receipt)
	if err != nil {
		return nil, err
	}
	if note, err = noteOf(note); err != nil {
		return nil, err
	}
	ids := make([]int64, len(list))
	since := clock.Day("")
	for i := range list {
		ids[i] = list[i].ID
		since = max(since, list[i].Since)
	}
	if day, err = b.dayOf(tx, day, since); err != nil {
		return nil, err
	}
	steps, err := stepsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	t := &Transmission{ID: id.New(), Unit: unit, Day: day, Receipt: receipt, Note: note, N: int64(len(list)), WhoName: who.Name, At: tx.Now()}
	changes := make([]*change, len(list))
	for i := range list {
		if changes[i], err = b.step(tx, who, &list[i], steps[list[i].ID], Move{To: Transmitted, Day: day, Batch: t.ID}); err != nil {
			return nil, err
		}
	}
	if err := claim(tx, b.Plan(), who, changes); err != nil {
		return nil, err
	}
	if err := write(tx, changes); err != nil {
		return nil, err
	}
	return t, insertTransmission(tx, who, t)
}

func insertTransmission(tx *db.Tx, who access.Viewer, t *Transmission) error {
	t.WhoName = who.Name
	_, err := tx.Exec("INSERT INTO transmission(id, unit_id, day, receipt, note, n, who, who_name, at, withdrawn_at, withdrawn_why, withdrawn_name) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,'','','')",
		t.ID, t.Unit, string(t.Day), t.Receipt, t.Note, t.N, who.Account, t.WhoName, t.At)
	return err
}

const transmissionColumns = "id, unit_id, day, receipt, note, n, who_name, at, withdrawn_at, withdrawn_why, withdrawn_name"

func scanTransmission(scan func(...any) error) (Transmission, error) {
	var t Transmission
	var day string
	err := scan(&t.ID, &t.Unit, &day, &t.Receipt, &t.Note, &t.N, &t.WhoName, &t.At, &t.WithdrawnAt, &t.WhyPulled, &t.WithdrawnBy)
	t.Day = clock.Day(day)
	return t, err
}

func transmissionAt(tx *db.Tx, n int64) (Transmission, error) {
	var out []Transmission
	err := tx.Each("SELECT "+transmissionColumns+" FROM transmission WHERE id=$1", []any{n}, func(scan func(...any) error) error {
		t, err := scanTransmission(scan)
		out = append(out, t)
		return err
	})
	if err == nil && len(out) == 0 {
		err = fault.New(fault.Missing, "dossier.transmission_unknown", "Không tìm thấy đợt truyền này.")
	}
	if err != nil {
		return Transmission{}, err
	}
	return out[0], nil
}

// Receipt records the number of the receipt of a batch. The viewer needs dossier.write on the batch's unit.
func (b *Book) Receipt(ctx context.Context, who access.Viewer, batch int64, receipt string) error {
	receipt, err := receiptOf(receipt)
	if err != nil {
		return err
	}
	if receipt == "" {
		return fault.New(fault.Invalid, "dossier.receipt_none", "Hãy ghi số biên nhận.").On("receipt")
	}
	act := who.Act("dossier.write", 0, "transmission:"+id.String(batch), "ghi số biên nhận")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		t, err := transmissionAt(tx, batch)
		if err != nil {
			return err
		}
		act.Unit = t.Unit
		if err := who.May("dossier.write", t.Unit); err != nil {
			return err
		}
		if t.WithdrawnAt != "" {
			return fault.New(fault.Conflict, "dossier.pulled", "Đợt truyền này đã rút.")
		}
		_, err = tx.Exec("UPDATE transmission SET receipt=$1 WHERE id=$2", receipt, batch)
		return err
	})
}

// Withdraw takes a batch back and says why: its dossiers that are still only transmitted wait to be sent again; those that went further
// keep their way. It gives how many each. The viewer needs dossier.write on the batch's unit.
func (b *Book) Withdraw(ctx context.Context, who access.Viewer, batch int64, why string) (back, kept int64, err error) {
	act := who.Act("dossier.write", 0, "transmission:"+id.String(batch), "")
	err = b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		back, kept = 0, 0
		t, err := transmissionAt(tx, batch)
		if err != nil {
			return err
		}
		act.Unit = t.Unit
		if err := who.May("dossier.write", t.Unit); err != nil {
			return err
		}
		if why, err = noteOf(why); err != nil {
			return err
		}
		switch {
		case why == "":
			return fault.New(fault.Invalid, "dossier.withdraw_why", "Hãy ghi vì sao rút đợt truyền.").On("why")
		case t.WithdrawnAt != "":
			return fault.New(fault.Conflict, "dossier.pulled", "Đợt truyền này đã rút.")
		}
		list, err := dossiersIn(tx, "batch_id", []int64{batch})
		if err != nil {
			return err
		}
		ids := make([]int64, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		steps, err := stepsOf(tx, ids)
		if err != nil {
			return err
		}
		var changes []*change
		var events []int64
		for i := range list {
			if list[i].State != Transmitted || list[i].Confirmed {
				kept++
				continue
			}
			c := &change{d: &list[i], steps: steps[list[i].ID], voidWhy: why}
			for _, s := range c.steps {
				if s.VoidAt == "" && s.Batch == batch {
					c.voided, events = append(c.voided, s.ID), append(events, s.Event)
				}
			}
			changes = append(changes, c)
			back++
		}
		if err := coverage.VoidIn(tx, events, why, who.Account); err != nil {
			return err
		}
		if err := write(tx, changes); err != nil {
			return err
		}
		act.Note = fmt.Sprintf("rút đợt truyền: %d hồ sơ trở lại, %d giữ nguyên", back, kept)
		_, err = tx.Exec("UPDATE transmission SET withdrawn_at=$1, withdrawn_why=$2, withdrawn_name=$3 WHERE id=$4", tx.Now(), why, who.Name, batch)
		return err
	})
	return back, kept, err
}

// Transmissions lists the batches of a unit and those under it, newest first. The viewer needs dossier.see on the unit.
func (b *Book) Transmissions(ctx context.Context, who access.Viewer, unit int64) ([]Transmission, error) {
	if err := who.May("dossier.see", unit); err != nil {
		return nil, err
	}
	var out []Transmission
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		within := map[int64]bool{}
		for _, u := range who.Tree().Descendants(unit) {
			within[u] = true
		}
		var ids []int64
		if err := tx.Each("SELECT "+transmissionColumns+" FROM transmission ORDER BY day DESC, at DESC, id DESC", nil, func(scan func(...any) error) error {
			t, err := scanTransmission(scan)
			if within[t.Unit] {
				out, ids = append(out, t), append(ids, t.ID)
			}
			return err
		}); err != nil {
			return err
		}
		past := map[int64]int64{}
		err := tx.EachIn("SELECT batch_id, CAST(count(*) AS BIGINT) FROM dossier WHERE state<>'transmitted' AND batch_id IN (%s) GROUP BY batch_id", nil, ids, func(scan func(...any) error) error {
			var batch, n int64
			err := scan(&batch, &n)
			past[batch] = n
			return err
		})
		for i := range out {
			out[i].Out = past[out[i].ID]
		}
		return err
	})
	return out, err
}
