package territory

import (
	"context"
	"errors"
	"maps"
	"testing"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

func write(t *testing.T, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), db.Act{Verb: "test"}, fn); err != nil {
		t.Fatal(err)
	}
}

// plant puts the shipped units into a fresh database.
func plant(t *testing.T) (*db.DB, func() *Tree) {
	t.Helper()
	d := dbtest.Open(t)
	list, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	write(t, d, func(tx *db.Tx) error {
		ids := map[string]int64{}
		for i := range list {
			u := &list[i].Unit
			u.Parent = ids[list[i].ParentCode]
			if err := Insert(tx, u); err != nil {
				return err
			}
			ids[u.Code] = u.ID
		}
		return nil
	})
	return d, func() (tree *Tree) {
		t.Helper()
		if err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
			tree, err = Load(tx)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return tree
	}
}

func TestLaw_T1_OneTreeWhoseTiersAreData(t *testing.T) {
	_, load := plant(t)
	tree := load()
	if n := len(tree.All()); n != 15 {
		t.Fatalf("%d units", n)
	}
	if tree.Root().Code != "70" || tree.Home().Code != "694" || tree.At("70").Home().Code != "70" || tree.Home().Code != "694" {
		t.Error("the top and the campaign's unit")
	}
	district := tree.ByCode("694")
	if got := len(tree.Children(district.ID, "2024-05-20")); got != 13 {
		t.Errorf("%d communes", got)
	}
	if got := len(tree.Descendants(district.ID)); got != 14 {
		t.Errorf("%d descendants", got)
	}
	c := tree.ByCode("25330")
	if !tree.Within(c.ID, district.ID) || !tree.Within(c.ID, c.ID) || tree.Within(district.ID, c.ID) || tree.Within(c.ID, 0) || tree.Within(12345, c.ID) {
		t.Error("Within")
	}
	if c.Path != "/70/694/25330/" || tree.FullName(c.ID) != "Xã An Khương" || c.Lat == 0 {
		t.Errorf("%+v", c)
	}
	if up := tree.Ancestors(c.ID); len(up) != 3 || up[0] != c || up[2].Code != "70" {
		t.Error("Ancestors")
	}
	for _, u := range tree.All() {
		if p := tree.ByID(u.Parent); p != nil && p.Tier >= u.Tier {
			t.Errorf("%s lies under %s", u.Title(), p.Title())
		}
	}
}

func TestLaw_T1_HamletsInTheOrderOfTheirNumbers(t *testing.T) {
	tree := honQuan(t)
	var got string
	for _, u := range tree.Children(tree.ByCode("25330").ID, "") {
		got += u.Title() + "; "
	}
	if want := "Ấp 1; Ấp 1A; Ấp 2; Ấp 5; Ấp 10; "; len(got) < len(want) || got[:len(want)] != want {
		t.Errorf("%s", got)
	}
}

func TestInsertRefusesWhatIsNoUnit(t *testing.T) {
	d, load := plant(t)
	top := load().ByCode("694").ID
	for name, u := range map[string]Unit{
		"no code": {Name: "A", Parent: top}, "no name": {Code: "1", Parent: top}, "a slash": {Code: "1/2", Name: "A", Parent: top}, "a taken code": {Code: "25330", Name: "A", Parent: top},
		"no such parent": {Code: "1", Name: "A", Parent: 42},
	} {
		err := d.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error { return Insert(tx, &u) })
		if f, ok := fault.As(err); !ok || f.Field == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEnsureHamlet(t *testing.T) {
	d, load := plant(t)
	ensure := func(code, text string) (u *Unit) {
		tree := load()
		write(t, d, func(tx *db.Tx) (err error) {
			u, err = EnsureHamlet(tx, tree, tree.ByCode(code).ID, text)
			return err
		})
		return u
	}
	a := ensure("25330", "ấp 01")
	if a == nil || a.Title() != "Ấp 1" || !a.Provisional || a.Code != "25330.01" || a.Tier != TierHamlet {
		t.Fatalf("%+v", a)
	}
	if again := ensure("25330", "Tổ 3, Âp 1, xã An Khương"); again.ID != a.ID {
		t.Error("the same hamlet was made twice")
	}
	if u := ensure("25357", "3"); u == nil || u.Title() != "Khu phố 3" {
		t.Errorf("a hamlet of a town: %+v", u)
	}
	for _, text := range []string{"", "ấp", "Tổ 3", "xã An Phú", "An Phú"} {
		if u := ensure("25330", text); u != nil {
			t.Errorf("%q made %s", text, u.Title())
		}
	}
	// Once the district has named the hamlets, lists make no more.
	a.Provisional = false
	write(t, d, func(tx *db.Tx) error { return Update(tx, a) })
	if u := ensure("25330", "ấp 9"); u != nil {
		t.Errorf("made %s among official hamlets", u.Title())
	}
}

// reformed is the shipped tree after 01/7/2025.
func reformed(t *testing.T) *Tree {
	t.Helper()
	d, load := plant(t)
	r, err := Reform2025()
	if err != nil {
		t.Fatal(err)
	}
	write(t, d, r.Apply)
	once := load()
	write(t, d, r.Apply)
	if again := load(); len(again.All()) != len(once.All()) || len(again.next) != len(once.next) {
		t.Error("the reform applied again changed the tree")
	}
	return once
}

const (
	in2024 = clock.Day("2024-06-12")
	today  = clock.Day("2025-07-01")
)

func TestLaw_T2_AFigureOf2024InItsUnitsAndInTodays(t *testing.T) {
	tree := reformed(t)
	// Residents without a card by commune on a day of the campaign; made up.
	codes := map[string]int64{"25327": 11, "25330": 12, "25339": 13, "25342": 14, "25345": 15, "25348": 16, "25349": 17, "25351": 18, "25354": 19, "25357": 20, "25360": 21, "25361": 22, "25438": 23}
	figures, sum := map[int64]int64{}, int64(0)
	for code, n := range codes {
		figures[tree.ByCode(code).ID] = n
		sum += n
	}
	then, untold := tree.RetellAll(figures, in2024)
	if !maps.Equal(then, figures) || len(untold) != 0 {
		t.Errorf("told on its own day: %v, untold %v", then, untold)
	}
	now, untold := tree.RetellAll(figures, today)
	want := map[string]int64{"25357-2025": 20 + 22 + 21, "25345-2025": 15 + 12 + 11, "25348-2025": 16 + 13 + 17, "25438-2025": 23 + 18 + 14}
	if len(now) != len(want) {
		t.Errorf("told in %d units", len(now))
	}
	for code, n := range want {
		if got := now[tree.ByCode(code).ID]; got != n {
			t.Errorf("%s: %d, want %d", tree.ByCode(code).Title(), got, n)
		}
		sum -= n
	}
	// Where Thanh Bình went is not told: its figure stays by it, and nothing is lost.
	if len(untold) != 1 || untold[tree.ByCode("25354").ID] != 19 || sum != 19 {
		t.Errorf("untold %v, %d missing", untold, sum)
	}
}

func TestLaw_T2_UnitsOfADay(t *testing.T) {
	tree := reformed(t)
	old, fresh := tree.ByCode("25330"), tree.ByCode("25345-2025")
	if !old.In(in2024) || !old.In("2025-06-30") || old.In(today) || fresh.In("2025-06-30") || !fresh.In(today) || !old.In("") {
		t.Error("from and until")
	}
	if got := len(tree.Children(tree.ByCode("694").ID, in2024)); got != 13 {
		t.Errorf("%d communes in 2024", got)
	}
	if got := len(tree.Children(tree.ByCode("694").ID, today)); got != 0 {
		t.Errorf("%d communes of the district today", got)
	}
	if got := len(tree.Children(tree.ByCode("75").ID, today)); got != 4 {
		t.Errorf("%d communes of Đồng Nai today", got)
	}
	if got := tree.Predecessors(fresh.ID, in2024); len(got) != 3 || tree.ByID(got[0]).Code != "25327" || tree.ByID(got[1]).Code != "25330" || tree.ByID(got[2]).Code != "25345" {
		t.Errorf("Tân Hưng was %v", got)
	}
	if _, told := tree.Retell(tree.ByCode("25354").ID, today); told {
		t.Error("Thanh Bình is told")
	}
	if u, ok := tree.Retell(tree.ByCode("70").ID, today); !ok || tree.ByID(u).Title() != "Tỉnh Đồng Nai" {
		t.Error("Bình Phước")
	}
	if tree.Home().Code != "694" {
		t.Errorf("after the reform the campaign is %s", tree.Home().Title())
	}
}

func TestLaw_T2_ChainsSplitsAndRings(t *testing.T) {
	u := func(id int64, from, until clock.Day) Unit {
		return Unit{ID: id, Code: string(rune('a' + id)), Tier: TierCommune, Name: "U", From: from, Until: until}
	}
	tree := NewTree([]Unit{
		u(1, "", "2020-01-01"), u(2, "2020-01-02", "2022-01-01"), u(3, "2022-01-02", ""), // 1 → 2 → 3
		u(4, "", "2021-12-31"), u(5, "2022-01-01", ""), u(6, "2022-01-01", ""), // 4 → 5 and 6
		u(7, "", "2000-01-01"), u(8, "", "2000-01-01"), // 7 ⇄ 8
		{ID: 9, Code: "z", Tier: TierHamlet, Name: "1", Parent: 1},
	}, []Succession{{"2020-01-02", 1, 2, ""}, {"2022-01-02", 2, 3, ""}, {"2022-01-01", 4, 5, ""}, {"2022-01-01", 4, 6, ""}, {"2001-01-01", 7, 8, ""}, {"2001-01-01", 8, 7, ""}})
	for _, c := range []struct {
		unit int64
		day  clock.Day
		want int64 // 0: not told
	}{{1, "2019-05-05", 1}, {1, "2021-01-01", 2}, {1, "2024-01-01", 3}, {4, "2021-01-01", 4}, {4, "2024-01-01", 0}, {7, "2024-01-01", 0}, {99, "2024-01-01", 0}} {
		got, told := tree.Retell(c.unit, c.day)
		if got != c.want || told != (c.want != 0) {
			t.Errorf("Retell(%d, %s) = %d, %v, want %d", c.unit, c.day, got, told, c.want)
		}
	}
	if c, ok := tree.CommuneOn(9, "2024-01-01"); !ok || c.ID != 3 {
		t.Error("a hamlet's figure stands in its commune's successor")
	}
	if got := tree.Predecessors(3, "2019-01-01"); len(got) != 1 || got[0] != 1 {
		t.Errorf("Predecessors %v", got)
	}
}

func TestSucceedRefuses(t *testing.T) {
	d, load := plant(t)
	a, b := load().ByCode("25330").ID, load().ByCode("25345").ID
	for name, s := range map[string]Succession{"itself": {"2025-07-01", a, a, ""}, "no day": {"", a, b, ""}, "a unit that is not there": {"2025-07-01", a, 42, ""}} {
		err := d.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error { return Succeed(tx, s) })
		var f *fault.Fault
		if !errors.As(err, &f) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLaw_T3_OfficesHangOnUnits(t *testing.T) {
	d, load := plant(t)
	tree := load()
	a := &Office{Unit: tree.ByCode("25330").ID, Kind: "police", Name: "Công an xã An Khương"}
	again := &Office{Unit: a.Unit, Kind: "police", Name: "CÔNG AN XÃ AN KHƯƠNG"}
	other := &Office{Unit: tree.ByCode("25345").ID, Kind: "police", Name: "Công an xã An Khương"}
	var list []Office
	write(t, d, func(tx *db.Tx) error {
		for _, o := range []*Office{a, again, other} {
			if err := AddOffice(tx, o); err != nil {
				return err
			}
		}
		var err error
		list, err = Offices(tx)
		return err
	})
	if again.ID != a.ID || other.ID == a.ID || len(list) != 2 {
		t.Errorf("%+v", list)
	}
	if len(load().All()) != len(tree.All()) {
		t.Error("an office is no unit")
	}
}
