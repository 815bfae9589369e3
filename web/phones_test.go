package web

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
)

// TestLaw_O3_PhonesOnTheDesk: a code is given for a member of the team and shown once; a lost phone is locked.
func TestLaw_O3_PhonesOnTheDesk(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 4)
	chair := w.enter(t, "commune_chair", "101")
	_, at, _ := chair.do("POST", "/to-cong-tac", url.Values{"what": {"new"}, "don_vi": {"101.01"}, "kind": {"hamlet"}, "name": {"Tổ ấp 1"}, "capacity": {"10"}})
	team := strings.TrimPrefix(at, "/to-cong-tac/")
	n, err := id.Parse(team)
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.desk.Canvass.AddMember(context.Background(), access.System("kiểm thử"), canvass.Member{Team: n, Name: "Điểu Khởi", Role: "Tổ trưởng"})
	if err != nil {
		t.Fatal(err)
	}
	member := id.String(m)

	g := w.enter(t, "commune_police", "101")
	g.page("/dien-thoai?don_vi=101", "Chưa có điện thoại nào", "Tổ ấp 1")
	g.page("/dien-thoai?don_vi=101&to="+team, "Điểu Khởi, tổ trưởng", "Ấp 1 (4 người)")
	give := url.Values{"don_vi": {"101"}, "to": {team}, "hamlet": {"101.01"}}
	if status, _, page := g.do("POST", "/dien-thoai", give); status != 422 || !strings.Contains(page, "Hãy chọn tổ và thành viên") {
		t.Errorf("a phone for nobody: %d", status)
	}
	give.Set("member", member)
	status, _, page := g.do("POST", "/dien-thoai", give)
	code := regexp.MustCompile(`[A-Z2-9]{4}-[A-Z2-9]{4}`).FindString(page)
	if status != 200 || code == "" || !strings.Contains(page, "data:image/png;base64,") {
		t.Fatalf("no code: %d", status)
	}
	if _, err := w.desk.Door.Enrol(context.Background(), code, 0, "Android 11", "10.0.0.1"); err != nil {
		t.Fatal(err)
	}
	page = g.page("/dien-thoai?don_vi=101", "Đang dùng", "Android 11", "Điểu Khởi")
	lock := regexp.MustCompile(`/dien-thoai/[0-9a-z]+/khoa`).FindString(page)
	if _, _, page := g.do("POST", lock, url.Values{"don_vi": {"101"}}); !strings.Contains(page, "Đã khóa") || strings.Contains(page, "/khoa\"") {
		t.Error("the phone is not locked")
	}
}

// TestLaw_O1_HeldSlipsOnTheDesk: somebody met in the field is looked up, becomes somebody new, or nobody.
func TestLaw_O1_HeldSlipsOnTheDesk(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 3)
	hamlet := w.tree.ByCode("101.01").ID
	hold := func(kind, why string, s canvass.Slip) string {
		n := id.New()
		k := canvass.Kept{Name: "Điểu Khởi", Skew: 2880, Slip: s}
		if err := w.desk.Canvass.DB.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
			return canvass.KeepItem(tx, &canvass.Item{ID: n, Device: 1, Kind: kind, Person: n, Unit: hamlet, At: clock.Stamp(dbtest.Morning), Recorded: tx.Now(), Verdict: canvass.ItemHeld, Text: why, Payload: k.Text(), State: canvass.ItemWaiting})
		}); err != nil {
			t.Fatal(err)
		}
		return "/phieu-dien-thoai/" + id.String(n)
	}
	met := hold(canvass.SlipFound, "Đã chuyển Công an xã xác nhận.", canvass.Slip{QR: &vn.Card{Number: "070190000999", Name: "Lê Thị Thử", Birth: "1990-02-03", Gender: "f"}})
	odd := hold(canvass.SlipVisit, "Người này không có trong danh sách.", canvass.Slip{Result: "done", Claims: []canvass.SlipClaim{{Coverage: "eid", State: "level2"}}})
	g := w.enter(t, "commune_police", "101")
	g.page("/phieu-dien-thoai?don_vi=101", "Người gặp ngoài danh sách: Lê Thị Thử", "Lần đến nhà", "Điểu Khởi")
	page := g.page(met, "Lê Thị Thử", "03/02/1990", "sai 2.880 phút", "Lập hồ sơ mới")
	if strings.Contains(page, "070190000999") {
		t.Error("a citizen number stands in the open (law R3)")
	}
	page = g.page(odd+"?tim=tran+van+thu", "Đã làm xong", "Trần Văn Thử")
	person := regexp.MustCompile(`name="person" value="([0-9a-z]+)"`).FindStringSubmatch(page)
	if person == nil {
		t.Fatal("nobody to choose")
	}
	if status, _, page := g.do("POST", odd, url.Values{"as": {"known"}, "tim": {"tran van thu"}}); status != 422 || !strings.Contains(page, "Hãy chọn người trong danh sách") {
		t.Errorf("nobody chosen: %d", status)
	}
	if status, _, page := g.do("POST", odd, url.Values{"as": {"known"}, "person": {person[1]}}); status != 200 || strings.Contains(page, "Lần đến nhà") {
		t.Errorf("not settled: %d", status)
	}
	g.do("POST", met, url.Values{"as": {"new"}})
	g.page(met, "Đã lập hồ sơ mới", "Lê Thị Thử")
	g.page("/phieu-dien-thoai?don_vi=101", "Không có phiếu nào chờ")
	if status, _, _ := w.enter(t, "team_leader", "101").do("GET", met, nil); status != 403 {
		t.Errorf("a team reads what the police decide: %d", status)
	}
}
