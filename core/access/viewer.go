// Package access says who may do what where: accounts, roles as sets of verbs granted on subtrees of units, sessions, second
// factors, and the reading of the trail (laws R1, R2).
//
// Who is asking is always a parameter: every exported method of the domain takes a Viewer first and asks it before anything else.
package access

import (
	"slices"

	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Grant is a role on a unit: it holds for the unit and everything under it.
type Grant struct {
	Role string
	Unit int64
}

// Viewer is who is asking. The zero Viewer may do nothing.
type Viewer struct {
	Account int64
	Login   string
	Name    string
	From    string // network address, or "cli"
	Session int64
	Office  int64 // the office that the account belongs to; 0 for none said
	Grants  []Grant

	tree   *territory.Tree
	system bool
	step   Step // what the session still has to do: until it is Done, no verb may be used
}

// NewViewer makes a viewer with these grants on a tree, for the door and for tests.
func NewViewer(account int64, login, name, from string, grants []Grant, tree *territory.Tree) Viewer {
	return Viewer{Account: account, Login: login, Name: name, From: from, Grants: grants, tree: tree}
}

// System is the program itself (commands on its own machine, nightly work): it may do everything, and the trail names it.
func System(name string) Viewer {
	return Viewer{Name: "hệ thống (" + name + ")", From: "cli", system: true}
}

// May tells whether the viewer may do verb on a unit; the fault says in Vietnamese which right is missing. Unit 0 stands for
// the whole campaign: a role on the campaign's own unit, or above it, is needed.
func (v Viewer) May(verb Verb, unit int64) error {
	if v.system {
		return nil
	}
	if err := v.during(Done); err != nil {
		return err
	}
	if v.tree != nil {
		if unit == 0 {
			if home := v.tree.Home(); home != nil {
				unit = home.ID
			}
		}
		for _, g := range v.Grants {
			if r, ok := RoleOf(g.Role); ok && r.Has(verb) && v.tree.Within(unit, g.Unit) {
				return nil
			}
		}
	}
	return fault.New(fault.Forbidden, "access.forbidden", "Bạn chưa có quyền %s ở địa bàn này. Hãy liên hệ quản trị hệ thống nếu cần.", TitleOf(verb))
}

// during refuses a viewer whose session is neither through the door nor at one of these steps.
func (v Viewer) during(steps ...Step) error {
	switch {
	case v.Account == 0:
		return fault.New(fault.Unknown, "access.nobody", "Hãy đăng nhập để tiếp tục.")
	case v.step == Done || slices.Contains(steps, v.step):
		return nil
	case v.step == MustChange:
		return fault.New(fault.Forbidden, "access.step_change", "Hãy đổi mật khẩu được cấp trước khi làm việc.")
	case v.step == EnrolTOTP:
		return fault.New(fault.Forbidden, "access.step_enrol", "Hãy bật mã xác thực trước khi làm việc.")
	}
	return fault.New(fault.Forbidden, "access.step_code", "Hãy nhập mã xác thực trước khi làm việc.")
}

// MayAnywhere tells whether the viewer may do verb on some unit, for showing or hiding a menu.
func (v Viewer) MayAnywhere(verb Verb) bool {
	if v.system {
		return true
	}
	if v.during(Done) != nil {
		return false
	}
	for _, g := range v.Grants {
		if r, ok := RoleOf(g.Role); ok && r.Has(verb) {
			return true
		}
	}
	return false
}

// Scope lists the topmost units on which the viewer may do verb.
func (v Viewer) Scope(verb Verb) []int64 {
	if v.tree == nil {
		return nil
	}
	if v.system {
		if r := v.tree.Root(); r != nil {
			return []int64{r.ID}
		}
		return nil
	}
	if v.during(Done) != nil {
		return nil
	}
	var out []int64
	for _, u := range v.tree.All() { // upper tiers first
		for _, g := range v.Grants {
			r, ok := RoleOf(g.Role)
			if !ok || g.Unit != u.ID || !r.Has(verb) {
				continue
			}
			inside := false
			for _, o := range out {
				inside = inside || v.tree.Within(u.ID, o)
			}
			if !inside {
				out = append(out, u.ID)
			}
		}
	}
	return out
}

// Tree is the tree of units as the viewer's request found it.
func (v Viewer) Tree() *territory.Tree { return v.tree }

// On gives the same viewer with a tree; the system's viewer gets one for Scope.
func (v Viewer) On(tree *territory.Tree) Viewer {
	v.tree = tree
	return v
}

// IsSystem tells whether it is the program itself.
func (v Viewer) IsSystem() bool { return v.system }

// Act names what the viewer is about to do, for the trail (law R2).
func (v Viewer) Act(verb Verb, unit int64, object, note string) db.Act {
	return db.Act{Verb: string(verb), Who: v.Account, WhoName: v.Name, Unit: unit, Object: object, Note: note, From: v.From}
}
