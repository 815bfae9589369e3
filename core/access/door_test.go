package access

import (
	"bytes"
	"image/png"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

func TestFirstSignIn(t *testing.T) {
	w := build(t)
	id, once, err := w.door.Create(ctx, System("thử"), Account{Login: " CA.Xa ", Name: "Lê Văn Thử", Grants: []Grant{w.at("commune_police", "c11"), w.at("commune_police", "c11")}})
	if err != nil || id == 0 || len(once) != 19 {
		t.Fatal(id, once, err)
	}
	token, step, err := w.door.Login(ctx, "Ca.Xa", once, "10.0.0.1", "Firefox")
	if err != nil || step != MustChange {
		t.Fatal(step, err)
	}
	v, _, err := w.door.Viewer(ctx, token, "10.0.0.1")
	if err != nil || v.Name != "Lê Văn Thử" || v.Account != id {
		t.Fatal(v, err)
	}
	if v.May("people.see", w.unit["c11"]) == nil {
		t.Error("a one-time password opens the register")
	}
	if _, err := w.door.Sessions(ctx, v); err == nil {
		t.Error("sessions before the change")
	}
	for new, field := range map[string]string{"ngắn": "new", "123456789a": "new", "ca.xa là tôi": "new", "aaaaaaaaaaaa": "new", "Mật khẩu 123": "new", strings.Repeat("a1", 200): "new", once: "new"} {
		if f, ok := fault.As(w.door.ChangePassword(ctx, v, once, new)); !ok || f.Field != field {
			t.Errorf("%q was taken (%v)", new, f)
		}
	}
	if f, ok := fault.As(w.door.ChangePassword(ctx, v, "sai", ownPassword)); !ok || f.Field != "old" {
		t.Error("a wrong old password")
	}
	if err := w.door.ChangePassword(ctx, v, once, ownPassword); err != nil {
		t.Fatal(err)
	}
	if v, step, err = w.door.Viewer(ctx, token, ""); err != nil || step != Done || v.May("people.see", w.unit["c11"]) != nil {
		t.Error(step, err)
	}
	if _, _, err := w.door.Login(ctx, "ca.xa", once, "", ""); err == nil {
		t.Error("the one-time password works twice")
	}
}

// A wrong password, a login that nobody has and a disabled account are told alike, at each try.
func TestNobodyLearnsWhichLoginsExist(t *testing.T) {
	w := build(t)
	w.account("co", false, w.at("member", "c11"))
	out := w.account("khoa", false, w.at("member", "c11"))
	if err := w.door.Disable(ctx, System("thử"), out, true); err != nil {
		t.Fatal(err)
	}
	for try := range 9 {
		var said []string
		for login, password := range map[string]string{"co": "sai sai sai", "khong": "sai sai sai", "khoa": ownPassword} {
			_, _, err := w.door.Login(ctx, login, password, "", "")
			f, ok := fault.As(err)
			if !ok || f.Kind != fault.Unknown {
				t.Fatalf("%s: %v", login, err)
			}
			said = append(said, f.Code+f.Text+f.Field)
		}
		if said[0] != said[1] || said[1] != said[2] {
			t.Errorf("try %d: %q", try, said)
		}
		w.pass(20 * time.Second)
	}
	// What was typed as a login is nowhere: it may have been a password.
	var refused, named int
	w.write(func(tx *db.Tx) error {
		return tx.QueryRow("SELECT count(*), count(*) FILTER (WHERE object || note || who_name LIKE '%khong%') FROM trail WHERE verb='session.refused'").Scan(&refused, &named)
	})
	if refused == 0 || named != 0 {
		t.Errorf("%d refusals in the trail, %d of them with what was typed", refused, named)
	}
}

func TestLockOutGrowsAndEnds(t *testing.T) {
	w := build(t)
	w.account("co", false, w.at("member", "c11"))
	for range freeFailures {
		if _, _, err := w.door.Login(ctx, "co", "sai sai sai", "", ""); err == nil {
			t.Fatal("let in")
		}
	}
	for _, shut := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, maxLock, maxLock} {
		w.pass(shut - time.Second)
		if f, ok := fault.As(lastErr(w.door.Login(ctx, "co", ownPassword, "", ""))); !ok || f.Code != "access.locked" {
			t.Fatalf("not shut for %s: %v", shut, f)
		}
		w.pass(2 * time.Second)
		if f, ok := fault.As(lastErr(w.door.Login(ctx, "co", "sai sai sai", "", ""))); !ok || f.Code != "access.locked" {
			t.Fatalf("after %s: %v", shut, f)
		}
	}
	w.pass(maxLock + time.Second)
	w.login("co")
	if _, _, err := w.door.Login(ctx, "co", "sai sai sai", "", ""); err == nil || strings.Contains(err.Error(), "quá nhiều") {
		t.Error("the count does not begin again after a right password")
	}
}

func lastErr(_ string, _ Step, err error) error { return err }

// Many attempts at once get no more tries than one by one.
func TestManyAttemptsAtOnce(t *testing.T) {
	w := build(t)
	w.account("co", false, w.at("member", "c11"))
	var group sync.WaitGroup
	var mu sync.Mutex
	wrongs := 0
	for range 20 {
		group.Go(func() {
			_, _, err := w.door.Login(ctx, "co", "sai sai sai", "", "")
			if f, ok := fault.As(err); ok && f.Code == "access.wrong" {
				mu.Lock()
				wrongs++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if wrongs != freeFailures {
		t.Errorf("%d tries", wrongs)
	}
}

func TestSessionsEnd(t *testing.T) {
	w := build(t)
	w.account("co", false, w.at("member", "c11"))
	one, v1, _ := w.login("co")
	two, v2, _ := w.login("co")
	if list, err := w.door.Sessions(ctx, v1); err != nil || len(list) != 2 || list[0].Here == list[1].Here {
		t.Fatal(list, err)
	}
	other := w.account("khac", false, w.at("member", "c11"))
	_, v3, _ := w.login("khac")
	if f := w.door.Revoke(ctx, v3, v1.Session); !fault.Is(f, fault.Missing) {
		t.Errorf("account %d ended another's session: %v", other, f)
	}
	if err := w.door.Revoke(ctx, v1, v2.Session); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.door.Viewer(ctx, two, ""); !fault.Is(err, fault.Unknown) {
		t.Error("a revoked session works")
	}
	if err := w.door.Logout(ctx, v1); err != nil {
		t.Fatal(err)
	}
	if err := w.door.Logout(ctx, v1); err != nil {
		t.Error("signing out twice:", err)
	}
	if _, _, err := w.door.Viewer(ctx, one, ""); !fault.Is(err, fault.Unknown) {
		t.Error("a session works after signing out")
	}
	for _, bad := range []string{"", "x", strings.Repeat("a", 5000)} {
		if _, _, err := w.door.Viewer(ctx, bad, ""); !fault.Is(err, fault.Unknown) {
			t.Errorf("token %.10q: %v", bad, err)
		}
	}
}

func TestSessionsExpire(t *testing.T) {
	w := build(t)
	w.account("co", false, w.at("member", "c11"))
	idle, _, _ := w.login("co")
	w.pass(idleLimit + time.Minute)
	if _, _, err := w.door.Viewer(ctx, idle, ""); !fault.Is(err, fault.Unknown) {
		t.Error("an idle session works")
	}
	used, v, _ := w.login("co")
	began := w.clock()()
	for w.clock()().Sub(began) < sessionLimit-7*time.Hour {
		if _, _, err := w.door.Viewer(ctx, used, ""); err != nil {
			t.Fatalf("after %s: %v", w.clock()().Sub(began), err)
		}
		w.pass(6 * time.Hour)
	}
	w.pass(8 * time.Hour)
	if _, _, err := w.door.Viewer(ctx, used, ""); !fault.Is(err, fault.Unknown) {
		t.Error("a session lives for ever")
	}
	_ = v
	_, v, _ = w.login("co")
	if list, err := w.door.Sessions(ctx, v); err != nil || len(list) != 1 {
		t.Error("ended sessions are listed", list, err)
	}
}

func TestSecondFactor(t *testing.T) {
	w := build(t)
	w.account("huyen", false, w.at("district_police", "d1"))
	token, v, step := w.login("huyen")
	if step != EnrolTOTP {
		t.Fatal(step)
	}
	secret, picture, err := w.door.BeginTOTP(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
		t.Error(err)
	}
	if again, _, err := w.door.BeginTOTP(ctx, v); err != nil || again != secret {
		t.Error("a reload spoils the scan", err)
	}
	code := func() string {
		c, err := totp.GenerateCode(secret, w.clock()())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if err := w.door.Pass(ctx, v, "000000x"); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	first := code()
	if err := w.door.Pass(ctx, v, first); err != nil {
		t.Fatal(err)
	}
	if _, step, err = w.door.Viewer(ctx, token, ""); err != nil || step != Done {
		t.Fatal(step, err)
	}

	_, v, step = w.login("huyen")
	if step != NeedTOTP || v.May("people.see", w.unit["c11"]) == nil {
		t.Fatal(step)
	}
	if err := w.door.ChangePassword(ctx, v, ownPassword, "một mật khẩu khác"); !fault.Is(err, fault.Forbidden) {
		t.Error("the password changes without the second factor:", err)
	}
	if _, _, err := w.door.BeginTOTP(ctx, v); err == nil {
		t.Error("a second factor is set up anew without the first")
	}
	if err := w.door.Pass(ctx, v, first); err == nil {
		t.Error("a code counts twice")
	}
	w.pass(31 * time.Second)
	if err := w.door.Pass(ctx, v, code()); err != nil {
		t.Error(err)
	}

	// Each right password gives no new guesses at the code.
	wrongs := 0
	for range 10 {
		token, _, err := w.door.Login(ctx, "huyen", ownPassword, "", "")
		if err != nil {
			break
		}
		v, _, _ := w.door.Viewer(ctx, token, "")
		if f, ok := fault.As(w.door.Pass(ctx, v, "111111x")); ok && f.Code == "access.totp_wrong" {
			wrongs++
		}
	}
	if wrongs > freeFailures {
		t.Errorf("%d guesses", wrongs)
	}
}

func TestTheDemoNeedsNoSecondFactor(t *testing.T) {
	w := build(t)
	w.door.Open = true
	w.account("huyen", false, w.at("district_police", "d1"))
	if _, _, step := w.login("huyen"); step != Done {
		t.Error(step)
	}
}

func TestTokensAndPasswordsAreNotKept(t *testing.T) {
	w := build(t)
	account := w.account("huyen", false, w.at("district_police", "d1"))
	token, v, _ := w.login("huyen")
	secret, _, err := w.door.BeginTOTP(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	err = w.door.DB.Read(ctx, func(tx *db.Tx) error {
		var hash, stored, sealed string
		if err := tx.QueryRow("SELECT s.token_hash, a.password, a.totp_sealed FROM session s JOIN account a ON a.id=s.account_id WHERE a.id=$1", account).Scan(&hash, &stored, &sealed); err != nil {
			return err
		}
		if hash == token || hash != hashToken(token) || !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(stored, ownPassword) || strings.Contains(sealed, secret) {
			t.Error("a secret lies open")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestVerifyRefusesWhatItDidNotMake(t *testing.T) {
	for _, stored := range []string{"", "x", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=1,p=1$AAAA$", "$bcrypt$v=19$m=8,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=0,p=1$AAAA$AAAA"} {
		if verify(stored, "") {
			t.Errorf("%q", stored)
		}
	}
	if !verify(ownHash(), ownPassword) || verify(ownHash(), ownPassword+" ") {
		t.Error("verify")
	}
}

// A unit that another program added is seen within seconds.
func TestAnotherProgramsChangeIsSeen(t *testing.T) {
	w := build(t)
	other := &Door{DB: w.door.DB}
	id, err := Units{other}.Add(ctx, System("khác"), unitOf("h112", w.unit["c11"], 3))
	if err != nil {
		t.Fatal(err)
	}
	w.door.mu.Lock()
	w.door.until = clock.System().Add(-time.Nanosecond) // as if treeFreshness had passed
	w.door.mu.Unlock()
	tree, err := w.door.Tree(ctx)
	if err != nil || tree.ByID(id) == nil {
		t.Error("not seen", err)
	}
	if treeFreshness > 5*time.Second {
		t.Error("the tree may be older than seconds")
	}
}
