// Package mailtest runs a real SMTP server for tests: Exim from Debian (exim4-daemon-light), unprivileged, on a port of this machine,
// delivering into a folder. It takes a letter to anybody but to khong-co@…, whom it refuses, and to ban@…, for whom it asks to come
// again later.
package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net"
	netmail "net/mail"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/mail"
)

// User and Password open a server that asks for them.
const (
	User     = "bonphu"
	Password = "mat-khau-thu"
)

// Server is a running one.
type Server struct {
	Port int
	CA   string // file of the authority that signed its certificate for the name localhost
	dir  string
	cmd  *exec.Cmd
}

// Got is a letter as it arrived.
type Got struct {
	To, From, Subject, Text, ID string
	Header                      netmail.Header
}

// Start runs a server until the test ends; guard is mail.StartTLS or mail.Clear (encryption is then not offered), mail.TLS for TLS from
// the first byte.
func Start(t testing.TB, guard string) *Server {
	t.Helper()
	program := "/usr/sbin/exim4"
	if _, err := os.Stat(program); err != nil {
		t.Fatal("no Exim here: install the Debian package exim4-daemon-light (make tools)")
	}
	dir, err := os.MkdirTemp("", "bonphu-mail-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	me, group, uid, gid := account(t)
	s := &Server{Port: freePort(t), CA: filepath.Join(dir, "cert.pem"), dir: dir}
	certificate(t, dir)
	conf := strings.NewReplacer("DIR", dir, "ME", me, "GROUP", group, "OFFER", map[bool]string{true: "*", false: ""}[guard != mail.Clear],
		"ATONCE", map[bool]string{true: strconv.Itoa(s.Port), false: ""}[guard == mail.TLS]).Replace(settings)
	for _, d := range []string{"spool", "mail", "log"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	s.cmd = exec.Command(program, "-C", filepath.Join(dir, "conf"), "-bdf", "-oX", "127.0.0.1."+strconv.Itoa(s.Port))
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() == 0 {
		if out, err := exec.Command("chown", "-R", me+":"+group, dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		s.cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uid, Gid: gid}
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	for deadline := clock.System().Add(10 * time.Second); clock.System().Before(deadline); runtime.Gosched() {
		if c, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(s.Port)); err == nil {
			c.Close()
			return s
		}
	}
	main, _ := os.ReadFile(filepath.Join(dir, "log", "mainlog"))
	t.Fatalf("Exim did not start: %s", main)
	return nil
}

// Stop ends the server; a letter that comes then finds nobody.
func (s *Server) Stop() {
	if s.cmd != nil {
		syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
		s.cmd.Wait()
		s.cmd = nil
	}
}

// Wait gives what arrived once it is as many as n: the server takes a letter first and delivers it then.
func (s *Server) Wait(t testing.TB, n int) []Got {
	t.Helper()
	for deadline := clock.System().Add(10 * time.Second); clock.System().Before(deadline); runtime.Gosched() {
		if files, _ := filepath.Glob(filepath.Join(s.dir, "mail", "new", "*")); len(files) >= n {
			break
		}
	}
	got := s.Letters(t)
	if len(got) != n {
		main, _ := os.ReadFile(filepath.Join(s.dir, "log", "mainlog"))
		t.Fatalf("%d letters arrived, not %d:\n%s", len(got), n, main)
	}
	return got
}

// Letters gives what arrived so far, by arrival.
func (s *Server) Letters(t testing.TB) []Got {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.dir, "mail", "new", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var out []Got
	for _, f := range files {
		b, err := os.Open(f)
		if err != nil {
			t.Fatal(err)
		}
		m, err := netmail.ReadMessage(b)
		if err != nil {
			t.Fatal(err)
		}
		var text io.Reader = m.Body
		if m.Header.Get("Content-Transfer-Encoding") == "base64" {
			text = base64.NewDecoder(base64.StdEncoding, m.Body)
		}
		body, err := io.ReadAll(text)
		b.Close()
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Got{To: m.Header.Get("Envelope-To"), From: m.Header.Get("From"), Subject: subject, Text: strings.ReplaceAll(string(body), "\r\n", "\n"), ID: m.Header.Get("Message-ID"), Header: m.Header})
	}
	return out
}

const settings = `exim_user = ME
exim_group = GROUP
spool_directory = DIR/spool
log_file_path = DIR/log/%slog
pid_file_path = DIR/pid
keep_environment =
primary_hostname = thu.example.vn
domainlist local_domains = *
acl_smtp_rcpt = rcpt
acl_smtp_data = accept
tls_advertise_hosts = OFFER
tls_on_connect_ports = ATONCE
tls_certificate = DIR/cert.pem
tls_privatekey = DIR/key.pem
deliver_drop_privilege = true
host_lookup =
rfc1413_hosts =
begin acl
rcpt:
  deny local_parts = khong-co
       message = no such mailbox
  defer local_parts = ban
       message = come again later
  accept
begin routers
all:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  directory = DIR/mail
  maildir_format
  envelope_to_add
  user = ME
  group = GROUP
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{eq{$auth2}{` + User + `}}{eq{$auth3}{` + Password + `}}}}
  server_set_id = $auth2
`

// account is who the server runs as: the one who runs the test, or nobody for root.
func account(t testing.TB) (name, group string, uid, gid uint32) {
	t.Helper()
	u, err := user.Current()
	if err == nil && os.Getuid() == 0 {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		t.Fatal(err)
	}
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(u.Uid+" "+u.Gid, &uid, &gid); err != nil {
		t.Fatal(err)
	}
	return u.Username, g.Name, uid, gid
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// certificate makes one for the name localhost that signs itself.
func certificate(t testing.TB, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<32, 0), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: der}, "key.pem": {Type: "PRIVATE KEY", Bytes: raw}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(fmt.Errorf("%s: %w", name, err))
		}
	}
}
