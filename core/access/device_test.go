package access

import (
	"testing"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

func codeOf(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func (w *town) turn(d time.Duration) {
	w.mu.Lock()
	w.now = w.now.Add(d)
	w.mu.Unlock()
}

// phone enrols a phone of a member on units.
func (w *town) phone(member int64, units ...string) *Enrolled {
	w.t.Helper()
	e := Enrol{Team: 1, Member: member, Name: "Tình nguyện viên", TeamName: "Tổ 1"}
	for _, u := range units {
		e.Units = append(e.Units, w.unit[u])
	}
	code, _, err := w.door.IssueEnrol(ctx, w.as("commune_police", "c11"), e)
	if err != nil {
		w.t.Fatal(err)
	}
	in, err := w.door.Enrol(ctx, code, 0, "Android", "10.0.0.1")
	if err != nil {
		w.t.Fatal(err)
	}
	return in
}

func TestLaw_O3_APhoneMayOnlyWhatPhonesMayOnItsUnits(t *testing.T) {
	w := build(t)
	in := w.phone(9, "h111")
	v, dev, err := w.door.DeviceViewer(ctx, in.Token, "10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	if v.Account == 0 || dev.Member != 9 || v.Name != "Tình nguyện viên" {
		t.Errorf("%+v %+v", v, dev)
	}
	for _, c := range []struct {
		verb Verb
		unit string
		may  bool
	}{{"visit.record", "h111", true}, {"people.see", "h111", true}, {"visit.record", "c11", false}, {"visit.record", "c21", false}, {"people.reveal", "h111", false}, {"people.export", "h111", false},
		{"coverage.claim", "h111", true}, {"account.manage", "h111", false}, {"device.manage", "h111", false}} {
		if (v.May(c.verb, w.unit[c.unit]) == nil) != c.may {
			t.Errorf("%s on %s: %v", c.verb, c.unit, !c.may)
		}
	}
	held := map[int64]bool{}
	_ = w.door.DB.Read(ctx, func(tx *db.Tx) (err error) {
		held, err = HeldUnits(tx)
		return err
	})
	if len(held) != 1 || !held[w.unit["h111"]] {
		t.Errorf("held: %v", held)
	}
	if _, step, err := w.door.Login(ctx, "dt-"+"0000000000009", "", "10.0.0.1", ""); err == nil {
		t.Errorf("a phone's account signs in: %s", step)
	}
}

func TestLaw_O3_ACodeWorksOnceForAQuarterOfAnHour(t *testing.T) {
	w := build(t)
	issue := func() string {
		code, until, err := w.door.IssueEnrol(ctx, w.as("commune_police", "c11"), Enrol{Team: 1, Member: 9, Name: "Thử", Units: []int64{w.unit["h111"]}})
		if err != nil || until.Sub(w.now) != codeLife {
			t.Fatal(err, until)
		}
		return code
	}
	code := issue()
	if _, err := w.door.Enrol(ctx, " "+SpellCode(code)+" ", 0, "", "a"); err != nil {
		t.Errorf("spelled in groups: %v", err)
	}
	if _, err := w.door.Enrol(ctx, code, 0, "", "a"); codeOf(err) != "access.code" {
		t.Errorf("used twice: %v", err)
	}
	code = issue()
	w.turn(codeLife + time.Second)
	if _, err := w.door.Enrol(ctx, code, 0, "", "a"); codeOf(err) != "access.code" {
		t.Errorf("too late: %v", err)
	}
	code = issue()
	for range guessesEach {
		_, _ = w.door.Enrol(ctx, "AAAAAAAA", 0, "", "b")
	}
	if _, err := w.door.Enrol(ctx, code, 0, "", "b"); codeOf(err) != "access.code_often" {
		t.Errorf("after ten wrong ones: %v", err)
	}
	if _, err := w.door.Enrol(ctx, code, 0, "", "c"); err != nil {
		t.Errorf("another address: %v", err)
	}
	for _, e := range []Enrol{{Team: 1, Member: 9, Name: "Thử"}, {Team: 1, Name: "Thử", Units: []int64{1}}, {Team: 1, Member: 9, Units: []int64{1}}, {Team: 1, Member: 9, Name: "Thử", Units: make([]int64, MaxUnits+1)}} {
		if _, _, err := w.door.IssueEnrol(ctx, w.as("commune_police", "c11"), e); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", e, err)
		}
	}
	if _, _, err := w.door.IssueEnrol(ctx, w.as("commune_police", "c11"), Enrol{Team: 1, Member: 9, Name: "Thử", Units: []int64{w.unit["h111"], w.unit["c21"]}}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a unit of others: %v", err)
	}
}

func TestLaw_O3_ALostPhoneIsShutOutAndAnIdleOneEnds(t *testing.T) {
	w := build(t)
	in := w.phone(9, "h111")
	if err := w.door.RevokeDevice(ctx, w.as("commune_police", "c21"), in.Device.ID); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another commune's police: %v", err)
	}
	w.turn(6 * 24 * time.Hour)
	_, dev, err := w.door.DeviceViewer(ctx, in.Token, "a")
	if err != nil || dev.Until != clock.Stamp(w.now.Add(defaultKeep*24*time.Hour)) {
		t.Fatalf("a contact does not prolong the list: %v", err)
	}
	w.turn(6 * 24 * time.Hour)
	if _, _, err := w.door.DeviceViewer(ctx, in.Token, "a"); err != nil {
		t.Errorf("six days later: %v", err)
	}
	w.turn(8 * 24 * time.Hour)
	if _, _, err := w.door.DeviceViewer(ctx, in.Token, "a"); codeOf(err) != "access.device_expired" {
		t.Errorf("eight days later: %v", err)
	}
	in = w.phone(9, "h111")
	if err := w.door.RevokeDevice(ctx, w.as("commune_police", "c11"), in.Device.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.door.DeviceViewer(ctx, in.Token, "a"); codeOf(err) != "access.device_out" {
		t.Errorf("a lost phone: %v", err)
	}
	list, err := w.door.Devices(ctx, w.as("district_police", "d1"), w.unit["c11"])
	if err != nil || len(list) != 2 {
		t.Errorf("%d phones, %v", len(list), err)
	}
	if list, _ := w.door.Devices(ctx, w.as("district_police", "d1"), w.unit["c12"]); len(list) != 0 {
		t.Errorf("another commune lists %d", len(list))
	}
	var held map[int64]bool
	_ = w.door.DB.Read(ctx, func(tx *db.Tx) (err error) { held, err = HeldUnits(tx); return err })
	if len(held) != 0 {
		t.Errorf("still held: %v", held)
	}
}

func TestLaw_O1_EnrollingAnewGivesTheSameMembersPhoneItsOldEscrow(t *testing.T) {
	w := build(t)
	first := w.phone(9, "h111")
	again := func(member, old int64) *Enrolled {
		code, _, err := w.door.IssueEnrol(ctx, w.as("commune_police", "c11"), Enrol{Team: 1, Member: member, Name: "Thử", Units: []int64{w.unit["h111"]}})
		if err != nil {
			t.Fatal(err)
		}
		in, err := w.door.Enrol(ctx, code, old, "", "a")
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	if in := again(10, first.Device.ID); in.Old != "" {
		t.Error("another member was given the escrow")
	}
	in := again(9, first.Device.ID)
	if in.Old == "" || in.Old != first.Escrow || in.Escrow == first.Escrow || in.Device.Account != first.Device.Account {
		t.Errorf("old %q, first %q", in.Old, first.Escrow)
	}
	if _, _, err := w.door.DeviceViewer(ctx, first.Token, "a"); codeOf(err) != "access.device_out" {
		t.Errorf("the enrolment before still works: %v", err)
	}
	w.write(func(tx *db.Tx) error { return RevokeMember(tx, 9, 1) })
	if _, _, err := w.door.DeviceViewer(ctx, in.Token, "a"); codeOf(err) != "access.device_out" {
		t.Errorf("somebody who left the team: %v", err)
	}
}
