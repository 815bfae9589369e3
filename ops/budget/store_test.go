package budget

import (
	"context"
	"sync"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

var ctx = context.Background()

type desk struct {
	t       *testing.T
	book    *Book
	tree    *territory.Tree
	now     time.Time
	offices map[string]territory.Office
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	w := &desk{t: t, now: dbtest.Morning, offices: map[string]territory.Office{}}
	p := plantest.HonQuan(t)
	w.book = &Book{DB: dbtest.OpenAt(t, func() time.Time { return w.now }), Plan: func() *plan.Plan { return p }}
	if err := w.book.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		units := []*territory.Unit{{Code: "694", Kind: "huyện", Tier: territory.TierDistrict, Name: "Hớn Quản"}, {Code: "101", Kind: "xã", Tier: territory.TierCommune, Name: "Trong"}, {Code: "102", Kind: "xã", Tier: territory.TierCommune, Name: "Ngoài"}}
		for i, u := range units {
			if i > 0 {
				u.Parent = units[0].ID
			}
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
		}
		for code, unit := range map[string]int64{"conganhuyen": units[0].ID, "taichinh": units[0].ID, "vhtt": units[0].ID, "ubndxa": units[1].ID, "ubndxa2": units[2].ID} {
			o := territory.Office{Unit: unit, Kind: "department", Name: "Cơ quan " + code, Code: code}
			if err := territory.AddOffice(tx, &o); err != nil {
				return err
			}
			w.offices[code] = o
		}
		var err error
		w.tree, err = territory.Load(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *desk) as(role, code, office string) access.Viewer {
	v := access.NewViewer(int64(len(role)+1), role, role, "test", []access.Grant{{Role: role, Unit: w.tree.ByCode(code).ID}}, w.tree)
	v.Office = w.offices[office].ID
	return v
}

func sample() Proposal {
	return Proposal{ID: 41, Title: "Kinh phí đợt cao điểm của xã", Reason: "Hỗ trợ các tổ ấp.", Lines: []Line{{Norm: "ngay_cong", Parts: []int64{12, 20}}, {Norm: "bang_ron", Parts: []int64{6}}}}
}

func (w *desk) get(who access.Viewer, n int64) *Proposal {
	w.t.Helper()
	p, err := w.book.Get(ctx, who, n)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func TestClause_V_5_AProposalIsWrittenSentDecidedAndPaid(t *testing.T) {
	w := newDesk(t)
	chair, money, other := w.as("commune_chair", "101", "ubndxa"), w.as("finance", "694", "taichinh"), w.as("commune_chair", "102", "ubndxa2")
	if _, err := w.book.Save(ctx, w.as("commune_chair", "101", ""), sample()); code(err) != "budget.no_office" {
		t.Errorf("written for no office: %v", err)
	}
	for range 2 {
		if _, err := w.book.Save(ctx, chair, Proposal{ID: 41, Revision: 1, Title: sample().Title, Reason: sample().Reason, Lines: sample().Lines}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.book.Get(ctx, money, 41); code(err) != "budget.unknown" {
		t.Errorf("a draft is read by others: %v", err)
	}
	p := w.get(chair, 41)
	if s := p.Sum(); s.Proposed != 12*20*100_000+6*450_000 || p.Revision != 2 || p.State != Draft {
		t.Fatalf("%+v %+v", p, s)
	}
	if _, err := w.book.Save(ctx, chair, Proposal{ID: 41, Revision: 1, Title: p.Title}); code(err) != "budget.changed" {
		t.Errorf("the second writer wins silently: %v", err)
	}
	if err := w.book.Send(ctx, chair, 41, 1); code(err) != "budget.changed" {
		t.Errorf("sent unread: %v", err)
	}
	if err := w.book.Send(ctx, chair, 41, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := w.book.Save(ctx, chair, Proposal{ID: 41, Revision: 2, Title: p.Title}); code(err) != "budget.locked" {
		t.Errorf("written after it was sent: %v", err)
	}
	if _, err := w.book.Get(ctx, other, 41); code(err) != "budget.unknown" {
		t.Errorf("a neighbour reads it: %v", err)
	}
	if wait, err := w.book.Waiting(ctx, money); err != nil || len(wait) != 1 || wait[0].State != Sent {
		t.Errorf("%+v %v", wait, err)
	}
	if err := w.book.Return(ctx, money, 41, "ghi rõ danh sách tổ"); err != nil {
		t.Fatal(err)
	}
	if wait, err := w.book.Waiting(ctx, chair); err != nil || len(wait) != 1 || wait[0].State != Returned {
		t.Errorf("%+v %v", wait, err)
	}
	if err := w.book.Drop(ctx, chair, 41); code(err) != "budget.sent_once" {
		t.Errorf("dropped after it was sent: %v", err)
	}
	if err := w.book.Send(ctx, chair, 41, 2); err != nil {
		t.Fatal(err)
	}
	p = w.get(money, 41)
	days, banners := p.Lines[0].ID, p.Lines[1].ID
	if err := w.book.Approve(ctx, chair, 41, nil); !fault.Is(err, fault.Forbidden) {
		t.Errorf("approved by who asks: %v", err)
	}
	if err := w.book.Approve(ctx, money, 41, map[int64]Grant{days: {Quantity: 200}}); code(err) != "budget.grant_why" {
		t.Errorf("%v", err)
	}
	if err := w.book.Approve(ctx, money, 41, map[int64]Grant{days: {200, "ngân sách còn ít"}}); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Approve(ctx, money, 41, nil); code(err) != "budget.not_sent" {
		t.Errorf("approved twice: %v", err)
	}
	for range 2 { // a double click pays once
		if err := w.book.Pay(ctx, chair, 41, Spend{ID: 9, Line: days, Amount: 5_000_000, Document: "PC-12"}); err != nil {
			t.Fatal(err)
		}
	}
	for want, s := range map[string]Spend{"budget.over": {Line: days, Amount: 15_000_001, Document: "PC-13"}, "budget.line": {Line: 5, Amount: 1, Document: "PC-13"}, "budget.document": {Line: days, Amount: 1}, "budget.day": {Line: days, Amount: 1, Document: "PC-13", Day: "2024-05-21"}, "budget.pay": {Line: banners, Amount: -1, Document: "PC-13"}} {
		if err := w.book.Pay(ctx, chair, 41, s); code(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	if err := w.book.Pay(ctx, other, 41, Spend{Line: days, Amount: 1, Document: "PC-14"}); !fault.Is(err, fault.Missing) {
		t.Errorf("paid by a neighbour: %v", err)
	}
	if s := w.get(chair, 41).Sum(); s != (Sum{26_700_000, 22_700_000, 5_000_000}) {
		t.Errorf("%+v", s)
	}
	if err := w.book.VoidPay(ctx, chair, 41, 9, "ghi nhầm chứng từ"); err != nil {
		t.Fatal(err)
	}
	if s := w.get(chair, 41).Sum(); s.Spent != 0 {
		t.Errorf("%+v", s)
	}
}

func TestClause_V_5_TheWholeIsTheSumOfTheOffices(t *testing.T) {
	w := newDesk(t)
	money := w.as("finance", "694", "taichinh")
	for i, x := range []struct {
		who  access.Viewer
		send bool
	}{{w.as("commune_chair", "101", "ubndxa"), true}, {w.as("commune_chair", "102", "ubndxa2"), true}, {w.as("information", "694", "vhtt"), true}, {money, true}, {w.as("commune_chair", "101", "ubndxa"), false}} {
		p := sample()
		p.ID = int64(100 + i)
		p.Lines[0].Parts = []int64{int64(i + 1)}
		if _, err := w.book.Save(ctx, x.who, p); err != nil {
			t.Fatal(err)
		}
		if x.send {
			if err := w.book.Send(ctx, x.who, p.ID, 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.book.Approve(ctx, money, 100, nil); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Approve(ctx, money, 103, nil); code(err) != "budget.own" {
		t.Errorf("the department approves its own: %v", err)
	}
	c, err := w.book.Consolidate(ctx, money, 0)
	if err != nil || len(c.Offices) != 4 || c.Waiting != 3 {
		t.Fatalf("%+v %v", c, err)
	}
	var byOffice, byGroup Sum
	for _, o := range c.Offices {
		s := c.Of(o.ID, "")
		byOffice.Proposed, byOffice.Granted = byOffice.Proposed+s.Proposed, byOffice.Granted+s.Granted
	}
	for _, g := range c.Groups {
		s := c.Of(0, g)
		byGroup.Proposed, byGroup.Granted = byGroup.Proposed+s.Proposed, byGroup.Granted+s.Granted
	}
	if want := int64((1+2+3+4)*100_000 + 4*6*450_000); c.Whole.Proposed != want || byOffice != c.Whole || byGroup != c.Whole || c.Whole.Granted != 100_000+6*450_000 {
		t.Errorf("%+v by office %+v by group %+v", c.Whole, byOffice, byGroup)
	}
	own, err := w.book.Consolidate(ctx, w.as("commune_chair", "101", "ubndxa"), 0)
	if err != nil || len(own.Offices) != 1 {
		t.Errorf("a commune sees %d offices, %v", len(own.Offices), err)
	}
}

func TestClause_III_3_f_DaysOfWorkOfThoseWithoutASalary(t *testing.T) {
	w := newDesk(t)
	unit := w.tree.ByCode("101").ID
	if err := w.book.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		if _, err := tx.Exec(`INSERT INTO team(id, unit_id, office_id, kind, name, name_fold, capacity, rest_weekdays, from_day, until_day, batch_id) VALUES (1,$1,0,'hamlet','Tổ','to',5,'','','',0)`, unit); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO team_member(id, team_id, name, role, phone_sealed, account_id, from_day, until_day, batch_id) VALUES (7,1,'Thị Mai','',$1,0,'','',0)`, tx.Keys().Seal(""))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w.book.Work = func(*db.Tx, *territory.Tree, int64, clock.Day, clock.Day) ([]Worker, error) {
		return []Worker{{Member: 8, Name: "Công an viên", Paid: true, Days: []clock.Day{"2024-05-02"}}, {Member: 7, Name: "Thị Mai", Days: []clock.Day{"2024-05-02", "2024-05-03"}}}, nil
	}
	chair := w.as("commune_chair", "101", "ubndxa")
	days := func(want int64) {
		t.Helper()
		list, err := w.book.WorkDays(ctx, chair, unit, "2024-05-01", "2024-05-31")
		if err != nil || UnpaidDays(list) != want {
			t.Errorf("%d days, want %d: %+v %v", UnpaidDays(list), want, list, err)
		}
	}
	days(2)
	if err := w.book.SetPaid(ctx, chair, unit, 7, true); err != nil {
		t.Fatal(err)
	}
	days(0)
	if err := w.book.SetPaid(ctx, chair, unit, 7, false); err != nil {
		t.Fatal(err)
	}
	days(2)
	if err := w.book.SetPaid(ctx, w.as("commune_chair", "102", "ubndxa2"), w.tree.ByCode("102").ID, 7, true); code(err) != "budget.member" {
		t.Errorf("a neighbour marks a member: %v", err)
	}
	if _, err := w.book.WorkDays(ctx, w.as("operator", "694", "vhtt"), unit, "2024-05-01", "2024-05-31"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an operator reads names: %v", err)
	}
	if _, err := w.book.WorkDays(ctx, chair, unit, "2024-05-31", "2024-05-01"); code(err) != "budget.period" {
		t.Errorf("%v", err)
	}
}

// Four people decide at once: one decision stands.
func TestLaw_D1_AProposalIsDecidedOnce(t *testing.T) {
	w := newDesk(t)
	chair, money := w.as("commune_chair", "101", "ubndxa"), w.as("finance", "694", "taichinh")
	if _, err := w.book.Save(ctx, chair, sample()); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Send(ctx, chair, 41, 1); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	var m sync.Mutex
	n := map[string]int{}
	for i := range 4 {
		wait.Go(func() {
			var err error
			if i%2 == 0 {
				err = w.book.Approve(ctx, money, 41, nil)
			} else {
				err = w.book.Return(ctx, money, 41, "cần xem lại")
			}
			m.Lock()
			n[code(err)]++
			m.Unlock()
		})
	}
	wait.Wait()
	if n[""] != 1 || n["budget.not_sent"] != 3 {
		t.Errorf("%v", n)
	}
}
