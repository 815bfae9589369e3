package app

import (
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/db"
)

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
