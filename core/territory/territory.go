// Package territory is the dated tree of units: province, district, commune, hamlet (laws T1–T3). Tiers are data. Mergers and
// renames are successions with a day, so that a figure of a past day is told in the units of that day and can be told in today's.
package territory

import (
	"cmp"
	"slices"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// The tiers of the shipped tree.
const (
	TierProvince = 0
	TierDistrict = 1
	TierCommune  = 2
	TierHamlet   = 3
)

// Unit is one place in the tree.
type Unit struct {
	ID          int64
	Code        string
	Kind        string // "xã", "thị trấn", "ấp", "khu phố", "sóc" …
	Tier        int
	Name        string // without its kind
	Parent      int64  // 0 at the top
	Path        string // "/code/code/": ancestors and itself
	From, Until clock.Day
	Provisional bool // named by a list, not yet by the district
	Lat, Lon    float64
}

// Title is the name with its kind: "Xã An Khương", "Ấp 1".
func (u *Unit) Title() string {
	if u.Kind == "" {
		return u.Name
	}
	r := []rune(u.Kind + " " + u.Name)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// In tells whether the unit exists on a day; "" asks whether it exists at all.
func (u *Unit) In(day clock.Day) bool {
	return day == "" || (u.From == "" || u.From <= day) && (u.Until == "" || day <= u.Until)
}

// Succession says that what was From is, from Day on, part of To (law T2).
type Succession struct {
	Day      clock.Day
	From, To int64
	Basis    string
}

// Tree is the whole tree, read once and never changed.
type Tree struct {
	byID   map[int64]*Unit
	byCode map[string]*Unit
	kids   map[int64][]*Unit
	all    []*Unit
	next   []Succession
	names  map[string][]*Unit // folded commune names
	home   int64              // the campaign's unit, 0 when nobody has said
}

// NewTree makes a tree of units.
func NewTree(units []Unit, next []Succession) *Tree {
	t := &Tree{byID: map[int64]*Unit{}, byCode: map[string]*Unit{}, kids: map[int64][]*Unit{}, next: next, names: map[string][]*Unit{}}
	for i := range units {
		u := &units[i]
		t.byID[u.ID], t.byCode[u.Code] = u, u
		t.all = append(t.all, u)
		t.kids[u.Parent] = append(t.kids[u.Parent], u)
		if u.Tier == TierCommune {
			f := vn.Fold(u.Name)
			t.names[f] = append(t.names[f], u)
		}
	}
	slices.SortFunc(t.all, t.order)
	for _, k := range t.kids {
		slices.SortFunc(k, func(a, b *Unit) int {
			return cmp.Or(compareNames(a.Name, b.Name), t.order(a, b))
		})
	}
	return t
}

// order puts upper tiers first, then by code.
func (*Tree) order(a, b *Unit) int {
	return cmp.Or(cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.Code, b.Code))
}

// compareNames orders "Ấp 2" before "Ấp 10", and numbered units before named ones.
func compareNames(a, b string) int {
	x, y := nameKey(a), nameKey(b)
	return cmp.Or(cmp.Compare(x.class, y.class), cmp.Compare(x.first, y.first), strings.Compare(x.words, y.words), cmp.Compare(x.last, y.last))
}

type sortedName struct {
	class, first int // class 0 begins with a number
	words        string
	last         int
}

func nameKey(name string) sortedName {
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	words := vn.SortKey(strings.TrimSpace(strings.Map(func(r rune) rune {
		if digit(r) {
			return -1
		}
		return r
	}, name)))
	if name != "" && digit(rune(name[0])) {
		return sortedName{first: number(name), words: words}
	}
	return sortedName{class: 1, words: words, last: number(name)}
}

// number reads the first number in a text; -1 when there is none.
func number(s string) int {
	n, found := 0, false
	for _, r := range s {
		if r < '0' || r > '9' {
			if found {
				break
			}
			continue
		}
		found = true
		if n = n*10 + int(r-'0'); n > 1e6 {
			break
		}
	}
	if !found {
		return -1
	}
	return n
}

// All lists the units, upper tiers first.
func (t *Tree) All() []*Unit { return t.all }

// ByID finds a unit; nil when there is none.
func (t *Tree) ByID(id int64) *Unit { return t.byID[id] }

// ByCode finds a unit by its code; nil when there is none.
func (t *Tree) ByCode(code string) *Unit { return t.byCode[code] }

// Root is the topmost unit, nil in an empty tree.
func (t *Tree) Root() *Unit {
	if len(t.all) == 0 {
		return nil
	}
	return t.all[0]
}

// At gives the same tree with the unit of that code as the campaign's; a code that is not there says nothing.
func (t *Tree) At(code string) *Tree {
	c := *t
	c.home = 0
	if u := t.byCode[code]; u != nil {
		c.home = u.ID
	}
	return &c
}

// Place is the unit of a plan's code, or, while no unit has that code, the tree's root; nil in an empty tree.
func (t *Tree) Place(code string) *Unit {
	if u := t.byCode[code]; u != nil {
		return u
	}
	return t.Root()
}

// Home is the campaign's unit: the one given to At, else the lowest that holds every commune the tree began with (those that a
// merger made are passed over); nil in an empty tree.
func (t *Tree) Home() *Unit {
	if t.home != 0 {
		return t.byID[t.home]
	}
	made := map[int64]bool{}
	for _, s := range t.next {
		made[s.To] = true
	}
	var shared []*Unit // ancestors that all have, lowest first
	for _, u := range t.all {
		if u.Tier != TierCommune || made[u.ID] {
			continue
		}
		if shared == nil {
			shared = t.Ancestors(u.ID)
			continue
		}
		shared = slices.DeleteFunc(shared, func(a *Unit) bool { return !t.Within(u.ID, a.ID) })
	}
	if len(shared) > 0 {
		if shared[0].Tier == TierCommune && len(shared) > 1 {
			return shared[1] // a district of which only one commune is known yet
		}
		return shared[0]
	}
	return t.Root()
}

// Children lists the units directly under one on a day ("" for any), in the order of their names.
func (t *Tree) Children(id int64, day clock.Day) []*Unit {
	var out []*Unit
	for _, u := range t.kids[id] {
		if u.In(day) {
			out = append(out, u)
		}
	}
	return out
}

// Descendants lists the unit and everything under it, in the order of names, parents first.
func (t *Tree) Descendants(id int64) []int64 {
	if t.byID[id] == nil {
		return nil
	}
	out := []int64{id}
	for _, u := range t.kids[id] {
		out = append(out, t.Descendants(u.ID)...)
	}
	return out
}

// Ancestors lists the unit and everything above it, itself first.
func (t *Tree) Ancestors(id int64) []*Unit {
	var out []*Unit
	for u := t.byID[id]; u != nil && len(out) < 16; u = t.byID[u.Parent] {
		out = append(out, u)
	}
	return out
}

// Within tells whether a unit is scope or lies under it. Nothing lies within 0.
func (t *Tree) Within(unit, scope int64) bool {
	for _, u := range t.Ancestors(unit) {
		if u.ID == scope {
			return true
		}
	}
	return false
}

// FullName names a unit with those above it up to the commune: "Ấp 1, Xã An Khương".
func (t *Tree) FullName(id int64) string {
	var parts []string
	for _, u := range t.Ancestors(id) {
		if len(parts) > 0 && u.Tier < TierCommune {
			break
		}
		parts = append(parts, u.Title())
	}
	return strings.Join(parts, ", ")
}

// Commune gives the commune that a unit is or lies in, nil when it lies above.
func (t *Tree) Commune(id int64) *Unit {
	for _, u := range t.Ancestors(id) {
		if u.Tier == TierCommune {
			return u
		}
	}
	return nil
}
