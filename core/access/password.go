package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed" // the list of common passwords
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// argon2id parameters: 19 MiB, two passes, one lane (OWASP's first recommendation).
const (
	argonMemory = 19 * 1024
	argonTime   = 2
	argonLen    = 32
)

// Hash makes the stored form of a password, in the PHC spelling.
func Hash(password string) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=1$%s$%s", argonMemory, argonTime, base64.RawStdEncoding.EncodeToString(salt),
		base64.RawStdEncoding.EncodeToString(argon2.IDKey([]byte(password), salt, argonTime, argonMemory, 1, argonLen)))
}

// verify tells whether a password fits what Hash stored.
func verify(stored, password string) bool {
	f := strings.Split(stored, "$")
	if len(f) != 6 || f[1] != "argon2id" {
		return false
	}
	var memory, time uint32
	if _, err := fmt.Sscanf(f[3], "m=%d,t=%d,p=1", &memory, &time); err != nil || memory > 1<<20 || time < 1 || time > 16 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(f[4])
	want, err2 := base64.RawStdEncoding.DecodeString(f[5])
	if err1 != nil || err2 != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, time, memory, 1, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// nobody is verified against when a login is unknown, so that both answers take as long.
var nobody = sync.OnceValue(func() string { return Hash("nobody has this password") })

// maxPassword bounds a password in bytes.
const maxPassword = 200

// hashing bounds how many passwords are worked on at once: each takes 19 MiB, and a flood of sign-ins must not take the machine.
var hashing = make(chan struct{}, 4)

func inTurn(ctx context.Context, fn func()) error {
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-hashing }()
	fn()
	return nil
}

// verifySlowly is verify in its turn.
func verifySlowly(ctx context.Context, stored, password string) (ok bool, err error) {
	err = inTurn(ctx, func() { ok = verify(stored, password) })
	return ok, err
}

// hashSlowly is Hash in its turn.
func hashSlowly(ctx context.Context, password string) (hash string, err error) {
	err = inTurn(ctx, func() { hash = Hash(password) })
	return hash, err
}

//go:embed common_passwords.txt
var commonFile string

// common are passwords that everybody tries first, without marks and spaces.
var common = sync.OnceValue(func() []string { return strings.Fields(commonFile) })

// checkPassword refuses a password that is easily guessed, in a sentence.
func checkPassword(login, password string) error {
	switch {
	case utf8.RuneCountInString(password) < 10:
		return fault.New(fault.Invalid, "access.password_short", "Mật khẩu cần ít nhất 10 ký tự. Một câu ngắn dễ nhớ là cách tốt.").On("new")
	case len(password) > maxPassword:
		return fault.New(fault.Invalid, "access.password_long", "Mật khẩu quá dài (tối đa 200 ký tự).").On("new")
	case login != "" && strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return fault.New(fault.Invalid, "access.password_login", "Mật khẩu không được chứa tên đăng nhập.").On("new")
	}
	fold := strings.ReplaceAll(vn.Fold(password), " ", "")
	same := true
	for i := 1; i < len(fold); i++ {
		same = same && fold[i] == fold[0]
	}
	for _, c := range common() {
		same = same || fold == c
	}
	if same {
		return fault.New(fault.Invalid, "access.password_common", "Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác.").On("new")
	}
	return nil
}

// oneTime makes a password to be handed over once: four groups of four letters and digits without those that look alike.
func oneTime() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789"
	var s strings.Builder
	var b [1]byte
	for i := 0; i < 16; {
		_, _ = rand.Read(b[:])
		if int(b[0]) >= 256/len(letters)*len(letters) {
			continue // each letter is as likely as any other
		}
		if i > 0 && i%4 == 0 {
			s.WriteByte('-')
		}
		s.WriteByte(letters[int(b[0])%len(letters)])
		i++
	}
	return s.String()
}

// newToken makes a session's secret and the hash by which it is found.
func newToken() (token, hash string) {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, hashToken(token)
}

func hashToken(token string) string {
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}
