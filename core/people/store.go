package people

import (
	"cmp"
	"slices"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// columns in the order that scanPerson reads and Insert writes.
const columns = "id, number_sealed, old_sealed, name, birth, gender, unit_id, phone_sealed, address, ethnic, household, relation, note, source, as_of, batch_id, batch_row, prov, state, merged_into"

// stored is a person as the table holds it, with its provenance and index keys.
type stored struct {
	Person
	prov string
	fold string
}

func scanPerson(tx *db.Tx, scan func(...any) error, more ...any) (*stored, error) {
	var s stored
	var number, old, phone string
	dst := []any{&s.ID, &number, &old, &s.Name, &s.Birth, &s.Gender, &s.Unit, &phone, &s.Address, &s.Ethnic, &s.House, &s.Relation, &s.Note,
		&s.Source, &s.AsOf, &s.Batch, &s.BatchRow, &s.prov, &s.State, &s.Merged}
	if err := scan(append(dst, more...)...); err != nil {
		return nil, err
	}
	for _, f := range []struct {
		to   *Number
		from string
	}{{&s.Number, number}, {&s.OldID, old}, {&s.Phone, phone}} {
		if f.from == "" {
			continue
		}
		plain, err := tx.Keys().Open(f.from)
		if err != nil {
			return nil, err
		}
		*f.to = Number(plain)
	}
	return &s, nil
}

// load reads persons by id, in chunks.
func load(tx *db.Tx, ids []int64) (map[int64]*stored, error) {
	out := make(map[int64]*stored, len(ids))
	err := tx.EachIn("SELECT "+columns+" FROM person WHERE id IN (%s)", nil, ids, func(scan func(...any) error) error {
		s, err := scanPerson(tx, scan)
		if err == nil {
			out[s.ID] = s
		}
		return err
	})
	return out, err
}

// chunk is how many names an IN list carries.
const chunk = 500

// byNumbers reads the living persons with these blind indexes.
func byNumbers(tx *db.Tx, ix []int64) (map[int64]*stored, error) {
	out := make(map[int64]*stored, len(ix))
	err := tx.EachIn("SELECT "+columns+", number_ix FROM person WHERE state = 'live' AND number_ix IN (%s)", nil, ix, func(scan func(...any) error) error {
		var key int64
		s, err := scanPerson(tx, scan, &key)
		if err == nil {
			out[key] = s
		}
		return err
	})
	return out, err
}

// byNames reads the living persons with these folded names; with unnumbered, only those without a citizen number, who alone can
// be taken for somebody that has one.
func byNames(tx *db.Tx, folds []string, unnumbered bool, out map[string][]*stored) error {
	narrow := ""
	if unnumbered {
		narrow = " AND number_ix IS NULL"
	}
	for len(folds) > 0 {
		n := min(len(folds), chunk)
		part := make([]any, chunk)
		if n < 32 {
			part = part[:32]
		}
		for i := range part {
			part[i] = folds[min(i, n-1)]
		}
		err := tx.Each("SELECT "+columns+", name_fold FROM person WHERE state = 'live' AND name_fold IN ("+tx.In(len(part), 1)+")"+narrow, part,
			func(scan func(...any) error) error {
				var fold string
				s, err := scanPerson(tx, scan, &fold)
				if err == nil {
					s.fold = fold
					out[fold] = append(out[fold], s)
				}
				return err
			})
		if err != nil {
			return err
		}
		folds = folds[n:]
	}
	return nil
}

var insertColumns = strings.Split("id,number_sealed,number_ix,number_tail,old_sealed,name,name_fold,name_sort,birth,gender,unit_id,phone_sealed,phone_ix,address,ethnic,household,relation,note,source,as_of,batch_id,batch_row,prov,state,merged_into", ",")

// insert writes new persons and the parts of their names.
func insert(tx *db.Tx, list []*Person) error {
	keys := tx.Keys()
	i := 0
	row := make([]any, len(insertColumns))
	type part struct {
		suffix string
		id     int64
	}
	var parts []part
	_, err := tx.Bulk("person", insertColumns, func() ([]any, bool) {
		if i >= len(list) {
			return nil, false
		}
		p := list[i]
		i++
		fold := vn.Fold(p.Name)
		for s := range suffixes(fold) {
			parts = append(parts, part{s, p.ID})
		}
		row[0], row[1], row[2], row[3], row[4] = p.ID, keys.Seal(string(p.Number)), indexOrNil(keys.Index(string(p.Number))), tail(p.Number), keys.Seal(string(p.OldID))
		row[5], row[6], row[7], row[8], row[9], row[10] = p.Name, fold, vn.SortKey(p.Name), p.Birth, p.Gender, p.Unit
		row[11], row[12], row[13], row[14], row[15] = keys.Seal(string(p.Phone)), indexOrNil(keys.Index(string(p.Phone))), p.Address, p.Ethnic, p.House
		row[16], row[17], row[18], row[19], row[20], row[21], row[22], row[23], row[24] = p.Relation, p.Note, int64(p.Source), p.AsOf, p.Batch, p.BatchRow, "", Live, int64(0)
		return row, true
	})
	if err != nil {
		return err
	}
	for _, p := range list {
		tx.Touch(p.ID)
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Or(strings.Compare(a.suffix, b.suffix), cmp.Compare(a.id, b.id)) })
	j := 0
	two := make([]any, 2)
	_, err = tx.Bulk("person_name", []string{"suffix", "person_id"}, func() ([]any, bool) {
		if j >= len(parts) {
			return nil, false
		}
		two[0], two[1] = parts[j].suffix, parts[j].id
		j++
		return two, true
	})
	return err
}

func indexOrNil(ix int64) any {
	if ix == 0 {
		return nil
	}
	return ix
}

// tail is the part of a number that its mask shows anyway, kept for searching.
func tail(n Number) string {
	if len(n) < 12 {
		return ""
	}
	return string(n[len(n)-4:])
}

// update writes a person's changed attributes; oldFold is the folded name before, so that the search by name follows.
func update(tx *db.Tx, s *stored, oldFold string) error {
	keys := tx.Keys()
	fold := vn.Fold(s.Name)
	_, err := tx.Exec(`UPDATE person SET number_sealed=$1, number_ix=$2, number_tail=$3, old_sealed=$4, name=$5, name_fold=$6, name_sort=$7, birth=$8, gender=$9,
		unit_id=$10, phone_sealed=$11, phone_ix=$12, address=$13, ethnic=$14, household=$15, relation=$16, note=$17, prov=$18, source=$19, as_of=$20, batch_id=$21 WHERE id=$22`,
		keys.Seal(string(s.Number)), indexOrNil(keys.Index(string(s.Number))), tail(s.Number), keys.Seal(string(s.OldID)), s.Name, fold, vn.SortKey(s.Name),
		s.Birth, s.Gender, s.Unit, keys.Seal(string(s.Phone)), indexOrNil(keys.Index(string(s.Phone))), s.Address, s.Ethnic, s.House, s.Relation, s.Note,
		s.prov, int64(s.Source), s.AsOf, s.Batch, s.ID)
	if err != nil {
		return err
	}
	tx.Touch(s.ID)
	if fold == oldFold {
		return nil
	}
	if err := unname(tx, s.ID, oldFold); err != nil {
		return err
	}
	return addName(tx, s.ID, fold)
}

// addName puts a person into the search by name, unname takes one out.
func addName(tx *db.Tx, id int64, fold string) error {
	for suffix := range suffixes(fold) {
		if _, err := tx.Exec("INSERT INTO person_name(suffix, person_id) VALUES ($1,$2) ON CONFLICT DO NOTHING", suffix, id); err != nil {
			return err
		}
	}
	return nil
}

func unname(tx *db.Tx, id int64, fold string) error {
	for suffix := range suffixes(fold) {
		if _, err := tx.Exec("DELETE FROM person_name WHERE suffix=$1 AND person_id=$2", suffix, id); err != nil {
			return err
		}
	}
	return nil
}

// setState moves a person between living, merged and withdrawn; only the living are found by name and counted.
func setState(tx *db.Tx, s *stored, state string, into int64) error {
	if _, err := tx.Exec("UPDATE person SET state=$1, merged_into=$2 WHERE id=$3", state, into, s.ID); err != nil {
		return err
	}
	s.State, s.Merged = state, into
	tx.Touch(s.ID)
	if state == Live {
		return addName(tx, s.ID, vn.Fold(s.Name))
	}
	return unname(tx, s.ID, vn.Fold(s.Name))
}

// logEntry appends what was said of an attribute; personal numbers are sealed.
func logEntry(tx *db.Tx, person int64, e Entry, row, who int64) error {
	v := e.Value
	if sealedAttr(e.Attr) {
		v = tx.Keys().Seal(v)
	}
	_, err := tx.Exec(`INSERT INTO person_attr(id, person_id, attr, value, source, as_of, batch_id, batch_row, at, who, voided)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,FALSE)`, id.New(), person, e.Attr, v, int64(e.Source), e.AsOf, e.Batch, row, tx.Now(), who)
	return err
}

func sealedAttr(attr string) bool {
	return attr == AttrNumber || attr == AttrOldID || attr == AttrPhone
}

// entries reads what was ever said of a person's attributes, oldest said first. attr "" means all.
func entries(tx *db.Tx, person int64, attr string) ([]Entry, error) {
	var out []Entry
	err := tx.Each(`SELECT id, attr, value, source, as_of, batch_id, voided FROM person_attr WHERE person_id=$1 AND ($2 = '' OR attr=$2) ORDER BY id`, []any{person, attr},
		func(scan func(...any) error) error {
			var e Entry
			if err := scan(&e.ID, &e.Attr, &e.Value, &e.Source, &e.AsOf, &e.Batch, &e.Void); err != nil {
				return err
			}
			if sealedAttr(e.Attr) {
				plain, err := tx.Keys().Open(e.Value)
				if err != nil {
					return err
				}
				e.Value = plain
			}
			out = append(out, e)
			return nil
		})
	return out, err
}

// Move says that from a day on a person lives in a unit.
type Move struct {
	Day  clock.Day
	Unit int64
}

// MovesOf reads where people lived when, for those whose unit was ever said differently: oldest first, the first holding for the
// days before it too (laws P2, T2).
func MovesOf(tx *db.Tx, persons []int64) (map[int64][]Move, error) {
	out := map[int64][]Move{}
	err := tx.EachIn("SELECT person_id, value, as_of FROM person_attr WHERE attr='unit' AND NOT voided AND person_id IN (%s) ORDER BY person_id, as_of, source, id", nil, persons, func(scan func(...any) error) error {
		var p int64
		var unit, asOf string
		err := scan(&p, &unit, &asOf)
		out[p] = append(out[p], Move{Day(asOf), unitOf(unit)})
		return err
	})
	return out, err
}
