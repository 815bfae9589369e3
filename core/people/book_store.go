package people

import (
	"slices"

	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Said is one row of a list as the register takes it: a person, and where the row stands in its batch.
type Said struct {
	Person         // ID 0; Source, AsOf, Batch and BatchRow say who said it
	Force   int64  // settled by a person: it is this one
	Fresh   bool   // settled by a person: it is somebody new
	Skip    bool   // not to be looked at (held already)
	Who     int64  // account that brought it
	NoPlace *Match // the list does not say where they live: the doubt when the register does not know them either
}

// Booked is what became of one row in the register.
type Booked struct {
	Person  int64
	New     bool
	Changed bool
	Doubt   *Match // held; Person is 0
}

// Booker books rows of one batch on persons, chunk by chunk.
type Booker struct {
	tx      *db.Tx
	dry     bool
	commune func(unit int64) int64
	may     func(unit int64) bool
}

// NewBooker begins a batch; commune gives the commune a unit lies in, by which rows without a number are compared; may tells where
// the bringer may change people (law R1).
func NewBooker(tx *db.Tx, dry bool, commune func(unit int64) int64, may func(unit int64) bool) *Booker {
	return &Booker{tx: tx, dry: dry, commune: commune, may: may}
}

// Book matches a chunk of rows with the register and, unless it is a dry run, writes what they say (laws P1, P2, F1). It gives
// one Booked a row.
func (b *Booker) Book(rows []Said) ([]Booked, error) {
	out := make([]Booked, len(rows))
	keys := b.tx.Keys()
	var numbers []int64
	var folds []string
	ix := make([]int64, len(rows))
	fold := make([]string, len(rows))
	var forced []int64
	for i := range rows {
		r := &rows[i]
		if r.Skip {
			continue
		}
		fold[i] = vn.Fold(r.Name)
		if r.Number != "" {
			ix[i] = keys.Index(string(r.Number))
			numbers = append(numbers, ix[i])
		}
		folds = append(folds, fold[i])
		if r.Force != 0 {
			forced = append(forced, r.Force)
		}
	}
	known, err := byNumbers(b.tx, numbers)
	if err != nil {
		return nil, err
	}
	// Among the numbered, only those whose number is not known may be somebody who has none yet; the others need no look by name.
	slices.Sort(folds)
	folds = slices.Compact(folds)
	named := map[string][]*stored{}
	for _, numbered := range []bool{true, false} {
		need := b.unresolved(rows, ix, fold, known, folds, numbered)
		if err := byNames(b.tx, need, numbered, named); err != nil {
			return nil, err
		}
	}
	at, err := load(b.tx, forced)
	if err != nil {
		return nil, err
	}
	var fresh []*Person
	for i := range rows {
		r := &rows[i]
		if r.Skip {
			continue
		}
		s, m := b.decide(r, known[ix[i]], named[fold[i]], at)
		if m != nil {
			out[i].Doubt = m
			continue
		}
		if m := b.barred(s, r); m != nil {
			out[i].Doubt = m
			continue
		}
		if s == nil {
			p := r.Person
			p.ID = id.New()
			if p.State == "" {
				p.State = Live
			}
			out[i] = Booked{Person: p.ID, New: true}
			if ix[i] != 0 {
				known[ix[i]] = &stored{Person: p}
			}
			fresh = append(fresh, &p)
			continue
		}
		changed, err := b.say(s, r)
		if err != nil {
			return nil, err
		}
		out[i] = Booked{Person: s.ID, Changed: changed}
	}
	if b.dry || len(fresh) == 0 {
		return out, nil
	}
	return out, insert(b.tx, fresh)
}

// barred gives why a row cannot be booked although it is clear whom it is of: the list names no place for somebody new, or the
// person lives where the bringer has no right.
func (b *Booker) barred(s *stored, r *Said) *Match {
	switch {
	case s == nil && r.NoPlace != nil:
		return r.NoPlace
	case s != nil && s.Unit != 0 && !b.may(s.Unit):
		return &Match{Doubt: true, Code: "unit.elsewhere", Others: []int64{s.ID},
			Text: "Người này đang có trong sổ ở địa bàn ngoài quyền của bạn. Hãy chuyển cho Công an huyện nếu người này đã chuyển đến."}
	}
	return nil
}

// unresolved gives the folded names that matching must look up: of numbered rows whose number is not known, or of rows without a
// number. A name needed by both is looked up once, among all.
func (b *Booker) unresolved(rows []Said, ix []int64, fold []string, known map[int64]*stored, all []string, numbered bool) []string {
	need := make(map[string]bool, len(all))
	for i := range rows {
		if !rows[i].Skip && (ix[i] == 0 || known[ix[i]] == nil) {
			need[fold[i]] = need[fold[i]] || ix[i] == 0
		}
	}
	var out []string
	for _, s := range all {
		if among, ok := need[s]; ok && s != "" && among != numbered {
			out = append(out, s)
		}
	}
	return out
}

// decide gives the person a row is of, nil for somebody new, or the doubt.
func (b *Booker) decide(r *Said, byNumber *stored, byName []*stored, forced map[int64]*stored) (*stored, *Match) {
	if r.Force != 0 {
		return forced[r.Force], nil
	}
	if r.Fresh {
		return nil, nil
	}
	var candidates []*Person
	for _, c := range byName {
		candidates = append(candidates, &c.Person)
	}
	var numbered *Person
	if byNumber != nil {
		numbered = &byNumber.Person
	}
	home := b.commune(r.Unit)
	m := MatchRow(&r.Person, numbered, candidates, func(c *Person) bool { return b.commune(c.Unit) == home })
	if m.Doubt {
		return nil, &m
	}
	if m.Person == nil {
		return nil, nil
	}
	if byNumber != nil && m.Person == &byNumber.Person {
		return byNumber, nil
	}
	for _, c := range byName {
		if m.Person == &c.Person {
			return c, nil
		}
	}
	return nil, nil
}

// say books what a row says of a known person, attribute by attribute (law P2), and tells whether anything changed.
func (b *Booker) say(s *stored, r *Said) (bool, error) {
	prov := parseProvenance(s.prov)
	base := origin{s.AsOf, s.Source, s.Batch}
	said := origin{r.AsOf, r.Source, r.Batch}
	oldFold := vn.Fold(s.Name)
	changed, touched := false, false
	for _, attr := range Attrs() {
		v := r.get(attr)
		if v == "" || v == "0" && attr == AttrUnit {
			continue
		}
		have := s.get(attr)
		was, logged := prov[attr]
		if !logged {
			was = base
		}
		if have == v || sameText(attr, have, v) || b.coarser(attr, s, r) {
			if said.newer(was) {
				prov[attr], touched = said, true
			}
			continue
		}
		if !b.dry {
			if have != "" && have != "0" {
				if err := b.logFirst(s.ID, attr, have, was); err != nil {
					return false, err
				}
			}
			if err := logEntry(b.tx, s.ID, Entry{Attr: attr, Value: v, Source: r.Source, AsOf: r.AsOf, Batch: r.Batch}, r.BatchRow, r.Who); err != nil {
				return false, err
			}
		}
		if have == "" || said.newer(was) || (!was.newer(said) && v > have) {
			s.set(attr, v)
			prov[attr] = said
			changed, touched = true, true
		}
	}
	if b.dry || !touched {
		return changed, nil
	}
	s.prov = prov.String()
	return changed, update(b.tx, s, oldFold)
}

// logFirst writes the value a person came with, once, before another is said of the same attribute.
func (b *Booker) logFirst(person int64, attr, have string, was origin) error {
	old, err := entries(b.tx, person, attr)
	if err != nil || len(old) > 0 {
		return err
	}
	return logEntry(b.tx, person, Entry{Attr: attr, Value: have, Source: was.source, AsOf: was.asOf, Batch: was.batch}, 0, 0)
}

// coarser tells whether the row knows less than the register and does not contradict it: a commune where the hamlet is
// known, a birth year where the day is known.
func (b *Booker) coarser(attr string, s *stored, r *Said) bool {
	switch attr {
	case AttrUnit:
		return r.Unit == b.commune(s.Unit)
	case AttrBirth:
		return len(r.Birth) < len(s.Birth) && birthAgrees(s.Birth, r.Birth)
	}
	return false
}

// sameText: names and addresses that differ in letter case or spelling of marks alone are the same.
func sameText(attr, a, b string) bool {
	switch attr {
	case AttrAddress, AttrEthnic, AttrHouse, AttrRelation, AttrNote:
		return vn.Fold(a) == vn.Fold(b)
	case AttrName:
		return vn.NFC(a) == vn.NFC(b) || vn.Fold(a) == vn.Fold(b) && vn.Fold(b) == b
	}
	return false
}
