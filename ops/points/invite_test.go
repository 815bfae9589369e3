package points

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
)

// settle puts n people into a hamlet, in households of three, and has all of them need a dossier.
func (p *place) settle(n int, code string) []int64 {
	p.t.Helper()
	var out []int64
	must(0, p.DB.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		said := make([]people.Said, n)
		for i := range said {
			said[i].Person = people.Person{Number: people.Number(fmt.Sprintf("070090%06d", len(p.needing)+i)), Name: fmt.Sprintf("Thử %s %d", code, i), Birth: "1990-01-02", Unit: p.unit(code),
				House: fmt.Sprint(i / 3), Source: people.Police, AsOf: tx.Now()}
		}
		booked, err := people.NewBooker(tx, false, func(u int64) int64 { return u }, func(int64) bool { return true }).Book(said)
		for _, b := range booked {
			out = append(out, b.Person)
		}
		return err
	}))
	for _, person := range out {
		p.needing[person] = p.unit(code)
	}
	return out
}

// TestClause_III_3_c_NobodyIsInvitedTwiceAndNoListExceedsItsRoom: whatever is asked in whatever order.
func TestClause_III_3_c_NobodyIsInvitedTwiceAndNoListExceedsItsRoom(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	for _, code := range []string{"25330.01", "25330.02", "25357.01"} {
		p.settle(70, code)
	}
	r := rand.New(rand.NewPCG(1, 2))
	var held []int64
	for day := range 8 {
		held = append(held, must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.kit, Day: today.Add(day), From: "7", Until: "11", Quota: int64(3 + r.IntN(12))})))
	}
	units := []string{"694", "25330", "25330.02", "25357.01"}
	for range 60 {
		s := held[r.IntN(len(held))]
		switch r.IntN(6) {
		case 0:
			_, err := p.Cancel(ctx, police, s, "Đổi lịch")
			if c := code(err); c != "" && c != "points.session_over" {
				t.Fatal(err)
			}
		case 1:
			next, _, err := p.Move(ctx, police, s, Session{Day: today.Add(10 + r.IntN(5)), From: fmt.Sprintf("%02d:00", 12+r.IntN(8)), Until: "21:00"}, "Mưa")
			if err == nil {
				held = append(held, next)
			}
		default:
			_, err := p.Invite(ctx, police, InviteAsk{Session: s, Unit: p.unit(units[r.IntN(len(units))]), Channel: Channels()[r.IntN(5)], Want: int64(r.IntN(10))})
			if c := code(err); c != "" && c != "points.invite_over" {
				t.Fatal(err)
			}
		}
		open := map[int64]int64{}
		for _, s := range held {
			list := must(p.Invitations(ctx, police, s))
			at, _, _ := p.Session(ctx, police, s)
			n := 0
			for _, i := range list {
				if i.State != Invited {
					continue
				}
				n++
				if open[i.Person] != 0 {
					t.Fatalf("%s is invited to two sessions", i.Name)
				}
				open[i.Person] = s
			}
			if float64(n) > float64(at.Quota)*MaxFactor {
				t.Fatalf("%d invited to a session of %d", n, at.Quota)
			}
		}
	}
	if err := p.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for n := range int64(2) {
			if err := insertInvitation(tx, &Invitation{Session: held[n], Person: 5, State: Invited, Code: id.String(n)}); err != nil {
				return err
			}
		}
		return nil
	}); !db.IsDuplicate(err) {
		t.Errorf("the database lets somebody be invited twice: %v", err)
	}
}

// TestClause_III_3_c_ArrivalsMeetTheQuota: the list is as long as the rates ask, households stay together, the nearest come first.
func TestClause_III_3_c_ArrivalsMeetTheQuota(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	p.settle(60, "25330.01")
	p.settle(60, "25357.01")
	s := must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.kit, Day: today, From: "7", Until: "11", Quota: 30}))
	got := must(p.Invite(ctx, police, InviteAsk{Session: s, Unit: p.unit("694"), Channel: ByLetter}))
	e := got.Expected
	if e.Mean < 30 || e.Mean > 32 || e.Low >= e.Mean || e.High <= e.Mean || got.Invited < 48 || got.Invited > 54 {
		t.Errorf("%d invited, %.1f expected (%.1f–%.1f), want about 50 for 30", got.Invited, e.Mean, e.Low, e.High)
	}
	houses, list := map[string]int{}, must(p.Invitations(ctx, police, s))
	for _, i := range list {
		houses[i.House]++
		if i.Unit != p.unit("25330.01") {
			t.Errorf("%s lives farther away", i.Name)
		}
	}
	for h, n := range houses {
		if n != 3 {
			t.Errorf("household %s: %d of 3", h, n)
		}
	}
	if more := must(p.Invite(ctx, police, InviteAsk{Session: s, Unit: p.unit("694"), Channel: ByLetter})); more.Invited != 0 {
		t.Errorf("%d more for a list that is full", more.Invited)
	}
	for _, i := range list[:20] {
		must(p.CheckIn(ctx, police, s, i.Code))
	}
	came, missed, err := p.Shut(ctx, police, s)
	if err != nil || came != 20 || missed != got.Invited-20 {
		t.Errorf("%d came, %d did not, %v", came, missed, err)
	}
	next := must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.kit, Day: today.Add(1), From: "7", Until: "11", Quota: 30}))
	if again := must(p.Invite(ctx, police, InviteAsk{Session: next, Unit: p.unit("25330"), Channel: ByLetter})); again.Invited != 40 {
		t.Errorf("%d invited of the 40 who did not come yet", again.Invited)
	}
	rate := Learn(UsualTurnout, 20, got.Invited)
	if rate.Mean > 0.5 || rate.Low > rate.Mean || rate.High < rate.Mean || rate.High-rate.Low > 0.2 {
		t.Errorf("%+v", rate)
	}
	if known := Learn(0.6, 0, 0); known.Mean != 0.6 || known.Low > 0.45 || known.High < 0.75 {
		t.Errorf("believed before anything was seen: %+v", known)
	}
}

// TestClause_III_3_c_CheckIn: by code, by number and by the card's QR; twice says so; who is not on the list is a walk-in.
func TestClause_III_3_c_CheckIn(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	folk := p.settle(12, "25330.01")
	s := must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.kit, Day: today, From: "7", Until: "11", Quota: 3}))
	must(p.Invite(ctx, police, InviteAsk{Session: s, Unit: p.unit("25330.01"), Channel: ByLetter}))
	list := must(p.Invitations(ctx, police, s))
	on := map[int64]bool{}
	for _, i := range list {
		on[i.Person] = true
	}
	other := 0
	for on[folk[other]] {
		other++
	}
	first := 0
	for folk[first] != list[1].Person {
		first++
	}
	for _, c := range []struct{ name, key, want string }{
		{"by code", list[0].Code, ""},
		{"by code, twice", list[0].Code, "points.checkin_twice"},
		{"by the card", fmt.Sprintf("070090%06d|281000000|Thử|02011990|Nam|x|01012021", first), ""},
		{"by number, twice", fmt.Sprintf("070 090 %06d", first), "points.checkin_twice"},
		{"a walk-in", fmt.Sprintf("070090%06d", other), ""},
		{"a walk-in, twice", fmt.Sprintf("070090%06d", other), "points.checkin_twice"},
		{"from elsewhere", "", ""},
		{"a stranger's number", "070090999999", "points.checkin_number"},
		{"another session's code", "ZZZZZZ", "points.checkin_code"},
		{"nonsense", "?", "points.checkin_key"},
	} {
		if _, err := p.CheckIn(ctx, police, s, c.key); code(err) != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	at, _, _ := p.Session(ctx, police, s)
	if at.Came != 4 || at.Walkins != 2 || at.State != Open {
		t.Errorf("%+v", at)
	}
	if err := p.UndoCheckIn(ctx, police, list[0].ID); err != nil {
		t.Error(err)
	}
	if err := p.Reply(ctx, police, list[0].ID, Declined, ""); code(err) != "points.reply_reason" {
		t.Errorf("declined without a reason: %v", err)
	}
	if err := p.Reply(ctx, police, list[0].ID, Declined, "Đi làm xa"); err != nil {
		t.Error(err)
	}
	must(p.Invite(ctx, police, InviteAsk{Session: s, Unit: p.unit("25330.01"), Channel: ByCall, Want: 3}))
	for _, i := range must(p.Invitations(ctx, police, s))[len(list):] {
		if i.Person == list[0].Person {
			t.Error("who declined is asked to the same session again")
		}
	}
	tomorrow := must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.other, Day: today.Add(1), From: "7", Until: "11"}))
	if _, err := p.CheckIn(ctx, police, tomorrow, ""); code(err) != "points.checkin_day" {
		t.Errorf("checked in a day early: %v", err)
	}
	if _, _, err := p.Shut(ctx, police, tomorrow); code(err) != "points.shut_early" {
		t.Errorf("closed a day early: %v", err)
	}
}

// TestClause_III_3_a_TheRouteBecomesSessions: planned, priced, pinned, accepted, and planned again from what is left.
func TestClause_III_3_a_TheRouteBecomesSessions(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	p.settle(90, "25330.02")
	p.settle(80, "25357.01")
	ask := Ask{Unit: p.unit("694"), From: today, Until: today.Add(9), Kits: []int64{p.kit, p.other}, Rest: []int{int(time.Sunday)}, Turnout: 0.6}
	d := must(p.Route(ctx, police, ask))
	if d.Plan.Dossiers < 100 || d.Plan.Dossiers > 170 || d.Bound < d.Plan.Dossiers || d.Plan.Worth < d.Hand.Worth {
		t.Errorf("%.1f dossiers, bound %.1f, by hand %.1f", d.Plan.Dossiers, d.Bound, d.Hand.Dossiers)
	}
	change := Pin{p.kit, d.Laid.Days[0], p.unit("25330.02")}
	if d.Laid.Problem.Hamlets[max(d.Plan.At[0][0], 0)].ID == change.Unit {
		change.Unit = p.unit("25357.01")
	}
	if price, err := p.Price(ctx, police, ask.Unit, change); err != nil || price.Worth > 1e-6 {
		t.Errorf("%+v %v", price, err)
	}
	must(0, p.Pin(ctx, police, ask.Unit, change))
	if _, err := p.Price(ctx, police, ask.Unit, change); code(err) != "points.change_locked" {
		t.Errorf("a pinned day has a price: %v", err)
	}
	ask.Keep = true
	d = must(p.Route(ctx, police, ask))
	if stay, _ := d.Laid.Find(change.Kit, change.Day, change.Unit); d.Plan.At[stay.Kit][stay.Day] != stay.Hamlet {
		t.Error("planning again moved a pinned day")
	}
	made, gone, err := p.Accept(ctx, police, ask.Unit)
	if err != nil || made == 0 || gone != 0 {
		t.Fatal(made, gone, err)
	}
	list := must(p.Sessions(ctx, police, ask.Unit, ask.From, ask.Until))
	if int64(len(list)) != made {
		t.Errorf("%d sessions, %d made", len(list), made)
	}
	for _, s := range list {
		if s.Day.Time().In(clock.Zone).Weekday() == time.Sunday {
			t.Error("a session on a day of rest")
		}
	}
	if _, _, err := p.Accept(ctx, police, ask.Unit); code(err) != "points.draft_unknown" {
		t.Errorf("accepted twice: %v", err)
	}
	must(p.Invite(ctx, police, InviteAsk{Session: list[0].ID, Unit: ask.Unit, Channel: ByCall}))
	must(p.Route(ctx, police, ask))
	if _, _, err := p.Accept(ctx, police, ask.Unit); err != nil {
		t.Fatal(err)
	}
	if s, _, _ := p.Session(ctx, police, list[0].ID); s.State != Planned {
		t.Errorf("a session with people invited gave way: %+v", s)
	}
}

// TestClause_III_3_a_MeasuredRoadsComeBeforeTheStraightLine: a table is taken whole or not at all, and the planner uses it both ways.
func TestClause_III_3_a_MeasuredRoadsComeBeforeTheStraightLine(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	for _, c := range []struct{ text, want string }{
		{"", "points.roads"}, {"25330.01;25330.02", "points.road"}, {"25330.01;25330.02;3,5\n25330.02;x;1", "points.road_unit"}, {"a;b;c\n25330.01;25330.02;-1", "points.road"},
		{"Từ\tĐến\tKm\n25330.01\t25330.02\t99,5\n", ""},
	} {
		if _, err := p.MeasureRoads(ctx, police, p.unit("694"), c.text); code(err) != c.want {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
	p.settle(30, "25330.01")
	p.settle(30, "25330.02")
	d := must(p.Route(ctx, police, Ask{Unit: p.unit("694"), From: today, Until: today.Add(5), Kits: []int64{p.kit}, Turnout: 0.6}))
	if km, ok := d.Laid.Problem.Road(p.unit("25330.02"), p.unit("25330.01")); !ok || km != 99.5 {
		t.Errorf("%v %v", km, ok)
	}
}

// TestClause_IV_1_a_HardCasesAreInvitedWhereItIsNear: somebody hard to reach is asked to the nearest session that can be entered, and to no
// other.
func TestClause_IV_1_a_HardCasesAreInvitedWhereItIsNear(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	old := p.settle(1, "25330.02")[0]
	must(0, p.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		return people.AddFact(tx, &people.Fact{Person: old, Kind: "hard", From: "2024-01-01", Evidence: "già yếu", Source: people.Police, AsOf: tx.Now(), State: people.Approved}, 0)
	}))
	near := must(p.SavePoint(ctx, police, Point{Unit: p.unit("25330.02"), Name: "Nhà văn hóa sóc", Kind: Mobile, HostKind: HostCulture, Accessible: true}))
	steps := must(p.SavePoint(ctx, police, Point{Unit: p.unit("25330.02"), Name: "Nhà sàn", Kind: Mobile, HostKind: HostCulture}))
	far := must(p.SavePoint(ctx, police, Point{Unit: p.unit("25357.01"), Name: "Trụ sở", Kind: Mobile, HostKind: HostOffice, Accessible: true}))
	at := map[int64]int64{}
	for i, point := range []int64{far, steps, near} {
		at[point] = must(p.Hold(ctx, police, Session{Point: point, Kit: p.kit, Day: today.Add(i), From: "7", Until: "11", Quota: 5}))
	}
	for _, c := range []struct {
		point int64
		want  int64
	}{{far, 0}, {steps, 0}, {near, 1}} {
		if got := must(p.Invite(ctx, police, InviteAsk{Session: at[c.point], Unit: p.unit("694"), Channel: ByTeam})); got.Invited != c.want {
			t.Errorf("%d invited, want %d", got.Invited, c.want)
		}
	}
}

// TestClause_III_3_c_PastSessionsEndByThemselves: opened ones with their no-shows, those never opened without blaming anybody; both free people to
// be invited again.
func TestClause_III_3_c_PastSessionsEndByThemselves(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	p.settle(30, "25330.01")
	held := must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.kit, Day: today, From: "7", Until: "11", Quota: 5}))
	never := must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.other, Day: today, From: "7", Until: "11", Quota: 5}))
	for _, s := range []int64{held, never} {
		must(p.Invite(ctx, police, InviteAsk{Session: s, Unit: p.unit("25330.01"), Channel: ByLetter}))
	}
	must(p.CheckIn(ctx, police, held, must(p.Invitations(ctx, police, held))[0].Code))
	p.DB.Clock = clock.Fixed(today.Add(1).Time().Add(time.Hour))
	if n := must(p.Overdue(ctx, p.viewer("commune_police", "25357"))); n != 0 {
		t.Errorf("another commune ended %d sessions", n)
	}
	if n := must(p.Overdue(ctx, police)); n != 2 {
		t.Errorf("%d ended", n)
	}
	ends := map[string]int{}
	for _, s := range []int64{held, never} {
		at, _, _ := p.Session(ctx, police, s)
		ends[at.State]++
		for _, i := range must(p.Invitations(ctx, police, s)) {
			ends[i.State]++
		}
	}
	if ends[Closed] != 1 || ends[Came] != 1 || ends[NoShow] == 0 || ends[Invited] != 0 || ends[CalledOff] < 6 {
		t.Errorf("%v", ends)
	}
	if n := must(p.Overdue(ctx, police)); n != 0 {
		t.Errorf("%d ended twice", n)
	}
}
