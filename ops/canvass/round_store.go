package canvass

import (
	"cmp"
	"context"
	"fmt"
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

// Round is one going through a hamlet (KH:III.1.c): opened, worked, closed with who is left. N counts the rounds of a hamlet from 1; a
// hamlet never opened has N 0.
type Round struct {
	Unit     int64
	N        int64
	Opened   clock.Day
	OpenedBy string
	Closed   clock.Day // "" while it is worked
	ClosedBy string
	Note     string
	Visits   int64 // while it was open
	Left     int64 // who still needed something when it was closed; now, while it is open or was never opened
	Now      int64 // who still needs something now
}

// Left is somebody who still needs something when a round is closed, with why: the last contact's result and reason. Name, birth year and
// household are today's.
type Left struct {
	Person   int64
	Name     string
	Birth    string
	House    string
	Segments []string
	Result   Result
	Reason   string
}

func rounds(tx *db.Tx, where string, args []any) ([]Round, error) {
	var out []Round
	err := tx.Each(`SELECT r.unit_id, r.n, r.opened_day, r.opened_by, r.closed_day, r.closed_by, r.note, r.visits,
		(SELECT CAST(count(*) AS BIGINT) FROM round_residue x WHERE x.unit_id = r.unit_id AND x.n = r.n) FROM round r `+where, args, func(scan func(...any) error) error {
		var r Round
		var opened, closed string
		err := scan(&r.Unit, &r.N, &opened, &r.OpenedBy, &closed, &r.ClosedBy, &r.Note, &r.Visits, &r.Left)
		r.Opened, r.Closed = clock.Day(opened), clock.Day(closed)
		out = append(out, r)
		return err
	})
	return out, err
}

// RoundOf gives the newest round of a hamlet; the zero Round (N 0) when it was never opened.
func RoundOf(tx *db.Tx, unit int64) (Round, error) {
	list, err := rounds(tx, "WHERE r.unit_id=$1 ORDER BY r.n DESC LIMIT 1", []any{unit})
	if err != nil || len(list) == 0 {
		return Round{Unit: unit}, err
	}
	return list[0], nil
}

// Rounds tells for every hamlet under a unit how far its round is: the newest round, with who is left now for those not closed. The viewer
// needs field.see on the unit.
func (b *Book) Rounds(ctx context.Context, who access.Viewer, unit int64) ([]Round, error) {
	if err := who.May("field.see", unit); err != nil {
		return nil, err
	}
	var out []Round
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		all, err := rounds(tx, "ORDER BY r.unit_id, r.n", nil)
		if err != nil {
			return err
		}
		newest := map[int64]Round{}
		for _, r := range all {
			newest[r.Unit] = r
		}
		needy, err := b.needy(tx, tree.Descendants(unit))
		if err != nil {
			return err
		}
		left := map[int64]int64{}
		for _, at := range needy {
			left[at]++
		}
		day := tx.Today()
		for _, u := range tree.Descendants(unit) {
			x := tree.ByID(u)
			if !x.In(day) || x.Tier < territory.TierCommune || len(tree.Children(u, day)) > 0 {
				continue
			}
			r := newest[u]
			r.Unit, r.Now = u, left[u]
			if r.Closed == "" {
				r.Left = left[u]
			}
			if r.N > 0 && r.Closed == "" {
				if r.Visits, err = visitsSince(tx, u, r.Opened); err != nil {
					return err
				}
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

func visitsSince(tx *db.Tx, unit int64, day clock.Day) (n int64, err error) {
	err = tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM visit WHERE unit_id=$1 AND day>=$2 AND void_at=''", unit, string(day)).Scan(&n)
	return n, err
}

// OpenRound opens a hamlet for the teams; one that is open stays so. The viewer needs round.manage there.
func (b *Book) OpenRound(ctx context.Context, who access.Viewer, unit int64) error {
	if err := who.May("round.manage", unit); err != nil {
		return err
	}
	return b.DB.Write(ctx, who.Act("round.manage", unit, "unit:"+id.String(unit), "mở ấp"), func(tx *db.Tx) error {
		r, err := RoundOf(tx, unit)
		if err != nil {
			return err
		}
		if r.N > 0 && r.Closed == "" {
			return fault.New(fault.Conflict, "canvass.round_open", "Ấp này đang được mở từ ngày %s.", r.Opened.Vi())
		}
		_, err = tx.Exec("INSERT INTO round(unit_id, n, opened_day, opened_by, closed_day, closed_by, note, visits) VALUES ($1,$2,$3,$4,'','','',0)", unit, r.N+1, string(tx.Today()), who.Name)
		return err
	})
}

// CloseRound closes a hamlet with who is left, each by name and reason (KH:III.1.c). A round in which nobody was visited while somebody still
// needs something is closed only with a note that says why. It gives who is left. The viewer needs round.manage there.
func (b *Book) CloseRound(ctx context.Context, who access.Viewer, unit int64, note string) (int, error) {
	if err := who.May("round.manage", unit); err != nil {
		return 0, err
	}
	note = strings.TrimSpace(vn.NFC(note))
	if len(note) > maxNote {
		return 0, fault.New(fault.Invalid, "canvass.note", "Ghi chú quá dài (tối đa %d ký tự).", maxNote).On("note")
	}
	n := 0
	act := who.Act("round.manage", unit, "unit:"+id.String(unit), "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		r, err := RoundOf(tx, unit)
		if err != nil {
			return err
		}
		if r.N == 0 || r.Closed != "" {
			return fault.New(fault.Conflict, "canvass.round_closed", "Ấp này chưa được mở. Hãy mở ấp trước khi khép.")
		}
		listed, err := b.work(tx, []int64{unit})
		if err != nil {
			return err
		}
		visits, err := visitsSince(tx, unit, r.Opened)
		if err != nil {
			return err
		}
		if visits == 0 && len(listed) > 0 && note == "" {
			return fault.New(fault.Invalid, "canvass.round_unvisited", "Từ khi mở ấp chưa có lần đến nhà nào mà còn %d người chưa xong. Nếu vẫn khép, hãy ghi rõ vì sao.", len(listed)).On("note")
		}
		persons := make([]int64, len(listed))
		for i, l := range listed {
			persons[i] = l.Person
		}
		contacts, err := ContactsOf(tx, persons)
		if err != nil {
			return err
		}
		var rows []any
		for _, l := range listed {
			c := contacts[l.Person]
			rows = append(rows, unit, r.N, l.Person, strings.Join(l.Needs, ","), string(c.Result), c.Reason)
		}
		if err := tx.Upsert("round_residue", []string{"unit_id", "n", "person_id", "segments", "result", "reason"}, "ON CONFLICT DO NOTHING", rows); err != nil {
			return err
		}
		n = len(listed)
		act.Note = fmt.Sprintf("khép ấp, còn %d người", n)
		_, err = tx.Exec("UPDATE round SET closed_day=$1, closed_by=$2, note=$3, visits=$4 WHERE unit_id=$5 AND n=$6", string(tx.Today()), who.Name, note, visits, unit, r.N)
		return err
	})
	return n, err
}

// Residue reads who was left when a hamlet's newest round was closed, or who is left now while it is open. The viewer needs field.see there.
func (b *Book) Residue(ctx context.Context, who access.Viewer, unit int64) (Round, []Left, error) {
	var r Round
	var out []Left
	if err := who.May("field.see", unit); err != nil {
		return r, nil, err
	}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		var err error
		if r, err = RoundOf(tx, unit); err != nil {
			return err
		}
		if r.Closed != "" {
			if err := tx.Each("SELECT person_id, segments, result, reason FROM round_residue WHERE unit_id=$1 AND n=$2 ORDER BY person_id", []any{unit, r.N}, func(scan func(...any) error) error {
				var l Left
				var segments string
				err := scan(&l.Person, &segments, &l.Result, &l.Reason)
				l.Segments = strings.Split(segments, ",")
				out = append(out, l)
				return err
			}); err != nil {
				return err
			}
			return nameLeft(tx, out)
		}
		listed, err := b.work(tx, []int64{unit})
		if err != nil {
			return err
		}
		persons := make([]int64, len(listed))
		for i, l := range listed {
			persons[i] = l.Person
		}
		contacts, err := ContactsOf(tx, persons)
		if err != nil {
			return err
		}
		for _, l := range listed {
			out = append(out, Left{Person: l.Person, Segments: l.Needs, Result: contacts[l.Person].Result, Reason: contacts[l.Person].Reason})
		}
		r.Left = int64(len(out))
		if r.N > 0 {
			if r.Visits, err = visitsSince(tx, unit, r.Opened); err != nil {
				return err
			}
		}
		return nameLeft(tx, out)
	})
	return r, out, err
}

// nameLeft names who is left and puts households together.
func nameLeft(tx *db.Tx, list []Left) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].Person
	}
	found, err := people.Load(tx, ids)
	for i := range list {
		p := found[list[i].Person]
		list[i].Name, list[i].Birth, list[i].House = p.Name, p.Birth, p.House
	}
	slices.SortFunc(list, func(a, b Left) int {
		return cmp.Or(strings.Compare(a.House, b.House), strings.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name)), cmp.Compare(a.Person, b.Person))
	})
	return err
}
