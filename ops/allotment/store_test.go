package allotment

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

// place is a made-up district of two communes with a Book on it.
type place struct {
	*Book
	tree  *territory.Tree
	teams []Team
	count map[int64]map[string][2]int64 // unit → target → eligible, confirmed, of leaves
	now   time.Time
}

func (p *place) unit(code string) int64 { return p.tree.ByCode(code).ID }

func (p *place) viewer(role, code string) access.Viewer {
	return access.NewViewer(7, "thu", "Người Thử", "cli", []access.Grant{{Role: role, Unit: p.unit(code)}}, p.tree)
}

func (p *place) need(_ *db.Tx, unit int64, target string) (eligible, confirmed int64, err error) {
	for _, u := range p.tree.Descendants(unit) {
		n := p.count[u][target]
		eligible, confirmed = eligible+n[0], confirmed+n[1]
	}
	return eligible, confirmed, nil
}

func newPlace(t *testing.T) *place {
	t.Helper()
	campaign := plantest.HonQuan(t)
	p := &place{count: map[int64]map[string][2]int64{}, now: dbtest.Morning}
	d := dbtest.OpenAt(t, func() time.Time { return p.now })
	p.Book = &Book{DB: d, Plan: func() *plan.Plan { return campaign }, Teams: func(*db.Tx) ([]Team, error) { return slices.Clone(p.teams), nil }}
	ctx := context.Background()
	ids := map[string]int64{}
	if err := d.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25357", "thị trấn", "Tân Khai", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25330.02", "ấp", "2", "25330", 3}, {"25330.03", "sóc", "Đồi Dầu", "25330", 3},
			{"25357.01", "khu phố", "1", "25357", 3}, {"25357.02", "khu phố", "2", "25357", 3}} {
			x := &territory.Unit{Code: u.code, Kind: u.kind, Tier: u.tier, Name: u.name, Parent: ids[u.parent]}
			if err := territory.Insert(tx, x); err != nil {
				return err
			}
			ids[u.code] = x.ID
		}
		var err error
		p.tree, err = territory.Load(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	n := int64(0)
	for _, code := range []string{"25330", "25357", "25330.01", "25330.02", "25330.03", "25357.01", "25357.02"} {
		n++
		name, capacity := "Tổ ấp "+code[len(code)-1:], int64(25)
		if len(code) == 5 {
			name, capacity = "Tổ xã "+p.tree.ByCode(code).Name, 60
		} else {
			p.count[ids[code]] = map[string][2]int64{"eid": {500 + 37*n, 200 + 3*n}, "sim": {500 + 37*n, 100}, "phone": {500 + 37*n, 300}, "cccd": {600, 590}, "cccd_hard": {7, 1}}
		}
		p.teams = append(p.teams, Team{ID: 100 + n, Unit: ids[code], Name: name, Capacity: capacity, Rest: []time.Weekday{time.Sunday}})
	}
	return p
}

func (p *place) replan(t *testing.T, day clock.Day) *Proposal {
	t.Helper()
	out, err := p.Replan(context.Background(), access.System("thử"), day, p.need)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (p *place) stored(t *testing.T, from clock.Day) (out []Cell) {
	t.Helper()
	if err := p.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		out, err = cellsFrom(tx, from)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestLaw_A1_GoalsAndQuotasAddUpFromHamletToDistrict: goals of the parts make the whole, and so do the quotas saved.
func TestLaw_A1_GoalsAndQuotasAddUpFromHamletToDistrict(t *testing.T) {
	p := newPlace(t)
	today := clock.DayOf(p.now)
	out := p.replan(t, today)
	for _, target := range []string{"cccd", "cccd_hard", "eid", "sim", "phone"} {
		g := out.Goals[target]
		var leaves, left int64
		for _, c := range []string{"25330", "25357"} {
			var sum int64
			for _, h := range p.tree.Children(p.unit(c), "") {
				sum += g[h.ID].N
			}
			if sum != g[p.unit(c)].N {
				t.Errorf("%s: hamlets of %s make %d of %d", target, c, sum, g[p.unit(c)].N)
			}
			leaves += sum
			left += g[p.unit(c)].Left()
		}
		whole := g[p.unit("694")]
		if leaves != whole.N || whole.N != WholeOf(whole.Eligible, p.Plan().Target(target).Percent) {
			t.Errorf("%s: %d in hamlets, %+v", target, leaves, whole)
		}
		if n := out.Sum(target, 0, 0, ""); n != left {
			t.Errorf("%s: quotas make %d of %d", target, n, left)
		}
	}
	saved := p.stored(t, today)
	if len(saved) != len(out.Cells) {
		t.Fatalf("%d quotas saved of %d", len(saved), len(out.Cells))
	}
	runs, err := p.Runs(context.Background(), access.System("thử"), 5)
	if err != nil || len(runs) != 1 || runs[0].Day != today || !strings.Contains(runs[0].Note, "giao") {
		t.Errorf("%+v %v", runs, err)
	}
}

// TestLaw_A2_PastDaysStay: planning again changes nothing before its day, and looks at what is left.
func TestLaw_A2_PastDaysStay(t *testing.T) {
	p := newPlace(t)
	today := clock.DayOf(p.now)
	p.replan(t, today)
	before := p.stored(t, today)
	hamlet := p.unit("25330.01")
	x := p.count[hamlet]["eid"]
	p.count[hamlet]["eid"] = [2]int64{x[0], x[1] + 40}
	p.now = p.now.AddDate(0, 0, 3)
	later := today.Add(3)
	out := p.replan(t, later)
	for _, c := range before {
		if c.Day < later && !slices.Contains(p.stored(t, today), c) {
			t.Fatalf("a past quota is gone: %+v", c)
		}
	}
	var left int64
	for _, c := range []string{"25330", "25357"} {
		left += out.Goals["eid"][p.unit(c)].Left()
	}
	if n := out.Sum("eid", 0, 0, ""); n != left {
		t.Errorf("%d planned of %d left", n, left)
	}
	if _, err := p.Replan(context.Background(), access.System("thử"), today, p.need); !fault.Is(err, fault.Invalid) {
		t.Errorf("planning of a past day: %v", err)
	}
}

func TestLaw_A2_PreviewTellsOverloadAndSavesNothing(t *testing.T) {
	p := newPlace(t)
	today := clock.DayOf(p.now)
	slow := map[int64]int64{}
	for _, x := range p.teams {
		slow[x.ID] = 2
	}
	out, err := p.Preview(context.Background(), p.viewer("district_police", "694"), today, p.need, WhatIf{Capacity: slow})
	if err != nil || len(out.Overloads) == 0 {
		t.Fatalf("%+v %v", out, err)
	}
	s := out.Overloads[0].Sentence("Tổ ấp 1", "Kích hoạt định danh điện tử")
	if !strings.Contains(s, "vượt sức") || !strings.Contains(s, "từ ngày") {
		t.Error(s)
	}
	if n := len(p.stored(t, today)); n != 0 {
		t.Errorf("%d quotas saved by a preview", n)
	}
	sooner, err := p.Preview(context.Background(), p.viewer("district_police", "694"), today, p.need, WhatIf{Until: today.Add(9), RestDays: []clock.Day{today}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range sooner.Cells {
		if c.Day > today.Add(9) || c.Day == today {
			t.Fatalf("%+v", c)
		}
	}
}

// TestClause_V_6_ChairShiftsBetweenOwnTeams: sums are kept, other communes and past days refused, and the next planning keeps it.
func TestClause_V_6_ChairShiftsBetweenOwnTeams(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	today := clock.DayOf(p.now)
	p.replan(t, today)
	chair := p.viewer("commune_chair", "25330")
	sums := func() (n int64, unit map[int64]int64, at map[key]int64) {
		unit, at = map[int64]int64{}, map[key]int64{}
		for _, c := range p.stored(t, today) {
			if c.Target == "sim" {
				n += c.N
				unit[c.Unit] += c.N
				at[key{0, c.Team, c.Day}] += c.N
			}
		}
		return n, unit, at
	}
	n, unit, at := sums()
	m := Move{Target: "sim", N: 2, From: 103, FromDay: today, To: 104, ToDay: today.Add(1)}
	if err := p.Shift(ctx, chair, m); err != nil {
		t.Fatal(err)
	}
	n2, unit2, at2 := sums()
	if n != n2 || at2[key{0, 103, today}] != at[key{0, 103, today}]-2 || at2[key{0, 104, today.Add(1)}] != at[key{0, 104, today.Add(1)}]+2 {
		t.Errorf("%d → %d", n, n2)
	}
	for u := range unit {
		if unit[u] != unit2[u] {
			t.Errorf("hamlet %d: %d → %d", u, unit[u], unit2[u])
		}
	}
	p.replan(t, today)
	n3, _, at3 := sums()
	if n3 != n || at3[key{0, 103, today}] != at2[key{0, 103, today}] {
		t.Errorf("planning forgot the shift: %d, %d → %d", n3, at2[key{0, 103, today}], at3[key{0, 103, today}])
	}
	for name, c := range map[string]struct {
		who  access.Viewer
		m    Move
		kind fault.Kind
	}{
		"another commune's team": {chair, Move{"sim", 1, 103, today, 106, today}, fault.Forbidden},
		"another commune's own":  {chair, Move{"sim", 1, 106, today, 107, today}, fault.Forbidden},
		"a past day":             {chair, Move{"sim", 1, 103, today.Add(-1), 104, today}, fault.Invalid},
		"after the end":          {chair, Move{"sim", 1, 103, today, 104, "2024-07-09"}, fault.Invalid},
		"more than there is":     {chair, Move{"sim", 1000, 103, today, 104, today}, fault.Invalid},
		"nothing":                {chair, Move{"sim", 0, 103, today, 104, today}, fault.Invalid},
		"to itself":              {chair, Move{"sim", 1, 103, today, 103, today}, fault.Invalid},
		"no such team":           {chair, Move{"sim", 1, 103, today, 999, today}, fault.Missing},
		"no such target":         {chair, Move{"fifth", 1, 103, today, 104, today}, fault.Invalid},
		"a team leader":          {p.viewer("team_leader", "25330.01"), Move{"sim", 1, 103, today, 104, today}, fault.Forbidden},
	} {
		if err := p.Shift(ctx, c.who, c.m); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLaw_R1_QuotaRights: reading and planning are refused outside one's units.
func TestLaw_R1_QuotaRights(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	today := clock.DayOf(p.now)
	chair := p.viewer("commune_chair", "25330")
	if _, err := p.Replan(ctx, chair, today, p.need); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	if _, err := p.OnDay(ctx, chair, p.unit("25357"), today); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	if _, err := p.TeamDays(ctx, chair, 106, today); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	if _, err := p.OnDay(ctx, chair, p.unit("25330"), today); err != nil {
		t.Error(err)
	}
	if _, err := p.Preview(ctx, access.Viewer{}, today, p.need, WhatIf{}); !fault.Is(err, fault.Unknown) {
		t.Error(err)
	}
}

// TestClause_V_6_DayBookForTheGroup: the day's quotas as a workbook and as a message.
func TestClause_V_6_DayBookForTheGroup(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	today := clock.DayOf(p.now)
	out := p.replan(t, today)
	book, err := p.OnDay(ctx, p.viewer("commune_chair", "25330"), p.unit("25330"), today)
	if err != nil || len(book.Rows) == 0 {
		t.Fatal(book, err)
	}
	for i, target := range book.Targets {
		var sum, want int64
		for _, r := range book.Rows {
			sum += r.N[i]
		}
		for _, h := range p.tree.Children(p.unit("25330"), "") {
			want += out.Sum(target.ID, h.ID, 0, today)
		}
		if sum != target.Sum || sum != want {
			t.Errorf("%s: rows %d, sum %d, planned %d", target.ID, sum, target.Sum, want)
		}
	}
	text := book.Text()
	if !strings.Contains(text, "CHỈ TIÊU NGÀY 20/5/2024 – XÃ AN KHƯƠNG") || !strings.Contains(text, "- Tổ ấp 1:") {
		t.Error(text)
	}
	var b bytes.Buffer
	if err := book.Workbook(&b); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows(x.GetSheetName(0))
	if err != nil || len(rows) != 4+len(book.Rows)+1 || rows[3][1] != "Tổ công tác" || rows[len(rows)-1][1] != "Cộng" {
		t.Errorf("%d rows %v", len(rows), err)
	}
}
