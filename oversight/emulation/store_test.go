package emulation_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/ops/allotment"
	"bonphu/oversight/emulation"
	"bonphu/oversight/tally"
)

var (
	ctx  = context.Background()
	root = access.System("kiểm thử")
)

// district is two communes of one hamlet each; the first has all cards confirmed, the second half of them.
type district struct {
	t     *testing.T
	db    *db.DB
	book  *emulation.Book
	units map[string]int64
	tree  *territory.Tree
	now   time.Time
}

func build(t *testing.T) *district {
	t.Helper()
	p := &district{t: t, units: map[string]int64{}, now: dbtest.Morning}
	p.db = dbtest.OpenAt(t, func() time.Time { return p.now })
	text := plantest.HonQuan(t)
	current := func() *plan.Plan { return text }
	figures := tally.Desk{Book: tally.Open(p.db, current), Allot: &allotment.Book{DB: p.db, Plan: current}}
	p.book = &emulation.Book{DB: p.db, Plan: current, Figures: figures}
	p.write(func(tx *db.Tx) error {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25354", "xã", "Thanh Bình", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25354.01", "ấp", "1", "25354", 3}} {
			unit := territory.Unit{Code: u.code, Kind: u.kind, Name: u.name, Parent: p.units[u.parent], Tier: u.tier}
			if err := territory.Insert(tx, &unit); err != nil {
				return err
			}
			p.units[u.code] = unit.ID
		}
		var err error
		p.tree, err = territory.Load(tx)
		return err
	})
	lists := coverage.Lists{Plan: current}
	for i, x := range []struct {
		commune string
		rows    []string
	}{{"25330", []string{"issued", "issued"}}, {"25354", []string{"issued", "none"}}} {
		p.write(func(tx *db.Tx) error {
			run, err := lists.Start(tx, &intake.Batch{ID: int64(i + 1), Kind: "register", AsOf: "2024-05-02", UnitID: p.units[x.commune], Who: 1, Viewer: root})
			if err != nil {
				return err
			}
			var rows []*intake.Row
			for k, state := range x.rows {
				n := i*10 + k
				r := &intake.Row{Kind: intake.KindRegister, Line: n + 10, Name: fmt.Sprintf("Điểu Thử %c", 'A'+n), Number: fmt.Sprintf("0700%02d%06d", 60+n, n),
					Birth: vn.Birth{Y: 1960 + n, M: 1 + n%12, D: 1 + n%28}, Gender: []string{"male", "female"}[n%2], HamletText: "Ấp 1"}
				r.Status[0] = state
				rows = append(rows, r)
			}
			if _, err := run.Apply(rows, false); err != nil {
				return err
			}
			return run.Finish()
		})
	}
	return p
}

func (p *district) write(fn func(*db.Tx) error) {
	p.t.Helper()
	act := db.Act{Verb: "test"}
	if err := p.db.WriteLong(ctx, &act, fn); err != nil {
		p.t.Fatal(err)
	}
}

// as gives a viewer with one role on a unit.
func (p *district) as(account int64, role, unit string) access.Viewer {
	return access.NewViewer(account, role, role, "test", []access.Grant{{Role: role, Unit: p.units[unit]}}, p.tree)
}

func (p *district) wantFault(err error, kind fault.Kind, code string) {
	p.t.Helper()
	if f, ok := fault.As(err); !ok || f.Kind != kind || f.Code != code {
		p.t.Errorf("fault %v, want %s %s", err, kind, code)
	}
}

func keys(list []emulation.Verdict) (out []string) {
	for _, v := range list {
		out = append(out, v.Evidence.Key)
	}
	return out
}

func TestLaw_J3_C3_RanksFromTheConfirmed(t *testing.T) {
	p := build(t)
	r, err := p.book.Ranks(ctx, root.On(p.tree), emulation.Communes, "")
	if err != nil {
		t.Fatal(err)
	}
	if r.Of != 2 || r.Calendar || r.List[0].Evidence.Code != "25330" || r.List[0].Points <= r.List[1].Points {
		t.Fatalf("%+v", r)
	}
	if d := r.List[1].Evidence.Targets[0]; d.ID != "cccd" || d.Goal != 2 || d.Confirmed != 1 {
		t.Errorf("%+v", d)
	}
	if before, err := p.book.Ranks(ctx, root.On(p.tree), emulation.Communes, "2024-05-01"); err != nil || before.Day != "2024-05-01" || before.List[0].Evidence.Targets[0].Confirmed != 0 { // law C5
		t.Errorf("%+v %v", before, err)
	}
	own, err := p.book.Ranks(ctx, p.as(5, "commune_chair", "25354"), emulation.Communes, "")
	if err != nil || !slices.Equal(keys(own.List), []string{"25354"}) || own.Of != 2 { // law R1
		t.Errorf("%+v %v", own, err)
	}
	_, err = p.book.Ranks(ctx, p.as(6, "operator", "694"), emulation.Communes, "")
	p.wantFault(err, fault.Forbidden, "access.forbidden")
	for _, tier := range []emulation.Tier{emulation.Hamlets, emulation.Teams, emulation.Agencies, emulation.Persons} {
		if x, err := p.book.Ranks(ctx, root.On(p.tree), tier, ""); err != nil || x.Lacking == "" {
			t.Errorf("%s: %+v %v", tier, x, err)
		}
	}
}

func TestLaw_J2_ReportingExcludesAndIsShown(t *testing.T) {
	p := build(t)
	p.book.Reporting = func(context.Context, access.Viewer, clock.Day) (map[int64]emulation.Reporting, error) {
		return map[int64]emulation.Reporting{p.units["25330"]: {Due: 4, InTime: 1, Missing: 3, Names: []string{"Báo cáo tuần"}}, p.units["25354"]: {Due: 4, InTime: 4}}, nil
	}
	r, err := p.book.Ranks(ctx, root.On(p.tree), emulation.Communes, "")
	if err != nil || !r.Calendar || r.List[1].Evidence.Code != "25330" || r.List[1].Class != emulation.Excluded || r.List[1].Rank != 0 {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestLaw_J2_ContestAndDecisionKeepWhatWasBefore(t *testing.T) {
	p := build(t)
	police, leader := p.as(1, "district_police", "694"), p.as(2, "district_leader", "694")
	chair, other := p.as(3, "commune_chair", "25330"), p.as(4, "commune_chair", "25354")
	p.book.Reporting = func(context.Context, access.Viewer, clock.Day) (map[int64]emulation.Reporting, error) {
		return map[int64]emulation.Reporting{p.units["25330"]: {Due: 4, InTime: 1, Missing: 3}, p.units["25354"]: {Due: 4, InTime: 4}}, nil
	}
	_, err := p.book.Open(ctx, chair, emulation.Communes, "", "")
	p.wantFault(err, fault.Forbidden, "access.forbidden")
	round, err := p.book.Open(ctx, police, emulation.Communes, "", "Sơ kết đợt 2")
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.book.Round(ctx, chair, round) // a draft is not for those it judges
	p.wantFault(err, fault.Forbidden, "access.forbidden")
	p.wantFault(p.book.Publish(ctx, police, round), fault.Forbidden, "access.forbidden")
	_, err = p.book.Contest(ctx, chair, round, "25330", "Ba báo cáo đã gửi bằng bản giấy.")
	p.wantFault(err, fault.Invalid, "emulation.not_published")
	if err := p.book.Publish(ctx, leader, round); err != nil {
		t.Fatal(err)
	}
	if r, err := p.book.Round(ctx, other, round); err != nil || len(r.List) != 2 || r.Until() != "2024-05-25" {
		t.Fatalf("%+v %v", r, err)
	}
	_, err = p.book.Contest(ctx, other, round, "25330", "Ba báo cáo đã gửi bằng bản giấy.")
	p.wantFault(err, fault.Forbidden, "access.forbidden")
	c, err := p.book.Contest(ctx, chair, round, "25330", "Ba báo cáo đã gửi bằng bản giấy.")
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.book.Contest(ctx, chair, round, "25330", "Ba báo cáo đã gửi bằng bản giấy.")
	p.wantFault(err, fault.Conflict, "emulation.contested")
	p.wantFault(p.book.Close(ctx, leader, round), fault.Invalid, "emulation.waiting")
	p.wantFault(p.book.Decide(ctx, chair, c, emulation.Upheld, "", "Không có căn cứ nào."), fault.Forbidden, "access.forbidden")
	both := access.NewViewer(3, "x", "x", "test", []access.Grant{{Role: "commune_chair", Unit: p.units["25330"]}, {Role: "district_leader", Unit: p.units["694"]}}, p.tree)
	p.wantFault(p.book.Decide(ctx, both, c, emulation.Upheld, "", "Không có căn cứ nào."), fault.Forbidden, "emulation.own")
	p.wantFault(p.book.Decide(ctx, leader, c, emulation.Changed, emulation.Excellent, "Có giấy biên nhận."), fault.Invalid, "emulation.class") // the targets do not reach it
	if err := p.book.Decide(ctx, leader, c, emulation.Changed, emulation.Failed, "Có giấy biên nhận ba báo cáo."); err != nil {
		t.Fatal(err)
	}
	p.wantFault(p.book.Decide(ctx, leader, c, emulation.Upheld, "", "Không có căn cứ nào."), fault.Conflict, "emulation.decided")
	r, err := p.book.Round(ctx, leader, round)
	if err != nil {
		t.Fatal(err)
	}
	v, _ := r.Find("25330")
	if v.Class != emulation.Failed || v.Rank != 1 || v.Decided == "" || r.First["25330"].Class != emulation.Excluded || r.Contests[0].Decision.Before != emulation.Excluded {
		t.Errorf("%+v", r)
	}
	p.wantFault(p.book.Close(ctx, leader, round), fault.Invalid, "emulation.still_open")
	p.now = p.now.AddDate(0, 0, 6)
	_, err = p.book.Contest(ctx, other, round, "25354", "Số liệu trích xuất bị chậm.")
	p.wantFault(err, fault.Invalid, "emulation.contest_late")
	if err := p.book.Close(ctx, leader, round); err != nil {
		t.Fatal(err)
	}
	p.wantFault(p.book.Publish(ctx, leader, round), fault.Conflict, "emulation.state")
}

func TestLaw_J2_ARoundIsFrozen(t *testing.T) {
	p := build(t)
	round, err := p.book.Open(ctx, root.On(p.tree), emulation.Communes, "2024-05-10", "")
	if err != nil {
		t.Fatal(err)
	}
	before, err := p.book.Round(ctx, root.On(p.tree), round)
	if err != nil {
		t.Fatal(err)
	}
	p.book.Plan().Emulation.Excellent = 50
	after, err := p.book.Round(ctx, root.On(p.tree), round)
	if err != nil || after.Thresholds != before.Thresholds || fmt.Sprint(after.List) != fmt.Sprint(before.List) {
		t.Errorf("%+v %v", after, err)
	}
	if again := emulation.JudgeAll(evidence(after), after.Thresholds); fmt.Sprint(again) != fmt.Sprint(after.List) {
		t.Errorf("the frozen evidence gives another verdict:\n%v\n%v", again, after.List)
	}
}

func evidence(r *emulation.Round) (out []emulation.Evidence) {
	for _, v := range r.List {
		out = append(out, v.Evidence)
	}
	return out
}

func TestClause_V_4_ResponsibilityAndProposals(t *testing.T) {
	p := build(t)
	dept, chair := p.as(7, "department", "694"), p.as(3, "commune_chair", "25354")
	list, _, err := p.book.Duties(ctx, dept, emulation.Communes, "")
	if err != nil || len(list) == 0 || len(list[0].Gaps) == 0 || list[0].Proposed() != emulation.NotSaid {
		t.Fatalf("%+v %v", list, err)
	}
	u := p.units["25354"]
	if err := p.book.Explain(ctx, chair, u, "Nhiều người đi làm ăn xa, chưa về."); err != nil {
		t.Fatal(err)
	}
	p.wantFault(p.book.Explain(ctx, chair, p.units["25330"], "Nhiều người đi làm ăn xa."), fault.Forbidden, "access.forbidden")
	p.wantFault(p.book.Handle(ctx, dept, u, emulation.Remind, "ngắn"), fault.Invalid, "emulation.text")
	for _, h := range []emulation.Handling{emulation.Criticise, emulation.Remind} {
		if err := p.book.Handle(ctx, dept, u, h, "Đã được nhắc hai lần mà chưa khắc phục."); err != nil {
			t.Fatal(err)
		}
	}
	list, _, err = p.book.Duties(ctx, dept, emulation.Communes, "")
	i := slices.IndexFunc(list, func(d emulation.Duty) bool { return d.Verdict.Evidence.Unit == u })
	if err != nil || i < 0 || list[i].Proposed() != emulation.Remind || len(list[i].Handled) != 2 || len(list[i].Own) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	round, err := p.book.Open(ctx, dept, emulation.Communes, "", "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.book.Propose(ctx, dept, round, emulation.Proposal{Kind: "collective", Name: "Xã Thanh Bình", Unit: u, Achievement: "Hoàn thành trước hạn."})
	p.wantFault(err, fault.Invalid, "emulation.not_rewarded")
	one, err := p.book.Propose(ctx, dept, round, emulation.Proposal{Kind: "person", Name: "Điểu Thử", Office: "Tổ trưởng ấp 1", Unit: u, Achievement: "Vận động 120 người dân trong ấp."})
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.book.Round(ctx, dept, round)
	if err != nil || len(r.Proposals) != 1 || !strings.HasPrefix(r.Proposals[0].Achievement, "Vận động") {
		t.Fatalf("%+v %v", r, err)
	}
	if err := p.book.Unpropose(ctx, dept, round, one); err != nil {
		t.Fatal(err)
	}
	p.wantFault(p.book.Unpropose(ctx, dept, round, one), fault.Missing, "emulation.proposal_unknown")
}
