package app

import (
	"context"

	"bonphu/core/access"
)

// Night does what each new day asks for: it brings the figures into the day and plans the quotas anew (laws A2, C5).
func (a *App) Night(ctx context.Context, who access.Viewer) error {
	if a.Plan() == nil {
		return nil
	}
	return a.Book.Advance(ctx, who)
}
