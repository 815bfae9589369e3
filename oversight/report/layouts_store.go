package report

import (
	"context"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/docx"
)

// Layout is an office's own layout in use for a kind of document.
type Layout struct {
	Unit    int64
	Kind    docx.Kind
	Name    string
	WhoName string
	At      string
}

// Layouts lists the layouts in use that the asker may see.
func (k *Desk) Layouts(ctx context.Context, who access.Viewer) ([]Layout, error) {
	if !who.MayAnywhere(VerbSee) {
		return nil, who.May(VerbSee, 0)
	}
	var out []Layout
	err := k.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each("SELECT unit_id, kind, name, who_name, at FROM document_form WHERE withdrawn_at='' ORDER BY kind, at", nil, func(scan func(...any) error) error {
			var l Layout
			err := scan(&l.Unit, &l.Kind, &l.Name, &l.WhoName, &l.At)
			if who.May(VerbSee, l.Unit) == nil {
				out = append(out, l)
			}
			return err
		})
	})
	return out, err
}
