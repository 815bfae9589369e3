package allotment

import (
	"context"
	"fmt"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Move shifts part of a quota of one commune from a team and day to another team, another day, or both (KH:V.6).
type Move struct {
	Target  string
	N       int64
	From    int64 // team
	FromDay clock.Day
	To      int64 // team
	ToDay   clock.Day
}

// check refuses what no move may do, whoever asks.
func (m *Move) check(today, start, end clock.Day) error {
	switch {
	case m.N <= 0:
		return fault.New(fault.Invalid, "allotment.move_none", "Số chuyển phải lớn hơn 0.").On("n")
	case m.From == m.To && m.FromDay == m.ToDay:
		return fault.New(fault.Invalid, "allotment.move_nowhere", "Hãy chọn một tổ khác hoặc một ngày khác để chuyển đến.").On("to")
	case m.FromDay < today || m.ToDay < today:
		return fault.New(fault.Invalid, "allotment.move_past", "Không chuyển được chỉ tiêu của ngày đã qua. Hãy chọn từ hôm nay trở đi.").On("day")
	case m.ToDay < start || m.ToDay > end:
		return fault.New(fault.Invalid, "allotment.move_outside", "Ngày %s nằm ngoài đợt cao điểm (%s – %s). Hãy chọn một ngày trong đợt.", m.ToDay.Vi(), start.Vi(), end.Vi()).On("day")
	}
	return nil
}

// Shift moves a quota between teams and days of one commune; the commune's sum and each hamlet's stay what they were (law A1). The
// quotas moved are set by hand: planning keeps them. The viewer needs quota.shift on the commune.
func (b *Book) Shift(ctx context.Context, who access.Viewer, m Move) error {
	act := who.Act("quota.shift", 0, "quota:"+string(m.FromDay), "")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		teams, err := b.Teams(tx)
		if err != nil {
			return err
		}
		from, to := teamOf(teams, m.From), teamOf(teams, m.To)
		if from == nil || to == nil {
			return fault.New(fault.Missing, "allotment.move_team", "Không tìm thấy tổ này. Hãy mở lại danh sách tổ.")
		}
		commune := communeOf(tree, from.Unit)
		act.Unit = commune
		if err := who.May("quota.shift", commune); err != nil {
			return err
		}
		if communeOf(tree, to.Unit) != commune {
			return fault.New(fault.Forbidden, "allotment.move_other", "Chỉ chuyển được giữa các tổ của cùng một xã, thị trấn. Hãy chọn một tổ khác trong xã.").On("to")
		}
		p := b.Plan()
		if err := m.check(tx.Today(), p.From, p.Until); err != nil {
			return err
		}
		if p.Target(m.Target) == nil {
			return fault.New(fault.Invalid, "allotment.move_target", "Kế hoạch không có chỉ tiêu này. Hãy chọn lại.").On("target")
		}
		have, err := cells(tx, "SELECT q.unit_id, q.team_id, q.target, q.day, q.n, q.by_hand FROM quota q JOIN unit u ON u.id = q.unit_id WHERE q.team_id=$1 AND q.target=$2 AND q.day=$3 ORDER BY u.code, q.unit_id",
			m.From, m.Target, string(m.FromDay))
		if err != nil {
			return err
		}
		var sum int64
		for _, c := range have {
			sum += c.N
		}
		if sum < m.N {
			return fault.New(fault.Invalid, "allotment.move_more", "Tổ chỉ còn %d trong ngày %s, không đủ %d để chuyển. Hãy nhập số nhỏ hơn.", sum, m.FromDay.Vi(), m.N).On("n")
		}
		if err := move(tx, &m, have); err != nil {
			return err
		}
		act.Note = fmt.Sprintf("%s: chuyển %d từ tổ %s ngày %s sang tổ %s ngày %s", m.Target, m.N, id.String(m.From), m.FromDay.Vi(), id.String(m.To), m.ToDay.Vi())
		return nil
	})
}

// move takes the number from the last hamlets first, because a team finishes the first ones first (KH:III.1.c).
func move(tx *db.Tx, m *Move, have []Cell) error {
	left := m.N
	for i := len(have) - 1; i >= 0 && left > 0; i-- {
		c := have[i]
		take := min(left, c.N)
		left -= take
		if _, err := tx.Exec("UPDATE quota SET n=n-$1, by_hand=$2 WHERE unit_id=$3 AND team_id=$4 AND target=$5 AND day=$6", take, true, c.Unit, c.Team, c.Target, string(c.Day)); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO quota(unit_id, team_id, target, day, n, by_hand) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (unit_id, team_id, target, day) DO UPDATE SET n=quota.n+excluded.n, by_hand=excluded.by_hand`, c.Unit, m.To, m.Target, string(m.ToDay), take, true); err != nil {
			return err
		}
	}
	return nil
}

func teamOf(teams []Team, team int64) *Team {
	for i := range teams {
		if teams[i].ID == team {
			return &teams[i]
		}
	}
	return nil
}

// communeOf gives the unit whose teams may be shifted among one another: the one that a leaf lies in, or the unit itself.
func communeOf(tree *territory.Tree, unit int64) int64 {
	u := tree.ByID(unit)
	if u == nil {
		return unit
	}
	if c := tree.Commune(unit); c != nil {
		return c.ID
	}
	return unit
}
