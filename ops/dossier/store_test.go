package dossier

import (
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
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
)

type place struct {
	*Book
	t      *testing.T
	tree   *territory.Tree
	people []int64
	now    time.Time
}

func (p *place) unit(code string) int64 { return p.tree.ByCode(code).ID }

func (p *place) viewer(role, code string) access.Viewer {
	return access.NewViewer(7, "thu", "Người Thử", "cli", []access.Grant{{Role: role, Unit: p.unit(code)}}, p.tree)
}

func (p *place) on(day clock.Day) { p.now = day.Time().Add(8 * time.Hour) }

const number = "0700900000%02d"

func newPlace(t *testing.T) *place {
	t.Helper()
	shipped := plantest.HonQuan(t)
	p := &place{t: t}
	p.on("2024-05-01")
	p.Book = &Book{DB: dbtest.OpenAt(t, func() time.Time { return p.now }), Plan: func() *plan.Plan { return shipped }}
	p.DB.BeforeCommit(func(tx *db.Tx, touched []int64) error {
		events, err := coverage.EventsOf(tx, touched)
		if err != nil {
			return err
		}
		return p.Follow(tx, touched, events)
	})
	ids := map[string]int64{}
	p.do(func(tx *db.Tx) error {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25357", "thị trấn", "Tân Khai", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25330.02", "sóc", "Đồi Dầu", "25330", 3}, {"25357.01", "khu phố", "1", "25357", 3}} {
			x := &territory.Unit{Code: u.code, Kind: u.kind, Tier: u.tier, Name: u.name, Parent: ids[u.parent]}
			if err := territory.Insert(tx, x); err != nil {
				return err
			}
			ids[u.code] = x.ID
		}
		var err error
		if p.tree, err = territory.Load(tx); err != nil {
			return err
		}
		said := make([]people.Said, 12)
		for i := range said {
			said[i].Person = people.Person{Number: people.Number(fmt.Sprintf(number, i)), Name: "Thử Người " + strings.Repeat("A", i+1), Birth: "1990-01-02", Unit: ids[[]string{"25330.01", "25330.02", "25357.01"}[i%3]], Source: people.Police, AsOf: tx.Now()}
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
	if err := p.DB.Write(context.Background(), db.Act{Verb: "test"}, fn); err != nil {
		p.t.Fatal(err)
	}
}

// extract has a batch confirm states of persons as of a day.
func (p *place) extract(batch int64, day clock.Day, cov, state string, persons ...int64) {
	p.t.Helper()
	p.do(func(tx *db.Tx) error {
		var list []coverage.Event
		for _, x := range persons {
			list = append(list, coverage.Event{Person: x, Coverage: cov, State: state, Level: coverage.Confirmed, Day: day, AsOf: clock.Stamp(day.Time().Add(10 * time.Hour)), Source: people.National, Batch: batch})
		}
		return coverage.Append(tx, list)
	})
}

// checkSums compares the counts of every day with the paths of all dossiers.
func (p *place) checkSums() {
	p.t.Helper()
	police := p.viewer("district_police", "694")
	p.do(func(tx *db.Tx) error {
		list, err := dossiers(tx, "1=1")
		if err != nil {
			return err
		}
		ids := make([]int64, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		steps, err := stepsOf(tx, ids)
		if err != nil {
			return err
		}
		for d := clock.Day("2024-04-25"); d <= tx.Today(); d = d.Add(1) {
			want := Counts{}
			for _, x := range list {
				state := State("")
				for _, s := range Path(steps[x.ID]) {
					if s.Day <= d {
						state = s.State
					}
				}
				if state != "" {
					want[state]++
				}
			}
			board, err := p.Board(context.Background(), police, p.unit("694"), d)
			if err != nil {
				return err
			}
			for _, s := range States() {
				if board.Sum[s] != want[s] {
					p.t.Errorf("%s %s: %d counted, %d are", d, s, board.Sum[s], want[s])
				}
			}
		}
		for _, x := range list {
			path := Path(steps[x.ID])
			if last := path[len(path)-1]; x.State != last.State || x.Since != last.Day {
				p.t.Errorf("kept %s since %s, path says %v", x.State, x.Since, last)
			}
		}
		return nil
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestClause_III_3_d_FromTheKitToTheAccount goes the whole way by hand and by extract, with claims in the ledger and every day's count.
func TestClause_III_3_d_FromTheKitToTheAccount(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("commune_police", "25330")
	d := must(p.Take(ctx, police, p.people[0], Take{Kind: Both}))
	if _, err := p.Take(ctx, police, p.people[0], Take{Kind: Card}); code(err) != "dossier.twice" {
		t.Error(err)
	}
	if _, err := p.Take(ctx, police, p.people[2], Take{Kind: Card}); code(err) != "access.forbidden" {
		t.Error(err)
	}
	if err := p.Advance(ctx, police, d.ID, Move{To: Issued}); code(err) != "dossier.skips" {
		t.Error(err)
	}
	p.on("2024-05-03")
	sent := must(p.Transmit(ctx, police, p.unit("25330"), nil, "", "BN-01", ""))
	if sent.N != 1 {
		t.Fatal(sent)
	}
	standing := func(cov string) coverage.Standing {
		var s coverage.Standing
		p.do(func(tx *db.Tx) error {
			all, err := coverage.EventsOf(tx, []int64{p.people[0]})
			var list []coverage.Event
			for _, e := range all[p.people[0]] {
				if e.Coverage == cov {
					list = append(list, e)
				}
			}
			s = coverage.Fold(list, "", p.Plan().Coverage(cov).Rank)
			return err
		})
		return s
	}
	if s := standing("cccd"); s.Claimed != p.Plan().Coverage("cccd").Rank("transmitted") || s.Confirmed != 0 {
		t.Errorf("%+v", s)
	}
	p.on("2024-05-06")
	if err := p.Advance(ctx, police, d.ID, Move{To: Rejected}); code(err) != "dossier.reason" {
		t.Error(err)
	}
	if err := p.Advance(ctx, police, d.ID, Move{To: Approved, Day: "2024-05-02"}); code(err) != "dossier.day_before" {
		t.Error(err)
	}
	if err := p.Advance(ctx, police, d.ID, Move{To: Approved}); err != nil {
		t.Fatal(err)
	}
	p.on("2024-05-09")
	p.extract(5, "2024-05-08", "cccd", "issued", p.people[0])
	h := must(p.Read(ctx, police, d.ID))
	if h.State != Issued || !h.Confirmed || h.Since != "2024-05-08" {
		t.Fatalf("%+v", h.Entry)
	}
	if err := p.Undo(ctx, police, d.ID, "ghi nhầm"); code(err) != "dossier.undo_extract" {
		t.Error(err)
	}
	p.checkSums()
	p.extract(6, "2024-05-07", "eid", "active", p.people[0]) // late, of an earlier day
	if h = must(p.Read(ctx, police, d.ID)); h.State != Activated || h.Since != "2024-05-07" || len(h.Next) != 0 {
		t.Fatalf("%+v", h.Entry)
	}
	p.checkSums()
	p.do(func(tx *db.Tx) error { // the list is withdrawn
		_, err := tx.Exec("UPDATE event SET void_at=$1, void_why='rút danh sách' WHERE batch_id=6", tx.Now())
		tx.Touch(p.people[0])
		return err
	})
	if h = must(p.Read(ctx, police, d.ID)); h.State != Issued || h.Since != "2024-05-08" {
		t.Fatalf("%+v", h.Entry)
	}
	p.checkSums()
	told := must(p.LookUp(ctx, strings.ToLower(CodeText(d.Code))))
	if told.State != Issued || !told.Confirmed {
		t.Errorf("%+v", told)
	}
	for _, wrong := range []string{"", "BCDFGHKLMN", "' OR 1=1", strings.Repeat("X", 10_000)} {
		if _, err := p.LookUp(ctx, wrong); code(err) != "dossier.code" {
			t.Errorf("%.20q: %v", wrong, err)
		}
	}
}

// TestClause_III_3_d_RejectedComesBackAsWork: with its reason, once, linked both ways.
func TestClause_III_3_d_RejectedComesBackAsWork(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("commune_police", "25330")
	d := must(p.Take(ctx, police, p.people[0], Take{Kind: EID2}))
	must(p.Transmit(ctx, police, p.unit("25330"), []int64{d.ID}, "", "", ""))
	if err := p.Advance(ctx, police, d.ID, Move{To: Rejected, Reason: "van_tay"}); err != nil {
		t.Fatal(err)
	}
	if err := p.Advance(ctx, police, d.ID, Move{To: Account}); code(err) != "dossier.rejected" {
		t.Error(err)
	}
	list, n, err := p.List(ctx, police, Query{Unit: p.unit("25330"), State: Rejected})
	if err != nil || n != 1 || list[0].Reason != "van_tay" {
		t.Fatalf("%v %v", list, err)
	}
	p.on("2024-05-04")
	again := must(p.Redo(ctx, police, d.ID, Take{}))
	if again.Follows != d.ID || again.Kind != EID2 || must(p.Read(ctx, police, d.ID)).Followed != again.ID {
		t.Errorf("%+v", again)
	}
	if _, err := p.Redo(ctx, police, d.ID, Take{}); code(err) != "dossier.redo_twice" {
		t.Error(err)
	}
	if b := must(p.Board(ctx, police, p.unit("25330"), "")); b.Redo != 0 || b.Sum[Rejected] != 1 || b.Sum[Collected] != 1 {
		t.Errorf("%+v", b.Sum)
	}
	p.extract(5, "2024-05-06", "eid", "level2", p.people[0])
	if must(p.Read(ctx, police, d.ID)).State != Rejected || must(p.Read(ctx, police, again.ID)).State != Account {
		t.Error("the extract moved the wrong dossier")
	}
	if err := p.Undo(ctx, police, d.ID, "nhầm"); code(err) != "dossier.undo_followed" {
		t.Error(err)
	}
	p.checkSums()
}

// TestClause_III_3_d_ABatchIsWithdrawn: what is only transmitted waits again, what went further stays, the claims go.
func TestClause_III_3_d_ABatchIsWithdrawn(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	for _, x := range p.people[:3] {
		must(p.Take(ctx, police, x, Take{Kind: Card}))
	}
	p.on("2024-05-02")
	sent := must(p.Transmit(ctx, police, p.unit("694"), nil, "", "", ""))
	if err := p.Receipt(ctx, police, sent.ID, " C06/123 "); err != nil {
		t.Fatal(err)
	}
	list, _, _ := p.List(ctx, police, Query{Unit: p.unit("694"), Batch: sent.ID})
	if err := p.Advance(ctx, police, list[0].ID, Move{To: Approved}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Transmit(ctx, police, p.unit("694"), nil, "", "", ""); code(err) != "dossier.nothing_to_send" {
		t.Error(err)
	}
	if err := p.Undo(ctx, police, list[1].ID, "nhầm"); code(err) != "dossier.undo_batch" {
		t.Error(err)
	}
	back, kept, err := p.Withdraw(ctx, police, sent.ID, "tệp hỏng")
	if err != nil || back != 2 || kept != 1 {
		t.Fatal(back, kept, err)
	}
	if _, _, err := p.Withdraw(ctx, police, sent.ID, "tệp hỏng"); code(err) != "dossier.pulled" {
		t.Error(err)
	}
	p.checkSums()
	b := must(p.Board(ctx, police, p.unit("694"), ""))
	if b.Sum[Collected] != 2 || b.Sum[Approved] != 1 || b.Sum[Transmitted] != 0 {
		t.Errorf("%v", b.Sum)
	}
	all := must(p.Transmissions(ctx, police, p.unit("694")))
	if len(all) != 1 || all[0].Receipt != "C06/123" || all[0].WithdrawnAt == "" {
		t.Errorf("%+v", all)
	}
	if len(must(p.Transmissions(ctx, police, p.unit("25330")))) != 0 {
		t.Error("a commune sees the district's batch")
	}
	if err := p.Advance(ctx, police, list[1].ID, Move{To: Cancelled, Note: "thu nhận nhầm người"}); err != nil {
		t.Error(err)
	}
	p.do(func(tx *db.Tx) error {
		events, err := coverage.EventsOf(tx, []int64{list[1].Person})
		for _, e := range events[list[1].Person] {
			if !e.Void() {
				t.Errorf("a cancelled dossier still claims %s", e.State)
			}
		}
		return err
	})
	p.checkSums()
}
