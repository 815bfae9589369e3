package people

import "bonphu/internal/db"

// Slim reads of persons in force what orders and groups them: name, birth, gender, unit, household, group. Numbers stay sealed and are
// not among it, which makes it quick for a whole district. The caller has asked for the right.
func Slim(tx *db.Tx, ids []int64) (map[int64]Person, error) {
	out := make(map[int64]Person, len(ids))
	err := tx.EachIn("SELECT id, name, birth, gender, unit_id, household, ethnic FROM person WHERE state='live' AND id IN (%s)", nil, ids, func(scan func(...any) error) error {
		p := Person{State: Live}
		err := scan(&p.ID, &p.Name, &p.Birth, &p.Gender, &p.Unit, &p.House, &p.Ethnic)
		out[p.ID] = p
		return err
	})
	return out, err
}
