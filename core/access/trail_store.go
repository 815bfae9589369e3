package access

import (
	"context"

	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// TrailFilter narrows a reading of the trail; zero values do not.
type TrailFilter struct {
	Who        int64
	Verb       string
	Object     string
	Unit       int64 // this unit and everything under it
	From, Till clock.Day
}

// TrailPage reads up to n rows of the trail before a sequence number (0 for the newest), newest first. Rows of units that the
// viewer may not see the trail of are left out (laws R1, R2).
func (d *Door) TrailPage(ctx context.Context, who Viewer, f TrailFilter, before int64, n int) ([]db.TrailRow, error) {
	if !who.MayAnywhere("trail.see") {
		return nil, who.May("trail.see", 0)
	}
	if before <= 0 {
		before = 1<<63 - 1
	}
	all := who.May("trail.see", 0) == nil
	var out []db.TrailRow
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		for looked := 0; len(out) < n && looked < 200_000; {
			read := 0
			err := tx.Each(`SELECT seq, at, day, verb, who, who_name, unit_id, object, note, from_addr, prev, hash FROM trail
				WHERE seq < $1 AND (CAST($2 AS BIGINT) = 0 OR who = $2) AND ($3 = '' OR verb = $3) AND ($4 = '' OR object = $4) AND ($5 = '' OR day >= $5) AND ($6 = '' OR day <= $6)
				ORDER BY seq DESC LIMIT 500`, []any{before, f.Who, f.Verb, f.Object, string(f.From), string(f.Till)}, func(scan func(...any) error) error {
				var r db.TrailRow
				var day string
				if err := scan(&r.Seq, &r.At, &day, &r.Act.Verb, &r.Act.Who, &r.Act.WhoName, &r.Act.Unit, &r.Act.Object, &r.Act.Note, &r.Act.From, &r.Prev, &r.Hash); err != nil {
					return err
				}
				r.Day = clock.Day(day)
				read++
				before = r.Seq
				if len(out) >= n || f.Unit != 0 && (who.tree == nil || !who.tree.Within(r.Act.Unit, f.Unit)) {
					return nil
				}
				if all || r.Act.Who == who.Account || r.Act.Unit != 0 && who.May("trail.see", r.Act.Unit) == nil {
					out = append(out, r)
				}
				return nil
			})
			if err != nil {
				return err
			}
			if looked += read; read < 500 {
				return nil
			}
		}
		return nil
	})
	return out, err
}

// TrailSound walks the whole chain and gives its length and the first broken link, 0 when it is whole.
func (d *Door) TrailSound(ctx context.Context, who Viewer) (length, broken int64, err error) {
	if err := who.May("trail.see", 0); err != nil {
		return 0, 0, err
	}
	err = d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		length, broken, err = tx.CheckTrail()
		return err
	})
	return length, broken, err
}
