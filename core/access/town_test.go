package access

import (
	"context"
	"sync"
	"testing"
	"time"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
)

const ownPassword = "con trâu đi trước"

var ownHash = sync.OnceValue(func() string { return Hash(ownPassword) })

// town is a province with two districts of two communes, a hamlet in the first, and a clock that tests turn.
type town struct {
	t    testing.TB
	door *Door
	unit map[string]int64
	tree *territory.Tree

	mu  sync.Mutex
	now time.Time
}

var ctx = context.Background()

func build(t testing.TB) *town {
	t.Helper()
	w := &town{t: t, unit: map[string]int64{}, now: dbtest.Morning}
	d := dbtest.OpenAt(t, func() time.Time {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.now
	})
	w.door = &Door{DB: d, Place: func() string { return "p" }}
	units := []struct {
		code, parent string
		tier         int
	}{{"p", "", 0}, {"d1", "p", 1}, {"d2", "p", 1}, {"c11", "d1", 2}, {"c12", "d1", 2}, {"c21", "d2", 2}, {"c22", "d2", 2}, {"h111", "c11", 3}}
	w.write(func(tx *db.Tx) error {
		for _, x := range units {
			u := &territory.Unit{Code: x.code, Kind: "nơi", Name: x.code, Tier: x.tier, Parent: w.unit[x.parent]}
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
			w.unit[x.code] = u.ID
		}
		return nil
	})
	w.reread()
	return w
}

func (w *town) write(fn func(*db.Tx) error) {
	w.t.Helper()
	if err := w.door.DB.Write(ctx, db.Act{Verb: "test"}, fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) reread() {
	w.t.Helper()
	w.door.Changed()
	var err error
	if w.tree, err = w.door.Tree(ctx); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) pass(d time.Duration) {
	w.mu.Lock()
	w.now = w.now.Add(d)
	w.mu.Unlock()
}

func (w *town) clock() clock.Clock { return w.door.DB.Clock }

// as is a viewer with one role, through the door.
func (w *town) as(role, unit string) Viewer {
	return NewViewer(7, "thu", "Người Thử", "127.0.0.1", []Grant{{role, w.unit[unit]}}, w.tree)
}

// account opens an account whose password is ownPassword.
func (w *town) account(login string, must bool, grants ...Grant) int64 {
	w.t.Helper()
	var account int64
	w.write(func(tx *db.Tx) (err error) {
		account, err = CreateWith(tx, Account{Login: login, Name: "Người " + login, Grants: grants}, ownHash(), must)
		return err
	})
	return account
}

func (w *town) at(role, unit string) Grant { return Grant{role, w.unit[unit]} }

func (w *town) login(login string) (string, Viewer, Step) {
	w.t.Helper()
	token, step, err := w.door.Login(ctx, login, ownPassword, "127.0.0.1", "test")
	if err != nil {
		w.t.Fatalf("%s: %v", login, err)
	}
	v, _, err := w.door.Viewer(ctx, token, "127.0.0.1")
	if err != nil {
		w.t.Fatal(err)
	}
	return token, v, step
}
