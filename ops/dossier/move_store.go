package dossier

import (
	"context"
	"fmt"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Take is what is known when a dossier is taken. Day "" is today; Point, Session and Team are 0 when not known.
type Take struct {
	Kind                 Kind
	Day                  clock.Day
	Point, Session, Team int64
	Note                 string
}

// Move is what a desk says of a dossier. Day "" is today; Reason is the plan's, for a rejection only.
type Move struct {
	To     State
	Day    clock.Day
	Reason string
	Note   string
	Batch  int64
}

const maxNote = 500

// dayOf refuses a day that lies ahead, before the campaign, or before the dossier's own last step.
func (b *Book) dayOf(tx *db.Tx, day, since clock.Day) (clock.Day, error) {
	today := tx.Today()
	if day == "" {
		return today, nil
	}
	d, err := clock.ParseDay(string(day))
	switch {
	case err != nil:
		return "", fault.New(fault.Invalid, "dossier.day", "Ngày không đúng. Hãy ghi dạng 20/5/2024.").On("day")
	case d > today:
		return "", fault.New(fault.Invalid, "dossier.day_ahead", "Ngày %s chưa đến.", d.Vi()).On("day")
	case d < since:
		return "", fault.New(fault.Invalid, "dossier.day_before", "Ngày %s sớm hơn bước trước của hồ sơ (%s).", d.Vi(), since.Vi()).On("day")
	case d < b.Plan().From.Add(-60):
		return "", fault.New(fault.Invalid, "dossier.day_old", "Ngày %s quá xa trước đợt cao điểm.", d.Vi()).On("day")
	}
	return d, nil
}

func noteOf(text string) (string, error) {
	text = strings.Join(strings.Fields(vn.NFC(text)), " ")
	if len(text) > maxNote {
		return "", fault.New(fault.Invalid, "dossier.note", "Ghi chú quá dài (tối đa 500 ký tự).").On("note")
	}
	return text, nil
}

// TakeIn opens a dossier of a person inside a transaction; the ledger has it as claimed. One who has a dossier of the kind under way gets
// no second. The viewer needs dossier.write where the person lives.
func (b *Book) TakeIn(tx *db.Tx, who access.Viewer, person int64, t Take) (*Dossier, error) {
	return b.take(tx, who, person, t, 0)
}

func (b *Book) take(tx *db.Tx, who access.Viewer, person int64, t Take, follows int64) (*Dossier, error) {
	unit, err := people.UnitOf(tx, person)
	if err != nil {
		return nil, err
	}
	if err := who.May("dossier.write", unit); err != nil {
		return nil, err
	}
	if next[t.Kind] == nil {
		return nil, fault.New(fault.Invalid, "dossier.kind", "Hãy chọn loại hồ sơ.").On("kind")
	}
	have, err := b.of(tx, person)
	if err != nil {
		return nil, err
	}
	for _, d := range have {
		if !Ends(d.Kind, d.State) && (d.Kind == t.Kind || d.Kind == Both || t.Kind == Both) {
			return nil, fault.New(fault.Conflict, "dossier.twice", "Người này đang có hồ sơ “%s” thu nhận ngày %s, ở chặng “%s”.", KindTitle(d.Kind), d.Day.Vi(), Title(d.State))
		}
	}
	day, err := b.dayOf(tx, t.Day, "")
	if err != nil {
		return nil, err
	}
	note, err := noteOf(t.Note)
	if err != nil {
		return nil, err
	}
	d := &Dossier{ID: id.New(), Person: person, Kind: t.Kind, Point: t.Point, Session: t.Session, Unit: unit, Team: t.Team, Code: newCode(), Day: day, Follows: follows, WhoName: who.Name, At: tx.Now()}
	c := &change{d: d, fresh: true, added: []Step{{State: Collected, Day: day, Note: note, Who: who.Account, WhoName: who.Name}}}
	if err := claim(tx, b.Plan(), who, []*change{c}); err != nil {
		return nil, err
	}
	return d, write(tx, []*change{c})
}

// Take opens a dossier of a person (KH:III.3.d). The viewer needs dossier.write where the person lives.
func (b *Book) Take(ctx context.Context, who access.Viewer, person int64, t Take) (*Dossier, error) {
	var d *Dossier
	act := who.Act("dossier.write", 0, "person:"+id.String(person), "thu nhận hồ sơ")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		var err error
		if d, err = b.TakeIn(tx, who, person, t); err == nil {
			act.Unit = d.Unit
		}
		return err
	})
	return d, err
}

// step checks one move and gives the change; nothing is written yet.
func (b *Book) step(tx *db.Tx, who access.Viewer, d *Dossier, steps []Step, m Move) (*change, error) {
	if err := who.May("dossier.write", d.Unit); err != nil {
		return nil, err
	}
	if err := mayMove(d.Kind, d.State, m.To); err != nil {
		return nil, err
	}
	day, err := b.dayOf(tx, m.Day, d.Since)
	if err != nil {
		return nil, err
	}
	note, err := noteOf(m.Note)
	if err != nil {
		return nil, err
	}
	switch {
	case m.To == Cancelled && note == "":
		return nil, fault.New(fault.Invalid, "dossier.cancel_why", "Hãy ghi vì sao hủy hồ sơ.").On("note")
	case m.To != Rejected:
		m.Reason = ""
	case m.Reason == "" && note == "":
		return nil, fault.New(fault.Invalid, "dossier.reason", "Hãy chọn lý do trả lại, hoặc ghi rõ ở ghi chú.").On("reason")
	case m.Reason != "" && b.Plan().Dossier.ReasonTitle(m.Reason) == m.Reason:
		return nil, fault.New(fault.Invalid, "dossier.reason_unknown", "Lý do trả lại này không có trong kế hoạch.").On("reason")
	}
	c := &change{d: d, steps: steps, added: []Step{{State: m.To, Day: day, Reason: m.Reason, Note: note, Batch: m.Batch, Who: who.Account, WhoName: who.Name}}}
	if m.To == Cancelled { // what was claimed of it was not so
		for _, s := range steps {
			if s.VoidAt == "" && !s.Extract && s.Event != 0 {
				if err := coverage.VoidIn(tx, []int64{s.Event}, "hủy hồ sơ", who.Account); err != nil {
					return nil, err
				}
			}
		}
	}
	return c, nil
}

// Advance moves one dossier on. The viewer needs dossier.write on the dossier's unit.
func (b *Book) Advance(ctx context.Context, who access.Viewer, dossier int64, m Move) error {
	act := who.Act("dossier.write", 0, "dossier:"+id.String(dossier), string(m.To))
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		d, err := dossierAt(tx, dossier)
		if err != nil {
			return err
		}
		act.Unit = d.Unit
		steps, err := stepsOf(tx, []int64{dossier})
		if err != nil {
			return err
		}
		c, err := b.step(tx, who, &d, steps[dossier], m)
		if err != nil {
			return err
		}
		list := []*change{c}
		if err := claim(tx, b.Plan(), who, list); err != nil {
			return err
		}
		return write(tx, list)
	})
}

// Undo takes back the last step that the desk set, with its claim, and says why (law C4). What an extract shows is not taken back by hand,
// and a batch's transmission only with the batch. The viewer needs dossier.write on the dossier's unit.
func (b *Book) Undo(ctx context.Context, who access.Viewer, dossier int64, why string) error {
	act := who.Act("dossier.write", 0, "dossier:"+id.String(dossier), "rút bước")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		d, err := dossierAt(tx, dossier)
		if err != nil {
			return err
		}
		act.Unit = d.Unit
		if err := who.May("dossier.write", d.Unit); err != nil {
			return err
		}
		if why, err = noteOf(why); err != nil {
			return err
		}
		if why == "" {
			return fault.New(fault.Invalid, "dossier.undo_why", "Hãy ghi vì sao rút bước này.").On("why")
		}
		all, err := stepsOf(tx, []int64{dossier})
		if err != nil {
			return err
		}
		steps := all[dossier]
		path := Path(steps)
		last := steps[path[len(path)-1].Step]
		switch {
		case last.Extract:
			return fault.New(fault.Conflict, "dossier.undo_extract", "Chặng “%s” do bản trích xuất xác nhận, không rút bằng tay được.", Title(last.State))
		case last.State == Collected:
			return fault.New(fault.Conflict, "dossier.undo_first", "Hồ sơ mới ở bước thu nhận. Nếu thu nhận nhầm, hãy hủy hồ sơ.")
		case last.State == Transmitted && last.Batch != 0:
			return fault.New(fault.Conflict, "dossier.undo_batch", "Bước truyền thuộc một đợt truyền. Hãy rút cả đợt ở trang Đợt truyền.")
		case d.Followed != 0:
			return fault.New(fault.Conflict, "dossier.undo_followed", "Hồ sơ này đã được làm lại nên không rút bước trả lại được.")
		}
		if err := coverage.VoidIn(tx, []int64{last.Event}, why, who.Account); err != nil {
			return err
		}
		return write(tx, []*change{{d: &d, steps: steps, voided: []int64{last.ID}, voidWhy: why}})
	})
}

// Redo opens the dossier that does a rejected one again. The viewer needs dossier.write where the person lives.
func (b *Book) Redo(ctx context.Context, who access.Viewer, dossier int64, t Take) (*Dossier, error) {
	var out *Dossier
	act := who.Act("dossier.write", 0, "dossier:"+id.String(dossier), "làm lại hồ sơ")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		d, err := dossierAt(tx, dossier)
		if err != nil {
			return err
		}
		act.Unit = d.Unit
		switch {
		case d.State != Rejected:
			return fault.New(fault.Conflict, "dossier.redo_state", "Chỉ làm lại hồ sơ bị trả lại. Hồ sơ này đang ở chặng “%s”.", Title(d.State))
		case d.Followed != 0:
			return fault.New(fault.Conflict, "dossier.redo_twice", "Hồ sơ này đã được làm lại.")
		}
		if t.Kind == "" {
			t.Kind = d.Kind
		}
		person, err := people.Kept(tx, []int64{d.Person})
		if err != nil {
			return err
		}
		if out, err = b.take(tx, who, person[d.Person], t, d.ID); err != nil {
			return err
		}
		act.Note = fmt.Sprintf("làm lại hồ sơ bằng %s", id.String(out.ID))
		_, err = tx.Exec("UPDATE dossier SET followed=$1 WHERE id=$2", out.ID, d.ID)
		return err
	})
	return out, err
}
