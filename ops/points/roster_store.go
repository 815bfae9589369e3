package points

import (
	"context"
	"fmt"
	"io"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/sheet"
)

// Verdicts of a row of a host's list, as in the database: one of the register, nobody of it, or doubtful (law P4).
const (
	Found   = "found"
	Unknown = "unknown"
	Doubt   = "doubt"
)

// VerdictTitle names a verdict for people.
func VerdictTitle(v string) string {
	switch v {
	case Found:
		return "Có trong sổ dân cư"
	case Doubt:
		return "Cần xem lại"
	}
	return "Không có trong sổ"
}

// HostPerson is one row of a host's list: a pupil, a worker (KH:III.3.e). Number is masked.
type HostPerson struct {
	ID, Point, Person int64
	Row               int64 // of the file
	Name, Birth       string
	Number            people.Number
	Group             string // class, workshop
	Verdict, Text     string
}

// Roster counts a host's list by verdict.
type Roster struct{ Rows, Found, Unknown, Doubt int64 }

// BringRoster reads a host's list of pupils or workers from any spreadsheet, matches each row with the register and keeps one verdict a
// row; the point's earlier list gives way. Nothing is written to the register. The viewer needs points.plan or invite.write on the
// point's unit.
func (b *Book) BringRoster(ctx context.Context, who access.Viewer, point int64, name string, r io.ReaderAt, size int64) (*Roster, error) {
	rows, err := readRoster(name, r, size)
	if err != nil {
		return nil, err
	}
	var out *Roster
	act := who.Act("points.plan", 0, "point:"+id.String(point), "")
	err = b.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
		p, err := pointAt(tx, point)
		if err != nil {
			return err
		}
		act.Unit = p.Unit
		if who.May("points.plan", p.Unit) != nil {
			if err := who.May("invite.write", p.Unit); err != nil {
				return err
			}
		}
		if p.HostKind == HostNone {
			return fault.New(fault.Conflict, "points.roster_host", "Điểm này chưa ghi nơi cho mượn chỗ. Hãy chọn trường học, doanh nghiệp… trước khi nhập danh sách.")
		}
		if _, err := tx.Exec("DELETE FROM host_person WHERE point_id=$1", point); err != nil {
			return err
		}
		out, err = matchRoster(tx, p, rows)
		if err == nil {
			act.Note = fmt.Sprintf("nhập danh sách %d người, khớp sổ %d", out.Rows, out.Found)
		}
		return err
	})
	return out, err
}

// readRoster reads the rows of a file.
func readRoster(name string, r io.ReaderAt, size int64) ([]HostPerson, error) {
	book, err := sheet.Open(r, size, sheet.Options{Name: name, MaxBytes: 20 << 20, MaxRows: 20_000})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	reading, err := intake.Recognise(book, name, intake.Hint{Kind: intake.KindRegister})
	if err != nil {
		return nil, err
	}
	var out []HostPerson
	err = reading.Rows(book, func(x *intake.Row) error {
		h := HostPerson{Row: int64(x.Line), Name: x.Name, Birth: x.Birth.String(), Number: people.Number(x.Number), Group: x.Group}
		if h.Group == "" {
			h.Group = x.Agency
		}
		if p, held := x.Held(); held {
			h.Verdict, h.Text = Doubt, p.Text
		}
		out = append(out, h)
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fault.New(fault.Refused, "points.roster_empty", "Tệp không có dòng nào đọc được họ tên. Hãy kiểm tra dòng tiêu đề có cột “Họ và tên”.")
	}
	return out, err
}

// matchRoster compares rows with the register and writes them.
func matchRoster(tx *db.Tx, p *Point, rows []HostPerson) (*Roster, error) {
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	home := p.Unit
	if c := tree.Commune(p.Unit); c != nil {
		home = c.ID
	}
	commune := func(unit int64) int64 {
		if c := tree.Commune(unit); c != nil {
			return c.ID
		}
		return unit
	}
	elsewhere := &people.Match{Doubt: true, Code: "points.roster_nobody", Text: "Không có người này trong sổ dân cư của huyện."}
	said := make([]people.Said, len(rows))
	for i, r := range rows {
		said[i].Person = people.Person{Name: r.Name, Birth: r.Birth, Number: r.Number, Unit: home, Source: people.Field, AsOf: tx.Now()}
		said[i].NoPlace, said[i].Skip = elsewhere, r.Verdict == Doubt
	}
	booked, err := people.NewBooker(tx, true, commune, func(int64) bool { return true }).Book(said)
	if err != nil {
		return nil, err
	}
	out := &Roster{}
	seen := map[int64]bool{}
	for i := range rows {
		r, m := &rows[i], booked[i]
		switch {
		case r.Verdict == Doubt:
		case m.Doubt != nil && m.Doubt.Code == elsewhere.Code || m.New:
			r.Verdict, r.Text = Unknown, elsewhere.Text
		case m.Doubt != nil:
			r.Verdict, r.Text = Doubt, m.Doubt.Text
		case seen[m.Person]:
			r.Verdict, r.Text = Doubt, "Trùng với một dòng ở trên."
		default:
			r.Verdict, r.Person = Found, m.Person
			seen[m.Person] = true
		}
		out.Rows++
		switch r.Verdict {
		case Found:
			out.Found++
		case Unknown:
			out.Unknown++
		default:
			out.Doubt++
		}
		if _, err := tx.Exec("INSERT INTO host_person(id, point_id, person_id, row_no, name, birth, number_sealed, group_name, verdict, text, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
			id.New(), p.ID, r.Person, r.Row, r.Name, r.Birth, tx.Keys().Seal(string(r.Number)), r.Group, r.Verdict, r.Text, tx.Now()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RosterOf lists a point's host's people, those in doubt first. The viewer needs points.see and people.see on the point's unit.
func (b *Book) RosterOf(ctx context.Context, who access.Viewer, point int64) ([]HostPerson, error) {
	var out []HostPerson
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		p, err := pointAt(tx, point)
		if err != nil {
			return err
		}
		for _, verb := range []access.Verb{"points.see", "people.see"} {
			if err := who.May(verb, p.Unit); err != nil {
				return err
			}
		}
		out = out[:0]
		return tx.Each(`SELECT id, point_id, person_id, row_no, name, birth, number_sealed, group_name, verdict, text FROM host_person WHERE point_id=$1
			ORDER BY CASE verdict WHEN 'doubt' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END, row_no, id`, []any{point}, func(scan func(...any) error) error {
			var h HostPerson
			var sealed string
			if err := scan(&h.ID, &h.Point, &h.Person, &h.Row, &h.Name, &h.Birth, &sealed, &h.Group, &h.Verdict, &h.Text); err != nil {
				return err
			}
			number, err := tx.Keys().Open(sealed)
			h.Number = people.Number(number)
			out = append(out, h)
			return err
		})
	})
	return out, err
}

// Point reads one point. The viewer needs points.see on its unit.
func (b *Book) Point(ctx context.Context, who access.Viewer, point int64) (*Point, error) {
	var out *Point
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = pointAt(tx, point); err != nil {
			return err
		}
		return who.May("points.see", out.Unit)
	})
	return out, err
}

// Erase forgets whom sessions invited and whom hosts named, and gives how many rows there were (law R4). What each session took stays as
// figures: an arrival keeps its session and its end, not its person.
func Erase(tx *db.Tx) (int64, error) {
	n, err := tx.Exec("DELETE FROM host_person")
	if err != nil {
		return 0, err
	}
	m, err := tx.Exec("UPDATE invitation SET person_id=0, house='', reason='' WHERE person_id<>0")
	return n + m, err
}
