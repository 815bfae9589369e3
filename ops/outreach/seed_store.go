package outreach

import (
	"context"
	"fmt"

	"bonphu/core/access"
	"bonphu/internal/attach"
	"bonphu/internal/db"
	"bonphu/internal/id"
)

// BringSeeds puts the texts of the program that the library does not have yet into it, waiting for approval: they may be used once somebody
// has read and approved them. It gives how many. The viewer needs outreach.publish on the whole campaign. (KH:III.1.d)
func (b *Book) BringSeeds(ctx context.Context, who access.Viewer) (int, error) {
	if err := who.May("outreach.publish", 0); err != nil {
		return 0, err
	}
	n := 0
	act := who.Act("outreach.publish", 0, "content", "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		n = 0
		have := map[string]bool{}
		if err := tx.Each("SELECT seed FROM outreach_content WHERE seed <> ''", nil, func(row func(...any) error) error {
			var s string
			err := row(&s)
			have[s] = true
			return err
		}); err != nil {
			return err
		}
		list, err := Seeds(b.Plan().Term(tx.Today()))
		if err != nil {
			return err
		}
		for _, t := range list {
			if have[t.Seed] {
				continue
			}
			if err := t.check(nil); err != nil {
				return err
			}
			t.ID = id.New()
			if err := compose(tx, who.Office, &t, &attach.File{}, Submitted, 0, SeedName); err != nil {
				return err
			}
			n++
		}
		act.Note = fmt.Sprintf("đưa %d nội dung của chương trình vào thư viện", n)
		return nil
	})
	return n, err
}

// SeedsLeft tells how many texts of the program the library does not have.
func (b *Book) SeedsLeft(ctx context.Context, who access.Viewer) (int, error) {
	if err := who.May("outreach.publish", 0); err != nil {
		return 0, nil // who may not bring them has none to bring
	}
	list, err := Seeds(b.Plan().Term(b.today()))
	if err != nil {
		return 0, err
	}
	n := 0
	err = b.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM outreach_content WHERE seed <> ''").Scan(&n)
	})
	return max(0, len(list)-n), err
}
