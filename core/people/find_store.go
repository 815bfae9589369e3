package people

import "bonphu/internal/db"

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
