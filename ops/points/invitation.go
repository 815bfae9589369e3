package points

import "bonphu/internal/clock"

// States of an invitation, as in the database.
const (
	Invited   = "invited"
	Confirmed = "confirmed"
	Declined  = "declined"
	Came      = "came"
	NoShow    = "noshow"
	Moved     = "moved"
	CalledOff = "cancelled"
)

// Channels of an invitation, as in the database.
const (
	ByLetter  = "letter"
	ByMessage = "message" // SMS, Zalo
	ByCall    = "call"
	ByTeam    = "team" // the hamlet's team at the door
	ByHost    = "host" // the school, the company
	WalkIn    = "walkin"
)

// Invitation asks one person to one session, or says that somebody came without one.
type Invitation struct {
	ID, Session, Person int64
	Unit                int64 // where the person lived when invited
	House               string
	Channel, State      string
	Reason              string
	Code                string // six letters, within the session
	N                   int64  // place in the list
	Told                bool   // of a move or cancellation
	At, CameAt          string
	Name, Birth, Phone  string // Phone masked (law R3)
	Day                 clock.Day
}

// InvitedTitle names an invitation's state for people.
func InvitedTitle(state string) string {
	switch state {
	case Confirmed:
		return "Hẹn sẽ đến"
	case Declined:
		return "Không đến được"
	case Came:
		return "Đã đến"
	case NoShow:
		return "Vắng"
	case Moved:
		return "Chuyển buổi"
	case CalledOff:
		return "Đã hủy"
	}
	return "Đã mời"
}
