package intake

import (
	"hash/maphash"

	"bonphu/internal/vn"
)

// Repeats finds rows of a file that speak of the same person (or unit) as an earlier row of it. It keeps 16 bytes a row.
type Repeats struct {
	seed maphash.Seed
	seen map[uint64]uint64
}

// NewRepeats starts with nothing seen.
func NewRepeats() *Repeats {
	return &Repeats{seed: maphash.MakeSeed(), seen: map[uint64]uint64{}}
}

// Check tells whether the row repeats an earlier one: Same when both say the same, Held when they contradict each
// other, "" for the first. Rows that are to be held anyway are not to be given to it.
func (s *Repeats) Check(r *Row) (Verdict, string) {
	key := r.Key()
	if key == "" {
		return "", ""
	}
	k := s.number(key)
	h := s.hash(r)
	before, ok := s.seen[k]
	if !ok {
		s.seen[k] = h
		return "", ""
	}
	if before == h {
		return Same, "Lặp lại một dòng trước của tệp, nội dung như nhau."
	}
	if r.Kind == KindTeams {
		return "", ""
	}
	return Held, "Cùng người với một dòng trước của tệp nhưng nội dung khác nhau; chọn dòng đúng."
}

// number turns a key into 64 bits: a citizen number is itself, others are hashed above it.
func (s *Repeats) number(key string) uint64 {
	if len(key) == 12 && allDigits(key) {
		var n uint64
		for i := 0; i < 12; i++ {
			n = n*10 + uint64(key[i]-'0')
		}
		return n
	}
	return maphash.String(s.seed, key) | 1<<63
}

// hash takes in what identifies and describes: not the line, note or ordinal.
func (s *Repeats) hash(r *Row) uint64 {
	var h maphash.Hash
	h.SetSeed(s.seed)
	w := func(t string) {
		h.WriteString(t)
		h.WriteByte(0)
	}
	w(r.Name)
	w(r.Gender)
	h.WriteByte(byte(r.Birth.Y))
	h.WriteByte(byte(r.Birth.Y >> 8))
	h.WriteByte(byte(r.Birth.M))
	h.WriteByte(byte(r.Birth.D))
	w(r.OldID)
	w(r.CommuneText)
	w(r.HamletText)
	for _, v := range r.Status {
		w(v)
	}
	if Persons(r.Kind) {
		switch r.Kind {
		case KindOperator:
			w(r.Phone)
		case KindOfficials: // one person in two agencies is for somebody to decide
			w(vn.Fold(r.Agency))
			w(vn.Fold(r.Position))
		}
		return h.Sum64()
	}
	w(r.Phone)
	w(r.Unit.Code)
	w(r.Unit.Name)
	w(r.Unit.Parent)
	w(string(r.Unit.From))
	w(string(r.Unit.Until))
	w(r.Position)
	for _, t := range r.Targets {
		h.WriteByte(byte(t.Column))
		for n := t.N; n > 0; n >>= 8 {
			h.WriteByte(byte(n))
		}
		h.WriteByte(0)
	}
	return h.Sum64()
}
