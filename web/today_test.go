package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/mail"
	"bonphu/oversight/lead"
)

func TestWhatIsToBeDoneStandsByItsDay(t *testing.T) {
	w := buildTown(t)
	day := clock.DayOf(dbtest.Morning)
	w.desk.Lead.Sources = []lead.Source{func(_ context.Context, who access.Viewer) ([]lead.Task, error) {
		if !who.MayAnywhere("report.write") {
			return nil, nil
		}
		return []lead.Task{{Title: "Báo cáo tuần", Unit: "báo cáo", N: 1, Due: day.Add(2), Href: "/bao-cao"}, {Title: "Duyệt tình trạng", Note: "Xã Trong", Unit: "đề nghị", N: 12, Href: "/cho-duyet"},
			{Title: "Giải trình sai lệch", Unit: "sai lệch", N: 5, Late: 2, Due: day.Add(-1), Href: "/doi-soat/viec"}, {Title: "Việc thứ tư", Unit: "việc", N: 1, Due: day.Add(9), Href: "/ke-hoach"}, {Title: "Không có gì", N: 0}}, nil
	}}
	g := w.enter(t, "commune_police", "101")
	page := g.page("/hom-nay", "5 sai lệch, 2 quá hạn", "12 đề nghị", "hôm nay", day.Add(2).Vi(), `href="/cho-duyet"`)
	late, now, soon := strings.Index(page, "Giải trình sai lệch"), strings.Index(page, "Duyệt tình trạng"), strings.Index(page, "Báo cáo tuần")
	if late < 0 || late > now || now > soon || strings.Contains(page, "Không có gì") {
		t.Errorf("late at %d, today at %d, soon at %d", late, now, soon)
	}
	board := g.page("/", "Chờ bạn hôm nay", "Giải trình sai lệch", "Báo cáo tuần", "Còn 1 việc")
	if strings.Contains(board, "Việc thứ tư") {
		t.Error("the board shows more than the first tasks")
	}
	w.enter(t, "official", "101").page("/", "Hôm nay không còn việc nào chờ")
}

func TestAnAccountSaysWhereItsLettersGo(t *testing.T) {
	w := buildTown(t)
	g := w.enter(t, "commune_chair", "101")
	g.page("/thu-nhac-viec", "Địa chỉ nhận thư")
	if status, _, page := g.do("POST", "/thu-nhac-viec", url.Values{"dia_chi": {"khong phai"}, "nhan": {"1"}}); status != 422 && status != 400 || !strings.Contains(page, "Địa chỉ thư không đúng") {
		t.Errorf("a wrong address: %d", status)
	}
	if _, path, page := g.do("POST", "/thu-nhac-viec", url.Values{"dia_chi": {"chutich@example.vn"}, "nhan": {"1"}}); !strings.HasPrefix(path, "/thu-nhac-viec") || !strings.Contains(page, "Đã lưu") || !strings.Contains(page, "chutich@example.vn") {
		t.Errorf("kept: %s", path)
	}
	if _, _, page := g.do("POST", "/thu-nhac-viec/thu", url.Values{}); !strings.Contains(page, "Máy chủ chưa được đặt") {
		t.Error("a letter went without a server")
	}
	var to []string
	w.desk.Letters.Send = func(_ context.Context, l mail.Letter) error { to = append(to, l.To); return nil }
	if _, _, page := g.do("POST", "/thu-nhac-viec/thu", url.Values{}); !strings.Contains(page, "đã nhận thư thử") || len(to) != 1 || to[0] != "chutich@example.vn" {
		t.Errorf("%q", to)
	}
	if page := w.enter(t, "member", "101").page("/thu-nhac-viec", "Địa chỉ nhận thư"); strings.Contains(page, "chutich@") {
		t.Error("somebody else's address is shown (law R3)")
	}
}

func TestLettersThatFailedAreSeenAndSentAgain(t *testing.T) {
	w := buildTown(t)
	chair := w.enter(t, "commune_chair", "101")
	chair.do("POST", "/thu-nhac-viec", url.Values{"dia_chi": {"chutich@example.vn"}, "nhan": {"1"}})
	task := []lead.Task{{Title: "Duyệt tình trạng", Unit: "đề nghị", N: 12, Href: "/cho-duyet"}}
	w.desk.Letters.Book.Sources = []lead.Source{func(context.Context, access.Viewer) ([]lead.Task, error) { return task, nil }}
	fail := error(&mail.Failure{Code: mail.Refused, Final: true})
	w.desk.Letters.Send = func(context.Context, mail.Letter) error { return fail }
	sys := access.System("test").On(w.tree)
	if _, err := w.desk.Letters.Queue(t.Context(), sys); err != nil {
		t.Fatal(err)
	}
	if _, not, err := w.desk.Letters.SendDue(t.Context(), sys); err != nil || not != 1 {
		t.Fatal(not, err)
	}
	admin := w.enter(t, "sysadmin", "694")
	page := admin.page("/thu-da-gui", "Không gửi được", "Máy chủ thư từ chối", "Gửi lại ngay")
	if strings.Contains(page, "chutich@") {
		t.Error("the list shows addresses (law R3)")
	}
	_, rest, _ := strings.Cut(page, `action="/thu-da-gui/`)
	n, _, _ := strings.Cut(rest, `"`)
	admin.do("POST", "/thu-da-gui/"+n, url.Values{})
	fail = nil
	if sent, _, err := w.desk.Letters.SendDue(t.Context(), sys); err != nil || sent != 1 {
		t.Fatal(sent, err)
	}
	if page := admin.page("/thu-da-gui", "Đã gửi"); strings.Contains(page, "Gửi lại ngay") {
		t.Error("a sent letter may be sent again")
	}
	if status, _, _ := chair.do("GET", "/thu-da-gui", nil); status != 403 {
		t.Errorf("a chair sees the letters: %d", status)
	}
}
