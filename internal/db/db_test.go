package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
)

var act = db.Act{Verb: "test.write", WhoName: "kiểm thử", From: "test"}

func TestPlaceholdersOutOfOrder(t *testing.T) {
	d := dbtest.Open(t)
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		var a, b, c string
		if err := tx.QueryRow("SELECT CAST($3 AS TEXT), CAST($1 AS TEXT), '$2' || CAST($2 AS TEXT)", "one", "two", "three").Scan(&a, &b, &c); err != nil {
			return err
		}
		if a != "three" || b != "one" || c != "$2two" {
			t.Errorf("got %q %q %q", a, b, c)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLaw_R2_TrailIsChainedAndOneActFails(t *testing.T) {
	d := dbtest.Open(t)
	ctx := context.Background()
	var wg sync.WaitGroup
	boom := errors.New("boom")
	for i := range 50 {
		wg.Go(func() {
			err := d.Write(ctx, act, func(tx *db.Tx) error {
				if _, err := tx.Exec("INSERT INTO mapping(source_key, kind, mapping, who, at) VALUES ($1,'k','',0,'')", fmt.Sprint(i)); err != nil {
					return err
				}
				if i%7 == 0 {
					return boom
				}
				if i%7 == 1 {
					panic("an act that panics")
				}
				return nil
			})
			if (i%7 <= 1) != (err != nil) {
				t.Errorf("act %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	check := func(wantLen, wantBroken int64) {
		t.Helper()
		err := d.Read(ctx, func(tx *db.Tx) error {
			n, broken, err := tx.CheckTrail()
			if n != wantLen || broken != wantBroken {
				t.Errorf("trail of %d, broken at %d; want %d, %d", n, broken, wantLen, wantBroken)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	check(35, 0)
	if err := d.Write(ctx, act, func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE trail SET note='changed' WHERE seq=$1", 9)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	check(36, 9)
}

func TestDuplicateAndBulkAndHook(t *testing.T) {
	d := dbtest.Open(t)
	ctx := context.Background()
	var seen []int64
	d.BeforeCommit(func(tx *db.Tx, persons []int64) error { seen = append(seen, persons...); return nil })
	err := d.WriteLong(ctx, &act, func(tx *db.Tx) error {
		i := 0
		n, err := tx.Bulk("person_name", []string{"person_id", "suffix"}, func() ([]any, bool) {
			i++
			tx.Touch(int64(1000 - i))
			return []any{int64(i), "x"}, i <= 500
		})
		if n != 500 {
			t.Errorf("%d rows", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != 501 || seen[0] > seen[1] {
		t.Errorf("touched %d", len(seen))
	}
	err = d.Write(ctx, act, func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO person_name(person_id, suffix) VALUES ($1,$2)", 7, "x")
		return err
	})
	if !db.IsDuplicate(err) {
		t.Errorf("want a Duplicate, got %v", err)
	}
}

func TestMigrateTwiceAndReadSeesCommitted(t *testing.T) {
	d := dbtest.Open(t)
	ctx := context.Background()
	if err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(ctx, act, func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO person_name(person_id, suffix) VALUES (1,'a')")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := d.Read(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec("DELETE FROM person_name"); err == nil {
			t.Error("a reading transaction wrote")
		}
		return tx.QueryRow("SELECT count(*) FROM person_name").Scan(&n)
	}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
}
