package canvass

import (
	"bonphu/internal/clock"
)

// Result is how a contact at the door ended (KH:III.2.e).
type Result string

// The results, as in the database, on the phone and in the plan file (plan.Results).
const (
	Done     Result = "done"      // what was to be done today is done
	Promised Result = "promised"  // a time to come back was agreed
	Away     Result = "away"      // not at home until a day
	Refused  Result = "refused"   //
	NotFound Result = "not_found" // nobody of that name at that place
	Moved    Result = "moved"     //
	Needs    Result = "needs"     // needs a device, a SIM, network or a card first
	Helper   Result = "helper"    // needs a person's help
)

// ResultTitle names a result for people.
func ResultTitle(r Result) string {
	switch r {
	case Done:
		return "Đã làm xong"
	case Promised:
		return "Hẹn quay lại"
	case Away:
		return "Đi vắng"
	case Refused:
		return "Từ chối"
	case NotFound:
		return "Không tìm thấy"
	case Moved:
		return "Đã chuyển đi"
	case Needs:
		return "Còn thiếu điều kiện"
	case Helper:
		return "Cần người giúp"
	}
	return "Chưa đến"
}

// Part is a part of the day; "" when none was said.
type Part string

// The parts of the day.
const (
	Morning   Part = "morning"
	Afternoon Part = "afternoon"
	Evening   Part = "evening"
)

// PartTitle names a part of the day for people.
func PartTitle(p Part) string {
	switch p {
	case Morning:
		return "buổi sáng"
	case Afternoon:
		return "buổi chiều"
	case Evening:
		return "buổi tối"
	}
	return ""
}

// Orders that a visit may take down with consent (KH:III.2.c).
const (
	OrderDevice = "device" // a discounted 4G phone
	OrderSIM    = "sim"    // an owner-registered SIM with signature
)

// Claimed is a state that the visitor reports reached (law C2: claimed, never more). ID is made where it was recorded.
type Claimed struct {
	ID       int64  `json:"id"`
	Coverage string `json:"coverage"`
	State    string `json:"state"`
}

// Visit is one contact with one citizen, all four coverages and both registrations at once (KH:III.2.c, KH:III.2.e). It is never
// changed; one that was wrong is voided with its claims (law C4).
type Visit struct {
	ID       int64 // made where it was recorded: pushing twice is pushing once (law O2)
	Person   int64
	Team     int64
	Member   int64  // of the team; 0 for an office
	Device   int64  // 0 at the desk
	Who      int64  // account
	Unit     int64  // in which the person lives
	At       string // instant of the visit
	Day      clock.Day
	Result   Result
	Reason   string    // id of the plan's reasons, "" for none
	Return   clock.Day // promised day, or until when away; "" for none
	Part     Part      // in which somebody is at home
	Claims   []Claimed
	Orders   []string // OrderDevice, OrderSIM: the citizen agreed to be called by the operator
	Helpers  []int64  // members who helped
	Lang     string   // id of a language in which a helper is needed; "" for none
	Note     string
	SkewMin  int64 // minutes by which the recording clock was corrected; 0 for none
	Recorded string
	VoidWhy  string
	VoidAt   string

	late bool // a person let it in though it is older than a phone may send
}

// Contact is where somebody stands at the door: what the last visit left behind.
type Contact struct {
	Visit  int64
	Person int64
	Result Result
	Reason string
	Day    clock.Day // of the last visit
	Return clock.Day
	Part   Part
	Lang   string
	Tries  int64  // visits so far
	Orders string // "device,sim" taken down so far
	Team   int64
}
