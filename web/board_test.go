package web

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/vn"
)

// settle brings people into the hamlet 101.01: born 1980, every second one with an active account by an extract of 15/5/2024,
// the fifth claimed by a team.
func (w *town) settle(t *testing.T, n int) {
	t.Helper()
	who := access.System("kiểm thử").On(w.tree)
	b := &intake.Batch{ID: 1, Kind: intake.KindRegister, AsOf: "2024-05-15", UnitID: w.tree.ByCode("101").ID, Who: 1, Viewer: who}
	act := who.Act("intake.apply", 0, "batch", "")
	err := w.desk.Door.DB.WriteLong(context.Background(), &act, func(tx *db.Tx) error {
		var rows []*intake.Row
		for i := range n {
			r := &intake.Row{Kind: intake.KindRegister, Line: i + 1, Name: fmt.Sprintf("Trần Văn Thử %c", 'A'+i), Birth: vn.Birth{Y: 1980, M: 1, D: i + 1}, Gender: intake.Male,
				Number: fmt.Sprintf("070080%06d", 1000+i), Phone: fmt.Sprintf("0912345%03d", i), HamletText: "Ấp 1"}
			r.Status[intake.StatusEID] = "none"
			if i%2 == 0 {
				r.Status[intake.StatusEID] = "active"
			}
			rows = append(rows, r)
		}
		run, err := coverage.Lists{Plan: w.desk.Plan}.Start(tx, b)
		if err != nil {
			return err
		}
		out, err := run.Apply(rows, false)
		if err != nil {
			return err
		}
		if err := run.Finish(); err != nil || n <= 5 {
			return err
		}
		return coverage.Append(tx, []coverage.Event{{Person: out[5].Person, Coverage: "eid", State: "active", Level: coverage.Claimed, Day: "2024-05-18",
			AsOf: clock.Stamp(clock.Day("2024-05-18").Time()), Source: people.Field}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// enter signs an account in.
func (w *town) enter(t *testing.T, role, unit string) *guest {
	t.Helper()
	login := strings.ReplaceAll(role, "_", ".") + "." + unit
	err := w.desk.Door.DB.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		_, err := access.CreateWith(tx, access.Account{Login: login, Name: "Lê Thị Thử", Grants: []access.Grant{{Role: role, Unit: w.tree.ByCode(unit).ID}}}, access.Hash("một câu dài để thử"), false)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	g := newGuest(t, w.desk)
	if status, path, _ := g.do("POST", "/dang-nhap", url.Values{"login": {login}, "password": {"một câu dài để thử"}}); status != 200 {
		t.Fatalf("signing in as %s: %d at %s", role, status, path)
	}
	return g
}

func (g *guest) page(path string, holds ...string) string {
	g.t.Helper()
	status, _, page := g.do("GET", path, nil)
	if status != 200 {
		g.t.Fatalf("%s: %d", path, status)
	}
	wellFormed(g.t, page)
	vietnamese(g.t, page)
	for _, h := range holds {
		if !strings.Contains(page, h) {
			g.t.Errorf("%s does not hold %q", path, h)
		}
	}
	return page
}

func TestClause_IV_2_c_TheBoardTellsEveryCommune(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 10)
	g := w.enter(t, "district_leader", "694")
	page := g.page("/?phu=eid", "Bảng điều hành", "Xã Trong", "Xã Ngoài", "55,6 %", "5 / 9", "Căn cước công dân", "Ngày 43/92", "Số liệu đến hết")
	if !strings.Contains(page, "/dan-cu?don_vi=694&amp;nhom=t%3Aeid%3Ain&amp;tru=t%3Aeid%3Aconfirmed") {
		t.Error("the number left does not open into its people (law N2)")
	}
	g.page("/dia-ban", "Xã Trong", "Toàn huyện Hớn Quản", "5 / 9")
	g.page("/don-vi/101?phu=eid", "Ấp 1", "Huyện Hớn Quản", "Đã kích hoạt")
	hamlet := g.page("/don-vi/101.01?phu=eid", "Trần Văn Thử B", "070•••••1001", "Còn thiếu: VNeID")
	if strings.Contains(hamlet, "Trần Văn Thử A") || strings.Contains(hamlet, "070080001001") || strings.Contains(hamlet, "0912345001") {
		t.Error("somebody confirmed, or a number whole, stands in the residue")
	}
	g.page("/ke-hoach", "IV.1.b", "55,6 %", "Công an huyện")
	g.page("/dinh-nghia", "Số hồ sơ đang có hiệu lực", "Nhanh, chậm so lộ trình", "nhom=t%3Aeid%3Aclaimed")
}

func TestLaw_N2_ANumberOpensIntoItsPeople(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 10)
	g := w.enter(t, "district_leader", "694")
	page := g.page("/dan-cu?don_vi=694&nhom=t:eid:in&tru=t:eid:confirmed", "Trần Văn Thử B", "Trần Văn Thử J", "5 trong 5 người", "070•••••1001")
	if strings.Contains(page, "Trần Văn Thử A") {
		t.Error("somebody who is confirmed stands among those lacking")
	}
	g.page("/dan-cu?q=van+thu+c", "Trần Văn Thử C")
	g.page("/dan-cu?q=070080001003", "Trần Văn Thử D")
	g.page("/dan-cu?q=12345", "đủ 12 chữ số")
	g.page("/dan-cu?nhom=khong-co", "không có trong kế hoạch")
	g.page("/dan-cu?q=khong+ai+ten+nay", "Không có ai khớp")
	if status, _, _ := w.enter(t, "commune_police", "102").do("GET", "/dan-cu?don_vi=101", nil); status != 403 {
		t.Errorf("a neighbour's residents: %d", status)
	}
}

func TestLaw_C5_TheBoardOfAPastDay(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 10)
	g := w.enter(t, "district_leader", "694")
	g.page("/?phu=eid&ngay=2024-05-14", "0 / 9", "Số liệu đến hết ngày 14/5/2024")
	if status, _, _ := g.do("GET", "/?ngay=hom-qua", nil); status != 422 {
		t.Errorf("a day that is none: %d", status)
	}
}

func TestClaimsStandBesideTheBoardsNumbers(t *testing.T) {
	w := buildTown(t)
	w.settle(t, 10)
	g := w.enter(t, "commune_police", "101")
	page := g.page("/?phu=eid", "Bảng điều hành xã Trong", "5 / 9")
	_, rest, _ := strings.Cut(page, "Định danh điện tử được kích hoạt")
	if !strings.Contains(rest, "<dt>Tổ báo, chờ xác nhận</dt><dd>1</dd>") {
		t.Error("the claim does not stand beside the number (law C3)")
	}
	if status, _, _ := g.do("GET", "/?don_vi=694", nil); status != 403 {
		t.Errorf("the board of the district for a commune: %d", status)
	}
	if status, _, _ := g.do("GET", "/don-vi/999", nil); status != 404 {
		t.Errorf("a unit that is not there: %d", status)
	}
}

func TestWhoHasNoBoardIsLedToWhatTheyHave(t *testing.T) {
	w := buildTown(t)
	for _, role := range []string{"member", "operator", "official"} {
		if _, path, page := w.enter(t, role, "101").do("GET", "/", nil); path != "/hom-nay" || !strings.Contains(page, "Hôm nay không còn việc nào chờ") {
			t.Errorf("a %s is led to %s", role, path)
		}
	}
}
