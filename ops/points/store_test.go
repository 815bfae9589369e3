package points

import (
	"context"
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
	"bonphu/internal/id"
)

const today = clock.Day("2024-05-20")

type place struct {
	*Book
	t     *testing.T
	tree  *territory.Tree
	kit   int64
	other int64
	hall  int64
	yard  int64

	needing map[int64]int64 // who needs a dossier, and where they live
}

func (p *place) unit(code string) int64 { return p.tree.ByCode(code).ID }

func (p *place) viewer(role, code string) access.Viewer {
	return access.NewViewer(7, "thu", "Người Thử", "cli", []access.Grant{{Role: role, Unit: p.unit(code)}}, p.tree)
}

func newPlace(t *testing.T) *place {
	t.Helper()
	shipped := plantest.HonQuan(t)
	p := &place{t: t, Book: &Book{DB: dbtest.Open(t), Plan: func() *plan.Plan { return shipped }}}
	p.needing = map[int64]int64{}
	p.Needing = func(tx *db.Tx, unit int64) (map[int64]int64, error) {
		out := map[int64]int64{}
		for person, u := range p.needing {
			if p.tree.Within(u, unit) {
				out[person] = u
			}
		}
		return out, nil
	}
	p.DB.Clock = clock.Fixed(today.Time().Add(8 * time.Hour))
	ids := map[string]int64{}
	if err := p.DB.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
			lat, lon                 float64
		}{{"694", "huyện", "Hớn Quản", "", 1, 0, 0}, {"25330", "xã", "An Khương", "694", 2, 11.685, 106.621}, {"25357", "thị trấn", "Tân Khai", "694", 2, 11.624, 106.602},
			{"25330.01", "ấp", "1", "25330", 3, 0, 0}, {"25330.02", "sóc", "Đồi Dầu", "25330", 3, 11.69, 106.63}, {"25357.01", "khu phố", "1", "25357", 3, 0, 0}} {
			x := &territory.Unit{Code: u.code, Kind: u.kind, Tier: u.tier, Name: u.name, Parent: ids[u.parent], Lat: u.lat, Lon: u.lon}
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
	ctx, police := context.Background(), p.viewer("district_police", "694")
	p.kit = must(p.SaveKit(ctx, police, Kit{Unit: p.unit("694"), Name: "Bộ lưu động 1", Capacity: 60, Staff: 3}))
	p.other = must(p.SaveKit(ctx, police, Kit{Unit: p.unit("694"), Name: "Bộ lưu động 2", Capacity: 40, Staff: 2}))
	p.hall = must(p.SavePoint(ctx, police, Point{Unit: p.unit("25330.01"), Name: "Nhà văn hóa ấp 1", Kind: Mobile, HostKind: HostCulture}))
	p.yard = must(p.SavePoint(ctx, police, Point{Unit: p.unit("25357"), Name: "Công an thị trấn", Kind: Fixed, HostKind: HostOffice, HostDays: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday}}))
	return p
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// code gives the code of a fault, "" for none.
func code(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// TestClause_III_3_a_WhatCannotBeHeldIsRefusedWithTheReason: two places, overlapping hours, capacity zero, past days, hosts that do not receive.
func TestClause_III_3_a_WhatCannotBeHeldIsRefusedWithTheReason(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	broken := must(p.SaveKit(ctx, police, Kit{Unit: p.unit("694"), Name: "Bộ đang hỏng", Capacity: 0}))
	gone := must(p.SaveKit(ctx, police, Kit{Unit: p.unit("694"), Name: "Bộ mượn", Capacity: 10, Until: "2024-05-20"}))
	must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.kit, Day: "2024-05-21", From: "7:30", Until: "11:30", Quota: 40}))
	for _, c := range []struct {
		name string
		s    Session
		want string
	}{
		{"another place, same hours", Session{Point: p.yard, Kit: p.kit, Day: "2024-05-21", From: "11:00", Until: "16:00"}, "points.kit_two_places"},
		{"same place, same hours", Session{Point: p.hall, Kit: p.kit, Day: "2024-05-21", From: "08:00", Until: "09:00"}, "points.session_twice"},
		{"more than the kit takes", Session{Point: p.yard, Kit: p.kit, Day: "2024-05-21", From: "13:00", Until: "16:00", Quota: 30}, "points.quota_over"},
		{"capacity zero", Session{Point: p.hall, Kit: broken, Day: "2024-05-21", From: "08:00", Until: "09:00"}, "points.capacity_zero"},
		{"kit gone", Session{Point: p.hall, Kit: gone, Day: "2024-05-21", From: "08:00", Until: "09:00"}, "points.kit_away"},
		{"yesterday", Session{Point: p.hall, Kit: p.other, Day: "2024-05-19", From: "08:00", Until: "09:00"}, "points.day_past"},
		{"no day", Session{Point: p.hall, Kit: p.other, From: "08:00", Until: "09:00"}, "points.day"},
		{"hours backwards", Session{Point: p.hall, Kit: p.other, Day: "2024-05-21", From: "10:00", Until: "09:00"}, "points.hours"},
		{"host does not receive", Session{Point: p.yard, Kit: p.other, Day: "2024-05-24", From: "08:00", Until: "09:00"}, "points.host_day"},
		{"another kit at the same point", Session{Point: p.hall, Kit: p.other, Day: "2024-05-21", From: "08:00", Until: "09:00"}, ""},
		{"afternoon elsewhere", Session{Point: p.yard, Kit: p.kit, Day: "2024-05-21", From: "13:00", Until: "16:00"}, ""},
		{"nothing left", Session{Point: p.hall, Kit: p.kit, Day: "2024-05-21", From: "17:00", Until: "19:00"}, "points.quota_over"},
	} {
		if _, err := p.Hold(ctx, police, c.s); code(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	list := must(p.Sessions(ctx, police, p.unit("694"), "2024-05-21", "2024-05-21"))
	var sum int64
	for _, s := range list {
		if s.Kit == p.kit {
			sum += s.Quota
		}
	}
	if len(list) != 3 || sum != 60 {
		t.Errorf("%d sessions, %d dossiers of kit 1, want 3 and 60", len(list), sum)
	}
	if _, err := p.SaveKit(ctx, police, Kit{ID: p.kit, Unit: p.unit("694"), Name: "Bộ lưu động 1", Capacity: 50}); code(err) != "points.kit_booked" {
		t.Errorf("capacity under what is planned: %v", err)
	}
}

// TestClause_III_3_a_WhoIsInvitedIsTold: a session of tomorrow cancelled today, and one moved, leave a call list and free people.
func TestClause_III_3_a_WhoIsInvitedIsTold(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	first := must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.kit, Day: "2024-05-21", From: "7:30", Until: "11:30", Quota: 40}))
	if err := p.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for i := int64(1); i <= 5; i++ {
			if err := insertInvitation(tx, &Invitation{Session: first, Person: 100 + i, Channel: ByLetter, State: Invited, Code: id.String(i), N: i}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Move(ctx, police, first, Session{Day: "2024-05-22"}, " "); code(err) != "points.reason" {
		t.Errorf("no reason: %v", err)
	}
	if _, _, err := p.Move(ctx, police, first, Session{}, "Mưa lớn"); code(err) != "points.move_same" {
		t.Errorf("moved to itself: %v", err)
	}
	if _, _, err := p.Move(ctx, police, first, Session{Day: "2024-05-22", Quota: 1}, "Mưa lớn"); code(err) != "points.move_small" {
		t.Errorf("moved to a session too small for the list: %v", err)
	}
	next, told, err := p.Move(ctx, police, first, Session{Day: "2024-05-22"}, "Mưa lớn")
	if err != nil || told != 5 {
		t.Fatalf("told %d %v", told, err)
	}
	was, follows, err := p.Session(ctx, police, first)
	if err != nil || was.State != Cancelled || was.Reason != "Mưa lớn" || follows != next {
		t.Errorf("%+v %d %v", was, follows, err)
	}
	if told, err = p.Cancel(ctx, police, next, "Máy hỏng"); err != nil || told != 5 {
		t.Errorf("told %d %v", told, err)
	}
	if _, err = p.Cancel(ctx, police, next, "Lần nữa"); code(err) != "points.session_over" {
		t.Errorf("cancelled twice: %v", err)
	}
	if _, err := p.Cancel(ctx, p.viewer("commune_police", "25330"), next, "x"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a commune plans: %v", err)
	}
}
