package people

import (
	"bonphu/internal/db"
	"bonphu/internal/vn"
)

// Withdraw takes back what a batch said (law F3): the values it gave are voided and the attribute falls back on what else was
// said; persons that nobody but this batch knows are withdrawn. inUse tells which of them others have recorded on since.
func Withdraw(tx *db.Tx, batch int64, inUse func([]int64) (map[int64]bool, error)) (int64, error) {
	n, err := withdrawValues(tx, batch)
	if err != nil {
		return n, err
	}
	if _, err := tx.Exec("UPDATE person_fact SET state='void' WHERE batch_id=$1 AND state IN ('asked','approved')", batch); err != nil {
		return n, err
	}
	var ids []int64
	if err := tx.Each("SELECT person_id FROM person_fact WHERE batch_id=$1", []any{batch}, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		tx.Touch(p)
		return err
	}); err != nil {
		return n, err
	}
	if err := tx.Each("SELECT id FROM person WHERE batch_id=$1 AND state='live'", []any{batch}, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		ids = append(ids, p)
		return err
	}); err != nil {
		return n, err
	}
	used, err := inUse(ids)
	if err != nil {
		return n, err
	}
	for len(ids) > 0 {
		part := ids[:min(len(ids), 5000)]
		ids = ids[len(part):]
		list, err := load(tx, part)
		if err != nil {
			return n, err
		}
		for _, p := range part {
			s := list[p]
			if used[p] || othersSay(s, batch) {
				continue
			}
			if err := setState(tx, s, Withdrawn, 0); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

// othersSay tells whether another batch, or somebody by hand, said something of the person too.
func othersSay(s *stored, batch int64) bool {
	for _, o := range parseProvenance(s.prov) {
		if o.batch != batch {
			return true
		}
	}
	return false
}

func withdrawValues(tx *db.Tx, batch int64) (int64, error) {
	said := map[int64]map[string]bool{}
	if err := tx.Each("SELECT person_id, attr FROM person_attr WHERE batch_id=$1 AND voided=FALSE", []any{batch}, func(scan func(...any) error) error {
		var p int64
		var attr string
		err := scan(&p, &attr)
		if said[p] == nil {
			said[p] = map[string]bool{}
		}
		said[p][attr] = true
		return err
	}); err != nil {
		return 0, err
	}
	if _, err := tx.Exec("UPDATE person_attr SET voided=TRUE WHERE batch_id=$1", batch); err != nil {
		return 0, err
	}
	for p, attrs := range said {
		s, err := one(tx, p)
		if err != nil {
			return 0, err
		}
		prov := parseProvenance(s.prov)
		oldFold := vn.Fold(s.Name)
		for attr := range attrs {
			all, err := entries(tx, p, attr)
			if err != nil {
				return 0, err
			}
			best, ok := FoldAttr(all)
			if !ok && prov[attr].batch != batch && s.Batch != batch {
				continue
			}
			if !ok && s.Batch == batch {
				continue // the record itself is this batch's
			}
			s.set(attr, best.Value)
			delete(prov, attr)
			if ok {
				prov[attr] = origin{best.AsOf, best.Source, best.Batch}
			}
		}
		s.prov = prov.String()
		if err := update(tx, s, oldFold); err != nil {
			return 0, err
		}
	}
	return int64(len(said)), nil
}
