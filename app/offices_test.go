package app

import (
	"testing"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/duties"
)

// officesOf reads the plan's offices by code and unit code.
func officesOf(t *testing.T, a *App) map[string]territory.Office {
	t.Helper()
	out := map[string]territory.Office{}
	if err := a.DB.Read(t.Context(), func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		all, err := territory.Offices(tx)
		for _, o := range all {
			if o.Code != "" {
				out[o.Code+"@"+tree.ByID(o.Unit).Code] = o
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestLaw_T3_ThePlansOfficesHangOnTheirUnits(t *testing.T) {
	a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
	offices := officesOf(t, a)
	each, alone := 0, 0
	for _, o := range a.Plan().Offices {
		if o.Each {
			each++
		} else {
			alone++
		}
	}
	if len(offices) != alone+13*each {
		t.Errorf("%d offices, want %d and %d of each of 13 communes", len(offices), alone, each)
	}
	if o := offices["ubndxa@25330"]; o.Name != "UBND xã An Khương" {
		t.Errorf("%+v", o)
	}
	for range 2 { // every night, every start: nothing new
		if err := a.keepOffices(t.Context(), access.System("thử")); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(officesOf(t, a)); n != len(offices) {
		t.Errorf("%d offices after keeping them again", n)
	}
	text, err := plan.Shipped("hon-quan-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetPlan(t.Context(), self(t, a), "hon-quan-2024.yaml", text); err != nil || len(officesOf(t, a)) != len(offices) {
		t.Errorf("the same plan again: %d offices, %v", len(officesOf(t, a)), err)
	}
}

func TestLaw_R1_AnAccountStandsForTheOfficeOfItsRole(t *testing.T) {
	a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
	offices, who := officesOf(t, a), self(t, a)
	tree := who.Tree()
	for _, x := range []struct {
		login, role, unit string
		office            string // said; "" for none
		want              string // stands for; "" for none
	}{
		{"chu-tich", "commune_chair", "25330", "", "ubndxa@25330"}, {"cong-an", "commune_police", "25345", "", "conganxa@25345"}, {"lanh-dao", "district_leader", "694", "", "ubndhuyen@694"},
		{"phong", "department", "694", "noivu@694", "noivu@694"}, {"khong-ro", "department", "694", "", ""}, {"nha-mang", "operator", "694", "viettel@694", "viettel@694"},
	} {
		n, password, err := a.Door.Create(t.Context(), who, access.Account{Login: x.login, Name: x.login, Office: offices[x.office].ID, Grants: []access.Grant{{Role: x.role, Unit: tree.ByCode(x.unit).ID}}})
		if err != nil {
			t.Fatal(x.login, err)
		}
		token, _, err := a.Door.Login(t.Context(), x.login, password, "127.0.0.1", "test")
		if err != nil {
			t.Fatal(err)
		}
		v, _, err := a.Door.Viewer(t.Context(), token, "127.0.0.1")
		if err != nil || v.Office != offices[x.want].ID {
			t.Errorf("%s stands for %d, want %s, %v", x.login, v.Office, x.want, err)
		}
		if x.want == "" {
			continue
		}
		var staff []duties.Person
		if err := a.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
			staff, err = a.staffOf(tx, offices[x.want])
			return err
		}); err != nil || len(staff) != 1 || staff[0].Account != n {
			t.Errorf("staff of %s: %v %v", x.want, staff, err)
		}
	}
	if _, _, err := a.Door.Create(t.Context(), who, access.Account{Login: "lech", Name: "Lệch", Office: offices["ubndxa@25345"].ID, Grants: []access.Grant{{Role: "commune_chair", Unit: tree.ByCode("25330").ID}}}); err == nil {
		t.Error("an account is put into a neighbour's office")
	}
}

// Every kind of record that a plan may name is counted, from tables that exist, and counts nothing in an empty campaign.
func TestClause_I_3_EveryKindOfRecordIsCounted(t *testing.T) {
	a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
	var all []territory.Office
	for _, o := range officesOf(t, a) {
		all = append(all, o)
	}
	for _, d := range a.Plan().Duties {
		if d.ShownBy == "" {
			continue
		}
		if _, ok := records[d.ShownBy]; !ok {
			t.Errorf("%s is shown by %q, which nobody counts", d.ID, d.ShownBy)
			continue
		}
		if err := a.DB.Read(t.Context(), func(tx *db.Tx) error {
			got, err := a.shownBy(tx, d.ShownBy, all)
			if len(got) > 0 && d.ShownBy != "quotas" {
				t.Errorf("%s counts %v in an empty campaign", d.ShownBy, got)
			}
			return err
		}); err != nil {
			t.Errorf("%s: %v", d.ShownBy, err)
		}
	}
	home := self(t, a).Tree().Home()
	if _, err := a.Duties.Board(t.Context(), self(t, a), duties.Query{Unit: home.ID}); err != nil {
		t.Error(err)
	}
}

func TestRecordsOfACommuneAreItsOwn(t *testing.T) {
	a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
	offices, tree := officesOf(t, a), self(t, a).Tree()
	day := clock.DayOf(a.Clock())
	var hamletOf = tree.ByCode("25330").ID
	if err := a.DB.Write(t.Context(), access.System("thử").Act("obstacle.send", hamletOf, "test", ""), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO obstacle(id, unit_id, category, text, people, team_id, device_id, who, who_name, at, day, due_day, level, state, photo)
			VALUES (1,$1,'khac','không có',0,0,0,0,'',$2,$3,$3,'district','open',FALSE)`, hamletOf, tx.Now(), string(day))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var got map[int64]map[clock.Day]int
	if err := a.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		got, err = a.shownBy(tx, "obstacles", []territory.Office{offices["ubndxa@25330"], offices["ubndxa@25345"], offices["conganhuyen@694"], offices["vhtt@694"]})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got[offices["ubndxa@25330"].ID][day] != 1 || got[offices["conganhuyen@694"].ID][day] != 1 || got[offices["ubndxa@25345"].ID] != nil || got[offices["vhtt@694"].ID] != nil {
		t.Errorf("%v", got)
	}
}
