package access

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"bonphu/core/territory"
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
	hash, err := hashSlowly(ctx, password)
	if err != nil {
		return 0, "", err
	}
	a.ID = id.New()
	err = d.DB.Write(ctx, who.Act("account.manage", a.Grants[0].Unit, "account:"+id.String(a.ID), "tạo "+a.Login), func(tx *db.Tx) error {
		if err := officeFits(tx, who, &a); err != nil {
			return err
		}
		return insertAccount(tx, a, hash, true)
	})
	switch {
	case db.IsDuplicate(err):
		return 0, "", fault.New(fault.Conflict, "access.login_taken", "Tên đăng nhập này đã có người dùng.").On("login")
	case err != nil:
		return 0, "", err
	}
	return a.ID, password, nil
}

// officeFits refuses an office that does not hang on a unit of the account's grants.
func officeFits(tx *db.Tx, who Viewer, a *Account) error {
	if a.Office == 0 {
		return nil
	}
	var unit int64
	if err := tx.QueryRow("SELECT unit_id FROM office WHERE id=$1", a.Office).Scan(&unit); err == nil {
		for _, g := range a.Grants {
			if unit == g.Unit || who.tree != nil && who.tree.Within(unit, g.Unit) {
				return nil
			}
		}
	}
	return fault.New(fault.Invalid, "access.office", "Cơ quan này không thuộc địa bàn đã chọn. Hãy chọn lại cơ quan hoặc địa bàn.").On("office")
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
		if _, err := tx.Exec("INSERT INTO role_grant(account_id, role, unit_id) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING", a.ID, g.Role, g.Unit); err != nil {
			return err
		}
	}
	return nil
}

// Offices lists the offices that accounts of the viewer's units may belong to, by unit and name.
func (d *Door) Offices(ctx context.Context, who Viewer) ([]territory.Office, error) {
	if !who.MayAnywhere("account.see") {
		return nil, who.May("account.see", 0)
	}
	var out []territory.Office
	err := d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = territory.Offices(tx)
		return err
	})
	return slices.DeleteFunc(out, func(o territory.Office) bool { return who.May("account.see", o.Unit) != nil }), err
}

// mayGrant refuses a grant that would give more than its giver has.
func mayGrant(who Viewer, g Grant) error {
	role, ok := RoleOf(g.Role)
	if !ok || role.Device {
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

// manage runs one change of an account with its checks and its act, told in the first of the account's units.
func (d *Door) manage(ctx context.Context, who Viewer, account int64, note string, fn func(*db.Tx, *Account) error) error {
	act := who.Act("account.manage", 0, "account:"+id.String(account), note)
	return d.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		a, err := mayManage(tx, who, account)
		if err != nil {
			return err
		}
		if len(a.Grants) > 0 {
			act.Unit = a.Grants[0].Unit
		}
		return fn(tx, a)
	})
}

// dropSessions ends everything an account has open.
func dropSessions(tx *db.Tx, account int64) error {
	_, err := tx.Exec("DELETE FROM session WHERE account_id=$1", account)
	return err
}

// ResetPassword gives a new one-time password and ends the account's sessions.
func (d *Door) ResetPassword(ctx context.Context, who Viewer, account int64) (string, error) {
	if !who.MayAnywhere("account.manage") {
		return "", who.May("account.manage", 0)
	}
	password := oneTime()
	hash, err := hashSlowly(ctx, password)
	if err != nil {
		return "", err
	}
	err = d.manage(ctx, who, account, "đặt lại mật khẩu", func(tx *db.Tx, _ *Account) error {
		if _, err := tx.Exec("UPDATE account SET password=$1, must_change=TRUE, failures=0, locked_until='' WHERE id=$2", hash, account); err != nil {
			return err
		}
		return dropSessions(tx, account)
	})
	if err != nil {
		return "", err
	}
	return password, nil
}

// ResetTOTP takes a lost second factor away; the account sets up a new one at its next sign-in. System administrators only: whoever
// may reset passwords could otherwise take an account over alone.
func (d *Door) ResetTOTP(ctx context.Context, who Viewer, account int64) error {
	return d.manage(ctx, who, account, "đặt lại mã xác thực", func(tx *db.Tx, a *Account) error {
		for _, g := range a.Grants {
			if err := who.May("system.run", g.Unit); err != nil {
				return err
			}
		}
		if len(a.Grants) == 0 {
			if err := who.May("system.run", 0); err != nil {
				return err
			}
		}
		if _, err := tx.Exec("UPDATE account SET totp_sealed='', totp_on=FALSE, totp_last=0, failures=0, locked_until='' WHERE id=$1", account); err != nil {
			return err
		}
		return dropSessions(tx, account)
	})
}

// EndSessions ends everything an account has open, for a lost device.
func (d *Door) EndSessions(ctx context.Context, who Viewer, account int64) error {
	return d.manage(ctx, who, account, "kết thúc các phiên đăng nhập", func(tx *db.Tx, _ *Account) error { return dropSessions(tx, account) })
}

// Rename corrects an account's name and office.
func (d *Door) Rename(ctx context.Context, who Viewer, account int64, name string, office int64) error {
	name = strings.TrimSpace(vn.NFC(name))
	if name == "" || len(name) > 200 {
		return fault.New(fault.Invalid, "access.name", "Hãy ghi họ tên người dùng.").On("name")
	}
	return d.manage(ctx, who, account, "sửa tên", func(tx *db.Tx, a *Account) error {
		a.Office = office
		if err := officeFits(tx, who, a); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE account SET name=$1, office_id=$2 WHERE id=$3", name, office, account)
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
			if err := dropSessions(tx, account); err != nil {
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
