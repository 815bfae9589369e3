package dossier

import (
	"sort"
	"time"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Kept is a dossier with all its steps so far, as a register on paper has it. The first step is Collected. Told says that the ledger has
// what its steps claim already.
type Kept struct {
	Person int64
	Kind   Kind
	Team   int64
	Steps  []Move
	Told   bool
}

// Keep writes many dossiers with their past at once, inside a transaction; what a commune transmitted on a day is one batch. Each step must
// be allowed after the one before. receipt gives the number of a batch's receipt, "" for none yet. The viewer needs dossier.write where each person lives.
func (b *Book) Keep(tx *db.Tx, who access.Viewer, list []Kept, receipt func(unit int64, day clock.Day) string) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].Person
	}
	known, err := people.Load(tx, ids)
	if err != nil {
		return err
	}
	type batch struct {
		unit int64
		day  clock.Day
	}
	sent := map[batch]*Transmission{}
	var all, untold []*change
	for _, k := range list {
		p, ok := known[k.Person]
		if !ok || p.State != people.Live || len(k.Steps) == 0 || k.Steps[0].To != Collected || next[k.Kind] == nil {
			return fault.New(fault.Invalid, "dossier.keep", "Hồ sơ trong sổ phải bắt đầu bằng thu nhận và của người có trong sổ dân cư.")
		}
		if err := who.May("dossier.write", p.Unit); err != nil {
			return err
		}
		d := &Dossier{ID: id.New(), Person: k.Person, Kind: k.Kind, Unit: p.Unit, Team: k.Team, Code: newCode(), Day: k.Steps[0].Day, WhoName: who.Name, At: evening(tx, k.Steps[0].Day)}
		c := &change{d: d, fresh: true}
		last := clock.Day("")
		for i, m := range k.Steps {
			if i > 0 {
				if err := mayMove(k.Kind, k.Steps[i-1].To, m.To); err != nil {
					return err
				}
			}
			day, err := b.dayOf(tx, m.Day, last)
			if err != nil {
				return err
			}
			last = day
			s := Step{State: m.To, Day: day, Reason: m.Reason, Note: m.Note, Who: who.Account, WhoName: who.Name, At: evening(tx, day)}
			if m.To == Transmitted {
				unit := p.Unit
				if u := who.Tree().Commune(unit); u != nil {
					unit = u.ID
				}
				t := sent[batch{unit, day}]
				if t == nil {
					t = &Transmission{ID: id.New(), Unit: unit, Day: day, At: s.At}
					sent[batch{unit, day}] = t
				}
				t.N++
				s.Batch = t.ID
			}
			c.added = append(c.added, s)
		}
		all = append(all, c)
		if !k.Told {
			untold = append(untold, c)
		}
	}
	if err := claim(tx, b.Plan(), who, untold); err != nil {
		return err
	}
	if err := write(tx, all); err != nil {
		return err
	}
	batches := make([]*Transmission, 0, len(sent))
	for _, t := range sent {
		batches = append(batches, t)
	}
	sort.Slice(batches, func(i, j int) bool { return batches[i].ID < batches[j].ID })
	for _, t := range batches {
		t.Receipt = receipt(t.Unit, t.Day)
		if err := insertTransmission(tx, who, t); err != nil {
			return err
		}
	}
	return nil
}

// evening is when something of a day was written down: at its end, or now.
func evening(tx *db.Tx, day clock.Day) string {
	return min(clock.Stamp(day.Time().Add(17*time.Hour)), tx.Now())
}
