package worklist

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Book reads the lists.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
	Canvass *canvass.Book
	// Held gives the units whose list some phone holds; nil for none.
	Held func(tx *db.Tx) (map[int64]bool, error)
}

// Subjects reads everybody in the register who lives in these units, by id, those after an id and at most limit; whoever needs nothing is
// among them, for a phone finds them too. The caller has asked for the right.
func (b *Book) Subjects(tx *db.Tx, units []int64, after int64, limit int) ([]Subject, error) {
	ids, err := people.LivingIn(tx, units)
	if err != nil {
		return nil, err
	}
	slices.Sort(ids)
	from, found := slices.BinarySearch(ids, after)
	if found {
		from++
	}
	ids = ids[from:]
	return b.SubjectsByID(tx, ids[:min(limit, len(ids))])
}

// SubjectsByID reads these persons; those who are not in the register any more are left out. The caller has asked for the right.
func (b *Book) SubjectsByID(tx *db.Tx, ids []int64) ([]Subject, error) {
	stands, err := b.Figures.Book.Stands(tx, ids)
	if err != nil {
		return nil, err
	}
	return b.subjects(tx, ids, stands)
}

func (b *Book) subjects(tx *db.Tx, ids []int64, stands map[int64]tally.Stand) ([]Subject, error) {
	found, err := people.Load(tx, ids)
	if err != nil {
		return nil, err
	}
	contacts, err := canvass.ContactsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	assigned, err := canvass.AssignedTo(tx, ids)
	if err != nil {
		return nil, err
	}
	p := b.Plan()
	day := tx.Today()
	part := canvass.PartAt(clock.ParseStamp(tx.Now()).In(clock.Zone).Format("15:04"), p.Canvass.EveningFrom())
	out := make([]Subject, 0, len(ids))
	for _, n := range ids {
		who, ok := found[n]
		if !ok || who.State != people.Live {
			continue
		}
		s := Subject{Person: who, Contact: contacts[n], Assigned: assigned[n], Ranks: make([][2]int, len(p.Coverages))}
		if st, ok := stands[n]; ok {
			s.Needs = needsOf(p, &who, &st, min(day, p.Until))
			for i := range s.Ranks {
				s.Ranks[i] = [2]int{st.Confirmed[i], st.Claimed[i]}
			}
		}
		s.Lang = langOf(p, &who, s.Contact)
		s.Steps = canvass.Steps(p, s.Needs)
		s.Class, s.Why, s.Open = canvass.Order(s.Contact, day, part)
		out = append(out, s)
	}
	return out, nil
}

// Work lists who under these units still needs something, by what is claimed: whom teams are given (canvass.Book.Work).
func (b *Book) Work(tx *db.Tx, units []int64) ([]canvass.Listed, error) {
	stands, err := b.Figures.Book.InNeed(tx, units)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, 0, len(stands))
	for n := range stands {
		ids = append(ids, n)
	}
	slices.Sort(ids)
	found, err := people.Slim(tx, ids)
	if err != nil {
		return nil, err
	}
	p := b.Plan()
	day := min(tx.Today(), p.Until)
	var out []canvass.Listed
	for _, n := range ids {
		who, ok := found[n]
		if !ok {
			continue
		}
		st := stands[n]
		if needs := needsOf(p, &who, &st, day); len(needs) > 0 {
			out = append(out, canvass.Listed{Person: n, Unit: st.Unit, House: who.House, Needs: needs})
		}
	}
	return out, nil
}

// Needy tells who under these units still needs something, and where they live (canvass.Book.Needy): Work for those who only count. Persons
// are read only where claims go beyond what is confirmed.
func (b *Book) Needy(tx *db.Tx, units []int64) (map[int64]int64, error) {
	stands, err := b.Figures.Book.InNeed(tx, units)
	if err != nil {
		return nil, err
	}
	needing, err := b.needing(tx, stands)
	out := make(map[int64]int64, len(needing))
	for n, need := range needing {
		if need {
			out[n] = stands[n].Unit
		}
	}
	return out, err
}

// Query narrows a list: Team and Member to whom it is assigned (0 for all), Segment to who needs that, Lang to who needs a helper in a
// language, Part to who is at home then, All to those too for whom a visit now makes no sense.
type Query struct {
	Unit    int64
	Team    int64
	Member  int64
	Segment string
	Lang    string
	Part    canvass.Part
	All     bool
	Limit   int // 0: 500
}

// names tells whether a query is about somebody.
func (q *Query) names(s *Subject) bool {
	return len(s.Needs) > 0 && (q.Segment == "" || slices.Contains(s.Needs, q.Segment)) && (q.Lang == "" || s.Lang == q.Lang) && (q.Part == "" || s.Contact.Part == "" || s.Contact.Part == q.Part)
}

// List is an ordered work list. More counts those beyond the limit, Waiting those for whom a visit now makes no sense.
type List struct {
	Subjects      []Subject
	More, Waiting int
	All           Place // of everybody whom the query names, waiting or not
	AsOf          string
}

const listLimit = 500

// List orders who still needs something by what is likeliest to succeed now. The viewer needs field.see on the unit.
func (b *Book) List(ctx context.Context, who access.Viewer, q Query) (*List, error) {
	if err := who.May("field.see", q.Unit); err != nil {
		return nil, err
	}
	var out *List
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = b.list(tx, who, q)
		return err
	})
	return out, err
}

func (b *Book) list(tx *db.Tx, who access.Viewer, q Query) (*List, error) {
	out := &List{AsOf: tx.Now()}
	stands, err := b.Figures.Book.InNeed(tx, who.Tree().Descendants(q.Unit))
	if err != nil {
		return nil, err
	}
	ids := make([]int64, 0, len(stands))
	for n := range stands {
		ids = append(ids, n)
	}
	if q.Team != 0 || q.Member != 0 {
		assigned, err := canvass.AssignedTo(tx, ids)
		if err != nil {
			return nil, err
		}
		ids = slices.DeleteFunc(ids, func(n int64) bool {
			a := assigned[n]
			return q.Team != 0 && a.Team != q.Team || q.Member != 0 && a.Member != q.Member
		})
	}
	slices.Sort(ids)
	all, err := b.subjects(tx, ids, stands)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if !q.names(&s) {
			continue
		}
		out.All.count(s.Class, s.Open)
		if !s.Open && !q.All {
			out.Waiting++
			continue
		}
		out.Subjects = append(out.Subjects, s)
	}
	Sort(out.Subjects)
	limit := q.Limit
	if limit <= 0 {
		limit = listLimit
	}
	if len(out.Subjects) > limit {
		out.More = len(out.Subjects) - limit
		out.Subjects = out.Subjects[:limit]
	}
	return out, nil
}

// Subject reads one person as a list shows them. The viewer needs field.see where the person lives.
func (b *Book) Subject(ctx context.Context, who access.Viewer, person int64) (*Subject, error) {
	var out *Subject
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := b.SubjectsByID(tx, []int64{person})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			list = []Subject{{}}
			if list[0].Person.Unit, err = people.UnitOf(tx, person); err != nil {
				return err
			}
		}
		out = &list[0]
		return who.May("field.see", out.Person.Unit)
	})
	return out, err
}
