package canvass

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

// district deals at random: hamlets 11..14 in commune 1 in district 9.
func above(u int64) int64 {
	switch {
	case u > 10:
		return 1
	case u == 1:
		return 9
	}
	return 0
}

func TestClause_III_2_b_EverybodyBelongsToExactlyOneTeam(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		var crews []crew
		for i := range 1 + r.IntN(6) {
			c := crew{Team: Team{ID: int64(100 + i), Unit: []int64{1, 11, 12, 13}[r.IntN(4)], Kind: []string{KindHamlet, KindHamlet, KindVolunteer, KindCollect}[r.IntN(4)], Capacity: int64(r.IntN(3) * 10)}}
			for m := range r.IntN(4) {
				c.members = append(c.members, int64(1000+10*i+m))
			}
			crews = append(crews, c)
		}
		crews = append(crews, crew{Team: Team{ID: 99, Unit: 1, Kind: KindCommune, Capacity: 60}})
		var listed []Listed
		for i := range r.IntN(200) {
			l := Listed{Person: int64(i + 1), Unit: int64(11 + r.IntN(4))}
			if r.IntN(3) > 0 {
				l.House = fmt.Sprint("hộ ", r.IntN(40))
			}
			listed = append(listed, l)
		}
		have := map[int64]Assignment{}
		for range r.IntN(5) {
			if len(listed) > 0 {
				l := listed[r.IntN(len(listed))]
				have[l.Person] = Assignment{l.Person, crews[r.IntN(len(crews))].ID, 0, l.Unit, Hand}
			}
		}
		got := Deal(listed, have, crews, above)
		if len(got) != len(listed) {
			t.Fatalf("%d of %d dealt", len(got), len(listed))
		}
		team, seen := map[string]int64{}, map[int64]bool{}
		house := map[int64]Listed{}
		for _, l := range listed {
			house[l.Person] = l
		}
		for _, a := range got {
			if seen[a.Person] {
				t.Fatalf("person %d twice", a.Person)
			}
			seen[a.Person] = true
			l := house[a.Person]
			if l.House == "" {
				continue
			}
			key := fmt.Sprint(l.Unit, l.House)
			if was, ok := team[key]; ok && was != a.Team*10000+a.Member {
				t.Fatalf("household %s is split", key)
			}
			team[key] = a.Team*10000 + a.Member
		}
		mixed := append([]Listed(nil), listed...)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if again := Deal(mixed, have, crews, above); !reflect.DeepEqual(again, got) {
			t.Fatal("the order of the list matters")
		}
	}
}

func TestClause_III_2_b_EqualTeamsGetEqualWork(t *testing.T) {
	crews := []crew{{Team: Team{ID: 1, Unit: 11, Kind: KindHamlet, Capacity: 25}, members: []int64{5, 6, 7}}, {Team: Team{ID: 2, Unit: 11, Kind: KindHamlet, Capacity: 25}}, {Team: Team{ID: 3, Unit: 11, Kind: KindHamlet, Capacity: 50}}}
	var listed []Listed
	for i := range 1000 {
		listed = append(listed, Listed{Person: int64(i + 1), Unit: 11, House: fmt.Sprint(i / 4)})
	}
	n, m := map[int64]int{}, map[int64]int{}
	for _, a := range Deal(listed, nil, crews, above) {
		n[a.Team]++
		m[a.Member]++
	}
	if abs(n[1]-n[2]) > 4 || abs(n[3]-2*n[1]) > 8 || abs(m[5]-m[6]) > 4 || abs(m[6]-m[7]) > 4 {
		t.Errorf("teams %v, members %v", n, m)
	}
}

// listed is everybody of the street, each of whom needs something.
func (s *street) listed() []Listed {
	return []Listed{{s.people[0], s.hamlet, "12", []string{"eid_level1"}}, {s.people[1], s.hamlet, "12", []string{"no_card"}}, {s.people[2], s.hamlet, "", []string{"no_card"}}, {s.people[3], s.other, "", []string{"no_card"}}}
}

func abs(n int) int { return max(n, -n) }

func TestClause_III_2_b_WhoIsGivenByHandStaysAndNobodyStaysWithWhoLeft(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	chair := access.NewViewer(3, "chair", "Chủ tịch", "test", []access.Grant{{Role: "commune_chair", Unit: s.tree.ByCode("101").ID}}, s.tree)
	today := clock.DayOf(dbtest.Morning)
	s.book.Work = func(*db.Tx, []int64) ([]Listed, error) {
		return s.listed(), nil
	}
	told := map[int64]bool{}
	s.book.Changed = func(_ *db.Tx, list []int64) error {
		for _, p := range list {
			told[p] = true
		}
		return nil
	}
	commune := s.tree.ByCode("101").ID
	got, err := s.book.Assign(ctx, chair, commune, today)
	if err != nil || got.Listed != 4 || got.Nobody != 4 {
		t.Fatalf("no team yet: %+v, %v", got, err)
	}
	if _, err := s.book.Complete(ctx, chair, commune, today); err != nil {
		t.Fatal(err)
	}
	list, err := s.book.List(ctx, chair, s.hamlet, today)
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	own := list[0].ID
	a, err := s.book.AddMember(ctx, chair, Member{Team: own, Name: "Một"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.book.AddMember(ctx, chair, Member{Team: own, Name: "Hai"})
	if err != nil {
		t.Fatal(err)
	}
	if got, err = s.book.Assign(ctx, chair, commune, today); err != nil || got.Nobody != 0 || got.Changed != 4 || len(told) != 4 {
		t.Fatalf("%+v, %v, told %d", got, err, len(told))
	}
	if got, err = s.book.Assign(ctx, chair, commune, today); err != nil || got.Changed != 0 {
		t.Errorf("again: %+v, %v", got, err)
	}
	if err := s.book.Reassign(ctx, chair, s.people[:2], own, b, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := s.book.Reassign(ctx, chair, s.people[:2], own, b, "người nhà quen"); err != nil {
		t.Fatal(err)
	}
	mine := func() map[int64]Assignment {
		var out map[int64]Assignment
		_ = s.db.Read(ctx, func(tx *db.Tx) (err error) { out, err = AssignedTo(tx, s.people); return err })
		return out
	}
	if _, err = s.book.Assign(ctx, chair, commune, today); err != nil || mine()[s.people[0]].Member != b || mine()[s.people[0]].How != Hand {
		t.Errorf("%v %+v", err, mine()[s.people[0]])
	}
	if n, err := s.book.HandOver(ctx, chair, b, 0, "thôi việc"); err != nil || n < 2 {
		t.Fatal(n, err)
	}
	for p, x := range mine() {
		if x.Member == b {
			t.Errorf("%d stays with who left", p)
		}
	}
	if mine()[s.people[0]].Member != a {
		t.Errorf("%+v", mine()[s.people[0]])
	}
}

func TestClause_III_1_c_AHamletIsOpenedWorkedAndClosedWithWhoIsLeft(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	chair := access.NewViewer(3, "chair", "Chủ tịch", "test", []access.Grant{{Role: "commune_chair", Unit: s.tree.ByCode("101").ID}}, s.tree)
	s.book.Work = func(_ *db.Tx, units []int64) (out []Listed, err error) {
		for _, l := range s.listed() {
			for _, u := range units {
				if u == l.Unit {
					out = append(out, l)
				}
			}
		}
		return out, nil
	}
	if _, err := s.book.CloseRound(ctx, chair, s.hamlet, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("closed before it was opened: %v", err)
	}
	if err := s.book.OpenRound(ctx, s.volunteer(s.hamlet), s.hamlet); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a volunteer opens: %v", err)
	}
	if err := s.book.OpenRound(ctx, chair, s.hamlet); err != nil {
		t.Fatal(err)
	}
	if err := s.book.OpenRound(ctx, chair, s.hamlet); !fault.Is(err, fault.Conflict) {
		t.Errorf("opened twice: %v", err)
	}
	if _, err := s.book.CloseRound(ctx, chair, s.hamlet, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("closed unvisited: %v", err)
	}
	if _, err := s.book.Record(ctx, s.volunteer(s.hamlet), Visit{Person: s.people[1], At: hour, Result: Refused, Reason: "fear"}); err != nil {
		t.Fatal(err)
	}
	n, err := s.book.CloseRound(ctx, chair, s.hamlet, "")
	if err != nil || n != 3 {
		t.Fatalf("%d left, %v", n, err)
	}
	r, left, err := s.book.Residue(ctx, chair, s.hamlet)
	if err != nil || r.N != 1 || r.Closed == "" || r.Visits != 1 || len(left) != 3 {
		t.Fatalf("%+v %+v %v", r, left, err)
	}
	for _, l := range left {
		if l.Person == s.people[1] && (l.Result != Refused || l.Reason != "fear" || l.Segments[0] != "no_card") {
			t.Errorf("%+v", l)
		}
	}
	list, err := s.book.Rounds(ctx, chair, s.tree.ByCode("101").ID)
	if err != nil || len(list) != 2 || list[0].Left != 3 || list[1].N != 0 || list[1].Left != 1 {
		t.Errorf("%+v %v", list, err)
	}
	if err := s.book.OpenRound(ctx, chair, s.hamlet); err != nil {
		t.Errorf("opened again: %v", err)
	}
}

func TestClause_III_2_b_SharesFindChangesAndLeaving(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	commune := s.tree.ByCode("101").ID
	chair := access.NewViewer(3, "chair", "Chủ tịch", "test", []access.Grant{{Role: "commune_chair", Unit: commune}}, s.tree)
	other := access.NewViewer(4, "chair2", "Chủ tịch", "test", []access.Grant{{Role: "commune_chair", Unit: s.other}}, s.tree)
	today := clock.DayOf(dbtest.Morning)
	s.book.Work = func(*db.Tx, []int64) ([]Listed, error) { return s.listed(), nil }
	if _, err := s.book.Complete(ctx, chair, commune, today); err != nil {
		t.Fatal(err)
	}
	if got, err := s.book.Shares(ctx, chair, commune); err != nil || len(got.Places) != 2 || got.Places[0].Nobody+got.Places[1].Nobody != 4 {
		t.Fatalf("%+v %v", got, err)
	}
	if _, err := s.book.Assign(ctx, chair, commune, today); err != nil {
		t.Fatal(err)
	}
	list, _ := s.book.List(ctx, chair, commune, today)
	var own, above int64
	for _, x := range list {
		switch x.Unit {
		case s.hamlet:
			own = x.ID
		case commune:
			above = x.ID
		}
	}
	m, err := s.book.AddMember(ctx, chair, Member{Team: above, Name: "Một"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.book.Shares(ctx, other, commune); !fault.Is(err, fault.Forbidden) {
		t.Errorf("seen from elsewhere: %v", err)
	}
	found, err := s.book.Find(ctx, chair, commune, "dieu thi")
	if err != nil || len(found) != 1 || found[0].Assigned.Team != own {
		t.Fatalf("%+v %v", found, err)
	}
	if err := s.book.Reassign(ctx, other, []int64{found[0].ID}, above, m, "x"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("given by somebody from elsewhere: %v", err)
	}
	for _, x := range list {
		if x.Unit == s.other {
			if err := s.book.Reassign(ctx, chair, []int64{found[0].ID}, x.ID, 0, "x"); !fault.Is(err, fault.Invalid) {
				t.Errorf("given to a team that does not work there: %v", err)
			}
		}
	}
	if err := s.book.Reassign(ctx, chair, []int64{found[0].ID}, above, m, "gia đình đề nghị"); err != nil {
		t.Fatal(err)
	}
	got, err := s.book.Shares(ctx, chair, commune)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range got.Teams { // the whole household of three went
		if x.Team.ID == above && (x.People != 3 || x.Hand != 3 || len(x.Members) != 1 || x.Members[0].People != 3) || x.Team.ID == own && x.People != 0 {
			t.Errorf("%+v", x)
		}
	}
	if n, err := s.book.Leave(ctx, chair, m, today, 0); err != nil || n != 3 {
		t.Fatal(n, err)
	}
	changes, err := s.book.Changes(ctx, chair, commune, 10)
	if err != nil || len(changes) != 2 || changes[0].People != 3 || changes[1].People != 3 {
		t.Errorf("%+v %v", changes, err)
	}
	if a := aOf(t, s, found[0].ID); a.Team != above || a.Member != 0 {
		t.Errorf("%+v", a)
	}
}

func aOf(t *testing.T, s *street, person int64) (a Assignment) {
	t.Helper()
	if err := s.db.Read(context.Background(), func(tx *db.Tx) error {
		all, err := AssignedIn(tx, []int64{s.hamlet, s.other})
		a = all[person]
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestClause_III_2_d_VolunteersResultsStandApart(t *testing.T) {
	s, ctx := newStreet(t), context.Background()
	commune := s.tree.ByCode("101").ID
	police := access.NewViewer(3, "ca", "Công an huyện", "test", []access.Grant{{Role: "district_police", Unit: commune}}, s.tree)
	var list []int64
	for _, x := range []Team{{Unit: s.hamlet, Kind: KindHamlet, Name: "Tổ ấp"}, {Unit: s.hamlet, Kind: KindVolunteer, Name: "Đội trường", Place: PlaceSchool}} {
		n, err := s.book.Add(ctx, police, x)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, n)
	}
	if _, err := s.book.Add(ctx, police, Team{Unit: s.hamlet, Kind: KindHamlet, Name: "Tổ khác", Place: PlaceSchool}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a hamlet's own team with a place of volunteers: %v", err)
	}
	for i, v := range []Visit{{Team: list[0], Result: Done}, {Team: list[1], Result: Done}, {Team: list[1], Result: Refused}} {
		v.Person = s.people[i]
		if v.Result == Refused {
			v.Reason = s.book.Plan().Canvass.Reasons[0].ID
			for _, r := range s.book.Plan().Canvass.Reasons {
				if r.Result == string(Refused) {
					v.Reason = r.ID
				}
			}
		}
		if _, err := s.book.Record(ctx, police, v); err != nil {
			t.Fatal(err)
		}
	}
	sums, err := s.book.Sums(ctx, police, commune)
	if err != nil || sums[list[0]] != (TeamSum{1, 1}) || sums[list[1]] != (TeamSum{2, 1}) {
		t.Errorf("%+v %v", sums, err)
	}
	got, err := s.book.Get(ctx, police, list[1])
	if err != nil || got.Place != PlaceSchool {
		t.Errorf("%+v %v", got, err)
	}
}
