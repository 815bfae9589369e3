package canvass

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Sharing is how the work of a unit is shared out: hamlet by hamlet, and team by team.
type Sharing struct {
	Places []Place
	Teams  []TeamShare
}

// Place is one hamlet: how many still need something, and how many of them are nobody's work yet.
type Place struct{ Unit, Listed, Nobody int64 }

// TeamShare is what one team has of those who still need something; Whole is what no member has in particular, Hand what was given by hand.
type TeamShare struct {
	Team    Team
	People  int64
	Hand    int64
	Whole   int64
	Members []MemberShare
}

// MemberShare is what one member has.
type MemberShare struct {
	Member
	People int64
}

// Shares tells how the work under a unit is shared out now (KH:III.2.b). The viewer needs field.see on the unit.
func (b *Book) Shares(ctx context.Context, who access.Viewer, unit int64) (*Sharing, error) {
	if err := who.May("field.see", unit); err != nil {
		return nil, err
	}
	var out *Sharing
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = &Sharing{}
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		units := tree.Descendants(unit)
		needy, err := b.needy(tx, units)
		if err != nil {
			return err
		}
		have, err := AssignedIn(tx, units)
		if err != nil {
			return err
		}
		places := map[int64]*Place{}
		byTeam, byMember, hand := map[int64]int64{}, map[int64]int64{}, map[int64]int64{}
		whole := map[int64]int64{}
		for person, at := range needy {
			p := places[at]
			if p == nil {
				p = &Place{Unit: at}
				places[at] = p
			}
			p.Listed++
			a, ok := have[person]
			if !ok || a.Unit != at {
				p.Nobody++
				continue
			}
			byTeam[a.Team]++
			if a.Member == 0 {
				whole[a.Team]++
			}
			byMember[a.Member]++
			if a.How == Hand {
				hand[a.Team]++
			}
		}
		for _, u := range units {
			if p := places[u]; p != nil {
				out.Places = append(out.Places, *p)
			}
		}
		all, err := teams(tx, tx.Today(), "")
		if err != nil {
			return err
		}
		people, err := members(tx, "id > 0")
		if err != nil {
			return err
		}
		of := map[int64][]MemberShare{}
		for _, m := range people {
			if m.works(tx.Today()) || byMember[m.ID] > 0 {
				m.Phone = ""
				of[m.Team] = append(of[m.Team], MemberShare{m, byMember[m.ID]})
			}
		}
		for _, t := range all {
			if byTeam[t.ID] > 0 || t.Open(tx.Today()) && tree.Within(t.Unit, unit) {
				out.Teams = append(out.Teams, TeamShare{t, byTeam[t.ID], hand[t.ID], whole[t.ID], of[t.ID]})
			}
		}
		return nil
	})
	return out, err
}

// Found is somebody found among those who are somebody's work.
type Found struct {
	people.Person // numbers are not read
	Assigned      Assignment
}

// foundMost is how many Find gives.
const foundMost = 60

// Find looks by name, with or without marks, or by household among those under a unit who are somebody's work, households together. The
// viewer needs field.see on the unit.
func (b *Book) Find(ctx context.Context, who access.Viewer, unit int64, text string) ([]Found, error) {
	if err := who.May("field.see", unit); err != nil {
		return nil, err
	}
	want := vn.Fold(strings.TrimSpace(text))
	if len(want) < 2 {
		return nil, fault.New(fault.Invalid, "canvass.find", "Hãy ghi ít nhất hai chữ của họ tên, hoặc số hộ.").On("tim")
	}
	var out []Found
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		have, err := AssignedIn(tx, who.Tree().Descendants(unit))
		if err != nil {
			return err
		}
		found, err := people.Slim(tx, slices.Sorted(maps.Keys(have)))
		for n, p := range found {
			if strings.Contains(vn.Fold(p.Name), want) || vn.Fold(p.House) == want {
				out = append(out, Found{p, have[n]})
			}
		}
		return err
	})
	slices.SortFunc(out, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), strings.Compare(a.House, b.House), strings.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return out[:min(len(out), foundMost)], err
}

// Change is one re-assignment by hand or hand-over, by persons of one place at one time: People is how many.
type Change struct {
	At, Who, Why string
	From, To     int64 // teams; From 0 for nobody's
	FromMember   string
	ToMember     string
	People       int64
}

// Changes lists what was last given to other hands under a unit, newest first. The viewer needs field.see on the unit.
func (b *Book) Changes(ctx context.Context, who access.Viewer, unit int64, n int) ([]Change, error) {
	if err := who.May("field.see", unit); err != nil {
		return nil, err
	}
	var out []Change
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		all, err := teams(tx, tx.Today(), "")
		if err != nil {
			return err
		}
		tree := who.Tree()
		inside := map[int64]bool{}
		for _, t := range all {
			inside[t.ID] = tree.Within(t.Unit, unit)
		}
		return tx.Each(`SELECT x.at, x.who_name, x.why, x.from_team, x.to_team, coalesce(f.name, ''), coalesce(g.name, ''), CAST(count(*) AS BIGINT) FROM assignment_note x
			LEFT JOIN team_member f ON f.id = x.from_member LEFT JOIN team_member g ON g.id = x.to_member
			GROUP BY x.at, x.who_name, x.why, x.from_team, x.to_team, f.name, g.name ORDER BY x.at DESC LIMIT 500`, nil, func(scan func(...any) error) error {
			var c Change
			err := scan(&c.At, &c.Who, &c.Why, &c.From, &c.To, &c.FromMember, &c.ToMember, &c.People)
			if (inside[c.From] || inside[c.To]) && len(out) < n {
				out = append(out, c)
			}
			return err
		})
	})
	return out, err
}

// Whose tells whose work somebody is, and every change of hands of theirs, newest first. Team is 0 for nobody's.
type Whose struct {
	Team     int64
	TeamName string
	Member   string // name, "" for the whole team
	How      string // Dealt or Hand
	Since    string // instant
	Changes  []Change
}

// WhoseIs reads whose work a person is. The viewer needs field.see where the person lives.
func (b *Book) WhoseIs(ctx context.Context, who access.Viewer, person int64) (*Whose, error) {
	var out *Whose
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = &Whose{}
		unit, err := people.UnitOf(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("field.see", unit); err != nil {
			return err
		}
		if err := tx.Each(`SELECT a.team_id, a.how, a.at, coalesce(t.name, ''), coalesce(m.name, '') FROM assignment a LEFT JOIN team t ON t.id = a.team_id
			LEFT JOIN team_member m ON m.id = a.member_id WHERE a.person_id=$1`, []any{person}, func(scan func(...any) error) error {
			return scan(&out.Team, &out.How, &out.Since, &out.TeamName, &out.Member)
		}); err != nil {
			return err
		}
		return tx.Each(`SELECT x.at, x.who_name, x.why, x.from_team, x.to_team, coalesce(f.name, ''), coalesce(g.name, '') FROM assignment_note x
			LEFT JOIN team_member f ON f.id = x.from_member LEFT JOIN team_member g ON g.id = x.to_member WHERE x.person_id=$1 ORDER BY x.at DESC, x.id DESC`, []any{person}, func(scan func(...any) error) error {
			c := Change{People: 1}
			err := scan(&c.At, &c.Who, &c.Why, &c.From, &c.To, &c.FromMember, &c.ToMember)
			out.Changes = append(out.Changes, c)
			return err
		})
	})
	return out, err
}
