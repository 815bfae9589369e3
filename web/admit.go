package web

import (
	"net"
	"net/http"
	"net/url"

	"bonphu/core/access"
	"bonphu/internal/fault"
)

// Route is one address of the desk: its handler and the right it asks for (law R1). The domain asks again by itself; the
// table is here so that one test can walk it.
type Route struct {
	Pattern string
	Do      func(*Ask) error
	Right   access.Verb               // "" where being signed in is enough
	Unit    func(*Ask) (int64, error) // where the right must hold; nil: anywhere
	Open    bool                      // nobody needs to be signed in
	During  access.Step               // may be used while the session still has this to do
	Body    int64                     // bound of the body in bytes, 0 for the usual; the handler then reads it as a stream
}

// sessionCookie carries the session's token.
const sessionCookie = "phien"

// admit finds out who asks and whether they may; a path is where they have to go first.
func (d *Desk) admit(a *Ask, route Route) (to string, err error) {
	if d.Door != nil {
		var token string
		if c, e := a.R.Cookie(sessionCookie); e == nil {
			token = c.Value
		}
		if token != "" || !route.Open {
			a.Who, a.Step, err = d.Door.Viewer(a.Ctx(), token, fromAddr(a.R))
		}
	}
	switch {
	case route.Open:
		if fault.Is(err, fault.Unknown) {
			err = nil
		}
		return "", err
	case err != nil:
		return "", err
	case a.Who.Account == 0:
		return "", fault.New(fault.Unknown, "web.nobody", "Hãy đăng nhập để tiếp tục.")
	case a.Step != access.Done && a.Step != route.During:
		return stepPath(a.Step) + "?ve=" + url.QueryEscape(a.next()), nil
	case a.Step != access.Done || route.Right == "":
		return "", nil
	case route.Unit == nil:
		if !a.Who.MayAnywhere(route.Right) {
			return "", fault.New(fault.Forbidden, "web.forbidden", "Bạn chưa có quyền %s. Hãy liên hệ quản trị hệ thống nếu cần.", access.TitleOf(route.Right))
		}
		return "", nil
	}
	unit, err := route.Unit(a)
	if err != nil {
		return "", err
	}
	return "", a.Who.May(route.Right, unit)
}

// stepPath is where a session does what it still has to do.
func stepPath(s access.Step) string {
	switch s {
	case access.NeedTOTP:
		return "/ma-xac-thuc/hoi"
	case access.MustChange:
		return "/mat-khau"
	case access.EnrolTOTP:
		return "/ma-xac-thuc"
	}
	return "/"
}

// next is where the person wanted to go: the address asked for, or what an earlier step passed on.
func (a *Ask) next() string {
	if to := a.R.FormValue("ve"); to != "" {
		return local(to)
	}
	if a.R.Method == http.MethodGet && a.R.URL.Path != "/dang-nhap" {
		return local(a.R.URL.RequestURI())
	}
	return "/"
}

// fromAddr is the network address of who asks, for the trail.
func fromAddr(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// unitInPath reads the unit whose code stands in the address.
func unitInPath(a *Ask) (int64, error) {
	t := a.Who.Tree()
	if t != nil {
		if u := t.ByCode(a.R.PathValue("code")); u != nil {
			return u.ID, nil
		}
	}
	return 0, fault.New(fault.Missing, "web.no_unit", "Không có đơn vị mang mã này.")
}
