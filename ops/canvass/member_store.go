package canvass

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

func members(tx *db.Tx, where string, args ...any) ([]Member, error) {
	var out []Member
	err := tx.Each("SELECT id, team_id, name, role, phone_sealed, account_id, from_day, until_day, batch_id FROM team_member WHERE "+where+" ORDER BY team_id, id", args, func(scan func(...any) error) error {
		var m Member
		var sealed, from, until string
		if err := scan(&m.ID, &m.Team, &m.Name, &m.Role, &sealed, &m.Account, &from, &until, &m.Batch); err != nil {
			return err
		}
		m.From, m.Until = clock.Day(from), clock.Day(until)
		phone, err := tx.Keys().Open(sealed)
		m.Phone = phone
		out = append(out, m)
		return err
	})
	return out, err
}

// Members lists who is in a team on a day, telephone numbers masked (law R3). The viewer needs team.see on the team's unit.
func (b *Book) Members(ctx context.Context, who access.Viewer, team int64, day clock.Day) ([]Member, error) {
	var out []Member
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		t, err := teamAt(tx, team)
		if err != nil {
			return err
		}
		if err := who.May("team.see", t.Unit); err != nil {
			return err
		}
		list, err := members(tx, "team_id=$1", team)
		for _, m := range list {
			if m.works(day) {
				m.Phone = maskPhone(m.Phone)
				out = append(out, m)
			}
		}
		return err
	})
	return out, err
}

// MembersOn reads who is in a team on a day, telephone numbers left out. The caller has asked for the right.
func MembersOn(tx *db.Tx, team int64, day clock.Day) ([]Member, error) {
	list, err := members(tx, "team_id=$1", team)
	var out []Member
	for _, m := range list {
		if m.works(day) {
			m.Phone = ""
			out = append(out, m)
		}
	}
	return out, err
}

// RevealPhone shows a member's whole telephone number and leaves a row in the trail (laws R2, R3). The viewer needs team.manage on
// the team's unit.
func (b *Book) RevealPhone(ctx context.Context, who access.Viewer, member int64) (string, error) {
	var phone string
	act := who.Act("team.reveal", 0, "member:"+id.String(member), "xem số điện thoại")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		m, err := b.memberAt(tx, who, &act, member)
		if err == nil {
			phone = m.Phone
		}
		return err
	})
	return phone, err
}

// memberAt finds a member whose team the viewer may change.
func (b *Book) memberAt(tx *db.Tx, who access.Viewer, act *db.Act, member int64) (*Member, error) {
	list, err := members(tx, "id=$1", member)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Missing, "canvass.member_unknown", "Không tìm thấy thành viên này. Hãy mở lại danh sách tổ.")
	}
	_, err = b.managed(tx, who, act, list[0].Team)
	return &list[0], err
}

// AddMember puts somebody into a team. The viewer needs team.manage on the team's unit.
func (b *Book) AddMember(ctx context.Context, who access.Viewer, m Member) (int64, error) {
	if err := m.check(); err != nil {
		return 0, err
	}
	m.ID = id.New()
	act := who.Act("team.manage", 0, "member:"+id.String(m.ID), "thêm thành viên")
	return m.ID, b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		if _, err := b.managed(tx, who, &act, m.Team); err != nil {
			return err
		}
		return insertMember(tx, &m)
	})
}

func insertMember(tx *db.Tx, m *Member) error {
	if m.ID == 0 {
		m.ID = id.New()
	}
	_, err := tx.Exec("INSERT INTO team_member(id, team_id, name, role, phone_sealed, account_id, from_day, until_day, batch_id) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
		m.ID, m.Team, m.Name, m.Role, tx.Keys().Seal(m.Phone), m.Account, string(m.From), string(m.Until), m.Batch)
	return err
}

// ChangeMember writes a member's name, role and account; the telephone number only when one is given. The viewer needs team.manage
// on the team's unit.
func (b *Book) ChangeMember(ctx context.Context, who access.Viewer, m Member) error {
	if err := m.check(); err != nil {
		return err
	}
	act := who.Act("team.manage", 0, "member:"+id.String(m.ID), "sửa thành viên")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		was, err := b.memberAt(tx, who, &act, m.ID)
		if err != nil {
			return err
		}
		if m.Phone == "" {
			m.Phone = was.Phone
		}
		_, err = tx.Exec("UPDATE team_member SET name=$1, role=$2, account_id=$3, phone_sealed=$4 WHERE id=$5", m.Name, m.Role, m.Account, tx.Keys().Seal(m.Phone), m.ID)
		return err
	})
}

// Leave says a member's last day in the team and hands what they had over to another of the team, with to 0 among all who stay, so that
// nobody's visitor is somebody who left (KH:III.2.b). Who stays some days more keeps their work until then; the night after deals it among
// the rest. It gives how many citizens changed hands. The viewer needs team.manage on the team's unit.
func (b *Book) Leave(ctx context.Context, who access.Viewer, member int64, last clock.Day, to int64) (int, error) {
	if last.Time().IsZero() {
		return 0, fault.New(fault.Invalid, "canvass.member_last", "Hãy chọn ngày cuối của thành viên.").On("until")
	}
	n := 0
	act := who.Act("team.manage", 0, "member:"+id.String(member), "thành viên thôi tham gia sau ngày "+last.Vi())
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		m, err := b.memberAt(tx, who, &act, member)
		if err != nil {
			return err
		}
		if m.From != "" && last < m.From {
			return fault.New(fault.Invalid, "canvass.member_last", "Ngày cuối phải sau ngày vào tổ.").On("until")
		}
		if _, err = tx.Exec("UPDATE team_member SET until_day=$1 WHERE id=$2", string(last), member); err != nil {
			return err
		}
		if last > tx.Today() {
			if to != 0 {
				return fault.New(fault.Invalid, "canvass.member_later", "Người này còn làm đến %s nên chưa bàn giao ngay được. Hãy chọn “Chia đều”: đêm hôm ấy việc được chia cho những người ở lại.", last.Vi()).On("to")
			}
			return nil
		}
		if last < tx.Today() {
			if err := access.RevokeMember(tx, member, who.Account); err != nil {
				return err
			}
		}
		t, err := teamAt(tx, m.Team)
		if err != nil {
			return err
		}
		n, err = b.handOver(tx, who, t, member, to, "thành viên thôi tham gia tổ")
		return err
	})
	return n, err
}
