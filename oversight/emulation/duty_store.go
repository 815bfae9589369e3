package emulation

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Duties lists the units of a tier that answer for missed targets as of a day, with what was said about them (KH:V.4). The asker
// sees those units on which emulation.see is granted.
func (b *Book) Duties(ctx context.Context, who access.Viewer, tier Tier, day clock.Day) ([]Duty, *Ranks, error) {
	r, err := b.Ranks(ctx, who, tier, day)
	if err != nil {
		return nil, nil, err
	}
	out := Answerable(r.List, r.Day >= b.Plan().Until)
	units := make([]int64, len(out))
	for i := range out {
		units[i] = out[i].Verdict.Evidence.Unit
	}
	err = b.DB.Read(ctx, func(tx *db.Tx) error {
		own, handled := map[int64][]Note{}, map[int64][]Note{}
		err := tx.EachIn("SELECT unit_id, kind, value, text, who_name, day FROM emulation_note WHERE day <= $1 AND unit_id IN (%s) ORDER BY id", []any{string(r.Day)}, units, func(scan func(...any) error) error {
			var u int64
			var kind, value, on string
			var n Note
			if err := scan(&u, &kind, &value, &n.Text, &n.WhoName, &on); err != nil {
				return err
			}
			n.Value, n.Day = Handling(value), clock.Day(on)
			if kind == "cause" {
				own[u] = append(own[u], n)
			} else {
				handled[u] = append(handled[u], n)
			}
			return nil
		})
		for i := range out {
			out[i].Own, out[i].Handled = own[units[i]], handled[units[i]]
		}
		return err
	})
	return out, r, err
}

// Explain keeps what a unit itself gives as causes; earlier words stay. It needs emulation.contest or report.write there, the
// rights of those who speak for the unit.
func (b *Book) Explain(ctx context.Context, who access.Viewer, unit int64, text string) error {
	verb := access.Verb("emulation.contest")
	if err := who.May(verb, unit); err != nil {
		if verb = "report.write"; who.May(verb, unit) != nil {
			return err
		}
	}
	return b.note(ctx, who, verb, unit, "cause", NotSaid, text, "nguyên nhân")
}

// Handle keeps a proposal of handling with its reason; earlier ones stay. It needs emulation.propose there.
func (b *Book) Handle(ctx context.Context, who access.Viewer, unit int64, h Handling, why string) error {
	if err := who.May("emulation.propose", unit); err != nil {
		return err
	}
	if !slices.Contains(Handlings(), h) {
		return fault.New(fault.Invalid, "emulation.handling", "Hãy chọn hình thức đề xuất xử lý.").On("handling")
	}
	return b.note(ctx, who, "emulation.propose", unit, "handling", h, why, "lý do đề xuất")
}

func (b *Book) note(ctx context.Context, who access.Viewer, verb access.Verb, unit int64, kind string, h Handling, text, what string) error {
	text, err := needText(text, "text", what)
	if err != nil {
		return err
	}
	act := who.Act(verb, unit, "emulation-note", kind)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		if tree.ByID(unit) == nil {
			return fault.New(fault.Missing, "emulation.unit", "Không có đơn vị này.").On("unit")
		}
		_, err = tx.Exec("INSERT INTO emulation_note(id, unit_id, kind, value, text, who, who_name, day, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
			id.New(), unit, kind, string(h), text, who.Account, who.Name, string(tx.Today()), tx.Now())
		return err
	})
}
