package officials

import (
	"context"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Line is one official with what is known of them.
type Line struct {
	Official
	Home    string // where the register says they live, "" when not linked
	Met     []Met  // by condition, in the order of Board.Conditions
	EID     Met    // the e-ID account itself
	Portals [2]Met // national, provincial

	Tally  Tally
	Target bool // counts towards the plan's target: every state its rule names is confirmed
}

// All is how well the three conditions are met together.
func (l *Line) All() Met { return Weakest(l.Met) }

// Sum counts a group of officials.
type Sum struct {
	Officials int
	Linked    int
	By        []map[Met]int // by condition
	All       map[Met]int
	Target    int // who count towards the plan's target
	Credits   Tally
	Reached   int // officials who reached the personal quota
}

// AtLeast counts those who meet condition i (all of them: -1) on evidence of at least a strength; a denied claim is none.
func (s *Sum) AtLeast(i int, m Met) int {
	by := s.All
	if i >= 0 {
		by = s.By[i]
	}
	n := 0
	for k, v := range by {
		if k >= m {
			n += v
		}
	}
	return n
}

func newSum(conditions int) *Sum {
	s := &Sum{By: make([]map[Met]int, conditions), All: map[Met]int{}}
	for i := range s.By {
		s.By[i] = map[Met]int{}
	}
	return s
}

func (s *Sum) add(l *Line) {
	s.Officials++
	if l.Person != 0 {
		s.Linked++
	}
	for i, m := range l.Met {
		s.By[i][m]++
	}
	s.All[l.All()]++
	if l.Target {
		s.Target++
	}
	counted := min(l.Tally.Counted, l.Tally.N) // one official's surplus does not do another's part
	s.Credits.Counted += counted
	s.Credits.Recorded += counted + l.Tally.Recorded - l.Tally.Counted
	s.Credits.Before += l.Tally.Before
	s.Credits.N += l.Tally.N
	if l.Tally.Done() {
		s.Reached++
	}
}

// Agency is one agency with its sum.
type Agency struct {
	territory.Office
	Sum *Sum
}

// Board is the agencies of a unit.
type Board struct {
	Day        clock.Day
	Conditions []Condition
	N          int // the personal quota
	Agencies   []Agency
	Total      *Sum
}

// Board counts the agencies of a unit and everything under it. The viewer needs officials.see there.
func (b *Book) Board(ctx context.Context, who access.Viewer, unit int64) (*Board, error) {
	if err := who.May("officials.see", unit); err != nil {
		return nil, err
	}
	var out *Board
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = b.BoardOn(tx, who.Tree(), unit, "")
		return err
	})
	return out, err
}

// BoardOn is Board as of a day ("" and days to come: today) inside a transaction whose caller has asked for the right (law C5). A nil
// tree is read.
func (b *Book) BoardOn(tx *db.Tx, tree *territory.Tree, unit int64, day clock.Day) (*Board, error) {
	if day == "" || day > tx.Today() {
		day = tx.Today()
	}
	tree, err := territory.Given(tx, tree)
	if err != nil {
		return nil, err
	}
	p := b.Plan()
	out := &Board{Day: day, Conditions: Conditions(p), N: p.PersonalQuota.N}
	out.Total = newSum(len(out.Conditions))
	offices, err := territory.Offices(tx)
	if err != nil {
		return nil, err
	}
	at := map[int64]int{}
	var ids []int64
	for _, o := range offices {
		if tree.Within(o.Unit, unit) {
			at[o.ID] = len(out.Agencies)
			out.Agencies = append(out.Agencies, Agency{o, newSum(len(out.Conditions))})
			ids = append(ids, o.ID)
		}
	}
	lines, err := b.lines(tx, tree, ids, day)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		out.Agencies[at[lines[i].Office]].Sum.add(&lines[i])
		out.Total.add(&lines[i])
	}
	tier := func(a Agency) int {
		if u := tree.ByID(a.Unit); u != nil {
			return u.Tier
		}
		return 0
	}
	out.Agencies = slices.DeleteFunc(out.Agencies, func(a Agency) bool { return a.Sum.Officials == 0 && a.Kind == "" })
	slices.SortStableFunc(out.Agencies, func(x, y Agency) int {
		if d := tier(x) - tier(y); d != 0 {
			return d
		}
		return strings.Compare(agencyKey(x.Name), agencyKey(y.Name))
	})
	return out, nil
}

// Agency reads an agency's officials, those who left last. The viewer needs officials.see on its unit.
func (b *Book) Agency(ctx context.Context, who access.Viewer, office int64) (*Agency, *Board, []Line, error) {
	if !who.MayAnywhere("officials.see") {
		return nil, nil, nil, who.May("officials.see", 0)
	}
	var agency *Agency
	var lines []Line
	board := &Board{}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		o, err := officeAt(tx, office)
		if err != nil {
			return err
		}
		if err := who.May("officials.see", o.Unit); err != nil {
			return err
		}
		p := b.Plan()
		board = &Board{Day: tx.Today(), Conditions: Conditions(p), N: p.PersonalQuota.N}
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		agency = &Agency{o, newSum(len(board.Conditions))}
		if lines, err = b.lines(tx, tree, []int64{office}, tx.Today()); err != nil {
			return err
		}
		for i := range lines {
			agency.Sum.add(&lines[i])
		}
		return nil
	})
	return agency, board, lines, err
}

// Mine is what the signed-in official sees: the own row, credits and statements.
type Mine struct {
	Line
	Agency     territory.Office
	Conditions []Condition
	Said       []Statement
	Credits    []Credit // newest first, void ones too
	Day        clock.Day
}

// Mine reads the own list of whoever is signed in. Nobody sees another's (KH:IV.1.d).
func (b *Book) Mine(ctx context.Context, who access.Viewer) (*Mine, error) {
	if !who.MayAnywhere("officials.credit") {
		return nil, who.May("officials.credit", 0)
	}
	m := &Mine{Conditions: Conditions(b.Plan())}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		o, err := own(tx, who)
		if err != nil {
			return err
		}
		if m.Agency, err = officeAt(tx, o.Office); err != nil {
			return err
		}
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		lines, err := b.tell(tx, tree, []Official{*o}, tx.Today())
		if err != nil {
			return err
		}
		m.Line, m.Day = lines[0], tx.Today()
		said, err := statements(tx, []int64{o.ID})
		if err != nil {
			return err
		}
		m.Said = said[o.ID]
		credits, err := b.credits(tx, []int64{o.ID}, true, tx.Today())
		if err != nil {
			return err
		}
		m.Credits = credits[o.ID]
		slices.Reverse(m.Credits)
		ids := make([]int64, len(m.Credits))
		for i := range m.Credits {
			ids[i] = m.Credits[i].Person
		}
		known, err := people.Load(tx, ids)
		for i := range m.Credits {
			p := known[m.Credits[i].Person]
			m.Credits[i].Name, m.Credits[i].Number = p.Name, p.Number
		}
		return err
	})
	return m, err
}

// lines reads the officials that agencies have on a day.
func (b *Book) lines(tx *db.Tx, tree *territory.Tree, offices []int64, day clock.Day) ([]Line, error) {
	want := map[int64]bool{}
	for _, o := range offices {
		want[o] = true
	}
	where, args := "", []any(nil)
	if len(offices) == 1 {
		where, args = "AND office_id=$1", []any{offices[0]}
	}
	all, err := roster(tx, where, args...)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(o Official) bool { return !want[o.Office] || !o.In(day) })
	return b.tell(tx, tree, all, day)
}

// tell says of officials what was so of them on a day.
func (b *Book) tell(tx *db.Tx, tree *territory.Tree, list []Official, day clock.Day) ([]Line, error) {
	p := b.Plan()
	conds := Conditions(p)
	var persons, ids []int64
	for i := range list {
		ids = append(ids, list[i].ID)
		if list[i].Person != 0 {
			persons = append(persons, list[i].Person)
		}
	}
	to, err := people.Kept(tx, persons)
	if err != nil {
		return nil, err
	}
	for i := range persons {
		persons[i] = to[persons[i]]
	}
	slices.Sort(persons)
	persons = slices.Compact(persons)
	events, err := eventsTo(tx, persons, day)
	if err != nil {
		return nil, err
	}
	known, err := people.Slim(tx, persons)
	if err != nil {
		return nil, err
	}
	said, err := statements(tx, ids)
	if err != nil {
		return nil, err
	}
	for k, all := range said {
		said[k] = slices.DeleteFunc(all, func(s Statement) bool { return s.Day > day })
	}
	credits, err := b.credits(tx, ids, false, day)
	if err != nil {
		return nil, err
	}
	needs := needed(p)
	out := make([]Line, len(list))
	for i := range list {
		l := &out[i]
		l.Official = list[i]
		kept := to[l.Person]
		who, alive := known[kept]
		linked := l.Person != 0 && alive
		if l.Met = MetOf(p, conds, linked, events[kept], said[l.ID]); linked {
			l.Home = tree.FullName(who.Unit)
			l.Target = len(needs) > 0
			for _, n := range needs {
				m := metIn(p, n[0], n[1], events[kept])
				if l.Target = l.Target && m == Confirmed; n[0] == account {
					l.EID = m
				}
			}
		}
		l.Portals[0], l.Portals[1] = PortalsMet(said[l.ID])
		l.Tally.N = p.PersonalQuota.N
		for _, c := range credits[l.ID] {
			l.Tally.add(c.State)
		}
	}
	return out, nil
}

// eventsTo reads what the ledger says of persons up to and on a day (law C5).
func eventsTo(tx *db.Tx, persons []int64, day clock.Day) (map[int64][]coverage.Event, error) {
	events, err := coverage.EventsOf(tx, persons)
	if day >= tx.Today() {
		return events, err
	}
	for p, all := range events {
		events[p] = slices.DeleteFunc(all, func(e coverage.Event) bool { return e.Day > day })
	}
	return events, err
}
