package access

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"image/png"
	"sync"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"rsc.io/qr"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Door lets people in: passwords, second factors, sessions.
type Door struct {
	DB *db.DB
	// Open lets accounts in without a second factor, for the demo district only.
	Open bool

	mu    sync.Mutex
	tree  *territory.Tree
	until time.Time
	fails map[string]failures // logins nobody has
}

type failures struct {
	n     int
	until time.Time
}

// Step is what a session still has to do before it may work.
type Step string

// The steps after a right password.
const (
	Done       Step = ""
	MustChange Step = "change" // a one-time password: choose an own one
	NeedTOTP   Step = "code"   // type the second factor
	EnrolTOTP  Step = "enrol"  // set up the second factor
)

// The bounds of sessions and of guessing.
const (
	idleLimit     = 12 * time.Hour
	sessionLimit  = 7 * 24 * time.Hour
	freeFailures  = 5
	maxLock       = 30 * time.Minute
	treeFreshness = 2 * time.Second
)

func wrong() error {
	return fault.New(fault.Unknown, "access.wrong", "Tên đăng nhập hoặc mật khẩu không đúng.").On("password")
}

func locked(until time.Time, now time.Time) error {
	return fault.New(fault.Unknown, "access.locked", "Sai quá nhiều lần. Hãy thử lại sau %d phút, hoặc nhờ quản trị đặt lại mật khẩu.", int(until.Sub(now).Minutes())+1).On("password")
}

// lockAfter gives how long a login is shut after n failures in a row: from the sixth on 30 s, doubling to half an hour.
func lockAfter(n int) time.Duration {
	if n < freeFailures {
		return 0
	}
	d := 30 * time.Second
	for range n - freeFailures {
		if d *= 2; d >= maxLock {
			return maxLock
		}
	}
	return d
}

type account struct {
	id                           int64
	login, name, password        string
	mustChange, totpOn, disabled bool
	totpSealed, lockedUntil      string
	failures                     int
	totpLast                     int64
}

func accountBy(tx *db.Tx, where string, arg any) (*account, error) {
	var a account
	err := tx.QueryRow("SELECT id, login, name, password, must_change, totp_on, disabled, totp_sealed, locked_until, failures, totp_last FROM account WHERE "+where+" = $1", arg).
		Scan(&a.id, &a.login, &a.name, &a.password, &a.mustChange, &a.totpOn, &a.disabled, &a.totpSealed, &a.lockedUntil, &a.failures, &a.totpLast)
	return &a, err
}

// Login checks a password and opens a session. The token goes into the cookie; only its hash is kept.
func (d *Door) Login(ctx context.Context, login, password, from, agent string) (token string, step Step, err error) {
	if len(login) > 100 || len(password) > 200 {
		return "", "", wrong()
	}
	now := d.DB.Clock()
	var a *account
	err = d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = accountBy(tx, "login", login)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", d.unknown(login, password, now)
	}
	if err != nil {
		return "", "", err
	}
	if until := clock.ParseStamp(a.lockedUntil); now.Before(until) {
		return "", "", locked(until, now)
	}
	act := db.Act{Verb: "session.open", Who: a.id, WhoName: a.name, Object: "account:" + id.String(a.id), From: from}
	if !verify(a.password, password) || a.disabled {
		act.Verb, act.Note = "session.refused", "sai mật khẩu"
		n := a.failures + 1
		until := now.Add(lockAfter(n))
		werr := d.DB.Write(ctx, act, func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE account SET failures=failures+1, locked_until=$1 WHERE id=$2", clock.Stamp(until), a.id)
			return err
		})
		if werr != nil {
			return "", "", werr
		}
		if n > freeFailures {
			return "", "", locked(until, now)
		}
		return "", "", wrong()
	}
	token, hash := newToken()
	err = d.DB.Write(ctx, act, func(tx *db.Tx) error {
		if _, err := tx.Exec("UPDATE account SET failures=0, locked_until='' WHERE id=$1", a.id); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO session(id, account_id, token_hash, created_at, seen_at, expires_at, from_addr, agent, passed_totp) VALUES ($1,$2,$3,$4,$4,$5,$6,$7,FALSE)`,
			id.New(), a.id, hash, clock.Stamp(now), clock.Stamp(now.Add(sessionLimit)), from, cut(agent, 200))
		return err
	})
	if err != nil {
		return "", "", err
	}
	_, step, err = d.Viewer(ctx, token, from)
	return token, step, err
}

func cut(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}

// unknown answers for a login nobody has just as for a wrong password, delay included.
func (d *Door) unknown(login, password string, now time.Time) error {
	d.mu.Lock()
	if d.fails == nil || len(d.fails) > 10_000 {
		d.fails = map[string]failures{}
	}
	f := d.fails[login]
	if now.Before(f.until) {
		d.mu.Unlock()
		return locked(f.until, now)
	}
	f.n++
	f.until = now.Add(lockAfter(f.n))
	d.fails[login] = f
	d.mu.Unlock()
	verify(nobody, password)
	if f.n > freeFailures {
		return locked(f.until, now)
	}
	return wrong()
}

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
	var step Step
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
		if v.Grants, err = grantsOf(tx, a.id); err != nil {
			return err
		}
		step = d.step(a, v.Grants, passed)
		return nil
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
	return v, step, err
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

// BeginTOTP makes a secret for a second factor and gives its otpauth address and a QR picture (PNG). It counts only once Pass
// has been given a right code.
func (d *Door) BeginTOTP(ctx context.Context, v Viewer) (secret string, picture []byte, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Bốn Phủ", AccountName: v.Login})
	if err != nil {
		return "", nil, err
	}
	err = d.DB.Write(ctx, v.Act("session.totp", 0, "account:"+id.String(v.Account), "đặt mã xác thực"), func(tx *db.Tx) error {
		a, err := accountBy(tx, "id", v.Account)
		if err != nil {
			return err
		}
		if a.totpOn {
			return fault.New(fault.Conflict, "access.totp_on", "Tài khoản đã có mã xác thực. Muốn đặt lại, hãy nhờ quản trị hệ thống.")
		}
		if a.totpSealed != "" { // asked again before it was confirmed: the same secret, so that a reload does not spoil a scan
			if secret, err = tx.Keys().Open(a.totpSealed); err == nil {
				return nil
			}
		}
		secret = key.Secret()
		_, err = tx.Exec("UPDATE account SET totp_sealed=$1 WHERE id=$2", tx.Keys().Seal(secret), v.Account)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	code, err := qr.Encode("otpauth://totp/B%E1%BB%91n%20Ph%E1%BB%A7:"+v.Login+"?secret="+secret+"&issuer=B%E1%BB%91n%20Ph%E1%BB%A7", qr.M)
	if err != nil {
		return "", nil, err
	}
	code.Scale = 6
	var b bytes.Buffer
	err = png.Encode(&b, code.Image())
	return secret, b.Bytes(), err
}

// Pass checks a second factor for the viewer's session; a right first code also turns the second factor on. A code counts once.
func (d *Door) Pass(ctx context.Context, v Viewer, code string) error {
	now := d.DB.Clock()
	ok := false
	var until time.Time
	err := d.DB.Write(ctx, v.Act("session.totp", 0, "account:"+id.String(v.Account), "nhập mã xác thực"), func(tx *db.Tx) error {
		a, err := accountBy(tx, "id", v.Account)
		if err != nil {
			return err
		}
		if until = clock.ParseStamp(a.lockedUntil); now.Before(until) {
			return locked(until, now)
		}
		secret, err := tx.Keys().Open(a.totpSealed)
		if err != nil || secret == "" {
			return fault.New(fault.Invalid, "access.totp_none", "Chưa đặt mã xác thực cho tài khoản này.").On("code")
		}
		for _, skew := range []int64{0, -1, 1} {
			at := now.Unix()/30 + skew
			want, err := totp.GenerateCodeCustom(secret, time.Unix(at*30, 0), totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
			if err == nil && want == code && at > a.totpLast {
				ok = true
				if _, err := tx.Exec("UPDATE account SET totp_on=TRUE, totp_last=$1, failures=0, locked_until='' WHERE id=$2", at, v.Account); err != nil {
					return err
				}
				_, err = tx.Exec("UPDATE session SET passed_totp=TRUE WHERE id=$1", v.Session)
				return err
			}
		}
		until = now.Add(lockAfter(a.failures + 1))
		_, err = tx.Exec("UPDATE account SET failures=failures+1, locked_until=$1 WHERE id=$2", clock.Stamp(until), v.Account)
		return err
	})
	if err != nil || ok {
		return err
	}
	return fault.New(fault.Invalid, "access.totp_wrong", "Mã không đúng hoặc đã dùng. Hãy chờ mã mới trên điện thoại (mỗi 30 giây) và kiểm tra giờ của máy.").On("code")
}

// ChangePassword sets the viewer's own password and ends the account's other sessions.
func (d *Door) ChangePassword(ctx context.Context, v Viewer, old, new string) error {
	if err := checkPassword(v.Login, new); err != nil {
		return err
	}
	if old == new {
		return fault.New(fault.Invalid, "access.password_same", "Mật khẩu mới phải khác mật khẩu cũ.").On("new")
	}
	hash := Hash(new)
	return d.DB.Write(ctx, v.Act("account.password", 0, "account:"+id.String(v.Account), "tự đổi"), func(tx *db.Tx) error {
		a, err := accountBy(tx, "id", v.Account)
		if err != nil {
			return err
		}
		if !verify(a.password, old) {
			return fault.New(fault.Invalid, "access.password_old", "Mật khẩu hiện tại không đúng.").On("old")
		}
		if _, err := tx.Exec("UPDATE account SET password=$1, must_change=FALSE WHERE id=$2", hash, v.Account); err != nil {
			return err
		}
		_, err = tx.Exec("DELETE FROM session WHERE account_id=$1 AND id<>$2", v.Account, v.Session)
		return err
	})
}

// Session is a place where an account is signed in.
type Session struct {
	ID          int64
	Created     string
	Seen        string
	From, Agent string
	Here        bool
}

// Sessions lists the viewer's own sessions, latest first.
func (d *Door) Sessions(ctx context.Context, v Viewer) ([]Session, error) {
	var out []Session
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each("SELECT id, created_at, seen_at, from_addr, agent FROM session WHERE account_id=$1 AND expires_at > $2 ORDER BY seen_at DESC LIMIT 200", []any{v.Account, tx.Now()},
			func(scan func(...any) error) error {
				var s Session
				err := scan(&s.ID, &s.Created, &s.Seen, &s.From, &s.Agent)
				s.Here = s.ID == v.Session
				out = append(out, s)
				return err
			})
	})
	return out, err
}

// Revoke ends one of the viewer's own sessions; 0 ends all but this one.
func (d *Door) Revoke(ctx context.Context, v Viewer, session int64) error {
	return d.DB.Write(ctx, v.Act("session.end", 0, "session:"+id.String(session), ""), func(tx *db.Tx) error {
		var err error
		if session == 0 {
			_, err = tx.Exec("DELETE FROM session WHERE account_id=$1 AND id<>$2", v.Account, v.Session)
		} else {
			_, err = tx.Exec("DELETE FROM session WHERE account_id=$1 AND id=$2", v.Account, session)
		}
		return err
	})
}
