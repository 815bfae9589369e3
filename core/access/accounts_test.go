package access

import (
	"fmt"
	"testing"

	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

func unitOf(code string, parent int64, tier int) territory.Unit {
	return territory.Unit{Code: code, Kind: "ấp", Name: code, Tier: tier, Parent: parent}
}

// Nobody grants more than they have, nor where they are not.
func TestLaw_R1_NobodyGrantsMoreThanTheyHave(t *testing.T) {
	w := build(t)
	police := w.as("district_police", "d1")
	for _, c := range []struct {
		who        Viewer
		role, unit string
		ok         bool
	}{
		{police, "commune_police", "c11", true}, {police, "district_police", "d1", true}, {police, "member", "h111", true},
		{police, "commune_police", "c21", false}, {police, "commune_police", "p", false}, {police, "sysadmin", "d1", false}, {police, "no_such", "c11", false},
		{w.as("commune_police", "c11"), "member", "c11", false}, {w.as("district_leader", "d1"), "member", "c11", false}, {w.as("auditor", "p"), "member", "c11", false},
		{w.as("sysadmin", "d1"), "district_police", "d1", true}, {w.as("sysadmin", "d1"), "sysadmin", "d1", true}, {w.as("sysadmin", "d1"), "member", "c21", false},
	} {
		g := w.at(c.role, c.unit)
		_, _, err := w.door.Create(ctx, c.who, Account{Login: fmt.Sprintf("moi.%s.%s.%d", c.role, c.unit, len(c.who.Grants[0].Role)), Name: "Mới", Grants: []Grant{g}})
		if (err == nil) != c.ok {
			t.Errorf("%s creates %s on %s: %v", c.who.Grants[0].Role, c.role, c.unit, err)
		}
		some := w.account(fmt.Sprintf("co.%s.%s.%d", c.role, c.unit, len(c.who.Grants[0].Role)), false)
		if c.role == "no_such" {
			continue
		}
		w.write(func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO role_grant(account_id, role, unit_id) VALUES ($1,$2,$3)", some, g.Role, g.Unit)
			return err
		})
		// The same holds for taking over: whoever could not grant it cannot reset, disable or take it away.
		_, reset := w.door.ResetPassword(ctx, c.who, some)
		for what, err := range map[string]error{"reset": reset, "disable": w.door.Disable(ctx, c.who, some, true), "rename": w.door.Rename(ctx, c.who, some, "Khác", 0), "end": w.door.EndSessions(ctx, c.who, some)} {
			if (err == nil) != c.ok {
				t.Errorf("%s may %s %s on %s: %v", c.who.Grants[0].Role, what, c.role, c.unit, err)
			}
		}
		if err := w.door.Ungrant(ctx, c.who, some, g); (err == nil) != c.ok {
			t.Errorf("%s takes %s on %s away: %v", c.who.Grants[0].Role, c.role, c.unit, err)
		}
	}
	chief := w.account("chief", false, w.at("sysadmin", "p"))
	if w.door.Grant(ctx, police, chief, w.at("member", "c11")) == nil {
		t.Error("a grant to an account above the giver")
	}
}

func TestOnlySystemAdministratorsTakeASecondFactorAway(t *testing.T) {
	w := build(t)
	peer := w.account("huyen", false, w.at("district_police", "d1"))
	if err := w.door.ResetTOTP(ctx, w.as("district_police", "d1"), peer); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	if err := w.door.ResetTOTP(ctx, w.as("sysadmin", "d2"), peer); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	if err := w.door.ResetTOTP(ctx, w.as("sysadmin", "d1"), peer); err != nil {
		t.Error(err)
	}
}

func TestTheLastSystemAdministratorStays(t *testing.T) {
	w := build(t)
	all := System("thử")
	a := w.account("mot", false, w.at("sysadmin", "p"))
	if err := w.door.Disable(ctx, all, a, true); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	if err := w.door.Ungrant(ctx, all, a, w.at("sysadmin", "p")); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	b := w.account("hai", false, w.at("sysadmin", "p"))
	if err := w.door.Disable(ctx, all, a, true); err != nil {
		t.Error(err)
	}
	if err := w.door.Disable(ctx, all, b, true); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
}

func TestACommunesAccountsAfterAChange(t *testing.T) {
	w := build(t)
	a := w.account("co", false, w.at("member", "c11"))
	token, _, _ := w.login("co")
	if err := w.door.Grant(ctx, System("thử"), a, w.at("team_leader", "c11")); err != nil {
		t.Fatal(err)
	}
	if v, _, err := w.door.Viewer(ctx, token, ""); err != nil || v.May("board.see", w.unit["c11"]) != nil {
		t.Error("a new right is not seen at once", err)
	}
	once, err := w.door.ResetPassword(ctx, System("thử"), a)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.door.Viewer(ctx, token, ""); err == nil {
		t.Error("a session outlives a reset")
	}
	if _, step, err := w.door.Login(ctx, "co", once, "", ""); err != nil || step != MustChange {
		t.Error(step, err)
	}
	w.account("trung", false)
	if _, _, err := w.door.Create(ctx, System("thử"), Account{Login: "trung", Name: "X", Grants: []Grant{w.at("member", "c11")}}); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	for field, bad := range map[string]Account{"login": {Login: "có dấu", Name: "X", Grants: []Grant{w.at("member", "c11")}}, "name": {Login: "xyz", Grants: []Grant{w.at("member", "c11")}}, "role": {Login: "xyz", Name: "X"}} {
		if _, _, err := w.door.Create(ctx, System("thử"), bad); err == nil {
			t.Error(field)
		} else if f, _ := fault.As(err); f == nil || f.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestAccountsArePagedAndScoped(t *testing.T) {
	w := build(t)
	for i := range 12 {
		unit, role := "c11", "member"
		if i%2 == 1 {
			unit, role = "c21", "team_leader"
		}
		w.account(fmt.Sprintf("nguoi%02d", i), false, w.at(role, unit))
	}
	var got []string
	for after := ""; ; {
		page, err := w.door.AccountPage(ctx, w.as("district_police", "d1"), AccountFilter{}, after, 4)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range page {
			got, after = append(got, a.Login), a.Login
		}
		if len(page) < 4 {
			break
		}
	}
	if fmt.Sprint(got) != "[nguoi00 nguoi02 nguoi04 nguoi06 nguoi08 nguoi10]" {
		t.Errorf("%v", got)
	}
	for n, f := range map[int]AccountFilter{6: {Role: "team_leader"}, 12: {Unit: w.unit["p"]}, 1: {Text: "NGƯỜI nguoi03"}, 0: {Unit: w.unit["c12"]}} {
		if list, err := w.door.AccountPage(ctx, w.as("sysadmin", "p"), f, "", 100); err != nil || len(list) != n {
			t.Errorf("%+v: %d, %v", f, len(list), err)
		}
	}
	if _, err := w.door.Accounts(ctx, w.as("member", "c11"), ""); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
}

func TestLaw_R2_EveryChangeOfAnAccountLeavesATrail(t *testing.T) {
	w := build(t)
	a := w.account("co", false, w.at("member", "c11"))
	who := w.as("sysadmin", "p")
	if err := w.door.Grant(ctx, who, a, w.at("team_leader", "c11")); err != nil {
		t.Fatal(err)
	}
	w.login("co")
	_, _, _ = w.door.Login(ctx, "co", "sai sai sai", "10.1.1.1", "")
	if _, err := (Units{w.door}).Add(ctx, who, unitOf("h113", w.unit["c12"], 3)); err != nil {
		t.Fatal(err)
	}
	rows, err := w.door.TrailPage(ctx, who, TrailFilter{}, 0, 4)
	if err != nil || len(rows) != 4 {
		t.Fatal(rows, err)
	}
	for i, want := range []db.Act{{Verb: "unit.manage", Unit: w.unit["c12"], Who: 7}, {Verb: "session.refused", Who: a}, {Verb: "session.open", Who: a}, {Verb: "account.manage", Unit: w.unit["c11"], Who: 7}} {
		if got := rows[i].Act; got.Verb != want.Verb || got.Unit != want.Unit || got.Who != want.Who {
			t.Errorf("row %d: %+v, want %+v", i, got, want)
		}
	}
	if rows[1].Act.From != "10.1.1.1" {
		t.Error("from where")
	}
	older, err := w.door.TrailPage(ctx, who, TrailFilter{}, rows[3].Seq, 100)
	if err != nil || len(older) == 0 || older[0].Seq != rows[3].Seq-1 {
		t.Error("the next page", err)
	}
	for n, f := range map[int]TrailFilter{1: {Verb: "session.open"}, 2: {Who: a}, 0: {Unit: w.unit["d2"]}} {
		if got, err := w.door.TrailPage(ctx, who, f, 0, 100); err != nil || len(got) != n {
			t.Errorf("%+v: %d rows, %v", f, len(got), err)
		}
	}
	if got, err := w.door.TrailPage(ctx, who, TrailFilter{Unit: w.unit["c12"]}, 0, 100); err != nil || len(got) != 1 {
		t.Error(len(got), err)
	}
	// A commune's auditor sees the commune's rows alone; who may see no trail sees none.
	part, err := w.door.TrailPage(ctx, NewViewer(99, "kt", "Kiểm", "", []Grant{w.at("auditor", "c11")}, w.tree), TrailFilter{}, 0, 100)
	if err != nil || len(part) != 1 || part[0].Act.Unit != w.unit["c11"] {
		t.Errorf("%+v %v", part, err)
	}
	if _, err := w.door.TrailPage(ctx, w.as("member", "p"), TrailFilter{}, 0, 1); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	if n, broken, err := w.door.TrailSound(ctx, who); err != nil || broken != 0 || n == 0 {
		t.Error(n, broken, err)
	}
	w.write(func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE trail SET note='khác' WHERE seq=$1", rows[2].Seq)
		return err
	})
	if _, broken, err := w.door.TrailSound(ctx, who); err != nil || broken != rows[2].Seq {
		t.Errorf("broken at %d, %v", broken, err)
	}
}

func TestLaw_R1_UnitsAreChangedByWhoMay(t *testing.T) {
	w := build(t)
	units := Units{w.door}
	for who, ok := range map[string]bool{"district_police": true, "sysadmin": true, "district_leader": false, "commune_police": false, "auditor": false} {
		v := w.as(who, "d1")
		_, add := units.Add(ctx, v, unitOf("h-"+who, w.unit["c11"], 3))
		_, office := units.AddOffice(ctx, v, territory.Office{Unit: w.unit["c11"], Kind: "police", Name: "Công an " + who})
		c := *w.tree.ByCode("c11")
		c.Name = "Sửa " + who
		for what, err := range map[string]error{"add": add, "office": office, "correct": units.Correct(ctx, v, c)} {
			if (err == nil) != ok {
				t.Errorf("%s may %s: %v", who, what, err)
			}
		}
		if _, err := units.Add(ctx, v, unitOf("o-"+who, w.unit["c21"], 3)); err == nil {
			t.Errorf("%s adds outside", who)
		}
		if units.Merge(ctx, v, []int64{w.unit["c11"]}, w.unit["c21"], "2025-07-01", "") == nil || units.Merge(ctx, v, []int64{w.unit["c21"]}, w.unit["c11"], "2025-07-01", "") == nil {
			t.Errorf("%s merges across the border", who)
		}
		if units.Reform(ctx, v, territory.Reform{Day: "2025-07-01"}) == nil {
			t.Errorf("%s reforms the whole campaign", who)
		}
	}
	if err := units.Merge(ctx, w.as("sysadmin", "d1"), []int64{w.unit["c12"]}, w.unit["c11"], "2025-07-01", "NQ thử"); err != nil {
		t.Fatal(err)
	}
	tree, err := w.door.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if now, told := tree.Retell(w.unit["c12"], "2025-07-01"); !told || now != w.unit["c11"] {
		t.Error("the merger is not seen at once")
	}
	if list, err := units.Offices(ctx, w.as("department", "c11")); err != nil || len(list) != 2 {
		t.Error(list, err)
	}
	if list, err := units.Offices(ctx, w.as("department", "c12")); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
}
