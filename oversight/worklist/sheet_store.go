package worklist

import (
	"context"
	"strconv"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/canvass"
)

// Print keeps the ordered list of a query as a sheet to be walked on a day and gives it with its people. It leaves a trail: a printed list
// carries people's data out of the house (law R2). The viewer needs field.see on the unit.
func (b *Book) Print(ctx context.Context, who access.Viewer, q Query, title string, day clock.Day) (*Sheet, []Subject, error) {
	if err := who.May("field.see", q.Unit); err != nil {
		return nil, nil, err
	}
	if q.Limit <= 0 || q.Limit > MaxSheet {
		q.Limit = MaxSheet
	}
	var s *Sheet
	var subjects []Subject
	act := who.Act("field.see", q.Unit, "unit:"+id.String(q.Unit), "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		l, err := b.list(tx, who, q)
		if err != nil {
			return err
		}
		if len(l.Subjects) == 0 {
			return fault.New(fault.Invalid, "worklist.empty", "Không có ai trong danh sách này để in. Hãy chọn lại tổ, ấp hoặc nhóm.")
		}
		if day == "" {
			day = tx.Today()
		}
		subjects = l.Subjects
		s = &Sheet{ID: id.New(), Code: newCode(), Unit: q.Unit, Team: q.Team, Name: title, Day: day, By: who.Name, At: tx.Now()}
		if _, err := tx.Exec("INSERT INTO work_sheet(id, code, unit_id, team_id, title, day, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)", s.ID, s.Code, s.Unit, s.Team, s.Name, string(s.Day), s.By, s.At); err != nil {
			return err
		}
		for i := range subjects {
			s.Rows = append(s.Rows, SheetRow{int64(i + 1), subjects[i].Person.ID, id.New()})
		}
		act.Note = "in danh sách " + strconv.Itoa(len(s.Rows)) + " người, mã " + s.Code
		return putRows(tx, s)
	})
	return s, subjects, err
}

func putRows(tx *db.Tx, s *Sheet) error {
	i := 0
	row := make([]any, 4)
	_, err := tx.Bulk("work_sheet_row", []string{"sheet_id", "n", "person_id", "visit_id"}, func() ([]any, bool) {
		if i >= len(s.Rows) {
			return nil, false
		}
		r := s.Rows[i]
		row[0], row[1], row[2], row[3] = s.ID, r.N, r.Person, r.Visit
		i++
		return row, true
	})
	return err
}

// Entered is one row of a sheet as it stands: its person, and its visit once it was entered. Gone says that the person is not in the
// register any more.
type Entered struct {
	SheetRow
	Subject Subject
	Gone    bool
	Visit   *canvass.Visit
}

// Sheet opens a printed list by its code, with what was entered of it. The viewer needs field.see on its unit.
func (b *Book) Sheet(ctx context.Context, who access.Viewer, code string) (*Sheet, []Entered, error) {
	var s *Sheet
	var out []Entered
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if s, err = sheetAt(tx, who, code); err != nil {
			return err
		}
		persons, visits := make([]int64, len(s.Rows)), make([]int64, len(s.Rows))
		for i, r := range s.Rows {
			persons[i], visits[i] = r.Person, r.Visit
		}
		subjects, err := b.SubjectsByID(tx, persons)
		if err != nil {
			return err
		}
		found := make(map[int64]*Subject, len(subjects))
		for i := range subjects {
			found[subjects[i].Person.ID] = &subjects[i]
		}
		made, err := canvass.VisitsByID(tx, visits)
		if err != nil {
			return err
		}
		out = nil
		for _, r := range s.Rows {
			e := Entered{SheetRow: r, Gone: found[r.Person] == nil}
			if !e.Gone {
				e.Subject = *found[r.Person]
				e.Gone = who.May("field.see", e.Subject.Person.Unit) != nil
			}
			if v, ok := made[r.Visit]; ok {
				e.Visit = &v
			}
			if e.Gone {
				e.Subject = Subject{}
			}
			out = append(out, e)
		}
		return nil
	})
	return s, out, err
}

func sheetAt(tx *db.Tx, who access.Viewer, code string) (*Sheet, error) {
	list, err := sheets(tx, "code=$1", TidyCode(code))
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Missing, "worklist.no_sheet", "Không có danh sách in nào mang mã này. Hãy xem lại mã in ở góc tờ giấy.")
	}
	s := &list[0]
	if err := who.May("field.see", s.Unit); err != nil {
		return nil, err
	}
	err = tx.Each("SELECT n, person_id, visit_id FROM work_sheet_row WHERE sheet_id=$1 ORDER BY n", []any{s.ID}, func(scan func(...any) error) error {
		var r SheetRow
		err := scan(&r.N, &r.Person, &r.Visit)
		s.Rows = append(s.Rows, r)
		return err
	})
	return s, err
}

func sheets(tx *db.Tx, where string, args ...any) ([]Sheet, error) {
	var out []Sheet
	err := tx.Each("SELECT id, code, unit_id, team_id, title, day, who_name, at FROM work_sheet WHERE "+where, args, func(scan func(...any) error) error {
		var s Sheet
		var day string
		err := scan(&s.ID, &s.Code, &s.Unit, &s.Team, &s.Name, &day, &s.By, &s.At)
		s.Day = clock.Day(day)
		out = append(out, s)
		return err
	})
	return out, err
}

// Printed is a sheet of the past with how much of it was entered.
type Printed struct {
	Sheet
	People, Entered int64
}

// recentSheets is how many printed lists a screen shows.
const recentSheets = 12

// Sheets lists the newest printed lists of a unit and everything under it. The viewer needs field.see on the unit.
func (b *Book) Sheets(ctx context.Context, who access.Viewer, unit int64) ([]Printed, error) {
	if err := who.May("field.see", unit); err != nil {
		return nil, err
	}
	var out []Printed
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		inside := map[int64]bool{}
		for _, u := range who.Tree().Descendants(unit) {
			inside[u] = true
		}
		list, err := sheets(tx, "id > 0 ORDER BY at DESC, id DESC LIMIT 400")
		if err != nil {
			return err
		}
		out = nil
		for _, s := range list {
			if !inside[s.Unit] || len(out) == recentSheets {
				continue
			}
			p := Printed{Sheet: s}
			var visits []int64
			if err := tx.Each("SELECT visit_id FROM work_sheet_row WHERE sheet_id=$1", []any{s.ID}, func(scan func(...any) error) error {
				var v int64
				err := scan(&v)
				visits = append(visits, v)
				return err
			}); err != nil {
				return err
			}
			made, err := canvass.VisitsByID(tx, visits)
			if err != nil {
				return err
			}
			p.People, p.Entered = int64(len(visits)), int64(len(made))
			out = append(out, p)
		}
		return nil
	})
	return out, err
}
