package web

import (
	"net/http"
	"time"
)

const themeCookie = "nen"

// fill gives a screen the frame around it: campaign, navigation, who is signed in, light or dark.
func (d *Desk) fill(a *Ask, p *Page) {
	p.Theme = themeOf(a.R)
	p.Path = a.R.URL.RequestURI()
	if a.R.Method != http.MethodGet {
		p.Path = "/"
	}
	if p.Nav == nil {
		p.Nav = navigation
	}
}

// navigation is the desk's table of areas.
var navigation = []NavGroup{
	{"", []NavItem{
		{Title: "Bảng điều hành", Href: "/", Icon: "board", Key: "b"},
		{Title: "Địa bàn", Href: "/dia-ban", Icon: "map", Key: "d"},
		{Title: "Dân cư", Href: "/dan-cu", Icon: "people", Key: "c"},
		{Title: "Danh sách nhập", Href: "/danh-sach", Icon: "list", Key: "n"},
		{Title: "Chỉ tiêu", Href: "/giao-chi-tieu", Icon: "target", Key: "t"},
		{Title: "Tổ công tác", Href: "/to-cong-tac", Icon: "team", Key: "o"},
		{Title: "Kế hoạch", Href: "/ke-hoach", Icon: "plan", Key: "k"},
		{Title: "Định nghĩa số liệu", Href: "/dinh-nghia", Icon: "book"},
	}},
	{"Quản trị", []NavItem{
		{Title: "Tài khoản", Href: "/tai-khoan", Icon: "account"},
		{Title: "Nhật ký", Href: "/nhat-ky", Icon: "trail"},
		{Title: "Đơn vị", Href: "/don-vi", Icon: "unit"},
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
