package access

import (
	"context"
	"slices"
	"strings"

	"bonphu/internal/db"
	"bonphu/internal/vn"
)

// AccountFilter narrows a list of accounts; zero values do not.
type AccountFilter struct {
	Text     string // part of the login or, without marks, of the name
	Role     string
	Unit     int64 // granted on this unit or under it
	Disabled *bool
}

// Accounts lists the accounts that the viewer may see, those with a grant on a unit where the viewer has the right, by login.
func (d *Door) Accounts(ctx context.Context, who Viewer, text string) ([]Account, error) {
	return d.AccountPage(ctx, who, AccountFilter{Text: text}, "", 1<<30)
}

// AccountPage lists up to n accounts after a login ("" from the first), by login: the next page begins after the last one's login.
func (d *Door) AccountPage(ctx context.Context, who Viewer, f AccountFilter, after string, n int) ([]Account, error) {
	if !who.MayAnywhere("account.see") {
		return nil, who.May("account.see", 0)
	}
	var out []Account
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		all := map[int64][]Grant{}
		if err := tx.Each("SELECT account_id, role, unit_id FROM role_grant ORDER BY role, unit_id", nil, func(scan func(...any) error) error {
			var a int64
			var g Grant
			err := scan(&a, &g.Role, &g.Unit)
			all[a] = append(all[a], g)
			return err
		}); err != nil {
			return err
		}
		for looked := true; looked && len(out) < n; {
			looked = false
			if err := tx.Each("SELECT id, login, name, office_id, must_change, totp_on, disabled, locked_until, created_at FROM account WHERE login > $1 ORDER BY login LIMIT 500", []any{after},
				func(scan func(...any) error) error {
					var a Account
					if err := scan(&a.ID, &a.Login, &a.Name, &a.Office, &a.MustChange, &a.TOTP, &a.Disabled, &a.Locked, &a.Created); err != nil {
						return err
					}
					looked, after = true, a.Login
					if a.Grants = all[a.ID]; len(out) < n && !a.holdsPhones() && who.sees(&a) && f.fits(who, &a) {
						out = append(out, a)
					}
					return nil
				}); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// holdsPhones tells whether the account is nothing but the name of somebody who holds a phone: it is managed there.
func (a *Account) holdsPhones() bool {
	return len(a.Grants) == 0 && strings.HasPrefix(a.Login, holderLogin)
}

// sees tells whether the viewer may see an account: one of its units is theirs; one without grants belongs to the whole campaign.
func (v Viewer) sees(a *Account) bool {
	return len(a.Grants) == 0 && v.May("account.see", 0) == nil ||
		slices.ContainsFunc(a.Grants, func(g Grant) bool { return v.May("account.see", g.Unit) == nil })
}

func (f AccountFilter) fits(who Viewer, a *Account) bool {
	fold := vn.Fold(f.Text)
	switch {
	case fold != "" && !strings.Contains(a.Login, fold) && !strings.Contains(vn.Fold(a.Name), fold):
		return false
	case f.Disabled != nil && *f.Disabled != a.Disabled:
		return false
	case f.Role == "" && f.Unit == 0:
		return true
	}
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return (f.Role == "" || g.Role == f.Role) && (f.Unit == 0 || who.tree != nil && who.tree.Within(g.Unit, f.Unit))
	})
}
