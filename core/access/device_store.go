package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

const deviceColumns = "id, account_id, team_id, member_id, name, team_name, leads, agent, created_at, seen_at, until, revoked_at, revoked_by"

func scanDevice(scan func(...any) error, more ...any) (*Device, error) {
	var d Device
	err := scan(append([]any{&d.ID, &d.Account, &d.Team, &d.Member, &d.Name, &d.TeamName, &d.Leads, &d.Agent, &d.Created, &d.Seen, &d.Until, &d.Revoked, &d.RevokedBy}, more...)...)
	return &d, err
}

func unitsOfDevice(tx *db.Tx, device int64) ([]int64, error) {
	var out []int64
	err := tx.Each("SELECT unit_id FROM device_unit WHERE device_id=$1 ORDER BY unit_id", []any{device}, func(scan func(...any) error) error {
		var u int64
		err := scan(&u)
		out = append(out, u)
		return err
	})
	return out, err
}

// HeldUnits gives the units whose list some phone holds: only of these a change must be told to phones.
func HeldUnits(tx *db.Tx) (map[int64]bool, error) {
	out := map[int64]bool{}
	err := tx.Each("SELECT DISTINCT u.unit_id FROM device_unit u JOIN device d ON d.id = u.device_id WHERE d.revoked_at='' AND d.until >= $1", []any{tx.Now()}, func(scan func(...any) error) error {
		var u int64
		err := scan(&u)
		out[u] = true
		return err
	})
	return out, err
}

func codeHash(code string) string {
	sum := sha256.Sum256([]byte("enrol:" + code))
	return hex.EncodeToString(sum[:])
}

// IssueEnrol gives a code that lets one phone in, once, within a quarter of an hour. The viewer needs device.manage on every unit whose
// list the phone will carry.
func (d *Door) IssueEnrol(ctx context.Context, who Viewer, e Enrol) (code string, until time.Time, err error) {
	if len(e.Units) == 0 || len(e.Units) > MaxUnits {
		return "", time.Time{}, fault.New(fault.Invalid, "access.device_units", "Hãy chọn từ 1 đến %d địa bàn cho một điện thoại.", MaxUnits).On("units")
	}
	if strings.TrimSpace(e.Name) == "" || e.Member == 0 || e.Team == 0 {
		return "", time.Time{}, fault.New(fault.Invalid, "access.device_holder", "Hãy chọn thành viên giữ điện thoại.").On("member")
	}
	for _, u := range e.Units {
		if err := who.May("device.manage", u); err != nil {
			return "", time.Time{}, err
		}
	}
	code = newCode()
	until = d.DB.Clock().Add(codeLife)
	units := make([]string, len(e.Units))
	for i, u := range e.Units {
		units[i] = id.String(u)
	}
	act := who.Act("device.manage", e.Units[0], "member:"+id.String(e.Member), "cấp mã ghi danh điện thoại")
	err = d.DB.Write(ctx, act, func(tx *db.Tx) error {
		if _, err := tx.Exec("DELETE FROM enrol_code WHERE until < $1", clock.Stamp(d.DB.Clock().Add(-24*time.Hour))); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO enrol_code(code_hash, account_id, team_id, member_id, name, team_name, leads, units, who, until, used_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,'')",
			codeHash(code), e.Account, e.Team, e.Member, e.Name, e.TeamName, e.Leads, strings.Join(units, ","), who.Account, clock.Stamp(until))
		return err
	})
	return code, until, err
}

// Enrolled is what a phone is given once, when it is let in. Old is the escrow of the phone's enrolment before, when that was the same
// member's: with it the phone opens what still waits there (law O1).
type Enrolled struct {
	Device *Device
	Token  string
	Escrow string // base64, 32 bytes
	Old    string // base64, 32 bytes, or ""
}

// Enrol lets a phone in by a code. Wrong codes are counted by address and in all; they are all answered alike. old is the device that this
// phone was before, 0 for none.
func (d *Door) Enrol(ctx context.Context, code string, old int64, agent, from string) (*Enrolled, error) {
	now := d.DB.Clock()
	if !d.guesses.may(from, now) {
		return nil, tooManyGuesses()
	}
	code = tidyCode(code)
	out := &Enrolled{}
	act := db.Act{Verb: "device.enrol", Object: "device:", From: from}
	err := d.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		var dev Device
		var units, until, used string
		err := tx.QueryRow("SELECT account_id, team_id, member_id, name, team_name, leads, units, until, used_at FROM enrol_code WHERE code_hash=$1", codeHash(code)).
			Scan(&dev.Account, &dev.Team, &dev.Member, &dev.Name, &dev.TeamName, &dev.Leads, &units, &until, &used)
		if errors.Is(err, sql.ErrNoRows) || err == nil && (used != "" || clock.Stamp(now) > until) {
			return badCode()
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE enrol_code SET used_at=$1 WHERE code_hash=$2", clock.Stamp(now), codeHash(code)); err != nil {
			return err
		}
		for _, u := range strings.Split(units, ",") {
			n, err := id.Parse(u)
			if err != nil {
				return err
			}
			dev.Units = append(dev.Units, n)
		}
		if err := holderAccount(tx, &dev); err != nil {
			return err
		}
		if out.Old, err = oldEscrow(tx, old, dev.Member, from, clock.Stamp(now)); err != nil {
			return err
		}
		token, hash := newToken()
		escrow := make([]byte, 32)
		_, _ = rand.Read(escrow)
		out.Token, out.Escrow = token, base64.StdEncoding.EncodeToString(escrow)
		dev.ID, dev.Agent, dev.Created, dev.Seen = id.New(), cut(agent, 200), clock.Stamp(now), clock.Stamp(now)
		dev.Until = clock.Stamp(d.listEnds(now))
		out.Device = &dev
		act.Who, act.WhoName, act.Object, act.Unit = dev.Account, dev.Name, "device:"+id.String(dev.ID), dev.Units[0]
		_, err = tx.Exec("INSERT INTO device("+deviceColumns+", token_hash, escrow_sealed) VALUES ("+tx.In(15, 1)+")", dev.ID, dev.Account, dev.Team, dev.Member, dev.Name, dev.TeamName, dev.Leads, dev.Agent,
			dev.Created, dev.Seen, dev.Until, "", int64(0), hash, tx.Keys().Seal(out.Escrow))
		if err != nil {
			return err
		}
		for _, u := range dev.Units {
			if _, err := tx.Exec("INSERT INTO device_unit(device_id, unit_id) VALUES ($1,$2) ON CONFLICT DO NOTHING", dev.ID, u); err != nil {
				return err
			}
		}
		return nil
	})
	if f, ok := fault.As(err); ok && f.Code == "access.code" {
		d.guesses.wrong(from)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// holderLogin begins the login of accounts that hold phones and nothing else.
const holderLogin = "dt-"

// holderAccount finds the account whose name the phone's work carries, or makes one that cannot sign in at the desk.
func holderAccount(tx *db.Tx, dev *Device) error {
	if dev.Account != 0 {
		return nil
	}
	err := tx.QueryRow("SELECT account_id FROM device WHERE member_id=$1 ORDER BY id DESC LIMIT 1", dev.Member).Scan(&dev.Account)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	dev.Account, err = CreateWith(tx, Account{Login: holderLogin + id.String(dev.Member), Name: dev.Name}, "", false)
	return err
}

// oldEscrow shuts the phone's enrolment before out and gives its escrow, when it was the same member's.
func oldEscrow(tx *db.Tx, old, member int64, _ string, now string) (string, error) {
	if old == 0 {
		return "", nil
	}
	var sealed string
	var was int64
	err := tx.QueryRow("SELECT escrow_sealed, member_id FROM device WHERE id=$1", old).Scan(&sealed, &was)
	if errors.Is(err, sql.ErrNoRows) || err == nil && was != member {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec("UPDATE device SET revoked_at=$1 WHERE id=$2 AND revoked_at=''", now, old); err != nil {
		return "", err
	}
	return tx.Keys().Open(sealed)
}

// listEnds is when a phone's list ends that is in contact now.
func (d *Door) listEnds(now time.Time) time.Time {
	days := defaultKeep
	if d.Keep != nil {
		days = d.Keep()
	}
	return now.Add(time.Duration(days) * 24 * time.Hour)
}

// DeviceViewer tells who a phone's token stands for: a viewer with the phone's role on the phone's units and nothing else. A phone that was
// shut out, or was away too long, is a fault of kind Unknown that says what to do (law O3).
func (d *Door) DeviceViewer(ctx context.Context, token, from string) (Viewer, *Device, error) {
	out := fault.New(fault.Unknown, "access.device_out", "Máy này không còn được dùng. Hãy xin tổ trưởng ghi danh lại; phiếu chưa gửi vẫn được giữ trên máy.")
	if token == "" || len(token) > 100 {
		return Viewer{}, nil, out
	}
	now := d.DB.Clock()
	var v Viewer
	var dev *Device
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var disabled bool
		row := tx.QueryRow("SELECT "+deviceColumns+", (SELECT disabled FROM account WHERE account.id = device.account_id) FROM device WHERE token_hash=$1", hashToken(token))
		var err error
		dev, err = scanDevice(row.Scan, &disabled)
		if errors.Is(err, sql.ErrNoRows) || err == nil && (disabled || dev.Revoked != "") {
			return out
		}
		if err != nil {
			return err
		}
		if !dev.In(now) {
			return fault.New(fault.Unknown, "access.device_expired", "Máy đã quá hạn vì lâu không kết nối. Hãy xin tổ trưởng ghi danh lại; phiếu chưa gửi vẫn được giữ trên máy.")
		}
		if dev.Units, err = unitsOfDevice(tx, dev.ID); err != nil {
			return err
		}
		tree, err := d.snapshot(tx)
		if err != nil {
			return err
		}
		grants := make([]Grant, len(dev.Units))
		for i, u := range dev.Units {
			grants[i] = Grant{Role: PhoneRole, Unit: u}
		}
		v = NewViewer(dev.Account, "", dev.Name, from, grants, tree)
		return nil
	})
	if err != nil {
		return Viewer{}, nil, err
	}
	if now.Sub(clock.ParseStamp(dev.Seen)) > contactEvery {
		dev.Seen, dev.Until = clock.Stamp(now), clock.Stamp(d.listEnds(now))
		act := db.Act{Verb: "device.seen", Who: v.Account, WhoName: v.Name, Unit: dev.Units[0], Object: "device:" + id.String(dev.ID), From: from}
		err = d.DB.Write(ctx, act, func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE device SET seen_at=$1, until=$2 WHERE id=$3 AND revoked_at=''", dev.Seen, dev.Until, dev.ID)
			return err
		})
	}
	return v, dev, err
}

// Devices lists the phones that carry a list of a unit or of one under it, shut ones too, newest contact first. The viewer needs
// device.manage on the unit.
func (d *Door) Devices(ctx context.Context, who Viewer, unit int64) ([]Device, error) {
	if err := who.May("device.manage", unit); err != nil {
		return nil, err
	}
	var out []Device
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := d.snapshot(tx)
		if err != nil {
			return err
		}
		units := map[int64][]int64{}
		if err := tx.Each("SELECT device_id, unit_id FROM device_unit", nil, func(scan func(...any) error) error {
			var dev, u int64
			err := scan(&dev, &u)
			units[dev] = append(units[dev], u)
			return err
		}); err != nil {
			return err
		}
		return tx.Each("SELECT "+deviceColumns+" FROM device ORDER BY seen_at DESC, id", nil, func(scan func(...any) error) error {
			dev, err := scanDevice(scan)
			if err != nil {
				return err
			}
			dev.Units = units[dev.ID]
			if slices.ContainsFunc(dev.Units, func(u int64) bool { return tree.Within(u, unit) }) {
				out = append(out, *dev)
			}
			return nil
		})
	})
	return out, err
}

// RevokeDevice shuts a phone out: at its next contact it is refused (law O3). The viewer needs device.manage on one of its units.
func (d *Door) RevokeDevice(ctx context.Context, who Viewer, device int64) error {
	act := who.Act("device.manage", 0, "device:"+id.String(device), "khóa điện thoại")
	return d.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		units, err := unitsOfDevice(tx, device)
		if err != nil {
			return err
		}
		if len(units) == 0 {
			return fault.New(fault.Missing, "access.device_unknown", "Không tìm thấy điện thoại này.")
		}
		act.Unit = units[0]
		var last error
		if !slices.ContainsFunc(units, func(u int64) bool { last = who.May("device.manage", u); return last == nil }) {
			return last
		}
		_, err = tx.Exec("UPDATE device SET revoked_at=$1, revoked_by=$2 WHERE id=$3 AND revoked_at=''", tx.Now(), who.Account, device)
		return err
	})
}

// RevokeMember shuts out every phone of somebody who leaves a team, inside the transaction in which they leave.
func RevokeMember(tx *db.Tx, member, by int64) error {
	_, err := tx.Exec("UPDATE device SET revoked_at=$1, revoked_by=$2 WHERE member_id=$3 AND revoked_at=''", tx.Now(), by, member)
	return err
}

// PhonesOf reads the phones of a team, shut ones too. The caller has asked for the right.
func PhonesOf(tx *db.Tx, team int64) ([]Device, error) {
	var out []Device
	err := tx.Each("SELECT "+deviceColumns+" FROM device WHERE team_id=$1 ORDER BY id", []any{team}, func(scan func(...any) error) error {
		d, err := scanDevice(scan)
		if err == nil {
			out = append(out, *d)
		}
		return err
	})
	return out, err
}

// EraseDevices removes the phones, their codes, and the names of holders who had no account of their own, and gives how many phones there
// were (law R4).
func EraseDevices(tx *db.Tx) (int64, error) {
	for _, q := range []string{"DELETE FROM enrol_code", "DELETE FROM device_unit", "UPDATE account SET name='Điện thoại của tổ', disabled=TRUE WHERE login LIKE 'dt-%'"} {
		if _, err := tx.Exec(q); err != nil {
			return 0, err
		}
	}
	return tx.Exec("DELETE FROM device")
}
