package access

import (
	"crypto/rand"
	"strings"
	"sync"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// PhoneRole is the one role that a phone works with, whatever else its holder's account may do (law O3).
const PhoneRole = "phone"

// Device is a phone that a leader let in (law O3).
type Device struct {
	ID             int64
	Account        int64
	Team, Member   int64
	Name, TeamName string // of the holder and of the team, as they were called at enrolment
	Leads          bool
	Units          []int64
	Agent          string
	Created, Seen  string // instants
	Until          string // instant at which its list ends without another contact
	Revoked        string // instant; "" while it is in
	RevokedBy      int64
}

// In tells whether the phone is let in at an instant.
func (d *Device) In(now time.Time) bool { return d.Revoked == "" && clock.Stamp(now) <= d.Until }

// Enrol is whom a leader lets in: the holder, the team, and the hamlets whose list the phone carries.
type Enrol struct {
	Account        int64 // 0: one is made that can do nothing but hold phones
	Team, Member   int64
	Name, TeamName string
	Leads          bool
	Units          []int64
}

// The bounds of enrolment.
const (
	codeLife     = 15 * time.Minute
	MaxUnits     = 3 // hamlets on one phone
	defaultKeep  = 7 // days
	guessWindow  = 10 * time.Minute
	guessesEach  = 10
	guessesAll   = 300
	contactEvery = time.Hour
)

// codeLetters has no letters that look alike.
const codeLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

// newCode makes eight letters; Tidy spells what was typed the same way.
func newCode() string {
	b := make([]byte, 8)
	for i := range b {
		for {
			var one [1]byte
			_, _ = rand.Read(one[:])
			if int(one[0]) < 256/len(codeLetters)*len(codeLetters) {
				b[i] = codeLetters[int(one[0])%len(codeLetters)]
				break
			}
		}
	}
	return string(b)
}

func tidyCode(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			r -= 32
		}
		if strings.ContainsRune(codeLetters, r) {
			return r
		}
		return -1
	}, s)
}

// SpellCode groups a code for reading aloud: ABCD-EFGH.
func SpellCode(code string) string {
	if len(code) != 8 {
		return code
	}
	return code[:4] + "-" + code[4:]
}

func badCode() error {
	return fault.New(fault.Unknown, "access.code", "Mã ghi danh không đúng, đã dùng hoặc đã quá 15 phút. Hãy xin tổ trưởng mã mới.")
}

func tooManyGuesses() error {
	return fault.New(fault.Busy, "access.code_often", "Đã thử sai quá nhiều lần. Hãy chờ 10 phút rồi xin tổ trưởng mã mới.")
}

// guesses counts wrong codes by address and in all, within a window.
type guesses struct {
	mu   sync.Mutex
	from time.Time
	all  int
	each map[string]int
}

// may tells whether an address may try at an instant; wrong counts a wrong one.
func (g *guesses) may(addr string, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.each == nil || now.Sub(g.from) > guessWindow || now.Before(g.from) {
		g.from, g.all, g.each = now, 0, map[string]int{}
	}
	return g.all < guessesAll && g.each[addr] < guessesEach
}

func (g *guesses) wrong(addr string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all++
	g.each[addr]++
}
