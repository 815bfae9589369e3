package app

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/ops/canvass"
)

// smallDemo is a demo district of 3,000, opened as the server opens it.
func smallDemo(t *testing.T) (*App, *DemoReport) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	report, err := BuildDemo(t.Context(), dir, 3000, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := AtFolder(t.Context(), dir, false)
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a, report
}

func TestDemoDistrict(t *testing.T) {
	a, report := smallDemo(t)
	ctx := t.Context()
	who := self(t, a)
	root := who.Tree().ByCode(a.Plan().Place.Unit)

	t.Run("its teams go from door to door", func(t *testing.T) {
		all, err := a.Work.Standing(ctx, who, root.ID)
		if err != nil || all.Needing == 0 || all.Value("work_promised") == 0 || all.Value("work_overdue") == 0 || all.Value("work_waiting") == 0 || all.Value("work_new") == 0 {
			t.Errorf("%v: %+v", err, all)
		}
	})
	t.Run("it says what it is", func(t *testing.T) {
		if report.Residents != 3000 || report.Units != 117 || len(report.Accounts) != 15+2*13 {
			t.Errorf("%d residents, %d units, %d accounts", report.Residents, report.Units, len(report.Accounts))
		}
		if a.Banner == "" || clock.DayOf(a.Clock()) != demoDay {
			t.Errorf("banner %q on %s", a.Banner, clock.DayOf(a.Clock()))
		}
	})
	t.Run("its day is the board's own figures and adds up", func(t *testing.T) { // law N1, KH:V.6
		d, err := a.Rhythm.Day(ctx, who, root.ID, demoDay)
		if err != nil || len(d.Rows) != 13 || d.Sum.Visits == 0 || d.Sum.Silent == 0 || d.Sum.Silent >= d.Sum.Teams {
			t.Fatalf("%v: %+v", err, d)
		}
		board, err := a.Figures.Standings(ctx, who, []int64{root.ID}, demoDay)
		if err != nil {
			t.Fatal(err)
		}
		var visits int64
		for i, target := range d.Targets {
			var quota int64
			for _, r := range d.Rows {
				quota += r.Cells[i].Quota
			}
			if b := board[root.ID][target.ID]; d.Sum.Cells[i].Quota != b.Quota || d.Sum.Cells[i].Done != b.Done || quota != b.Quota {
				t.Errorf("%s: the day says %+v (parts %d), the board %d/%d", target.ID, d.Sum.Cells[i], quota, b.Done, b.Quota)
			}
		}
		for _, r := range d.Rows {
			visits += r.Visits
		}
		commune, err := a.Rhythm.Day(ctx, who, d.Rows[0].Unit, demoDay)
		if err != nil || visits != d.Sum.Visits || len(commune.Teams) == 0 || commune.Sum.Visits != d.Rows[0].Visits {
			t.Errorf("%v: %d visits in parts of %d; %d teams", err, visits, d.Sum.Visits, len(commune.Teams))
		}
		if _, err := a.Rhythm.Day(ctx, who, root.ID, a.Plan().Until.Add(1)); !fault.Is(err, fault.Invalid) {
			t.Errorf("a day outside the campaign: %v", err)
		}
	})
	t.Run("it is built once", func(t *testing.T) {
		again, err := BuildDemo(ctx, report.Dir, 3000, nil)
		if err != nil || again.Seconds > 2 || len(again.Accounts) != len(report.Accounts) {
			t.Errorf("built again: %+v, %v", again, err)
		}
	})
	t.Run("told once at the end is told at every step", func(t *testing.T) {
		told, findings, err := a.Book.Check(ctx)
		if err != nil || told != 3000 || len(findings) != 0 {
			t.Errorf("%d persons told, %d differ (%v), %v", told, len(findings), findings, err)
		}
	})
	t.Run("half of the campaign is played", func(t *testing.T) {
		s, err := a.Figures.Standings(ctx, who, []int64{root.ID}, "")
		if err != nil {
			t.Fatal(err)
		}
		before, err := a.Figures.Standings(ctx, who, []int64{root.ID}, a.Plan().From.Add(3))
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range []string{"cccd", "eid", "sim", "phone"} {
			now, then := s[root.ID][target], before[root.ID][target]
			if now.Confirmed <= then.Confirmed || now.Goal == 0 || now.Quota == 0 || now.Claimed == 0 {
				t.Errorf("%s: %+v, at the start %+v", target, now, then)
			}
		}
	})
}

// The scope is every citizen of the district; what each lacks is counted from the four states (KH:II.1, KH:II.2).
func TestClause_II_1_TheRegisterHoldsEveryResidentAndWhatEachLacks(t *testing.T) {
	a, _ := smallDemo(t)
	who := self(t, a)
	root := who.Tree().ByCode(a.Plan().Place.Unit).ID
	series := []string{"p:all"}
	for i := range a.Plan().Segments {
		series = append(series, "s:"+a.Plan().Segments[i].ID)
	}
	n, err := a.Figures.Counts(t.Context(), who, root, series)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range series {
		if n[s] == 0 || n[s] > 3000 {
			t.Errorf("%s counts %d", s, n[s])
		}
	}
}

// Police, teams of communes and hamlets, unions and operators each have their place (KH:II.3, KH:III.2.b).
func TestClause_II_3_ForcesStandInTeamsAndRoles(t *testing.T) {
	a, report := smallDemo(t)
	kinds := map[string]int{}
	err := a.DB.Read(t.Context(), func(tx *db.Tx) error {
		teams, err := canvass.All(tx)
		for _, team := range teams {
			kinds[team.Kind]++
		}
		return err
	})
	if err != nil || kinds[canvass.KindCommune] != 13 || kinds[canvass.KindHamlet] != 102 {
		t.Errorf("teams %v, %v", kinds, err)
	}
	roles := map[string]int{}
	for _, x := range report.Accounts {
		roles[x.Role]++
	}
	for _, r := range access.Roles() {
		if roles[r.ID] == 0 && !r.Device {
			t.Errorf("the demo has nobody in the role %s", r.ID)
		}
	}
}

func TestDemoRefusesARealCampaign(t *testing.T) {
	dir := t.TempDir()
	a := begun(t, dir, "hon-quan-2024.yaml")
	a.Close()
	if _, err := BuildDemo(t.Context(), dir, 3000, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a demo over a real campaign: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, databaseName)); err != nil {
		t.Error("the campaign is gone")
	}
}

// begun begins a campaign in a folder.
func begun(t *testing.T, dir, name string) *App {
	t.Helper()
	c, err := AtFolder(t.Context(), dir, true)
	if err != nil {
		t.Fatal(err)
	}
	c.Clock = clock.Fixed(clock.Day("2024-05-20").Time().Add(demoHour))
	a, err := New(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	text, err := plan.Shipped(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Begin(t.Context(), access.System("test"), name, text); err != nil {
		t.Fatal(err)
	}
	return a
}

func self(t *testing.T, a *App) access.Viewer {
	t.Helper()
	tree, err := a.Door.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return access.System("test").On(tree)
}

// The samples come out as their truth says: rows, good rows, women, and nobody made twice.
func TestClause_III_2_b_SamplesComeOutAsTruth(t *testing.T) {
	samples := filepath.Join("..", "core", "intake", "testdata")
	b, err := os.ReadFile(filepath.Join(samples, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		Kind               string
		Rows, Good, Female int64
		Note               string
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	truth["s3-tcvn3.xls"] = truth["s3-tcvn3.xlsx"]
	for name, want := range truth {
		if want.Kind == intake.KindOfficials || want.Kind == intake.KindOperator {
			continue // theirs is a later issue
		}
		t.Run(name, func(t *testing.T) {
			a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
			who := self(t, a)
			for round, verdict := range []string{"new", "same"} {
				b, err := a.ImportFile(t.Context(), who, filepath.Join(samples, name), Bring{UnitID: who.Tree().ByCode("25330").ID})
				if err != nil || b.Refused != "" {
					t.Fatalf("%v %s", err, b.Refused)
				}
				s := b.Sums
				if b.Kind != want.Kind || s.Rows != want.Rows || s.New+s.Changed+s.Same != want.Good || s.Female != want.Female {
					t.Errorf("%s: %+v, want %+v", b.Kind, s, want)
				}
				if round == 1 && s.Same != want.Good || round == 0 && s.Same != 0 {
					t.Errorf("in round %d (%s): %+v", round, verdict, s)
				}
			}
		})
	}
}

// A campaign begins once, with the units of its place.
func TestClause_0_a_ACampaignBeginsFromItsPlan(t *testing.T) {
	a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
	p := a.Plan()
	if p.From != "2024-04-08" || p.Until != "2024-07-08" || p.Parent == "" || len(p.LegalBasis) < 2 {
		t.Errorf("%s to %s under %q", p.From, p.Until, p.Parent)
	}
	tree := self(t, a).Tree()
	if d := tree.ByCode("694"); d == nil || len(tree.Children(d.ID, "")) != 13 || tree.Root().Code != "70" {
		t.Error("the district and its 13 communes are not there")
	}
	text, _ := plan.Shipped("hon-quan-2024.yaml")
	if err := a.Begin(context.Background(), access.System("test"), "again.yaml", text); !fault.Is(err, fault.Conflict) {
		t.Errorf("begun twice: %v", err)
	}
}

// Lists of units bring units, change them, and can be withdrawn (laws T1, F3).
func TestLaw_T1_F3_ListsOfUnitsComeAndGo(t *testing.T) {
	a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
	who := self(t, a)
	path := filepath.Join(t.TempDir(), "don-vi.csv")
	text := "Mã;Tên đơn vị hành chính;Loại;Mã cấp trên\n25330;Xã An Khương Mới;Xã;694\n25330.01;Ấp 1;Ấp;25330\n25330.02;Sóc Xoài;Sóc;25330\n99.01;Ấp 9;Ấp;99999\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dry := range []bool{true, false} {
		b, err := a.ImportFile(t.Context(), who, path, Bring{Kind: intake.KindUnits, Dry: dry})
		if err != nil || b.Refused != "" {
			t.Fatalf("%v %s", err, b.Refused)
		}
		if s := b.Sums; s.New != 2 || s.Changed != 1 || s.Held != 1 {
			t.Errorf("dry %v: %+v", dry, s)
		}
		tree := self(t, a).Tree()
		if h := tree.ByCode("25330.02"); dry != (h == nil) {
			t.Errorf("dry %v: the hamlet is %v", dry, h)
		}
		if dry {
			continue
		}
		if _, err := a.Lists.Withdraw(t.Context(), who, b.ID, "thử"); err != nil {
			t.Fatal(err)
		}
		tree = self(t, a).Tree()
		if tree.ByCode("25330.02") != nil || tree.ByCode("25330").Name != "An Khương" {
			t.Error("withdrawn, and still there")
		}
	}
}
