// Package people is the citizen register: who lives in the district (KH:II.1), how each is known, and what is known of each.
//
// A person is known by the 12-digit citizen number when there is one, else by folded name, birth date and place (law P1).
// Every attribute carries where it came from and as of when; the newer as-of wins, attribute by attribute, and at a tie the
// higher source (law P2). Facts such as "abroad" are dated and need evidence (law P3). Merging is reversible and a doubtful
// match waits for a person (law P4). Personal numbers are sealed and masked (law R3).
package people

import (
	"encoding/json"
	"fmt"
	"log/slog"

	"bonphu/internal/clock"
)

// Source ranks who says so; the higher wins at a tie (law P2).
type Source int

// The sources of law P2, lowest first.
const (
	Field    Source = 1 // a team at the door, an office by hand
	Operator Source = 2 // a telephone operator's list
	Police   Source = 3 // the police's own lists and tracking software
	National Source = 4 // the national population database
)

// SourceTitle names a source for people.
func SourceTitle(s Source) string {
	switch s {
	case National:
		return "CSDL quốc gia về dân cư"
	case Police:
		return "Công an"
	case Operator:
		return "Nhà mạng"
	case Field:
		return "Cơ sở ghi nhận"
	}
	return "Chưa rõ nguồn"
}

// Number is a personal number (citizen number, old identity card or telephone). It prints masked everywhere (law R3).
type Number string

// Mask shows the first three and the last three or four digits: 070•••••8081, 098••••873.
func (n Number) Mask() string {
	s := string(n)
	switch {
	case s == "":
		return ""
	case len(s) >= 12:
		return s[:3] + "•••••" + s[len(s)-4:]
	case len(s) >= 9:
		return s[:3] + "••••" + s[len(s)-3:]
	}
	return "•••"
}

// String is Mask, so that no format verb shows a number whole.
func (n Number) String() string { return n.Mask() }

// GoString is Mask.
func (n Number) GoString() string { return n.Mask() }

// Format is Mask for every verb.
func (n Number) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(n.Mask())) }

// MarshalJSON writes the mask.
func (n Number) MarshalJSON() ([]byte, error) { return json.Marshal(n.Mask()) }

// LogValue is Mask.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.Mask()) }

// Person is what the register says of somebody now.
type Person struct {
	ID       int64
	Number   Number // 12 digits or ""
	OldID    Number // 9-digit CMND or ""
	Name     string
	Birth    string // 2006-01-02, 2006-01, 2006 or ""
	Gender   string // male, female, ""
	Unit     int64
	Phone    Number
	Address  string
	Ethnic   string
	House    string // household number or head's name as the list gives it
	Relation string
	Note     string
	Source   Source
	AsOf     string // instant
	Batch    int64  // that brought the person in; 0 by hand
	BatchRow int64
	State    string // live, merged, withdrawn
	Merged   int64
}

// States of a person record.
const (
	Live      = "live"
	Merged    = "merged"
	Withdrawn = "withdrawn"
)

// Fact is a dated status fact: abroad, custody, absent, dead, moved, hard … (law P3). Kinds come from the plan.
type Fact struct {
	ID         int64
	Person     int64
	Kind       string
	From       clock.Day
	Until      clock.Day // "" while it lasts
	Evidence   string
	Source     Source
	AsOf       string
	Batch      int64
	AskedBy    int64
	ApprovedBy int64
	ApprovedAt string
	State      string // asked, approved, refused, void
}

// States of a fact: only approved ones count (law W2).
const (
	Asked        = "asked"
	Approved     = "approved"
	FactRefused  = "refused"
	FactWithdraw = "void"
)

// In tells whether the fact is approved and in force on a day.
func (f *Fact) In(day clock.Day) bool {
	return f.State == Approved && f.From <= day && (f.Until == "" || day <= f.Until)
}

// GenderTitle says a gender in Vietnamese.
func GenderTitle(g string) string {
	switch g {
	case "male":
		return "Nam"
	case "female":
		return "Nữ"
	}
	return "Chưa rõ"
}

// BirthTitle spells a birth date as officials do: 13/02/1958, 02/1958 or 1958.
func BirthTitle(b string) string {
	switch len(b) {
	case 10:
		return b[8:10] + "/" + b[5:7] + "/" + b[0:4]
	case 7:
		return b[5:7] + "/" + b[0:4]
	}
	return b
}
