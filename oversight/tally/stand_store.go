package tally

import (
	"maps"
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/db"
)

// Stand is what the roll-ups know of one person now: the unit they are counted in, the segments they are in by what is confirmed, the facts in
// force, and per coverage, in the plan's order, the rank confirmed and the rank reached if claims are true.
type Stand struct {
	Unit      int64
	Segments  []int // indexes into the plan's segments
	Facts     []string
	Confirmed []int
	Claimed   []int
}

// meanings tells what a plan's series say of a person, by their place in the list.
type meanings struct {
	of       *plan.Plan
	segment  map[int]int
	fact     map[int]string
	rank     map[int][3]int // coverage, rank, 1 when it is confirmed
	profiles map[int64]*Stand
}

func meaningsOf(p *plan.Plan) *meanings {
	s := SeriesOf(p)
	m := &meanings{of: p, segment: map[int]int{}, fact: map[int]string{}, rank: map[int][3]int{}, profiles: map[int64]*Stand{}}
	for i, n := range s.segments {
		m.segment[n] = i
	}
	for f, n := range s.facts {
		m.fact[n] = f
	}
	for i := range s.coverages {
		c := &s.coverages[i]
		for r, n := range c.confirmed {
			m.rank[n] = [3]int{i, r, 1}
		}
		for _, list := range [][]int{c.verified, c.claimed} {
			for r, n := range list {
				m.rank[n] = [3]int{i, r, 0}
			}
		}
	}
	return m
}

// Stands reads where persons stand from the roll-ups, without folding a single event; who is counted nowhere is left out. The slices are
// shared: they are not to be changed.
func (b *Book) Stands(tx *db.Tx, persons []int64) (map[int64]Stand, error) {
	return b.stands(tx, "SELECT person_id, unit_id, profile_id FROM person_roll WHERE person_id IN (%s)", nil, persons)
}

// fewUnits is how many units are asked for by the index; beyond it the whole district is read.
const fewUnits = 24

// InNeed reads where those stand who are in some segment of the plan and are counted in these units.
func (b *Book) InNeed(tx *db.Tx, units []int64) (map[int64]Stand, error) {
	need := map[int64]bool{}
	for i := range b.Plan().Segments {
		list, err := b.profilesIn(tx, "s:"+b.Plan().Segments[i].ID)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			need[p] = true
		}
	}
	profiles := make([]int64, 0, len(need))
	for p := range need {
		profiles = append(profiles, p)
	}
	inside := map[int64]bool{}
	for _, u := range units {
		inside[u] = true
	}
	text := "SELECT person_id, unit_id, profile_id FROM person_roll WHERE profile_id IN (%s)"
	var args []any
	if len(units) <= fewUnits { // the index knows profile and unit
		text += " AND unit_id IN (" + tx.In(len(units), 1) + ")"
		for _, u := range units {
			args = append(args, u)
		}
	}
	all, err := b.stands(tx, text, args, profiles)
	for p, s := range all {
		if !inside[s.Unit] {
			delete(all, p)
		}
	}
	return all, err
}

func (b *Book) stands(tx *db.Tx, text string, args []any, keys []int64) (map[int64]Stand, error) {
	p := b.Plan()
	b.mu.Lock()
	if b.means == nil || b.means.of != p {
		b.means = meaningsOf(p)
	}
	m := b.means
	b.mu.Unlock()
	type row struct{ person, unit, profile int64 }
	var rows []row
	if err := tx.EachIn(text, args, keys, func(scan func(...any) error) error {
		var r row
		err := scan(&r.person, &r.unit, &r.profile)
		rows = append(rows, r)
		return err
	}); err != nil {
		return nil, err
	}
	var unknown []int64
	b.mu.Lock()
	for _, r := range rows {
		if m.profiles[r.profile] == nil && !slices.Contains(unknown, r.profile) {
			unknown = append(unknown, r.profile)
		}
	}
	b.mu.Unlock()
	fresh := map[int64]*Stand{}
	if err := tx.EachIn("SELECT id, series FROM profile WHERE id IN (%s)", nil, unknown, func(scan func(...any) error) error {
		var n int64
		var series string
		err := scan(&n, &series)
		s := m.read(series, len(p.Coverages))
		fresh[n] = &s
		return err
	}); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	maps.Copy(m.profiles, fresh)
	out := make(map[int64]Stand, len(rows))
	for _, r := range rows {
		if s := m.profiles[r.profile]; s != nil {
			x := *s
			x.Unit = r.unit
			out[r.person] = x
		}
	}
	return out, nil
}

func (m *meanings) read(series string, coverages int) Stand {
	s := Stand{Confirmed: make([]int, coverages), Claimed: make([]int, coverages)}
	for item := range strings.SplitSeq(strings.Trim(series, ","), ",") {
		n := 0
		for _, c := range item {
			n = n*10 + int(c-'0')
		}
		if i, ok := m.segment[n]; ok {
			s.Segments = append(s.Segments, i)
		}
		if f, ok := m.fact[n]; ok {
			s.Facts = append(s.Facts, f)
		}
		if r, ok := m.rank[n]; ok {
			if r[2] == 1 {
				s.Confirmed[r[0]] = r[1]
			}
			s.Claimed[r[0]] = max(s.Claimed[r[0]], r[1])
		}
	}
	return s
}
