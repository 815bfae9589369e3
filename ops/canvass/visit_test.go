package canvass

import (
	"context"
	"math/rand/v2"
	"testing"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// street is a hamlet of one commune with a few people in it.
type street struct {
	t      *testing.T
	db     *db.DB
	book   *Book
	tree   *territory.Tree
	hamlet int64
	other  int64
	people []int64
}

func newStreet(t *testing.T) *street {
	t.Helper()
	s := &street{t: t, db: dbtest.Open(t)}
	p := plantest.HonQuan(t)
	s.book = &Book{DB: s.db, Plan: func() *plan.Plan { return p }}
	s.write(func(tx *db.Tx) error {
		units := []*territory.Unit{{Code: "694", Kind: "huyện", Tier: territory.TierDistrict, Name: "Hớn Quản"}, {Code: "101", Kind: "xã", Tier: territory.TierCommune, Name: "Trong"},
			{Code: "101.01", Kind: "ấp", Tier: territory.TierHamlet, Name: "1"}, {Code: "101.02", Kind: "ấp", Tier: territory.TierHamlet, Name: "2"}}
		for i, u := range units {
			if i > 0 {
				u.Parent = units[min(i-1, 1)].ID
			}
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
		}
		s.hamlet, s.other = units[2].ID, units[3].ID
		b := people.NewBooker(tx, false, func(int64) int64 { return -1 }, func(int64) bool { return true })
		said := make([]people.Said, 4)
		for i := range said {
			said[i].Person = people.Person{Name: []string{"Nguyễn Văn Thử", "Điểu Thị Thử", "D'Arc Thử", "Lê Thử"}[i], Birth: "1980-01-01", Gender: "male", Unit: s.hamlet, Source: people.National, AsOf: tx.Now(), House: "12"}
			if i == 3 {
				said[i].Unit = s.other
			}
		}
		booked, err := b.Book(said)
		for _, x := range booked {
			s.people = append(s.people, x.Person)
		}
		if err != nil {
			return err
		}
		s.tree, err = territory.Load(tx)
		return err
	})
	return s
}

func (s *street) write(fn func(*db.Tx) error) {
	s.t.Helper()
	if err := s.db.Write(context.Background(), db.Act{Verb: "test"}, fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) volunteer(unit int64) access.Viewer {
	return access.NewViewer(7, "dt", "Tình nguyện viên", "test", []access.Grant{{Role: "phone", Unit: unit}}, s.tree)
}

func (s *street) contact(person int64) Contact {
	s.t.Helper()
	var c Contact
	if err := s.db.Read(context.Background(), func(tx *db.Tx) error {
		m, err := ContactsOf(tx, []int64{person})
		c = m[person]
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *street) events(person int64) []coverage.Event {
	s.t.Helper()
	var out []coverage.Event
	if err := s.db.Read(context.Background(), func(tx *db.Tx) error {
		m, err := coverage.EventsOf(tx, []int64{person})
		out = m[person]
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	return out
}

var hour = clock.Stamp(dbtest.Morning)

func TestClause_III_2_c_OneVisitRecordsAllFourCoveragesAndBothOrders(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	v := Visit{Person: s.people[0], Team: 5, Member: 6, At: hour, Result: Done, Orders: []string{OrderSIM, OrderDevice, OrderSIM}, Part: Evening,
		Claims: []Claimed{{Coverage: "cccd", State: "collected"}, {Coverage: "eid", State: "active"}, {Coverage: "sim", State: "signed"}, {Coverage: "phone", State: "smart4g"}}}
	n, err := s.book.Record(ctx, s.volunteer(s.hamlet), v)
	if err != nil {
		t.Fatal(err)
	}
	list := s.events(s.people[0])
	if len(list) != 4 {
		t.Fatalf("%d events", len(list))
	}
	for _, e := range list {
		if e.Level != coverage.Claimed || e.Team != 5 || e.Who != 7 {
			t.Errorf("%+v", e)
		}
	}
	if c := s.contact(s.people[0]); c.Result != Done || c.Orders != "device,sim" || c.Part != Evening || c.Tries != 1 || c.Visit != n {
		t.Errorf("%+v", c)
	}
	if err := s.book.VoidVisit(ctx, s.volunteer(s.hamlet), n, "ghi nhầm người"); err != nil {
		t.Fatal(err)
	}
	for _, e := range s.events(s.people[0]) {
		if !e.Void() {
			t.Errorf("%s=%s stands after its visit was voided", e.Coverage, e.State)
		}
	}
	if c := s.contact(s.people[0]); c.Tries != 0 {
		t.Errorf("a contact stands: %+v", c)
	}
}

func TestLaw_O2_PushingAVisitTwiceIsPushingItOnce(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	v := Visit{ID: id.New(), Person: s.people[0], At: hour, Result: Done, Claims: []Claimed{{ID: id.New(), Coverage: "eid", State: "active"}}}
	for range 3 {
		if _, err := s.book.Record(ctx, s.volunteer(s.hamlet), v); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.events(s.people[0])); n != 1 {
		t.Errorf("%d events", n)
	}
	if c := s.contact(s.people[0]); c.Tries != 1 {
		t.Errorf("%d tries", c.Tries)
	}
}

func TestLaw_O2_TheOrderOfArrivalDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	results := []Result{Done, Promised, Away, Refused, Needs, Helper}
	for range 200 {
		var list []Visit
		for i := range 1 + r.IntN(6) {
			v := Visit{ID: int64(i + 1), At: clock.Stamp(dbtest.Morning.AddDate(0, 0, -r.IntN(4))), Result: results[r.IntN(len(results))], Part: []Part{"", Morning, Evening}[r.IntN(3)]}
			if r.IntN(4) == 0 {
				v.VoidAt = hour
			}
			if r.IntN(3) == 0 {
				v.Orders = []string{OrderSIM}
			}
			list = append(list, v)
		}
		want := FoldContact(list)
		for range 5 {
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			if got := FoldContact(list); got != want {
				t.Fatalf("%+v, then %+v", want, got)
			}
		}
	}
}

func TestVisitsThatCannotBeKept(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	good := Visit{Person: s.people[0], At: hour, Result: Promised, Return: clock.DayOf(dbtest.Morning).Add(1), Reason: "busy"}
	for name, spoil := range map[string]func(*Visit){
		"canvass.result":       func(v *Visit) { v.Result = "other" },
		"canvass.visit_future": func(v *Visit) { v.At = clock.Stamp(dbtest.Morning.AddDate(0, 0, 2)) },
		"canvass.visit_old":    func(v *Visit) { v.At = clock.Stamp(dbtest.Morning.AddDate(0, 0, -61)) },
		"canvass.visit_at":     func(v *Visit) { v.At = "hôm qua" },
		"canvass.return":       func(v *Visit) { v.Return = clock.DayOf(dbtest.Morning).Add(-1) },
		"canvass.promise":      func(v *Visit) { v.Return = "" },
		"canvass.reason":       func(v *Visit) { v.Reason = "fear" },
		"canvass.part":         func(v *Visit) { v.Part = "noon" },
		"canvass.lang":         func(v *Visit) { v.Lang = "latin" },
		"canvass.order":        func(v *Visit) { v.Orders = []string{"car"} },
		"coverage.state":       func(v *Visit) { v.Claims = []Claimed{{Coverage: "eid", State: "gone"}} },
		"people.unknown":       func(v *Visit) { v.Person = 1 },
	} {
		v := good
		spoil(&v)
		_, err := s.book.Record(ctx, s.volunteer(s.hamlet), v)
		if f, ok := fault.As(err); !ok || f.Code != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.book.Record(ctx, s.volunteer(s.hamlet), good); err != nil {
		t.Error(err)
	}
	if _, err := s.book.Record(ctx, s.volunteer(s.other), good); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a volunteer of another hamlet: %v", err)
	}
}

func TestLaw_W2_WhoMovedOrIsNotFoundIsAskedToBeApproved(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	facts := func(person int64) (out []people.Fact) {
		_ = s.db.Read(ctx, func(tx *db.Tx) error {
			m, err := people.FactsOf(tx, []int64{person})
			out = m[person]
			return err
		})
		return out
	}
	tell := func(person int64, r Result, hours int) {
		t.Helper()
		if _, err := s.book.Record(ctx, s.volunteer(s.hamlet), Visit{Person: person, At: clock.Stamp(dbtest.Morning.AddDate(0, 0, -hours)), Result: r}); err != nil {
			t.Fatal(err)
		}
	}
	tell(s.people[0], NotFound, 2)
	if n := len(facts(s.people[0])); n != 0 {
		t.Errorf("asked after one visit: %d", n)
	}
	tell(s.people[0], NotFound, 1)
	tell(s.people[0], NotFound, 0)
	if f := facts(s.people[0]); len(f) != 1 || f[0].Kind != "absent" || f[0].State != people.Asked {
		t.Errorf("%+v", f)
	}
	tell(s.people[1], Moved, 0)
	if f := facts(s.people[1]); len(f) != 1 || f[0].Kind != "moved" || f[0].State != people.Asked || f[0].AskedBy != 7 {
		t.Errorf("%+v", f)
	}
}

func TestLaw_O2_ManyAtOnceComeToTheSameAsOneByOne(t *testing.T) {
	one, many, ctx := newStreet(t), newStreet(t), context.Background()
	at := func(h string) string { return "2024-05-14T0" + h + ":00:00.000Z" }
	list := func(s *street) []Visit {
		return []Visit{{ID: id.New(), Person: s.people[0], At: at("2"), Result: NotFound, Reason: "unknown"}, {ID: id.New(), Person: s.people[0], At: at("1"), Result: Promised, Return: "2024-05-20", Part: Evening, Orders: []string{OrderSIM}},
			{ID: id.New(), Person: s.people[0], At: at("3"), Result: NotFound, Reason: "unknown"}, {ID: id.New(), Person: s.people[1], At: at("1"), Result: Moved, Reason: "elsewhere"}}
	}
	one.db.Clock, many.db.Clock = clock.Fixed(clock.Day("2024-05-15").Time()), clock.Fixed(clock.Day("2024-05-15").Time())
	for _, v := range list(one) {
		if _, err := one.book.Record(ctx, one.volunteer(one.hamlet), v); err != nil {
			t.Fatal(err)
		}
	}
	all := list(many)
	many.write(func(tx *db.Tx) error { return many.book.KeepVisits(tx, many.volunteer(many.hamlet), all) })
	many.write(func(tx *db.Tx) error { return many.book.KeepVisits(tx, many.volunteer(many.hamlet), all) })
	for i := range 2 {
		a, b := one.contact(one.people[i]), many.contact(many.people[i])
		a.Visit, a.Person, b.Visit, b.Person = 0, 0, 0, 0
		if a != b || a.Tries == 0 {
			t.Errorf("person %d: %+v one by one, %+v at once", i, a, b)
		}
	}
	if err := many.db.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		return many.book.KeepVisits(tx, many.volunteer(many.other), []Visit{{Person: many.people[0], At: at("4"), Result: Done}})
	}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("from another hamlet: %v", err)
	}
}

func TestLaw_P4_VisitsOfAMergedRecordAreThePersons(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	who := s.volunteer(s.hamlet)
	gone, err := s.book.Record(ctx, who, Visit{Person: s.people[1], At: hour, Result: Refused, Reason: "fear"})
	if err != nil {
		t.Fatal(err)
	}
	police := access.NewViewer(8, "ca", "Công an xã", "test", []access.Grant{{Role: "commune_police", Unit: s.hamlet}}, s.tree)
	if err := (people.Register{DB: s.db}).Join(ctx, police, s.people[0], s.people[1], "cùng một thẻ"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.book.Record(ctx, who, Visit{Person: s.people[0], At: hour, Result: Promised, Return: clock.DayOf(clock.ParseStamp(hour)).Add(1)}); err != nil {
		t.Fatal(err)
	}
	list, err := s.book.Visits(ctx, who, s.people[0])
	if err != nil || len(list) != 2 || s.contact(s.people[0]).Tries != 2 {
		t.Fatalf("%v: %d visits, %+v", err, len(list), s.contact(s.people[0]))
	}
	if err := s.book.VoidVisit(ctx, who, gone, "ghi nhầm người"); err != nil {
		t.Fatal(err)
	}
	if c := s.contact(s.people[0]); c.Tries != 1 || c.Result != Promised {
		t.Errorf("after the void: %+v", c)
	}
}

func TestLaw_R3_APhotoOfAVisitIsSealedAndSeenWhereThePersonLives(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	who := s.volunteer(s.hamlet)
	visit, err := s.book.Record(ctx, who, Visit{Person: s.people[0], At: hour, Result: Done})
	if err != nil {
		t.Fatal(err)
	}
	photo := id.New()
	s.write(func(tx *db.Tx) error { return KeepPhoto(tx, photo, visit, []byte("ảnh thử")) })
	list, err := s.book.Photos(ctx, who, s.people[0])
	if err != nil || len(list) != 1 || list[0].ID != photo || list[0].Visit != visit {
		t.Fatalf("%v: %+v", err, list)
	}
	if b, err := s.book.PhotoOf(ctx, who, s.people[0], photo); err != nil || string(b) != "ảnh thử" {
		t.Errorf("%v: %q", err, b)
	}
	if _, err := s.book.PhotoOf(ctx, who, s.people[1], photo); !fault.Is(err, fault.Missing) {
		t.Errorf("through another person: %v", err)
	}
	if _, err := s.book.PhotoOf(ctx, s.volunteer(s.other), s.people[0], photo); !fault.Is(err, fault.Forbidden) {
		t.Errorf("from another hamlet: %v", err)
	}
	s.write(func(tx *db.Tx) error {
		var sealed []byte
		err := tx.QueryRow("SELECT sealed FROM visit_photo WHERE id=$1", photo).Scan(&sealed)
		if string(sealed) == "ảnh thử" {
			t.Error("the photo is kept open")
		}
		return err
	})
}
