package reconcile

import (
	"context"
	"fmt"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/oversight/tally"
)

// Check tells every claim's fate anew in one reading and gives the places where what is kept differs, at most a hundred. It changes
// nothing.
func (b *Book) Check(ctx context.Context) ([]tally.Finding, error) {
	var out []tally.Finding
	note := func(f tally.Finding) {
		if len(out) < 100 {
			out = append(out, f)
		}
	}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		if day, err := tally.Frozen(tx); err != nil || day != "" {
			return err // nobody is left to tell them from
		}
		p := b.Plan()
		l := ladders(p)
		sums := map[sum]int64{}
		told := int64(0)
		if err := tally.Everybody(tx, func(t *tally.Touched) error {
			have, err := kept(tx, t.Persons)
			if err != nil {
				return err
			}
			for _, person := range t.Persons {
				fresh := entries(l, p.Start(), t, person)
				told += int64(len(fresh))
				same := len(fresh) == len(have[person])
				for i := range fresh {
					book(sums, &fresh[i], 1)
					found := false
					for _, h := range have[person] {
						found = found || h == fresh[i]
					}
					same = same && found
				}
				if !same {
					note(tally.Finding{Where: fmt.Sprintf("kết quả đối soát của hồ sơ %d", person), Kept: int64(len(have[person])), Told: int64(len(fresh))})
				}
			}
			return nil
		}); err != nil {
			return err
		}
		var rows int64
		if err := tx.QueryRow("SELECT count(*) FROM claim_fate").Scan(&rows); err != nil {
			return err
		}
		if rows != told {
			note(tally.Finding{Where: "số dòng đối soát", Kept: rows, Told: told})
		}
		if err := tx.Each("SELECT unit_id, team_id, coverage, claimed, fate, day, n FROM claim_sum WHERE n <> 0", nil, func(scan func(...any) error) error {
			var s sum
			var claimed, day string
			var n int64
			err := scan(&s.unit, &s.team, &s.coverage, &claimed, &s.fate, &day, &n)
			s.claimed, s.day = clock.Day(claimed), clock.Day(day)
			if sums[s] != n {
				note(tally.Finding{Where: s.String(), Kept: n, Told: sums[s]})
			}
			delete(sums, s)
			return err
		}); err != nil {
			return err
		}
		for s, n := range sums {
			note(tally.Finding{Where: s.String(), Told: n})
		}
		return nil
	})
	return out, err
}

func (s *sum) String() string {
	return fmt.Sprintf("đối soát: đơn vị %d, tổ %d, %s, báo cáo ngày %s, %s, ngày %s", s.unit, s.team, s.coverage, s.claimed.Vi(), FateTitle(s.fate), s.day.Vi())
}
