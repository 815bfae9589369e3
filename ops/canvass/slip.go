package canvass

import (
	"encoding/base64"
	"encoding/json"

	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Kinds of what a phone sends.
const (
	SlipVisit    = "visit"
	SlipFound    = "found"    // somebody met who is in no list of the phone
	SlipPhoto    = "photo"    // of a visit
	SlipCorrect  = "correct"  // a telephone number or an address that is another now
	SlipObstacle = "obstacle" // a word to the district
	SlipUndo     = "undo"     // of a visit
	SlipCheckIn  = "checkin"  // an arrival at a collection point
)

// SlipTitle names a kind of slip for people.
func SlipTitle(kind string) string {
	switch kind {
	case SlipVisit:
		return "Lần đến nhà"
	case SlipFound:
		return "Người gặp ngoài danh sách"
	case SlipPhoto:
		return "Ảnh chụp"
	case SlipCorrect:
		return "Sửa thông tin"
	case SlipObstacle:
		return "Báo vướng mắc"
	case SlipUndo:
		return "Hủy phiếu"
	case SlipCheckIn:
		return "Điểm danh ở điểm thu nhận"
	}
	return "Phiếu không đọc được"
}

// Slip is what a phone sends, in the words of its protocol.
type Slip struct {
	ID       string      `json:"id"`
	Kind     string      `json:"kind"`
	At       string      `json:"at"`
	Person   string      `json:"person,omitempty"`
	Result   string      `json:"result,omitempty"`
	Reason   string      `json:"reason,omitempty"`
	Return   string      `json:"return,omitempty"`
	Part     string      `json:"part,omitempty"`
	Claims   []SlipClaim `json:"claims,omitempty"`
	Orders   []string    `json:"orders,omitempty"`
	Helpers  []string    `json:"helpers,omitempty"`
	Lang     string      `json:"lang,omitempty"`
	Note     string      `json:"note,omitempty"`
	Unit     string      `json:"unit,omitempty"`
	QR       *vn.Card    `json:"qr,omitempty"`
	Typed    bool        `json:"typed,omitempty"`
	Of       string      `json:"of,omitempty"`
	JPEG     Picture     `json:"jpeg,omitempty"`
	Attr     string      `json:"attr,omitempty"`
	Base     string      `json:"base,omitempty"`
	Value    string      `json:"value,omitempty"`
	Category string      `json:"category,omitempty"`
	Text     string      `json:"text,omitempty"`
	People   int         `json:"people,omitempty"`
	Visit    string      `json:"visit,omitempty"`
	Why      string      `json:"why,omitempty"`
	Session  string      `json:"session,omitempty"`
	Key      string      `json:"key,omitempty"` // of an arrival: a code, twelve digits, a person's id, or nothing
}

// SlipClaim is a state that the visitor reports reached.
type SlipClaim struct {
	ID       string `json:"id"`
	Coverage string `json:"coverage"`
	State    string `json:"state"`
}

// Picture is a photo as base64; one that is none is empty, and its slip gets a verdict that says so.
type Picture []byte

// UnmarshalJSON reads base64 and never fails on it.
func (p *Picture) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		if raw, err := base64.StdEncoding.DecodeString(s); err == nil {
			*p = raw
		}
	}
	return nil
}

// Kept is a slip as it waits for a person: what the phone said, and whose phone it was.
type Kept struct {
	Team   int64  `json:"team"`
	Member int64  `json:"member"`
	Name   string `json:"name"` // of the holder
	Skew   int64  `json:"skew"` // minutes
	Slip   Slip   `json:"slip"`
}

// Text spells it for keeping; the photo is kept elsewhere.
func (k Kept) Text() string {
	k.Slip.JPEG = nil
	text, err := json.Marshal(k)
	if err != nil {
		return ""
	}
	return string(text)
}

// Kept reads an item's slip; false where none was kept.
func (x *Item) Kept() (Kept, bool) {
	var k Kept
	return k, x.Payload != "" && json.Unmarshal([]byte(x.Payload), &k) == nil
}

// AsVisit tells the visit that a slip means; at is its instant by the server's clock.
func (k *Kept) AsVisit(visit, device, person int64, at string) Visit {
	s := &k.Slip
	v := Visit{ID: visit, Person: person, Team: k.Team, Member: k.Member, Device: device, At: at, Result: Result(s.Result), Reason: s.Reason, Return: clock.Day(s.Return), Part: Part(s.Part),
		Orders: append([]string(nil), s.Orders...), Lang: s.Lang, Note: s.Note, SkewMin: k.Skew}
	for _, c := range s.Claims {
		n, _ := id.Parse(c.ID)
		v.Claims = append(v.Claims, Claimed{n, c.Coverage, c.State})
	}
	for _, m := range s.Helpers {
		if n, err := id.Parse(m); err == nil {
			v.Helpers = append(v.Helpers, n)
		}
	}
	return v
}

// What was decided of a slip.
const (
	SettledApplied = "applied" // written as it was sent
	SettledKnown   = "known"   // somebody of the register
	SettledNew     = "new"     // somebody new
	SettledDrop    = "drop"    // nothing was made of it
	SettledUndone  = "undone"  // taken back by the phone
)
