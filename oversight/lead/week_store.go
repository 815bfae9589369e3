package lead

import (
	"context"

	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/oversight/tally"
)

// week is what was asked of the teams of a unit and what came to count on any evidence in the seven days up to an outlook's day.
type week struct {
	Asked, Done int64
	Days        int64 // on which something was asked
}

// weekDays is how far back a week looks.
const weekDays = 7

// week reads it for the units under an outlook's unit; days on which nothing was asked leave out what was done on them too.
func (b *Book) week(ctx context.Context, tree *territory.Tree, o *Outlook, target string) (map[int64]week, error) {
	out := map[int64]week{}
	var ids []int64
	for _, u := range o.Parts {
		ids = append(ids, u.ID)
	}
	if len(ids) == 0 {
		return out, nil
	}
	return out, b.DB.Read(ctx, func(tx *db.Tx) error {
		clear(out)
		asked := map[string]map[tally.At]int64{}
		for i := range weekDays {
			day := o.Day.Add(-i)
			given, err := tally.Quotas(tx, tree, day)
			if err != nil {
				return err
			}
			asked[string(day)] = given
		}
		for _, given := range asked {
			for _, u := range ids {
				w := out[u]
				if n := given[tally.At{Unit: u, Target: target}]; n > 0 {
					w.Asked, w.Days = w.Asked+n, w.Days+1
				}
				out[u] = w
			}
		}
		for _, level := range []string{"confirmed", "verified", "claimed"} {
			err := tx.EachIn("SELECT unit_id, day, n FROM roll_day WHERE series=$1 AND day > $2 AND day <= $3 AND unit_id IN (%s)",
				[]any{"t:" + target + ":" + level, string(o.Day.Add(-weekDays)), string(o.Day)}, ids, func(scan func(...any) error) error {
					var u, n int64
					var day string
					if err := scan(&u, &day, &n); err != nil {
						return err
					}
					if asked[day][tally.At{Unit: u, Target: target}] > 0 {
						w := out[u]
						w.Done += n
						out[u] = w
					}
					return nil
				})
			if err != nil {
				return err
			}
		}
		for u, w := range out {
			w.Done = max(0, w.Done)
			out[u] = w
		}
		return nil
	})
}
