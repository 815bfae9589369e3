package officials

import (
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}

const columns = "id, office_id, name, birth, position, number_sealed, phone_sealed, said, person_id, account_id, batch_id, from_day, until_day"

// roster reads rows in force (not withdrawn), those who left too, ordered by agency and name. where begins with AND or is "".
func roster(tx *db.Tx, where string, args ...any) ([]Official, error) {
	var out []Official
	keys := tx.Keys()
	err := tx.Each("SELECT "+columns+" FROM official WHERE void_at='' "+where+" ORDER BY office_id, name_sort, id", args, func(scan func(...any) error) error {
		var o Official
		var number, phone, said, from, until string
		if err := scan(&o.ID, &o.Office, &o.Name, &o.Birth, &o.Position, &number, &phone, &said, &o.Person, &o.Account, &o.Batch, &from, &until); err != nil {
			return err
		}
		n, err := keys.Open(number)
		if err != nil {
			return err
		}
		f, err := keys.Open(phone)
		o.Number, o.Phone, o.From, o.Until = people.Number(n), people.Number(f), clock.Day(from), clock.Day(until)
		if said != "" {
			o.Said = strings.Split(said, ",")
		}
		out = append(out, o)
		return err
	})
	return out, err
}

func one(tx *db.Tx, official int64) (*Official, error) {
	list, err := roster(tx, "AND id=$1", official)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Missing, "officials.unknown", "Không tìm thấy cán bộ này. Hãy mở lại danh sách của cơ quan.")
	}
	return &list[0], nil
}

func insert(tx *db.Tx, o *Official, row int64) error {
	if o.ID == 0 {
		o.ID = id.New()
	}
	var ix any
	if o.Number != "" {
		ix = tx.Keys().Index(string(o.Number))
	}
	_, err := tx.Exec("INSERT INTO official("+columns+", name_fold, name_sort, number_ix, batch_row, at, void_at) VALUES ("+tx.In(19, 1)+")", o.ID, o.Office, o.Name, o.Birth, o.Position,
		tx.Keys().Seal(string(o.Number)), tx.Keys().Seal(string(o.Phone)), strings.Join(o.Said, ","), o.Person, o.Account, o.Batch, string(o.From), string(o.Until),
		vn.Fold(o.Name), vn.SortKey(o.Name), ix, row, tx.Now(), "")
	return err
}

func update(tx *db.Tx, o *Official) error {
	var ix any
	if o.Number != "" {
		ix = tx.Keys().Index(string(o.Number))
	}
	_, err := tx.Exec(`UPDATE official SET office_id=$1, name=$2, birth=$3, position=$4, number_sealed=$5, phone_sealed=$6, said=$7, person_id=$8, account_id=$9,
		from_day=$10, until_day=$11, name_fold=$12, name_sort=$13, number_ix=$14 WHERE id=$15`, o.Office, o.Name, o.Birth, o.Position, tx.Keys().Seal(string(o.Number)),
		tx.Keys().Seal(string(o.Phone)), strings.Join(o.Said, ","), o.Person, o.Account, string(o.From), string(o.Until), vn.Fold(o.Name), vn.SortKey(o.Name), ix, o.ID)
	return err
}

// statements reads portal statements in force by official; of everybody when ids is nil.
func statements(tx *db.Tx, ids []int64) (map[int64][]Statement, error) {
	out := map[int64][]Statement{}
	scan := func(scan func(...any) error) error {
		var s Statement
		var level, day string
		err := scan(&s.ID, &s.Official, &s.Portal, &level, &day, &s.Evidence, &s.Who, &s.Batch, &s.At)
		s.Level, s.Day = coverage.Level(level), clock.Day(day)
		out[s.Official] = append(out[s.Official], s)
		return err
	}
	const q = "SELECT id, official_id, portal, level, day, evidence, who, batch_id, at FROM official_portal WHERE void_at=''"
	if ids == nil {
		return out, tx.Each(q+" ORDER BY at, id", nil, scan)
	}
	return out, tx.EachIn(q+" AND official_id IN (%s) ORDER BY at, id", nil, ids, scan)
}

func insertStatement(tx *db.Tx, s *Statement) error {
	s.ID, s.At = id.New(), tx.Now()
	_, err := tx.Exec("INSERT INTO official_portal(id, official_id, portal, level, day, evidence, who, batch_id, at, void_at) VALUES ("+tx.In(10, 1)+")",
		s.ID, s.Official, s.Portal, string(s.Level), string(s.Day), s.Evidence, s.Who, s.Batch, s.At, "")
	return err
}

// Erase removes personal data and gives how many officials there were (law R4). The figures that reports froze stay.
func Erase(tx *db.Tx) (int64, error) {
	for _, q := range []string{"DELETE FROM credit", "DELETE FROM official_portal", "DELETE FROM official_change"} {
		if _, err := tx.Exec(q); err != nil {
			return 0, err
		}
	}
	return tx.Exec("DELETE FROM official")
}
