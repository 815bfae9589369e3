// Package inspection draws samples of what was claimed, confirmed or excluded, takes the findings at the door, and tells rates
// with their bounds (KH:IV.2.a; laws J1, W2).
//
// A plan publishes its seed first; then the frame (everybody behind one number of the tally, hamlet by hamlet) is frozen and the
// sample drawn from it by the seed, so that anybody can draw it again by hand. A finding "true" is verified evidence (law C2).
package inspection

import "bonphu/internal/clock"

// Kind is what an inspection looks at.
type Kind string

// The kinds: what teams claim, what extracts confirm, and who is out of the count by an approved fact (law W2).
const (
	Claimed   Kind = "claimed"
	Confirmed Kind = "confirmed"
	Excluded  Kind = "excluded"
)

// Kinds lists the kinds in the order in which they are offered.
var Kinds = []Kind{Claimed, Confirmed, Excluded}

// KindTitle names a kind for people.
func KindTitle(k Kind) string {
	switch k {
	case Claimed:
		return "tổ báo cáo đã làm"
	case Confirmed:
		return "bản trích xuất đã xác nhận"
	case Excluded:
		return "được đưa ra ngoài diện tính"
	}
	return ""
}

// State is where an inspection stands.
type State string

// The states, in their order.
const (
	Planned State = "planned"
	Drawn   State = "drawn"
	Closed  State = "closed"
)

// StateTitle names a state for people.
func StateTitle(s State) string {
	switch s {
	case Planned:
		return "đã lập, chưa rút mẫu"
	case Drawn:
		return "đang kiểm tra"
	case Closed:
		return "đã kết thúc"
	}
	return string(s)
}

// Result is what was found of one sampled person.
type Result string

// The results. Absent and refused are counted apart: they are neither true nor false.
const (
	True    Result = "true"
	False   Result = "false"
	Absent  Result = "absent"
	Refused Result = "refused"
)

// Results lists the results in the order in which they are offered.
var Results = []Result{True, False, Absent, Refused}

// ResultTitle names a result for people.
func ResultTitle(r Result) string {
	switch r {
	case True:
		return "Đúng"
	case False:
		return "Sai"
	case Absent:
		return "Không gặp"
	case Refused:
		return "Từ chối"
	}
	return ""
}

// Inspection is one inspection. Conf, Margin and Expected are shares (0.95, 0.05, 0.5).
type Inspection struct {
	ID                     int64
	Unit                   int64
	Kind                   Kind
	Target                 string // whose claims or confirmations; "" for exclusions
	Coverage               string // of the target
	Reached                string // the state that "true" verifies
	Conf, Margin, Expected float64
	Note                   string
	Seed, SeedAt           string
	State                  State
	FrameAt                string
	Frame                  int64
	FrameSHA               string // of the sorted frame, see FrameSHA
	Sample                 int64
	Who                    string
	DrawnBy                string
	ClosedAt               string
	ClosedDay              clock.Day
	ClosedBy               string
}
