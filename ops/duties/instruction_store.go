package duties

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Kinds of instructions.
const (
	Dispatch   = "dispatch"   // công điện
	Reminder   = "reminder"   // nhắc nhở
	Conclusion = "conclusion" // thông báo kết luận
)

// KindTitle names a kind of instruction for people.
func KindTitle(kind string) string {
	switch kind {
	case Dispatch:
		return "Công điện"
	case Conclusion:
		return "Thông báo kết luận"
	}
	return "Nhắc nhở"
}

// Instruction is what a leader tells offices: to take note of it and, where Due is set, to carry it out by then and say what came of it
// (KH:V.2).
type Instruction struct {
	ID        int64 // made where it was written: sending twice is sending once
	Unit      int64 // whose leader speaks
	Kind      string
	Number    string // of the signed paper; "" for none
	Title     string
	Text      string
	Signer    string
	Day, Due  clock.Day
	FileID    int64
	FileName  string
	WhoName   string
	At        string
	Withdrawn string // why; "" while it stands
	To        []Recipient
}

// Recipient is an office that was told: when it took note, when it was done, what it answers. ReadAt and DoneAt are "" until then.
type Recipient struct {
	Office           territory.Office
	ReadAt, ReadName string
	DoneAt, DoneName string
	Answer           string
}

// Counts tells how many offices were told, took note, and carried it out.
func (i *Instruction) Counts() (told, read, done int) {
	for _, r := range i.To {
		if r.ReadAt != "" {
			read++
		}
		if r.DoneAt != "" {
			done++
		}
	}
	return len(i.To), read, done
}

func (i *Instruction) check(today clock.Day) error {
	i.Title, i.Text, i.Number, i.Signer = strings.TrimSpace(vn.NFC(i.Title)), strings.TrimSpace(vn.NFC(i.Text)), strings.TrimSpace(vn.NFC(i.Number)), strings.TrimSpace(vn.NFC(i.Signer))
	n := utf8.RuneCountInString
	switch {
	case !slices.Contains([]string{Dispatch, Reminder, Conclusion}, i.Kind):
		return fault.New(fault.Invalid, "duties.kind", "Chọn loại: công điện, nhắc nhở hoặc thông báo kết luận.").On("kind")
	case n(i.Title) < 5 || n(i.Title) > 200:
		return fault.New(fault.Invalid, "duties.title", "Trích yếu từ 5 đến 200 chữ.").On("title")
	case n(i.Text) < 10 || n(i.Text) > 10_000:
		return fault.New(fault.Invalid, "duties.instruction_text", "Nội dung từ 10 đến 10.000 chữ.").On("text")
	case n(i.Number) > 60 || n(i.Signer) > 120:
		return fault.New(fault.Invalid, "duties.number_long", "Số ký hiệu hoặc người ký dài quá. Hãy rút gọn.").On("number")
	case vn.HoldsNumber(i.Title + "\n" + i.Text):
		return fault.New(fault.Invalid, "duties.number", "Nội dung không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On("text")
	case i.Due != "" && (i.Due < today || i.Due > today.Add(400)):
		return fault.New(fault.Invalid, "duties.instruction_due", "Hạn thực hiện phải từ hôm nay trở đi.").On("due")
	case len(i.To) == 0:
		return fault.New(fault.Invalid, "duties.to", "Hãy chọn ít nhất một cơ quan nhận.").On("to")
	}
	return nil
}

// Issue sends an instruction. The viewer needs instruct.write on its unit and on the units of all offices told. One that is there already
// stays as it is.
func (b *Book) Issue(ctx context.Context, who access.Viewer, i Instruction, file *attach.File) (int64, error) {
	if err := who.May("instruct.write", i.Unit); err != nil {
		return 0, err
	}
	if i.ID == 0 {
		i.ID = id.New()
	}
	return i.ID, b.DB.Write(ctx, who.Act("instruct.write", i.Unit, "instruction:"+id.String(i.ID), KindTitle(i.Kind)), func(tx *db.Tx) error {
		if err := i.check(tx.Today()); err != nil {
			return err
		}
		for _, r := range i.To {
			o, err := officeBy(tx, r.Office.ID)
			if err != nil {
				return err
			}
			if err := who.May("instruct.write", o.Unit); err != nil {
				return err
			}
		}
		var err error
		if file != nil {
			if i.FileID, err = keepFile(tx, file); err != nil {
				return err
			}
		}
		n, err := tx.Exec(`INSERT INTO instruction(id, unit_id, kind, number, title, text, signer, day, due_day, file_id, who, who_name, at, withdrawn)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,'') ON CONFLICT DO NOTHING`, i.ID, i.Unit, i.Kind, i.Number, i.Title, i.Text, i.Signer, string(tx.Today()), string(i.Due), i.FileID, who.Account, who.Name, tx.Now())
		if err != nil || n == 0 {
			return err
		}
		for _, r := range i.To {
			if _, err := tx.Exec("INSERT INTO instruction_to(instruction_id, office_id, read_at, read_name, done_at, done_name, answer) VALUES ($1,$2,'','','','','') ON CONFLICT DO NOTHING", i.ID, r.Office.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

const instructionColumns = "i.id, i.unit_id, i.kind, i.number, i.title, i.text, i.signer, i.day, i.due_day, i.file_id, i.who_name, i.at, i.withdrawn, coalesce(f.name, '')"

func scanInstruction(scan func(...any) error) (Instruction, error) {
	var i Instruction
	var day, due string
	err := scan(&i.ID, &i.Unit, &i.Kind, &i.Number, &i.Title, &i.Text, &i.Signer, &day, &due, &i.FileID, &i.WhoName, &i.At, &i.Withdrawn, &i.FileName)
	i.Day, i.Due = clock.Day(day), clock.Day(due)
	return i, err
}

// Offices lists the offices of the plan that the viewer may instruct, by unit and name.
func (b *Book) Offices(ctx context.Context, who access.Viewer) ([]territory.Office, error) {
	if !who.MayAnywhere("instruct.write") {
		return nil, who.May("instruct.write", 0)
	}
	var out []territory.Office
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = territory.Offices(tx)
		return err
	})
	return slices.DeleteFunc(out, func(o territory.Office) bool { return o.Code == "" || who.May("instruct.write", o.Unit) != nil }), err
}

// Instructions lists those that the viewer may see, newest first: of units whose board they see, and those told to their own office.
func (b *Book) Instructions(ctx context.Context, who access.Viewer) ([]Instruction, error) {
	if !who.MayAnywhere("duty.see") {
		return nil, who.May("duty.see", 0)
	}
	var out []Instruction
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		if err := tx.Each("SELECT "+instructionColumns+" FROM instruction i LEFT JOIN duty_file f ON f.id = i.file_id ORDER BY i.at DESC, i.id DESC", nil, func(scan func(...any) error) error {
			i, err := scanInstruction(scan)
			out = append(out, i)
			return err
		}); err != nil {
			return err
		}
		if err := b.recipients(tx, out); err != nil {
			return err
		}
		out = slices.DeleteFunc(out, func(i Instruction) bool { return !seesInstruction(who, &i) })
		return nil
	})
	return out, err
}

func (b *Book) recipients(tx *db.Tx, list []Instruction) error {
	offices, err := territory.Offices(tx)
	if err != nil {
		return err
	}
	by := map[int64]territory.Office{}
	for _, o := range offices {
		by[o.ID] = o
	}
	at, ids := map[int64]*Instruction{}, make([]int64, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], list[i].ID
	}
	err = tx.EachIn("SELECT instruction_id, office_id, read_at, read_name, done_at, done_name, answer FROM instruction_to WHERE instruction_id IN (%s)", nil, ids, func(scan func(...any) error) error {
		var n, office int64
		var r Recipient
		err := scan(&n, &office, &r.ReadAt, &r.ReadName, &r.DoneAt, &r.DoneName, &r.Answer)
		r.Office = by[office]
		at[n].To = append(at[n].To, r)
		return err
	})
	for i := range list {
		slices.SortFunc(list[i].To, func(a, b Recipient) int {
			return cmp.Or(cmp.Compare(a.Office.Unit, b.Office.Unit), cmp.Compare(vn.SortKey(a.Office.Name), vn.SortKey(b.Office.Name)))
		})
	}
	return err
}

func seesInstruction(who access.Viewer, i *Instruction) bool {
	if who.May("duty.see", i.Unit) == nil && who.May("board.see", i.Unit) == nil {
		return true
	}
	return slices.ContainsFunc(i.To, func(r Recipient) bool { return who.Office == r.Office.ID && who.May("duty.see", r.Office.Unit) == nil })
}

// instruction reads one that the viewer may see.
func (b *Book) instruction(tx *db.Tx, who access.Viewer, n int64) (*Instruction, error) {
	i, err := scanInstruction(tx.QueryRow("SELECT "+instructionColumns+" FROM instruction i LEFT JOIN duty_file f ON f.id = i.file_id WHERE i.id=$1", n).Scan)
	missing := fault.New(fault.Missing, "duties.instruction", "Không tìm thấy văn bản chỉ đạo này.")
	if errors.Is(err, sql.ErrNoRows) {
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	list := []Instruction{i}
	if err := b.recipients(tx, list); err != nil {
		return nil, err
	}
	if !seesInstruction(who, &list[0]) {
		return nil, missing
	}
	return &list[0], nil
}

// Instruction reads one that the viewer may see.
func (b *Book) Instruction(ctx context.Context, who access.Viewer, n int64) (*Instruction, error) {
	if !who.MayAnywhere("duty.see") {
		return nil, who.May("duty.see", 0)
	}
	var i *Instruction
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		i, err = b.instruction(tx, who, n)
		return err
	})
	return i, err
}

// Acknowledge says that the viewer's office has taken note; saying it again changes nothing. Answer says what came of it.
func (b *Book) Acknowledge(ctx context.Context, who access.Viewer, n int64) error {
	return b.onReceived(ctx, who, n, "đã nhận", func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE instruction_to SET read_at=$1, read_name=$2 WHERE instruction_id=$3 AND office_id=$4 AND read_at=''", tx.Now(), who.Name, n, who.Office)
		return err
	})
}

// Answer says that the viewer's office has carried an instruction out and what came of it; it may be said again, the last holds.
func (b *Book) Answer(ctx context.Context, who access.Viewer, n int64, text string) error {
	text = strings.TrimSpace(vn.NFC(text))
	switch l := utf8.RuneCountInString(text); {
	case l < 5 || l > maxText:
		return fault.New(fault.Invalid, "duties.answer", "Hãy ghi kết quả thực hiện trong 5 đến 2.000 chữ.").On("text")
	case vn.HoldsNumber(text):
		return fault.New(fault.Invalid, "duties.number", "Nội dung không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On("text")
	}
	return b.onReceived(ctx, who, n, "đã thực hiện", func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE instruction_to SET read_at=CASE WHEN read_at='' THEN $1 ELSE read_at END, read_name=CASE WHEN read_name='' THEN $2 ELSE read_name END, done_at=$1, done_name=$2, answer=$3
			WHERE instruction_id=$4 AND office_id=$5`, tx.Now(), who.Name, text, n, who.Office)
		return err
	})
}

// onReceived runs a word of the viewer's own office about an instruction that was told to it.
func (b *Book) onReceived(ctx context.Context, who access.Viewer, n int64, note string, fn func(*db.Tx) error) error {
	if !who.MayAnywhere("duty.do") {
		return who.May("duty.do", 0)
	}
	act := who.Act("duty.do", 0, "instruction:"+id.String(n), note)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		i, err := b.instruction(tx, who, n)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(i.To, func(r Recipient) bool { return r.Office.ID == who.Office })
		if at < 0 || who.May("duty.do", i.To[at].Office.Unit) != nil {
			return fault.New(fault.Forbidden, "duties.not_told", "Văn bản này không gửi cho cơ quan của bạn.")
		}
		if i.Withdrawn != "" {
			return fault.New(fault.Conflict, "duties.withdrawn", "Văn bản này đã được thu hồi.")
		}
		act.Unit = i.To[at].Office.Unit
		return fn(tx)
	})
}

// Withdraw takes an instruction back with a reason: it stays readable and asks for nothing any more. The viewer needs instruct.write on its unit.
func (b *Book) Withdraw(ctx context.Context, who access.Viewer, n int64, why string) error {
	why = strings.TrimSpace(vn.NFC(why))
	if l := utf8.RuneCountInString(why); l < 5 || l > 300 {
		return fault.New(fault.Invalid, "duties.why", "Hãy ghi lý do (5 đến 300 chữ).").On("why")
	}
	if !who.MayAnywhere("instruct.write") {
		return who.May("instruct.write", 0)
	}
	act := who.Act("instruct.write", 0, "instruction:"+id.String(n), "thu hồi")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		i, err := b.instruction(tx, who, n)
		if err != nil {
			return err
		}
		if act.Unit = i.Unit; who.May("instruct.write", i.Unit) != nil {
			return who.May("instruct.write", i.Unit)
		}
		_, err = tx.Exec("UPDATE instruction SET withdrawn=$1 WHERE id=$2 AND withdrawn=''", why, n)
		return err
	})
}

// owedInstructions lists what the viewer's own offices were told and have not taken note of, or have not carried out.
func (b *Book) owedInstructions(tx *db.Tx, who access.Viewer, offices []territory.Office, own func(territory.Office) bool) ([]Item, error) {
	var out []Item
	today := tx.Today()
	for _, o := range offices {
		if !own(o) {
			continue
		}
		err := tx.Each(`SELECT i.id, i.title, i.due_day, t.read_at FROM instruction_to t JOIN instruction i ON i.id = t.instruction_id
			WHERE t.office_id=$1 AND i.withdrawn='' AND (t.read_at='' OR i.due_day<>'' AND t.done_at='') ORDER BY i.at`, []any{o.ID}, func(scan func(...any) error) error {
			x := Item{Office: o, State: Owed}
			var due, read string
			err := scan(&x.Instruction, &x.Title, &due, &read)
			x.Due = clock.Day(due)
			if read != "" {
				x.State = Acknowledged
			}
			x.Late = x.Due != "" && x.Due < today
			out = append(out, x)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
