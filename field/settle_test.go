package field_test

import (
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/canvass"
)

func (l *lane) waiting() []canvass.Item {
	l.t.Helper()
	list, err := l.visits.Held(ctx, l.police(), l.units["25330"], 100)
	if err != nil {
		l.t.Fatal(err)
	}
	return list
}

func (l *lane) met(number, name, birth string) (map[string]any, map[string]any) {
	found := map[string]any{"id": newID(), "kind": "found", "at": l.clock().Format(time.RFC3339), "unit": id.String(l.units["25330.01"]),
		"qr": map[string]any{"number": number, "name": name, "birth": birth, "gender": "f", "address": "Ấp 1, xã An Khương"}}
	v := l.visit(1)
	v["person"] = found["id"]
	return found, v
}

func TestLaw_O1_SomebodyMetIsSettledWithTheVisitsThatWait(t *testing.T) {
	for _, c := range []struct {
		name, as string
		visits   int
	}{{"a record of the register", canvass.SettledKnown, 1}, {"somebody new", canvass.SettledNew, 1}, {"nobody", canvass.SettledDrop, 0}} {
		t.Run(c.name, func(t *testing.T) {
			l := newLane(t, 3, 0)
			h := l.enrol(false, "25330.01")
			found, v := l.met("070190000999", "Lê Thị Thử", "1990-02-03")
			h.push(v) // before the meeting of which it speaks
			h.push(found)
			list := l.waiting()
			if len(list) != 2 {
				t.Fatalf("%d wait", len(list))
			}
			n, _ := id.Parse(found["id"].(string))
			d := canvass.Decision{Item: n, As: c.as}
			if c.as == canvass.SettledKnown {
				d.Person = l.persons[0]
			}
			member := access.NewViewer(9, "tt", "Tổ trưởng", "test", []access.Grant{{Role: "team_leader", Unit: l.units["25330.01"]}}, l.tree)
			if err := l.visits.SettleItem(ctx, member, d); !fault.Is(err, fault.Forbidden) {
				t.Errorf("a team settles its own meeting: %v", err)
			}
			if err := l.visits.SettleItem(ctx, l.police(), d); err != nil {
				t.Fatal(err)
			}
			if left := l.waiting(); len(left) != 0 {
				t.Errorf("%d still wait", len(left))
			}
			if err := l.visits.SettleItem(ctx, l.police(), d); !fault.Is(err, fault.Conflict) {
				t.Errorf("settled twice: %v", err)
			}
			x, err := l.visits.HeldItem(ctx, l.police(), n)
			if err != nil {
				t.Fatal(err)
			}
			var page struct {
				Settled []struct{ ID, Verdict, Text string }
			}
			h.call("GET", "pull?v=1&since=d.0&held="+found["id"].(string)+","+v["id"].(string)+",zz", nil, &page)
			want := map[bool]string{true: "same", false: "refused"}[c.visits > 0]
			if len(page.Settled) != 2 || page.Settled[0].Verdict != want || page.Settled[1].Verdict != want || page.Settled[1].Text == "" {
				t.Errorf("the phone is told %+v", page.Settled)
			}
			if c.visits == 0 {
				return
			}
			if got := l.visitsOf(x.SettledPerson); len(got) != c.visits || got[0].Member != h.member {
				t.Errorf("%+v", got)
			}
			// What is recorded later of the same meeting goes straight to the person.
			late := l.visit(1)
			late["person"] = found["id"]
			if got := h.push(late).Verdicts[0]; got.Verdict != "done" {
				t.Errorf("%+v", got)
			}
			if again := h.push(found).Verdicts[0]; again.Verdict != "same" {
				t.Errorf("%+v", again)
			}
		})
	}
}

func TestHeldSlipsAreWrittenAsSent(t *testing.T) {
	l := newLane(t, 3, 3)
	h := l.enrol(false, "25330.01")
	old, far := l.visit(l.persons[0]), l.visit(l.others[0])
	old["at"] = l.clock().AddDate(0, 0, -61).Format(time.RFC3339)
	address := map[string]any{"id": newID(), "kind": "correct", "at": l.clock().Format(time.RFC3339), "person": id.String(l.persons[1]), "attr": people.AttrAddress, "base": "khác", "value": "Tổ 9, Ấp 1"}
	h.push(old, far, address)
	for _, x := range l.waiting() {
		if err := l.visits.SettleItem(ctx, l.police(), canvass.Decision{Item: x.ID, As: canvass.SettledApplied}); err != nil {
			t.Fatalf("%s %s: %v", x.Kind, x.Code, err)
		}
	}
	if len(l.visitsOf(l.persons[0])) != 1 || len(l.visitsOf(l.others[0])) != 1 {
		t.Error("visits were not written")
	}
	card, err := registerOf(l).Get(ctx, l.police(), l.persons[1])
	if err != nil || card.Person.Address != "Tổ 9, Ấp 1" {
		t.Errorf("%v %+v", err, card)
	}
}

func TestLaw_O3_WhoLeavesTheTeamLeavesThePhone(t *testing.T) {
	l := newLane(t, 2, 0)
	gone, later := l.enrol(false, "25330.01"), l.enrol(false, "25330.01")
	today := clock.DayOf(l.clock())
	for h, last := range map[*handset]clock.Day{gone: today.Add(-1), later: today} {
		if _, err := l.visits.Leave(ctx, l.police(), h.member, last, 0); err != nil {
			t.Fatal(err)
		}
	}
	if status := gone.call("GET", "pull?v=1", nil, nil); status != 401 {
		t.Errorf("who left pulls: %d", status)
	}
	if status := later.call("GET", "pull?v=1", nil, nil); status != 200 {
		t.Errorf("who leaves tonight is out by noon: %d", status)
	}
	l.turn(24 * time.Hour)
	l.write(func(tx *db.Tx) error { return canvass.ShutLeavers(tx, 0) })
	if status := later.call("GET", "pull?v=1", nil, nil); status != 401 {
		t.Errorf("who left yesterday pulls: %d", status)
	}
}
