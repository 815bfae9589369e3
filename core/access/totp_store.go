package access

import (
	"bytes"
	"context"
	"crypto/subtle"
	"image/png"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"rsc.io/qr"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// BeginTOTP makes a secret for a second factor and gives its otpauth address and a QR picture (PNG). It counts only once Pass
// has been given a right code.
func (d *Door) BeginTOTP(ctx context.Context, v Viewer) (secret string, picture []byte, err error) {
	if err := v.during(EnrolTOTP); err != nil {
		return "", nil, err
	}
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
	if err := v.during(NeedTOTP, EnrolTOTP); err != nil {
		return err
	}
	now := d.DB.Clock()
	ok := false
	var until time.Time
	act := v.Act("session.totp", 0, "account:"+id.String(v.Account), "nhập mã xác thực")
	err := d.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		a, err := accountBy(tx, "id", v.Account)
		if err != nil {
			return err
		}
		if until = clock.ParseStamp(a.lockedUntil); now.Before(until) {
			return onField(locked(until, now), "code")
		}
		secret, err := tx.Keys().Open(a.totpSealed)
		if err != nil || secret == "" {
			return fault.New(fault.Invalid, "access.totp_none", "Chưa đặt mã xác thực cho tài khoản này.").On("code")
		}
		for _, skew := range []int64{0, -1, 1} {
			at := now.Unix()/30 + skew
			want, err := totp.GenerateCodeCustom(secret, time.Unix(at*30, 0), totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
			if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && at > a.totpLast {
				ok = true
				if _, err := tx.Exec("UPDATE account SET totp_on=TRUE, totp_last=$1, failures=0, locked_until='' WHERE id=$2", at, v.Account); err != nil {
					return err
				}
				_, err = tx.Exec("UPDATE session SET passed_totp=TRUE WHERE id=$1", v.Session)
				return err
			}
		}
		act.Verb, act.Note = "session.refused", "sai mã xác thực"
		until = now.Add(lockAfter(a.failures + 1))
		_, err = tx.Exec("UPDATE account SET failures=failures+1, locked_until=$1 WHERE id=$2", clock.Stamp(until), v.Account)
		return err
	})
	if err != nil || ok {
		return err
	}
	return fault.New(fault.Invalid, "access.totp_wrong", "Mã không đúng hoặc đã dùng. Hãy chờ mã mới trên điện thoại (mỗi 30 giây) và kiểm tra giờ của máy.").On("code")
}
