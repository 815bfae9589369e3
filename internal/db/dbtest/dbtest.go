// Package dbtest gives each test a fresh, migrated database: SQLite in a temporary folder, or, when BONPHU_TEST_DB holds a
// postgres:// address, a schema of its own there.
package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/seal"
)

// Morning is the instant at which tests live unless they say otherwise: 08:00 on 20/5/2024 in Vietnam.
var Morning = time.Date(2024, 5, 20, 8, 0, 0, 0, clock.Zone)

var counter atomic.Int64

// Open gives a database whose clock stands at Morning.
func Open(t testing.TB) *db.DB { return OpenAt(t, clock.Fixed(Morning)) }

// OpenAt gives a database with that clock.
func OpenAt(t testing.TB, c clock.Clock) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), URL(t), db.Options{Clock: c, Keys: Keys(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return d
}

// Keys are the tests' own.
func Keys(t testing.TB) *seal.Keys {
	t.Helper()
	k, err := seal.FromMaster([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// URL is the address of an empty database of the engine under test.
func URL(t testing.TB) string {
	t.Helper()
	base := os.Getenv("BONPHU_TEST_DB")
	if base == "" {
		return filepath.Join(t.TempDir(), "test.db")
	}
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal("BONPHU_TEST_DB cannot be read")
	}
	q := u.Query()
	schema := fmt.Sprintf("t_%s_%d", id.String(id.New()), counter.Add(1))
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	t.Cleanup(func() { drop(base, schema) })
	return u.String()
}

// drop removes a test's schema.
func drop(base, schema string) {
	d, err := db.Open(context.Background(), base, db.Options{})
	if err != nil {
		return
	}
	defer d.Close()
	_ = d.DropSchema(context.Background(), schema)
}
