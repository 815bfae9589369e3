package lead

import (
	"context"

	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// today is the campaign's day.
func (b *Book) today(ctx context.Context) (day clock.Day, err error) {
	err = b.DB.Read(ctx, func(tx *db.Tx) error {
		day = tx.Today()
		return nil
	})
	return day, err
}
