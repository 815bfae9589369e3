package emulation

import (
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/ops/allotment"
	"bonphu/ops/officials"
)

// creditTarget is the key of the officials' personal quotas among an agency's targets.
const creditTarget = "credits"

// agencies gives how far each agency's officials are: those who meet what the plan's target names (KH:IV.1.c), and the citizens they guided
// against their quotas (KH:IV.1.d), both as extracts confirm them. An agency without officials is not judged.
func (b *Book) agencies(tx *db.Tx, tree *territory.Tree, day clock.Day) ([]Evidence, error) {
	home, p := b.place(tree), b.Plan()
	target := officials.Target(p)
	if home == nil || target == nil {
		return nil, nil
	}
	board, err := (&officials.Book{DB: b.DB, Plan: b.Plan}).BoardOn(tx, tree, home.ID, day)
	if err != nil {
		return nil, err
	}
	var out []Evidence
	for i := range board.Agencies {
		g := &board.Agencies[i]
		u := tree.ByID(g.Unit)
		if g.Sum.Officials == 0 || u == nil {
			continue
		}
		e := Evidence{Unit: g.Unit, Key: id.String(g.ID), Code: u.Code, Name: g.Name, People: int64(g.Sum.Officials)}
		e.Targets = append(e.Targets, Done{ID: target.ID, Short: target.Short, Clause: target.Clause, Goal: allotment.WholeOf(int64(g.Sum.Officials), target.Percent), Confirmed: int64(g.Sum.Target)})
		if board.N > 0 {
			e.Targets = append(e.Targets, Done{ID: creditTarget, Short: "Hướng dẫn người dân", Clause: p.PersonalQuota.Clause, Goal: int64(g.Sum.Credits.N), Confirmed: int64(g.Sum.Credits.Counted)})
		}
		out = append(out, e)
	}
	return out, nil
}
