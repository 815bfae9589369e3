package people

import (
	"slices"

	"bonphu/internal/db"
)

// Homes gives these persons and everybody in the register who lives with them: the same household of the same unit. Who has no household
// is alone. The caller has asked for the right.
func Homes(tx *db.Tx, persons []int64) ([]int64, error) {
	type home struct {
		unit int64
		name string
	}
	known := map[home]bool{}
	out := slices.Clone(persons)
	if err := tx.EachIn("SELECT unit_id, household FROM person WHERE household<>'' AND id IN (%s)", nil, persons, func(scan func(...any) error) error {
		var h home
		err := scan(&h.unit, &h.name)
		known[h] = true
		return err
	}); err != nil {
		return nil, err
	}
	for h := range known {
		if err := tx.Each("SELECT id FROM person WHERE unit_id=$1 AND household=$2 AND state='live'", []any{h.unit, h.name}, func(scan func(...any) error) error {
			var n int64
			err := scan(&n)
			out = append(out, n)
			return err
		}); err != nil {
			return nil, err
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
