package canvass

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Book keeps teams and members.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
	// Work lists who under these units still needs something; nil for nobody.
	Work func(tx *db.Tx, units []int64) ([]Listed, error)
	// Needy is Work for those who only count: who needs something, and where they live; nil to count Work.
	Needy func(tx *db.Tx, units []int64) (map[int64]int64, error)
	// Changed tells that something of these persons changed that no coverage event tells: whom they are assigned to. nil for nobody to tell.
	Changed func(tx *db.Tx, persons []int64) error
	// Ordered takes the orders that a visit took down, and Unordered those of a visit that was taken back; nil for nobody (KH:III.2.c).
	Ordered   func(tx *db.Tx, who access.Viewer, v *Visit) error
	Unordered func(tx *db.Tx, who access.Viewer, visit int64) error
}

const teamColumns = "t.id, t.unit_id, t.office_id, t.kind, t.name, t.capacity, t.rest_weekdays, t.from_day, t.until_day, t.batch_id, pl.kind"

func teams(tx *db.Tx, day clock.Day, where string, args ...any) ([]Team, error) {
	var out []Team
	args = append(args, string(day))
	on := fmt.Sprintf("$%d", len(args))
	err := tx.Each("SELECT "+teamColumns+`, CAST(coalesce(count(m.id), 0) AS BIGINT) FROM team t LEFT JOIN team_place pl ON pl.team_id = t.id
		LEFT JOIN team_member m ON m.team_id = t.id AND (m.from_day = '' OR m.from_day <= `+on+`) AND (m.until_day = '' OR m.until_day >= `+on+`)
		`+where+" GROUP BY "+teamColumns+" ORDER BY t.unit_id, t.name_fold, t.id", args, func(scan func(...any) error) error {
		var t Team
		var rest, from, until string
		var place sql.NullString
		err := scan(&t.ID, &t.Unit, &t.Office, &t.Kind, &t.Name, &t.Capacity, &rest, &from, &until, &t.Batch, &place, &t.Members)
		t.Place = place.String
		t.Rest, t.From, t.Until = parseRest(rest), clock.Day(from), clock.Day(until)
		out = append(out, t)
		return err
	})
	return out, err
}

// All lists every team that there ever was, closed ones too: quotas of past days name them.
func All(tx *db.Tx) ([]Team, error) { return teams(tx, tx.Today(), "") }

// TeamsOf lists the teams that a unit itself has today: a hamlet's or a commune's own.
func TeamsOf(tx *db.Tx, unit int64) ([]Team, error) {
	all, err := teams(tx, tx.Today(), "WHERE t.unit_id = $1", unit)
	out := all[:0]
	for _, t := range all {
		if t.Open(tx.Today()) {
			out = append(out, t)
		}
	}
	return out, err
}

func teamAt(tx *db.Tx, team int64) (*Team, error) {
	list, err := teams(tx, tx.Today(), "WHERE t.id = $1", team)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Missing, "canvass.team_unknown", "Không tìm thấy tổ này. Hãy mở lại danh sách tổ.")
	}
	return &list[0], nil
}

// List gives the teams of a unit and everything under it that exist on a day. The viewer needs team.see there.
func (b *Book) List(ctx context.Context, who access.Viewer, unit int64, day clock.Day) ([]Team, error) {
	if err := who.May("team.see", unit); err != nil {
		return nil, err
	}
	var out []Team
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		all, err := teams(tx, day, "")
		byUnit := map[int64][]Team{}
		for _, t := range all {
			if t.Open(day) {
				byUnit[t.Unit] = append(byUnit[t.Unit], t)
			}
		}
		for _, u := range tree.Descendants(unit) {
			out = append(out, byUnit[u]...)
		}
		return err
	})
	return out, err
}

// Add makes a team. A name that a team of the unit already has is a fault. The viewer needs team.manage on the unit.
func (b *Book) Add(ctx context.Context, who access.Viewer, t Team) (int64, error) {
	if err := who.May("team.manage", t.Unit); err != nil {
		return 0, err
	}
	if t.Kind == "" {
		t.Kind = kindOf(t.Name, true)
	}
	if err := t.check(); err != nil {
		return 0, err
	}
	t.ID = id.New()
	act := who.Act("team.manage", t.Unit, "team:"+id.String(t.ID), "lập tổ")
	return t.ID, b.DB.Write(ctx, act, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		if tree.ByID(t.Unit) == nil {
			return fault.New(fault.Missing, "canvass.unit_unknown", "Không tìm thấy đơn vị này.").On("unit")
		}
		return insertTeam(tx, &t)
	})
}

func insertTeam(tx *db.Tx, t *Team) error {
	if t.ID == 0 {
		t.ID = id.New()
	}
	if err := nameFree(tx, t); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO team(id, unit_id, office_id, kind, name, name_fold, capacity, rest_weekdays, from_day, until_day, batch_id)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, t.ID, t.Unit, t.Office, t.Kind, t.Name, vn.Fold(t.Name), t.Capacity, restText(t.Rest), string(t.From), string(t.Until), t.Batch)
	if err != nil {
		return err
	}
	return keepPlace(tx, t)
}

func nameFree(tx *db.Tx, t *Team) error {
	var other int64
	err := tx.QueryRow("SELECT id FROM team WHERE unit_id=$1 AND name_fold=$2", t.Unit, vn.Fold(t.Name)).Scan(&other)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && other == t.ID:
		return nil
	case err != nil:
		return err
	}
	return fault.New(fault.Conflict, "canvass.team_taken", "Địa bàn này đã có tổ tên “%s”. Hãy đặt tên khác.", t.Name).On("name")
}

// Change writes a team's name, kind, capacity and rest days. The viewer needs team.manage on its unit.
func (b *Book) Change(ctx context.Context, who access.Viewer, t Team) error {
	act := who.Act("team.manage", 0, "team:"+id.String(t.ID), "sửa tổ")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		was, err := b.managed(tx, who, &act, t.ID)
		if err != nil {
			return err
		}
		t.Unit, t.From, t.Until = was.Unit, was.From, was.Until
		if t.Kind == "" {
			t.Kind = was.Kind
		}
		if err := t.check(); err != nil {
			return err
		}
		if err := nameFree(tx, &t); err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE team SET name=$1, name_fold=$2, kind=$3, capacity=$4, rest_weekdays=$5 WHERE id=$6", t.Name, vn.Fold(t.Name), t.Kind, t.Capacity, restText(t.Rest), t.ID)
		if err != nil {
			return err
		}
		return keepPlace(tx, &t)
	})
}

// Close says a team's last day. The last team of a hamlet or commune cannot be closed: each must have one (KH:III.2.b). The viewer
// needs team.manage on its unit.
func (b *Book) Close(ctx context.Context, who access.Viewer, team int64, last clock.Day) error {
	act := who.Act("team.manage", 0, "team:"+id.String(team), "giải thể tổ từ sau ngày "+last.Vi())
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		t, err := b.managed(tx, who, &act, team)
		if err != nil {
			return err
		}
		if last.Time().IsZero() || t.From != "" && last < t.From || last < tx.Today().Add(-1) {
			return fault.New(fault.Invalid, "canvass.team_last", "Hãy chọn ngày cuối từ hôm qua trở đi và không trước ngày thành lập.").On("until")
		}
		list, err := teams(tx, last.Add(1), "WHERE t.unit_id = $1", t.Unit)
		if err != nil {
			return err
		}
		others := 0
		for _, o := range list {
			if o.ID != team && o.Own() && o.Open(last.Add(1)) {
				others++
			}
		}
		if others == 0 && t.Own() {
			return fault.New(fault.Conflict, "canvass.team_only", "Đây là tổ duy nhất của địa bàn; mỗi xã và mỗi ấp phải có ít nhất một tổ. Hãy lập tổ mới trước khi giải thể tổ này.")
		}
		_, err = tx.Exec("UPDATE team SET until_day=$1 WHERE id=$2", string(last), team)
		return err
	})
}

// managed finds a team that the viewer may change and names its unit in the act.
func (b *Book) managed(tx *db.Tx, who access.Viewer, act *db.Act, team int64) (*Team, error) {
	t, err := teamAt(tx, team)
	if err != nil {
		return nil, err
	}
	act.Unit = t.Unit
	return t, who.May("team.manage", t.Unit)
}

// Lacking lists the communes and hamlets that have no team of their own on a day (KH:III.2.b); volunteer teams do not count. The
// viewer needs team.see on the unit.
func (b *Book) Lacking(ctx context.Context, who access.Viewer, unit int64, day clock.Day) ([]int64, error) {
	list, err := b.List(ctx, who, unit, day)
	if err != nil {
		return nil, err
	}
	has := map[int64]bool{}
	for _, t := range list {
		has[t.Unit] = has[t.Unit] || t.Own()
	}
	var out []int64
	err = b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		for _, u := range tree.Descendants(unit) {
			if x := tree.ByID(u); x.Tier >= territory.TierCommune && x.In(day) && !has[u] {
				out = append(out, u)
			}
		}
		return nil
	})
	return out, err
}

// Complete gives every commune and hamlet under a unit that has no team of its own one, named after it (KH:III.2.b), and tells how
// many it made. The viewer needs team.manage on the unit.
func (b *Book) Complete(ctx context.Context, who access.Viewer, unit int64, day clock.Day) (int, error) {
	if err := who.May("team.manage", unit); err != nil {
		return 0, err
	}
	made := 0
	act := who.Act("team.manage", unit, "team:", "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		made = 0
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		all, err := teams(tx, day, "")
		if err != nil {
			return err
		}
		has := map[int64]bool{}
		for _, t := range all {
			has[t.Unit] = has[t.Unit] || t.Own() && t.Open(day)
		}
		for _, u := range tree.Descendants(unit) {
			x := tree.ByID(u)
			if x.Tier < territory.TierCommune || !x.In(day) || has[u] {
				continue
			}
			t := Team{Unit: u, Kind: KindCommune, Name: "Tổ công tác Đề án 06 " + x.Kind + " " + x.Name, From: day}
			if len(tree.Children(u, day)) == 0 {
				t.Kind, t.Name = KindHamlet, "Tổ công nghệ số cộng đồng "+x.Kind+" "+x.Name
			}
			t.Capacity = defaultCapacity(t.Kind)
			if fault.Is(nameFree(tx, &t), fault.Conflict) { // a closed team has the name
				t.Name += " (từ " + day.Vi() + ")"
			}
			if err := insertTeam(tx, &t); err != nil {
				return err
			}
			made++
		}
		act.Note = fmt.Sprintf("lập %d tổ cho địa bàn chưa có", made)
		return nil
	})
	return made, err
}
