package web

import (
	"net/url"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// trailPage is how many acts stand on one page.
const trailPage = 100

// accountsScreen lists the accounts that the asker may see.
func (a *Ask) accountsScreen() (*Accounts, error) {
	s := &Accounts{MayManage: a.Who.MayAnywhere("account.manage"), Text: a.Query("q"), Units: a.unitChoices("account.manage", 0), None: Empty{Icon: "account", Title: "Không có tài khoản nào khớp", Text: "Thử một phần tên đăng nhập hoặc họ tên."}}
	s.Title, s.Area, s.Lead = "Tài khoản", "/tai-khoan", "Mỗi vai trò là một tập quyền trên một địa bàn và mọi đơn vị dưới đó; không ai giao được quyền mình không có."
	for _, r := range access.Grantable() {
		s.Roles = append(s.Roles, Choice{r.ID, r.Title, r.ID == a.Post("role")})
	}
	for i := range s.Units {
		s.Units[i].Chosen = s.Units[i].Value == a.Post("unit")
	}
	offices, err := a.Door.Offices(a.Ctx(), a.Who)
	if err != nil {
		return nil, err
	}
	named := map[int64]string{}
	s.Offices = []Choice{{"", "Theo vai trò", a.Post("office") == ""}}
	for _, o := range offices {
		named[o.ID] = o.Name
		if o.Code != "" {
			s.Offices = append(s.Offices, Choice{id.String(o.ID), o.Name, id.String(o.ID) == a.Post("office")})
		}
	}
	list, err := a.Door.Accounts(a.Ctx(), a.Who, s.Text)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		row := AccountRow{Login: x.Login, Name: x.Name, Office: named[x.Office], Href: "/tai-khoan/" + id.String(x.ID), Disabled: x.Disabled, Manage: s.MayManage && x.ID != a.Who.Account}
		for _, g := range x.Grants {
			place := ""
			if u := a.Who.Tree().ByID(g.Unit); u != nil {
				place = ", " + u.Title()
			}
			row.Roles = append(row.Roles, access.RoleTitle(g.Role)+place)
			row.Manage = row.Manage && a.Who.May("account.manage", g.Unit) == nil
		}
		row.Marks = accountMarks(x, clock.Stamp(a.Clock()))
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

func accountMarks(x access.Account, now string) []Mark {
	var out []Mark
	if x.Disabled {
		out = append(out, Mark{"đã khóa", "bad"})
	}
	if x.Locked > now {
		out = append(out, Mark{"tạm khóa vì nhập sai", "warn"})
	}
	if x.MustChange {
		out = append(out, Mark{"chưa đổi mật khẩu", "warn"})
	}
	if x.TOTP {
		out = append(out, Mark{"có mã xác thực", "good"})
	}
	return out
}

func showAccounts(a *Ask) error {
	s, err := a.accountsScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// withSecret shows the accounts with a one-time password, on this answer only.
func (a *Ask) withSecret(secret string) error {
	s, err := a.accountsScreen()
	if err != nil {
		return err
	}
	s.Secret = secret
	return a.Show(s)
}

func createAccount(a *Ask) error {
	s, err := a.accountsScreen()
	if err != nil {
		return err
	}
	var unit int64
	if u := a.Who.Tree().ByCode(a.Post("unit")); u != nil {
		unit = u.ID
	}
	var office int64
	if v := a.Post("office"); v != "" {
		if office, err = id.Parse(v); err != nil {
			return Again(s, fault.New(fault.Invalid, "web.office", "Không có cơ quan này. Hãy chọn lại trong danh sách.").On("office"))
		}
	}
	_, secret, err := a.Door.Create(a.Ctx(), a.Who, access.Account{Login: a.Post("login"), Name: a.Post("name"), Office: office, Grants: []access.Grant{{Role: a.Post("role"), Unit: unit}}})
	if err != nil {
		return Again(s, err)
	}
	return a.withSecret(secret)
}

// onAccount runs a change of one account.
func onAccount(change func(a *Ask, account int64) (secret string, err error)) func(*Ask) error {
	return func(a *Ask) error {
		n, err := id.Parse(a.R.PathValue("id"))
		if err != nil {
			return fault.New(fault.Missing, "web.no_account", "Không có tài khoản này.")
		}
		secret, err := change(a, n)
		if err != nil {
			s, listed := a.accountsScreen()
			if listed != nil {
				return listed
			}
			return Again(s, err)
		}
		if secret != "" {
			return a.withSecret(secret)
		}
		return a.Go("/tai-khoan")
	}
}

var resetPassword = onAccount(func(a *Ask, n int64) (string, error) { return a.Door.ResetPassword(a.Ctx(), a.Who, n) })

var resetTOTP = onAccount(func(a *Ask, n int64) (string, error) { return "", a.Door.ResetTOTP(a.Ctx(), a.Who, n) })

// moveAccount puts an account into an office.
var moveAccount = onAccount(func(a *Ask, n int64) (string, error) {
	var office int64
	if v := a.Post("office"); v != "" {
		var err error
		if office, err = id.Parse(v); err != nil {
			return "", fault.New(fault.Invalid, "web.office", "Không có cơ quan này. Hãy chọn lại trong danh sách.").On("office")
		}
	}
	return "", a.Door.Rename(a.Ctx(), a.Who, n, a.Post("name"), office)
})

var disableAccount = onAccount(func(a *Ask, n int64) (string, error) {
	return "", a.Door.Disable(a.Ctx(), a.Who, n, a.Post("khoa") == "1")
})

// showTrail is who did what, on whom, when, from where (law R2).
func showTrail(a *Ask) error {
	f := access.TrailFilter{Verb: a.Query("viec"), From: clock.Day(a.Query("tu")), Till: clock.Day(a.Query("den"))}
	before, _ := strconv.ParseInt(a.Query("truoc"), 10, 64)
	rows, err := a.Door.TrailPage(a.Ctx(), a.Who, f, before, trailPage)
	if err != nil {
		return err
	}
	s := &Trail{From: string(f.From), Till: string(f.Till), None: Empty{Icon: "trail", Title: "Không có việc nào", Text: "Thử bỏ bớt điều kiện lọc."}}
	s.Title, s.Area, s.Lead = "Nhật ký", "/nhat-ky", "Mọi thay đổi, mọi lần xuất và mọi lần xem số đầy đủ đều để lại một dòng, nối với dòng trước bằng mã băm."
	for _, v := range access.Verbs() {
		s.Verbs = append(s.Verbs, Choice{string(v), access.TitleOf(v), string(v) == f.Verb})
	}
	for i := range rows {
		r := &rows[i]
		row := TrailRow{When: stampVi(r.At), Who: r.Act.WhoName, Verb: verbTitle(r.Act.Verb), Object: r.Act.Object, Note: r.Act.Note, From: r.Act.From}
		if u := a.Who.Tree().ByID(r.Act.Unit); u != nil {
			row.Place = u.Title()
		}
		row.Object, row.Href = objectTitle(r.Act.Object)
		s.Rows = append(s.Rows, row)
	}
	if len(rows) == trailPage {
		q := url.Values{"viec": {f.Verb}, "tu": {s.From}, "den": {s.Till}, "truoc": {strconv.FormatInt(rows[trailPage-1].Seq, 10)}}
		s.Pager.Next = "/nhat-ky?" + q.Encode()
	}
	s.Pager.Text = vn.Int(int64(len(rows))) + " dòng"
	return a.Show(s)
}

// verbTitle says an act's verb for people.
func verbTitle(v string) string {
	if t := access.TitleOf(access.Verb(v)); t != "" {
		return t
	}
	switch v {
	case "session.open":
		return "đăng nhập"
	case "session.refused":
		return "đăng nhập bị từ chối"
	case "session.seen":
		return "tiếp tục phiên"
	case "session.end":
		return "đăng xuất"
	case "session.totp":
		return "mã xác thực"
	case "account.password":
		return "đổi mật khẩu"
	case "team.reveal":
		return "xem số điện thoại thành viên tổ"
	}
	return "việc khác"
}

// objectTitle names what an act was about, with its page where it has one.
func objectTitle(object string) (title, href string) {
	kind, key, _ := strings.Cut(object, ":")
	switch kind {
	case "person":
		return "công dân", "/dan-cu/" + key
	case "batch":
		return "danh sách", "/danh-sach/" + key
	case "quota":
		if day := clock.Day(key).Vi(); day != "" {
			return "chỉ tiêu ngày " + day, ""
		}
	}
	return objectTitles[kind], ""
}

// objectTitles names what acts are about.
var objectTitles = map[string]string{
	"account": "tài khoản", "session": "phiên", "quota": "chỉ tiêu", "fact": "tình trạng", "event": "ghi nhận", "campaign": "kế hoạch", "unit": "đơn vị", "office": "cơ quan",
	"people": "danh sách dân cư", "batch_row": "dòng chờ quyết định", "mapping": "cách hiểu cột", "team": "tổ công tác", "member": "thành viên tổ", "tally": "bảng số liệu", "demo": "dữ liệu mẫu", "file": "tệp",
}
