package points

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/points/route"
)

// InviteAsk asks for a list: whom of which unit by which channel, and how many arrivals are wanted; Want 0 asks for what the quota still
// lacks.
type InviteAsk struct {
	Session int64
	Unit    int64
	Channel string
	Want    int64
}

// Listed tells what became of a list: how many were invited in how many households, whom they are expected to bring in all with those
// invited before, and the 80 % interval.
type Listed struct {
	Invited, Houses int64
	Expected        Chosen
}

// Channels lists the channels in the order screens show them.
func Channels() []string { return []string{ByLetter, ByMessage, ByCall, ByTeam, ByHost} }

// ChannelTitle names a channel for people.
func ChannelTitle(channel string) string {
	switch channel {
	case ByLetter:
		return "Giấy mời"
	case ByMessage:
		return "Tin nhắn SMS, Zalo"
	case ByCall:
		return "Gọi điện"
	case ByTeam:
		return "Tổ của ấp đến nhà"
	case ByHost:
		return "Trường, doanh nghiệp báo"
	}
	return "Tự đến"
}

// learned reads how invitations ended so far.
func learned(tx *db.Tx, prior float64) (*Rates, error) {
	r := newRates(prior)
	return r, tx.Each(`SELECT unit_id, channel, CAST(coalesce(sum(CASE WHEN state='came' THEN 1 ELSE 0 END), 0) AS BIGINT), count(*) FROM invitation
		WHERE channel<>'walkin' AND state IN ('came','noshow') GROUP BY unit_id, channel`, nil, func(scan func(...any) error) error {
		var unit, came, n int64
		var channel string
		err := scan(&unit, &channel, &came, &n)
		r.add(unit, channel, came, n)
		return err
	})
}

// Invite makes a unit's list for a session (KH:III.3.b, KH:III.3.c): people who need a dossier and nobody has invited, households
// together, nearest first, those who twice did not come last; hard cases only where no session to come is nearer and the point can be
// entered. It stops where the expected arrivals meet what is wanted, and never beyond quota × MaxFactor. The viewer needs invite.write on
// the unit.
func (b *Book) Invite(ctx context.Context, who access.Viewer, ask InviteAsk) (*Listed, error) {
	if err := who.May("invite.write", ask.Unit); err != nil {
		return nil, err
	}
	if !slices.Contains(Channels(), ask.Channel) {
		return nil, fault.New(fault.Invalid, "points.channel", "Hãy chọn cách mời trong danh sách.").On("channel")
	}
	var out *Listed
	act := who.Act("invite.write", ask.Unit, "session:"+id.String(ask.Session), "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		out = &Listed{}
		s, err := sessionAt(tx, ask.Session)
		if err != nil {
			return err
		}
		if !s.Live() || s.Day < tx.Today() {
			return fault.New(fault.Conflict, "points.invite_over", "Buổi này đã đóng, đã hủy hoặc đã qua nên không mời thêm được.")
		}
		list, standing, n, err := b.candidates(tx, s, &ask)
		if err != nil {
			return err
		}
		want := float64(s.Quota) - standing.Mean
		if ask.Want > 0 {
			want = min(want, float64(ask.Want))
		}
		chosen := Choose(list, want, max(room(s.Quota)-len(standing.People), 0))
		houses := map[string]bool{}
		for _, c := range chosen.People {
			n++
			if err := insertInvitation(tx, &Invitation{Session: s.ID, Person: c.Person, Unit: c.Unit, House: c.House, Channel: ask.Channel, State: Invited, Code: newCode(), N: n}); err != nil {
				return err
			}
			houses[c.House] = true
			if c.House == "" {
				out.Houses++
			}
		}
		delete(houses, "")
		out.Invited, out.Houses = int64(len(chosen.People)), out.Houses+int64(len(houses))
		out.Expected = Choose(append(standing.People, chosen.People...), math.Inf(1), math.MaxInt)
		act.Note = fmt.Sprintf("mời %d người", out.Invited)
		return nil
	})
	return out, err
}

// standingAt gives who is invited to a session or came, each with the chance to come, and the last place in its list.
func standingAt(tx *db.Tx, rates *Rates, session int64) (out Chosen, last int64, err error) {
	now, err := invitations(tx, "WHERE session_id=$1", session)
	for _, i := range now {
		last = max(last, i.N)
		if i.State == Invited || i.State == Confirmed || i.State == Came {
			r := rates.of(i.Unit, i.Channel)
			if i.State == Came {
				r = Rate{1, 1, 1, r.N}
			}
			out.People = append(out.People, Candidate{Person: i.Person, Unit: i.Unit, Rate: r})
			out.Mean += r.Mean
		}
	}
	return out, last, err
}

// room is how many may be invited to a session in all.
func room(quota int64) int { return int(math.Floor(float64(quota) * MaxFactor)) }

// candidates gives whom the list may take in order, who stands invited to the session already, and the last place in its list.
func (b *Book) candidates(tx *db.Tx, s *Session, ask *InviteAsk) (list []Candidate, standing Chosen, last int64, err error) {
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, standing, 0, err
	}
	rates, err := learned(tx, UsualTurnout)
	if err != nil {
		return nil, standing, 0, err
	}
	if standing, last, err = standingAt(tx, rates, s.ID); err != nil {
		return nil, standing, 0, err
	}
	need, err := b.Needing(tx, ask.Unit)
	if err != nil {
		return nil, standing, 0, err
	}
	missed, err := history(tx, need, s.ID)
	if err != nil {
		return nil, standing, 0, err
	}
	rostered, err := roster(tx, s.Point)
	if err != nil {
		return nil, standing, 0, err
	}
	near, err := newNearness(tx, tree, s)
	if err != nil {
		return nil, standing, 0, err
	}
	ids := near.closest(need, rostered, 8*room(s.Quota))
	known, err := people.Load(tx, ids)
	if err != nil {
		return nil, standing, 0, err
	}
	facts, err := people.FactsOf(tx, ids)
	if err != nil {
		return nil, standing, 0, err
	}
	first := map[string]bool{} // households of somebody on the host's roster
	for _, person := range ids {
		p, ok := known[person]
		if !ok || p.State != people.Live || fourteen(p.Birth) > s.Day {
			continue
		}
		far, nearest := near.of(p.Unit)
		if hard(facts[person], s) && (!nearest || !s.Accessible) {
			continue
		}
		c := Candidate{Person: person, Unit: p.Unit, House: household(&p), Far: far, Rate: rates.of(p.Unit, ask.Channel), Last: missed[person] >= 2}
		if rostered[person] {
			c.Far, c.Rate = -1, rates.of(p.Unit, ByHost)
			first[c.House] = c.House != ""
		}
		list = append(list, c)
	}
	for i := range list {
		if first[list[i].House] {
			list[i].Far = -1
		}
	}
	slices.SortStableFunc(list, func(a, b Candidate) int {
		return cmp.Or(compareBool(a.Last, b.Last), cmp.Compare(a.Far, b.Far), strings.Compare(a.House, b.House), cmp.Compare(a.Person, b.Person))
	})
	return list, standing, last, nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func hard(facts []people.Fact, s *Session) bool {
	return slices.ContainsFunc(facts, func(f people.Fact) bool { return f.Kind == "hard" && f.In(s.Day) })
}

// history takes out of a list those who came or are invited already, and whoever answered this session's invitation, and tells how often the
// others did not come.
func history(tx *db.Tx, need map[int64]int64, session int64) (map[int64]int64, error) {
	missed := map[int64]int64{}
	return missed, tx.Each("SELECT person_id, state FROM invitation WHERE person_id<>0 AND (state IN ('came','invited','confirmed','noshow') OR session_id=$1)", []any{session}, func(scan func(...any) error) error {
		var person int64
		var state string
		err := scan(&person, &state)
		if state == NoShow {
			missed[person]++
		} else {
			delete(need, person)
		}
		return err
	})
}

// nearness tells how far hamlets lie from a session, and whether another session to come is nearer.
type nearness struct {
	tree   *territory.Tree
	points [][2]float64 // of other sessions to come
	at     [2]float64
	kept   map[int64]near
}

type near struct {
	far     float64
	nearest bool
}

func newNearness(tx *db.Tx, tree *territory.Tree, s *Session) (*nearness, error) {
	n := &nearness{tree: tree, kept: map[int64]near{}}
	p, err := pointAt(tx, s.Point)
	if err != nil {
		return nil, err
	}
	n.at = n.place(p)
	list, err := points(tx, "WHERE accessible AND id<>$1 AND id IN (SELECT point_id FROM point_session WHERE day>=$2 AND state IN ('planned','open'))", s.Point, string(tx.Today()))
	for i := range list {
		n.points = append(n.points, n.place(&list[i]))
	}
	return n, err
}

func (n *nearness) place(p *Point) [2]float64 {
	if p.Lat != 0 || p.Lon != 0 {
		return [2]float64{p.Lat, p.Lon}
	}
	lat, lon, _ := placeOf(n.tree, p.Unit)
	return [2]float64{lat, lon}
}

func (n *nearness) of(unit int64) (far float64, nearest bool) {
	v, ok := n.kept[unit]
	if !ok {
		lat, lon, _ := placeOf(n.tree, unit)
		v = near{route.Haversine(lat, lon, n.at[0], n.at[1]), true}
		for _, p := range n.points {
			v.nearest = v.nearest && v.far <= route.Haversine(lat, lon, p[0], p[1])+1e-9
		}
		n.kept[unit] = v
	}
	return v.far, v.nearest
}

// closest gives those who live nearest, whole hamlets until there are enough, and everybody of the host's: a district's thousands need not be
// read for one session.
func (n *nearness) closest(need map[int64]int64, rostered map[int64]bool, enough int) []int64 {
	in := map[int64][]int64{}
	var ids []int64
	for person, unit := range need {
		if rostered[person] {
			ids = append(ids, person)
			continue
		}
		in[unit] = append(in[unit], person)
	}
	units := slices.SortedFunc(maps.Keys(in), func(a, b int64) int {
		x, _ := n.of(a)
		y, _ := n.of(b)
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
	})
	for _, u := range units {
		if len(ids) >= enough {
			break
		}
		ids = append(ids, in[u]...)
	}
	slices.Sort(ids)
	return ids
}

// roster gives who of a point's host is known in the register.
func roster(tx *db.Tx, point int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	return out, tx.Each("SELECT person_id FROM host_person WHERE point_id=$1 AND person_id<>0", []any{point}, func(scan func(...any) error) error {
		var person int64
		err := scan(&person)
		out[person] = true
		return err
	})
}

// newCode makes six letters that nobody guesses and everybody reads: no 0, O, 1, I.
func newCode() string {
	const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	var b [6]byte
	_, _ = rand.Read(b[:])
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b[:])
}
