package access

import (
	"context"
	"database/sql"
	"errors"
	"hash/fnv"
	"strings"
	"sync"
	"time"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Door lets people in: passwords, second factors, sessions.
type Door struct {
	DB *db.DB
	// Open lets accounts in without a second factor, for the demo district only.
	Open bool
	// Place gives the code of the campaign's unit; "" or nil where nobody has said (territory.Tree.Home tells then).
	Place func() string
	// Keep gives the days after its last contact on which a phone's list ends; nil for a week.
	Keep func() int
	// OfficeFor gives the office that grants speak for, of an account that belongs to none; nil for none.
	OfficeFor func(*db.Tx, []Grant) (int64, error)

	guesses guesses

	turns [64]sync.Mutex
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

// lockAfter gives how long a login is shut after n failures in a row: 30 s after the fifth, doubling to half an hour.
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
	office                       int64
}

func accountBy(tx *db.Tx, where string, arg any) (*account, error) {
	var a account
	err := tx.QueryRow("SELECT id, login, name, password, must_change, totp_on, disabled, totp_sealed, locked_until, failures, totp_last, office_id FROM account WHERE "+where+" = $1", arg).
		Scan(&a.id, &a.login, &a.name, &a.password, &a.mustChange, &a.totpOn, &a.disabled, &a.totpSealed, &a.lockedUntil, &a.failures, &a.totpLast, &a.office)
	return &a, err
}

// Login checks a password and opens a session. The token goes into the cookie; only its hash is kept. A login that nobody has is
// answered like a wrong password: same sentence, same work, same delays.
func (d *Door) Login(ctx context.Context, login, password, from, agent string) (token string, step Step, err error) {
	login = strings.ToLower(strings.TrimSpace(vn.NFC(login)))
	if len(login) > 100 || len(password) > maxPassword {
		return "", "", wrong()
	}
	defer d.oneAtATime(login)()
	now := d.DB.Clock()
	var a *account
	err = d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = accountBy(tx, "login", login)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", d.unknown(ctx, login, password, from, now)
	}
	if err != nil {
		return "", "", err
	}
	if until := clock.ParseStamp(a.lockedUntil); now.Before(until) {
		return "", "", locked(until, now)
	}
	right, err := verifySlowly(ctx, a.password, password)
	if err != nil {
		return "", "", err
	}
	if !right || a.disabled {
		return "", "", d.failed(ctx, a, from, now, "sai mật khẩu", wrong())
	}
	token, hash := newToken()
	act := db.Act{Verb: "session.open", Who: a.id, WhoName: a.name, Object: "account:" + id.String(a.id), From: from}
	err = d.DB.Write(ctx, act, func(tx *db.Tx) error {
		// With a second factor the count of failures goes on until that is right too: else each password would give new guesses at it.
		if _, err := tx.Exec("UPDATE account SET failures=0, locked_until='' WHERE id=$1 AND NOT totp_on", a.id); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM session WHERE account_id=$1 AND (expires_at<=$2 OR seen_at<=$3)", a.id, clock.Stamp(now), clock.Stamp(now.Add(-idleLimit))); err != nil {
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

// failed counts a failure of an account, shuts it for a while when there were many, and gives what to answer.
func (d *Door) failed(ctx context.Context, a *account, from string, now time.Time, note string, answer error) error {
	var n int
	var until time.Time
	act := db.Act{Verb: "session.refused", Who: a.id, WhoName: a.name, Object: "account:" + id.String(a.id), Note: note, From: from}
	err := d.DB.Write(ctx, act, func(tx *db.Tx) error {
		if err := tx.QueryRow("SELECT failures FROM account WHERE id=$1", a.id).Scan(&n); err != nil {
			return err
		}
		n++
		until = now.Add(lockAfter(n))
		_, err := tx.Exec("UPDATE account SET failures=$1, locked_until=$2 WHERE id=$3", n, clock.Stamp(until), a.id)
		return err
	})
	if err != nil {
		return err
	}
	if n > freeFailures {
		return locked(until, now)
	}
	return answer
}

// unknown does for a login nobody has what failed does for an account. What was typed is not kept: it may be a password.
func (d *Door) unknown(ctx context.Context, login, password, from string, now time.Time) error {
	d.mu.Lock()
	f := d.fails[login]
	d.mu.Unlock()
	if now.Before(f.until) {
		return locked(f.until, now)
	}
	if _, err := verifySlowly(ctx, nobody(), password); err != nil {
		return err
	}
	f.n++
	f.until = now.Add(lockAfter(f.n))
	d.mu.Lock()
	if d.fails == nil || len(d.fails) > 10_000 {
		d.fails = map[string]failures{}
	}
	d.fails[login] = f
	d.mu.Unlock()
	if err := d.DB.Write(ctx, db.Act{Verb: "session.refused", Note: "không có tài khoản", From: from}, func(*db.Tx) error { return nil }); err != nil {
		return err
	}
	if f.n > freeFailures {
		return locked(f.until, now)
	}
	return wrong()
}

// oneAtATime lets the attempts on one login in one after another, so that many at once get no more tries than one by one.
func (d *Door) oneAtATime(login string) (release func()) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(login))
	m := &d.turns[h.Sum32()%uint32(len(d.turns))]
	m.Lock()
	return m.Unlock
}

// cut keeps the first n bytes of a text, whole letters only.
func cut(s string, n int) string {
	if len(s) > n {
		s = s[:n]
	}
	return strings.ToValidUTF8(s, "")
}

// ChangePassword sets the viewer's own password and ends the account's other sessions. Wrong old passwords count as failed sign-ins.
func (d *Door) ChangePassword(ctx context.Context, v Viewer, old, new string) error {
	if err := v.during(MustChange); err != nil {
		return err
	}
	if err := checkPassword(v.Login, new); err != nil {
		return err
	}
	if old == new {
		return fault.New(fault.Invalid, "access.password_same", "Mật khẩu mới phải khác mật khẩu cũ.").On("new")
	}
	defer d.oneAtATime(v.Login)()
	now := d.DB.Clock()
	var a *account
	if err := d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = accountBy(tx, "id", v.Account)
		return err
	}); err != nil {
		return err
	}
	if until := clock.ParseStamp(a.lockedUntil); now.Before(until) {
		return onField(locked(until, now), "old")
	}
	right, err := verifySlowly(ctx, a.password, cut(old, maxPassword))
	if err != nil {
		return err
	}
	if !right {
		return onField(d.failed(ctx, a, v.From, now, "sai mật khẩu cũ", fault.New(fault.Invalid, "access.password_old", "Mật khẩu hiện tại không đúng.")), "old")
	}
	hash, err := hashSlowly(ctx, new)
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, v.Act("account.password", 0, "account:"+id.String(v.Account), "tự đổi"), func(tx *db.Tx) error {
		n, err := tx.Exec("UPDATE account SET password=$1, must_change=FALSE WHERE id=$2 AND password=$3", hash, v.Account, a.password)
		if err != nil {
			return err
		}
		if n == 0 { // reset by an administrator in between
			return fault.New(fault.Conflict, "access.password_moved", "Mật khẩu vừa được đặt lại ở nơi khác. Hãy đăng nhập lại.").On("old")
		}
		_, err = tx.Exec("DELETE FROM session WHERE account_id=$1 AND id<>$2", v.Account, v.Session)
		return err
	})
}

func onField(err error, field string) error {
	if f, ok := fault.As(err); ok {
		return f.On(field)
	}
	return err
}
