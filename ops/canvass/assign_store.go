package canvass

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

func assignments(tx *db.Tx, where string, args []any, keys []int64) (map[int64]Assignment, error) {
	out := map[int64]Assignment{}
	scan := func(scan func(...any) error) error {
		var a Assignment
		err := scan(&a.Person, &a.Team, &a.Member, &a.Unit, &a.How)
		out[a.Person] = a
		return err
	}
	text := "SELECT person_id, team_id, member_id, unit_id, how FROM assignment" + where
	if keys != nil {
		return out, tx.EachIn(text, args, keys, scan)
	}
	return out, tx.Each(text, args, scan)
}

// AssignedTo reads whose work these persons are; who is nobody's is left out.
func AssignedTo(tx *db.Tx, persons []int64) (map[int64]Assignment, error) {
	if len(persons) == 0 {
		return map[int64]Assignment{}, nil
	}
	return assignments(tx, " WHERE person_id IN (%s)", nil, persons)
}

// AssignedIn reads whose work everybody is who was dealt while living in these units.
func AssignedIn(tx *db.Tx, units []int64) (map[int64]Assignment, error) {
	if len(units) == 0 {
		return map[int64]Assignment{}, nil
	}
	return assignments(tx, " WHERE unit_id IN (%s)", nil, units)
}

// Given is what one dealing came to: how many listed, how many changed hands, and how many live where no team works.
type Given struct{ Listed, Changed, Nobody int }

// Assign deals everybody under a unit who still needs something to exactly one team (KH:III.2.b); who needs nothing any more is nobody's.
// What a person decided stays while it fits. The viewer needs canvass.assign on the unit.
func (b *Book) Assign(ctx context.Context, who access.Viewer, unit int64, day clock.Day) (Given, error) {
	var out Given
	if err := who.May("canvass.assign", unit); err != nil {
		return out, err
	}
	act := who.Act("canvass.assign", unit, "unit:"+id.String(unit), "")
	err := b.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
		out = Given{}
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		units := tree.Descendants(unit)
		listed, err := b.work(tx, units)
		if err != nil {
			return err
		}
		have, err := assignments(tx, "", nil, nil)
		if err != nil {
			return err
		}
		crews, err := crewsOn(tx, day)
		if err != nil {
			return err
		}
		above := func(u int64) int64 {
			if x := tree.ByID(u); x != nil {
				return x.Parent
			}
			return 0
		}
		dealt := Deal(listed, have, crews, above)
		out.Listed, out.Nobody = len(listed), len(listed)-len(dealt)
		inside := map[int64]bool{}
		for _, u := range units {
			inside[u] = true
		}
		changed := map[int64]bool{}
		for p, a := range have {
			if inside[a.Unit] {
				changed[p] = true
			}
		}
		var put []any
		now := tx.Now()
		for _, a := range dealt {
			if have[a.Person] == a {
				delete(changed, a.Person)
				continue
			}
			changed[a.Person] = false
			put = append(put, a.Person, a.Team, a.Member, a.Unit, a.How, now)
		}
		var gone []int64
		for p, left := range changed {
			if left {
				gone = append(gone, p)
			}
		}
		out.Changed = len(changed)
		for _, p := range gone {
			if _, err := tx.Exec("DELETE FROM assignment WHERE person_id=$1", p); err != nil {
				return err
			}
		}
		if err := putAssignments(tx, put); err != nil {
			return err
		}
		act.Note = fmt.Sprintf("phân công %d người, %d thay đổi", out.Listed, out.Changed)
		return b.told(tx, slices.Sorted(maps.Keys(changed)))
	})
	return out, err
}

func putAssignments(tx *db.Tx, values []any) error {
	return tx.Upsert("assignment", []string{"person_id", "team_id", "member_id", "unit_id", "how", "at"},
		"ON CONFLICT (person_id) DO UPDATE SET team_id=excluded.team_id, member_id=excluded.member_id, unit_id=excluded.unit_id, how=excluded.how, at=excluded.at", values)
}

func (b *Book) told(tx *db.Tx, persons []int64) error {
	if b.Changed == nil || len(persons) == 0 {
		return nil
	}
	return b.Changed(tx, persons)
}

// crewsOn reads the teams of a day with their members; who leaves at its end gets nothing more where others stay.
func crewsOn(tx *db.Tx, day clock.Day) ([]crew, error) {
	list, err := teams(tx, day, "")
	if err != nil {
		return nil, err
	}
	all, err := members(tx, "id > 0")
	if err != nil {
		return nil, err
	}
	by, leaving := map[int64][]int64{}, map[int64][]int64{}
	for _, m := range all {
		switch {
		case m.works(day) && m.Until == day:
			leaving[m.Team] = append(leaving[m.Team], m.ID)
		case m.works(day):
			by[m.Team] = append(by[m.Team], m.ID)
		}
	}
	for team, last := range leaving {
		if len(by[team]) == 0 {
			by[team] = last
		}
	}
	var out []crew
	for _, t := range list {
		if t.Open(day) {
			out = append(out, crew{t, by[t.ID]})
		}
	}
	return out, nil
}

// Reassign gives persons, with those of their households who are somebody's work, to a team and a member (0: the team as a whole) by hand,
// with the reason: a household is one team's work. The viewer needs canvass.assign where they live and on the team's unit.
func (b *Book) Reassign(ctx context.Context, who access.Viewer, persons []int64, team, member int64, why string) error {
	why = strings.TrimSpace(vn.NFC(why))
	if why == "" || len(why) > 500 {
		return fault.New(fault.Invalid, "canvass.assign_why", "Hãy ghi lý do chuyển (tối đa 500 ký tự).").On("why")
	}
	if len(persons) == 0 || len(persons) > 500 {
		return fault.New(fault.Invalid, "canvass.assign_who", "Hãy chọn từ 1 đến 500 người để chuyển.").On("person")
	}
	act := who.Act("canvass.assign", 0, "team:"+id.String(team), "")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		t, err := teamAt(tx, team)
		if err != nil {
			return err
		}
		act.Unit = t.Unit
		if err := who.May("canvass.assign", t.Unit); err != nil {
			return err
		}
		if !t.Open(tx.Today()) {
			return fault.New(fault.Invalid, "canvass.assign_closed", "Tổ này đã giải thể. Hãy chọn tổ khác.").On("team")
		}
		if member != 0 {
			in, err := members(tx, "id=$1 AND team_id=$2", member, team)
			if err != nil {
				return err
			}
			if len(in) == 0 || !in[0].works(tx.Today()) {
				return fault.New(fault.Invalid, "canvass.assign_member", "Người này hiện không thuộc tổ đã chọn. Hãy chọn lại thành viên.").On("member")
			}
		}
		together, err := people.Homes(tx, persons)
		if err != nil {
			return err
		}
		have, err := AssignedTo(tx, together)
		if err != nil {
			return err
		}
		together = slices.DeleteFunc(together, func(p int64) bool { return have[p].Team == 0 && !slices.Contains(persons, p) })
		act.Note = fmt.Sprintf("chuyển %d người", len(together))
		var put []any
		for _, p := range together {
			unit, err := people.UnitOf(tx, p)
			if err != nil {
				return err
			}
			if err := who.May("canvass.assign", unit); err != nil {
				return err
			}
			if !who.Tree().Within(unit, t.Unit) {
				return fault.New(fault.Invalid, "canvass.assign_place", "Tổ này không làm ở nơi người được chuyển sinh sống. Hãy chọn tổ của ấp hoặc của xã ấy.").On("to")
			}
			was := have[p]
			put = append(put, p, team, member, unit, Hand, tx.Now())
			if _, err := tx.Exec("INSERT INTO assignment_note(id, person_id, from_team, from_member, to_team, to_member, why, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
				id.New(), p, was.Team, was.Member, team, member, why, who.Account, who.Name, tx.Now()); err != nil {
				return err
			}
		}
		if err := putAssignments(tx, put); err != nil {
			return err
		}
		return b.told(tx, together)
	})
}

// HandOver gives everything of a member to another of the same team, or with 0 deals it among those who stay; it is what is done before a
// member leaves, so that nobody stays with somebody who left. It gives how many changed hands. The viewer needs canvass.assign on the
// team's unit.
func (b *Book) HandOver(ctx context.Context, who access.Viewer, member, to int64, why string) (int, error) {
	n := 0
	act := who.Act("canvass.assign", 0, "member:"+id.String(member), "bàn giao")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		list, err := members(tx, "id=$1", member)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.New(fault.Missing, "canvass.member_unknown", "Không tìm thấy thành viên này. Hãy mở lại danh sách tổ.")
		}
		t, err := teamAt(tx, list[0].Team)
		if err != nil {
			return err
		}
		act.Unit = t.Unit
		if err := who.May("canvass.assign", t.Unit); err != nil {
			return err
		}
		n, err = b.handOver(tx, who, t, member, to, why)
		return err
	})
	return n, err
}

func (b *Book) handOver(tx *db.Tx, who access.Viewer, t *Team, member, to int64, why string) (int, error) {
	have, err := assignments(tx, " WHERE team_id=$1 AND member_id=$2", []any{t.ID, member}, nil)
	if err != nil || len(have) == 0 {
		return 0, err
	}
	rest, err := members(tx, "team_id=$1", t.ID)
	if err != nil {
		return 0, err
	}
	rest = slices.DeleteFunc(rest, func(m Member) bool { return m.ID == member || !m.works(tx.Today().Add(1)) })
	if to != 0 && !slices.ContainsFunc(rest, func(m Member) bool { return m.ID == to }) {
		return 0, fault.New(fault.Invalid, "canvass.assign_member", "Người này hiện không thuộc tổ đã chọn. Hãy chọn lại thành viên.").On("to")
	}
	persons := slices.Sorted(maps.Keys(have))
	found, err := people.Load(tx, persons)
	if err != nil {
		return 0, err
	}
	var listed []Listed
	for _, p := range persons {
		listed = append(listed, Listed{Person: p, Unit: have[p].Unit, House: found[p].House})
	}
	c := crew{Team: *t}
	c.Kind = KindHamlet // the rule is the same within any team
	for _, m := range rest {
		if to == 0 || m.ID == to {
			c.members = append(c.members, m.ID)
		}
	}
	dealt := Deal(listed, nil, []crew{c}, func(u int64) int64 {
		if u == t.Unit {
			return 0
		}
		return t.Unit
	})
	var put []any
	for _, a := range dealt {
		put = append(put, a.Person, a.Team, a.Member, a.Unit, have[a.Person].How, tx.Now())
		if _, err := tx.Exec("INSERT INTO assignment_note(id, person_id, from_team, from_member, to_team, to_member, why, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
			id.New(), a.Person, t.ID, member, a.Team, a.Member, why, who.Account, who.Name, tx.Now()); err != nil {
			return 0, err
		}
	}
	if err := putAssignments(tx, put); err != nil {
		return 0, err
	}
	return len(dealt), b.told(tx, persons)
}

// work lists who under these units still needs something; nobody while nothing tells.
func (b *Book) work(tx *db.Tx, units []int64) ([]Listed, error) {
	if b.Work == nil {
		return nil, nil
	}
	return b.Work(tx, units)
}

// needy tells who under these units still needs something, and where they live.
func (b *Book) needy(tx *db.Tx, units []int64) (map[int64]int64, error) {
	if b.Needy != nil {
		return b.Needy(tx, units)
	}
	listed, err := b.work(tx, units)
	out := make(map[int64]int64, len(listed))
	for _, l := range listed {
		out[l.Person] = l.Unit
	}
	return out, err
}
