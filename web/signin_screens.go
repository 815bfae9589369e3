package web

import "html/template"

// gated are the screens before the desk: they have no navigation and use the layout "gate".
type gated interface{ gated() }

// SignIn asks for name and password.
type SignIn struct {
	Page
	Next string // where to go after signing in
}

// AskCode asks for the six digits of the second factor.
type AskCode struct {
	Page
	Next string
}

// Enrol shows the secret of a second factor and asks for its first code.
type Enrol struct {
	Page
	Next    string
	Picture template.URL // data: address of the QR code
	Secret  string       // in groups of four
}

// Password changes a password; with Must the person cannot go on before.
type Password struct {
	Page
	Login string
	Next  string
	Must  bool
}

// Sessions lists where the person is signed in.
type Sessions struct {
	Page
	Others bool
	Items  []SessionRow
}

// SessionRow is one session.
type SessionRow struct {
	ID, Device, From, Created, Seen string
	Current                         bool
}

// Template names the screen.
func (*SignIn) Template() string { return "sign-in/sign-in" }

// Template names the screen.
func (*AskCode) Template() string { return "sign-in/code" }

// Template names the screen.
func (*Enrol) Template() string { return "sign-in/enrol" }

// Template names the screen.
func (*Password) Template() string { return "sign-in/password" }

// Template names the screen.
func (*Sessions) Template() string { return "sign-in/sessions" }

func (*SignIn) gated()   {}
func (*AskCode) gated()  {}
func (*Enrol) gated()    {}
func (*Password) gated() {}
