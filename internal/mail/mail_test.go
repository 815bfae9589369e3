package mail_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"bonphu/internal/fault"
	"bonphu/internal/mail"
	"bonphu/internal/mail/mailtest"
)

var at = time.Date(2024, 5, 22, 23, 30, 0, 0, time.UTC)

func letter(to string) mail.Letter {
	return mail.Letter{ID: "ngay-1", To: to, Subject: "Việc hôm nay 23/5/2024: 3 việc, 1 quá hạn", Text: "Duyệt tình trạng công dân: 12 đề nghị\nBáo cáo sơ kết: quá hạn\n", Stop: "https://bonphu.example.vn/thu-nhac-viec", At: at}
}

func server(s *mailtest.Server, guard string) *mail.Server {
	return &mail.Server{Host: "localhost", Port: s.Port, Guard: guard, From: "bonphu@example.vn", Name: "Bốn phủ Hớn Quản", CAFile: s.CA, Timeout: 10 * time.Second}
}

func TestALetterArrivesAsItWasWritten(t *testing.T) {
	for _, guard := range []string{mail.StartTLS, mail.TLS, mail.Clear} {
		t.Run(guard, func(t *testing.T) {
			s := mailtest.Start(t, guard)
			m := server(s, guard)
			if guard != mail.Clear {
				m.User, m.Password = mailtest.User, mailtest.Password
			}
			if err := m.Send(t.Context(), letter("canbo@example.vn")); err != nil {
				t.Fatal(err, errors.Unwrap(err))
			}
			g := s.Wait(t, 1)[0]
			if g.To != "canbo@example.vn" || g.Subject != letter("").Subject || g.Text != letter("").Text || g.ID != "<ngay-1@example.vn>" || g.Header.Get("List-Unsubscribe") != "<https://bonphu.example.vn/thu-nhac-viec>" {
				t.Errorf("%+v", g)
			}
			if !strings.HasPrefix(g.Header.Get("Content-Type"), "text/plain; charset=UTF-8") || g.Header.Get("Auto-Submitted") != "auto-generated" || g.Header.Get("Date") != "Wed, 22 May 2024 23:30:00 +0000" {
				t.Errorf("%v", g.Header)
			}
		})
	}
}

func TestWhyALetterWasNotTaken(t *testing.T) {
	guarded, clear := mailtest.Start(t, mail.StartTLS), mailtest.Start(t, mail.Clear)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	go func() {
		for {
			c, err := silent.Accept()
			if err != nil {
				return
			}
			go io.Copy(io.Discard, c)
		}
	}()
	for _, c := range []struct {
		name, to, code string
		final          bool
		change         func(*mail.Server)
	}{
		{"refused", "khong-co@example.vn", mail.Refused, true, nil},
		{"busy", "ban@example.vn", mail.Busy, false, nil},
		{"a certificate nobody signed", "a@example.vn", mail.Untrusted, false, func(s *mail.Server) { s.CAFile = "" }},
		{"a certificate for another name", "a@example.vn", mail.Untrusted, false, func(s *mail.Server) { s.Host = "127.0.0.1" }},
		{"no encryption offered", "a@example.vn", mail.Untrusted, false, func(s *mail.Server) { s.Port = clear.Port }},
		{"wrong password", "a@example.vn", mail.Login, false, func(s *mail.Server) { s.User, s.Password = mailtest.User, "sai" }},
		{"nobody there", "a@example.vn", mail.Unreachable, false, func(s *mail.Server) { s.Port = 1 }},
		{"no such host", "a@example.vn", mail.Unreachable, false, func(s *mail.Server) { s.Host = "khong-co.invalid" }},
		{"no word", "a@example.vn", mail.Slow, false, func(s *mail.Server) {
			s.Port, s.Timeout = silent.Addr().(*net.TCPAddr).Port, 50*time.Millisecond
		}},
		{"no address", "khong phai dia chi", mail.Refused, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := server(guarded, mail.StartTLS)
			if c.change != nil {
				c.change(s)
			}
			err := s.Send(t.Context(), letter(c.to))
			var f *mail.Failure
			if !errors.As(err, &f) || f.Code != c.code || f.Final != c.final {
				t.Fatalf("%v %+v: %v", err, f, errors.Unwrap(err))
			}
			if strings.Contains(err.Error(), "@") || mail.CodeTitle(f.Code) == mail.CodeTitle("?") && c.code != mail.Broken { // law R3
				t.Errorf("%q %q", err, mail.CodeTitle(f.Code))
			}
		})
	}
	if n := len(guarded.Letters(t)); n != 0 {
		t.Errorf("%d letters arrived", n)
	}
	guarded.Stop()
	if err := server(guarded, mail.StartTLS).Send(context.Background(), letter("a@example.vn")); err == nil || err.Error() != "mail: "+mail.Unreachable {
		t.Errorf("a stopped server: %v", err)
	}
}

func TestServerAndReaderAddressesAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]mail.Server{
		"smtp://bonphu@thu.example.vn":  {Host: "thu.example.vn", Port: 587, Guard: mail.StartTLS, User: "bonphu"},
		"smtps://thu.example.vn:1465":   {Host: "thu.example.vn", Port: 1465, Guard: mail.TLS},
		"smtp+plain://127.0.0.1":        {Host: "127.0.0.1", Port: 25, Guard: mail.Clear},
		"":                              {},
		"thu.example.vn:25":             {},
		"http://thu.example.vn":         {},
		"smtp://a:mat-khau@example.vn":  {},
		"smtp://thu.example.vn:0":       {},
		"smtp://thu.example.vn:nghin":   {},
		"smtp://thu.example.vn:1000000": {},
	} {
		got, err := mail.Parse(text)
		if want == (mail.Server{}) {
			if !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "mat-khau@") {
				t.Errorf("%q: %v", text, err)
			}
		} else if err != nil || *got != want {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "a", "a@b", "a@example.vn, b@example.vn", "A <a@example.vn>", "a@example.vn\nBcc: b@example.vn", strings.Repeat("a", 250) + "@example.vn"} {
		if _, err := mail.Address(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if got, err := mail.Address("  can.bo@example.vn "); err != nil || got != "can.bo@example.vn" {
		t.Errorf("%q %v", got, err)
	}
}
