package reconcile_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/oversight/reconcile"
)

// BenchmarkExtract imports an extract of 100,000 persons into a register that knows them, without any claim and against 200,000
// claims, half of which it denies; ratio is the second by the first.
func BenchmarkExtract(b *testing.B) {
	const persons = 100_000
	for range b.N {
		var took [2]time.Duration
		for round := range took {
			w := newTown(b)
			w.many(persons, "2024-04-10", "none", "none")
			if round == 1 {
				w.claims(persons)
			}
			from := time.Now()
			w.many(persons, "2024-05-10", "issued", "none")
			took[round] = time.Since(from)
			if round == 1 {
				b.StopTimer()
				w.want("694", reconcile.Filter{}, 2*persons, persons, persons, 0, 0)
				b.StartTimer()
			}
			if err := w.db.Close(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(took[0].Seconds(), "s-alone")
		b.ReportMetric(took[1].Seconds(), "s-against-claims")
		b.ReportMetric(took[1].Seconds()/took[0].Seconds(), "ratio")
	}
}

// many brings a register of n persons in parts, as the flow of intake does.
func (w *town) many(n int, asOf clock.Day, status ...string) {
	w.t.Helper()
	w.batches++
	batch := &intake.Batch{ID: w.batches, Kind: "register", AsOf: asOf, UnitID: w.units["25330"], Who: 1, Viewer: w.root}
	act := w.root.Act("intake.apply", 0, "batch", "")
	if err := w.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		run, err := w.lists.Start(tx, batch)
		if err != nil {
			return err
		}
		for i := 0; i < n; i += 2000 {
			var rows []*intake.Row
			for k := i; k < min(i+2000, n); k++ {
				r := row(k, status...)
				r.Number = fmt.Sprintf("0700%02d%06d", 60+k%35, k)
				rows = append(rows, r)
			}
			out, err := run.Apply(rows, false)
			if err != nil {
				return err
			}
			for _, o := range out {
				if o.Verdict == intake.New {
					w.persons = append(w.persons, o.Person)
				}
			}
		}
		return run.Finish()
	}); err != nil {
		w.t.Fatal(err)
	}
}

// claims has a team claim card and account of everybody.
func (w *town) claims(n int) {
	w.t.Helper()
	at := "2024-04-20T03:00:00.000Z"
	act := w.root.Act("coverage.claim", 0, "bench", "")
	if err := w.db.WriteLong(ctx, &act, func(tx *db.Tx) error {
		var list []coverage.Event
		for _, p := range w.persons[:n] {
			for _, c := range [2][2]string{{"cccd", "issued"}, {"eid", "active"}} {
				list = append(list, coverage.Event{Person: p, Coverage: c[0], State: c[1], Level: coverage.Claimed, Day: "2024-04-20", AsOf: at, At: at, Source: people.Field, Team: 7})
			}
		}
		return coverage.Append(tx, list)
	}); err != nil {
		w.t.Fatal(err)
	}
}

// BenchmarkClaims records claims one by one from eight clients, without reconciliation and with it.
func BenchmarkClaims(b *testing.B) {
	for _, kept := range []bool{false, true} {
		b.Run(fmt.Sprintf("kept=%v", kept), func(b *testing.B) {
			w := newTown(b)
			if !kept {
				w.book.Also = nil
			}
			w.many(20_000, "2024-04-10", "none", "none")
			var next atomic.Int64
			b.ResetTimer()
			b.SetParallelism(4)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					n := next.Add(1)
					if _, err := w.ledger.Record(ctx, w.root, coverage.Claim{Person: w.persons[n%20_000], Coverage: "cccd", State: "issued", Team: 7}); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "claims/s")
		})
	}
}
