package access

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// snapshot gives the tree of units, at most two seconds old.
func (d *Door) snapshot(tx *db.Tx) (*territory.Tree, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.tree != nil && clock.System().Before(d.until) {
		return d.tree, nil
	}
	t, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	if d.Place != nil {
		t = t.At(d.Place())
	}
	d.tree, d.until = t, clock.System().Add(treeFreshness)
	return t, nil
}

// Tree gives the tree of units, at most two seconds old; Changed has it read anew at once.
func (d *Door) Tree(ctx context.Context) (*territory.Tree, error) {
	var t *territory.Tree
	err := d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		t, err = d.snapshot(tx)
		return err
	})
	return t, err
}

// Changed forgets the tree, after a unit was added or renamed.
func (d *Door) Changed() {
	d.mu.Lock()
	d.tree = nil
	d.mu.Unlock()
}

// Viewer tells who a session's token belongs to and what it still has to do. A session that ended is a fault of kind Unknown.
func (d *Door) Viewer(ctx context.Context, token, from string) (Viewer, Step, error) {
	ended := fault.New(fault.Unknown, "access.session", "Phiên làm việc đã hết. Hãy đăng nhập lại.")
	if token == "" || len(token) > 100 {
		return Viewer{}, "", ended
	}
	now := d.DB.Clock()
	var v Viewer
	var a *account
	var seen, expires string
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var passed bool
		var owner int64
		err := tx.QueryRow("SELECT id, account_id, seen_at, expires_at, passed_totp FROM session WHERE token_hash=$1", hashToken(token)).Scan(&v.Session, &owner, &seen, &expires, &passed)
		if errors.Is(err, sql.ErrNoRows) || err == nil && (clock.Stamp(now) > expires || now.Sub(clock.ParseStamp(seen)) > idleLimit) {
			return ended
		}
		if err != nil {
			return err
		}
		if a, err = accountBy(tx, "id", owner); err != nil {
			return err
		}
		if a.disabled {
			return ended
		}
		if v.tree, err = d.snapshot(tx); err != nil {
			return err
		}
		v.Account, v.Login, v.Name, v.From = a.id, a.login, a.name, from
		v.Grants, err = grantsOf(tx, a.id)
		v.step = d.step(a, v.Grants, passed)
		if v.Office = a.office; v.Office == 0 && err == nil && d.OfficeFor != nil {
			v.Office, err = d.OfficeFor(tx, v.Grants)
		}
		return err
	})
	if err != nil {
		return Viewer{}, "", err
	}
	if now.Sub(clock.ParseStamp(seen)) > 10*time.Minute {
		act := db.Act{Verb: "session.seen", Who: v.Account, WhoName: v.Name, Object: "session:" + id.String(v.Session), From: from}
		err = d.DB.Write(ctx, act, func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE session SET seen_at=$1 WHERE id=$2", clock.Stamp(now), v.Session)
			return err
		})
	}
	return v, v.step, err
}

func (d *Door) step(a *account, grants []Grant, passed bool) Step {
	need := a.totpOn
	for _, g := range grants {
		if r, ok := RoleOf(g.Role); ok && r.TOTP && !d.Open {
			need = true
		}
	}
	switch {
	case a.totpOn && !passed:
		return NeedTOTP
	case a.mustChange:
		return MustChange
	case need && !a.totpOn:
		return EnrolTOTP
	}
	return Done
}

func grantsOf(tx *db.Tx, account int64) ([]Grant, error) {
	var out []Grant
	err := tx.Each("SELECT role, unit_id FROM role_grant WHERE account_id=$1 ORDER BY role, unit_id", []any{account}, func(scan func(...any) error) error {
		var g Grant
		err := scan(&g.Role, &g.Unit)
		out = append(out, g)
		return err
	})
	return out, err
}

// Session is a place where an account is signed in.
type Session struct {
	ID          int64
	Created     string
	Seen        string
	From, Agent string
	Here        bool
}

// Sessions lists the viewer's own sessions that are still open, latest first.
func (d *Door) Sessions(ctx context.Context, v Viewer) ([]Session, error) {
	if err := v.during(Done); err != nil {
		return nil, err
	}
	var out []Session
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each("SELECT id, created_at, seen_at, from_addr, agent FROM session WHERE account_id=$1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id DESC LIMIT 200",
			[]any{v.Account, tx.Now(), clock.Stamp(d.DB.Clock().Add(-idleLimit))}, func(scan func(...any) error) error {
				var s Session
				err := scan(&s.ID, &s.Created, &s.Seen, &s.From, &s.Agent)
				s.Here = s.ID == v.Session
				out = append(out, s)
				return err
			})
	})
	return out, err
}

// Logout ends the viewer's present session, whatever it still had to do.
func (d *Door) Logout(ctx context.Context, v Viewer) error { return d.Revoke(ctx, v, v.Session) }

// Revoke ends one of the viewer's own sessions; 0 ends all but this one.
func (d *Door) Revoke(ctx context.Context, v Viewer, session int64) error {
	if session != v.Session {
		if err := v.during(Done); err != nil {
			return err
		}
	}
	if v.Account == 0 {
		return v.during(Done)
	}
	return d.DB.Write(ctx, v.Act("session.end", 0, "session:"+id.String(session), ""), func(tx *db.Tx) error {
		if session == 0 {
			_, err := tx.Exec("DELETE FROM session WHERE account_id=$1 AND id<>$2", v.Account, v.Session)
			return err
		}
		n, err := tx.Exec("DELETE FROM session WHERE account_id=$1 AND id=$2", v.Account, session)
		if err == nil && n == 0 && session != v.Session {
			return fault.New(fault.Missing, "access.no_session", "Không có phiên đăng nhập này, hoặc phiên đã hết.")
		}
		return err
	})
}
