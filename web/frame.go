package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

const themeCookie = "nen"

// fill gives a screen the frame around it: campaign, navigation, who is signed in, light or dark.
func (d *Desk) fill(a *Ask, p *Page) {
	p.Theme = themeOf(a.R)
	p.Path = a.R.URL.RequestURI()
	if a.R.Method != http.MethodGet {
		p.Path = "/"
	}
	p.Campaign = d.campaign()
	if a.Who.Account != 0 && a.Step == access.Done {
		p.User = &User{Name: a.Who.Name, Role: roleText(a.Who)}
		p.Nav = navigationFor(a.Who)
	}
}

// plan gives the campaign's plan, nil before there is one.
func (d *Desk) plan() *plan.Plan {
	if d.Plan == nil {
		return nil
	}
	return d.Plan()
}

// campaign tells the campaign for the top bar and for the page before signing in (KH:0.a, KH:0.b).
func (d *Desk) campaign() Campaign {
	c := Campaign{Title: "Bốn phủ", Today: clock.DayOf(d.Clock()), Clock: d.Banner}
	p := d.plan()
	if p == nil {
		return c
	}
	c.Title, c.Place = cmp.Or(p.ShortTitle, p.Title), vn.UpperFirst(p.Place.Name)
	c.Days, c.Day = p.Days(), min(p.DayNumber(c.Today), p.Days())
	for _, cov := range p.Coverages {
		c.Aims = append(c.Aims, Aim{cov.Title, cov.StateTitle(cov.Goal)})
	}
	return c
}

// roleText says what somebody is and where: "Công an xã · Xã An Khương".
func roleText(who access.Viewer) string {
	var parts []string
	for _, g := range who.Grants {
		if t := access.RoleTitle(g.Role); t != "" && !slices.Contains(parts, t) {
			parts = append(parts, t)
		}
	}
	if len(who.Grants) > 0 && who.Tree() != nil {
		if u := who.Tree().ByID(who.Grants[0].Unit); u != nil {
			parts = append(parts, u.Title())
		}
	}
	return strings.Join(parts, " · ")
}

// navigationFor leaves out what somebody may not open.
func navigationFor(who access.Viewer) []NavGroup {
	var out []NavGroup
	for _, g := range navigation {
		var items []NavItem
		for _, i := range g.Items {
			if who.MayAnywhere(i.Right) {
				items = append(items, i)
			}
		}
		if len(items) > 0 {
			out = append(out, NavGroup{g.Title, items})
		}
	}
	return out
}

// navigation is the desk's table of areas.
var navigation = []NavGroup{
	{"", []NavItem{
		{Title: "Việc hôm nay", Right: "plan.see", Href: "/hom-nay", Icon: "check", Key: "a"},
		{Title: "Bảng điều hành", Right: "board.see", Href: "/", Icon: "board", Key: "b"},
		{Title: "Lãnh đạo", Right: "lead.see", Href: "/lanh-dao", Icon: "flag", Key: "l"},
		{Title: "Nhịp ngày", Right: "quota.see", Href: "/nhip-ngay", Icon: "clock", Key: "p"},
		{Title: "Chỉ tiêu", Right: "quota.see", Href: "/giao-chi-tieu", Icon: "target", Key: "t"},
		{Title: "Nhiệm vụ", Right: "duty.see", Href: "/nhiem-vu", Icon: "flag", Key: "w"},
		{Title: "Chỉ đạo", Right: "duty.see", Href: "/chi-dao", Icon: "book"},
		{Title: "Vướng mắc", Right: "obstacle.own", Href: "/vuong-mac", Icon: "warn", Key: "x"},
		{Title: "Việc của tôi", Right: "officials.credit", Href: "/can-bo/cua-toi", Icon: "check"},
	}},
	{"Dân cư", []NavItem{
		{Title: "Địa bàn", Right: "unit.see", Href: "/dia-ban", Icon: "map", Key: "d"},
		{Title: "Dân cư", Right: "people.see", Href: "/dan-cu", Icon: "people", Key: "c"},
		{Title: "Chờ duyệt", Right: "fact.approve", Href: "/cho-duyet", Icon: "check", Key: "y"},
		{Title: "Danh sách nhập", Right: "intake.see", Href: "/danh-sach", Icon: "list", Key: "n"},
		{Title: "Cán bộ nêu gương", Right: "officials.see", Href: "/can-bo", Icon: "account"},
	}},
	{"Đi từng nhà", []NavItem{
		{Title: "Đi từng nhà", Right: "field.see", Href: "/viec", Icon: "home", Key: "v"},
		{Title: "Tổ công tác", Right: "team.see", Href: "/to-cong-tac", Icon: "team", Key: "o"},
		{Title: "Phân công", Right: "field.see", Href: "/phan-cong", Icon: "split"},
		{Title: "Cuốn chiếu", Right: "field.see", Href: "/cuon-chieu", Icon: "map"},
		{Title: "Điện thoại của tổ", Right: "device.manage", Href: "/dien-thoai", Icon: "phone"},
		{Title: "Phiếu chờ xử lý", Right: "field.settle", Href: "/phieu-dien-thoai", Icon: "warn"},
	}},
	{"Thu nhận hồ sơ", []NavItem{
		{Title: "Điểm thu nhận", Right: "points.see", Href: "/diem-thu-nhan", Icon: "pin"},
		{Title: "Lịch điểm", Right: "points.see", Href: "/lich-diem", Icon: "calendar"},
		{Title: "Hồ sơ thu nhận", Right: "dossier.see", Href: "/ho-so-thu-nhan", Icon: "folder", Key: "h"},
	}},
	{"Máy, SIM, chữ ký số", []NavItem{
		{Title: "Ưu đãi nhà mạng", Right: "aid.see", Href: "/uu-dai", Icon: "flag"},
		{Title: "Đơn đăng ký", Right: "aid.see", Href: "/don-dang-ky", Icon: "list"},
		{Title: "Còn dùng 2G", Right: "aid.see", Href: "/tat-2g", Icon: "device"},
	}},
	{"Tuyên truyền", []NavItem{
		{Title: "Hoạt động", Right: "outreach.see", Href: "/tuyen-truyen", Icon: "flag", Key: "u"},
		{Title: "Nội dung", Right: "outreach.see", Href: "/noi-dung", Icon: "book"},
	}},
	{"Báo cáo, đánh giá", []NavItem{
		{Title: "Báo cáo", Right: "report.see", Href: "/bao-cao", Icon: "book", Key: "r"},
		{Title: "Văn bản", Right: "report.see", Href: "/van-ban", Icon: "folder"},
		{Title: "Đối soát", Right: "reconcile.see", Href: "/doi-soat", Icon: "split", Key: "s"},
		{Title: "Kiểm tra", Right: "inspect.see", Href: "/kiem-tra", Icon: "check", Key: "m"},
		{Title: "Thi đua", Right: "emulation.see", Href: "/thi-dua", Icon: "flag", Key: "e"},
	}},
	{"Kế hoạch, quản trị", []NavItem{
		{Title: "Kế hoạch", Right: "plan.see", Href: "/ke-hoach", Icon: "plan", Key: "k"},
		{Title: "Kế hoạch của xã", Right: "localplan.see", Href: "/ke-hoach-xa", Icon: "plan"},
		{Title: "Kinh phí", Right: "budget.see", Href: "/du-toan", Icon: "folder"},
		{Title: "Định nghĩa số liệu", Right: "plan.see", Href: "/dinh-nghia", Icon: "book"},
		{Title: "Tài khoản", Right: "account.see", Href: "/tai-khoan", Icon: "account"},
		{Title: "Nhật ký", Right: "trail.see", Href: "/nhat-ky", Icon: "trail"},
		{Title: "Thư đã gửi", Right: "system.run", Href: "/thu-da-gui", Icon: "list"},
	}},
}

// setTheme keeps the wish for light or dark in a cookie and goes back to where the person was.
func setTheme(a *Ask) error {
	wish := a.Post("nen")
	c := &http.Cookie{Name: themeCookie, Value: wish, Path: "/", SameSite: http.SameSiteLaxMode, Secure: a.Secure, MaxAge: int((365 * 24 * time.Hour).Seconds())}
	if wish != "sang" && wish != "toi" {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(a.W, c)
	return a.Go(a.Post("ve"))
}
