package access

import (
	"context"
	"regexp"
	"strings"

	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Account is a person who may sign in.
type Account struct {
	ID         int64
	Login      string
	Name       string
	Office     int64
	MustChange bool
	TOTP       bool
	Disabled   bool
	Locked     string // until
	Created    string
	Grants     []Grant
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,39}$`)

// Create opens an account with its first grants and gives a one-time password, shown once. Nobody can grant more than they
// have: each verb of each role must be the creator's own on that unit, but for system administrators.
func (d *Door) Create(ctx context.Context, who Viewer, a Account) (int64, string, error) {
	a.Login = strings.ToLower(strings.TrimSpace(a.Login))
	a.Name = strings.TrimSpace(vn.NFC(a.Name))
	switch {
	case !loginForm.MatchString(a.Login):
		return 0, "", fault.New(fault.Invalid, "access.login", "Tên đăng nhập gồm 3–40 chữ thường không dấu, chữ số, dấu chấm, gạch nối.").On("login")
	case a.Name == "" || len(a.Name) > 200:
		return 0, "", fault.New(fault.Invalid, "access.name", "Hãy ghi họ tên người dùng.").On("name")
	case len(a.Grants) == 0:
		return 0, "", fault.New(fault.Invalid, "access.grants", "Hãy chọn ít nhất một vai trò và địa bàn.").On("role")
	}
	for _, g := range a.Grants {
		if err := mayGrant(who, g); err != nil {
			return 0, "", err
		}
	}
	password := oneTime()
	hash := Hash(password)
	a.ID = id.New()
	err := d.DB.Write(ctx, who.Act("account.manage", a.Grants[0].Unit, "account:"+id.String(a.ID), "tạo "+a.Login), func(tx *db.Tx) error {
		return insertAccount(tx, a, hash, true)
	})
	if db.IsDuplicate(err) {
		return 0, "", fault.New(fault.Conflict, "access.login_taken", "Tên đăng nhập này đã có người dùng.").On("login")
	}
	return a.ID, password, err
}

// CreateWith opens an account with a given password that need not be changed: for the first account of a campaign and for the demo.
func CreateWith(tx *db.Tx, a Account, passwordHash string, mustChange bool) (int64, error) {
	a.ID = id.New()
	return a.ID, insertAccount(tx, a, passwordHash, mustChange)
}

func insertAccount(tx *db.Tx, a Account, hash string, mustChange bool) error {
	if _, err := tx.Exec(`INSERT INTO account(id, login, name, office_id, password, must_change, totp_sealed, totp_on, totp_last, disabled, failures, locked_until, created_at)
		VALUES ($1,$2,$3,$4,$5,$6,'',FALSE,0,FALSE,0,'',$7)`, a.ID, a.Login, a.Name, a.Office, hash, mustChange, tx.Now()); err != nil {
		return err
	}
	for _, g := range a.Grants {
		if _, err := tx.Exec("INSERT INTO role_grant(account_id, role, unit_id) VALUES ($1,$2,$3)", a.ID, g.Role, g.Unit); err != nil {
			return err
		}
	}
	return nil
}

// mayGrant refuses a grant that would give more than its giver has.
func mayGrant(who Viewer, g Grant) error {
	role, ok := RoleOf(g.Role)
	if !ok {
		return fault.New(fault.Invalid, "access.role", "Vai trò này không có.").On("role")
	}
	if who.tree != nil && who.tree.ByID(g.Unit) == nil {
		return fault.New(fault.Invalid, "access.unit", "Địa bàn này không có.").On("unit")
	}
	if err := who.May("account.manage", g.Unit); err != nil {
		return err
	}
	if who.May("system.run", g.Unit) == nil {
		return nil
	}
	for _, v := range role.Verbs {
		if who.May(v, g.Unit) != nil {
			return fault.New(fault.Forbidden, "access.escalation", "Bạn không thể giao vai trò %s vì chính bạn chưa có quyền %s ở địa bàn đó.", role.Title, TitleOf(v)).On("role")
		}
	}
	return nil
}

// mayManage asks for the right over each of an account's units.
func mayManage(tx *db.Tx, who Viewer, account int64) (*Account, error) {
	var a Account
	if err := tx.QueryRow("SELECT id, login, name, disabled FROM account WHERE id=$1", account).Scan(&a.ID, &a.Login, &a.Name, &a.Disabled); err != nil {
		return nil, fault.New(fault.Missing, "access.account", "Không tìm thấy tài khoản này.")
	}
	grants, err := grantsOf(tx, account)
	if err != nil {
		return nil, err
	}
	a.Grants = grants
	for _, g := range grants {
		if err := mayGrant(who, g); err != nil {
			return nil, err
		}
	}
	if len(grants) == 0 {
		return &a, who.May("account.manage", 0)
	}
	return &a, nil
}

// manage runs one change of an account with its checks and its act.
func (d *Door) manage(ctx context.Context, who Viewer, account int64, note string, fn func(*db.Tx, *Account) error) error {
	return d.DB.Write(ctx, who.Act("account.manage", 0, "account:"+id.String(account), note), func(tx *db.Tx) error {
		a, err := mayManage(tx, who, account)
		if err != nil {
			return err
		}
		return fn(tx, a)
	})
}

// ResetPassword gives a new one-time password and ends the account's sessions.
func (d *Door) ResetPassword(ctx context.Context, who Viewer, account int64) (string, error) {
	password := oneTime()
	hash := Hash(password)
	return password, d.manage(ctx, who, account, "đặt lại mật khẩu", func(tx *db.Tx, _ *Account) error {
		if _, err := tx.Exec("UPDATE account SET password=$1, must_change=TRUE, failures=0, locked_until='' WHERE id=$2", hash, account); err != nil {
			return err
		}
		_, err := tx.Exec("DELETE FROM session WHERE account_id=$1", account)
		return err
	})
}

// ResetTOTP takes a lost second factor away; the account sets up a new one at its next sign-in.
func (d *Door) ResetTOTP(ctx context.Context, who Viewer, account int64) error {
	return d.manage(ctx, who, account, "đặt lại mã xác thực", func(tx *db.Tx, _ *Account) error {
		if _, err := tx.Exec("UPDATE account SET totp_sealed='', totp_on=FALSE, totp_last=0 WHERE id=$1", account); err != nil {
			return err
		}
		_, err := tx.Exec("DELETE FROM session WHERE account_id=$1", account)
		return err
	})
}

// Disable shuts an account out, or lets it in again. The last system administrator stays.
func (d *Door) Disable(ctx context.Context, who Viewer, account int64, disabled bool) error {
	note := "mở lại"
	if disabled {
		note = "khóa"
	}
	return d.manage(ctx, who, account, note, func(tx *db.Tx, a *Account) error {
		if disabled {
			if err := keepAdmin(tx, account); err != nil {
				return err
			}
			if _, err := tx.Exec("DELETE FROM session WHERE account_id=$1", account); err != nil {
				return err
			}
		}
		_, err := tx.Exec("UPDATE account SET disabled=$1 WHERE id=$2", disabled, account)
		return err
	})
}

func keepAdmin(tx *db.Tx, leaving int64) error {
	var left int
	if err := tx.QueryRow("SELECT count(*) FROM role_grant g JOIN account a ON a.id = g.account_id WHERE g.role='sysadmin' AND NOT a.disabled AND a.id<>$1", leaving).Scan(&left); err != nil {
		return err
	}
	var is int
	if err := tx.QueryRow("SELECT count(*) FROM role_grant WHERE role='sysadmin' AND account_id=$1", leaving).Scan(&is); err != nil {
		return err
	}
	if is > 0 && left == 0 {
		return fault.New(fault.Conflict, "access.last_admin", "Đây là quản trị hệ thống cuối cùng. Hãy tạo một quản trị khác trước.")
	}
	return nil
}

// Grant gives an account one more role on a unit.
func (d *Door) Grant(ctx context.Context, who Viewer, account int64, g Grant) error {
	if err := mayGrant(who, g); err != nil {
		return err
	}
	return d.manage(ctx, who, account, "giao "+g.Role, func(tx *db.Tx, _ *Account) error {
		_, err := tx.Exec("INSERT INTO role_grant(account_id, role, unit_id) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING", account, g.Role, g.Unit)
		return err
	})
}

// Ungrant takes a role on a unit away.
func (d *Door) Ungrant(ctx context.Context, who Viewer, account int64, g Grant) error {
	return d.manage(ctx, who, account, "thu "+g.Role, func(tx *db.Tx, _ *Account) error {
		if g.Role == "sysadmin" {
			if err := keepAdmin(tx, account); err != nil {
				return err
			}
		}
		_, err := tx.Exec("DELETE FROM role_grant WHERE account_id=$1 AND role=$2 AND unit_id=$3", account, g.Role, g.Unit)
		return err
	})
}

// Accounts lists the accounts whose units the viewer may see accounts of, by login.
func (d *Door) Accounts(ctx context.Context, who Viewer, text string) ([]Account, error) {
	if !who.MayAnywhere("account.see") {
		return nil, who.May("account.see", 0)
	}
	fold := vn.Fold(text)
	var out []Account
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		all := map[int64][]Grant{}
		if err := tx.Each("SELECT account_id, role, unit_id FROM role_grant ORDER BY role, unit_id", nil, func(scan func(...any) error) error {
			var a int64
			var g Grant
			err := scan(&a, &g.Role, &g.Unit)
			all[a] = append(all[a], g)
			return err
		}); err != nil {
			return err
		}
		return tx.Each("SELECT id, login, name, office_id, must_change, totp_on, disabled, locked_until, created_at FROM account ORDER BY login", nil, func(scan func(...any) error) error {
			var a Account
			if err := scan(&a.ID, &a.Login, &a.Name, &a.Office, &a.MustChange, &a.TOTP, &a.Disabled, &a.Locked, &a.Created); err != nil {
				return err
			}
			a.Grants = all[a.ID]
			seen := len(a.Grants) == 0 && who.May("account.see", 0) == nil
			for _, g := range a.Grants {
				seen = seen || who.May("account.see", g.Unit) == nil
			}
			if seen && (fold == "" || strings.Contains(a.Login, fold) || strings.Contains(vn.Fold(a.Name), fold)) {
				out = append(out, a)
			}
			return nil
		})
	})
	return out, err
}
