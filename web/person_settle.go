package web

import (
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// settling lists the records of the same name and those merged before (law P4).
func (a *Ask) settling(s *Person, card *people.Card) {
	s.MaySettle = a.Who.May("people.settle", card.Unit) == nil
	for i := range card.Alike {
		p := &card.Alike[i]
		if s.MaySettle && a.Who.May("people.settle", p.Unit) == nil {
			s.Alike = append(s.Alike, Choice{id.String(p.ID), p.Name + " · " + people.BirthTitle(p.Birth) + " · " + p.Number.Mask() + " · " + a.Who.Tree().FullName(p.Unit), false})
		}
	}
	for _, m := range card.Merges {
		text := "Đã gộp hồ sơ " + id.String(m.Gone) + " ngày " + clock.DayOf(clock.ParseStamp(m.At)).Vi() + ": " + m.Why
		if m.Gone == card.ID {
			text = "Hồ sơ này đã được gộp vào hồ sơ khác ngày " + clock.DayOf(clock.ParseStamp(m.At)).Vi() + ": " + m.Why
		}
		s.Merges = append(s.Merges, PersonMerge{id.String(m.ID), text, m.UndoneAt != ""})
	}
}

// endFact says from which day a fact no longer holds, or takes one back that was wrong.
func endFact(a *Ask, _ int64) error {
	fact, err := id.Parse(a.Post("fact"))
	if err != nil {
		return fault.New(fault.Invalid, "web.fact", "Hãy chọn tình trạng.").On("fact")
	}
	return a.Register.EndFact(a.Ctx(), a.Who, fact, clock.Day(a.Post("last")), a.Post("do") == "sai")
}

// mergeInto merges a record of the same name into this one; it can be undone.
func mergeInto(a *Ask, person int64) error {
	other, err := id.Parse(a.Post("other"))
	if err != nil {
		return fault.New(fault.Invalid, "web.other", "Hãy chọn hồ sơ trùng.").On("other")
	}
	return a.Register.Join(a.Ctx(), a.Who, person, other, a.Post("reason"))
}

// partAgain undoes a merge.
func partAgain(a *Ask, _ int64) error {
	merge, err := id.Parse(a.Post("merge"))
	if err != nil {
		return fault.New(fault.Invalid, "web.merge", "Hãy chọn lần gộp cần tách.").On("merge")
	}
	return a.Register.Part(a.Ctx(), a.Who, merge)
}
