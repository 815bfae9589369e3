package field_test

import (
	"testing"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/ops/points"
)

func TestClause_III_3_c_PeopleAreCheckedInWithoutANetwork(t *testing.T) {
	l := newLane(t, 30, 0)
	b := &points.Book{DB: l.db, Plan: l.phone.Plan, Needing: func(*db.Tx, int64) (map[int64]int64, error) {
		out := map[int64]int64{}
		for _, p := range l.persons[:20] {
			out[p] = l.units["25330.01"]
		}
		return out, nil
	}}
	l.phone.Points = b
	h := l.enrol(false, "25330.01")
	kit, err := b.SaveKit(ctx, l.police(), points.Kit{Unit: l.units["694"], Name: "Bộ lưu động 1", Capacity: 60, Staff: 3})
	if err != nil {
		t.Fatal(err)
	}
	hall, err := b.SavePoint(ctx, l.police(), points.Point{Unit: l.units["25330.01"], Name: "Nhà văn hóa ấp 1", Kind: points.Mobile, HostKind: points.HostCulture})
	if err != nil {
		t.Fatal(err)
	}
	today := clock.DayOf(l.clock())
	s, err := b.Hold(ctx, l.police(), points.Session{Point: hall, Kit: kit, Day: today, From: "7", Until: "17", Quota: 12})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Invite(ctx, l.police(), points.InviteAsk{Session: s, Unit: l.units["25330.01"], Channel: points.ByTeam}); err != nil {
		t.Fatal(err)
	}
	list, err := b.Invitations(ctx, l.police(), s)
	if err != nil || len(list) < 5 {
		t.Fatalf("%d invited, %v", len(list), err)
	}
	rolls := h.rolls()
	if len(rolls) != 1 || rolls[0].Title != "Nhà văn hóa ấp 1" || len(rolls[0].Rows) != len(list) {
		t.Fatalf("%+v", rolls)
	}
	if again := h.rolls(); again != nil {
		t.Errorf("rolls that did not change are sent again: %+v", again)
	}
	at := l.clock().Add(-30 * time.Minute).Format(time.RFC3339)
	come := func(key string) map[string]any {
		return map[string]any{"id": newID(), "kind": "checkin", "at": at, "session": id.String(s), "key": key}
	}
	first := come(id.String(list[0].Person))
	for i, c := range []struct {
		item          map[string]any
		verdict, code string
	}{
		{first, "done", ""},
		{first, "same", ""},
		{come(list[0].Code), "done", "points.checkin_twice"},
		{come(list[1].Code), "done", ""},
		{come(id.String(l.persons[25])), "done", ""}, // a walk-in
		{come(""), "done", ""},                       // somebody who is in no register
		{come("070199001999"), "held", "points.checkin_number"},
		{map[string]any{"id": newID(), "kind": "checkin", "at": at}, "refused", "field.session"},
		{map[string]any{"id": newID(), "kind": "checkin", "at": l.clock().AddDate(0, 0, -2).Format(time.RFC3339), "session": id.String(s), "key": list[2].Code}, "held", "points.checkin_day"},
	} {
		v := h.push(c.item).Verdicts[0]
		if v.Verdict != c.verdict || v.Code != c.code {
			t.Errorf("%d: %+v, want %s %s", i, v, c.verdict, c.code)
		}
	}
	x, _, err := b.Session(ctx, l.police(), s)
	if err != nil || x.Came != 4 || x.Walkins != 2 || x.State != points.Open {
		t.Errorf("%+v %v", x, err)
	}
	for _, i := range func() []points.Invitation { out, _ := b.Invitations(ctx, l.police(), s); return out }() {
		if i.Person == list[0].Person && i.CameAt != clock.Stamp(l.clock().Add(-30*time.Minute)) {
			t.Errorf("came at %s", i.CameAt)
		}
	}
	// What was noted before the session was shut counts though it arrives after.
	if _, _, err := b.Shut(ctx, l.police(), s); err != nil {
		t.Fatal(err)
	}
	if v := h.push(come(list[3].Code)).Verdicts[0]; v.Verdict != "done" {
		t.Errorf("after the session was shut: %+v", v)
	}
	if rolls := h.rolls(); len(rolls) != 0 {
		t.Errorf("a shut session is still on the phone: %+v", rolls)
	}
}

type rollOf struct {
	Title string
	Rows  [][]any
}

// rolls asks for the lists of today's sessions; nil when they did not change since.
func (h *handset) rolls() []rollOf {
	h.t.Helper()
	for range 20 {
		var page struct {
			pulledPage
			Rolls     []rollOf
			RollsHash string
		}
		if status := h.call("GET", "pull?v=1&since="+h.cursor+"&rolls="+h.seen, nil, &page); status != 200 {
			h.t.Fatalf("pull: %d", status)
		}
		h.cursor = page.Cursor
		if !page.More {
			h.seen = page.RollsHash
			return page.Rolls
		}
	}
	return nil
}
