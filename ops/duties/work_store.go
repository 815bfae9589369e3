package duties

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Word is one thing that somebody says of a turn: that the office has taken note (Acknowledged), when it will be done (Planned, with a day),
// that it is done and what shows it (Done), or a manager's: not accepted (Returned), excused (Excused).
type Word struct {
	Office  int64
	Duty    string
	Due     clock.Day // which turn
	Kind    string
	Text    string
	Planned clock.Day
	File    *attach.File
}

// Step is a word that was said, with who said it; Kind may also be "undone".
type Step struct {
	ID            int64
	Kind, Text    string
	Planned       clock.Day
	File          int64
	Who           int64
	WhoName, At   string
	FileName, Due string
}

const maxText = 2000

// Say keeps a word. Whose office owes the turn needs duty.do, a person to whom it was given duty.see; returning and excusing need duty.manage,
// and nobody excuses their own office. A word that does not follow from how the turn stands is a Conflict: somebody else was faster.
func (b *Book) Say(ctx context.Context, who access.Viewer, w Word) error {
	if !who.MayAnywhere("duty.see") {
		return who.May("duty.see", 0)
	}
	w.Text = strings.TrimSpace(vn.NFC(w.Text))
	act := who.Act("duty.do", 0, "duty:"+w.Duty, stateNote[w.Kind])
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, d, err := b.find(tx, w.Office, w.Duty)
		if err != nil {
			return err
		}
		act.Unit = o.Unit
		if err := b.maySay(tx, who, o, &w); err != nil {
			return err
		}
		if w.Kind == Returned || w.Kind == Excused {
			act.Verb = "duty.manage"
		}
		l, err := b.turn(tx, o, d, w.Due)
		if err != nil {
			return err
		}
		if err := w.check(l, tx.Today()); err != nil {
			return err
		}
		step := Step{ID: id.New(), Kind: w.Kind, Text: w.Text, Planned: w.Planned, Who: who.Account, WhoName: who.Name, At: tx.Now()}
		if w.File != nil {
			if step.File, err = keepFile(tx, w.File); err != nil {
				return err
			}
		}
		if l.work == 0 {
			l.work = id.New()
			if _, err := tx.Exec("INSERT INTO duty_work(id, office_id, duty, due_day, state, planned_day, done_day, at) VALUES ($1,$2,$3,$4,'','','',$5)", l.work, o.ID, d.ID, string(l.Turn.Due), tx.Now()); err != nil {
				return err
			}
		}
		if err := addStep(tx, l.work, step); err != nil {
			return err
		}
		return settle(tx, l.work)
	})
}

var stateNote = map[string]string{Acknowledged: "đã nhận", Planned: "hẹn ngày làm", Done: "đã làm", Returned: "chưa đạt, làm lại", Excused: "miễn kỳ này"}

// maySay checks the rights for a word.
func (b *Book) maySay(tx *db.Tx, who access.Viewer, o territory.Office, w *Word) error {
	switch w.Kind {
	case Returned, Excused:
		if err := who.May("duty.manage", o.Unit); err != nil {
			return err
		}
		if w.Kind == Excused && who.Office == o.ID && !who.IsSystem() {
			return fault.New(fault.Forbidden, "duties.own_excuse", "Không tự miễn nhiệm vụ của cơ quan mình. Hãy đề nghị cấp trên.")
		}
		return nil
	case Acknowledged, Planned, Done:
		if does(who, o) {
			return nil
		}
		held, err := holds(tx, who, o.ID, w.Duty)
		if err != nil || held {
			return err
		}
		return fault.New(fault.Forbidden, "duties.not_own", "Nhiệm vụ này của %s. Chỉ cơ quan đó hoặc người được giao ghi được.", o.Name)
	}
	return fault.New(fault.Invalid, "duties.word", "Không rõ cần ghi gì cho nhiệm vụ này. Hãy tải lại trang.")
}

func holds(tx *db.Tx, who access.Viewer, office int64, duty string) (bool, error) {
	if who.Account == 0 {
		return false, nil
	}
	var n int
	err := tx.QueryRow("SELECT count(*) FROM duty_holder WHERE office_id=$1 AND duty=$2 AND account_id=$3", office, duty, who.Account).Scan(&n)
	return n > 0, err
}

func (w *Word) check(l *Line, today clock.Day) error {
	if !slices.Contains(may[w.Kind], l.State) {
		return fault.New(fault.Conflict, "duties.state", "Kỳ này đang ở tình trạng “%s”, có thể người khác vừa ghi. Hãy xem lại rồi ghi tiếp.", StateTitle(l.State))
	}
	n := utf8.RuneCountInString(w.Text)
	switch {
	case n > maxText:
		return fault.New(fault.Invalid, "duties.text_long", "Nội dung dài quá 2.000 chữ. Hãy rút gọn, phần dài để ở tệp đính kèm.").On("text")
	case w.Kind == Planned && (w.Planned < today || w.Planned > today.Add(400)):
		return fault.New(fault.Invalid, "duties.planned", "Ngày hẹn làm phải từ hôm nay trở đi.").On("planned")
	case w.Kind == Done && n < 5 && w.File == nil:
		return fault.New(fault.Invalid, "duties.evidence", "Hãy ghi kết quả (ít nhất 5 chữ) hoặc đính kèm tài liệu cho thấy đã làm.").On("text")
	case (w.Kind == Returned || w.Kind == Excused) && n < 5:
		return fault.New(fault.Invalid, "duties.why", "Hãy ghi lý do (ít nhất 5 chữ).").On("text")
	case vn.HoldsNumber(w.Text):
		return fault.New(fault.Invalid, "duties.number", "Nội dung không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On("text")
	}
	return nil
}

// StateTitle names a state for people.
func StateTitle(state string) string {
	switch state {
	case Acknowledged:
		return "Đã nhận"
	case Planned:
		return "Đã hẹn ngày"
	case Done:
		return "Đã làm"
	case Recorded:
		return "Đã có ghi nhận"
	case Returned:
		return "Chưa đạt, làm lại"
	case Excused:
		return "Được miễn"
	}
	return "Chưa làm"
}

// find gives an office and a duty that it owes.
func (b *Book) find(tx *db.Tx, office int64, duty string) (territory.Office, *plan.Duty, error) {
	o, err := officeBy(tx, office)
	if err != nil {
		return o, nil, err
	}
	p := b.Plan()
	if p == nil {
		return o, nil, unknown()
	}
	d := p.Duty(duty)
	if d == nil || !slices.Contains(d.Offices, o.Code) {
		return o, nil, unknown()
	}
	return o, d, nil
}

func unknown() error {
	return fault.New(fault.Missing, "duties.unknown", "Kế hoạch không giao nhiệm vụ này cho cơ quan này, hoặc kế hoạch vừa được thay. Hãy mở lại bảng nhiệm vụ.")
}

// turn reads one turn of a duty as it stands; Missing when it has not begun.
func (b *Book) turn(tx *db.Tx, o territory.Office, d *plan.Duty, due clock.Day) (*Line, error) {
	since, err := b.since(tx)
	if err != nil {
		return nil, err
	}
	turns := Turns(d, b.Plan(), since, tx.Today())
	i := slices.IndexFunc(turns, func(t Turn) bool { return t.Due == due })
	if i < 0 {
		return nil, fault.New(fault.Missing, "duties.turn", "Nhiệm vụ này không có kỳ đó, hoặc kỳ đó chưa đến.")
	}
	records, err := b.shown(tx, d.ShownBy, []territory.Office{o})
	if err != nil {
		return nil, err
	}
	return b.turnWith(tx, o, d, turns[i], records[o.ID])
}

// turnWith reads what was said of a turn beside the program's records.
func (b *Book) turnWith(tx *db.Tx, o territory.Office, d *plan.Duty, t Turn, records map[clock.Day]int) (*Line, error) {
	l := &Line{Duty: d, Office: o, Turn: t}
	var said, planned, done string
	err := tx.QueryRow("SELECT id, state, planned_day, done_day FROM duty_work WHERE office_id=$1 AND duty=$2 AND due_day=$3", o.ID, d.ID, string(t.Due)).Scan(&l.work, &said, &planned, &done)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	l.Planned, l.DoneDay = clock.Day(planned), clock.Day(done)
	l.State, l.Shown = StateOf(said, t, records)
	l.Late = l.Turn.Late(l.State, tx.Today())
	return l, nil
}

func keepFile(tx *db.Tx, f *attach.File) (int64, error) {
	n := id.New()
	_, err := tx.Exec("INSERT INTO duty_file(id, name, mime, sealed) VALUES ($1,$2,$3,$4)", n, f.Name, f.MIME, tx.Keys().SealBytes(f.Bytes))
	return n, err
}

func addStep(tx *db.Tx, work int64, s Step) error {
	_, err := tx.Exec("INSERT INTO duty_step(id, work_id, kind, text, planned_day, file_id, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
		s.ID, work, s.Kind, s.Text, string(s.Planned), s.File, s.Who, s.WhoName, s.At)
	return err
}

func stepsOf(tx *db.Tx, work int64) ([]Step, error) {
	var out []Step
	err := tx.Each("SELECT s.id, s.kind, s.text, s.planned_day, s.file_id, s.who, s.who_name, s.at, coalesce(f.name, '') FROM duty_step s LEFT JOIN duty_file f ON f.id = s.file_id WHERE s.work_id=$1 ORDER BY s.at, s.id", []any{work},
		func(scan func(...any) error) error {
			var s Step
			var planned string
			err := scan(&s.ID, &s.Kind, &s.Text, &planned, &s.File, &s.Who, &s.WhoName, &s.At, &s.FileName)
			s.Planned = clock.Day(planned)
			out = append(out, s)
			return err
		})
	return out, err
}

const undone = "undone"

// standing leaves the words that were not taken back: each "undone" takes the one before it.
func standing(steps []Step) []Step {
	var out []Step
	for _, s := range steps {
		if s.Kind != undone {
			out = append(out, s)
		} else if len(out) > 0 {
			out = out[:len(out)-1]
		}
	}
	return out
}

// settle tells the state of a turn anew from its words.
func settle(tx *db.Tx, work int64) error {
	steps, err := stepsOf(tx, work)
	if err != nil {
		return err
	}
	var state string
	var planned, done clock.Day
	for _, s := range standing(steps) {
		state = s.Kind
		switch s.Kind {
		case Planned:
			planned = s.Planned
		case Done:
			done = clock.DayOf(clock.ParseStamp(s.At))
		case Returned:
			done = ""
		}
	}
	_, err = tx.Exec("UPDATE duty_work SET state=$1, planned_day=$2, done_day=$3, at=$4 WHERE id=$5", state, string(planned), string(done), tx.Now(), work)
	return err
}

// Undo takes the last word of a turn back: its own author may, and whoever manages duties there.
func (b *Book) Undo(ctx context.Context, who access.Viewer, office int64, duty string, due clock.Day) error {
	if !who.MayAnywhere("duty.see") {
		return who.May("duty.see", 0)
	}
	act := who.Act("duty.do", 0, "duty:"+duty, "rút lại lần ghi sau cùng")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, d, err := b.find(tx, office, duty)
		if err != nil {
			return err
		}
		act.Unit = o.Unit
		l, err := b.turn(tx, o, d, due)
		if err != nil {
			return err
		}
		steps, err := stepsOf(tx, l.work)
		if err != nil {
			return err
		}
		last := standing(steps)
		if len(last) == 0 {
			return fault.New(fault.Conflict, "duties.nothing", "Không còn lần ghi nào để rút lại.")
		}
		if s := last[len(last)-1]; s.Who != who.Account || s.Who == 0 {
			if err := who.May("duty.manage", o.Unit); err != nil {
				return fault.New(fault.Forbidden, "duties.not_author", "Chỉ người đã ghi hoặc người quản lý nhiệm vụ rút lại được lần ghi này.")
			}
		}
		if err := addStep(tx, l.work, Step{ID: id.New(), Kind: undone, Who: who.Account, WhoName: who.Name, At: tx.Now()}); err != nil {
			return err
		}
		return settle(tx, l.work)
	})
}
