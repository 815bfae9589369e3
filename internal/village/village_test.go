package village

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestClause_III_2_b_ThirteenCommunesAndHundredAndTwoHamletsHaveTheirTeams(t *testing.T) {
	d := Build(1, Options{})
	if len(d.Communes) != 13 || len(d.Hamlets) != 102 || len(d.Teams) != 115 {
		t.Fatalf("%d communes, %d hamlets, %d teams", len(d.Communes), len(d.Hamlets), len(d.Teams))
	}
	codes, names := map[string]bool{}, map[string]bool{}
	sum := 0
	for i := range d.Hamlets {
		h := &d.Hamlets[i]
		key := d.Communes[h.Commune].Name + "/" + h.Title()
		if codes[h.Code] || names[key] || h.Residents < 100 {
			t.Errorf("hamlet %s %s with %d residents", h.Code, key, h.Residents)
		}
		codes[h.Code], names[key] = true, true
		sum += h.Residents
		team := &d.Teams[13+i]
		if team.Hamlet != i || len(team.Members) < 3 || team.Capacity <= 0 {
			t.Errorf("team %+v of hamlet %d", team, i)
		}
	}
	if sum != 105_000 {
		t.Errorf("hamlets hold %d residents", sum)
	}
}

func TestSameSeedSamePeople(t *testing.T) {
	var a, b []Person
	for _, to := range []*[]Person{&a, &b} {
		_ = Build(7, Options{Residents: 3000}).Each(func(p *Person) error { *to = append(*to, *p); return nil })
	}
	if len(a) != 3000 {
		t.Fatalf("%d people", len(a))
	}
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("%+v\n%+v", a[i], b[i])
		}
	}
	c := Build(8, Options{Residents: 3000})
	same := 0
	_ = c.Each(func(p *Person) error {
		if a[p.Index].Number == p.Number {
			same++
		}
		return nil
	})
	if same > 0 {
		t.Errorf("%d numbers are the same under another seed", same)
	}
}

// TestLaw_P1_NumbersAreTrueToTheirRules checks that every number tells its owner's gender and year, and is nobody else's; and that
// the district looks like the one the plan was written for.
func TestLaw_P1_NumbersAreTrueToTheirRules(t *testing.T) {
	d := Build(1, Options{})
	numbers, phones := map[string]bool{}, map[string]bool{}
	var n, eligible, cardless, active, owner, signed, smart, adults, facts, hard, minority, female int
	err := d.Each(func(p *Person) error {
		if p.Index != n {
			t.Fatalf("index %d, want %d", p.Index, n)
		}
		n++
		if len(p.Number) != 12 || numbers[p.Number] {
			t.Fatalf("number of %d is malformed or taken", p.Index)
		}
		numbers[p.Number] = true
		if (p.Number[3]-'0')%2 == 1 != p.Female || int(p.Number[4]-'0')*10+int(p.Number[5]-'0') != p.Year%100 || int(p.Number[3]-'0')/2 != p.Year/100-19 {
			t.Fatalf("the number of %+v does not fit", p)
		}
		if p.Phone != "" {
			if len(p.Phone) != 10 || phones[p.Phone] {
				t.Fatalf("phone of %d", p.Index)
			}
			phones[p.Phone] = true
		}
		if p.Year > 2024 || p.Year < 1900 || p.Name == "" || p.Name != strings.TrimSpace(p.Name) {
			t.Fatalf("%+v", p)
		}
		if p.Female {
			female++
		}
		if p.Ethnic != kinh {
			minority++
		}
		if p.Fact.Kind == "hard" {
			hard++
		} else if p.Fact.Kind != "" {
			facts++
		}
		s := p.Path.At(Before)
		if p.Eligible() {
			eligible++
			if !s.Card {
				cardless++
			}
			if s.Active {
				active++
			}
		}
		if s.Active && s.Level == 0 || s.Active && !s.Card {
			t.Fatalf("%+v", p.Path)
		}
		if d.ageAt(p) >= 18 {
			adults++
			if s.Owner {
				owner++
			}
			if s.Sign {
				signed++
			}
			if s.Device == "4G" {
				smart++
			}
		}
		return nil
	})
	if err != nil || n != 105_000 {
		t.Fatal(n, err)
	}
	between := func(name string, part, whole int, low, high float64) {
		if s := float64(part) / float64(whole); s < low || s > high {
			t.Errorf("%s: %d of %d = %.3f, want %.2f–%.2f", name, part, whole, s, low, high)
		} else {
			t.Logf("%s: %d of %d = %.3f", name, part, whole, s)
		}
	}
	between("without a card", cardless, eligible, 0.035, 0.065)
	between("e-ID active", active, eligible, 0.50, 0.60)
	between("signed SIM", signed, adults, 0.14, 0.22)
	between("owner SIM", owner, adults, 0.4, 0.75)
	between("4G", smart, adults, 0.65, 0.75)
	between("outside", facts, n, 0.01, 0.04)
	between("hard", hard, n, 0.005, 0.03)
	between("not Kinh", minority, n, 0.15, 0.4)
	between("women", female, n, 0.47, 0.53)
	between("eligible", eligible, n, 0.6, 0.85)
}

// TestClaims checks that what teams claim came to be, but for the few false ones, and that half the campaign moves the district.
func TestClaims(t *testing.T) {
	d := Build(1, Options{Residents: 20_000})
	counts, lies := map[string]int{}, 0
	if err := d.Claims(0, 45, func(c Claim) error {
		s := c.Person.Path.At(d.DayNumber(c.Day))
		so := map[string]bool{"cccd": s.Card, "eid": s.Active, "sim": s.Owner, "phone": s.Device == "4G"}[c.Coverage]
		if c.State == "signed" {
			so = s.Sign
		}
		if so == c.False {
			t.Fatalf("claim %+v of %+v", c, c.Person.Path)
		}
		if c.False {
			lies++
		}
		if team := &d.Teams[c.Team]; team.Hamlet >= 0 && team.Hamlet != c.Person.Hamlet || team.Commune != d.Hamlets[c.Person.Hamlet].Commune {
			t.Fatalf("team %d claims for hamlet %d", c.Team, c.Person.Hamlet)
		}
		if c.Day < d.Start || c.Day > d.End {
			t.Fatalf("claim on %s", c.Day)
		}
		counts[c.Coverage]++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if counts["cccd"] < 100 || counts["eid"] < 1000 || counts["sim"] < 1000 || counts["phone"] < 300 || lies < 10 || lies > 500 {
		t.Errorf("%v, %d false", counts, lies)
	}
	t.Log(counts, lies)
}

func TestListsReadBack(t *testing.T) {
	d := Build(3, Options{Residents: 6000})
	dir := t.TempDir()
	files, err := d.WriteStart(dir, RegisterByCommune)
	if err != nil {
		t.Fatal(err)
	}
	residents, kinds := 0, map[string]int{}
	for _, f := range files {
		kinds[f.Kind]++
		if f.Rows == 0 {
			t.Errorf("%s is empty", f.Name)
		}
		if f.Kind == kindRegister {
			residents += f.Rows
		}
		if filepath.Ext(f.Name) != ".xlsx" {
			continue
		}
		x, err := excelize.OpenFile(f.Path)
		if err != nil {
			t.Fatal(f.Name, err)
		}
		rows, err := x.GetRows(x.GetSheetName(0))
		if err != nil || len(rows) < f.Rows {
			t.Fatalf("%s: %d rows for %d, %v", f.Name, len(rows), f.Rows, err)
		}
		x.Close()
	}
	if residents != 6000 || kinds[kindRegister] != 13 || kinds[kindCards] != 13 || kinds[kindTargets] != 1 || kinds[kindUnits] != 1 || kinds[kindTeams] != 1 {
		t.Errorf("%d residents in %v", residents, kinds)
	}
	weeks, err := d.WriteWeek(dir, d.Start, d.Start.Add(7))
	if err != nil || len(weeks) != 2 || weeks[0].Rows == 0 || weeks[1].Rows == 0 {
		t.Fatal(weeks, err)
	}
	b, err := os.ReadFile(weeks[0].Path)
	if err != nil || strings.Count(string(b), "\n") != weeks[0].Rows+1 {
		t.Errorf("%d lines for %d rows, %v", strings.Count(string(b), "\n"), weeks[0].Rows, err)
	}
}

func TestOldFonts(t *testing.T) {
	for _, c := range [][2]string{{"Phan Thị Ngọc Trâm", "Phan ThÞ Ngäc Tr©m"}, {"Dương Xuân Tuấn", "D\u00ad¬ng Xu©n TuÊn"}, {"Điểu Quyền", "§iÓu QuyÒn"}, {"Ấp 1", "Êp 1"}, {"DANH SÁCH", "DANH S¸CH"}} {
		if got := toTCVN3(c[0]); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
	if b := toUTF16("Ấ\t"); string(b) != "\xff\xfe\xa4\x1e\t\x00" {
		t.Errorf("% x", b)
	}
}

func BenchmarkRegister105k(b *testing.B) {
	for b.Loop() {
		start := time.Now()
		f, err := Build(1, Options{}).writeRegister(b.TempDir(), -1)
		if err != nil {
			b.Fatal(err)
		}
		st, _ := os.Stat(f.Path)
		b.ReportMetric(float64(st.Size())/1e6, "MB")
		b.ReportMetric(time.Since(start).Seconds(), "s")
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, err := Build(1, Options{}).WriteStart(b.TempDir(), RegisterByCommune); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		f, err := Build(1, Options{Residents: 1_000_000}).writeRegisterText(b.TempDir())
		if err != nil || f.Rows != 1_000_000 {
			b.Fatal(f.Rows, err)
		}
	}
}
