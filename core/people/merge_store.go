package people

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Merge says that two records were found to be one person; it can be undone (law P4).
type Merge struct {
	ID, Kept, Gone int64
	Why            string
	Who            int64
	At             string
	UndoneAt       string
}

func merges(tx *db.Tx, person int64) ([]Merge, error) {
	var out []Merge
	err := tx.Each("SELECT id, kept_id, gone_id, why, who, at, undone_at FROM person_merge WHERE kept_id=$1 OR gone_id=$1 ORDER BY id", []any{person}, func(scan func(...any) error) error {
		var m Merge
		err := scan(&m.ID, &m.Kept, &m.Gone, &m.Why, &m.Who, &m.At, &m.UndoneAt)
		out = append(out, m)
		return err
	})
	return out, err
}

// Aliases gives, for persons, the records merged into them, whose events and facts count as theirs.
func Aliases(tx *db.Tx, persons []int64) (map[int64][]int64, error) {
	out := map[int64][]int64{}
	err := tx.EachIn("SELECT kept_id, gone_id FROM person_merge WHERE undone_at = '' AND kept_id IN (%s)", nil, persons, func(scan func(...any) error) error {
		var kept, gone int64
		err := scan(&kept, &gone)
		out[kept] = append(out[kept], gone)
		return err
	})
	return out, err
}

// Join merges the record gone into the record kept: what was recorded on either counts for kept from now on. Missing attributes
// of kept are filled from gone; nothing is deleted (law P4).
func (r Register) Join(ctx context.Context, who access.Viewer, kept, gone int64, why string) error {
	if why == "" || len(why) > 1000 {
		return fault.New(fault.Invalid, "people.why", "Hãy ghi vì sao đây là một người (tối đa 1.000 ký tự).").On("reason")
	}
	if kept == gone {
		return fault.New(fault.Invalid, "people.merge_self", "Hai hồ sơ phải khác nhau.")
	}
	act := who.Act("people.settle", 0, "person:"+id.String(kept), "gộp "+id.String(gone))
	return r.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		both, err := load(tx, []int64{kept, gone})
		if err != nil {
			return err
		}
		k, g := both[kept], both[gone]
		if k == nil || g == nil || k.State != Live || g.State != Live {
			return fault.New(fault.Conflict, "people.merge_state", "Một trong hai hồ sơ không còn hiệu lực: có thể đã được gộp trước đó.")
		}
		for _, p := range []*stored{k, g} {
			if err := who.May("people.settle", p.Unit); err != nil {
				return err
			}
		}
		act.Unit = k.Unit
		if aliases, err := Aliases(tx, []int64{gone}); err != nil || len(aliases) > 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "people.merge_chain", "Hồ sơ bị gộp đã chứa hồ sơ khác. Hãy gộp theo chiều ngược lại.")
			}
			return err
		}
		if _, err := tx.Exec("INSERT INTO person_merge(id, kept_id, gone_id, why, who, at, undone_at, undone_by) VALUES ($1,$2,$3,$4,$5,$6,'',0)",
			id.New(), kept, gone, why, who.Account, tx.Now()); err != nil {
			return err
		}
		if err := setState(tx, g, Merged, kept); err != nil {
			return err
		}
		b := NewBooker(tx, false, func(int64) int64 { return -1 }, func(int64) bool { return true })
		fill := Said{Force: kept, Who: who.Account}
		fill.Source, fill.AsOf, fill.Batch = g.Source, g.AsOf, g.Batch
		for _, a := range Attrs() {
			if have := k.get(a); have == "" || have == "0" {
				fill.set(a, g.get(a))
			}
		}
		if _, err := b.say(k, &fill); err != nil {
			return err
		}
		tx.Touch(kept)
		return nil
	})
}

// Part undoes a merge: the record lives again with all that was recorded on it.
func (r Register) Part(ctx context.Context, who access.Viewer, merge int64) error {
	act := who.Act("people.settle", 0, "merge:"+id.String(merge), "tách")
	return r.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		var kept, gone int64
		var undone string
		if err := tx.QueryRow("SELECT kept_id, gone_id, undone_at FROM person_merge WHERE id=$1", merge).Scan(&kept, &gone, &undone); err != nil {
			return missing()
		}
		if undone != "" {
			return fault.New(fault.Conflict, "people.merge_undone", "Lần gộp này đã được tách.")
		}
		both, err := load(tx, []int64{kept, gone})
		if err != nil {
			return err
		}
		for _, p := range both {
			if err := who.May("people.settle", p.Unit); err != nil {
				return err
			}
			act.Unit = p.Unit
		}
		if _, err := tx.Exec("UPDATE person_merge SET undone_at=$1, undone_by=$2 WHERE id=$3", tx.Now(), who.Account, merge); err != nil {
			return err
		}
		// What the merge filled in from gone goes back with it.
		k, g := both[kept], both[gone]
		oldFold := vn.Fold(k.Name)
		prov := parseProvenance(k.prov)
		for _, a := range Attrs() {
			if o, ok := prov[a]; ok && o.batch == g.Batch && o.batch != 0 && o.batch != k.Batch && k.get(a) == g.get(a) && a != AttrUnit && a != AttrName {
				k.set(a, "")
				delete(prov, a)
			}
		}
		k.prov = prov.String()
		if err := update(tx, k, oldFold); err != nil {
			return err
		}
		return setState(tx, g, Live, 0)
	})
}
