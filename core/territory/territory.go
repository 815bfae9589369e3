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
	order := func(a, b *Unit) int { return cmp.Or(cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.Code, b.Code)) }
	slices.SortFunc(t.all, order)
	for _, k := range t.kids {
		slices.SortFunc(k, func(a, b *Unit) int {
			return cmp.Or(compareNatural(vn.SortKey(a.Name), vn.SortKey(b.Name)), order(a, b))
		})
	}
	return t
}

// compareNatural orders "Ấp 2" before "Ấp 10".
func compareNatural(a, b string) int {
	if x, y := number(a), number(b); x >= 0 && y >= 0 && x != y {
		return cmp.Compare(x, y)
	}
	return strings.Compare(a, b)
}

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

// Successors tells what has become of a unit by a day: itself while it exists, else the units that took it over, followed to
// the day. Empty when nobody has said (law T2: "not yet told" is an answer).
func (t *Tree) Successors(id int64, day clock.Day) []int64 {
	u := t.byID[id]
	if u == nil {
		return nil
	}
	if u.In(day) {
		return []int64{id}
	}
	var out []int64
	for _, s := range t.next {
		if s.From != id || s.Day > day {
			continue
		}
		for _, n := range t.Successors(s.To, day) {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// Retell tells in which unit of a day a past unit's figure stands; false when that is not told or was split.
func (t *Tree) Retell(id int64, day clock.Day) (int64, bool) {
	if s := t.Successors(id, day); len(s) == 1 {
		return s[0], true
	}
	return 0, false
}
