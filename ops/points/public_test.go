package points

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bonphu/internal/clock"
)

// TestClause_III_3_a_ThePublicScheduleRevealsNobody: what everybody may read has no name, no number and no count of persons; what was moved
// is said to be gone.
func TestClause_III_3_a_ThePublicScheduleRevealsNobody(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	p.settle(30, "25330.01")
	s := must(p.Hold(ctx, police, Session{Point: p.hall, Kit: p.kit, Day: today.Add(1), From: "7:30", Until: "11:30", Quota: 10}))
	must(p.Hold(ctx, police, Session{Point: p.yard, Kit: p.other, Day: today.Add(1), From: "7:30", Until: "11:30"}))
	must(p.Invite(ctx, police, InviteAsk{Session: s, Unit: p.unit("25330.01"), Channel: ByLetter}))
	before := p.Version()
	if _, _, err := p.Move(ctx, police, s, Session{Day: today.Add(2)}, "Mưa; đường ngập,\nchờ nước rút"); err != nil {
		t.Fatal(err)
	}
	if p.Version() == before {
		t.Error("the public page is not told of a change")
	}
	list, tree, err := p.Public(ctx, today, today.Add(13))
	if err != nil || len(list) != 3 {
		t.Fatalf("%d sessions %v", len(list), err)
	}
	text := fmt.Sprintf("%+v", list)
	for _, i := range must(p.Invitations(ctx, police, s)) {
		if strings.Contains(text, i.Name) || strings.Contains(text, i.Code) {
			t.Error("the public schedule names somebody")
		}
	}
	for i := range reflect.TypeFor[Shown]().NumField() {
		if n := reflect.TypeFor[Shown]().Field(i).Name; n == "Invited" || n == "Came" || n == "Quota" {
			t.Errorf("the public schedule counts persons: %s", n)
		}
	}
	far := NearestFirst(list, tree, p.unit("25357"))
	if far[0] != 0 || list[0].Place != "Công an thị trấn" || far[1] < 1 {
		t.Errorf("%v %+v", far, list)
	}
	feed := string(Calendar(list, "Lịch thu nhận", "bonphu.test", today.Time()))
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "STATUS:CANCELLED\r\n", "DTSTART:20240521T003000Z\r\n", `Mưa\; đường ngập\, chờ nước rút`, "END:VCALENDAR\r\n"} {
		if !strings.Contains(strings.ReplaceAll(feed, "\r\n ", ""), want) {
			t.Errorf("the feed lacks %q:\n%s", want, feed)
		}
	}
}

// TestCalendarFolding: no line is longer than 75 octets, no letter is cut, and unfolding gives the text back.
func TestCalendarFolding(t *testing.T) {
	for n := range 200 {
		text := strings.Repeat("Điểm thu nhận ở ấp Đồi Dầu ", n%9) + strings.Repeat("ữ", n)
		feed := string(Calendar([]Shown{{ID: 1, Day: "2024-05-21", From: "07:30", Until: "11:30", Place: text}}, text, "x", time.Date(2024, 5, 21, 0, 0, 0, 0, clock.Zone)))
		for _, line := range strings.Split(feed, "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) {
				t.Fatalf("%d octets: %q", len(line), line)
			}
		}
		if !strings.Contains(strings.ReplaceAll(feed, "\r\n ", ""), "SUMMARY:Thu nhận hồ sơ căn cước: "+text) {
			t.Fatalf("unfolded text differs for %d", n)
		}
	}
}
