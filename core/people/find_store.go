package people

import (
	"bonphu/internal/db"
	"bonphu/internal/vn"
)

// WithNumber gives the living person who has a citizen number, 0 when nobody does. The caller checks the right to see them.
func WithNumber(tx *db.Tx, number string) (int64, error) {
	known, err := byNumbers(tx, []int64{tx.Keys().Index(number)})
	for _, s := range known {
		if string(s.Number) == number {
			return s.ID, err
		}
	}
	return 0, err
}

// Named lists the records in force of one name and one whole birth date, whoever they are; the caller never guesses among them (law P4)
// and checks the right to see them. Nothing for a birth date that is not whole.
func Named(tx *db.Tx, name, birth string) ([]Person, error) {
	if len(birth) != 10 {
		return nil, nil
	}
	var out []Person
	err := tx.Each("SELECT "+columns+" FROM person WHERE state='live' AND name_fold=$1 AND birth=$2 ORDER BY id", []any{vn.Fold(name), birth}, func(scan func(...any) error) error {
		s, err := scanPerson(tx, scan)
		if err == nil {
			out = append(out, s.Person)
		}
		return err
	})
	return out, err
}

// Kept gives for persons the records they were merged into (law P4); whoever was not merged is themselves.
func Kept(tx *db.Tx, ids []int64) (map[int64]int64, error) {
	out := make(map[int64]int64, len(ids))
	next := ids
	for range 8 {
		var more []int64
		if err := tx.EachIn("SELECT id, merged_into FROM person WHERE state='merged' AND merged_into<>0 AND id IN (%s)", nil, next, func(scan func(...any) error) error {
			var gone, kept int64
			err := scan(&gone, &kept)
			out[gone] = kept
			more = append(more, kept)
			return err
		}); err != nil {
			return nil, err
		}
		if next = more; len(next) == 0 {
			break
		}
	}
	for _, p := range ids {
		to := p
		for range 8 {
			n, ok := out[to]
			if !ok || n == to {
				break
			}
			to = n
		}
		out[p] = to
	}
	return out, nil
}
