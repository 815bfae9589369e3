package web

import (
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"
	"time"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// setSession puts the token into the browser, out of every script's reach; "" takes it away.
func (a *Ask) setSession(token string) {
	c := &http.Cookie{Name: sessionCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: a.Secure}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(a.W, c)
}

func (a *Ask) signInScreen() *SignIn {
	s := &SignIn{Next: a.next()}
	s.Title, s.Lead = "Đăng nhập", "Dùng tài khoản được quản trị hệ thống của huyện cấp."
	return s
}

func showSignIn(a *Ask) error {
	if a.Who.Account != 0 {
		return a.Go(a.next())
	}
	return a.Show(a.signInScreen())
}

func signIn(a *Ask) error {
	token, step, err := a.Door.Login(a.Ctx(), strings.ToLower(a.Post("login")), a.R.PostFormValue("password"), fromAddr(a.R), a.R.UserAgent())
	if err != nil {
		return Again(a.signInScreen(), err)
	}
	a.setSession(token)
	a.Step = step
	return a.onward()
}

// onward goes to the next step of signing in, or to where the person wanted to go.
func (a *Ask) onward() error {
	if a.Step != access.Done {
		return a.Go(stepPath(a.Step) + "?ve=" + template.URLQueryEscaper(a.next()))
	}
	return a.Go(a.next())
}

// stepDone asks anew what the session still has to do, then goes onward.
func (a *Ask) stepDone() error {
	c, err := a.R.Cookie(sessionCookie)
	if err != nil {
		return a.Go("/dang-nhap")
	}
	if _, a.Step, err = a.Door.Viewer(a.Ctx(), c.Value, fromAddr(a.R)); err != nil {
		return err
	}
	return a.onward()
}

func signOut(a *Ask) error {
	if a.Who.Account != 0 {
		if err := a.Door.Revoke(a.Ctx(), a.Who, a.Who.Session); err != nil {
			return err
		}
	}
	a.setSession("")
	return a.Go("/dang-nhap")
}

func (a *Ask) passwordScreen() *Password {
	s := &Password{Login: a.Who.Login, Next: a.next(), Must: a.Step == access.MustChange}
	s.Title, s.Lead = "Đổi mật khẩu", "Các thiết bị khác đang đăng nhập bằng tài khoản này sẽ phải đăng nhập lại."
	if s.Must {
		s.Title, s.Lead = "Đặt mật khẩu của riêng bạn", "Mật khẩu được cấp chỉ dùng một lần: hãy đổi trước khi làm việc."
	}
	return s
}

func showPassword(a *Ask) error { return a.Show(a.passwordScreen()) }

func changePassword(a *Ask) error {
	fresh := a.R.PostFormValue("new")
	if fresh != a.R.PostFormValue("again") {
		return Again(a.passwordScreen(), fault.New(fault.Invalid, "web.password_again", "Hai lần nhập mật khẩu mới không giống nhau.").On("again"))
	}
	if err := a.Door.ChangePassword(a.Ctx(), a.Who, a.R.PostFormValue("old"), fresh); err != nil {
		return Again(a.passwordScreen(), err)
	}
	return a.stepDone()
}

func (a *Ask) codeScreen() *AskCode {
	s := &AskCode{Next: a.next()}
	s.Title, s.Lead = "Mã xác thực", "Mở ứng dụng xác thực trên điện thoại và nhập mã đang hiện."
	return s
}

func showCode(a *Ask) error { return a.Show(a.codeScreen()) }

func passCode(a *Ask) error {
	if err := a.Door.Pass(a.Ctx(), a.Who, strings.ReplaceAll(a.Post("code"), " ", "")); err != nil {
		return Again(a.codeScreen(), err)
	}
	return a.stepDone()
}

func (a *Ask) enrolScreen() (*Enrol, error) {
	s := &Enrol{Next: a.next()}
	s.Title, s.Lead = "Bật mã xác thực", "Lớp bảo vệ thứ hai: quét mã bằng ứng dụng xác thực trên điện thoại, rồi nhập mã ứng dụng hiện ra."
	secret, picture, err := a.Door.BeginTOTP(a.Ctx(), a.Who)
	if err != nil {
		return nil, err
	}
	s.Picture, s.Secret = pngURL(picture), inFours(secret)
	return s, nil
}

func showEnrol(a *Ask) error {
	s, err := a.enrolScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func enrol(a *Ask) error {
	cause := a.Door.Pass(a.Ctx(), a.Who, strings.ReplaceAll(a.Post("code"), " ", ""))
	if cause == nil {
		return a.stepDone()
	}
	s, err := a.enrolScreen()
	if err != nil {
		return err
	}
	return Again(s, cause)
}

// pngURL puts a picture into the page itself.
func pngURL(png []byte) template.URL {
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)) //nolint:gosec // base64 of our own picture
}

func inFours(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func showSessions(a *Ask) error {
	list, err := a.Door.Sessions(a.Ctx(), a.Who)
	if err != nil {
		return err
	}
	s := &Sessions{Others: len(list) > 1}
	s.Title, s.Lead = "Phiên đăng nhập", "Những nơi tài khoản của bạn đang đăng nhập. Thấy nơi lạ: đăng xuất nơi ấy và đổi mật khẩu."
	for _, l := range list {
		s.Items = append(s.Items, SessionRow{ID: id.String(l.ID), Device: device(l.Agent), From: l.From, Created: stampVi(l.Created), Seen: stampVi(l.Seen), Current: l.Here})
	}
	return a.Show(s)
}

func endSession(a *Ask) error {
	session, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	if err := a.Door.Revoke(a.Ctx(), a.Who, session); err != nil {
		return err
	}
	return a.Go("/phien")
}

func endOthers(a *Ask) error {
	if err := a.Door.Revoke(a.Ctx(), a.Who, 0); err != nil {
		return err
	}
	return a.Go("/phien")
}

// stampVi spells a stored instant in Vietnam's time: 07:41 ngày 22/5/2024.
func stampVi(s string) string {
	t := clock.ParseStamp(s)
	if t.IsZero() {
		return ""
	}
	return timeVi(t)
}

func timeVi(t time.Time) string {
	return t.In(clock.Zone).Format("15:04") + " ngày " + clock.DayOf(t).Vi()
}
