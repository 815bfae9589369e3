package points

import (
	"context"
	"slices"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/points/route"
)

// Shown is one session as everybody may know it, without signing in: when, where, with what host. It holds no person and no count of
// persons. Gone says that it was moved or cancelled, with the reason.
type Shown struct {
	ID          int64
	Day         clock.Day
	From, Until string
	Place       string
	Address     string
	Host        string // the kind of host, in Vietnamese; "" for none
	Unit        string // "Ấp 1, Xã An Khương"
	Commune     int64
	Lat, Lon    float64
	Fixed       bool
	Accessible  bool
	Gone        bool
	Reason      string
	Sequence    int // for calendars: grows when the session changes
}

// Public lists what hangs on the walls: the sessions from one day to another (KH:III.1.a, KH:III.3.a). Anybody may read it, so it takes no
// viewer. A session that a new plan took off the calendar before anybody was told of it is left out.
func (b *Book) Public(ctx context.Context, from, until clock.Day) ([]Shown, *territory.Tree, error) {
	var out []Shown
	var tree *territory.Tree
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if tree, err = territory.Load(tx); err != nil {
			return err
		}
		list, err := sessions(tx, "WHERE s.day>=$1 AND s.day<=$2", string(from), string(until))
		if err == nil {
			err = withCounts(tx, list)
		}
		if err != nil {
			return err
		}
		at := map[int64]Point{}
		all, err := points(tx, "")
		for _, p := range all {
			at[p.ID] = p
		}
		out = out[:0]
		for i := range list {
			s := &list[i]
			if s.State == Cancelled && s.Planned && s.Invited == 0 {
				continue
			}
			p := at[s.Point]
			x := Shown{ID: s.ID, Day: s.Day, From: s.From, Until: s.Until, Place: s.PointName, Address: s.Address, Unit: tree.FullName(s.Unit), Lat: p.Lat, Lon: p.Lon, Fixed: p.Kind == Fixed, Accessible: s.Accessible}
			if s.HostKind != HostNone {
				x.Host = HostTitle(s.HostKind)
			}
			if x.Lat == 0 && x.Lon == 0 {
				x.Lat, x.Lon, _ = placeOf(tree, s.Unit)
			}
			if c := tree.Commune(s.Unit); c != nil {
				x.Commune = c.ID
			}
			if s.State == Cancelled {
				x.Gone, x.Reason, x.Sequence = true, s.Reason, 1
			}
			out = append(out, x)
		}
		return err
	})
	return out, tree, err
}

// NearestFirst orders sessions by how far they lie from a commune's middle, within a day: its own stand first. It gives the distance of each
// in kilometres, as the crow flies.
func NearestFirst(list []Shown, tree *territory.Tree, commune int64) []float64 {
	lat, lon, _ := placeOf(tree, commune)
	far := func(s *Shown) float64 {
		if s.Commune == commune {
			return 0
		}
		return route.Haversine(lat, lon, s.Lat, s.Lon)
	}
	slices.SortStableFunc(list, func(a, b Shown) int {
		switch {
		case a.Day != b.Day:
			if a.Day < b.Day {
				return -1
			}
			return 1
		case far(&a) != far(&b):
			if far(&a) < far(&b) {
				return -1
			}
			return 1
		}
		return 0
	})
	out := make([]float64, len(list))
	for i := range list {
		out[i] = far(&list[i])
	}
	return out
}
