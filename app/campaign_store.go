package app

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/core/plan"
	"bonphu/internal/db"
	"bonphu/internal/id"
)

// loadPlan reads the campaign's present plan; none is no error.
func (a *App) loadPlan(ctx context.Context) error {
	var name, text string
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		err := tx.QueryRow("SELECT file, yaml FROM campaign WHERE current ORDER BY id DESC LIMIT 1").Scan(&name, &text)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || text == "" {
		return err
	}
	p, err := plan.Parse(name, []byte(text))
	if err != nil {
		return err
	}
	a.current.Store(p)
	return nil
}

// SetPlan makes a plan the campaign's (KH:0.a): the one before stays on record. Figures are told anew from the ledger when there
// are any.
func (a *App) SetPlan(ctx context.Context, who access.Viewer, name string, yaml []byte) error {
	if err := who.May("plan.change", 0); err != nil {
		return err
	}
	p, err := plan.Parse(name, yaml)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(yaml)
	sha := hex.EncodeToString(sum[:])
	act := who.Act("plan.change", 0, "campaign:"+sha[:16], name)
	had := a.Plan() != nil
	err = a.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
		if _, err := tx.Exec("UPDATE campaign SET current=FALSE WHERE current"); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO campaign(id, code, file, yaml, sha, at, current) VALUES ($1,$2,$3,$4,$5,$6,TRUE)",
			id.New(), name, name, string(yaml), sha, tx.Now())
		return err
	})
	if err != nil {
		return err
	}
	a.current.Store(p)
	a.Door.Changed()
	a.Lists = intake.NewDesk(a.DB, a.formats()...)
	if !had {
		return nil // Begin makes the offices when the units are there
	}
	if err := a.keepOffices(ctx, who); err != nil {
		return err
	}
	return a.Book.Rebuild(ctx, access.System("đổi kế hoạch"), nil)
}

// lastTrail reads when the last act was done; "" when none was.
func lastTrail(tx *db.Tx, at *string) error {
	err := tx.QueryRow("SELECT at FROM trail ORDER BY seq DESC LIMIT 1").Scan(at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}
