package app

import (
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/ops/dossier"
)

// takeDossier opens the dossier of somebody who came to a session: with the card where the ledger does not know one yet, else for the account
// alone. Packages of ops never import one another.
func (a *App) takeDossier(tx *db.Tx, who access.Viewer, person, point, session int64) (string, error) {
	events, err := coverage.EventsOf(tx, []int64{person})
	if err != nil {
		return "", err
	}
	kind := dossier.Both
	if c := a.Plan().Coverage("cccd"); c != nil {
		var of []coverage.Event
		for _, e := range events[person] {
			if e.Coverage == c.ID {
				of = append(of, e)
			}
		}
		if s := coverage.Fold(of, "", c.Rank); s.At(coverage.Claimed) >= c.Rank(c.Goal) {
			kind = dossier.EID2
		}
	}
	d, err := a.Dossiers.TakeIn(tx, who, person, dossier.Take{Kind: kind, Point: point, Session: session})
	if err != nil {
		return "", err
	}
	return dossier.CodeText(d.Code), nil
}

// needingDossiers tells the collection points who needs a dossier taken: the people in the need segments that the plan makes under its
// clause on inviting (KH:III.3.b), with where each lives.
func (a *App) needingDossiers(tx *db.Tx, unit int64) (map[int64]int64, error) {
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	var series []string
	if p := a.Plan(); p != nil {
		known := a.Book.SeriesNow()
		for _, s := range p.Segments {
			if strings.HasPrefix(s.Clause, "III.3.b") && known.Known("s:"+s.ID) {
				series = append(series, "s:"+s.ID)
			}
		}
	}
	if len(series) == 0 {
		return map[int64]int64{}, nil
	}
	return a.Book.Members(tx, tree.Descendants(unit), series...)
}
