package canvass

import (
	"fmt"
	"strings"

	"bonphu/core/intake"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// withdrawn is the last day of a team whose list was withdrawn: it never was.
const withdrawn clock.Day = "0001-01-01"

// TeamList takes in lists of teams and their members (KH:III.2.b): a row a member. It is an intake.Applier.
type TeamList struct{}

// Kinds is the one kind it takes.
func (TeamList) Kinds() []string { return []string{intake.KindTeams} }

// Title names it for people.
func (TeamList) Title(kind string) string { return intake.KindTitle(kind) }

// Start begins a batch.
func (TeamList) Start(tx *db.Tx, b *intake.Batch) (intake.Run, error) {
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	r := &listRun{tx: tx, batch: b, tree: tree, teams: map[teamKey]*listTeam{}}
	all, err := All(tx)
	if err != nil {
		return nil, err
	}
	byID := map[int64]*listTeam{}
	for i := range all {
		t := &listTeam{Team: all[i]}
		byID[t.ID] = t
		r.teams[teamKey{t.Unit, vn.Fold(t.Name)}] = t
	}
	people, err := members(tx, "until_day=''")
	for i := range people {
		if t := byID[people[i].Team]; t != nil {
			t.people = append(t.people, people[i])
		}
	}
	return r, err
}

// Withdraw takes back the members the batch brought, and the teams that have nobody left from elsewhere (law F3).
func (TeamList) Withdraw(tx *db.Tx, b *intake.Batch) (int64, error) {
	n, err := tx.Exec("DELETE FROM team_member WHERE batch_id=$1", b.ID)
	if err != nil {
		return 0, err
	}
	teams, err := tx.Exec("UPDATE team SET until_day=$1 WHERE batch_id=$2 AND NOT EXISTS (SELECT 1 FROM team_member m WHERE m.team_id = team.id)", string(withdrawn), b.ID)
	return max(n, teams), err
}

type teamKey struct {
	unit int64
	name string
}

type listTeam struct {
	Team
	people []Member
}

type listRun struct {
	tx    *db.Tx
	batch *intake.Batch
	tree  *territory.Tree
	teams map[teamKey]*listTeam
}

// Finish has nothing left to do.
func (r *listRun) Finish() error { return nil }

// Apply takes rows of the list.
func (r *listRun) Apply(rows []*intake.Row, dry bool) ([]intake.Outcome, error) {
	out := make([]intake.Outcome, len(rows))
	for i, row := range rows {
		o, err := r.row(row, dry)
		if err != nil {
			f, ok := fault.As(err)
			if !ok {
				return nil, err
			}
			o = intake.Outcome{Verdict: intake.Held, Code: f.Code, Text: f.Text}
			if f.Kind == fault.Forbidden || f.Kind == fault.Unknown {
				o.Verdict = intake.Refused
			}
		}
		out[i] = o
	}
	return out, nil
}

func (r *listRun) row(row *intake.Row, dry bool) (intake.Outcome, error) {
	unit, err := r.unit(row)
	if err != nil {
		return intake.Outcome{}, err
	}
	if err := r.batch.Viewer.May("intake.apply", unit.ID); err != nil {
		return intake.Outcome{}, err
	}
	m := Member{Name: row.Name, Role: row.Position, Phone: row.Phone, From: r.batch.AsOf, Batch: r.batch.ID}
	if m.Name != "" {
		if err := m.check(); err != nil {
			return intake.Outcome{}, err
		}
	}
	t, fresh, err := r.team(row, unit, dry)
	if err != nil {
		return intake.Outcome{}, err
	}
	verdict := intake.Same
	if fresh {
		verdict = intake.New
	}
	if m.Name == "" {
		return intake.Outcome{Verdict: verdict}, nil
	}
	m.Team = t.ID
	was := t.find(&m)
	switch {
	case was == nil:
		verdict = intake.New
		if !dry {
			if err := insertMember(r.tx, &m); err != nil {
				return intake.Outcome{}, err
			}
		}
		t.people = append(t.people, m)
	case m.Role != "" && m.Role != was.Role || m.Phone != "" && m.Phone != was.Phone:
		verdict = intake.Changed
		if m.Role != "" {
			was.Role = m.Role
		}
		if m.Phone != "" {
			was.Phone = m.Phone
		}
		if !dry {
			if _, err := r.tx.Exec("UPDATE team_member SET role=$1, phone_sealed=$2 WHERE id=$3", was.Role, r.tx.Keys().Seal(was.Phone), was.ID); err != nil {
				return intake.Outcome{}, err
			}
		}
	}
	return intake.Outcome{Verdict: verdict}, nil
}

// find finds a member: the same name, and the same telephone where both have one; or the only one of the name.
func (t *listTeam) find(m *Member) *Member {
	fold := vn.Fold(m.Name)
	var named []*Member
	for i := range t.people {
		p := &t.people[i]
		if vn.Fold(p.Name) != fold {
			continue
		}
		if p.Phone == m.Phone || p.Phone == "" || m.Phone == "" {
			return p
		}
		named = append(named, p)
	}
	if len(named) == 1 && named[0].Batch != m.Batch {
		return named[0]
	}
	return nil
}

// team finds the row's team, or makes it.
func (r *listRun) team(row *intake.Row, unit *territory.Unit, dry bool) (t *listTeam, fresh bool, err error) {
	n := Team{Unit: unit.ID, Name: row.Team, From: r.batch.AsOf, Batch: r.batch.ID}
	n.Kind = kindOf(n.Name, len(r.tree.Children(unit.ID, "")) == 0)
	n.Capacity = defaultCapacity(n.Kind)
	if err := n.check(); err != nil {
		return nil, false, err
	}
	k := teamKey{unit.ID, vn.Fold(n.Name)}
	t = r.teams[k]
	switch {
	case t == nil:
		if !dry {
			if err := insertTeam(r.tx, &n); err != nil {
				return nil, false, err
			}
		}
		t = &listTeam{Team: n}
		r.teams[k] = t
		return t, true, nil
	case t.Until == withdrawn:
		if !dry {
			if _, err := r.tx.Exec("UPDATE team SET until_day='', from_day=$1, batch_id=$2 WHERE id=$3", string(n.From), r.batch.ID, t.ID); err != nil {
				return nil, false, err
			}
		}
		t.Until, t.Batch = "", r.batch.ID
		return t, true, nil
	case t.Until != "" && t.Until < r.batch.AsOf:
		return nil, false, fault.New(fault.Conflict, "canvass.team_closed", "Tổ “%s” đã giải thể ngày %s; mở tổ mới với tên khác hoặc sửa lại danh sách.", t.Name, t.Until.Vi())
	}
	return t, false, nil
}

// unit tells which unit a row's team belongs to: the hamlet named by its column or by the team's own name, else the commune.
func (r *listRun) unit(row *intake.Row) (*territory.Unit, error) {
	commune, ok := r.tree.FindCommune(row.CommuneText)
	if !ok {
		commune, ok = r.tree.FindCommune(row.Team)
	}
	if !ok && r.batch.UnitID != 0 {
		commune = r.tree.Commune(r.batch.UnitID)
		ok = commune != nil
	}
	if !ok {
		return nil, fault.New(fault.Invalid, "canvass.commune_unknown", "Không rõ tổ “%s” thuộc xã, thị trấn nào; bổ sung cột xã rồi nhập lại.", row.Team)
	}
	if row.HamletText != "" {
		if h, ok := r.tree.FindHamlet(commune.ID, row.HamletText); ok {
			return h, nil
		}
		return nil, fault.New(fault.Invalid, "canvass.hamlet_unknown", "Không tìm thấy “%s” ở %s; sửa theo danh mục đơn vị rồi nhập lại.", row.HamletText, commune.Title())
	}
	words := strings.Fields(row.Team)
	for i := 1; i < len(words); i++ {
		for j := len(words); j > i+1; j-- { // "sóc Đồi Dầu", out of "Tổ số hóa sóc Đồi Dầu xã An Khương"
			text := strings.Join(words[i:j], " ")
			if kind, _, ok := territory.ParseHamletName(text); !ok || kind == "" {
				break
			}
			if h, ok := r.tree.FindHamlet(commune.ID, text); ok {
				return h, nil
			}
		}
	}
	return commune, nil
}

// Describe tells in a sentence what the teams of a list come to, for the screen after it is applied.
func Describe(teams []Team) string {
	var communes, hamlets, volunteers int
	for _, t := range teams {
		switch t.Kind {
		case KindCommune:
			communes++
		case KindVolunteer:
			volunteers++
		default:
			hamlets++
		}
	}
	s := fmt.Sprintf("%d tổ cấp xã, %d tổ ấp, sóc, khu phố", communes, hamlets)
	if volunteers > 0 {
		s += fmt.Sprintf(", %d tổ tình nguyện", volunteers)
	}
	return s
}
