package worklist

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Doubts tells what does not fit what a visit says was reached, before its claims are counted (canvass.Doubts). It refuses nothing.
func (b *Book) Doubts(tx *db.Tx, person int64, claims []canvass.Claimed) ([]string, error) {
	if len(claims) == 0 {
		return nil, nil
	}
	stands, err := b.Figures.Book.Stands(tx, []int64{person})
	if err != nil {
		return nil, err
	}
	found, err := people.Slim(tx, []int64{person})
	if err != nil {
		return nil, err
	}
	st, counted := stands[person]
	who, live := found[person]
	if !counted || !live {
		return nil, nil
	}
	p := b.Plan()
	st.Claimed = slices.Clone(st.Claimed)
	for _, c := range claims {
		for i := range p.Coverages {
			if cov := &p.Coverages[i]; cov.ID == c.Coverage {
				st.Claimed[i] = max(st.Claimed[i], cov.Rank(c.State))
			}
		}
	}
	return canvass.Doubts(p, needsOf(p, &who, &st, min(tx.Today(), p.Until)), claims), nil
}

// Place is the work of one unit: who still needs something, by where they stand at the door now.
type Place struct {
	Unit    int64
	Needing int64 // still need something, by what is claimed
	Open    int64 // of them, a visit now is sensible
	ByClass [canvass.ClassStuck + 1]int64
}

func (p *Place) count(class int, open bool) {
	p.Needing++
	p.ByClass[class]++
	if open {
		p.Open++
	}
}

// Overview tells the work of the units directly under one. The viewer needs field.see on it.
func (b *Book) Overview(ctx context.Context, who access.Viewer, unit int64) ([]Place, error) {
	if err := who.May("field.see", unit); err != nil {
		return nil, err
	}
	var parts []int64
	for _, k := range who.Tree().Children(unit, clock.DayOf(b.DB.Clock())) {
		parts = append(parts, k.ID)
	}
	return b.places(ctx, who, unit, parts)
}

// Standing tells the work of one unit with everything under it. The viewer needs field.see on it.
func (b *Book) Standing(ctx context.Context, who access.Viewer, unit int64) (Place, error) {
	list, err := b.places(ctx, who, unit, []int64{unit})
	if err != nil {
		return Place{}, err
	}
	return list[0], nil
}

func (b *Book) places(ctx context.Context, who access.Viewer, unit int64, parts []int64) ([]Place, error) {
	if err := who.May("field.see", unit); err != nil {
		return nil, err
	}
	var out []Place
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree := who.Tree()
		stands, err := b.Figures.Book.InNeed(tx, tree.Descendants(unit))
		if err != nil {
			return err
		}
		contacts, err := canvass.AllContacts(tx)
		if err != nil {
			return err
		}
		needing, err := b.needing(tx, stands)
		if err != nil {
			return err
		}
		p := b.Plan()
		day := tx.Today()
		part := canvass.PartAt(clock.ParseStamp(tx.Now()).In(clock.Zone).Format("15:04"), p.Canvass.EveningFrom())
		under := map[int64]int{}
		out = nil
		for _, k := range parts {
			for _, u := range tree.Descendants(k) {
				under[u] = len(out)
			}
			out = append(out, Place{Unit: k})
		}
		for n, st := range stands {
			if i, ok := under[st.Unit]; ok && needing[n] {
				class, _, open := canvass.Order(contacts[n], day, part)
				out[i].count(class, open)
			}
		}
		return nil
	})
	return out, err
}

// needing tells who still needs something when claims are believed.
func (b *Book) needing(tx *db.Tx, stands map[int64]tally.Stand) (map[int64]bool, error) {
	out := make(map[int64]bool, len(stands))
	var ahead []int64 // those whose teams claim more than is confirmed
	for n, st := range stands {
		if slices.Equal(st.Confirmed, st.Claimed) {
			out[n] = true
		} else {
			ahead = append(ahead, n)
		}
	}
	found, err := people.Slim(tx, ahead)
	if err != nil {
		return nil, err
	}
	p := b.Plan()
	day := min(tx.Today(), p.Until)
	for n, who := range found {
		st := stands[n]
		out[n] = len(needsOf(p, &who, &st, day)) > 0
	}
	return out, nil
}
