package app

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// placeOffices gives the offices that a plan names, each hung on its unit as of a day (law T3).
func placeOffices(p *plan.Plan, tree *territory.Tree, day clock.Day) []territory.Office {
	home := tree.Place(p.Place.Unit)
	if home == nil {
		return nil
	}
	var out []territory.Office
	for _, o := range p.Offices {
		if !o.Each {
			out = append(out, territory.Office{Unit: home.ID, Kind: o.Kind, Name: o.Title, Code: o.ID})
			continue
		}
		for _, u := range tree.Children(home.ID, day) {
			out = append(out, territory.Office{Unit: u.ID, Kind: o.Kind, Name: o.TitleOf(u.Kind + " " + u.Name), Code: o.ID})
		}
	}
	return out
}

// keepOffices makes the offices that the plan names and the register of offices lacks: at the start, after another plan, every night
// (a unit may be new).
func (a *App) keepOffices(ctx context.Context, who access.Viewer) error {
	p := a.Plan()
	if p == nil || len(p.Offices) == 0 {
		return nil
	}
	var missing []territory.Office
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		have, err := territory.Offices(tx)
		if err != nil {
			return err
		}
		for _, o := range placeOffices(p, tree, clock.DayOf(a.Clock())) {
			if !slices.ContainsFunc(have, func(h territory.Office) bool { return h.Unit == o.Unit && h.Code == o.Code }) {
				missing = append(missing, o)
			}
		}
		return nil
	})
	if err != nil || len(missing) == 0 {
		return err
	}
	return a.DB.Write(ctx, who.Act("unit.manage", 0, "office", "cơ quan theo kế hoạch"), func(tx *db.Tx) error {
		for i := range missing {
			if err := territory.AddOffice(tx, &missing[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// officeFor tells the office that grants speak for: the first of the plan's that names one of their roles on the granted unit.
func (a *App) officeFor(tx *db.Tx, grants []access.Grant) (int64, error) {
	p := a.Plan()
	if p == nil {
		return 0, nil
	}
	for _, o := range p.Offices {
		for _, g := range grants {
			if !slices.Contains(o.Roles, g.Role) {
				continue
			}
			var n int64
			if err := tx.QueryRow("SELECT CAST(coalesce(max(id), 0) AS BIGINT) FROM office WHERE unit_id=$1 AND code=$2", g.Unit, o.ID).Scan(&n); err != nil || n != 0 {
				return n, err
			}
		}
	}
	return 0, nil
}
