package duties

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// TurnLine is one turn of a duty with everything that was said of it.
type TurnLine struct {
	Turn    Turn
	State   string
	Shown   int
	Late    bool
	Planned clock.Day
	Done    clock.Day
	Steps   []Step
}

// Sheet is one duty of one office: its turns, the newest first, and who in the office answers for it. Does, Manages and Gives tell what the
// viewer may do.
type Sheet struct {
	Line
	Turns                []TurnLine
	Staff                []Person // who may be given it; only where Gives
	Does, Manages, Gives bool
	Excuses              bool
}

// Sheet reads a duty of an office. The viewer needs duty.see there, or to have been given the duty.
func (b *Book) Sheet(ctx context.Context, who access.Viewer, office int64, duty string) (*Sheet, error) {
	if !who.MayAnywhere("duty.see") {
		return nil, who.May("duty.see", 0)
	}
	var s *Sheet
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		s = &Sheet{}
		o, d, err := b.find(tx, office, duty)
		if err != nil {
			return err
		}
		held, err := holds(tx, who, office, duty)
		if err != nil {
			return err
		}
		if !sees(who, o) && !held {
			return fault.New(fault.Forbidden, "duties.foreign", "Bạn chưa có quyền xem nhiệm vụ của cơ quan này.")
		}
		lines, err := b.lines(tx, []territory.Office{o}, d.Clause)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(lines, func(l Line) bool { return l.Duty.ID == d.ID })
		if i < 0 {
			return fault.New(fault.Missing, "duties.not_begun", "Nhiệm vụ này chưa đến kỳ nào.")
		}
		s.Line = lines[i]
		since, err := b.since(tx)
		if err != nil {
			return err
		}
		records, err := b.shown(tx, d.ShownBy, []territory.Office{o})
		if err != nil {
			return err
		}
		for _, t := range slices.Backward(Turns(d, b.Plan(), since, tx.Today())) {
			l, err := b.turnWith(tx, o, d, t, records[o.ID])
			if err != nil {
				return err
			}
			x := TurnLine{Turn: t, State: l.State, Shown: l.Shown, Late: l.Late, Planned: l.Planned, Done: l.DoneDay}
			if l.work != 0 {
				if x.Steps, err = stepsOf(tx, l.work); err != nil {
					return err
				}
			}
			s.Turns = append(s.Turns, x)
		}
		s.Does, s.Manages, s.Gives = does(who, o) || held, who.May("duty.manage", o.Unit) == nil, does(who, o)
		s.Excuses = s.Manages && who.Office != o.ID
		if s.Gives && b.Staff != nil {
			s.Staff, err = b.Staff(tx, o)
		}
		return err
	})
	return s, err
}

// File gives a document of a duty or of an instruction that the viewer may see.
func (b *Book) File(ctx context.Context, who access.Viewer, file int64) (*attach.File, error) {
	if !who.MayAnywhere("duty.see") {
		return nil, who.May("duty.see", 0)
	}
	var f attach.File
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var sealed []byte
		missing := fault.New(fault.Missing, "duties.file", "Không tìm thấy tài liệu này.")
		if err := tx.QueryRow("SELECT name, mime, sealed FROM duty_file WHERE id=$1", file).Scan(&f.Name, &f.MIME, &sealed); err != nil {
			return missing
		}
		var office int64
		var duty string
		if err := tx.QueryRow("SELECT w.office_id, w.duty FROM duty_step s JOIN duty_work w ON w.id = s.work_id WHERE s.file_id=$1", file).Scan(&office, &duty); err == nil {
			o, err := officeBy(tx, office)
			if err != nil {
				return err
			}
			if held, err := holds(tx, who, office, duty); err != nil || !held && !sees(who, o) {
				return missing
			}
		} else {
			var n int64
			if err := tx.QueryRow("SELECT id FROM instruction WHERE file_id=$1", file).Scan(&n); err != nil {
				return missing
			}
			if _, err := b.instruction(tx, who, n); err != nil {
				return missing
			}
		}
		var err error
		f.Bytes, err = tx.Keys().OpenBytes(sealed)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &f, nil
}

// Give gives a duty to a person of the office, with a note; giving it again changes the note (KH:V.8: tasks for each part). Take takes it away.
// The viewer needs duty.do for the office.
func (b *Book) Give(ctx context.Context, who access.Viewer, office int64, duty string, account int64, note string) error {
	note = strings.TrimSpace(vn.NFC(note))
	switch {
	case utf8.RuneCountInString(note) > 300:
		return fault.New(fault.Invalid, "duties.note", "Lời dặn dài quá 300 chữ. Hãy rút gọn.").On("note")
	case vn.HoldsNumber(note):
		return fault.New(fault.Invalid, "duties.number", "Lời dặn không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On("note")
	}
	return b.holder(ctx, who, office, duty, "giao cho người trong cơ quan", func(tx *db.Tx, o territory.Office) error {
		var staff []Person
		if b.Staff != nil {
			var err error
			if staff, err = b.Staff(tx, o); err != nil {
				return err
			}
		}
		i := slices.IndexFunc(staff, func(p Person) bool { return p.Account == account })
		if i < 0 {
			return fault.New(fault.Invalid, "duties.stranger", "Người này không thuộc %s hoặc tài khoản đã khóa. Hãy chọn người khác.", o.Name).On("account")
		}
		_, err := tx.Exec(`INSERT INTO duty_holder(office_id, duty, account_id, name, note, by_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7)
			ON CONFLICT (office_id, duty, account_id) DO UPDATE SET note=excluded.note, by_name=excluded.by_name, at=excluded.at`, office, duty, account, staff[i].Name, note, who.Name, tx.Now())
		return err
	})
}

// Take takes a duty away from a person.
func (b *Book) Take(ctx context.Context, who access.Viewer, office int64, duty string, account int64) error {
	return b.holder(ctx, who, office, duty, "thôi giao cho người trong cơ quan", func(tx *db.Tx, _ territory.Office) error {
		_, err := tx.Exec("DELETE FROM duty_holder WHERE office_id=$1 AND duty=$2 AND account_id=$3", office, duty, account)
		return err
	})
}

func (b *Book) holder(ctx context.Context, who access.Viewer, office int64, duty, note string, fn func(*db.Tx, territory.Office) error) error {
	if !who.MayAnywhere("duty.do") {
		return who.May("duty.do", 0)
	}
	act := who.Act("duty.do", 0, "duty:"+duty, note)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, _, err := b.find(tx, office, duty)
		if err != nil {
			return err
		}
		act.Unit = o.Unit
		if !does(who, o) {
			return fault.New(fault.Forbidden, "duties.not_own", "Nhiệm vụ này của %s. Chỉ cơ quan đó hoặc người được giao ghi được.", o.Name)
		}
		return fn(tx, o)
	})
}

// Item is something that the viewer owes: a duty of their office or one given to them, or (Instruction not 0) an instruction to read or to
// carry out. Missed counts turns before the present one that nobody settled.
type Item struct {
	Duty, Title, Clause string
	Office              territory.Office
	Instruction         int64
	Due                 clock.Day
	State               string
	Late                bool
	Missed              int
}

// Mine lists what the viewer owes on this day: instructions first, then what is overdue, then by deadline. What was taken note of, or is planned
// for a day to come, is left out until it is near its deadline.
func (b *Book) Mine(ctx context.Context, who access.Viewer) ([]Item, error) {
	if !who.MayAnywhere("duty.see") {
		return nil, nil
	}
	var out []Item
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		given := map[int64][]string{}
		if who.Account != 0 {
			if err := tx.Each("SELECT office_id, duty FROM duty_holder WHERE account_id=$1", []any{who.Account}, func(scan func(...any) error) error {
				var office int64
				var duty string
				err := scan(&office, &duty)
				given[office] = append(given[office], duty)
				return err
			}); err != nil {
				return err
			}
		}
		all, err := territory.Offices(tx)
		if err != nil {
			return err
		}
		own := func(o territory.Office) bool { return who.Office == o.ID && who.May("duty.do", o.Unit) == nil }
		mine := slices.DeleteFunc(all, func(o territory.Office) bool { return !own(o) && given[o.ID] == nil })
		lines, err := b.lines(tx, mine, "")
		if err != nil {
			return err
		}
		today := tx.Today()
		for i := range lines {
			l := &lines[i]
			if !own(l.Office) && !slices.Contains(given[l.Office.ID], l.Duty.ID) {
				continue
			}
			quiet := l.State != Owed && l.State != Returned && l.Turn.Due > today.Add(horizon) && (l.Planned == "" || l.Planned > today)
			if settled(l.State) || quiet {
				continue
			}
			out = append(out, Item{Duty: l.Duty.ID, Title: l.Duty.Text, Clause: l.Duty.Clause, Office: l.Office, Due: l.Turn.Due, State: l.State, Late: l.Late, Missed: l.Past.Missed})
		}
		told, err := b.owedInstructions(tx, who, mine, own)
		out = append(told, out...)
		return err
	})
	slices.SortStableFunc(out, func(a, b Item) int {
		late := func(i *Item) int {
			switch {
			case i.Instruction != 0 && i.State == Owed:
				return 0
			case i.Late:
				return 1
			}
			return 2
		}
		return cmp.Or(late(&a)-late(&b), cmp.Compare(a.Due, b.Due))
	})
	return out, err
}

// horizon is how many days before its deadline a duty of which the office has taken note is asked for again.
const horizon = 3
