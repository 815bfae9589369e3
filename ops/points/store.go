package points

import (
	"sync/atomic"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Book keeps points, kits, sessions and invitations.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
	// Needing gives the people under a unit who need a dossier taken, with the unit each lives in; set by app from the tally.
	Needing func(tx *db.Tx, unit int64) (map[int64]int64, error)
	// Taken opens the dossier of somebody who came to a session and gives the code they can ask by; set by app from the dossiers, nil where
	// there are none.
	Taken func(tx *db.Tx, who access.Viewer, person, point, session int64) (string, error)

	version atomic.Int64 // of the public schedule
}

// changed says that what the public sees may be another now.
func (b *Book) changed() { b.version.Add(1) }

// Version grows with each change of points and sessions: the public page keeps what it made until then.
func (b *Book) Version() int64 { return b.version.Load() }

const sessionColumns = `s.id, s.point_id, s.kit_id, s.unit_id, s.day, s.from_hour, s.until_hour, s.quota, s.state, s.moved_from, s.reason, s.note, s.locked, s.planned,
	p.name, p.address, p.host_kind, p.host, p.accessible, k.name`

func sessions(tx *db.Tx, where string, args ...any) ([]Session, error) {
	var out []Session
	err := tx.Each("SELECT "+sessionColumns+" FROM point_session s JOIN point p ON p.id=s.point_id JOIN kit k ON k.id=s.kit_id "+where+
		" ORDER BY s.day, s.from_hour, k.name_fold, s.id", args, func(scan func(...any) error) error {
		var s Session
		var day string
		err := scan(&s.ID, &s.Point, &s.Kit, &s.Unit, &day, &s.From, &s.Until, &s.Quota, &s.State, &s.MovedFrom, &s.Reason, &s.Note, &s.Locked, &s.Planned,
			&s.PointName, &s.Address, &s.HostKind, &s.Host, &s.Accessible, &s.KitName)
		s.Day = clock.Day(day)
		out = append(out, s)
		return err
	})
	return out, err
}

// withCounts fills in how many are invited and came.
func withCounts(tx *db.Tx, list []Session) error {
	at := map[int64]*Session{}
	ids := make([]int64, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], list[i].ID
	}
	return tx.EachIn(`SELECT session_id, CAST(coalesce(sum(CASE WHEN channel<>'walkin' THEN 1 ELSE 0 END), 0) AS BIGINT),
		CAST(coalesce(sum(CASE WHEN state='came' THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(coalesce(sum(CASE WHEN state='came' AND channel='walkin' THEN 1 ELSE 0 END), 0) AS BIGINT)
		FROM invitation WHERE session_id IN (%s) GROUP BY session_id`, nil, ids, func(scan func(...any) error) error {
		var sid, invited, came, walkins int64
		if err := scan(&sid, &invited, &came, &walkins); err != nil {
			return err
		}
		s := at[sid]
		s.Invited, s.Came, s.Walkins = invited, came, walkins
		return nil
	})
}

// placeOf gives a unit's coordinates, else those of the units above it, else those of the campaign's other communes' middle; false when
// nothing is known.
func placeOf(tree *territory.Tree, unit int64) (lat, lon float64, ok bool) {
	for _, u := range tree.Ancestors(unit) {
		if u.Lat != 0 || u.Lon != 0 {
			return u.Lat, u.Lon, true
		}
		if u.Tier <= territory.TierDistrict {
			break
		}
	}
	var n float64
	for _, u := range tree.All() {
		if u.Tier == territory.TierCommune && (u.Lat != 0 || u.Lon != 0) {
			lat, lon, n = lat+u.Lat, lon+u.Lon, n+1
		}
	}
	if n == 0 {
		return 0, 0, false
	}
	return lat / n, lon / n, true
}
