package localplan

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
	"bonphu/ops/allotment"
)

var ctx = context.Background()

type place struct {
	t     *testing.T
	book  *Book
	tree  *territory.Tree
	now   time.Time
	count map[int64][2]int64 // of hamlets: eligible, confirmed of every target
}

func newPlace(t *testing.T) *place {
	t.Helper()
	p := &place{t: t, now: dbtest.Morning, count: map[int64][2]int64{}}
	campaign := plantest.HonQuan(t)
	d := dbtest.OpenAt(t, func() time.Time { return p.now })
	current := func() *plan.Plan { return campaign }
	p.book = &Book{DB: d, Plan: current, Allot: &allotment.Book{DB: d, Plan: current, Teams: func(*db.Tx) ([]allotment.Team, error) { return nil, nil }}}
	p.book.Allot.Own = p.book.Own
	p.book.Need = func() allotment.Need {
		return func(_ *db.Tx, unit int64, _ string) (eligible, confirmed int64, err error) {
			for _, u := range p.tree.Descendants(unit) {
				eligible, confirmed = eligible+p.count[u][0], confirmed+p.count[u][1]
			}
			return eligible, confirmed, nil
		}
	}
	ids := map[string]int64{}
	if err := d.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25357", "thị trấn", "Tân Khai", "694", 2}, {"25360", "xã", "Vắng", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25330.02", "ấp", "2", "25330", 3}, {"25357.01", "khu phố", "1", "25357", 3}} {
			x := &territory.Unit{Code: u.code, Kind: u.kind, Tier: u.tier, Name: u.name, Parent: ids[u.parent]}
			if err := territory.Insert(tx, x); err != nil {
				return err
			}
			ids[u.code] = x.ID
		}
		for i, code := range []string{"25330.01", "25330.02", "25330"} {
			if _, err := tx.Exec(`INSERT INTO team(id, unit_id, office_id, kind, name, name_fold, capacity, rest_weekdays, from_day, until_day, batch_id) VALUES ($1,$2,0,$3,$4,$4,$5,'','','',0)`,
				i+1, ids[code], []string{"hamlet", "hamlet", "commune"}[i], "Tổ "+code, 20+10*i); err != nil {
				return err
			}
		}
		var err error
		p.tree, err = territory.Load(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	p.count[ids["25330.01"]], p.count[ids["25330.02"]], p.count[ids["25357.01"]] = [2]int64{501, 100}, [2]int64{333, 20}, [2]int64{777, 400}
	return p
}

func (p *place) unit(code string) int64 { return p.tree.ByCode(code).ID }

func (p *place) as(role, code string) access.Viewer {
	return access.NewViewer(int64(len(role)), role, role, "test", []access.Grant{{Role: role, Unit: p.unit(code)}}, p.tree)
}

func (p *place) sheet(code string) *Sheet {
	p.t.Helper()
	s, err := p.book.Sheet(ctx, p.as("district_leader", "694"), p.unit(code))
	if err != nil {
		p.t.Fatal(err)
	}
	return s
}

func code(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return ""
}

func TestClause_V_6_ACommunesPlanIsMadeWrittenIssuedCorrectedWithdrawn(t *testing.T) {
	p := newPlace(t)
	unit, police, chair := p.unit("25330"), p.as("commune_police", "25330"), p.as("commune_chair", "25330")
	if err := p.book.Make(ctx, p.as("commune_police", "25357"), unit); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a neighbour makes it: %v", err)
	}
	if err := p.book.Make(ctx, access.System("thử"), p.unit("25330.01")); code(err) != "localplan.unit" {
		t.Errorf("a hamlet gets a plan: %v", err)
	}
	if err := p.book.Make(ctx, police, unit); err != nil {
		t.Fatal(err)
	}
	if err := p.book.Make(ctx, chair, unit); code(err) != "localplan.drafted" {
		t.Errorf("made twice: %v", err)
	}
	s := p.sheet("25330")
	d := s.Draft
	if d == nil || d.N != 1 || len(s.DraftWrong) != 0 || len(d.Spec.Targets) == 0 || len(d.Spec.Teams) != 3 || d.Spec.Teams[0].Daily["eid"] == 0 {
		t.Fatalf("%+v %v", d, s.DraftWrong)
	}
	spec := *d.Spec
	spec.Title, spec.Until = "Kế hoạch xã An Khương", "2024-06-30"
	if err := p.book.Save(ctx, police, unit, d.Revision, &spec); code(err) != "localplan.knot_day" {
		t.Errorf("a roadmap beyond the commune's end is kept: %v", err)
	}
	spec.Roadmap = []plan.Knot{{Day: "2024-05-08", Percent: 35}, {Day: "2024-06-09", Percent: 80}, {Day: "2024-06-30", Percent: 100}}
	spec.Targets = slices.Clone(spec.Targets)
	spec.Target("eid").Number += 5
	if err := p.book.Save(ctx, police, unit, d.Revision, &spec); err != nil {
		t.Fatal(err)
	}
	if err := p.book.Save(ctx, chair, unit, d.Revision, &spec); code(err) != "localplan.changed" {
		t.Errorf("the second writer wins silently: %v", err)
	}
	if err := p.book.Issue(ctx, police, unit, 2, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the police issue it: %v", err)
	}
	if err := p.book.Issue(ctx, chair, unit, d.Revision, ""); code(err) != "localplan.changed_issue" {
		t.Errorf("issued unread: %v", err)
	}
	if err := p.book.Issue(ctx, chair, unit, 2, ""); err != nil {
		t.Fatal(err)
	}
	if s := p.sheet("25330"); s.Draft != nil || s.Issued == nil || s.Issued.Spec.Title != "Kế hoạch xã An Khương" || s.Issued.IssuedDay != "2024-05-20" {
		t.Fatalf("%+v", s)
	}
	if err := p.book.Make(ctx, chair, unit); err != nil { // a correction, on top of its own words
		t.Fatal(err)
	}
	s = p.sheet("25330")
	if s.Draft.N != 2 || s.Draft.Spec.Until != "2024-06-30" || s.Draft.Spec.Target("eid").Number != spec.Target("eid").Number || len(Diff(s.Issued.Spec, s.Draft.Spec)) != 0 {
		t.Errorf("%+v, %v", s.Draft.Spec, Diff(s.Issued.Spec, s.Draft.Spec))
	}
	if err := p.book.Issue(ctx, chair, unit, s.Draft.Revision, ""); code(err) != "localplan.why" {
		t.Errorf("a correction without a reason: %v", err)
	}
	if err := p.book.Issue(ctx, chair, unit, s.Draft.Revision, "bổ sung ngày nghỉ lễ"); err != nil {
		t.Fatal(err)
	}
	if s := p.sheet("25330"); s.Issued.N != 2 || s.Versions[1].State != Replaced {
		t.Errorf("%+v", s.Versions)
	}
	if err := p.book.Withdraw(ctx, chair, unit, "làm lại theo chỉ đạo của huyện"); err != nil {
		t.Fatal(err)
	}
	if s := p.sheet("25330"); s.Issued != nil || s.Versions[0].State != Withdrawn || s.Versions[0].Why != "bổ sung ngày nghỉ lễ; thu hồi: làm lại theo chỉ đạo của huyện" {
		t.Errorf("%+v", s.Versions[0])
	}
}

func TestClause_V_6_TheSumOfTheCommunesMeetsTheDistrict(t *testing.T) {
	p := newPlace(t)
	boss, chair, unit := p.as("district_leader", "694"), p.as("commune_chair", "25330"), p.unit("25330")
	meets := func(when string) []Sum {
		t.Helper()
		rows, sums, err := p.book.District(ctx, boss)
		if err != nil || len(rows) != 3 || len(sums) == 0 {
			t.Fatalf("%s: %d communes, %v", when, len(rows), err)
		}
		for _, s := range sums {
			if s.Whole() < s.District {
				t.Errorf("%s: %s comes to %d of %d", when, s.ID, s.Whole(), s.District)
			}
		}
		return sums
	}
	for _, s := range meets("nobody has a plan") {
		if s.More() != 0 || s.Issued != 0 {
			t.Errorf("%+v", s)
		}
	}
	if err := p.book.Make(ctx, chair, unit); err != nil {
		t.Fatal(err)
	}
	d := p.sheet("25330").Draft
	less := *d.Spec
	less.Targets = slices.Clone(less.Targets)
	less.Target("eid").Number--
	if err := p.book.Save(ctx, chair, unit, 1, &less); err != nil {
		t.Fatal(err)
	}
	if err := p.book.Issue(ctx, chair, unit, 2, ""); code(err) != "localplan.below" {
		t.Errorf("a plan below the district's is issued: %v", err)
	}
	less.Target("eid").Number += 20
	if err := p.book.Save(ctx, chair, unit, 2, &less); err != nil {
		t.Fatal(err)
	}
	if err := p.book.Issue(ctx, chair, unit, 3, ""); err != nil {
		t.Fatal(err)
	}
	for _, s := range meets("one has") {
		if want := map[string]int64{"eid": 19}[s.ID]; s.More() != want {
			t.Errorf("%+v, want %d more", s, want)
		}
	}
	p.count[p.unit("25330.01")] = [2]int64{900, 100} // four hundred people more than on the day of issue
	meets("the register has grown")
	if s := p.sheet("25330"); len(s.IssuedWrong) == 0 || !strings.HasPrefix(s.IssuedWrong[0].Code, "localplan.below") {
		t.Errorf("an outgrown plan is not told: %v", s.IssuedWrong)
	}
	waits, err := p.book.Waiting(ctx, chair)
	if err != nil || len(waits) != 1 || !strings.Contains(waits[0].Title, "thấp hơn") {
		t.Errorf("%+v %v", waits, err)
	}
	own, sums, err := p.book.District(ctx, chair)
	if err != nil || len(own) != 1 || sums != nil {
		t.Errorf("a commune sees %d communes and %d sums, %v", len(own), len(sums), err)
	}
}

func TestClause_V_6_APlanComesBackFromItsFile(t *testing.T) {
	p := newPlace(t)
	chair, unit := p.as("commune_chair", "25330"), p.unit("25330")
	if err := p.book.Make(ctx, chair, unit); err != nil {
		t.Fatal(err)
	}
	d := p.sheet("25330").Draft
	file, err := d.Spec.YAML()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.book.Drop(ctx, chair, unit, 7); code(err) != "localplan.changed_draft" {
		t.Errorf("dropped unread: %v", err)
	}
	if err := p.book.Bring(ctx, chair, unit, 7, file); code(err) != "localplan.changed_draft" {
		t.Errorf("replaced unread: %v", err)
	}
	if err := p.book.Drop(ctx, chair, unit, d.Revision); err != nil {
		t.Fatal(err)
	}
	if err := p.book.Bring(ctx, chair, unit, 0, file); err != nil {
		t.Fatal(err)
	}
	if s := p.sheet("25330"); s.Draft == nil || len(Diff(d.Spec, s.Draft.Spec)) != 0 {
		t.Errorf("it came back changed: %v", Diff(d.Spec, s.Draft.Spec))
	}
	for name, bad := range map[string]string{
		"localplan.yaml": strings.Replace(string(file), "roadmap:", "roadmapp:", 1), "localplan.foreign": strings.Replace(string(file), "unit: \"25330\"", "unit: \"25357\"", 1),
		"localplan.large": strings.Repeat("#", maxSpec+1), "localplan.text": "\xff\xfe",
	} {
		if err := p.book.Bring(ctx, chair, unit, 1, []byte(bad)); code(err) != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Two chairs press the button at once: one version is issued, the other hears that the draft is gone.
func TestLaw_D1_IssuingTwiceIssuesOnce(t *testing.T) {
	p := newPlace(t)
	chair, unit := p.as("commune_chair", "25330"), p.unit("25330")
	if err := p.book.Make(ctx, chair, unit); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	var done sync.Map
	for i := range 4 {
		wait.Go(func() { done.Store(i, code(p.book.Issue(ctx, chair, unit, 1, ""))) })
	}
	wait.Wait()
	n := map[string]int{}
	done.Range(func(_, v any) bool { n[v.(string)]++; return true })
	if n[""] != 1 || n["localplan.no_draft"] != 3 {
		t.Errorf("%v", n)
	}
}
