package field_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"strconv"
	"testing"
	"time"

	"bonphu/core/people"
	"bonphu/internal/db"
	"bonphu/internal/id"
)

func registerOf(l *lane) people.Register { return people.Register{DB: l.db} }

func unitText(u int64) string { return strconv.FormatInt(u, 10) }

func newID() string { return id.String(id.New()) }

func TestLaw_O2_PushingTwiceIsPushingOnce(t *testing.T) {
	l := newLane(t, 10, 0)
	h := l.enrol(false, "25330.01")
	items := []map[string]any{l.visit(l.persons[0]), l.visit(l.persons[1]), l.visit(l.persons[0])}
	for i, want := range []string{"done", "same", "same"} {
		for _, v := range h.push(items...).Verdicts {
			if v.Verdict != want {
				t.Errorf("push %d: %+v", i, v)
			}
		}
	}
	// Half of a batch that got there before the network broke, then all of it.
	third := l.visit(l.persons[2])
	h.push(items[1])
	if v := h.push(items[1], third, third).Verdicts; v[0].Verdict != "same" || v[1].Verdict != "done" || v[2].Verdict != "same" {
		t.Errorf("%+v", v)
	}
	for i, n := range []int{2, 1, 1, 0} {
		if got := len(l.visitsOf(l.persons[i])); got != n {
			t.Errorf("person %d has %d visits of %d", i, got, n)
		}
	}
	var events int
	l.read(func(tx *db.Tx) error { return tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM event").Scan(&events) })
	if events != 4 {
		t.Errorf("%d claims of 4", events)
	}
	// Another phone of the same person sends the same slips again.
	if v := l.enrol(false, "25330.01").push(items...).Verdicts; v[0].Verdict != "same" {
		t.Errorf("%+v", v)
	}
}

func TestLaw_O2_TheOrderOfArrivalDoesNotMatter(t *testing.T) {
	l := newLane(t, 10, 0)
	h := l.enrol(false, "25330.01")
	v := l.visit(l.persons[0])
	undo := map[string]any{"id": newID(), "kind": "undo", "at": l.clock().Format(time.RFC3339), "visit": v["id"], "why": "nhầm người"}
	photo := map[string]any{"id": newID(), "kind": "photo", "at": l.clock().Format(time.RFC3339), "of": v["id"], "jpeg": base64.StdEncoding.EncodeToString(shot(t))}
	if got := h.push(undo, photo).Verdicts; got[0].Verdict != "held" || got[0].Code != "field.undo_early" || got[1].Verdict != "done" {
		t.Fatalf("%+v", got)
	}
	if got := h.push(v).Verdicts[0]; got.Verdict != "done" {
		t.Fatalf("%+v", got)
	}
	if list := l.visitsOf(l.persons[0]); len(list) != 1 || list[0].VoidAt == "" {
		t.Errorf("%+v", list)
	}
	if got := h.push(undo).Verdicts[0]; got.Verdict != "same" {
		t.Errorf("%+v", got)
	}
	second := l.visit(l.persons[1])
	undo2 := map[string]any{"id": newID(), "kind": "undo", "at": l.clock().Format(time.RFC3339), "visit": second["id"]}
	if got := h.push(second, undo2).Verdicts; got[0].Verdict != "done" || got[1].Verdict != "done" {
		t.Fatalf("%+v", got)
	}
	if list := l.visitsOf(l.persons[1]); list[0].VoidAt == "" {
		t.Errorf("%+v", list)
	}
	// A colleague's slip is not this phone's to take back.
	third := l.visit(l.persons[2])
	h.push(third)
	undo3 := map[string]any{"id": newID(), "kind": "undo", "at": l.clock().Format(time.RFC3339), "visit": third["id"]}
	if got := l.enrol(false, "25330.01").push(undo3).Verdicts[0]; got.Code != "field.undo_other" {
		t.Errorf("%+v", got)
	}
}

func TestTwoPhonesOnOneHousehold(t *testing.T) {
	l := newLane(t, 4, 0)
	a, b := l.enrol(false, "25330.01"), l.enrol(true, "25330.01")
	x, y := l.visit(l.persons[0]), l.visit(l.persons[0])
	y["result"], y["return"], y["claims"] = "promised", "2024-05-22", nil
	y["at"] = l.clock().Add(-2 * time.Hour).Format(time.RFC3339)
	a.push(x)
	b.push(y)
	if list := l.visitsOf(l.persons[0]); len(list) != 2 {
		t.Fatalf("%d visits", len(list))
	}
	some, _, _ := a.pull()
	if c := some[id.String(l.persons[0])][15].([]any); c[0] != "done" || c[5] != 2.0 {
		t.Errorf("the later visit stands, whichever came later: %v", c)
	}
}

func TestLaw_O1_WhatCannotBeWrittenWaitsOrSaysWhy(t *testing.T) {
	l := newLane(t, 5, 5)
	h := l.enrol(false, "25330.01")
	now := l.clock().Format(time.RFC3339)
	met := newID()
	old, strange, far, reasonless, after := l.visit(l.persons[0]), l.visit(1<<40), l.visit(l.others[0]), l.visit(l.persons[1]), l.visit(l.persons[2])
	old["at"] = l.clock().AddDate(0, 0, -61).Format(time.RFC3339)
	reasonless["result"] = "promised"
	ofMet := l.visit(1)
	ofMet["person"] = met
	correct := func(base, value string) map[string]any {
		return map[string]any{"id": newID(), "kind": "correct", "at": now, "person": id.String(l.persons[3]), "attr": "address", "base": base, "value": value}
	}
	for _, c := range []struct {
		name, verdict, code string
		item                map[string]any
	}{
		{"older than sixty days", "held", "canvass.visit_old", old},
		{"nobody of that id", "held", "field.person_unknown", strange},
		{"lives elsewhere", "held", "field.not_yours", far},
		{"promised without a day", "refused", "canvass.promise", reasonless},
		{"a good one beside them", "done", "", after},
		{"visit of somebody met, before the meeting", "held", "field.person_unknown", ofMet},
		{"somebody met", "held", "field.found", map[string]any{"id": met, "kind": "found", "at": now, "unit": id.String(l.units["25330.01"]), "qr": map[string]any{"name": "Lê Thử", "birth": "1990-02-03"}}},
		{"met without a name", "refused", "field.found_name", map[string]any{"id": newID(), "kind": "found", "at": now}},
		{"address", "done", "", correct("Tổ 3, Ấp 1, xã An Khương", "Tổ 4, Ấp 1, xã An Khương")},
		{"address that moved on", "held", "people.moved_on", correct("Tổ 3, Ấp 1, xã An Khương", "Tổ 5, Ấp 1, xã An Khương")},
		{"obstacle", "done", "", map[string]any{"id": newID(), "kind": "obstacle", "at": now, "category": "network", "text": "Sóng 4G ở cuối ấp rất yếu, không kích hoạt được.", "people": 12}},
		{"obstacle with a number", "refused", "obstacles.number", map[string]any{"id": newID(), "kind": "obstacle", "at": now, "text": "Ông có số 070060000001 không làm được."}},
		{"unknown kind", "refused", "field.kind", map[string]any{"id": newID(), "kind": "dance", "at": now}},
		{"no instant", "refused", "field.at", map[string]any{"id": newID(), "kind": "visit", "person": id.String(l.persons[0]), "result": "done"}},
		{"no id", "refused", "field.item", map[string]any{"kind": "visit", "at": now}},
		{"photo that is none", "refused", "field.photo", map[string]any{"id": newID(), "kind": "photo", "at": now, "of": newID(), "jpeg": "AAAA"}},
	} {
		v := h.push(c.item).Verdicts[0]
		if v.Verdict != c.verdict || v.Code != c.code || c.verdict != "done" && v.Text == "" {
			t.Errorf("%s: %+v", c.name, v)
		}
		if again := h.push(c.item).Verdicts[0]; c.verdict != "done" && again != v {
			t.Errorf("%s, sent again: %+v", c.name, again)
		}
	}
	var kept, sealed int
	l.read(func(tx *db.Tx) error {
		if err := tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM field_item").Scan(&kept); err != nil {
			return err
		}
		return tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM field_item WHERE payload_sealed LIKE '%Lê Thử%'").Scan(&sealed)
	})
	if kept != 16 || sealed != 0 {
		t.Errorf("%d of 16 kept, %d in the open", kept, sealed)
	}
}

func TestAClockTwoDaysOffIsNoticed(t *testing.T) {
	l := newLane(t, 3, 0)
	h := l.enrol(false, "25330.01")
	for i, off := range []time.Duration{-48 * time.Hour, 48 * time.Hour, 3 * time.Minute} {
		v := l.visit(l.persons[i])
		v["at"] = l.clock().Add(off - time.Hour).Format(time.RFC3339)
		out := h.pushAt(l.clock().Add(off), v)
		want := int64(-off / time.Minute)
		if i == 2 {
			want = 0
		}
		if out.Skew != want || out.Verdicts[0].Verdict != "done" || (want != 0) != (out.Verdicts[0].Text != "") {
			t.Errorf("off %v: %+v", off, out)
		}
		got := l.visitsOf(l.persons[i])[0]
		if got.SkewMin != want || want != 0 && got.At != "2024-05-20T00:00:00.000Z" && got.Day != "2024-05-20" {
			t.Errorf("off %v: at %s, %d minutes", off, got.At, got.SkewMin)
		}
	}
}

func shot(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func FuzzPush(f *testing.F) {
	l := newLane(f, 3, 1)
	h := l.enrol(false, "25330.01")
	f.Add([]byte(`{"v":1,"sent":"2024-05-20T01:00:00Z","items":[{"id":"01h000000000","kind":"visit","at":"2024-05-20T01:00:00Z","person":"1","result":"done"}]}`))
	f.Add([]byte(`{"v":1,"items":[{"kind":"found","qr":{"name":"x"}},null,3,"a",[],{"id":"0"}]}`))
	f.Add([]byte(`{"v":1,"items":[{"id":"1","kind":"undo","visit":"9"},{"id":"2","kind":"correct","attr":"phone"},{"id":"3","kind":"photo","of":"1","jpeg":"/9j/"}]}`))
	f.Add([]byte(`{"v":2}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		h.t = t
		status := h.call("POST", "push", body, nil)
		if status != 200 && status != 422 && status != 409 {
			t.Errorf("%d to %.200q", status, body)
		}
	})
}
