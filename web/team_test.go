package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
)

// TestClause_III_2_b_TeamsOnTheDesk: teams are made and staffed, work is dealt and changes hands, a hamlet is opened and closed.
func TestClause_III_2_b_TeamsOnTheDesk(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 6)
	w.desk.Canvass.Work = func(tx *db.Tx, units []int64) ([]canvass.Listed, error) { // everybody needs something
		ids, err := people.LivingIn(tx, units)
		var out []canvass.Listed
		for _, n := range ids {
			out = append(out, canvass.Listed{Person: n, Unit: w.tree.ByCode("101.01").ID, Needs: []string{"no_card"}})
		}
		return out, err
	}
	w.desk.Allot.Teams = func(tx *db.Tx) ([]allotment.Team, error) {
		list, err := canvass.All(tx)
		var out []allotment.Team
		for _, t := range list {
			out = append(out, allotment.Team{ID: t.ID, Unit: t.Unit, Name: t.Name})
		}
		return out, err
	}
	g := w.enter(t, "commune_chair", "101")
	g.page("/to-cong-tac?don_vi=101", "chưa có tổ của mình", "Lập tổ cho địa bàn chưa có")
	g.page("/phan-cong?don_vi=101", "Chưa phân công")
	if _, _, page := g.do("POST", "/to-cong-tac", url.Values{"what": {"complete"}, "don_vi": {"101"}}); !strings.Contains(page, "Tổ công nghệ số cộng đồng") {
		t.Fatal("no team made")
	}
	if status, _, page := g.do("POST", "/to-cong-tac", url.Values{"what": {"new"}, "don_vi": {"101.01"}, "kind": {"volunteer"}, "place": {"school"}, "name": {""}, "capacity": {"10"}}); status != 422 || !strings.Contains(page, "Hãy ghi tên tổ") {
		t.Errorf("a team without a name: %d", status)
	}
	_, at, page := g.do("POST", "/to-cong-tac", url.Values{"what": {"new"}, "don_vi": {"101.01"}, "kind": {"volunteer"}, "place": {"school"}, "name": {"Đội tình nguyện trường"}, "capacity": {"10"}, "rest": {"0", "6"}})
	if !strings.HasPrefix(at, "/to-cong-tac/") || !strings.Contains(page, "Trường học") || !strings.Contains(page, "Nghỉ thứ bảy, chủ nhật") {
		t.Fatalf("made at %s", at)
	}
	_, _, page = g.do("POST", at+"/thanh-vien", url.Values{"what": {"add"}, "name": {"Điểu Khởi"}, "role": {canvass.RoleOperator}, "phone": {"0912345678"}})
	if !strings.Contains(page, "0912***678") || strings.Contains(page, "0912345678") {
		t.Error("a telephone number is not masked (law R3)")
	}
	found := regexp.MustCompile(`/thanh-vien/([0-9a-z]+)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the member has no form")
	}
	member := at + "/thanh-vien/" + found[1]
	if _, _, page := g.do("POST", member+"/xem-so", nil); !strings.Contains(page, "0912345678") {
		t.Error("a number asked for is not shown")
	}
	_, _, page = g.do("POST", "/phan-cong", url.Values{"don_vi": {"101"}})
	if !strings.Contains(page, "Tổ công nghệ số cộng đồng") || strings.Contains(page, `<div class="stat warn">`) {
		t.Error("somebody is nobody's work")
	}
	if status, _, page := g.do("GET", "/phan-cong?don_vi=101&tim=x", nil); status != 422 || !strings.Contains(page, "ít nhất hai chữ") {
		t.Errorf("one letter: %d", status)
	}
	page = g.page("/phan-cong?don_vi=101&tim=tran+van+thu", "Trần Văn Thử B 1980")
	person := regexp.MustCompile(`name="person" value="([0-9a-z]+)"`).FindStringSubmatch(page)
	if person == nil {
		t.Fatal("nobody to choose")
	}
	give := url.Values{"don_vi": {"101"}, "tim": {"tran van thu"}, "person": {person[1]}, "to": {at[len("/to-cong-tac/"):] + "." + found[1]}}
	if status, _, page := g.do("POST", "/phan-cong/chuyen", give); status != 422 || !strings.Contains(page, "Hãy ghi lý do chuyển") {
		t.Errorf("given without a reason: %d", status)
	}
	give.Set("why", "gia đình đề nghị")
	g.do("POST", "/phan-cong/chuyen", give)
	g.page("/phan-cong?don_vi=101", "gia đình đề nghị", "Điểu Khởi")
	g.page(at, "Bàn giao 1 người cho")
	g.page("/dan-cu/"+person[1], "Đội tình nguyện trường, Điểu Khởi (giao bằng tay)", "gia đình đề nghị")
	if _, _, page := g.do("POST", member, url.Values{"what": {"leave"}, "until": {"2030-01-01"}}); !strings.Contains(page, "Bàn giao 1 người cho") {
		t.Error("who stays some days more has given everything away")
	}
	if _, _, page := g.do("POST", member, url.Values{"what": {"leave"}, "until": {string(clock.DayOf(dbtest.Morning))}}); strings.Contains(page, "Bàn giao") {
		t.Error("somebody stays with who leaves")
	}
	g.page("/cuon-chieu?don_vi=101", "Chưa mở")
	if _, _, page := g.do("POST", "/cuon-chieu/101.01/mo", nil); !strings.Contains(page, "Đang làm") {
		t.Error("the hamlet is not open")
	}
	if status, _, page := g.do("POST", "/cuon-chieu/101.01/khep", url.Values{"note": {""}}); status != 422 || !strings.Contains(page, "chưa có lần đến nhà nào") {
		t.Errorf("closed without a visit or a note: %d", status)
	}
	if _, _, page := g.do("POST", "/cuon-chieu/101.01/khep", url.Values{"note": {"Cả ấp đi làm xa"}}); !strings.Contains(page, "Đã khép, còn người") || !strings.Contains(page, "Trần Văn Thử B") {
		t.Error("who is left is not told by name")
	}
	g.page("/cuon-chieu/101.01", "Còn lại lúc khép", "Chưa đến")
	leader := w.enter(t, "team_leader", "101.01")
	leader.page("/cuon-chieu/101.01")
	if status, _, _ := leader.do("POST", "/cuon-chieu/101.01/mo", nil); status != 403 {
		t.Errorf("a team's leader opens a hamlet: %d", status)
	}
	if status, _, _ := leader.do("POST", at+"/giai-the", url.Values{"until": {"2024-05-20"}}); status != 403 {
		t.Errorf("a team's leader closes a team: %d", status)
	}
}
