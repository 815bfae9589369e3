package web

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"

	"bonphu/internal/fault"
)

// again is a form that could not be taken: the same screen is shown once more, with what was typed.
type again struct {
	screen Screen
	cause  error
}

func (e again) Error() string { return e.cause.Error() }
func (e again) Unwrap() error { return e.cause }

// Again says that a form could not be taken for cause. A fault is shown on screen with what was typed; any other error
// passes on as it is.
func Again(screen Screen, cause error) error {
	if _, ok := fault.As(cause); !ok || cause == nil {
		return cause
	}
	return again{screen, cause}
}

type panicked struct{ value any }

func (p panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// door turns an error into a page.
func (d *Desk) door(a *Ask, err error) {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = fault.New(fault.TooLarge, "web.too_large", "Nội dung gửi lên lớn hơn mức cho phép. Hãy chia nhỏ rồi gửi lại.")
	}
	f, ok := fault.As(err)
	if !ok {
		d.incident(a, err)
		return
	}
	status := statusOf(f.Kind)
	var form again
	if errors.As(err, &form) {
		if status == http.StatusUnauthorized { // a wrong password is a form to be mended, not a session to be opened
			status = http.StatusUnprocessableEntity
		}
		p := form.screen.page()
		d.fill(a, p)
		p.Form = p.Form.with(typed(a.R.PostForm), f)
		d.show(a, status, form.screen)
		return
	}
	if f.Kind == fault.Unknown {
		to := "/dang-nhap"
		if a.R.Method == http.MethodGet && a.R.URL.Path != "/" {
			to += "?ve=" + url.QueryEscape(a.R.URL.RequestURI())
		}
		http.Redirect(a.W, a.R, to, http.StatusSeeOther)
		return
	}
	s := &Problem{Icon: "warn", Href: "/", Do: "Về bảng điều hành"}
	s.Title, s.Lead = titleOf(f.Kind), f.Text
	if f.Kind == fault.Busy {
		a.W.Header().Set("Retry-After", "5")
		s.Href, s.Do, s.Icon = a.R.URL.RequestURI(), "Thử lại", "clock"
	}
	d.fill(a, &s.Page)
	d.show(a, status, s)
}

// typed copies what was typed without anything that looks like a password or a code.
func typed(v url.Values) url.Values {
	out := url.Values{}
	for k, l := range v {
		switch k {
		case "password", "old", "new", "again", "code":
		default:
			out[k] = l
		}
	}
	return out
}

func statusOf(k fault.Kind) int {
	switch k {
	case fault.Missing:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Unknown:
		return http.StatusUnauthorized
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Busy:
		return http.StatusServiceUnavailable
	}
	return http.StatusUnprocessableEntity
}

func titleOf(k fault.Kind) string {
	switch k {
	case fault.Missing:
		return "Không tìm thấy"
	case fault.Forbidden:
		return "Không có quyền"
	case fault.Conflict:
		return "Đã có người thay đổi trước"
	case fault.TooLarge:
		return "Quá lớn"
	case fault.Busy:
		return "Máy chủ đang bận"
	}
	return "Chưa thực hiện được"
}

// incident answers for what no person caused: the person gets a code, the log gets the cause under it.
func (d *Desk) incident(a *Ask, err error) {
	code := incidentCode()
	attrs := []any{"code", code, "method", a.R.Method, "path", maskDigits(a.R.URL.Path), "cause", maskDigits(err.Error())}
	var p panicked
	if errors.As(err, &p) {
		attrs = append(attrs, "stack", maskDigits(string(debug.Stack())))
	}
	d.Log.Error("desk: incident", attrs...)
	s := &Problem{Icon: "warn", Incident: code, Href: a.R.URL.RequestURI(), Do: "Thử lại"}
	if a.R.Method != http.MethodGet {
		s.Href, s.Do = "/", "Về bảng điều hành"
	}
	s.Title = "Có lỗi ở máy chủ"
	s.Lead = "Việc vừa rồi chưa thực hiện được và chưa có gì thay đổi. Nếu thử lại vẫn gặp, báo quản trị hệ thống mã dưới đây."
	d.fill(a, &s.Page)
	d.show(a, http.StatusInternalServerError, s)
}

func incidentCode() string {
	const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	var b [4]byte
	_, _ = rand.Read(b[:])
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b[:])
}

var longDigits = regexp.MustCompile(`\d{9,12}`)

// maskDigits hides what may be a citizen's number or telephone, all but its last three digits.
func maskDigits(s string) string {
	return longDigits.ReplaceAllStringFunc(s, func(n string) string { return strings.Repeat("•", len(n)-3) + n[len(n)-3:] })
}

// Show answers with a screen.
func (a *Ask) Show(s Screen) error {
	a.fill(a, s.page())
	return a.render(a, http.StatusOK, s)
}

// show answers with a screen where an error can no longer be told to anybody but the log.
func (d *Desk) show(a *Ask, status int, s Screen) {
	if err := d.render(a, status, s); err != nil {
		d.Log.Error("desk: screen", "screen", s.Template(), "cause", maskDigits(err.Error()))
		http.Error(a.W, "Có lỗi ở máy chủ. Hãy thử lại sau.", http.StatusInternalServerError)
	}
}

func (d *Desk) render(a *Ask, status int, s Screen) error {
	var b bytes.Buffer
	if err := d.screens.execute(&b, s); err != nil {
		return err
	}
	h := a.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	a.W.WriteHeader(status)
	if a.R.Method == http.MethodHead {
		return nil
	}
	_, _ = a.W.Write(b.Bytes())
	return nil
}

// badForm is what a form that cannot be read is told.
func badForm(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return fault.New(fault.Invalid, "web.form", "Không đọc được biểu mẫu vừa gửi. Hãy mở lại trang và thử lần nữa.")
}

// picture answers with an evidence photo that no cache keeps.
func (a *Ask) picture(kind string, b []byte) error {
	h := a.W.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, err := a.W.Write(b)
	return err
}
