package canvass

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Photo is a picture taken at a visit; it is read one at a time (law R3).
type Photo struct {
	ID, Visit int64
	At        string
}

// Photos lists the pictures of a person's visits, newest first. The viewer needs field.see where the person lives.
func (b *Book) Photos(ctx context.Context, who access.Viewer, person int64) ([]Photo, error) {
	var out []Photo
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := b.seen(tx, who, person)
		if err != nil {
			return err
		}
		out = nil
		return tx.EachIn("SELECT id, visit_id, at FROM visit_photo WHERE visit_id IN (%s) ORDER BY at DESC, id DESC", nil, list, func(scan func(...any) error) error {
			var p Photo
			err := scan(&p.ID, &p.Visit, &p.At)
			out = append(out, p)
			return err
		})
	})
	return out, err
}

// PhotoOf gives one picture of a person's visits as JPEG. The viewer needs field.see where the person lives.
func (b *Book) PhotoOf(ctx context.Context, who access.Viewer, person, photo int64) ([]byte, error) {
	var out []byte
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := b.seen(tx, who, person)
		if err != nil {
			return err
		}
		out = nil
		return tx.EachIn("SELECT sealed FROM visit_photo WHERE id=$1 AND visit_id IN (%s)", []any{photo}, list, func(scan func(...any) error) error {
			var sealed []byte
			if err := scan(&sealed); err != nil {
				return err
			}
			out, err = tx.Keys().OpenBytes(sealed)
			return err
		})
	})
	if err == nil && out == nil {
		err = fault.New(fault.Missing, "canvass.no_photo", "Không có ảnh này.")
	}
	return out, err
}

// seen gives the ids of a person's visits to who may see them.
func (b *Book) seen(tx *db.Tx, who access.Viewer, person int64) ([]int64, error) {
	unit, err := people.UnitOf(tx, person)
	if err != nil {
		return nil, err
	}
	if err := who.May("field.see", unit); err != nil {
		return nil, err
	}
	list, err := visitsOf(tx, person)
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return ids, err
}
