package outreach

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Late is the state of a query for planned activities whose day is past.
const Late = "late"

// Query narrows a list: activities that touch a unit, within it or reaching over it. Strings are ids, "" for all; State is a state or Late;
// days are inclusive, "" for open.
type Query struct {
	Unit                               int64
	Channel, Audience, Language, State string
	Office, Content                    int64 // 0 for all
	From, Until                        clock.Day
}

func (q *Query) takes(a *Activity, today clock.Day) bool {
	switch {
	case q.Channel != "" && a.Channel != q.Channel, q.Audience != "" && a.Audience != q.Audience, q.Language != "" && a.Language != q.Language,
		q.Office != 0 && a.Office != q.Office, q.Content != 0 && a.Content != q.Content, q.From != "" && a.Day < q.From, q.Until != "" && a.Day > q.Until,
		q.State == Late && !a.Late(today), q.State != "" && q.State != Late && a.State != q.State:
		return false
	}
	return true
}

// List gives the activities that touch a unit: first those of days past of which nobody told, then those to come, in their order, then what
// is over, newest first. The viewer needs
// outreach.see on the unit. (KH:III.1.a)
func (b *Book) List(ctx context.Context, who access.Viewer, q Query) ([]Activity, error) {
	if err := who.May("outreach.see", q.Unit); err != nil {
		return nil, err
	}
	var out []Activity
	var today clock.Day
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		today = tx.Today()
		out, err = touching(tx, who, q)
		return err
	})
	turn := func(a *Activity) int {
		switch {
		case a.Late(today):
			return 0
		case a.State == Planned:
			return 1
		}
		return 2
	}
	slices.SortFunc(out, func(a, b Activity) int {
		x, y := &a, &b
		if turn(x) == 2 {
			x, y = y, x // what is over: newest first
		}
		return cmp.Or(cmp.Compare(turn(&a), turn(&b)), cmp.Compare(x.Day, y.Day), cmp.Compare(x.Hour, y.Hour), cmp.Compare(x.ID, y.ID))
	})
	return out, err
}

// touching reads the activities that touch a unit, in no order.
func touching(tx *db.Tx, who access.Viewer, q Query) ([]Activity, error) {
	tree := who.Tree()
	units := tree.Descendants(q.Unit)
	for _, u := range tree.Ancestors(q.Unit) {
		if u.ID != q.Unit {
			units = append(units, u.ID)
		}
	}
	inside := map[int64]bool{}
	for _, u := range units {
		inside[u] = true
	}
	places, hit := map[int64][]int64{}, map[int64]bool{}
	if err := tx.Each("SELECT activity_id, unit_id FROM outreach_place ORDER BY activity_id, unit_id", nil, func(row func(...any) error) error {
		var a, u int64
		err := row(&a, &u)
		places[a] = append(places[a], u)
		hit[a] = hit[a] || inside[u]
		return err
	}); err != nil {
		return nil, err
	}
	var out []Activity
	today := tx.Today()
	until := q.Until
	if until == "" {
		until = "9999-12-31"
	}
	err := tx.Each("SELECT "+activityColumns+" FROM outreach_activity WHERE day >= $1 AND day <= $2", []any{string(q.From), string(until)}, func(row func(...any) error) error {
		a, err := scanActivity(row)
		if err == nil && hit[a.ID] && q.takes(&a, today) {
			a.Units = places[a.ID]
			out = append(out, a)
		}
		return err
	})
	return out, err
}

// sees tells whether a viewer may see one of an activity's places, or works inside one of them.
func sees(who access.Viewer, units []int64) error {
	for _, u := range units {
		if who.May("outreach.see", u) == nil {
			return nil
		}
		for _, s := range who.Scope("outreach.see") {
			if who.Tree().Within(s, u) {
				return nil
			}
		}
	}
	return who.May("outreach.see", 0)
}

// Get reads one activity with the ids of its photos. The viewer needs outreach.see on one of its places or inside one.
func (b *Book) Get(ctx context.Context, who access.Viewer, n int64) (*Activity, []int64, error) {
	if err := anywhere(who, "outreach.see"); err != nil {
		return nil, nil, err
	}
	var a *Activity
	var photos []int64
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		photos = nil
		if a, err = one(tx, n); err != nil {
			return err
		}
		if err := sees(who, a.Units); err != nil {
			return err
		}
		return tx.Each("SELECT id FROM outreach_photo WHERE activity_id=$1 ORDER BY id", []any{n}, func(row func(...any) error) error {
			var x int64
			err := row(&x)
			photos = append(photos, x)
			return err
		})
	})
	return a, photos, err
}

// Photo reads a photo of an activity, a JPEG. The viewer needs what Get needs.
func (b *Book) Photo(ctx context.Context, who access.Viewer, n, picture int64) ([]byte, error) {
	if err := anywhere(who, "outreach.see"); err != nil {
		return nil, err
	}
	var out []byte
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		a, err := one(tx, n)
		if err != nil {
			return err
		}
		if err := sees(who, a.Units); err != nil {
			return err
		}
		var sealed []byte
		err = tx.QueryRow("SELECT sealed FROM outreach_photo WHERE id=$1 AND activity_id=$2", picture, n).Scan(&sealed)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.Missing, "outreach.no_photo", "Hoạt động này không có ảnh đó.")
		}
		if err != nil {
			return err
		}
		out, err = tx.Keys().OpenBytes(sealed)
		return err
	})
	return out, err
}
