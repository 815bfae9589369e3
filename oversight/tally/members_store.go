package tally

import (
	"slices"

	"bonphu/internal/db"
)

// Members gives everybody in these units who is counted now in at least one of the series, with the unit each lives in: the
// people behind a number, whole, for drawing from (law N2). The caller has asked for the right.
func (b *Book) Members(tx *db.Tx, units []int64, series ...string) (map[int64]int64, error) {
	in := map[int64]bool{}
	for _, s := range series {
		profiles, err := b.profilesIn(tx, s)
		if err != nil {
			return nil, err
		}
		for _, p := range profiles {
			in[p] = true
		}
	}
	out := map[int64]int64{}
	profiles := make([]int64, 0, len(in))
	for p := range in {
		profiles = append(profiles, p)
	}
	slices.Sort(profiles)
	inside := make(map[int64]bool, len(units))
	for _, u := range units {
		inside[u] = true
	}
	err := tx.EachIn("SELECT person_id, unit_id FROM person_roll WHERE profile_id IN (%s)", nil, profiles, func(scan func(...any) error) error {
		var p, u int64
		err := scan(&p, &u)
		if inside[u] {
			out[p] = u
		}
		return err
	})
	return out, err
}
