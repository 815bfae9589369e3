// Package mail hands single letters to an SMTP server: plain text in UTF-8, one reader a letter, over STARTTLS, TLS or, inside a
// building's own network, in the clear. It says in a code why a letter was not taken, and whether trying again may help.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	smtp "github.com/wneessen/go-mail"

	"bonphu/internal/fault"
)

// How the connection is guarded.
const (
	StartTLS = "starttls" // smtp://, port 587
	TLS      = "tls"      // smtps://, port 465
	Clear    = "none"     // smtp+plain://, port 25: only inside one's own network
)

// Server is an SMTP server and who speaks to it. The zero Server sends nothing.
type Server struct {
	Host     string
	Port     int
	Guard    string // StartTLS, TLS or Clear
	User     string // "" for a server that asks for none
	Password string
	From     string        // address of the sender
	Name     string        // of the sender
	CAFile   string        // PEM of the authority that signed the server's certificate; "" for the system's
	Timeout  time.Duration // for the whole of one letter; 0 for half a minute
}

// Letter is one letter to one reader. ID is the left part of its Message-ID: the same letter sent again bears the same.
type Letter struct {
	ID      string
	To      string
	Subject string
	Text    string
	Stop    string // address of the page where one says no to further letters; "" for none
	At      time.Time
}

// Why a letter was not taken.
const (
	Unreachable = "unreachable" // nobody answers at that host and port
	Slow        = "slow"        // no answer within the time
	Untrusted   = "certificate" // the server's certificate is not the right one, or it offers no encryption
	Login       = "login"       // user or password are not accepted
	Refused     = "refused"     // the server will not take the letter (5xx)
	Busy        = "busy"        // the server asks to come again later (4xx)
	Broken      = "broken"      // anything else
)

// Failure is a letter that was not taken. Final: sending it again will not help.
type Failure struct {
	Code  string
	Final bool
	cause error
}

// Error says it without the reader's address (law R3).
func (f *Failure) Error() string { return "mail: " + f.Code }

// Unwrap gives the cause, which may hold the address and is not for logs.
func (f *Failure) Unwrap() error { return f.cause }

// CodeTitle says in Vietnamese why a letter was not taken.
func CodeTitle(code string) string {
	switch code {
	case Unreachable:
		return "Không kết nối được máy chủ thư"
	case Slow:
		return "Máy chủ thư không trả lời kịp"
	case Untrusted:
		return "Chứng thư của máy chủ thư không hợp lệ"
	case Login:
		return "Máy chủ thư không nhận tên đăng nhập, mật khẩu"
	case Refused:
		return "Máy chủ thư từ chối địa chỉ hoặc thư này"
	case Busy:
		return "Máy chủ thư đang bận, hẹn gửi lại"
	case "":
		return ""
	}
	return "Gửi thư không thành công"
}

// Parse reads the address of a server: smtp://user@host:587, smtps://host, smtp+plain://127.0.0.1:25. A password in it is refused: command
// lines are seen by everybody on the machine.
func Parse(text string) (*Server, error) {
	bad := func(why string) (*Server, error) {
		return nil, fault.New(fault.Invalid, "mail.address", "Địa chỉ máy chủ thư không đúng: %s. Viết như smtp://ten@thu.example.vn:587 hoặc smtps://thu.example.vn.", why).On("smtp")
	}
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Hostname() == "" {
		return bad("không đọc được")
	}
	s := &Server{Host: u.Hostname()}
	switch u.Scheme {
	case "smtp":
		s.Guard, s.Port = StartTLS, 587
	case "smtps":
		s.Guard, s.Port = TLS, 465
	case "smtp+plain":
		s.Guard, s.Port = Clear, 25
	default:
		return bad("phải bắt đầu bằng smtp://, smtps:// hoặc smtp+plain://")
	}
	if _, has := u.User.Password(); has {
		return bad("không ghi mật khẩu ở đây, hãy đặt trong tệp hoặc biến môi trường")
	}
	s.User = u.User.Username()
	if p := u.Port(); p != "" {
		if s.Port, err = strconv.Atoi(p); err != nil || s.Port < 1 || s.Port > 65535 {
			return bad("cổng không đúng")
		}
	}
	return s, nil
}

// Address reads an e-mail address as somebody types it, and gives it plain.
func Address(text string) (string, error) {
	text = strings.TrimSpace(text)
	a, err := netmail.ParseAddress(text)
	if err != nil || a.Address != text || !strings.Contains(text[strings.LastIndex(text, "@")+1:], ".") || len(text) > 254 || strings.ContainsAny(text, "\r\n\t \"") {
		return "", fault.New(fault.Invalid, "mail.reader", "Địa chỉ thư không đúng. Viết như ten@example.vn.").On("dia_chi")
	}
	return text, nil
}

// Send hands a letter over and returns once the server has taken it. What goes wrong is a *Failure.
func (s *Server) Send(ctx context.Context, l Letter) error {
	wait := s.Timeout
	if wait == 0 {
		wait = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	m, err := s.message(l)
	if err != nil {
		return &Failure{Refused, true, err}
	}
	c, err := s.client(wait)
	if err != nil {
		return failure(ctx, err)
	}
	if err := c.DialWithContext(ctx); err != nil {
		return failure(ctx, err)
	}
	err = c.Send(m)
	if e := c.Close(); err == nil && e != nil && !m.IsDelivered() {
		err = e
	}
	if err != nil && !m.IsDelivered() {
		return failure(ctx, err)
	}
	return nil
}

func (s *Server) message(l Letter) (*smtp.Msg, error) {
	m := smtp.NewMsg(smtp.WithNoDefaultUserAgent(), smtp.WithEncoding(smtp.EncodingB64))
	if err := m.FromFormat(s.Name, s.From); err != nil {
		return nil, err
	}
	if err := m.To(l.To); err != nil {
		return nil, err
	}
	m.Subject(l.Subject)
	m.SetDateWithValue(l.At)
	m.SetMessageIDWithValue(l.ID + "@" + s.From[strings.LastIndex(s.From, "@")+1:])
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if l.Stop != "" {
		m.SetGenHeader("List-Unsubscribe", "<"+l.Stop+">")
	}
	m.SetBodyString(smtp.TypeTextPlain, l.Text)
	return m, nil
}

func (s *Server) client(wait time.Duration) (*smtp.Client, error) {
	conf := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
	if s.CAFile != "" {
		pem, err := os.ReadFile(s.CAFile)
		if err != nil {
			return nil, err
		}
		conf.RootCAs = x509.NewCertPool()
		if !conf.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("no certificate in the authority's file")
		}
	}
	options := []smtp.Option{smtp.WithPort(s.Port), smtp.WithTimeout(wait), smtp.WithTLSConfig(conf)}
	switch s.Guard {
	case TLS:
		options = append(options, smtp.WithSSL())
	case Clear:
		options = append(options, smtp.WithTLSPolicy(smtp.NoTLS))
	default:
		options = append(options, smtp.WithTLSPolicy(smtp.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(s.User), smtp.WithPassword(s.Password))
	}
	return smtp.NewClient(s.Host, options...)
}

// failure tells in a code what went wrong.
func failure(ctx context.Context, err error) *Failure {
	var send *smtp.SendError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var netErr net.Error
	text := strings.ToLower(err.Error())
	code := func() int {
		if errors.As(err, &send) && send.ErrorCode() != 0 {
			return send.ErrorCode()
		}
		var n int
		if _, e := fmt.Sscanf(text[strings.LastIndex(text, ": ")+1:], "%d", &n); e == nil && n >= 400 && n < 600 {
			return n
		}
		return 0
	}()
	switch {
	case errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &invalid), errors.As(err, &verify), strings.Contains(text, "starttls"), strings.Contains(text, "tls:"):
		return &Failure{Untrusted, false, err}
	case code == 535 || code == 534 || code == 530 || strings.Contains(text, "auth"):
		return &Failure{Login, false, err}
	case code >= 500:
		return &Failure{Refused, true, err}
	case code >= 400:
		return &Failure{Busy, false, err}
	case ctx.Err() != nil, errors.As(err, &netErr) && netErr.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		return &Failure{Slow, false, err}
	}
	var op *net.OpError
	var dns *net.DNSError
	if errors.As(err, &op) && op.Op == "dial" || errors.As(err, &dns) {
		return &Failure{Unreachable, false, err}
	}
	return &Failure{Broken, false, err}
}
