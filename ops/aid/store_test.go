package aid

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

var ctx = context.Background()

type place struct {
	*Book
	t           *testing.T
	tree        *territory.Tree
	people      []int64
	viettel, vp int64
	now         time.Time
}

func newPlace(t *testing.T) *place {
	t.Helper()
	shipped := plantest.HonQuan(t)
	p := &place{t: t, now: clock.Day("2024-05-02").Time().Add(8 * time.Hour)}
	p.Book = &Book{DB: dbtest.OpenAt(t, func() time.Time { return p.now }), Plan: func() *plan.Plan { return shipped }}
	p.DB.BeforeCommit(func(tx *db.Tx, touched []int64) error {
		events, err := coverage.EventsOf(tx, touched)
		if err != nil {
			return err
		}
		return p.Follow(tx, touched, events)
	})
	p.do(func(tx *db.Tx) error {
		ids := map[string]int64{}
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25357", "thị trấn", "Tân Khai", "694", 2}, {"25330.01", "ấp", "1", "25330", 3}, {"25357.01", "khu phố", "1", "25357", 3}} {
			x := &territory.Unit{Code: u.code, Kind: u.kind, Tier: u.tier, Name: u.name, Parent: ids[u.parent]}
			if err := territory.Insert(tx, x); err != nil {
				return err
			}
			ids[u.code] = x.ID
		}
		for _, o := range []*territory.Office{{Unit: ids["694"], Kind: plan.OperatorKind, Name: "Viettel", Code: "viettel"}, {Unit: ids["694"], Kind: plan.OperatorKind, Name: "VNPT", Code: "vnpt"}} {
			if err := territory.AddOffice(tx, o); err != nil {
				return err
			}
			if p.vp = o.ID; o.Code == "viettel" {
				p.viettel = o.ID
			}
		}
		var err error
		if p.tree, err = territory.Load(tx); err != nil {
			return err
		}
		said := make([]people.Said, 10)
		for i := range said {
			said[i].Person = people.Person{Number: people.Number(fmt.Sprintf("0700900000%02d", i)), Name: "Thử Người " + strings.Repeat("A", i+1), Birth: "1960-01-02", Phone: people.Number(fmt.Sprintf("09120000%02d", i)),
				Unit: ids[[]string{"25330.01", "25357.01"}[i%2]], Source: people.Police, AsOf: tx.Now()}
		}
		booked, err := people.NewBooker(tx, false, func(u int64) int64 { return u }, func(int64) bool { return true }).Book(said)
		for _, x := range booked {
			p.people = append(p.people, x.Person)
		}
		return err
	})
	return p
}

func (p *place) do(fn func(tx *db.Tx) error) {
	p.t.Helper()
	if err := p.DB.Write(ctx, db.Act{Verb: "test"}, fn); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) unit(code string) int64 { return p.tree.ByCode(code).ID }

func (p *place) as(role, code string) access.Viewer {
	return access.NewViewer(7, "thu", "Người Thử", "cli", []access.Grant{{Role: role, Unit: p.unit(code)}}, p.tree)
}

func (p *place) operator(office int64) access.Viewer {
	v := p.as("operator", "694")
	v.Office = office
	return v
}

func (p *place) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) fails(err error, code string) {
	p.t.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code {
		p.t.Fatalf("%v, want %s", err, code)
	}
}

func (p *place) offer(office int64, kind string, price int64, stock ...Stock) int64 {
	p.t.Helper()
	n, err := p.SaveOffer(ctx, p.operator(office), Offer{Office: office, Kind: kind, Title: "Máy thử", Price: price, From: "2024-04-20", Until: "2024-07-08"}, nil)
	p.must(err)
	if len(stock) > 0 {
		p.must(p.SetStock(ctx, p.operator(office), n, stock))
	}
	return n
}

func (p *place) order(person int, kind string, office, offer int64) int64 {
	p.t.Helper()
	n, err := p.Order(ctx, p.as("district_police", "694"), Order{Person: p.people[person], Kind: kind, Office: office, Offer: offer}, true)
	p.must(err)
	return n
}

func (p *place) sheet(who access.Viewer, n int64) *Sheet {
	p.t.Helper()
	s, err := p.Read(ctx, who, n)
	p.must(err)
	return s
}

func (p *place) extract(batch int64, day clock.Day, cov, state string, person int) {
	p.t.Helper()
	p.do(func(tx *db.Tx) error {
		tx.Touch(p.people[person])
		return coverage.Append(tx, []coverage.Event{{Person: p.people[person], Coverage: cov, State: state, Level: coverage.Confirmed, Day: day, AsOf: clock.Stamp(day.Time().Add(20 * time.Hour)), Source: people.Operator, Batch: batch}})
	})
}

func (p *place) claims(person int) (out []coverage.Event) {
	p.do(func(tx *db.Tx) error {
		all, err := coverage.EventsOf(tx, []int64{p.people[person]})
		for _, e := range all[p.people[person]] {
			if !e.Void() && e.Level != coverage.Confirmed {
				out = append(out, e)
			}
		}
		return err
	})
	return out
}

func TestClause_II_1_AnOrderFromTheDeskToTheExtract(t *testing.T) {
	p := newPlace(t)
	v := p.operator(p.viettel)
	offer := p.offer(p.viettel, "device", 590_000, Stock{Unit: p.unit("25330"), N: 1}, Stock{Unit: p.unit("694"), N: 1})
	n := p.order(0, "device", 0, offer)
	s := p.sheet(v, n)
	if s.State != Asked || s.Price != 590_000 || s.Office != p.viettel || s.Name == "" || s.Born != "1960" || s.Phone != "091••••000" || !s.Fulfils || s.Takes {
		t.Fatalf("%+v", s)
	}
	p.fails(p.Advance(ctx, v, n, Move{To: Handed}), "aid.move")
	p.must(p.Advance(ctx, v, n, Move{To: Accepted}))
	p.now = p.now.AddDate(0, 0, 2)
	p.must(p.Advance(ctx, v, n, Move{To: Ready}))
	p.must(p.Advance(ctx, v, n, Move{To: Handed, Received: Relative, Serial: "35-209900-176148-1"}))
	s = p.sheet(v, n)
	if s.State != Handed || s.Receipt == "" || s.Received != Relative || s.Serial != "1481" || s.StockUnit != p.unit("25330") {
		t.Fatalf("%+v", s)
	}
	if c := p.claims(0); len(c) != 1 || c[0].State != "smart4g" || c[0].Level != coverage.Claimed {
		t.Fatalf("law C2: %+v", c)
	}
	p.must(p.Undo(ctx, v, n, "giao nhầm người"))
	if s = p.sheet(v, n); s.State != Ready || s.Receipt != "" || len(p.claims(0)) != 0 {
		t.Fatalf("%+v", s)
	}
	f, err := p.Offer(ctx, v, offer)
	if err != nil || f.Left() != 2 {
		t.Fatalf("%+v %v", f, err)
	}
	p.must(p.Advance(ctx, v, n, Move{To: Handed}))
	p.now = p.now.AddDate(0, 0, 2)
	p.extract(9, "2024-05-05", "phone", "old", 0)
	if s = p.sheet(v, n); s.State != Handed || s.Denied != "2024-05-05" {
		t.Fatalf("what an extract denies stays open and is told: %+v", s)
	}
	p.extract(10, "2024-05-06", "phone", "smart4g", 0)
	if s = p.sheet(v, n); s.State != Confirmed || s.Denied != "" || s.Address != "" || s.Phone != "" {
		t.Fatalf("%+v", s)
	}
	p.fails(p.Undo(ctx, v, n, "rút"), "aid.undo_extract")
	p.do(func(tx *db.Tx) error { // the batch is withdrawn
		tx.Touch(p.people[0])
		_, err := tx.Exec("UPDATE event SET void_at=$1, void_why='rút' WHERE batch_id=10", tx.Now())
		return err
	})
	if s = p.sheet(v, n); s.State != Handed || s.Denied != "2024-05-05" {
		t.Fatalf("%+v", s)
	}
}

func TestClause_III_1_b_ASignatureOnASIM(t *testing.T) {
	p := newPlace(t)
	v := p.operator(p.vp)
	n := p.order(1, "sim", p.vp, 0)
	for _, to := range []State{Accepted, Handed, Installed} {
		p.must(p.Advance(ctx, v, n, Move{To: to}))
	}
	if c := p.claims(1); len(c) != 2 {
		t.Fatalf("%+v", c)
	}
	m := p.order(2, "signature", p.vp, 0)
	p.must(p.Advance(ctx, v, m, Move{To: Accepted}))
	p.must(p.Advance(ctx, v, m, Move{To: Installed}))
	p.now = p.now.AddDate(0, 0, 1)
	p.extract(3, "2024-05-02", "sim", "signed", 2)
	if s := p.sheet(v, m); s.State != Confirmed || s.Receipt == "" {
		t.Fatalf("%+v", s)
	}
}

func TestLaw_R1_AnOperatorSeesItsOwnOrdersOnly(t *testing.T) {
	p := newPlace(t)
	mine, theirs, nobody := p.order(0, "device", p.viettel, 0), p.order(1, "device", p.vp, 0), p.order(2, "device", 0, 0)
	v := p.operator(p.viettel)
	list, total, err := p.List(ctx, v, Query{Unit: p.unit("694"), State: AllOrders})
	if err != nil || total != 1 || list[0].ID != mine {
		t.Fatalf("%v %d %v", list, total, err)
	}
	c, err := p.Count(ctx, v, Query{Unit: p.unit("694")})
	if err != nil || c.All != 1 || c.Nobody != 0 {
		t.Fatalf("%+v %v", c, err)
	}
	for _, n := range []int64{theirs, nobody} {
		_, err := p.Read(ctx, v, n)
		p.fails(err, "aid.unknown")
		p.fails(p.Advance(ctx, v, n, Move{To: Accepted}), "aid.unknown")
		p.fails(p.Undo(ctx, v, n, "thử"), "aid.unknown")
		p.fails(p.Choose(ctx, v, n, p.viettel, 0), "aid.unknown")
		_, err = p.Reveal(ctx, v, n)
		p.fails(err, "aid.unknown")
	}
	if _, err := p.OfPerson(ctx, v, p.people[0]); !fault.Is(err, fault.Forbidden) {
		t.Fatalf("an operator asks by person: %v", err)
	}
	if _, err := p.Order(ctx, v, Order{Person: p.people[3], Kind: "device"}, true); !fault.Is(err, fault.Forbidden) {
		t.Fatal(err)
	}
	w := p.operator(0) // an operator's account whose office nobody said
	if _, _, err := p.List(ctx, w, Query{Unit: p.unit("694")}); !fault.Is(err, fault.Forbidden) {
		t.Fatal(err)
	}
	_, err = p.SaveOffer(ctx, v, Offer{Office: p.vp, Kind: "device", Title: "Máy", From: "2024-05-01"}, nil)
	p.fails(err, "aid.not_yours")
	o := p.offer(p.vp, "device", 1)
	p.fails(p.SetStock(ctx, v, o, nil), "aid.not_yours")
	p.fails(p.WithdrawOffer(ctx, v, o, "thử"), "aid.not_yours")
	for _, role := range []string{"member", "finance", "sysadmin", "official"} {
		if _, _, err := p.List(ctx, p.as(role, "694"), Query{Unit: p.unit("694")}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s lists orders: %v", role, err)
		}
	}
	if _, total, err := p.List(ctx, p.as("commune_police", "25330"), Query{Unit: p.unit("25330")}); err != nil || total != 2 {
		t.Fatalf("%d %v", total, err)
	}
	if _, _, err := p.List(ctx, p.as("commune_police", "25330"), Query{Unit: p.unit("694")}); !fault.Is(err, fault.Forbidden) {
		t.Fatal(err)
	}
}

func TestLaw_R2_ATelephoneIsShownOnceAndLeavesARow(t *testing.T) {
	p := newPlace(t)
	v := p.operator(p.viettel)
	n := p.order(0, "device", p.viettel, 0)
	_, err := p.Reveal(ctx, v, n)
	p.fails(err, "aid.reveal_state")
	p.must(p.Advance(ctx, v, n, Move{To: Accepted}))
	got, err := p.Reveal(ctx, v, n)
	if err != nil || got != "0912000000" {
		t.Fatal(got, err)
	}
	book, err := p.Export(ctx, v, Query{Unit: p.unit("694")}, true)
	if err != nil || len(book.Sheets[0].Rows) != 1 || book.Sheets[0].Rows[0][6] != "0912000000" {
		t.Fatalf("%+v %v", book, err)
	}
	if book, err = p.Export(ctx, v, Query{Unit: p.unit("694")}, false); err != nil || book.Sheets[0].Rows[0][6] != "091••••000" {
		t.Fatal(err)
	}
	rows := map[string]int{}
	p.do(func(tx *db.Tx) error {
		return tx.Each("SELECT verb, note FROM trail", nil, func(scan func(...any) error) error {
			var verb, note string
			err := scan(&verb, &note)
			if strings.Contains(note, "0912") {
				t.Error("a number in the trail")
			}
			rows[verb]++
			return err
		})
	})
	if rows["aid.reveal"] != 1 || rows["aid.export"] != 2 {
		t.Fatal(rows)
	}
}

func TestLaw_F1_ASheetComesBackWithAVerdictForEveryRow(t *testing.T) {
	p := newPlace(t)
	v := p.operator(p.viettel)
	a, b := p.order(0, "device", p.viettel, 0), p.order(1, "device", p.viettel, 0)
	p.order(2, "device", p.vp, 0)
	book, err := p.Export(ctx, v, Query{Unit: p.unit("694")}, false)
	p.must(err)
	rows := book.Sheets[0].Rows
	if len(rows) != 2 {
		t.Fatal(len(rows))
	}
	rows[0][11], rows[0][12] = "Nhận đơn", "02/05/2024"
	rows[1][11] = "đã giao"
	book.Sheets[0].Rows = append(rows, append([]any{"xyz"}, rows[0][1:]...), rows[0])
	var out bytes.Buffer
	p.must(book.Write(&out))
	read, err := ReadReturn("don.xlsx", out.Bytes())
	if err != nil || len(read) != 4 {
		t.Fatalf("%+v %v", read, err)
	}
	got, err := p.AdvanceMany(ctx, v, read)
	p.must(err)
	if !got[0].Done || got[1].Done || got[2].Done || got[3].Done || got[3].Text != fmt.Sprintf("trùng với dòng %d", got[0].Line) {
		t.Fatalf("%+v", got)
	}
	if p.sheet(v, a).State != Accepted || p.sheet(v, b).State != Asked {
		t.Fatal("a row that cannot be moved moved")
	}
	if _, err := ReadReturn("x.csv", []byte("a,b\n1,2\n")); !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
}

func TestClause_III_2_c_NoOrderWithoutConsentNorTwice(t *testing.T) {
	p := newPlace(t)
	police := p.as("district_police", "694")
	_, err := p.Order(ctx, police, Order{Person: p.people[0], Kind: "device"}, false)
	p.fails(err, "aid.consent")
	o := Order{ID: 77, Person: p.people[0], Kind: "device"}
	for range 2 { // sent twice is sent once (law O2)
		_, err = p.Order(ctx, police, o, true)
		p.must(err)
	}
	_, err = p.Order(ctx, police, Order{Person: p.people[0], Kind: "device"}, true)
	if !Twice(err) || !strings.Contains(err.Error(), "đã có đơn") {
		t.Fatal(err)
	}
	p.must(p.Advance(ctx, police, 77, Move{To: Cancelled, Note: "con đã mua cho"}))
	m := p.order(0, "device", p.vp, 0)
	p.fails(p.Undo(ctx, police, 77, "đổi ý"), "aid.twice")
	p.must(p.Choose(ctx, police, m, p.viettel, 0))
	p.must(p.Advance(ctx, p.operator(p.viettel), m, Move{To: Accepted}))
	p.must(p.Choose(ctx, police, m, p.vp, 0))
	if s := p.sheet(police, m); s.State != Asked || s.Office != p.vp {
		t.Fatalf("%+v", s)
	}
	p.fails(p.Undo(ctx, police, m, "chuyển nhầm"), "aid.undo_given")
}

func TestClause_III_1_b_StockNeverFallsBelowNothing(t *testing.T) {
	p := newPlace(t)
	v := p.operator(p.viettel)
	offer := p.offer(p.viettel, "device", 590_000, Stock{Unit: p.unit("25330"), N: 2})
	var last int64
	for i := range 5 {
		n := p.order(2*i, "device", 0, offer) // all of An Khương
		p.must(p.Advance(ctx, v, n, Move{To: Accepted}))
		if err := p.Advance(ctx, v, n, Move{To: Handed}); i < 2 {
			p.must(err)
			last = n
		} else {
			p.fails(err, "aid.no_stock")
		}
	}
	p.must(p.Undo(ctx, v, last, "trả máy"))
	if f, err := p.Offer(ctx, v, offer); err != nil || f.Left() != 1 {
		t.Fatalf("%+v %v", f, err)
	}
}

func TestClause_III_2_c_VisitsBringOrdersAndTakeThemBack(t *testing.T) {
	p := newPlace(t)
	team := p.as("phone", "25330.01")
	visit := Visited{Visit: 5, Person: p.people[0], Team: 3, At: "2024-05-01T03:00:00Z", Kinds: []string{"device", "sim", "boat"}}
	for range 2 {
		p.do(func(tx *db.Tx) error { return p.VisitIn(tx, team, visit) })
	}
	police := p.as("district_police", "694")
	list, total, err := p.List(ctx, police, Query{Unit: p.unit("694"), State: Unassigned})
	if err != nil || total != 2 || list[0].Source != FromVisit || list[0].ConsentAt != visit.At || list[0].Team != 3 {
		t.Fatalf("%+v %v", list, err)
	}
	v, err := p.ChooseMany(ctx, police, []int64{list[0].ID}, p.viettel)
	if err != nil || !v[0].Done {
		t.Fatal(v, err)
	}
	p.must(p.Advance(ctx, police, list[0].ID, Move{To: Accepted}))
	p.must(p.Advance(ctx, police, list[0].ID, Move{To: Handed}))
	p.do(func(tx *db.Tx) error { return p.VoidVisitIn(tx, team, 5) })
	if a, b := p.sheet(police, list[0].ID).State, p.sheet(police, list[1].ID).State; a != Handed || b != Cancelled {
		t.Fatal(a, b)
	}
	system := access.System("thử").On(p.tree)
	old := []Visited{visit, {Visit: 8, Person: p.people[1], At: "2024-04-20T03:00:00Z", Kinds: []string{"device"}}, {Visit: 9, Person: p.people[1], At: "2024-04-25T03:00:00Z", Kinds: []string{"device"}}}
	for _, want := range []int64{1, 0} {
		p.do(func(tx *db.Tx) error {
			n, err := p.TakeOver(tx, system, old)
			if n != want {
				t.Fatalf("%d taken over, want %d", n, want)
			}
			return err
		})
	}
}

func TestClause_III_1_b_WhatWaitsForWhom(t *testing.T) {
	p := newPlace(t)
	p.order(0, "device", p.viettel, 0)
	p.order(1, "device", 0, 0)
	p.now = p.now.AddDate(0, 0, 4)
	p.order(2, "sim", p.viettel, 0)
	w, err := p.Waiting(ctx, p.operator(p.viettel))
	if err != nil || len(w) != 1 || w[0].N != 2 || w[0].Late != 1 || w[0].Due != "2024-05-04" {
		t.Fatalf("%+v %v", w, err)
	}
	if w, err = p.Waiting(ctx, p.as("commune_police", "25357")); err != nil || len(w) != 1 || w[0].State != Unassigned || w[0].N != 1 {
		t.Fatalf("%+v %v", w, err)
	}
	if w, err = p.Waiting(ctx, p.as("finance", "694")); err != nil || w != nil {
		t.Fatal(w, err)
	}
}

func TestLaw_R4_ErasingLeavesNobody(t *testing.T) {
	p := newPlace(t)
	n := p.order(0, "device", p.viettel, 0)
	p.must(p.Advance(ctx, p.operator(p.viettel), n, Move{To: Refused, Note: "không liên lạc được"}))
	p.do(func(tx *db.Tx) error {
		_, err := Erase(tx)
		return err
	})
	s := p.sheet(p.operator(p.viettel), n)
	if s.Person != 0 || s.Name != "" || s.ConsentName != "" || s.Steps[1].Note != "" || s.State != Refused {
		t.Fatalf("%+v", s)
	}
}

func TestClause_III_1_b_AnOfferHasItsDocument(t *testing.T) {
	p := newPlace(t)
	v := p.operator(p.viettel)
	f, err := attach.Take("chinh-sach.pdf", []byte("%PDF-1.4\nx"))
	p.must(err)
	n, err := p.SaveOffer(ctx, v, Offer{Office: p.viettel, Kind: "device", Title: "Máy", From: "2024-05-01"}, f)
	p.must(err)
	_, err = p.SaveOffer(ctx, v, Offer{ID: n, Kind: "device", Title: "Máy mới", From: "2024-05-01"}, nil)
	p.must(err)
	g, err := p.Document(ctx, p.as("member", "25330.01"), n)
	if err != nil || g.MIME != attach.PDF || !bytes.Equal(g.Bytes, f.Bytes) {
		t.Fatalf("%+v %v", g, err)
	}
	p.must(p.WithdrawOffer(ctx, v, n, "hết hàng"))
	_, err = p.Order(ctx, p.as("district_police", "694"), Order{Person: p.people[0], Kind: "device", Offer: n}, true)
	p.fails(err, "aid.offer_over")
}
